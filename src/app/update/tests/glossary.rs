//! The terms of the page that are explained.

use super::*;
use crate::app::{Mouse, Overlay};

#[test]
fn the_terms_in_sight_are_explained_and_enter_asks_where_the_library_says_so() {
    let mut app = room();
    answer(&mut app, 1..=1);
    press(&mut app, "enter x");
    let Some(Overlay::Glossary { terms, .. }) = &app.overlay else {
        unreachable!("the page speaks of mutuals");
    };
    let names: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    assert_eq!(names, ["mutual"]);
    let effects = press(&mut app, "enter");
    assert!(app.field.text().contains("title:\"mutual\""));
    assert_eq!((app.overlay.is_none(), app.focus), (true, Pane::List));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(_)))
    );
}

#[test]
fn a_press_on_a_term_says_what_it_means() {
    let mut app = room();
    answer(&mut app, 1..=1);
    press(&mut app, "enter");
    let area = app.page_area().unwrap();
    let text = app.page.sheet.as_ref().unwrap();
    let row = text.first_text_row() as u16 + area.y;
    app.update(Message::Mouse(Mouse::Press(area.x, row)));
    assert!(app.overlay.is_none(), "the first word is no term");
    let column = LONG.find("mutuals").unwrap() as u16;
    app.update(Message::Mouse(Mouse::Press(area.x + column, row)));
    let Some(Overlay::Glossary { terms, .. }) = &app.overlay else {
        unreachable!("it is one");
    };
    assert_eq!((terms.len(), terms[0].name.as_str()), (1, "mutual"));
}

#[test]
fn the_mouse_over_a_term_says_what_it_means_while_it_is_there() {
    let mut app = room();
    for (columns, rows) in [(120, 36), (60, 20), (40, 12)] {
        app.update(Message::Resize(columns, rows));
        answer(&mut app, 1..=1);
        press(&mut app, "enter g");
        let area = app.page_area().unwrap();
        let row = app.page.sheet.as_ref().unwrap().first_text_row() as u16 + area.y;
        let before = LONG.find("mutuals").unwrap() as u16;
        let (x, y) = (area.x + before % area.width, row + before / area.width);
        app.update(Message::Mouse(Mouse::Move(area.x, row)));
        assert_eq!(app.hover_box(), None);
        app.update(Message::Mouse(Mouse::Move(x, y)));
        let (shown, lines) = app.hover_box().unwrap();
        assert!(lines[0] == "mutual" && lines[1].starts_with("An organisation owned"));
        assert!(!shown.contains(x, y), "the term stays in sight");
        assert!(shown.x + shown.width <= columns && shown.y + shown.height <= rows);
        // Of the text that moves on under the mouse nothing is said.
        app.update(Message::Mouse(Mouse::Wheel(x, y, 2)));
        assert_eq!(app.hover_box(), None);
        app.update(Message::Mouse(Mouse::Wheel(x, y, -2)));
        app.update(Message::Mouse(Mouse::Move(x, y)));
        assert!(app.hover_box().is_some());
        press(&mut app, "h");
        assert_eq!(app.hover_box(), None);
    }
}
