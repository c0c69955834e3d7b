//! What every answer says of a document: for programs, and in a line for people.

use std::borrow::Cow;

use serde::Serialize;

use super::output::one_line;
use crate::document::{Date, DocumentId, Key, Title};
use crate::text::sanitize::clean;

/// What is known of a document, to be written.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub id: DocumentId,
    pub key: &'a Key,
    pub title: &'a Title,
    pub source: &'a str,
    pub authors: &'a [String],
    pub published: Option<Date>,
    pub url: Option<&'a str>,
    pub topics: &'a [String],
    pub tags: &'a [String],
}

/// The same, for programs: the fields that `search` and `show` share.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    id: i64,
    key: Cow<'a, str>,
    title: Cow<'a, str>,
    source: Cow<'a, str>,
    authors: Vec<Cow<'a, str>>,
    published: Option<String>,
    url: Option<Cow<'a, str>>,
    topics: Vec<Cow<'a, str>>,
    tags: Vec<Cow<'a, str>>,
}

impl<'a> Facts<'a> {
    pub fn head(self) -> Head<'a> {
        let all = |texts: &'a [String]| texts.iter().map(|text| clean(text)).collect();
        Head {
            id: self.id.0,
            key: clean(&self.key.0),
            title: clean(&self.title.text),
            source: clean(self.source),
            authors: all(self.authors),
            published: self.published.map(|date| date.to_string()),
            url: self.url.map(clean),
            topics: all(self.topics),
            tags: all(self.tags),
        }
    }

    /// Returns where it is from, who wrote it and when, for people.
    pub fn line(self) -> String {
        let source = Some(one_line(self.source)).filter(|source| !source.is_empty());
        let authors =
            Some(one_line(&self.authors.join(", "))).filter(|authors| !authors.is_empty());
        let date = self.published.map(Date::short);
        let parts: Vec<String> = [source, authors, date].into_iter().flatten().collect();
        parts.join(" · ")
    }
}
