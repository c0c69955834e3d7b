//! Which words keep the hyphen that they are broken at: those that the document writes with one elsewhere, and the
//! compounds of English whose first part is hardly ever a syllable of a longer word.

use std::collections::HashSet;

/// The longest vocabulary that is gathered.
const MOST_WORDS: usize = 200_000;

/// First parts that are set off from whatever follows, but for the ends of words of their own (`self-` `ish`).
const SET_OFF: [(&str, &[&str]); 5] = [
    ("self", &["ish", "less", "hood", "same", "ie"]),
    ("well", &["ness", "ing", "ed", "spring", "come"]),
    ("half", &["way", "time", "pence", "penny"]),
    ("quasi", &[]),
    ("non", &["sense", "chalant", "descript", "plus"]),
];

/// First parts that words are broken after too (`co-` `lumn`, `all-` `ow`), with what makes a compound of them.
const SET_OFF_BEFORE: [(&str, &[&str]); 3] = [
    (
        "co",
        &[
            "operat", "ordinat", "own", "author", "found", "chair", "produc", "design", "work",
            "pilot", "opt", "exist", "edit",
        ],
    ),
    (
        "ex",
        &[
            "wife",
            "husband",
            "minister",
            "president",
            "soldier",
            "service",
            "offender",
            "partner",
            "member",
            "student",
        ],
    ),
    (
        "all",
        &[
            "time",
            "round",
            "inclusive",
            "party",
            "star",
            "day",
            "night",
            "important",
            "purpose",
            "encompassing",
            "female",
            "male",
        ],
    ),
];

/// How a document writes its compounds.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    /// The words that it writes with a hyphen within its lines.
    parted: HashSet<String>,
    /// Those that it writes without one, of the kind that could have one.
    joined: HashSet<String>,
}

impl Compounds {
    /// Takes in a line.
    pub fn read(&mut self, line: &str) {
        if self.parted.len() + self.joined.len() > MOST_WORDS {
            return;
        }
        for word in line.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
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
        let of = |list: &[(&str, &'static [&'static str])]| {
            let known = list.iter().find(|(first, _)| *first == left);
            known.map(|(_, rests)| *rests)
        };
        let begins = |rests: &[&str]| rests.iter().any(|rest| right.starts_with(rest));
        of(&SET_OFF).is_some_and(|endings| !begins(endings))
            || of(&SET_OFF_BEFORE).is_some_and(begins)
    }
}

/// Returns whether a word begins with what may be a first part.
fn is_kind(word: &str) -> bool {
    let begins = |first: &str| {
        let start = word.get(..first.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(first))
    };
    let firsts = SET_OFF.iter().chain(&SET_OFF_BEFORE);
    firsts.map(|(first, _)| *first).any(begins)
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
}
