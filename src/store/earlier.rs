//! What documents said before they were changed.
//!
//! Kept from the first change on that this recto sees: the last [`KEPT`] texts of a document, and of these no more
//! than [`BYTES`]. Only a change of the text counts; a corrected date leaves no version behind.

use rusqlite::Transaction;

use super::{Batch, Error, Store, encoding};
use crate::document::{Body, DocumentId, Title};

/// How many earlier versions of a document are kept.
const KEPT: i64 = 10;

/// How many bytes of text they have at most together. A longer text is not kept at all: a log that grows every day
/// would be in the library ten times over.
const BYTES: i64 = 4 << 20;

/// What a document said until it was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// What it was called.
    pub title: Title,
    /// What it said.
    pub body: Body,
    /// When the next version was seen, in seconds since 1970, UTC.
    pub until: i64,
}

impl Store {
    /// Returns how many earlier versions of a document are kept.
    pub fn count_earlier(&self, id: DocumentId) -> Result<usize, Error> {
        self.run("reading earlier versions", |connection| {
            connection
                .prepare_cached("SELECT count(*) FROM earlier WHERE document = ?1")?
                .query_row([id.0], |row| super::open::count(row, 0))
        })
    }

    /// Returns the earlier versions of a document, the newest first.
    pub fn earlier(&self, id: DocumentId) -> Result<Vec<Earlier>, Error> {
        self.run("reading earlier versions", |connection| {
            connection
                .prepare_cached(
                    "SELECT title, derived, text, shape, until FROM earlier WHERE document = ?1 ORDER BY number DESC",
                )?
                .query_map([id.0], |row| {
                    Ok(Earlier {
                        title: Title {
                            text: row.get(0)?,
                            derived: row.get(1)?,
                        },
                        body: encoding::decode_body(row.get(2)?, row.get_ref(3)?.as_blob()?),
                        until: row.get(4)?,
                    })
                })?
                .collect()
        })
    }
}

impl Batch<'_> {
    /// Keeps what a document says, since it is about to say something else.
    pub(super) fn keep_earlier(&self, id: DocumentId) -> Result<(), Error> {
        let now = self.now;
        self.run("keeping an earlier version", |transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO earlier (document, number, title, derived, text, shape, until)
                     SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM earlier WHERE document = ?1),
                         title, derived, text, shape, ?2
                     FROM document JOIN body ON body.document = id
                     WHERE id = ?1 AND octet_length(text) <= ?3",
                )?
                .execute((id.0, now, BYTES))?;
            forget(transaction, id)
        })
    }
}

/// Lets the oldest versions go that are more than are kept.
fn forget(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM earlier WHERE document = ?1 AND number IN (
                 SELECT number FROM (
                     SELECT number, row_number() OVER newest AS place, sum(octet_length(text)) OVER newest AS bytes
                     FROM earlier WHERE document = ?1 WINDOW newest AS (ORDER BY number DESC)
                 ) WHERE place > ?2 OR bytes > ?3
             )",
        )?
        .execute((id.0, KEPT, BYTES))
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put};
    use super::*;

    fn texts(store: &Store) -> Vec<String> {
        let earlier = store.earlier(DocumentId(1)).unwrap();
        earlier
            .iter()
            .map(|version| version.body.text().to_owned())
            .collect()
    }

    #[test]
    fn what_a_text_said_before_is_kept_newest_first_and_not_for_ever() {
        let (_folder, mut store) = library();
        for round in 0..15 {
            put(&mut store, &[document("a", &format!("Round {round}."))]);
        }
        let expected: Vec<String> = (4..14)
            .rev()
            .map(|round| format!("Round {round}."))
            .collect();
        assert_eq!(texts(&store), expected);
    }

    #[test]
    fn another_title_alone_leaves_no_version() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One.")]);
        let mut retitled = document("a", "One.");
        retitled.metadata.title.text = "T".to_owned();
        put(&mut store, &[retitled]);
        assert_eq!(texts(&store), [] as [&str; 0]);
        put(&mut store, &[document("a", "Two.")]);
        assert_eq!(texts(&store), ["One."]);
        assert_eq!(store.earlier(DocumentId(1)).unwrap()[0].title.text, "T");
    }

    #[test]
    fn long_texts_are_kept_as_far_as_there_is_room() {
        let (_folder, mut store) = library();
        let third = "word ".repeat(BYTES as usize / 13);
        for round in 0..5 {
            put(&mut store, &[document("a", &format!("{round} {third}"))]);
        }
        assert_eq!(texts(&store).len(), 2);
        let whole = "word ".repeat(BYTES as usize / 5 + 1);
        put(&mut store, &[document("a", &whole)]);
        assert_eq!(texts(&store).len(), 2);
        put(&mut store, &[document("a", "Short.")]);
        assert!(texts(&store)[0].len() < whole.len());
    }

    #[test]
    fn versions_go_with_their_document() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One."), document("b", "B.")]);
        put(&mut store, &[document("a", "Two."), document("b", "B.")]);
        put(&mut store, &[document("b", "B.")]);
        assert_eq!(texts(&store), [] as [&str; 0]);
    }
}
