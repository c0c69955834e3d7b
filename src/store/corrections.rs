//! What the reader put right by hand, laid over what the source says.
//!
//! A correction is kept by the source's identity and the document's key, and laid over whenever the document is put:
//! it stays after a refresh, and waits for a document that was removed and comes back. The document's row holds the
//! outcome, so that list, index, facets and page agree; what the source itself says stands beside it, so that a
//! correction can be taken back without reading the source again.

use rusqlite::{OptionalExtension, Transaction};

use super::encoding::{self, Lists};
use super::{Batch, Error, SourceId, Store, documents, put};
use crate::document::{Correction, Date, DocumentId, Metadata, Title};

/// What the source itself says of a document that was put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// Its title.
    pub title: Title,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its topics.
    pub topics: Vec<String>,
}

impl Original {
    fn of(metadata: &Metadata) -> Self {
        Self {
            title: metadata.title.clone(),
            authors: metadata.authors.clone(),
            published: metadata.published,
            topics: metadata.topics.clone(),
        }
    }

    fn lay_over(self, metadata: &mut Metadata) {
        metadata.title = self.title;
        metadata.authors = self.authors;
        metadata.published = self.published;
        metadata.topics = self.topics;
    }
}

impl Store {
    /// Returns what was put right in a document, and what its source says; nothing where there is no such document.
    pub fn correction(&self, id: DocumentId) -> Result<Option<(Correction, Original)>, Error> {
        let Some(stored) = self.document(id)? else {
            return Ok(None);
        };
        self.run("reading what was put right", |connection| {
            let correction = read(connection, stored.source, &stored.document.key.0)?;
            let original = original(connection, id)?;
            let own = original.unwrap_or_else(|| Original::of(&stored.document.metadata));
            Ok(Some((correction, own)))
        })
    }

    /// Keeps what was put right in a document in place of what was put right before; the document counts as changed.
    /// What says the same as the source is no correction. Returns whether there is such a document.
    pub fn correct(&mut self, id: DocumentId, correction: Correction) -> Result<bool, Error> {
        let doing = "keeping what was put right";
        let Some(stored) = self.document(id)? else {
            return Ok(false);
        };
        let mut batch = self.write()?;
        let mut own = stored.document;
        if let Some(original) = batch.run(doing, |transaction| original(transaction, id))? {
            original.lay_over(&mut own.metadata);
        }
        let correction = correction.without_what_says(&own.metadata);
        let written = batch.run(doing, |transaction| {
            write(transaction, stored.source, &own.key.0, &correction)?;
            put::correct(transaction, id, &own, &correction)
        })?;
        if written {
            batch.log(id)?;
        }
        batch.commit()?;
        Ok(written)
    }
}

impl Batch<'_> {
    /// Returns what was put right in a document, whether it is there or is to come.
    pub(super) fn correction(&self, source: SourceId, key: &str) -> Result<Correction, Error> {
        self.run("reading what was put right", |transaction| {
            read(transaction, source, key)
        })
    }
}

fn read(
    connection: &rusqlite::Connection,
    source: SourceId,
    key: &str,
) -> rusqlite::Result<Correction> {
    let mut statement = connection.prepare_cached(
        "SELECT field, value FROM correction
         WHERE source = (SELECT identity FROM source WHERE id = ?1) AND key = ?2",
    )?;
    let mut rows = statement.query((source.0, key))?;
    let mut correction = Correction::default();
    while let Some(row) = rows.next()? {
        let (field, value): (String, String) = (row.get(0)?, row.get(1)?);
        let lines = || value.lines().map(str::to_owned).collect();
        match field.as_str() {
            "title" => correction.title = Some(value),
            "authors" => correction.authors = Some(lines()),
            "date" => correction.published = Some(documents::date(Some(value))),
            "topics" => correction.topics = Some(lines()),
            _ => log::warn!("a correction of `{field}` is of a newer recto"),
        }
    }
    Ok(correction)
}

fn write(
    transaction: &Transaction<'_>,
    source: SourceId,
    key: &str,
    correction: &Correction,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM correction
             WHERE source = (SELECT identity FROM source WHERE id = ?1) AND key = ?2",
        )?
        .execute((source.0, key))?;
    let mut keep = transaction.prepare_cached(
        "INSERT INTO correction (source, key, field, value)
         SELECT identity, ?2, ?3, ?4 FROM source WHERE id = ?1",
    )?;
    let published = correction.published;
    let fields = [
        ("title", correction.title.clone()),
        (
            "authors",
            correction.authors.as_ref().map(|all| all.join("\n")),
        ),
        (
            "date",
            published.map(|date| date.map_or_else(String::new, |date| date.to_string())),
        ),
        (
            "topics",
            correction.topics.as_ref().map(|all| all.join("\n")),
        ),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            keep.execute((source.0, key, field, value))?;
        }
    }
    Ok(())
}

