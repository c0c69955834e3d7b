//! Marks within a paragraph: `*bold*`, `/italic/`, `=code=`, `+struck+`, `[[address][words]]`, notes, bare addresses.

use std::collections::{HashMap, HashSet};

use super::places::{Places, dedicated};
use crate::document::{BodyBuilder, SpanKind};

/// How deep marks stand within marks.
const DEEPEST: usize = 6;

/// How far the end of a link or a note is looked for, in bytes.
const FAR: usize = 2000;

/// The notes of a text: the number that each was given where it was first referred to.
#[derive(Debug, Default)]
pub(super) struct Notes<'t> {
    numbers: HashMap<String, u32>,
    /// The notes that the text has, by their labels.
    pub known: HashSet<String>,
    /// Where links lead.
    pub places: Places<'t>,
}

impl<'t> Notes<'t> {
    /// Returns no notes yet, of a text with these places.
    pub fn of(places: Places<'t>) -> Self {
        Self {
            places,
            ..Self::default()
        }
    }

    /// Returns the number of a note, giving it the next one where it has none, and whether it was given now.
    pub fn number(&mut self, label: &str) -> (u32, bool) {
        let next = u32::try_from(self.numbers.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let first = !self.numbers.contains_key(label);
        (*self.numbers.entry(label.to_owned()).or_insert(next), first)
    }

    /// Returns whether a note was referred to.
    pub fn is_referred(&self, label: &str) -> bool {
        self.numbers.contains_key(label)
    }
}

/// Writes words with their marks into the open block.
pub(super) fn write(words: &str, notes: &mut Notes<'_>, builder: &mut BodyBuilder) {
    write_within(words, notes, builder, 0);
}

fn write_within(words: &str, notes: &mut Notes<'_>, builder: &mut BodyBuilder, depth: usize) {
    let mut plain = 0;
    let mut at = 0;
    let mut before = ' ';
    // Where a mark was looked for and not found further on: it need not be looked for again.
    let mut unclosed: HashMap<char, usize> = HashMap::new();
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        let length = match first {
            '*' | '/' | '_' | '=' | '~' | '+' if depth < DEEPEST && opens(before) => {
                let closed = unclosed.get(&first).is_none_or(|from| at < *from);
                let found = closed.then(|| marked(rest, first)).flatten();
                if found.is_none()
                    && closed
                    && !rest.get(1..).is_some_and(|rest| rest.contains(first))
                {
                    unclosed.insert(first, at);
                }
                found.map(|within| {
                    flush(words, plain, at, builder);
                    write_marked(first, within, notes, builder, depth);
                    within.len() + 2
                })
            }
            '[' => link(rest)
                .map(|(length, address, shown)| {
                    flush(words, plain, at, builder);
                    write_link(address, shown, notes, builder, depth);
                    length
                })
                .or_else(|| {
                    // Notes within notes are none.
                    let found =
                        note(rest).filter(|(_, _, inner)| inner.is_none() || depth < DEEPEST);
                    found.map(|(length, label, inner)| {
                        flush(words, plain, at, builder);
                        write_note(label, inner, notes, builder, depth);
                        length
                    })
                })
                .or_else(|| {
                    let (length, shown) = stamp(rest).or_else(|| citation(rest))?;
                    flush(words, plain, at, builder);
                    builder.text(shown);
                    Some(length)
                }),
            'h' if depth < DEEPEST && !before.is_alphanumeric() => {
                address(rest).inspect(|length| {
                    flush(words, plain, at, builder);
                    let address = rest.get(..*length).unwrap_or_default();
                    builder.open_span(SpanKind::Link(address.to_owned()));
                    builder.text(address);
                    builder.close_span();
                })
            }
            '<' => dedicated(rest)
                .map(|(length, name)| {
                    flush(words, plain, at, builder);
                    builder.destination(name);
                    length
                })
                .or_else(|| {
                    stamp(rest).map(|(length, time)| {
                        flush(words, plain, at, builder);
                        builder.text(time);
                        length
                    })
                }),
            '$' | '\\' if let Some(length) = formula(rest, before) => {
                flush(words, plain, at, builder);
                builder.open_span(SpanKind::Code);
                builder.text(rest.get(..length).unwrap_or_default());
                builder.close_span();
                Some(length)
            }
            '{' if depth < DEEPEST => macro_call(rest).map(|(length, argument)| {
                flush(words, plain, at, builder);
                write_within(argument, notes, builder, depth + 1);
                length
            }),
            '@' => exported(rest).inspect(|_| flush(words, plain, at, builder)),
            '\\' if rest.starts_with("\\\\\n") => {
                flush(words, plain, at, builder);
                builder.break_line();
                Some(3)
            }
            _ => None,
        };
        before = first;
        if let Some(length) = length {
            at += length;
            plain = at;
        } else {
            at += first.len_utf8();
        }
    }
    flush(words, plain, words.len(), builder);
}

