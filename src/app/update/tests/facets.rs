//! Behaviour of the facets: narrowing, folding, the timeline.

use super::*;
use crate::query::facet::UNDATED;
use crate::query::{Count, Facets};

fn counts<'a>(counts: impl IntoIterator<Item = (&'a str, usize)>) -> Vec<Count> {
    let count = |(value, count): (&str, usize)| Count {
        value: value.to_owned(),
        count,
    };
    counts.into_iter().map(count).collect()
}

/// So many authors, `Author 0` with the most documents.
fn authors(many: usize) -> Vec<Count> {
    let names: Vec<String> = (0..many).map(|number| format!("Author {number}")).collect();
    let uses = (1..=many).rev();
    counts(names.iter().map(String::as_str).zip(uses))
}

pub(super) fn whole() -> Facets {
    Facets {
        authors: authors(1_000),
        languages: counts([("en", 9), ("de", 1)]),
        years: counts([("2009", 1), ("2012", 6), ("2013", 5), (UNDATED, 3)]),
        ..Facets::default()
    }
}

/// A room with its facets in front, of a library that has many authors.
pub(super) fn at_facets() -> App {
    let mut app = room();
    app.update(Message::Whole(whole()));
    count(&mut app, whole());
    press(&mut app, "f");
    app
}

/// Answers the question with these counts.
pub(super) fn count(app: &mut App, facets: Facets) -> Vec<Effect> {
    let Message::Found {
        generation,
        offset,
        answer: Ok(mut answer),
    } = found(app, [1])
    else {
        unreachable!();
    };
    answer.hits.facets = facets;
    app.update(Message::Found {
        generation,
        offset,
        answer: Ok(answer),
    })
}

/// Returns the lines of a group as text, the cursor in brackets.
fn lines(app: &App, wanted: Group) -> Vec<String> {
    let lines = app.facets.lines().iter().enumerate();
    let told = lines.filter_map(|(place, line)| {
        let told = match line {
            FacetLine::Value {
                group,
                value,
                count,
                ..
            } if *group == wanted => {
                format!("{value} {count}")
            }
            FacetLine::More(group, hidden) if *group == wanted => format!("+{hidden}"),
            _ => return None,
        };
        Some(if place == app.facets.cursor {
            format!("[{told}]")
        } else {
            told
        })
    });
    told.collect()
}

pub(super) fn question(app: &App) -> &str {
    app.field.text()
}

#[test]
fn a_long_group_shows_those_that_have_most_under_the_question_and_is_unfolded() {
    let mut app = at_facets();
    let shown = lines(&app, Group::Authors);
    assert_eq!(
        (shown.len(), shown[0].as_str(), shown[8].as_str()),
        (9, "Author 0 1000", "+992")
    );
    let now = Facets {
        authors: counts([("Author 700", 4), ("Author 3", 2)]),
        ..Facets::default()
    };
    count(&mut app, now);
    let shown = lines(&app, Group::Authors);
    assert_eq!(
        shown[..4],
        ["Author 700 4", "Author 3 2", "Author 0 0", "Author 1 0"]
    );
    assert_eq!((shown.len(), shown[8].as_str()), (9, "+992"));

    let place = app
        .facets
        .lines()
        .iter()
        .position(|line| matches!(line, FacetLine::Value { value, .. } if value == "Author 3"));
    app.facets.select(place.unwrap());
    press(&mut app, "o");
    let shown = lines(&app, Group::Authors);
    assert_eq!((shown.len(), shown[1].as_str()), (1_000, "[Author 3 2]"));
    assert_eq!(shown[2], "Author 0 0");
    press(&mut app, "o");
    assert_eq!(lines(&app, Group::Authors).len(), 9);
}

#[test]
fn what_is_chosen_of_a_folded_group_is_shown_wherever_it_stands() {
    let mut app = at_facets();
    press(&mut app, "/ 7 7 7 enter");
    assert_eq!(question(&app), "author:\"Author 777\"");
    count(&mut app, whole());
    let shown = lines(&app, Group::Authors);
    assert_eq!((shown.len(), shown[8].as_str()), (10, "[Author 777 223]"));
    press(&mut app, "space");
    assert_eq!(question(&app), "");
}

