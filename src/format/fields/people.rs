//! The names of people as fields give them, in a text or in several.

use super::Value;
use crate::format::html;

/// Returns the people whom a field called `name` names. Semicolons part them in a text; commas only under a name in the
/// plural, and only where full names stand between them: `Surname, Given` and `Ann Smith, Jr.` are one (Pelican's rule,
/// less rash).
pub(super) fn named(name: &str, value: &Value) -> Vec<String> {
    let names = match value {
        Value::Text(text) => in_text(name, text).into_iter().map(str::to_owned).collect(),
        _ => value.names(false),
    };
    let bare = names.iter().map(|name| bare(name));
    bare.filter(|name| !name.is_empty()).collect()
}

fn in_text<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    let names = parted(text);
    if text.contains('@') && text.split(',').all(|part| part.contains('@')) {
        return text.split(',').map(str::trim).collect();
    }
    if let ([only], true) = (names.as_slice(), name.ends_with('s')) {
        let parts: Vec<&str> = only.split(',').map(str::trim).collect();
        if parts.iter().all(|part| is_full_name(part)) {
            return parts;
        }
    }
    names
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
    let mut words = part.split_whitespace();
    words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.next().is_some()
}

/// Returns a name without what is written about it: an address, a link, the sign of a note. Nothing is left of one
/// that a program would put in, and of an address alone.
fn bare(written: &str) -> String {
    let name = unlinked(written.trim());
    let name = name.split_once("^[").map_or(name, |(name, _)| name);
    let name = match name
        .strip_suffix('>')
        .and_then(|name| name.rsplit_once('<'))
    {
        Some((name, address)) if address.contains('@') => {
            let name = name.trim().trim_matches('"');
            if name.is_empty() { address } else { name }
        }
        _ => name,
    };
    if super::is_template(name) || name.contains("://") {
        return String::new();
    }
    html::line(name.trim())
}

/// Returns the words of a link of a wiki or of Markdown where that is all there is, and anything else as it is.
pub(super) fn unlinked(written: &str) -> &str {
    if let Some(inner) = written
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"))
        && !inner.contains("]]")
    {
        return match inner.rsplit_once('|') {
            Some((_, shown)) => shown,
            None => inner.rsplit('/').next().unwrap_or(inner),
        };
    }
    let markdown = written
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once("]("));
    markdown.map_or(written, |(shown, _)| shown)
}
