//! The reader's notes on the page: beneath the paragraph that each is on, those on the whole document above the text.
//!
//! They are no part of the text: rows of their own stand between its rows, and every byte of the text stays where it is.

use super::Sheet;
use crate::document::{BlockKind, Body, BodyBuilder, Note, NoteId, TextRange};
use crate::typeset::{Layout, Row, typeset};

/// The columns that the sign and the line at the left of a note take.
pub const NOTE_INDENT: u16 = 2;

/// The narrowest that a note is set, in columns.
const NARROWEST: u16 = 10;

/// Notes in their places, in the order of the text.
#[derive(Debug, Default)]
pub struct Margin {
    notes: Vec<SetNote>,
}

/// A note set in rows.
#[derive(Debug)]
pub struct SetNote {
    /// The note.
    pub note: Note,
    /// What it says, as a text of its own.
    pub body: Body,
    /// That in rows.
    pub layout: Layout,
    /// The place of the block of the text that it is on; none where it is on the whole document.
    pub block: Option<usize>,
    /// How many rows of the text stand above it.
    after: usize,
    /// How many rows it takes; below one on the whole document a row is blank.
    rows: usize,
}

/// What stands in a row below the head.
#[derive(Clone, Copy, Debug)]
pub enum MarginRow<'a> {
    /// This row of the text.
    Text(usize),
    /// A row of a note; none is the blank below one on the whole document.
    Note(&'a SetNote, Option<&'a Row>),
}

impl Margin {
    /// Sets notes beside a text.
    pub fn new(notes: &[Note], body: &Body, layout: &Layout, measure: u16) -> Self {
        let mut set: Vec<SetNote> = notes
            .iter()
            .map(|note| SetNote::new(note, body, layout, measure))
            .collect();
        set.sort_by_key(|note| note.after);
        Self { notes: set }
    }

    /// Returns how many rows the notes take.
    pub fn rows(&self) -> usize {
        self.notes.iter().map(|note| note.rows).sum()
    }

    /// Returns how many rows of notes stand above a row of the text.
    pub fn above(&self, row: usize) -> usize {
        let above = self.notes.iter().take_while(|note| note.after <= row);
        above.map(|note| note.rows).sum()
    }

    /// Returns what stands in a row, counted from the first below the head.
    pub fn at(&self, row: usize) -> MarginRow<'_> {
        let mut taken = 0;
        for note in &self.notes {
            if row < note.after + taken {
                break;
            }
            let within = row - note.after - taken;
            if within < note.rows {
                return MarginRow::Note(note, note.layout.rows().get(within));
            }
            taken += note.rows;
        }
        MarginRow::Text(row - taken)
    }

    /// Returns whether a block bears a note.
    pub fn marks(&self, block: usize) -> bool {
        self.note_on(Some(block)).is_some()
    }

    /// Returns the newest note on a block, or on the whole document.
    pub fn note_on(&self, block: Option<usize>) -> Option<&Note> {
        let on = self.notes.iter().filter(|note| note.block == block);
        on.map(|note| &note.note)
            .max_by_key(|note| (note.made, note.id))
    }

    fn place_of(&self, id: NoteId) -> Option<&SetNote> {
        self.notes.iter().find(|note| note.note.id == id)
    }
}

impl SetNote {
    /// Returns how many rows of the text stand above it.
    pub(super) fn above(&self) -> usize {
        self.after
    }

    fn new(note: &Note, body: &Body, layout: &Layout, measure: u16) -> Self {
        let range = note.on.as_ref().and_then(|on| on.find(body.text()));
        let block = range.and_then(|range| block_at(body, range.start));
        let after = block
            .and_then(|block| body.blocks().get(block))
            .map_or(0, |block| {
                let last = block.range.end.saturating_sub(1).max(block.range.start);
                layout.row_at(last) + 1
            });
        let text = said(note, block.is_none());
        let set = typeset(&text, measure.saturating_sub(NOTE_INDENT).max(NARROWEST));
        let blank = usize::from(block.is_none());
        Self {
            rows: set.rows().len() + blank,
            layout: set,
            body: text,
            note: note.clone(),
            block,
            after,
        }
    }
}

/// Returns a note as a text. One whose passage is gone quotes it.
fn said(note: &Note, whole: bool) -> Body {
    let mut builder = BodyBuilder::new();
    builder.begin(BlockKind::Paragraph);
    if let Some(on) = note.on.as_ref().filter(|_| whole) {
        builder.text(&format!("on “{}”, which is no longer here:", on.words));
        builder.break_line();
    }
    for (place, line) in note.text.lines().enumerate() {
        if place > 0 {
            builder.break_line();
        }
        builder.text(line);
    }
    builder.finish()
}

/// Returns the place of the block that holds a byte.
pub(super) fn block_at(body: &Body, at: u32) -> Option<usize> {
    let place = body.blocks().partition_point(|block| block.range.end <= at);
    (place < body.blocks().len()).then_some(place)
}

impl Sheet {
    /// Returns the row of a note, its paragraph's first where it is on one.
    pub fn row_of_note(&self, id: NoteId) -> Option<usize> {
        let note = self.margin.place_of(id)?;
        match note.block.and_then(|block| self.body().blocks().get(block)) {
            Some(block) => Some(self.row_at(block.range.start)),
            None => Some(self.first_text_row()),
        }
    }

    /// Returns the block that a note made now is on: that of the current hit where it is in sight, else the first that
    /// begins in sight, else the one that is in sight. Only a block with words is meant.
    pub fn block_in_sight(
        &self,
        hit: Option<TextRange>,
        rows: std::ops::Range<usize>,
    ) -> Option<usize> {
        let has_words = |place: &usize| {
            let block = self.body().blocks().get(*place);
            block.is_some_and(|block| !self.body().slice(block.range).trim().is_empty())
        };
        let in_sight = |range: &TextRange| rows.contains(&self.row_at(range.start));
        let of_hit = hit
            .filter(in_sight)
            .and_then(|hit| block_at(self.body(), hit.start));
        let top = self.offset_at(rows.start);
        let blocks = self.body().blocks();
        let first = blocks.partition_point(|block| block.range.start < top);
        let begins = (first..blocks.len()).find(has_words).filter(|place| {
            blocks
                .get(*place)
                .is_some_and(|block| in_sight(&block.range))
        });
        let around = || block_at(self.body(), top).filter(has_words);
        of_hit.filter(has_words).or(begins).or_else(around)
    }

    /// Returns the block with words that stands so many such blocks on from another; the same at the ends.
    pub fn block_beside(&self, block: usize, steps: isize) -> usize {
        let blocks = self.body().blocks();
        let mut place = block;
        loop {
            let Some(next) = place
                .checked_add_signed(steps)
                .filter(|next| *next < blocks.len())
            else {
                return block;
            };
            place = next;
            let words = blocks
                .get(place)
                .map(|block| self.body().slice(block.range));
            if words.is_some_and(|words| !words.trim().is_empty()) {
                return place;
            }
        }
    }
}
