//! What stands before a text or a piece of Markdown and says what it is: YAML between `---`, TOML between `+++`, JSON between `;;;`
//! or as an object of its own (Hugo), and bare `Title: x` lines (Pelican, `MultiMarkdown`).
//!
//! YAML is read as events, without aliases and to a bounded depth. What is broken is read line by line, as far as
//! that goes, and warned of.

use saphyr_parser::{Event, Parser};

use super::fields::{DEEPEST, Fields, Value};
use super::html;
use super::outlet::Outlet;
use super::{splice, words};
use crate::document::{BlockKind, Body, Metadata};

/// The longest front matter, in bytes: what is longer is no list of facts.
const LONGEST: usize = 256 * 1024;

/// The names by one of which bare lines are told from a text that begins with `Note: …`.
const TELLING: [&str; 6] = ["title", "date", "author", "authors", "slug", "category"];

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
    let Some(found) = split(text) else {
        return (text, None);
    };
    if let Some(fault) = found.warning {
        outlet.warn("front matter", fault);
    }
    found.fields.lay(metadata);
    let summary = found.fields.summary().map(html::line);
    (text.get(found.text..).unwrap_or_default(), summary)
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
    let fenced = [
        ("---", yaml as Notation, "YAML"),
        ("+++", toml_fields, "TOML"),
        (";;;", json, "JSON"),
    ]
    .into_iter()
    .find_map(|(fence, read, name)| {
        let (head, length) = fenced(whole, fence)?;
        let looks = head
            .lines()
            .all(|line| line.trim().is_empty() || is_comment(line))
            || head.lines().any(|line| field(line).is_some());
        looks.then(|| of(head, read, name, start + length))
    });
    fenced
        .or_else(|| object(whole, start))
        .or_else(|| bare(whole, start))
}

/// How a notation is read: its fields, or what is wrong with it.
type Notation = fn(&str) -> Result<Fields, String>;

fn of(head: &str, read: Notation, name: &str, text: usize) -> FrontMatter {
    match read(head) {
        Ok(fields) => FrontMatter {
            fields,
            text,
            warning: None,
        },
        Err(fault) => FrontMatter {
            fields: by_line(head),
            text,
            warning: Some(format!("is not sound {name} ({fault}); read line by line")),
        },
    }
}

/// Returns what stands between two fences at the beginning, and the length of it all.
fn fenced<'t>(text: &'t str, fence: &str) -> Option<(&'t str, usize)> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let ends = line.trim_end();
        if ends == fence || fence == "---" && ends == "..." {
            let length = first.len() + 1 + at + line.len();
            return Some((rest.get(..at)?, length));
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// Reads a JSON object at the very beginning.
fn object(text: &str, start: usize) -> Option<FrontMatter> {
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
        text: start + values.byte_offset(),
        warning: None,
    })
}

/// Reads bare lines up to the first blank one.
fn bare(text: &str, start: usize) -> Option<FrontMatter> {
    let mut length = 0;
    let mut told = false;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        match field(line) {
            Some((name, _)) => told |= TELLING.iter().any(|known| name.eq_ignore_ascii_case(known)),
            // A line that stands in goes on with the one before it.
            None if length > 0 && line.starts_with([' ', '\t']) => {}
            None => return None,
        }
        length += line.len();
    }
    let head = text.get(..length)?;
    let colons = head.lines().next().is_some_and(|line| line.contains(": "));
    // Where nothing follows, the lines are the text.
    let heads = text
        .get(length..)
        .is_some_and(|rest| !rest.trim().is_empty());
    (told && colons && heads).then(|| FrontMatter {
        fields: by_line(head),
        text: start + length,
        warning: None,
    })
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let name = name.trim_end().trim_matches('"');
    let sound = name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    sound.then(|| (name, value.trim()))
}

/// Reads one field a line, and `- x` below a field as its list. A value whose quotation mark is not closed goes on in
/// the next lines.
fn by_line(head: &str) -> Fields {
    let mut fields: Vec<(String, Value)> = Vec::new();
    let mut lines = head.lines();
    while let Some(line) = lines.next() {
        if let Some((name, value)) = field(line) {
            let mut value = value.to_owned();
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(mark) = mark
                && !closes(&value, mark)
            {
                let mut after = lines.clone();
                let mut longer = value.clone();
                while let Some(next) = after.next().filter(|next| field(next).is_none()) {
                    longer = format!("{longer} {}", next.trim());
                    if closes(&longer, mark) {
                        (value, lines) = (longer, after);
                        break;
                    }
                }
            }
            let value = value.as_str();
            fields.push((name.to_owned(), Value::Text(unquoted(value))));
        } else if let (Some(item), Some((_, last))) =
            (line.trim_start().strip_prefix("- "), fields.last_mut())
        {
            let item = Value::Text(unquoted(item.trim()));
            match last {
                Value::List(items) => items.push(item),
                Value::Text(text) if text.is_empty() => *last = Value::List(vec![item]),
                _ => {}
            }
        }
    }
    Fields(fields)
}

