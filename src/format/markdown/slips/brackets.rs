//! Brackets that were left over: links whose address has blanks, a mark in its title or no end, shortcodes of
//! `WordPress`, and notes within the line.

use std::ops::Range;

use super::{Edits, FURTHEST, Run, is_escaped, note_name, signs};

/// The shortcodes of `WordPress` that lead somewhere or show nothing by themselves, by what a link to it is called.
const SHORTCODES: [(&str, &str); 11] = [
    ("youtube", "YouTube"),
    ("vimeo", "Vimeo"),
    ("soundcloud", "SoundCloud"),
    ("slideshare", "Slides"),
    ("audio", "Sound"),
    ("video", "Film"),
    ("embed", "Embedded page"),
    ("googlemaps", "Map"),
    ("caption", ""),
    ("gallery", ""),
    ("playlist", ""),
];

/// How many brackets may be open at once.
const DEEPEST: usize = 32;

/// Mends the brackets of one block.
pub(super) fn mend(run: &Run, text: &str, edits: &mut Edits) {
    let end = run.covered.clone().unwrap_or_default().end;
    let mut open: Vec<(usize, u32)> = Vec::new();
    for piece in &run.pieces {
        let at = piece.range.start;
        match text.get(piece.range.clone()) {
            Some("[" | "![") if open.len() < DEEPEST && !is_escaped(text, at) => {
                open.push((piece.range.end, piece.nest));
            }
            Some("]") if !is_escaped(text, at) => {
                let Some((from, nest)) = open.pop() else {
                    continue;
                };
                if nest == piece.nest {
                    let after = text.get(at + 1..end).unwrap_or_default();
                    closed(from..at, after, text, edits);
                }
            }
            _ => {}
        }
    }
}

/// Mends what the words between two brackets belong to.
fn closed(words: Range<usize>, after: &str, text: &str, edits: &mut Edits) {
    let within = text.get(words.clone()).unwrap_or_default();
    let before = text.get(..words.start - 1).unwrap_or_default();
    if before.ends_with('^') && !is_escaped(before, before.len() - 1) {
        if !within.trim().is_empty() {
            edits.notes.push(within.replace('\n', " "));
            let name = note_name(edits.notes.len() - 1);
            edits.put(words.start - 2..words.end + 1, format!("[^{name}]"));
        }
        return;
    }
    let near = after
        .get(..after.floor_char_boundary(FURTHEST))
        .unwrap_or_default();
    // `[words]{.class}` of Pandoc.
    if let Some((inner, _)) = near.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        && signs::are_attributes(inner)
    {
        edits.cut(words.start - 1..words.start);
        return edits.cut(words.end..words.end + 1);
    }
    if let Some(shown) = shortcode(within) {
        return edits.put(words.start - 1..words.end + 1, shown);
    }
    let line = near.split('\n').next().unwrap_or_default();
    let skipped = usize::from(line.starts_with(" (http"));
    let Some(inner) = line.get(skipped..).and_then(|line| line.strip_prefix('(')) else {
        return;
    };
    if let Some((address, length)) = address(inner) {
        let from = words.end + 1;
        let to = from + skipped + 1 + length;
        let written = if address.is_empty() {
            "()".to_owned()
        } else {
            format!("(<{address}>)")
        };
        edits.put(from..to, written);
    }
}

/// Returns the address that stands before a closing bracket, and how long it is with all up to that bracket.
fn address(inner: &str) -> Option<(String, usize)> {
    let title = inner.find(['"', '“']);
    let close = inner.find(')');
    let bare = |address: &str| address.trim().replace(['<', '>', '\\'], "");
    if let Some(title) = title.filter(|title| close.is_none_or(|close| *title < close)) {
        let length = ["\")", "”)"]
            .iter()
            .filter_map(|end| Some(inner.find(end)? + end.len()))
            .min()
            .or(close.map(|close| close + 1))?;
        return Some((bare(inner.get(..title)?), length));
    }
    if let Some(close) = close {
        return Some((bare(inner.get(..close)?), close + 1));
    }
    // It never ends: the address is over where a blank is.
    let end = inner.find(char::is_whitespace)?;
    let first = inner.get(..end)?;
    let leads = ["/", "http://", "https://", "mailto:"];
    leads
        .iter()
        .any(|lead| first.starts_with(lead))
        .then(|| (bare(first), end))
}

/// Returns what a shortcode shows, where it is one.
fn shortcode(within: &str) -> Option<String> {
    let inner = within.trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
    let (name, rest) = inner.split_at_checked(end.unwrap_or(inner.len()))?;
    let (_, label) = SHORTCODES.iter().find(|(known, _)| *known == name)?;
    let closes = within.starts_with('/');
    // `[video]` by itself is a remark of the author.
    if !closes && !rest.contains('=') && !rest.contains("://") {
        return None;
    }
    let address = rest.find("http").and_then(|at| {
        let address = rest.get(at..)?;
        let end = address.find(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '″' | '“' | ']' | '>' | '<')
        });
        address.get(..end.unwrap_or(address.len()))
    });
    Some(match address {
        Some(address) if !label.is_empty() => format!("[{label}](<{address}>)"),
        _ => String::new(),
    })
}
