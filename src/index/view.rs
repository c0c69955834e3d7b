//! A commit with its topics: what one answer is made from.

use std::sync::{Arc, Mutex, PoisonError};

use super::breadth::Reach;
use super::commit::Commit;
use super::folds::{FoldSets, Folds};
use super::found::Found;
use super::plan::{Plan, Question};
use super::shown::Shown;
use super::topics::{TopicSets, Topics};
use super::{Error, Request, facets, months, rank, why};
use crate::document::DocumentId;
use crate::query::facet::Facet;
use crate::query::{Facets, Hits, Sort, Why};

/// A commit with its topics.
pub(super) struct View {
    pub commit: Arc<Commit>,
    topics: TopicSets,
    /// The facets of all documents, which every start of the program and every emptied field asks for.
    all: Mutex<Option<Whole>>,
    /// The folds that were asked with last.
    folded: Mutex<Option<Arc<FoldSets>>>,
}

/// The facets of all documents under these folds.
struct Whole {
    folds: Option<Arc<Folds>>,
    facets: Facets,
}

impl View {
    pub(super) fn new(commit: Arc<Commit>, topics: &Topics) -> Result<Self, Error> {
        let topics = TopicSets::new(&commit, topics)?;
        Ok(Self {
            commit,
            topics,
            all: Mutex::default(),
            folded: Mutex::default(),
        })
    }

    pub(super) fn find(&self, request: &Request<'_>) -> Result<Hits, Error> {
        let plan = Plan::new(&self.commit, request.expanded)?;
        let question = self.question(request, &plan);
        let sort = rank::order(&question, request.expanded.sort);
        let folded = request.folds.map(|folds| self.folded(folds));
        let found = Found::new(&question, reach(request, sort, folded.as_deref()))?;
        let shown = Shown::new(&found, folded.as_deref());
        let window = (request.offset, request.limit);
        Ok(Hits {
            total: shown.total(),
            incomplete: shown.total() - shown.complete,
            breadth: shown.breadth(),
            hits: shown.hits(&question, sort, window)?,
            facets: self.facets(&question, &found, folded.as_deref()),
            sort,
            expanded: request.expanded.clone(),
        })
    }

    /// Says why a document is where it is in the answer.
    pub(super) fn explain(
        &self,
        request: &Request<'_>,
        id: DocumentId,
    ) -> Result<Option<Why>, Error> {
        let plan = Plan::new(&self.commit, request.expanded)?;
        let question = self.question(request, &plan);
        let sort = rank::order(&question, request.expanded.sort);
        let folded = request.folds.map(|folds| self.folded(folds));
        let found = Found::new(&question, reach(request, sort, folded.as_deref()))?;
        let shown = Shown::new(&found, folded.as_deref());
        let why = why::why(&question, &shown, sort, id);
        why.map_err(|error| self.commit.damage(error))
    }

    fn question<'a>(&'a self, request: &Request<'a>, plan: &'a Plan) -> Question<'a> {
        Question {
            commit: &self.commit,
            topics: &self.topics,
            marks: request.marks,
            plan,
        }
    }

    fn facets(&self, question: &Question<'_>, found: &Found, folded: Option<&FoldSets>) -> Facets {
        let count = || {
            let counted = |facet| found.counted(facet);
            facets::count(&self.commit, &self.topics, folded, counted)
        };
        if !question.plan.is_all() || !question.marks.hidden.is_empty() {
            return count();
        }
        let folds = folded.map(|folded| &folded.folds);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(whole) = all.as_ref().filter(|whole| whole.folds.as_ref() == folds) {
            return whole.facets.clone();
        }
        let facets = count();
        *all = Some(Whole {
            folds: folds.cloned(),
            facets: facets.clone(),
        });
        facets
    }

    /// Counts the documents found for each month of a year.
    pub(super) fn months(&self, request: &Request<'_>, year: i16) -> Result<[usize; 12], Error> {
        let plan = Plan::new(&self.commit, request.expanded)?;
        let question = self.question(request, &plan);
        let sort = rank::order(&question, request.expanded.sort);
        let folded = request.folds.map(|folds| self.folded(folds));
        let found = Found::new(&question, reach(request, sort, folded.as_deref()))?;
        let over = facets::Over {
            sets: found.counted(Facet::Years),
            folds: folded.as_deref(),
        };
        Ok(months::count(&self.commit, over, year))
    }

    /// Returns where the documents of folds are in this commit. Made anew only where the folds are others.
    fn folded(&self, folds: &Arc<Folds>) -> Arc<FoldSets> {
        let mut kept = self.folded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.folds == *folds) {
            return Arc::clone(kept);
        }
        let made = Arc::new(FoldSets::new(&self.commit, folds));
        *kept = Some(Arc::clone(&made));
        made
    }
}

/// Returns how far the answer to a request may reach.
fn reach<'a>(request: &Request<'_>, sort: Sort, folded: Option<&'a FoldSets>) -> Reach<'a> {
    Reach {
        matching: request.expanded.matching,
        sort,
        folded,
    }
}
