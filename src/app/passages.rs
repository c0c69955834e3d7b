//! The passages under the row that is unfolded: each takes as much of the list as a document does, so that a place in
//! the list is a line, and a million rows scroll like ten.

use super::DocumentList;
use crate::document::DocumentId;
use crate::query::Expanded;
use crate::query::passages::{PassageRoom, Passages, ShownPassage};

/// How many passages are shown at most: the best.
pub(super) const MOST_PASSAGES: usize = 12;

/// How many rows a passage has.
const ROWS: usize = 3;

/// How many columns of the list stand beside the words of a passage.
pub(super) const BESIDE: u16 = 7;

/// What is asked of the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct PassagesRequest {
    /// Its number.
    pub generation: u64,
    /// Which document.
    pub id: DocumentId,
    /// What is looked for: what the list's answer ran.
    pub light: Expanded,
    /// How much room a passage has.
    pub room: PassageRoom,
    /// How many passages are wanted.
    pub limit: usize,
}

/// A row that is unfolded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfolded {
    /// Which document.
    pub id: DocumentId,
    /// Its place in the order.
    pub place: usize,
    /// What stands under it; nothing before the answer.
    pub passages: Passages,
    /// The passage with the cursor; none while that is on the document.
    pub cursor: Option<usize>,
}

/// A line of the list: as high as a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// The document at a place in the order.
    Document(usize),
    /// A passage under the row that is unfolded.
    Passage(usize),
}

/// Returns how much room a passage has in a list of so many columns.
pub(super) fn room(columns: u16) -> PassageRoom {
    PassageRoom {
        cells: usize::from(columns.saturating_sub(BESIDE)),
        rows: ROWS,
    }
}

impl DocumentList {
    /// Returns how many lines the passages take.
    fn passage_lines(&self) -> usize {
        self.unfolded
            .as_ref()
            .map_or(0, |unfolded| unfolded.passages.best.len())
    }

    /// Returns how many lines there are in all.
    pub fn lines(&self) -> usize {
        self.total + self.passage_lines()
    }

    /// Returns what stands on a line.
    pub fn at_line(&self, line: usize) -> ListLine {
        let Some(unfolded) = &self.unfolded else {
            return ListLine::Document(line);
        };
        match line.checked_sub(unfolded.place + 1) {
            None => ListLine::Document(line),
            Some(below) if below < self.passage_lines() => ListLine::Passage(below),
            Some(_) => ListLine::Document(line - self.passage_lines()),
        }
    }

    /// Returns the line of a document.
    fn line_of(&self, place: usize) -> usize {
        let above = self.unfolded.as_ref().filter(|above| above.place < place);
        place + above.map_or(0, |_| self.passage_lines())
    }

    /// Returns the line with the cursor.
    pub fn selected_line(&self) -> usize {
        let on_passage = self.unfolded.as_ref().and_then(|unfolded| unfolded.cursor);
        self.line_of(self.selected) + on_passage.map_or(0, |passage| passage + 1)
    }

    /// Puts the cursor on a line, or on the last.
    pub fn select_line(&mut self, line: usize) {
        match self.at_line(line.min(self.lines().saturating_sub(1))) {
            ListLine::Document(place) => self.select(place),
            ListLine::Passage(passage) => {
                if let Some(unfolded) = &mut self.unfolded {
                    self.selected = unfolded.place;
                    unfolded.cursor = Some(passage);
                }
            }
        }
    }

    /// Returns the passage with the cursor.
    pub fn selected_passage(&self) -> Option<&ShownPassage> {
        let unfolded = self.unfolded.as_ref()?;
        unfolded.passages.best.get(unfolded.cursor?)
    }

    /// Returns a passage under the row that is unfolded.
    pub fn passage(&self, place: usize) -> Option<&ShownPassage> {
        self.unfolded.as_ref()?.passages.best.get(place)
    }

    /// Folds the row that is unfolded; the cursor goes to its document where it was on a passage.
    pub fn fold_passages(&mut self) {
        let lines = self.passage_lines();
        if let Some(unfolded) = self.unfolded.take()
            && self.top > unfolded.place
        {
            self.top = self.top.saturating_sub(lines).max(unfolded.place);
        }
    }

    /// Scrolls so that as many passages as there is room for are among the `height` lines in sight, and their document.
    pub fn bring_passages_into_sight(&mut self, height: usize) {
        let Some(unfolded) = &self.unfolded else {
            return;
        };
        let last = unfolded.place + self.passage_lines();
        self.top = self
            .top
            .max((last + 1).saturating_sub(height.max(1)))
            .min(unfolded.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(total: usize, place: usize, passages: usize) -> DocumentList {
        let mut list = DocumentList::default();
        list.total = total;
        list.selected = place;
        list.unfolded = Some(Unfolded {
            id: DocumentId(1),
            place,
            passages: Passages {
                best: vec![ShownPassage::default(); passages],
                total: passages,
            },
            cursor: None,
        });
        list
    }

    #[test]
    fn passages_stand_as_lines_between_their_document_and_the_next() {
        let mut list = list(4, 1, 2);
        let lines: Vec<ListLine> = (0..list.lines()).map(|line| list.at_line(line)).collect();
        assert_eq!(
            lines,
            [
                ListLine::Document(0),
                ListLine::Document(1),
                ListLine::Passage(0),
                ListLine::Passage(1),
                ListLine::Document(2),
                ListLine::Document(3),
            ]
        );
        for line in 0..list.lines() {
            list.select_line(line);
            assert_eq!(list.selected_line(), line);
        }
        list.select_line(99);
        assert_eq!((list.selected, list.selected_passage()), (3, None));
        list.select_line(2);
        assert_eq!(list.selected, 1);
        assert!(list.selected_passage().is_some());
        list.fold_passages();
        assert_eq!((list.selected_line(), list.lines()), (1, 4));
    }

    #[test]
    fn an_unfolded_row_stays_in_sight_with_what_there_is_room_for_under_it() {
        let mut list = list(100, 50, 12);
        for (top, height, expected) in [(46, 10, 50), (46, 20, 46), (40, 20, 43), (50, 3, 50)] {
            list.top = top;
            list.bring_passages_into_sight(height);
            assert_eq!(list.top, expected, "{top} {height}");
        }
        list.top = 60;
        list.fold_passages();
        assert_eq!(list.top, 50);
        assert_eq!(list.selected, 50);
    }

    #[test]
    fn folding_scrolls_no_other_row() {
        let mut list = list(100, 10, 5);
        list.select_line(80);
        list.top = 75;
        let first = list.at_line(list.top);
        list.fold_passages();
        assert_eq!(list.at_line(list.top), first);
    }
}
