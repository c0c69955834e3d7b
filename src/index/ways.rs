//! The ways of a clause, looked up: in which documents each of them stands, how often, and what that scores.
//!
//! A single stem or word is one term, and its postings are read when they are needed. Everything else (beginnings, near
//! spellings, phrases, whatever must stand in the body) is counted here document by document and from then on treated
//! as a word of its own: it has a frequency, and BM25 scores it. So a beginning is never cut off after so many words,
//! and `a*`, which is in nearly every document, weighs next to nothing.

use std::collections::HashMap;
use std::slice;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field as Column, IndexRecordOption};

use super::bits::Bits;
use super::bm25::Bm25;
use super::commit::{Commit, Segment};
use super::phrase::Phrase;
use super::postings::{WORTH_SEEKING, mark, terms, times_in, union};
use super::share;
use super::tokens::LONGEST_BEGINNING;
use crate::query::{self, Field, Origin, Step};

/// From how many documents on the segments of an index are searched for a phrase side by side: words that are in nearly
/// every text cost milliseconds there, a thread a thirtieth of one.
const SHARED: usize = 50_000;

/// A clause, looked up.
pub(super) struct Clause {
    pub ways: Vec<Way>,
    /// Where it must stand.
    pub field: Field,
    /// What was typed for it.
    pub typed: String,
}

/// A way of a clause, looked up.
pub(super) struct Way {
    /// The way as it was asked for.
    pub asked: query::Way,
    found: Arc<Found>,
    /// The column that has its term.
    terms: Column,
    /// The column whose words say how long a document is.
    pub column: Column,
    pub bm25: Bm25,
    /// What it scores before any word is counted: what lifts the whole words over mere beginnings.
    head_start: f32,
}

/// Looks ways up, and each phrase once: what says the same as several words is a way of each of them.
pub(super) struct Lookup<'a> {
    pub commit: &'a Commit,
    phrases: HashMap<(Field, Vec<Step>, u32), Arc<Found>>,
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
    pub(super) fn new(lookup: &mut Lookup<'_>, clause: &query::Clause) -> tantivy::Result<Self> {
        let commit = lookup.commit;
        let mut found = |way: &query::Way| lookup.way(clause.field, way);
        let asked = clause.ways.iter().filter(|way| !way.steps.is_empty());
        let (begun, mut whole): (Vec<_>, Vec<_>) =
            asked.cloned().partition(|way| way.origin == Origin::Typing);
        whole.extend(begun.iter().filter_map(as_whole_word));
        let ways = begun.iter().map(&mut found);
        let mut ways = ways.collect::<tantivy::Result<Vec<Way>>>()?;
        let head_start = ways.iter().map(Way::most).fold(0.0, f32::max);
        for way in &whole {
            let way = found(way)?;
            ways.push(Way { head_start, ..way });
        }
        // Words that were not typed are not worth more for being rare: what was typed is before them.
        let (taken_in, typed): (Vec<&mut Way>, Vec<&mut Way>) = ways
            .iter_mut()
            .partition(|way| way.asked.origin.is_taken_in());
        let frequency = typed.iter().map(|way| way.found.frequency()).max();
        for way in taken_in {
            let frequency = frequency.unwrap_or(0).max(way.found.frequency());
            way.bm25 = commit.bm25(way.column, frequency)?;
        }
        Ok(Self {
            ways,
            field: clause.field,
            typed: clause.typed.clone(),
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

impl<'a> Lookup<'a> {
    pub(super) fn new(commit: &'a Commit) -> Self {
        Self {
            commit,
            phrases: HashMap::new(),
        }
    }

    /// Looks a way up.
    pub(super) fn way(&mut self, field: Field, way: &query::Way) -> tantivy::Result<Way> {
        let commit = self.commit;
        let place = commit.fields.place(field);
        let column = match way.steps.first() {
            Some(Step::Stem(_)) => place.stems,
            _ => place.exact,
        };
        let mut terms = column;
        let found = match way.steps.as_slice() {
            [Step::Prefix(word)] if field == Field::Any && is_kept(word) => {
                terms = commit.fields.beginnings;
                Arc::new(Found::term(commit, terms, word)?)
            }
            [Step::Stem(word) | Step::Exact(word)] if field != Field::Body => {
                Arc::new(Found::term(commit, column, word)?)
            }
            [step] if field != Field::Body => Arc::new(Found::union(commit, column, step)?),
            steps => self.phrase(field, steps, way.slop)?,
        };
        Ok(Way {
            bm25: commit.bm25(column, found.frequency())?,
            asked: way.clone(),
            found,
            terms,
            column,
            head_start: 0.0,
        })
    }

    fn phrase(&mut self, field: Field, steps: &[Step], slop: u32) -> tantivy::Result<Arc<Found>> {
        let key = (field, steps.to_vec(), slop);
        if let Some(found) = self.phrases.get(&key) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(Found::phrase(self.commit, field, steps, slop)?);
        self.phrases.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

impl Way {
    fn most(&self) -> f32 {
        match self.found.frequency() {
            0 => 0.0,
            _ => self.asked.weight * self.bm25.most() + self.head_start,
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
        match &*self.found {
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

    /// Returns what a document scores in which it stands so many times; `length` is as the index keeps it.
    pub(super) fn score(&self, length: u8, times: u32) -> f32 {
        match times {
            0 => 0.0,
            _ => self.asked.weight * self.bm25.score(length, times) + self.head_start,
        }
    }

    /// Returns its stem, where it is one and may stand anywhere in a text.
    pub(super) fn stem(&self, commit: &Commit) -> Option<&str> {
        match self.asked.steps.as_slice() {
            [Step::Stem(stem)] if self.column == commit.fields.words.stems => Some(stem),
            _ => None,
        }
    }

    /// Hands `each` the documents of `set` in which it stands, with the number of times, in their order.
    pub(super) fn each(
        &self,
        segment: &Segment,
        at: usize,
        set: &Bits,
        mut each: impl FnMut(DocId, u32),
    ) -> tantivy::Result<()> {
        let term = match &*self.found {
            Found::Term(terms) => terms.get(at).and_then(Option::as_ref),
            Found::Counted(counted) => {
                let counted = counted.get(at).into_iter().flatten();
                let within = counted.filter(|(document, _)| set.contains(*document));
                within.for_each(|&(document, times)| each(document, times));
                return Ok(());
            }
        };
        let Some(term) = term else {
            return Ok(());
        };
        let index = segment.reader.inverted_index(self.terms)?;
        let option = IndexRecordOption::WithFreqs;
        if set.count() * WORTH_SEEKING < term.doc_freq as usize {
            times_in(index.read_postings_from_terminfo(term, option)?, set, each);
            return Ok(());
        }
        let mut block = index.read_block_postings_from_terminfo(term, option)?;
        while !block.docs().is_empty() {
            for (&document, &times) in block.docs().iter().zip(block.freqs()) {
                if set.contains(document) {
                    each(document, times);
                }
            }
            block.advance();
        }
        Ok(())
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
        let counted: tantivy::Result<_> = if commit.len() < SHARED {
            commit.segments.iter().map(count).collect()
        } else {
            share::each(&commit.segments, count).into_iter().collect()
        };
        Ok(Self::Counted(counted?))
    }
}
