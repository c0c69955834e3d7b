//! The terms on the page that the thesaurus explains: those in sight as a list, and the one under the mouse.

use std::ops::Range;

use super::{App, Area, OverlayLine};
use crate::query::Explained;
use crate::text::{cells, sanitize};

/// The most terms in the list: a page holds fewer.
const MOST_TERMS: usize = 40;

/// How far around a cell the text is looked at for a term, in bytes: farther than any term is long.
const AROUND: usize = 400;

/// What stands before each row of an explanation.
const INDENT: &str = "  ";

/// How wide what the mouse calls up is at most, in cells.
const HOVER_CELLS: u16 = 60;

/// A term under the mouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The term.
    pub term: Explained,
    /// The column and the row where the mouse came upon it.
    pub at: (u16, u16),
}

impl App {
    /// Returns where what the term under the mouse means is shown, below the mouse or else above it, and the rows of it.
    pub fn hover_box(&self) -> Option<(Area, Vec<String>)> {
        let Hover { term, at: (x, y) } = self.hover.as_ref()?;
        let (x, y) = (*x, *y);
        // What stands there may be another text by now.
        let under = self.byte_under(x, y)? as usize;
        if self.overlay.is_some() || !term.range.contains(&under) {
            return None;
        }
        let (columns, rows) = self.size;
        let width = HOVER_CELLS.min(columns);
        let mut lines = vec![sanitize::clean(&term.name).into_owned()];
        lines.extend(rows_of(term, usize::from(width.saturating_sub(2))));
        let height = (lines.len() as u16).min(rows);
        let below = y.saturating_add(1);
        let area = Area {
            x: x.min(columns.saturating_sub(width)),
            y: if below.saturating_add(height) < rows {
                below
            } else {
                y.saturating_sub(height)
            },
            width,
            height,
        };
        Some((area, lines))
    }

    /// Returns how wide an explanation is set, in cells: as the list has room.
    pub(super) fn glossary_measure(&self) -> usize {
        self.overlay_room().saturating_sub(INDENT.len())
    }

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

/// Returns the lines of the list: each term, and below it what it means, in rows of at most `measure` cells.
pub(super) fn glossary_lines(terms: &[Explained], measure: usize) -> Vec<OverlayLine> {
    let mut lines = Vec::new();
    for term in terms {
        lines.push(OverlayLine {
            left: sanitize::clean(&term.name).into_owned(),
            ..OverlayLine::default()
        });
        let rows = rows_of(term, measure).into_iter();
        lines.extend(rows.map(|row| OverlayLine::text(format!("{INDENT}{row}"))));
    }
    lines
}

/// Returns the lines of the list that are of the term that a line is of.
pub(super) fn lines_of_term(terms: &[Explained], measure: usize, line: usize) -> Range<usize> {
    let first = first_lines(terms, measure);
    let after = first.partition_point(|first| *first <= line);
    let at = |place: usize| first.get(place).copied().unwrap_or(0);
    at(after.saturating_sub(1))..at(after)
}

/// Returns which term a line of the list is of.
pub(super) fn term_of_line(terms: &[Explained], measure: usize, line: usize) -> Option<&Explained> {
    let first = first_lines(terms, measure);
    terms.get(
        first
            .partition_point(|first| *first <= line)
            .checked_sub(1)?,
    )
}

/// Returns the line that names the next term from a line on, downwards or upwards.
pub(super) fn next_term(terms: &[Explained], measure: usize, line: usize, steps: isize) -> usize {
    let first = first_lines(terms, measure);
    let here = first.partition_point(|first| *first <= line);
    let there = here.saturating_sub(1).saturating_add_signed(steps);
    let last = terms.len().saturating_sub(1);
    first.get(there.min(last)).copied().unwrap_or(0)
}

/// Returns the line that names each term, and at last how many lines there are.
fn first_lines(terms: &[Explained], measure: usize) -> Vec<usize> {
    let mut next = 0;
    let rows = terms.iter().map(|term| 1 + rows_of(term, measure).len());
    let first = std::iter::once(0).chain(rows.map(|rows| {
        next += rows;
        next
    }));
    first.collect()
}

/// Returns what a term means in rows of at most `measure` cells, parted at blanks.
fn rows_of(term: &Explained, measure: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in sanitize::clean(&term.explain).split_whitespace() {
        match rows.last_mut() {
            Some(row) if cells::width(row) + 1 + cells::width(word) <= measure => {
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
        let lines = glossary_lines(&terms, 80);
        assert_eq!(lines.len(), 7);
        for measure in [80, 46, 30] {
            let lines = glossary_lines(&terms, measure);
            let widest = lines.iter().map(|line| cells::width(&line.text)).max();
            assert!(widest <= Some(measure + INDENT.len()), "{measure}");
            let told: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
            assert_eq!(told.join(" ").matches("word").count(), 30, "{measure}");
        }
        let of = |line| term_of_line(&terms, 80, line).map(|term| term.name.as_str());
        assert_eq!(
            [0, 2, 3, 4, 5, 6].map(of),
            ["a", "a", "b", "b", "c", "c"].map(Some)
        );
        assert_eq!(of(7), None);
        let lines = [0, 2, 4, 6].map(|line| lines_of_term(&terms, 80, line));
        assert_eq!(lines, [0..3, 0..3, 3..5, 5..7]);
        assert_eq!(
            [
                next_term(&terms, 80, 0, 1),
                next_term(&terms, 80, 3, 1),
                next_term(&terms, 80, 5, -1)
            ],
            [3, 5, 3]
        );
        assert_eq!(
            [
                next_term(&terms, 80, 5, 9),
                next_term(&terms, 80, 5, -9),
                next_term(&[], 80, 0, 1)
            ],
            [5, 0, 0]
        );
    }
}
