//! Running headers, footers, page numbers and the numbers of lines: what stands at the same place on page after page.

use std::collections::{HashMap, HashSet};

use super::lines::Piece;
use super::order::Row;

/// How much of a page, at its head and at its foot, furniture is looked for in.
const MARGIN: f32 = 0.13;

/// The same for the first and the last line of a page that bear its number.
const OUTER: f32 = 0.2;

/// How many characters the longest running head has: what is longer is text that happens to repeat, unless it does on
/// most pages of several: a bar of links.
const LONGEST: usize = 100;
const MOST_OF: usize = 6;

/// Two pages that agree may do so by accident, such as two forms with the same question: of a file with fewer pages
/// than these, only the outermost line of a page may go.
const FEW: usize = 3;

/// How many lines of a page are numbered at least where all of them are.
const NUMBERED: usize = 15;

/// Takes the numbers of lines out of the pages, where most pages number theirs: a manuscript's, in the margin.
pub(super) fn clear_line_numbers(pages: &mut [(Vec<Piece>, f32)]) {
    let numbered: Vec<HashSet<usize>> = pages
        .iter()
        .map(|(pieces, _)| line_numbers(pieces))
        .collect();
    let with_numbers = numbered.iter().filter(|page| !page.is_empty()).count();
    if pages.len() < 2 || with_numbers * 3 < pages.len() * 2 {
        return;
    }
    for ((pieces, _), numbers) in pages.iter_mut().zip(numbered) {
        let mut place = 0;
        pieces.retain(|_| {
            place += 1;
            !numbers.contains(&(place - 1))
        });
    }
}

/// Returns the places of the pieces that number the lines of a page: one below the other, each the next number, with
/// nothing further out in the margin.
fn line_numbers(pieces: &[Piece]) -> HashSet<usize> {
    let mut columns: HashMap<i32, Vec<(usize, u32)>> = HashMap::new();
    for (place, piece) in pieces.iter().enumerate() {
        let text = piece.text();
        let number = (text.len() <= 5)
            .then(|| text.trim().parse().ok())
            .flatten();
        if let Some(number) = number {
            let column = columns.entry((piece.x1 / 3.0) as i32).or_default();
            column.push((place, number));
        }
    }
    let left = pieces.iter().map(|piece| piece.x0).fold(f32::MAX, f32::min);
    let Some(numbers) = columns.into_values().max_by_key(Vec::len) else {
        return HashSet::new();
    };
    let in_turn = numbers
        .windows(2)
        .filter(|pair| matches!(pair, [(_, a), (_, b)] if *b == a + 1 || *b == a + 5))
        .count();
    let outermost = numbers.iter().any(|(place, _)| {
        pieces
            .get(*place)
            .is_some_and(|piece| piece.x0 <= left + 6.0)
    });
    if numbers.len() >= NUMBERED && in_turn * 10 >= numbers.len() * 8 && outermost {
        numbers.into_iter().map(|(place, _)| place).collect()
    } else {
        HashSet::new()
    }
}

/// Takes the furniture out of the pages, each with its height.
pub(super) fn clear(pages: &mut [(Vec<Row>, f32)]) {
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    let few = pages.len() < FEW;
    for (rows, height) in pages.iter() {
        let edges = few.then(|| edges(rows));
        let mut here: Vec<(String, i32)> = rows
            .iter()
            .filter(|row| is_marginal(row, *height) && is_at_edge(row, edges))
            .map(place)
            .collect();
        here.sort();
        here.dedup();
        for place in here {
            *seen.entry(place).or_default() += 1;
        }
    }
    // Left and right pages differ, and so do the heads of chapters: three of a kind are no accident.
    let of_short = if pages.len() < 4 { 2 } else { 3 };
    let of_long = (pages.len() / 2).max(MOST_OF);
    let several = pages.len() > 1;
    let first = first_number(pages);
    let mut stay = Vec::with_capacity(pages.len());
    for (page, (rows, height)) in (0i64..).zip(pages.iter()) {
        let edges = few.then(|| edges(rows));
        let outer = outermost(rows);
        let stays = |row: &Row| {
            let is_outer = outer.contains(&row.y());
            let says = |first: i64| numbers_of(row, *height).contains(&(page + first));
            if is_outer && first.is_some_and(says) {
                return false;
            }
            if !is_marginal(row, *height) {
                return true;
            }
            if several && is_page_number(&row.text()) {
                return false;
            }
            if !is_at_edge(row, edges) {
                return true;
            }
            let (text, y) = place(row);
            let repeated: usize = (y - 1..=y + 1)
                .filter_map(|y| seen.get(&(text.clone(), y)))
                .sum();
            repeated < if is_short(row) { of_short } else { of_long }
        };
        stay.push(rows.iter().map(stays).collect::<Vec<bool>>());
    }
    // Pages of nothing but one repeated line say that line.
    if !stay.iter().flatten().any(|stays| *stays) {
        return;
    }
    for ((rows, _), stay) in pages.iter_mut().zip(stay) {
        let mut stay = stay.into_iter();
        rows.retain(|_| stay.next().unwrap_or(true));
    }
}

