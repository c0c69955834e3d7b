//! Fields by name, as front matter and JSON have them, and what they say of a document.
//!
//! Sources name the same fact in many ways (`author`, `authors`, `creator`); here is the one table of those names,
//! for every format that has named fields. A value of the wrong shape says nothing: it is no fault of the text.

use serde_json::Value as Json;

use super::{dates, html};
use crate::document::{Date, Kind, Language, Metadata, Title};

/// How deep values may stand within values; what stands deeper is passed over.
pub(super) const DEEPEST: usize = 8;

/// A value as every notation has it. Numbers and dates stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A word, a number, a date.
    Text(String),
    /// Several.
    List(Vec<Value>),
    /// Fields within a field.
    Map(Fields),
}

/// Named values, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(pub Vec<(String, Value)>);

const TITLE: [&str; 3] = ["title", "headline", "name"];
const AUTHORS: [&str; 5] = ["authors", "author", "creator", "creators", "by"];
/// The first that is a date is taken: when it changed last says the least about when it was published.
const DATES: [&str; 11] = [
    "published",
    "date",
    "publishdate",
    "published_at",
    "date_published",
    "pubdate",
    "created",
    "created_at",
    "lastmod",
    "modified",
    "updated",
];
const TOPICS: [&str; 7] = [
    "topics",
    "topic",
    "tags",
    "tag",
    "categories",
    "category",
    "keywords",
];
const ADDRESS: [&str; 6] = [
    "url",
    "canonical_url",
    "canonical",
    "permalink",
    "link",
    "source_url",
];
const SUMMARY: [&str; 5] = ["summary", "description", "excerpt", "standfirst", "deck"];
const LANGUAGE: [&str; 3] = ["language", "lang", "locale"];
const PUBLISHER: [&str; 4] = ["source", "publisher", "site", "feed"];
/// The names of a document's own name, and of its text, in JSON Lines.
pub(super) const KEYS: [&str; 3] = ["id", "key", "guid"];
pub(super) const TEXT: [&str; 3] = ["text", "body", "content"];
pub(super) const HTML: [&str; 2] = ["html", "content_html"];
pub(super) const MARKDOWN: [&str; 2] = ["markdown", "content_markdown"];
/// By which name an author who is a map is called.
const PERSON: [&str; 4] = ["name", "display_name", "title", "login"];

