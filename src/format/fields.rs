//! Fields by name, as front matter and JSON have them, and what they say of a document.
//!
//! Sources name the same fact in many ways (`author`, `authors`, `creator`); [`names`] is the one table of those names,
//! for every format that has named fields. Names are compared without case, hyphens, low lines and blanks. A value of
//! the wrong shape says nothing: it is no fault of the text.

mod names;
mod people;
mod value;

use super::{dates, html};
use crate::document::{Date, Kind, Language, Metadata, Title};

pub(super) use names::{HTML, KEYS, MARKDOWN, TEXT};
pub(super) use value::{DEEPEST, Value};

/// Named values, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(pub Vec<(String, Value)>);

impl Fields {
    /// Returns the value of a field: of several by one name the first that says something. What is not there may stand
    /// in one of the fields that hold others.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.own(name).or_else(|| {
            self.0.iter().find_map(|(nest, value)| match value {
                Value::Map(fields) if names::NESTS.iter().any(|known| are_one(nest, known)) => {
                    fields.own(name)
                }
                _ => None,
            })
        })
    }

    fn own(&self, name: &str) -> Option<&Value> {
        let mut empty = None;
        for (known, value) in &self.0 {
            if are_one(known, name) {
                if !value.is_empty() {
                    return Some(value);
                }
                empty = empty.or(Some(value));
            }
        }
        empty
    }

    /// Returns the first text that stands under one of the names.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name)?.as_text())
    }

    /// Returns the first date that stands under one of the names.
    fn date(&self, names: &[&str]) -> Option<Date> {
        names.iter().find_map(|name| dated(self.get(name)?, names))
    }

    /// Returns when it was published, or else when it was last changed, as far as that is known.
    fn published(&self) -> Option<Date> {
        self.date(&names::DATES)
            .or_else(|| self.date(&names::CHANGES))
    }

    /// Returns when it was changed last: in a field of its own, or beside the other date.
    fn changed(&self) -> Option<Date> {
        let beside = || match self.get("date")? {
            both @ Value::Map(_) => dated(both, &names::CHANGES),
            Value::Text(_) | Value::List(_) => None,
        };
        self.date(&names::CHANGES).or_else(beside)
    }

    /// Returns who wrote it: the first field that names somebody.
    fn authors(&self) -> Vec<String> {
        let named = names::AUTHORS
            .iter()
            .filter_map(|name| Some(people::named(name, self.get(name)?)));
        named
            .into_iter()
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    /// Returns what is there and says nothing, each with what is wrong: a title that is a list, a date that is none.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for names in [
            &names::TITLE[..],
            &TEXT,
            &HTML,
            &MARKDOWN,
            &names::ADDRESS,
            &KEYS,
        ] {
            let there = names.iter().find(|name| self.get(name).is_some());
            let is_text = |name: &&str| matches!(self.get(name), Some(Value::Text(_)));
            if let Some(name) = there.filter(|_| !names.iter().any(is_text)) {
                faults.push(format!("`{name}` is no text; left out"));
            }
        }
        let people = names::AUTHORS.iter().find(|name| self.get(name).is_some());
        if let Some(name) = people.filter(|name| {
            let is_empty = |value: &Value| {
                matches!(value, Value::Text(_)) || *value == Value::List(Vec::new())
            };
            self.authors().is_empty() && !self.get(name).is_some_and(is_empty)
        }) {
            faults.push(format!("`{name}` names nobody; left out"));
        }
        let mut dates = names::DATES.iter().chain(&names::CHANGES);
        let date = dates.find_map(|name| Some((name, self.get(name)?)));
        if let (Some((name, value)), None) = (date, self.published()) {
            match value {
                Value::Text(text) if matches!(text.trim(), "" | "true" | "false") => {}
                Value::Text(text) => faults.push(format!("“{}” is no date; left out", text.trim())),
                _ => faults.push(format!("`{name}` is no date; left out")),
            }
        }
        faults
    }

    /// Returns what it is about: all fields that say so.
    fn topics(&self) -> Vec<String> {
        // Jekyll parts its tags by blanks, and is told by the layouts that every page of it names.
        let by_blanks = self.get("layout").is_some();
        let mut topics = Vec::new();
        for name in names::TOPICS {
            let Some(value) = self.get(name) else {
                continue;
            };
            match value.as_text() {
                Some(text) if text.starts_with('#') => {
                    topics.extend(text.split(['#', ',', ' ']).map(str::to_owned));
                }
                Some(text)
                    if by_blanks
                        && names::BY_BLANKS.contains(&name)
                        && !text.contains([',', ';']) =>
                {
                    topics.extend(text.split_whitespace().map(str::to_owned));
                }
                _ => topics.extend(value.names(true)),
            }
        }
        let bare = topics
            .iter()
            .map(|topic| people::unlinked(topic.trim().trim_start_matches('#')));
        bare.filter(|topic| !topic.is_empty() && !is_template(topic))
            .map(str::to_owned)
            .collect()
    }

    /// Returns what the lines before the text say it is about.
    pub fn summary(&self) -> Option<&str> {
        self.text(&names::SUMMARY).filter(|text| !is_template(text))
    }

    /// Returns the title. Exported from a database of pages, titles keep its `&#8217;`.
    fn title(&self) -> Option<String> {
        let mut told = names::TITLE.iter().filter_map(|name| self.get(name));
        let text = told.find_map(|value| match value {
            // Pandoc may have several, each with its sort; a list of words is none.
            Value::List(values) if !matches!(values.first(), Some(Value::Map(_))) => None,
            _ => value.main(),
        })?;
        (!is_template(text)).then(|| html::line(text))
    }

    /// Returns the address. One that is only a path is none.
    fn address(&self) -> Option<&str> {
        let known = names::ADDRESS.iter().chain(&names::SOURCE);
        let mut told = known.filter_map(|name| self.get(name)?.as_text());
        told.find(|address| address.contains("://") && !address.contains(char::is_whitespace))
    }

    /// Returns whether it was not meant to be read yet.
    fn is_draft(&self) -> bool {
        names::DRAFT.iter().any(|(name, wanted)| {
            let value = self.get(name).and_then(Value::as_text);
            value.is_some_and(|value| value.eq_ignore_ascii_case(wanted))
        })
    }

    /// Lays what the fields say over the metadata.
    pub fn lay(&self, metadata: &mut Metadata) {
        if let Some(text) = self.title() {
            metadata.title = Title {
                text,
                derived: false,
            };
        }
        metadata.authors.extend(self.authors());
        metadata.published = metadata.published.or_else(|| self.published());
        metadata.topics.extend(self.topics());
        if let Some(address) = self.address() {
            metadata.url = Some(address.to_owned());
        }
        if let Some(tag) = self.text(&names::LANGUAGE) {
            metadata.language = Language::from_tag(tag);
        }
        if let Some(kind) = self.text(&["kind", "type"]).and_then(Kind::from_name) {
            metadata.kind = kind;
        }
        let mut publishers = names::PUBLISHER.iter().chain(&names::SOURCE);
        if let Some(publisher) = publishers.find_map(|name| {
            let told = self.get(name)?.as_text()?;
            (!told.contains("://")).then_some(told)
        }) {
            metadata.publisher = Some(people::unlinked(publisher).to_owned());
        }
        self.lay_details(metadata);
    }

    fn lay_details(&self, metadata: &mut Metadata) {
        for (told, known) in names::DETAILS {
            let value = known
                .iter()
                .find_map(|name| self.get(name).and_then(|value| value.main()));
            if let Some(value) = value.filter(|value| !is_template(value)) {
                let value = html::line(people::unlinked(value));
                metadata.details.push((told.to_owned(), value));
            }
        }
        if let (Some(published), Some(changed)) = (metadata.published, self.changed())
            && changed.long() != published.long()
        {
            let changed = ("updated".to_owned(), changed.long());
            metadata.details.push(changed);
        }
        if self.is_draft() {
            let draft = ("Draft".to_owned(), "yes".to_owned());
            metadata.details.push(draft);
        }
    }
}

