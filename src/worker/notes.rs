//! Keeps changes to the reader's notes.

use crate::app::{Message, NoteChange, NoteDone};
use crate::library::{Error, Library};

/// Makes a change, and tells what became of it.
pub(super) fn change(library: &Library, change: &NoteChange) -> Result<Message, Error> {
    let done = |there: bool| {
        if there {
            NoteDone::Done
        } else {
            NoteDone::Gone
        }
    };
    let became = match change {
        NoteChange::Add(id, on, text) => library
            .add_note(*id, text, on.as_ref())
            .map(|note| note.map_or(NoteDone::Gone, NoteDone::Added)),
        NoteChange::Change(_, note, text) => library.change_note(note.id, text).map(done),
        NoteChange::Restore(note) => library.change_note(note.id, &note.text).map(done),
        // One that has gone meanwhile is gone, as was wanted.
        NoteChange::Remove(_, note) => library.remove_note(note.id).map(|_| NoteDone::Done),
        NoteChange::TakeBack(note) => library.remove_note(*note).map(|_| NoteDone::Done),
        NoteChange::Again(id, note) => library.add_note_again(*id, note).map(done),
    };
    let became = match became {
        Err(Error::Note(error)) => NoteDone::Refused(error.to_string()),
        other => other?,
    };
    Ok(Message::NoteChanged(change.clone(), became))
}
