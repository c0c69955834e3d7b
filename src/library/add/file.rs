//! A file on the way in: where it is, what it holds, and what tells that it has changed.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::path_text;
use crate::config::Limits;
use crate::config::manifest::FileEntry;
use crate::format::{self, Input};
use crate::store::{FileRecord, FileState, Fingerprint};

/// How old a time must be to prove that a file is what it was, in milliseconds. What is written within the tick of a
/// clock after it was read has the same time; the coarsest clock of a file system, FAT's, ticks every two seconds.
const SETTLED: i64 = 2_000;

/// Set in [`Candidate::reader`] for a mailbox: one that is what it was need not be opened to know that it is one.
const MAILBOX: i64 = 1;

/// Returns whether a file was a mailbox when it was read.
pub(super) fn was_mailbox(known: &FileState) -> bool {
    known.reader.is_some_and(|reader| reader & MAILBOX != 0)
}

/// A file that may be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// The path below its source, parted by `/`.
    pub relative: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in milliseconds since 1970, UTC.
    pub modified: Option<i64>,
    /// A number for all that it is read by, see [`Candidate::read_by`].
    pub reader: i64,
    /// How much of it is taken in.
    pub limits: Limits,
}

impl Candidate {
    /// Returns the file at `path`, which is `relative` to its source.
    pub fn new(path: &Path, relative: &Path) -> Self {
        let metadata = path.metadata().ok();
        let modified = metadata.as_ref().and_then(|metadata| {
            let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            i64::try_from(since.as_millis()).ok()
        });
        Self {
            path: path.to_owned(),
            relative: path_text(relative),
            size: metadata.map_or(0, |metadata| metadata.len()),
            modified,
            ..Self::default()
        }
    }

    /// Returns it with a number for all that it is read by: the readers' version, what the manifest says of it, and
    /// the limits. Another number has it read again, whatever its size and time say. Whether it is read as one with
    /// other mailboxes, which is known when it is looked into, is in its lowest bit.
    pub fn read_by(self, entry: Option<&FileEntry>, limits: Limits) -> Self {
        let reader = Fingerprint::default()
            .with(&format::VERSION.to_le_bytes())
            .with(format!("{entry:?}").as_bytes())
            .with(format!("{limits:?}").as_bytes())
            .finish();
        Self {
            reader: reader & !MAILBOX,
            limits,
            ..self
        }
    }

    /// Returns it as a mailbox, which is read as one with the others of its source.
    pub fn into_mailbox(self) -> Self {
        Self {
            reader: self.reader | MAILBOX,
            ..self
        }
    }

    /// Returns whether it is surely what it was when it was read: the same size, the same time, the same reader.
    pub fn is_still(&self, known: &FileState) -> bool {
        let was_read = known.fingerprint.is_some();
        was_read
            && self.modified.is_some()
            && (self.size, self.modified, Some(self.reader))
                == (known.size, known.modified, known.reader)
    }

    /// Returns what is kept of the file itself. A time too near to `now`, in milliseconds since 1970, proves nothing
    /// and is not kept: the file is opened once more.
    pub fn record(&self, now: i64) -> FileRecord {
        FileRecord {
            size: self.size,
            modified: self.modified.filter(|modified| modified + SETTLED < now),
            reader: Some(self.reader),
            ..FileRecord::default()
        }
    }
}

/// A file with what its documents are made from.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct FileBytes<'a> {
    /// Which file.
    pub candidate: &'a Candidate,
    /// What it holds.
    pub bytes: &'a [u8],
    /// What the manifest says of it.
    pub entry: Option<&'a FileEntry>,
    /// A number that changes when any of this does.
    pub fingerprint: i64,
}

impl<'a> FileBytes<'a> {
    /// Takes the fingerprint: of the bytes, and of all that they are read by.
    pub fn new(candidate: &'a Candidate, bytes: &'a [u8], entry: Option<&'a FileEntry>) -> Self {
        let fingerprint = Fingerprint::default()
            .with(bytes)
            .with(&candidate.reader.to_le_bytes())
            .finish();
        Self {
            candidate,
            bytes,
            entry,
            fingerprint,
        }
    }

    /// Returns it as the formats take it.
    pub fn input(&self) -> Input<'a> {
        Input {
            manifest: self.entry,
            limits: self.candidate.limits,
            ..Input::new(&self.candidate.relative, self.bytes)
        }
    }
}
