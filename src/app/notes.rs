//! The reader's own notes: the one that is being written, and the list of all.

use std::sync::Arc;

use super::geometry::first_in_sight;
use super::{Area, TextBox};
use crate::document::{DocumentId, Note, NoteId, Quotation};
use crate::library::NotedHead;

/// A note that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteEditor {
    /// The document that it is on.
    pub document: DocumentId,
    /// What that is called.
    pub title: String,
    /// The note that is changed; none for a new one.
    pub note: Option<Note>,
    /// The passage that it is on; none where it is on the whole document.
    pub on: Option<Quotation>,
    /// The block of the page that it is on, where that is in sight.
    pub block: Option<usize>,
    /// What was typed.
    pub text: TextBox,
}

impl NoteEditor {
    /// Returns an editor for a note that is there.
    pub fn of(document: DocumentId, title: &str, note: Note) -> Self {
        Self {
            document,
            title: title.to_owned(),
            on: note.on.clone(),
            block: None,
            text: TextBox::new(&note.text),
            note: Some(note),
        }
    }

    /// Returns whether it says anything else than when it was opened.
    pub fn is_changed(&self) -> bool {
        let was = self.note.as_ref().map_or("", |note| note.text.as_str());
        self.text.text().trim() != was
    }
}

/// A change to the notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteChange {
    /// Keep a new one on a document, with what it says.
    Add(DocumentId, Option<Quotation>, String),
    /// Let one of a document say this.
    Change(DocumentId, Note, String),
    /// Remove one of a document, where that is there.
    Remove(Option<DocumentId>, Note),
    /// Let one say again what it said before it was changed.
    Restore(Note),
    /// Remove one that was just added.
    TakeBack(NoteId),
    /// Keep one of a document again that was removed.
    Again(DocumentId, Note),
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteDone {
    /// It is kept under this number.
    Added(NoteId),
    /// It was done.
    Done,
    /// The document or the note was not there any more.
    Gone,
    /// It was refused, for this reason; what was typed is still wanted.
    Refused(String),
}

/// The list of all notes as it is on the screen.
#[derive(Debug, Default)]
pub struct NotesList {
    /// The notes, the newest first; none before the first answer.
    pub notes: Option<Arc<[NotedHead]>>,
    /// The place of the one with the cursor.
    pub selected: usize,
    /// The place of the first in sight.
    pub top: usize,
    /// The number of the newest request.
    pub generation: u64,
    /// A note that was left without keeping it: the next on its document begins with it.
    pub draft: Option<NoteEditor>,
}

/// How many rows a note takes in the list: its document, the passage, what it says, and a blank.
pub const NOTE_ROWS: u16 = 4;

/// Where things stand in the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotesLayout {
    /// The row of the total.
    pub head: Area,
    /// [`NOTE_ROWS`] rows each note.
    pub rows: Area,
}

impl NotesLayout {
    /// Returns where things stand in a pane.
    pub fn new(pane: Area) -> Self {
        Self {
            head: Area { height: 1, ..pane },
            rows: pane.below(2),
        }
    }

    /// Returns how many notes are in sight.
    pub fn count(&self) -> usize {
        usize::from((self.rows.height + 1) / NOTE_ROWS).max(1)
    }
}

impl NotesList {
    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.notes.as_ref().map_or(0, |notes| notes.len())
    }

    /// Returns whether there is none, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the note with the cursor.
    pub fn selected(&self) -> Option<&NotedHead> {
        self.notes.as_ref()?.get(self.selected)
    }

    /// Takes the notes that came; the cursor stays on its note.
    pub fn take(&mut self, notes: Vec<NotedHead>) {
        let on = self.selected().map(|head| head.note.id);
        let place = on.and_then(|id| notes.iter().position(|head| head.note.id == id));
        self.selected = place
            .unwrap_or(self.selected)
            .min(notes.len().saturating_sub(1));
        self.notes = Some(notes.into());
    }

    /// Moves the cursor.
    pub fn move_by(&mut self, notes: isize) {
        let last = self.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(notes).min(last);
    }

    /// Scrolls so that the note with the cursor is in sight, where `count` are.
    pub fn keep_in_sight(&mut self, count: usize) {
        self.top = first_in_sight(self.top, self.selected, self.len(), count);
    }
}
