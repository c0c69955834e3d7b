//! The documents that a question finds, and those that each facet is counted over.

use super::Error;
use super::bits::Bits;
use super::breadth::{Answers, Reach};
use super::plan::{Node, Question};
use crate::query::Breadth;
use crate::query::facet::Facet;

/// The documents found, a set a segment.
pub(super) struct Found {
    pub documents: Vec<Bits>,
    /// Those of them that have every word, where others are among them.
    pub complete: Option<Vec<Bits>>,
    pub breadth: Breadth,
    /// For each facet in which something is chosen, what would be found without that.
    without: Vec<(Facet, Vec<Bits>)>,
}

impl Found {
    /// Finds what a question asks for. What is chosen in facets comes last, so that all the sets share the work before.
    pub(super) fn new(question: &Question<'_>, reach: Reach<'_>) -> Result<Self, Error> {
        let Answers {
            documents: unchosen,
            mut complete,
            breadth,
        } = Answers::new(question, reach)?;
        let parts = &question.plan.parts;
        let mut chosen = Vec::new();
        for facet in Facet::ALL {
            let of_facet = parts.iter().filter(|part| part.facet == Some(facet));
            let nodes: Vec<&Node> = of_facet.map(|part| &part.node).collect();
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
        let without = without.collect();
        let documents = but_for(None);
        for (set, documents) in complete.iter_mut().flatten().zip(&documents) {
            set.keep(documents);
        }
        Ok(Self {
            documents,
            complete,
            breadth,
            without,
        })
    }

    /// Returns the documents that a facet is counted over.
    pub(super) fn counted(&self, facet: Facet) -> &[Bits] {
        let without = self.without.iter().find(|(of, _)| *of == facet);
        without.map_or(&self.documents, |(_, documents)| documents)
    }
}
