//! The data that a page has for machines (JSON-LD), as far as it is about the page's article.
//!
//! Broken data is read as far as it can be mended: line feeds in strings, commas before an end, comments around it.

use serde_json::Value;

use super::names;
use crate::document::Date;
use crate::format::{dates, html};

/// How many objects are looked at.
const MOST_OBJECTS: usize = 2_000;

/// What was found; the first of each wins, an article's before a page's.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Its heading.
    pub headline: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// What it calls other things by their names for: `@id` to a name.
    names: Vec<(String, String)>,
}

impl Linked {
    /// Takes one script's data.
    pub fn take(&mut self, text: &str) {
        let Some(value) = parse(text) else { return };
        let mut objects = Vec::new();
        let mut waiting = vec![&value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.iter().rev()),
                Value::Object(object) if objects.len() < MOST_OBJECTS => {
                    objects.push(value);
                    for key in ["mainEntity", "mainEntityOfPage", "@graph"] {
                        waiting.extend(object.get(key));
                    }
                }
                _ => {}
            }
        }
        for object in &objects {
            if let (Some(id), Some(name)) = (text_of(object, "@id"), text_of(object, "name")) {
                self.names.push((id, name));
            }
        }
        for object in objects.iter().filter(|object| is_a(object, is_article)) {
            self.take_article(object);
        }
        for object in objects
            .iter()
            .filter(|object| is_a(object, |kind| kind.ends_with("Page")))
        {
            self.published = self.published.or_else(|| date_of(object));
            if self.headline.is_none() {
                self.headline = text_of(object, "headline");
            }
        }
        for object in objects {
            if self.publisher.is_none() && is_a(object, |kind| kind == "WebSite") {
                self.publisher = text_of(object, "name");
            }
        }
    }

    fn take_article(&mut self, object: &Value) {
        if self.headline.is_none() {
            self.headline = text_of(object, "headline").or_else(|| text_of(object, "name"));
        }
        if self.authors.is_empty() {
            let author = object.get("author").or_else(|| object.get("creator"));
            self.authors = author
                .map(|author| self.names_of(author))
                .unwrap_or_default();
        }
        self.published = self.published.or_else(|| date_of(object));
        if self.publisher.is_none() {
            let publisher = object.get("publisher").map(|one| self.names_of(one));
            self.publisher = publisher.and_then(|names| names.into_iter().next());
        }
        self.address = self.address.take().or_else(|| text_of(object, "url"));
        self.language = self
            .language
            .take()
            .or_else(|| text_of(object, "inLanguage"));
        if self.topics.is_empty() {
            let keywords = object.get("keywords").unwrap_or(&Value::Null);
            let all: Vec<&Value> = match keywords {
                Value::Array(values) => values.iter().collect(),
                one => vec![one],
            };
            let all = all.into_iter().filter_map(|one| {
                one.as_str()
                    .map(str::to_owned)
                    .or_else(|| text_of(one, "name"))
            });
            self.topics = all
                .flat_map(|one| {
                    one.split(',')
                        .map(|topic| html::value(topic.trim()))
                        .collect::<Vec<_>>()
                })
                .filter(|topic| !topic.is_empty())
                .collect();
        }
    }

    /// Returns the names of one or several people or firms, given by themselves or by reference.
    fn names_of(&self, value: &Value) -> Vec<String> {
        match value {
            Value::Array(values) => values
                .iter()
                .flat_map(|one| match one {
                    Value::Array(_) => Vec::new(),
                    one => self.names_of(one),
                })
                .collect(),
            Value::String(name) => names::given(&html::value(name)),
            Value::Object(_) => {
                let by_reference = || {
                    let id = text_of(value, "@id")?;
                    let named = self.names.iter().find(|(known, _)| *known == id);
                    named.map(|(_, name)| name.clone())
                };
                let named = text_of(value, "name").or_else(by_reference);
                named
                    .map(|name| names::without_label(&name).to_owned())
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("Posting")
        || kind.ends_with("BlogPost")
        || matches!(
            kind,
            "Report"
                | "Review"
                | "Event"
                | "Recipe"
                | "QAPage"
                | "Question"
                | "CreativeWork"
                | "Product"
        )
}

fn is_a(object: &Value, is: impl Fn(&str) -> bool) -> bool {
    let is = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| is(kind.rsplit('/').next().unwrap_or(kind)))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn text_of(object: &Value, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::Array(values) => values.first()?.as_str()?,
        value => value.as_str()?,
    };
    let text = html::value(text.trim());
    (!text.is_empty()).then_some(text)
}

fn date_of(object: &Value) -> Option<Date> {
    ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .find_map(|key| dates::parse(&text_of(object, key)?))
}

fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//")
        .trim_start_matches("<![CDATA[")
        .trim()
        .trim_end_matches("-->")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim_end_matches([';', ' ', '\n']);
    serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(&mended(text)).ok())
}

/// Returns data without what commonly breaks it.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_string = true;
        } else if matches!(c, '}' | ']') {
            let end = mended.trim_end().trim_end_matches(',').len();
            mended.truncate(end);
        }
        mended.push(if c.is_control() { ' ' } else { c });
    }
    mended
}
