//! Small things to remember between two runs, by name: which document was open, which panes were seen.

use rusqlite::OptionalExtension;

use super::{Error, Store};

impl Store {
    /// Returns what was last kept under `name`.
    pub fn state(&self, name: &str) -> Result<Option<String>, Error> {
        self.run("reading the state", |connection| {
            connection
                .prepare_cached("SELECT value FROM state WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    /// Keeps `value` under `name`.
    pub fn set_state(&self, name: &str, value: &str) -> Result<(), Error> {
        self.run("keeping the state", |connection| {
            connection
                .prepare_cached("INSERT OR REPLACE INTO state (name, value) VALUES (?1, ?2)")?
                .execute([name, value])
                .map(drop)
        })
    }
}
