//! The first row: the search field, what was understood, how many there are and in which order.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::{App, Geometry, Pane};
use crate::query::Query;
use crate::text::cells;

/// Draws the row; returns the cell of the cursor while the field has the keys.
pub(super) fn draw(
    app: &App,
    geometry: &Geometry,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let mut pen = Pen::own(buffer, geometry.top, look);
    let focused = app.focus == Pane::Field;
    if geometry.field.x >= 8 {
        pen.write(1, 0, "recto", look.style(Role::Title));
    }
    pen.write(
        geometry.field.x - 2,
        0,
        "/",
        look.style(if focused { Role::Accent } else { Role::Dim }),
    );
    let count = app.count_told();
    let right = pen.write_right(0, &format!("{count} "), look.style(Role::Dim));
    let room = usize::from(geometry.field.width);
    let (text, cursor) = app.field.window(room);
    let after = if app.field.text().is_empty() && !focused {
        pen.write(geometry.field.x, 0, "search", look.style(Role::Dim))
    } else {
        pen.write(geometry.field.x, 0, text, look.style(Role::Field))
    };
    let chips = app.chips();
    let right = match chips.first() {
        Some(first) => first.x + 3,
        None => right,
    };
    for chip in &chips {
        pen.write(chip.x, 0, &chip.text, look.style(Role::Chip));
    }
    let understood = understood(app);
    if !understood.is_empty()
        && usize::from(right.saturating_sub(after)) > cells::width(&understood) + 4
    {
        pen.write(
            right - cells::width(&understood) as u16 - 3,
            0,
            &understood,
            look.style(Role::Chip),
        );
    }
    focused.then_some((geometry.field.x + cursor as u16, geometry.field.y))
}

/// Returns the question as understood, where that is not simply what was typed.
fn understood(app: &App) -> String {
    let printed = app.query.to_string();
    let plain = app.query == Query::default() || printed == app.field.text().trim();
    if plain {
        String::new()
    } else {
        format!("= {printed}")
    }
}
