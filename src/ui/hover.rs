//! What the term under the mouse means: a few lines beside it.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget};

use super::look::{Look, Role};
use super::pen::{Pen, rect};
use crate::app::App;

/// Draws it where there is one.
pub(super) fn draw(app: &App, look: &Look, buffer: &mut Buffer) {
    let Some((area, lines)) = app.hover_box() else {
        return;
    };
    Clear.render(rect(area), buffer);
    buffer.set_style(rect(area), look.style(Role::Text));
    let mut pen = Pen::new(buffer, area);
    for (row, line) in (0..area.height).zip(lines) {
        pen.write(
            0,
            row,
            &" ".repeat(usize::from(area.width)),
            look.style(Role::Selected),
        );
        pen.write(1, row, &line, look.style(Role::Selected));
    }
}
