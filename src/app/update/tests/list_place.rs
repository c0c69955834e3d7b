//! Which document is selected and which row is at the top, whatever comes, goes and is asked meanwhile.

use super::*;

/// Answers with the rows from a place on, of so many in all.
fn answer_from(app: &mut App, place: usize, ids: impl IntoIterator<Item = i64>, total: usize) {
    let Message::Found {
        generation, answer, ..
    } = found(app, ids)
    else {
        unreachable!("it is an answer");
    };
    let mut answer = answer.unwrap();
    answer.hits.total = total;
    let message = Message::Found {
        generation,
        offset: place,
        answer: Ok(answer),
    };
    let effects = app.update(message);
    if let Some(message) = opened(&effects, 40) {
        app.update(message);
    }
}

fn searched(effects: &[Effect]) -> &SearchRequest {
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Search(request) => Some(request),
        _ => None,
    });
    request.unwrap_or_else(|| panic!("no search: {effects:?}"))
}

#[test]
fn five_hundred_newer_documents_move_neither_the_selection_nor_its_row_nor_the_page() {
    let mut app = room();
    answer_from(&mut app, 0, 1..=30, 500);
    press(&mut app, "5 j");
    let before = (app.page.id(), app.list.selected - app.list.top);
    let effects = app.update(Message::Changed);
    assert_eq!(searched(&effects).around, Some(DocumentId(6)));
    answer_from(&mut app, 490, 9991..=10_000, 1000);
    assert_eq!(
        app.list.selected, 5,
        "where it is not found the place stays"
    );
    answer_from(&mut app, 0, 1..=30, 500);
    press(&mut app, "j k");
    app.update(Message::Changed);
    answer_from(&mut app, 490, (9991..=10_000).chain(1..=20), 1000);
    assert_eq!(selected(&app), Some(DocumentId(6)));
    assert_eq!((app.page.id(), app.list.selected - app.list.top), before);
}

#[test]
fn a_list_out_of_sight_comes_back_as_it_was() {
    for (size, away_and_back) in [
        ((160, 45), "O esc"),
        ((60, 30), "enter h"),
        ((60, 30), "O esc"),
    ] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, 1..=100);
        press(&mut app, "4 j");
        let (away, back) = away_and_back.split_once(' ').unwrap();
        press(&mut app, away);
        let effects = app.update(Message::Changed);
        assert!(searched(&effects).limit > app.list_height(), "{size:?}");
        press(&mut app, back);
        assert_eq!(
            (app.focus, app.list.top),
            (Pane::List, 0),
            "{size:?} {away}"
        );
    }
}

#[test]
fn what_is_hidden_leaves_the_selection_to_the_next_and_is_selected_again_when_it_comes_back() {
    let mut app = room();
    answer(&mut app, 1..=40);
    press(&mut app, "1 1 j");
    let effects = press(&mut app, "delete y");
    assert_eq!(searched(&effects).around, Some(DocumentId(13)));
    answer(&mut app, (1..=40).filter(|id| *id != 12));
    assert_eq!(selected(&app), Some(DocumentId(13)));
    let effects = press(&mut app, "U");
    assert_eq!(searched(&effects).around, Some(DocumentId(12)));
    answer(&mut app, 1..=40);
    assert_eq!(selected(&app), Some(DocumentId(12)));
    press(&mut app, "G");
    let effects = press(&mut app, "delete y");
    assert_eq!(searched(&effects).around, Some(DocumentId(39)));
    answer(&mut app, 1..=39);
    // Under a question that does not find it, nothing moves when it comes back.
    press(&mut app, "1 0 k U");
    answer(&mut app, 1..=39);
    assert_eq!(selected(&app), Some(DocumentId(29)));
}

#[test]
fn of_doubles_the_next_stands_for_the_one_that_is_hidden() {
    let mut app = room();
    with_doubles(&mut app);
    press(&mut app, "j");
    let effects = press(&mut app, "delete y");
    assert_eq!(searched(&effects).around, Some(DocumentId(5)));
}

#[test]
fn what_is_typed_opens_on_its_best_hit_whatever_was_to_be_selected_before() {
    let (mut app, effects) = App::new(start(Some(DocumentId(7))));
    assert_eq!(searched(&effects).around, Some(DocumentId(7)));
    let effects = press(&mut app, "/ m");
    assert_eq!(searched(&effects).around, None);
    answer(&mut app, 1..=9);
    assert_eq!(app.list.selected, 0);

    press(&mut app, "esc 3 j d");
    let effects = press(&mut app, "/ u");
    assert_eq!(searched(&effects).around, None);
    answer(&mut app, 1..=9);
    assert_eq!(app.list.selected, 0);
}

#[test]
fn a_row_that_is_cut_off_below_is_asked_for_as_those_that_are_whole() {
    let mut app = room();
    let whole = app.list_height();
    answer_from(&mut app, 0, (1..).take(whole + 1), 500);
    for _ in 1..whole {
        press(&mut app, "j");
    }
    assert_eq!(app.list.top, 0);
    let effects = press(&mut app, "j");
    assert_eq!(app.list.top, 1);
    assert!(searched(&effects).limit > whole);
}
