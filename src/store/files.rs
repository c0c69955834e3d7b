//! The files of a source: what they have, what they no longer have, what went wrong.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction};

use super::{Batch, Error, SourceId};
use crate::document::DocumentId;

/// A file whose documents are being put.
#[derive(Debug)]
pub struct OpenFile {
    pub(super) id: i64,
    pub(super) source: SourceId,
    pub(super) path: String,
    /// The documents that the file still has.
    pub(super) seen: HashSet<DocumentId>,
    /// The paths of the files that are read as one with it.
    pub(super) together: Arc<HashSet<String>>,
    /// These files had documents before: what began with a later letter then is known by that one.
    pub(super) may_grow: bool,
}

/// What is kept of a file beside its documents.
#[derive(Clone, Debug, Default)]
pub struct FileRecord {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in milliseconds since 1970, UTC.
    pub modified: Option<i64>,
    /// The [`Fingerprint`](super::Fingerprint) of all that its documents were made from; none: to be read again.
    pub fingerprint: Option<i64>,
    /// A number for all that it was read by: with the same size, time and number it need not be opened again.
    pub reader: Option<i64>,
    /// It could be read and had no text.
    pub textless: bool,
    /// Why no document could be made of it.
    pub failure: Option<String>,
    /// The warnings that came with it, as place and message.
    pub warnings: Vec<(String, String)>,
}

