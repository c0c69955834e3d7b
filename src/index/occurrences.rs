//! Where the words of a phrase stand, and where they stand together.
//!
//! tantivy's own phrases know neither a step that is the beginning of a word nor a step of either form, take words in
//! any order once others may stand between, and cannot be told apart by part of the document. Here a word's places are
//! a sorted list of numbers, and a phrase is a walk along two lists at a time.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::bits::Bits;

/// A place of a word: its document in the upper half, its position there in the lower, so that places sort as read.
pub(super) type Place = u64;

/// Returns the place in `document` at `position`.
pub(super) fn place(document: DocId, position: u32) -> Place {
    u64::from(document) << 32 | u64::from(position)
}

fn document(place: Place) -> DocId {
    (place >> 32) as DocId
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

/// Returns the documents in which a place of each list follows one of the list before with no more than `slop` words
/// between them in sum, and how often they do so.
pub(super) fn together(steps: &[Vec<Place>], slop: u32) -> Vec<(DocId, u32)> {
    let Some((first, rest)) = steps.split_first() else {
        return Vec::new();
    };
    // Where a phrase has come to, and how many other words it has left out so far.
    let mut reached: Vec<(Place, u32)> = first.iter().map(|&place| (place, 0)).collect();
    for step in rest {
        reached = follow(&reached, step, slop);
    }
    let mut documents: Vec<(DocId, u32)> = Vec::new();
    for (place, _) in reached {
        match documents.last_mut() {
            Some((last, times)) if *last == document(place) => *times += 1,
            _ => documents.push((document(place), 1)),
        }
    }
    documents
}

/// Returns the places of `step` that are reached from those `before`, each by the way that leaves out the fewest words.
fn follow(before: &[(Place, u32)], step: &[Place], slop: u32) -> Vec<(Place, u32)> {
    let mut reached = Vec::new();
    let mut before = before.iter().peekable();
    // The best place to come from within this document: that with the least of words left out less position.
    let mut best: Option<(DocId, i64)> = None;
    for &place in step {
        let position = i64::from(place as u32);
        while let Some((earlier, left_out)) = before.next_if(|(earlier, _)| *earlier < place) {
            let cost = i64::from(*left_out) - i64::from(*earlier as u32);
            best = match best {
                Some((here, least)) if here == document(*earlier) => Some((here, least.min(cost))),
                _ => Some((document(*earlier), cost)),
            };
        }
        if let Some((_, least)) = best.filter(|(here, _)| *here == document(place)) {
            let left_out = least + position - 1;
            if left_out <= i64::from(slop) {
                reached.push((place, left_out as u32));
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(positions: &[u32]) -> Vec<Place> {
        positions.iter().map(|&at| place(7, at)).collect()
    }

    #[test]
    fn a_phrase_is_words_in_order_with_few_others_between() {
        for (steps, slop, times) in [
            (&[&[1, 5][..], &[2, 9]][..], 0, 1),
            (&[&[1, 5], &[2, 9]], 3, 2),
            (&[&[2], &[1]], 5, 0),
            (&[&[1], &[1]], 5, 0),
            (&[&[1], &[3], &[5]], 1, 0),
            (&[&[1], &[3], &[5]], 2, 1),
            (&[&[1, 2], &[4], &[5]], 1, 1),
            (&[&[3]], 0, 1),
            (&[&[], &[1]], 0, 0),
        ] {
            let steps: Vec<Vec<Place>> = steps.iter().map(|step| places(step)).collect();
            let expected: &[(DocId, u32)] = if times == 0 { &[] } else { &[(7, times)] };
            assert_eq!(together(&steps, slop), expected, "{steps:?} {slop}");
        }
    }

    #[test]
    fn a_phrase_does_not_reach_into_the_next_document() {
        let steps = [vec![place(1, u32::MAX)], vec![place(2, 0)]];
        assert_eq!(together(&steps, u32::MAX), []);
    }

    fn naive(steps: &[Vec<u32>], slop: u32, ends: u32) -> bool {
        let Some((last, earlier)) = steps.split_last() else {
            return false;
        };
        last.contains(&ends)
            && (earlier.is_empty()
                || (0..ends).any(|at| {
                    let between = ends - at - 1;
                    between <= slop && naive(earlier, slop - between, at)
                }))
    }

    proptest! {
        #[test]
        fn as_many_phrases_are_found_as_a_plain_search_finds(
            steps in proptest::collection::vec(proptest::collection::btree_set(0..12u32, 0..6), 1..4),
            slop in 0..4u32,
        ) {
            let steps: Vec<Vec<u32>> = steps.into_iter().map(|step| step.into_iter().collect()).collect();
            let expected = (0..12).filter(|&at| naive(&steps, slop, at)).count() as u32;
            let steps: Vec<Vec<Place>> = steps.iter().map(|step| places(step)).collect();
            let found = together(&steps, slop).first().map_or(0, |(_, times)| *times);
            prop_assert_eq!(found, expected);
        }
    }
}
