//! Tags of HTML that are none because of the marks in them: `<a href="x>`, `<img alt="the "new" look">`.

use super::{Edits, FURTHEST, Run};

/// Mends the tags of one block.
pub(super) fn mend(run: &Run, text: &str, edits: &mut Edits) {
    let mut reached = 0;
    for piece in &run.pieces {
        let at = piece.range.start;
        if at < reached || text.get(piece.range.clone()) != Some("<") {
            continue;
        }
        let end = run.covered.clone().unwrap_or_default().end;
        let end = text.floor_char_boundary(end.min(at + FURTHEST));
        let near = text.get(at..end).unwrap_or_default();
        if let Some((written, length)) = tag(near) {
            reached = at + length;
            edits.put(at..reached, written);
        }
    }
}

/// Returns the link or picture that a text begins with, written soundly, and how long it was.
fn tag(near: &str) -> Option<(String, usize)> {
    let name = ["a", "img"].into_iter().find(|name| {
        let rest = near.get(1..=name.len());
        let after = near.get(1 + name.len()..).unwrap_or_default();
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name))
            && after.starts_with(char::is_whitespace)
    })?;
    let end = near.find('>')?;
    let inner = near.get(1 + name.len()..end)?.trim_end_matches('/');
    let mut written = format!("<{name}");
    for wanted in ["href", "src", "alt", "title"] {
        if let Some(value) = value(inner, wanted) {
            let value = value.replace('"', "&quot;").replace('\n', " ");
            written.extend([" ", wanted, "=\"", &value, "\""]);
        }
    }
    (written.contains('=')).then(|| (written + ">", end + 1))
}

/// Returns the value of an attribute: it ends at the mark that another attribute, or nothing, follows.
fn value<'t>(inner: &'t str, name: &str) -> Option<&'t str> {
    let at = inner.match_indices(name).find_map(|(at, _)| {
        let before = inner.get(..at)?.ends_with(char::is_whitespace);
        let rest = inner.get(at + name.len()..)?.trim_start();
        (before && rest.starts_with('=')).then_some(at + name.len())
    })?;
    let rest = inner
        .get(at..)?
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(mark) = mark else {
        return rest.split_whitespace().next();
    };
    let rest = rest.get(1..)?;
    let ends = |at: usize| {
        let after = rest.get(at + 1..).unwrap_or_default();
        let bare = after.trim_start();
        let named = bare.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        bare.is_empty()
            || (bare.len() < after.len()
                && named.is_some_and(|end| {
                    end > 0 && bare.get(end..).is_some_and(|rest| rest.starts_with('='))
                }))
    };
    let mut marks = rest.match_indices(mark).map(|(at, _)| at);
    let end = marks.find(|at| ends(*at)).unwrap_or(rest.len());
    rest.get(..end)
}
