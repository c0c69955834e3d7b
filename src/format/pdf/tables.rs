//! Tables: which rows of a page are of one, and in which column each of their pieces stands.
//!
//! A PDF draws no cell that is empty. Which one it is shows only against the other rows: a column is a strip of the
//! page that no piece of the table leaves.

use super::leaders::has_leader;
use super::order::Row;

/// How many rows of a table in a row may have a single piece.
const MOST_SINGLE: usize = 3;

/// How far apart rows of a table stand at most, in the leading of the text, where one of them has a single piece.
const APART: f32 = 2.0;

/// In one of how many rows a piece may reach over several columns, as the heads of columns do.
const ACROSS: usize = 8;

/// A strip of the page.
type Column = (f32, f32);

/// Returns for each row of a page the columns that its pieces stand in, counted from 0; nothing for a row of no table.
/// `is_split` tells whether a row has pieces that may be cells.
pub(super) fn cells(
    rows: &[Row],
    is_split: impl Fn(&Row) -> bool,
    leading: f32,
) -> Vec<Option<Vec<usize>>> {
    let split: Vec<bool> = rows.iter().map(is_split).collect();
    let mut cells: Vec<Option<Vec<usize>>> = rows
        .iter()
        .map(|row| has_leader(&row.text()).then(|| in_turn(row)))
        .collect();
    let mut at = 0;
    while at < rows.len() {
        let end = table_end(rows, &split, at, leading);
        let table = rows.get(at..end).unwrap_or_default();
        if table.len() > 1 {
            let columns = columns(table);
            for (row, cells) in table.iter().zip(cells.iter_mut().skip(at)) {
                let found = columns.as_deref().and_then(|columns| places(row, columns));
                // Dots lead from cell to cell: they are the gap.
                if cells.is_none() {
                    *cells = Some(found.unwrap_or_else(|| in_turn(row)));
                }
            }
        }
        at = end.max(at + 1);
    }
    cells
}

/// Returns the places of a row's pieces among themselves.
fn in_turn(row: &Row) -> Vec<usize> {
    (0..row.pieces.len()).collect()
}

/// Returns where the table ends that begins at the row at `from`: there, where none does.
fn table_end(rows: &[Row], split: &[bool], from: usize, leading: f32) -> usize {
    let Some(first) = rows.get(from) else {
        return from;
    };
    let is_split = |place: usize| {
        split.get(place).copied().unwrap_or_default()
            && rows
                .get(place)
                .is_some_and(|row| row.column == first.column)
    };
    let run = |from: usize| {
        (from..rows.len())
            .take_while(|place| is_split(*place))
            .count()
    };
    let mut end = from + run(from);
    if end < from + 2 {
        return from;
    }
    loop {
        let table = rows.get(from..end).unwrap_or_default();
        let Some(columns) = columns(table) else {
            return end;
        };
        let singles = (end..end + MOST_SINGLE)
            .take_while(|place| is_single(rows, *place, first.column, &columns, leading))
            .count();
        let next = end + singles;
        let rest = run(next);
        if singles > 0 && rest > 0 {
            end = next + rest;
            continue;
        }
        // Behind the last: what stands below another column than the first is no paragraph.
        let below = (end..next).take_while(|place| {
            let row = rows.get(*place);
            row.and_then(|row| places(row, &columns)).as_deref() != Some(&[0])
        });
        return end + below.count();
    }
}

/// Returns whether a row has a single piece, which stands in one of the columns and close below the row before.
fn is_single(rows: &[Row], place: usize, column: u32, columns: &[Column], leading: f32) -> bool {
    let above = place.checked_sub(1).and_then(|above| rows.get(above));
    let (Some(above), Some(row)) = (above, rows.get(place)) else {
        return false;
    };
    let [piece] = row.pieces.as_slice() else {
        return false;
    };
    let gap = row.y() - above.y();
    let touched = columns
        .iter()
        .filter(|(left, right)| piece.x0 < *right && piece.x1 > *left);
    row.column == column
        && gap > 0.0
        && gap < leading * APART
        && (row.size() - above.size()).abs() < above.size() * 0.1
        && touched.count() == 1
}

/// Returns the columns of a table, from the left; nothing where its rows have none in common, or no row has something
/// in each: the lines of a formula.
fn columns(table: &[Row]) -> Option<Vec<Column>> {
    let most = table.iter().map(|row| row.pieces.len()).max()?;
    let full: Vec<&Row> = table
        .iter()
        .filter(|row| row.pieces.len() == most)
        .collect();
    let all: Vec<&Row> = table.iter().collect();
    let fits = |columns: &Vec<Column>, rows: &[&Row]| {
        columns.len() == most
            && rows.iter().all(|row| {
                let places = places(row, columns);
                places.is_some_and(|places| places.is_sorted_by(|one, next| one < next))
            })
    };
    let strict = strips(&all, 0);
    if fits(&strict, &all) {
        return Some(strict);
    }
    // Heads that reach over several columns have fewer pieces than the rows below them.
    let of_full = strips(&full, 0);
    if fits(&of_full, &full) {
        return Some(of_full);
    }
    let most_of = strips(&all, table.len() / ACROSS);
    fits(&most_of, &full).then_some(most_of)
}

/// Returns the strips that more than `few` of the rows have something in.
fn strips(rows: &[&Row], few: usize) -> Vec<Column> {
    let mut edges: Vec<(f32, bool)> = Vec::new();
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        if piece.x1 > piece.x0 {
            edges.push((piece.x0, true));
            edges.push((piece.x1, false));
        }
    }
    // What ends where another begins ends first.
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut open, mut left) = (0usize, 0.0);
    let mut strips = Vec::new();
    for (x, begins) in edges {
        if begins {
            open += 1;
            if open == few + 1 {
                left = x;
            }
        } else {
            if open == few + 1 {
                strips.push((left, x));
            }
            open = open.saturating_sub(1);
        }
    }
    strips
}

/// Returns the column of each piece of a row: the first that it reaches into, else the nearest. Nothing where there are
/// none.
fn places(row: &Row, columns: &[Column]) -> Option<Vec<usize>> {
    let place = |x0: f32, x1: f32| {
        let first = columns.partition_point(|(_, right)| *right <= x0);
        let distance = |place: usize| {
            let (left, right) = columns.get(place)?;
            Some((left - x1).max(x0 - right).max(0.0))
        };
        match (first.checked_sub(1), distance(first)) {
            (Some(before), None) => Some(before),
            (Some(before), Some(gap)) if distance(before).is_some_and(|other| other < gap) => {
                Some(before)
            }
            (_, Some(_)) => Some(first),
            (None, None) => None,
        }
    };
    row.pieces
        .iter()
        .map(|piece| place(piece.x0, piece.x1))
        .collect()
}
