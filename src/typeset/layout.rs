//! The page as rows: what typesetting hands out.

use super::{Prefix, PrefixKind};
use crate::document::TextRange;

/// A body set to a measure: rows from top to bottom, each with the pieces of text and the prefixes drawn on it.
///
/// Holds ranges, never words: a row costs some fifty bytes whatever is on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    measure: u16,
    width: u16,
    rows: Vec<Row>,
    pieces: Vec<Piece>,
    prefixes: Vec<Prefix>,
}

/// A row of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is on it.
    pub kind: RowKind,
    /// The bytes from its first piece to the end of its last; empty, at the place in the text where the row stands,
    /// where nothing of the text is on it. The rows of a table row overlap: each holds a line of every cell.
    pub range: TextRange,
    /// The place in the body of the block that it belongs to. A row between two blocks belongs to the second.
    pub block: u32,
    /// The cell where its words begin, or would: what is drawn without a prefix of its own (a part's head) goes here.
    pub x: u16,
    pieces: Slice,
    prefixes: Slice,
}

/// What is on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Words of the block, or an empty line of it.
    Text,
    /// Nothing but perhaps the bar of a quotation that goes on.
    Blank,
    /// A line of each cell of a table row; in a stacked table, a line of one cell.
    TableRow,
    /// The line under the names of a table's columns, drawn by its prefixes.
    TableRule,
    /// A [`Rule`](crate::document::BlockKind::Rule) of the text, whose piece stands centred.
    Rule,
    /// The head of the part at this place in the body, to be drawn: its label and date.
    PartHead(u32),
    /// The head of a part whose title is the heading just above: what is left to be drawn is its author and date.
    PartByline(u32),
}

/// A run of words on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The cell where it begins, from the left of the measure.
    pub x: u16,
    /// Its bytes: no line feed and no tab among them.
    pub range: TextRange,
}

impl Layout {
    /// Returns the rows, from top to bottom.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the words of a row, from left to right.
    pub fn pieces(&self, row: &Row) -> &[Piece] {
        row.pieces.of(&self.pieces)
    }

    /// Returns what is drawn on a row that is no text, from left to right.
    pub fn prefixes(&self, row: &Row) -> &[Prefix] {
        row.prefixes.of(&self.prefixes)
    }

    /// Returns the cells that it was set to.
    pub fn measure(&self) -> u16 {
        self.measure
    }

    /// Returns the width of the widest row in cells: code is not wrapped, and goes beyond the measure where it must.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Returns the place among [`Self::rows`] of the row that shows the byte at `offset`, or that a hanging blank or a
    /// line feed there ends.
    pub fn row_at(&self, offset: u32) -> usize {
        let last = self
            .rows
            .partition_point(|row| row.range.start <= offset)
            .saturating_sub(1);
        let Some(found) = self.rows.get(last) else {
            return 0;
        };
        if found.kind != RowKind::TableRow {
            return last;
        }
        // The first lines of later cells stand above the second line of the first cell.
        self.rows
            .iter()
            .enumerate()
            .take(last + 1)
            .rev()
            .take_while(|(_, row)| row.kind == found.kind && row.block == found.block)
            .find(|(_, row)| {
                let mut pieces = self.pieces(row).iter();
                pieces.any(|piece| piece.range.contains(offset))
            })
            .map_or(last, |(place, _)| place)
    }
}

/// Some of the pieces or prefixes of a layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    len: u32,
}

impl Slice {
    /// Returns the first `len` of them.
    pub fn first(self, len: usize) -> Self {
        Self {
            len: self.len.min(len as u32),
            ..self
        }
    }

    fn of<T>(self, all: &[T]) -> &[T] {
        let start = self.start as usize;
        all.get(start..start + self.len as usize)
            .unwrap_or_default()
    }
}

/// Where a row stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The number of its block.
    pub block: usize,
    /// The byte where it stands, should no piece be put on it.
    pub at: u32,
    /// The cell where its words begin.
    pub x: u16,
}

