//! How the documents found fall into the months of a year.
//!
//! They are counted when somebody looks at a year and not with every answer: the date of each document has to be looked
//! at, where a year is a place in a table.

use std::ops::Range;

use super::bits::Bits;
use super::commit::Commit;
use super::facets::count_common;
use super::folds::{FoldSets, Member};
use super::{Error, Index, Request, dates};
use crate::document::Date;
use crate::query::Period;

impl Index {
    /// Counts the documents found for each month of a year, as many as a question for that month would find: what is
    /// chosen of years does not count against it, and what is dated to the year alone belongs to its first month.
    ///
    /// # Errors
    ///
    /// As for [`Index::find`].
    pub fn months(&self, request: &Request<'_>, year: i16) -> Result<[usize; 12], Error> {
        self.view().months(request, year)
    }
}

/// Counts the documents of `found`, a set a segment, for each month of a year, each fold once.
pub(super) fn count(commit: &Commit, found: &[Bits], folds: &FoldSets, year: i16) -> [usize; 12] {
    let members: Vec<Member> = folds.members(found).collect();
    let months: Vec<Range<i64>> = (1..=12).filter_map(|month| seconds(year, month)).collect();
    let none = || {
        commit
            .segments
            .iter()
            .map(|segment| Bits::none(segment.reader.max_doc()))
    };
    let mut documents: Vec<Vec<Bits>> = months.iter().map(|_| none().collect()).collect();
    for (at, segment) in commit.segments.iter().enumerate() {
        for (document, second) in (0..).zip(&segment.columns.by_clock) {
            let Some(second) = second else { continue };
            let month = months.partition_point(|month| month.end <= *second);
            let within = months
                .get(month)
                .is_some_and(|month| month.contains(second));
            let sets = documents.get_mut(month).filter(|_| within);
            if let Some(set) = sets.and_then(|sets| sets.get_mut(at)) {
                set.insert(document);
            }
        }
    }
    let mut counts = [0; 12];
    for (count, documents) in counts.iter_mut().zip(&documents) {
        *count = count_common(documents, found, &members);
    }
    counts
}

fn seconds(year: i16, month: i8) -> Option<Range<i64>> {
    let month = Date::new(year, Some(month), None);
    month.map(|month| {
        dates::seconds(Period {
            from: Some(month),
            to: Some(month),
        })
    })
}
