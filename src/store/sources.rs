//! What was added, which files it has, and what went wrong with them.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row};

use super::open::count;
use super::{Error, Store};
use crate::document::DocumentId;

/// The number of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub i64);

/// What sort of thing was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// One file.
    File,
    /// A folder with all in it.
    Folder,
    /// The documents that recto brings along.
    Seeds,
    /// The articles of a feed that another reader had kept.
    Feed,
}

impl SourceKind {
    /// Returns the name used in JSON and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
            Self::Seeds => "seeds",
            Self::Feed => "feed",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "folder" => Self::Folder,
            "seeds" => Self::Seeds,
            "feed" => Self::Feed,
            _ => Self::File,
        }
    }
}

/// A source to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'a> {
    /// What sort of thing it is.
    pub kind: SourceKind,
    /// What it is known by when it comes back; marks are tied to it.
    pub identity: &'a str,
    /// The path as it was given.
    pub given: &'a str,
    /// The absolute path; none for the seeds.
    pub path: Option<&'a str>,
    /// What it is called.
    pub name: &'a str,
    /// When it was added, in seconds since 1970, UTC.
    pub added: i64,
}

/// A source in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its number.
    pub id: SourceId,
    /// What sort of thing it is.
    pub kind: SourceKind,
    /// What it is known by when it comes back.
    pub identity: String,
    /// The path as it was given.
    pub given: String,
    /// The absolute path; none for the seeds.
    pub path: Option<String>,
    /// What it is called.
    pub name: String,
    /// When it was added, in seconds since 1970, UTC.
    pub added: i64,
    /// When it was last looked through, in seconds since 1970, UTC; none for one that never was to its end.
    pub looked: Option<i64>,
    /// How many documents it has.
    pub documents: usize,
    /// How many warnings are kept with it.
    pub warnings: usize,
}

/// How many documents of a source a list of documents leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Those that are hidden.
    pub hidden: usize,
    /// Those that are not hidden and stand behind another document that is the same article.
    pub folded: usize,
}

/// A file of a source as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// The path below the source, parted by `/`.
    pub path: String,
    /// The [`Fingerprint`](super::Fingerprint) of all that its documents were made from; none: read it again.
    pub fingerprint: Option<i64>,
    /// Its size in bytes when it was last read.
    pub size: u64,
    /// When it had been written then, in milliseconds since 1970, UTC; none where that proves nothing.
    pub modified: Option<i64>,
    /// A number for all that it was read by.
    pub reader: Option<i64>,
    /// It could be read and had no text.
    pub textless: bool,
    /// How many documents it has.
    pub documents: usize,
    /// Why no document could be made of it, when it was last read.
    pub failure: Option<String>,
}

/// A file of which no document could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedFile {
    /// The source that it belongs to.
    pub source: SourceId,
    /// The path below the source, parted by `/`.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A warning that came with a file and is kept with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The path of the file below its source; empty where the file is the source.
    pub path: String,
    /// Which entry, line or byte.
    pub place: String,
    /// What is wrong, and what was done instead.
    pub message: String,
}

const SOURCES: &str = "
    SELECT id, kind, identity, given, path, name, added,
        (SELECT count(*) FROM document WHERE document.source = source.id),
        (SELECT count(*) FROM warning JOIN file ON file.id = warning.file WHERE file.source = source.id),
        looked
    FROM source";

/// What is hidden is hidden for the whole fold; who leads a fold is as in `Store::folds`.
const ASIDE: &str = "
    WITH marked AS (
        SELECT document.id FROM mark
        JOIN source ON source.identity = mark.source
        JOIN document ON document.source = source.id AND document.key = mark.key
        WHERE mark.hidden
    ), hidden AS (
        SELECT id FROM marked
        UNION SELECT other.document FROM marked
        JOIN fold ON fold.document = marked.id
        JOIN fold AS other ON other.number = fold.number
    ), ranked AS (
        SELECT document.id, document.source, row_number() OVER (
            PARTITION BY fold.number
            ORDER BY words DESC, published IS NULL, published, document.id
        ) AS rank
        FROM fold
        JOIN sketch ON sketch.document = fold.document
        JOIN document ON document.id = fold.document
    )
    SELECT source, sum(hidden), sum(folded) FROM (
        SELECT document.source, 1 AS hidden, 0 AS folded
        FROM hidden JOIN document ON document.id = hidden.id
        UNION ALL
        SELECT source, 0, 1 FROM ranked WHERE rank > 1 AND id NOT IN (SELECT id FROM hidden)
    ) GROUP BY source";

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: SourceId(row.get(0)?),
        kind: SourceKind::from_name(&row.get::<_, String>(1)?),
        identity: row.get(2)?,
        given: row.get(3)?,
        path: row.get(4)?,
        name: row.get(5)?,
        added: row.get(6)?,
        documents: count(row, 7)?,
        warnings: count(row, 8)?,
        looked: row.get(9)?,
    })
}

impl Store {
    /// Returns the sources in the order in which they were added.
    pub fn sources(&self) -> Result<Vec<Source>, Error> {
        self.run("listing the sources", |connection| {
            connection
                .prepare_cached(&format!("{SOURCES} ORDER BY id"))?
                .query_map([], source)?
                .collect()
        })
    }

    /// Returns the source of this identity.
    pub fn source(&self, identity: &str) -> Result<Option<Source>, Error> {
        self.run("looking for a source", |connection| {
            connection
                .prepare_cached(&format!("{SOURCES} WHERE identity = ?1"))?
                .query_row([identity], source)
                .optional()
        })
    }

