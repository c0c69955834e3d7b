//! JSON Feed, 1.0 and 1.1 (jsonfeed.org): an object with items, which become documents as those of other feeds do.
//!
//! Two walks, neither of which builds a tree: what the feed says of itself may stand after its items, and they need
//! it. A value of the wrong kind costs no more than itself; where the JSON itself breaks off, the items before are
//! handed out and the fault is named with its line.

use std::fmt;
use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::super::dates;
use super::super::feed::{Channel, Enclosure, Form, Item, Text};
use super::super::outlet::{Outlet, tidy};
use super::surrogates;
use crate::document::Language;

/// What ends the second walk when the receiver wants no more.
const STOPPED: &str = "the receiver wants no more";

/// Reads a feed and hands out its items.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let (text, halves) = surrogates::mended(text);
    let text = text.as_ref();
    if halves > 0 {
        outlet.warn("file", surrogates::warning(halves));
    }
    let mut channel = Channel::default();
    let mut wrong = Vec::new();
    let mut head = serde_json::Deserializer::from_str(text);
    // A fault here comes up again, and is told, in the second walk.
    let _ = Object(Part::Head(&mut channel, &mut wrong)).deserialize(&mut head);
    if !wrong.is_empty() {
        outlet.warn("feed", left_out(&wrong));
    }
    if let Some(title) = &channel.title {
        outlet.name_source(title);
    }
    let mut items = Items {
        channel: &channel,
        outlet,
        seen: 0,
        handed: 0,
        stopped: false,
    };
    let mut whole = serde_json::Deserializer::from_str(text);
    let read = Object(Part::Items(&mut items)).deserialize(&mut whole);
    let (handed, stopped) = (items.handed, items.stopped);
    if let Err(error) = read
        && !stopped
    {
        let message = format!("is no sound JSON: {error}; what stands before it was read");
        outlet.warn(format!("line {}", error.line()), message);
    } else if handed == 0 {
        outlet.has_no_text();
    }
}

/// Which part of the outermost object is taken.
enum Part<'p, 'c, 'a, 'e> {
    /// What the feed says of itself; the names of what is of the wrong kind are noted.
    Head(&'p mut Channel, &'p mut Vec<&'static str>),
    Items(&'p mut Items<'c, 'a, 'e>),
}

struct Object<'p, 'c, 'a, 'e>(Part<'p, 'c, 'a, 'e>);

impl<'de> DeserializeSeed<'de> for Object<'_, '_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match (&mut self.0, name.as_str()) {
                (Part::Items(items), "items") => map.next_value_seed(&mut **items)?,
                (Part::Head(channel, wrong), name) => {
                    if let Some(name) = HEAD.iter().find(|known| **known == name) {
                        let fits = take_head(channel, name, &map.next_value()?);
                        wrong.extend((!fits).then_some(*name));
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// What is taken of what the feed says of itself.
const HEAD: [&str; 5] = ["title", "home_page_url", "language", "author", "authors"];

/// Takes a field of the feed. Returns whether it is of a kind that can be.
fn take_head(channel: &mut Channel, name: &str, value: &Value) -> bool {
    let names_people = matches!(name, "author" | "authors");
    let line = line(value);
    match name {
        "title" => channel.title = line,
        "home_page_url" => channel.link = line,
        "language" => channel.language = Language::from_tag(&line.unwrap_or_default()),
        _ => add_authors(&mut channel.authors, value),
    }
    names_people && !value.is_boolean() || is_line(value)
}

/// Returns whether a value can stand where one line is wanted.
fn is_line(value: &Value) -> bool {
    matches!(value, Value::Null | Value::String(_) | Value::Number(_))
}

/// Returns the warning for fields of the wrong kind.
fn left_out(names: &[&str]) -> String {
    format!("`{}` of the wrong kind; left out", names.join("`, `"))
}

/// The items, handed out as they are read.
struct Items<'c, 'a, 'e> {
    channel: &'c Channel,
    outlet: &'c mut Outlet<'a, 'e>,
    seen: usize,
    handed: usize,
    stopped: bool,
}

impl<'de> DeserializeSeed<'de> for &mut Items<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Items<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if self.hand(value).is_break() {
                self.stopped = true;
                return Err(A::Error::custom(STOPPED));
            }
        }
        Ok(())
    }
}

