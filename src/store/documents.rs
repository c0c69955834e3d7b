//! Reading documents back.
//!
//! Old rows are read forgivingly: a kind, a date or a list that this recto does not know is left out, never an error.

use rusqlite::{OptionalExtension, Row};

use super::encoding::{self, Divisions, Lists};
use super::open::count;
use super::{Error, SourceId, Store};
use crate::document::{
    Anchor, Chapter, Date, Document, DocumentId, Key, Kind, Language, Marks, Metadata, Title,
};

/// A document as the store has it, with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its number.
    pub id: DocumentId,
    /// The source that it came with.
    pub source: SourceId,
    /// What that source is called.
    pub source_name: String,
    /// When it came into the library, in seconds since 1970, UTC; of one that came with an earlier recto, when its source
    /// was added.
    pub added: i64,
    /// The document.
    pub document: Document,
    /// What the reader left on it.
    pub marks: Marks,
}

/// A document, as far as another says of it that it is its double.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub id: DocumentId,
    /// What a person calls its source: its publisher, else the name of what was added.
    pub source: String,
}

impl Store {
    /// Returns a document, or nothing where there is none of that number.
    pub fn document(&self, id: DocumentId) -> Result<Option<Stored>, Error> {
        self.run("reading a document", |connection| {
            connection
                .prepare_cached(
                    "SELECT document.id, document.source, source.name, document.key, title, derived,
                         published, publisher, url, document.kind, language, lists, text, shape,
                         book, book_title, chapter, depth, divisions, at, mark.words,
                         coalesce(document.added, source.added) AS added,
                         coalesce(read, 0) OR EXISTS (
                             SELECT 1 FROM fold_mark WHERE of = document.id AND read) AS read,
                         coalesce(starred, 0) OR EXISTS (
                             SELECT 1 FROM fold_mark WHERE of = document.id AND starred) AS starred,
                         coalesce(hidden, 0) OR EXISTS (
                             SELECT 1 FROM fold_mark WHERE of = document.id AND hidden) AS hidden,
                         (SELECT group_concat(name, char(10)) FROM (
                             SELECT folded, name FROM tag
                             WHERE tag.source = source.identity AND tag.key = document.key
                             UNION SELECT folded, name FROM fold_tag WHERE of = document.id
                             ORDER BY folded)) AS tags,
                         EXISTS (SELECT 1 FROM noted WHERE of = document.id) AS noted
                     FROM document
                     JOIN source ON source.id = document.source
                     JOIN body ON body.document = document.id
                     LEFT JOIN mark ON mark.source = source.identity AND mark.key = document.key
                     WHERE document.id = ?1",
                )?
                .query_row([id.0], stored)
                .optional()
        })
    }

    /// Returns the numbers of the documents of a source by their keys, those that are there.
    pub fn numbers(&self, source: SourceId, keys: &[String]) -> Result<Vec<DocumentId>, Error> {
        self.run("looking for documents", |connection| {
            let mut statement = connection
                .prepare_cached("SELECT id FROM document WHERE source = ?1 AND key = ?2")?;
            let mut ids = Vec::new();
            for key in keys {
                let id = statement.query_row((source.0, key), |row| row.get(0));
                ids.extend(id.optional()?.map(DocumentId));
            }
            Ok(ids)
        })
    }

    /// Returns how many documents there are.
    pub fn count_documents(&self) -> Result<usize, Error> {
        self.run("counting the documents", |connection| {
            connection
                .prepare_cached("SELECT count(*) FROM document")?
                .query_row([], |row| count(row, 0))
        })
    }

    /// Returns the document that a person means by `text`: by its number, else its key, else its address. Of several
    /// sources that have the key, the one added first.
    pub fn resolve(&self, text: &str) -> Result<Option<DocumentId>, Error> {
        self.run("looking for a document", |connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM (
                         SELECT id, 1 AS rank FROM document WHERE id = ?1
                         UNION ALL SELECT id, 2 FROM document WHERE key = ?2
                         UNION ALL SELECT id, 3 FROM document WHERE url = ?2
                     ) ORDER BY rank, id LIMIT 1",
                )?
                .query_row((text.parse::<i64>().ok(), text), |row| {
                    row.get(0).map(DocumentId)
                })
                .optional()
        })
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        id: DocumentId(row.get("id")?),
        source: SourceId(row.get("source")?),
        source_name: row.get("name")?,
        added: row.get("added")?,
        document: Document {
            key: Key(row.get("key")?),
            metadata: metadata(row)?,
            body: encoding::decode_body(row.get("text")?, row.get_ref("shape")?.as_blob()?),
        },
        marks: marks(row)?,
    })
}

fn metadata(row: &Row<'_>) -> rusqlite::Result<Metadata> {
    let lists: Lists = row.get("lists")?;
    Ok(Metadata {
        title: Title {
            text: row.get("title")?,
            derived: row.get("derived")?,
        },
        authors: lists.authors,
        published: row.get("published").map(date)?,
        publisher: row.get("publisher")?,
        url: row.get("url")?,
        kind: Kind::from_name(&row.get::<_, String>("kind")?).unwrap_or_default(),
        language: row.get("language").map(language)?,
        topics: lists.topics,
        details: lists.details,
        chapter: chapter(row)?,
    })
}

fn chapter(row: &Row<'_>) -> rusqlite::Result<Option<Chapter>> {
    let Some(book) = row.get("book")? else {
        return Ok(None);
    };
    Ok(Some(Chapter {
        book,
        title: row.get::<_, Option<_>>("book_title")?.unwrap_or_default(),
        number: row.get::<_, Option<_>>("chapter")?.unwrap_or_default(),
        depth: row.get::<_, Option<_>>("depth")?.unwrap_or_default(),
        divisions: row.get::<_, Divisions>("divisions")?.0,
    }))
}

/// Returns a date of a row.
pub(super) fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

fn language(code: Option<String>) -> Language {
    code.map_or(Language::Unknown, |code| Language::from_tag(&code))
}

fn marks(row: &Row<'_>) -> rusqlite::Result<Marks> {
    let is_set = |name| {
        row.get::<_, Option<bool>>(name)
            .map(Option::unwrap_or_default)
    };
    let at: Option<u32> = row.get("at")?;
    let words: Option<String> = row.get("words")?;
    let tags: Option<String> = row.get("tags")?;
    Ok(Marks {
        read: is_set("read")?,
        starred: is_set("starred")?,
        hidden: is_set("hidden")?,
        tags: tags
            .iter()
            .flat_map(|tags| tags.lines())
            .map(str::to_owned)
            .collect(),
        noted: is_set("noted")?,
        position: at.map(|at| Anchor {
            at,
            words: words.unwrap_or_default(),
        }),
    })
}
