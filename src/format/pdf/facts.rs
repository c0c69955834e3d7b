//! What a PDF says of itself: its information dictionary (ISO 32000-2, 14.3.3), the language of its catalogue, and its
//! XMP packet where the two say less.

use hayro_syntax::metadata::Metadata as Said;
use hayro_syntax::object::{DateTime, Dict, Stream, String as Shown};

use super::blocks::{Block, Role};
use super::xmp;
use crate::config::names::names;
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
    let authors = parted(&words(&said.author));
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
    // Some programs write UTF-8 without its mark; text that is no such by chance is very rare.
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_ascii() => text.to_owned(),
        _ => bytes.iter().filter_map(|byte| by_table(*byte)).collect(),
    }
}

/// The characters of `PDFDocEncoding` (ISO 32000-2, annex D.3) from 0x18 to 0x1F, and from 0x80 to 0xA0.
const FROM_24: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const FROM_128: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// Returns the character of `PDFDocEncoding` that a byte is; elsewhere it is Latin-1. Nothing for a soft hyphen, which
/// it does not have.
fn by_table(byte: u8) -> Option<char> {
    let place = usize::from(byte);
    match byte {
        0x18..=0x1f => FROM_24.get(place - 0x18).copied(),
        0x80..=0xa0 => FROM_128.get(place - 0x80).copied(),
        0xad => None,
        _ => Some(char::from(byte)),
    }
}

/// Returns the names of a list; a comma alone may part a family name from a given one, so one comma parts nothing.
fn parted(list: &str) -> Vec<String> {
    let list = list.trim();
    if list.to_lowercase().contains("administrator") {
        return Vec::new();
    }
    let parts: Vec<&str> = if list.contains(';') {
        list.split(';').collect()
    } else {
        by_and(list)
    };
    let names = parts.into_iter().flat_map(|part| {
        if list.contains(';') {
            vec![part.to_owned()]
        } else {
            by_comma(part)
        }
    });
    names
        .map(|name| name.trim().trim_start_matches("and ").to_owned())
        .filter(|name| !office::is_nobody(name))
        .collect()
}

/// Returns the parts of a list between which `and` stands, where people are named on both sides of it: an office may
/// have the word in its name.
fn by_and(list: &str) -> Vec<&str> {
    let mut parts = vec![list];
    let known = &names().authors;
    for and in &known.and {
        let and = format!(" {and} ");
        let next = parts.into_iter().flat_map(|part| part.split(and.as_str()));
        parts = next.collect();
    }
    let may_be_people = |part: &&str| {
        let mut words = part.split_whitespace();
        let whole = part.trim().trim_matches(',');
        (whole.contains(' ') || whole.contains(','))
            && !words.any(|word| known.office.iter().any(|of| of == word))
    };
    if parts.iter().all(may_be_people) {
        parts
    } else {
        vec![list]
    }
}

/// Returns the names between the commas of a list; initials behind a comma belong to the family name before it.
fn by_comma(list: &str) -> Vec<String> {
    let pieces: Vec<&str> = list
        .split(',')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_whole = |piece: &&str| piece.split_whitespace().count() > 1;
    let are_several = pieces.len() > 2 || pieces.len() == 2 && pieces.iter().all(is_whole);
    if !are_several {
        return vec![list.trim().trim_end_matches(',').to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        match names.last_mut() {
            Some(name) if are_initials(piece) && !name.contains(',') => {
                name.push_str(", ");
                name.push_str(piece);
            }
            _ => names.push(piece.to_owned()),
        }
    }
    names
}

/// Returns whether it is `J.`, `J. K.`, `J.-P.` or `JK`.
fn are_initials(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let is_of_them = |c: char| c.is_uppercase() || matches!(c, '.' | '-' | ' ');
    (1..=4).contains(&letters)
        && piece.chars().all(is_of_them)
        && (piece.contains('.') || letters < 3)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_names_is_parted_at_its_ends_and_not_within_them() {
        for (list, expected) in [
            ("Ann Lee", &["Ann Lee"][..]),
            ("A Lee and B Ray", &["A Lee", "B Ray"]),
            ("A Lee, B Ray and C Fox", &["A Lee", "B Ray", "C Fox"]),
            ("A Lee, B Ray, and C Fox", &["A Lee", "B Ray", "C Fox"]),
            ("A Lee & B Ray", &["A Lee", "B Ray"]),
            ("Smith, J., Doe, A.", &["Smith, J.", "Doe, A."]),
            ("Smith, J.-P. and Doe, AB", &["Smith, J.-P.", "Doe, AB"]),
            ("Lee, Ann and Ray, Bo", &["Lee, Ann", "Ray, Bo"]),
            ("Lee, Ann", &["Lee, Ann"]),
            ("Lee, Ray, Fox", &["Lee", "Ray", "Fox"]),
            ("Lee, Ann; Ray, Bo", &["Lee, Ann", "Ray, Bo"]),
            (
                "Department of Health and Social Care",
                &["Department of Health and Social Care"],
            ),
            ("Johnson and Johnson", &["Johnson and Johnson"]),
            ("Administrator", &[]),
        ] {
            assert_eq!(parted(list), expected, "{list}");
        }
    }

    #[test]
    fn text_without_a_mark_is_read_by_the_table_of_the_format() {
        for (bytes, expected) in [
            (&b"2019\x852020"[..], "2019–2020"),
            (b"One \x84 two", "One — two"),
            (b"the town\x90s \x8dplan\x8e", "the town’s “plan”"),
            (b"\xa0 5 caf\xe9", "€ 5 café"),
            (b"\x1a\x1f", "ˆ˜"),
            (b"\xfe\xff\x01\x41", "Ł"),
            ("Łódź".as_bytes(), "Łódź"),
        ] {
            assert_eq!(text(bytes), expected);
        }
    }
}
