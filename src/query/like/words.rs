//! The words that tell a text from others.

use std::collections::HashMap;

use crate::text::Language;
use crate::text::analysis::{Token, analyze, is_stop_word};

/// How many words are looked for at most: as many as Lucene takes. Of the first ten that are like one of 100 documents of
/// the Vaswani collection, .248 answer a query that it answers too; with 15 words .251, with 40 .255.
const MOST: usize = 25;

/// How many words are looked up in the index at most, those that stand there most often.
const MOST_LOOKED_UP: usize = 400;

/// How much a word of the title counts beside one of the text: a title names what the text is about.
const TITLE: u32 = 3;

/// A word in more documents than one of so many tells little.
const ONE_OF: u64 = 10;

/// In a small library a word may be in so many documents all the same: a tenth of twenty is next to none.
const FEW: u64 = 5;

/// A word that tells a document from others.
#[derive(Clone, Debug, PartialEq)]
pub struct TellingWord {
    /// As it is looked for.
    pub stem: String,
    /// As it is written there.
    pub shown: String,
    /// How much it counts beside the others, of which the one that stands there most often has 1.
    pub weight: f32,
}

/// The words of a text, counted by their stems.
#[derive(Clone, Debug, Default)]
pub struct Words {
    counted: HashMap<String, Counted>,
}

/// How often a word stands in a text.
#[derive(Clone, Debug)]
struct Counted {
    times: u32,
    /// How many other words came first.
    place: usize,
    /// As it is written, in small letters where it is anywhere.
    shown: String,
}

impl Words {
    /// Adds the words of a title.
    pub fn add_title(&mut self, title: &str, language: Language) {
        self.add(title, language, TITLE);
    }

    /// Adds the words of a stretch of the text.
    pub fn add_text(&mut self, text: &str, language: Language) {
        self.add(text, language, 1);
    }

    fn add(&mut self, text: &str, language: Language, times: u32) {
        // The parts of a compound come after it, but for the first.
        let mut compound = 0;
        let mut first_part: Option<(String, usize)> = None;
        analyze(text, language, |token| {
            if token.joined {
                compound = token.range.end;
                if let Some((stem, _)) = first_part
                    .take()
                    .filter(|(_, start)| *start == token.range.start)
                {
                    self.take_back(&stem, times);
                }
            } else if token.range.start < compound {
                return;
            }
            if !says_something(&token) {
                return;
            }
            first_part = (!token.joined).then(|| (token.stem.to_owned(), token.range.start));
            let written = text.get(token.range.clone()).unwrap_or_default();
            self.count(token.stem, written, times);
        });
    }

    fn count(&mut self, stem: &str, written: &str, times: u32) {
        let is_small = |word: &str| !word.contains(char::is_uppercase);
        if let Some(counted) = self.counted.get_mut(stem) {
            counted.times = counted.times.saturating_add(times);
            if is_small(written) && !is_small(&counted.shown) {
                written.clone_into(&mut counted.shown);
            }
        } else {
            let counted = Counted {
                times,
                place: self.counted.len(),
                shown: written.to_owned(),
            };
            self.counted.insert(stem.to_owned(), counted);
        }
    }

    fn take_back(&mut self, stem: &str, times: u32) {
        if let Some(counted) = self.counted.get_mut(stem) {
            counted.times = counted.times.saturating_sub(times);
        }
    }

    /// Returns the words that stand there most often, of equals those that come first.
    fn most_frequent(self) -> Vec<(String, Counted)> {
        let mut words: Vec<(String, Counted)> = self.counted.into_iter().collect();
        words.retain(|(_, counted)| counted.times > 0);
        words.sort_by_key(|(_, counted)| (std::cmp::Reverse(counted.times), counted.place));
        words.truncate(MOST_LOOKED_UP);
        words
    }
}

/// Returns whether a word can tell what a text is about: no number, no single letter, none that every text has.
fn says_something(token: &Token<'_>) -> bool {
    let mut letters = token.folded.chars();
    let one_letter =
        letters.next().is_some_and(|c| !is_word_by_itself(c)) && letters.next().is_none();
    token.folded.contains(char::is_alphabetic) && !one_letter && !is_stop_word(token.folded)
}

/// Returns whether a character is a word of its own, as in Chinese: from the radicals on all scripts are such.
fn is_word_by_itself(c: char) -> bool {
    c >= '\u{2e80}'
}

