//! What stops the work on a library. What is wrong with a single file stops nothing: that is a
//! [`Failure`](super::Failure) or a [`Warning`](super::Warning).
//!
//! As everywhere, the text of an error leaves out its cause: who tells a person goes through the causes once. A hint
//! stands in parentheses, so that the cause can follow it.

use std::io;
use std::path::PathBuf;

use crate::document::NoteError;
use crate::{index, store};

/// An error of the library.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder of the library can't be made or read.
    #[error("while {doing} {path} (choose another folder with --library)")]
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
    /// The index turned out to be damaged while it was in use. The next opening makes it anew; nothing but time is
    /// lost.
    #[error("the index is of no use now (close recto and open it again, and it is made anew)")]
    DamagedIndex(#[source] index::Error),
    /// What was to be kept as a note is none.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Who asked wants another answer by now: there is nothing to tell.
    #[error(transparent)]
    Overtaken(index::Error),
    /// The index failed.
    #[error(transparent)]
    Index(index::Error),
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        match error {
            index::Error::Damaged { .. } => Self::DamagedIndex(error),
            index::Error::Overtaken => Self::Overtaken(error),
            error => Self::Index(error),
        }
    }
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

#[cfg(test)]
mod tests {
    use std::{error, iter};

    use super::*;

    #[test]
    fn an_error_with_its_causes_says_each_thing_once() {
        let refused = || io::Error::other("the disk is gone");
        let folder = Error::folder("making the folder", "/shelf")(refused());
        let directory = PathBuf::from("/shelf/index");
        let damaged = Error::from(index::Error::Damaged {
            directory: directory.clone(),
            reason: "a file is cut short".to_owned(),
        });
        let index = Error::from(index::Error::Io {
            doing: "reading",
            directory,
            source: refused(),
        });
        for (error, told) in [
            (
                folder,
                "while making the folder /shelf (choose another folder with --library): the disk is gone",
            ),
            (
                damaged,
                "the index is of no use now (close recto and open it again, and it is made anew): \
                 the search index in /shelf/index is damaged: a file is cut short",
            ),
            (
                index,
                "reading the search index in /shelf/index: the disk is gone",
            ),
        ] {
            let chain = iter::successors(Some(&error as &dyn error::Error), |error| error.source());
            let words: Vec<String> = chain.map(ToString::to_string).collect();
            assert_eq!(words.join(": "), told);
        }
    }
}
