//! The documents found as they are shown: folds as one each, and in which groups they stand one after the other.
//!
//! Where a list was widened, the documents that have every word are a group before those that lack some; each group has
//! the order that was asked for. A fold of which one document has every word is shown by such a one.

use super::Error;
use super::bits::Bits;
use super::folds::FoldSets;
use super::found::Found;
use super::plan::Question;
use super::rank;
use crate::query::{Breadth, Hit, Sort};

/// The documents that are shown.
pub(super) struct Shown {
    /// The groups in order, of each a set a segment.
    groups: Vec<Vec<Bits>>,
    /// How many of the documents have every word.
    pub complete: usize,
    breadth: Breadth,
}

impl Shown {
    pub(super) fn new(found: &Found, folds: &FoldSets) -> Self {
        let fold = |mut sets: Vec<Bits>| {
            folds.fold_all(&mut sets);
            sets
        };
        let Some(complete) = &found.complete else {
            let all = fold(found.documents.clone());
            return Self {
                complete: count(&all),
                groups: vec![all],
                breadth: found.breadth,
            };
        };
        let first = fold(complete.clone());
        let complete_shown = count(&first);
        let groups = match found.breadth {
            Breadth::Every | Breadth::Ranked => vec![fold(found.documents.clone())],
            Breadth::Widened => {
                let mut rest = found.documents.clone();
                for (set, complete) in rest.iter_mut().zip(complete) {
                    set.drop(complete);
                }
                folds.leave_out(&mut rest, complete);
                vec![first, fold(rest)]
            }
        };
        Self {
            groups,
            complete: complete_shown,
            breadth: found.breadth,
        }
    }

    /// Returns how many there are.
    pub(super) fn total(&self) -> usize {
        self.groups.iter().map(|group| count(group)).sum()
    }

    /// Returns which documents these are; a list that could go on, and had nothing to go on with, has every word.
    pub(super) fn breadth(&self) -> Breadth {
        match self.breadth {
            Breadth::Widened if self.total() == self.complete => Breadth::Every,
            breadth => breadth,
        }
    }

    /// Returns those that stand from `offset` on, `limit` of them at most.
    pub(super) fn hits(
        &self,
        question: &Question<'_>,
        sort: Sort,
        (mut offset, limit): (usize, usize),
    ) -> Result<Vec<Hit>, Error> {
        let mut hits = Vec::new();
        for group in &self.groups {
            let window = (offset, limit - hits.len());
            hits.extend(rank::rank(question, group, sort, window)?);
            offset = offset.saturating_sub(count(group));
        }
        Ok(hits)
    }

    /// Returns the group that a document stands in.
    pub(super) fn group_of(&self, at: rank::At) -> Option<&[Bits]> {
        let here = |group: &&Vec<Bits>| {
            let set = group.get(at.segment);
            set.is_some_and(|set| set.contains(at.document))
        };
        self.groups.iter().find(here).map(Vec::as_slice)
    }
}

fn count(sets: &[Bits]) -> usize {
    sets.iter().map(Bits::count).sum()
}
