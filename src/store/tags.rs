//! Own tags: what the reader calls documents.
//!
//! Kept by the source's identity and the document's key, and for all documents of a fold, as marks are. A tag has one
//! spelling, that of whoever typed it first, until no document has it any more.
//!
//! They never touch the change log: the index does not hold them. So that nobody reads a hundred thousand of them again
//! because a star was set, changes to them are counted apart.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::{Error, Store};
use crate::document::DocumentId;
use crate::query::{MOST_TAGS, topic_name};

/// The name in the state under which changes to tags are counted.
const CHANGED: &str = "tags";

/// A tag, and the documents that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// What it is called.
    pub name: String,
    /// Which documents have it, those of their folds among them, in ascending order.
    pub documents: Vec<DocumentId>,
}

/// What became of documents that were to be tagged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retagged {
    /// They have other tags now.
    pub changed: Vec<DocumentId>,
    /// They would have had more than [`MOST_TAGS`], and have what they had.
    pub full: Vec<DocumentId>,
}

/// A tag as the table has it: in the form in which it is compared, and its name.
type Row = (String, String);

/// The document `?1` and the others of its fold.
const MEMBERS: &str = "SELECT ?1 UNION SELECT other.document FROM fold
    JOIN fold AS other ON other.number = fold.number WHERE fold.document = ?1";

impl Store {
    /// Gives documents these tags and takes others off, in one transaction. Of a name in both lists the first holds. One
    /// that has gone takes no tag.
    pub fn change_tags(
        &self,
        ids: &[DocumentId],
        add: &[String],
        take: &[String],
    ) -> Result<Retagged, Error> {
        let taken: Vec<String> = take.iter().map(|name| topic_name(name)).collect();
        self.retag(ids, |mut had| {
            had.retain(|(folded, _)| !taken.contains(folded));
            with(had, add)
        })
    }

    /// Gives a document these tags and no others.
    pub fn set_tags(&self, id: DocumentId, names: &[String]) -> Result<Retagged, Error> {
        self.retag(&[id], |_| with(Vec::new(), names))
    }

