//! Rows to blocks: what is a heading, where a paragraph ends, what is an item of a list, a row of a table, a note.
//!
//! A PDF says none of it. It is told by the type against the type of most of the text, by leading and by indents;
//! where looks do not decide, words stay a paragraph.

use std::collections::{HashMap, HashSet};

use super::headings;
use super::leaders::{has_leader, without_leaders};
use super::lines::Run;
use super::order::Row;
use super::outline::Bookmarks;
use super::tables;
use crate::document::Marker;

/// How much larger than the text's the type of a heading is.
const HEADING: f32 = 1.13;

/// How much smaller than the text's the type of a note is.
const NOTE: f32 = 0.9;

/// The longest line of a heading, in characters.
const LONGEST_HEADING: usize = 200;

/// Which part of a file's letters no headings make up.
const TEXT: usize = 8;

/// Over how many lines a heading that a bookmark names may go.
const MOST_LINES: usize = 4;

/// The longest heading told by bold type alone.
const LONGEST_BOLD: usize = 90;

/// A gap between base lines that ends a paragraph, in the leading of the text.
const GAP: f32 = 1.3;

/// The signs that begin the items of a list.
const BULLETS: [char; 13] = [
    '•', '◦', '▪', '‣', '●', '○', '■', '∙', '·', '–', '\u{f0b7}', '\u{f0a7}', '➢',
];

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    Heading(u8),
    Paragraph,
    Item(Marker),
    TableRow,
    Code,
    Note,
}

/// A line of a block.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From 1.
    pub page: usize,
    pub runs: Vec<Run>,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub role: Role,
    pub lines: Vec<Line>,
    /// The size of its type, in points.
    pub size: f32,
    /// How far from the edge of its column it begins, in points.
    pub indent: f32,
    /// A bookmark names it: it is a heading, whatever its looks, and stands as deep as the bookmark does.
    pub bookmarked: bool,
}

/// What type the text is set in.
#[derive(Debug)]
struct Type {
    size: f32,
    leading: f32,
    /// Sizes larger than the text's, in halves of a point, in which there is text nevertheless: another part's.
    texts: HashSet<i32>,
    /// Most of the text is bold, so bold says nothing.
    bold: bool,
}

/// Returns the blocks of all pages.
pub(super) fn blocks(pages: &[Vec<Row>], bookmarks: &Bookmarks) -> Vec<Block> {
    let mut writer = Writer {
        face: typeface(pages),
        blocks: Vec::new(),
        notes: Vec::new(),
        before: None,
    };
    for (page, rows) in pages.iter().enumerate() {
        let notes = notes_from(rows, &writer.face);
        let mut heading: Option<(u8, usize)> = None;
        let is_split = |row: &Row| writer.face.is_split(row);
        let mut cells = tables::cells(rows, is_split, writer.face.leading).into_iter();
        for (place, row) in rows.iter().enumerate() {
            let bookmark = match heading {
                Some((level, lines)) if lines > 1 => {
                    heading = Some((level, lines - 1));
                    Some(Bookmarked::GoesOn(level))
                }
                _ => {
                    heading =
                        bookmarked(rows.get(place..).unwrap_or_default(), page + 1, bookmarks);
                    heading.map(|(level, _)| Bookmarked::Begins(level))
                }
            };
            let seen = Seen {
                page: page + 1,
                is_note: notes.contains(&place),
                cells: cells.next().flatten(),
                bookmark,
            };
            writer.row(row, &seen);
        }
    }
    writer.set_notes();
    headings::settle(&mut writer.blocks);
    writer.blocks
}

/// What is known of a row before it is told what it is.
struct Seen {
    /// From 1.
    page: usize,
    is_note: bool,
    /// The columns of a table that its pieces stand in.
    cells: Option<Vec<usize>>,
    bookmark: Option<Bookmarked>,
}

/// How a bookmark names a row: as the first line of a heading of that level, or as one that goes on.
#[derive(Clone, Copy)]
enum Bookmarked {
    Begins(u8),
    GoesOn(u8),
}

/// Returns the level of the heading that these rows open with, and over how many of them it goes.
fn bookmarked(rows: &[Row], page: usize, bookmarks: &Bookmarks) -> Option<(u8, usize)> {
    let first = rows.first().filter(|_| !bookmarks.is_empty())?;
    let mut text = String::new();
    for (place, row) in rows.iter().take(MOST_LINES).enumerate() {
        let next = row.text();
        if text.len() + next.len() > LONGEST_HEADING
            || row.column != first.column
            || halves(row.size()) != halves(first.size())
        {
            return None;
        }
        text.push_str(&next);
        if let Some(level) = bookmarks.level(&text, page) {
            return Some((level, place + 1));
        }
        text.push(' ');
    }
    None
}

impl Type {
    /// Returns whether a row is set in the type of headings.
    fn is_large(&self, row: &Row) -> bool {
        row.size() >= self.size * HEADING && !self.texts.contains(&halves(row.size()))
    }

    /// Returns whether a row is set in heavy type where the text is not.
    fn is_bold(&self, row: &Row) -> bool {
        !self.bold && inked(row).all(|run| run.face.bold)
    }

