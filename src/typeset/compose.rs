//! Setting a stretch of text into rows of a given room: line breaks that the author set are kept, each line between
//! them is split into units and packed.

use super::pack::{Line, Packer};
use super::units::{Splitter, Unit, may_hang};
use crate::document::{Body, TextRange};
use crate::text::cells;

/// How many units are packed at once. Far more than any paragraph that a person wrote has; a file without a line feed
/// would otherwise take many times its size while it is set.
const WINDOW: usize = 16 * 1024;

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
        let mut splitter = Splitter::new(words, at, room);
        self.units.clear();
        while splitter.fill(WINDOW, &mut self.units) {
            let last = self.packer.pack(&self.units, room, lines);
            // The last row is not full yet: its words are packed again, with those that follow.
            lines.pop();
            self.units.drain(..last);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, BodyBuilder};

    fn set(text: &str, room: u32) -> Vec<String> {
        let mut builder = BodyBuilder::new();
        builder.begin(BlockKind::Paragraph);
        for line in text.split('\n') {
            builder.break_line();
            builder.text(line);
        }
        let body = builder.finish();
        let mut lines = Vec::new();
        for block in body.blocks() {
            Composer::default().set(&body, block.range, room, &mut lines);
        }
        let words = |line: &Line| body.slice(line.range).to_owned();
        lines.iter().map(words).collect()
    }

    #[test]
    fn lines_of_the_author_are_kept_and_wrapped_each_for_itself() {
        assert_eq!(
            set("roses are red,\nviolets are blue", 8),
            ["roses", "are red,", "violets", "are blue"]
        );
    }

    #[test]
    fn no_room_at_all_still_shows_a_cluster_a_row() {
        assert_eq!(set("ab 漢", 0), ["a", "b", "漢"]);
    }

    #[test]
    fn a_text_of_more_units_than_are_packed_at_once_loses_none() {
        let words = "word ".repeat(3 * WINDOW + 5);
        let rows = set(&words, 24);
        assert_eq!(rows.len(), (3 * WINDOW + 5).div_ceil(5));
        assert_eq!(rows.join(" "), words.trim_end());
    }
}