    /// Returns how many documents are hidden and how many folded, of each source that has any.
    pub fn aside(&self) -> Result<HashMap<SourceId, Aside>, Error> {
        self.run("counting what is hidden and folded", |connection| {
            connection
                .prepare_cached(ASIDE)?
                .query_map([], |row| {
                    let aside = Aside {
                        hidden: count(row, 1)?,
                        folded: count(row, 2)?,
                    };
                    Ok((SourceId(row.get(0)?), aside))
                })?
                .collect()
        })
    }

    /// Returns the sources of a name, as `is_it` compares, in the order in which they were added.
    pub fn sources_called(&self, is_it: impl Fn(&str) -> bool) -> Result<Vec<SourceId>, Error> {
        self.run("looking for sources by their name", |connection| {
            let mut statement =
                connection.prepare_cached("SELECT id, name FROM source ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut called = Vec::new();
            while let Some(row) = rows.next()? {
                if is_it(&row.get::<_, String>(1)?) {
                    called.push(SourceId(row.get(0)?));
                }
            }
            Ok(called)
        })
    }

    /// Returns the documents of a source.
    pub fn documents_of(&self, source: SourceId) -> Result<Vec<DocumentId>, Error> {
        self.run("listing the documents of a source", |connection| {
            connection
                .prepare_cached("SELECT id FROM document WHERE source = ?1")?
                .query_map([source.0], |row| row.get(0).map(DocumentId))?
                .collect()
        })
    }

    /// Returns the files of a source, in the order of their paths.
    pub fn files(&self, source: SourceId) -> Result<Vec<FileState>, Error> {
        self.run("listing the files of a source", |connection| {
            connection
                .prepare_cached(
                    "SELECT path, fingerprint, failure,
                         (SELECT count(*) FROM document WHERE document.file = file.id),
                         size, modified, reader, textless
                     FROM file WHERE source = ?1 ORDER BY path",
                )?
                .query_map([source.0], |row| {
                    Ok(FileState {
                        path: row.get(0)?,
                        fingerprint: row.get(1)?,
                        failure: row.get(2)?,
                        documents: count(row, 3)?,
                        size: row.get::<_, i64>(4)?.unsigned_abs(),
                        modified: row.get(5)?,
                        reader: row.get(6)?,
                        textless: row.get(7)?,
                    })
                })?
                .collect()
        })
    }

    /// Returns whether a source has a file at `path`, or below it where it is a folder.
    pub fn has_files_at(&self, source: SourceId, path: &str) -> Result<bool, Error> {
        self.run("looking for a file of a source", |connection| {
            connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM file WHERE source = ?1
                         AND (path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/'))",
                )?
                .query_row((source.0, path), |row| row.get(0))
        })
    }

    /// Returns every file of which no document could be made.
    pub fn failed_files(&self) -> Result<Vec<FailedFile>, Error> {
        self.run("listing the files that failed", |connection| {
            connection
                .prepare_cached(
                    "SELECT source, path, failure FROM file WHERE failure IS NOT NULL
                     ORDER BY source, path",
                )?
                .query_map([], |row| {
                    Ok(FailedFile {
                        source: SourceId(row.get(0)?),
                        path: row.get(1)?,
                        reason: row.get(2)?,
                    })
                })?
                .collect()
        })
    }

    /// Returns every file that could be read and had no text, with the number of its source.
    pub fn textless_files(&self) -> Result<Vec<(SourceId, String)>, Error> {
        self.run("listing the files without text", |connection| {
            connection
                .prepare_cached(
                    "SELECT source, path FROM file WHERE textless ORDER BY source, path",
                )?
                .query_map([], |row| Ok((SourceId(row.get(0)?), row.get(1)?)))?
                .collect()
        })
    }

    /// Returns the warnings kept with a source, in the order of its files.
    pub fn warnings(&self, source: SourceId) -> Result<Vec<Warning>, Error> {
        self.run("listing the warnings of a source", |connection| {
            connection
                .prepare_cached(
                    "SELECT file.path, place, message FROM warning JOIN file ON file.id = warning.file
                     WHERE file.source = ?1 ORDER BY file.path, warning.id",
                )?
                .query_map([source.0], |row| {
                    Ok(Warning {
                        path: row.get(0)?,
                        place: row.get(1)?,
                        message: row.get(2)?,
                    })
                })?
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put};
    use super::*;

    #[test]
    fn what_is_hidden_and_what_is_folded_is_counted_apart() {
        let (_folder, mut store) = library();
        assert!(store.aside().unwrap().is_empty());
        let words: Vec<String> = (0..300).map(|word| format!("word{word}")).collect();
        let text = words.join(" ");
        let more = format!("{text} By Ann.");
        let ids = put(
            &mut store,
            &[
                document("a", &text),
                document("b", &more),
                document("c", "Else."),
                document("d", "Other."),
            ],
        );
        let aside = |store: &Store| store.aside().unwrap().into_values().collect::<Vec<_>>();
        let counted = |hidden, folded| vec![Aside { hidden, folded }];
        assert_eq!(aside(&store), counted(0, 1));
        store.set_hidden(ids[3], true).unwrap();
        assert_eq!(aside(&store), counted(1, 1));
        store.set_hidden(ids[0], true).unwrap();
        assert_eq!(aside(&store), counted(3, 0), "hidden with its double");
        let hidden = store.marked().unwrap().hidden;
        assert_eq!(hidden.len(), 3);
        let source = *store.aside().unwrap().keys().next().unwrap();
        assert_eq!(store.documents_of(source).unwrap(), ids);
        let name = store.sources().unwrap()[0].name.clone();
        assert_eq!(
            store.sources_called(|other| other == name).unwrap(),
            [source]
        );
        assert_eq!(store.sources_called(|_| false).unwrap(), []);
    }
}
