#![doc = include_str!("lines.md")]

use std::io::{BufRead, Read as _};
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::config;
use crate::document::{BlockKind, Body, BodyBuilder, Metadata};
use crate::format::fields::{Fields, HTML, KEYS, MARKDOWN, TEXT, Value};
use crate::format::outlet::{Draft, Outlet, Place};
use crate::format::{html, markdown, splice, words};

use super::surrogates;

/// Returns whether it is JSON Lines, or such objects as a list or alone.
pub(in crate::format) fn is_lines(name: &str, text: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if ["jsonl", "ndjson", "jsonlines"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
    {
        return true;
    }
    let text = text.trim_start();
    let object = text.strip_prefix('[').map_or(text, str::trim_start);
    let begins = object
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    if extension.eq_ignore_ascii_case("json") {
        return begins;
    }
    // A text of another name must be whole objects, line by line: a Markdown file may begin with one.
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(2);
    begins && lines.clone().count() > 0 && lines.all(is_object)
}

fn is_object(line: &str) -> bool {
    let (line, _) = surrogates::mended(line);
    serde_json::from_str::<Json>(&line).is_ok_and(|json| json.is_object())
}

/// Reads a text and hands out its documents.
pub(in crate::format) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let whole = text.trim();
    let first_line = whole.lines().next().unwrap_or_default();
    if !whole.is_empty()
        && !is_object(first_line)
        && (whole.starts_with('[') || whole.starts_with('{'))
    {
        let (mended, halves) = surrogates::mended(whole);
        let read = serde_json::from_str(&mended);
        if read.is_ok() && halves > 0 {
            outlet.warn("file", surrogates::warning(halves));
        }
        match read {
            Ok(Json::Array(values)) => {
                for (place, value) in values.into_iter().enumerate() {
                    if hand(value, &format!("item {}", place + 1), outlet).is_break() {
                        return;
                    }
                }
                return;
            }
            Ok(value) => {
                let _ = hand(value, "file", outlet);
                return;
            }
            // Perhaps its first line is broken, and the others are not.
            Err(fault) if whole.lines().skip(1).take(8).all(|line| !is_object(line)) => {
                outlet.warn("file", format!("is not sound JSON ({fault}); passed over"));
                return;
            }
            Err(_) => {}
        }
    }
    read_lines(&mut text.as_bytes(), outlet);
}

/// Reads documents line by line, with no more than one line in memory.
pub(in crate::format) fn read_lines(reader: &mut dyn BufRead, outlet: &mut Outlet<'_, '_>) {
    let longest = outlet.limits().line;
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        let place = format!("line {number}");
        match (&mut *reader)
            .take(longest.saturating_add(1))
            .read_until(b'\n', &mut line)
        {
            Ok(0) => return,
            Ok(_) => {}
            Err(fault) => return outlet.warn(place, format!("could not be read: {fault}")),
        }
        if line.len() as u64 > longest && line.last() != Some(&b'\n') {
            let most = config::size(longest);
            outlet.warn(
                place,
                format!("is longer than {most}; passed over (the setting limits.line)"),
            );
            if skip_line(reader).is_err() {
                return;
            }
            continue;
        }
        let text = line
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&line)
            .trim_ascii();
        if text.is_empty() {
            continue;
        }
        let text = String::from_utf8_lossy(text);
        let (text, halves) = surrogates::mended(&text);
        match serde_json::from_str(&text) {
            Ok(value) => {
                if halves > 0 {
                    outlet.warn(place.clone(), surrogates::warning(halves));
                }
                if hand(value, &place, outlet).is_break() {
                    return;
                }
            }
            Err(fault) => outlet.warn(place, format!("is not sound JSON ({fault}); passed over")),
        }
    }
}

