//! The ways of a clause, looked up: in which documents each of them stands, how often, and what that scores.
//!
//! A single stem or word is one term, and its postings are read when they are needed. Everything else (beginnings, near
//! spellings, phrases, whatever must stand in the body) is counted here document by document and from then on treated
//! as a word of its own: it has a frequency, and BM25 scores it. So a beginning is never cut off after so many words,
//! and `a*`, which is in nearly every document, weighs next to nothing.

use std::slice;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, FuzzyTermQuery};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::occurrences::{self, place, together};
use super::schema::APART;
use crate::query::{self, Field, Origin, Step};

/// The longest word, in bytes, that is looked for with other spellings; a longer one only as it is. The automaton that
/// finds them grows by some 30 KB with each letter.
const LONGEST_NEAR: usize = 64;
/// The most edits that a near spelling may be away: tantivy makes no automaton for more.
const MOST_EDITS: u8 = 2;

/// A clause, looked up.
pub(super) struct Clause {
    pub ways: Vec<Way>,
}

/// A way of a clause, looked up.
pub(super) struct Way {
    found: Found,
    column: Column,
    bm25: Bm25Weight,
    weight: f32,
    /// What it scores before any word is counted: what lifts the whole words over mere beginnings.
    head_start: f32,
}

/// Where a way stands, a list a segment.
enum Found {
    Term(Vec<Option<TermInfo>>),
    /// Documents in order, with the number of times.
    Counted(Vec<Vec<(DocId, u32)>>),
}

impl Clause {
    /// Looks up a clause in every segment.
    pub(super) fn new(commit: &Commit, clause: &query::Clause) -> tantivy::Result<Self> {
        let mut ways = Vec::new();
        for way in clause.ways.iter().filter(|way| !way.steps.is_empty()) {
            ways.push((way.origin, Way::new(commit, clause.field, way)?));
        }
        let beginnings = ways.iter().filter(|(origin, _)| *origin == Origin::Typing);
        let head_start = beginnings.map(|(_, way)| way.most()).fold(0.0, f32::max);
        for way in clause
            .ways
            .iter()
            .filter(|way| way.origin == Origin::Typing)
        {
            if let [Step::Prefix(word)] = way.steps.as_slice() {
                let whole = query::Way {
                    steps: vec![Step::Exact(word.clone())],
                    origin: Origin::Typed,
                    ..way.clone()
                };
                ways.push((Origin::Typed, Way::new(commit, clause.field, &whole)?));
            }
        }
        for (_, way) in ways
            .iter_mut()
            .filter(|(origin, _)| *origin != Origin::Typing)
        {
            way.head_start = head_start;
        }
        Ok(Self {
            ways: ways.into_iter().map(|(_, way)| way).collect(),
        })
    }

    /// Returns in how many documents it stands at most.
    pub(super) fn frequency(&self) -> u64 {
        self.ways.iter().map(|way| way.found.frequency()).sum()
    }

    /// Returns the most that it can score.
    pub(super) fn most(&self) -> f32 {
        self.ways.iter().map(Way::most).fold(0.0, f32::max)
    }

    /// Keeps the documents of `set` in which one of the ways stands.
    pub(super) fn narrow(&self, commit: &Commit, at: usize, set: &mut Bits) -> tantivy::Result<()> {
        let Some(segment) = commit.segments.get(at) else {
            return Ok(());
        };
        let mut found = Bits::none(segment.reader.max_doc());
        for way in &self.ways {
            way.mark(segment, at, set, &mut found)?;
        }
        set.keep(&found);
        Ok(())
    }
}

impl Way {
    fn new(commit: &Commit, field: Field, way: &query::Way) -> tantivy::Result<Self> {
        let place = commit.fields.place(field);
        let column = match way.steps.first() {
            Some(Step::Stem(_)) => place.stems,
            _ => place.exact,
        };
        let found = match way.steps.as_slice() {
            [Step::Stem(word) | Step::Exact(word)] if field != Field::Body => {
                Found::term(commit, column, word)?
            }
            [step] if field != Field::Body => Found::union(commit, column, step)?,
            steps => Found::phrase(commit, field, steps, way.slop)?,
        };
        Ok(Self {
            bm25: commit.bm25(column, found.frequency())?,
            found,
            column,
            weight: way.weight,
            head_start: 0.0,
        })
    }

    fn most(&self) -> f32 {
        match self.found.frequency() {
            0 => 0.0,
            _ => self.weight * self.bm25.max_score() + self.head_start,
        }
    }

    /// Adds to `found` the documents in which it stands, at least those that are in `set`.
    fn mark(
        &self,
        segment: &Segment,
        at: usize,
        set: &Bits,
        found: &mut Bits,
    ) -> tantivy::Result<()> {
        match &self.found {
            Found::Counted(counted) => {
                let documents = counted.get(at).into_iter().flatten();
                documents.for_each(|&(document, _)| found.insert(document));
            }
            Found::Term(terms) => {
                if let Some(Some(term)) = terms.get(at) {
                    let index = segment.reader.inverted_index(self.column)?;
                    mark(&index, term, set, found)?;
                }
            }
        }
        Ok(())
    }

