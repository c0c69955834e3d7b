//! Saved searches: questions under names.
//!
//! Guarantees: no two names are the same when compared as whole names are (case, accents, hyphens aside). What is new to
//! one is told by the numbers of documents: they grow, and none is used twice, so that no clock has a say in it.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Error, Store};
use crate::query::whole_name;

/// A question kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// What it is called.
    pub name: String,
    /// The question, as it is printed.
    pub query: String,
    /// When it was saved, in seconds since 1970, UTC.
    pub made: i64,
    /// The highest number of a document when it was last looked at: those after it are new to it.
    pub looked: i64,
}

/// What became of a change to the saved searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is kept.
    Kept,
    /// Another saved search has the name; nothing was changed.
    Taken,
    /// There is none of the name.
    Missing,
}

impl Store {
    /// Returns the saved searches in the order in which they were made.
    pub fn saved(&self) -> Result<Vec<SavedSearch>, Error> {
        self.run("listing the saved searches", |connection| {
            connection
                .prepare_cached("SELECT name, query, made, looked FROM saved ORDER BY made, id")?
                .query_map([], read)?
                .collect()
        })
    }

    /// Keeps a question under a name that none has.
    pub fn save_search(&self, search: &SavedSearch) -> Result<Saving, Error> {
        self.run("saving a search", |connection| {
            let rows = connection
                .prepare_cached(
                    "INSERT INTO saved (name, folded, query, made, looked)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                )?
                .execute((
                    &search.name,
                    whole_name(&search.name),
                    &search.query,
                    search.made,
                    search.looked,
                ))?;
            Ok(if rows == 0 {
                Saving::Taken
            } else {
                Saving::Kept
            })
        })
    }

    /// Gives a saved search another name and another question.
    pub fn change_saved(&self, name: &str, to: &str, query: &str) -> Result<Saving, Error> {
        self.run("changing a saved search", |connection| {
            let Some(id) = number(connection, name)? else {
                return Ok(Saving::Missing);
            };
            if number(connection, to)?.is_some_and(|other| other != id) {
                return Ok(Saving::Taken);
            }
            connection
                .prepare_cached(
                    "UPDATE saved SET name = ?2, folded = ?3, query = ?4 WHERE id = ?1",
                )?
                .execute((id, to, whole_name(to), query))?;
            Ok(Saving::Kept)
        })
    }

    /// Notes that a saved search was looked at when this was the highest number of a document. It never goes back.
    pub fn looked_at_saved(&self, name: &str, document: i64) -> Result<(), Error> {
        self.run("keeping when a search was looked at", |connection| {
            connection
                .prepare_cached("UPDATE saved SET looked = max(looked, ?2) WHERE folded = ?1")?
                .execute((whole_name(name), document))
                .map(drop)
        })
    }

    /// Forgets a saved search. Returns whether it was there.
    pub fn forget_saved(&self, name: &str) -> Result<bool, Error> {
        self.run("forgetting a saved search", |connection| {
            connection
                .prepare_cached("DELETE FROM saved WHERE folded = ?1")?
                .execute([whole_name(name)])
                .map(|rows| rows > 0)
        })
    }
}

fn number(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM saved WHERE folded = ?1")?
        .query_row([whole_name(name)], |row| row.get(0))
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<SavedSearch> {
    Ok(SavedSearch {
        name: row.get(0)?,
        query: row.get(1)?,
        made: row.get(2)?,
        looked: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::library;
    use super::*;

    fn search(name: &str, query: &str) -> SavedSearch {
        SavedSearch {
            name: name.to_owned(),
            query: query.to_owned(),
            made: 1,
            looked: 3,
        }
    }

    #[test]
    fn names_are_one_whatever_their_case_and_hyphens() {
        let (_folder, store) = library();
        let care = search("Social care", "care");
        assert_eq!(store.save_search(&care).unwrap(), Saving::Kept);
        let again = search("SOCIAL-CARE", "x");
        assert_eq!(store.save_search(&again).unwrap(), Saving::Taken);
        assert_eq!(store.save_search(&search("b", "x")).unwrap(), Saving::Kept);
        for (name, to, became) in [
            ("c", "d", Saving::Missing),
            ("B", "social care", Saving::Taken),
            ("social-care", "Care", Saving::Kept),
        ] {
            assert_eq!(store.change_saved(name, to, "y").unwrap(), became, "{name}");
        }
        let names = |store: &Store| -> Vec<String> {
            let saved = store.saved().unwrap().into_iter();
            saved.map(|search| search.name).collect()
        };
        assert_eq!(names(&store), ["Care", "b"]);
        assert!(store.forget_saved("CARE").unwrap());
        assert!(!store.forget_saved("CARE").unwrap());
        assert_eq!(names(&store), ["b"]);
    }

    #[test]
    fn the_last_look_never_goes_back() {
        let (_folder, store) = library();
        store.save_search(&search("a", "x")).unwrap();
        for (look, kept) in [(2, 3), (7, 7), (5, 7)] {
            store.looked_at_saved("A", look).unwrap();
            assert_eq!(store.saved().unwrap()[0].looked, kept);
        }
    }
}
