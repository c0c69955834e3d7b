//! Folds: the documents that are one article.
//!
//! Worked out as documents come and go, in the same transaction, so that a fold is never of what is no longer there.
//! Every document of a fold is a double of every other (of the first [`MEMBERS`], where there are more): were it enough
//! to be like one of them, the twelve issues of a yearbook, each a little changed from the last, would be one article.
//! Where a document leaves a fold, the others are related anew.
//!
//! What it costs does not grow with the library but with how many texts are alike: a document is compared with those
//! that it has a band of its sketch in common with.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Row, Transaction, named_params};

use super::documents::Head;
use super::{Batch, Error, Fingerprint, Store};
use crate::document::double::{self, Kinship, LONG, Shingles, Sketch, Traits};
use crate::document::{Document, DocumentId};

/// How many documents of one band, address or text are looked at. A page of which there are more has no article in it.
const LOOKED_AT: u32 = 64;

/// How many documents of a fold another is compared with before it comes in.
const MEMBERS: u32 = 8;

/// The name in the state under which it stands up to which document an older library has sketches.
const SKETCHED: &str = "sketched";

/// A document of a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Which document.
    pub id: DocumentId,
    /// The number of its fold.
    pub fold: i64,
}

impl Store {
    /// Returns every document that is in a fold, fold by fold; of each fold first the one that leads: that with the
    /// longest text, of equals the earliest, of those the one added first.
    pub fn folds(&self) -> Result<Vec<Folded>, Error> {
        self.run("reading the folds", |connection| {
            connection
                .prepare_cached(
                    "SELECT fold.document, fold.number FROM fold
                     JOIN sketch ON sketch.document = fold.document
                     JOIN document ON document.id = fold.document
                     ORDER BY fold.number, words DESC, published IS NULL, published, document.id",
                )?
                .query_map([], |row| {
                    Ok(Folded {
                        id: DocumentId(row.get(0)?),
                        fold: row.get(1)?,
                    })
                })?
                .collect()
        })
    }

    /// Returns the other documents of a document's fold, those added first first.
    pub fn doubles(&self, id: DocumentId) -> Result<Vec<Head>, Error> {
        self.run("reading the folds", |connection| {
            connection
                .prepare_cached(
                    "SELECT document.id, coalesce(publisher, source.name) FROM fold
                     JOIN fold AS other ON other.number = fold.number AND other.document <> ?1
                     JOIN document ON document.id = other.document
                     JOIN source ON source.id = document.source
                     WHERE fold.document = ?1 ORDER BY document.id",
                )?
                .query_map([id.0], |row| {
                    Ok(Head {
                        id: DocumentId(row.get(0)?),
                        source: row.get(1)?,
                    })
                })?
                .collect()
        })
    }

    /// Returns whether there are documents from before folds that were not looked at yet.
    pub fn is_unfolded(&self) -> Result<bool, Error> {
        Ok(self.state(SKETCHED)?.is_some())
    }
}

