//! What is wrong with a feed as XML and does not end its reading: each sort is named once, with the line where it
//! comes first and how often it comes.
//!
//! Blanks and a byte order mark before the prolog are not named: every other feed has them, and nothing is lost.

use std::fmt::Write as _;

/// A line may be the whole feed: from so many bytes on, a place within it is told by its byte too.
const LONG_LINE: usize = 200;

/// The longest piece of a feed that a warning repeats, in bytes.
const LONGEST_EXAMPLE: usize = 60;

/// How far a raw `&` may stand from the `;` that would make it an entity: the longest name that HTML has is
/// `CounterClockwiseContourIntegral`.
const LONGEST_ENTITY: usize = 40;

/// A sort of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something stands before the prolog or the first element.
    Before,
    /// The encoding it names is not known.
    Encoding,
    /// A `&` that begins no entity.
    Ampersand,
    /// An entity that is not declared.
    Entity,
    /// A prefix that is not declared.
    Prefix,
    /// An end tag of what is not open.
    EndTag,
    /// An element that is still open where one around it ends.
    Unclosed,
    /// A tag, a declaration or a document type that XML does not allow.
    Markup,
    /// Elements beyond the deepest that is followed.
    Depth,
    /// The end, with elements open.
    End,
}

/// The faults of a feed so far.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Found>);

#[derive(Debug)]
struct Found {
    fault: Fault,
    /// The byte of the first.
    at: usize,
    /// What it was, and what was done.
    message: String,
    places: usize,
}

impl Faults {
    /// Notes a fault at byte `at`; `message` is asked for the first of its sort.
    pub fn note(&mut self, fault: Fault, at: usize, message: impl FnOnce() -> String) {
        if let Some(found) = self.0.iter_mut().find(|found| found.fault == fault) {
            found.places += 1;
            return;
        }
        self.0.push(Found {
            fault,
            at,
            message: message(),
            places: 1,
        });
    }

    /// Returns whether a fault of that sort was noted.
    pub fn has(&self, fault: Fault) -> bool {
        self.0.iter().any(|found| found.fault == fault)
    }

    /// Takes the faults in the order of the text: where each stands first, and what it is.
    pub fn take(&mut self, text: &str) -> Vec<(String, String)> {
        let mut found = std::mem::take(&mut self.0);
        found.sort_by_key(|found| found.at);
        let told = found.into_iter().map(|found| {
            let mut message = found.message;
            if found.places > 1 {
                // Writing to a string cannot fail.
                let _ = write!(message, " ({} places)", found.places);
            }
            (place(text, found.at), message)
        });
        told.collect()
    }
}

/// Returns where byte `at` of a text is, for people: its line from 1, and on a long one the byte within it from 1.
pub(super) fn place(text: &str, at: usize) -> String {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let within = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    if within < LONG_LINE {
        format!("line {line}")
    } else {
        format!("line {line}, byte {}", within + 1)
    }
}

/// Returns a piece of a feed as a warning repeats it.
pub(super) fn example(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST_EXAMPLE))
        .unwrap_or_default()
}

/// Returns how many bytes stand before the markup of a feed that are more than blanks and marks.
pub(super) fn bytes_before(text: &str) -> usize {
    let before = text.split('<').next().unwrap_or_default();
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
    if before.chars().all(is_blank) {
        0
    } else {
        before.len()
    }
}

/// Returns whether a name is one that an entity could have.
pub(super) fn is_entity_name(name: &str) -> bool {
    name.len() <= LONGEST_ENTITY
        && name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '#'))
        && name
            .chars()
            .skip(1)
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// Returns whether an entity is one of XML's own or the number of a character.
pub(super) fn is_of_xml(name: &str) -> bool {
    matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") || name.starts_with('#')
}

/// Returns where a `&` stands in the text of a tag that begins no entity.
pub(super) fn raw_ampersand(tag: &str) -> Option<usize> {
    tag.match_indices('&').map(|(at, _)| at).find(|at| {
        let rest = tag.get(at + 1..).unwrap_or_default();
        let rest = rest
            .get(..rest.floor_char_boundary(LONGEST_ENTITY + 1))
            .unwrap_or_default();
        !rest
            .split_once(';')
            .is_some_and(|(name, _)| is_entity_name(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_of_fault_is_named_once_with_its_first_place_and_its_count() {
        let text = format!("one\ntwo &\n{}&", "x".repeat(300));
        let mut faults = Faults::default();
        faults.note(Fault::Ampersand, text.len() - 1, || "later".to_owned());
        faults.note(Fault::Entity, 8, || "first".to_owned());
        faults.note(Fault::Entity, 9, || "never asked".to_owned());
        assert!(faults.has(Fault::Entity) && !faults.has(Fault::End));
        let told = faults.take(&text);
        let expected = [
            ("line 2", "first (2 places)"),
            ("line 3, byte 301", "later"),
        ];
        let told: Vec<(&str, &str)> = told
            .iter()
            .map(|(place, message)| (place.as_str(), message.as_str()))
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_raw_ampersand_is_told_from_an_entity() {
        for (tag, expected) in [
            ("a href='x?a=1&amp;b=2'", None),
            ("a href='x?a=1&#38;b=2'", None),
            ("a href='x?a=1&b=2'", Some(13)),
            ("a title='R & D; more'", Some(11)),
            ("a title='&é", Some(9)),
        ] {
            assert_eq!(raw_ampersand(tag), expected, "{tag}");
        }
    }

    #[test]
    fn blanks_before_the_markup_are_no_fault() {
        for (text, expected) in [
            ("<rss>", 0),
            ("\u{feff}\r\n \u{feff}<rss>", 0),
            ("garbage <rss>", 8),
            ("", 0),
        ] {
            assert_eq!(bytes_before(text), expected, "{text}");
        }
    }
}
