//! Pieces of lines to rows in the order of reading: columns one after the other, what spans them between.

use super::lines::Piece;

/// The fewest lines that make a column.
const FEWEST: usize = 4;

/// How many characters a line of a column has; the cells of a table are shorter.
const COLUMN: usize = 18;

/// How far apart base lines are level at most, in points.
const LEVEL: f32 = 1.0;

/// How narrow a column may be that is told by nothing but that, as a part of all of them: a margin with notes is less.
const NARROW: f32 = 0.3;

/// One in how many lines may go across a gutter between columns that are told by nothing but that.
const APART: usize = 8;

/// How deep columns are looked for within columns.
const DEEPEST: u8 = 4;

/// How many places are tried for a gutter.
const TRIED: usize = 64;

/// Pieces that stand on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub pieces: Vec<Piece>,
    /// Where the column that it stands in begins and ends.
    pub left: f32,
    pub right: f32,
    /// Which column of the page, counted in the order of reading.
    pub column: u32,
}

impl Row {
    /// Returns its piece of the largest type.
    fn tallest(&self) -> Option<&Piece> {
        self.pieces.iter().max_by(|a, b| a.size.total_cmp(&b.size))
    }

    /// Returns its base line.
    pub fn y(&self) -> f32 {
        self.tallest().map_or(0.0, |piece| piece.y)
    }

    /// Returns the size of its type.
    pub fn size(&self) -> f32 {
        self.pieces
            .iter()
            .max_by_key(|piece| piece.length())
            .map_or(0.0, |piece| piece.size)
    }

    /// Returns where its words begin.
    pub fn x0(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.x0)
    }

    /// Returns where its words end.
    pub fn x1(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.x1)
    }

    /// Returns its words, pieces parted by a blank.
    pub fn text(&self) -> String {
        let pieces: Vec<String> = self.pieces.iter().map(Piece::text).collect();
        pieces.join(" ")
    }
}

/// Returns the rows of a page in the order of reading.
pub(super) fn rows(pieces: Vec<Piece>) -> Vec<Row> {
    let mut rows = Vec::new();
    lay(pieces, DEEPEST, &mut rows);
    rows
}

fn lay(mut pieces: Vec<Piece>, depth: u8, rows: &mut Vec<Row>) {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let Some(gutter) = (depth > 0).then(|| gutter(&pieces)).flatten() else {
        return level(pieces, rows);
    };
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        if piece.x0 < gutter && piece.x1 > gutter {
            if !(left.is_empty() && right.is_empty()) {
                level(std::mem::take(&mut across), rows);
                lay(std::mem::take(&mut left), depth - 1, rows);
                lay(std::mem::take(&mut right), depth - 1, rows);
            }
            across.push(piece);
        } else if piece.x1 <= gutter {
            left.push(piece);
        } else {
            right.push(piece);
        }
    }
    level(across, rows);
    lay(left, depth - 1, rows);
    lay(right, depth - 1, rows);
}

/// Returns the place of the gutter that the most lines stand at both sides of, and few across.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    if pieces.len() < FEWEST * 2 {
        return None;
    }
    let mut starts: Vec<f32> = pieces.iter().map(|piece| piece.x0 - 1.0).collect();
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let step = starts.len().div_ceil(TRIED).max(1);
    let tried = starts.into_iter().step_by(step);
    tried
        .filter_map(|x| Some((x, parted(pieces, x)?)))
        .max_by_key(|(_, score)| *score)
        .map(|(x, _)| x)
}

/// What stands at one side of a gutter.
#[derive(Clone, Copy, Default)]
struct Side {
    lines: usize,
    characters: usize,
    /// How many lines are as long as a column's, and how many characters they have.
    long: usize,
    in_long: usize,
}

impl Side {
    fn add(&mut self, piece: &Piece) {
        let length = piece.length();
        self.lines += 1;
        self.characters += length;
        if length >= COLUMN {
            self.long += 1;
            self.in_long += length;
        }
    }

