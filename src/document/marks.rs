//! What a reader leaves on a document: read, starred, own tags, the place where reading stopped.
//!
//! Marks belong to a document by its source and key, not by its number, so that they outlive removing the document
//! and adding it again.

use serde::{Deserialize, Serialize};

/// A place in a text that can be found again when the text has changed: its byte, and the words there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The byte in the text as it was.
    pub at: u32,
    /// The words that began there, some forty bytes of them.
    pub words: String,
}

impl Anchor {
    /// How many bytes of the words at a place are kept: enough to tell it from its like, little enough to store often.
    const WORDS: usize = 40;

    /// Returns an anchor for the byte `at` of `text`.
    pub fn new(text: &str, at: u32) -> Self {
        let start = floor(text, at as usize);
        let end = floor(text, start.saturating_add(Self::WORDS));
        Self {
            at: start as u32,
            words: text.get(start..end).unwrap_or_default().to_owned(),
        }
    }

    /// Returns where the place is in `text`, which may have changed since: the same byte where the words still stand
    /// there, else the place of those words that is nearest to it, else the byte, kept within the text.
    pub fn find(&self, text: &str) -> u32 {
        let at = self.at as usize;
        if text
            .get(at..)
            .is_some_and(|rest| rest.starts_with(&self.words))
            || self.words.is_empty()
        {
            return floor(text, at) as u32;
        }
        text.match_indices(&self.words)
            .map(|(found, _)| found)
            .min_by_key(|found| found.abs_diff(at))
            .unwrap_or_else(|| floor(text, at)) as u32
    }
}

/// Returns the last character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

/// What a reader left on one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark that is there or not, whatever the others are"
)]
pub struct Marks {
    /// It was read.
    pub read: bool,
    /// It was starred.
    pub starred: bool,
    /// It is hidden: kept, and neither listed nor counted.
    pub hidden: bool,
    /// The reader's own tags, in the order of their names.
    #[serde(default)]
    pub tags: Vec<String>,
    /// It bears notes of the reader's own.
    pub noted: bool,
    /// Where reading stopped.
    pub position: Option<Anchor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_follows_its_words_when_text_is_put_before_them() {
        let anchor = Anchor::new("one two three", 4);
        assert_eq!(anchor.find("one two three"), 4);
        assert_eq!(anchor.find("zero and one two three"), 13);
        assert_eq!(anchor.find("gone"), 4);
        assert_eq!(anchor.find(""), 0);
    }

    #[test]
    fn an_anchor_never_splits_a_character() {
        let anchor = Anchor::new("aé", 2);
        assert_eq!(anchor.at, 1);
        assert_eq!(
            Anchor {
                at: 2,
                words: String::new()
            }
            .find("aé"),
            1
        );
    }
}
