//! Notes at the foot of a column, told by their small type.

use std::collections::HashSet;

use super::order::Row;
use super::typeface::Type;

/// How much smaller than the text's the type of a note is.
const NOTE: f32 = 0.9;

/// Returns the places of the rows that are notes at the foot of a column: below text of the column itself, all in the
/// lower half of the page. What fills a column in small type from further up, or goes on at the head of the next one,
/// is text of its own: a list of references.
pub(super) fn at_foot(rows: &[Row], face: &Type) -> HashSet<usize> {
    let middle = rows.iter().map(Row::y).fold(0.0, f32::max) / 2.0;
    let is_small = |row: &Row| row.size() < face.size * NOTE;
    let mut notes = HashSet::new();
    let mut end = rows.len();
    let mut goes_on = false;
    for column in rows.chunk_by(|one, next| one.column == next.column).rev() {
        let start = end - column.len();
        let may_be = |row: &&Row| is_small(row) && row.y() > middle && row.pieces.len() == 1;
        let count = column.iter().rev().take_while(may_be).count();
        let above = column.iter().rev().nth(count);
        let is_below_text = above
            .is_some_and(|above| !is_small(above) && !face.is_large(above) && !face.is_bold(above));
        if is_below_text && !goes_on {
            notes.extend(end - count..end);
        }
        goes_on = column.first().is_some_and(is_small);
        end = start;
    }
    notes
}

/// Returns whether a line begins a note: with a number or a sign.
pub(super) fn begins(line: &str) -> bool {
    line.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '§' | '[') || is_raised(c)
    })
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}