fn closes(value: &str, mark: char) -> bool {
    value.len() > 1 && value.ends_with(mark)
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

fn json(head: &str) -> Result<Fields, String> {
    let value = serde_json::from_str(head).map_err(|fault| fault.to_string())?;
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

/// A list or a map that is being read, with the name that waits for its value.
enum Open {
    List(Vec<Value>),
    Map(Fields, Option<String>),
}

fn yaml(head: &str) -> Result<Fields, String> {
    strict_yaml(head).or_else(|fault| match joined(head) {
        Some(joined) => strict_yaml(&joined),
        None => Err(fault),
    })
}

/// Joins quoted values that go on over lines without an indent. YAML wants one there (1.2, section 7.3), most of its
/// readers do not, and so people leave it out. Returns nothing where no value goes on.
fn joined(head: &str) -> Option<String> {
    let mut joined = String::with_capacity(head.len());
    let mut open: Option<char> = None;
    let mut any = false;
    for line in head.lines() {
        let line = match open {
            Some(_) => line.trim_start(),
            None => line,
        };
        joined.push_str(line);
        let value = match open {
            Some(_) => line,
            None => field(line).map_or("", |(_, value)| value),
        };
        let mark = open.or_else(|| value.chars().next().filter(|c| matches!(c, '"' | '\'')));
        let begins = usize::from(open.is_none());
        open = mark.filter(|mark| {
            let rest = value.get(begins..).unwrap_or_default().trim_end();
            let closes = rest.ends_with(*mark) && !(*mark == '"' && rest.ends_with("\\\""));
            !closes
        });
        any |= open.is_some();
        joined.push(if open.is_some() { ' ' } else { '\n' });
    }
    (any && open.is_none()).then_some(joined)
}

fn strict_yaml(head: &str) -> Result<Fields, String> {
    let mut open: Vec<Open> = Vec::new();
    let mut too_deep = 0usize;
    let mut done = None;
    for event in Parser::new_from_str(head) {
        let (event, _) = event.map_err(|fault| fault.to_string())?;
        let value = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                too_deep += 1;
                continue;
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(Fields::default(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd if too_deep > 0 => {
                too_deep -= 1;
                if too_deep > 0 {
                    continue;
                }
                Value::Text(String::new())
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(values)) => Value::List(values),
                Some(Open::Map(fields, _)) => Value::Map(fields),
                None => continue,
            },
            _ if too_deep > 0 => continue,
            Event::Scalar(text, style, ..) => {
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                let none = plain && matches!(text.as_ref(), "~" | "null" | "Null" | "NULL");
                Value::Text(if none {
                    String::new()
                } else {
                    text.into_owned()
                })
            }
            // Nothing of note is ever written by reference, and what follows references can grow without end.
            Event::Alias(_) => Value::Text(String::new()),
            _ => continue,
        };
        match open.last_mut() {
            Some(Open::List(values)) => values.push(value),
            Some(Open::Map(fields, name)) => match name.take() {
                Some(name) => fields.0.push((name, value)),
                None => *name = Some(value.as_text().unwrap_or_default().to_owned()),
            },
            None => done = done.or(Some(value)),
        }
    }
    match done {
        Some(Value::Map(fields)) => Ok(fields),
        None => Ok(Fields::default()),
        Some(_) => Err("not a list of fields".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_may_go_on_without_an_indent() {
        let head = "title: \"On trust\nand care\"\nb: 'x'\n";
        assert_eq!(
            joined(head).as_deref(),
            Some("title: \"On trust and care\"\nb: 'x'\n")
        );
        assert_eq!(joined("title: \"never closed\nb: x\n"), None);
        assert_eq!(joined("title: 'x'\n"), None);
    }

    #[test]
    fn front_matter_is_read_in_every_notation() {
        for text in [
            "---\ntitle: \"On: trust\"\ndate: 2014-03-12\ntags:\n- a\n- b\n---\nText",
            "+++\ntitle = 'On: trust'\ndate = 2014-03-12\ntags = ['a', 'b']\n+++\nText",
            ";;;\n{\n\"title\": \"On: trust\", \"date\": \"2014-03-12\",\n \"tags\": [\"a\", \"b\"]}\n;;;\nText",
            "{\n\"title\": \"On: trust\", \"date\": \"2014-03-12\", \"tags\": [\"a\", \"b\"]}\nText",
        ] {
            let found = split(text).unwrap();
            assert_eq!(found.warning, None, "{text}");
            assert_eq!(found.fields.text(&["title"]), Some("On: trust"), "{text}");
            assert_eq!(found.fields.text(&["date"]), Some("2014-03-12"), "{text}");
            assert!(matches!(found.fields.get("tags"), Some(Value::List(tags)) if tags.len() == 2));
            assert_eq!(text.get(found.text..).unwrap().trim(), "Text");
        }
    }

    #[test]
    fn bare_lines_are_front_matter_where_they_name_a_title_or_date() {
        let found = split("Title: On trust\nCategory: a\n\nText").unwrap();
        assert_eq!(found.fields.text(&["title"]), Some("On trust"));
        for text in [
            "Note: this\n\nText",
            "Title: x\nDate: y\n",
            "Text\n\nTitle: x",
            "---\n\nprose\n\n---\nText",
            "---\ntitle: no end",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_read_line_by_line_and_warned_of() {
        let found = split("---\ntitle: On: trust: \"x\ntags:\n  - a\n  - b\n---\nText").unwrap();
        assert!(found.warning.is_some());
        assert_eq!(found.fields.text(&["title"]), Some("On: trust: \"x"));
    }

    #[test]
    fn hostile_yaml_is_bounded() {
        let bomb = format!(
            "---\ntitle: x\na: {}{}\nb: &b [*b, *b]\n---\n",
            "[".repeat(900),
            "]".repeat(900)
        );
        let found = split(&bomb).unwrap();
        assert_eq!(found.fields.text(&["title"]), Some("x"));
    }
}
