//! A passage on a few rows, around its best hit.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Passage;
use crate::document::Body;
use crate::text::cells;

/// What stands for the words left out before the first row, and after the last.
const BEFORE: &str = "… ";
const AFTER: &str = "…";

/// A row of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageLine {
    /// The words; white space as single blanks, `…` where words were left out.
    pub text: String,
    /// What lights in them: sorted, disjoint ranges of bytes of `text`.
    pub lit: Vec<Range<usize>>,
}

/// On rows narrower than this, in cells, a word more says more than a mark for what was left out.
const NARROW: usize = 8;

/// Returns the words of a passage on so many rows at most, each of so many cells at most. Where not all fit, those
/// around the best hit.
pub(super) fn lines(body: &Body, passage: &Passage, width: usize, rows: usize) -> Vec<PassageLine> {
    let words = Words::new(body, passage);
    if rows == 0 || width == 0 {
        return Vec::new();
    }
    let whole = wrapped(&words.text, 0, width, width);
    let Some(last_rows) = whole.len().checked_sub(rows).and_then(|at| whole.get(at)) else {
        return whole.iter().map(|line| words.line(line, "", "")).collect();
    };
    // As much as there is of the beginning; where the best hit is further on, some words before it, but no empty rows
    // after the last word.
    let near = words.some_before_best(width / 2);
    let starts = [0, near.min(last_rows.start), near];
    let shown = starts.map(|start| words.from(start, width, rows));
    let [beginning, end, around] = shown;
    let has_best = |lines: &Vec<(Range<usize>, bool)>| {
        let last = lines.last().map_or(0, |(line, _)| line.end);
        last >= words.best.end
    };
    let lines = [beginning, end]
        .into_iter()
        .find(has_best)
        .unwrap_or(around);
    let first = lines.first().map_or(0, |(line, _)| line.start);
    let written = lines.iter().enumerate().map(|(place, (line, cut))| {
        let before = if place == 0 && first > 0 { BEFORE } else { "" };
        let after = if *cut { AFTER } else { "" };
        if width < NARROW {
            words.line(line, "", "")
        } else {
            words.line(line, before, after)
        }
    });
    written.collect()
}

/// The words of a passage with white space as single blanks.
struct Words {
    text: String,
    lit: Vec<Range<usize>>,
    /// The bytes of `text` that the best hits span.
    best: Range<usize>,
}

impl Words {
    fn new(body: &Body, passage: &Passage) -> Self {
        let mut words = Self {
            text: String::new(),
            lit: Vec::new(),
            best: 0..0,
        };
        let range = passage.range.as_range();
        let mut reached = range.start;
        for lit in &passage.lit {
            let lit = lit.start.max(reached)..lit.end.min(range.end);
            if lit.is_empty() {
                continue;
            }
            words.push(body, reached..lit.start);
            let start = words.text.len();
            words.push(body, lit.clone());
            let end = words.text.len();
            if lit.start <= passage.best.start as usize {
                words.best = start..end;
            } else if lit.start < passage.best.end as usize {
                words.best.end = end;
            }
            words.lit.push(start..end);
            reached = lit.end;
        }
        words.push(body, reached..range.end);
        let end = words.text.trim_end().len();
        words.text.truncate(end);
        words
    }

    fn push(&mut self, body: &Body, range: Range<usize>) {
        for c in body.text().get(range).unwrap_or_default().chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Returns where the words begin that stand in so many cells before the best hit.
    fn some_before_best(&self, cells: usize) -> usize {
        let before = self.text.get(..self.best.start).unwrap_or_default();
        let (mut used, mut word) = (0, self.best.start);
        for (at, cluster) in before.grapheme_indices(true).rev() {
            used += cells::width(cluster);
            if used > cells {
                return word;
            }
            if cluster == " " {
                word = at + 1;
            }
        }
        0
    }

    /// Returns the rows from a byte on, so many at most, and which of them is cut at its end; room is left for the marks.
    fn from(&self, start: usize, width: usize, rows: usize) -> Vec<(Range<usize>, bool)> {
        let is_marked = width >= NARROW;
        let mark = |mark: &str| if is_marked { cells::width(mark) } else { 0 };
        let first = width - if start > 0 { mark(BEFORE) } else { 0 };
        let mut lines = wrapped(&self.text, start, first, width);
        let more = lines.len() > rows;
        lines.truncate(rows);
        let last = lines.len().saturating_sub(1);
        let cut = |(place, line): (usize, Range<usize>)| {
            if place < last || !more {
                return (line, false);
            }
            let room = if place == 0 { first } else { width };
            (self.fitting(line, room - mark(AFTER)), true)
        };
        lines.into_iter().enumerate().map(cut).collect()
    }

    /// Returns as much of a row as fits, in whole words where that leaves any.
    fn fitting(&self, line: Range<usize>, room: usize) -> Range<usize> {
        let words = self.text.get(line.clone()).unwrap_or_default();
        let (head, _) = cells::truncate(words, room);
        if head.len() == words.len() {
            return line;
        }
        let whole = head.rfind(' ').unwrap_or(head.len());
        line.start..line.start + whole
    }

    fn line(&self, line: &Range<usize>, before: &str, after: &str) -> PassageLine {
        let words = self.text.get(line.clone()).unwrap_or_default();
        let shift = |at: usize| at - line.start + before.len();
        let within = |lit: &Range<usize>| lit.start.max(line.start)..lit.end.min(line.end);
        let lit = self
            .lit
            .iter()
            .map(within)
            .filter(|lit| lit.start < lit.end);
        PassageLine {
            lit: lit.map(|lit| shift(lit.start)..shift(lit.end)).collect(),
            text: format!("{before}{words}{after}"),
        }
    }
}

/// Parts a text from `start` on into rows, the first of `first` cells and the others of `width`, at blanks; a word that
/// is wider than a row is cut.
fn wrapped(text: &str, start: usize, first: usize, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line = start;
    let (mut room, mut used, mut blank) = (first, 0, None);
    let rest = text.get(start..).unwrap_or_default();
    for (at, cluster) in rest.grapheme_indices(true) {
        let at = start + at;
        let cells = cells::width(cluster);
        if cluster == " " {
            blank = Some((at, used + cells));
        } else if used + cells > room && at > line {
            let (end, next, kept) = match blank {
                Some((end, before)) if end > line => (end, end + 1, used - before),
                _ => (at, at, 0),
            };
            lines.push(line..end);
            (line, used, blank, room) = (next, kept, None, width);
        }
        used += cells;
    }
    if line < text.len() {
        lines.push(line..text.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_at_blanks_and_a_word_that_is_too_wide_is_cut() {
        for (text, width, expected) in [
            ("one two three", 7, &["one two", "three"][..]),
            ("one two three", 8, &["one two", "three"]),
            ("one two three", 3, &["one", "two", "thr", "ee"]),
            ("数据库 数", 4, &["数据", "库", "数"]),
            ("", 4, &[]),
        ] {
            let lines = wrapped(text, 0, width, width);
            let lines: Vec<&str> = lines.into_iter().map(|line| &text[line]).collect();
            assert_eq!(lines, expected, "{text} {width}");
        }
    }
}
