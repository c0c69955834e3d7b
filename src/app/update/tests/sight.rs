//! What is in sight is there to be seen: rows that are loaded, counts that are whole.

use super::*;

#[test]
fn the_row_that_is_only_in_part_in_sight_is_asked_for_too() {
    let mut app = room();
    let list = app.geometry().unwrap().list.unwrap();
    let whole = app.list_height();
    assert_eq!(
        list_rows_in_sight(list),
        whole + 1,
        "a size with a row in part"
    );
    let message = found(&app, 1..=i64::try_from(whole).unwrap() + 1);
    let Message::Found {
        generation,
        offset,
        answer: Ok(mut answer),
    } = message
    else {
        unreachable!();
    };
    answer.hits.total = 100;
    app.update(Message::Found {
        generation,
        offset,
        answer: Ok(answer),
    });
    let effects = press(&mut app, &"j ".repeat(whole));
    assert_eq!(app.list.top, 1);
    let end = app.list.top + list_rows_in_sight(list);
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Search(request) => Some(request.offset..request.offset + request.limit),
        _ => None,
    });
    assert!(asked.is_some_and(|rows| rows.contains(&(end - 1))));
}

#[test]
fn the_count_never_reaches_into_the_field() {
    let mut app = room();
    answer(&mut app, [1]);
    app.list.total = 12_345;
    app.coverage.searchable = 100_000;
    for (columns, told) in [
        (160, "12,345 of 100,000 · newest"),
        (80, "12,345 of 100,000"),
        (40, "12,345 of 100,000"),
    ] {
        app.list.sort = crate::query::Sort::Newest;
        app.size = (columns, 20);
        assert_eq!(app.count_told(), told, "{columns}");
    }
    app.list.total = 1_012_345;
    app.list.incomplete = 1_000_000;
    app.coverage.searchable = 2_000_000;
    assert_eq!(app.count_told(), "12,345 + 1,000,000");
}