    /// Returns what scores the documents of a segment, or nothing where the way does not stand in it.
    pub(super) fn scorer<'a>(
        &'a self,
        segment: &Segment,
        at: usize,
    ) -> tantivy::Result<Option<Scorer<'a>>> {
        let times = match &self.found {
            Found::Term(terms) => match terms.get(at) {
                Some(Some(term)) => Times::Postings(Box::new(
                    segment
                        .reader
                        .inverted_index(self.column)?
                        .read_postings_from_terminfo(term, IndexRecordOption::WithFreqs)?,
                )),
                _ => return Ok(None),
            },
            Found::Counted(counted) => match counted.get(at) {
                Some(counted) if !counted.is_empty() => Times::Counted(counted),
                _ => return Ok(None),
            },
        };
        Ok(Some(Scorer {
            times,
            lengths: segment.reader.get_fieldnorms_reader(self.column)?,
            way: self,
        }))
    }
}

/// How the documents of one segment score by one way. Asked in the order of the documents.
pub(super) struct Scorer<'a> {
    times: Times<'a>,
    lengths: tantivy::fieldnorm::FieldNormReader,
    way: &'a Way,
}

enum Times<'a> {
    Postings(Box<SegmentPostings>),
    Counted(&'a [(DocId, u32)]),
}

impl Scorer<'_> {
    /// Returns what `document` scores: nothing where the way does not stand in it.
    pub(super) fn score(&mut self, document: DocId) -> f32 {
        let times = self.times.of(document);
        if times == 0 {
            return 0.0;
        }
        let length = self.lengths.fieldnorm_id(document);
        self.way.weight * self.way.bm25.score(length, times) + self.way.head_start
    }
}

impl Times<'_> {
    fn of(&mut self, document: DocId) -> u32 {
        match self {
            Self::Postings(postings) => {
                if postings.doc() < document {
                    postings.seek(document);
                }
                if postings.doc() == document {
                    postings.term_freq()
                } else {
                    0
                }
            }
            Self::Counted(rest) => {
                let passed = rest.partition_point(|(earlier, _)| *earlier < document);
                *rest = rest.get(passed..).unwrap_or_default();
                match rest.first() {
                    Some((here, times)) if *here == document => *times,
                    _ => 0,
                }
            }
        }
    }
}

impl Found {
    fn frequency(&self) -> u64 {
        match self {
            Self::Term(terms) => terms
                .iter()
                .flatten()
                .map(|term| u64::from(term.doc_freq))
                .sum(),
            Self::Counted(counted) => counted.iter().map(|counted| counted.len() as u64).sum(),
        }
    }

    fn term(commit: &Commit, column: Column, word: &str) -> tantivy::Result<Self> {
        let look_up = |segment: &Segment| -> tantivy::Result<Option<TermInfo>> {
            Ok(segment.reader.inverted_index(column)?.terms().get(word)?)
        };
        let terms = commit.segments.iter().map(look_up);
        Ok(Self::Term(terms.collect::<tantivy::Result<_>>()?))
    }

    fn union(commit: &Commit, column: Column, step: &Step) -> tantivy::Result<Self> {
        let count = |segment: &Segment| -> tantivy::Result<Vec<(DocId, u32)>> {
            let index = segment.reader.inverted_index(column)?;
            union(
                &index,
                &terms(&index, column, step)?,
                segment.reader.max_doc(),
            )
        };
        let counted = commit.segments.iter().map(count);
        Ok(Self::Counted(counted.collect::<tantivy::Result<_>>()?))
    }

    fn phrase(commit: &Commit, field: Field, steps: &[Step], slop: u32) -> tantivy::Result<Self> {
        let steps: Vec<&[Step]> = steps.iter().map(slice::from_ref).collect();
        let count = |segment: &Segment| {
            let phrase = Phrase {
                commit,
                field,
                steps: &steps,
                slop,
            };
            phrase.count(segment, &segment.alive)
        };
        let counted = commit.segments.iter().map(count);
        Ok(Self::Counted(counted.collect::<tantivy::Result<_>>()?))
    }
}

/// Words that stand together.
pub(super) struct Phrase<'a> {
    pub commit: &'a Commit,
    pub field: Field,
    /// The words in order, each by any of its forms, which are all stems or none.
    pub steps: &'a [&'a [Step]],
    /// How many other words may stand between them, in sum.
    pub slop: u32,
}

/// The part of a document in which a word stands, in the place that holds the title twice and then the body.
const BODY: u32 = 2;
/// How far apart the parts are set for counting: further than the longest text is long.
const PART: u32 = 1 << 30;

