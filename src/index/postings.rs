//! Reading tantivy's lists: the terms that a step means, the documents that have them, how often and where.

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::bits::Bits;
use super::share;
use crate::query::Step;

/// The longest word, in bytes, that is looked for with other spellings; a longer one only as it is. The automaton that
/// finds them grows by some 30 KB with each letter.
pub(super) const LONGEST_NEAR: usize = 64;
/// The most edits that a near spelling may be away: tantivy makes no automaton for more.
const MOST_EDITS: u8 = 2;

/// Returns the terms of a segment that a step means.
pub(super) fn terms(
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

/// How many postings make a union worth sharing between processors.
const WORTH_SHARING: u64 = 100_000;

/// Up to which share of a segment's documents (one in so many) a union is sorted together rather than counted document by
/// document: an array of a million numbers costs as much to empty and to read as 30,000 pairs to sort.
const SPARSE: u64 = 32;

/// Returns the documents that have any of `terms`, and how often they have them.
pub(super) fn union(
    index: &InvertedIndexReader,
    terms: &[TermInfo],
    documents: DocId,
) -> tantivy::Result<Vec<(DocId, u32)>> {
    let postings: u64 = terms.iter().map(|term| u64::from(term.doc_freq)).sum();
    if postings * SPARSE < u64::from(documents) {
        return sorted_union(index, terms, postings);
    }
    if postings < WORTH_SHARING {
        return Ok(Times::of(index, terms, documents)?.counted());
    }
    let parts = in_parts(terms, postings / share::threads() as u64);
    let parts = share::each(&parts, |terms| Times::of(index, terms, documents));
    let mut parts = parts.into_iter();
    let mut times = match parts.next() {
        Some(first) => first?,
        None => return Ok(Vec::new()),
    };
    for part in parts {
        times.add(&part?);
    }
    Ok(times.counted())
}

/// Parts terms into runs of some `most` postings each.
fn in_parts(terms: &[TermInfo], most: u64) -> Vec<&[TermInfo]> {
    let mut parts = Vec::new();
    let (mut start, mut postings) = (0, 0);
    for (at, term) in terms.iter().enumerate() {
        postings += u64::from(term.doc_freq);
        if postings > most || at + 1 == terms.len() {
            parts.extend(terms.get(start..=at));
            (start, postings) = (at + 1, 0);
        }
    }
    parts
}

fn sorted_union(
    index: &InvertedIndexReader,
    terms: &[TermInfo],
    postings: u64,
) -> tantivy::Result<Vec<(DocId, u32)>> {
    let mut all: Vec<(DocId, u32)> = Vec::with_capacity(postings as usize);
    each_posting(index, terms, |document, times| all.push((document, times)))?;
    if terms.len() > 1 {
        all.sort_unstable();
        all.dedup_by(|next, one| {
            let same = next.0 == one.0;
            one.1 += if same { next.1 } else { 0 };
            same
        });
    }
    Ok(all)
}

/// Hands `each` the documents of each term in turn, with the number of times.
fn each_posting(
    index: &InvertedIndexReader,
    terms: &[TermInfo],
    mut each: impl FnMut(DocId, u32),
) -> tantivy::Result<()> {
    let mut block: Option<BlockSegmentPostings> = None;
    for term in terms {
        let block = match &mut block {
            // Of the 10,000 words that begin with two letters most are in one document: opening the list is the work.
            Some(block) => {
                index.reset_block_postings_from_terminfo(term, block)?;
                block
            }
            none => {
                let option = IndexRecordOption::WithFreqs;
                none.insert(index.read_block_postings_from_terminfo(term, option)?)
            }
        };
        while !block.docs().is_empty() {
            for (&document, &times) in block.docs().iter().zip(block.freqs()) {
                each(document, times);
            }
            block.advance();
        }
    }
    Ok(())
}

/// How often each document of a segment has any of some terms.
struct Times {
    seen: Bits,
    times: Vec<u32>,
}

impl Times {
    fn of(
        index: &InvertedIndexReader,
        terms: &[TermInfo],
        documents: DocId,
    ) -> tantivy::Result<Self> {
        let mut seen = Bits::none(documents);
        let mut times = vec![0_u32; documents as usize];
        each_posting(index, terms, |document, more| {
            seen.insert(document);
            if let Some(times) = times.get_mut(document as usize) {
                *times += more;
            }
        })?;
        Ok(Self { seen, times })
    }

    fn add(&mut self, other: &Self) {
        self.seen.add(&other.seen);
        for (times, more) in self.times.iter_mut().zip(&other.times) {
            *times += more;
        }
    }

    fn counted(&self) -> Vec<(DocId, u32)> {
        let mut counted = Vec::with_capacity(self.seen.count());
        counted.extend(self.seen.iter().map(|document| {
            let times = self.times.get(document as usize).copied();
            (document, times.unwrap_or_default())
        }));
        counted
    }
}

/// How many times as many documents a term must have than the set before it pays to look each of the set up.
pub(super) const WORTH_SEEKING: usize = 8;

/// Adds to `found` the documents that have `term`, at least those that are in `set`.
pub(super) fn mark(
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

/// Hands `each` the documents that the postings share with `within`, and how often each has the term.
pub(super) fn times_in(
    mut postings: SegmentPostings,
    within: &Bits,
    mut each: impl FnMut(DocId, u32),
) {
    for document in within.iter() {
        if postings.doc() < document && postings.seek(document) == TERMINATED {
            break;
        }
        if postings.doc() == document {
            each(document, postings.term_freq());
        }
    }
}

/// Hands `each` the documents that the postings share with `within`, and the positions in each.
pub(super) fn positions(
    mut postings: SegmentPostings,
    within: &Bits,
    mut each: impl FnMut(DocId, &[u32]),
) {
    let mut buffer = Vec::new();
    while postings.doc() != TERMINATED {
        match within.next(postings.doc()) {
            None => return,
            Some(document) if document == postings.doc() => {
                postings.positions(&mut buffer);
                each(document, &buffer);
                postings.advance();
            }
            Some(document) => {
                postings.seek(document);
            }
        }
    }
}
