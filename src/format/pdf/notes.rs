//! Notes at the foot of a column, told by their small type.

use std::collections::HashSet;

use super::order::Row;
use super::typeface::Type;

/// How much smaller than the text's the type of a note is.
const NOTE: f32 = 0.9;

/// Returns the places of the rows that are notes at the foot of a column.
pub(super) fn at_foot(rows: &[Row], face: &Type) -> HashSet<usize> {
    let middle = rows.iter().map(Row::y).fold(0.0, f32::max) / 2.0;
    let mut notes = HashSet::new();
    let mut column = None;
    let mut at_foot = true;
    for (place, row) in rows.iter().enumerate().rev() {
        if column != Some(row.column) {
            (column, at_foot) = (Some(row.column), true);
        }
        at_foot &= row.size() < face.size * NOTE && row.y() > middle && row.pieces.len() == 1;
        if at_foot {
            notes.insert(place);
        }
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
