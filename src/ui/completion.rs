//! What the search field can be completed with: a short list below it.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget};

use super::look::{Look, Role};
use super::pen::{Pen, rect};
use crate::app::{App, Area, Geometry, Pane};
use crate::text::cells;

/// The most cells that a candidate takes.
const WIDEST: usize = 40;

/// Draws the list where there is one to choose from.
pub(super) fn draw(app: &App, geometry: &Geometry, look: &Look, buffer: &mut Buffer) {
    let shown = app.completion.as_ref().filter(|one| one.is_shown());
    let Some(completion) = shown.filter(|_| app.focus == Pane::Field) else {
        return;
    };
    let (names, first) = completion.in_sight();
    let widest = names.iter().map(|name| cells::width(name)).max();
    let width = (widest.unwrap_or(0).min(WIDEST) + 2) as u16;
    let field = geometry.field;
    let (start, _, _) = app.field.shown(usize::from(field.width));
    let before = app.field.text().get(start..completion.from.max(start));
    let x = field.x + cells::width(before.unwrap_or_default()) as u16;
    let screen = buffer.area;
    let area = Area {
        // The candidates stand below what they complete, as far as the screen has room for them there.
        x: x.saturating_sub(1).min(screen.width.saturating_sub(width)),
        y: field.y + 1,
        width: width.min(screen.width),
        height: (names.len() as u16).min(screen.height.saturating_sub(2)),
    };
    Clear.render(rect(area), buffer);
    buffer.set_style(rect(area), look.style(Role::Text));
    for (row, (place, name)) in (0..area.height).zip((first..).zip(names)) {
        let mut pen = Pen::new(buffer, area);
        let room = usize::from(area.width.saturating_sub(2));
        pen.write(
            0,
            row,
            &" ".repeat(usize::from(area.width)),
            look.style(Role::Selected),
        );
        pen.write(
            1,
            row,
            &cells::truncate_with_ellipsis(name, room),
            look.style(Role::Selected),
        );
        if completion.at == Some(place) {
            pen.tint(0, row, area.width, look.style(Role::HitCurrent));
        }
    }
}