/// Writing: rows are begun from top to bottom, and what is put goes on the last.
impl Layout {
    pub(super) fn new(measure: u16) -> Self {
        Self {
            measure,
            ..Self::default()
        }
    }

    pub(super) fn begin_row(&mut self, kind: RowKind, place: Place, prefixes: Slice) {
        self.rows.push(Row {
            kind,
            range: TextRange {
                start: place.at,
                end: place.at,
            },
            block: place.block as u32,
            x: place.x,
            pieces: Slice {
                start: self.pieces.len() as u32,
                len: 0,
            },
            prefixes,
        });
    }

    /// Puts words on the last row, `width` cells from the cell `x` on.
    pub(super) fn put(&mut self, x: u32, range: TextRange, width: u32) {
        let Some(row) = self.rows.last_mut().filter(|_| !range.is_empty()) else {
            return;
        };
        row.range = if row.pieces.len == 0 {
            range
        } else {
            TextRange {
                start: row.range.start.min(range.start),
                end: row.range.end.max(range.end),
            }
        };
        row.pieces.len += 1;
        let piece = Piece {
            x: narrow(x),
            range,
        };
        self.pieces.push(piece);
        self.width = self.width.max(narrow(x.saturating_add(width)));
    }

    /// Returns what is drawn on a row with a hyphen at the cell `x` too.
    pub(super) fn with_hyphen(&mut self, prefixes: Slice, x: u32) -> Slice {
        let mut all = prefixes.of(&self.prefixes).to_vec();
        all.push(Prefix {
            x: narrow(x),
            kind: PrefixKind::Hyphen,
        });
        self.add_prefixes(&all)
    }

    /// Adds what is drawn on rows that are to be begun.
    pub(super) fn add_prefixes(&mut self, prefixes: &[Prefix]) -> Slice {
        let start = self.prefixes.len() as u32;
        self.prefixes.extend_from_slice(prefixes);
        Slice {
            start,
            len: prefixes.len() as u32,
        }
    }

    /// Adds `more` to what is drawn already on other rows.
    pub(super) fn extend_prefixes(&mut self, prefixes: Slice, more: &[Prefix]) -> Slice {
        let mut all = prefixes.of(&self.prefixes).to_vec();
        all.extend_from_slice(more);
        self.add_prefixes(&all)
    }
}

/// A line of code may have more cells than a screen could ever scroll to: what lies beyond is as far as it gets.
fn narrow(cells: u32) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, BodyBuilder};
    use crate::typeset::typeset;

    #[test]
    fn a_row_costs_little() {
        assert!(size_of::<Row>() + size_of::<Piece>() <= 52);
    }

    #[test]
    fn a_byte_of_any_cell_leads_to_its_row() {
        let mut builder = BodyBuilder::new();
        builder.block(BlockKind::Paragraph, "before");
        builder.begin(BlockKind::TableRow { header: false });
        builder.text("first cell of many words");
        builder.next_cell();
        builder.text("second cell of many words");
        let body = builder.finish();
        let layout = typeset(&body, 20);
        let row_of = |words: &str| layout.row_at(body.text().find(words).unwrap() as u32);
        assert_eq!(row_of("before"), 0);
        assert_eq!((row_of("first"), row_of("second")), (2, 2));
        assert!(row_of("second") < row_of("many"));
        assert_eq!(layout.row_at(u32::MAX), layout.rows().len() - 1);
        assert_eq!(Layout::default().row_at(7), 0);
    }

    #[test]
    fn a_blank_that_hangs_and_a_line_feed_lead_to_the_row_before_them() {
        let mut builder = BodyBuilder::new();
        builder.block(BlockKind::Paragraph, "one two");
        builder.block(BlockKind::Paragraph, "three");
        let body = builder.finish();
        let layout = typeset(&body, 3);
        let rows: Vec<usize> = (0..9).map(|offset| layout.row_at(offset)).collect();
        assert_eq!(rows, [0, 0, 0, 0, 1, 1, 1, 1, 1]);
    }
}
