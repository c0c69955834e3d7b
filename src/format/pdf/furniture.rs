//! Running headers, footers, page numbers and the numbers of lines: what stands at the same place on page after page.

use std::collections::{HashMap, HashSet};

use super::lines::Piece;
use super::order::Row;
use super::outline::Bookmarks;
use super::typeface::{Type, halves, typeface};
use crate::config::printed::printed;

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

/// How many words a line in the type of a heading has at most that differs from that of the next page by its number
/// alone and is one nevertheless: `Problem set 3`.
const COUNTED: usize = 3;

/// How many words a line in heavy type no larger than the text's has at most that is a heading: `Question 3`. The
/// running heads of some books are heavy, and longer.
const HEAVY: usize = 2;

/// How many numbers are looked at, from either end of a line, of which one may count the pages.
const NUMBERS: usize = 2;

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

/// Takes the furniture out of the pages, each with its height. What is set in the type of headings, or named by a
/// bookmark of its page, stays; where it is said again on the next pages, as on slides that are built up step by step,
/// it is said once.
pub(super) fn clear(pages: &mut [Vec<Row>], heights: &[f32], bookmarks: &Bookmarks) {
    let file = File::of(pages, heights);
    let face = typeface(pages);
    let mut said: HashMap<(String, i32), i64> = HashMap::new();
    let mut stay = Vec::with_capacity(pages.len());
    for (page, (rows, height)) in (0i64..).zip(pages.iter().zip(heights)) {
        let on_page = OnPage::of(rows, *height, page, file.few);
        let mut stays_here = Vec::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            let goes = file.is_furniture(row, &on_page, || is_heading(row, &face));
            let stays = match goes {
                Goes::No => true,
                Goes::Number => is_named(rows, place, page, bookmarks),
                Goes::Repeats => {
                    is_named(rows, place, page, bookmarks)
                        || is_heading(row, &face) && !was_said(row, page, &mut said)
                }
            };
            stays_here.push(stays);
        }
        stay.push(stays_here);
    }
    // Pages of nothing but one repeated line say that line.
    if !stay.iter().flatten().any(|stays| *stays) {
        return;
    }
    for (rows, stay) in pages.iter_mut().zip(stay) {
        let mut stay = stay.into_iter();
        rows.retain(|_| stay.next().unwrap_or(true));
    }
}

/// Whether a row is furniture, as far as its place and its words tell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goes {
    No,
    /// It is the number of its page and nothing else.
    Number,
    /// Its like stands on other pages.
    Repeats,
}

/// What the pages of a file have in common.
struct File {
    /// On how many pages a text stands at a height.
    seen: HashMap<(String, i32), usize>,
    /// How many pages bear a number that so much is taken from to count from nought.
    firsts: HashMap<i64, usize>,
    /// The number of the first page, where most pages bear theirs.
    first: Option<i64>,
    pages: usize,
    few: bool,
}

/// What is known of a page.
struct OnPage {
    height: f32,
    /// From 0.
    page: i64,
    /// Where its first and its last line stand.
    outermost: [f32; 2],
    /// The same, its number aside, in a file of few pages.
    edges: Option<[f32; 2]>,
}

impl OnPage {
    fn of(rows: &[Row], height: f32, page: i64, few: bool) -> Self {
        Self {
            height,
            page,
            outermost: outermost(rows),
            edges: few.then(|| edges(rows)),
        }
    }
}

impl File {
    fn of(pages: &[Vec<Row>], heights: &[f32]) -> Self {
        let few = pages.len() < FEW;
        let mut seen: HashMap<(String, i32), usize> = HashMap::new();
        let mut firsts: HashMap<i64, usize> = HashMap::new();
        for (page, (rows, height)) in (0i64..).zip(pages.iter().zip(heights)) {
            let on_page = OnPage::of(rows, *height, page, few);
            let mut here = HashSet::new();
            let mut numbers = HashSet::new();
            for row in rows {
                let is_marginal = is_marginal(row, *height);
                if is_marginal && is_at_edge(row, on_page.edges) {
                    let y = band(row);
                    here.extend(texts(row, page).into_iter().map(|text| (text, y)));
                }
                if on_page.outermost.contains(&row.y())
                    || is_marginal && page_number(&row.text()).is_some()
                {
                    numbers.extend(numbers_of(row, *height).into_iter().map(|it| it - page));
                }
            }
            for text in here {
                *seen.entry(text).or_default() += 1;
            }
            for first in numbers {
                *firsts.entry(first).or_default() += 1;
            }
        }
        let most = firsts
            .iter()
            .max_by_key(|(first, count)| (**count, **first));
        let first = most
            .filter(|(_, count)| **count >= FEW && **count * 2 > pages.len())
            .map(|(first, _)| *first);
        Self {
            seen,
            firsts,
            first,
            pages: pages.len(),
            few,
        }
    }