fn skip_line(reader: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            return Ok(());
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(piece.len(), |at| at + 1);
        reader.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// Hands one object on as a document.
fn hand(value: Json, place: &str, outlet: &mut Outlet<'_, '_>) -> ControlFlow<()> {
    let Some(Value::Map(fields)) = Value::from_json(value, 0) else {
        outlet.warn(place, "is not an object; passed over");
        return ControlFlow::Continue(());
    };
    let mut metadata = Metadata::default();
    fields.lay(&mut metadata);
    for fault in fields.faults() {
        outlet.warn(place, fault);
    }
    let body = body(&fields, metadata.url.as_deref(), outlet.name());
    let body = html::without_title(body, &metadata.title.text);
    let body = match fields.summary() {
        Some(summary) if !words::contains(body.text(), summary) => {
            splice::prepend(BlockKind::Standfirst, summary, body)
        }
        _ => body,
    };
    if body.blocks().is_empty() && metadata.title.text.trim().is_empty() {
        outlet.warn(place, "has neither title nor text; passed over");
        return ControlFlow::Continue(());
    }
    let key = fields.text(&KEYS).map(str::to_owned);
    outlet.hand(Draft {
        names: key.into_iter().chain(metadata.url.clone()).collect(),
        place: Place::InFeed,
        metadata,
        body,
    })
}

fn body(fields: &Fields, base: Option<&str>, name: &str) -> Body {
    if let Some(text) = fields.text(&HTML) {
        return html::body(text, base);
    }
    if let Some(text) = fields.text(&MARKDOWN) {
        return markdown::body(text, name, base);
    }
    let mut builder = BodyBuilder::new();
    let text = fields.text(&TEXT).unwrap_or_default().replace("\r\n", "\n");
    for paragraph in text.split("\n\n") {
        builder.begin(BlockKind::Paragraph);
        for (place, line) in paragraph.trim_matches('\n').lines().enumerate() {
            if place > 0 {
                builder.break_line();
            }
            builder.text(line);
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Limits;
    use crate::document::Document;
    use crate::format::{Input, Outcome};

    fn read_all(text: &str) -> (Vec<Document>, Outcome) {
        let mut documents = Vec::new();
        let input = Input::new("a.jsonl", text.as_bytes());
        let mut each = |document| {
            documents.push(document);
            ControlFlow::Continue(())
        };
        let mut outlet = Outlet::new(&input, &mut each);
        read(text, &mut outlet);
        let outcome = outlet.finish();
        (documents, outcome)
    }

    const PACKAGE: &str = r#"{"id":"apt","title":"apt","text":"Package manager.\n\nIt installs.","author":"Ann","tags":["admin"],"date":"2014-03","source":"Debian","kind":"page","lang":"en"}"#;

    #[test]
    fn a_line_is_a_document_under_its_own_name() {
        let (documents, outcome) = read_all(PACKAGE);
        assert_eq!(outcome.warnings, []);
        let document = &documents[0];
        assert_eq!(document.key.0, "apt");
        assert_eq!(document.body.text(), "Package manager.\n\nIt installs.");
        let metadata = &document.metadata;
        assert_eq!(metadata.authors, ["Ann"]);
        assert_eq!(metadata.topics, ["admin"]);
        assert_eq!(metadata.published.unwrap().to_string(), "2014-03");
        assert_eq!(metadata.publisher.as_deref(), Some("Debian"));
        assert_eq!(metadata.kind.name(), "page");
    }

    #[test]
    fn a_bad_line_is_told_by_its_number_and_the_rest_is_read() {
        let text =
            format!("{PACKAGE}\n{{broken\n\n[1]\n{{}}\n{{\"id\":\"b\",\"html\":\"<p>B</p>\"}}\n");
        let (documents, outcome) = read_all(&text);
        let keys: Vec<&str> = documents
            .iter()
            .map(|document| document.key.0.as_str())
            .collect();
        assert_eq!(keys, ["apt", "b"]);
        let places: Vec<&str> = outcome
            .warnings
            .iter()
            .map(|warning| warning.place.as_str())
            .collect();
        assert_eq!(places, ["line 2", "line 4", "line 5"]);
    }

    #[test]
    fn half_a_character_and_a_value_of_the_wrong_kind_cost_no_more_than_themselves() {
        let text = r#"{"id":"a","title":"Cut \ud83d","text":"T","published":1370254664}
{"id":["b"],"title":["B"],"text":"Words of b.","date":{"x":1},"authors":{"x":"y"}}
{"id":"c","text":"C","date":"soon","topics":null,"authors":[]}"#;
        let (documents, outcome) = read_all(text);
        let titles: Vec<&str> = documents
            .iter()
            .map(|one| one.metadata.title.text.as_str())
            .collect();
        assert_eq!(titles, ["Cut \u{fffd}", "Words of b", "C"]);
        let date = documents[0].metadata.published.map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some("2013-06-03T10:17:44Z"));
        let told: Vec<String> = outcome
            .warnings
            .iter()
            .map(|warning| format!("{}: {}", warning.place, warning.message))
            .collect();
        assert_eq!(
            told,
            [
                "line 1: has 1 half of surrogate pairs; each stands as \u{fffd}",
                "line 2: `title` is no text; left out",
                "line 2: `id` is no text; left out",
                "line 2: `authors` names nobody; left out",
                "line 2: `date` is no date; left out",
                "line 3: “soon” is no date; left out",
            ]
        );
    }

    #[test]
    fn a_list_and_a_single_object_are_read_too() {
        for text in [
            format!("[\n{PACKAGE},\n{PACKAGE}\n]"),
            PACKAGE.replace("\",\"", "\",\n\""),
        ] {
            let (documents, outcome) = read_all(&text);
            assert_eq!(outcome.warnings, []);
            assert_eq!(documents[0].metadata.title.text, "apt");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_is_read() {
        let limits = Limits {
            line: 4096,
            ..Limits::default()
        };
        let input = Input {
            limits,
            ..Input::new("a.jsonl", b"")
        };
        let mut keys = Vec::new();
        let mut each = |document: Document| {
            keys.push(document.key.0);
            ControlFlow::Continue(())
        };
        let mut outlet = Outlet::new(&input, &mut each);
        let after = format!("\n{PACKAGE}\n");
        let mut reader = std::io::BufReader::new(
            std::io::repeat(b'x')
                .take(limits.line + 9)
                .chain(after.as_bytes()),
        );
        read_lines(&mut reader, &mut outlet);
        let outcome = outlet.finish();
        assert_eq!(keys, ["apt"]);
        assert_eq!(outcome.warnings[0].place, "line 1");
        assert_eq!(
            outcome.warnings[0].message,
            "is longer than 4 KB; passed over (the setting limits.line)"
        );
    }
}
