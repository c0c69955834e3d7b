//! The folders below what was added: which there are, and which documents came from one.
//!
//! A document's key need not be its path (an entry of a feed has an address), but its file has one: both questions are
//! a range over the paths of a source, which an index holds in their order.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::{Error, SourceId, SourceKind, Store};
use crate::document::DocumentId;

/// The file at a path, or all files below it: `0` comes right after `/`.
const FILES: &str = "
    SELECT id FROM file WHERE source = ?1 AND path = ?2
    UNION ALL
    SELECT id FROM file WHERE source = ?1 AND path > ?2 || '/' AND path < ?2 || '0'";

/// Where one number in so many belongs to a file that is looked for, the documents of each are sought; where more do,
/// those of all numbers in between are gone through: of a million files, whose numbers were in another order than their
/// paths, seeking took three times as long.
const SPARSE: usize = 8;

impl Store {
    /// Returns the sources that are folders, with their names, in the order in which they were added.
    pub fn folder_sources(&self) -> Result<Vec<(SourceId, String)>, Error> {
        self.run("listing the folders", |connection| {
            connection
                .prepare_cached("SELECT id, name FROM source WHERE kind = ?1 ORDER BY id")?
                .query_map([SourceKind::Folder.name()], |row| {
                    Ok((SourceId(row.get(0)?), row.get(1)?))
                })?
                .collect()
        })
    }

    /// Returns the names of all sources, in the order in which they were added.
    pub fn source_names(&self) -> Result<Vec<String>, Error> {
        self.run("listing the names of the sources", |connection| {
            connection
                .prepare_cached("SELECT name FROM source ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// Returns what a source is called, or nothing where there is none of that number.
    pub fn source_name(&self, source: SourceId) -> Result<Option<String>, Error> {
        self.run("looking for a source", |connection| {
            connection
                .prepare_cached("SELECT name FROM source WHERE id = ?1")?
                .query_row([source.0], |row| row.get(0))
                .optional()
        })
    }

    /// Returns the documents of a source's file at `path`, parted by `/`; where it is a folder, of all files below.
    pub fn documents_below(&self, source: SourceId, path: &str) -> Result<Vec<DocumentId>, Error> {
        self.run("listing the documents of a folder", |connection| {
            let mut files: Vec<i64> = connection
                .prepare_cached(FILES)?
                .query_map((source.0, path), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            files.sort_unstable();
            documents_of_files(connection, &files)
        })
    }

    /// Returns the folders below a source that have files, parted by `/` and sorted; of a source with more than
    /// `most_files` files, those of the first so many.
    pub fn folders(&self, source: SourceId, most_files: usize) -> Result<BTreeSet<String>, Error> {
        self.run("listing the folders of a source", |connection| {
            let mut statement = connection
                .prepare_cached("SELECT path FROM file WHERE source = ?1 ORDER BY path LIMIT ?2")?;
            let most = i64::try_from(most_files).unwrap_or(i64::MAX);
            let mut rows = statement.query((source.0, most))?;
            let mut folders = BTreeSet::new();
            let mut last = String::new();
            while let Some(row) = rows.next()? {
                let path = row.get_ref(0)?.as_str()?;
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                if folder == last {
                    continue;
                }
                folder.clone_into(&mut last);
                let ends = folder.match_indices('/').map(|(at, _)| at);
                for end in ends.chain([folder.len()]).filter(|end| *end > 0) {
                    let folder = folder.get(..end).unwrap_or_default();
                    if !folders.contains(folder) {
                        folders.insert(folder.to_owned());
                    }
                }
            }
            Ok(folders)
        })
    }
}

/// Returns the documents of files, which are sorted.
fn documents_of_files(connection: &Connection, files: &[i64]) -> rusqlite::Result<Vec<DocumentId>> {
    let (Some(&first), Some(&last)) = (files.first(), files.last()) else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(
        "SELECT file, id FROM document WHERE file BETWEEN ?1 AND ?2 ORDER BY file",
    )?;
    let mut documents = Vec::new();
    let mut keep = |from: i64, to: i64| -> rusqlite::Result<()> {
        let mut rows = statement.query((from, to))?;
        let mut wanted = files.get(files.partition_point(|file| *file < from)..);
        while let Some(row) = rows.next()? {
            let file: i64 = row.get(0)?;
            while let Some([one, rest @ ..]) = wanted
                && *one < file
            {
                wanted = Some(rest);
            }
            if wanted.and_then(<[i64]>::first) == Some(&file) {
                documents.push(DocumentId(row.get(1)?));
            }
        }
        Ok(())
    };
    let between = usize::try_from(last.abs_diff(first)).unwrap_or(usize::MAX);
    if between / SPARSE <= files.len() {
        keep(first, last)?;
    } else {
        for &file in files {
            keep(file, file)?;
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, notes, put_file};
    use super::*;

    #[test]
    fn the_documents_of_a_folder_are_those_of_the_files_below_it() {
        let (_folder, mut store) = library();
        for path in ["a/b/one.md", "a/b.md", "a/b0.md", "a/c/two.md", "three.md"] {
            put_file(
                &mut store,
                path,
                &[document(&format!("key of {path}"), path)],
            );
        }
        let source = notes(&store);
        let below = |path: &str| store.documents_below(source, path).unwrap().len();
        for (path, expected) in [
            ("a", 4),
            ("a/b", 1),
            ("a/b.md", 1),
            ("a/c", 1),
            ("three.md", 1),
            ("three", 0),
            ("b", 0),
            ("%", 0),
            ("", 0),
        ] {
            assert_eq!(below(path), expected, "{path}");
        }
        let folders = |most| -> Vec<String> {
            let folders = store.folders(source, most).unwrap();
            folders.into_iter().collect()
        };
        assert_eq!(folders(99), ["a", "a/b", "a/c"]);
        assert_eq!(folders(3), ["a", "a/b"]);
    }

    #[test]
    fn the_documents_of_files_far_apart_are_found_as_those_of_neighbours() {
        let (_folder, mut store) = library();
        for place in 0..40 {
            let folder = if place % 39 == 0 { "a" } else { "b" };
            let path = format!("{folder}/{place}");
            put_file(&mut store, &path, &[document(&path, &path)]);
        }
        let source = notes(&store);
        let below = |path: &str| store.documents_below(source, path).unwrap().len();
        assert_eq!((below("a"), below("b")), (2, 38));
    }

    #[test]
    fn a_range_of_paths_is_found_by_the_index_of_paths() {
        let (_folder, store) = library();
        let plan = store.run("explaining", |connection| {
            connection
                .prepare(&format!("EXPLAIN QUERY PLAN {FILES}"))?
                .query_map((1, "a"), |row| row.get::<_, String>(3))?
                .collect::<rusqlite::Result<Vec<String>>>()
        });
        let plan = plan.unwrap();
        assert!(
            !plan.iter().any(|step| step.starts_with("SCAN")),
            "{plan:?}"
        );
        assert!(
            plan.iter().any(|step| step.contains("path>? AND path<?")),
            "{plan:?}"
        );
    }
}
