//! What documents score: by each clause what the best of its ways scores, in sum; whoever spells out a whole title finds
//! that document first, and what says a term of the thesaurus is before what only has its words; the best of all gain by what is dearer to look at (`bonus`).
//!
//! A clause at a time and not a document at a time: six common words are six lists read in order into one array, which
//! is what a question of many words costs (0.2 ms a list of 30,000 documents), however many documents have some of them.

use tantivy::DocId;

use super::bits::Bits;
use super::bonus::{Bonus, bonuses};
use super::commit::Segment;
use super::plan::{Question, Term};
use super::postings::mark;
use super::rank::{At, Best, ScoreKey, score_key};
use super::ways::Clause;
use crate::query::Hit;
use crate::query::weights::{BY_PASSAGE, SCORED_AGAIN, TERM, TOGETHER};

/// Returns the first `end` documents of `sets` by what they score.
pub(super) fn by_relevance(
    question: &Question<'_>,
    sets: &[Bits],
    end: usize,
) -> tantivy::Result<Vec<Hit>> {
    let mut sorted = best(question, sets, end)?;
    let count = sorted.len().min(SCORED_AGAIN);
    let (first, _) = sorted.split_at_mut(count);
    let places: Vec<At> = first.iter().map(|&(_, at)| at).collect();
    for ((key, _), bonuses) in first.iter_mut().zip(bonuses(question, &places)?) {
        let (_, id) = *key;
        *key = score_key(with_bonuses(score_of(*key), &bonuses), id);
    }
    first.sort_unstable_by_key(|&(key, _)| key);
    let hits = sorted.into_iter().map(|(key, _)| Hit {
        id: key.1,
        score: score_of(key),
    });
    Ok(hits.collect())
}

/// Returns what a document scores with what it gains.
pub(super) fn with_bonuses(score: f32, bonuses: &[(Bonus, f32)]) -> f32 {
    bonuses.iter().fold(score, |score, (_, more)| score + more)
}

/// Returns the first `end` documents of `sets`, and as many as score again, before they do.
pub(super) fn best(
    question: &Question<'_>,
    sets: &[Bits],
    end: usize,
) -> tantivy::Result<Vec<(ScoreKey, At)>> {
    let mut best = Best::new(end.max(SCORED_AGAIN));
    for (segment, (set, opened)) in sets.iter().zip(&question.commit.segments).enumerate() {
        if set.is_empty() {
            continue;
        }
        let scores = by_clauses(question, opened, segment, set)?;
        let (leading, lead) = leading(question, opened)?;
        let terms = question.plan.terms.iter();
        let terms = terms.map(|term| saying(question, term, segment, set));
        let terms: Vec<(Bits, f32)> = terms.collect::<tantivy::Result<_>>()?;
        for document in set.iter() {
            let mut score = scores.get(document as usize).copied().unwrap_or_default();
            if leading.contains(document) {
                score += lead;
            }
            for (saying, more) in &terms {
                if saying.contains(document) {
                    score += more;
                }
            }
            let key = score_key(score, opened.columns.id(document));
            best.push(key, At { segment, document });
        }
    }
    Ok(best.into_sorted())
}

fn score_of(key: ScoreKey) -> f32 {
    f32::from_bits(key.0.0)
}

/// Returns what each document of a set scores by the clauses, at its place.
fn by_clauses(
    question: &Question<'_>,
    segment: &Segment,
    at: usize,
    set: &Bits,
) -> tantivy::Result<Vec<f32>> {
    let mut scores = vec![0.0; segment.reader.max_doc() as usize];
    let mut by_clause: Vec<f32> = Vec::new();
    for clause in scored(question) {
        if let [way] = clause.ways.as_slice() {
            let lengths = segment.reader.get_fieldnorms_reader(way.column)?;
            way.each(segment, at, set, |document, times| {
                if let Some(score) = scores.get_mut(document as usize) {
                    *score += way.score(lengths.fieldnorm_id(document), times);
                }
            })?;
            continue;
        }
        by_clause.clear();
        by_clause.resize(scores.len(), 0.0);
        for way in &clause.ways {
            let lengths = segment.reader.get_fieldnorms_reader(way.column)?;
            way.each(segment, at, set, |document, times| {
                if let Some(best) = by_clause.get_mut(document as usize) {
                    *best = way.score(lengths.fieldnorm_id(document), times).max(*best);
                }
            })?;
        }
        for (score, more) in scores.iter_mut().zip(&by_clause) {
            *score += more;
        }
    }
    Ok(scores)
}

/// Returns the clauses that score, in their order.
pub(super) fn scored<'a>(question: &Question<'a>) -> impl Iterator<Item = &'a Clause> {
    let clauses = &question.plan.clauses;
    let places = question.plan.scored.iter();
    places.filter_map(|&place| clauses.get(place))
}

/// Returns the documents of a segment whose whole title the question spells out, and a score that puts them before all
/// others: more than all clauses together can give, with whatever is gained beside.
pub(super) fn leading(question: &Question<'_>, segment: &Segment) -> tantivy::Result<(Bits, f32)> {
    let mut leading = Bits::none(segment.reader.max_doc());
    let index = segment
        .reader
        .inverted_index(question.commit.fields.whole_title)?;
    for title in &question.plan.titles {
        if let Some(term) = index.terms().get(title)? {
            mark(&index, &term, &segment.alive, &mut leading)?;
        }
    }
    let most: f32 = scored(question).map(Clause::most).sum();
    Ok((leading, most * (1.0 + TERM + 2.0 * TOGETHER + BY_PASSAGE)))
}

/// Returns the documents of a set, of the segment `at`, that say a term, and what they gain by it.
pub(super) fn saying(
    question: &Question<'_>,
    term: &Term,
    at: usize,
    set: &Bits,
) -> tantivy::Result<(Bits, f32)> {
    let mut saying = set.clone();
    term.clause.narrow(question.commit, at, &mut saying)?;
    let words = term.words.iter();
    let words = words.filter_map(|&place| question.plan.clauses.get(place));
    let most: f32 = words.map(Clause::most).sum();
    Ok((saying, TERM * most))
}

/// Returns what a clause gives a document of a segment: the way that scores best, how often it stands there, and what
/// it scores.
pub(super) fn best_way(
    clause: &Clause,
    segment: &Segment,
    at: usize,
    document: DocId,
) -> tantivy::Result<Option<(usize, u32, f32)>> {
    let mut only = Bits::none(segment.reader.max_doc());
    only.insert(document);
    let mut best: Option<(usize, u32, f32)> = None;
    for (place, way) in clause.ways.iter().enumerate() {
        let length = segment
            .reader
            .get_fieldnorms_reader(way.column)?
            .fieldnorm_id(document);
        way.each(segment, at, &only, |_, times| {
            let score = way.score(length, times);
            if best.is_none_or(|(_, _, best)| score > best) {
                best = Some((place, times, score));
            }
        })?;
    }
    Ok(best)
}