/// Returns what is kept of what the source of a document says; nothing where nothing was put right.
fn original(
    connection: &rusqlite::Connection,
    id: DocumentId,
) -> rusqlite::Result<Option<Original>> {
    connection
        .prepare_cached(
            "SELECT title, derived, published, lists FROM original WHERE document = ?1",
        )?
        .query_row([id.0], |row| {
            let lists: Lists = row.get(3)?;
            Ok(Original {
                title: Title {
                    text: row.get(0)?,
                    derived: row.get(1)?,
                },
                authors: lists.authors,
                published: row.get(2).map(documents::date)?,
                topics: lists.topics,
            })
        })
        .optional()
}

/// Keeps what the source of a document says beside what was put right, or forgets it where nothing was.
pub(super) fn keep_original(
    transaction: &Transaction<'_>,
    id: i64,
    own: &Metadata,
    correction: &Correction,
) -> rusqlite::Result<()> {
    if correction.is_empty() {
        return transaction
            .prepare_cached("DELETE FROM original WHERE document = ?1")?
            .execute([id])
            .map(drop);
    }
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO original (document, title, derived, published, lists)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            id,
            &own.title.text,
            own.title.derived,
            own.published.map(|date| date.to_string()),
            encoding::encode_lists(own)?,
        ))
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put, put_file, remove};
    use super::super::{Put, Store};
    use super::*;
    use crate::document::Document;

    fn titled(title: &str) -> Document {
        let mut document = document("a", "One.");
        document.metadata.title.text = title.to_owned();
        document.metadata.authors = vec!["Ann".to_owned()];
        document
    }

    fn title(store: &Store, id: DocumentId) -> String {
        store
            .document(id)
            .unwrap()
            .unwrap()
            .document
            .metadata
            .title
            .text
    }

    fn to(title: &str) -> Correction {
        Correction {
            title: Some(title.to_owned()),
            published: Some("2012-11".parse().ok()),
            ..Correction::default()
        }
    }

    #[test]
    fn what_was_put_right_stays_when_the_source_is_read_again_and_can_be_taken_back() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[titled("Old")])[0];
        let before = store.last_change().unwrap();
        assert!(store.correct(id, to("Right")).unwrap());
        assert_eq!(store.count_changes_since(before).unwrap(), 1);
        assert_eq!(title(&store, id), "Right");
        assert_eq!(
            put_file(&mut store, "", &[titled("Old")]),
            [Put::Unchanged(id)]
        );
        assert_eq!(
            put_file(&mut store, "", &[titled("New")]),
            [Put::Updated(id)]
        );
        let stored = store.document(id).unwrap().unwrap().document.metadata;
        assert_eq!(stored.title.text, "Right");
        assert_eq!(stored.published, "2012-11".parse().ok());
        assert_eq!(stored.authors, ["Ann"]);
        let (correction, own) = store.correction(id).unwrap().unwrap();
        assert_eq!((correction, own.title.text.as_str()), (to("Right"), "New"));
        assert!(store.correct(id, Correction::default()).unwrap());
        let stored = store.document(id).unwrap().unwrap().document;
        assert_eq!(stored, titled("New"));
        assert_eq!(
            put_file(&mut store, "", &[titled("New")]),
            [Put::Unchanged(id)]
        );
    }

    #[test]
    fn what_was_put_right_waits_for_a_source_that_was_removed() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[titled("Old")])[0];
        store.correct(id, to("Right")).unwrap();
        remove(&mut store);
        let [Put::Corrected(id)] = put_file(&mut store, "", &[titled("Old")])[..] else {
            panic!("it is new, and put right");
        };
        assert_eq!(title(&store, id), "Right");
        let (_, own) = store.correction(id).unwrap().unwrap();
        assert_eq!(own.title.text, "Old");
    }

    #[test]
    fn a_document_that_is_not_there_is_not_put_right() {
        let (_folder, mut store) = library();
        assert!(!store.correct(DocumentId(7), to("Right")).unwrap());
        assert_eq!(store.correction(DocumentId(7)).unwrap(), None);
    }
}
