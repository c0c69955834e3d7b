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

/// Returns the words of a passage on so many rows at most, each of so many cells at most. Where not all fit, those
/// around the best hit.
pub(super) fn lines(body: &Body, passage: &Passage, width: usize, rows: usize) -> Vec<PassageLine> {
    let words = Words::new(body, passage);
    if rows == 0 || width == 0 {
        return Vec::new();
    }
    let all = wrapped(&words.text, 0, width);
    if all.len() <= rows {
        return all.into_iter().map(|line| words.line(&line, "", "")).collect();
    }
    // A row before the best hit, and no empty rows after the last words.
    let hit = all.partition_point(|line| line.end <= words.best);
    let first = hit.saturating_sub(1).min(all.len() - rows);
    let start = all.get(first).map_or(0, |line| line.start);
    let cut = if start > 0 { cells::width(BEFORE) } else { 0 };
    let mut shown = wrapped(&words.text, start, width.saturating_sub(cut));
    if cut > 0
        && let Some(first) = shown.first().cloned()
    {
        // Only the first row has less room.
        let rest = wrapped(&words.text, next_word(&words.text, first.end), width);
        shown = std::iter::once(first).chain(rest).collect();
    }
    let more = shown.len() > rows;
    shown.truncate(rows);
    let last = shown.len().saturating_sub(1);
    let lines = shown.into_iter().enumerate();
    lines
        .map(|(place, line)| {
            let before = if place == 0 && cut > 0 { BEFORE } else { "" };
            let after = if place == last && more { AFTER } else { "" };
            let room = width.saturating_sub(cells::width(before) + cells::width(after));
            words.line(&words.fitting(line, room), before, after)
        })
        .collect()
}

/// The words of a passage with white space as single blanks.
struct Words {
    text: String,
    lit: Vec<Range<usize>>,
    /// The byte of `text` where the best hit begins.
    best: usize,
}

impl Words {
    fn new(body: &Body, passage: &Passage) -> Self {
        let mut words = Self {
            text: String::new(),
            lit: Vec::new(),
            best: 0,
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
            if lit.start <= passage.best.start as usize {
                words.best = start;
            }
            words.lit.push(start..words.text.len());
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
        let lit = self.lit.iter().map(within).filter(|lit| lit.start < lit.end);
        PassageLine {
            lit: lit.map(|lit| shift(lit.start)..shift(lit.end)).collect(),
            text: format!("{before}{words}{after}"),
        }
    }
}

/// Parts a text from `start` on into rows of `width` cells, at blanks; a word that is wider than a row is cut.
fn wrapped(text: &str, start: usize, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line = start;
    let (mut used, mut blank) = (0, None);
    let rest = text.get(start..).unwrap_or_default();
    for (at, cluster) in rest.grapheme_indices(true) {
        let at = start + at;
        let cells = cells::width(cluster);
        if cluster == " " {
            blank = Some((at, used + cells));
        } else if used + cells > width && at > line {
            let (end, next, kept) = match blank {
                Some((end, before)) if end > line => (end, end + 1, used - before),
                _ => (at, at, 0),
            };
            lines.push(line..end);
            (line, used, blank) = (next, kept, None);
        }
        used += cells;
    }
    if line < text.len() {
        lines.push(line..text.len());
    }
    lines
}

/// Returns where the word after a row begins.
fn next_word(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    end + rest.len() - rest.trim_start_matches(' ').len()
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
            let lines = wrapped(text, 0, width);
            let lines: Vec<&str> = lines.into_iter().map(|line| &text[line]).collect();
            assert_eq!(lines, expected, "{text} {width}");
        }
    }
}
