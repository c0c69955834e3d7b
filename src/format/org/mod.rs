//! Org mode, as people keep notes and lists of tasks in it: headings by stars, keywords before the text, lists, tables,
//! blocks, notes (the Org syntax, orgmode.org/worg/org-syntax.html).
//!
//! The tags of headings become topics, and how many tasks are open and done is told as a detail; the keyword of a task
//! stays in its heading, where the author wrote it. Drawers, comments and settings are for the editor and are left out.

mod blocks;
mod inline;
mod lines;
mod places;
mod writer;

pub(super) use inline::address;

use super::fields::{Fields, Value};
use super::outlet::{Draft, Outlet};
use super::{front_matter, html, markdown};
use crate::document::{Kind, Metadata};

/// How much of a text is looked at for its first keyword, in lines.
const TOLD_WITHIN: usize = 12;

/// What each keyword before the text is called in the table of fields.
const KEYWORDS: [(&str, &str); 19] = [
    ("title", "title"),
    ("author", "author"),
    ("date", "date"),
    ("language", "language"),
    ("description", "summary"),
    ("filetags", "tags"),
    ("keywords", "keywords"),
    ("category", "category"),
    ("hugo_tags", "topics"),
    ("hugo_categories", "categories"),
    ("hugo_publishdate", "published"),
    ("hugo_lastmod", "lastmod"),
    ("hugo_draft", "draft"),
    ("roam_tags", "tags"),
    ("created", "created"),
    ("last_modified", "lastmod"),
    ("subtitle", "subtitle"),
    ("summary", "summary"),
    ("link_home", "url"),
];

/// Returns whether it is Org mode: its name says so, or it begins with keywords of which one is the title.
pub(super) fn is_org(name: &str, text: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    if let Some(extension) = extension.filter(|one| !one.eq_ignore_ascii_case("txt")) {
        return extension.eq_ignore_ascii_case("org");
    }
    let mut head = text
        .trim_start_matches('\u{feff}')
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(TOLD_WITHIN)
        .take_while(|line| keyword(line).is_some());
    head.any(|line| keyword(line).is_some_and(|(name, _)| name.eq_ignore_ascii_case("title")))
}

/// Reads it and hands it out as one document.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut metadata = Metadata {
        kind: Kind::Note,
        ..Metadata::default()
    };
    let fields = fields(&text);
    fields.lay(&mut metadata);
    let written = writer::write(&text, outlet.name());
    if written.body.blocks().is_empty() {
        outlet.has_no_text();
        return;
    }
    metadata.topics.extend(written.tags);
    if written.open + written.done > 0 {
        let tasks = format!("{} open, {} done", written.open, written.done);
        metadata.details.push(("Tasks".to_owned(), tasks));
    }
    let body = markdown::with_title(written.body, &mut metadata);
    let summary = fields.summary().map(html::line);
    let body = front_matter::with_standfirst(body, summary.as_deref());
    let _ = outlet.hand(Draft {
        metadata,
        body,
        ..Draft::default()
    });
}

/// Returns what the keywords of a text say of it.
fn fields(text: &str) -> Fields {
    let all: Vec<&str> = text.lines().collect();
    let lines = blocks::saying(&all).into_iter().filter_map(keyword);
    let known = lines.filter_map(|(name, value)| {
        let (_, field) = KEYWORDS
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))?;
        let value = match *field {
            // `:one:two:` or `one two`; a date stands in brackets.
            "tags" => Value::List(tags(value)),
            "date" | "published" | "lastmod" | "created" => Value::Text(date(value).to_owned()),
            _ => Value::Text(value.to_owned()),
        };
        Some(((*field).to_owned(), value))
    });
    let head = text
        .lines()
        .take(TOLD_WITHIN)
        .take_while(|line| !line.is_empty());
    let properties = head.filter_map(property);
    Fields(joined(known).into_iter().chain(properties).collect())
}

/// Returns fields of which several of one name are one, as Org takes them: texts are joined, tags put together. Of several
/// dates, languages and addresses the first counts.
fn joined(fields: impl Iterator<Item = (String, Value)>) -> Vec<(String, Value)> {
    let mut joined: Vec<(String, Value)> = Vec::new();
    for (name, value) in fields {
        let parts = match name.as_str() {
            "title" | "subtitle" | "summary" => " ",
            "author" => "; ",
            "keywords" | "topics" | "categories" => ", ",
            _ => "",
        };
        let known = joined.iter_mut().find(|(known, _)| *known == name);
        match (known, value) {
            (Some((_, Value::List(all))), Value::List(more)) => all.extend(more),
            (Some((_, Value::Text(all))), Value::Text(more)) if !parts.is_empty() => {
                if !all.is_empty() && !more.is_empty() {
                    all.push_str(parts);
                }
                all.push_str(&more);
            }
            (Some((_, known)), value) => {
                if known.as_text().is_none() {
                    *known = value;
                }
            }
            (None, value) => joined.push((name, value)),
        }
    }
    joined
}

/// Returns what the drawer before a text says of it: where what is noted comes from, and when it was written.
fn property(line: &str) -> Option<(String, Value)> {
    let (name, value) = line.strip_prefix(':')?.split_once(": ")?;
    let field = match name.to_ascii_lowercase().as_str() {
        "roam_refs" => "url",
        "created" => "created",
        _ => return None,
    };
    Some((field.to_owned(), Value::Text(date(value.trim()).to_owned())))
}

fn tags(value: &str) -> Vec<Value> {
    value
        .split([':', ' ', ','])
        .filter(|tag| !tag.is_empty())
        .map(|tag| Value::Text(tag.to_owned()))
        .collect()
}

/// Returns the day of a time stamp, `<2024-05-01 Wed 10:00>`, and any other date as it is.
fn date(value: &str) -> &str {
    let inner = value.trim_matches(['<', '>', '[', ']']);
    if inner.len() == value.len() {
        value
    } else {
        inner.split_whitespace().next().unwrap_or(inner)
    }
}

/// Returns the name and the value of a line such as `#+TITLE: x`.
fn keyword(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().strip_prefix("#+")?.split_once(':')?;
    let sound = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    sound.then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests;
