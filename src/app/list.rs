//! The documents found: which is selected, and the window of rows that is loaded.
//!
//! Only a window is held: a million documents cost no more than a screenful. The selection is a document, not a
//! place, so that what comes in late never moves another row under the person's finger.

use std::ops::Range;

use crate::document::DocumentId;
use crate::library::{Found, FoundRow};

/// The documents found.
#[derive(Debug, Default)]
pub struct DocumentList {
    /// How many there are in all.
    pub total: usize,
    /// The place in the order of the selected row.
    pub selected: usize,
    /// The place in the order of the first row in sight.
    pub top: usize,
    /// The first answer has come.
    pub answered: bool,
    rows: Vec<FoundRow>,
    first: usize,
    /// The rows that were asked for last.
    asked: Option<Range<usize>>,
    /// The document that should be selected when it comes into the window.
    wanted: Option<DocumentId>,
}

impl DocumentList {
    /// Selects this document as soon as it is among the rows that come.
    pub fn prefer(&mut self, id: Option<DocumentId>) {
        self.wanted = id;
    }

    /// Returns the row at a place in the order, where it is loaded.
    pub fn row(&self, place: usize) -> Option<&FoundRow> {
        place
            .checked_sub(self.first)
            .and_then(|at| self.rows.get(at))
    }

    /// Returns the selected row, where it is loaded.
    pub fn selected_row(&self) -> Option<&FoundRow> {
        self.row(self.selected)
    }

    /// Returns the row of a document, where it is loaded, to be changed.
    pub fn row_of(&mut self, id: DocumentId) -> Option<&mut FoundRow> {
        self.rows.iter_mut().find(|row| row.id == id)
    }

    /// Takes the rows of a new answer, from the place `first` on, in place of all that was there. The selection stays on its document where the
    /// person had chosen it and it is still among these; else it goes to the first.
    pub fn replace(&mut self, found: Found, first: usize) {
        let kept = self.wanted.or_else(|| {
            (self.selected > 0)
                .then(|| self.selected_row().map(|row| row.id))
                .flatten()
        });
        self.total = found.hits.total;
        self.rows = found.rows;
        self.first = first;
        self.asked = None;
        self.answered = true;
        self.selected = kept
            .and_then(|id| self.rows.iter().position(|row| row.id == id))
            .map_or(0, |at| first + at);
        self.wanted = None;
        self.top = self.top.min(self.selected);
    }

    /// Takes another window of the same answer.
    pub fn load(&mut self, found: Found, first: usize) {
        self.total = found.hits.total;
        self.rows = found.rows;
        self.first = first;
        self.selected = self.selected.min(self.total.saturating_sub(1));
    }

    /// Moves the selection by so many rows, within what there is.
    pub fn move_by(&mut self, rows: isize) {
        self.select(self.selected.saturating_add_signed(rows));
    }

    /// Selects a place in the order, or the last one.
    pub fn select(&mut self, place: usize) {
        self.selected = place.min(self.total.saturating_sub(1));
    }

    /// Selects the row of a document, where it is loaded.
    pub fn select_document(&mut self, id: DocumentId) {
        if let Some(at) = self.rows.iter().position(|row| row.id == id) {
            self.selected = self.first + at;
        }
    }

    /// Scrolls so that the selection is among the `height` rows in sight.
    pub fn keep_in_sight(&mut self, height: usize) {
        let height = height.max(1);
        self.top = self
            .top
            .clamp((self.selected + 1).saturating_sub(height), self.selected);
        self.top = self
            .top
            .min(self.total.saturating_sub(height.min(self.total)));
    }

    /// Returns the rows to ask for, as places in the order, where those in sight are not all loaded: a screen before
    /// them, they, and a screen after. The same rows are not asked for twice in a row, so that documents which have
    /// gone from the store meanwhile are not asked for for ever.
    pub fn missing(&mut self, height: usize) -> Option<Range<usize>> {
        let in_sight = self.top..(self.top + height).min(self.total);
        let loaded = self.first..self.first + self.rows.len();
        let wanted = self.top.saturating_sub(height)..in_sight.end + height;
        let whole = in_sight.start >= loaded.start && in_sight.end <= loaded.end;
        if whole || self.asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.asked = Some(wanted.clone());
        Some(wanted)
    }

    /// Forgets what the person had selected, so that the next answer is shown from its first row.
    pub fn rewind(&mut self) {
        self.selected = 0;
        self.top = 0;
    }
}
