//! The credit: a last line that says who wrote the text and where it stood first.
//!
//! `This article is written by Ann Smith, a trainee. It was originally published in November 2012 in Ethos journal
//! under the title ‘How to …’.` Only a line that begins by saying what it is about is taken for one, and only facts
//! that stand in it plainly are taken from it.

use crate::document::{Date, Metadata, Title};
use crate::format::dates;

/// What a credit says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    author: Option<String>,
    published: Option<Date>,
    publisher: Option<String>,
    title: Option<String>,
}

/// What a credit calls the text it stands below.
const SUBJECTS: [&str; 9] = [
    "article",
    "blog",
    "essay",
    "extract",
    "interview",
    "paper",
    "piece",
    "post",
    "text",
];

/// What stands after the name of a journal and is no part of it.
const SORTS: [&str; 4] = [" journal", " magazine", " newspaper", " blog"];

/// Reads a line as a credit, or returns nothing where it is none.
pub(super) fn read(line: &str) -> Option<Credit> {
    let lower = line.to_lowercase();
    let mut words = lower.split_whitespace();
    let begins = matches!(words.next(), Some("this" | "the"))
        && words.take(4).any(|word| SUBJECTS.contains(&word));
    if !begins {
        return None;
    }
    let author = after(
        line,
        &["written by ", "post by ", "article by ", "piece by "],
    )
    .and_then(name);
    let place = after(
        line,
        &[
            "published in ",
            "published on ",
            "appeared in ",
            "published by ",
        ],
    );
    let (published, journal) = place.map_or((None, None), place_and_date);
    let title = after(line, &["under the title "]).and_then(quoted);
    let credit = Credit {
        author,
        published,
        publisher: journal,
        title,
    };
    (credit != Credit::default()).then_some(credit)
}

impl Credit {
    /// Lays what the credit says over the metadata of its text.
    pub fn lay(self, metadata: &mut Metadata) {
        metadata.authors.extend(self.author);
        metadata.published = metadata.published.or(self.published);
        metadata.publisher = metadata.publisher.take().or(self.publisher);
        let Some(title) = self.title else { return };
        if metadata.title.text.is_empty() {
            metadata.title = Title {
                text: title.clone(),
                derived: false,
            };
        }
        metadata.details.push(("Earlier title".to_owned(), title));
    }
}

fn after<'l>(line: &'l str, phrases: &[&str]) -> Option<&'l str> {
    phrases
        .iter()
        .find_map(|phrase| line.split_once(phrase))
        .map(|(_, after)| after)
}

/// Returns the words in capitals at the beginning: a name.
fn name(text: &str) -> Option<String> {
    let mut name = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_end_matches([',', '.', ';', ':']);
        let capital = bare.starts_with(char::is_uppercase);
        let particle = matches!(
            bare,
            "de" | "van" | "von" | "der" | "la" | "le" | "and" | "bin"
        );
        if !capital && (!particle || name.is_empty()) {
            break;
        }
        // An initial keeps its stop, and does not end the name.
        let initial = bare.chars().count() == 1;
        name.push(if initial {
            word.trim_end_matches(',')
        } else {
            bare
        });
        if bare.len() < word.len() && !initial {
            break;
        }
    }
    while name
        .last()
        .is_some_and(|last| last.starts_with(char::is_lowercase))
    {
        name.pop();
    }
    (!name.is_empty() && name.len() <= 6).then(|| name.join(" "))
}

/// Reads `November 2012 in Ethos journal`, or the two the other way round.
fn place_and_date(text: &str) -> (Option<Date>, Option<String>) {
    let end = [
        " under the title",
        ". ",
        ".\n",
        "; ",
        " and is ",
        " as ‘",
        " as “",
    ]
    .iter()
    .filter_map(|end| text.find(end))
    .min()
    .unwrap_or(text.len());
    let said = text.get(..end).unwrap_or(text).trim_end_matches('.');
    let mut published = None;
    let mut journal = None;
    for part in said.split(" in ").flat_map(|part| part.split(" on ")) {
        let part = part.trim().trim_end_matches(',');
        match dates::parse(part) {
            Some(date) => published = published.or(Some(date)),
            None if journal.is_none() => journal = journal_of(part),
            None => {}
        }
    }
    (published, journal)
}

fn journal_of(part: &str) -> Option<String> {
    let part = part.strip_prefix("the ").unwrap_or(part);
    let bare = SORTS
        .iter()
        .find_map(|sort| part.strip_suffix(sort))
        .unwrap_or(part);
    let named = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (named && bare.split_whitespace().count() <= 8).then(|| bare.to_owned())
}

/// Returns the words in quotation marks at the beginning.
fn quoted(text: &str) -> Option<String> {
    let (open, close) = [('‘', '’'), ('“', '”'), ('"', '"'), ('\'', '\'')]
        .into_iter()
        .find(|(open, _)| text.starts_with(*open))?;
    let within = text.get(open.len_utf8()..)?;
    // The last mark, so that an apostrophe within the title does not end it.
    let end = within.rfind(close)?;
    Some(within.get(..end)?.trim().to_owned()).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Option<(String, String, String, String)> {
        let credit = read(line)?;
        Some((
            credit.author.unwrap_or_default(),
            credit
                .published
                .map_or(String::new(), |date| date.to_string()),
            credit.publisher.unwrap_or_default(),
            credit.title.unwrap_or_default(),
        ))
    }

    #[test]
    fn a_credit_gives_what_it_says_plainly() {
        for (line, expected) in [
            (
                "This article is written by Charlotte Stuffins, formerly policy trainee at NCVO. It was originally published in November 2012 in Ethos journal under the title ‘How to involve voluntary organisations in public services’.",
                Some((
                    "Charlotte Stuffins",
                    "2012-11",
                    "Ethos",
                    "How to involve voluntary organisations in public services",
                )),
            ),
            (
                "This piece was first published in The Guardian on 3 June 2013.",
                Some(("", "2013-06-03", "The Guardian", "")),
            ),
            (
                "This is a guest post by Tim J. Cooper FRSA.",
                Some(("Tim J. Cooper FRSA", "", "", "")),
            ),
            ("The report was written by nobody.", None),
            ("This article is about trust.", None),
            ("A letter written by Ann Smith was found.", None),
        ] {
            let expected = expected.map(|(author, date, publisher, title)| {
                (
                    author.to_owned(),
                    date.to_owned(),
                    publisher.to_owned(),
                    title.to_owned(),
                )
            });
            assert_eq!(said(line), expected, "{line}");
        }
    }
}
