//! Lines, the stretches of them between blank ones, and what a line feed between two lines means.
//!
//! Some texts have a paragraph a line, others break their lines at a measure, and some do both within one paragraph.
//! Nobody says which, but the run of lengths does: where lines are broken at a measure, the next word would not have
//! fitted on the line before it.

use unicode_width::UnicodeWidthStr;

/// The widest measure that lines are broken at, in cells: mail has 72, terminals 80, wide editors 120.
const WIDEST_MEASURE: usize = 120;

/// The narrowest: what is narrower is verse, an address, a list of names.
const NARROWEST_MEASURE: usize = 50;

/// The deepest margin, in cells: manual pages have 7, listings of laws 12.
const DEEPEST_MARGIN: usize = 16;

/// How many breaks it takes to see a measure.
const FEWEST_BREAKS: usize = 4;

/// A line longer than this was not broken by hand: it is a paragraph, in cells.
pub(super) const LONG: usize = 100;

/// A line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its words, without white space at either end and without the marks that quote it.
    pub text: &'t str,
    /// How far it stands in, in cells.
    pub indent: usize,
    /// How many `>` stand before it: a quoted mail.
    pub quoted: usize,
}

/// Lines between two blank ones.
pub(super) type Stretch<'t> = Vec<Line<'t>>;

/// Returns the stretches of a text.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    let mut open = false;
    for line in text.split(['\n', '\u{c}', '\u{2029}']) {
        let line = Line::new(line);
        if line.text.is_empty() {
            open = false;
            continue;
        }
        match stretches.last_mut() {
            Some(stretch)
                if open
                    && stretch
                        .last()
                        .is_some_and(|last| last.quoted == line.quoted) =>
            {
                stretch.push(line);
            }
            _ => stretches.push(vec![line]),
        }
        open = true;
    }
    stretches
}

impl<'t> Line<'t> {
    fn new(line: &'t str) -> Self {
        let (mut rest, mut quoted) = (line, 0);
        while let Some(after) = rest.trim_start().strip_prefix('>') {
            (rest, quoted) = (after, quoted + 1);
        }
        let text = rest.trim();
        let indent = rest
            .chars()
            .take_while(|c| c.is_whitespace())
            .fold(0, |column, c| {
                if c == '\t' {
                    (column / 4 + 1) * 4
                } else {
                    column + 1
                }
            });
        Self {
            text,
            indent: if text.is_empty() { 0 } else { indent },
            quoted,
        }
    }

    /// Returns how wide its words are, in cells.
    pub fn width(&self) -> usize {
        width(self.text)
    }

    fn first_word(&self) -> usize {
        self.text.split_whitespace().next().map_or(0, width)
    }
}

/// Returns how wide a text is, in cells; for one that is longer than any line that is measured here, its length.
///
/// Widths are only compared with measures, and most lines of a text with a paragraph a line are far beyond them.
pub(super) fn width(text: &str) -> usize {
    /// In bytes: no script takes more than four for a cell.
    const MEASURED: usize = 4 * 160;
    // Every character of ASCII is as wide as it is long, controls too, but for a line feed after a carriage return.
    if text.len() > MEASURED || text.is_ascii() && !text.contains('\r') {
        text.len()
    } else {
        text.width()
    }
}

/// What a line feed between two lines of a stretch means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// Nothing: the lines are one, joined by a blank.
    Soft,
    /// Nothing, and not even a blank stood there.
    Joint,
    /// A line break that the author set.
    Line,
    /// The end of a paragraph.
    Paragraph,
}

/// How a text breaks its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrapping {
    /// The measure that its lines are broken at, in cells, where they are.
    pub measure: Option<usize>,
    /// How far in its running text stands, in cells.
    pub margin: usize,
}

