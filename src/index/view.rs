//! A commit with its topics: what one answer is made from.

use std::sync::{Arc, OnceLock};

use super::commit::Commit;
use super::found::Found;
use super::plan::{Plan, Question};
use super::topics::{TopicSets, Topics};
use super::{Error, Request, facets, rank};
use crate::query::{Facets, Hits};

/// A commit with its topics.
pub(super) struct View {
    pub commit: Arc<Commit>,
    topics: TopicSets,
    /// The facets of all documents, which every start of the program and every emptied field asks for.
    all: OnceLock<Facets>,
}

impl View {
    pub(super) fn new(commit: Arc<Commit>, topics: &Topics) -> Result<Self, Error> {
        let topics = TopicSets::new(&commit, topics)?;
        Ok(Self {
            commit,
            topics,
            all: OnceLock::new(),
        })
    }

    pub(super) fn find(&self, request: &Request<'_>) -> Result<Hits, Error> {
        let plan = Plan::new(&self.commit, request.expanded)?;
        let question = Question {
            commit: &self.commit,
            topics: &self.topics,
            marks: request.marks,
            plan: &plan,
        };
        let found = Found::new(&question)?;
        let window = (request.offset, request.limit);
        let sort = rank::order(&question, request.expanded.sort);
        Ok(Hits {
            total: found.total(),
            hits: rank::rank(&question, &found.documents, sort, window)?,
            facets: self.facets(&question, &found),
            sort,
            expanded: request.expanded.clone(),
        })
    }

    fn facets(&self, question: &Question<'_>, found: &Found) -> Facets {
        let count = || facets::count(&self.commit, &self.topics, |facet| found.counted(facet));
        if question.plan.is_all() && question.marks.hidden.is_empty() {
            self.all.get_or_init(count).clone()
        } else {
            count()
        }
    }
}
