//! What can go wrong with an index, told apart by what the caller does about it: make it, make it anew, wait, or
//! tell the person.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why the index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index: [`Index::create`](super::Index::create) makes one.
    #[error("there is no search index in {}", .directory.display())]
    Missing {
        /// Where it was looked for.
        directory: PathBuf,
    },
    /// It cannot be read any more: make it anew.
    #[error("the search index in {} is damaged: {reason}", .directory.display())]
    Damaged {
        /// Where it is.
        directory: PathBuf,
        /// What was found wrong.
        reason: String,
    },
    /// Another version of the program made it: make it anew.
    #[error("the search index in {} was made by another version", .directory.display())]
    OtherVersion {
        /// Where it is.
        directory: PathBuf,
    },
    /// Another writer is at work, in this program or in another one.
    #[error("another program is writing to the search index in {}", .directory.display())]
    Busy {
        /// Where it is.
        directory: PathBuf,
    },
    /// The question is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("the question is nested too deeply to be run")]
    TooDeep,
    /// Who asked wants another answer by now: there is nothing to tell.
    #[error("a newer question has come")]
    Overtaken,
    /// The disk, or who may use it.
    #[error("{doing} the search index in {}", .directory.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Where the index is.
        directory: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// Sorts what was met while the index was read: what the system refuses is an [`Error::Io`], since making the index
    /// anew would not help; whatever else is wrong with it is damage.
    pub(super) fn reading(directory: &Path, error: TantivyError) -> Self {
        let directory = directory.to_owned();
        match error {
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => {
                Self::Missing { directory }
            }
            TantivyError::IncompatibleIndex(_)
            | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
                Self::OtherVersion { directory }
            }
            error => match refusal(&error) {
                Some(source) => Self::Io {
                    doing: "reading",
                    directory,
                    source,
                },
                None => Self::Damaged {
                    directory,
                    reason: error.to_string(),
                },
            },
        }
    }

    /// Sorts what was met while the index was written.
    pub(super) fn writing(directory: &Path, error: TantivyError) -> Self {
        let directory = directory.to_owned();
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy { directory },
            TantivyError::DataCorruption(_)
            | TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => Self::Damaged {
                directory,
                reason: error.to_string(),
            },
            error => Self::Io {
                doing: "writing",
                directory,
                source: io_error(&error).unwrap_or_else(|| io::Error::other(error.to_string())),
            },
        }
    }
}

/// Returns what the system said, where it refused: for want of permission, memory or file handles, not for want of bytes.
fn refusal(error: &TantivyError) -> Option<io::Error> {
    use io::ErrorKind::{InvalidData, InvalidInput, NotFound, Other, UnexpectedEof};
    io_error(error).filter(|error| {
        !matches!(
            error.kind(),
            InvalidData | InvalidInput | NotFound | Other | UnexpectedEof
        )
    })
}

/// Returns the system's error that is wrapped in one of tantivy's.
fn io_error(error: &TantivyError) -> Option<io::Error> {
    let (TantivyError::IoError(shared)
    | TantivyError::LockFailure(LockError::IoError(shared), _)
    | TantivyError::OpenReadError(OpenReadError::IoError {
        io_error: shared, ..
    })
    | TantivyError::OpenWriteError(OpenWriteError::IoError {
        io_error: shared, ..
    })
    | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
        io_error: shared, ..
    })) = error
    else {
        return None;
    };
    Some(io::Error::new(shared.kind(), shared.to_string()))
}