#[test]
fn typing_finds_values_and_says_how_many_and_esc_goes_back() {
    let mut app = at_facets();
    press(&mut app, "j j");
    let before = app.facets.selected().cloned();
    press(&mut app, "/ 9 9");
    // 99, 199, …, 899, 990 to 999.
    assert_eq!(app.facets.found(Group::Authors), Some((19, 1_000)));
    assert_eq!(app.facets.found(Group::Years), None);
    assert_eq!(
        lines(&app, Group::Authors)[..2],
        ["[Author 99 901]", "Author 199 801"]
    );
    press(&mut app, "down");
    assert_eq!(
        lines(&app, Group::Authors)[..2],
        ["Author 99 901", "[Author 199 801]"]
    );
    press(&mut app, "esc");
    assert_eq!(app.facets.selected(), before.as_ref());
    assert_eq!((question(&app), app.focus), ("", Pane::Facets));

    // A language by its name.
    press(&mut app, "/ g e r enter");
    assert_eq!(question(&app), "lang:de");
    // Many are found: the first are shown, and how many more there are.
    count(&mut app, whole());
    press(&mut app, "/ a u t h");
    let shown = lines(&app, Group::Authors);
    assert_eq!((shown.len(), shown[200].as_str()), (201, "+800"));
}

#[test]
fn the_years_are_bars_that_a_span_is_chosen_of() {
    let mut app = at_facets();
    assert_eq!(lines(&app, Group::Years), ["undated 3"]);
    press(&mut app, "left");
    assert!(app.facets.on_timeline());
    assert_eq!(app.facets.timeline.value().as_deref(), Some("2012"));
    press(&mut app, "enter");
    assert_eq!(question(&app), "date:2012");
    press(&mut app, "L");
    press(&mut app, "space");
    assert_eq!(question(&app), "date:2012..2013");
    press(&mut app, "v h h x");
    assert_eq!(question(&app), "date:2012..2013 -date:2009..2013");
    press(&mut app, "X v");
    assert!(app.facets.timeline.is_marking());
    press(&mut app, "esc");
    assert_eq!(
        (app.facets.timeline.is_marking(), app.focus),
        (false, Pane::Facets)
    );
    press(&mut app, "esc");
    assert_eq!(app.focus, Pane::List);
}

#[test]
fn a_year_is_looked_at_by_its_months_which_are_counted_with_every_answer() {
    let mut app = at_facets();
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::CountMonths(request) => Some((request.year, request.generation)),
            _ => None,
        })
    };
    let effects = press(&mut app, "h +");
    assert_eq!(asked(&effects), Some((2012, app.generation)));
    let mut months = [0; 12];
    months[4] = 6;
    let answer = |app: &App, generation| Message::Months {
        generation,
        year: 2012,
        answer: Ok(if generation == app.generation {
            months
        } else {
            [9; 12]
        }),
    };
    let (stale, fresh) = (
        answer(&app, app.generation - 1),
        answer(&app, app.generation),
    );
    app.update(fresh);
    app.update(stale);
    assert_eq!(app.facets.timeline.bars()[4].count, 6);
    assert_eq!(app.facets.timeline.bars()[3].count, 0);
    press(&mut app, "h h h h h h h enter");
    assert_eq!(question(&app), "date:2012-05");
    assert_eq!(
        asked(&count(&mut app, whole())),
        Some((2012, app.generation))
    );
    press(&mut app, "-");
    assert_eq!(app.facets.timeline.value().as_deref(), Some("2012"));
    assert_eq!(asked(&count(&mut app, whole())), None);
    press(&mut app, "+ esc");
    assert_eq!(
        (app.facets.timeline.zoomed(), app.focus),
        (None, Pane::Facets)
    );
}

#[test]
fn a_bar_is_pressed_and_another_one_or_a_drag_makes_it_a_span() {
    let mut app = at_facets();
    let area = app.geometry().unwrap().facets.unwrap();
    let row = app
        .facets
        .lines()
        .iter()
        .position(|line| *line == FacetLine::Timeline(0))
        .unwrap();
    let y = area.y + row as u16 + 2;
    // Five bars, of five cells each.
    let x = |bar: u16| area.x + TIMELINE_INDENT + 5 * bar + 1;
    app.update(Message::Mouse(Mouse::Press(x(3), y)));
    assert_eq!((question(&app), app.focus), ("date:2012", Pane::Facets));
    app.update(Message::Mouse(Mouse::Press(x(4), y)));
    assert_eq!(question(&app), "date:2012..2013");
    app.update(Message::Mouse(Mouse::Press(x(0), y)));
    assert_eq!(question(&app), "date:2012..2013,2009");
    app.update(Message::Mouse(Mouse::Drag(x(3), y)));
    assert_eq!(question(&app), "date:2009..2012");
    app.update(Message::Mouse(Mouse::Press(x(5), y)));
    assert_eq!(question(&app), "date:2009..2012", "beside the bars");
}

