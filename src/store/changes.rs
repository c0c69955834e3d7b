//! The log of changes, by which an index that fell behind catches up.
//!
//! Of each document only the last change is kept, whether it was put or removed, so the log never has more rows than
//! there ever were documents. Rows of removed documents stay: an index put back from a backup may still hold them.

use super::open::count;
use super::{Error, Store};
use crate::document::DocumentId;

/// A document that was put or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place in the order of all changes, from 1.
    pub number: i64,
    /// Which document; gone from the store if it was removed.
    pub document: DocumentId,
}

impl Store {
    /// Returns the number of the last change; 0 where there was none.
    pub fn last_change(&self) -> Result<i64, Error> {
        self.run("reading the change log", |connection| {
            connection
                .prepare_cached("SELECT change FROM library")?
                .query_row([], |row| row.get(0))
        })
    }

    /// Returns the changes after `number`, oldest first, at most `limit` of them.
    pub fn changes_since(&self, number: i64, limit: u32) -> Result<Vec<Change>, Error> {
        self.run("reading the change log", |connection| {
            connection
                .prepare_cached(
                    "SELECT number, document FROM change WHERE number > ?1 ORDER BY number LIMIT ?2",
                )?
                .query_map((number, limit), |row| {
                    Ok(Change {
                        number: row.get(0)?,
                        document: DocumentId(row.get(1)?),
                    })
                })?
                .collect()
        })
    }

    /// Returns how many documents have changed after `number`.
    pub fn count_changes_since(&self, number: i64) -> Result<usize, Error> {
        self.run("reading the change log", |connection| {
            connection
                .prepare_cached("SELECT count(*) FROM change WHERE number > ?1")?
                .query_row([number], |row| count(row, 0))
        })
    }
}