impl Phrase<'_> {
    /// Returns the documents `within` a set in which the words stand together, and how often they do.
    pub(super) fn count(
        &self,
        segment: &Segment,
        within: &Bits,
    ) -> tantivy::Result<Vec<(DocId, u32)>> {
        let place = self.commit.fields.place(self.field);
        let mut looked_up = Vec::new();
        for (at, forms) in self.steps.iter().enumerate() {
            let column = match forms.first() {
                Some(Step::Stem(_)) => place.stems,
                _ => place.exact,
            };
            let index = segment.reader.inverted_index(column)?;
            let mut terms = Vec::new();
            for form in *forms {
                terms.extend(self::terms(&index, column, form)?);
            }
            let frequency: u64 = terms.iter().map(|term| u64::from(term.doc_freq)).sum();
            looked_up.push((frequency, at, index, terms));
        }
        // The rarest first: what it is not in need not be looked at for the others.
        looked_up.sort_by_key(|&(frequency, at, ..)| (frequency, at));
        let mut steps = vec![Vec::new(); self.steps.len()];
        let mut within = within.clone();
        for (_, at, index, terms) in &looked_up {
            let found = self.places(segment, index, terms, &within)?;
            within = Bits::none(segment.reader.max_doc());
            for place in &found {
                within.insert((place >> 32) as DocId);
            }
            if let Some(step) = steps.get_mut(*at) {
                *step = found;
            }
        }
        Ok(together(&steps, self.slop.min(APART - 1)))
    }

    /// Returns the places of any of `terms`, sorted.
    fn places(
        &self,
        segment: &Segment,
        index: &InvertedIndexReader,
        terms: &[TermInfo],
        within: &Bits,
    ) -> tantivy::Result<Vec<occurrences::Place>> {
        let parts = matches!(self.field, Field::Any | Field::Body);
        let body_from = segment.reader.fast_fields().u64("body_from")?;
        let mut places = Vec::new();
        for term in terms {
            let postings = index
                .read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
            occurrences::positions(postings, within, |document, positions| {
                if !parts {
                    places.extend(positions.iter().map(|&at| place(document, at)));
                    return;
                }
                let body_from = body_from.first(document).unwrap_or_default() as u32;
                places.extend(positions.iter().filter_map(|&at| {
                    let part = u32::from(at >= body_from / 2) + u32::from(at >= body_from);
                    let wanted = self.field == Field::Any || part == BODY;
                    wanted.then(|| place(document, at.saturating_add(part * PART)))
                }));
            });
        }
        if terms.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        Ok(places)
    }
}

/// Returns the terms of a segment that a step means.
fn terms(
    index: &InvertedIndexReader,
    column: Column,
    step: &Step,
) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    match step {
        Step::Near(word, edits) if word.len() <= LONGEST_NEAR => {
            let term = Term::from_field_text(column, word);
            let near = FuzzyTermQuery::new(term, (*edits).min(MOST_EDITS), true);
            let mut stream = index.terms().search(near.automaton()?).into_stream()?;
            while stream.advance() {
                found.push(stream.value().clone());
            }
        }
        Step::Prefix(beginning) => {
            let mut stream = index.terms().range().ge(beginning).into_stream()?;
            while stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                found.push(stream.value().clone());
            }
        }
        Step::Stem(word) | Step::Exact(word) | Step::Near(word, _) => {
            found.extend(index.terms().get(word)?);
        }
    }
    Ok(found)
}

/// Returns the documents that have any of `terms`, and how often they have them.
fn union(
    index: &InvertedIndexReader,
    terms: &[TermInfo],
    documents: DocId,
) -> tantivy::Result<Vec<(DocId, u32)>> {
    let mut seen = Bits::none(documents);
    let mut times = vec![0_u32; documents as usize];
    for term in terms {
        let option = IndexRecordOption::WithFreqs;
        let mut block = index.read_block_postings_from_terminfo(term, option)?;
        while !block.docs().is_empty() {
            for (&document, &more) in block.docs().iter().zip(block.freqs()) {
                seen.insert(document);
                if let Some(times) = times.get_mut(document as usize) {
                    *times += more;
                }
            }
            block.advance();
        }
    }
    let counted = seen.iter().map(|document| {
        let times = times.get(document as usize).copied();
        (document, times.unwrap_or_default())
    });
    Ok(counted.collect())
}

/// How many times as many documents a term must have than the set before it pays to look each of the set up.
const WORTH_SEEKING: usize = 8;

/// Adds to `found` the documents that have `term`, at least those that are in `set`.
fn mark(
    index: &InvertedIndexReader,
    term: &TermInfo,
    set: &Bits,
    found: &mut Bits,
) -> tantivy::Result<()> {
    if set.count() * WORTH_SEEKING < term.doc_freq as usize {
        let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
        for document in set.iter() {
            if postings.doc() < document && postings.seek(document) == TERMINATED {
                break;
            }
            if postings.doc() == document {
                found.insert(document);
            }
        }
    } else {
        let mut block = index.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
        while !block.docs().is_empty() {
            block
                .docs()
                .iter()
                .for_each(|&document| found.insert(document));
            block.advance();
        }
    }
    Ok(())
}
