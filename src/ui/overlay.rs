//! What lies over the panes: a framed list, with a line above it where something is asked for.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::look::{Look, Role};
use super::notes;
use super::pen::{Pen, rect};
use crate::app::{App, Area, Form, Line, Overlay, OverlayLine};
use crate::text::cells;

/// The cells between the left part of a line and its text.
const GAP: u16 = 2;

/// Draws the overlay; returns the cell of the cursor where a line is typed.
pub(super) fn draw(
    app: &App,
    overlay: &Overlay,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let laid = app.laid(overlay);
    Clear.render(rect(laid.area), buffer);
    frame(overlay, laid.area, look, buffer);
    if let Overlay::Note(editor) = overlay {
        return Some(notes::editor(editor, laid.list, look, buffer));
    }
    let typed = overlay.line().zip(laid.line);
    let mut cursor = typed.map(|(line, area)| typed_line(line, area, look, buffer));
    for (y, line) in (0..).zip(&laid.lines) {
        let place = laid.first + usize::from(y);
        let row = Area {
            y: laid.list.y + y,
            height: 1,
            ..laid.list
        };
        // In an outline the left part is how deep a heading stands.
        let x = match (overlay, laid.left) {
            (Overlay::Outline { .. }, _) => cells::width(&line.left) as u16,
            (_, 0) => 0,
            (_, left) => left + GAP,
        };
        draw_line(line, x, row, look, buffer);
        if let Overlay::Form(Form { at, lines, .. }) = overlay
            && *at == place
            && let Some(line) = lines.get(place)
        {
            cursor = Some(typed_line(line, row.inset(x, 0), look, buffer));
        }
        if overlay.selected() == Some(place) {
            Pen::own(buffer, row, look).tint(0, 0, row.width, look.style(Role::Selected));
        }
    }
    cursor
}

/// Draws a line, its text from column `x` on.
fn draw_line(line: &OverlayLine, x: u16, row: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, row, look);
    let text = |x: u16| {
        let room = usize::from(row.width.saturating_sub(x));
        cells::truncate_with_ellipsis(&line.text, room)
    };
    if line.heading {
        pen.write(0, 0, &text(0), look.style(Role::Heading));
        return;
    }
    // What has no left part of its own is a sentence, and needs the width.
    let x = if line.left.is_empty() { 0 } else { x };
    pen.write(0, 0, &line.left, look.style(Role::Accent));
    pen.write(x, 0, &text(x), look.style(Role::Text));
}

/// Draws a line that is typed, and returns the cell of its cursor.
fn typed_line(line: &Line, area: Area, look: &Look, buffer: &mut Buffer) -> (u16, u16) {
    let room = usize::from(area.width);
    let (text, at) = line.window(room.saturating_sub(1));
    let mut pen = Pen::own(buffer, area, look);
    pen.write(0, 0, &" ".repeat(room), look.style(Role::Field));
    pen.write(0, 0, text, look.style(Role::Field));
    (area.x + at as u16, area.y)
}

/// Draws the frame with the title in it.
fn frame(overlay: &Overlay, area: Area, look: &Look, buffer: &mut Buffer) {
    let border = if look.ascii {
        ratatui::symbols::border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        }
    } else {
        BorderType::Rounded.to_border_set()
    };
    let title = overlay.title();
    // The frame's corners and a blank at both ends.
    let room = usize::from(area.width.saturating_sub(4));
    let title = cells::truncate_with_ellipsis(&title, room);
    Block::bordered()
        .border_set(border)
        .border_style(look.style(Role::Rule))
        .title(format!(
            " {} ",
            title.replace('·', if look.ascii { "-" } else { "·" })
        ))
        .title_style(look.style(Role::Heading))
        .render(rect(area), buffer);
}
