//! A table whose columns stand side by side, with a line under their names.

use super::columns::Column;
use super::{Setter, cells_of, is_header};
use crate::document::Block;
use crate::typeset::layout::{Place, RowKind};
use crate::typeset::pack::Line;
use crate::typeset::prefix::{Prefix, PrefixKind};

impl Setter<'_> {
    pub(super) fn set_grid(&mut self, table: &[Block], number: usize, columns: &[Column]) {
        // Without a blank row between them, rows of several lines would run into each other.
        let parted = columns.iter().any(|column| column.wraps);
        let mut rows = 0;
        let mut before: Option<&Block> = None;
        for (number, block) in (number..).zip(table) {
            let place = Place {
                block: number,
                at: block.range.start,
                x: self.frame.x,
            };
            if before.is_some_and(is_header) && !is_header(block) {
                self.draw_line(place, columns);
            } else if parted && before.is_some() {
                self.layout
                    .begin_row(RowKind::Blank, place, self.frame.following);
            }
            rows += self.set_grid_row(block, place, columns, rows == 0);
            before = Some(block);
        }
    }

    /// Draws the line between the names of the columns and what stands under them.
    fn draw_line(&mut self, place: Place, columns: &[Column]) {
        let lines: Vec<Prefix> = columns
            .iter()
            .map(|column| Prefix {
                x: self.frame.x + column.x as u16,
                kind: PrefixKind::Line(column.width as u16),
            })
            .collect();
        let prefixes = self.layout.extend_prefixes(self.frame.following, &lines);
        self.layout.begin_row(RowKind::TableRule, place, prefixes);
    }

    /// Sets one row of the table and returns how many rows of the page it takes.
    fn set_grid_row(
        &mut self,
        block: &Block,
        place: Place,
        columns: &[Column],
        first: bool,
    ) -> usize {
        let cells: Vec<Vec<Line>> = cells_of(self.body, block)
            .zip(columns)
            .map(|(cell, column)| {
                let mut lines = Vec::new();
                if !cell.is_empty() {
                    self.composer.set(self.body, cell, column.width, &mut lines);
                }
                lines
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or_default().max(1);
        for row in 0..height {
            let lines = || {
                columns
                    .iter()
                    .zip(&cells)
                    .filter_map(|(column, lines)| Some((column, lines.get(row)?)))
            };
            let at = lines().map(|(_, line)| line.range.start).min();
            let place = Place {
                at: at.unwrap_or(place.at),
                ..place
            };
            let opens = usize::from(!first || row > 0);
            self.layout
                .begin_row(RowKind::TableRow, place, self.frame.prefixes(opens));
            for (column, line) in lines() {
                let spare = column.width.saturating_sub(line.width);
                let shift = if column.flush_right { spare } else { 0 };
                let x = u32::from(self.frame.x) + column.x + shift;
                self.layout.put(x, line.range, line.width);
            }
        }
        height
    }
}
