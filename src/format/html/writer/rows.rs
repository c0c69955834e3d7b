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
    in_head: bool,
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
        for token in tokens {
            self.note_base(&token);
            match &token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                    "tr" => row = self.next_row(&row, row.in_head, depth),
                    "thead" => row.in_head = true,
                    "tbody" | "tfoot" => row.in_head = false,
                    "td" | "th" => self.cell(&mut row, tag),
                    _ => self.take(token),
                },
                Token::TagToken(tag) if meaning(&tag.name) == Meaning::TablePart => {
                    if matches!(&*tag.name, "tr" | "thead") {
                        let in_head = row.in_head && &*tag.name == "tr";
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

    fn cell(&mut self, row: &mut Row, tag: &Tag) {
        /// The most columns that one cell may claim: the standard allows 1000, and nobody reads them.
        const WIDEST: usize = 50;
        if row.cells == 0 {
            self.end_block();
            self.open_containers();
            self.builder.begin(BlockKind::TableRow { header: false });
            self.in_row = true;
        }
        for _ in 0..row.gaps {
            self.builder.next_cell();
        }
        row.cells += 1;
        row.names += usize::from(&*tag.name == "th");
        let columns = attribute(tag, "colspan").and_then(|columns| columns.trim().parse().ok());
        row.gaps = columns.unwrap_or(1).clamp(1, WIDEST);
    }
}