/// Returns the number of the first page, where most pages bear theirs at their head or foot: alone, or at an end of a
/// running head, which may differ on each of them.
fn first_number(pages: &[(Vec<Row>, f32)]) -> Option<i64> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for (page, (rows, height)) in (0i64..).zip(pages) {
        let outer = outermost(rows);
        let mut firsts: Vec<i64> = rows
            .iter()
            .filter(|row| outer.contains(&row.y()))
            .flat_map(|row| numbers_of(row, *height))
            .map(|number| number - page)
            .collect();
        firsts.sort_unstable();
        firsts.dedup();
        for first in firsts {
            *counts.entry(first).or_default() += 1;
        }
    }
    let (first, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= FEW && count * 2 > pages.len()).then_some(first)
}

/// Returns where the first and the last line of a page stand.
fn outermost(rows: &[Row]) -> [f32; 2] {
    let y = rows.iter().map(Row::y);
    [
        y.clone().fold(f32::INFINITY, f32::min),
        y.fold(f32::NEG_INFINITY, f32::max),
    ]
}

/// Returns the numbers that a row may say the page by: it is one, or it is a short line at the edge of the page that
/// has one at either end.
fn numbers_of(row: &Row, height: f32) -> Vec<i64> {
    let text = row.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: Option<&&str>| -> Option<i64> {
        let word = word?;
        let is_number = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| word.parse().ok()).flatten()
    };
    let y = row.y() / height.max(1.0);
    let is_near_edge = !(OUTER..=1.0 - OUTER).contains(&y);
    let may_run = words.len() == 1 || is_near_edge && is_short(row);
    let ends = [words.first(), words.last()].map(number);
    ends.into_iter().flatten().filter(|_| may_run).collect()
}

fn is_marginal(row: &Row, height: f32) -> bool {
    row.y() < height * MARGIN || row.y() > height * (1.0 - MARGIN)
}

/// Returns where the first and the last line of a page stand, its number aside.
fn edges(rows: &[Row]) -> [f32; 2] {
    let lines = rows.iter().filter(|row| !is_page_number(&row.text()));
    lines.fold([f32::INFINITY, f32::NEG_INFINITY], |[first, last], row| {
        [first.min(row.y()), last.max(row.y())]
    })
}

/// Returns whether a row is no longer than running heads are.
fn is_short(row: &Row) -> bool {
    let length: usize = row.pieces.iter().map(Piece::length).sum();
    length < LONGEST
}

/// Returns whether a row stands on one of the edges, where they are given.
fn is_at_edge(row: &Row, edges: Option<[f32; 2]>) -> bool {
    let is_at = |edge: f32| (row.y() - edge).abs() < row.size() * 0.5;
    edges.is_none_or(|edges| edges.into_iter().any(is_at))
}

/// Returns what tells a row on one page from the same on another: its words without their numbers, and its height.
fn place(row: &Row) -> (String, i32) {
    let mut text = String::new();
    for c in row.text().chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !text.ends_with('#') {
                    text.push('#');
                }
            }
            c if c.is_whitespace() => {}
            c => text.extend(c.to_lowercase()),
        }
    }
    (text, (row.y() / 4.0) as i32)
}

/// Returns whether a row is a page's number and nothing else: `7`, `– 7 –`, `Page 7 of 9`, `xiv`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
    let is_roman = |word: &str| word.len() <= 6 && word.chars().all(|c| "ivxlc".contains(c));
    match words.as_slice() {
        [one] => is_number(one) || is_roman(one),
        [one, two] => is_number(two) && matches!(*one, "Page" | "page" | "p" | "Seite" | "Page."),
        [_, number, _, total] => {
            text.to_lowercase().starts_with("page") && is_number(number) && is_number(total)
        }
        _ => false,
    }
}
