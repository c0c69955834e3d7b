//! Completion in the field, by keys.

use super::*;
use crate::query::Count;

fn counts(values: &[&str]) -> Vec<Count> {
    let values = values.iter().map(|value| Count {
        value: (*value).to_owned(),
        count: 1,
    });
    values.collect()
}

/// A room in which the library has some values.
fn room_with_values() -> App {
    let mut app = room();
    answer(&mut app, 1..=3);
    app.update(Message::Whole(Facets {
        themes: counts(&["social care", "social value"]),
        topics: counts(&["Blog", "Social enterprise"]),
        sources: counts(&["NCVO", "The RSA", "RSA"]),
        years: counts(&["2011", "2012", "undated"]),
        ..Facets::default()
    }));
    let places = [
        "articles",
        "My notes",
        "articles/18f",
        "articles/18f/_posts",
    ];
    let places = places.map(|place| Place::new(place.to_owned()));
    app.update(Message::Places(places.into()));
    press(&mut app, "/");
    app
}

fn names(app: &App) -> Vec<&str> {
    let shown = app.completion.as_ref().filter(|one| one.is_shown());
    shown.map_or_else(Vec::new, |one| {
        one.names.iter().map(String::as_str).collect()
    })
}

/// Types letters, blanks as well.
fn type_in(app: &mut App, text: &str) {
    for letter in text.chars() {
        let name = if letter == ' ' {
            "space".to_owned()
        } else {
            letter.to_string()
        };
        press(app, &name);
    }
}

#[test]
fn values_are_offered_as_soon_as_their_field_is_named() {
    let mut app = room_with_values();
    type_in(&mut app, "x topic:");
    assert_eq!(
        names(&app),
        ["social care", "social value", "Blog", "Social enterprise"]
    );
    type_in(&mut app, "v");
    assert_eq!(names(&app), ["social value"], "a later word will do");
    let effects = press(&mut app, "tab");
    assert_eq!(app.field.text(), "x topic:\"social value\"");
    assert!(matches!(effects.as_slice(), [Effect::Search(_)]));
    assert_eq!(names(&app), [""; 0]);
    press(&mut app, "tab");
    assert_eq!(
        app.focus,
        Pane::Facets,
        "where there is nothing to complete, the next pane"
    );
}

#[test]
fn in_is_completed_with_what_was_added_and_the_folders_below() {
    let mut app = room_with_values();
    type_in(&mut app, "in:");
    let all = [
        "articles",
        "My notes",
        "articles/18f",
        "articles/18f/_posts",
    ];
    assert_eq!(names(&app), all);
    type_in(&mut app, "18");
    assert_eq!(names(&app), all[2..], "a folder by its own name");
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "in:\"articles/18f\"");
    app.field.set("in:no");
    app.complete_anew();
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "in:\"My notes\"");
}

#[test]
fn the_beginning_of_a_folder_s_name_is_not_looked_for_on_the_way_to_it() {
    for (typed, runs) in [
        ("in:1", "in:1"),
        ("in:18", "in:18"),
        ("in:ar", "in:"),
        ("in:18f", "in:18f"),
        ("in:18f/_", "in:"),
        ("in:18f/_posts", "in:18f/_posts"),
        ("in:articles/18f", "in:articles/18f"),
        ("in:nothing", "in:nothing"),
    ] {
        let mut app = room_with_values();
        type_in(&mut app, typed);
        assert_eq!(app.text_to_run(), runs, "{typed}");
    }
}

#[test]
fn tab_goes_as_far_as_the_candidates_agree_and_then_through_them() {
    let mut app = room_with_values();
    type_in(&mut app, "-#soc");
    for expected in [
        "-#\"social care\"",
        "-#\"social value\"",
        "-#\"Social enterprise\"",
        "-#\"social care\"",
    ] {
        press(&mut app, "tab");
        assert_eq!(app.field.text(), expected);
    }
    press(&mut app, "ctrl-u");
    type_in(&mut app, "date:20");
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "date:201");
    press(&mut app, "tab tab");
    assert_eq!(app.field.text(), "date:2012");
    type_in(&mut app, " ");
    assert_eq!(app.completion, None);
}

#[test]
fn sources_are_whole_names_in_quotation_marks_and_lists_go_on() {
    let mut app = room_with_values();
    type_in(&mut app, "source:\"the r");
    assert_eq!(names(&app), ["The RSA"]);
    press(&mut app, "tab");
    type_in(&mut app, ",rs");
    assert_eq!(names(&app), ["RSA", "The RSA"]);
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "source:\"The RSA\",\"RSA\"");
}

#[test]
fn the_beginning_of_a_topic_asks_nothing_until_it_is_left() {
    let mut app = room_with_values();
    type_in(&mut app, "trust topic:soc");
    assert_eq!(app.query.to_string(), "trust");
    type_in(&mut app, "ks");
    assert_eq!(
        app.query.to_string(),
        "trust topic:socks",
        "there is none that begins so"
    );
    press(&mut app, "backspace backspace");
    let effects = press(&mut app, "enter");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(_)))
    );
    assert_eq!(app.query.to_string(), "trust topic:soc");
    press(&mut app, "/ ctrl-u");
    type_in(&mut app, "topic:blog");
    assert_eq!(app.query.to_string(), "topic:blog", "it is one");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "source:nc");
    assert_eq!(
        app.query.to_string(),
        "source:nc*",
        "a word of a name is looked for as it is"
    );
}

#[test]
fn names_of_fields_are_completed_when_asked_for_and_not_before() {
    let mut app = room_with_values();
    type_in(&mut app, "ti");
    assert_eq!(names(&app), [""; 0]);
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "title:");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "so");
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "source:");
    assert_eq!(names(&app), ["source", "sort"]);
    press(&mut app, "tab");
    assert_eq!(app.field.text(), "sort:");
    press(&mut app, "left");
    assert_eq!(app.completion, None);
    press(&mut app, "ctrl-u");
    type_in(&mut app, "trust");
    press(&mut app, "tab");
    assert_eq!(app.focus, Pane::Facets);
}
