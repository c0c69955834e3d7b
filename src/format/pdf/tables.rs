//! Tables: which rows of a page are of one, and in which column each of their pieces stands.
//!
//! A PDF draws no cell that is empty. Which one it is shows only against the other rows: a column is a strip of the
//! page that no piece of the table leaves.

use super::leaders::has_leader;
use super::lines::Piece;
use super::order::Row;

/// How many rows of a table in a row may have a single piece.
const MOST_SINGLE: usize = 3;

/// How many may where they go on with a column that is not the first.
const MOST_WRAPPED: usize = 12;

/// How far apart lines stand at most that may be of one cell, and at least where they are not, in the smallest distance
/// between lines of the table.
const CLOSE: f32 = 1.12;
const WIDE: f32 = 1.3;

/// How far apart rows of a table stand at most, in the leading of the text, where one of them has a single piece.
const APART: f32 = 2.0;

/// How many rows a table has at most that goes on over rows of a single piece: far more than a page has lines.
const MOST_ROWS: usize = 500;

/// How far off each other cells of one column begin, in the size of their type.
const ALIGNED: f32 = 0.3;

/// In one of how many rows a piece may reach over several columns, as the heads of columns do.
const ACROSS: usize = 8;

/// A strip of the page.
type Column = (f32, f32);

/// The cells of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    /// For each piece the column that it stands in, counted from 0.
    pub columns: Vec<usize>,
    /// The row goes on with the cells of the one before, whose words did not fit.
    pub goes_on: bool,
}

/// Returns for each row of a page its cells; nothing for a row of no table. `is_split` tells whether a row has pieces that may be cells.
pub(super) fn cells(
    rows: &[Row],
    is_split: impl Fn(&Row) -> bool,
    leading: f32,
) -> Vec<Option<Cells>> {
    let split: Vec<bool> = rows.iter().map(is_split).collect();
    let mut cells: Vec<Option<Cells>> = rows
        .iter()
        .map(|row| has_leader(&row.text()).then(|| in_turn(row)))
        .collect();
    let mut at = 0;
    while at < rows.len() {
        let end = table_end(rows, &split, at, leading);
        let table = rows.get(at..end).unwrap_or_default();
        if table.len() > 1 {
            // Dots lead from cell to cell: they are the gap.
            let found = cells_of(table).into_iter();
            for (cells, found) in cells.iter_mut().skip(at).zip(found) {
                cells.get_or_insert(found);
            }
        }
        at = end.max(at + 1);
    }
    cells
}

/// Returns the cells of a row, its pieces one after the other.
fn in_turn(row: &Row) -> Cells {
    Cells {
        columns: (0..row.pieces.len()).collect(),
        goes_on: false,
    }
}

/// Returns the cells of the rows of a table.
fn cells_of(table: &[Row]) -> Vec<Cells> {
    let Some(columns) = columns(table) else {
        return table.iter().map(in_turn).collect();
    };
    let mut cells: Vec<Cells> = Vec::new();
    let spacing = Spacing::of(table);
    // The columns that the open row of cells has something in.
    let mut filled: Vec<usize> = Vec::new();
    let mut above: Option<&Row> = None;
    for row in table {
        let mut found = places(row, &columns).map_or_else(
            || in_turn(row),
            |columns| Cells {
                columns,
                goes_on: false,
            },
        );
        let fits = found
            .columns
            .iter()
            .all(|column| filled.binary_search(column).is_ok());
        found.goes_on = fits
            && found.columns.len() < columns.len()
            && above.is_some_and(|above| spacing.goes_on(above, row, &found));
        if !found.goes_on {
            filled.clone_from(&found.columns);
            filled.sort_unstable();
        }
        above = Some(row);
        cells.push(found);
    }
    cells
}

/// How far apart the lines of a table stand.
struct Spacing {
    /// The smallest distance.
    tight: f32,
    /// Rows stand further apart than the lines within a cell.
    parts_rows: bool,
}

