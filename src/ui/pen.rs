//! Writing into the cells of a frame: clipped, by grapheme clusters, with styles laid over ranges of bytes.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::Look;
use crate::app::Area;
use crate::text::cells;

/// Returns the same rectangle as ratatui has it.
pub(super) fn rect(area: Area) -> Rect {
    Rect {
        x: area.x,
        y: area.y,
        width: area.width,
        height: area.height,
    }
}

/// Writes into an area of a buffer, a row at a time, never outside it.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Area,
    /// What is recto's own is drawn in ASCII.
    ascii: bool,
}

/// A style for a range of the bytes of what is written.
pub(super) type Lit = (Range<usize>, Style);

impl<'a> Pen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, area: Area) -> Self {
        Self {
            buffer,
            area,
            ascii: false,
        }
    }

    /// Returns a pen for what is recto's own: its signs are such as the look allows.
    pub(super) fn own(buffer: &'a mut Buffer, area: Area, look: &Look) -> Self {
        Self {
            ascii: look.ascii,
            ..Self::new(buffer, area)
        }
    }

    /// Writes `text` from column `x` of row `y` on; returns the column after it.
    pub(super) fn write(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        self.write_lit(x, y, text, style, &[])
    }

    /// Writes `text` with other styles over some ranges of its bytes; a later range lies over an earlier one.
    pub(super) fn write_lit(
        &mut self,
        x: u16,
        y: u16,
        text: &str,
        style: Style,
        lit: &[Lit],
    ) -> u16 {
        let mut column = x;
        for (at, cluster, width) in cells::clusters(text) {
            let width = width as u16;
            if column.saturating_add(width) > self.area.width {
                break;
            }
            let style = lit
                .iter()
                .filter(|(range, _)| range.contains(&at))
                .fold(style, |style, (_, over)| style.patch(*over));
            let cluster = if self.ascii {
                in_ascii(cluster)
            } else {
                cluster
            };
            self.put(column, y, cluster, width, style);
            column += width;
        }
        column
    }

    /// Writes `text` so that it ends at the right edge; returns the column where it begins.
    pub(super) fn write_right(&mut self, y: u16, text: &str, style: Style) -> u16 {
        let x = self.area.width.saturating_sub(cells::width(text) as u16);
        self.write(x, y, text, style);
        x
    }

    /// Lays a style over part of a row, whatever is written there.
    pub(super) fn tint(&mut self, x: u16, y: u16, width: u16, style: Style) {
        let row = Rect {
            x: self.area.x + x,
            y: self.area.y + y,
            width,
            height: 1,
        };
        self.buffer
            .set_style(row.intersection(rect(self.area)), style);
    }

    fn put(&mut self, x: u16, y: u16, cluster: &str, width: u16, style: Style) {
        if y >= self.area.height || width == 0 {
            return;
        }
        let (x, y) = (self.area.x + x, self.area.y + y);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(cluster).set_style(style);
        }
        // What a wide cluster covers must be empty, or the terminal would be told to paint over its half.
        for covered in x + 1..x + width {
            if let Some(cell) = self.buffer.cell_mut((covered, y)) {
                cell.set_symbol(" ").set_style(style);
            }
        }
    }
}

/// Returns the ASCII sign for one of recto's own, as wide as that; any other as it is.
fn in_ascii(sign: &str) -> &str {
    match sign {
        "·" | "−" => "-",
        "¶" => "|",
        "›" => ">",
        "…" => ".",
        "⏎" => "^",
        "“" | "”" => "\"",
        other => other,
    }
}
