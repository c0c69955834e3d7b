//! Putting a document: new, changed, or there already.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, Transaction, named_params};

use super::files::rename_key;
use super::{Batch, Error, Fingerprint, OpenFile, corrections, encoding};
use crate::document::double::{Said, is_version};
use crate::document::{Correction, Document, DocumentId, Metadata};

/// What putting a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    New(DocumentId),
    /// It was not there before, but what was once put right of it holds.
    Corrected(DocumentId),
    /// It was there and has changed.
    Updated(DocumentId),
    /// It was there just so.
    Unchanged(DocumentId),
    /// This file has put a document of this key already; nothing was done.
    Repeated,
}

impl Batch<'_> {
    /// Puts a document of `file`: adds it, or updates the one of the same key.
    ///
    /// Where two files of one source have a document of the same key (two copies of a feed, taken a year apart), the
    /// file that comes later in the order of paths has the say, whichever of them is read again. Among files that are
    /// read as one, the one that is put last has. Where the texts say that they are two documents, the one that comes
    /// to a key that is taken gets the path of its file behind it (`7 @ other.jsonl`), and both are kept.
    pub fn put(&mut self, file: &mut OpenFile, document: &Document) -> Result<Put, Error> {
        let doing = "keeping a document";
        let (key, known) = self.run(doing, |transaction| {
            let (key, known) = find(transaction, file, document)?;
            let known = match known {
                None if file.may_grow => begun_later(transaction, file, &key, document)?,
                known => known,
            };
            Ok((key, known))
        })?;
        let correction = self.correction(file.source, &key)?;
        let row = self.run(doing, |_| Row::new(document, &correction))?;
        if let Some(known) = &known {
            if known.file > file.path && !file.together.contains(&known.file) {
                return Ok(Put::Unchanged(known.id));
            }
            if !file.seen.insert(known.id) {
                return Ok(Put::Repeated);
            }
            if known.hash == row.hash && known.file == file.path {
                return Ok(Put::Unchanged(known.id));
            }
        }
        if let Some(known) = known
            .as_ref()
            .filter(|known| known.text_hash != row.text_hash)
        {
            self.keep_earlier(known.id)?;
        }
        // Only a document that is new takes it; nought is a batch that was not told the time.
        let now = (self.now > 0).then_some(self.now);
        let known_id = known.as_ref().map(|known| known.id);
        let id = self.run(doing, |transaction| {
            let place = (file.source.0, file.id, now);
            let id = write(transaction, known_id, place, &key, document, &row)?;
            corrections::keep_original(transaction, id.0, &document.metadata, &correction)?;
            Ok(id)
        })?;
        file.seen.insert(id);
        if known.as_ref().is_none_or(|known| known.hash != row.hash) {
            self.run(doing, |transaction| {
                name_places(transaction, id, document, known_id)
            })?;
            self.relate(id, document, known.is_none())?;
        }
        match known {
            Some(known) if known.hash == row.hash => Ok(Put::Unchanged(id)),
            Some(_) => self.log(id).map(|()| Put::Updated(id)),
            None if correction.is_empty() => self.log(id).map(|()| Put::New(id)),
            None => self.log(id).map(|()| Put::Corrected(id)),
        }
    }
}

/// What of a document has to be worked out before it can be stored.
struct Row {
    /// What the source says, with what was put right laid over it.
    metadata: Metadata,
    lists: Vec<u8>,
    shape: Vec<u8>,
    hash: i64,
    text_hash: i64,
}

impl Row {
    fn new(document: &Document, correction: &Correction) -> rusqlite::Result<Self> {
        let mut metadata = document.metadata.clone();
        correction.lay_over(&mut metadata);
        let shape = encoding::encode_shape(&document.body)?;
        let text = document.body.text().as_bytes();
        let text_hash = Fingerprint::default().with(text).finish();
        // Of both: what the source says beneath a correction must not change unseen.
        let mut hash = Fingerprint::default()
            .with(&encoding::encode(&document.metadata)?)
            .with(&shape)
            .with(&text_hash.to_le_bytes());
        if !correction.is_empty() {
            hash = hash.with(format!("{correction:?}").as_bytes());
        }
        Ok(Self {
            lists: encoding::encode_lists(&metadata)?,
            metadata,
            shape,
            hash: hash.finish(),
            text_hash,
        })
    }
}

/// A document that the source has already.
struct Known {
    id: DocumentId,
    hash: i64,
    text_hash: i64,
    /// The path of the file that it came with.
    file: String,
}

impl Known {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: DocumentId(row.get(0)?),
            hash: row.get(1)?,
            text_hash: row.get(2)?,
            file: row.get(3)?,
        })
    }
}

