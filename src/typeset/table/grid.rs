//! A table whose columns stand side by side, with a line under their names.

use super::columns::Column;
use super::{Setter, cells_of, is_header};
use crate::document::Block;
use crate::typeset::layout::RowKind;
use crate::typeset::pack::Line;
use crate::typeset::prefix::{Prefix, PrefixKind};

impl Setter<'_> {
    pub(super) fn set_grid(&mut self, table: &[Block], number: usize, columns: &[Column]) {
        // Without a blank row between them, rows of several lines would run into each other.
        let parted = columns.iter().any(|column| column.wraps);
        let mut before: Option<&Block> = None;
        for (number, block) in (number..).zip(table) {
            let at = block.range.start;
            if before.is_some_and(is_header) && !is_header(block) {
                self.begin_row(RowKind::TableRule, number, at, &self.line_under(columns));
            } else if parted && before.is_some() {
                self.begin_row(RowKind::Blank, number, at, &[]);
            }
            self.set_grid_row(block, number, columns);
            before = Some(block);
        }
    }

    /// Returns the line between the names of the columns and what stands under them.
    fn line_under(&self, columns: &[Column]) -> Vec<Prefix> {
        let parts = columns.iter().map(|column| Prefix {
            x: self.frame.x.saturating_add(column.x as u16),
            kind: PrefixKind::Line(column.width as u16),
        });
        parts.collect()
    }

    fn set_grid_row(&mut self, block: &Block, number: usize, columns: &[Column]) {
        let cells: Vec<(&Column, Vec<Line>)> = columns
            .iter()
            .zip(cells_of(self.body, block))
            .map(|(column, cell)| (column, self.compose(cell, column.width)))
            .collect();
        let height = cells.iter().map(|(_, lines)| lines.len()).max();
        for row in 0..height.unwrap_or_default() {
            let lines = cells
                .iter()
                .filter_map(|(column, lines)| Some((column, lines.get(row)?)));
            let at = lines.clone().map(|(_, line)| line.range.start).min();
            self.begin_row(
                RowKind::TableRow,
                number,
                at.unwrap_or(block.range.start),
                &[],
            );
            for (column, line) in lines {
                let spare = column.width.saturating_sub(line.width);
                let shift = if column.flush_right { spare } else { 0 };
                self.put(column.x + shift, line);
            }
        }
    }
}
