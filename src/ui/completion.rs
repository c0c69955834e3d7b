//! What the search field can be completed with: a short list below it.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget};

use super::look::{Look, Role};
use super::pen::{Pen, rect};
use crate::app::{App, CompletionLayout};
use crate::text::cells;

/// Draws the list where there is one to choose from.
pub(super) fn draw(app: &App, look: &Look, buffer: &mut Buffer) {
    let Some(CompletionLayout { area, first, names }) = app.completion_layout() else {
        return;
    };
    let chosen = app.completion.as_ref().and_then(|completion| completion.at);
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
        if chosen == Some(place) {
            pen.tint(0, row, area.width, look.style(Role::HitCurrent));
        }
    }
}
