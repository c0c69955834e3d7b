//! The words of a clause as the analysis gives them, and the ways that they alone make.

use std::ops::Range;

use super::super::{How, Origin, Step, Way};
use crate::text::Language;
use crate::text::analysis::analyze;

/// Beginnings that are written with a hyphen, without, and as a word of their own: `non-profit`, `nonprofit`.
const HYPHENED: [&str; 8] = ["anti", "co", "inter", "multi", "non", "post", "pre", "semi"];

/// A word as the analysis gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) struct Term {
    pub(in crate::query) folded: String,
    pub(in crate::query) stem: String,
    /// Where it stands, in bytes of the text that it was read from.
    pub(in crate::query) range: Range<usize>,
}

impl Term {
    pub(super) fn to_stem(&self) -> Step {
        Step::Stem(self.stem.clone())
    }

    pub(super) fn to_exact(&self) -> Step {
        Step::Exact(self.folded.clone())
    }
}

/// The words of a clause, read in one language.
#[derive(Debug)]
pub(in crate::query) struct Reading {
    /// Every word by itself, the parts of compounds too.
    pub(in crate::query) parts: Vec<Term>,
    /// The same with each compound as one word; empty where there is none.
    pub(in crate::query) joined: Vec<Term>,
}

impl Reading {
    pub(in crate::query) fn new(text: &str, language: Language) -> Self {
        let (mut parts, mut joined) = (Vec::new(), Vec::new());
        let (mut joined_end, mut has_compound, mut first_part) = (0, false, 0);
        analyze(text, language, |token| {
            let term = Term {
                folded: token.folded.to_owned(),
                stem: token.stem.to_owned(),
                range: token.range.clone(),
            };
            if token.joined {
                // The first part of the compound came before it, and is in `joined` already.
                joined.truncate(first_part);
                joined.push(term);
                joined_end = token.range.end;
                has_compound = true;
                return;
            }
            if token.range.start >= joined_end {
                first_part = joined.len();
                joined.push(term.clone());
            }
            parts.push(term);
        });
        if !has_compound {
            joined.clear();
        }
        Self { parts, joined }
    }

    /// Adds the ways by stems.
    pub(super) fn add_stemmed(&self, how: How, ways: &mut Vec<Way>) {
        add(ways, &self.parts, how, Origin::Typed, Term::to_stem);
        add(ways, &self.joined, how, Origin::Hyphen, Term::to_stem);
        if matches!(how, How::Phrase { .. }) && self.parts.len() > 1 {
            add(ways, &self.split(), how, Origin::Hyphen, Term::to_stem);
        }
    }

    /// Adds the ways by the very words.
    pub(super) fn add_exact(&self, how: How, ways: &mut Vec<Way>) {
        add(ways, &self.parts, how, Origin::Typed, Term::to_exact);
        add(ways, &self.joined, how, Origin::Hyphen, Term::to_exact);
    }

    /// Adds the ways in which the last word is only a beginning.
    pub(super) fn add_beginnings(&self, weight: f32, origin: Origin, ways: &mut Vec<Way>) {
        for terms in [&self.parts, &self.joined] {
            let Some((last, before)) = terms.split_last() else {
                continue;
            };
            let mut steps: Vec<Step> = before.iter().map(Term::to_exact).collect();
            steps.push(Step::Prefix(last.folded.clone()));
            push_way(
                ways,
                Way {
                    steps,
                    slop: 0,
                    weight,
                    origin,
                    called: String::new(),
                },
            );
        }
    }

    /// Adds the way of a word that is spelled nearly so. Of a compound it is the one word; of anything else that is
    /// several words, the words themselves: nobody knows which of them is misspelled.
    pub(super) fn add_near(&self, ways: &mut Vec<Way>) {
        let (([word], _) | (_, [word])) = (self.parts.as_slice(), self.joined.as_slice()) else {
            return self.add_exact(How::Near, ways);
        };
        let step = match edits(&word.folded) {
            0 => word.to_exact(),
            edits => Step::Near(word.folded.clone(), edits),
        };
        push_way(
            ways,
            Way {
                steps: vec![step],
                slop: 0,
                weight: 1.0,
                origin: Origin::Typed,
                called: String::new(),
            },
        );
    }

    /// Returns the words with the beginnings parted that a text may write with a hyphen: the parts of a compound
    /// stand one after the other there, and a phrase goes by where words stand.
    fn split(&self) -> Vec<Term> {
        let mut split = Vec::new();
        for term in &self.parts {
            let halves = HYPHENED.iter().find_map(|beginning| {
                let rest = term.folded.strip_prefix(beginning)?;
                (rest.len() > 3).then_some((*beginning, rest))
            });
            match halves {
                Some((beginning, rest)) => {
                    split.extend(Self::new(beginning, Language::ENGLISH).parts);
                    split.extend(Self::new(rest, Language::ENGLISH).parts);
                }
                None => split.push(term.clone()),
            }
        }
        split
    }
}

/// Returns where words stand, from the first to the last, in bytes.
pub(in crate::query) fn range_of(words: &[Term]) -> Range<usize> {
    match words {
        [first, .., last] => first.range.start..last.range.end,
        [one] => one.range.clone(),
        [] => 0..0,
    }
}

/// Returns how many edits a misspelling may have: none in a word of two letters, one up to five, two beyond (the
/// custom of search engines; more finds other words rather than misspellings).
pub fn edits(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

fn add(
    ways: &mut Vec<Way>,
    terms: &[Term],
    how: How,
    origin: Origin,
    step: impl Fn(&Term) -> Step,
) {
    let slop = match how {
        How::Phrase { slop } => slop,
        _ => 0,
    };
    let steps: Vec<Step> = terms.iter().map(step).collect();
    push_way(
        ways,
        Way {
            steps,
            slop,
            weight: 1.0,
            origin,
            called: String::new(),
        },
    );
}

/// Adds a way, unless it is empty or there already.
pub(super) fn push_way(ways: &mut Vec<Way>, way: Way) {
    let alike = |known: &Way| known.steps == way.steps;
    if !way.steps.is_empty() && !ways.iter().any(alike) {
        ways.push(way);
    }
}
