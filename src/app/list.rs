//! The documents found: which is selected, and the window of rows that is loaded.
//!
//! Only a window is held: a million documents cost no more than a screenful. The selection is a document, not a
//! place, so that what comes in late never moves another row under the person's finger.

use std::ops::Range;

use super::geometry::first_in_sight;
use super::{ListLine, Unfolded, grouped};
use crate::document::DocumentId;
use crate::library::{Cost, Doubles, Found, FoundRow};
use crate::query::{Breadth, Likeness, Query, Sort};

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What is looked for.
    pub query: Query,
    /// What becomes of doubles.
    pub doubles: Doubles,
}

/// The documents found.
#[derive(Debug, Default)]
pub struct DocumentList {
    /// What it answers. The field may ask something else already, or something that failed: what is done with the list
    /// is done with what one sees.
    pub question: Question,
    /// How many there are in all.
    pub total: usize,
    /// How many of them lack some of the words of the question.
    pub incomplete: usize,
    /// Which documents the list holds.
    pub breadth: Breadth,
    /// The place in the order of the selected row.
    pub selected: usize,
    /// The line at the top: while no row is unfolded, the place in the order of its document.
    pub top: usize,
    /// The row that is unfolded.
    pub unfolded: Option<Unfolded>,
    /// The order in which they stand.
    pub sort: Sort,
    /// Where there are none: what each clause of the question costs.
    pub costs: Vec<Cost>,
    /// Of these the one chosen, by its place.
    pub cost: usize,
    /// What they are to be like, and by which words they are.
    pub likes: Vec<Likeness>,
    /// The first answer has come.
    pub answered: bool,
    rows: Vec<FoundRow>,
    first: usize,
    /// The rows that were asked for last.
    asked: Option<Range<usize>>,
    /// Where the next answer is to open.
    next: Opening,
}

/// Where an answer opens: what was said last holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Opening {
    /// On the document that is selected, where the person had chosen it.
    #[default]
    Kept,
    /// At its first row, whatever was selected.
    First,
    /// On this document.
    At(DocumentId),
}

impl DocumentList {
    /// Opens the next answer on this document, where one is given, and else as was said before. Where it is not among
    /// the rows that come, what is selected stays so.
    pub fn prefer(&mut self, id: Option<DocumentId>) {
        self.next = id.map_or(self.next, Opening::At);
    }

    /// Returns the document that the next answer is to open on, where another than the selected one is meant.
    pub fn preferred(&self) -> Option<DocumentId> {
        match self.next {
            Opening::At(id) => Some(id),
            Opening::Kept | Opening::First => None,
        }
    }

    /// Returns the document that stays selected when its rows are asked for again.
    pub fn kept(&self) -> Option<DocumentId> {
        self.preferred()
            .or_else(|| self.selected_row().map(|row| row.id))
    }

    /// Returns how many of the documents have every word.
    pub fn complete(&self) -> usize {
        self.total.saturating_sub(self.incomplete)
    }

    /// Returns how many documents there are; those that lack some of the words are counted apart.
    pub fn found_told(&self) -> String {
        match self.incomplete {
            0 => grouped(self.total),
            more => format!("{} + {}", grouped(self.complete()), grouped(more)),
        }
    }

    /// Returns in words that some of the documents lack words; nothing where none does.
    pub fn shortfall(&self) -> Option<String> {
        self.breadth
            .in_words(self.complete(), self.incomplete, grouped)
    }