impl Batch<'_> {
    /// Looks at the next `count` documents from before folds. Returns how many were left to look at.
    pub fn fold_older(&mut self, count: u32) -> Result<usize, Error> {
        let Some(reached) = self.state(SKETCHED)? else {
            return Ok(0);
        };
        let reached: i64 = reached.parse().unwrap_or_default();
        let ids = self.run("folding older documents", |transaction| {
            transaction
                .prepare_cached("SELECT id FROM document WHERE id > ?1 ORDER BY id LIMIT ?2")?
                .query_map((reached, count), |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()
        })?;
        for id in &ids {
            self.run("folding older documents", |transaction| {
                let known = transaction
                    .prepare_cached(
                        "SELECT text, url FROM body JOIN document ON document.id = body.document
                         WHERE id = ?1 AND id NOT IN (SELECT document FROM sketch)",
                    )?
                    .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
                    .optional()?;
                let Some((text, url)) = known else {
                    return Ok(());
                };
                let url: Option<String> = url;
                sketch(transaction, DocumentId(*id), &text, url.as_deref())?;
                join(transaction, DocumentId(*id))
            })?;
        }
        match ids.last() {
            Some(last) => self.set_state(SKETCHED, &last.to_string())?,
            None => self.clear_state(SKETCHED)?,
        }
        Ok(ids.len())
    }

    /// Finds the doubles of a document that was put. One that is new has none to forget.
    pub(super) fn relate(
        &self,
        id: DocumentId,
        document: &Document,
        is_new: bool,
    ) -> Result<(), Error> {
        self.run("looking for doubles", |transaction| {
            if !is_new {
                leave(transaction, &[id])?;
            }
            let url = document.metadata.url.as_deref();
            sketch(transaction, id, document.body.text(), url)?;
            join(transaction, id)
        })
    }

    /// Takes the documents of which `which` holds out of their folds; its parameter is `:value`. They are about to go.
    pub(super) fn unrelate(&self, which: &str, value: i64) -> Result<(), Error> {
        self.run("looking for doubles", |transaction| {
            let ids = transaction
                .prepare_cached(&format!("SELECT id FROM document WHERE {which}"))?
                .query_map(named_params! { ":value": value }, |row| {
                    row.get(0).map(DocumentId)
                })?
                .collect::<rusqlite::Result<Vec<DocumentId>>>()?;
            leave(transaction, &ids)
        })
    }
}

/// Notes what a document is found by.
fn sketch(
    transaction: &Transaction<'_>,
    id: DocumentId,
    text: &str,
    url: Option<&str>,
) -> rusqlite::Result<()> {
    let (sketch, words) = Sketch::of(text);
    let address = url.and_then(double::address);
    let sketch = (words >= LONG).then_some(sketch);
    transaction
        .prepare_cached(
            "INSERT INTO sketch (document, words, address, bins) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            id.0,
            i64::try_from(words).unwrap_or(i64::MAX),
            address.as_deref().map(address_hash),
            sketch.map(Sketch::to_bytes),
        ))?;
    let mut band = transaction
        .prepare_cached("INSERT OR IGNORE INTO band (hash, document) VALUES (?1, ?2)")?;
    for hash in sketch.iter().flat_map(Sketch::bands) {
        band.execute((hash, id.0))?;
    }
    Ok(())
}

fn address_hash(address: &str) -> i64 {
    Fingerprint::default().with(address.as_bytes()).finish()
}

/// Forgets what documents are found by, and takes them out of their folds; those left in these are related anew.
fn leave(transaction: &Transaction<'_>, ids: &[DocumentId]) -> rusqlite::Result<()> {
    let mut left = BTreeSet::new();
    for id in ids {
        let known: Option<(Option<Vec<u8>>, Option<i64>)> = transaction
            .prepare_cached(
                "DELETE FROM sketch WHERE document = ?1
                 RETURNING bins, (SELECT number FROM fold WHERE document = ?1)",
            )?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((bins, fold)) = known else {
            continue;
        };
        let sketch = bins.and_then(|bins| Sketch::from_bytes(&bins));
        let mut band =
            transaction.prepare_cached("DELETE FROM band WHERE hash = ?1 AND document = ?2")?;
        for hash in sketch.iter().flat_map(Sketch::bands) {
            band.execute((hash, id.0))?;
        }
        if let Some(fold) = fold {
            left.extend(take_out(transaction, *id, fold)?);
        }
    }
    for id in left {
        if !ids.contains(&id) {
            join(transaction, id)?;
        }
    }
    Ok(())
}