    /// Returns whether a row has cells: the sign of a list, or the number of a section, set far before its words, is
    /// none.
    fn is_split(&self, row: &Row) -> bool {
        match row.pieces.as_slice() {
            [] | [_] => false,
            _ if is_listing(row) => false,
            [sign, _] => {
                let sign = sign.text();
                let counts = |c: char| c.is_ascii_digit() || c == '.';
                let numbers = sign.len() <= 8
                    && (sign.chars().all(counts) || sign.trim_end_matches(counts).len() == 1);
                marker(&format!("{sign} x")).is_none()
                    && !(numbers && (self.is_large(row) || self.is_bold(row)))
            }
            _ => true,
        }
    }
}

/// Returns the runs of a row that show something.
fn inked(row: &Row) -> impl Iterator<Item = &Run> {
    let runs = row.pieces.iter().flat_map(|piece| &piece.runs);
    runs.filter(|run| !run.text.trim().is_empty())
}

/// Returns whether a row is a line of a program with its number before it.
fn is_listing(row: &Row) -> bool {
    let mut inked = inked(row);
    let is_number = |run: &Run| {
        let number = run.text.trim();
        number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbered = inked
        .next()
        .is_some_and(|run| !run.face.mono && is_number(run));
    let mut program = inked.peekable();
    numbered && program.peek().is_some() && program.all(|run| run.face.mono)
}

/// Returns the places of the rows that are notes at the foot of a column.
fn notes_from(rows: &[Row], face: &Type) -> HashSet<usize> {
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

pub(super) fn halves(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// Returns the type that most of the text is set in.
fn typeface(pages: &[Vec<Row>]) -> Type {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    let mut leadings: HashMap<i32, usize> = HashMap::new();
    let (mut bold, mut all) = (0, 0);
    for row in pages.iter().flatten() {
        for piece in &row.pieces {
            *sizes.entry(halves(piece.size)).or_default() += piece.length();
            for run in &piece.runs {
                all += run.text.len();
                bold += if run.face.bold { run.text.len() } else { 0 };
            }
        }
    }
    let most = |counts: &HashMap<i32, usize>| {
        let most = counts.iter().max_by_key(|(size, count)| (**count, **size));
        most.map(|(size, _)| *size as f32 / 2.0)
    };
    let size = most(&sizes).unwrap_or(10.0).max(1.0);
    for rows in pages {
        for pair in rows.windows(2) {
            if let [above, below] = pair
                && above.column == below.column
                && halves(below.size()) == halves(size)
                && below.y() > above.y()
            {
                *leadings.entry(halves(below.y() - above.y())).or_default() += 1;
            }
        }
    }
    let leading = most(&leadings).unwrap_or(size * 1.2);
    let letters: usize = sizes.values().sum();
    let texts = sizes
        .into_iter()
        .filter(|(_, count)| count * TEXT > letters)
        .map(|(size, _)| size)
        .collect();
    Type {
        size,
        leading: leading.clamp(size, size * 2.5),
        texts,
        bold: bold * 2 > all,
    }
}

/// What the row before was.
struct Before {
    page: usize,
    column: u32,
    y: f32,
    x0: f32,
    x1: f32,
    size: f32,
    ends_open: bool,
}

struct Writer {
    face: Type,
    blocks: Vec<Block>,
    /// The notes of the page, which come where its last paragraph ends.
    notes: Vec<Block>,
    before: Option<Before>,
}

impl Writer {
    fn row(&mut self, row: &Row, seen: &Seen) {
        let page = seen.page;
        let text = row.text();
        if text.trim().is_empty() {
            return;
        }
        let line = Line {
            page,
            runs: runs(row, seen.cells.as_deref(), self.face.size),
        };
        if seen.is_note && seen.bookmark.is_none() {
            return self.note(&text, line);
        }
        let (role, goes_on) = match seen.bookmark {
            Some(Bookmarked::Begins(level)) => (Role::Heading(level), false),
            Some(Bookmarked::GoesOn(level)) => (Role::Heading(level), true),
            None => {
                let role = self.role(row, &text, seen.cells.is_some());
                (role, self.goes_on(row, page, role, &text))
            }
        };
        match self.blocks.last_mut() {
            Some(block) if goes_on => block.lines.push(line),
            _ => {
                if self
                    .before
                    .as_ref()
                    .is_some_and(|before| before.page != page)
                    || matches!(role, Role::Heading(_))
                {
                    self.set_notes();
                }
                self.blocks.push(Block {
                    role,
                    lines: vec![without_marker(role, line)],
                    size: row.size(),
                    indent: row.x0() - row.left,
                    bookmarked: seen.bookmark.is_some(),
                });
            }
        }
        self.before = Some(Before {
            page,
            column: row.column,
            y: row.y(),
            x0: row.x0(),
            x1: row.x1(),
            size: row.size(),
            ends_open: !text
                .trim_end()
                .ends_with(['.', '!', '?', ':', '”', '"', ')', ';']),
        });
    }

    /// Takes in a line of a note: one that begins with a number or a sign begins a note.
    fn note(&mut self, text: &str, line: Line) {
        let begins = text.starts_with(|c: char| {
            c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '§' | '[') || is_raised(c)
        });
        match self.notes.last_mut() {
            Some(note)
                if !begins && note.lines.last().is_some_and(|last| last.page == line.page) =>
            {
                note.lines.push(line);
            }
            _ => self.notes.push(Block {
                role: Role::Note,
                lines: vec![line],
                size: 0.0,
                indent: 0.0,
                bookmarked: false,
            }),
        }
    }

    fn set_notes(&mut self) {
        self.blocks.append(&mut self.notes);
    }

    fn role(&self, row: &Row, text: &str, in_table: bool) -> Role {
        if inked(row).all(|run| run.face.mono) || is_listing(row) {
            return Role::Code;
        }
        let length = text.chars().count();
        let has_words = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if in_table {
            return Role::TableRow;
        }
        if has_words && self.face.is_large(row) && length <= LONGEST_HEADING {
            return Role::Heading(1);
        }
        let bold = self.face.is_bold(row);
        if let Some((marker, _)) = marker(text)
            && !bold
        {
            return Role::Item(marker);
        }
        let stands_apart = self.before.as_ref().is_none_or(|before| {
            before.column != row.column || row.y() - before.y > self.face.leading * 1.15
        });
        let follows_heading = self.blocks.last().is_some_and(|block| {
            matches!(block.role, Role::Heading(_)) && !block.bookmarked && !self.face.is_large(row)
        });
        if bold
            && has_words
            && (stands_apart || follows_heading)
            && length <= LONGEST_BOLD
            && !text.trim_end().ends_with(['.', ',', ';'])
        {
            return Role::Heading(1);
        }
        Role::Paragraph
    }

    /// Returns whether a row belongs to the block before it.
    fn goes_on(&self, row: &Row, page: usize, role: Role, text: &str) -> bool {
        let (Some(before), Some(block)) = (&self.before, self.blocks.last()) else {
            return false;
        };
        let size = self.face.size;
        let same_column = before.page == page && before.column == row.column;
        let gap = row.y() - before.y;
        let close = same_column && gap < self.face.leading.max(row.size() * 1.2) * GAP && gap > 0.0;
        let same_size = (row.size() - before.size).abs() < size * 0.08;
        match (block.role, role) {
            (Role::Heading(_), Role::Heading(_)) => {
                let is_near = same_column && gap < row.size() * 1.6 && gap > 0.0;
                !block.bookmarked && same_size && is_near && are_aligned(before, row)
            }
            (Role::Code, Role::Code) => close || !same_column && before.page + 1 >= page,
            (Role::Item(_), Role::Paragraph) if same_column => {
                close && same_size && row.x0() > row.left.min(before.x0 + size * 0.3) + size * 0.3
                    || close
                        && same_size
                        && before.ends_open
                        && text.starts_with(char::is_lowercase)
            }
            (Role::Paragraph, Role::Paragraph) if same_column => {
                let indent = row.x0() - before.x0;
                let indented = indent > size * 0.8 && row.x0() > row.left + size * 0.8;
                let ends_short = before.x1 < row.right - size * 6.0
                    && !before.ends_open
                    && row.right - row.left > size * 15.0;
                close && same_size && (before.ends_open || !indented) && !ends_short
            }
            (Role::Paragraph | Role::Item(_), Role::Paragraph) => {
                // Into the next column or over the page.
                same_size && before.ends_open && text.starts_with(char::is_lowercase)
            }
            _ => false,
        }
    }
}

/// Returns whether a row may go on a heading: it begins, ends or has its middle where the row before does, or hangs
/// behind the number of that. A title in the middle of the page and a heading at its edge are two.
fn are_aligned(before: &Before, row: &Row) -> bool {
    let off = row.size();
    let (left, right) = (row.x0() - before.x0, row.x1() - before.x1);
    left.abs() < off
        || right.abs() < off
        || (left + right).abs() < off * 2.0
        || (0.0..off * 4.0).contains(&left)
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}

/// Returns the runs of a row; the cells of a table are parted by tabs, the pieces of other rows by a blank, and code
/// keeps its indent.
fn runs(row: &Row, cells: Option<&[usize]>, size: f32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let plain = |text: String| Run {
        text,
        ..Run::default()
    };
    let indent = ((row.x0() - row.left) / (size * 0.6)).round();
    let mono = |run: &Run| run.face.mono;
    if row.pieces.iter().flat_map(|piece| &piece.runs).all(mono) && (1.0..60.0).contains(&indent) {
        let columns = (1..60u8).take_while(|column| f32::from(*column) <= indent);
        runs.push(plain(columns.map(|_| ' ').collect()));
    }
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

/// Returns the marker that a line begins with, and how many bytes it takes with the blank after it.
fn marker(text: &str) -> Option<(Marker, usize)> {
    let (first, rest) = text.trim_end().split_once(char::is_whitespace)?;
    let length = text.len() - rest.trim_start().len();
    let mut letters = first.chars();
    let length = length.min(text.len());
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
fn without_marker(role: Role, mut line: Line) -> Line {
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
