//! Documents whose text is nearly another's, whether they are one article with it or not.
//!
//! Wider than a fold: the twelve issues of a yearbook are twelve articles, but whoever asks what else there is beside
//! one of them has seen the others.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use super::{Error, Store};
use crate::document::DocumentId;
use crate::document::double::Sketch;

/// From this resemblance on two texts are nearly one: of either about two thirds are in the other.
const NEARLY: f64 = 0.5;

/// How many documents of one text, or of one band of a sketch, are looked at.
const LOOKED_AT: u32 = 256;

impl Store {
    /// Returns the documents of the same fold, and others whose text is the same or nearly so; not the document itself.
    pub fn nearly(&self, id: DocumentId) -> Result<Vec<DocumentId>, Error> {
        let mut near: BTreeSet<DocumentId> =
            self.doubles(id)?.into_iter().map(|head| head.id).collect();
        self.run("looking for doubles", |connection| {
            let mut same = connection.prepare_cached(
                "SELECT other.id FROM document JOIN document AS other
                     ON other.text_hash = document.text_hash
                 WHERE document.id = ?1 LIMIT ?2",
            )?;
            let same = same.query_map((id.0, LOOKED_AT), |row| row.get(0).map(DocumentId))?;
            for other in same {
                near.insert(other?);
            }
            let mut sketches =
                connection.prepare_cached("SELECT bins FROM sketch WHERE document = ?1")?;
            let mut sketch = |id: DocumentId| -> rusqlite::Result<Option<Sketch>> {
                let bins = sketches.query_row([id.0], |row| row.get::<_, Option<Vec<u8>>>(0));
                let bins = bins.optional()?.flatten();
                Ok(bins.and_then(|bins| Sketch::from_bytes(&bins)))
            };
            let Some(own) = sketch(id)? else {
                return Ok(());
            };
            let mut looked_at = BTreeSet::new();
            let mut band =
                connection.prepare_cached("SELECT document FROM band WHERE hash = ?1 LIMIT ?2")?;
            for hash in own.bands() {
                let found = band.query_map((hash, LOOKED_AT), |row| row.get(0).map(DocumentId))?;
                for other in found {
                    let other = other?;
                    if looked_at.insert(other)
                        && sketch(other)?.is_some_and(|other| own.resemblance(&other) >= NEARLY)
                    {
                        near.insert(other);
                    }
                }
            }
            Ok(())
        })?;
        near.remove(&id);
        Ok(near.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put};
    use super::*;

    #[test]
    fn the_same_text_and_nearly_the_same_are_near_and_another_is_not() {
        let text = |changed: usize, of: usize| {
            let word = |place: usize| {
                if place < changed {
                    format!("other{place}")
                } else {
                    format!("word{place}")
                }
            };
            (0..of).map(word).collect::<Vec<_>>().join(" ")
        };
        let (_folder, mut store) = library();
        let ids = put(
            &mut store,
            &[
                document("own", &text(0, 200)),
                document("same", &text(0, 200)),
                document("nearly", &text(20, 200)),
                document("half", &text(100, 200)),
                document("short", "It is about trust."),
                document("as short", "It is about trust."),
            ],
        );
        assert_eq!(store.nearly(ids[0]).unwrap(), [ids[1], ids[2]]);
        assert_eq!(store.nearly(ids[3]).unwrap(), []);
        assert_eq!(store.nearly(ids[4]).unwrap(), [ids[5]]);
        assert_eq!(store.nearly(DocumentId(777)).unwrap(), []);
    }
}