    /// Returns the place of the first document that lacks some of the words, where such stand together at the end.
    pub fn first_incomplete(&self) -> Option<usize> {
        (self.breadth == Breadth::Widened && self.incomplete > 0).then(|| self.complete())
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

    /// Returns the rows that are loaded.
    pub fn rows(&self) -> &[FoundRow] {
        &self.rows
    }

    /// Returns the rows of a document and its doubles, as far as they are loaded, to be changed.
    pub fn rows_of(&mut self, id: DocumentId) -> impl Iterator<Item = &mut FoundRow> {
        self.rows.iter_mut().filter(move |row| row.is(id))
    }

    /// Leaves what is there as it is, since the answer that was to come in place of it failed.
    pub fn keep(&mut self) {
        self.next = Opening::Kept;
    }

    /// Takes the rows of a new answer, from the place `first` on, in place of all that was there. The selection stays on
    /// its document where the person had chosen it and it is still among these; else it goes to the first.
    pub fn replace(&mut self, found: Found, first: usize) {
        let opening = std::mem::take(&mut self.next);
        let preferred = match opening {
            Opening::At(id) => Some(id),
            Opening::Kept | Opening::First => None,
        };
        let chosen = self.selected_row().map(|row| row.id);
        let chosen = chosen.filter(|_| self.selected > 0 && opening != Opening::First);
        self.unfolded = None;
        self.cost = 0;
        self.take(found, first);
        self.asked = None;
        self.answered = true;
        let place = [preferred, chosen]
            .into_iter()
            .flatten()
            .find_map(|id| self.place_of(id));
        self.selected = place.unwrap_or(0);
        self.top = match place {
            // These rows are around the document: they are what is shown.
            Some(_) if first > 0 => first,
            Some(place) => self.top.min(place),
            None => 0,
        };
    }

    /// Takes another window of the same answer. The selection stays on its document, and that on its row of the screen,
    /// where others have come in before it.
    pub fn load(&mut self, found: Found, first: usize) {
        let kept = self.kept();
        self.next = Opening::Kept;
        self.take(found, first);
        if let Some(place) = kept.and_then(|id| self.place_of(id)) {
            self.top = (self.top + place).saturating_sub(self.selected);
            self.selected = place;
        }
        self.selected = self.selected.min(self.total.saturating_sub(1));
        if let Some(mut unfolded) = self.unfolded.take() {
            unfolded.place = self.place_of(unfolded.id).unwrap_or(unfolded.place);
            self.unfolded = Some(unfolded).filter(|unfolded| unfolded.place < self.total);
        }
    }

    fn take(&mut self, found: Found, first: usize) {
        self.total = found.hits.total;
        self.incomplete = found.hits.incomplete;
        self.breadth = found.hits.breadth;
        self.sort = found.hits.sort;
        self.costs = found.costs;
        self.likes = found.likes;
        self.cost = self.cost.min(self.costs.len().saturating_sub(1));
        self.rows = found.rows;
        self.first = first;
    }

    /// Returns the place in the order of a document, or of one that stands for it, where that row is loaded.
    fn place_of(&self, id: DocumentId) -> Option<usize> {
        let same = self.rows.iter().position(|row| row.id == id);
        let at = same.or_else(|| self.rows.iter().position(|row| row.is(id)));
        at.map(|at| self.first + at)
    }

    /// Returns how many rows on (or back) the next one with a hit in its text is; one where that is not known.
    pub fn steps_to_hit(&self, step: isize) -> isize {
        let lit = |far: &isize| {
            let place = self.selected.checked_add_signed(far * step);
            place
                .and_then(|place| self.row(place))
                .is_some_and(|row| !row.snippet.lit.is_empty())
        };
        let loaded = self.rows.len().cast_signed();
        (1..=loaded).find(lit).unwrap_or(1) * step
    }

    /// Selects a place in the order, or the last one.
    pub fn select(&mut self, place: usize) {
        self.selected = place.min(self.total.saturating_sub(1));
        if let Some(unfolded) = &mut self.unfolded {
            unfolded.cursor = None;
        }
    }

    /// Selects the row of a document, where it is loaded.
    pub fn select_document(&mut self, id: DocumentId) {
        if let Some(place) = self.place_of(id) {
            self.select(place);
        }
    }

    /// Scrolls so that the selection is among the `height` lines in sight.
    pub fn keep_in_sight(&mut self, height: usize) {
        self.top = first_in_sight(self.top, self.selected_line(), self.lines(), height);
    }

    /// Returns the rows to ask for, as places in the order, where those that `height` lines show are not all loaded: a
    /// screen before them, they, and a screen after. The same rows are not asked for twice in a row, so that documents
    /// which have gone from the store meanwhile are not asked for for ever.
    pub fn missing(&mut self, height: usize) -> Option<Range<usize>> {
        let first = match self.at_line(self.top) {
            ListLine::Document(place) => place,
            ListLine::Passage(_) => self.unfolded.as_ref().map_or(0, |above| above.place),
        };
        let in_sight = first..(first + height).min(self.total);
        let loaded = self.first..self.first + self.rows.len();
        let wanted = first.saturating_sub(height)..in_sight.end + height;
        let whole = in_sight.start >= loaded.start && in_sight.end <= loaded.end;
        if whole || self.asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.asked = Some(wanted.clone());
        Some(wanted)
    }

    /// Shows the next answer from its first row, whatever was selected; until it comes, all stands as it is.
    pub fn begin_anew(&mut self) {
        self.next = Opening::First;
    }
}