/// Takes a document out of a fold, and returns the others, which have none now. A fold of more than [`LOOKED_AT`] stays
/// as it is without it: to relate all of ten thousand copies anew, each time that one of them goes, would never end.
fn take_out(
    transaction: &Transaction<'_>,
    id: DocumentId,
    fold: i64,
) -> rusqlite::Result<Vec<DocumentId>> {
    transaction
        .prepare_cached("DELETE FROM fold WHERE document = ?1")?
        .execute([id.0])?;
    transaction
        .prepare_cached(
            "DELETE FROM fold WHERE number = ?1
             AND (SELECT count(*) FROM fold WHERE number = ?1) <= ?2 RETURNING document",
        )?
        .query_map((fold, LOOKED_AT), |row| row.get(0).map(DocumentId))?
        .collect()
}

/// Finds the fold that a document belongs to, and puts it in.
fn join(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<()> {
    let Some(traits) = traits(transaction, id)? else {
        return Ok(());
    };
    let mut judge = Judge {
        transaction,
        traits: &traits,
        shingles: None,
        judged: BTreeMap::new(),
    };
    let mut tried = BTreeSet::new();
    for other in candidates(transaction, &traits)? {
        let fold = fold_of(transaction, other)?;
        let members = match fold {
            Some(fold) => members(transaction, fold)?,
            None => vec![other],
        };
        if !tried.insert(members.first().copied()) {
            continue;
        }
        let mut fits = true;
        for member in std::iter::once(other).chain(members) {
            fits = fits && judge.is_double(member)?;
        }
        if fits {
            let number = match fold {
                Some(fold) => fold,
                None => next_number(transaction)?,
            };
            let mut put = transaction
                .prepare_cached("INSERT OR REPLACE INTO fold (document, number) VALUES (?1, ?2)")?;
            put.execute((id.0, number))?;
            if fold.is_none() {
                put.execute((other.0, number))?;
            }
            return Ok(());
        }
    }
    Ok(())
}

/// Tells the doubles of one document from others, each once.
struct Judge<'a> {
    transaction: &'a Transaction<'a>,
    traits: &'a Traits,
    /// Made when they are first needed.
    shingles: Option<Shingles>,
    judged: BTreeMap<DocumentId, bool>,
}

impl Judge<'_> {
    fn is_double(&mut self, other: DocumentId) -> rusqlite::Result<bool> {
        if let Some(known) = self.judged.get(&other) {
            return Ok(*known);
        }
        let kinship =
            traits(self.transaction, other)?.map(|other| double::kinship(self.traits, &other));
        let is_double = match kinship {
            Some(Kinship::Double) => true,
            Some(Kinship::Two) | None => false,
            Some(Kinship::IfContained(share)) => {
                let theirs = shingles(self.transaction, other)?;
                let own = match self.shingles.take() {
                    Some(own) => own,
                    None => shingles(self.transaction, self.traits.id)?,
                };
                let alike = own.contained(&theirs) >= share;
                self.shingles = Some(own);
                alike
            }
        };
        self.judged.insert(other, is_double);
        Ok(is_double)
    }
}

/// Returns the documents that may be a document's doubles: first those with the most bands in common.
fn candidates(transaction: &Transaction<'_>, traits: &Traits) -> rusqlite::Result<Vec<DocumentId>> {
    let mut found: BTreeMap<DocumentId, usize> = BTreeMap::new();
    let mut look = |query: &str, value: i64| -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(query)?;
        let rows = statement.query_map((value, LOOKED_AT), |row| row.get(0).map(DocumentId))?;
        for id in rows {
            *found.entry(id?).or_default() += 1;
        }
        Ok(())
    };
    look(
        "SELECT id FROM document WHERE text_hash = ?1 ORDER BY id LIMIT ?2",
        traits.text_hash,
    )?;
    if let Some(address) = &traits.address {
        look(
            "SELECT document FROM sketch WHERE address = ?1 LIMIT ?2",
            address_hash(address),
        )?;
    }
    let mut of_band =
        transaction.prepare_cached("SELECT document FROM band WHERE hash = ?1 LIMIT ?2")?;
    for hash in traits.sketch.iter().flat_map(Sketch::bands) {
        let mut rows = of_band.query((hash, LOOKED_AT))?;
        while let Some(row) = rows.next()? {
            *found.entry(DocumentId(row.get(0)?)).or_default() += 1;
        }
    }
    found.remove(&traits.id);
    let mut found: Vec<(DocumentId, usize)> = found.into_iter().collect();
    found.sort_by_key(|(id, bands)| (std::cmp::Reverse(*bands), *id));
    Ok(found
        .into_iter()
        .take(LOOKED_AT as usize)
        .map(|(id, _)| id)
        .collect())
}

