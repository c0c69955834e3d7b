//! Drawing, and the terminal. [`draw`] decides nothing and stores nothing: the same [`App`] is always the same picture.

mod bottom;
mod completion;
mod concordance;
mod events;
mod facets;
mod hover;
mod like;
mod list;
mod look;
mod notes;
mod overlay;
mod page;
mod passages;
mod pen;
mod signals;
mod sources;
mod terminal;
mod timeline;
mod top;

pub use events::{Gate, read as read_events};
pub use look::Look;
pub use signals::{end_as_signalled, on_signals, suspend};
pub use terminal::{Screen, TerminalError, columns, restore_on_panic, wait_for_enter};

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::widgets::Clear;

use crate::app::{App, Area, SMALLEST};
use crate::text::cells;
use look::Role;
use pen::{Pen, rect};

/// Returns the words of a text in lines of so many cells at most.
fn wrapped(text: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if cells::width(line) + 1 + cells::width(word) <= cells => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Draws the room as it is.
pub fn draw(app: &App, look: &Look, frame: &mut Frame<'_>) {
    let whole = frame.area();
    let buffer = frame.buffer_mut();
    buffer.set_style(whole, look.style(Role::Text));
    let Some(geometry) = app.geometry() else {
        let area = Area {
            x: 0,
            y: 0,
            width: whole.width,
            height: whole.height,
        };
        let text = format!("recto needs {} columns and {} rows", SMALLEST.0, SMALLEST.1);
        let mut pen = Pen::new(buffer, area);
        for (row, line) in (0..area.height).zip(wrapped(&text, usize::from(area.width))) {
            pen.write(0, row, &line, look.style(Role::Text));
        }
        return;
    };
    let mut cursor = top::draw(app, &geometry, look, buffer);
    if let Some(area) = geometry.page {
        page::draw(app, area, look, buffer);
    }
    if let Some(area) = geometry.list {
        list::draw(app, area, look, buffer);
        if let Some(line) = geometry.shortfall {
            list::shortfall(app, line, look, buffer);
            rule(line, whole.width, look, buffer);
        }
        rule(area, whole.width, look, buffer);
    }
    if let Some(area) = geometry.likeness {
        like::draw(app, area, look, buffer);
        rule(area, whole.width, look, buffer);
    }
    if let Some(area) = geometry.facets {
        if geometry.drawer {
            ratatui::widgets::Widget::render(Clear, rect(area), buffer);
            buffer.set_style(rect(area), look.style(Role::Text));
        }
        cursor = cursor.or(facets::draw(app, area, look, buffer));
        rule(area, whole.width, look, buffer);
    }
    if let Some(area) = geometry.sources {
        cursor = cursor.or(sources::draw(app, area, look, buffer));
    }
    if let Some(area) = geometry.concordance {
        concordance::draw(app, area, look, buffer);
    }
    if let Some(area) = geometry.notes {
        notes::draw(app, area, look, buffer);
    }
    bottom::draw(app, geometry.bottom, look, buffer);
    completion::draw(app, look, buffer);
    hover::draw(app, look, buffer);
    if let Some(overlay) = &app.overlay {
        cursor = overlay::draw(app, overlay, look, buffer);
    }
    if let Some((x, y)) = cursor {
        frame.set_cursor_position(Position { x, y });
    }
}

/// Draws the line that parts a pane from the one to its right.
fn rule(area: Area, columns: u16, look: &Look, buffer: &mut ratatui::buffer::Buffer) {
    let x = area.x + area.width;
    if x >= columns {
        return;
    }
    let line = Area {
        x,
        width: 1,
        ..area
    };
    for y in 0..area.height {
        Pen::new(buffer, line).write(0, y, look.glyphs.rule, look.style(Role::Rule));
    }
}