impl Items<'_, '_, '_> {
    fn hand(&mut self, value: Value) -> ControlFlow<()> {
        self.seen += 1;
        let place = format!("item {}", self.seen);
        let fields = Fields::deserialize(value).unwrap_or_default();
        let wrong = fields.wrong();
        if !wrong.is_empty() {
            self.outlet.warn(place.clone(), left_out(&wrong));
        }
        let item = fields.into_item();
        if item.is_empty() {
            self.outlet.warn(place, "says nothing; passed over");
            return ControlFlow::Continue(());
        }
        let (draft, unread) = item.into_draft(self.channel);
        if let Some(date) = unread {
            let message = format!("“{}” is no date; left out", date.trim());
            self.outlet.warn(place, message);
        }
        self.handed += 1;
        self.outlet.hand(draft)
    }
}

/// The fields of an item; each may be of any kind in a feed that its author wrote by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    image: Value,
    date_published: Value,
    date_modified: Value,
    author: Value,
    authors: Value,
    tags: Value,
    language: Value,
    attachments: Value,
}

impl Fields {
    /// Returns the names of the fields that are of a kind they can't be.
    fn wrong(&self) -> Vec<&'static str> {
        let lines = [
            ("id", &self.id),
            ("url", &self.url),
            ("external_url", &self.external_url),
            ("title", &self.title),
            ("content_html", &self.content_html),
            ("content_text", &self.content_text),
            ("summary", &self.summary),
            ("image", &self.image),
            ("date_published", &self.date_published),
            ("date_modified", &self.date_modified),
            ("language", &self.language),
        ];
        let wrong = lines.into_iter().filter(|(_, value)| !is_line(value));
        let mut wrong: Vec<&str> = wrong.map(|(name, _)| name).collect();
        if !matches!(self.tags, Value::Array(_)) && !is_line(&self.tags) {
            wrong.push("tags");
        }
        if !matches!(
            self.attachments,
            Value::Null | Value::Array(_) | Value::Object(_)
        ) {
            wrong.push("attachments");
        }
        let people = [("author", &self.author), ("authors", &self.authors)];
        let nobody = |value: &Value| value.is_boolean() || value.is_number();
        wrong.extend(
            people
                .iter()
                .filter(|(_, value)| nobody(value))
                .map(|(name, _)| *name),
        );
        wrong
    }

    fn into_item(self) -> Item<'static> {
        let mut item = Item {
            title: plain(self.title),
            summary: plain(self.summary),
            content: html(self.content_html),
            link: line(&self.url).or_else(|| line(&self.external_url)),
            guid: line(&self.id),
            guid_leads: true,
            dates: [
                date(&self.date_published),
                None,
                None,
                date(&self.date_modified),
            ],
            language: Language::from_tag(self.language.as_str().unwrap_or_default()),
            ..Item::default()
        };
        if item.content.words.trim().is_empty() {
            item.content = plain(self.content_text);
        }
        add_authors(&mut item.authors, &self.author);
        add_authors(&mut item.authors, &self.authors);
        match &self.tags {
            Value::Array(tags) => item.topics.extend(tags.iter().filter_map(line)),
            tags => {
                let tags = line(tags).unwrap_or_default();
                item.topics.extend(tags.split(',').filter_map(tidy));
            }
        }
        let attachments = match &self.attachments {
            Value::Array(attachments) => attachments.as_slice(),
            one => std::slice::from_ref(one),
        };
        for attachment in attachments {
            if let Some(address) = attachment.get("url").and_then(line) {
                let kind = attachment.get("mime_type").and_then(line);
                let kind = kind.unwrap_or_default();
                item.enclose(Enclosure { address, kind });
            }
        }
        if item.is_empty()
            && let Some(address) = line(&self.image)
        {
            let kind = "image".to_owned();
            item.enclose(Enclosure { address, kind });
        }
        item
    }
}

fn add_authors(authors: &mut Vec<String>, value: &Value) {
    let named = |value: &Value| {
        let name = value
            .get("name")
            .or_else(|| value.get("url"))
            .unwrap_or(value);
        name.as_str().and_then(tidy)
    };
    let found: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(named).collect(),
        one => named(one).into_iter().collect(),
    };
    for name in found {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
}

/// Returns a date as it is written, or in the form of RFC 3339 where it is a number since 1970.
fn date(value: &Value) -> Option<String> {
    let text = line(value)?;
    let moment = dates::epoch(&text).map(|moment| moment.to_string());
    moment.or(Some(text))
}

/// Returns a value on one line: a name may have been written as a number.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => tidy(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn plain(value: Value) -> Text<'static> {
    text(value, Form::Plain)
}

fn html(value: Value) -> Text<'static> {
    text(value, Form::Html)
}

