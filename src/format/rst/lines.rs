//! The lines of a text: how far each stands in, and which are drawn.

use unicode_width::UnicodeWidthStr;

/// How far apart the stops of a tab are, in cells (docutils' default).
const TAB: usize = 8;

/// The shortest line that is drawn and not a mark, in signs.
const DRAWN: usize = 3;

/// A line without what stands around its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// How far it stands in, in cells.
    pub indent: usize,
    /// Its words; empty for a blank line.
    pub text: &'t str,
}

/// Returns the lines of a text.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    text.lines().map(line).collect()
}

fn line(line: &str) -> Line<'_> {
    let text = line.trim();
    let before = line.len() - line.trim_start().len();
    let blanks = line.get(..before).unwrap_or_default();
    let indent = blanks.chars().fold(0, |column, c| match c {
        '\t' => (column / TAB + 1) * TAB,
        _ => column + 1,
    });
    Line {
        indent: if text.is_empty() { 0 } else { indent },
        text,
    }
}

/// Returns the sign that a line is drawn with, where it is nothing else.
pub(super) fn drawn(text: &str) -> Option<char> {
    let first = text.chars().next().filter(char::is_ascii_punctuation)?;
    (text.len() >= DRAWN && text.chars().all(|c| c == first)).then_some(first)
}

/// Returns whether `line` is drawn below `title`, and long enough to make it the heading of a section.
pub(super) fn is_underline(title: &str, line: &str) -> bool {
    let (title, line) = (title.trim_end(), line.trim_end());
    let words = title.trim_start();
    // People miscount by a sign or two, and docutils warns and takes it all the same.
    drawn(line).is_some()
        && !words.is_empty()
        && drawn(title).is_none()
        && (line.len() + 2 >= title.width() || line.len() >= 40 && title.width() < 160)
}