    /// Returns whether a row is furniture; a heading may be as large as it likes and is never a number alone.
    fn is_furniture(&self, row: &Row, on: &OnPage, is_heading: impl Fn() -> bool) -> Goes {
        let is_outer = on.outermost.contains(&row.y());
        let is_marginal = is_marginal(row, on.height);
        if !is_outer && !is_marginal {
            return Goes::No;
        }
        let text = row.text();
        let number = page_number(&text);
        let says = |first: i64| numbers_of(row, on.height).contains(&(on.page + first));
        let in_step = self.first.is_some_and(says);
        if is_outer && in_step {
            return match number {
                Some(_) => Goes::Number,
                None if !is_heading() => Goes::Number,
                None if text.split_whitespace().count() > COUNTED => Goes::Repeats,
                None => Goes::No,
            };
        }
        if !is_marginal {
            return Goes::No;
        }
        // A lone number may be the last word of a paragraph, or in a table.
        let counts = match number {
            Some(PageNumber::Number(number)) => {
                let like = self.firsts.get(&(number - on.page));
                in_step || is_outer && (self.first.is_none() || like.is_some_and(|like| *like > 1))
            }
            Some(PageNumber::Named | PageNumber::Roman) => is_outer,
            None => false,
        };
        if self.pages > 1 && counts && !is_heading() {
            return Goes::Number;
        }
        if !is_at_edge(row, on.edges) {
            return Goes::No;
        }
        // Left and right pages differ, and so do the heads of chapters: three of a kind are no accident.
        let of_short = if self.pages < 4 { 2 } else { 3 };
        let of_long = (self.pages / 2).max(MOST_OF);
        let least = if is_short(row) { of_short } else { of_long };
        let y = band(row);
        let mut texts = texts(row, on.page).into_iter();
        let repeats = texts.any(|text| {
            let near = (y - 1..=y + 1).filter_map(|y| self.seen.get(&(text.clone(), y)));
            near.sum::<usize>() >= least
        });
        if repeats { Goes::Repeats } else { Goes::No }
    }
}

/// Returns whether a row is set in the type of headings.
fn is_heading(row: &Row, face: &Type) -> bool {
    let is_heavy = || {
        face.is_bold(row)
            && page_number(&row.text()).is_none()
            && halves(row.size()) >= halves(face.size)
            && row.text().split_whitespace().count() <= HEAVY
    };
    face.is_large(row) || is_heavy()
}

/// Returns whether a bookmark of the page names the heading that a row is of.
fn is_named(rows: &[Row], place: usize, page: i64, bookmarks: &Bookmarks) -> bool {
    let page = usize::try_from(page).unwrap_or_default() + 1;
    let mut starts = place.saturating_sub(3)..=place;
    !bookmarks.is_empty()
        && starts.any(|start| {
            let heading = bookmarks.heading(rows.get(start..).unwrap_or_default(), page);
            heading.is_some_and(|(_, lines)| start + lines > place)
        })
}

