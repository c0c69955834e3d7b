//! What stands before a text or a piece of Markdown and says what it is: YAML between `---`, TOML between `+++`, JSON
//! between `;;;` or as an object of its own (Hugo, Hexo), bare `Title: x` lines (Pelican, `MultiMarkdown`), `title:: x`
//! (Logseq), `.. title: x` in a comment (Nikola) and `% x` (Pandoc).
//!
//! What is broken is read piece by piece, as far as that goes, and warned of.

mod lines;
mod yaml;

use super::fields::{DEEPEST, Fields, Value};
use super::outlet::Outlet;
use super::{html, markdown, splice, words};
use crate::document::{BlockKind, Body, Metadata};

/// The longest front matter, in bytes: what is longer is no list of facts.
const LONGEST: usize = 256 * 1024;

/// Front matter and where the text after it begins.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// What it says.
    pub fields: Fields,
    /// The byte at which the text begins.
    pub text: usize,
    /// What is wrong with it.
    pub warning: Option<String>,
}

/// Lays what the front matter of `text` says over the metadata, and warns of what is wrong with it. Returns the text
/// after it, and its summary.
pub(super) fn take<'t>(
    text: &'t str,
    metadata: &mut Metadata,
    outlet: &mut Outlet<'_, '_>,
) -> (&'t str, Option<String>) {
    let (text, summary, _) = take_known(text, metadata, outlet);
    (text, summary)
}

/// Does as [`take`] does. Besides, returns the bare lines before a text that is no Markdown of which nothing is known
/// here: whom a memo is `To:`, and what its `Subject:` is.
pub(super) fn take_known<'t>(
    text: &'t str,
    metadata: &mut Metadata,
    outlet: &mut Outlet<'_, '_>,
) -> (&'t str, Option<String>, Vec<&'t str>) {
    let is_markdown = markdown::is_named(outlet.name());
    let found = split(text).or_else(|| {
        let rest = text.trim_start_matches('\u{feff}');
        let told = lines::title_block(rest).or_else(|| lines::properties(rest));
        let told = told.filter(|_| is_markdown)?;
        Some(FrontMatter {
            text: told.text + text.len() - rest.len(),
            ..told
        })
    });
    let Some(found) = found else {
        return (text, None, Vec::new());
    };
    if let Some(fault) = found.warning {
        outlet.warn("front matter", fault);
    }
    found.fields.lay(metadata);
    let summary = found.fields.summary().map(html::line);
    let (head, rest) = text.split_at_checked(found.text).unwrap_or(("", text));
    let head = head.trim_start_matches(['\u{feff}', '\n', '\r']);
    let is_bare = !is_markdown && head.starts_with(char::is_alphabetic);
    let unknown = is_bare.then(|| lines::unknown(head));
    (rest, summary, unknown.unwrap_or_default())
}

/// Returns whether what the front matter says is a document without any text after it: a note of something that stands
/// elsewhere, or is yet to be written. A title alone names nothing that could be read.
pub(super) fn says_enough(metadata: &Metadata, summary: Option<&str>) -> bool {
    let has_title = !metadata.title.text.trim().is_empty();
    let has_summary = summary.is_some_and(|summary| !summary.trim().is_empty());
    has_title && (has_summary || metadata.url.is_some())
}

/// Sets the summary, where there is one, before a body that does not say it itself.
pub(super) fn with_standfirst(body: Body, summary: Option<&str>) -> Body {
    let Some(summary) = summary else { return body };
    if words::contains(body.text(), summary.trim_end_matches(['…', '.'])) {
        return body;
    }
    splice::prepend(BlockKind::Standfirst, summary, body)
}

/// Returns the front matter that `text` begins with, or nothing where it has none.
pub(super) fn split(text: &str) -> Option<FrontMatter> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let whole = text.get(start..)?;
    let mut found = fenced(whole)
        .or_else(|| object(whole))
        .or_else(|| unopened_object(whole))
        .or_else(|| lines::in_comment(whole))
        .or_else(|| lines::bare(whole))?;
    found.text += start;
    Some(found)
}

/// How a notation is read: its fields, or what is wrong with it.
type Notation = fn(&str) -> Result<Fields, String>;

