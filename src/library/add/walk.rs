//! Which files of a folder are read: those that a person would expect of a tool that knows git's rules.
//!
//! Hidden files stay out, and what an ignore file in the folder or below names; what lies above the folder has no say.
//!
//! Links are followed: who keeps a shelf of links to folders elsewhere means what is in them. But every file is read
//! once. A link to what is in the folder anyway, to a folder that holds this one, or to what another link has led to
//! already, is passed over: so no loop can catch us. That is nothing wrong and needs no word; links that lead nowhere
//! are counted.
//!
//! The folder that a browser puts beside a saved page is part of the page: what lies in it is none of its own. Pictures,
//! fonts, films, style sheets and code are no documents wherever they lie; both are counted.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use super::file::Candidate;
use super::{Failure, Warning, maildir, told, unwanted};
use crate::config::manifest;
use crate::format;

/// How much of a file is looked at that is called like a newsgroup, in bytes.
const HEAD: u64 = 4096;

/// What was found in a folder.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files, in the order of their paths.
    pub files: Vec<Candidate>,
    /// What could not be looked into.
    pub failed: Vec<Failure>,
    /// What was left out.
    pub warnings: Vec<Warning>,
    /// How many files are no documents by their names.
    pub no_documents: usize,
    /// How many folders belong to saved pages.
    pub page_folders: usize,
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
    let links = Mutex::new(Links::new(root, others.clone()));
    let page_folders = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&page_folders);
    let entries = WalkBuilder::new(root)
        .follow_links(true)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .sort_by_file_path(Ord::cmp)
        .filter_entry(move |entry| {
            let path = entry.path();
            let asked = path.starts_with(&on_the_way) || on_the_way.starts_with(path);
            if !asked || others.contains(path) || maildir::is_within(path) {
                return false;
            }
            if is_of_page(entry) {
                counted.fetch_add(1, Ordering::Relaxed);
                return false;
            }
            let mut links = links.lock().unwrap_or_else(PoisonError::into_inner);
            links.are_new(entry)
        })
        .build();
    let mut walked = Walked::default();
    let mut astray = 0;
    let mut unwanted: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for entry in entries {
        match entry {
            Ok(entry) if is_maildir(&entry) => {
                walked.warnings.extend(left_out(root, entry.path()));
                let wanted = !is_unwanted(root, entry.path());
                let mailbox = wanted.then(|| maildir::candidate(root, entry.path()));
                walked.files.extend(mailbox);
            }
            Ok(entry) => match candidate(root, &entry) {
                Some(file) if is_no_document(&entry, &file) => walked.no_documents += 1,
                Some(file) if is_unwanted_mailbox(&entry, &file) => {
                    let folder = entry.path().parent().unwrap_or(root).to_owned();
                    let name = entry.file_name().to_string_lossy().into_owned();
                    unwanted.entry(folder).or_default().push(name);
                }
                file => walked.files.extend(file),
            },
            Err(error) => match failure(root, &error) {
                Trouble::Astray => astray += 1,
                Trouble::Loop => {}
                Trouble::Failed(failure) => walked.failed.push(failure),
            },
        }
        if found(walked.files.len(), root).is_break() {
            walked.stopped = true;
            return walked;
        }
    }
    walked.page_folders = page_folders.load(Ordering::Relaxed);
    let unwanted = unwanted.into_iter().map(|(path, names)| Warning {
        path,
        place: "folder".to_owned(),
        message: format!("mailboxes left out: {}", names.join(", ")),
    });
    walked.warnings.extend(unwanted);
    if astray > 0 {
        walked.warnings.push(Warning {
            path: root.to_owned(),
            place: "folder".to_owned(),
            message: format!("links that lead nowhere: {astray}; passed over"),
        });
    }
    walked
}

fn is_maildir(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_folder && maildir::is_maildir(entry.path())
}

/// Returns the file of an entry, unless it is none: a folder, a pipe, a manifest.
fn candidate(root: &Path, entry: &DirEntry) -> Option<Candidate> {
    let path = entry.path();
    let is_manifest = entry.file_name() == manifest::FILE_NAME;
    if is_manifest || !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return None;
    }
    Some(Candidate::new(
        path,
        path.strip_prefix(root).unwrap_or(path),
    ))
}