impl Spacing {
    fn of(table: &[Row]) -> Self {
        let gaps = table.windows(2).filter_map(|pair| match pair {
            [above, below] => Some(below.y() - above.y()).filter(|gap| *gap > 0.0),
            _ => None,
        });
        let gaps: Vec<f32> = gaps.collect();
        let tight = gaps.iter().copied().fold(f32::MAX, f32::min);
        let wide = gaps.iter().filter(|gap| **gap > tight * WIDE).count();
        Self {
            tight,
            parts_rows: wide > 0 && wide * 6 >= gaps.len(),
        }
    }

    /// Returns whether a line goes on with the cells above it: it stands close below where rows stand apart, or leaves
    /// the first column empty and goes on with the words of the others.
    fn goes_on(&self, above: &Row, row: &Row, cells: &Cells) -> bool {
        let is_close = row.y() - above.y() < self.tight * CLOSE;
        let says_words = |piece: &Piece| piece.text().chars().any(char::is_alphabetic);
        let goes_on = |piece: &Piece| {
            let text = piece.text();
            text.starts_with(char::is_lowercase) || text.starts_with('(')
        };
        let words = row.pieces.iter().all(says_words);
        let in_first = cells.columns.first() == Some(&0);
        is_close && words && (self.parts_rows || !in_first && row.pieces.iter().all(goes_on))
    }
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
    let mut end = match run(from) {
        0 => return from,
        1 => match from_wrapped(rows, from, leading) {
            Some(next) if run(next) > 0 => next + run(next),
            _ => return from,
        },
        several => from + several,
    };
    let columns_to = |end: usize| columns(rows.get(from..end).unwrap_or_default());
    let Some(mut known) = columns_to(end) else {
        return end;
    };
    while end < from + MOST_ROWS {
        let singles = (end..end + MOST_WRAPPED)
            .take_while(|place| {
                is_single(rows, *place, first.column, &known, leading)
                    && (*place < end + MOST_SINGLE || !is_in_first(rows.get(*place), &known))
            })
            .count();
        let next = end + singles;
        let rest = run(next);
        let goes_on = singles > 0 && rest > 0;
        let Some(longer) = goes_on.then(|| columns_to(next + rest)).flatten() else {
            // What stands below another column than the first is no paragraph.
            let below = (end..next).take_while(|place| !is_in_first(rows.get(*place), &known));
            return end + below.count();
        };
        (known, end) = (longer, next + rest);
    }
    end
}

/// Returns the second row of a table whose first has cells of several lines: what follows on these and has cells that
/// begin where those of the first do.
fn from_wrapped(rows: &[Row], from: usize, leading: f32) -> Option<usize> {
    let first = rows.get(from)?;
    let columns: Vec<Column> = first
        .pieces
        .iter()
        .map(|piece| (piece.x0, piece.x1))
        .collect();
    let singles = (from + 1..from + 1 + MOST_WRAPPED)
        .take_while(|place| is_single(rows, *place, first.column, &columns, leading))
        .count();
    let place = from + 1 + singles;
    let next = rows.get(place).filter(|_| singles > 0)?;
    let close = rows.get(place - 1).is_some_and(|above| {
        let gap = next.y() - above.y();
        gap > 0.0 && gap < leading * APART
    });
    let aligned = next.pieces.iter().filter(|piece| {
        columns
            .iter()
            .any(|(left, _)| (piece.x0 - left).abs() < piece.size * ALIGNED)
    });
    (close && aligned.count() >= 2).then_some(place)
}

/// Returns whether a row of a single piece stands in the first column.
fn is_in_first(row: Option<&Row>, columns: &[Column]) -> bool {
    row.and_then(|row| places(row, columns)).as_deref() == Some(&[0])
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
    if strict.len() > most && is_sparse(&all, &strict) {
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

/// Returns whether rows of which none has something in each column are a table nevertheless: at least half of its cells
/// are filled, and each column has several.
fn is_sparse(rows: &[&Row], columns: &[Column]) -> bool {
    let mut counts = vec![0usize; columns.len()];
    for row in rows {
        let Some(places) =
            places(row, columns).filter(|places| places.is_sorted_by(|one, next| one < next))
        else {
            return false;
        };
        for place in places {
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
    }
    rows.len() >= 3
        && counts.iter().all(|count| *count >= 2)
        && counts.iter().sum::<usize>() * 2 >= rows.len() * columns.len()
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
