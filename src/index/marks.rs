//! What the reader has read, starred, hidden, tagged and written notes on, and what came from where, as a question asks
//! of it.
//!
//! Neither touches the index: marks change with every key, and which source a document came from is the library's to
//! know. They come with each request.

use std::sync::Arc;

use super::tags::Tags;
use crate::document::DocumentId;
use crate::query::{Clause, Within};

/// The documents that bear marks, and those of the sources that a question names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkSets {
    /// Those that were read.
    pub read: IdSet,
    /// Those that were starred.
    pub starred: IdSet,
    /// Those that are hidden: found where a question asks for them, and not otherwise.
    pub hidden: IdSet,
    /// Own tags, and the documents that have them.
    pub tags: Arc<Tags>,
    /// Those that bear a note of the reader's own.
    pub noted: IdSet,
    /// For each clause about notes that the question has, those that bear a note with its words.
    pub with_note: Vec<(Clause, IdSet)>,
    /// Those of each source that the question names; of one that is not here there are none.
    pub within: Vec<(Within, IdSet)>,
    /// For each number that the question names with `since:`, the later documents that are doubles of earlier ones.
    pub doubles: Vec<(i64, IdSet)>,
}

impl MarkSets {
    /// Returns whether a document came after the one of a number, and not as the double of an earlier one.
    pub(super) fn is_since(&self, number: i64, id: DocumentId) -> bool {
        let mut doubles = self.doubles.iter().filter(|(since, _)| *since == number);
        id.0 > number && !doubles.any(|(_, doubles)| doubles.contains(id))
    }

    /// Returns whether a document bears a note with the words of a clause.
    pub(super) fn has_note(&self, clause: &Clause, id: DocumentId) -> bool {
        let mut known = self.with_note.iter();
        known.any(|(asked, documents)| asked == clause && documents.contains(id))
    }

    /// Returns the documents of a source that the question names.
    pub fn within(&self, source: &Within) -> Option<&IdSet> {
        let mut known = self.within.iter();
        known
            .find(|(named, _)| named == source)
            .map(|(_, documents)| documents)
    }
}

/// A set of documents by their ids. The same id in it twice is there once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet {
    sorted: Vec<DocumentId>,
}

impl IdSet {
    /// Returns whether there is none in it.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Returns whether a document is in it.
    pub fn contains(&self, id: DocumentId) -> bool {
        self.sorted.binary_search(&id).is_ok()
    }
}

impl FromIterator<DocumentId> for IdSet {
    fn from_iter<I: IntoIterator<Item = DocumentId>>(ids: I) -> Self {
        let mut sorted: Vec<DocumentId> = ids.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }
}
