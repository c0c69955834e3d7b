//! Names of people, out of the lines that pages write them in: `By Ann Smith and John Doe`.

use super::shown_dates;
use crate::config;

/// The words that stand before a name.
const LABELS: [&str; 14] = [
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "soumis par",
    "words by",
    "author:",
    "authors:",
    "by:",
    "by",
    "posted on",
    "published on",
    "published",
];

/// Those that may be the beginning of a name as well, `von der Leyen`: they stand before one only in what is shown.
const SHOWN_LABELS: [&str; 3] = ["von", "par", "por"];

/// The longest name, in bytes.
const LONGEST: usize = 80;

/// Returns a line that is shown without the label that it begins with.
pub(super) fn without_label(line: &str) -> &str {
    let bare = without(&LABELS, line);
    without(&SHOWN_LABELS, bare)
}

fn without<'t>(labels: &[&str], line: &'t str) -> &'t str {
    let line = line.trim();
    for label in labels {
        let begins = line
            .get(..label.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(label));
        let rest = line.get(label.len()..).unwrap_or_default();
        if begins && (rest.starts_with(char::is_whitespace) || label.ends_with(':')) {
            return rest.trim_start_matches([':', ' ']).trim();
        }
    }
    line
}

/// Returns the names of a line that is shown.
pub(super) fn parted(line: &str) -> Vec<String> {
    names(without_label(line))
}

/// Returns the names that a page gives to programs.
pub(super) fn given(line: &str) -> Vec<String> {
    names(without(&LABELS, line))
}

fn names(line: &str) -> Vec<String> {
    // What follows these is a date, a place, a profession.
    let line = line
        .split(['|', '•', '·', '\n', '–', '—'])
        .next()
        .unwrap_or(line);
    let line = line
        .split_once(" on ")
        .filter(|(_, rest)| shown_dates::in_line(rest).is_some())
        .map_or(line, |(name, _)| name);
    let names = line
        .split(" and ")
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(';'));
    let mut parted = Vec::new();
    for part in names {
        // `Smith, Ann` is one name, `Ann Smith, John Doe` are two.
        let pieces: Vec<&str> = part
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .collect();
        let whole = pieces.len() > 1 && pieces.iter().all(|piece| piece.contains(' '));
        if whole {
            parted.extend(pieces.into_iter().map(str::to_owned));
        } else if let Some(name) =
            Some(part.trim().trim_matches(',')).filter(|name| !name.is_empty())
        {
            parted.push(name.to_owned());
        }
    }
    parted
}

/// Returns whether a line may be somebody's name.
pub(super) fn is_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains('@')
        && !begins_as_call(name)
        && !name.ends_with('*')
        && !LABELS.contains(&name.trim_end_matches(':').to_lowercase().as_str())
        && name.split_whitespace().count() <= 6
        && crate::format::dates::parse(name).is_none()
        && shown_dates::in_line(name).is_none()
}

/// Returns whether a line asks for something: `Follow Ann`, `View my complete profile`.
fn begins_as_call(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    let mut calls = config::names::names().authors.calls.iter();
    calls.any(|call| call.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_and_an_address_are_no_names() {
        for (name, expected) in [
            ("Ann Smith", true),
            ("Follow Author", false),
            ("View my complete profile", false),
            ("Steven Mufson @mufson", false),
            ("Thomas More", true),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_label_is_none_of_a_name_and_what_is_given_to_programs_has_fewer() {
        for (line, shown, told) in [
            (
                "By Ann Smith and Bob Lee",
                "Ann Smith|Bob Lee",
                "Ann Smith|Bob Lee",
            ),
            ("von Ann Smith", "Ann Smith", "von Ann Smith"),
            (
                "von der Leyen, Ursula",
                "der Leyen, Ursula",
                "von der Leyen, Ursula",
            ),
        ] {
            assert_eq!(parted(line).join("|"), shown, "{line}");
            assert_eq!(given(line).join("|"), told, "{line}");
        }
    }
}
