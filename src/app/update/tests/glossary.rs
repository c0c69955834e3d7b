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
    assert!(app.notice.is_none(), "the first word is no term");
    let column = LONG.find("mutuals").unwrap() as u16;
    app.update(Message::Mouse(Mouse::Press(area.x + column, row)));
    let told = &app.notice.as_ref().unwrap().text;
    assert!(told.starts_with("mutual: An organisation owned"), "{told}");
}
