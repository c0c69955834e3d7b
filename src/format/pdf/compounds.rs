//! Which words keep the hyphen that they are broken at: those that the document writes with one elsewhere, and the
//! compounds whose first part is hardly ever a syllable of a longer word (`assets/printed.toml`).

use std::collections::{HashMap, HashSet};

use crate::config::printed::{FirstPart, printed};

/// The longest vocabulary that is gathered.
const MOST_WORDS: usize = 200_000;

/// In how many words one is common at least: Dutch has `en` once in forty, German never.
const COMMON: usize = 200;

/// How a document writes its compounds.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    /// The words that it writes with a hyphen within its lines.
    parted: HashSet<String>,
    /// Those that it writes without one, of the kind that could have one.
    joined: HashSet<String>,
    /// How many words it has, and how many of them are those that part two halves in one language and end a word in
    /// another.
    words: usize,
    common: HashMap<&'static str, usize>,
}

impl Compounds {
    /// Takes in a line.
    pub fn read(&mut self, line: &str) {
        if self.parted.len() + self.joined.len() > MOST_WORDS {
            return;
        }
        let doubtful = &printed().hyphens.suspended_where_common;
        for word in line.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            self.words += usize::from(!word.is_empty());
            if let Some(word) = doubtful.iter().find(|doubtful| *doubtful == word) {
                *self.common.entry(word).or_default() += 1;
            }
            if word.trim_matches('-').contains('-') {
                let word = word.trim_start_matches('-');
                self.parted.insert(word.to_lowercase());
            } else if !word.ends_with('-') && is_kind(word) {
                self.joined.insert(word.to_lowercase());
            }
        }
    }

    /// Returns whether a word that is broken after `left` has a hyphen there when it is whole.
    pub fn keep(&self, left: &str, right: &str) -> bool {
        let (left, right) = (left.to_lowercase(), right.to_lowercase());
        if self.parted.contains(&format!("{left}-{right}")) {
            return true;
        }
        if self.joined.contains(&format!("{left}{right}")) {
            return false;
        }
        let hyphens = &printed().hyphens;
        let of = |list: &'static [FirstPart]| list.iter().find(|part| part.first == left);
        let begins = |rests: &[String]| rests.iter().any(|rest| right.starts_with(rest));
        of(&hyphens.set_off).is_some_and(|part| !begins(&part.rests))
            || of(&hyphens.set_off_before).is_some_and(|part| begins(&part.rests))
    }

    /// Returns whether the hyphen stands for the end of a later word (`pre-` `and post-war`), so that `right` is a word.
    pub fn is_suspended(&self, left: &str, right: &str) -> bool {
        let hyphens = &printed().hyphens;
        let has = |list: &[String], word: &str| list.iter().any(|one| one == word);
        let is_common = |word: &str| {
            let count = self.common.get(word).copied().unwrap_or_default();
            has(&hyphens.suspended_where_common, word) && count * COMMON >= self.words
        };
        let whole = format!("{}{right}", left.to_lowercase());
        (has(&hyphens.suspended, right) || is_common(right)) && !has(&hyphens.whole, &whole)
    }
}

/// Returns whether a word begins with what may be a first part.
fn is_kind(word: &str) -> bool {
    let begins = |first: &str| {
        let start = word.get(..first.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(first))
    };
    let hyphens = &printed().hyphens;
    let firsts = hyphens.set_off.iter().chain(&hyphens.set_off_before);
    firsts.map(|part| part.first.as_str()).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_keep_their_hyphen_and_broken_words_do_not() {
        let mut compounds = Compounds::default();
        compounds.read("A step-by-step plan, re-elected, coordinated and (Nonprofit) things");
        for (left, right, keeps) in [
            ("self", "employed", true),
            ("Self", "help", true),
            ("self", "ish", false),
            ("well", "known", true),
            ("half", "way", false),
            ("co", "operative", true),
            ("co", "lumn", false),
            ("all", "ow", false),
            ("all", "party", true),
            ("ex", "ample", false),
            ("govern", "ment", false),
            // As the document has it.
            ("re", "elected", true),
            ("re", "port", false),
            ("step", "by-step", true),
            ("co", "ordinated", false),
            ("non", "profit", false),
            ("non", "violent", true),
        ] {
            assert_eq!(compounds.keep(left, right), keeps, "{left}-{right}");
        }
    }

    #[test]
    fn a_hyphen_that_stands_for_the_end_of_a_later_word_is_one() {
        let mut dutch = Compounds::default();
        dutch.read("voordelen en nadelen en vrouwen of mannen");
        let mut english = Compounds::default();
        english.read("the end of the line and of the page");
        for (compounds, left, right, expected) in [
            (&english, "pre", "and", true),
            (&english, "Vor", "und", true),
            (&english, "lang", "y", true),
            (&english, "thou", "sand", false),
            (&english, "there", "of", false),
            (&english, "Frau", "en", false),
            (&dutch, "voor", "en", true),
            (&dutch, "mannen", "of", true),
        ] {
            assert_eq!(
                compounds.is_suspended(left, right),
                expected,
                "{left}-{right}"
            );
        }
    }
}
