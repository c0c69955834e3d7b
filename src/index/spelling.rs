//! Words that are in no document, and the nearest one that is: the spelling that was meant, most likely.
//!
//! A word that any document has, in any form and in any field, is never taken for another. Tried is what is one letter
//! put in, left out, changed or swapped away, and of longer words where there is none such, two; of those the one in the
//! most documents. Of a short word all letters must be in the other: to leave out or change one of three is to say
//! something else (`gdpr` is no `gdp`, and `pbr` no `per`). Looked through are the lists of words, not the documents.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Column;
use tantivy::{InvertedIndexReader, Term};

use super::commit::Commit;
use super::postings::LONGEST_NEAR;
use super::{Error, Index};
use crate::query::{Doubtful, Step, edits};
use crate::text::analysis::is_stop_word;

/// The longest word, in letters, that is only put right by swapping two of them or putting one in.
const SHORT: usize = 4;

/// How many words are kept of each sort: more than a question with all that the thesaurus has for it.
const MOST_KEPT: usize = 2048;

impl Index {
    /// Returns for each of `words` that is in no document the one that it is read as, where there is one.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where the index turns out to be.
    pub fn spellings(&self, words: &[Doubtful]) -> Result<BTreeMap<String, String>, Error> {
        let commit = &self.view().commit;
        let mut spellings = BTreeMap::new();
        for word in words {
            let look_up = || spelling(commit, word);
            let right = commit.looked_up.spellings.get(word, look_up);
            let right = right.map_err(|error| commit.damage(error))?;
            spellings.extend(right.map(|right| (word.word.clone(), right)));
        }
        Ok(spellings)
    }
}

impl Index {
    /// Returns whether documents have all of `words`, in any of their forms, though not necessarily one document.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where the index turns out to be.
    pub fn has_all(&self, words: &[Doubtful]) -> Result<bool, Error> {
        let commit = &self.view().commit;
        for word in words {
            let look_up = || is_known(commit, word);
            let known = commit.looked_up.known.get(word, look_up);
            if !known.map_err(|error| commit.damage(error))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What was looked up in the lists of words of a commit: while a question is typed, each letter asks for the words before
/// it again.
#[derive(Default)]
pub(super) struct LookedUp {
    spellings: Kept<Option<String>>,
    known: Kept<bool>,
}

/// What was found out about words; of many, those of late.
struct Kept<T>(Mutex<HashMap<Doubtful, T>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    fn get(
        &self,
        word: &Doubtful,
        look_up: impl FnOnce() -> tantivy::Result<T>,
    ) -> tantivy::Result<T> {
        // Not held while it is looked up: that may take a while.
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(word) {
            return Ok(known.clone());
        }
        let found = look_up()?;
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(word.clone(), found.clone());
        Ok(found)
    }
}

/// Returns the word that is meant by one that is in no document; nothing for one that is in some.
fn spelling(commit: &Commit, word: &Doubtful) -> tantivy::Result<Option<String>> {
    if word.word.len() > LONGEST_NEAR || is_known(commit, word)? {
        return Ok(None);
    }
    for edits in 1..=edits(&word.word) {
        let nearest = nearest(commit, &word.word, edits)?;
        if nearest.is_some() {
            return Ok(nearest);
        }
    }
    Ok(None)
}

/// Returns whether a document has a word, in any of its forms, or a name.
fn is_known(commit: &Commit, word: &Doubtful) -> tantivy::Result<bool> {
    let fields = &commit.fields;
    let name = Step::Exact(word.word.clone());
    for segment in &commit.segments {
        for step in &word.steps {
            let column = match step {
                Step::Stem(_) => fields.words.stems,
                _ => fields.words.exact,
            };
            if has(segment.reader.inverted_index(column)?.as_ref(), step)? {
                return Ok(true);
            }
        }
        for names in [fields.author, fields.source] {
            if has(segment.reader.inverted_index(names.exact)?.as_ref(), &name)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Returns whether a list of words has what a step means.
fn has(index: &InvertedIndexReader, step: &Step) -> tantivy::Result<bool> {
    Ok(match step {
        Step::Stem(word) | Step::Exact(word) | Step::Near(word, _) => {
            index.terms().get(word)?.is_some()
        }
        Step::Prefix(beginning) => {
            let mut words = index.terms().range().ge(beginning).into_stream()?;
            words.advance() && words.key().starts_with(beginning.as_bytes())
        }
    })
}

/// Returns the word in the most documents that is so many edits away; of equals the first in the alphabet.
fn nearest(commit: &Commit, word: &str, edits: u8) -> tantivy::Result<Option<String>> {
    let column: Column = commit.fields.words.exact;
    let mut frequencies: BTreeMap<String, u64> = BTreeMap::new();
    let is_short = word.chars().count() <= SHORT;
    for segment in &commit.segments {
        let index = segment.reader.inverted_index(column)?;
        let near = FuzzyTermQuery::new(Term::from_field_text(column, word), edits, true);
        let mut words = index.terms().search(near.automaton()?).into_stream()?;
        while words.advance() {
            let frequency = u64::from(words.value().doc_freq);
            match std::str::from_utf8(words.key()) {
                Ok(other) if is_meant(other) && (!is_short || has_all(other, word)) => {
                    *frequencies.entry(other.to_owned()).or_default() += frequency;
                }
                _ => {}
            }
        }
    }
    let most = frequencies
        .into_iter()
        .rev()
        .max_by_key(|(_, frequency)| *frequency);
    Ok(most.map(|(word, _)| word))
}

/// Returns whether a word of the index may be what somebody meant to type: one that says something.
fn is_meant(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && word.chars().nth(2).is_some() && !is_stop_word(word)
}

/// Returns whether a word has all letters of another, each as often.
fn has_all(word: &str, other: &str) -> bool {
    let mut left: Vec<char> = word.chars().collect();
    other.chars().all(|letter| {
        let place = left.iter().position(|&here| here == letter);
        place.map(|place| left.swap_remove(place)).is_some()
    })
}
