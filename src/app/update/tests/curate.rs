//! Hiding, putting right and adding, by keys.

use super::*;
use crate::app::{Form, Overlay};

fn laid(app: &App) -> Vec<OverlayLine> {
    let overlay = app.overlay.as_ref().unwrap();
    app.laid(overlay).lines
}

fn form(app: &App) -> &Form {
    match &app.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("a form, not {other:?}"),
    }
}

#[test]
fn hiding_is_asked_and_can_be_undone() {
    let mut app = room();
    answer(&mut app, 1..=3);
    assert_eq!(press(&mut app, "delete n"), []);
    assert_eq!(app.overlay, None);
    let effects = press(&mut app, "delete y");
    assert_eq!(effects[0], Effect::SetHidden(DocumentId(1), true));
    assert!(matches!(effects[1], Effect::Search(_)), "{effects:?}");
    answer(&mut app, 2..=3);
    let effects = press(&mut app, "U");
    assert_eq!(effects[0], Effect::SetHidden(DocumentId(1), false));
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    let effects = press(&mut app, "delete enter");
    assert!(effects.contains(&Effect::SetHidden(DocumentId(1), true)));
    assert_eq!(app.focus, Pane::List, "nothing is left on the page");
}

#[test]
fn what_is_hidden_is_shown_again_by_the_same_key() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    app.page.sheet.as_mut().unwrap().opened.marks.hidden = true;
    let effects = press(&mut app, "delete");
    assert_eq!(effects[0], Effect::SetHidden(DocumentId(1), false));
    assert_eq!(app.overlay, None);
}

#[test]
fn a_form_puts_right_what_is_typed_and_stays_open_while_something_is_wrong() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "E");
    assert_eq!(form(&app).lines[0].text(), "Document 1");
    press(&mut app, "ctrl-u A tab B tab x");
    assert_eq!(press(&mut app, "enter"), []);
    assert!(app.notice.as_ref().is_some_and(|notice| notice.failed));
    assert_eq!(form(&app).at, 2);
    let effects = press(&mut app, "backspace 2 0 1 2 enter");
    let correction = Correction {
        title: Some("A".to_owned()),
        authors: Some(vec!["B".to_owned()]),
        published: Some("2012".parse().ok()),
        topics: Some(Vec::new()),
    };
    assert_eq!(effects, [Effect::Correct(DocumentId(1), correction)]);
    assert_eq!(app.overlay, None);
    let effects = app.update(Message::Corrected(DocumentId(1)));
    assert!(matches!(effects[0], Effect::Search(_)));
    assert!(matches!(effects[1], Effect::Open(_)), "the page bears it");
}

#[test]
fn a_path_is_completed_and_added() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "f a ~ / r");
    let effects = press(&mut app, "tab");
    assert_eq!(effects, [Effect::Complete("~/r".to_owned())]);
    let completed = |typed: &str| Message::Completed {
        typed: typed.to_owned(),
        to: "~/reading/".to_owned(),
        names: vec!["a/".to_owned(), "b.md".to_owned()],
    };
    app.update(completed("~/"));
    let line = |app: &App| {
        app.overlay
            .as_ref()?
            .line()
            .map(|line| line.text().to_owned())
    };
    assert_eq!(line(&app).as_deref(), Some("~/r"), "it was of another line");
    app.update(completed("~/r"));
    assert_eq!(line(&app).as_deref(), Some("~/reading/"));
    assert_eq!(laid(&app).len(), 2);
    press(&mut app, "a");
    assert_eq!(laid(&app).len(), 0);
    let effects = press(&mut app, "enter");
    assert_eq!(effects, [Effect::Add("~/reading/a".to_owned())]);
}