impl Fields {
    /// Returns the value of a field, its name in any case.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let called = |(known, _): &&(String, Value)| known.eq_ignore_ascii_case(name);
        self.0.iter().find(called).map(|(_, value)| value)
    }

    /// Returns the first text that stands under one of the names.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name)?.as_text())
    }

    /// Returns the first date that stands under one of the names.
    fn date(&self) -> Option<Date> {
        DATES.iter().find_map(|name| {
            let text = self.get(name)?.as_text()?;
            // `2015-03-17 14:00:00 -4` has a zone in no known form; its day is sure all the same.
            dates::parse(text)
                .or_else(|| dates::parse(text.split_whitespace().next()?))
                .or_else(|| dates::epoch(text))
        })
    }

    /// Returns who wrote it: the first field that names somebody.
    fn authors(&self) -> Vec<String> {
        let named = AUTHORS
            .iter()
            .filter_map(|name| Some(people(name, self.get(name)?)));
        named
            .into_iter()
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    /// Returns what is there and says nothing, each with what is wrong: a title that is a list, a date that is none.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for names in [&TITLE[..], &TEXT, &HTML, &MARKDOWN, &ADDRESS, &KEYS] {
            let there = names.iter().find(|name| self.get(name).is_some());
            let shapeless = |name: &&str| matches!(self.get(name), Some(Value::Text(_)));
            if let Some(name) = there.filter(|_| !names.iter().any(shapeless)) {
                faults.push(format!("`{name}` is no text; left out"));
            }
        }
        let people = AUTHORS.iter().find(|name| self.get(name).is_some());
        if let Some(name) = people.filter(|name| {
            let is_empty = |value: &Value| {
                matches!(value, Value::Text(_)) || *value == Value::List(Vec::new())
            };
            self.authors().is_empty() && !self.get(name).is_some_and(is_empty)
        }) {
            faults.push(format!("`{name}` names nobody; left out"));
        }
        let date = DATES.iter().find_map(|name| Some((name, self.get(name)?)));
        if let (Some((name, value)), None) = (date, self.date()) {
            match value {
                Value::Text(text) if text.trim().is_empty() => {}
                Value::Text(text) => faults.push(format!("“{}” is no date; left out", text.trim())),
                _ => faults.push(format!("`{name}` is no date; left out")),
            }
        }
        faults
    }

    /// Returns what it is about: all fields that say so.
    fn topics(&self) -> Vec<String> {
        let values = TOPICS.iter().filter_map(|name| self.get(name));
        values.flat_map(|value| value.names(true)).collect()
    }

    /// Returns what the lines before the text say it is about.
    pub fn summary(&self) -> Option<&str> {
        self.text(&SUMMARY)
    }

    /// Lays what the fields say over the metadata. An address that is only a path is none.
    pub fn lay(&self, metadata: &mut Metadata) {
        if let Some(text) = self.text(&TITLE) {
            metadata.title = Title {
                // Exported from a database of pages, titles keep its `&#8217;`.
                text: html::line(text),
                derived: false,
            };
        }
        metadata.authors.extend(self.authors());
        metadata.published = metadata.published.or_else(|| self.date());
        metadata.topics.extend(self.topics());
        if let Some(address) = ADDRESS.iter().find_map(|name| {
            let address = self.get(name)?.as_text()?;
            address.contains("://").then_some(address)
        }) {
            metadata.url = Some(address.to_owned());
        }
        if let Some(tag) = self.text(&LANGUAGE) {
            metadata.language = Language::from_tag(tag);
        }
        if let Some(kind) = self.text(&["kind", "type"]).and_then(Kind::from_name) {
            metadata.kind = kind;
        }
        if let Some(publisher) = self.text(&PUBLISHER) {
            metadata.publisher = Some(publisher.to_owned());
        }
        if self.text(&["draft"]) == Some("true") {
            let draft = ("Draft".to_owned(), "yes".to_owned());
            metadata.details.push(draft);
        }
    }
}

/// Returns the people whom a field names. Semicolons part them in a text; commas only under a name in the plural, and
/// only where full names stand between them: `Surname, Given` and `Ann Smith, Jr.` are one (Pelican's rule, less rash).
fn people(name: &str, value: &Value) -> Vec<String> {
    let Value::Text(text) = value else {
        return value.names(false);
    };
    let mut names = parted(text);
    if let ([only], true) = (names.as_slice(), name.ends_with('s')) {
        let parts: Vec<&str> = only.split(',').map(str::trim).collect();
        if parts.iter().all(|part| is_full_name(part)) {
            names = parts;
        }
    }
    names.into_iter().map(str::to_owned).collect()
}