fn next_number(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM fold")?
        .query_row([], |row| row.get(0))
}

fn fold_of(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Option<i64>> {
    transaction
        .prepare_cached("SELECT number FROM fold WHERE document = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()
}

fn members(transaction: &Transaction<'_>, fold: i64) -> rusqlite::Result<Vec<DocumentId>> {
    transaction
        .prepare_cached("SELECT document FROM fold WHERE number = ?1 ORDER BY document LIMIT ?2")?
        .query_map((fold, MEMBERS), |row| row.get(0).map(DocumentId))?
        .collect()
}

fn shingles(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Shingles> {
    transaction
        .prepare_cached("SELECT text FROM body WHERE document = ?1")?
        .query_row([id.0], |row| Ok(Shingles::of(row.get_ref(0)?.as_str()?)))
}

fn traits(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Option<Traits>> {
    transaction
        .prepare_cached(
            "SELECT id, words, bins, text_hash, title, derived, published, url, source, book
             FROM document JOIN sketch ON sketch.document = document.id WHERE id = ?1",
        )?
        .query_row([id.0], traits_of)
        .optional()
}

fn traits_of(row: &Row<'_>) -> rusqlite::Result<Traits> {
    let bins: Option<Vec<u8>> = row.get("bins")?;
    let title: String = row.get("title")?;
    let derived: bool = row.get("derived")?;
    let published: Option<String> = row.get("published")?;
    let url: Option<String> = row.get("url")?;
    let source: i64 = row.get("source")?;
    let book: Option<String> = row.get("book")?;
    Ok(Traits {
        id: DocumentId(row.get("id")?),
        words: super::open::count_named(row, "words")?,
        sketch: bins.and_then(|bins| Sketch::from_bytes(&bins)),
        text_hash: row.get("text_hash")?,
        title: Some(title).filter(|title| !derived && !title.is_empty()),
        published: published.and_then(|date| date.parse().ok()),
        address: url.as_deref().and_then(double::address),
        book: book.map(|book| (source, book)),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put, put_file, remove};
    use super::*;

    /// An article of some 150 words, and the same with `more` before it.
    fn article(key: &str, more: &str) -> Document {
        let words: Vec<String> = (0..150).map(|word| format!("word{word}")).collect();
        document(key, &format!("{more} {}", words.join(" ")))
    }

    /// Returns the folds as lists of documents, the leader first.
    fn folds(store: &Store) -> Vec<Vec<i64>> {
        let mut folds: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for folded in store.folds().unwrap() {
            folds.entry(folded.fold).or_default().push(folded.id.0);
        }
        folds.into_values().collect()
    }

    /// Returns how many documents stand behind others of their folds.
    fn folded(store: &Store) -> usize {
        folds(store).iter().map(|fold| fold.len() - 1).sum()
    }

    #[test]
    fn an_article_from_two_sources_is_folded_and_the_longer_leads() {
        let (_folder, mut store) = library();
        put(
            &mut store,
            &[
                article("a", ""),
                article("b", "By Ann."),
                document("c", "Else."),
            ],
        );
        assert_eq!(folds(&store), [[2, 1]]);
        assert_eq!(folded(&store), 1);
        let also: Vec<DocumentId> = store
            .doubles(DocumentId(1))
            .unwrap()
            .into_iter()
            .map(|head| head.id)
            .collect();
        assert_eq!(also, [DocumentId(2)]);
        assert_eq!(store.doubles(DocumentId(3)).unwrap().len(), 0);
    }

    #[test]
    fn of_equals_the_earlier_leads_and_of_those_the_first() {
        let (_folder, mut store) = library();
        let dated = |key, date: &str| {
            let mut document = article(key, "");
            document.metadata.published = date.parse().ok();
            document
        };
        put(
            &mut store,
            &[
                article("a", ""),
                dated("b", "2013-05"),
                dated("c", "2012"),
                dated("d", "2012"),
            ],
        );
        assert_eq!(folds(&store), [[3, 4, 2, 1]]);
    }

    #[test]
    fn who_changes_or_goes_leaves_the_fold_and_the_others_stay() {
        let (_folder, mut store) = library();
        let three = [
            article("a", ""),
            article("b", "By Ann."),
            article("c", "By Ann Lee."),
        ];
        put(&mut store, &three);
        assert_eq!(folds(&store), [[3, 2, 1]]);
        let changed = document("a", "Something else altogether, in few words.");
        put(
            &mut store,
            &[changed.clone(), three[1].clone(), three[2].clone()],
        );
        assert_eq!(folds(&store), [[3, 2]]);
        put(&mut store, &[changed, three[1].clone()]);
        assert_eq!(folds(&store), [] as [Vec<i64>; 0]);
        put(&mut store, &three);
        assert_eq!(folds(&store).concat().len(), 3);
    }

    #[test]
    fn what_goes_with_its_source_leaves_nothing_behind() {
        let (_folder, mut store) = library();
        put_file(&mut store, "x", &[article("a", ""), article("b", "")]);
        remove(&mut store);
        let rows: i64 = store
            .connection
            .query_row("SELECT (SELECT count(*) FROM band) + (SELECT count(*) FROM sketch) + (SELECT count(*) FROM fold)", [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 0);
    }

    #[test]
    fn many_copies_are_one_fold_and_cost_no_more_each() {
        let (_folder, mut store) = library();
        let copies: Vec<Document> = (0..300)
            .map(|copy| article(&format!("c{copy}"), ""))
            .collect();
        put(&mut store, &copies);
        assert_eq!(folds(&store).len(), 1);
        assert_eq!(folded(&store), 299);
    }

    #[test]
    fn a_chain_of_small_changes_is_not_one_article() {
        let (_folder, mut store) = library();
        // Each shares nearly all with the one before, and the first little more than half with the last.
        let issue = |number: usize| {
            let words: Vec<String> = (number * 12..number * 12 + 300)
                .map(|word| format!("word{word}"))
                .collect();
            document(&format!("i{number}"), &words.join(" "))
        };
        let issues: Vec<Document> = (0..12).map(issue).collect();
        put(&mut store, &issues);
        let longest = folds(&store).iter().map(Vec::len).max();
        assert!(longest.is_some_and(|longest| longest <= 4), "{longest:?}");
    }

    #[test]
    fn a_library_from_before_folds_is_looked_through() {
        let (_folder, mut store) = library();
        put(
            &mut store,
            &[
                article("a", ""),
                article("b", "By Ann."),
                document("c", "Else."),
            ],
        );
        store
            .connection
            .execute_batch(
                "DELETE FROM sketch; DELETE FROM band; DELETE FROM fold;
                 INSERT INTO state VALUES ('sketched', '0')",
            )
            .unwrap();
        assert!(store.is_unfolded().unwrap());
        loop {
            let mut batch = store.write().unwrap();
            let done = batch.fold_older(2).unwrap();
            batch.commit().unwrap();
            if done == 0 {
                break;
            }
        }
        assert!(!store.is_unfolded().unwrap());
        assert_eq!(folds(&store), [[2, 1]]);
    }
}