/// Returns what was known of a thread that began with a later letter when the earlier were not there yet. It gets the
/// key that the thread has now, and with it all that the reader left on it.
fn begun_later(
    transaction: &Transaction<'_>,
    file: &OpenFile,
    key: &str,
    document: &Document,
) -> rusqlite::Result<Option<Known>> {
    let mut look = transaction.prepare_cached(
        "SELECT document.id, document.hash, document.text_hash, file.path FROM document
         JOIN file ON file.id = document.file WHERE document.source = ?1 AND document.key = ?2",
    )?;
    let letters = document.body.parts().iter();
    for letter in letters.filter_map(|part| part.key.as_deref()) {
        let known = look
            .query_row((file.source.0, letter), Known::of)
            .optional()?;
        if let Some(known) = known.filter(|known| file.together.contains(&known.file)) {
            rename_key(transaction, file.source, letter, key)?;
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// Returns the key that a document of a file has in its source, and what the source has of that key.
fn find<'d>(
    transaction: &Transaction<'_>,
    file: &OpenFile,
    document: &'d Document,
) -> rusqlite::Result<(Cow<'d, str>, Option<Known>)> {
    let key = document.key.0.as_str();
    let apart = format!("{key} @ {}", file.path);
    let mut of_key = None;
    let mut statement = transaction.prepare_cached(
        "SELECT document.id, document.hash, document.text_hash, file.path, key FROM document
         JOIN file ON file.id = document.file
         WHERE document.source = ?1 AND document.key IN (?2, ?3)",
    )?;
    let mut rows = statement.query((file.source.0, key, &apart))?;
    while let Some(row) = rows.next()? {
        let known = Known::of(row)?;
        if row.get_ref(4)?.as_str()? == apart {
            // What was told apart once stays so.
            return Ok((Cow::Owned(apart), Some(known)));
        }
        of_key = Some(known);
    }
    let Some(known) = of_key else {
        return Ok((Cow::Borrowed(key), None));
    };
    let of_this_file = known.file == file.path || file.together.contains(&known.file);
    if of_this_file || is_same(transaction, &known, document)? {
        Ok((Cow::Borrowed(key), Some(known)))
    } else {
        Ok((Cow::Owned(apart), None))
    }
}

/// Returns whether what is known of a key is the same document, as it was at another time.
fn is_same(
    transaction: &Transaction<'_>,
    known: &Known,
    document: &Document,
) -> rusqlite::Result<bool> {
    // The title is what the source said: one that was put right says nothing of another document.
    transaction
        .prepare_cached(
            "SELECT coalesce(original.title, document.title), text FROM document
             JOIN body ON body.document = document.id
             LEFT JOIN original ON original.document = document.id WHERE document.id = ?1",
        )?
        .query_row([known.id.0], |row| {
            let known = Said {
                title: row.get_ref(0)?.as_str()?,
                text: row.get_ref(1)?.as_str()?,
            };
            let here = Said {
                title: &document.metadata.title.text,
                text: document.body.text(),
            };
            Ok(is_version(known, here))
        })
}

/// Keeps the names of the document's places that the whole source knows, in place of those of the one that was `known`.
fn name_places(
    transaction: &Transaction<'_>,
    id: DocumentId,
    document: &Document,
    known: Option<DocumentId>,
) -> rusqlite::Result<()> {
    if known.is_some() {
        transaction
            .prepare_cached("DELETE FROM place WHERE document = ?1")?
            .execute([id.0])?;
    }
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO place (name, document) VALUES (?1, ?2)")?;
    for place in document.body.destinations() {
        if place.is_wide() {
            insert.execute((&place.name, id.0))?;
        }
    }
    Ok(())
}

/// Adds a document. One statement for both, with a conflict to be resolved, would cost every new document a journal of
/// the statement's own.
const INSERT: &str =
    "INSERT INTO document (source, file, key, title, derived, published, publisher, url, kind,
         language, lists, hash, text_hash, book, book_title, chapter, depth, divisions, added)
     VALUES (:source, :file, :key, :title, :derived, :published, :publisher, :url, :kind,
         :language, :lists, :hash, :text_hash, :book, :book_title, :chapter, :depth, :divisions, :added)";

/// Writes a document anew. Its source, its key and when it was added stay.
const UPDATE: &str =
    "UPDATE document SET file = :file, title = :title,
         derived = :derived, published = :published, publisher = :publisher, url = :url, kind = :kind,
         language = :language, lists = :lists, hash = :hash, text_hash = :text_hash, book = :book,
         book_title = :book_title, chapter = :chapter, depth = :depth, divisions = :divisions
     WHERE id = :id";

/// Writes a document into its row: that of `known`, or a new one.
fn write(
    transaction: &Transaction<'_>,
    known: Option<DocumentId>,
    (source, file, added): (i64, i64, Option<i64>),
    key: &str,
    document: &Document,
    row: &Row,
) -> rusqlite::Result<DocumentId> {
    let metadata = &row.metadata;
    let chapter = metadata.chapter.as_ref();
    let divisions = chapter.map_or(&[][..], |chapter| &chapter.divisions);
    let statement = if known.is_some() { UPDATE } else { INSERT };
    let mut statement = transaction.prepare_cached(statement)?;
    let common = named_params! {
        ":file": file,
        ":title": metadata.title.text,
        ":derived": metadata.title.derived,
        ":published": metadata.published.map(|date| date.to_string()),
        ":publisher": metadata.publisher,
        ":url": metadata.url,
        ":kind": metadata.kind.name(),
        ":language": metadata.language.code(),
        ":lists": row.lists,
        ":hash": row.hash,
        ":text_hash": row.text_hash,
        ":book": chapter.map(|chapter| &chapter.book),
        ":book_title": chapter.map(|chapter| &chapter.title),
        ":chapter": chapter.map(|chapter| chapter.number),
        ":depth": chapter.map(|chapter| chapter.depth),
        ":divisions": encoding::encode_divisions(divisions)?,
    };
    for (name, value) in common {
        statement.raw_bind_parameter(*name, value)?;
    }
    if let Some(id) = known {
        statement.raw_bind_parameter(":id", id.0)?;
    } else {
        statement.raw_bind_parameter(":source", source)?;
        statement.raw_bind_parameter(":key", key)?;
        statement.raw_bind_parameter(":added", added)?;
    }
    statement.raw_execute()?;
    let id = known.unwrap_or_else(|| DocumentId(transaction.last_insert_rowid()));
    transaction
        .prepare_cached(match known {
            Some(_) => "UPDATE body SET text = ?2, shape = ?3 WHERE document = ?1",
            None => "INSERT INTO body (document, text, shape) VALUES (?1, ?2, ?3)",
        })?
        .execute((id.0, document.body.text(), &row.shape))?;
    Ok(id)
}

/// Writes a document anew as what was put right makes it; `own` is what its source says. Returns whether it is there.
pub(super) fn correct(
    transaction: &Transaction<'_>,
    id: DocumentId,
    own: &Document,
    correction: &Correction,
) -> rusqlite::Result<bool> {
    let place = transaction
        .prepare_cached("SELECT source, file FROM document WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, None)))
        .optional()?;
    let Some(place) = place else { return Ok(false) };
    let row = Row::new(own, correction)?;
    write(transaction, Some(id), place, &own.key.0, own, &row)?;
    corrections::keep_original(transaction, id.0, &own.metadata, correction)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, notes, put, put_file, remove};
    use super::*;
    use crate::document::{Chapter, Division, Kind, Language, Title};

    #[test]
    fn a_document_comes_back_as_it_was_put() {
        let (_folder, mut store) = library();
        let mut document = document("guid:1", "One — zwei.\n\nDrei.");
        document.metadata = Metadata {
            title: Title {
                text: "A title".to_owned(),
                derived: true,
            },
            authors: vec!["A".to_owned(), "B".to_owned()],
            published: "2012-11".parse().ok(),
            publisher: Some("Ethos".to_owned()),
            url: Some("https://example.org/a".to_owned()),
            kind: Kind::Thread,
            language: Language::ENGLISH,
            topics: vec!["mutuals".to_owned()],
            details: vec![("views".to_owned(), "79".to_owned())],
            chapter: Some(Chapter {
                book: "book".to_owned(),
                title: "A book".to_owned(),
                number: 3,
                depth: 1,
                divisions: vec![Division {
                    title: "Part one".to_owned(),
                    depth: 0,
                }],
            }),
        };
        let id = put(&mut store, std::slice::from_ref(&document))[0];
        let stored = store.document(id).unwrap().unwrap();
        assert_eq!(stored.document, document);
        assert_eq!(stored.source_name, "notes");
        for text in [id.to_string().as_str(), "guid:1", "https://example.org/a"] {
            assert_eq!(store.resolve(text).unwrap(), Some(id), "{text}");
        }
        assert_eq!(store.resolve("99").unwrap(), None);
    }

    #[test]
    fn putting_again_changes_nothing_and_what_changed_is_updated() {
        let (_folder, mut store) = library();
        let (a, b) = (document("a", "One."), document("b", "Two."));
        let first = put_file(&mut store, "x", &[a.clone(), b.clone()]);
        let ids = [DocumentId(1), DocumentId(2)];
        assert_eq!(first, [Put::New(ids[0]), Put::New(ids[1])]);
        let before = store.last_change().unwrap();
        let again = put_file(&mut store, "x", &[a.clone(), b]);
        assert_eq!(again, [Put::Unchanged(ids[0]), Put::Unchanged(ids[1])]);
        assert_eq!(store.last_change().unwrap(), before);
        let mut retitled = document("b", "Two.");
        retitled.metadata.title.text = "A title".to_owned();
        let third = put_file(&mut store, "x", &[a, retitled]);
        assert_eq!(third, [Put::Unchanged(ids[0]), Put::Updated(ids[1])]);
        let changes = store.changes_since(before, 10).unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].document, ids[1]);
    }

    #[test]
    fn a_key_that_a_file_repeats_is_said_and_not_put_twice() {
        let (_folder, mut store) = library();
        let twins = [document("a", "One."), document("a", "Two.")];
        let put = put_file(&mut store, "x", &twins);
        assert_eq!(put, [Put::New(DocumentId(1)), Put::Repeated]);
    }

    #[test]
    fn what_a_file_no_longer_has_goes_and_is_logged() {
        let (_folder, mut store) = library();
        let (a, b) = (document("a", "One."), document("b", "Two."));
        let ids = put(&mut store, &[a.clone(), b]);
        let before = store.last_change().unwrap();
        put(&mut store, &[a]);
        assert_eq!(store.document(ids[1]).unwrap(), None);
        let gone: Vec<DocumentId> = store
            .changes_since(before, 10)
            .unwrap()
            .iter()
            .map(|change| change.document)
            .collect();
        assert_eq!(gone, [ids[1]]);
    }

    #[test]
    fn of_two_files_with_one_key_the_later_path_has_the_say() {
        let (_folder, mut store) = library();
        let text = |store: &crate::store::Store| {
            let id = store.resolve("a").unwrap().unwrap();
            store
                .document(id)
                .unwrap()
                .unwrap()
                .document
                .body
                .text()
                .to_owned()
        };
        put_file(&mut store, "2012.xml", &[document("a", "Old.")]);
        put_file(&mut store, "2013.xml", &[document("a", "New.")]);
        assert_eq!(text(&store), "New.");
        put_file(&mut store, "2012.xml", &[document("a", "Old.")]);
        assert_eq!(text(&store), "New.");

        let source = notes(&store);
        let mut batch = store.write().unwrap();
        assert_eq!(batch.remove_file(source, "2013.xml").unwrap(), 1);
        batch.commit().unwrap();
        let left = store.files(source).unwrap();
        assert_eq!(
            (left[0].path.as_str(), left[0].fingerprint),
            ("2012.xml", None)
        );
    }

    #[test]
    fn removing_a_source_logs_every_document_of_it() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One."), document("b", "Two.")]);
        let before = store.last_change().unwrap();
        assert_eq!(remove(&mut store), 2);
        assert_eq!(store.count_documents().unwrap(), 0);
        assert_eq!(store.sources().unwrap(), []);
        assert_eq!(store.count_changes_since(before).unwrap(), 2);
        assert_eq!(store.last_change().unwrap(), before + 2);
    }

    #[test]
    fn what_is_not_committed_never_was() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One.")]);
        let before = store.last_change().unwrap();
        let source = notes(&store);
        let mut batch = store.write().unwrap();
        batch.remove_source(source).unwrap();
        drop(batch);
        assert_eq!(store.count_documents().unwrap(), 1);
        assert_eq!(store.last_change().unwrap(), before);
    }

    #[test]
    fn a_renamed_source_counts_as_a_change_of_its_documents() {
        let (_folder, mut store) = library();
        let mut published = document("b", "Two.");
        published.metadata.publisher = Some("Ethos".to_owned());
        let ids = put(&mut store, &[document("a", "One."), published]);
        let before = store.last_change().unwrap();
        let source = notes(&store);
        for _ in 0..2 {
            let mut batch = store.write().unwrap();
            batch.rename_source(source, "Notes on trust").unwrap();
            batch.commit().unwrap();
        }
        let changes = store.changes_since(before, 10).unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].document, ids[0]);
        assert_eq!(store.sources().unwrap()[0].name, "Notes on trust");
    }

    #[test]
    fn two_handles_may_both_write_and_the_second_waits() {
        let (_folder, mut store) = library();
        let mut other = store.another().unwrap();
        std::thread::scope(|scope| {
            let theirs = scope.spawn(move || {
                for round in 0..20 {
                    put_file(
                        &mut other,
                        "theirs",
                        &[document("t", &format!("Round {round}."))],
                    );
                }
            });
            for round in 0..20 {
                put_file(
                    &mut store,
                    "ours",
                    &[document("o", &format!("Round {round}."))],
                );
                store.set_read(&[DocumentId(1)], round % 2 == 0).unwrap();
            }
            theirs.join().unwrap();
        });
        assert_eq!(store.last_change().unwrap(), 40);
        assert_eq!(store.changes_since(0, 10).unwrap().len(), 2);
    }
}
