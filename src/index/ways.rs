//! The ways of a clause, looked up: in which documents each of them stands, how often, and what that scores.
//!
//! A single stem or word is one term, and its postings are read when they are needed. Everything else (beginnings, near
//! spellings, phrases, whatever must stand in the body) is counted here document by document and from then on treated
//! as a word of its own: it has a frequency, and BM25 scores it. So a beginning is never cut off after so many words,
//! and `a*`, which is in nearly every document, weighs next to nothing.

use std::slice;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet};

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::phrase::Phrase;
use super::postings::{mark, terms, union};
use super::tokens::LONGEST_BEGINNING;
use crate::query::{self, Field, Origin, Step};

/// A clause, looked up.
pub(super) struct Clause {
    pub ways: Vec<Way>,
}

/// A way of a clause, looked up.
pub(super) struct Way {
    found: Found,
    /// The column that has its term.
    terms: Column,
    /// The column whose words say how long a document is.
    column: Column,
    bm25: Bm25Weight,
    weight: f32,
    origin: Origin,
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
    /// Looks up a clause in every segment. Where a word is still being typed, whatever has it whole scores more than
    /// anything that only begins so.
    pub(super) fn new(commit: &Commit, clause: &query::Clause) -> tantivy::Result<Self> {
        let look_up = |way: &query::Way| Way::new(commit, clause.field, way);
        let asked = clause.ways.iter().filter(|way| !way.steps.is_empty());
        let (begun, mut whole): (Vec<_>, Vec<_>) =
            asked.cloned().partition(|way| way.origin == Origin::Typing);
        whole.extend(begun.iter().filter_map(as_whole_word));
        let ways = begun.iter().map(look_up);
        let mut ways = ways.collect::<tantivy::Result<Vec<Way>>>()?;
        let head_start = ways.iter().map(Way::most).fold(0.0, f32::max);
        for way in &whole {
            let way = look_up(way)?;
            ways.push(Way { head_start, ..way });
        }
        // Words that were not typed are not worth more for being rare: what was typed is before them.
        let (taken_in, typed): (Vec<&mut Way>, Vec<&mut Way>) =
            ways.iter_mut().partition(|way| way.origin.is_taken_in());
        let frequency = typed.iter().map(|way| way.found.frequency()).max();
        for way in taken_in {
            let frequency = frequency.unwrap_or(0).max(way.found.frequency());
            way.bm25 = commit.bm25(way.column, frequency)?;
        }
        Ok(Self { ways })
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

/// Returns the way of a word that is typed to its end, where what is typed so far is one.
fn as_whole_word(begun: &query::Way) -> Option<query::Way> {
    let [Step::Prefix(word)] = begun.steps.as_slice() else {
        return None;
    };
    Some(query::Way {
        steps: vec![Step::Exact(word.clone())],
        ..begun.clone()
    })
}

/// Returns whether the index keeps this beginning of a word as a term of its own.
fn is_kept(beginning: &str) -> bool {
    (1..=LONGEST_BEGINNING).contains(&beginning.chars().count())
}

impl Way {
    fn new(commit: &Commit, field: Field, way: &query::Way) -> tantivy::Result<Self> {
        let place = commit.fields.place(field);
        let column = match way.steps.first() {
            Some(Step::Stem(_)) => place.stems,
            _ => place.exact,
        };
        let mut terms = column;
        let found = match way.steps.as_slice() {
            [Step::Prefix(word)] if field == Field::Any && is_kept(word) => {
                terms = commit.fields.beginnings;
                Found::term(commit, terms, word)?
            }
            [Step::Stem(word) | Step::Exact(word)] if field != Field::Body => {
                Found::term(commit, column, word)?
            }
            [step] if field != Field::Body => Found::union(commit, column, step)?,
            steps => Found::phrase(commit, field, steps, way.slop)?,
        };
        Ok(Self {
            bm25: commit.bm25(column, found.frequency())?,
            found,
            terms,
            column,
            weight: way.weight,
            origin: way.origin,
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
                    let index = segment.reader.inverted_index(self.terms)?;
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
                        .inverted_index(self.terms)?
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
    lengths: FieldNormReader,
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
