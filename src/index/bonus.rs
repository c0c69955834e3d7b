//! What the best documents gain beside the score of their words: for words that stand together as asked, for words in
//! headings, and in a long document for its best passage.
//!
//! Each of these reads more than how often a word stands in a document, and so only the best hundred are looked at. A
//! bonus never takes away, so these stay before all others.

use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::bits::Bits;
use super::commit::Segment;
use super::passage;
use super::phrase::Phrase;
use super::plan::{Pair, Question};
use super::postings::times_in;
use super::rank::At;
use super::score::scored;
use super::ways::{Clause, Way};
use crate::query::Field;
use crate::query::weights::{HEADING, TOGETHER};

/// What a document gains by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bonus {
    /// The words of a pair of the question, by its place there, stand together so many times.
    Together { pair: usize, times: u32 },
    /// The word of a clause, by its place among those that score, stands so many times in headings.
    Heading { clause: usize, times: u32 },
    /// Its best passage is better than the whole.
    Passage,
}

/// Returns what each of these documents gains, in the order of the bonuses.
pub(super) fn bonuses(
    question: &Question<'_>,
    documents: &[At],
) -> tantivy::Result<Vec<Vec<(Bonus, f32)>>> {
    let mut gained = vec![Vec::new(); documents.len()];
    for (at, segment) in question.commit.segments.iter().enumerate() {
        let mut within = Bits::none(segment.reader.max_doc());
        for document in documents.iter().filter(|document| document.segment == at) {
            within.insert(document.document);
        }
        if within.is_empty() {
            continue;
        }
        let mut gain = |document: DocId, bonus: Bonus, more: f32| {
            let mut places = documents.iter().zip(&mut gained);
            let here =
                |(place, _): &(&At, &mut Vec<_>)| place.segment == at && place.document == document;
            if let Some((_, gained)) = places.find(here).filter(|_| more > 0.0) {
                gained.push((bonus, more));
            }
        };
        for (place, pair) in question.plan.pairs.iter().enumerate() {
            for (document, times, more) in together(question, pair, segment, &within)? {
                gain(document, Bonus::Together { pair: place, times }, more);
            }
        }
        for (place, clause) in scored(question).enumerate() {
            for (document, times, more) in in_headings(question, clause, segment, at, &within)? {
                let bonus = Bonus::Heading {
                    clause: place,
                    times,
                };
                gain(document, bonus, more);
            }
        }
        for (document, more) in passage::gains(question, segment, at, &within)? {
            gain(document, Bonus::Passage, more);
        }
    }
    Ok(gained)
}

/// Returns the documents `within` a set that have the two words of a pair together, how often, and what they gain: what
/// the words themselves score, each standing as often as the pair, times a weight.
fn together(
    question: &Question<'_>,
    pair: &Pair,
    segment: &Segment,
    within: &Bits,
) -> tantivy::Result<Vec<(DocId, u32, f32)>> {
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
    let clauses = pair.clauses.iter();
    let clauses = clauses.filter_map(|&at| question.plan.clauses.get(at));
    let words = clauses
        .map(|clause| commit.bm25(column, clause.frequency()))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let counted = phrase.count(segment, within)?.into_iter();
    let gains = counted.map(|(document, times)| {
        let length = lengths.fieldnorm_id(document);
        let score: f32 = words.iter().map(|word| word.score(length, times)).sum();
        (document, times, TOGETHER * score)
    });
    Ok(gains.collect())
}

/// Returns the documents `within` a set that have the word of a clause in headings, how often, and what they gain: what
/// the word would score more if it stood that much oftener in the document.
fn in_headings(
    question: &Question<'_>,
    clause: &Clause,
    segment: &Segment,
    at: usize,
    within: &Bits,
) -> tantivy::Result<Vec<(DocId, u32, f32)>> {
    let mut found: Vec<(DocId, Standing<'_>)> = Vec::new();
    for way in &clause.ways {
        let headings = way_in_headings(question, way, segment, within)?;
        let lengths = segment.reader.get_fieldnorms_reader(way.column)?;
        way.each(segment, at, within, |document, times| {
            let place = headings.binary_search_by_key(&document, |&(document, _)| document);
            let in_headings = place.ok().and_then(|place| headings.get(place));
            let standing = Standing {
                way,
                length: lengths.fieldnorm_id(document),
                times,
                in_headings: in_headings.map_or(0, |&(_, times)| times),
            };
            found.push((document, standing));
        })?;
    }
    found.sort_by_key(|&(document, _)| document);
    let by_document = found.chunk_by(|(one, _), (other, _)| one == other);
    let gains = by_document.filter_map(|standings| {
        let (document, _) = standings.first()?;
        let standings = || standings.iter().map(|(_, standing)| standing);
        let without = standings().map(Standing::plain).fold(0.0, f32::max);
        let best = standings().max_by(|one, other| one.raised().total_cmp(&other.raised()))?;
        Some((*document, best.in_headings, best.raised() - without))
    });
    Ok(gains.collect())
}

/// How a way stands in a document.
struct Standing<'a> {
    way: &'a Way,
    length: u8,
    times: u32,
    in_headings: u32,
}

impl Standing<'_> {
    fn plain(&self) -> f32 {
        self.way.score(self.length, self.times)
    }

    /// Returns the score with what stands in headings counted once more.
    fn raised(&self) -> f32 {
        let more = self.in_headings.saturating_mul(HEADING);
        self.way.score(self.length, self.times.saturating_add(more))
    }
}

/// Returns the documents `within` a set that have the stem of a way in headings, and how often; none for what is no stem.
fn way_in_headings(
    question: &Question<'_>,
    way: &Way,
    segment: &Segment,
    within: &Bits,
) -> tantivy::Result<Vec<(DocId, u32)>> {
    let commit = question.commit;
    let Some(stem) = way.stem(commit) else {
        return Ok(Vec::new());
    };
    let index = segment.reader.inverted_index(commit.fields.heading.stems)?;
    let Some(term) = index.terms().get(stem)? else {
        return Ok(Vec::new());
    };
    let option = IndexRecordOption::WithFreqs;
    let mut counted = Vec::new();
    times_in(
        index.read_postings_from_terminfo(&term, option)?,
        within,
        |document, times| counted.push((document, times)),
    );
    Ok(counted)
}
