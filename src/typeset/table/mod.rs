//! Tables: cells side by side in columns, or stacked where the room is too narrow for that.

mod columns;
mod grid;
mod stack;

use super::compose::Composer;
use super::indent::Frame;
use super::layout::{Layout, Place, RowKind};
use super::pack::Line;
use super::prefix::Prefix;
use crate::document::{Block, BlockKind, Body, TextRange};
use crate::text::cells;
use columns::Content;

/// Sets one table.
pub(super) struct Setter<'a> {
    pub body: &'a Body,
    pub composer: &'a mut Composer,
    pub layout: &'a mut Layout,
    /// The place of its first row; the others stand in the same containers.
    pub frame: Frame,
}

impl Setter<'_> {
    /// Sets the table that begins with the block of this number, and returns how many blocks it is.
    pub fn set(&mut self, number: usize) -> usize {
        let table = table_from(self.body.blocks().get(number..).unwrap_or_default());
        let contents = contents(self.body, table);
        match columns::fit(&contents, self.room()) {
            Some(columns) => self.set_grid(table, number, &columns),
            None => self.set_stack(table, number),
        }
        table.len()
    }

    fn room(&self) -> u32 {
        u32::from(self.layout.measure().saturating_sub(self.frame.x))
    }

    /// Returns the rows of a cell in so much room: none for an empty one.
    fn compose(&mut self, cell: TextRange, room: u32) -> Vec<Line> {
        let mut lines = Vec::new();
        if !cell.is_empty() {
            self.composer.set(self.body, cell, room, &mut lines);
        }
        lines
    }

    /// Begins a row of the page at the byte `at`. A marker to the left of the table is drawn on its first row alone.
    fn begin_row(&mut self, kind: RowKind, number: usize, at: u32, drawn: &[Prefix]) {
        let mut prefixes = self.frame.opening;
        self.frame.opening = self.frame.following;
        if !drawn.is_empty() {
            prefixes = self.layout.extend_prefixes(prefixes, drawn);
        }
        let place = Place {
            block: number,
            at,
            x: self.frame.x,
        };
        self.layout.begin_row(kind, place, prefixes);
    }

    /// Puts words on the row just begun, `x` cells from where the table begins.
    fn put(&mut self, x: u32, line: &Line) {
        let x = x.saturating_add(u32::from(self.frame.x));
        self.layout.put(x, line.range, line.width);
    }
}

/// Returns the blocks of the table that `blocks` begin with: rows that stand close, in the same containers.
fn table_from(blocks: &[Block]) -> &[Block] {
    let joined = blocks.windows(2).take_while(|pair| match pair {
        [before, next] => {
            matches!(next.kind, BlockKind::TableRow { .. })
                && next.range.start == before.range.end + 1
                && next.containers.len() == before.containers.len()
        }
        _ => false,
    });
    blocks.get(..=joined.count()).unwrap_or(blocks)
}

/// Returns the cells of a table row, without the blanks around their words.
fn cells_of(body: &Body, block: &Block) -> impl Iterator<Item = TextRange> {
    let mut at = block.range.start as usize;
    body.slice(block.range).split('\t').map(move |cell| {
        let start = at + (cell.len() - cell.trim_start().len());
        at += cell.len() + 1;
        TextRange::new(start, start + cell.trim().len())
    })
}

fn is_header(block: &Block) -> bool {
    block.kind == BlockKind::TableRow { header: true }
}

/// Returns what each column holds.
fn contents(body: &Body, table: &[Block]) -> Vec<Content> {
    let mut contents: Vec<Content> = Vec::new();
    for block in table {
        for (column, range) in cells_of(body, block).enumerate() {
            if contents.len() <= column {
                contents.push(Content::default());
            }
            if let Some(content) = contents.get_mut(column) {
                let words = body.slice(range);
                content.natural = content.natural.max(cells::width(words) as u32);
                let longest = words.split_whitespace().map(cells::width).max();
                content.longest_word = content.longest_word.max(longest.unwrap_or_default() as u32);
                if !is_header(block) && !words.is_empty() {
                    content.values += 1;
                    content.numbers += usize::from(is_number(words));
                }
            }
        }
    }
    contents
}

/// Returns whether a cell is a number or an amount, which is better read flush right.
fn is_number(words: &str) -> bool {
    words.contains(|character: char| character.is_ascii_digit())
        && words.chars().all(|character| {
            character.is_ascii_digit() || " .,'+-−–%$€£¥()\u{a0}\u{202f}".contains(character)
        })
}
