//! The words taken in, switched one by one.

use super::*;
use crate::app::{Mouse, Overlay};
use crate::query::{Origin, Taken};

/// Returns an app whose answer took these words in for `tupe`.
fn with_taken() -> App {
    let mut app = room();
    app.field.set("tupe");
    app.query = crate::query::parse_typing("tupe");
    let taken = |words: &str, origin, on| Taken {
        typed: "tupe".to_owned(),
        words: words.to_owned(),
        origin,
        on,
    };
    app.light.taken = vec![
        taken("staff transfer", Origin::Same, true),
        taken("Fair Deal", Origin::Related, false),
    ];
    app
}

#[test]
fn a_line_of_the_list_is_switched_by_enter_and_by_space_and_the_list_stays() {
    let mut app = with_taken();
    press(&mut app, "w");
    assert_eq!(app.overlay, Some(Overlay::Taken { selected: 0 }));
    let effects = press(&mut app, "enter");
    assert_eq!(app.field.text().trim_end(), "tupe -also:\"staff transfer\"");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(_)))
    );
    app.light.taken[0].on = false;
    press(&mut app, "space");
    assert_eq!(app.field.text().trim_end(), "tupe");
    press(&mut app, "j");
    press(&mut app, "space");
    assert_eq!(app.field.text().trim_end(), "tupe also:\"Fair Deal\"");
    assert_eq!(app.overlay, Some(Overlay::Taken { selected: 1 }));
    press(&mut app, "esc");
    assert_eq!(app.overlay, None);
}

#[test]
fn a_chip_that_is_pressed_is_switched_off_and_a_press_beside_it_goes_to_the_field() {
    let mut app = with_taken();
    let chip = app.chips()[0].clone();
    assert_eq!(chip.text, "+ staff transfer");
    app.update(Message::Mouse(Mouse::Press(chip.end(), 0)));
    assert_eq!(
        (app.focus, app.field.text().trim_end()),
        (Pane::Field, "tupe")
    );
    app.update(Message::Mouse(Mouse::Press(chip.x, 0)));
    assert_eq!(app.field.text().trim_end(), "tupe -also:\"staff transfer\"");
}

#[test]
fn where_nothing_is_taken_in_there_is_nothing_to_list() {
    let mut app = room();
    press(&mut app, "w");
    assert_eq!(app.overlay, None);
    assert!(app.notice.is_some());
}
