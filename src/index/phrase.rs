//! Words that stand together: where each of them stands, and in which documents they do so as asked.
//!
//! tantivy's own phrases know neither a step that is the beginning of a word nor one of either form, take words in any
//! order once others may stand between, and cannot tell the parts of a document apart. Here a word's places are a sorted
//! list of numbers, and a phrase is a walk along two lists at a time.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader};

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::postings;
use super::schema::APART;
use crate::query::{Field, Step};

/// A place of a word: its document in the upper half, its position there in the lower, so that places sort as read.
type Place = u64;

/// Returns the place in `document` at `position`.
fn place(document: DocId, position: u32) -> Place {
    u64::from(document) << 32 | u64::from(position)
}

fn document(place: Place) -> DocId {
    (place >> 32) as DocId
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
                terms.extend(postings::terms(&index, column, form)?);
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
                within.insert(document(*place));
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
    ) -> tantivy::Result<Vec<Place>> {
        let parts = matches!(self.field, Field::Any | Field::Body);
        let body_from = segment.reader.fast_fields().u64("body_from")?;
        let mut places = Vec::new();
        for term in terms {
            let postings = index
                .read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
            postings::positions(postings, within, |document, positions| {
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

/// Returns the documents in which a place of each list follows one of the list before with no more than `slop` words
/// between them in sum, and how often they do so.
fn together(steps: &[Vec<Place>], slop: u32) -> Vec<(DocId, u32)> {
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
            let left_out = u32::try_from(least + position - 1);
            if let Ok(left_out) = left_out
                && left_out <= slop
            {
                reached.push((place, left_out));
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