/// Returns whether a heading was said at the same place one or two pages before, and notes that it is said here.
fn was_said(row: &Row, page: i64, said: &mut HashMap<(String, i32), i64>) -> bool {
    let counted = row.text().split_whitespace().count() > COUNTED;
    let texts = texts(row, page).into_iter();
    let mut was_said = false;
    let y = band(row);
    for text in texts.take(if counted { usize::MAX } else { 1 }) {
        was_said |= (y - 1..=y + 1).any(|y| {
            let before = said.get(&(text.clone(), y));
            before.is_some_and(|before| page - before <= 2)
        });
        said.insert((text, y), page);
    }
    was_said
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
    if let Some(PageNumber::Number(number)) = page_number(&text) {
        return vec![number];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: Option<&&str>| number(word?);
    let y = row.y() / height.max(1.0);
    let is_near_edge = !(OUTER..=1.0 - OUTER).contains(&y);
    let ends = [words.first(), words.last()].map(number);
    let may_run = words.len() > 1 && is_near_edge && is_short(row);
    ends.into_iter().flatten().filter(|_| may_run).collect()
}

fn number(word: &str) -> Option<i64> {
    let is_number = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

fn is_marginal(row: &Row, height: f32) -> bool {
    row.y() < height * MARGIN || row.y() > height * (1.0 - MARGIN)
}

/// Returns where the first and the last line of a page stand, its number aside.
fn edges(rows: &[Row]) -> [f32; 2] {
    let lines = rows.iter().filter(|row| page_number(&row.text()).is_none());
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

/// Returns the height of a row, as far as it tells one on one page from the same on another.
fn band(row: &Row) -> i32 {
    (row.y() / 4.0) as i32
}

/// Returns what tells a row on one page from the same on another: its letters as they are and then, for each of its
/// numbers that may count the pages, with what that is ahead of the page in its place.
fn texts(row: &Row, page: i64) -> Vec<String> {
    let mut text = String::new();
    let mut numbers: Vec<(usize, usize)> = Vec::new();
    let mut open = None;
    for c in row.text().chars() {
        let at = text.len();
        if c.is_ascii_digit() {
            open = open.or(Some(at));
        } else {
            numbers.extend(open.take().map(|start| (start, at)));
        }
        if !c.is_whitespace() {
            text.extend(c.to_lowercase());
        }
    }
    numbers.extend(open.map(|start| (start, text.len())));
    let count = numbers.len();
    let mut texts = Vec::new();
    for (place, (start, end)) in numbers.into_iter().enumerate() {
        let is_near_end = place < NUMBERS || place + NUMBERS >= count;
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
            continue;
        };
        if let Some(number) = text
            .get(start..end)
            .and_then(number)
            .filter(|_| is_near_end)
        {
            texts.push(format!("{before}#{}{after}", number - page));
        }
    }
    texts.insert(0, text);
    texts
}

/// How a line that is nothing but a page's number says it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum PageNumber {
    /// `7`, `– 7 –`
    Number(i64),
    /// `xiv`
    Roman,
    /// `Page 7 of 9`, `p. 7`
    Named,
}

/// Returns the page's number that a line is, where it is nothing else. What ends or is parted as words and sums are is
/// none.
fn page_number(text: &str) -> Option<PageNumber> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_before = |word: &str| {
        let before = &printed().pages.before;
        before.contains(&word.to_lowercase())
    };
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-–—|·•()[]/".contains(c);
    match words.as_slice() {
        [one] if text.chars().all(is_plain) => match number(one) {
            Some(number) => Some(PageNumber::Number(number)),
            None => is_roman(one).then_some(PageNumber::Roman),
        },
        [word, one] if is_before(word) && text.ends_with(one) => {
            number(one).map(|_| PageNumber::Named)
        }
        [word, one, _, all] if is_before(word) && text.ends_with(all) => {
            number(one).and(number(all)).map(|_| PageNumber::Named)
        }
        _ => None,
    }
}

/// Returns whether a word is a number below four hundred as the pages before the first chapter have it: `civil` is none.
fn is_roman(word: &str) -> bool {
    let mut rest = word.trim_start_matches('c');
    let hundreds = word.len() - rest.len();
    for [one, five, ten] in [["x", "l", "c"], ["i", "v", "x"]] {
        let pairs = [format!("{one}{ten}"), format!("{one}{five}")];
        if let Some(after) = pairs
            .iter()
            .find_map(|pair| rest.strip_prefix(pair.as_str()))
        {
            rest = after;
            continue;
        }
        rest = rest.strip_prefix(five).unwrap_or(rest);
        for _ in 0..3 {
            rest = rest.strip_prefix(one).unwrap_or(rest);
        }
    }
    !word.is_empty() && hundreds <= 3 && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_the_number_of_a_page_is_nothing_else() {
        use PageNumber::{Named, Number, Roman};
        for (text, expected) in [
            ("7", Some(Number(7))),
            ("– 7 –", Some(Number(7))),
            ("[12]", Some(Number(12))),
            ("xiv", Some(Roman)),
            ("- ii -", Some(Roman)),
            ("lxxxviii", Some(Roman)),
            ("Page 7", Some(Named)),
            ("Page 7 of 9", Some(Named)),
            ("Seite 7", Some(Named)),
            ("p. 7", Some(Named)),
            ("1984.", None),
            ("1,984", None),
            ("7 %", None),
            ("civil", None),
            ("civil.", None),
            ("ill", None),
            ("mix", None),
            ("Chapter 7", None),
            ("Page 7.", None),
            ("", None),
        ] {
            assert_eq!(page_number(text), expected, "{text}");
        }
    }
}
