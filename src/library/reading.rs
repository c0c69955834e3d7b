//! One document, opened to be read, and what the reader leaves on it.

use super::catch_up::shown_source;
use super::{Also, Error, Face, Library};
use crate::document::{Anchor, Document, DocumentId, Marks, Note};
use crate::store::Stored;

pub use crate::store::ChapterHead;

/// A document opened to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its number.
    pub id: DocumentId,
    /// The document.
    pub document: Document,
    /// What a person calls its source: its publisher, else the name of what was added.
    pub source: String,
    /// What the reader left on it.
    pub marks: Marks,
    /// The reader's own notes on it and on others that are the same article, the oldest first.
    pub notes: Vec<Note>,
    /// The chapters of the book that it is one of, in the order of reading; none for what is no chapter.
    pub chapters: Vec<ChapterHead>,
    /// The other documents that are the same article.
    pub also: Vec<Also>,
    /// How many earlier versions of it are kept.
    pub earlier: usize,
    /// Which face of it this is.
    pub face: Face,
}

impl Opened {
    /// Returns whether it is a document, or another that is the same article.
    pub fn is(&self, id: DocumentId) -> bool {
        self.id == id || self.also.iter().any(|also| also.id == id)
    }
}

impl Library {
    /// Returns a document, or nothing where there is none of that number any more.
    pub fn document(&self, id: DocumentId) -> Result<Option<Opened>, Error> {
        let Some(stored) = self.store.document(id)? else {
            return Ok(None);
        };
        Ok(Some(Opened {
            id,
            source: shown_source(&stored).to_owned(),
            chapters: self.chapters(&stored)?,
            document: stored.document,
            marks: stored.marks,
            notes: self.store.notes_on(id)?,
            also: self.store.doubles(id)?,
            earlier: self.store.count_earlier(id)?,
            face: Face::Text,
        }))
    }

    fn chapters(&self, stored: &Stored) -> Result<Vec<ChapterHead>, Error> {
        match &stored.document.metadata.chapter {
            Some(chapter) => Ok(self.store.chapters(stored.source, &chapter.book)?),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the document that a link from another one leads to: by its key in their source, or where the link has
    /// none, by the name of a place that the whole source knows.
    pub fn beside(
        &self,
        other: DocumentId,
        key: &str,
        name: Option<&str>,
    ) -> Result<Option<DocumentId>, Error> {
        Ok(self.store.beside(other, key, name)?)
    }

    /// Returns the document that a person means by `text`: by its number, else its key, else its address.
    pub fn resolve(&self, text: &str) -> Result<Option<DocumentId>, Error> {
        Ok(self.store.resolve(text.trim())?)
    }

    /// Marks documents as read or as unread, all or none of them. One that has gone takes no mark.
    pub fn set_read(&self, ids: &[DocumentId], read: bool) -> Result<(), Error> {
        Ok(self.store.set_read(ids, read)?)
    }

    /// Stars a document or takes the star away. Returns whether there is such a document.
    pub fn set_starred(&self, id: DocumentId, starred: bool) -> Result<bool, Error> {
        Ok(self.store.set_starred(id, starred)?)
    }

    /// Hides a document or shows it again. Returns whether there is such a document.
    pub fn set_hidden(&self, id: DocumentId, hidden: bool) -> Result<bool, Error> {
        Ok(self.store.set_hidden(id, hidden)?)
    }

    /// Keeps the place where reading stopped. Returns whether there is such a document.
    pub fn set_position(&self, id: DocumentId, place: &Anchor) -> Result<bool, Error> {
        Ok(self.store.set_position(id, place)?)
    }

    /// Returns what was last kept under `name`: which document was open, and the like.
    pub fn state(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.store.state(name)?)
    }

    /// Keeps `value` under `name`.
    pub fn set_state(&self, name: &str, value: &str) -> Result<(), Error> {
        Ok(self.store.set_state(name, value)?)
    }
}
