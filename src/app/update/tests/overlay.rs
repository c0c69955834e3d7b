//! Moving in what lies over the panes.

use super::*;

fn first_in_sight(app: &App) -> usize {
    app.laid(app.overlay.as_ref().unwrap()).first
}

#[test]
fn from_its_end_help_goes_back_with_the_first_key() {
    let mut app = room();
    answer(&mut app, [1]);
    app.update(Message::Resize(100, 20));
    press(&mut app, "? G");
    let last = first_in_sight(&app);
    assert!(last > 0);
    press(&mut app, "j j k");
    assert_eq!(first_in_sight(&app), last - 1);
    press(&mut app, "G");
    // Higher, less of it is beyond the end.
    app.update(Message::Resize(100, 24));
    assert_eq!(first_in_sight(&app), last - 4);
    press(&mut app, "k");
    assert_eq!(first_in_sight(&app), last - 5);
    press(&mut app, "g");
    assert_eq!(first_in_sight(&app), 0);
}

/// A page with so many links.
fn with_links(many: u32) -> App {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter");
    let sheet = app.page.sheet.as_mut().unwrap();
    let link = |number: u32| Link {
        range: crate::document::TextRange {
            start: number,
            end: number + 5,
        },
        url: format!("https://example.org/{number}"),
    };
    sheet.links = (0..many).map(link).collect();
    app
}

#[test]
fn the_links_of_a_long_page_are_as_fast_to_go_through_as_those_of_a_short_one() {
    for (many, wide) in [(400, false), (100_000, true)] {
        let mut app = with_links(if wide { 4_000 } else { many });
        if wide {
            // The words of a link stand somewhere in the text: what they say is of no weight here.
            let sheet = app.page.sheet.as_mut().unwrap();
            sheet.links = sheet.links.iter().cycle().take(100_000).cloned().collect();
        }
        press(&mut app, "u G");
        let laid = app.laid(app.overlay.as_ref().unwrap());
        assert_eq!(laid.area.width == 90, wide, "{}", laid.area.width);
        let last = laid.lines.last().unwrap();
        assert_eq!(last.left, many.to_string());
        assert_eq!(usize::from(laid.left), many.to_string().len());
        let began = std::time::Instant::now();
        for _ in 0..200 {
            press(&mut app, "k");
            app.laid(app.overlay.as_ref().unwrap());
        }
        assert!(began.elapsed().as_secs() < 10);
    }
}
