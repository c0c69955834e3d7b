//! Books: the chapters of one, and what a link from one document of a source to another means.

use rusqlite::OptionalExtension;

use super::encoding::Divisions;
use super::{Error, SourceId, Store};
use crate::document::{Division, DocumentId, Key};

/// A chapter of a book, as its contents show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterHead {
    /// The document that it is.
    pub id: DocumentId,
    /// Its key.
    pub key: Key,
    /// What it is called.
    pub title: String,
    /// How deep it stands in the contents, from 0.
    pub depth: u8,
    /// The lines of the contents that begin with it and have no chapter of their own.
    pub divisions: Vec<Division>,
    /// How long its text is, in bytes.
    pub length: u64,
}

impl Store {
    /// Returns the chapters of a book of a source, in the order of reading.
    pub fn chapters(&self, source: SourceId, book: &str) -> Result<Vec<ChapterHead>, Error> {
        self.run("reading the contents of a book", |connection| {
            connection
                // The length is in the row's head; the text itself is not read for it.
                .prepare_cached(
                    "SELECT document.id, key, title, depth, divisions, octet_length(text)
                     FROM document
                     JOIN body ON body.document = document.id
                     WHERE source = ?1 AND book = ?2
                     ORDER BY chapter, document.id",
                )?
                .query_map((source.0, book), |row| {
                    Ok(ChapterHead {
                        id: DocumentId(row.get(0)?),
                        key: Key(row.get(1)?),
                        title: row.get(2)?,
                        depth: row.get::<_, Option<_>>(3)?.unwrap_or_default(),
                        divisions: row.get::<_, Divisions>(4)?.0,
                        length: row.get::<_, i64>(5)?.unsigned_abs(),
                    })
                })?
                .collect()
        })
    }

    /// Returns the document of that key in the source that another document came with; without a key the one that has
    /// a place of that name, of several the first by its key.
    ///
    /// Where no document has the key, it is the end of a path: what a site calls `/guide/start.md` lies in the folder of
    /// its texts, which need not be the one that was added.
    pub fn beside(
        &self,
        other: DocumentId,
        key: &str,
        name: Option<&str>,
    ) -> Result<Option<DocumentId>, Error> {
        match (key, name) {
            ("", Some(name)) => self.with_place(other, name),
            ("", None) => Ok(None),
            _ => match self.of_key(other, key)? {
                Some(found) => Ok(Some(found)),
                None => self.of_path_end(other, key),
            },
        }
    }

    fn of_key(&self, other: DocumentId, key: &str) -> Result<Option<DocumentId>, Error> {
        self.run("following a link", |connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM document
                     WHERE key = ?2 AND source = (SELECT source FROM document WHERE id = ?1)",
                )?
                .query_row((other.0, key), |row| row.get(0).map(DocumentId))
                .optional()
        })
    }

    /// Returns the document whose key ends with these folders and this name, of several the one with the shortest.
    fn of_path_end(&self, other: DocumentId, key: &str) -> Result<Option<DocumentId>, Error> {
        self.run("following a link", |connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM document
                     WHERE source = (SELECT source FROM document WHERE id = ?1)
                         AND substr(key, -length(?2)) = ?2
                     ORDER BY length(key), key LIMIT 1",
                )?
                .query_row((other.0, format!("/{key}")), |row| {
                    row.get(0).map(DocumentId)
                })
                .optional()
        })
    }

    fn with_place(&self, other: DocumentId, name: &str) -> Result<Option<DocumentId>, Error> {
        self.run("following a link", |connection| {
            connection
                .prepare_cached(
                    "SELECT document.id FROM place JOIN document ON document.id = place.document
                     WHERE place.name = ?2
                         AND source = (SELECT source FROM document WHERE id = ?1)
                     ORDER BY key LIMIT 1",
                )?
                .query_row((other.0, name), |row| row.get(0).map(DocumentId))
                .optional()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, notes, put};
    use crate::document::{BlockKind, BodyBuilder, Chapter, Division, Document};

    fn chapter(key: &str, book: &str, number: u32) -> Document {
        let mut document = document(key, "Wörter.");
        document.metadata.title.text = format!("Chapter {number}");
        document.metadata.chapter = Some(Chapter {
            book: book.to_owned(),
            title: "A book".to_owned(),
            number,
            depth: 1,
            divisions: vec![Division {
                title: format!("Part {number}"),
                depth: 0,
            }],
        });
        document
    }

    #[test]
    fn the_chapters_of_a_book_come_in_the_order_of_reading() {
        let (_folder, mut store) = library();
        let ids = put(
            &mut store,
            &[
                chapter("b/2", "b", 1),
                chapter("other", "c", 0),
                chapter("b/1", "b", 0),
                document("note", "A note."),
            ],
        );
        let chapters = store.chapters(notes(&store), "b").unwrap();
        let told: Vec<_> = chapters
            .iter()
            .map(|one| {
                (
                    one.id,
                    one.key.0.as_str(),
                    one.title.as_str(),
                    one.depth,
                    one.divisions[0].title.as_str(),
                    one.length,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (ids[2], "b/1", "Chapter 0", 1, "Part 0", 8),
                (ids[0], "b/2", "Chapter 1", 1, "Part 1", 8)
            ]
        );
        assert_eq!(store.chapters(notes(&store), "d").unwrap(), []);
        assert_eq!(store.beside(ids[0], "note", None).unwrap(), Some(ids[3]));
        for nowhere in ["nowhere", "ote", "2", ""] {
            let expected = (nowhere == "2").then_some(ids[0]);
            assert_eq!(store.beside(ids[0], nowhere, None).unwrap(), expected);
        }
    }

    #[test]
    fn a_place_that_the_source_knows_leads_to_the_document_that_has_it() {
        let (_folder, mut store) = library();
        let with = |key: &str, names: &[&str]| {
            let mut document = document(key, "");
            let mut builder = BodyBuilder::new();
            for name in names {
                builder.destination(name);
            }
            builder.block(BlockKind::Paragraph, "Wörter.");
            document.body = builder.finish();
            document
        };
        let ids = put(
            &mut store,
            &[
                with("a", &["x"]),
                with("c", &["@x", "@y"]),
                with("b", &["@y"]),
            ],
        );
        for (name, expected) in [("@x", Some(ids[1])), ("@y", Some(ids[2])), ("x", None)] {
            assert_eq!(
                store.beside(ids[0], "", Some(name)).unwrap(),
                expected,
                "{name}"
            );
        }
        put(&mut store, &[with("c", &["@z"])]);
        assert_eq!(store.beside(ids[1], "", Some("@x")).unwrap(), None);
        assert_eq!(store.beside(ids[1], "", Some("@z")).unwrap(), Some(ids[1]));
    }
}
