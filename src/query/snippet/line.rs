//! Cutting a line out of a text, in cells, at the words.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::cells;

/// A word longer than this is cut where the line ends, in cells: the next blank may be far, or nowhere (Chinese).
const LONG_WORD: usize = 24;

/// A stretch of a text that fits a line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    pub(super) cut_before: bool,
    pub(super) cut_after: bool,
}

impl Line {
    /// The width of what stands for what was cut before the line (`… `) and after it (`…`).
    pub(super) const BEFORE: usize = 2;
    pub(super) const AFTER: usize = 1;

    /// On a line as narrow as this, in cells, a word more says more than the mark before it.
    const NARROW: usize = 10;

    /// Returns the line around `hit`: a third of the room goes before it, half where that reaches the beginning of the
    /// block, and more where the text ends sooner.
    pub(super) fn around(text: &str, hit: Range<usize>, cells: usize) -> Self {
        let line = Self::with_words_before(text, &hit, cells);
        if line.range.end < hit.end {
            // The word that it begins with is long: the hit comes first.
            return Self::from(text, hit.start, cells);
        }
        line
    }

    fn with_words_before(text: &str, hit: &Range<usize>, cells: usize) -> Self {
        let spare = cells.saturating_sub(width_shown(text.get(hit.clone()).unwrap_or_default()));
        let start = Some(start_of_line(text, hit.start, spare / 2))
            .filter(|&start| begins_block(text, start))
            .unwrap_or_else(|| start_of_line(text, hit.start, spare / 3));
        let line = Self::from(text, start, cells);
        let unused = cells.saturating_sub(line.width(text));
        if line.cut_after || !line.cut_before || unused == 0 {
            return line;
        }
        // What stands before the hit already, whole words, is less than the room that there was for it.
        let before = width_shown(text.get(line.range.start..hit.start).unwrap_or_default());
        let start = start_of_line(text, hit.start, before + unused);
        Self::from(text, start, cells)
    }

    /// Returns the line that begins at `start`.
    fn from(text: &str, start: usize, cells: usize) -> Self {
        let cut_before = !begins_block(text, start) && cells > Self::NARROW;
        let room = cells.saturating_sub(if cut_before { Self::BEFORE } else { 0 });
        let rest = text.get(start..).unwrap_or_default();
        let (end, cut_after) = end_of_line(rest, room);
        Self {
            range: start..start + end,
            cut_before,
            cut_after,
        }
    }

    fn width(&self, text: &str) -> usize {
        let words = width_shown(text.get(self.range.clone()).unwrap_or_default());
        words
            + if self.cut_before { Self::BEFORE } else { 0 }
            + if self.cut_after { Self::AFTER } else { 0 }
    }
}

fn begins_block(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.is_empty() || before.ends_with('\n')
}

/// Returns where a line begins that has at most `cells` before `hit`: at the block, else at a word.
fn start_of_line(text: &str, hit: usize, cells: usize) -> usize {
    let before = text.get(..hit).unwrap_or_default();
    let mut room = cells;
    let (mut start, mut word) = (hit, None);
    for (at, cluster) in before.grapheme_indices(true).rev() {
        if cluster.starts_with('\n') {
            return start;
        }
        if is_blank(cluster) {
            word = Some(start);
        }
        let Some(left) = room.checked_sub(width_of(cluster)) else {
            return word.unwrap_or_else(|| start_of_word(before, start));
        };
        room = left;
        start = at;
    }
    start
}

/// Returns where the word begins that `before` ends in, or `otherwise` where that is too far.
fn start_of_word(before: &str, otherwise: usize) -> usize {
    let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let word = before.get(start..).unwrap_or_default();
    if cells::width(word) > LONG_WORD {
        otherwise
    } else {
        start
    }
}

/// Returns where a line of `cells` ends in `rest`, and whether that cuts it.
fn end_of_line(rest: &str, cells: usize) -> (usize, bool) {
    let mut used = 0;
    // The last place where the line may end and still have room for the mark of the cut: any, and after a word.
    let (mut end, mut after_word) = (0, (0, 0));
    // The last end of a line of the text that fits: nothing is cut there, and no mark wants room.
    let mut after_line = 0;
    let mut blank = true;
    for (at, cluster) in rest.grapheme_indices(true) {
        let is_blank = is_blank(cluster);
        if is_blank && blank {
            continue;
        }
        if is_blank && used + Line::AFTER <= cells {
            after_word = (at, used);
        }
        if cluster.starts_with('\n') && used <= cells {
            after_line = at;
        }
        used += width_of(cluster);
        if used > cells && !is_blank {
            if after_line > 0 && after_line >= after_word.0 {
                return (after_line, false);
            }
            let long_word = cells.saturating_sub(after_word.1) > LONG_WORD || after_word.0 == 0;
            return (if long_word { end } else { after_word.0 }, cells > 0);
        }
        if used + Line::AFTER <= cells {
            end = at + cluster.len();
        }
        blank = is_blank;
    }
    (rest.len(), false)
}

fn is_blank(cluster: &str) -> bool {
    cluster.starts_with(char::is_whitespace)
}

/// Returns the width of a cluster as shown: white space as a blank.
fn width_of(cluster: &str) -> usize {
    if is_blank(cluster) {
        1
    } else {
        cells::width(cluster)
    }
}

/// Returns the width of a text as shown.
fn width_shown(text: &str) -> usize {
    let mut shown = Shown::default();
    shown.write(text, &(0..text.len()), &[]);
    cells::width(&shown.text)
}

/// A line as it is written, with what lights in it.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) lit: Vec<Range<usize>>,
}

impl Shown {
    /// Adds `range` of `text`, each run of white space as one blank, and what of it is `lit`.
    pub(super) fn write(&mut self, text: &str, range: &Range<usize>, lit: &[Range<usize>]) {
        let mut reached = range.start;
        for lit in lit {
            self.push(text.get(reached..lit.start).unwrap_or_default());
            let start = self.text.len();
            self.push(text.get(lit.clone()).unwrap_or_default());
            self.lit.push(start..self.text.len());
            reached = lit.end;
        }
        self.push(text.get(reached..range.end).unwrap_or_default());
    }

    fn push(&mut self, words: &str) {
        for c in words.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }
}
