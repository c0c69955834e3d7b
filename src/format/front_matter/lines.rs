//! Fields that stand one a line: bare ones, those of a broken notation, in a comment, as properties.

use super::{FrontMatter, LONGEST, yaml};
use crate::format::fields::{Fields, Value, is_known};

/// The names by one of which bare lines are told from a text that begins with `Note: …`.
const TELLING: [&str; 6] = ["title", "date", "author", "authors", "slug", "category"];

/// How many words the name of a field has at most.
const WORDS: usize = 3;

/// Returns the name and the value of a line whose name is one word.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = loose_field(line)?;
    (!name.contains(' ')).then_some((name, value))
}

/// Returns the name and the value of a line.
pub(super) fn loose_field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let name = name.trim_end().trim_matches('"');
    let sound = name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        && name.split(' ').count() <= WORDS;
    // `name:: value` is how Logseq has it.
    sound.then(|| (name, value.strip_prefix(':').unwrap_or(value).trim()))
}

/// Reads bare lines up to the first blank one, or one that is drawn (Hexo, Denote).
pub(super) fn bare(text: &str) -> Option<FrontMatter> {
    let (mut length, mut end) = (0, 0);
    let mut told = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.is_empty() {
            break;
        }
        if bare.len() >= 3 && bare.bytes().all(|byte| byte == b'-') {
            end = line.len();
            break;
        }
        // The first name is that of a fact, or none is.
        let known = if told { loose_field(line) } else { field(line) };
        match known {
            Some((name, _)) => told |= TELLING.iter().any(|known| name.eq_ignore_ascii_case(known)),
            // A line that stands in goes on with the one before it, and so does an item.
            None if length > 0 && (line.starts_with([' ', '\t']) || line.starts_with("- ")) => {}
            None => return None,
        }
        length += line.len();
        if length > LONGEST {
            return None;
        }
    }
    let head = text.get(..length)?;
    let colons = head.lines().next().is_some_and(|line| line.contains(": "));
    // A line drawn below one of words makes it a heading.
    let is_heading = end > 0 && head.lines().count() < 2;
    // Where nothing follows, the lines are the text.
    let heads = text
        .get(length + end..)
        .is_some_and(|rest| !rest.trim().is_empty());
    (told && colons && heads && !is_heading).then(|| FrontMatter {
        fields: yaml::fields(head)
            .ok()
            .filter(|_| end > 0)
            .unwrap_or_else(|| fields(head)),
        text: length + end,
        warning: None,
    })
}

/// Returns the lines of a head that say nothing known, with those that go on with them.
pub(super) fn unknown(head: &str) -> Vec<&str> {
    let mut unknown = Vec::new();
    let mut in_known = false;
    for line in head.lines() {
        let bare = line.trim();
        if let Some((name, value)) = loose_field(line) {
            in_known = is_known(name, value);
        } else if bare.is_empty() || bare.bytes().all(|byte| byte == b'-') {
            continue;
        }
        if !in_known {
            unknown.push(line);
        }
    }
    unknown
}

/// Reads the properties of a page of Logseq, `title:: x`, which its text may follow in the next line.
pub(super) fn properties(text: &str) -> Option<FrontMatter> {
    let is_property = |line: &&str| {
        field(line).is_some()
            && line
                .split_once("::")
                .is_some_and(|(name, value)| !name.contains(':') && value.starts_with(' '))
    };
    let lines = text.split_inclusive('\n');
    let length: usize = lines.take_while(is_property).map(str::len).sum();
    (length > 0).then(|| FrontMatter {
        fields: fields(text.get(..length).unwrap_or_default()),
        text: length,
        warning: None,
    })
}

/// Reads the fields in the comment of HTML that a text begins with, each after two dots (Nikola).
pub(super) fn in_comment(text: &str) -> Option<FrontMatter> {
    let (head, _) = text.strip_prefix("<!--")?.split_once("-->")?;
    if head.len() > LONGEST {
        return None;
    }
    let mut told = Vec::new();
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
        told.push(line.strip_prefix("..")?.trim_start());
    }
    let fields = fields(&told.join("\n"));
    (!fields.0.is_empty()).then(|| FrontMatter {
        fields,
        text: "<!--".len() + head.len() + "-->".len(),
        warning: None,
    })
}

