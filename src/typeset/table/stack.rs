//! A table with more columns than there is room for, set as records: the names of the columns once, and then for each
//! row of the table its values one below the other, each with the name of its column drawn again.
//!
//! An empty cell is left out. A table without names is its values alone.

use super::columns::GAP;
use super::{Setter, cells_of, is_header};
use crate::document::Block;
use crate::text::cells;
use crate::typeset::layout::RowKind;
use crate::typeset::pack::Line;
use crate::typeset::prefix::{Prefix, PrefixKind};

/// Names beside values take at most this part of the room, so that values have the greater part. Where a word of a
/// name is longer, names stand above.
const SHARE_OF_NAMES: u32 = 3;

/// In less room than this names would be scraps: values stand alone.
const LEAST_ROOM_FOR_NAMES: u32 = 12;

/// The names of the columns as they are drawn again in each record.
#[derive(Default)]
struct Names {
    lines: Vec<Vec<Line>>,
    /// They stand above their values, not beside.
    above: bool,
    /// The cells from the beginning of a name to that of its value.
    indent: u32,
}

impl Names {
    fn of(&self, column: usize) -> &[Line] {
        self.lines.get(column).map_or(&[], Vec::as_slice)
    }
}

impl Setter<'_> {
    pub(super) fn set_stack(&mut self, table: &[Block], number: usize) {
        let names = match table {
            [header, _, ..] if is_header(header) => self.names(header),
            _ => Names::default(),
        };
        for (record, block) in table.iter().enumerate() {
            let number = number + record;
            if record > 0 {
                self.begin_row(RowKind::Blank, number, block.range.start, &[]);
            }
            if is_header(block) {
                self.set_names(block, number);
            } else {
                self.set_record(block, number, &names);
            }
        }
    }

    fn names(&mut self, header: &Block) -> Names {
        let room = self.room();
        if room < LEAST_ROOM_FOR_NAMES {
            return Names::default();
        }
        let share = room / SHARE_OF_NAMES;
        let words = self.body.slice(header.range).split_whitespace();
        let above = words.map(cells::width).max().unwrap_or_default() > share as usize;
        let lines: Vec<Vec<Line>> = cells_of(self.body, header)
            .map(|cell| self.compose(cell, if above { room } else { share }))
            .collect();
        let widest = lines.iter().flatten().map(|line| line.width).max();
        Names {
            lines,
            above,
            indent: if above { 0 } else { widest.unwrap_or_default() } + GAP,
        }
    }

    /// Sets the names of the columns one after the other, as many on a row as fit.
    fn set_names(&mut self, header: &Block, number: usize) {
        let room = self.room();
        let mut x = None;
        for cell in cells_of(self.body, header) {
            for line in self.compose(cell, room) {
                let column = x.filter(|x| x + line.width <= room).unwrap_or_else(|| {
                    self.begin_row(RowKind::TableRow, number, line.range.start, &[]);
                    0
                });
                self.put(column, &line);
                x = Some(column + line.width + GAP);
            }
        }
    }

    /// Sets the values of a row of the table, each with its name.
    fn set_record(&mut self, block: &Block, number: usize, names: &Names) {
        let room = self.room().saturating_sub(names.indent);
        for (column, cell) in cells_of(self.body, block).enumerate() {
            let values = self.compose(cell, room);
            let names_of_it = names.of(column);
            let skipped = if names.above { names_of_it.len() } else { 0 };
            let height = match values.len() {
                0 => 0,
                count => names_of_it.len().max(count + skipped),
            };
            for row in 0..height {
                let value = row.checked_sub(skipped).and_then(|row| values.get(row));
                let label = names_of_it.get(row).map(|line| Prefix {
                    x: self.frame.x,
                    kind: PrefixKind::Label(line.range),
                });
                let at = match value {
                    Some(value) => value.range.start,
                    None if row < skipped => cell.start,
                    None => cell.end,
                };
                self.begin_row(RowKind::TableRow, number, at, label.as_slice());
                if let Some(value) = value {
                    self.put(names.indent, value);
                }
            }
        }
    }
}
