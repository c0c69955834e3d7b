//! Rows to blocks: what is a heading, where a paragraph ends, what is an item of a list, a row of a table, a note.
//!
//! A PDF says none of it. It is told by the type against the type of most of the text, by leading and by indents;
//! where looks do not decide, words stay a paragraph.

use super::headings;
use super::leaders::has_leader;
use super::lines::Run;
use super::notes;
use super::order::Row;
use super::outline::Bookmarks;
use super::runs::{Program, marker, runs, tabs, without_marker};
use super::tables::{self, Cells};
use super::typeface::{Type, inked, is_listing, typeface};
use crate::document::Marker;

/// The longest line of a heading, in characters.
pub(super) const LONGEST_HEADING: usize = 200;

/// The longest heading told by bold type alone.
const LONGEST_BOLD: usize = 90;

/// In how many columns of a table cells are gone on with.
const MOST_COLUMNS: usize = 32;

/// A gap between base lines over which a word goes on, in the leading of the text.
const PARTED: f32 = 2.2;

/// A gap between base lines that ends a paragraph, in the leading of the text.
const GAP: f32 = 1.3;

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

impl Role {
    fn is_numbered(self) -> bool {
        matches!(self, Self::Item(Marker::Number(_)))
    }
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

/// Returns the blocks of all pages.
pub(super) fn blocks(pages: &[Vec<Row>], bookmarks: &Bookmarks) -> Vec<Block> {
    let mut writer = Writer {
        face: typeface(pages),
        blocks: Vec::new(),
        notes: Vec::new(),
        before: None,
    };
    for (page, rows) in pages.iter().enumerate() {
        let notes = notes::at_foot(rows, &writer.face);
        let mut heading: Option<(u8, usize)> = None;
        let is_split = |row: &Row| writer.face.is_split(row);
        let mut cells = tables::cells(rows, is_split, writer.face.leading).into_iter();
        let mut programs = Program::all_of(rows).into_iter();
        for (place, row) in rows.iter().enumerate() {
            let bookmark = match heading {
                Some((level, lines)) if lines > 1 => {
                    heading = Some((level, lines - 1));
                    Some(Bookmarked::GoesOn)
                }
                _ => {
                    heading = bookmarks.heading(rows.get(place..).unwrap_or_default(), page + 1);
                    heading.map(|(level, _)| Bookmarked::Begins(level))
                }
            };
            let seen = Seen {
                page: page + 1,
                is_note: notes.contains(&place),
                cells: cells.next().flatten(),
                program: programs.next().flatten(),
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
    /// The cells of a table that its pieces stand in.
    cells: Option<Cells>,
    program: Option<Program>,
    bookmark: Option<Bookmarked>,
}

/// How a bookmark names a row: as the first line of a heading of that level, or as one that goes on.
#[derive(Clone, Copy)]
enum Bookmarked {
    Begins(u8),
    GoesOn,
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
    /// It ends within a word.
    parted: bool,
    /// Where its last cell begins, and in which column that stands.
    last_cell: Option<(f32, usize)>,
}

impl Before {
    /// Returns how far below it a row stands; nothing for one in another column or on another page.
    fn gap(&self, row: &Row, page: usize) -> Option<f32> {
        let gap = row.y() - self.y;
        (self.page == page && self.column == row.column && gap > 0.0).then_some(gap)
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// It begins a block.
    Begins(Role),
    /// It goes on with the block before.
    GoesOn,
    /// It goes on with the words of the cell in this column.
    InCell(usize),
    /// It is the end of an entry of the contents, of which the block before is the beginning.
    EndsEntry,
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
        let way = self.way(row, &text, seen);
        let is_of_table = matches!(way, Way::Begins(Role::TableRow) | Way::EndsEntry)
            || seen.cells.as_ref().is_some_and(|cells| cells.goes_on);
        let cells = seen.cells.as_ref().filter(|_| is_of_table);
        let columns = cells.map(|cells| cells.columns.as_slice());
        let mut line = Line {
            page,
            runs: runs(row, columns, seen.program),
        };
        if seen.is_note && seen.bookmark.is_none() {
            return self.note(&text, line);
        }
        let mut last_cell = cells.and_then(|cells| {
            let (piece, column) = row.pieces.last().zip(cells.columns.last())?;
            Some((piece.x0, *column))
        });
        match (way, self.blocks.last_mut()) {
            (Way::GoesOn, Some(block)) => block.lines.push(line),
            (Way::InCell(column), Some(block)) => {
                line.runs.insert(0, tabs(column));
                block.lines.push(line);
                last_cell = self.before.as_ref().and_then(|before| before.last_cell);
            }
            (Way::EndsEntry, Some(block)) => {
                block.role = Role::TableRow;
                block.lines.push(line);
            }
            (way, _) => {
                let role = match way {
                    Way::Begins(role) => role,
                    _ => Role::Paragraph,
                };
                self.begin(role, row, line, seen);
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
            parted: is_parted(&text) && seen.program.is_none(),
            last_cell,
        });
    }

    fn begin(&mut self, role: Role, row: &Row, line: Line, seen: &Seen) {
        let before = self.before.as_ref();
        let turns_page = before.is_some_and(|before| before.page != seen.page);
        if turns_page || matches!(role, Role::Heading(_)) {
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

    /// Returns what becomes of a row.
    fn way(&self, row: &Row, text: &str, seen: &Seen) -> Way {
        match seen.bookmark {
            Some(Bookmarked::Begins(level)) => return Way::Begins(Role::Heading(level)),
            Some(Bookmarked::GoesOn) => return Way::GoesOn,
            None => {}
        }
        let role = self.role(row, text, seen.cells.is_some());
        let Some((before, block)) = self.before.as_ref().zip(self.blocks.last()) else {
            return Way::Begins(role);
        };
        let gap = before.gap(row, seen.page);
        let is_close = gap.is_some_and(|gap| gap < self.face.leading.max(row.size() * 1.2) * GAP);
        let is_same_size = (row.size() - before.size).abs() < self.face.size * 0.08;
        let goes_on_in_cells = seen.cells.as_ref().is_some_and(|cells| cells.goes_on);
        if block.role == Role::TableRow && goes_on_in_cells && role == Role::TableRow {
            return Way::GoesOn;
        }
        if is_close && block.lines.len() == 1 && self.ends_entry(block, before, row, role, text) {
            return Way::EndsEntry;
        }
        if before.parted && self.ends_word(block, before, row, (seen, text)) {
            return Way::GoesOn;
        }
        if let Some((x0, column)) = before.last_cell
            && let [piece] = row.pieces.as_slice()
            && (block.role, role) == (Role::TableRow, Role::Paragraph)
            && (1..MOST_COLUMNS).contains(&column)
            && is_close
            && is_same_size
            && (piece.x0 - x0).abs() < row.size() * 0.4
            && (before.ends_open || before.x1 > row.right - row.size() * 6.0)
        {
            return Way::InCell(column);
        }
        // A line may begin with the number that its sentence has come to.
        let is_within = is_close
            && is_same_size
            && before.ends_open
            && (block.role, role.is_numbered()) == (Role::Paragraph, true)
            && (row.x0() - before.x0).abs() < row.size() * 0.3
            && before.x1 > row.right - row.size() * 1.5;
        if is_within || self.goes_on(row, seen.page, role, text) {
            Way::GoesOn
        } else {
            Way::Begins(role)
        }
    }

    /// Returns whether a row has the page of an entry of the contents, whose first words are the block before.
    fn ends_entry(
        &self,
        block: &Block,
        before: &Before,
        row: &Row,
        role: Role,
        text: &str,
    ) -> bool {
        let goes_on = before.parted
            || text.starts_with(char::is_lowercase)
            || row.x0() > before.x0 + self.face.size;
        let reaches_far = before.x1 > row.right - self.face.size * 9.0;
        (block.role, role) == (Role::Paragraph, Role::TableRow)
            && has_leader(text)
            && before.ends_open
            && reaches_far
            && goes_on
    }

    /// Returns whether a row goes on with the word that the row before broke off in, whatever its looks: a formula or
    /// the letters of a program make lines of other heights.
    fn ends_word(
        &self,
        block: &Block,
        before: &Before,
        row: &Row,
        (seen, text): (&Seen, &str),
    ) -> bool {
        let is_text = matches!(block.role, Role::Paragraph | Role::Item(_));
        let is_near = match before.gap(row, seen.page) {
            Some(gap) => gap < self.face.leading * PARTED,
            None => before.page != seen.page || before.column != row.column,
        };
        let is_level = before.gap(row, seen.page).is_none() || row.x0() < before.x1;
        is_text
            && is_near
            && is_level
            && seen.program.is_none()
            && text.starts_with(char::is_lowercase)
    }

    /// Takes in a line of a note: one that begins with a number or a sign begins a note.
    fn note(&mut self, text: &str, line: Line) {
        let begins = notes::begins(text);
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
        let marker = marker(text).map(|(marker, _)| marker);
        let marker = marker.filter(|_| !self.face.is_speech(row, text));
        if marker.is_some() && length <= LONGEST_BOLD && is_centred_italic(row) {
            return Role::Heading(1);
        }
        if let Some(marker) = marker
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

/// Returns whether a row is set in slanted letters in the middle of its column: how journals set numbered headings.
fn is_centred_italic(row: &Row) -> bool {
    let (left, right) = (row.x0() - row.left, row.right - row.x1());
    let off = row.size();
    let mut words = inked(row).filter(|run| run.text.chars().any(char::is_alphabetic));
    (left - right).abs() < off && left > off * 2.0 && words.all(|run| run.face.italic)
}

/// Returns whether a line ends within a word.
fn is_parted(text: &str) -> bool {
    let mut letters = text.trim_end().chars().rev();
    matches!(letters.next(), Some('-' | '\u{2010}' | '\u{ad}'))
        && letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(char::is_alphabetic)
}