fn text(value: Value, form: Form) -> Text<'static> {
    let words = match value {
        Value::String(words) => words,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Text {
        words: words.into(),
        form,
        base: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Document;
    use crate::format::{Input, Outcome};

    fn read_feed(text: &str) -> (Vec<Document>, Outcome) {
        let input = Input::new("feed.json", text.as_bytes());
        let mut documents = Vec::new();
        let outcome = crate::format::read(&input, &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        (documents, outcome)
    }

    #[test]
    fn an_item_gives_all_that_it_says() {
        let (documents, outcome) = read_feed(
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": [
            {"id": 7, "url": "/one", "title": "A <b>", "content_html": "<p>At <a href='x'>length</a>.</p>",
             "summary": "In short.", "date_published": "2013-06-03T10:17:44+01:00", "tags": ["a", 3, "a"],
             "attachments": [{"url": "http://example.org/a.mp3", "mime_type": "audio/mpeg"}]},
            {"id": "http://example.org/two", "content_text": "One.\n\nTwo <3.", "authors": [{"name": "Bob"}], "language": "de", "title": null}],
            "title": "Feed", "home_page_url": "http://example.org/", "author": {"name": "Ann"}, "language": "en-GB"}"#,
        );
        assert_eq!(outcome.source_title.as_deref(), Some("Feed"));
        assert_eq!(outcome.warnings, []);
        let first = &documents[0].metadata;
        assert_eq!(documents[0].key.0, "7 @ http://example.org/");
        assert_eq!(first.title.text, "A <b>");
        assert_eq!(first.url.as_deref(), Some("http://example.org/one"));
        assert_eq!(first.authors, ["Ann"]);
        assert_eq!(first.topics, ["a", "3"]);
        assert_eq!(first.language.code(), Some("en"));
        assert_eq!(
            documents[0].body.text(),
            "In short.\n\nAt length.\n\nAudio: example.org/a.mp3"
        );
        let second = &documents[1].metadata;
        assert_eq!(second.url.as_deref(), Some("http://example.org/two"));
        assert_eq!(second.authors, ["Bob"]);
        assert_eq!(second.language.code(), Some("de"));
        assert_eq!(documents[1].body.text(), "One.\n\nTwo <3.");
    }

    #[test]
    fn what_is_broken_costs_no_more_than_itself() {
        for (text, titles, places) in [
            (
                r#"{"items": [{"title": "A"}, 7, {"title": "B"}]}"#,
                &["A", "B"][..],
                &["item 2"][..],
            ),
            (
                r#"{"items": [{"title": "A", "tags": {}}, {"title": ["#,
                &["A"],
                &["item 1", "line 1"],
            ),
            (
                r#"{"title": ["F"], "items": [{"title": {}, "content_text": "B", "tags": "a, b", "author": true}]}"#,
                &["B"],
                &["feed", "item 1"],
            ),
            (
                r#"{"items": [{"title": "Cut \ud83d", "date_published": 1370254664}, {"title": "B"}]}"#,
                &["Cut \u{fffd}", "B"],
                &["file"],
            ),
            (
                "{\"items\": [{\"title\": \"A\"},\n{\"title\": \"B\",}]}",
                &["A"],
                &["line 2"],
            ),
            (
                r#"{"version": "https://jsonfeed.org/version/1", "items": "none"}"#,
                &[],
                &["line 1"],
            ),
            (r#"{"items": []}"#, &[], &[]),
        ] {
            let (documents, outcome) = read_feed(text);
            let read: Vec<&str> = documents
                .iter()
                .map(|document| document.metadata.title.text.as_str())
                .collect();
            let told: Vec<&str> = outcome
                .warnings
                .iter()
                .map(|warning| warning.place.as_str())
                .collect();
            assert_eq!(
                (read.as_slice(), told.as_slice()),
                (titles, places),
                "{text}"
            );
        }
    }

    #[test]
    fn reading_stops_when_it_is_told_to() {
        let text = format!("{{\"items\": [{}", r#"{"title": "A"},"#.repeat(9));
        let input = Input::new("feed.json", text.as_bytes());
        let outcome = crate::format::read(&input, &mut |_| ControlFlow::Break(()));
        assert_eq!((outcome.documents, outcome.warnings.len()), (1, 0));
    }

    proptest! {
        #[test]
        fn any_json_is_read(pieces in proptest::collection::vec(piece(), 0..40)) {
            let (documents, outcome) = read_feed(&format!("{{\"items\": [{}", pieces.concat()));
            prop_assert_eq!(documents.len(), outcome.documents);
            prop_assert!(
                !documents.is_empty() || !outcome.warnings.is_empty() || outcome.without_text
            );
        }
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"title\"",
            "\"content_html\"",
            "\"x\"",
            "1",
            "null",
            "{\"title\": \"A\"},",
            "\"<p>x\"",
            "\\",
            "é",
        ])
    }
}
