//! Signs of Obsidian, Pandoc and kramdown within the words: `==marked==`, `%%comment%%`, the name of a block (`^name`),
//! and attributes (`{.class #name width=50%}`).

use super::{Edits, FURTHEST, Run};
use crate::format::signs::places;

/// The shortest name of a block: `m ^2` is none.
const SHORTEST_NAME: usize = 3;

/// Mends the signs of one block.
pub(super) fn mend(run: &Run, text: &str, edits: &mut Edits) {
    for piece in &run.pieces {
        let Some(words) = text.get(piece.range.clone()) else {
            continue;
        };
        if words.contains('{') {
            attributes(run, words, piece.range.start, text, edits);
        }
    }
    pairs(run, text, "==", edits);
    pairs(run, text, "%%", edits);
    if let Some(last) = run.pieces.last() {
        let ends = run
            .covered
            .as_ref()
            .is_some_and(|all| all.end == last.range.end);
        let words = text.get(last.range.clone()).unwrap_or_default().trim_end();
        if ends && let Some((before, name)) = block_name(words) {
            let from = last.range.start + before;
            let to = last.range.start + words.len();
            edits.put(from..to, format!("<a id=\"^{name}\"></a>"));
        }
    }
}

/// Cuts attributes out.
fn attributes(run: &Run, words: &str, start: usize, text: &str, edits: &mut Edits) {
    for (at, _) in words.match_indices('{') {
        let from = start + at;
        let before = run.before(text, from);
        let rest = text.get(from + 1..).unwrap_or_default();
        // Within a word it is a class or none: `a{width=9}` is a thing of programs.
        let within = before.is_some_and(char::is_alphanumeric) && !rest.starts_with('.');
        if before == Some('\\') || within {
            continue;
        }
        let near = rest
            .get(..rest.floor_char_boundary(FURTHEST.min(rest.len())))
            .unwrap_or_default();
        let end = near.find(['}', '\n', '{']);
        let Some(end) =
            end.filter(|end| near.get(*end..).is_some_and(|rest| rest.starts_with('}')))
        else {
            continue;
        };
        if near.get(..end).is_some_and(are_attributes) {
            edits.cut(from..from + end + 2);
        }
    }
}

/// Returns whether these are attributes: classes, names, and values that need quoting only where they have blanks.
pub(super) fn are_attributes(inner: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
    };
    let inner = inner.trim().trim_start_matches(':').trim_start();
    let mut words = inner.split_whitespace().peekable();
    words.peek().is_some()
        && inner.starts_with(['.', '#'])
        && words.all(|word| match word.split_once('=') {
            Some((name, value)) => is_name(name) && !value.is_empty(),
            None => word.strip_prefix(['.', '#']).is_some_and(is_name),
        })
        || ["width=", "height=", "target=", "rel="]
            .iter()
            .any(|name| inner.starts_with(name))
}

/// Mends what stands between two equal signs: a highlight becomes one, a comment goes.
fn pairs(run: &Run, text: &str, sign: &str, edits: &mut Edits) {
    let mut open: Option<(usize, u32)> = None;
    for piece in &run.pieces {
        let words = text.get(piece.range.clone()).unwrap_or_default();
        for at in places(words, sign) {
            let from = piece.range.start + at;
            let to = from + sign.len();
            let (before, after) = (run.before(text, from), run.after(text, to));
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_longer = before == sign.chars().next() || after == sign.chars().next();
            let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
            match open {
                _ if is_longer => {}
                Some((start, nest)) if nest == piece.nest => {
                    if sign == "%%" {
                        edits.cut(start..to);
                    } else if !is_blank(before) && !is_letter(after) {
                        edits.put(start..start + sign.len(), "<em>");
                        edits.put(from..to, "</em>");
                    } else {
                        continue;
                    }
                    open = None;
                }
                _ if !is_letter(before) && (sign == "%%" || !is_blank(after)) => {
                    open = Some((from, piece.nest));
                }
                _ => {}
            }
        }
    }
}

/// Returns where the name of a block begins, with the blank before it, and the name.
fn block_name(words: &str) -> Option<(usize, &str)> {
    let (before, name) = words.rsplit_once('^')?;
    let is_name = name.len() >= SHORTEST_NAME
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && name.contains(|c: char| c.is_ascii_alphabetic());
    let bare = before.trim_end();
    (is_name && (bare.len() < before.len() || before.is_empty())).then_some((bare.len(), name))
}
