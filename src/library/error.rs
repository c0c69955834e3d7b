//! What stops the work on a library. What is wrong with a single file stops nothing: that is a
//! [`Failure`](super::Failure) or a [`Warning`](super::Warning).

use std::io;
use std::path::PathBuf;

use crate::{index, store};

/// An error of the library.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder of the library can't be made or read.
    #[error("while {doing} {path}: {source}; choose another folder with --library")]
    Folder {
        /// What was being done.
        doing: &'static str,
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
}

impl Error {
    /// Says what was being done to which folder.
    pub(super) fn folder(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Folder {
            doing,
            path,
            source,
        }
    }
}