/// Returns what stands between the semicolons of a text, but for those that end an entity of HTML.
fn parted(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(';') {
        let before = text.get(start..at).unwrap_or_default();
        let in_entity = before.rsplit_once('&').is_some_and(|(_, name)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        });
        if !in_entity {
            parts.push(before);
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    let parts = parts.into_iter().map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Returns whether it is a given name and a surname at least, each as names are written.
fn is_full_name(part: &str) -> bool {
    let words = part.split_whitespace();
    words.clone().count() >= 2
        && words
            .clone()
            .next()
            .is_some_and(|word| word.starts_with(char::is_uppercase))
}

impl Value {
    /// Returns the value where it is one text with a word in it.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Returns the names in it; commas part them in a text where `parted`, as they do not in the name of a person
    /// (`Martin Luther King, Jr.`).
    fn names(&self, parted: bool) -> Vec<String> {
        match self {
            Self::Text(text) if parted => text
                .split([',', ';'])
                .filter_map(|name| Self::Text(name.to_owned()).as_text().map(str::to_owned))
                .collect(),
            Self::Text(_) => self.as_text().map(str::to_owned).into_iter().collect(),
            Self::List(values) => {
                let each = values.iter();
                each.flat_map(|value| match value {
                    // Commas within an item of a list belong to it.
                    Self::Text(_) => value.names(false),
                    _ => value.names(parted),
                })
                .collect()
            }
            Self::Map(fields) => match fields.text(&PERSON) {
                Some(name) => vec![name.to_owned()],
                None if parted => fields.0.iter().map(|(name, _)| name.clone()).collect(),
                None => Vec::new(),
            },
        }
    }

    /// Returns a JSON value; nothing for null and for what stands too deep.
    pub fn from_json(json: Json, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        Some(match json {
            Json::Null => return None,
            Json::Bool(told) => Self::Text(told.to_string()),
            Json::Number(number) => Self::Text(number.to_string()),
            Json::String(text) => Self::Text(text),
            Json::Array(values) => Self::List(
                values
                    .into_iter()
                    .filter_map(|value| Self::from_json(value, depth + 1))
                    .collect(),
            ),
            Json::Object(map) => Self::Map(Fields(
                map.into_iter()
                    .filter_map(|(name, value)| Some((name, Self::from_json(value, depth + 1)?)))
                    .collect(),
            )),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_known_by_all_its_names_and_in_every_shape() {
        for (json, authors, topics) in [
            (r#"{"author":"Ann, Jr.","tags":"a, b"}"#, "Ann, Jr.", "a|b"),
            (
                r#"{"authors":["Ann","Ben"],"topic":["a, b"]}"#,
                "Ann|Ben",
                "a, b",
            ),
            (r#"{"authors":[{"name":"Ann"},{"x":"y"}]}"#, "Ann", ""),
            (
                r#"{"Author":{"name":"Ann"},"categories":{"a":1,"b":2}}"#,
                "Ann",
                "a|b",
            ),
            (r#"{"author":7,"tags":null}"#, "7", ""),
            (r#"{"authors":"Ann Smith; Bo"}"#, "Ann Smith|Bo", ""),
            (r#"{"author":"Ann; Bo;"}"#, "Ann|Bo", ""),
            (r#"{"author":"Ann &amp; Bo"}"#, "Ann &amp; Bo", ""),
            (r#"{"Authors":"Ann Smith, Bo Lee"}"#, "Ann Smith|Bo Lee", ""),
            (r#"{"author":"Ann Smith, Bo Lee"}"#, "Ann Smith, Bo Lee", ""),
            (r#"{"authors":"Smith, Ann"}"#, "Smith, Ann", ""),
            (
                r#"{"authors":"Smith, Ann; Lee, Bo"}"#,
                "Smith, Ann|Lee, Bo",
                "",
            ),
            (r#"{"authors":"Ann Smith, Jr."}"#, "Ann Smith, Jr.", ""),
            (
                r#"{"authors":["Ann Smith, Bo Lee"]}"#,
                "Ann Smith, Bo Lee",
                "",
            ),
            (r#"{"author":"","creator":"Ann"}"#, "Ann", ""),
        ] {
            let json = serde_json::from_str(json).unwrap();
            let Some(Value::Map(fields)) = Value::from_json(json, 0) else {
                unreachable!("an object");
            };
            let mut metadata = Metadata::default();
            fields.lay(&mut metadata);
            assert_eq!(metadata.authors.join("|"), authors);
            assert_eq!(metadata.topics.join("|"), topics);
        }
    }

    #[test]
    fn a_number_of_seconds_or_thousandths_is_a_date_and_a_day_stays_one() {
        for (text, expected) in [
            ("1370254664", Some("2013-06-03T10:17:44Z")),
            ("1370254664.5", Some("2013-06-03T10:17:44Z")),
            ("1370254664000", Some("2013-06-03T10:17:44Z")),
            ("20130603", Some("2013-06-03")),
            ("2013", Some("2013")),
            ("13702546640", None),
        ] {
            let fields = Fields(vec![("date".to_owned(), Value::Text(text.to_owned()))]);
            let date = fields.date().map(|date| date.to_string());
            assert_eq!(date.as_deref(), expected, "{text}");
        }
    }
}
