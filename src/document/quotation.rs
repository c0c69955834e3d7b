//! A passage that a reader's note is on: its bytes and words, and the words around, by which it is found again when the
//! text changes.

use serde::{Deserialize, Serialize};

use super::TextRange;

/// How many bytes of a passage are kept; a note on a longer one is on its beginning. A long paragraph has some two
/// thousand.
const MOST_WORDS: usize = 4096;

/// How many bytes are kept of the text before a passage and of that after it: they tell it from its like.
const AROUND: usize = 64;

/// How many bytes of a passage stand for all of it where something in it was changed. Fewer stand anywhere.
const LEAST_WORDS: usize = 40;

/// A passage of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// Its first byte in the text as it was.
    pub at: u32,
    /// Its words; never none.
    pub words: String,
    /// The text before it.
    pub before: String,
    /// The text after it.
    pub after: String,
}

impl Quotation {
    /// Returns the passage at `range` of a text, without blanks at its ends; nothing where there are no words.
    pub fn new(text: &str, range: TextRange) -> Option<Self> {
        let start = text.floor_char_boundary(range.start as usize);
        let end = text.floor_char_boundary((range.end as usize).min(start + MOST_WORDS));
        let passage = text.get(start..end)?;
        let words = passage.trim();
        if words.is_empty() {
            return None;
        }
        let start = start + (passage.len() - passage.trim_start().len());
        let end = start + words.len();
        let from = text.ceil_char_boundary(start.saturating_sub(AROUND));
        let to = text.floor_char_boundary(end.saturating_add(AROUND));
        Some(Self {
            at: start as u32,
            words: words.to_owned(),
            before: text.get(from..start).unwrap_or_default().to_owned(),
            after: text.get(end..to).unwrap_or_default().to_owned(),
        })
    }

    /// Returns where the passage is in `text`, which may have changed since: where its words stand, of several places the
    /// one with the most of the same around it, then the one nearest to where it was. Of a passage that was changed
    /// itself, the beginning that is still there, else the ending. Nothing where its words are gone.
    ///
    /// The range is never empty, and lies within the text on boundaries of characters.
    pub fn find(&self, text: &str) -> Option<TextRange> {
        if self.words.is_empty() {
            return None;
        }
        let whole = self.places(text, &self.words, 0);
        let beginning = || {
            let end = self.words.floor_char_boundary(LEAST_WORDS);
            let words = self.words.get(..end)?;
            let shorter = end < self.words.len();
            shorter.then(|| self.places(text, words, 0)).flatten()
        };
        let ending = || {
            let start = self.words.len().checked_sub(LEAST_WORDS)?;
            let start = self.words.ceil_char_boundary(start);
            let words = self.words.get(start..)?;
            (start > 0)
                .then(|| self.places(text, words, start))
                .flatten()
        };
        whole.or_else(beginning).or_else(ending)
    }

    /// Returns the best place of some of its words, which begin `from` bytes into it.
    fn places(&self, text: &str, words: &str, from: usize) -> Option<TextRange> {
        let was = self.at as usize + from;
        let alike = |start: usize| {
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(start + words.len()..).unwrap_or_default();
            let same = |pair: &(u8, u8)| pair.0 == pair.1;
            let before = before.bytes().rev().zip(self.before.bytes().rev());
            let after = after.bytes().zip(self.after.bytes());
            before.take_while(same).count() + after.take_while(same).count()
        };
        // Where like words overlap, a search for them passes over some: where they stood is looked at anyway.
        let still = text.get(was..).is_some_and(|rest| rest.starts_with(words));
        let places = text.match_indices(words).map(|(start, _)| start);
        let places = places.chain(still.then_some(was));
        let best = places.max_by_key(|&start| (alike(start), usize::MAX - start.abs_diff(was)))?;
        Some(TextRange::new(best, best + words.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(start, end)
    }

    /// Returns what a note on `words` of one text is on in another.
    fn found<'a>(text: &str, words: &str, changed: &'a str) -> Option<&'a str> {
        let at = text.find(words).unwrap();
        let quotation = Quotation::new(text, range(at, at + words.len())).unwrap();
        let found = quotation.find(changed)?;
        Some(&changed[found.start as usize..found.end as usize])
    }

    #[test]
    fn a_passage_is_found_again_by_its_words() {
        let long =
            "The council bought the service from the mutual that its own people had founded.";
        let begun = "The council bought the service from the mutual, which was dear.";
        let ended = "Nobody bought anything from the mutual that its own people had founded.";
        for (text, words, changed, expected) in [
            (
                "One. Two. Three.",
                "Two.",
                "Zero. One. Two. Three.",
                Some("Two."),
            ),
            ("One. Two. Three.", "Two.", "One. Three.", None),
            ("One. Two. Three.", "Two.", "", None),
            (
                long,
                long,
                begun,
                Some("The council bought the service from the "),
            ),
            (
                long,
                long,
                ended,
                Some("utual that its own people had founded."),
            ),
            (long, long, "The council bought nothing.", None),
        ] {
            let found = found(text, words, changed);
            match expected {
                // Of a changed passage, what is left of it.
                Some(expected) => assert!(
                    found.is_some_and(|found| found.ends_with(expected) || expected == found),
                    "{found:?} for {expected:?}"
                ),
                None => assert_eq!(found, None, "{changed}"),
            }
        }
    }

    #[test]
    fn of_like_passages_the_one_with_the_same_around_it_is_meant() {
        let text = "To begin. Yes. And then. Yes. To end.";
        let at = text.rfind("Yes.").unwrap();
        let quotation = Quotation::new(text, range(at, at + 4)).unwrap();
        let changed = "And then. Yes. To end. To begin. Yes. And so.";
        assert_eq!(quotation.find(changed), Some(range(10, 14)));
        assert_eq!(quotation.find(text), Some(range(at, at + 4)));
        let quotation = Quotation::new("ha ha ha ha", range(3, 8)).unwrap();
        assert_eq!(quotation.find("ha ha ha ha"), Some(range(3, 8)));
    }

    #[test]
    fn a_passage_of_blanks_is_none() {
        assert_eq!(Quotation::new("a  \n b", range(1, 4)), None);
        assert_eq!(Quotation::new("", range(3, 9)), None);
        assert_eq!(Quotation::new(" a ", range(0, 3)).unwrap().at, 1);
    }

    proptest! {
        #[test]
        fn the_place_is_valid_after_any_change_of_the_text(
            text in "[ab é漢\n]{0,60}",
            start in 0_usize..80,
            length in 0_usize..80,
            cut in 0_usize..60,
            put in "[ab é漢]{0,20}",
        ) {
            let Some(quotation) = Quotation::new(&text, range(start, start + length)) else {
                return Ok(());
            };
            let same = quotation.find(&text).unwrap();
            prop_assert_eq!(same.start, quotation.at);
            let at = text.floor_char_boundary(cut);
            let changed = format!("{}{put}{}", &text[..at], &text[at..]);
            for other in [&changed, &put] {
                if let Some(found) = quotation.find(other) {
                    let found = other.get(found.start as usize..found.end as usize);
                    prop_assert!(found.is_some_and(|found| !found.is_empty() && quotation.words.contains(found)));
                }
            }
            // What was put before it or after it takes nothing from it.
            let end = quotation.at as usize + quotation.words.len();
            if at <= quotation.at as usize || at >= end {
                prop_assert!(quotation.find(&changed).is_some());
            }
        }
    }
}
