//! A file on the way in: where it is, what it holds, and what tells that it has changed.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::path_text;
use crate::config::manifest::FileEntry;
use crate::format::Input;
use crate::store::Fingerprint;

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
    /// Takes the fingerprint: of the bytes, of what the manifest says, and of the version of the reader.
    pub fn new(candidate: &'a Candidate, bytes: &'a [u8], entry: Option<&'a FileEntry>) -> Self {
        let fingerprint = Fingerprint::default()
            .with(bytes)
            .with(format!("{entry:?}").as_bytes())
            .with(env!("CARGO_PKG_VERSION").as_bytes())
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
            ..Input::new(&self.candidate.relative, self.bytes)
        }
    }
}