#[test]
fn a_library_in_one_language_has_none_to_choose() {
    let mut app = at_facets();
    assert_eq!(lines(&app, Group::Languages), ["en 9", "de 1"]);
    let one = Facets {
        languages: counts([("en", 9)]),
        ..Facets::default()
    };
    app.update(Message::Whole(one.clone()));
    count(&mut app, one);
    assert_eq!(lines(&app, Group::Languages), [""; 0]);
}

#[test]
fn a_theme_that_no_document_has_is_not_shown_and_one_without_answers_is() {
    let mut app = room();
    let themes = [("trust", 3), ("housing", 0), ("ageing", 1)];
    let whole = Facets {
        themes: counts(themes),
        ..Facets::default()
    };
    app.update(Message::Whole(whole));
    count(
        &mut app,
        Facets {
            themes: counts([("trust", 2), ("housing", 0), ("ageing", 0)]),
            ..Facets::default()
        },
    );
    press(&mut app, "f");
    let shown = |app: &App| lines(app, Group::Themes).join(", ").replace(['[', ']'], "");
    assert_eq!(shown(&app), "trust 2, ageing 0");
    press(&mut app, "/ h o u s");
    assert_eq!(shown(&app), "");
    press(&mut app, "esc");

    // Typed, it is one like the others; and once documents have it.
    app.ask_anew(&crate::query::parse("topic:housing"));
    count(
        &mut app,
        Facets {
            themes: counts([("trust", 0), ("housing", 0), ("ageing", 0)]),
            ..Facets::default()
        },
    );
    assert_eq!(shown(&app), "trust 0, housing 0, ageing 0");
}

/// Returns the line with the cursor as it stands on the screen, counted from the first in sight.
fn row_of_cursor(app: &App) -> Option<usize> {
    let area = app.geometry()?.facets?;
    let row = app.facets.cursor.checked_sub(app.facets.top)?;
    (row < usize::from(area.height)).then_some(row)
}

#[test]
fn the_cursor_is_in_sight_however_the_facets_come_into_sight_or_change() {
    let mut app = at_facets();
    press(&mut app, "o");
    for _ in 0..40 {
        press(&mut app, "j");
    }
    assert!(row_of_cursor(&app).is_some());
    app.update(Message::Resize(160, 14));
    assert!(row_of_cursor(&app).is_some(), "lower");
    app.update(Message::Resize(100, 14));
    assert!(row_of_cursor(&app).is_some(), "a drawer");
    press(&mut app, "f");
    // While the drawer is closed what is saved comes, and an answer with other counts.
    app.update(Message::Saved(Vec::new(), 1));
    let fewer = Facets {
        authors: authors(12),
        ..Facets::default()
    };
    count(&mut app, fewer);
    press(&mut app, "f");
    assert!(row_of_cursor(&app).is_some(), "opened");
    // An answer that puts lines before the cursor's.
    press(&mut app, "G");
    let many = Facets {
        topics: counts([("a", 1), ("b", 2), ("c", 3), ("d", 4)]),
        ..whole()
    };
    count(&mut app, many);
    assert!(
        row_of_cursor(&app).is_some(),
        "{} {}",
        app.facets.cursor,
        app.facets.top
    );
}

#[test]
fn who_scrolled_away_from_the_cursor_is_left_there_by_an_answer() {
    let mut app = at_facets();
    app.update(Message::Resize(160, 14));
    press(&mut app, "esc");
    let area = app.geometry().unwrap().facets.unwrap();
    app.update(Message::Mouse(Mouse::Wheel(area.x, area.y + 2, 2)));
    assert_eq!((app.facets.top, row_of_cursor(&app)), (6, None));
    count(&mut app, whole());
    assert_eq!(app.facets.top, 6);
    press(&mut app, "f");
    assert!(row_of_cursor(&app).is_some());
}

#[test]
fn a_group_that_is_folded_around_the_cursor_leaves_it_at_what_unfolds_it() {
    let mut app = at_facets();
    let author = |app: &App, wanted: &str| {
        let is_it =
            |line: &FacetLine| matches!(line, FacetLine::Value { value, .. } if value == wanted);
        app.facets.lines().iter().position(is_it).unwrap()
    };
    app.facets.select(author(&app, "Author 1"));
    press(&mut app, "o");
    app.facets.select(author(&app, "Author 500"));
    press(&mut app, "o");
    assert_eq!(
        app.facets.selected(),
        Some(&FacetLine::More(Group::Authors, 992))
    );
    assert!(row_of_cursor(&app).is_some());
    press(&mut app, "o");
    app.facets.select(author(&app, "Author 3"));
    press(&mut app, "o");
    assert_eq!(lines(&app, Group::Authors)[3], "[Author 3 997]");
}
