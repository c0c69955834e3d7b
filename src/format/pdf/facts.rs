//! What a PDF says of itself: its information dictionary (ISO 32000-2, 14.3.3), the language of its catalogue, and its
//! XMP packet where the two say less.

use hayro_syntax::metadata::Metadata as Said;
use hayro_syntax::object::{DateTime, Dict, Stream, String as Shown};

use super::blocks::{Block, Role};
use super::xmp;
use crate::document::{Kind, Language, Metadata, Title};
use crate::format::{dates, encoding, office};

/// How many blocks in the title is looked for, where the file does not say it: above it may stand who published it.
const OPENING: usize = 8;

/// Returns what the file says of itself; where that is no title, the heading that its text opens with.
pub(super) fn of(said: &Said, catalogue: Option<&Dict<'_>>, blocks: &[Block]) -> Metadata {
    let words = |field: &Option<Box<[u8]>>| field.as_deref().map(text).unwrap_or_default();
    let xmp = catalogue
        .and_then(|catalogue| catalogue.get::<Stream<'_>>("Metadata"))
        .and_then(|packet| Some(xmp::read(&packet.decoded().ok()?)))
        .unwrap_or_default();
    let titles = [words(&said.title), xmp.title];
    let title = titles.into_iter().find(|title| !office::is_no_title(title));
    let language = catalogue
        .and_then(|catalogue| catalogue.get::<Shown<'_>>("Lang"))
        .map(|tag| text(tag.as_bytes()))
        .or(xmp.language)
        .map(|tag| Language::from_tag(&tag));
    let topics: Vec<String> = words(&said.keywords)
        .split([',', ';'])
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let authors = names(&words(&said.author));
    let mut by_xmp = xmp.authors;
    by_xmp.retain(|name| !office::is_nobody(name));
    let mut details = Vec::new();
    for (name, value) in [
        ("Subject", words(&said.subject)),
        ("Made with", words(&said.creator)),
    ] {
        // ReportLab has `unspecified` for what nobody gave.
        if !office::is_nobody(&value) {
            details.push((name.to_owned(), value));
        }
    }
    Metadata {
        title: Title {
            text: title.or_else(|| first_heading(blocks)).unwrap_or_default(),
            derived: false,
        },
        // A list of names that is a list parts them better than commas do.
        authors: if authors.len() < by_xmp.len() {
            by_xmp
        } else {
            authors
        },
        published: said
            .creation_date
            .as_ref()
            .and_then(|date| dates::parse(&iso(date)))
            .or_else(|| dates::parse(xmp.date.as_deref()?)),
        kind: Kind::Article,
        language: language.unwrap_or_default(),
        topics: if topics.is_empty() {
            xmp.topics
        } else {
            topics
        },
        details,
        ..Metadata::default()
    }
}

/// Returns a text string of PDF (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its mark, else one byte a character.
pub(super) fn text(bytes: &[u8]) -> String {
    if bytes.starts_with(b"\xfe\xff")
        || bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xef\xbb\xbf")
    {
        return encoding::decode(bytes, None).text.as_ref().to_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding::decode(bytes, Some("windows-1252"))
            .text
            .as_ref()
            .to_owned(),
    }
}

/// Returns the names of a list; a comma alone may part a family name from a given one, so one comma parts nothing.
fn names(list: &str) -> Vec<String> {
    let list = list.trim();
    if list.to_lowercase().contains("administrator") {
        return Vec::new();
    }
    let by_comma = list.matches(',').count() > 1 || {
        let parts = list.split(',');
        parts.clone().count() == 2
            && parts
                .clone()
                .all(|part| part.split_whitespace().count() > 1)
    };
    let names: Vec<&str> = if list.contains(';') {
        list.split(';').collect()
    } else if by_comma {
        list.split(',').collect()
    } else {
        vec![list]
    };
    names
        .into_iter()
        .map(|name| name.trim().trim_start_matches("and ").to_owned())
        .filter(|name| !office::is_nobody(name))
        .collect()
}

/// Returns the heading that the text opens with.
fn first_heading(blocks: &[Block]) -> Option<String> {
    let opening = blocks.iter().take(OPENING);
    let headings = opening.filter_map(|block| match block.role {
        Role::Heading(level) => Some((level, block)),
        _ => None,
    });
    let (_, heading) = headings.min_by_key(|(level, _)| *level)?;
    let lines = heading.lines.iter().map(|line| {
        let runs = line.runs.iter().map(|run| run.text.as_str());
        runs.collect::<String>()
    });
    Some(lines.collect::<Vec<_>>().join(" "))
}

fn iso(date: &DateTime) -> String {
    let DateTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        utc_offset_hour,
        utc_offset_minute,
    } = date;
    let sign = if *utc_offset_hour < 0 { '-' } else { '+' };
    let away = utc_offset_hour.unsigned_abs();
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{away:02}:{utc_offset_minute:02}"
    )
}
