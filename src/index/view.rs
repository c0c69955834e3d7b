//! A commit with its topics: what one answer is made from.
//!
//! Topics are questions, and are answered when they are first asked for: they come with the counts, and the first rows of
//! a large library do not wait for them.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::breadth::Reach;
use super::commit::Commit;
use super::facets::{self, Over, Totals};
use super::folds::{FoldSets, Folds};
use super::found::Found;
use super::plan::{Plan, Question};
use super::shown::Shown;
use super::tags::{TagSets, TagTopics, Tags};
use super::topics::{Categories, TopicSets, Topics, topics_named};
use super::{Error, Overtaken, Request, months, rank, why};
use crate::document::DocumentId;
use crate::query::facet::Facet;
use crate::query::{Facets, Hits, Sort, Why};

/// How many different folds are remembered: those in use, and none, for who wants doubles apart.
const MOST_FOLDS: usize = 2;

/// A commit with its topics.
pub(super) struct View {
    pub commit: Arc<Commit>,
    asked_topics: Arc<Topics>,
    topics: OnceLock<TopicSets>,
    /// What was worked out under the tags that were asked with last.
    tagged: Mutex<Arc<Tagged>>,
    /// Held while the topics are answered, so that it is done once.
    answering: Mutex<()>,
    /// What was worked out under the folds that were asked with last.
    folded: Mutex<Vec<Arc<Folded>>>,
}

/// What is worked out once for a commit under these folds.
struct Folded {
    folds: FoldSets,
    totals: Totals,
    /// The facets of all documents but for tags, which every start of the program and every emptied field asks for.
    all: OnceLock<Facets>,
}

/// What is worked out once for a commit under these tags.
#[derive(Default)]
struct Tagged {
    tags: TagSets,
    /// The topics, where a theme's rule names tags.
    topics: OnceLock<Option<TopicSets>>,
    as_topics: OnceLock<TagTopics>,
}

/// An answer of which the facets are not counted yet.
pub struct Begun {
    /// The answer, without its facets.
    pub hits: Hits,
    /// What they are counted from.
    pub counts: Counts,
}

/// The documents found, ready to be counted.
pub struct Counts {
    view: Arc<View>,
    found: Found,
    folded: Arc<Folded>,
    tagged: Arc<Tagged>,
    /// They are all that there are.
    whole: bool,
}

impl View {
    pub(super) fn new(commit: Arc<Commit>, topics: Arc<Topics>) -> Self {
        Self {
            commit,
            asked_topics: topics,
            topics: OnceLock::new(),
            tagged: Mutex::default(),
            answering: Mutex::default(),
            folded: Mutex::default(),
        }
    }

    /// Returns whether the topics are answered.
    pub(super) fn knows_topics(&self) -> bool {
        self.topics.get().is_some()
    }

    /// Returns the topics as these tags make them.
    fn topics_with<'a>(&'a self, tagged: &'a Tagged) -> Result<&'a TopicSets, Error> {
        let plain = self.topics()?;
        if tagged.topics.get().is_none() {
            let mut themes = self.asked_topics.themes.iter();
            let matter = |root| tagged.tags.matter_to(root, &plain.categories);
            let topics = if themes.any(|theme| matter(&theme.expanded.root)) {
                let topics = TopicSets::new(&self.commit, &self.asked_topics, &tagged.tags)?;
                Some(topics)
            } else {
                None
            };
            let _ = tagged.topics.set(topics);
        }
        Ok(tagged
            .topics
            .get()
            .and_then(Option::as_ref)
            .unwrap_or(plain))
    }

    /// Returns the categories, and what the topics are; themes are not answered for that.
    pub(super) fn categories(&self) -> (Cow<'_, Categories>, &Topics) {
        let asked = &*self.asked_topics;
        let categories = match self.topics.get() {
            Some(topics) => Cow::Borrowed(&topics.categories),
            None => Cow::Owned(Categories::new(&self.commit, asked)),
        };
        (categories, asked)
    }

    /// Returns the topics as they are without tags.
    fn topics(&self) -> Result<&TopicSets, Error> {
        if let Some(topics) = self.topics.get() {
            return Ok(topics);
        }
        let alone = self.answering.lock();
        let _alone = alone.unwrap_or_else(PoisonError::into_inner);
        if let Some(topics) = self.topics.get() {
            return Ok(topics);
        }
        let topics = TopicSets::new(&self.commit, &self.asked_topics, &TagSets::default())?;
        Ok(self.topics.get_or_init(|| topics))
    }

    /// Finds what is asked for, but for the facets.
    pub(super) fn begin(
        self: &Arc<Self>,
        request: &Request<'_>,
        overtaken: Overtaken<'_>,
    ) -> Result<Begun, Error> {
        let nobodys = TopicSets::default();
        let plan = Plan::new(&self.commit, request.expanded)?;
        go_on(overtaken)?;
        let tagged = self.tagged(&request.marks.tags);
        let question = self.question(request, &plan, &nobodys, &tagged)?;
        let sort = rank::order(&question, request.expanded.sort);
        let folded = self.folded(request.folds);
        let found = Found::new(&question, reach(request, sort, &folded.folds))?;
        go_on(overtaken)?;
        let shown = Shown::new(&found, &folded.folds);
        let window = (request.offset, request.limit);
        let hits = Hits {
            total: shown.total(),
            incomplete: shown.total() - shown.complete,
            breadth: shown.breadth(),
            hits: shown.hits(&question, sort, window)?,
            facets: Facets::default(),
            sort,
            expanded: request.expanded.clone(),
        };
        go_on(overtaken)?;
        let whole = plan.is_all() && request.marks.hidden.is_empty();
        let view = Arc::clone(self);
        let counts = Counts {
            view,
            found,
            folded,
            tagged,
            whole,
        };
        Ok(Begun { hits, counts })
    }

