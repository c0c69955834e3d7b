//! A reader's own note on a document or on a passage of it.

use super::Quotation;
use crate::text::sanitize;

/// How long a note may be, in bytes: some ten pages. What is longer is a document of its own.
pub const LONGEST_NOTE: usize = 32 * 1024;

/// The number of a note: never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoteId(pub i64);

impl std::fmt::Display for NoteId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub id: NoteId,
    /// What it says: lines of clean text.
    pub text: String,
    /// The passage that it is on; none where it is on the whole document.
    pub on: Option<Quotation>,
    /// When it was made, in seconds since 1970, UTC.
    pub made: i64,
    /// When it was last changed; when it was made, where it never was.
    pub changed: i64,
}

/// Why a text can be no note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// There is nothing in it.
    #[error("a note without words is none")]
    Empty,
    /// It is longer than [`LONGEST_NOTE`].
    #[error("a note has {LONGEST_NOTE} bytes at most; this has {0}")]
    TooLong(usize),
}

impl Note {
    /// Returns a text as a note keeps it: clean, without blanks at the ends of lines and of the whole.
    ///
    /// # Errors
    /// Where nothing is left, or more than a note may have.
    pub fn tidy(text: &str) -> Result<String, NoteError> {
        if text.len() > 2 * LONGEST_NOTE {
            return Err(NoteError::TooLong(text.len()));
        }
        let clean = sanitize::clean(text);
        let lines: Vec<&str> = clean.lines().map(str::trim_end).collect();
        let tidied = lines.join("\n").trim().to_owned();
        match tidied.len() {
            0 => Err(NoteError::Empty),
            length if length > LONGEST_NOTE => Err(NoteError::TooLong(length)),
            _ => Ok(tidied),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_clean_lines_of_a_bounded_size() {
        for (typed, kept) in [
            ("  One. \r\n\r\nTwo.\t\n", Ok("One.\n\nTwo.")),
            ("a\u{1b}[31mb", Ok("a[31mb")),
            (" \n\t", Err(NoteError::Empty)),
        ] {
            assert_eq!(Note::tidy(typed), kept.map(str::to_owned), "{typed:?}");
        }
        let long = "x".repeat(LONGEST_NOTE + 1);
        assert_eq!(Note::tidy(&long), Err(NoteError::TooLong(long.len())));
        assert!(Note::tidy(&long[1..]).is_ok());
        assert!(Note::tidy(&long.repeat(3)).is_err());
    }
}
