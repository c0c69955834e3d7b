//! Opening `library.db`, and the one way in which its other files ask it something.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

use super::Error;
use super::schema::{self, Form};

/// How long to wait for another program that writes. A feed of 100 MB is one transaction and takes some ten seconds
/// on a slow machine; nobody should lose a star to it.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often to begin again where `SQLite` says "busy" at once, without waiting: two programs that make the same new
/// library switch its journal at the same time.
const ATTEMPTS: usize = 100;

/// The size of a page of a new database, in bytes: twice what `SQLite` takes of itself. The texts are long: in larger
/// pages fewer of them go on in others, and fewer pages are written, which took a twentieth off a whole adding; twice as
/// much again took no more. A database that is there keeps what it has.
const PAGE: u32 = 8 << 10;

/// How long the write-ahead log grows before it is carried over into the database, in bytes. What documents are found
/// again by lies all over its table, so each batch writes much of it; carried over after each 4 MB, as is `SQLite`'s way,
/// the same pages would be written again and again.
const CHECKPOINT: u32 = 64 << 20;

/// An open `library.db`. One a thread; [`Store::another`] opens the next.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

impl Store {
    /// Opens the library's database, makes it where there is none, and brings an older one to the newest form.
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::Foreign`] and [`Error::Damaged`] leave the file untouched.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let doing = "opening the library";
        let failed = |source| Error::new(doing, path, source);
        let mut connection = Connection::open(path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        match schema::form(&connection).map_err(failed)? {
            Form::Foreign => return Err(Error::Foreign { path: path.into() }),
            Form::Library(found) if found > schema::NEWEST => {
                return Err(Error::Newer {
                    path: path.into(),
                    found,
                    known: schema::NEWEST,
                });
            }
            Form::Empty | Form::Library(_) => {}
        }
        prepare(&mut connection).map_err(failed)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Opens the same database again, for another thread.
    pub fn another(&self) -> Result<Self, Error> {
        Self::open(&self.path)
    }

    /// Returns the library's own name: made once, at random, and different from every other library's.
    pub fn library_id(&self) -> Result<String, Error> {
        self.run("reading the library's name", |connection| {
            connection.query_row("SELECT id FROM library", [], |row| row.get(0))
        })
    }

    /// Returns a number that differs whenever anything was written, here or by another handle or program.
    pub fn version(&self) -> Result<(i64, u64), Error> {
        self.run("asking for news", |connection| {
            let others =
                connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0))?;
            Ok((others, connection.total_changes()))
        })
    }

    /// Asks the database, and says what was being done where that fails.
    pub(super) fn run<T>(
        &self,
        doing: &'static str,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        ask(&self.connection).map_err(|source| Error::new(doing, &self.path, source))
    }

    /// Begins a transaction that writes; waits for other writers.
    pub(super) fn transaction(
        &mut self,
        doing: &'static str,
    ) -> Result<(Transaction<'_>, &Path), Error> {
        let path = &self.path;
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map(|transaction| (transaction, path.as_path()))
            .map_err(|source| Error::new(doing, path, source))
    }
}

/// Returns a count in a row.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let count: i64 = row.get(column)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Returns a count in a row's column of that name.
pub(super) fn count_named(row: &Row<'_>, column: &str) -> rusqlite::Result<usize> {
    let count: i64 = row.get(column)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Sets what every connection needs, and makes or migrates the tables.
fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE)?;
    let mut attempt = 0;
    // A write-ahead log: readers never wait for the writer.
    while let Err(error) = connection.pragma_update(None, "journal_mode", "wal") {
        attempt += 1;
        if error.sqlite_error_code() != Some(rusqlite::ErrorCode::DatabaseBusy)
            || attempt == ATTEMPTS
        {
            return Err(error);
        }
    }
    // What was said to be kept is kept, even when the power fails.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let page: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT / page.max(1))?;
    // The statements of this room, all of them, stay prepared; and not for the values that they are bound to, for which
    // they would be prepared anew at each use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(96);
    if schema::form(connection)? == Form::Library(schema::NEWEST) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again, because another program may have done it while we waited.
    match schema::form(&transaction)? {
        Form::Empty => schema::migrate(&transaction, 0)?,
        Form::Library(found) if found < schema::NEWEST => schema::migrate(&transaction, found)?,
        Form::Library(_) | Form::Foreign => {}
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_new_library_is_made_and_opened_again_as_the_same() {
        let folder = folder();
        let path = folder.path().join("library.db");
        let first = Store::open(&path).unwrap().library_id().unwrap();
        let second = Store::open(&path).unwrap();
        assert_eq!(second.library_id().unwrap(), first);
        assert_eq!(second.another().unwrap().library_id().unwrap(), first);
        assert_eq!(first.len(), 32);
    }

    #[test]
    fn the_log_is_carried_over_at_one_size_whatever_the_size_of_the_pages() {
        let folder = folder();
        let (new, old) = (folder.path().join("new.db"), folder.path().join("old.db"));
        let before = Connection::open(&old).unwrap();
        before.pragma_update(None, "page_size", 4096).unwrap();
        before.pragma_update(None, "journal_mode", "wal").unwrap();
        drop(before);
        for (path, size) in [(new, PAGE), (old, 4096)] {
            let store = Store::open(&path).unwrap();
            let asked = |name| {
                let value = store
                    .connection
                    .pragma_query_value(None, name, |row| row.get(0));
                value.unwrap()
            };
            let (page, pages): (u32, u32) = (asked("page_size"), asked("wal_autocheckpoint"));
            assert_eq!((page, page * pages), (size, CHECKPOINT));
        }
    }

    #[test]
    fn a_library_of_a_newer_recto_is_refused_and_not_touched() {
        let folder = folder();
        let path = folder.path().join("library.db");
        let store = Store::open(&path).unwrap();
        store
            .connection
            .pragma_update(None, "user_version", 99)
            .unwrap();
        drop(store);
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&path).unwrap_err();
        assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn what_is_no_library_is_refused_and_not_touched() {
        let folder = folder();
        let path = folder.path().join("other.db");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE theirs (a)").unwrap();
        drop(other);
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(Store::open(&path), Err(Error::Foreign { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), before);

        let path = folder.path().join("junk.db");
        let junk = "this is no database, but a letter to a friend. ".repeat(100);
        std::fs::write(&path, &junk).unwrap();
        assert!(matches!(Store::open(&path), Err(Error::Damaged { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), junk);
    }

    #[test]
    fn a_library_cut_short_says_that_it_is_damaged() {
        let folder = folder();
        let path = folder.path().join("library.db");
        drop(Store::open(&path).unwrap());
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let error = Store::open(&path)
            .and_then(|store| store.sources())
            .unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
    }

    #[test]
    fn many_may_open_a_new_library_at_once() {
        let folder = folder();
        let path = folder.path().join("library.db");
        let ids: Vec<String> = std::thread::scope(|scope| {
            let opening: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Store::open(&path).unwrap().library_id().unwrap()))
                .collect();
            opening
                .into_iter()
                .map(|opened| opened.join().unwrap())
                .collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
}
