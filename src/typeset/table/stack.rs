//! A table with more columns than there is room for, set as records: the names of the columns once, and then for each
//! row of the table its values one below the other, each with the name of its column drawn before it.

use super::columns::GAP;
use super::{Setter, cells_of, is_header};
use crate::document::{Block, TextRange};
use crate::typeset::layout::{Place, RowKind};
use crate::typeset::pack::Line;
use crate::typeset::prefix::{Prefix, PrefixKind};

/// Names take at most this part of the room, so that values have the greater part.
const SHARE_OF_NAMES: u32 = 3;

/// In less room than this, names beside values would leave both in scraps: values stand alone.
const LEAST_ROOM_FOR_NAMES: u32 = 12;

/// The names of the columns, set to the room that they have before the values.
#[derive(Default)]
struct Names {
    /// The cells from the beginning of a name to that of its value.
    column: u32,
    lines: Vec<Vec<Line>>,
}

impl Setter<'_> {
    pub(super) fn set_stack(&mut self, table: &[Block], number: usize) {
        let names = match table {
            [header, _, ..] if is_header(header) => self.names(header),
            _ => Names::default(),
        };
        for (record, block) in table.iter().enumerate() {
            let place = Place {
                block: number + record,
                at: block.range.start,
                x: self.frame.x,
            };
            if record > 0 {
                self.layout
                    .begin_row(RowKind::Blank, place, self.frame.following);
            }
            if is_header(block) {
                self.set_names(block, place, record == 0);
            } else {
                self.set_record(block, place, &names, record == 0);
            }
        }
    }

    fn names(&mut self, header: &Block) -> Names {
        let room = self.room();
        if room < LEAST_ROOM_FOR_NAMES {
            return Names::default();
        }
        let mut widest = 0;
        let lines = cells_of(self.body, header)
            .map(|cell| {
                let lines = self.compose(cell, room / SHARE_OF_NAMES);
                widest = lines.iter().map(|line| line.width).fold(widest, u32::max);
                lines
            })
            .collect();
        Names {
            column: widest + GAP,
            lines,
        }
    }

    fn compose(&mut self, cell: TextRange, room: u32) -> Vec<Line> {
        let mut lines = Vec::new();
        if !cell.is_empty() {
            self.composer.set(self.body, cell, room, &mut lines);
        }
        lines
    }

    /// Sets the names of the columns one after the other, as many on a row as fit.
    fn set_names(&mut self, header: &Block, place: Place, first: bool) {
        let room = self.room();
        let mut x = 0;
        let mut rows = usize::from(!first);
        for cell in cells_of(self.body, header) {
            for line in self.compose(cell, room) {
                if x == 0 || x + line.width > room {
                    x = 0;
                    let at = line.range.start;
                    let prefixes = self.frame.prefixes(rows);
                    self.layout
                        .begin_row(RowKind::TableRow, Place { at, ..place }, prefixes);
                    rows += 1;
                }
                let column = u32::from(self.frame.x) + x;
                self.layout.put(column, line.range, line.width);
                x += line.width + GAP;
            }
        }
    }

    /// Sets the values of a row of the table, each from a row of its own on.
    fn set_record(&mut self, block: &Block, place: Place, names: &Names, first: bool) {
        let room = self.room().saturating_sub(names.column);
        let mut rows = usize::from(!first);
        for (column, cell) in cells_of(self.body, block).enumerate() {
            let values = self.compose(cell, room);
            let names_of_column = names.lines.get(column).map_or(&[][..], Vec::as_slice);
            let height = match values.len() {
                0 => 0,
                values => values.max(names_of_column.len()),
            };
            for row in 0..height {
                let value = values.get(row);
                let label = names_of_column.get(row).map(|line| Prefix {
                    x: self.frame.x,
                    kind: PrefixKind::Label(line.range),
                });
                let at = value.map_or(cell.end, |line| line.range.start);
                let prefixes = self.frame.prefixes(rows);
                let prefixes = match label {
                    Some(label) => self.layout.extend_prefixes(prefixes, &[label]),
                    None => prefixes,
                };
                self.layout
                    .begin_row(RowKind::TableRow, Place { at, ..place }, prefixes);
                rows += 1;
                if let Some(value) = value {
                    let x = u32::from(self.frame.x) + names.column;
                    self.layout.put(x, value.range, value.width);
                }
            }
        }
    }
}