/// What the first line is, what the last one is, and how what stands between is read.
const FENCES: [(&str, &str, Notation, &str); 6] = [
    ("---", "---", yaml::fields, "YAML"),
    ("+++", "+++", toml_fields, "TOML"),
    (";;;", ";;;", json, "JSON"),
    ("---yaml", "---", yaml::fields, "YAML"),
    ("---toml", "---", toml_fields, "TOML"),
    ("---json", "---", json, "JSON"),
];

/// Reads what stands between two fences at the beginning.
fn fenced(text: &str) -> Option<FrontMatter> {
    let (first, rest) = text.split_once('\n')?;
    let first_bare = first.trim_end().replacen("--- ", "---", 1);
    let (_, fence, read, name) = FENCES.into_iter().find(|(open, ..)| first_bare == *open)?;
    let (head, length) = until(rest, fence)?;
    // A rule may open a text, and another stand below it.
    let mut worded = head.lines().filter(|line| {
        let bare = line.trim();
        !bare.is_empty() && !bare.starts_with('#')
    });
    let looks = worded
        .next()
        .is_none_or(|line| lines::loose_field(line).is_some() || line.starts_with(['{', '[']));
    looks.then(|| of(head, read, name, first.len() + 1 + length))
}

fn of(head: &str, read: Notation, name: &str, text: usize) -> FrontMatter {
    match read(head) {
        Ok(fields) => FrontMatter {
            fields,
            text,
            warning: None,
        },
        Err(fault) => FrontMatter {
            fields: if name == "YAML" {
                yaml::by_pieces(head)
            } else {
                lines::fields(head)
            },
            text,
            warning: Some(format!("is not sound {name} ({fault}); read line by line")),
        },
    }
}

/// Returns what stands before the line that is a fence, and the length of it with that line.
fn until<'t>(text: &'t str, fence: &str) -> Option<(&'t str, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || fence == "---" && bare == "..." {
            return Some((text.get(..at)?, at + line.len()));
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// Reads a JSON object at the very beginning.
fn object(text: &str) -> Option<FrontMatter> {
    let begins = text
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with('"'));
    if !begins {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let value = Value::from_json(values.next()?.ok()?, 0)?;
    let Value::Map(fields) = value else {
        return None;
    };
    Some(FrontMatter {
        fields,
        text: values.byte_offset(),
        warning: None,
    })
}

/// Reads the fields of an object that nothing opens and `;;;` ends (Hexo).
fn unopened_object(text: &str) -> Option<FrontMatter> {
    if !text.starts_with('"') {
        return None;
    }
    let (head, length) = until(text, ";;;")?;
    Some(FrontMatter {
        fields: json(head).ok()?,
        text: length,
        warning: None,
    })
}

/// Reads an object; its braces may be left out.
fn json(head: &str) -> Result<Fields, String> {
    let bare = head.trim_start().starts_with('{').then_some(head);
    let whole = bare.map_or_else(|| format!("{{{head}}}"), str::to_owned);
    let value = serde_json::from_str(&whole).map_err(|fault| fault.to_string())?;
    match Value::from_json(value, 0) {
        Some(Value::Map(fields)) => Ok(fields),
        _ => Err("not an object".to_owned()),
    }
}

fn toml_fields(head: &str) -> Result<Fields, String> {
    let table: toml::Table = head
        .parse()
        .map_err(|fault: toml::de::Error| fault.message().to_owned())?;
    Ok(table_fields(table, 0))
}

fn table_fields(table: toml::Table, depth: usize) -> Fields {
    let fields = table.into_iter();
    Fields(
        fields
            .filter_map(|(name, value)| Some((name, toml_value(value, depth + 1)?)))
            .collect(),
    )
}

fn toml_value(value: toml::Value, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    Some(match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(values) => Value::List(
            values
                .into_iter()
                .filter_map(|value| toml_value(value, depth + 1))
                .collect(),
        ),
        toml::Value::Table(table) => Value::Map(table_fields(table, depth)),
        other => Value::Text(other.to_string()),
    })
}

#[cfg(test)]
mod tests;
