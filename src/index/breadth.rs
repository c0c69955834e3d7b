//! Which documents answer several plain words: those that have every word, or also those that have some.
//!
//! Only plain words can be lacking. What was asked for by a field, in quotation marks, with a sign or as a fact, every
//! answer has.
//!
//! What is chosen in facets changes nothing about it: it goes by the documents before the choice, so that what is
//! counted for a value is what choosing it shows.

use super::Error;
use super::bits::Bits;
use super::folds::FoldSets;
use super::plan::{Node, Question};
use crate::query::weights::{ENOUGH, MANY_WORDS};
use crate::query::{Breadth, Match, Sort};

/// The documents that answer, a set a segment.
pub(super) struct Answers {
    pub documents: Vec<Bits>,
    /// Those of them that have every word, where others are among them.
    pub complete: Option<Vec<Bits>>,
    pub breadth: Breadth,
}

/// How far an answer may reach.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    /// What the question says.
    pub matching: Option<Match>,
    /// The order: by date there is no worst end at which what fits little could stand.
    pub sort: Sort,
    pub folded: Option<&'a FoldSets>,
}

impl Reach<'_> {
    /// Nothing but what has every word, unless the question says otherwise: for topics.
    pub(super) fn narrow(matching: Option<Match>) -> Self {
        Self {
            matching: matching.or(Some(Match::All)),
            sort: Sort::Relevance,
            folded: None,
        }
    }
}

impl Answers {
    /// Finds what answers a question, but for what is chosen in facets.
    pub(super) fn new(question: &Question<'_>, reach: Reach<'_>) -> Result<Self, Error> {
        let parts = question.plan.parts.iter();
        let parts: Vec<_> = parts.filter(|part| part.facet.is_none()).collect();
        let all: Vec<&Node> = parts.iter().map(|part| &part.node).collect();
        let mut complete = every(question);
        question.narrow_all(&all, &mut complete)?;
        let plain = parts.iter().filter(|part| part.plain);
        let words: Vec<&Node> = plain.map(|part| &part.node).collect();
        let breadth = breadth(reach, words.len(), &complete);
        if breadth == Breadth::Every {
            return Ok(Self {
                documents: complete,
                complete: None,
                breadth,
            });
        }
        let mut some = every(question);
        question.narrow_any(&words, &mut some)?;
        let strict = parts.iter().filter(|part| !part.plain);
        let strict: Vec<&Node> = strict.map(|part| &part.node).collect();
        question.narrow_all(&strict, &mut some)?;
        Ok(Self {
            documents: some,
            complete: Some(complete),
            breadth,
        })
    }
}

/// Returns the documents that can be found at all.
fn every(question: &Question<'_>) -> Vec<Bits> {
    let segments = question.commit.segments.iter();
    let mut sets: Vec<Bits> = segments.map(|segment| segment.alive.clone()).collect();
    question.leave_out_hidden(&mut sets);
    sets
}

fn breadth(reach: Reach<'_>, words: usize, complete: &[Bits]) -> Breadth {
    match reach.matching {
        _ if words < 2 => Breadth::Every,
        Some(Match::All) => Breadth::Every,
        Some(Match::Any) => Breadth::Ranked,
        None if words >= MANY_WORDS && reach.sort == Sort::Relevance => Breadth::Ranked,
        None if reach.count(complete) >= ENOUGH => Breadth::Every,
        None => Breadth::Widened,
    }
}

impl Reach<'_> {
    /// Returns how many of the documents are shown.
    fn count(&self, documents: &[Bits]) -> usize {
        let count = |sets: &[Bits]| sets.iter().map(Bits::count).sum();
        match self.folded {
            None => count(documents),
            Some(folded) => {
                let mut shown = documents.to_vec();
                folded.fold_all(&mut shown);
                count(&shown)
            }
        }
    }
}
