//! What `in:` names: something that was added, by its name or its number, or a folder below it by its path.
//!
//! A name is first that of what was added. Where nothing has it, it is a path: from the root of any folder that was
//! added, or from its name. A path is looked up as it stands, which is a range over an index; only one that finds
//! nothing so is compared with every folder there is, as names are compared, without regard to case.

use super::{Error, Library};
use crate::document::DocumentId;
use crate::index::IdSet;
use crate::query::{Within, whole_name};
use crate::store::{SourceId, Store};

/// Of how many files of a source folders are listed: 40 ms' worth.
const MOST_FILES: usize = 200_000;

/// How many places are offered for completion at most.
const MOST_PLACES: usize = 10_000;

/// The folders below the sources, kept while the store is the same.
#[derive(Debug, Default)]
pub(super) struct FolderNames(Option<Vec<(SourceId, Vec<Folder>)>>);

#[derive(Debug)]
struct Folder {
    path: String,
    /// Its path as names are compared.
    name: String,
}

impl FolderNames {
    fn of(&mut self, store: &Store) -> Result<&[(SourceId, Vec<Folder>)], Error> {
        let known = match self.0.take() {
            Some(known) => known,
            None => read(store)?,
        };
        Ok(self.0.insert(known))
    }
}

fn read(store: &Store) -> Result<Vec<(SourceId, Vec<Folder>)>, Error> {
    let mut all = Vec::new();
    for (source, _) in store.folder_sources()? {
        let paths = store.folders(source, MOST_FILES)?.into_iter();
        let folders = paths.map(|path| Folder {
            name: path_name(&path),
            path,
        });
        all.push((source, folders.collect()));
    }
    Ok(all)
}

/// Returns the documents of what a question names with `in:`.
pub(super) fn documents_within(
    wanted: &Within,
    store: &Store,
    folders: &mut FolderNames,
) -> Result<IdSet, Error> {
    let sources = match wanted {
        Within::Number(number) => vec![SourceId(*number)],
        Within::Name(name) => {
            let wanted = whole_name(name);
            let called = store.sources_called(|other| whole_name(other) == wanted)?;
            if called.is_empty() {
                return documents_below(name, store, folders);
            }
            called
        }
    };
    let mut documents = Vec::new();
    for source in sources {
        documents.extend(store.documents_of(source)?);
    }
    Ok(documents.into_iter().collect())
}

fn documents_below(path: &str, store: &Store, folders: &mut FolderNames) -> Result<IdSet, Error> {
    let mut documents = Vec::new();
    for (source, name) in store.folder_sources()? {
        for path in paths_below(path, &name) {
            documents.extend(below(source, &path, store, folders)?);
        }
    }
    Ok(documents.into_iter().collect())
}

fn below(
    source: SourceId,
    path: &str,
    store: &Store,
    folders: &mut FolderNames,
) -> Result<Vec<DocumentId>, Error> {
    let mut documents = store.documents_below(source, path)?;
    if !documents.is_empty() {
        return Ok(documents);
    }
    let wanted = path_name(path);
    let all = folders.of(store)?.iter();
    let own = all.filter(|(other, _)| *other == source);
    for folder in own.flat_map(|(_, folders)| folders) {
        if folder.name == wanted {
            documents.extend(store.documents_below(source, &folder.path)?);
        }
    }
    Ok(documents)
}

/// Returns the paths below a source of a name that `path` may mean: the whole, and what follows the name.
fn paths_below(path: &str, source: &str) -> Vec<String> {
    let parts = parts(path);
    let source = whole_name(source);
    let mut paths = Vec::new();
    for at in 0..parts.len() {
        let (before, after) = parts.split_at(at);
        if before.is_empty() || whole_name(&before.join("/")) == source {
            paths.push(after.join("/"));
        }
    }
    paths
}

fn parts(path: &str) -> Vec<&str> {
    let parts = path.split('/');
    parts.filter(|part| !matches!(*part, "" | ".")).collect()
}

fn path_name(path: &str) -> String {
    let names: Vec<String> = parts(path).into_iter().map(whole_name).collect();
    names.join("/")
}

impl Library {
    /// Returns what `in:` can name: the sources, and then the folders below those that are folders, each from its
    /// source's name; as many as are worth going through.
    pub fn places(&self) -> Result<Vec<String>, Error> {
        let mut places = self.store.source_names()?;
        for (source, name) in self.store.folder_sources()? {
            let folders = self.store.folders(source, MOST_FILES)?.into_iter();
            places.extend(folders.map(|folder| format!("{name}/{folder}")));
        }
        places.truncate(MOST_PLACES);
        Ok(places)
    }
}
