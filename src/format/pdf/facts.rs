//! What a PDF says of itself: its information dictionary (ISO 32000-2, 14.3.3) and the language of its catalogue.

use hayro_syntax::metadata::Metadata as Said;
use hayro_syntax::object::{DateTime, Dict, String as Shown};

use super::blocks::{Block, Role};
use crate::document::{Kind, Language, Metadata, Title};
use crate::format::{dates, encoding, office};

/// How many blocks in the title is looked for, where the file does not say it: above it may stand who published it.
const OPENING: usize = 8;

/// Returns what the file says of itself; where that is no title, the heading that its text opens with.
pub(super) fn of(said: &Said, catalogue: Option<&Dict<'_>>, blocks: &[Block]) -> Metadata {
    let words = |field: &Option<Box<[u8]>>| field.as_deref().map(text).unwrap_or_default();
    let title = words(&said.title);
    let language = catalogue
        .and_then(|catalogue| catalogue.get::<Shown<'_>>("Lang"))
        .map(|tag| Language::from_tag(&text(tag.as_bytes())));
    let mut details = Vec::new();
    for (name, value) in [
        ("Subject", words(&said.subject)),
        ("Made with", words(&said.creator)),
    ] {
        if !value.trim().is_empty() {
            details.push((name.to_owned(), value));
        }
    }
    Metadata {
        title: Title {
            text: if office::is_no_title(&title) {
                first_heading(blocks).unwrap_or_default()
            } else {
                title
            },
            derived: false,
        },
        authors: names(&words(&said.author)),
        published: said
            .creation_date
            .as_ref()
            .and_then(|date| dates::parse(&iso(date))),
        kind: Kind::Article,
        language: language.unwrap_or_default(),
        topics: words(&said.keywords)
            .split([',', ';'])
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect(),
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
    if list.is_empty() || list.to_lowercase().contains("administrator") {
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
        .filter(|name| !name.is_empty())
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
