//! Adding: paths → files → documents → store → index.
//!
//! A path is one source, a folder with all that is in it too. Files are read by all cores, a group at a time, while
//! the group before is being stored. A group is one transaction and a file is never in it by half; a whole folder in
//! one would keep other writers waiting for minutes, and a killed program would have to begin again. What is read piece
//! by piece goes in by as many transactions as it takes (`pour`). Stopped, what was stored stays; what of it is not
//! searchable yet waits in the log.
//!
//! Adding again opens only those files whose size, time, manifest entry or reader have changed, and takes only those
//! apart whose bytes have. A time that was young when the file was read proves nothing: such a file is opened once more.
//! Times can lie (a restored backup, a copy that keeps them), so [`Look::Everything`] opens every file.
//!
//! What happens to documents that are not in their file any more depends on the file. One that names itself (a feed,
//! a page of posts) is a window on something that goes on: it forgets, the library does not. From any other file they
//! went because somebody took them out. A file that is gone from its folder takes its documents along; a folder
//! without a single file left is more likely a disk that is not mounted, and loses nothing.

mod file;
mod gone;
mod mail;
#[cfg(test)]
mod mail_tests;
mod maildir;
mod manifests;
mod pour;
mod put;
mod read;
mod shelf;
mod singles;
mod source;
mod streamed;
mod target;
#[cfg(test)]
mod tests;
mod unwanted;
mod walk;
#[cfg(test)]
mod walk_tests;

use std::fmt::{self, Write as _};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub(super) use file::{Candidate, FileBytes};
pub(super) use put::put_bytes;

use super::catch_up::Carrier;
use super::{Error, Library, Progress};
use crate::store::SourceKind;
use put::Tally;
use singles::Singles;
use target::Target;

/// What came of adding. Counts are of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many were not there before.
    pub new: usize,
    /// How many had changed.
    pub updated: usize,
    /// How many were there just so.
    pub unchanged: usize,
    /// How many went, because their file no longer has them.
    pub removed: usize,
    /// What could not be read at all, and what was named and has nothing to read.
    pub failed: Vec<Failure>,
    /// How many files were opened and read, whether they had changed or not; the others surely had not.
    pub read: usize,
    /// How many addresses, of feeds and pages to fetch, were listed and not kept before.
    pub addresses: usize,
    /// How many files in folders could be read but have no text, such as notes of nothing but front matter.
    pub without_text: usize,
    /// How many files in folders are no documents by their names: pictures, fonts, style sheets, code.
    pub no_documents: usize,
    /// How many folders were passed over because they belong to a saved page beside them.
    pub page_folders: usize,
    /// What was not as it should be.
    pub warnings: Vec<Warning>,
    /// It was stopped before the end.
    pub stopped: bool,
}

impl Added {
    /// Counts in what came of another adding.
    pub(super) fn absorb(&mut self, other: Self) {
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.failed.extend(other.failed);
        self.read += other.read;
        self.addresses += other.addresses;
        self.without_text += other.without_text;
        self.warnings.extend(other.warnings);
        self.stopped |= other.stopped;
    }

    /// Counts in what came of a file of a source of this kind.
    pub(super) fn count(&mut self, kind: SourceKind, file: &Candidate, tally: Tally) {
        self.new += tally.new;
        self.updated += tally.updated;
        self.unchanged += tally.unchanged;
        self.removed += tally.removed;
        self.addresses += tally.addresses;
        let mut failure = tally.failure;
        if tally.without_text {
            match kind {
                // Who names a file wants what is in it. In a folder empty files are nothing special.
                SourceKind::File => failure = Some("has no text".to_owned()),
                SourceKind::Folder | SourceKind::Seeds | SourceKind::Feed => {
                    self.without_text += 1;
                }
            }
        }
        self.failed.extend(failure.map(|reason| Failure {
            path: file.path.clone(),
            reason,
        }));
        let warnings = tally.warnings.into_iter();
        self.warnings.extend(warnings.map(|warning| Warning {
            path: file.path.clone(),
            place: warning.place,
            message: warning.message,
        }));
    }
}

/// Which of the files that were read before are opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Those whose size or time has changed.
    #[default]
    Changed,
    /// All.
    Everything,
}

/// A path of which nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

impl Failure {
    /// Returns it in a few words: the last name of its path, and why.
    pub fn in_brief(&self) -> String {
        let name = self.path.file_name().map_or(self.path.as_path(), Path::new);
        let told = format!("{}: {}", path_text(name), self.reason);
        crate::text::sanitize::clean(&told).replace('\n', " ")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

/// What was wrong in a file, and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub path: PathBuf,
    /// Where in it: a line, an entry, or the whole file.
    pub place: String,
    /// What is wrong there, and what was done instead.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            place,
            message,
        } = self;
        write!(f, "{}: {place}: {message}", path.display())
    }
}

impl Library {
    /// Adds files and folders, or reads those again that were added before. What can't be read is told, and the rest
    /// goes on; stopped by `progress`, what was read stays.
    pub fn add(
        &mut self,
        paths: &[PathBuf],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Added, Error> {
        self.add_looking_at(Look::Changed, paths, progress)
    }

    /// Adds files and folders, and says which of their files are opened.
    pub fn add_looking_at(
        &mut self,
        look: Look,
        paths: &[PathBuf],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Added, Error> {
        let mut adding = Adding {
            look,
            carrier: None,
            library: self,
            added: Added::default(),
            documents: 0,
            progress,
        };
        let mut singles = Singles::of(paths.len());
        for path in paths {
            let target = match Target::of(path, &adding.library.store)? {
                Ok(target) => adding.single_or(&mut singles, target)?,
                Err(failure) => {
                    adding.added.failed.push(failure);
                    continue;
                }
            };
            if let Some(target) = target.filter(|_| !adding.added.stopped) {
                adding.target(&target)?;
            }
            if adding.added.stopped {
                break;
            }
        }
        adding.all_singles(&mut singles)?;
        let Adding { carrier, added, .. } = adding;
        if let Some(carrier) = carrier {
            carrier.end()?;
        }
        if !added.stopped {
            self.catch_up(progress)?;
        }
        Ok(added)
    }
}

/// An adding under way.
struct Adding<'a> {
    library: &'a mut Library,
    look: Look,
    /// Makes searchable what was stored; none before there is something, and while another program is at that.
    carrier: Option<Carrier>,
    added: Added,
    /// How many documents were read so far.
    documents: usize,
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
}

/// Returns the time, in seconds since 1970, UTC.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Returns the time, in milliseconds since 1970, UTC.
fn now_in_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Says what the system's error means for the person who added the path.
pub(super) fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is nothing of that name".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

/// Returns a path as text, parted by `/`. What is no Unicode in it is written as `\xNN`: two odd names stay two.
pub(super) fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    if cfg!(windows) {
        text = text.replace('\\', "/");
    }
    text
}
