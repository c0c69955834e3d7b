//! Words that stand together: where each of them stands, and in which documents they do so as asked.
//!
//! tantivy's own phrases know neither a step that is the beginning of a word nor one of either form, take words in any
//! order once others may stand between, and cannot tell the parts of a document apart. Here a word's places are a sorted
//! list of numbers, and a phrase is a walk along these, the same one by which the page is lit.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader};

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::postings;
use crate::query::chain::{self, Place};
use crate::query::{Field, Step};

/// Words that stand together.
pub(super) struct Phrase<'a> {
    pub commit: &'a Commit,
    pub field: Field,
    /// The words in order, each by any of its forms, which are all stems or none.
    pub steps: &'a [&'a [Step]],
    /// How many other words may stand between them, in sum.
    pub slop: u32,
}

/// The part of a document in which a word stands, in the place that holds the title twice (one that stands in for a title
/// not at all) and then the body.
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
                within.insert(place.document());
            }
            if let Some(step) = steps.get_mut(*at) {
                *step = found;
            }
        }
        Ok(counted(chain::ends(&steps, self.slop)))
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
                    places.extend(positions.iter().map(|&at| Place::new(document, at)));
                    return;
                }
                let body_from = body_from.first(document).unwrap_or_default() as u32;
                places.extend(positions.iter().filter_map(|&at| {
                    let part = u32::from(at >= body_from / 2) + u32::from(at >= body_from);
                    let wanted = self.field == Field::Any || part == BODY;
                    wanted.then(|| Place::new(document, at.saturating_add(part * PART)))
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

/// Returns the documents of places in order, and how many of the places are in each.
fn counted(places: impl Iterator<Item = Place>) -> Vec<(DocId, u32)> {
    let mut documents: Vec<(DocId, u32)> = Vec::new();
    for place in places {
        match documents.last_mut() {
            Some((last, times)) if *last == place.document() => *times += 1,
            _ => documents.push((place.document(), 1)),
        }
    }
    documents
}