/// Returns whether a file is no document by its name. The archives of newsgroups are called as these are, some of them
/// after languages: `comp.lang.c`.
fn is_no_document(entry: &DirEntry, file: &Candidate) -> bool {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    let is_like_a_group = file.relative.matches('.').count() >= 2;
    is_file && format::is_no_document(&file.relative) && !(is_like_a_group && begins_as_mail(file))
}

/// Returns whether a file is a mailbox of what nobody wants.
fn is_unwanted_mailbox(entry: &DirEntry, file: &Candidate) -> bool {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    is_file && unwanted::is_mailbox(&file.relative) && begins_as_mail(file)
}

fn begins_as_mail(file: &Candidate) -> bool {
    let mut head = Vec::new();
    let read = File::open(&file.path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && format::streams(&file.relative, &head)
}

/// Returns whether an entry is the folder of a saved page that lies beside it.
fn is_of_page(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return false;
    }
    let Some(name) = entry.file_name().to_str() else {
        return false;
    };
    let mut pages = format::pages_of_folder(name).into_iter();
    pages.any(|page| entry.path().with_file_name(page).is_file())
}

/// Returns whether a maildir is one that nobody wants, unless it was asked for by name.
fn is_unwanted(root: &Path, maildir: &Path) -> bool {
    let name = maildir.file_name().and_then(|name| name.to_str());
    maildir != root && name.is_some_and(unwanted::is_folder)
}

/// Says which of the folders of a maildir are left out.
fn left_out(root: &Path, path: &Path) -> Option<Warning> {
    let (folder, names) = if is_unwanted(root, path) {
        let name = path.file_name()?.to_string_lossy().into_owned();
        (path.parent().unwrap_or(root), vec![name])
    } else {
        (path, maildir::left_out(path))
    };
    (!names.is_empty()).then(|| Warning {
        path: folder.to_owned(),
        place: "folder".to_owned(),
        message: format!("folders left out: {}", names.join(", ")),
    })
}

/// What the links of a folder have led to.
struct Links {
    /// The folder, and all that is a source of its own.
    known: Vec<PathBuf>,
    /// The folders and files outside that links have led to.
    reached: HashSet<PathBuf>,
}

impl Links {
    fn new(root: &Path, others: HashSet<PathBuf>) -> Self {
        let mut known: Vec<PathBuf> = others.into_iter().collect();
        known.push(root.to_owned());
        Self {
            known,
            reached: HashSet::new(),
        }
    }

    /// Returns whether an entry leads to something that was not reached before. What stands in the folder itself does;
    /// what was reached by a link is known by where it really is.
    fn are_new(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() && self.reached.is_empty() {
            return true;
        }
        // One that leads nowhere is told by the walk itself.
        let Ok(real) = entry.path().canonicalize() else {
            return true;
        };
        if real == entry.path() {
            return true;
        }
        let holds_or_is_held =
            |known: &PathBuf| real.starts_with(known) || known.starts_with(&real);
        !self.known.iter().any(holds_or_is_held) && self.reached.insert(real)
    }
}

/// Why an entry could not be looked into.
enum Trouble {
    /// A link leads nowhere.
    Astray,
    /// A link leads back to a folder that it stands in.
    Loop,
    /// Anything else.
    Failed(Failure),
}

fn failure(root: &Path, error: &ignore::Error) -> Trouble {
    let (mut inner, mut path) = (error, root);
    loop {
        match inner {
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                inner = err;
            }
            ignore::Error::WithPath { path: at, err } => {
                path = at;
                inner = err;
            }
            ignore::Error::Loop { .. } => return Trouble::Loop,
            _ => break,
        }
    }
    let kind = error.io_error().map(io::Error::kind);
    // One that leads to itself has an error of its own on each system.
    if kind != Some(io::ErrorKind::PermissionDenied) && path.is_symlink() {
        return Trouble::Astray;
    }
    let reason = error.io_error().map_or_else(|| error.to_string(), told);
    Trouble::Failed(Failure {
        path: path.to_owned(),
        reason,
    })
}
