//! What of a line stands as it is written: code between ticks, formulas between signs of dollars.

use std::ops::Range;

/// How far the end of code within a line is looked for, in bytes.
const FURTHEST: usize = 4096;

/// Returns what of a line is no shortcode, whatever it looks like: code between as many ticks, formulas between signs of
/// dollars.
pub(super) fn literals(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'`', b'$', bytes.get(at..).unwrap_or_default()) {
        let start = at + next;
        let rest = line.get(start..).unwrap_or_default();
        let length = if rest.starts_with('`') {
            code_length(rest)
        } else {
            formula_length(rest)
        };
        at = start + length.unwrap_or_else(|| rest.len() - rest.trim_start_matches('`').len());
        if let Some(length) = length {
            found.push(start..start + length);
        } else if rest.starts_with('$') {
            at = start + 1;
        }
    }
    found
}

/// Returns the length of the code that a line goes on with, its ticks included.
fn code_length(rest: &str) -> Option<usize> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let near = rest.get(..rest.floor_char_boundary(FURTHEST))?;
    let mut at = ticks;
    while let Some(next) = near.get(at..)?.find('`') {
        let run = near.get(at + next..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        at += next + length;
        if length == ticks {
            return Some(at);
        }
    }
    None
}

/// Returns the length of the formula that a line goes on with, its signs included: a blank stands neither before its end
/// nor behind its beginning, as money has it.
fn formula_length(rest: &str) -> Option<usize> {
    let signs = if rest.starts_with("$$") { 2 } else { 1 };
    let inner = rest.get(signs..)?;
    let end = inner.find('$')?;
    let formula = inner.get(..end)?;
    let after = inner.get(end..)?;
    let is_closed = signs == 1 || after.starts_with("$$");
    let is_blank = |c: char| c.is_whitespace();
    let is_tight =
        !formula.is_empty() && !formula.starts_with(is_blank) && !formula.ends_with(is_blank);
    let is_money = after
        .get(1..)
        .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    (is_closed && (signs == 2 || is_tight && !is_money)).then_some(signs + end + signs)
}
