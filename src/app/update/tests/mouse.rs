//! Where a press lands: on what is drawn there, and on nothing beneath it.

use super::facets::{at_facets, count, question, whole};
use super::*;

fn mouse(app: &mut App, mouse: Mouse) -> Vec<Effect> {
    app.update(Message::Mouse(mouse))
}

/// Returns the cell of a line of the facets.
fn cell_of(app: &App, wanted: impl Fn(&FacetLine) -> bool) -> (u16, u16) {
    let area = app.geometry().unwrap().facets.unwrap();
    let place = app.facets.lines().iter().position(wanted).unwrap();
    (area.x + 5, area.y + (place - app.facets.top) as u16)
}

#[test]
fn a_drag_goes_on_from_a_bar_and_from_no_other_press() {
    let mut app = at_facets();
    let (_, y) = cell_of(&app, |line| *line == FacetLine::Timeline(0));
    let area = app.geometry().unwrap().facets.unwrap();
    // Five bars, of five cells each.
    let x = |bar: u16| area.x + TIMELINE_INDENT + 5 * bar + 1;
    mouse(&mut app, Mouse::Press(x(3), y));
    assert_eq!(question(&app), "date:2012");
    count(&mut app, whole());
    let (author, below) = cell_of(
        &app,
        |line| matches!(line, FacetLine::Value { value, .. } if value == "Author 1"),
    );
    mouse(&mut app, Mouse::Press(author, below));
    let both = "date:2012 author:\"Author 1\"";
    assert_eq!(question(&app), both);
    mouse(&mut app, Mouse::Drag(x(0), below));
    assert_eq!(question(&app), both, "a slip");

    // Beside the bars no span goes on either.
    press(&mut app, "X");
    mouse(&mut app, Mouse::Press(x(3), y));
    mouse(&mut app, Mouse::Press(x(5), y));
    mouse(&mut app, Mouse::Press(x(0), y));
    assert_eq!(question(&app), "date:2012,2009");
    // Who slips off the rows of the bars still drags; nothing is chosen beneath an overlay.
    mouse(&mut app, Mouse::Drag(x(3), y + 9));
    assert_eq!(question(&app), "date:2009..2012");
    press(&mut app, "?");
    mouse(&mut app, Mouse::Drag(x(4), y));
    assert_eq!(question(&app), "date:2009..2012");
}

#[test]
fn a_press_on_the_line_that_narrows_puts_its_cursor_there_and_chooses_nothing() {
    let mut app = at_facets();
    press(&mut app, "/ a u t h");
    let area = app.geometry().unwrap().facets.unwrap();
    assert!(app.facets.lines().len() > usize::from(area.height));
    let before = app.facets.cursor;
    mouse(&mut app, Mouse::Press(area.x + 4, area.y + area.height - 1));
    assert_eq!((question(&app), app.facets.cursor), ("", before));
    let typed = app.facets.narrow.as_ref().unwrap();
    assert_eq!((typed.text(), typed.before_cursor()), ("auth", "a"));
}

#[test]
fn a_press_on_a_candidate_puts_it_into_the_line() {
    let mut app = room();
    app.update(Message::Whole(whole()));
    answer(&mut app, 1..=9);
    press(&mut app, "/ x space a u t h o r : a");
    let laid = app.completion_layout().unwrap();
    let (area, third) = (laid.area, laid.names[2].clone());
    assert_eq!((laid.first, third.as_str()), (0, "Author 2"));
    let effects = mouse(&mut app, Mouse::Wheel(area.x, area.y + 2, 1));
    assert_eq!(effects, []);
    let effects = mouse(&mut app, Mouse::Press(area.x, area.y + 2));
    assert_eq!(question(&app), "x author:\"Author 2\"");
    assert_eq!((app.focus, app.list.selected), (Pane::Field, 0));
    assert!(
        matches!(effects.as_slice(), [Effect::Search(_)]),
        "{effects:?}"
    );
    assert_eq!(app.completion_layout(), None);
    // Beside the list a press goes to what is drawn there.
    press(&mut app, "backspace backspace backspace");
    let area = app.completion_layout().unwrap().area;
    mouse(&mut app, Mouse::Press(area.x + area.width, area.y + 2));
    assert_eq!(app.focus, Pane::Facets);
}
