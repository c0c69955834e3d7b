//! The places of a text that its links lead to, gathered before anything is written: headings by their words, what has
//! an `ID` or a `CUSTOM_ID`, `<<targets>>` and named blocks; and the other files of the folder.

use std::collections::HashSet;

use super::keyword;
use super::lines::{stars, tagged};
use crate::format::{beside, markdown};

/// The longest name of a target, in bytes.
const LONGEST: usize = 200;

/// The schemes that lead out into the world.
const WEB: [&str; 5] = ["http://", "https://", "mailto:", "ftp://", "doi:"];

/// The places of a text.
#[derive(Debug, Default)]
pub(super) struct Places<'t> {
    /// The path of the file.
    file: &'t str,
    /// The names by which places are known: as they are, and headings as their slugs.
    names: HashSet<String>,
}

impl<'t> Places<'t> {
    /// Gathers the places of the file called `file`.
    pub fn of(file: &'t str, lines: &[&str]) -> Self {
        let mut names = HashSet::new();
        for line in lines {
            if let Some(level) = stars(line) {
                names.insert(markdown::slug(title(line.get(level..).unwrap_or_default())));
            }
            names.extend(property(line).map(str::to_owned));
            names.extend(named(line).map(str::to_owned));
            let targets = line
                .match_indices("<<")
                .filter_map(|(at, _)| line.get(at..));
            names.extend(targets.filter_map(|rest| Some(dedicated(rest)?.1.to_owned())));
        }
        Self { file, names }
    }

    /// Returns where a link leads: an address, a place of the text, another file, or nowhere that is read here.
    pub fn address(&self, written: &str) -> Option<String> {
        if WEB.iter().any(|scheme| written.starts_with(scheme)) {
            return Some(written.to_owned());
        }
        if let Some(id) = written.strip_prefix("id:") {
            return Some(self.place(id));
        }
        if let Some(id) = written.strip_prefix("denote:") {
            return Some(self.place(id));
        }
        let named = ["file+emacs:", "file+sys:", "file:"]
            .iter()
            .find_map(|scheme| written.strip_prefix(scheme));
        let (path, place) = named
            .unwrap_or(written)
            .split_once("::")
            .unwrap_or((named.unwrap_or(written), ""));
        if named.is_some() || beside::is_text(path) {
            let leads = beside::is_text(path) && !path.starts_with(['/', '~']);
            let fragment = match place.chars().next() {
                Some('*') => markdown::slug(place),
                Some('#') => place.trim_start_matches('#').to_owned(),
                // The number of a line, and words to be looked for, are no names of places.
                _ => String::new(),
            };
            return leads
                .then(|| beside::link(self.file, path, &fragment))
                .flatten();
        }
        self.within(written)
    }

    /// Returns the address of a place by its name, here or in another file.
    fn place(&self, name: &str) -> String {
        let name = name.split("::").next().unwrap_or(name);
        if self.names.contains(name) {
            format!("#{name}")
        } else {
            beside::place(name)
        }
    }

    /// Returns the address of another file.
    pub fn file(&self, path: &str) -> Option<String> {
        beside::link(self.file, path, "")
    }

    /// Returns where a link leads that names a place of the text.
    fn within(&self, written: &str) -> Option<String> {
        if let Some(name) = written.strip_prefix('#') {
            return Some(format!("#{name}"));
        }
        if self.names.contains(written) {
            return Some(format!("#{written}"));
        }
        let slug = markdown::slug(written);
        (written.starts_with('*') || self.names.contains(&slug)).then(|| format!("#{slug}"))
    }
}

/// Returns the words of a heading without the sign of its urgency and how much of it is done.
pub(super) fn title(words: &str) -> &str {
    let words = tagged(words.trim()).0.trim();
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_keyword = super::writer::OPEN.contains(&first) || super::writer::DONE.contains(&first);
    let words = match words.strip_prefix(first).filter(|_| is_keyword) {
        Some(rest) => rest.trim_start(),
        None => words,
    };
    let words = match words
        .strip_prefix("[#")
        .and_then(|rest| rest.split_once(']'))
    {
        Some((urgency, rest)) if urgency.len() <= 2 => rest.trim_start(),
        _ => words,
    };
    let Some((before, done)) = words
        .strip_suffix(']')
        .and_then(|words| words.rsplit_once('['))
    else {
        return words;
    };
    let counts = !done.is_empty()
        && done
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '/' | '%'));
    if counts { before.trim_end() } else { words }
}

/// Returns the name that a line of a drawer gives the heading above.
pub(super) fn property(line: &str) -> Option<&str> {
    let bare = line.trim();
    let (name, value) = bare.strip_prefix(':')?.split_once(": ")?;
    let names = name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("custom_id");
    names
        .then(|| value.trim())
        .filter(|value| !value.is_empty())
}

/// Returns the name that a setting gives what stands below.
pub(super) fn named(line: &str) -> Option<&str> {
    let (name, value) = keyword(line)?;
    (name.eq_ignore_ascii_case("name") && !value.is_empty()).then_some(value)
}

/// Returns the length and the name of the target that words begin with, `<<name>>`.
pub(super) fn dedicated(rest: &str) -> Option<(usize, &str)> {
    let inner = rest.strip_prefix("<<")?;
    let near = inner.get(..inner.floor_char_boundary(LONGEST))?;
    let name = near.get(..near.find(">>")?)?;
    let sound =
        !name.is_empty() && !name.contains(['<', '>', '\n']) && name.trim().len() == name.len();
    sound.then_some((name.len() + 4, name))
}
