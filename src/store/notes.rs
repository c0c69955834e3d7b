//! The reader's own notes.
//!
//! Kept by the source's identity and the document's key, as marks are: a note waits for a document that was removed and comes
//! back. A note on one document of a fold is on the article: all documents of the fold have it. Notes never touch the
//! change log: the index does not hold them.

use rusqlite::{OptionalExtension, Row};

use super::{Error, Store};
use crate::document::{DocumentId, Note, NoteId, Quotation};

/// A note with the document that it is on, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedHead {
    /// The note.
    pub note: Note,
    /// The document; none while it is not in the library.
    pub document: Option<DocumentId>,
    /// Its title, or what that was when the note was made.
    pub title: String,
    /// What a person calls its source: its publisher, else the name of what was added.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// The columns of a note.
const COLUMNS: &str =
    "note.id, note.text, note.made, note.changed, note.at, note.words, note.before, note.after";

impl Store {
    /// Keeps a note on a document, or on a passage of it. Returns its number, or nothing where there is no such document.
    pub fn add_note(
        &self,
        document: DocumentId,
        text: &str,
        on: Option<&Quotation>,
        now: i64,
    ) -> Result<Option<NoteId>, Error> {
        self.run("keeping a note", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO note
                         (source, key, title, text, made, changed, at, words, before, after, text_hash)
                     SELECT source.identity, document.key, document.title, ?2, ?3, ?3, ?4, ?5, ?6, ?7,
                         document.text_hash
                     FROM document JOIN source ON source.id = document.source WHERE document.id = ?1
                     RETURNING id",
                )?
                .query_row(
                    (
                        document.0,
                        text,
                        now,
                        on.map(|on| on.at),
                        on.map(|on| &on.words),
                        on.map(|on| &on.before),
                        on.map(|on| &on.after),
                    ),
                    |row| row.get(0).map(NoteId),
                )
                .optional()
        })
    }

    /// Changes what a note says. Returns whether there is such a note.
    pub fn change_note(&self, id: NoteId, text: &str, now: i64) -> Result<bool, Error> {
        self.run("changing a note", |connection| {
            connection
                .prepare_cached("UPDATE note SET text = ?2, changed = ?3 WHERE id = ?1")?
                .execute((id.0, text, now))
                .map(|rows| rows > 0)
        })
    }

    /// Removes a note. Returns whether there was such a note.
    pub fn remove_note(&self, id: NoteId) -> Result<bool, Error> {
        self.run("removing a note", |connection| {
            connection
                .prepare_cached("DELETE FROM note WHERE id = ?1")?
                .execute([id.0])
                .map(|rows| rows > 0)
        })
    }

    /// Keeps a note again that was removed, with its number and its times. Returns whether its document is there.
    pub fn add_note_again(&self, document: DocumentId, note: &Note) -> Result<bool, Error> {
        let on = note.on.as_ref();
        self.run("keeping a note", |connection| {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO note
                         (id, source, key, title, text, made, changed, at, words, before, after, text_hash)
                     SELECT ?2, source.identity, document.key, document.title, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
                         document.text_hash
                     FROM document JOIN source ON source.id = document.source WHERE document.id = ?1",
                )?
                .execute((
                    document.0,
                    note.id.0,
                    &note.text,
                    note.made,
                    note.changed,
                    on.map(|on| on.at),
                    on.map(|on| &on.words),
                    on.map(|on| &on.before),
                    on.map(|on| &on.after),
                ))
                .map(|rows| rows > 0)
        })
    }

    /// Returns the notes on a document and on those that are the same article, in the order in which they were made.
    pub fn notes_on(&self, document: DocumentId) -> Result<Vec<Note>, Error> {
        self.run("reading the notes", |connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM noted JOIN note ON note.id = noted.note
                     WHERE noted.of = ?1 ORDER BY note.made, note.id"
                ))?
                .query_map([document.0], note)?
                .collect()
        })
    }

    /// Returns all notes, the newest first.
    pub fn notes(&self) -> Result<Vec<NotedHead>, Error> {
        self.run("reading the notes", |connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS}, document.id AS document, coalesce(document.title, note.title) AS title,
                         coalesce(document.publisher, source.name) AS source, document.url AS url
                     FROM note LEFT JOIN source ON source.identity = note.source
                     LEFT JOIN document ON document.source = source.id AND document.key = note.key
                     ORDER BY note.made DESC, note.id DESC"
                ))?
                .query_map([], |row| {
                    Ok(NotedHead {
                        note: note(row)?,
                        document: row.get::<_, Option<i64>>("document")?.map(DocumentId),
                        title: row.get("title")?,
                        source: row.get("source")?,
                        url: row.get("url")?,
                    })
                })?
                .collect()
        })
    }

    /// Returns each document that bears a note, and what the note says, in ascending order.
    pub fn noted(&self) -> Result<Vec<(DocumentId, NoteId)>, Error> {
        self.run("reading the notes", |connection| {
            connection
                .prepare_cached(
                    // From the few notes to their documents: the other way round each document is looked at.
                    "WITH bearing AS (
                         SELECT document.id AS of, note.id AS note FROM note
                         CROSS JOIN source ON source.identity = note.source
                         CROSS JOIN document ON document.source = source.id AND document.key = note.key
                     )
                     SELECT of, note FROM bearing
                     UNION SELECT other.document, bearing.note FROM bearing
                     CROSS JOIN fold ON fold.document = bearing.of
                     CROSS JOIN fold AS other ON other.number = fold.number
                     ORDER BY 1, 2",
                )?
                .query_map([], |row| Ok((DocumentId(row.get(0)?), NoteId(row.get(1)?))))?
                .collect()
        })
    }
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let at: Option<u32> = row.get("at")?;
    let words: Option<String> = row.get("words")?;
    let around = |name| {
        row.get::<_, Option<String>>(name)
            .map(Option::unwrap_or_default)
    };
    let (before, after) = (around("before")?, around("after")?);
    let on = at.zip(words).map(|(at, words)| Quotation {
        at,
        words,
        before,
        after,
    });
    Ok(Note {
        id: NoteId(row.get("id")?),
        text: row.get("text")?,
        on,
        made: row.get("made")?,
        changed: row.get("changed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put, remove};
    use super::*;
    use crate::document::TextRange;

    fn texts(store: &Store) -> Vec<(String, bool)> {
        let notes = store.notes().unwrap().into_iter();
        notes
            .map(|head| (head.note.text, head.document.is_some()))
            .collect()
    }

    #[test]
    fn notes_are_kept_changed_removed_and_kept_again() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[document("a", "One. Two.")])[0];
        let on = Quotation::new("One. Two.", TextRange::new(5, 9)).unwrap();
        let first = store.add_note(id, "whole", None, 10).unwrap().unwrap();
        let second = store.add_note(id, "part", Some(&on), 20).unwrap().unwrap();
        assert_eq!(store.add_note(DocumentId(9), "no", None, 1).unwrap(), None);
        assert!(store.change_note(first, "all of it", 30).unwrap());
        let notes = store.notes_on(id).unwrap();
        assert_eq!(
            notes
                .iter()
                .map(|note| (note.text.as_str(), note.made, note.changed))
                .collect::<Vec<_>>(),
            [("all of it", 10, 30), ("part", 20, 20)]
        );
        assert_eq!(notes[1].on.as_ref(), Some(&on));
        assert!(store.document(id).unwrap().unwrap().marks.noted);
        assert_eq!(store.noted().unwrap(), [(id, first), (id, second)]);

        for _ in 0..2 {
            store.remove_note(second).unwrap();
        }
        assert!(!store.change_note(second, "x", 1).unwrap());
        assert_eq!(store.notes_on(id).unwrap(), notes[..1]);
        assert!(store.add_note_again(id, &notes[1]).unwrap());
        assert_eq!(store.notes_on(id).unwrap(), notes);
    }

    #[test]
    fn notes_wait_for_a_document_that_was_removed() {
        let (_folder, mut store) = library();
        let id = put(&mut store, &[document("a", "One."), document("b", "B.")])[0];
        store.add_note(id, "mine", None, 10).unwrap().unwrap();
        remove(&mut store);
        assert_eq!(texts(&store), [("mine".to_owned(), false)]);
        assert_eq!(store.noted().unwrap(), []);
        let again = put(&mut store, &[document("a", "One, changed.")])[0];
        assert_ne!(again, id);
        assert_eq!(texts(&store), [("mine".to_owned(), true)]);
        assert_eq!(store.notes_on(again).unwrap().len(), 1);
    }

    #[test]
    fn a_note_on_one_of_a_fold_is_on_the_article() {
        let (_folder, mut store) = library();
        let words: Vec<String> = (0..150).map(|word| format!("word{word}")).collect();
        let text = words.join(" ");
        let ids = put(
            &mut store,
            &[
                document("a", &text),
                document("b", &text),
                document("c", "C."),
            ],
        );
        let note = store.add_note(ids[1], "mine", None, 10).unwrap().unwrap();
        assert_eq!(store.noted().unwrap(), [(ids[0], note), (ids[1], note)]);
        for (id, noted) in ids.iter().zip([true, true, false]) {
            assert_eq!(store.document(*id).unwrap().unwrap().marks.noted, noted);
            assert_eq!(store.notes_on(*id).unwrap().len(), usize::from(noted));
        }
        assert_eq!(store.notes().unwrap().len(), 1);
    }
}
