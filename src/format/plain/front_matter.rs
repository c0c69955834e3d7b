//! The lines before a Markdown text that say what it is: between `---` as YAML has it, between `+++` as TOML.
//!
//! Only single lines with a title or a date are read; lists and tables of front matter are passed over, and none of
//! it is text.

use crate::document::{Date, Metadata, Title};
use crate::format::dates;

/// What front matter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    title: Option<String>,
    published: Option<Date>,
}

/// Splits a text from the front matter it begins with.
pub(super) fn split(text: &str) -> (FrontMatter, &str) {
    let whole = text.trim_start_matches('\u{feff}');
    for fence in ["---", "+++"] {
        if let Some((head, rest)) = fenced(whole, fence) {
            return (read(head), rest);
        }
    }
    (FrontMatter::default(), text)
}

/// Returns what stands between two fences at the beginning, where it looks like fields, and what follows.
fn fenced<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            let head = rest.get(..at)?;
            let looks = head.lines().any(|line| field(line).is_some());
            return looks.then_some((head, rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let name = name.trim_end();
    let sound = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    sound.then(|| (name, value.trim()))
}

fn read(head: &str) -> FrontMatter {
    let mut found = FrontMatter::default();
    for (name, value) in head.lines().filter_map(field) {
        let value = unquoted(value);
        match name.to_ascii_lowercase().as_str() {
            "title"
                if found.title.is_none()
                    && !value.is_empty()
                    && !matches!(value.as_str(), "|" | ">" | ">-" | "|-") =>
            {
                found.title = Some(value);
            }
            "date" | "publishdate" | "published" => {
                found.published = found.published.or_else(|| dates::parse(&value));
            }
            _ => {}
        }
    }
    found
}

fn unquoted(value: &str) -> String {
    let within = ['"', '\'']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    within.map_or_else(
        || value.to_owned(),
        |within| within.replace("''", "'").replace("\\\"", "\""),
    )
}

impl FrontMatter {
    /// Lays what it says over the metadata of its text.
    pub fn lay(self, metadata: &mut Metadata) {
        if let Some(text) = self.title {
            metadata.title = Title {
                text,
                derived: false,
            };
        }
        metadata.published = metadata.published.or(self.published);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_no_text_and_gives_title_and_date() {
        for (text, title, date, rest) in [
            (
                "---\ntitle: \"On: trust\"\ndate: 2014-03-12\ntags:\n- a\n---\nText",
                Some("On: trust"),
                Some("2014-03-12"),
                "Text",
            ),
            (
                "+++\ntitle = 'It''s'\n+++\nText",
                Some("It's"),
                None,
                "Text",
            ),
            (
                "---\n\nA text between rules.\n\n---\nText",
                None,
                None,
                "---\n\nA text between rules.\n\n---\nText",
            ),
            (
                "---\ntitle: never ends",
                None,
                None,
                "---\ntitle: never ends",
            ),
            ("Text", None, None, "Text"),
        ] {
            let (found, after) = split(text);
            assert_eq!(found.title.as_deref(), title, "{text}");
            assert_eq!(
                found.published.map(|date| date.to_string()).as_deref(),
                date,
                "{text}"
            );
            assert_eq!(after, rest);
        }
    }
}
