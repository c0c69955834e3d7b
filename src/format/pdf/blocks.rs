//! Rows to blocks: what is a heading, where a paragraph ends, what is an item of a list, a row of a table, a note.
//!
//! A PDF says none of it. It is told by the type against the type of most of the text, by leading and by indents;
//! where looks do not decide, words stay a paragraph.

use std::collections::{HashMap, HashSet};

use super::lines::Run;
use super::order::Row;
use super::outline::Bookmarks;
use crate::document::Marker;

/// How much larger than the text's the type of a heading is.
const HEADING: f32 = 1.13;

/// How much smaller than the text's the type of a note is.
const NOTE: f32 = 0.9;

/// The longest heading, in characters: three lines.
const LONGEST_HEADING: usize = 200;

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
}

/// What type the text is set in.
#[derive(Debug)]
struct Type {
    size: f32,
    leading: f32,
    /// The sizes of headings, the largest first, in halves of a point.
    headings: Vec<i32>,
    /// Most of the text is bold, so bold says nothing.
    bold: bool,
}

/// Returns the blocks of all pages.
pub(super) fn blocks(pages: &[Vec<Row>], bookmarks: &Bookmarks) -> Vec<Block> {
    let mut writer = Writer {
        face: typeface(pages),
        bookmarks,
        blocks: Vec::new(),
        notes: Vec::new(),
        before: None,
    };
    for (page, rows) in pages.iter().enumerate() {
        let notes = notes_from(rows, &writer.face);
        for (place, row) in rows.iter().enumerate() {
            let is_note = notes.contains(&place);
            let near = [place.checked_sub(1), Some(place + 1)];
            let in_table = is_split(row)
                && near.into_iter().flatten().any(|near| {
                    rows.get(near)
                        .is_some_and(|near| near.column == row.column && is_split(near))
                });
            writer.row(row, page + 1, is_note, in_table);
        }
    }
    writer.set_notes();
    writer.blocks
}

/// Returns whether a row has cells: the sign of a list, set far before its words, is none.
fn is_split(row: &Row) -> bool {
    match row.pieces.as_slice() {
        [] | [_] => false,
        [sign, _] => marker(&format!("{} x", sign.text())).is_none(),
        _ => true,
    }
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

fn halves(size: f32) -> i32 {
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
    let headings: HashSet<i32> = pages
        .iter()
        .flatten()
        .filter(|row| row.size() >= size * HEADING && row.text().chars().any(char::is_alphabetic))
        .map(|row| halves(row.size()))
        .collect();
    let mut headings: Vec<i32> = headings.into_iter().collect();
    headings.sort_by(|a, b| b.cmp(a));
    Type {
        size,
        leading: leading.clamp(size, size * 2.5),
        headings,
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

struct Writer<'w> {
    face: Type,
    bookmarks: &'w Bookmarks,
    blocks: Vec<Block>,
    /// The notes of the page, which come where its last paragraph ends.
    notes: Vec<Block>,
    before: Option<Before>,
}

impl Writer<'_> {
    fn row(&mut self, row: &Row, page: usize, is_note: bool, in_table: bool) {
        let text = row.text();
        if text.trim().is_empty() {
            return;
        }
        let line = Line {
            page,
            runs: runs(row, in_table, self.face.size),
        };
        if is_note {
            return self.note(&text, line);
        }
        let role = self.role(row, &text, in_table);
        let goes_on = self.goes_on(row, page, role, &text);
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
            }),
        }
    }

    fn set_notes(&mut self) {
        self.blocks.append(&mut self.notes);
    }

    fn role(&self, row: &Row, text: &str, in_table: bool) -> Role {
        if let Some(level) = self.bookmarks.level(text) {
            return Role::Heading(level);
        }
        let inked = || {
            let runs = row.pieces.iter().flat_map(|piece| &piece.runs);
            runs.filter(|run| !run.text.trim().is_empty())
        };
        if inked().all(|run| run.face.mono) {
            return Role::Code;
        }
        if in_table {
            return Role::TableRow;
        }
        let length = text.chars().count();
        let has_words = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if has_words && row.size() >= self.face.size * HEADING && length <= LONGEST_HEADING {
            let place = self
                .face
                .headings
                .iter()
                .position(|size| *size == halves(row.size()));
            return Role::Heading((place.unwrap_or(0) + 1).min(6) as u8);
        }
        let bold = !self.face.bold && inked().all(|run| run.face.bold);
        if let Some((marker, _)) = marker(text)
            && !bold
        {
            return Role::Item(marker);
        }
        let stands_apart = self.before.as_ref().is_none_or(|before| {
            before.column != row.column || row.y() - before.y > self.face.leading * 1.15
        });
        if bold
            && has_words
            && stands_apart
            && length <= LONGEST_BOLD
            && !text.trim_end().ends_with(['.', ',', ';'])
        {
            return Role::Heading((self.face.headings.len() + 1).clamp(1, 6) as u8);
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
            (Role::Heading(a), Role::Heading(b)) => {
                a == b && same_size && same_column && gap < row.size() * 1.6 && gap > 0.0
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

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}

/// Returns the runs of a row; the cells of a table are parted by a tab, the pieces of other rows by a blank, and code
/// keeps its indent.
fn runs(row: &Row, in_table: bool, size: f32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let plain = |text: String| Run {
        text,
        face: super::face::Face::default(),
    };
    let indent = ((row.x0() - row.left) / (size * 0.6)).round();
    let mono = |run: &Run| run.face.mono;
    if row.pieces.iter().flat_map(|piece| &piece.runs).all(mono) && (1.0..60.0).contains(&indent) {
        let columns = (1..60u8).take_while(|column| f32::from(*column) <= indent);
        runs.push(plain(columns.map(|_| ' ').collect()));
    }
    for (place, piece) in row.pieces.iter().enumerate() {
        if place > 0 {
            runs.push(plain(if in_table { "\t" } else { " " }.to_owned()));
        }
        runs.extend(piece.runs.iter().cloned());
    }
    runs
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
