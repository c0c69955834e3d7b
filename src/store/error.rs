//! What can go wrong with `library.db`, told so that a person knows what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// An error of the store. None of them has changed anything.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file was written by a newer recto.
    #[error(
        "{path} was written by a newer recto (its form is {found}, this recto knows up to {known}); \
         update recto to open it"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The form that the file has.
        found: i64,
        /// The newest form known here.
        known: i64,
    },
    /// The file is a database, but not one of recto's.
    #[error("{path} is a database of another program; choose another folder with --library")]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// The file is not a sound database.
    #[error(
        "{path} is damaged (it is left as it is: put a backup in its place, or move it away and recto begins a new one)"
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// Another program kept the library locked for as long as we waited.
    #[error("while {doing}: another program is writing to {path} and did not finish; try again")]
    Busy {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
    },
    /// The file or its folder can't be opened or written.
    #[error("while {doing}: {path} can't be opened or written (look at its permissions)")]
    Denied {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// Anything else: a full disk, a broken one.
    #[error("while {doing} in {path}")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Says what `source` means for the person whose library lies at `path`.
    pub(super) fn new(doing: &'static str, path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path, source }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { doing, path },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                Self::Denied {
                    doing,
                    path,
                    source,
                }
            }
            _ => Self::Failed {
                doing,
                path,
                source,
            },
        }
    }
}
