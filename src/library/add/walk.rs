//! Which files of a folder are read: those that a person would expect of a tool that knows git's rules.
//!
//! Hidden files stay out, and what an ignore file in the folder or below names; what lies above the folder has no say.
//! Links are not followed, as git and most search tools do not: so no loop can catch us, and no file is read under two
//! names. How many were left out is said.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::file::Candidate;
use super::{Failure, Warning, maildir, told};
use crate::config::manifest;

/// What was found in a folder.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files, in the order of their paths.
    pub files: Vec<Candidate>,
    /// What could not be looked into.
    pub failed: Vec<Failure>,
    /// What was left out.
    pub warnings: Vec<Warning>,
    /// It was stopped before the end.
    pub stopped: bool,
}

/// Looks through `root`, or through what of it lies at or below `within`. What is in `others` is passed over with all
/// that it holds. `found` is told how many files there are so far.
pub(super) fn walk(
    root: &Path,
    within: &Path,
    others: HashSet<PathBuf>,
    found: &mut dyn FnMut(usize, &Path) -> ControlFlow<()>,
) -> Walked {
    let on_the_way = within.to_owned();
    let entries = WalkBuilder::new(root)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .sort_by_file_path(Ord::cmp)
        .filter_entry(move |entry| {
            let path = entry.path();
            let asked = path.starts_with(&on_the_way) || on_the_way.starts_with(path);
            asked && !others.contains(path) && !maildir::is_within(path)
        })
        .build();
    let mut walked = Walked::default();
    let mut links = 0;
    for entry in entries {
        match entry {
            Ok(entry) if entry.path_is_symlink() && entry.depth() > 0 => links += 1,
            Ok(entry) => walked.files.extend(candidate(root, &entry)),
            Err(error) => walked.failed.push(failure(root, &error)),
        }
        if found(walked.files.len(), root).is_break() {
            walked.stopped = true;
            return walked;
        }
    }
    if links > 0 {
        walked.warnings.push(Warning {
            path: root.to_owned(),
            place: "folder".to_owned(),
            message: format!("links left out: {links}; add what they lead to"),
        });
    }
    walked
}

/// Returns the file of an entry, unless it is none: a folder that is no mailbox, a pipe, a manifest.
fn candidate(root: &Path, entry: &DirEntry) -> Option<Candidate> {
    let path = entry.path();
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if is_folder && maildir::is_maildir(path) {
        return Some(maildir::candidate(root, path));
    }
    let is_manifest = entry.file_name() == manifest::FILE_NAME;
    if is_manifest || !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return None;
    }
    Some(Candidate::new(
        path,
        path.strip_prefix(root).unwrap_or(path),
    ))
}

fn failure(root: &Path, error: &ignore::Error) -> Failure {
    let path = match error {
        ignore::Error::WithDepth { err, .. } => match err.as_ref() {
            ignore::Error::WithPath { path, .. } => path,
            _ => root,
        },
        ignore::Error::WithPath { path, .. } => path,
        _ => root,
    };
    let reason = error.io_error().map_or_else(|| error.to_string(), told);
    Failure {
        path: path.to_owned(),
        reason,
    }
}