/// Returns as much of the text as a link or a note is looked for in.
fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(FAR)).unwrap_or(text)
}

fn flush(words: &str, from: usize, to: usize, builder: &mut BodyBuilder) {
    let plain = words.get(from..to).unwrap_or_default();
    if !plain.is_empty() {
        builder.text(plain);
    }
}

fn opens(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '-' | '(' | '{' | '\'' | '"' | '—' | '“' | '‘' | '*' | '/' | '_' | '+'
        )
}

/// Returns what stands between two of the mark, where nothing but the end of a word follows the second.
fn marked(rest: &str, mark: char) -> Option<&str> {
    let inner = rest.get(1..)?;
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let mut from = 0;
    // A mark within words is none; after a few of them there is none.
    for _ in 0..8 {
        let end = from + inner.get(from..)?.find(mark)?;
        let within = inner.get(..end)?;
        let after = inner.get(end + 1..)?.chars().next().unwrap_or(' ');
        let closes = !after.is_alphanumeric() && after != mark;
        if closes && !within.is_empty() && !within.ends_with(char::is_whitespace) {
            return (within.matches('\n').count() <= 2).then_some(within);
        }
        from = end + 1;
    }
    None
}

fn write_marked(
    mark: char,
    within: &str,
    notes: &mut Notes<'_>,
    builder: &mut BodyBuilder,
    depth: usize,
) {
    let kind = match mark {
        '*' => SpanKind::Strong,
        '/' | '_' => SpanKind::Emphasis,
        '+' => SpanKind::Deleted,
        _ => SpanKind::Code,
    };
    let literal = kind == SpanKind::Code;
    builder.open_span(kind);
    if literal {
        builder.text(within);
    } else {
        write_within(within, notes, builder, depth + 1);
    }
    builder.close_span();
}

/// Returns the length of a time stamp and what it says without its brackets: `<2024-05-01 Wed 10:00>`.
fn stamp(rest: &str) -> Option<(usize, &str)> {
    let close = if rest.starts_with('<') { '>' } else { ']' };
    let inner = rest.get(1..)?;
    let end = inner
        .bytes()
        .take(48)
        .position(|byte| byte == close as u8)?;
    let time = inner.get(..end)?;
    let day = time.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some((end + 2, time))
}

/// Returns the length of a citation and what it cites: `[cite/t:see @a p. 5; @b]`.
fn citation(rest: &str) -> Option<(usize, &str)> {
    let near = near(rest);
    let inner = near.strip_prefix("[cite")?;
    let end = inner.find(']')?;
    let (style, cited) = inner.get(..end)?.split_once(':')?;
    let sound = style.is_empty() || style.starts_with('/');
    (sound && cited.contains('@')).then_some((end + "[cite]".len(), cited.trim()))
}

/// Returns the length of a formula of LaTeX within a line.
fn formula(rest: &str, before: char) -> Option<usize> {
    let near = near(rest);
    for (open, close) in [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")] {
        if let Some(inner) = near.strip_prefix(open) {
            return Some(open.len() + inner.find(close)? + close.len());
        }
    }
    let inner = near.strip_prefix('$')?;
    let end = inner.find('$')?;
    let (within, after) = (inner.get(..end)?, inner.get(end + 1..)?);
    let is_close = !within.is_empty()
        && !within.starts_with(char::is_whitespace)
        && !within.ends_with(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';'))
        && within.matches('\n').count() <= 2;
    let stands_apart =
        !before.is_alphanumeric() && before != '$' && !after.starts_with(char::is_alphanumeric);
    (is_close && stands_apart).then_some(end + 2)
}

