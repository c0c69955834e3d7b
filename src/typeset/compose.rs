//! Setting a stretch of text into rows of a given room: line breaks that the author set are kept, each line between
//! them is split into units and packed.

use super::hyphens;
use super::pack::{Line, Packer, WIDEST_BALANCED, ragged};
use super::units::{Splitter, Unit, may_hang};
use crate::document::{Body, SpanKind, TextRange};
use crate::text::cells;

/// How many units are packed at once. Far more than any paragraph that a person wrote has; a file without a line feed
/// would otherwise take many times its size while it is set.
const WINDOW: usize = 16 * 1024;

/// Sets text into rows. Kept between blocks for its buffers.
#[derive(Default)]
pub(super) struct Composer {
    units: Vec<Unit>,
    packer: Packer,
    /// By which words are parted, where they may be.
    pub patterns: Option<hypher::Lang>,
}

impl Composer {
    /// Appends the rows of `range` within `room` cells to `lines`. A line of the author's without a word is a row too.
    pub fn set(&mut self, body: &Body, range: TextRange, room: u32, lines: &mut Vec<Line>) {
        let mut at = range.start as usize;
        for line in body.slice(range).split('\n') {
            self.set_line((body, line), at, room.max(1), lines);
            at += line.len() + 1;
        }
    }

    fn set_line(
        &mut self,
        (body, line): (&Body, &str),
        at: usize,
        room: u32,
        lines: &mut Vec<Line>,
    ) {
        let words = line.trim_start_matches(may_hang);
        let at = at + (line.len() - words.len());
        let words = words.trim_end_matches(may_hang);
        if let Some(width) = width_if_it_fits(words, room) {
            lines.push(Line {
                range: TextRange::new(at, at + words.len()),
                width,
                hyphen: false,
            });
            return;
        }
        let mut splitter = Splitter::new(words, at, room);
        self.units.clear();
        let first = lines.len();
        let mut at_once = true;
        while splitter.fill(WINDOW, &mut self.units) {
            let last = self.packer.pack(&self.units, room, lines);
            // The last row is not full yet: its words are packed again, with those that follow.
            lines.pop();
            self.units.drain(..last);
            at_once = false;
        }
        self.packer.pack(&self.units, room, lines);
        if let Some(lang) = self.patterns
            && at_once
            && room <= WIDEST_BALANCED
            && is_ragged(body, lines.get(first..).unwrap_or_default(), room)
        {
            lines.truncate(first);
            let range = TextRange::new(at, at + words.len());
            let parted = hyphens::part((words, at), (&self.units, room), lang, &code(body, range));
            self.packer.pack(&parted, room, lines);
        }
    }
}

/// Returns whether a setting is so bad that words are better parted: a row that is not full, or a word cut at the edge.
fn is_ragged(body: &Body, lines: &[Line], room: u32) -> bool {
    lines.windows(2).any(|pair| match pair {
        [line, next] => {
            let touch = line.range.end == next.range.start;
            room.saturating_sub(line.width) > ragged(room)
                || touch && hyphens::is_cut(body.slice(line.range), body.slice(next.range))
        }
        _ => false,
    })
}

/// Returns where code stands within a range.
fn code(body: &Body, range: TextRange) -> Vec<TextRange> {
    let spans = body.spans_in(range);
    let code = spans.filter(|span| span.kind == SpanKind::Code);
    code.map(|span| span.range).collect()
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
