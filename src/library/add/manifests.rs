//! The manifests of a folder and of the folders in it. The one nearest to a file that has an entry for it counts.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::target::Target;
use super::{Warning, path_text};
use crate::config::manifest::{self, FileEntry, Manifest};
use crate::store::SourceKind;

/// The largest manifest that is read, in bytes: ten times what ten thousand files need.
const LARGEST: u64 = 16 << 20;

/// The manifests below a root, read when they are first asked for.
#[derive(Debug)]
pub(super) struct Manifests {
    root: PathBuf,
    read: HashMap<PathBuf, Option<Manifest>>,
    /// The folder that was asked of last, where no manifest has a say in it.
    bare: Option<PathBuf>,
    /// What was wrong in them.
    pub warnings: Vec<Warning>,
}

impl Manifests {
    /// Returns the manifests that have a say in a target; one beside a single file has.
    pub fn of(target: &Target) -> Self {
        let from = match target.kind {
            SourceKind::File => target.root.parent(),
            SourceKind::Folder | SourceKind::Seeds | SourceKind::Feed => None,
        };
        Self::below(from.unwrap_or(&target.root))
    }

    /// Returns the manifests of `root` and of the folders in it.
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            read: HashMap::new(),
            bare: None,
            warnings: Vec::new(),
        }
    }

    /// Returns what the nearest manifest says of a file.
    pub fn entry(&mut self, file: &Path) -> Option<FileEntry> {
        let beside = file.parent()?;
        if self.bare.as_deref() == Some(beside) {
            return None;
        }
        let mut is_bare = true;
        for folder in file.ancestors().skip(1) {
            let entry = self.manifest(folder).and_then(|manifest| {
                is_bare = false;
                manifest.file(&path_text(file.strip_prefix(folder).unwrap_or(file)))
            });
            if let Some(entry) = entry {
                return Some(entry.clone());
            }
            if folder == self.root {
                break;
            }
        }
        self.bare = is_bare.then(|| beside.to_owned());
        None
    }

    fn manifest(&mut self, folder: &Path) -> Option<&Manifest> {
        if !self.read.contains_key(folder) {
            let manifest = self.load(&folder.join(manifest::FILE_NAME));
            self.read.insert(folder.to_owned(), manifest);
        }
        self.read.get(folder).and_then(Option::as_ref)
    }

    fn load(&mut self, path: &Path) -> Option<Manifest> {
        let metadata = fs::metadata(path).ok()?;
        let mut warn = |place: String, message: String| {
            self.warnings.push(Warning {
                path: path.to_owned(),
                place,
                message,
            });
        };
        if !metadata.is_file() || metadata.len() > LARGEST {
            warn("file".to_owned(), "is no manifest; passed over".to_owned());
            return None;
        }
        match fs::read_to_string(path) {
            Ok(text) => {
                let (manifest, warnings) = manifest::parse(&text);
                for warning in warnings {
                    warn(warning.place, warning.message);
                }
                Some(manifest)
            }
            Err(error) => {
                warn("file".to_owned(), format!("{error}; passed over"));
                None
            }
        }
    }
}