/// Reads the title, the authors and the date in up to three lines that begin with a per cent sign (Pandoc); each goes
/// on in the lines below it that stand in.
pub(super) fn title_block(text: &str) -> Option<FrontMatter> {
    let mut told: Vec<String> = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if let Some(words) = line.strip_prefix('%') {
            if told.len() == 3 || !words.starts_with([' ', '\n', '\r']) {
                return None;
            }
            told.push(words.trim().to_owned());
        } else if line.trim().is_empty() {
            break;
        } else if let (true, Some(last)) = (line.starts_with([' ', '\t']), told.last_mut()) {
            // Authors may stand one a line.
            last.push_str(if length > 0 { "; " } else { " " });
            last.push_str(line.trim());
        } else {
            return None;
        }
        length += line.len();
    }
    let names = ["title", "author", "date"];
    let fields = names.into_iter().zip(told);
    let fields: Vec<(String, Value)> = fields
        .map(|(name, value)| {
            let value = if name == "title" {
                value.replace("; ", " ")
            } else {
                value
            };
            (name.to_owned(), Value::Text(value))
        })
        .collect();
    (!fields.is_empty()).then_some(FrontMatter {
        fields: Fields(fields),
        text: length,
        warning: None,
    })
}

/// Reads one field a line, and `- x` below a field as its list. A value whose quotation mark is not closed goes on in
/// the next lines, and so does one that is set as a block.
pub(super) fn fields(head: &str) -> Fields {
    let mut fields: Vec<(String, Value)> = Vec::new();
    let mut lines = head.lines();
    // A block goes on with the field before it, which began as `name: |`.
    let mut in_block = false;
    while let Some(line) = lines.next() {
        if let Some((name, value)) = loose_field(line) {
            in_block = matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+");
            let value = match value.chars().next() {
                Some(mark @ ('"' | '\'')) if !closes(value, mark) => {
                    closed(value, mark, &mut lines).unwrap_or_else(|| value.to_owned())
                }
                _ if in_block => String::new(),
                _ => value.to_owned(),
            };
            fields.push((name.to_owned(), written(&value)));
        } else if let Some((_, last)) = fields.last_mut() {
            go_on(last, line, in_block);
        }
    }
    Fields(fields)
}

/// Adds a line that stands below a field to its value.
fn go_on(value: &mut Value, line: &str, in_block: bool) {
    let bare = line.trim();
    match (bare.strip_prefix("- ").filter(|_| !in_block), value) {
        (Some(item), Value::List(items)) => items.push(Value::Text(unquoted(item.trim()))),
        (Some(item), value @ Value::Text(_)) if value.as_text().is_none() => {
            *value = Value::List(vec![Value::Text(unquoted(item.trim()))]);
        }
        (None, Value::Text(text)) if !bare.is_empty() && line.starts_with([' ', '\t']) => {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(bare);
        }
        _ => {}
    }
}

/// Returns a value that goes on until a line closes its quotation mark, and takes those lines; nothing where none does
/// before the next field.
fn closed(value: &str, mark: char, lines: &mut std::str::Lines<'_>) -> Option<String> {
    let mut after = lines.clone();
    let mut longer = value.to_owned();
    while let Some(next) = after.next().filter(|next| loose_field(next).is_none()) {
        longer.push(' ');
        longer.push_str(next.trim());
        if closes(&longer, mark) {
            *lines = after;
            return Some(longer);
        }
    }
    None
}

fn closes(value: &str, mark: char) -> bool {
    value.len() > 1 && value.ends_with(mark)
}

/// Returns a value as it is written on one line: a list in brackets, or a text.
fn written(value: &str) -> Value {
    let listed = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .filter(|inner| !inner.contains(['[', ']']));
    match listed {
        Some(inner) => Value::List(
            inner
                .split(',')
                .map(|item| unquoted(item.trim()))
                .filter(|item| !item.is_empty())
                .map(Value::Text)
                .collect(),
        ),
        None => Value::Text(unquoted(value)),
    }
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
