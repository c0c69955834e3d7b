//! Where pasted text goes: into the line that has the keys, and nowhere else.

use super::facets::{at_facets, question};
use super::*;

fn paste(app: &mut App, text: &str) {
    app.update(Message::Paste(text.to_owned()));
}

#[test]
fn nothing_is_pasted_beneath_an_overlay() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "/ m f1");
    assert!(matches!(app.overlay, Some(Overlay::Help { .. })));
    let generation = app.generation;
    paste(&mut app, "mutual");
    assert_eq!((question(&app), app.generation), ("m", generation));
    assert!(app.notice.as_ref().is_some_and(|notice| notice.failed));
}

#[test]
fn the_line_that_narrows_takes_what_is_pasted_while_it_has_the_keys() {
    let mut app = at_facets();
    press(&mut app, "/");
    paste(&mut app, "77");
    let narrow = |app: &App| app.facets.narrow.as_ref().unwrap().text().to_owned();
    assert_eq!(narrow(&app), "77");
    let list = app.geometry().unwrap().list.unwrap();
    app.update(Message::Mouse(Mouse::Press(list.x, list.y)));
    assert_eq!(app.focus, Pane::List);
    paste(&mut app, "mutual");
    assert_eq!((question(&app), narrow(&app).as_str()), ("", "77"));
}

#[test]
fn what_stood_below_a_line_goes_when_its_text_is_another() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter : down down");
    let selected = |app: &App| app.overlay.as_ref().and_then(Overlay::selected);
    assert_eq!(selected(&app), Some(2));
    press(&mut app, "left");
    assert_eq!(selected(&app), Some(2), "the text is the same");
    paste(&mut app, "w");
    assert_eq!(selected(&app), Some(0));

    let offered = |app: &App| match &app.overlay {
        Some(Overlay::Ask { offered, .. }) => offered.len(),
        other => panic!("{other:?}"),
    };
    for change in ["paste", "backspace", "x"] {
        press(&mut app, "esc esc");
        app.ask(Ask::Add, "a");
        app.update(Message::Completed {
            typed: "a".to_owned(),
            to: "a".to_owned(),
            names: vec!["ab".to_owned(), "ac".to_owned()],
        });
        press(&mut app, "left right");
        assert_eq!(offered(&app), 2);
        match change {
            "paste" => paste(&mut app, "b"),
            key => drop(press(&mut app, key)),
        }
        assert_eq!(offered(&app), 0, "{change}");
    }
}
