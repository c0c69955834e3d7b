//! The searches that were made, for the field to offer again.

use super::{Error, Store};

/// How many are kept: more than anyone walks back through, and few enough to hold in memory.
const MOST: u32 = 500;

impl Store {
    /// Returns the searches that were made, each once, the newest last.
    pub fn asked(&self) -> Result<Vec<String>, Error> {
        self.run("reading earlier searches", |connection| {
            connection
                .prepare_cached("SELECT query FROM asked ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// Keeps a search as the newest; the oldest go.
    pub fn keep_asked(&self, query: &str) -> Result<(), Error> {
        self.run("keeping a search", |connection| {
            connection
                .prepare_cached("INSERT OR REPLACE INTO asked (query) VALUES (?1)")?
                .execute([query])?;
            connection
                .prepare_cached(
                    "DELETE FROM asked WHERE id NOT IN (
                         SELECT id FROM asked ORDER BY id DESC LIMIT ?1)",
                )?
                .execute([MOST])
                .map(drop)
        })
    }

    /// Forgets the searches that were made.
    pub fn forget_asked(&self) -> Result<(), Error> {
        self.run("forgetting earlier searches", |connection| {
            connection
                .prepare_cached("DELETE FROM asked")?
                .execute([])
                .map(drop)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::library;
    use super::*;

    #[test]
    fn a_search_is_kept_once_where_it_was_made_last() {
        let (_folder, store) = library();
        for query in ["a", "b", "a"] {
            store.keep_asked(query).unwrap();
        }
        assert_eq!(store.asked().unwrap(), ["b", "a"]);
        for number in 0..MOST {
            store.keep_asked(&number.to_string()).unwrap();
        }
        let asked = store.asked().unwrap();
        assert_eq!(asked.len(), MOST as usize);
        assert_eq!(asked.last().unwrap(), &(MOST - 1).to_string());
        assert_eq!(asked[0], "0");
        store.forget_asked().unwrap();
        assert_eq!(store.asked().unwrap(), [""; 0]);
    }
}
