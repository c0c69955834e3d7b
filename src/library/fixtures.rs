//! A library and a folder of notes, for the tests of this room.

#![cfg(test)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::{Added, Library, Progress, Window};
use crate::query;

/// An empty library beside an empty folder of notes. Both live as long as this.
pub struct Desk {
    pub library: Library,
    folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("notes")).unwrap();
        let library = Library::temporary().unwrap();
        Self { library, folder }
    }

    /// Returns the folder that the folder of notes is in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of something in the folder of notes.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("notes").join(name)
    }

    /// Writes a note.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Adds a path.
    pub fn add(&mut self, path: &Path) -> Added {
        self.library.add(&[path.to_owned()], &mut go_on).unwrap()
    }

    /// Adds the folder of notes.
    pub fn add_notes(&mut self) -> Added {
        self.add(&self.path(""))
    }

    /// Returns the keys of the documents that a question finds, in order of the alphabet.
    pub fn keys(&self, question: &str) -> Vec<String> {
        keys(&self.library, question)
    }
}

/// Returns the keys of the documents that a question finds, in order of the alphabet.
pub fn keys(library: &Library, question: &str) -> Vec<String> {
    let found = library
        .find(&query::parse(question), Window::first(100), 60)
        .unwrap();
    let mut keys: Vec<String> = found.rows.into_iter().map(|row| row.key.0).collect();
    keys.sort();
    keys
}

/// Stops nothing.
pub fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Returns what an adding did, as new, updated, unchanged, removed.
pub fn counts(added: &Added) -> [usize; 4] {
    [added.new, added.updated, added.unchanged, added.removed]
}
