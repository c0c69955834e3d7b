//! The terms on the page that the thesaurus explains: those in sight as a list, and the one under the mouse.

use super::{App, OverlayLine};
use crate::query::Explained;
use crate::text::{cells, sanitize};

/// How wide an explanation is set, in cells: it fits the widest list.
const MEASURE: usize = 80;

/// The most terms in the list: a page holds fewer.
const MOST_TERMS: usize = 40;

/// How far around a cell the text is looked at for a term, in bytes: farther than any term is long.
const AROUND: usize = 400;

impl App {
    /// Returns the terms in sight, each once, in the order of the text.
    pub(super) fn terms_in_sight(&self) -> Vec<Explained> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        let end = self.page.end_in_sight(self.page_height());
        let mut terms: Vec<Explained> = Vec::new();
        for term in self.explained_in(
            self.page.offset() as usize,
            end as usize,
            sheet.body().text(),
        ) {
            if terms.len() < MOST_TERMS && terms.iter().all(|known| known.name != term.name) {
                terms.push(term);
            }
        }
        terms
    }

    /// Returns the term that a byte of the text is in.
    pub(super) fn term_at(&self, at: u32) -> Option<Explained> {
        let text = self.page.sheet.as_ref()?.body().text();
        let at = at as usize;
        let (from, to) = (at.saturating_sub(AROUND), at.saturating_add(AROUND));
        let mut terms = self.explained_in(from, to, text).into_iter();
        terms.find(|term| term.range.contains(&at))
    }

    /// Returns the terms of a stretch of a text, by their places in the whole.
    fn explained_in(&self, from: usize, to: usize, text: &str) -> Vec<Explained> {
        let from = text.floor_char_boundary(from.min(text.len()));
        let to = text.floor_char_boundary(to.clamp(from, text.len()));
        let mut terms = self
            .thesaurus
            .explained(text.get(from..to).unwrap_or_default());
        for term in &mut terms {
            term.range = term.range.start + from..term.range.end + from;
        }
        terms
    }
}

/// Returns the lines of the list: each term, and below it what it means.
pub(super) fn glossary_lines(terms: &[Explained]) -> Vec<OverlayLine> {
    let mut lines = Vec::new();
    for term in terms {
        lines.push(OverlayLine {
            left: sanitize::clean(&term.name).into_owned(),
            ..OverlayLine::default()
        });
        let rows = rows_of(&sanitize::clean(&term.explain));
        lines.extend(
            rows.into_iter()
                .map(|row| OverlayLine::text(format!("  {row}"))),
        );
    }
    lines
}

/// Returns which term a line of the list is of.
pub(super) fn term_of_line(terms: &[Explained], line: usize) -> Option<&Explained> {
    let mut first = 0;
    terms.iter().find(|term| {
        first += 1 + rows_of(&sanitize::clean(&term.explain)).len();
        line < first
    })
}

/// Returns the line that names the next term from a line on, downwards or upwards.
pub(super) fn next_term(terms: &[Explained], line: usize, steps: isize) -> usize {
    let mut names = vec![0];
    for term in terms {
        let last = names.last().copied().unwrap_or(0);
        names.push(last + 1 + rows_of(&sanitize::clean(&term.explain)).len());
    }
    names.pop();
    let here = names
        .partition_point(|name| *name <= line)
        .saturating_sub(1);
    let there = here
        .saturating_add_signed(steps)
        .min(names.len().saturating_sub(1));
    names.get(there).copied().unwrap_or(0)
}

/// Returns a sentence in rows of at most [`MEASURE`] cells, parted at blanks.
fn rows_of(sentence: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        match rows.last_mut() {
            Some(row) if cells::width(row) + 1 + cells::width(word) <= MEASURE => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_of_the_term_above_it() {
        let term = |name: &str, explain: &str| Explained {
            range: 0..1,
            name: name.to_owned(),
            explain: explain.to_owned(),
        };
        let terms = [
            term("a", &"word ".repeat(30)),
            term("b", "short"),
            term("c", "short"),
        ];
        let lines = glossary_lines(&terms);
        assert_eq!(lines.len(), 7);
        assert!(
            lines
                .iter()
                .all(|line| cells::width(&line.text) <= MEASURE + 2)
        );
        let of = |line| term_of_line(&terms, line).map(|term| term.name.as_str());
        assert_eq!(
            [0, 2, 3, 4, 5, 6].map(of),
            ["a", "a", "b", "b", "c", "c"].map(Some)
        );
        assert_eq!(of(7), None);
        assert_eq!(
            [
                next_term(&terms, 0, 1),
                next_term(&terms, 3, 1),
                next_term(&terms, 5, -1)
            ],
            [3, 5, 3]
        );
        assert_eq!(
            [
                next_term(&terms, 5, 9),
                next_term(&terms, 5, -9),
                next_term(&[], 0, 1)
            ],
            [5, 0, 0]
        );
    }
}
