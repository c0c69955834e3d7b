//! The bookmarks of a PDF (ISO 32000-2, 12.3.3): they name its headings and say how deep each stands.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Dict, String as Shown};

use super::facts;

/// How many bookmarks are read.
const MOST: usize = 20_000;

/// How deep they may stand.
const DEEPEST: u8 = 6;

/// The levels of the headings that bookmarks name.
#[derive(Debug, Default)]
pub(super) struct Bookmarks(HashMap<String, u8>);

impl Bookmarks {
    /// Returns the level of the heading with these words.
    pub fn level(&self, text: &str) -> Option<u8> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&bare(text)).copied()
    }
}

/// Returns the bookmarks that the file's catalogue leads to.
pub(super) fn of(catalogue: &Dict<'_>) -> Bookmarks {
    let mut found = HashMap::new();
    let mut seen = HashSet::new();
    let first = catalogue
        .get::<Dict<'_>>("Outlines")
        .and_then(|outlines| outlines.get::<Dict<'_>>("First"));
    let mut open: Vec<(Dict<'_>, u8)> = first.map(|first| (first, 1)).into_iter().collect();
    while let Some((item, level)) = open.pop() {
        // A damaged file's bookmarks lead in circles.
        if seen.len() >= MOST || item.obj_id().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if let Some(title) = item.get::<Shown<'_>>("Title") {
            let title = bare(&facts::text(title.as_bytes()));
            if title.chars().any(char::is_alphabetic) {
                found.entry(title).or_insert(level);
            }
        }
        if let Some(next) = item.get::<Dict<'_>>("Next") {
            open.push((next, level));
        }
        if let Some(below) = item.get::<Dict<'_>>("First").filter(|_| level < DEEPEST) {
            open.push((below, level + 1));
        }
        if item.obj_id().is_none() {
            break;
        }
    }
    Bookmarks(found)
}

/// Returns the words alone, without the number of a section and without blanks: a bookmark often leaves them out.
fn bare(text: &str) -> String {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace())
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
