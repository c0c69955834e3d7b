//! In which order the documents found come, and what they score.
//!
//! A document scores by each clause what the best of its ways scores (BM25), in sum; the best of them score again for
//! words that stand side by side as they were asked. Whoever spells out a whole title finds that document first. Equals
//! come by their ids, so that an answer is the same every time.
//!
//! Where no words are asked for there is nothing to score, and the newest come first.

use std::cmp::Reverse;

use tantivy::DocId;

use super::Error;
use super::bits::Bits;
use super::commit::Segment;
use super::phrase::Phrase;
use super::plan::{Pair, Question};
use super::postings::mark;
use super::ways::{Clause, Scorer};
use crate::document::DocumentId;
use crate::query::weights::{SCORED_AGAIN, TOGETHER};
use crate::query::{Field, Hit, Sort};

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
    };
    hits.truncate(end);
    hits.drain(..offset.min(hits.len()));
    Ok(hits)
}

/// Where a document is.
#[derive(Clone, Copy, Debug)]
struct At {
    segment: usize,
    document: DocId,
}

/// The best of many, by a key of which the least is the best.
struct Best<K> {
    kept: Vec<(K, At)>,
    limit: usize,
    /// What is not less than this is not among the best.
    bound: Option<K>,
}

impl<K: Ord + Copy> Best<K> {
    fn new(limit: usize) -> Self {
        Self {
            kept: Vec::new(),
            limit,
            bound: None,
        }
    }

    fn push(&mut self, key: K, at: At) {
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

    fn into_sorted(mut self) -> Vec<(K, At)> {
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
type ScoreKey = (Reverse<u32>, DocumentId);

fn score_key(score: f32, id: DocumentId) -> ScoreKey {
    let sound = if score.is_finite() {
        score.max(0.0)
    } else {
        0.0
    };
    (Reverse(sound.to_bits()), id)
}

/// Returns the first `end` documents by what they score.
fn by_relevance(question: &Question<'_>, sets: &[Bits], end: usize) -> tantivy::Result<Vec<Hit>> {
    let mut best = Best::new(end.max(SCORED_AGAIN));
    for (segment, (set, opened)) in sets.iter().zip(&question.commit.segments).enumerate() {
        let mut clauses = scorers(question, segment, opened)?;
        let (leading, lead) = leading(question, opened)?;
        for document in set.iter() {
            let mut score = if leading.contains(document) {
                lead
            } else {
                0.0
            };
            for ways in &mut clauses {
                let scores = ways.iter_mut().map(|way| way.score(document));
                score += scores.fold(0.0, f32::max);
            }
            let key = score_key(score, opened.columns.id(document));
            best.push(key, At { segment, document });
        }
    }
    let mut sorted = best.into_sorted();
    score_again(question, &mut sorted)?;
    let hits = sorted.into_iter().map(|((Reverse(bits), id), _)| Hit {
        id,
        score: f32::from_bits(bits),
    });
    Ok(hits.collect())
}

/// Returns what scores a segment's documents: for each clause its ways.
fn scorers<'a>(
    question: &Question<'a>,
    at: usize,
    segment: &Segment,
) -> tantivy::Result<Vec<Vec<Scorer<'a>>>> {
    let clauses = question.plan.scored.iter();
    let clauses = clauses.filter_map(|&place| question.plan.clauses.get(place));
    clauses
        .map(|clause| {
            let ways = clause.ways.iter().map(|way| way.scorer(segment, at));
            ways.filter_map(Result::transpose).collect()
        })
        .collect()
}

/// Returns the documents of a segment whose whole title the question spells out, and a score that puts them before all
/// others: more than all clauses together can give.
fn leading(question: &Question<'_>, segment: &Segment) -> tantivy::Result<(Bits, f32)> {
    let plan = question.plan;
    let mut leading = Bits::none(segment.reader.max_doc());
    let index = segment
        .reader
        .inverted_index(question.commit.fields.whole_title)?;
    for title in &plan.titles {
        if let Some(term) = index.terms().get(title)? {
            mark(&index, &term, &segment.alive, &mut leading)?;
        }
    }
    let clauses = plan.scored.iter();
    let clauses = clauses.filter_map(|&place| plan.clauses.get(place));
    let most: f32 = clauses.map(Clause::most).sum();
    Ok((leading, most * (1.0 + 2.0 * TOGETHER)))
}

/// Adds what the first of `sorted` score for words that stand together, and puts them in order again.
fn score_again(question: &Question<'_>, sorted: &mut [(ScoreKey, At)]) -> tantivy::Result<()> {
    let count = sorted.len().min(SCORED_AGAIN);
    let (first, _) = sorted.split_at_mut(count);
    if question.plan.pairs.is_empty() {
        return Ok(());
    }
    for (segment, opened) in question.commit.segments.iter().enumerate() {
        let mut within = Bits::none(opened.reader.max_doc());
        for (_, at) in first.iter().filter(|(_, at)| at.segment == segment) {
            within.insert(at.document);
        }
        if within.is_empty() {
            continue;
        }
        for pair in &question.plan.pairs {
            let more = pair_scores(question, pair, opened, &within)?;
            for (key, at) in first.iter_mut().filter(|(_, at)| at.segment == segment) {
                if let Ok(place) =
                    more.binary_search_by_key(&at.document, |&(document, _)| document)
                    && let Some((_, more)) = more.get(place)
                {
                    let (Reverse(bits), id) = *key;
                    *key = score_key(f32::from_bits(bits) + more, id);
                }
            }
        }
    }
    first.sort_unstable_by_key(|&(key, _)| key);
    Ok(())
}

/// Returns the documents `within` a set that have the two words of a pair together, and what they score for it: as the
/// words themselves do, each standing as often as the pair.
fn pair_scores(
    question: &Question<'_>,
    pair: &Pair,
    segment: &Segment,
    within: &Bits,
) -> tantivy::Result<Vec<(DocId, f32)>> {
    let commit = question.commit;
    let [first, second] = &pair.stems;
    let phrase = Phrase {
        commit,
        field: Field::Any,
        steps: &[first.as_slice(), second.as_slice()],
        slop: pair.between,
    };
    let column = commit.fields.words.stems;
    let lengths = segment.reader.get_fieldnorms_reader(column)?;
    let mut words = Vec::new();
    for clause in pair
        .clauses
        .iter()
        .filter_map(|&at| question.plan.clauses.get(at))
    {
        words.push(commit.bm25(column, clause.frequency())?);
    }
    let score = |(document, times)| {
        let length = lengths.fieldnorm_id(document);
        let score: f32 = words.iter().map(|word| word.score(length, times)).sum();
        (document, TOGETHER * score)
    };
    let counted = phrase.count(segment, within)?;
    Ok(counted.into_iter().map(score).collect())
}
