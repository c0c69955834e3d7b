//! What the reader left: read, starred, hidden, the place where reading stopped.
//!
//! An article that came from several sources was read once and is starred once: read, starred and hidden hold for all documents
//! of a fold, and one that comes into it later has what the others have. The place is each document's own.
//!
//! Kept by the source's identity and the document's key, so that marks wait for a document that was removed and
//! comes back. They never touch the change log: the index does not hold them.

use rusqlite::{Transaction, TransactionBehavior};

use super::{Error, Store};
use crate::document::{Anchor, DocumentId};

/// The documents of the store that bear a mark, each list in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Those that were read.
    pub read: Vec<DocumentId>,
    /// Those that are starred.
    pub starred: Vec<DocumentId>,
    /// Those that are hidden.
    pub hidden: Vec<DocumentId>,
}

impl Store {
    /// Marks documents as read or as unread, in one transaction: each costs a wait for the disk. Where there is no such
    /// document, nothing is marked.
    pub fn set_read(&self, ids: &[DocumentId], read: bool) -> Result<(), Error> {
        self.run("keeping a mark", |connection| {
            let all = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let mut statement = all.prepare_cached(
                "INSERT INTO mark (source, key, read)
                 SELECT source.identity, document.key, ?2
                 FROM document JOIN source ON source.id = document.source WHERE document.id IN (
                     SELECT ?1 UNION SELECT other.document FROM fold
                     JOIN fold AS other ON other.number = fold.number WHERE fold.document = ?1)
                 ON CONFLICT DO UPDATE SET read = excluded.read",
            )?;
            for id in ids {
                statement.execute((id.0, read))?;
            }
            drop(statement);
            all.commit()
        })
    }

    /// Stars a document or takes the star away. Returns whether there is such a document.
    pub fn set_starred(&self, id: DocumentId, starred: bool) -> Result<bool, Error> {
        self.set_mark(
            "INSERT INTO mark (source, key, starred)
             SELECT source.identity, document.key, ?2
             FROM document JOIN source ON source.id = document.source
             WHERE document.id IN (
                 SELECT ?1 UNION SELECT other.document FROM fold
                 JOIN fold AS other ON other.number = fold.number WHERE fold.document = ?1)
             ON CONFLICT DO UPDATE SET starred = excluded.starred",
            (id.0, starred),
        )
    }

    /// Hides a document or shows it again. Returns whether there is such a document.
    pub fn set_hidden(&self, id: DocumentId, hidden: bool) -> Result<bool, Error> {
        self.set_mark(
            "INSERT INTO mark (source, key, hidden)
             SELECT source.identity, document.key, ?2
             FROM document JOIN source ON source.id = document.source
             WHERE document.id IN (
                 SELECT ?1 UNION SELECT other.document FROM fold
                 JOIN fold AS other ON other.number = fold.number WHERE fold.document = ?1)
             ON CONFLICT DO UPDATE SET hidden = excluded.hidden",
            (id.0, hidden),
        )
    }

    /// Keeps the place where reading stopped. Returns whether there is such a document.
    pub fn set_position(&self, id: DocumentId, place: &Anchor) -> Result<bool, Error> {
        self.set_mark(
            "INSERT INTO mark (source, key, at, words, text_hash)
             SELECT source.identity, document.key, ?2, ?3, document.text_hash
             FROM document JOIN source ON source.id = document.source WHERE document.id = ?1
             ON CONFLICT DO UPDATE
             SET at = excluded.at, words = excluded.words, text_hash = excluded.text_hash",
            (id.0, place.at, &place.words),
        )
    }

    /// Returns which documents are read, which starred and which hidden.
    pub fn marked(&self) -> Result<Marked, Error> {
        self.run("reading the marks", |connection| {
            let mut statement = connection.prepare_cached(
                "WITH marked AS (
                     SELECT document.id, read, starred, hidden FROM mark
                     JOIN source ON source.identity = mark.source
                     JOIN document ON document.source = source.id AND document.key = mark.key
                     WHERE read OR starred OR hidden
                 )
                 SELECT id, max(read), max(starred), max(hidden) FROM (
                     SELECT id, read, starred, hidden FROM marked
                     UNION ALL SELECT other.document, read, starred, hidden FROM marked
                     JOIN fold ON fold.document = marked.id
                     JOIN fold AS other ON other.number = fold.number
                 ) GROUP BY id ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut marked = Marked::default();
            while let Some(row) = rows.next()? {
                let id = DocumentId(row.get(0)?);
                if row.get(1)? {
                    marked.read.push(id);
                }
                if row.get(2)? {
                    marked.starred.push(id);
                }
                if row.get(3)? {
                    marked.hidden.push(id);
                }
            }
            Ok(marked)
        })
    }

    fn set_mark(&self, statement: &str, parameters: impl rusqlite::Params) -> Result<bool, Error> {
        self.run("keeping a mark", |connection| {
            connection
                .prepare_cached(statement)?
                .execute(parameters)
                .map(|rows| rows > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put, remove};
    use super::*;

    #[test]
    fn marks_are_kept_apart_from_each_other() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[document("a", "One two three.")])[0];
        assert!(store.set_starred(id, true).unwrap());
        store.set_read(&[id], true).unwrap();
        let place = Anchor::new("One two three.", 4);
        assert!(store.set_position(id, &place).unwrap());
        store.set_read(&[id], false).unwrap();
        let marks = store.document(id).unwrap().unwrap().marks;
        assert_eq!(
            (marks.read, marks.starred, marks.position),
            (false, true, Some(place))
        );
        assert_eq!(store.marked().unwrap().starred, [id]);
        assert_eq!(store.marked().unwrap().read, []);
    }

    #[test]
    fn marks_wait_for_a_source_that_was_removed() {
        let (_folder, mut store) = library();
        let first = put(&mut store, &[document("a", "One."), document("b", "Two.")]);
        store.set_starred(first[1], true).unwrap();
        assert!(store.set_hidden(first[0], true).unwrap());
        remove(&mut store);
        assert_eq!(store.marked().unwrap(), Marked::default());
        let second = put(
            &mut store,
            &[document("b", "Two, changed."), document("a", "One.")],
        );
        let marked = store.marked().unwrap();
        assert_eq!(
            (marked.starred, marked.hidden),
            (vec![second[0]], vec![second[1]])
        );
        assert!(
            second.iter().all(|id| !first.contains(id)),
            "a number was used twice"
        );
    }

    #[test]
    fn a_document_that_is_not_there_takes_no_mark() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[document("a", "One.")])[0];
        store.set_read(&[DocumentId(7), id], true).unwrap();
        assert_eq!(store.marked().unwrap().read, [id]);
        assert!(!store.set_starred(DocumentId(7), true).unwrap());
    }
}
