//! What documents said before they were changed.
//!
//! Kept from the first change on that this recto sees: the last [`KEPT`] texts of a document, and of these no more
//! than [`BYTES`]. Only a change of the text counts; a corrected date leaves no version behind.
//!
//! Texts are kept as DEFLATE, each for itself: two in a thousand versions are ever looked at, and prose packs to some 0.4
//! of its size.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::{Batch, Error, Store, encoding};
use crate::document::{Body, DocumentId, Title};

/// How many earlier versions of a document are kept.
const KEPT: i64 = 10;

/// How many bytes they have at most together, as they are kept. A text longer than this is not kept at all: a log that
/// grows every day would be in the library ten times over.
const BYTES: i64 = 4 << 20;

/// What a document said until it was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// What it was called.
    pub title: Title,
    /// What it said.
    pub body: Body,
    /// When the next version was seen, in seconds since 1970, UTC.
    pub until: i64,
}

impl Store {
    /// Returns how many earlier versions of a document are kept.
    pub fn count_earlier(&self, id: DocumentId) -> Result<usize, Error> {
        self.run("reading earlier versions", |connection| {
            connection
                .prepare_cached("SELECT count(*) FROM earlier WHERE document = ?1")?
                .query_row([id.0], |row| super::open::count(row, 0))
        })
    }

    /// Returns the earlier versions of a document, the newest first.
    pub fn earlier(&self, id: DocumentId) -> Result<Vec<Earlier>, Error> {
        self.run("reading earlier versions", |connection| {
            connection
                .prepare_cached(
                    "SELECT title, derived, text, packed, shape, until FROM earlier
                     WHERE document = ?1 ORDER BY number DESC",
                )?
                .query_map([id.0], |row| {
                    Ok(Earlier {
                        title: Title {
                            text: row.get(0)?,
                            derived: row.get(1)?,
                        },
                        body: encoding::decode_body(text(row)?, row.get_ref("shape")?.as_blob()?),
                        until: row.get("until")?,
                    })
                })?
                .collect()
        })
    }
}

impl Batch<'_> {
    /// Keeps what a document says, since it is about to say something else.
    pub(super) fn keep_earlier(&self, id: DocumentId) -> Result<(), Error> {
        let now = self.now;
        self.run("keeping an earlier version", |transaction| {
            let packed = transaction
                .prepare_cached(
                    "SELECT text FROM body WHERE document = ?1 AND octet_length(text) <= ?2",
                )?
                .query_row((id.0, BYTES), |row| Ok(pack(row.get_ref(0)?.as_str()?)))
                .optional()?;
            let Some(packed) = packed else { return Ok(()) };
            transaction
                .prepare_cached(
                    "INSERT INTO earlier (document, number, title, derived, text, packed, shape, until)
                     SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM earlier WHERE document = ?1),
                         title, derived, '', ?3, shape, ?2
                     FROM document JOIN body ON body.document = id WHERE id = ?1",
                )?
                .execute((id.0, now, packed?))?;
            forget(transaction, id)
        })
    }
}

