//! A citation of the document on the page, as a briefing has it in a note.

use crate::app::Sheet;
use crate::document::Date;

/// Returns the citation: authors, ‘title’, source, date, address. What has no date says so with “n.d.”, as the styles
/// of Harvard and of the American Psychological Association have it.
pub(super) fn of(sheet: &Sheet) -> String {
    let metadata = sheet.metadata();
    let source = sheet.opened.source.as_str();
    let mut parts: Vec<String> = Vec::new();
    let authors: Vec<String> = metadata.authors.iter().map(|author| name(author)).collect();
    parts.extend(together(&authors));
    parts.push(format!("‘{}’", metadata.title.text));
    if !source.is_empty() && !authors.iter().any(|author| author == source) {
        parts.push(source.to_owned());
    }
    let date = metadata.published.map(Date::long);
    parts.push(date.unwrap_or_else(|| "n.d.".to_owned()));
    parts.extend(metadata.url.clone());
    let mut citation = parts.join(", ");
    // A full stop would be taken for a part of an address.
    if metadata.url.is_none() && !citation.ends_with('.') {
        citation.push('.');
    }
    citation
}

/// Returns an author as a person is called: a generator of sites may know `stuart-drown` by that alone.
fn name(author: &str) -> String {
    let parts: Vec<&str> = author.split('-').collect();
    let is_slug = parts.len() > 1
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    if !is_slug {
        return author.to_owned();
    }
    let capital = |part: &&str| {
        let (first, rest) = part.split_at_checked(1).unwrap_or_default();
        format!("{}{rest}", first.to_ascii_uppercase())
    };
    parts.iter().map(capital).collect::<Vec<_>>().join(" ")
}

/// Returns names in a row: `A`, `A and B`, `A, B and C`.
fn together(names: &[String]) -> Option<String> {
    let (last, before) = names.split_last()?;
    if before.is_empty() {
        return Some(last.clone());
    }
    Some(format!("{} and {last}", before.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Hyphenation;
    use crate::document::{BodyBuilder, Document, DocumentId, Key, Marks, Metadata, Title};
    use crate::library::{Face, Opened};
    use crate::query::{Lexicon, Matcher, expand, parse};

    fn cited(authors: &[&str], date: &str, source: &str, url: Option<&str>) -> String {
        let document = Document {
            key: Key("a".to_owned()),
            metadata: Metadata {
                title: Title {
                    text: "On trust".to_owned(),
                    derived: false,
                },
                authors: authors.iter().map(|author| (*author).to_owned()).collect(),
                published: date.parse().ok(),
                url: url.map(str::to_owned),
                ..Metadata::default()
            },
            body: BodyBuilder::new().finish(),
        };
        let opened = Opened {
            id: DocumentId(1),
            document,
            source: source.to_owned(),
            marks: Marks::default(),
            chapters: Vec::new(),
            also: Vec::new(),
            notes: Vec::new(),
            earlier: 0,
            face: Face::default(),
        };
        let matcher = Matcher::new(&expand(&parse(""), &Lexicon::default()));
        of(&Sheet::new(opened, 60, Hyphenation::Off, &matcher))
    }

    #[test]
    fn a_citation_says_who_what_where_when_and_the_address() {
        for (authors, date, source, url, expected) in [
            (
                &["Ann Smith"][..],
                "2013-06-03",
                "NCVO",
                Some("https://x.org/a"),
                "Ann Smith, ‘On trust’, NCVO, 3 June 2013, https://x.org/a",
            ),
            (
                &["stuart-drown", "mike-wilkening", "Li-Mei Wu"],
                "2012-11",
                "articles",
                None,
                "Stuart Drown, Mike Wilkening and Li-Mei Wu, ‘On trust’, articles, November 2012.",
            ),
            (&[], "", "", None, "‘On trust’, n.d."),
            (
                &["NCVO"],
                "",
                "NCVO",
                Some("https://x.org/a"),
                "NCVO, ‘On trust’, n.d., https://x.org/a",
            ),
        ] {
            assert_eq!(cited(authors, date, source, url), expected);
        }
    }
}
