//! From a file to its documents, for many files at once.

use std::fs;
use std::ops::ControlFlow;

use super::file::{Candidate, FileBytes};
use super::{streamed, told};
use crate::config::{self, manifest::FileEntry};
use crate::document::Document;
use crate::format::{self, Outcome};

/// As many files are read together as come to this size, in bytes, and taken apart ahead by all cores. A file that is
/// larger stands alone; its documents are stored as they come, and are never held as a list.
pub(super) const GROUP_BYTES: u64 = 16 << 20;

/// As many files are read together as this, however small they are.
pub(super) const GROUP_FILES: usize = 256;

/// A file to be read.
#[derive(Debug)]
pub(super) struct Job {
    /// Which file.
    pub file: Candidate,
    /// What the manifest says of it.
    pub entry: Option<FileEntry>,
    /// The fingerprint of what its documents were last made from.
    pub known: Option<i64>,
}

/// A file that was read.
#[derive(Debug)]
pub(super) enum Content {
    /// It is as it was.
    Unchanged,
    /// It was taken apart.
    Parsed(Parsed),
    /// It is large, and has yet to be taken apart.
    Large(Vec<u8>),
    /// It is read piece by piece, and has yet to be looked at.
    Streamed,
    /// Why it can't be read.
    Failed(String),
}

/// What a file was taken apart into.
#[derive(Debug)]
pub(super) struct Parsed {
    /// Of what it was made from, see [`FileBytes::fingerprint`].
    pub fingerprint: i64,
    /// Its documents.
    pub documents: Vec<Document>,
    /// What came of reading it.
    pub outcome: Outcome,
}

/// Takes the next group of files from the list.
pub(super) fn next_group(jobs: &mut std::vec::IntoIter<Job>) -> Vec<Job> {
    let mut bytes = 0;
    let mut group = Vec::new();
    while let Some(job) = jobs.as_slice().first() {
        bytes += job.file.size;
        if !group.is_empty() && (bytes > GROUP_BYTES || group.len() == GROUP_FILES) {
            break;
        }
        group.extend(jobs.next());
    }
    group
}

/// Reads a group of files by as many threads as there are cores, while this one does `meanwhile`.
pub(super) fn read_group<T>(group: &[Job], meanwhile: impl FnOnce() -> T) -> (Vec<Content>, T) {
    let (read, done) = format::on_all_cores(group, Job::read, meanwhile);
    let lost = || Content::Failed("could not be taken apart".to_owned());
    let contents = read.into_iter().map(|read| read.unwrap_or_else(lost));
    (contents.collect(), done)
}

impl Job {
    fn read(&self) -> Content {
        let size = self.file.size;
        if size > GROUP_BYTES {
            match streamed::is_streamed(&self.file) {
                Ok(true) => return Content::Streamed,
                Ok(false) => {}
                Err(error) => return Content::Failed(told(&error)),
            }
        }
        let most = self.file.limits.bytes;
        if size > most {
            let (size, most) = (config::size(size), config::size(most));
            return Content::Failed(format!(
                "has {size}; at most {most} are read (the setting limits.bytes)"
            ));
        }
        match fs::read(&self.file.path) {
            Ok(bytes) => self.take_apart(bytes),
            Err(error) => Content::Failed(told(&error)),
        }
    }

    fn take_apart(&self, bytes: Vec<u8>) -> Content {
        let file = self.with_bytes(&bytes);
        if self.known == Some(file.fingerprint) {
            return Content::Unchanged;
        }
        if bytes.len() as u64 > GROUP_BYTES {
            return Content::Large(bytes);
        }
        let mut documents = Vec::new();
        let outcome = format::read(&file.input(), &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        Content::Parsed(Parsed {
            fingerprint: file.fingerprint,
            documents,
            outcome,
        })
    }

    /// Returns the file with what it holds.
    pub fn with_bytes<'a>(&'a self, bytes: &'a [u8]) -> FileBytes<'a> {
        FileBytes::new(&self.file, bytes, self.entry.as_ref())
    }
}