impl Wrapping {
    /// Returns how a text breaks its lines, by the run of their lengths.
    pub fn of(stretches: &[Stretch<'_>]) -> Self {
        let breaks: Vec<(usize, usize)> = stretches
            .iter()
            .flat_map(|stretch| stretch.iter().zip(stretch.iter().skip(1)))
            .map(|(line, next)| (line.width(), line.width() + 1 + next.first_word()))
            .collect();
        let mut widths: Vec<usize> = breaks
            .iter()
            .map(|(width, _)| *width)
            .filter(|width| (NARROWEST_MEASURE..=WIDEST_MEASURE).contains(width))
            .collect();
        widths.sort_unstable();
        widths.dedup();
        let explained = |measure: usize| {
            let by_it =
                |(width, with_next): &&(usize, usize)| *width <= measure && *with_next > measure;
            breaks.iter().filter(by_it).count()
        };
        let best = widths
            .into_iter()
            .map(|measure| (explained(measure), measure))
            .max();
        let measure = best
            .filter(|(count, _)| *count >= FEWEST_BREAKS && *count * 2 > breaks.len())
            .map(|(_, measure)| measure);
        let margin = margin(stretches);
        Self { measure, margin }
    }

    /// Returns what the line feed between two lines means.
    pub fn between(self, line: &Line<'_>, next: &Line<'_>) -> Break {
        if closes(next.text) {
            return Break::Joint;
        }
        let open = !ends_sentence(line.text);
        if open && next.text.starts_with(char::is_lowercase) {
            return if joins_word(line.text) {
                Break::Joint
            } else {
                Break::Soft
            };
        }
        match self.measure {
            Some(measure)
                if line.width() + 1 + next.first_word() > measure && line.width() <= measure =>
            {
                Break::Soft
            }
            _ if !open || line.width() > LONG || next.width() > LONG => Break::Paragraph,
            _ => Break::Line,
        }
    }
}

/// Returns how far in most lines of running text stand, where most of all stand so far or further.
fn margin(stretches: &[Stretch<'_>]) -> usize {
    let mut times = [0usize; DEEPEST_MARGIN + 1];
    let mut lines = 0;
    for line in stretches.iter().flatten() {
        if line.width() >= NARROWEST_MEASURE && line.quoted == 0 {
            lines += 1;
            if let Some(times) = times.get_mut(line.indent) {
                *times += 1;
            }
        }
    }
    let most = times
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, times)| **times);
    most.filter(|(_, times)| **times * 2 > lines)
        .map_or(0, |(margin, _)| margin)
}

/// Returns whether a line is only the mark that ends the sentence before it.
fn closes(text: &str) -> bool {
    text.len() <= 3
        && text
            .chars()
            .all(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '’' | '"'))
}

/// Returns whether a line ends within a word joined by a hyphen.
fn joins_word(text: &str) -> bool {
    text.strip_suffix('-')
        .is_some_and(|before| before.ends_with(char::is_alphabetic))
}

/// Returns whether a text ends where a sentence does, past quotation marks and parentheses.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»')
    })
    .ends_with(['.', '?', '!', ':', '…', '。', '？', '！'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(text: &str) -> Vec<Break> {
        let stretches = stretches(text);
        let wrapping = Wrapping::of(&stretches);
        stretches
            .iter()
            .flat_map(|stretch| stretch.iter().zip(stretch.iter().skip(1)))
            .map(|(line, next)| wrapping.between(line, next))
            .collect()
    }

    #[test]
    fn what_is_measured_by_its_length_is_as_wide() {
        let ascii = (0..128_u8).map(char::from);
        for one in ascii.clone() {
            for two in ascii.clone() {
                let text = String::from_iter([one, two]);
                assert_eq!(width(&text), text.width(), "{text:?}");
            }
        }
    }

    #[test]
    fn lines_broken_at_a_measure_are_joined() {
        let text = "The tax on tea was raised in the spring of that year, and few in the\n\
                    House of Commons thought that anything would come of it. But in\n\
                    Boston the news was received with anger. Merchants met at night in\n\
                    the houses of their friends. They talked until the morning came, and\n\
                    Samuel wrote down what they had agreed. It was not much.\n\
                    The next day was quiet.";
        let found = breaks(text);
        assert_eq!(found[..4], [Break::Soft; 4]);
        assert_eq!(found[4], Break::Paragraph);
    }

    #[test]
    fn a_paragraph_a_line_stays_one() {
        let line = "A sentence that goes on for long enough that nobody would have broken it by hand at this place. ";
        let text = format!("{line}{line}\n{line}\n{line}{line}{line}");
        assert_eq!(breaks(&text), [Break::Paragraph; 2]);
    }

    #[test]
    fn a_break_within_a_sentence_is_soft_and_short_lines_stay_lines() {
        for (text, expected) in [
            (
                "with the industry now dead the\ntown has slipped",
                Break::Soft,
            ),
            ("voice has been \"democratised\"\n.", Break::Joint),
            ("Ann Smith\nHead of Libraries", Break::Line),
            ("It ends here.\nAnd begins anew.", Break::Paragraph),
            ("a small co-\noperative", Break::Joint),
        ] {
            assert_eq!(breaks(text), [expected], "{text}");
        }
    }

    #[test]
    fn quoted_lines_stand_apart_from_those_that_answer_them() {
        let stretches = stretches("> > one\n> two\nthree");
        let quoted: Vec<usize> = stretches.iter().map(|stretch| stretch[0].quoted).collect();
        assert_eq!(quoted, [2, 1, 0]);
        assert_eq!(stretches[0][0].text, "one");
    }
}