    /// Returns every tag and the documents here that have it, in the order of the names.
    pub fn tagged(&self) -> Result<Vec<Tagged>, Error> {
        self.run("reading the tags", |connection| {
            let mut statement = connection.prepare_cached(
                "WITH tagged AS (
                     SELECT tag.folded, tag.name, document.id FROM tag
                     JOIN source ON source.identity = tag.source
                     JOIN document ON document.source = source.id AND document.key = tag.key
                 )
                 SELECT folded, name, id FROM tagged
                 UNION SELECT tagged.folded, tagged.name, other.document FROM tagged
                 JOIN fold ON fold.document = tagged.id
                 JOIN fold AS other ON other.number = fold.number
                 ORDER BY 1, 3",
            )?;
            let mut rows = statement.query([])?;
            let mut tagged: Vec<Tagged> = Vec::new();
            while let Some(row) = rows.next()? {
                let name = row.get_ref(1)?.as_str()?;
                let id = DocumentId(row.get(2)?);
                match tagged.last_mut().filter(|last| last.name == name) {
                    Some(last) => last.documents.push(id),
                    None => tagged.push(Tagged {
                        name: name.to_owned(),
                        documents: vec![id],
                    }),
                }
            }
            Ok(tagged)
        })
    }

    /// Returns the names of all tags in their order, those of documents that are not here now among them.
    pub fn tag_names(&self) -> Result<Vec<String>, Error> {
        self.run("listing the tags", |connection| {
            connection
                .prepare_cached("SELECT min(name) FROM tag GROUP BY folded ORDER BY folded")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// Returns how often tags were changed; it never goes back.
    pub fn tags_changed(&self) -> Result<i64, Error> {
        let changed = self.state(CHANGED)?;
        Ok(changed.and_then(|number| number.parse().ok()).unwrap_or(0))
    }

    /// Gives documents what `change` makes of the tags they have.
    fn retag(
        &self,
        ids: &[DocumentId],
        change: impl Fn(Vec<Row>) -> Vec<Row>,
    ) -> Result<Retagged, Error> {
        self.run("keeping a tag", |connection| {
            let all = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let mut retagged = Retagged::default();
            for &id in ids {
                let had = tags_of(&all, id)?;
                let now = change(had.clone());
                if now.len() > MOST_TAGS.max(had.len()) {
                    retagged.full.push(id);
                } else if keep(&all, id, &had, &now)? {
                    retagged.changed.push(id);
                }
            }
            if !retagged.changed.is_empty() {
                all.execute(
                    "INSERT INTO state (name, value) VALUES (?1, '1')
                     ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1",
                    [CHANGED],
                )?;
            }
            all.commit()?;
            Ok(retagged)
        })
    }
}

/// Returns tags with those of these names.
fn with(mut tags: Vec<Row>, names: &[String]) -> Vec<Row> {
    for name in names {
        let folded = topic_name(name);
        if !tags.iter().any(|(known, _)| *known == folded) {
            tags.push((folded, name.clone()));
        }
    }
    tags
}

/// Returns the tags of a document and of the others of its fold.
fn tags_of(all: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Vec<Row>> {
    all.prepare_cached(&format!(
        "SELECT DISTINCT tag.folded, tag.name FROM document
         JOIN source ON source.id = document.source
         JOIN tag ON tag.source = source.identity AND tag.key = document.key
         WHERE document.id IN ({MEMBERS}) ORDER BY tag.folded"
    ))?
    .query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

/// Gives a document and the others of its fold the tags `now` in the place of those they had. Returns whether anything
/// changed.
fn keep(all: &Transaction<'_>, id: DocumentId, had: &[Row], now: &[Row]) -> rusqlite::Result<bool> {
    let mut rows = 0;
    let mut take = all.prepare_cached(&format!(
        "DELETE FROM tag WHERE folded = ?2 AND (source, key) IN (
             SELECT source.identity, document.key FROM document
             JOIN source ON source.id = document.source WHERE document.id IN ({MEMBERS}))"
    ))?;
    let gone = had
        .iter()
        .filter(|(folded, _)| !now.iter().any(|(kept, _)| kept == folded));
    for (folded, _) in gone {
        rows += take.execute((id.0, folded))?;
    }
    let mut spelled = all.prepare_cached("SELECT name FROM tag WHERE folded = ?1 LIMIT 1")?;
    let mut give = all.prepare_cached(&format!(
        "INSERT OR IGNORE INTO tag (source, key, folded, name)
         SELECT source.identity, document.key, ?2, ?3 FROM document
         JOIN source ON source.id = document.source WHERE document.id IN ({MEMBERS})"
    ))?;
    for (folded, name) in now {
        let known: Option<String> = spelled.query_row([folded], |row| row.get(0)).optional()?;
        rows += give.execute((id.0, folded, known.as_ref().unwrap_or(name)))?;
    }
    Ok(rows > 0)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{document, library, put, remove};
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn tags(store: &Store, id: DocumentId) -> Vec<String> {
        store.document(id).unwrap().unwrap().marks.tags
    }

    #[test]
    fn a_tag_is_one_whatever_its_case_and_keeps_its_first_spelling() {
        let (_folder, mut store) = library();
        let ids = put(&mut store, &[document("a", "One."), document("b", "Two.")]);
        let set = |id, tags: &[&str]| store.set_tags(id, &names(tags)).unwrap().changed.len();
        assert_eq!(set(ids[0], &["To Read", "Mutuals", "to-read"]), 1);
        assert_eq!(set(ids[1], &["MUTUAL"]), 1);
        assert_eq!(set(ids[1], &["mutuals"]), 0, "it has it");
        assert_eq!(tags(&store, ids[0]), ["Mutuals", "To Read"]);
        assert_eq!(tags(&store, ids[1]), ["Mutuals"]);
        let tagged = store.tagged().unwrap();
        let tagged: Vec<_> = tagged
            .iter()
            .map(|tag| (tag.name.as_str(), &*tag.documents))
            .collect();
        assert_eq!(tagged, [("Mutuals", &*ids), ("To Read", &ids[..1])]);
        // When nobody has it any more, it can be spelled anew.
        store.change_tags(&ids, &[], &names(&["mutuals"])).unwrap();
        assert_eq!(store.tag_names().unwrap(), ["To Read"]);
        set(ids[1], &["mutuals"]);
        assert_eq!(tags(&store, ids[1]), ["mutuals"]);
    }

    #[test]
    fn tags_wait_for_a_source_that_was_removed_and_never_touch_the_change_log() {
        let (_folder, mut store) = library();
        let first = put(&mut store, &[document("a", "One."), document("b", "Two.")]);
        let before = (store.last_change().unwrap(), store.tags_changed().unwrap());
        store.set_tags(first[1], &names(&["x"])).unwrap();
        let after = (store.last_change().unwrap(), store.tags_changed().unwrap());
        assert_eq!((before.0, before.1 + 1), after);
        store.set_starred(first[0], true).unwrap();
        assert_eq!(store.tags_changed().unwrap(), after.1);
        remove(&mut store);
        assert_eq!(store.tagged().unwrap(), []);
        assert_eq!(store.tag_names().unwrap(), ["x"]);
        let again = put(
            &mut store,
            &[document("b", "Two, changed."), document("a", "One.")],
        );
        assert_eq!(store.tagged().unwrap()[0].documents, [again[0]]);
    }

    #[test]
    fn what_is_given_is_added_and_what_is_taken_goes_and_too_many_are_refused() {
        let (_folder, mut store) = library();
        let ids = put(&mut store, &[document("a", "One."), document("b", "Two.")]);
        let many: Vec<String> = (0..MOST_TAGS).map(|number| format!("n{number}x")).collect();
        store.set_tags(ids[0], &many).unwrap();
        let gone = DocumentId(77);
        let retagged = store
            .change_tags(&[ids[0], ids[1], gone], &names(&["one more"]), &[])
            .unwrap();
        assert_eq!(
            retagged,
            Retagged {
                changed: vec![ids[1]],
                full: vec![ids[0]]
            }
        );
        assert_eq!(tags(&store, ids[0]).len(), MOST_TAGS);
        let retagged = store
            .change_tags(&ids, &names(&["new"]), &names(&["N1X", "one more"]))
            .unwrap();
        assert_eq!(retagged.changed, ids);
        assert_eq!(tags(&store, ids[0]).len(), MOST_TAGS);
        assert_eq!(tags(&store, ids[1]), ["new"]);
    }

    #[test]
    fn a_tag_holds_for_the_article_and_for_who_joins_it_later() {
        let (_folder, mut store) = library();
        let words: Vec<String> = (0..150).map(|word| format!("word{word}")).collect();
        let copy = |key| document(key, &words.join(" "));
        let ids = put(&mut store, &[copy("a"), copy("b")]);
        store.set_tags(ids[1], &names(&["kept"])).unwrap();
        assert_eq!(tags(&store, ids[0]), ["kept"]);
        let ids = put(&mut store, &[copy("a"), copy("b"), copy("c")]);
        assert_eq!(tags(&store, ids[2]), ["kept"]);
        assert_eq!(store.tagged().unwrap()[0].documents, ids);
        store
            .change_tags(&ids[2..], &[], &names(&["kept"]))
            .unwrap();
        assert_eq!(store.tagged().unwrap(), []);
    }
}
