//! Writing: one transaction, all of it or nothing.

use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, named_params};

use super::{Error, NewSource, SourceId, Store};
use crate::document::DocumentId;

/// How much of the database a writer keeps in memory at most, in KB. With `SQLite`'s 2 MB a batch of a thousand documents
/// drops pages that the next document changes again, above all those by which doubles are found.
const CACHE: i64 = 64 << 10;

/// A transaction that writes. What is not committed never was.
#[derive(Debug)]
pub struct Batch<'store> {
    transaction: Transaction<'store>,
    path: &'store Path,
    /// The number of the last change, this batch's own included.
    change: i64,
    /// What time it is, in seconds since 1970, UTC.
    pub(super) now: i64,
}

impl Store {
    /// Begins to write; waits while another program writes.
    ///
    /// # Errors
    /// [`Error::Busy`] when the other does not end within a minute.
    pub fn write(&mut self) -> Result<Batch<'_>, Error> {
        self.run("waiting to write", |connection| {
            connection.pragma_update(None, "cache_size", -CACHE)
        })?;
        let (transaction, path) = self.transaction("waiting to write")?;
        let change = transaction
            .query_row("SELECT change FROM library", [], |row| row.get(0))
            .map_err(|source| Error::new("waiting to write", path, source))?;
        Ok(Batch {
            transaction,
            path,
            change,
            now: 0,
        })
    }
}

impl Batch<'_> {
    /// Says what time it is, in seconds since 1970, UTC: earlier versions are kept as seen until then.
    #[must_use]
    pub fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    /// Keeps everything.
    pub fn commit(self) -> Result<(), Error> {
        let path = self.path;
        let keep = || {
            self.transaction
                .execute("UPDATE library SET change = ?1", [self.change])?;
            self.transaction.commit()
        };
        keep().map_err(|source| Error::new("keeping what was read", path, source))
    }

    /// Returns the number of the last change, this batch's own included.
    pub fn last_change(&self) -> i64 {
        self.change
    }

    /// Returns the number of the source of this identity, which is added where there is none.
    pub fn source(&mut self, new: &NewSource<'_>) -> Result<SourceId, Error> {
        self.run("adding a source", |transaction| {
            let known = transaction
                .prepare_cached("SELECT id FROM source WHERE identity = ?1")?
                .query_row([new.identity], |row| row.get(0))
                .optional()?;
            if let Some(id) = known {
                return Ok(SourceId(id));
            }
            transaction
                .prepare_cached(
                    "INSERT INTO source (identity, kind, given, path, name, added)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .insert((
                    new.identity,
                    new.kind.name(),
                    new.given,
                    new.path,
                    new.name,
                    new.added,
                ))
                .map(SourceId)
        })
    }

    /// Gives a source another name. Its documents count as changed, because a document without a publisher is found
    /// by the name of its source.
    pub fn rename_source(&mut self, id: SourceId, name: &str) -> Result<(), Error> {
        let renamed = self.run("renaming a source", |transaction| {
            transaction
                .prepare_cached("UPDATE source SET name = ?2 WHERE id = ?1 AND name <> ?2")?
                .execute((id.0, name))
        })?;
        if renamed > 0 {
            self.log_all("source = :value AND publisher IS NULL", id.0)?;
        }
        Ok(())
    }

    /// Notes when a source was looked through to its end, in seconds since 1970, UTC.
    pub fn looked(&mut self, id: SourceId, when: i64) -> Result<(), Error> {
        self.run("keeping when a source was looked through", |transaction| {
            transaction
                .prepare_cached("UPDATE source SET looked = ?2 WHERE id = ?1")?
                .execute((id.0, when))
                .map(drop)
        })
    }

    /// Removes a source with its documents and files; its marks stay. Returns how many documents went, or nothing
    /// where there is no such source.
    pub fn remove_source(&mut self, id: SourceId) -> Result<Option<usize>, Error> {
        let removed = self.remove_documents("source = :value", id.0)?;
        self.run("removing a source", |transaction| {
            let rows = transaction
                .prepare_cached("DELETE FROM source WHERE id = ?1")?
                .execute([id.0])?;
            Ok((rows > 0).then_some(removed))
        })
    }

    /// Removes some documents of a source, at most so many, and returns how many went. Its files are to be read again:
    /// who stops here and adds the source once more has all of it.
    pub fn remove_some(&mut self, source: SourceId, most: u32) -> Result<usize, Error> {
        // The order is that of an index, and the same for each of the statements that this becomes.
        let which = format!(
            "id IN (SELECT id FROM document WHERE source = :value ORDER BY key LIMIT {most})"
        );
        let removed = self.remove_documents(&which, source.0)?;
        self.run("removing documents", |transaction| {
            transaction
                .prepare_cached(
                    "UPDATE file SET fingerprint = NULL
                     WHERE source = ?1 AND fingerprint IS NOT NULL",
                )?
                .execute([source.0])
        })?;
        Ok(removed)
    }

    /// Keeps `value` under `name`, see [`Store::state`].
    pub fn set_state(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.run("keeping the state", |transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO state (name, value) VALUES (?1, ?2)")?
                .execute([name, value])
                .map(drop)
        })
    }

    /// Forgets what is kept under `name`.
    pub fn clear_state(&mut self, name: &str) -> Result<(), Error> {
        self.run("keeping the state", |transaction| {
            transaction
                .prepare_cached("DELETE FROM state WHERE name = ?1")?
                .execute([name])
                .map(drop)
        })
    }

    /// Returns what is kept under `name`, see [`Store::state`].
    pub fn state(&self, name: &str) -> Result<Option<String>, Error> {
        self.run("reading the state", |transaction| {
            transaction
                .prepare_cached("SELECT value FROM state WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    /// Removes and logs the documents of which `which` holds; its parameter is `:value`.
    pub(super) fn remove_documents(&mut self, which: &str, value: i64) -> Result<usize, Error> {
        self.log_all(which, value)?;
        self.unrelate(which, value)?;
        self.run("removing documents", |transaction| {
            transaction
                .prepare_cached(&format!("DELETE FROM document WHERE {which}"))?
                .execute(named_params! { ":value": value })
        })
    }

    /// Gives the next number to a document that changed.
    pub(super) fn log(&mut self, id: DocumentId) -> Result<(), Error> {
        self.change += 1;
        self.run("writing the change log", |transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO change (number, document) VALUES (?1, ?2)")?
                .execute((self.change, id.0))
                .map(drop)
        })
    }

    /// Gives the next numbers to the documents of which `which` holds; its parameter is `:value`.
    pub(super) fn log_all(&mut self, which: &str, value: i64) -> Result<(), Error> {
        let logged = self.run("writing the change log", |transaction| {
            transaction
                .prepare_cached(&format!(
                    "INSERT OR REPLACE INTO change (number, document)
                     SELECT :change + row_number() OVER (ORDER BY id), id
                     FROM document WHERE {which}"
                ))?
                .execute(named_params! { ":change": self.change, ":value": value })
        })?;
        self.change += i64::try_from(logged).unwrap_or_default();
        Ok(())
    }

    /// Asks the database, and says what was being done where that fails.
    pub(super) fn run<T>(
        &self,
        doing: &'static str,
        ask: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        ask(&self.transaction).map_err(|source| Error::new(doing, self.path, source))
    }
}
