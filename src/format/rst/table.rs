//! Tables: those drawn as grids, and those whose columns stand below drawn lines.

use super::blocks::Part;
use super::lines::Line;

/// The most lines of a table.
const LINES: usize = 5000;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Whether it names the columns.
    pub header: bool,
    /// The words of its cells.
    pub cells: Vec<String>,
}

/// Returns the rows of the table that a part begins with, and the line after it.
pub(super) fn at(lines: &[Line<'_>], part: Part) -> Option<(Vec<Row>, usize)> {
    let first = lines.get(part.from)?;
    let within = lines.get(part.from..part.to.min(part.from + LINES))?;
    if is_border(first.text) {
        let drawn = within
            .iter()
            .take_while(|line| line.text.starts_with(['+', '|']));
        let drawn: Vec<&str> = drawn.map(|line| line.text).collect();
        return Some((grid(&drawn)?, part.from + drawn.len()));
    }
    let columns = columns(first.text)?;
    let mut borders = Vec::new();
    for (place, line) in within.iter().enumerate() {
        if !line.text.is_empty() && line.indent < part.base {
            break;
        }
        if is_columns(line.text, '=') {
            borders.push(place);
            let ends = within
                .get(place + 1)
                .is_none_or(|next| next.text.is_empty());
            if place > 0 && (ends || borders.len() == 3) {
                break;
            }
        }
    }
    let last = *borders.last().filter(|last| **last > 0)?;
    let named = borders
        .get(1)
        .copied()
        .filter(|_| borders.len() == 3)
        .unwrap_or(0);
    let inner = within.get(1..last)?;
    let mut rows: Vec<Row> = Vec::new();
    for (place, line) in inner.iter().enumerate() {
        if line.text.is_empty() || is_columns(line.text, '=') || is_columns(line.text, '-') {
            continue;
        }
        let cells = cut(line, part.base, &columns);
        let goes_on = cells.first().is_some_and(String::is_empty);
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => add(row, cells),
            None => rows.push(Row {
                header: place + 1 < named,
                cells,
            }),
        }
    }
    Some((rows, part.from + last + 1))
}

/// Adds the words of a line to the cells of its row.
fn add(row: &mut Row, cells: Vec<String>) {
    for (place, words) in cells.into_iter().enumerate() {
        if words.is_empty() {
            continue;
        }
        match row.cells.get_mut(place) {
            Some(cell) if cell.is_empty() => *cell = words,
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&words);
            }
            None => row.cells.push(words),
        }
    }
}

fn is_border(text: &str) -> bool {
    text.len() >= 3
        && text.starts_with('+')
        && text.ends_with('+')
        && text.chars().all(|c| matches!(c, '+' | '-' | '='))
}

fn is_columns(text: &str, sign: char) -> bool {
    text.starts_with(sign) && text.len() >= 3 && text.chars().all(|c| c == sign || c == ' ')
}

/// Returns where the columns below a drawn line begin and end, two at least.
fn columns(text: &str) -> Option<Vec<(usize, usize)>> {
    if !is_columns(text, '=') || !text.contains(' ') {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for run in text.split(' ') {
        if !run.is_empty() {
            columns.push((at, at + run.len()));
        }
        at += run.len() + 1;
    }
    Some(columns)
}

/// Cuts a line at its columns; words that run over the end of one belong to it.
fn cut(line: &Line<'_>, base: usize, columns: &[(usize, usize)]) -> Vec<String> {
    let before = line.indent.saturating_sub(base);
    let signs: Vec<char> = std::iter::repeat_n(' ', before.min(LINES))
        .chain(line.text.chars())
        .collect();
    let mut cells = Vec::with_capacity(columns.len());
    for (place, (start, _)) in columns.iter().enumerate() {
        let end = columns
            .get(place + 1)
            .map_or(signs.len(), |(next, _)| *next);
        let within =
            signs.get((*start).min(signs.len())..end.clamp((*start).min(signs.len()), signs.len()));
        let words: String = within.unwrap_or_default().iter().collect();
        cells.push(words.trim().to_owned());
    }
    cells
}

/// Returns the rows of a grid; a cell that spans several columns or rows stands in the first.
fn grid(lines: &[&str]) -> Option<Vec<Row>> {
    let first = lines.first()?;
    let ends: Vec<usize> = first.match_indices('+').map(|(at, _)| at).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row::default();
    for line in lines.iter().skip(1) {
        if is_border(line) {
            if line.contains('=') {
                for row in &mut rows {
                    row.header = true;
                }
                row.header = true;
            }
            if !row.cells.iter().all(String::is_empty) {
                rows.push(std::mem::take(&mut row));
            }
            row = Row::default();
            continue;
        }
        let signs: Vec<char> = line.chars().collect();
        let mut cells = vec![String::new(); ends.len().saturating_sub(1)];
        let mut open = 0;
        for (place, pair) in ends.windows(2).enumerate() {
            let [start, end] = pair else { continue };
            let is_edge = signs
                .get(*start)
                .is_some_and(|sign| matches!(sign, '|' | '+'));
            if is_edge {
                open = place;
            }
            let from = start + usize::from(is_edge);
            let within =
                signs.get(from.min(signs.len())..(*end).clamp(from.min(signs.len()), signs.len()));
            if let Some(cell) = cells.get_mut(open) {
                cell.extend(within.unwrap_or_default());
            }
        }
        let cells = cells
            .into_iter()
            .map(|cell| cell.trim().trim_matches('|').to_owned());
        let cells: Vec<String> = cells
            .map(|cell| if is_line(&cell) { String::new() } else { cell })
            .collect();
        if row.cells.is_empty() {
            row.cells = cells;
        } else {
            add(&mut row, cells);
        }
    }
    if !row.cells.iter().all(String::is_empty) {
        rows.push(row);
    }
    (!rows.is_empty()).then_some(rows)
}

/// Returns whether a cell holds only the edge of the next.
fn is_line(cell: &str) -> bool {
    cell.len() >= 3 && cell.chars().all(|c| matches!(c, '-' | '+' | '='))
}
