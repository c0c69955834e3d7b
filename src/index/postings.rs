//! Reading tantivy's lists: the terms that a step means, the documents that have them, how often and where.

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::bits::Bits;
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

/// Returns the documents that have any of `terms`, and how often they have them.
pub(super) fn union(
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