/// Returns the text of a row, which older libraries keep as it is.
fn text(row: &Row<'_>) -> rusqlite::Result<String> {
    let Some(packed) = row.get_ref("packed")?.as_blob_or_null()? else {
        return row.get("text");
    };
    // Nothing longer was packed: what unpacks to more is damaged.
    let mut bytes = Vec::new();
    let read = DeflateDecoder::new(packed)
        .take(BYTES.unsigned_abs())
        .read_to_end(&mut bytes);
    if let Err(error) = read {
        log::warn!("an earlier version can't be unpacked whole: {error}");
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the packed form of a text.
fn pack(text: &str) -> rusqlite::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish());
    packed.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Lets the oldest versions go that are more than are kept.
fn forget(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM earlier WHERE document = ?1 AND number IN (
                 SELECT number FROM (
                     SELECT number, row_number() OVER newest AS place, sum(octet_length(text) + coalesce(octet_length(packed), 0)) OVER newest AS bytes
                     FROM earlier WHERE document = ?1 WINDOW newest AS (ORDER BY number DESC)
                 ) WHERE place > ?2 OR bytes > ?3
             )",
        )?
        .execute((id.0, KEPT, BYTES))
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put};
    use super::*;

    fn texts(store: &Store) -> Vec<String> {
        let earlier = store.earlier(DocumentId(1)).unwrap();
        earlier
            .iter()
            .map(|version| version.body.text().to_owned())
            .collect()
    }

    #[test]
    fn what_a_text_said_before_is_kept_newest_first_and_not_for_ever() {
        let (_folder, mut store) = library();
        for round in 0..15 {
            put(&mut store, &[document("a", &format!("Round {round}."))]);
        }
        let expected: Vec<String> = (4..14)
            .rev()
            .map(|round| format!("Round {round}."))
            .collect();
        assert_eq!(texts(&store), expected);
    }

    #[test]
    fn another_title_alone_leaves_no_version() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One.")]);
        let mut retitled = document("a", "One.");
        retitled.metadata.title.text = "T".to_owned();
        put(&mut store, &[retitled]);
        assert_eq!(texts(&store), [] as [&str; 0]);
        put(&mut store, &[document("a", "Two.")]);
        assert_eq!(texts(&store), ["One."]);
        assert_eq!(store.earlier(DocumentId(1)).unwrap()[0].title.text, "T");
    }

    /// A text of so many bytes that packs to three quarters of them: digits in base 64, as chance has them.
    fn dense(seed: u64, bytes: usize) -> String {
        let mut number = seed;
        let digit = |_| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'0' + (number >> 58) as u8)
        };
        (0..bytes).map(digit).collect()
    }

    #[test]
    fn long_texts_are_kept_as_far_as_there_is_room() {
        let (_folder, mut store) = library();
        // Three of these have 2.7 MB in all as they are kept, and four 3.6; five would have 4.5.
        for round in 0..7 {
            put(&mut store, &[document("a", &dense(round, 1_200_000))]);
        }
        assert_eq!(texts(&store).len(), 4);
        assert_eq!(texts(&store)[0], dense(5, 1_200_000));
        let whole = "word ".repeat(BYTES as usize / 5 + 1);
        put(&mut store, &[document("a", &whole)]);
        assert_eq!(texts(&store).len(), 4);
        put(&mut store, &[document("a", "Short.")]);
        assert!(texts(&store)[0].len() < whole.len());
    }

    #[test]
    fn texts_are_kept_in_less_than_half_their_bytes() {
        let (_folder, mut store) = library();
        let text = include_str!("../../seeds/001_d0142983c37ab9c7.txt");
        let said = document("a", text);
        put(&mut store, std::slice::from_ref(&said));
        put(&mut store, &[document("a", "Else.")]);
        assert_eq!(texts(&store), [said.body.text()]);
        let kept: i64 = store
            .connection
            .query_row(
                "SELECT octet_length(text) + octet_length(packed) FROM earlier",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert!(
            kept * 2 < i64::try_from(text.len()).unwrap(),
            "{kept} of {}",
            text.len()
        );
    }

    #[test]
    fn what_older_libraries_and_damaged_ones_kept_is_shown_as_far_as_it_is_there() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One.")]);
        put(&mut store, &[document("a", "Two.")]);
        let set = |store: &Store, columns: &str| {
            let change = format!("UPDATE earlier SET {columns}");
            store.connection.execute(&change, []).unwrap();
        };
        set(&store, "text = 'As it was.', packed = NULL");
        assert_eq!(texts(&store), ["As it was."]);
        set(&store, "text = '', packed = x'00ff'");
        assert_eq!(texts(&store), [""]);
    }

    #[test]
    fn versions_go_with_their_document() {
        let (_folder, mut store) = library();
        put(&mut store, &[document("a", "One."), document("b", "B.")]);
        put(&mut store, &[document("a", "Two."), document("b", "B.")]);
        put(&mut store, &[document("b", "B.")]);
        assert_eq!(texts(&store), [] as [&str; 0]);
    }
}