/// Returns the words that tell best what a text is about, the best first, in a library of so many documents;
/// `frequencies` says of stems in how many documents each stands.
///
/// What is in this document alone finds no other, and what is in many of them tells little; neither is taken.
///
/// # Errors
///
/// That of `frequencies`.
pub fn telling<E>(
    words: Words,
    documents: u64,
    frequencies: impl FnOnce(&[&str]) -> Result<Vec<u64>, E>,
) -> Result<Vec<TellingWord>, E> {
    let words = words.most_frequent();
    let stems: Vec<&str> = words.iter().map(|(stem, _)| stem.as_str()).collect();
    let frequencies = frequencies(&stems)?;
    let most = (documents / ONE_OF).max(FEW);
    let mut best: Vec<(f32, TellingWord)> = words
        .iter()
        .zip(frequencies)
        .filter(|(_, frequency)| (2..=most).contains(frequency))
        .map(|((stem, counted), frequency)| {
            // Twice as often is not twice as telling. Were all words to weigh alike, .235 in place of .248.
            let often = 1.0 + (counted.times as f32).ln();
            let rare = 1.0 + (documents as f32 / (frequency + 1) as f32).max(1.0).ln();
            let word = TellingWord {
                stem: stem.clone(),
                shown: counted.shown.clone(),
                weight: often,
            };
            (often * rare, word)
        })
        .collect();
    // Stable: of equals the one that stands there more often, or first.
    best.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    best.truncate(MOST);
    let most = best.iter().map(|(_, word)| word.weight).fold(1.0, f32::max);
    Ok(best
        .into_iter()
        .map(|(_, word)| TellingWord {
            weight: word.weight / most,
            ..word
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Returns the words of a title and a text that tell, where each stem not named is in one document alone.
    fn shown(title: &str, text: &str, documents: u64, known: &[(&str, u64)]) -> Vec<String> {
        let mut words = Words::default();
        words.add_title(title, Language::ENGLISH);
        words.add_text(text, Language::ENGLISH);
        let frequency = |stem: &&str| known.iter().find(|(name, _)| name == stem);
        let look_up = |stems: &[&str]| {
            let found = stems
                .iter()
                .map(|stem| frequency(stem).map_or(1, |(_, count)| *count));
            Ok::<_, Infallible>(found.collect())
        };
        let words = telling(words, documents, look_up).unwrap();
        words.into_iter().map(|word| word.shown).collect()
    }

    #[test]
    fn the_best_are_often_here_and_seldom_elsewhere() {
        let known = [
            ("tupe", 10),
            ("transfere", 3),
            ("transfer", 100),
            ("staff", 101),
            ("the", 5),
            ("x", 5),
            ("2012", 5),
            ("pension", 40),
        ];
        let text = "The staff, the transferees and TUPE: TUPE, TUPE. Staff transfer, x 2012. \
                    Transferees of a pension, unheard.";
        for (title, documents, expected) in [
            (
                "",
                1_000,
                &["TUPE", "transferees", "pension", "transfer"][..],
            ),
            // A title names what a text is about.
            (
                "Pensions",
                1_000,
                &["TUPE", "transferees", "pension", "transfer"],
            ),
            (
                "Pensions, pensions",
                1_000,
                &["pensions", "TUPE", "transferees", "transfer"],
            ),
            // In a library a tenth as large only what is in few documents tells.
            ("", 100, &["transferees", "TUPE"]),
            ("", 10, &["transferees"]),
        ] {
            assert_eq!(
                shown(title, text, documents, &known),
                expected,
                "{title} {documents}"
            );
        }
    }

    #[test]
    fn a_compound_is_one_word_and_words_are_written_as_they_stand() {
        let known = [
            ("cooper", 3),
            ("co", 3),
            ("cooperative", 3),
            ("oper", 3),
            ("operative", 3),
            ("parti", 3),
        ];
        let text = "Co-operative parties. A co-operative. Party";
        assert_eq!(shown("", text, 100, &known), ["co-operative", "parties"]);
    }

    #[test]
    fn so_many_words_are_enough() {
        let text: Vec<String> = (0..600).map(|number| format!("word{number}x")).collect();
        let mut words = Words::default();
        words.add_text(&text.join(" "), Language::ENGLISH);
        let look_up = |stems: &[&str]| {
            assert_eq!(stems.len(), MOST_LOOKED_UP);
            Ok::<_, Infallible>(vec![2; stems.len()])
        };
        let telling = telling(words, 1_000, look_up).unwrap();
        assert_eq!(telling.len(), MOST);
        assert!(
            telling
                .iter()
                .all(|word| (word.weight - 1.0).abs() < f32::EPSILON)
        );
    }
}
