//! In which order the documents found come. Equals come by their ids, so that an answer is the same every time.
//!
//! Where no words are asked for there is nothing to score, and the newest come first.

use std::cmp::Reverse;

use tantivy::DocId;
use tantivy::columnar::Column;

use super::Error;
use super::bits::Bits;
use super::plan::Question;
use super::score::by_relevance;
use crate::document::DocumentId;
use crate::query::{Hit, Sort};

/// Returns the order in which the answers of a question come: where no word is asked, none is more relevant than
/// another, and the newest come first.
pub(super) fn order(question: &Question<'_>, sort: Sort) -> Sort {
    match sort {
        Sort::Relevance if question.plan.scored.is_empty() => Sort::Newest,
        sort => sort,
    }
}

/// Returns the documents of `sets` that stand from `offset` on in the order of `sort`, `limit` of them at most.
pub(super) fn rank(
    question: &Question<'_>,
    sets: &[Bits],
    sort: Sort,
    (offset, limit): (usize, usize),
) -> Result<Vec<Hit>, Error> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let end = offset.saturating_add(limit);
    let commit = question.commit;
    let published = |at: &At| {
        let segment = commit.segments.get(at.segment);
        let dates = segment.map(|segment| segment.columns.published.as_slice());
        dates.and_then(|dates| dates.get(at.document as usize).copied().flatten())
    };
    let mut hits = match sort {
        Sort::Relevance => {
            by_relevance(question, sets, end).map_err(|error| commit.damage(error))?
        }
        Sort::Newest => by_key(question, sets, end, |at| {
            let date = published(at);
            (date.is_none(), Reverse(date))
        }),
        Sort::Oldest => by_key(question, sets, end, |at| {
            let date = published(at);
            (date.is_none(), date)
        }),
        Sort::Title => {
            let ranks = commit.title_ranks().map_err(|error| commit.damage(error))?;
            by_key(question, sets, end, |at| {
                let ranks = ranks.get(at.segment);
                ranks
                    .and_then(|ranks| ranks.get(at.document as usize))
                    .copied()
            })
        }
        Sort::Source => by_key(question, sets, end, |at| {
            let source = source(question, at);
            (source.is_none(), source)
        }),
        Sort::Shortest | Sort::Longest => {
            let lengths = lengths(question).map_err(|error| commit.damage(error))?;
            let length = |at: &At| {
                let of_segment = lengths.get(at.segment);
                of_segment.and_then(|lengths| lengths.first(at.document))
            };
            match sort {
                Sort::Shortest => by_key(question, sets, end, length),
                _ => by_key(question, sets, end, |at| Reverse(length(at))),
            }
        }
    };
    hits.truncate(end);
    hits.drain(..offset.min(hits.len()));
    Ok(hits)
}

/// Returns where the name of a document's source stands in their order; nothing where it has none.
fn source(question: &Question<'_>, at: &At) -> Option<u32> {
    let columns = &question.commit.segments.get(at.segment)?.columns;
    let place = *columns.sources.of(at.document).first()?;
    let groups = question.commit.sources.groups.get(at.segment)?;
    let group = *groups.get(place as usize)?;
    let ranks = question.commit.source_ranks();
    ranks.get(group as usize).copied()
}

/// Returns the lengths of the texts, a column a segment.
fn lengths(question: &Question<'_>) -> tantivy::Result<Vec<Column<u64>>> {
    let segments = question.commit.segments.iter();
    let columns = segments.map(|segment| segment.reader.fast_fields().u64("length"));
    columns.collect()
}

/// Where a document is.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub segment: usize,
    pub document: DocId,
}

/// The best of many, by a key of which the least is the best.
pub(super) struct Best<K> {
    kept: Vec<(K, At)>,
    limit: usize,
    /// What is not less than this is not among the best.
    bound: Option<K>,
}

impl<K: Ord + Copy> Best<K> {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            kept: Vec::new(),
            limit,
            bound: None,
        }
    }

    pub(super) fn push(&mut self, key: K, at: At) {
        if self.bound.is_some_and(|bound| key >= bound) {
            return;
        }
        self.kept.push((key, at));
        // Now and then the worse half is thrown away, which costs less than keeping a heap in order.
        if self.kept.len() >= self.limit.saturating_mul(2) {
            let split = self
                .kept
                .select_nth_unstable_by_key(self.limit, |&(key, _)| key);
            self.bound = Some(split.1.0);
            self.kept.truncate(self.limit);
        }
    }

    pub(super) fn into_sorted(mut self) -> Vec<(K, At)> {
        self.kept.sort_unstable_by_key(|&(key, _)| key);
        self.kept.truncate(self.limit);
        self.kept
    }
}

/// Returns the first `end` documents by a key that owes nothing to their words.
fn by_key<K: Ord + Copy>(
    question: &Question<'_>,
    sets: &[Bits],
    end: usize,
    key: impl Fn(&At) -> K,
) -> Vec<Hit> {
    let mut best = Best::new(end);
    for (segment, (set, opened)) in sets.iter().zip(&question.commit.segments).enumerate() {
        for document in set.iter() {
            let at = At { segment, document };
            best.push((key(&at), opened.columns.id(document)), at);
        }
    }
    let sorted = best.into_sorted().into_iter();
    sorted.map(|((_, id), _)| Hit { id, score: 0.0 }).collect()
}

/// A score as a key: of floats that are not less than nothing the bits stand in the same order.
pub(super) type ScoreKey = (Reverse<u32>, DocumentId);

pub(super) fn score_key(score: f32, id: DocumentId) -> ScoreKey {
    let sound = if score.is_finite() {
        score.max(0.0)
    } else {
        0.0
    };
    (Reverse(sound.to_bits()), id)
}
