//! The bookmarks of a PDF (ISO 32000-2, 12.3.3): they name its headings and say how deep and on which page each stands.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Dict, String as Shown};

use super::blocks::LONGEST_HEADING;
use super::facts;
use super::links::Places;
use super::order::Row;
use super::typeface::halves;

/// How many bookmarks are read.
const MOST: usize = 20_000;

/// Over how many lines a heading that a bookmark names may go.
const MOST_LINES: usize = 4;

/// How deep they may stand.
const DEEPEST: u8 = 6;

/// How many bookmarks of the same words are kept apart by their pages: every chapter's "Summary".
const MOST_ALIKE: usize = 500;

/// A bookmark.
#[derive(Clone, Copy, Debug)]
struct Bookmark {
    level: u8,
    /// The page it leads to, from 1, where it says one.
    page: Option<usize>,
}

/// The headings that bookmarks name, by their bare words.
#[derive(Debug, Default)]
pub(super) struct Bookmarks(HashMap<String, Vec<Bookmark>>);

impl Bookmarks {
    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the level of the heading with these words on a page.
    fn level(&self, text: &str, page: usize) -> Option<u8> {
        if self.is_empty() {
            return None;
        }
        let bookmarks = forms(text).into_iter().filter_map(|form| self.0.get(&form));
        let mut all = bookmarks.flatten();
        all.find(|bookmark| bookmark.page.is_none_or(|at| at == page))
            .map(|bookmark| bookmark.level)
    }

    /// Returns the level of the heading that these rows open with, and over how many of them it goes.
    pub fn heading(&self, rows: &[Row], page: usize) -> Option<(u8, usize)> {
        let first = rows.first().filter(|_| !self.is_empty())?;
        let mut text = String::new();
        for (place, row) in rows.iter().take(MOST_LINES).enumerate() {
            let next = row.text();
            if text.len() + next.len() > LONGEST_HEADING
                || row.column != first.column
                || halves(row.size()) != halves(first.size())
            {
                return None;
            }
            text.push_str(&next);
            if let Some(level) = self.level(&text, page) {
                return Some((level, place + 1));
            }
            text.push(' ');
        }
        None
    }
}

/// Returns the bookmarks that the file's catalogue leads to.
pub(super) fn of<'a>(catalogue: &Dict<'a>, places: &Places<'a>) -> Bookmarks {
    let mut found: HashMap<String, Vec<Bookmark>> = HashMap::new();
    let mut seen = HashSet::new();
    let first = catalogue
        .get::<Dict<'a>>("Outlines")
        .and_then(|outlines| outlines.get::<Dict<'a>>("First"));
    let mut open: Vec<(Dict<'a>, u8)> = first.map(|first| (first, 1)).into_iter().collect();
    while let Some((item, level)) = open.pop() {
        // A damaged file's bookmarks lead in circles.
        if seen.len() >= MOST || item.obj_id().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if let Some(title) = item.get::<Shown<'_>>("Title") {
            let page = places.page(&item);
            for form in forms(&facts::text(title.as_bytes())) {
                let alike = found.entry(form).or_default();
                if alike.len() < MOST_ALIKE {
                    alike.push(Bookmark { level, page });
                }
            }
        }
        if let Some(next) = item.get::<Dict<'a>>("Next") {
            open.push((next, level));
        }
        if let Some(below) = item.get::<Dict<'a>>("First").filter(|_| level < DEEPEST) {
            open.push((below, level + 1));
        }
        if item.obj_id().is_none() {
            break;
        }
    }
    Bookmarks(found)
}

/// Returns the words alone, with and without what numbers a section, and without blanks: a bookmark often leaves the
/// number out.
fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![bare(text)];
    if let Some((number, rest)) = text.trim().split_once(char::is_whitespace) {
        let number = number.trim_end_matches(['.', ')', ':']);
        let counts = |c: char| c.is_ascii_digit() || c == '.' || "IVXLC".contains(c);
        if !number.is_empty() && (number.chars().all(counts) || is_letter(number)) {
            forms.push(bare(rest));
        }
    }
    forms.retain(|form| form.chars().any(char::is_alphabetic));
    forms.dedup();
    forms
}

/// Returns whether an appendix or a part of a section is numbered so: `A`, `B.2`.
fn is_letter(number: &str) -> bool {
    let mut letters = number.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.all(|c| c.is_ascii_digit() || c == '.')
}

fn bare(text: &str) -> String {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace())
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