/// Returns whether a field says something of a document here, or only to the program that makes pages of it. A date that
/// is none and a sort of text that nobody knows are words.
pub(super) fn is_known(name: &str, value: &str) -> bool {
    let is_one = |known: &&str| are_one(name, known);
    let value = value.trim();
    let switches = [
        "",
        "true",
        "false",
        "yes",
        "no",
        "draft",
        "published",
        "hidden",
    ];
    let is_switch = || switches.iter().any(|one| value.eq_ignore_ascii_case(one));
    // Nobody put a date in the place of `$Date$`.
    let is_date = || date(value).is_some() || is_switch() || value.starts_with('$');
    let known = [
        &names::TITLE[..],
        &names::AUTHORS,
        &names::TOPICS,
        &names::ADDRESS,
        &names::SOURCE,
        &names::PUBLISHER,
        &names::SUMMARY,
        &names::LANGUAGE,
        &names::STEERING,
        &KEYS,
    ];
    let details = names::DETAILS.iter().flat_map(|(_, known)| *known);
    known.into_iter().flatten().chain(details).any(is_one)
        || names::DATES.iter().chain(&names::CHANGES).any(is_one) && is_date()
        || names::DRAFT.iter().any(|(known, _)| is_one(known)) && is_switch()
        || ["kind", "type"].iter().any(is_one) && Kind::from_name(value).is_some()
}

/// Returns whether two names are one.
fn are_one(one: &str, other: &str) -> bool {
    // Every field is compared with every name, and the first letter tells nearly all of them apart.
    let first = |name: &str| name.bytes().next().filter(u8::is_ascii_alphabetic);
    let differ = match (first(one), first(other)) {
        (Some(one), Some(other)) => !one.eq_ignore_ascii_case(&other),
        _ => false,
    };
    !differ && letters(one).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    let parts = |byte: &u8| matches!(byte, b'-' | b'_' | b' ');
    let letters = name.bytes().filter(move |byte| !parts(byte));
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// Returns whether a value is what a program would put another in the place of: the files that new ones are made of
/// have them.
fn is_template(value: &str) -> bool {
    value.starts_with("{{") && value.ends_with("}}")
        || value.starts_with("<%") && value.ends_with("%>")
        || value.starts_with("`r ")
}

/// Returns the date that a value is, or the first of a list, or one that stands in it by one of the names.
fn dated(value: &Value, names: &[&str]) -> Option<Date> {
    match value {
        Value::Text(_) => date(value.as_text()?),
        Value::List(values) => values.iter().find_map(|value| dated(value, &[])),
        Value::Map(fields) => {
            let mut known = names.iter().chain(&["date"]);
            known.find_map(|name| date(fields.own(name)?.as_text()?))
        }
    }
}

fn date(text: &str) -> Option<Date> {
    // `2015-03-17 14:00:00 -4` has a zone in no known form; its day is sure all the same.
    dates::parse(text)
        .or_else(|| dates::parse(text.split_whitespace().next()?))
        .or_else(|| dates::epoch(text))
}

#[cfg(test)]
mod tests;
