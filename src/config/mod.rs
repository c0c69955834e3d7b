//! Settings, keys, themes, manifests, places: TOML laid over the defaults in `assets/`.

pub mod manifest;
pub mod pages;

use std::fmt;

/// What was wrong in a file that a person edits, and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub source: String,
    /// Where in it: a line, or the path of a key.
    pub place: String,
    /// What is wrong there, and what was done instead.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.source, self.place, self.message)
    }
}