    /// Returns whether it is a column and not the cells of a table: most of its words stand in long lines. Formulas and
    /// the labels of a figure, all short, do not unmake one.
    fn is_column(self) -> bool {
        self.long >= FEWEST && self.in_long * 10 >= self.characters * 7
    }
}

/// Returns how many lines a gutter at `x` parts, or nothing where it parts no columns.
fn parted(pieces: &[Piece], x: f32) -> Option<usize> {
    let (mut left, mut right, mut across) = (Side::default(), Side::default(), 0);
    for piece in pieces {
        if piece.x0 < x && piece.x1 > x {
            across += 1;
        } else if piece.x1 <= x {
            left.add(piece);
        } else {
            right.add(piece);
        }
    }
    let smaller = left.lines.min(right.lines);
    let are_columns = left.is_column() && right.is_column() && across <= smaller;
    (are_columns || across * APART <= smaller && are_apart(pieces, x, [left, right]))
        .then(|| smaller.saturating_sub(across))
}

/// Returns whether what stands at both sides of a gutter is of two columns of the page, whatever their lines are like:
/// tables, say. The rows of one table are level across any gap in it; two columns that each go their own way are not.
fn are_apart(pieces: &[Piece], x: f32, sides: [Side; 2]) -> bool {
    if sides
        .iter()
        .any(|side| side.lines < FEWEST * 2 || side.characters < COLUMN * FEWEST * 2)
    {
        return false;
    }
    let from = pieces.iter().map(|piece| piece.x0).fold(f32::MAX, f32::min);
    let to = pieces.iter().map(|piece| piece.x1).fold(0.0, f32::max);
    if (x - from).min(to - x) < (to - from) * NARROW {
        return false;
    }
    let lines_of = |is_left: bool| -> Vec<f32> {
        let side = pieces.iter().filter(|piece| (piece.x1 <= x) == is_left);
        let within = side.filter(|piece| piece.x1 <= x || piece.x0 >= x);
        let mut lines: Vec<f32> = within.map(|piece| piece.y).collect();
        // The pieces come from the top to the bottom.
        lines.dedup_by(|a, b| (*a - *b).abs() < LEVEL);
        lines
    };
    let (left, right) = (lines_of(true), lines_of(false));
    let level = level_lines(&left, &right);
    level * 5 < left.len().min(right.len()) * 2
}

/// Returns how many lines of one column have one of the other at their height, both from the top to the bottom.
fn level_lines(left: &[f32], right: &[f32]) -> usize {
    let mut others = right.iter().peekable();
    let has_level = |y: &&f32| {
        while others.next_if(|other| **other < **y - LEVEL).is_some() {}
        others.peek().is_some_and(|other| **other < **y + LEVEL)
    };
    left.iter().filter(has_level).count()
}

/// Puts the pieces of one column into rows.
fn level(pieces: Vec<Piece>, rows: &mut Vec<Row>) {
    let left = pieces.iter().map(|piece| piece.x0).fold(f32::MAX, f32::min);
    let right = pieces.iter().map(|piece| piece.x1).fold(0.0, f32::max);
    let column = rows.last().map_or(0, |row| row.column + 1);
    let first = rows.len();
    // The base line and the size of the row's largest type, kept since a row may have very many pieces.
    let mut tallest = (0.0, 0.0);
    for piece in pieces {
        let is_larger = piece.size >= tallest.1;
        match rows.get_mut(first..).and_then(<[Row]>::last_mut) {
            Some(row) if piece.is_level_at(tallest) => {
                if is_larger {
                    tallest = (piece.y, piece.size);
                }
                row.pieces.push(piece);
            }
            _ => {
                tallest = (piece.y, piece.size);
                rows.push(Row {
                    pieces: vec![piece],
                    left,
                    right,
                    column,
                });
            }
        }
    }
    for row in rows.get_mut(first..).unwrap_or_default() {
        row.pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
}
