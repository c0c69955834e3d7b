//! Setting a stretch of text into rows of a given room: line breaks that the author set are kept, each line between
//! them is split into units and packed.

use super::pack::{Line, Packer};
use super::units::{self, Unit, may_hang};
use crate::document::{Body, TextRange};
use crate::text::cells;

/// Sets text into rows. Kept between blocks for its buffers.
#[derive(Default)]
pub(super) struct Composer {
    units: Vec<Unit>,
    packer: Packer,
}

impl Composer {
    /// Appends the rows of `range` within `room` cells to `lines`. A line of the author's without a word is a row too.
    pub fn set(&mut self, body: &Body, range: TextRange, room: u32, lines: &mut Vec<Line>) {
        let mut at = range.start as usize;
        for line in body.slice(range).split('\n') {
            self.set_line(line, at, room.max(1), lines);
            at += line.len() + 1;
        }
    }

    fn set_line(&mut self, line: &str, at: usize, room: u32, lines: &mut Vec<Line>) {
        let words = line.trim_start_matches(may_hang);
        let at = at + (line.len() - words.len());
        let words = words.trim_end_matches(may_hang);
        if let Some(width) = width_if_it_fits(words, room) {
            lines.push(Line {
                range: TextRange::new(at, at + words.len()),
                width,
            });
            return;
        }
        self.units.clear();
        units::split(words, at, room, &mut self.units);
        self.packer.pack(&self.units, room, lines);
    }
}

/// Returns the width of a line that fits on one row, which most lines of lists and tables do. A line of more bytes
/// than four a cell is not even looked at: should it fit nonetheless, its units will show it.
fn width_if_it_fits(line: &str, room: u32) -> Option<u32> {
    if line.len() / 4 > room as usize {
        return None;
    }
    let (head, width) = cells::truncate(line, room as usize);
    (head.len() == line.len()).then_some(width as u32)
}
