//! Folds: documents that are one article, of which an answer shows one.
//!
//! Like marks, folds never touch the index: one more document can change which of the others is shown. They come with
//! each request. What is matched are always the documents; of each fold, then, the one that leads among those *that
//! match* stands for all: so a document is found by a word that only its own frame has, and by its own source.
//!
//! Counts follow: under a value of a facet a fold counts once, if any of its documents that match has the value. That is
//! what choosing the value finds.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::DocId;

use super::bits::Bits;
use super::commit::Commit;
use super::marks::IdSet;
use crate::document::DocumentId;

/// The documents that are in folds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// In the order of their ids.
    members: Vec<(DocumentId, Place)>,
    count: usize,
}

/// Where a document stands in the folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    fold: u32,
    /// 0 for the one that leads.
    rank: u32,
}

impl Folds {
    /// Returns the folds of these lists, each of which begins with the document that leads.
    pub fn new(folds: impl IntoIterator<Item = Vec<DocumentId>>) -> Self {
        let mut all = Self::default();
        for (fold, documents) in folds.into_iter().enumerate() {
            let fold = fold as u32;
            let ranked = (0..).zip(documents);
            all.members
                .extend(ranked.map(|(rank, id)| (id, Place { fold, rank })));
            all.count += 1;
        }
        all.members.sort_unstable_by_key(|(id, _)| *id);
        all
    }

    /// Returns whether two documents are one article.
    pub fn are_one(&self, one: DocumentId, other: DocumentId) -> bool {
        let fold = |id| self.place(id).map(|place| place.fold);
        one == other || fold(one).is_some_and(|one| fold(other) == Some(one))
    }

    /// Returns the documents after the one of a number that are doubles of earlier ones.
    pub fn doubles_since(&self, number: i64) -> IdSet {
        let earlier = self.members.partition_point(|(id, _)| id.0 <= number);
        let (earlier, later) = self.members.split_at(earlier);
        let known: HashSet<u32> = earlier.iter().map(|(_, place)| place.fold).collect();
        let later = later
            .iter()
            .filter(|(_, place)| known.contains(&place.fold));
        later.map(|(id, _)| *id).collect()
    }

    fn place(&self, id: DocumentId) -> Option<Place> {
        let at = self.members.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.members.get(at).map(|(_, place)| *place)
    }
}

/// The folds in a commit.
pub(super) struct FoldSets {
    /// What they were made of.
    pub folds: Arc<Folds>,
    segments: Vec<Folded>,
    /// Every document of them, fold by fold.
    by_fold: Vec<Member>,
}

/// A document of a fold.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub fold: u32,
    /// Its segment, by its place.
    pub segment: u32,
    pub document: DocId,
}

/// The documents of a segment that are in folds, in order, and the same as a set.
struct Folded {
    members: Vec<(DocId, Place)>,
    set: Bits,
}

impl FoldSets {
    pub(super) fn new(commit: &Commit, folds: &Arc<Folds>) -> Self {
        let segments = commit.segments.iter().map(|segment| {
            let ids = (0..).zip(&segment.columns.ids);
            let members: Vec<(DocId, Place)> = ids
                .filter_map(|(document, id)| Some((document, folds.place(*id)?)))
                .collect();
            let mut set = Bits::none(segment.reader.max_doc());
            for (document, _) in &members {
                set.insert(*document);
            }
            Folded { members, set }
        });
        let segments: Vec<Folded> = segments.collect();
        let mut by_fold: Vec<Member> = Vec::new();
        for (segment, folded) in (0..).zip(&segments) {
            by_fold.extend(folded.members.iter().map(|&(document, place)| Member {
                fold: place.fold,
                segment,
                document,
            }));
        }
        by_fold.sort_unstable_by_key(|member| (member.fold, member.segment, member.document));
        Self {
            segments,
            by_fold,
            folds: Arc::clone(folds),
        }
    }

    /// Leaves out of the set of a segment every document that is in a fold.
    pub(super) fn leave_out_members(&self, at: usize, set: &mut Bits) {
        if let Some(folded) = self.segments.get(at) {
            set.drop(&folded.set);
        }
    }

    /// Returns the documents of `sets` that are in folds, fold by fold.
    pub(super) fn members<'a>(&'a self, sets: &'a [Bits]) -> impl Iterator<Item = Member> + 'a {
        let members = self.by_fold.iter().copied();
        members.filter(|member| {
            let set = sets.get(member.segment as usize);
            set.is_some_and(|set| set.contains(member.document))
        })
    }

    /// Counts the documents of `lists`, a list a segment, that are in `sets`, each fold once.
    pub(super) fn count_listed(&self, lists: &[Vec<DocId>], sets: &[Bits]) -> usize {
        let mut count = 0;
        let mut folds = Vec::new();
        for ((list, set), folded) in lists.iter().zip(sets).zip(&self.segments) {
            for &document in list.iter().filter(|document| set.contains(**document)) {
                if folded.set.contains(document) {
                    folds.extend(folded.fold_of(document));
                } else {
                    count += 1;
                }
            }
        }
        folds.sort_unstable();
        folds.dedup();
        count + folds.len()
    }

    /// Leaves of each fold in `sets` only the document that leads, and returns how many are left out.
    pub(super) fn fold_all(&self, sets: &mut [Bits]) -> usize {
        let mut best = vec![u32::MAX; self.folds.count];
        for (folded, set) in self.segments.iter().zip(&*sets) {
            for (_, place) in folded.present(set) {
                if let Some(best) = best.get_mut(place.fold as usize) {
                    *best = place.rank.min(*best);
                }
            }
        }
        let mut out = 0;
        for (folded, set) in self.segments.iter().zip(sets) {
            let mut behind = Bits::none(folded.documents());
            for (document, place) in folded.present(set) {
                if best.get(place.fold as usize) != Some(&place.rank) {
                    behind.insert(document);
                    out += 1;
                }
            }
            set.drop(&behind);
        }
        out
    }

    /// Leaves out of `sets` the documents of folds of which one is in `others`.
    pub(super) fn leave_out(&self, sets: &mut [Bits], others: &[Bits]) {
        let mut there = vec![false; self.folds.count];
        for (folded, set) in self.segments.iter().zip(others) {
            for (_, place) in folded.present(set) {
                if let Some(there) = there.get_mut(place.fold as usize) {
                    *there = true;
                }
            }
        }
        for (folded, set) in self.segments.iter().zip(sets) {
            let mut out = Bits::none(folded.documents());
            for (document, place) in folded.present(set) {
                if there.get(place.fold as usize) == Some(&true) {
                    out.insert(document);
                }
            }
            set.drop(&out);
        }
    }
}

impl Folded {
    fn present<'a>(&'a self, set: &'a Bits) -> impl Iterator<Item = (DocId, Place)> + 'a {
        let members = self.members.iter().copied();
        members.filter(|(document, _)| set.contains(*document))
    }

    fn fold_of(&self, document: DocId) -> Option<u32> {
        let place = self
            .members
            .binary_search_by_key(&document, |(member, _)| *member);
        self.members.get(place.ok()?).map(|(_, place)| place.fold)
    }

    /// Returns how large a set has to be for all of them.
    fn documents(&self) -> DocId {
        self.members.last().map_or(0, |(document, _)| document + 1)
    }
}
