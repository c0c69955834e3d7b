//! A set of the documents of one segment, a bit each.
//!
//! Matching is done in these and not in iterators that walk in step: facets need the whole set anyway, an `and` of two
//! sets of 100,000 documents takes a microsecond, and every count is exact.

use tantivy::DocId;

/// A set of the documents of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Returns a set with none of a segment's `documents`.
    pub(super) fn none(documents: DocId) -> Self {
        Self {
            words: vec![0; documents.div_ceil(64) as usize],
        }
    }

    /// Returns the set of all of a segment's `documents`.
    pub(super) fn all(documents: DocId) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; documents.div_ceil(64) as usize],
        };
        if let (Some(last), 1..) = (set.words.last_mut(), documents % 64) {
            *last = (1 << (documents % 64)) - 1;
        }
        set
    }

    /// Returns the set of those of a segment's `documents` that `belongs` says yes to.
    pub(super) fn of(documents: DocId, mut belongs: impl FnMut(DocId) -> bool) -> Self {
        let mut set = Self::none(documents);
        (0..documents)
            .filter(|&document| belongs(document))
            .for_each(|document| set.insert(document));
        set
    }

    /// Keeps the documents that `belongs` says yes to.
    pub(super) fn retain(&mut self, mut belongs: impl FnMut(DocId) -> bool) {
        for (at, word) in self.words.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !belongs(at as DocId * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// Puts a document in; one that the segment does not have is left out.
    pub(super) fn insert(&mut self, document: DocId) {
        if let Some(word) = self.words.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    /// Returns whether a document is in it.
    pub(super) fn contains(&self, document: DocId) -> bool {
        self.words
            .get(document as usize / 64)
            .is_some_and(|word| word >> (document % 64) & 1 == 1)
    }

    /// Returns how many documents are in it.
    pub(super) fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Returns how many documents are in both.
    pub(super) fn count_common(&self, other: &Self) -> usize {
        let pairs = self.words.iter().zip(&other.words);
        pairs.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Returns whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Keeps what is in `other` too.
    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what is in `other`.
    pub(super) fn add(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Drops what is in `other`.
    pub(super) fn drop(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Returns the first document in it at or after `from`.
    pub(super) fn next(&self, from: DocId) -> Option<DocId> {
        let at = from as usize / 64;
        let first = self.words.get(at)? & (u64::MAX << (from % 64));
        let rest = self.words.iter().enumerate().skip(at + 1);
        std::iter::once((at, &first))
            .chain(rest)
            .find(|(_, word)| **word != 0)
            .map(|(at, word)| at as DocId * 64 + word.trailing_zeros())
    }

    /// Returns the documents in it, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        // By hand: chained adaptors take twice as long (1.7 ns a document against 0.7 to 1.1), and facets walk every set.
        let mut words = self.words.iter().zip((0..).step_by(64));
        let (mut rest, mut first) = (0, 0);
        std::iter::from_fn(move || {
            while rest == 0 {
                (rest, first) = words.next().map(|(&word, first)| (word, first))?;
            }
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            Some(first + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const DOCUMENTS: DocId = 200;

    fn bits(documents: &BTreeSet<DocId>) -> Bits {
        Bits::of(DOCUMENTS, |document| documents.contains(&document))
    }

    proptest! {
        #[test]
        fn it_is_a_set_as_the_standard_library_has_it(
            a in proptest::collection::btree_set(0..DOCUMENTS, 0..60),
            b in proptest::collection::btree_set(0..DOCUMENTS, 0..60),
            from in 0..DOCUMENTS + 80,
        ) {
            let with = |change: fn(&mut Bits, &Bits)| {
                let mut set = bits(&a);
                change(&mut set, &bits(&b));
                set.iter().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(with(Bits::keep), &a & &b);
            prop_assert_eq!(with(Bits::add), &a | &b);
            prop_assert_eq!(with(Bits::drop), &a - &b);
            prop_assert_eq!(Bits::all(from), Bits::of(from, |_| true));
            prop_assert_eq!(bits(&a).count(), a.len());
            prop_assert_eq!(bits(&a).count_common(&bits(&b)), (&a & &b).len());
            prop_assert_eq!(bits(&a).is_empty(), a.is_empty());
            prop_assert_eq!(bits(&a).contains(from), a.contains(&from));
            prop_assert_eq!(bits(&a).next(from), a.range(from..).next().copied());
        }
    }

    #[test]
    fn a_document_that_the_segment_does_not_have_is_left_out() {
        let mut set = Bits::none(3);
        set.insert(64);
        assert!(set.is_empty() && !set.contains(64));
    }
}