    /// Says why a document is where it is in the answer.
    pub(super) fn explain(
        &self,
        request: &Request<'_>,
        id: DocumentId,
    ) -> Result<Option<Why>, Error> {
        self.found(request, |question, sort, found, folds| {
            let why = why::why(question, &Shown::new(found, folds), sort, id);
            why.map_err(|error| self.commit.damage(error))
        })
    }

    /// Counts the documents found for each month of a year.
    pub(super) fn months(&self, request: &Request<'_>, year: i16) -> Result<[usize; 12], Error> {
        self.found(request, |_, _, found, folds| {
            let counted = found.counted(Facet::Years);
            Ok(months::count(&self.commit, counted, folds, year))
        })
    }

    /// Finds what is asked for, and does something with all of it.
    fn found<R>(
        &self,
        request: &Request<'_>,
        work: impl FnOnce(&Question<'_>, Sort, &Found, &FoldSets) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let nobodys = TopicSets::default();
        let plan = Plan::new(&self.commit, request.expanded)?;
        let tagged = self.tagged(&request.marks.tags);
        let question = self.question(request, &plan, &nobodys, &tagged)?;
        let sort = rank::order(&question, request.expanded.sort);
        let folded = self.folded(request.folds);
        let folds = &folded.folds;
        let found = Found::new(&question, reach(request, sort, folds))?;
        work(&question, sort, &found, folds)
    }

    /// Returns a plan with all that it is asked of; with `nobodys` topics where it names none, so that nobody waits for
    /// them.
    fn question<'a>(
        &'a self,
        request: &Request<'a>,
        plan: &'a Plan,
        nobodys: &'a TopicSets,
        tagged: &'a Tagged,
    ) -> Result<Question<'a>, Error> {
        let names_topics = !topics_named(&request.expanded.root).is_empty();
        Ok(Question {
            commit: &self.commit,
            topics: if names_topics {
                self.topics_with(tagged)?
            } else {
                nobodys
            },
            tags: &tagged.tags,
            marks: request.marks,
            plan,
        })
    }

    /// Returns where the documents of tags are in this commit. Made anew only where the tags are others.
    fn tagged(&self, tags: &Arc<Tags>) -> Arc<Tagged> {
        let mut kept = self.tagged.lock().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&kept.tags.tags, tags) && kept.tags.tags != *tags {
            *kept = Arc::new(Tagged {
                tags: TagSets::new(&self.commit, tags),
                ..Tagged::default()
            });
        }
        Arc::clone(&kept)
    }

    /// Returns where the documents of folds are in this commit. Made anew only where the folds are others.
    fn folded(&self, folds: Option<&Arc<Folds>>) -> Arc<Folded> {
        let folds = folds.cloned().unwrap_or_default();
        let mut kept = self.folded.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|kept| kept.folds.folds == folds);
        let folded = known.map_or_else(
            || {
                Arc::new(Folded {
                    folds: FoldSets::new(&self.commit, &folds),
                    totals: Totals::default(),
                    all: OnceLock::new(),
                })
            },
            |known| kept.remove(known),
        );
        kept.insert(0, Arc::clone(&folded));
        kept.truncate(MOST_FOLDS);
        folded
    }
}

impl Counts {
    /// Counts how the documents found fall into facets.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where the index turns out to be; [`Error::Overtaken`].
    pub fn facets(&self, overtaken: Overtaken<'_>) -> Result<Facets, Error> {
        let Tagged {
            tags, as_topics, ..
        } = &*self.tagged;
        let topics = self.view.topics_with(&self.tagged)?;
        let over = Over {
            commit: &self.view.commit,
            topics,
            folds: &self.folded.folds,
            totals: &self.folded.totals,
        };
        go_on(overtaken)?;
        let count = || facets::count(over, |facet| self.found.counted(facet));
        let changed_themes = self.tagged.topics.get().is_some_and(Option::is_some);
        let mut facets = if self.whole && !changed_themes {
            self.folded.all.get_or_init(count).clone()
        } else {
            count()
        };
        if !tags.tags.is_empty() {
            let as_topics =
                as_topics.get_or_init(|| TagTopics::new(&self.view.commit, topics, tags));
            as_topics.add_to(&mut facets, over, tags, |facet| self.found.counted(facet));
        }
        Ok(facets)
    }
}

/// Returns how far the answer to a request may reach.
fn reach<'a>(request: &Request<'_>, sort: Sort, folded: &'a FoldSets) -> Reach<'a> {
    Reach {
        matching: request.expanded.matching,
        sort,
        folded: Some(folded),
    }
}

/// Stops where nobody waits for the answer any more.
fn go_on(overtaken: Overtaken<'_>) -> Result<(), Error> {
    if overtaken() {
        return Err(Error::Overtaken);
    }
    Ok(())
}
