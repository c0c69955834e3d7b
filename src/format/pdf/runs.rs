//! The runs of a row as its block has them: cells parted, code kept in its columns, the marker of an item taken off.

use std::collections::HashMap;
use std::mem;

use super::blocks::{Line, Role};
use super::leaders::{has_leader, without_leaders};
use super::lines::{Piece, Run};
use super::order::Row;
use super::typeface::{inked, is_listing};
use crate::document::Marker;

/// The widest indent and the widest gap that code keeps, in characters.
const WIDEST: usize = 60;

/// The dash that begins the items of some lists, and what is said in a dialogue.
pub(super) const DASH: char = '–';

/// The signs that begin the items of a list.
const BULLETS: [char; 13] = [
    '•', '◦', '▪', '‣', '●', '○', '■', '∙', '·', DASH, '\u{f0b7}', '\u{f0a7}', '➢',
];

/// Returns the runs of a row; the cells of a table are parted by tabs, the pieces of other rows by a blank.
pub(super) fn runs(row: &Row, cells: Option<&[usize]>, program: Option<Program>) -> Vec<Run> {
    if let Some(program) = program {
        return program.runs(row);
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    for (place, piece) in row.pieces.iter().enumerate() {
        let column = cells.and_then(|cells| cells.get(place).copied());
        let column = column.unwrap_or_default();
        // An empty cell is parted from the next as any is.
        for _ in at..column {
            runs.push(plain("\t".to_owned()));
        }
        if place > 0 && at >= column {
            runs.push(plain(" ".to_owned()));
        }
        at = at.max(column);
        runs.extend(piece.runs.iter().cloned());
    }
    if cells.is_some() && has_leader(&row.text()) {
        without_leaders(runs)
    } else {
        runs
    }
}

/// Returns what stands before a cell where those before it go on with nothing.
pub(super) fn tabs(column: usize) -> Run {
    plain("\t".repeat(column))
}

fn plain(text: String) -> Run {
    Run {
        text,
        ..Run::default()
    }
}

/// Where the lines of a program begin, and how wide a letter of them is: they keep their columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Program {
    left: f32,
    width: f32,
}

impl Program {
    /// Returns that of a row; nothing where it is no line of a program.
    pub fn of(row: &Row) -> Option<Self> {
        let is_listing = is_listing(row);
        if !is_listing && !inked(row).all(|run| run.face.mono) {
            return None;
        }
        let width = width(row)?;
        let left = if is_listing {
            start_of_listed(row, width)?
        } else {
            row.left
        };
        Some(Self { left, width })
    }

    /// Returns those of the rows of a page: what is numbered begins, in each column, where the first line of it does.
    pub fn all_of(rows: &[Row]) -> Vec<Option<Self>> {
        let mut all: Vec<Option<Self>> = rows.iter().map(Self::of).collect();
        let mut lefts: HashMap<u32, f32> = HashMap::new();
        let listed = || rows.iter().enumerate().filter(|(_, row)| is_listing(row));
        for (place, row) in listed() {
            if let Some(Some(program)) = all.get(place) {
                let left = lefts.entry(row.column).or_insert(f32::MAX);
                *left = left.min(program.left);
            }
        }
        for (place, row) in listed() {
            if let (Some(Some(program)), Some(left)) = (all.get_mut(place), lefts.get(&row.column))
            {
                program.left = *left;
            }
        }
        all
    }

    fn runs(self, row: &Row) -> Vec<Run> {
        let blanks = |width: f32| {
            let most = (width / self.width).round();
            let columns = (1..=WIDEST).take_while(|column| *column as f32 <= most);
            plain(columns.map(|_| ' ').collect())
        };
        let mut runs: Vec<Run> = Vec::new();
        // The number of a line stands before what is kept in columns.
        let mut numbers = usize::from(is_listing(row));
        let mut end: Option<f32> = None;
        for piece in &row.pieces {
            let (number, rest) = piece.runs.split_at(mem::take(&mut numbers));
            for run in number {
                runs.push(plain(format!("{} ", run.text.trim())));
            }
            if rest.is_empty() {
                continue;
            }
            let start = start(piece, rest, self.width);
            runs.push(blanks(match end {
                Some(end) => (start - end).max(self.width),
                None => start - self.left,
            }));
            runs.extend(rest.iter().cloned());
            end = Some(piece.x1);
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// Returns where the last runs of a piece begin.
fn start(piece: &Piece, rest: &[Run], width: f32) -> f32 {
    if rest.len() == piece.runs.len() {
        return piece.x0;
    }
    let text: String = rest.iter().map(|run| run.text.as_str()).collect();
    let length = text.trim_start().chars().count();
    piece.x1 - length as f32 * width
}

/// Returns where the program begins in a line that is numbered.
fn start_of_listed(row: &Row, width: f32) -> Option<f32> {
    let (first, rest) = row.pieces.split_first()?;
    match first.runs.get(1..) {
        Some(program) if !program.is_empty() => Some(start(first, program, width)),
        _ => rest.first().map(|piece| piece.x0),
    }
}

/// Returns how wide the letters of a row of a program are.
fn width(row: &Row) -> Option<f32> {
    let mono = |piece: &&Piece| piece.runs.iter().all(|run| run.face.mono);
    let (mut wide, mut letters) = (0.0, 0usize);
    for piece in row.pieces.iter().filter(mono) {
        wide += piece.x1 - piece.x0;
        letters += piece.length();
    }
    if letters > 0 && wide > 0.0 {
        Some(wide / letters as f32)
    } else {
        row.pieces.last().map(|piece| piece.size * 0.6)
    }
}

/// Returns the marker that a line begins with, and how many bytes it takes with the blank after it.
pub(super) fn marker(text: &str) -> Option<(Marker, usize)> {
    let text = text.trim_end();
    let (first, rest) = text.split_once(char::is_whitespace)?;
    let length = text.len() - rest.trim_start().len();
    let mut letters = first.chars();
    match (letters.next()?, letters.next()) {
        (sign, None) if BULLETS.contains(&sign) => return Some((Marker::Bullet, length)),
        _ => {}
    }
    let number = first
        .strip_suffix(['.', ')'])
        .map(|number| number.trim_start_matches('('))?;
    let is_number = !number.is_empty() && number.len() <= 2;
    let number: u32 = number.parse().ok().filter(|_| is_number)?;
    Some((Marker::Number(number), length))
}

/// Returns a first line without the marker that the item is drawn with.
pub(super) fn without_marker(role: Role, mut line: Line) -> Line {
    if !matches!(role, Role::Item(_)) {
        return line;
    }
    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
    let Some((_, mut length)) = marker(&text) else {
        return line;
    };
    for run in &mut line.runs {
        let cut = run.text.floor_char_boundary(length);
        run.text.drain(..cut);
        length -= cut;
    }
    line.runs.retain(|run| !run.text.is_empty());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_as_long_as_it_is_with_its_blank() {
        for (text, expected) in [
            ("• word", Some("word")),
            ("• word ", Some("word ")),
            ("12)  word  ", Some("word  ")),
            ("word", None),
            ("• ", None),
        ] {
            let rest = marker(text).and_then(|(_, length)| text.get(length..));
            assert_eq!(rest, expected, "{text:?}");
        }
    }
}