/// Returns the length of a macro and the words that it is given: `{{{kbd(C-c)}}}`.
fn macro_call(rest: &str) -> Option<(usize, &str)> {
    let inner = near(rest).strip_prefix("{{{")?;
    let end = inner.find("}}}")?;
    let called = inner.get(..end)?;
    let argument = called
        .split_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    Some((end + 6, argument.unwrap_or_default()))
}

/// Returns the length of what is only for another program: `@@html:<br>@@`.
fn exported(rest: &str) -> Option<usize> {
    let inner = near(rest).strip_prefix("@@")?;
    let name = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    let sound = name > 0 && inner.get(name..)?.starts_with(':');
    Some(inner.find("@@")? + 4).filter(|_| sound)
}

/// Returns the length of a link, its address and its words.
pub(super) fn link(rest: &str) -> Option<(usize, &str, Option<&str>)> {
    let inner = near(rest).strip_prefix("[[")?;
    let end = inner.find(']')?;
    let address = inner.get(..end)?;
    if address.contains(['\n', '[']) {
        return None;
    }
    let after = inner.get(end + 1..)?;
    if after.starts_with(']') {
        return Some((end + 4, address, None));
    }
    let words = after.strip_prefix('[')?;
    let close = words.find("]]")?;
    Some((end + close + 6, address, words.get(..close)))
}

fn write_link(
    written: &str,
    shown: Option<&str>,
    notes: &mut Notes<'_>,
    builder: &mut BodyBuilder,
    depth: usize,
) {
    let address = notes.places.address(written);
    if let Some(address) = &address {
        builder.open_span(SpanKind::Link(address.clone()));
    }
    match shown {
        Some(words) if depth < DEEPEST => write_within(words, notes, builder, DEEPEST),
        Some(words) => builder.text(words),
        None => builder.text(
            written
                .trim_start_matches("file:")
                .trim_start_matches(['*', '#'])
                .split("::")
                .next()
                .unwrap_or_default(),
        ),
    }
    if address.is_some() {
        builder.close_span();
    }
}

/// Returns the length of a reference to a note, its label, and the words of one that stands in the line.
fn note(rest: &str) -> Option<(usize, &str, Option<&str>)> {
    let inner = near(rest).strip_prefix("[fn:")?;
    let end = closing(inner).or_else(|| inner.find(']'))?;
    let within = inner.get(..end)?;
    let (label, words) = match within.split_once(':') {
        Some((label, words)) => (label, Some(words)),
        None => (within, None),
    };
    Some((end + 5, label, words))
}

/// Returns where the bracket stands that closes the one before the text: links stand in notes.
fn closing(inner: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'[' => open += 1,
            b']' if open == 0 => return Some(at),
            b']' => open -= 1,
            _ => {}
        }
    }
    None
}

fn write_note(
    label: &str,
    inner: Option<&str>,
    notes: &mut Notes<'_>,
    builder: &mut BodyBuilder,
    depth: usize,
) {
    if let Some(words) = inner {
        builder.text(" (");
        write_within(words.trim(), notes, builder, depth.max(DEEPEST - 1) + 1);
        return builder.text(")");
    }
    if !notes.known.contains(label) {
        return builder.text(&format!("[{label}]"));
    }
    let (number, first) = notes.number(label);
    if first {
        builder.destination(&format!("fnref-{label}"));
    }
    builder.open_span(SpanKind::Link(format!("#fn-{label}")));
    builder.text(&format!("[{number}]"));
    builder.close_span();
}

/// Returns the length of the address that words begin with.
pub(in crate::format) fn address(rest: &str) -> Option<usize> {
    let scheme = ["https://", "http://"]
        .iter()
        .find(|scheme| rest.starts_with(**scheme))?;
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']' | '`' | '|'))
        .unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches([
        '.', ',', ';', ':', '!', '?', ')', '\'', '*', '/', '=', '~', '_',
    ]);
    (address.len() > scheme.len()).then_some(address.len())
}