impl Batch<'_> {
    /// Begins to put the documents of a file of `source`; the path is below it, parted by `/`.
    pub fn file(&mut self, source: SourceId, path: &str) -> Result<OpenFile, Error> {
        let id = self.run("adding a file", |transaction| {
            let known: Option<i64> = transaction
                .prepare_cached("SELECT id FROM file WHERE source = ?1 AND path = ?2")?
                .query_row((source.0, path), |row| row.get(0))
                .optional()?;
            if let Some(id) = known {
                transaction
                    .prepare_cached("UPDATE file SET fingerprint = NULL WHERE id = ?1")?
                    .execute([id])?;
                return Ok(id);
            }
            transaction
                .prepare_cached("INSERT INTO file (source, path, size) VALUES (?1, ?2, 0)")?
                .execute((source.0, path))?;
            Ok(transaction.last_insert_rowid())
        })?;
        Ok(OpenFile {
            id,
            source,
            path: path.to_owned(),
            seen: HashSet::new(),
            together: Arc::default(),
            may_grow: false,
        })
    }

    /// Begins to put the documents of files of `source` that are read as one, as the months of an archive are: a
    /// document may go from any of them to any other.
    pub fn files_together<'p>(
        &mut self,
        source: SourceId,
        paths: impl Iterator<Item = &'p str> + Clone,
    ) -> Result<Vec<OpenFile>, Error> {
        let together: Arc<HashSet<String>> = Arc::new(paths.clone().map(str::to_owned).collect());
        let may_grow = self.run("adding files", |transaction| {
            transaction
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM document WHERE source = ?1)")?
                .query_row([source.0], |row| row.get(0))
        })?;
        paths
            .map(|path| {
                let file = self.file(source, path)?;
                Ok(OpenFile {
                    together: Arc::clone(&together),
                    may_grow,
                    ..file
                })
            })
            .collect()
    }

    /// Ends a file: keeps what is known of it, and removes the documents that it no longer has unless `keep_absent`.
    /// Returns how many went.
    pub fn finish(
        &mut self,
        file: OpenFile,
        record: &FileRecord,
        keep_absent: bool,
    ) -> Result<usize, Error> {
        let OpenFile { id: file, seen, .. } = file;
        self.run("keeping what is known of a file", |transaction| {
            transaction
                .prepare_cached(
                    "UPDATE file SET size = ?2, modified = ?3, fingerprint = ?4, failure = ?5,
                         reader = ?6, textless = ?7
                     WHERE id = ?1",
                )?
                .execute((
                    file,
                    size_in_row(record.size),
                    record.modified,
                    record.fingerprint,
                    &record.failure,
                    record.reader,
                    record.textless,
                ))?;
            transaction
                .prepare_cached("DELETE FROM warning WHERE file = ?1")?
                .execute([file])?;
            let mut keep = transaction
                .prepare_cached("INSERT INTO warning (file, place, message) VALUES (?1, ?2, ?3)")?;
            for (place, message) in &record.warnings {
                keep.execute((file, place, message))?;
            }
            Ok(())
        })?;
        if keep_absent {
            return Ok(0);
        }
        let absent = self.run("looking for what a file no longer has", |transaction| {
            transaction
                .prepare_cached("SELECT id FROM document WHERE file = ?1")?
                .query_map([file], |row| row.get(0).map(DocumentId))?
                .filter(|id| !matches!(id, Ok(id) if seen.contains(id)))
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        for id in &absent {
            self.remove_documents("id = :value", id.0)?;
        }
        Ok(absent.len())
    }

    /// Notes that a file of `source` was read and is what it was: only its size, time and reader are new.
    pub fn same_file(
        &mut self,
        source: SourceId,
        path: &str,
        record: &FileRecord,
    ) -> Result<(), Error> {
        self.run("keeping what is known of a file", |transaction| {
            transaction
                .prepare_cached(
                    "UPDATE file SET size = ?3, modified = ?4, reader = ?5
                     WHERE source = ?1 AND path = ?2",
                )?
                .execute((
                    source.0,
                    path,
                    size_in_row(record.size),
                    record.modified,
                    record.reader,
                ))
                .map(drop)
        })
    }

    /// Gives a file of `source` another path. Its documents that are known by the old one are known by the new, with all
    /// that the reader left on them. It is to be read again, since a path may say a date or a title.
    pub fn move_file(&mut self, source: SourceId, from: &str, to: &str) -> Result<(), Error> {
        let doing = "moving a file";
        let id = self.run(doing, |transaction| {
            transaction
                .prepare_cached(
                    "UPDATE file SET path = ?3, fingerprint = NULL, reader = NULL
                     WHERE source = ?1 AND path = ?2 RETURNING id",
                )?
                .query_row((source.0, from, to), |row| row.get::<_, i64>(0))
                .optional()
        })?;
        let Some(id) = id else { return Ok(()) };
        self.run(doing, |transaction| {
            let keys = transaction
                .prepare_cached("SELECT key FROM document WHERE file = ?1")?
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()?;
            for key in keys {
                if let Some(moved) = moved_key(&key, from, to) {
                    rename_key(transaction, source, &key, &moved)?;
                }
            }
            Ok(())
        })?;
        // In which folder a document lies is searched for.
        self.log_all("file = :value", id)
    }

    /// Removes a file of `source` with its documents. Returns how many went.
    ///
    /// Where any went, every other file of the source is to be read again: it may hold a document of the same key,
    /// which stood back behind this one.
    pub fn remove_file(&mut self, source: SourceId, path: &str) -> Result<usize, Error> {
        let id: Option<i64> = self.run("removing a file", |transaction| {
            transaction
                .prepare_cached("SELECT id FROM file WHERE source = ?1 AND path = ?2")?
                .query_row((source.0, path), |row| row.get(0))
                .optional()
        })?;
        let Some(id) = id else { return Ok(0) };
        let removed = self.remove_documents("file = :value", id)?;
        self.run("removing a file", |transaction| {
            transaction
                .prepare_cached("DELETE FROM file WHERE id = ?1")?
                .execute([id])?;
            if removed > 0 {
                transaction
                    .prepare_cached("UPDATE file SET fingerprint = NULL WHERE source = ?1")?
                    .execute([source.0])?;
            }
            Ok(())
        })?;
        Ok(removed)
    }
}

/// Returns what a document is known by after its file was moved: nothing, where it has a name of its own.
fn moved_key(key: &str, from: &str, to: &str) -> Option<String> {
    if let Some(own) = key
        .strip_suffix(from)
        .and_then(|own| own.strip_suffix(" @ "))
    {
        return Some(format!("{own} @ {to}"));
    }
    // What was packed alone is known by the path without the packing.
    let unpacked = |path: &str| path.strip_suffix(".gz").map(str::to_owned);
    let (from, to) = match key.strip_prefix(from) {
        Some(_) => (from.to_owned(), to.to_owned()),
        None => (
            unpacked(from)?,
            unpacked(to).unwrap_or_else(|| to.to_owned()),
        ),
    };
    let rest = key.strip_prefix(from.as_str())?;
    // One of several of a page, of an archive, or of equals.
    let is_part = rest.is_empty() || rest.starts_with(['#', '/', '-']);
    is_part.then(|| format!("{to}{rest}"))
}

/// Gives a document another key, and with it all that is kept by its key.
pub(super) fn rename_key(
    transaction: &Transaction<'_>,
    source: SourceId,
    from: &str,
    to: &str,
) -> rusqlite::Result<()> {
    let renamed = transaction
        .prepare_cached("UPDATE OR IGNORE document SET key = ?3 WHERE source = ?1 AND key = ?2")?
        .execute((source.0, from, to))?;
    if renamed == 0 {
        return Ok(());
    }
    for table in ["mark", "tag", "note", "correction"] {
        transaction
            .prepare_cached(&format!(
                "UPDATE OR REPLACE {table} SET key = ?3
                 WHERE source = (SELECT identity FROM source WHERE id = ?1) AND key = ?2"
            ))?
            .execute((source.0, from, to))?;
    }
    Ok(())
}

fn size_in_row(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_a_name_of_its_own_is_known_by_the_new_path() {
        for (key, from, to, expected) in [
            ("a.md", "a.md", "b/c.md", Some("b/c.md")),
            ("a.md#two", "a.md", "b.md", Some("b.md#two")),
            ("a.md-2", "a.md", "b.md", Some("b.md-2")),
            ("a.zip/x/y.md", "a.zip", "b.zip", Some("b.zip/x/y.md")),
            ("a.md", "a.md.gz", "b.md.gz", Some("b.md")),
            ("7 @ a.jsonl", "a.jsonl", "b.jsonl", Some("7 @ b.jsonl")),
            ("a.md.old", "a.md", "b.md", None),
            ("https://example.org/a.md", "a.md", "b.md", None),
            ("7", "a.jsonl", "b.jsonl", None),
        ] {
            assert_eq!(moved_key(key, from, to).as_deref(), expected, "{key}");
        }
    }
}
