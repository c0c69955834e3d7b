//! Code: line by line as written, never wrapped, tabs to stops.
//!
//! Wrapping code changes what it says. A row may be wider than the measure; the page scrolls sideways.

use super::indent::Frame;
use super::layout::{Layout, Place, RowKind};
use crate::document::{Body, TextRange};
use crate::text::cells;

/// Cells from one stop of a tab to the next.
const TAB: u32 = 4;

/// Sets the code block of this number.
pub(super) fn set(body: &Body, number: usize, frame: &Frame, layout: &mut Layout) {
    let Some(block) = body.blocks().get(number) else {
        return;
    };
    let mut at = block.range.start as usize;
    for (row, line) in body.slice(block.range).split('\n').enumerate() {
        let place = Place {
            block: number,
            at: at as u32,
            x: frame.x,
        };
        layout.begin_row(RowKind::Text, place, frame.prefixes(row));
        set_line(line, at, u32::from(frame.x), layout);
        at += line.len() + 1;
    }
}

/// Puts a line that begins at the byte `at` on the last row: a piece for each run between tabs.
fn set_line(line: &str, at: usize, x: u32, layout: &mut Layout) {
    let mut at = at;
    let mut column = 0;
    for run in line.trim_end().split('\t') {
        let width = cells::width(run) as u32;
        layout.put(x + column, TextRange::new(at, at + run.len()), width);
        let reached = column.saturating_add(width);
        column = (reached / TAB).saturating_add(1).saturating_mul(TAB);
        at += run.len() + 1;
    }
}
