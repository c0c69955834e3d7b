//! The block before a memo of the Internet's standards (RFC 7322, section 4.1): who wrote it, its number, its date, and
//! the title below it.

use super::lines::{Stretch, Wrapping, ends_sentence};
use crate::document::{Metadata, Title};
use crate::format::dates;

/// How far in a line stands that has only its right half, in cells.
const RIGHT: usize = 24;

/// The most lines of a title.
const TITLE_LINES: usize = 4;

/// What the left half says that is kept, with a colon after it.
const FACTS: [&str; 8] = [
    "Request for Comments",
    "STD",
    "BCP",
    "FYI",
    "Obsoletes",
    "Updates",
    "Category",
    "Intended status",
];

/// What the right half begins with where it is no person.
const NO_PERSON: [&str; 2] = ["RFC", "Internet"];

/// Takes the block and the title out of the stretches and lays what they say over the metadata.
pub(super) fn take(stretches: &mut Vec<Stretch<'_>>, wrapping: Wrapping, metadata: &mut Metadata) {
    let is_block = stretches.first().is_some_and(|first| {
        first.iter().take(6).any(|line| {
            line.text.starts_with("Request for Comments:")
                || line.text.starts_with("Internet-Draft ")
        })
    });
    if !is_block {
        return;
    }
    let block = stretches.remove(0);
    for line in &block {
        let (left, right) = if line.indent >= RIGHT {
            ("", line.text)
        } else {
            line.text
                .split_once("  ")
                .map_or((line.text, ""), |(left, right)| (left, right.trim()))
        };
        if let Some((name, value)) = left.split_once(':')
            && FACTS.contains(&name)
            && !value.trim().is_empty()
        {
            metadata
                .details
                .push((name.to_owned(), value.trim().to_owned()));
        }
        match dates::parse(right) {
            Some(date) => metadata.published = metadata.published.or(Some(date)),
            None => metadata.authors.extend(author(right)),
        }
    }
    // The name of a draft's file may stand between the title and the text.
    let titles = stretches
        .iter()
        .take(2)
        .take_while(|stretch| is_title(stretch, wrapping.margin));
    let titles: Vec<String> = titles.map(joined).collect();
    stretches.drain(..titles.len());
    if let Some(title) = titles
        .into_iter()
        .next()
        .filter(|_| metadata.title.text.is_empty())
    {
        metadata.title = Title {
            text: title,
            derived: false,
        };
    }
}

fn is_title(stretch: &Stretch<'_>, margin: usize) -> bool {
    stretch.len() <= TITLE_LINES
        && stretch.iter().all(|line| line.indent > margin)
        && !stretch.last().is_some_and(|last| ends_sentence(last.text))
}

fn joined(stretch: &Stretch<'_>) -> String {
    let lines: Vec<&str> = stretch.iter().map(|line| line.text).collect();
    lines.join(" ")
}

/// Returns the person that the right half names: initials and a family name. Where they work stands below them.
fn author(right: &str) -> Option<String> {
    let name = right
        .split(", Ed")
        .next()?
        .trim_end_matches(" (editor)")
        .trim();
    let mut words = name.split_whitespace();
    let initial = words.next()?;
    let initials = initial.ends_with('.')
        && initial.chars().count() <= 6
        && initial.starts_with(char::is_uppercase);
    let sound = initials
        && words
            .clone()
            .next()
            .is_some_and(|word| word.chars().count() > 1)
        && words.clone().count() <= 4
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | ' ' | '-' | '\'' | '’'))
        && !NO_PERSON.iter().any(|known| name.starts_with(known));
    sound.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn the_block_before_a_memo_says_who_wrote_it_when_and_what_it_is_called() {
        let text = "Rain Engineering Task Force (RETF)                      A. Smith, Ed.\n\
             Request for Comments: 99999                            Rain Works Ltd.\n\
             Obsoletes: 88888                                      B. van der Berg\n\
             Category: Standards Track                                 March 2031\n\n\n\
             \x20              The Rain Protocol: Drops, Version 2,\n\
             \x20                      and What Came of It\n\n\
             Abstract\n\n   It rains.";
        let mut stretches = lines::stretches(text);
        let mut metadata = Metadata::default();
        take(
            &mut stretches,
            Wrapping {
                measure: None,
                margin: 3,
            },
            &mut metadata,
        );
        assert_eq!(metadata.authors, ["A. Smith", "B. van der Berg"]);
        assert_eq!(metadata.published.unwrap().to_string(), "2031-03");
        assert_eq!(
            metadata.title.text,
            "The Rain Protocol: Drops, Version 2, and What Came of It"
        );
        let facts: Vec<&str> = metadata
            .details
            .iter()
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(facts, ["99999", "88888", "Standards Track"]);
        assert_eq!(stretches[0][0].text, "Abstract");
        let mut other = lines::stretches("A letter\n\nRequest for Comments: none");
        take(
            &mut other,
            Wrapping {
                measure: None,
                margin: 0,
            },
            &mut metadata,
        );
        assert_eq!(other.len(), 2);
    }
}
