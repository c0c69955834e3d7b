//! What the reader has read, starred and hidden, as a question asks of it.
//!
//! Marks never touch the index: they change with every key, and belong to the library. They come with each request.

use crate::document::DocumentId;

/// The documents that bear marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkSets {
    /// Those that were read.
    pub read: IdSet,
    /// Those that were starred.
    pub starred: IdSet,
    /// Those that are hidden: found where a question asks for them, and not otherwise.
    pub hidden: IdSet,
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
