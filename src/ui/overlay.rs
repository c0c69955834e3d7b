//! What lies over the panes: a framed list, with a line above it where something is asked for.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::look::{Look, Role};
use super::pen::{Pen, rect};
use crate::app::{App, Area, Overlay};
use crate::text::cells;

/// Draws the overlay; returns the cell of the cursor where a line is typed.
pub(super) fn draw(
    app: &App,
    overlay: &Overlay,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let lines = app.overlay_lines();
    let area = app.overlay_area(&lines);
    Clear.render(rect(area), buffer);
    frame(overlay, area, look, buffer);
    let inner = Area {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let mut cursor = None;
    let mut list = inner;
    if let Some(line) = overlay.line() {
        let (text, at) = line.window(usize::from(inner.width).saturating_sub(1));
        Pen::own(buffer, inner, look).write(0, 0, text, look.style(Role::Field));
        cursor = Some((inner.x + at as u16, inner.y));
        list = inner.below(1);
    }
    let height = usize::from(list.height).max(1);
    let first = match overlay {
        Overlay::Help { top, .. } | Overlay::Failures { top } => {
            (*top).min(lines.len().saturating_sub(height))
        }
        other => other
            .selected()
            .map_or(0, |selected| (selected + 1).saturating_sub(height)),
    };
    let left = lines
        .iter()
        .map(|line| cells::width(&line.left))
        .max()
        .unwrap_or(0) as u16;
    let gap = if matches!(overlay, Overlay::Outline { .. }) {
        0
    } else {
        2
    };
    for (row, (place, line)) in lines
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .enumerate()
    {
        let mut pen = Pen::own(buffer, list, look);
        let y = row as u16;
        if line.heading {
            pen.write(0, y, &line.text, look.style(Role::Heading));
            continue;
        }
        let x = if gap == 0 {
            cells::width(&line.left) as u16
        } else {
            left + gap
        };
        pen.write(0, y, &line.left, look.style(Role::Accent));
        let room = usize::from(list.width.saturating_sub(x));
        pen.write(
            x,
            y,
            &cells::truncate_with_ellipsis(&line.text, room),
            look.style(Role::Text),
        );
        if let Overlay::Form(form) = overlay
            && form.at == place
            && let Some(line) = form.line()
        {
            let (text, at) = line.window(room.saturating_sub(1));
            pen.write(x, y, &" ".repeat(room), look.style(Role::Field));
            pen.write(x, y, text, look.style(Role::Field));
            cursor = Some((list.x + x + at as u16, list.y + y));
        }
        if overlay.selected() == Some(place) {
            pen.tint(0, y, list.width, look.style(Role::Selected));
        }
    }
    cursor
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
    Block::bordered()
        .border_set(border)
        .border_style(look.style(Role::Rule))
        .title(format!(
            " {} ",
            overlay
                .title()
                .replace('·', if look.ascii { "-" } else { "·" })
        ))
        .title_style(look.style(Role::Heading))
        .render(rect(area), buffer);
}
