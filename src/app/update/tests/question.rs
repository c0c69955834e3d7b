//! The question in the field: ended, changed and left.

use super::*;
use crate::query::{How, Node};

/// Returns how the only word of the question is looked for.
fn how(app: &App) -> Option<How> {
    match &app.query.root {
        Node::Words(words) => Some(words.how),
        _ => None,
    }
}

#[test]
fn a_word_is_typed_to_its_end_when_the_field_is_left() {
    for keys in ["enter", "esc", "down", "tab"] {
        let mut app = room();
        press(&mut app, "/ t r u s t");
        answer(&mut app, 1..=3);
        assert_eq!(how(&app), Some(How::Typing));
        press(&mut app, keys);
        assert_eq!(how(&app), Some(How::Stem), "{keys}");
        assert!(app.searching && app.field.text() == "trust ", "{keys}");
        answer(&mut app, 1..=3);
        if app.focus == Pane::List {
            press(&mut app, "/ c a");
            assert_eq!(app.field.text(), "trust ca", "another word begins");
        }
    }
}

#[test]
fn a_word_that_no_document_has_stays_a_beginning() {
    let mut app = room();
    press(&mut app, "/ t r u");
    let Message::Found {
        answer: Ok(mut begun),
        generation,
        offset,
    } = found(&app, 1..=3)
    else {
        unreachable!();
    };
    begun.only_begins = true;
    // Left before the answer came, it ends with that.
    let effects = press(&mut app, "enter");
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(_)))
    );
    assert_eq!(app.field.text(), "tru");
    let effects = app.update(Message::Found {
        answer: Ok(begun),
        generation,
        offset,
    });
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(_)))
    );
    assert_eq!((app.field.text(), how(&app)), ("tru*", Some(How::Prefix)));
    // Whoever goes on typing ends nothing.
    let mut app = room();
    press(&mut app, "/ t r u enter / s");
    answer(&mut app, 1..=3);
    assert_eq!((app.field.text(), how(&app)), ("trus", Some(How::Typing)));
}

#[test]
fn what_is_chosen_beside_a_word_leaves_it_whole() {
    let mut app = room();
    press(&mut app, "/ t r u s t enter");
    answer(&mut app, 1..=3);
    let whole = app.query.clone();
    let chosen = crate::query::facet::set(
        &whole,
        crate::query::facet::Facet::Topics,
        "care",
        Some(crate::query::facet::Choice::Chosen),
    );
    app.ask_anew(&chosen);
    assert_eq!(app.query, chosen);
    app.ask_anew(&whole);
    assert_eq!(app.query, whole);
}

#[test]
fn leaving_what_is_like_a_document_comes_back_to_what_was_asked() {
    let mut app = room();
    press(&mut app, "/ t r u s t enter");
    answer(&mut app, 1..=3);
    press(&mut app, "j L");
    answer(&mut app, [7, 8]);
    press(&mut app, "j L");
    answer(&mut app, [9]);
    assert_eq!(app.field.text(), "like:8");
    press(&mut app, "esc");
    answer(&mut app, [7, 8]);
    assert_eq!(
        (app.field.text(), selected(&app)),
        ("like:2", Some(DocumentId(8)))
    );
    press(&mut app, "esc");
    answer(&mut app, 1..=3);
    assert_eq!(
        (app.field.text(), selected(&app)),
        ("trust ", Some(DocumentId(2)))
    );
    press(&mut app, "esc");
    assert_eq!(app.field.text(), "");
    // What was asked since is left for nothing.
    answer(&mut app, 1..=3);
    press(&mut app, "L");
    answer(&mut app, 1..=3);
    press(&mut app, "/ ctrl-u c a r e enter");
    answer(&mut app, 1..=3);
    press(&mut app, "esc");
    assert_eq!(app.field.text(), "");
}

#[test]
fn what_is_read_while_a_word_ends_is_what_stood_there_and_stays_where_one_is() {
    let mut app = room();
    press(&mut app, "/ t r u s t");
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "enter enter");
    // The answer that stands is to these words: nobody waits for the next.
    let opened = opened(&effects, 40).or_else(|| {
        assert_eq!(app.page.id(), Some(DocumentId(1)));
        None
    });
    if let Some(opened) = opened {
        app.update(opened);
    }
    press(&mut app, "pgdn pgdn");
    let read = app.page.offset();
    assert!(read > 0);
    let message = found(&app, [2, 1, 3]);
    let effects = app.update(message);
    let lit = super::opened(&effects, 40).unwrap();
    press(&mut app, "pgdn");
    let further = app.page.offset();
    assert!(further > read);
    app.update(lit);
    assert_eq!(
        (app.page.id(), app.page.offset()),
        (Some(DocumentId(1)), further)
    );
    assert_eq!(selected(&app), Some(DocumentId(1)));
}
