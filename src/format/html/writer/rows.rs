//! Tables of data: a block a row, a tab between cells.

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::super::table;
use super::super::tags::{Meaning, attribute, meaning};
use super::Writer;
use crate::document::BlockKind;

/// A row of data as far as it is read.
#[derive(Default)]
struct Row {
    cells: usize,
    /// How many of them name their column or row.
    names: usize,
    /// How many tabs part the last cell from the next.
    gaps: usize,
    /// The column of the next cell.
    column: usize,
    in_head: bool,
}

/// The most columns that are told apart: the standard allows one cell 1000, and nobody reads them.
const WIDEST: usize = 50;

/// For how many rows yet cells of the rows above reach down into each column.
#[derive(Default)]
struct Reaching(Vec<usize>);

impl Reaching {
    /// Takes note of a cell over so many columns that goes on for so many rows below its own.
    fn note(&mut self, from: usize, columns: usize, rows: usize) {
        let end = (from + columns).min(WIDEST);
        if rows > 0 && self.0.len() < end {
            self.0.resize(end, 0);
        }
        for below in self.0.iter_mut().take(end).skip(from) {
            *below = rows;
        }
    }

    /// Returns how many columns from this one on are taken in this row.
    fn pass(&mut self, from: usize) -> usize {
        let taken = self.0.iter_mut().skip(from).take_while(|rows| **rows > 0);
        taken.map(|rows| *rows -= 1).count()
    }

    /// Ends a row whose cells come up to this column.
    fn end_row(&mut self, column: usize) {
        for rows in self.0.iter_mut().skip(column) {
            *rows = rows.saturating_sub(1);
        }
    }
}

impl Row {
    fn end(&self, reaching: &mut Reaching) {
        if self.cells > 0 {
            reaching.end_row(self.column);
        }
    }
}

impl Writer<'_> {
    pub(super) fn end_table(&mut self) {
        let Some(held) = self.table.take() else {
            return;
        };
        self.tables += 1;
        if table::is_data(&held.tokens) {
            self.rows(held.tokens);
        } else {
            for token in held.tokens {
                self.take(token);
            }
            // A table within it that nobody closed.
            while self.table.is_some() {
                self.end_table();
            }
        }
        self.tables -= 1;
        self.bases.end("table");
        self.end_block();
    }

    /// Takes note of what the parts of a table say that addresses start from: no other walk sees them.
    fn note_base(&mut self, token: &Token) {
        match token {
            Token::TagToken(tag) if meaning(&tag.name) != Meaning::TablePart => {}
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start_base(tag),
            Token::TagToken(tag) => self.bases.end(&tag.name),
            _ => {}
        }
    }

    /// Writes a table of data.
    pub(super) fn rows(&mut self, tokens: Vec<Token>) {
        let depth = self.open.len();
        let mut row = Row::default();
        let mut reaching = Reaching::default();
        for token in tokens {
            self.note_base(&token);
            match &token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                    "tr" => {
                        row.end(&mut reaching);
                        row = self.next_row(&row, row.in_head, depth);
                    }
                    "thead" => row.in_head = true,
                    "tbody" | "tfoot" => row.in_head = false,
                    "td" | "th" => self.cell(&mut row, &mut reaching, tag),
                    _ => self.take(token),
                },
                Token::TagToken(tag) if meaning(&tag.name) == Meaning::TablePart => {
                    if matches!(&*tag.name, "tr" | "thead") {
                        let in_head = row.in_head && &*tag.name == "tr";
                        row.end(&mut reaching);
                        row = self.next_row(&row, in_head, depth);
                    }
                }
                _ => self.take(token),
            }
        }
        self.next_row(&row, false, depth);
    }

    /// Ends a row and returns the next.
    fn next_row(&mut self, row: &Row, in_head: bool, depth: usize) -> Row {
        self.close_down_to(depth);
        self.in_row = false;
        let before = self.builder.blocks();
        self.end_block();
        if self.builder.blocks() > before
            && row.cells > 0
            && (row.in_head || row.names == row.cells)
        {
            self.header_rows.push(before);
        }
        Row {
            in_head,
            ..Row::default()
        }
    }

    fn cell(&mut self, row: &mut Row, reaching: &mut Reaching, tag: &Tag) {
        if row.cells == 0 {
            self.end_block();
            self.open_containers();
            self.builder.begin(BlockKind::TableRow { header: false });
            self.in_row = true;
        }
        let taken = reaching.pass(row.column);
        for _ in 0..row.gaps + taken {
            self.builder.next_cell();
        }
        row.cells += 1;
        row.names += usize::from(&*tag.name == "th");
        let span = |name| attribute(tag, name).and_then(|span| span.trim().parse().ok());
        let columns = span("colspan").unwrap_or(1).clamp(1, WIDEST);
        let rows: usize = span("rowspan").unwrap_or(1);
        row.column += taken;
        reaching.note(row.column, columns, rows.saturating_sub(1));
        row.column += columns;
        row.gaps = columns;
    }
}
