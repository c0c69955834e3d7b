//! What a path that is to be added means: a new source, one that is there, or a piece of one.
//!
//! No file is in two sources. A path that a folder has already is read again there. A folder leaves out what is a
//! source of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, path_text};
use crate::library::Error;
use crate::store::{NewSource, SourceKind, Store};

/// What is to be read, and which source it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// What sort of thing the source is.
    pub kind: SourceKind,
    /// Where the source is.
    pub root: PathBuf,
    /// What of it is to be read: the root, or something below it.
    pub within: PathBuf,
    /// The path as it was given.
    pub given: String,
}

impl Target {
    /// Returns what `path` means, or why it means nothing.
    pub fn of(path: &Path, store: &Store) -> Result<Result<Self, Failure>, Error> {
        let failed = |reason: String| Failure {
            path: path.to_owned(),
            reason,
        };
        // Links and dots resolved: one thing is one source by whatever way it is named.
        let (root, kind) = match fs::canonicalize(path).and_then(|root| {
            let kind = kind(&root)?;
            Ok((root, kind))
        }) {
            Ok((root, Some(kind))) => (root, kind),
            Ok((_, None)) => return Ok(Err(failed("is neither a file nor a folder".to_owned()))),
            Err(error) => return Ok(Err(failed(error.to_string()))),
        };
        let given = path_text(path);
        if let Some(outer) = containing(&root, store)? {
            return Ok(Ok(Self {
                kind: SourceKind::Folder,
                root: outer,
                within: root,
                given,
            }));
        }
        Ok(Ok(Self {
            kind,
            within: root.clone(),
            root,
            given,
        }))
    }

    /// Returns the source as it is to be added where it is new.
    pub fn with_source<T>(&self, added: i64, use_it: impl FnOnce(&NewSource<'_>) -> T) -> T {
        let path = path_text(&self.root);
        use_it(&NewSource {
            kind: self.kind,
            identity: &path,
            given: &self.given,
            path: Some(&path),
            name: &self.name(),
            added,
        })
    }

    /// Returns what the source is called: the last name of its path.
    fn name(&self) -> String {
        let name = self.root.file_name().map_or(self.root.as_path(), Path::new);
        crate::text::sanitize::clean(&path_text(name)).into_owned()
    }
}

fn kind(path: &Path) -> std::io::Result<Option<SourceKind>> {
    let metadata = fs::metadata(path)?;
    Ok(if metadata.is_dir() {
        Some(SourceKind::Folder)
    } else if metadata.is_file() {
        Some(SourceKind::File)
    } else {
        None
    })
}

/// Returns the folder that was added and has files at or below `path`.
fn containing(path: &Path, store: &Store) -> Result<Option<PathBuf>, Error> {
    for folder in path.ancestors().skip(1) {
        let Some(source) = store.source(&path_text(folder))? else {
            continue;
        };
        let relative = path_text(path.strip_prefix(folder).unwrap_or(path));
        if store.has_files_at(source.id, &relative)? {
            return Ok(Some(folder.to_owned()));
        }
    }
    Ok(None)
}
