//! The documents that a question finds, and those that each facet is counted over.

use super::Error;
use super::bits::Bits;
use super::plan::{Node, Question};
use crate::query::facet::Facet;

/// The documents found, a set a segment.
pub(super) struct Found {
    pub documents: Vec<Bits>,
    /// For each facet in which something is chosen, what would be found without that.
    without: Vec<(Facet, Vec<Bits>)>,
}

impl Found {
    /// Finds what a question asks for. What is chosen in facets comes last, so that all the sets share the work before.
    pub(super) fn new(question: &Question<'_>) -> Result<Self, Error> {
        let parts = &question.plan.parts;
        let nodes = |facet: Option<Facet>| -> Vec<&Node> {
            let parts = parts.iter().filter(|part| part.facet == facet);
            parts.map(|part| &part.node).collect()
        };
        let segments = question.commit.segments.iter();
        let mut unchosen: Vec<Bits> = segments.map(|segment| segment.alive.clone()).collect();
        question.leave_out_hidden(&mut unchosen);
        question.narrow_all(&nodes(None), &mut unchosen)?;
        let mut chosen = Vec::new();
        for facet in Facet::ALL {
            let nodes = nodes(Some(facet));
            if !nodes.is_empty() {
                let mut sets = unchosen.clone();
                question.narrow_all(&nodes, &mut sets)?;
                chosen.push((facet, sets));
            }
        }
        let but_for = |facet: Option<Facet>| {
            let mut sets = unchosen.clone();
            for (_, others) in chosen.iter().filter(|(other, _)| Some(*other) != facet) {
                sets.iter_mut()
                    .zip(others)
                    .for_each(|(set, other)| set.keep(other));
            }
            sets
        };
        let without = chosen
            .iter()
            .map(|&(facet, _)| (facet, but_for(Some(facet))));
        Ok(Self {
            documents: but_for(None),
            without: without.collect(),
        })
    }

    /// Returns the documents that a facet is counted over.
    pub(super) fn counted(&self, facet: Facet) -> &[Bits] {
        let without = self.without.iter().find(|(of, _)| *of == facet);
        without.map_or(&self.documents, |(_, documents)| documents)
    }
}
