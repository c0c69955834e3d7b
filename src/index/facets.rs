//! How the documents found fall into facets.
//!
//! Values chosen in one facet mean either, and facets combine by all: so a facet's own choices do not count against its
//! other values. `Sources` is counted over what the question would find without the sources chosen in it, and shows
//! what choosing one of the others as well (or instead) would bring; every other facet is counted with them. What is
//! excluded stays excluded everywhere. Only clauses at the top of a question are choices; the same words deeper in it are
//! part of what is looked for.
//!
//! All counts are exact. They come from whole sets, so a document that has a value twice is counted once for it, and so
//! are the documents of a fold.

use std::collections::HashSet;

use super::bits::Bits;
use super::columns::{Columns, Lists};
use super::commit::{Commit, Values};
use super::folds::FoldSets;
use super::names::Names;
use super::topics::{Categories, TopicSets};
use crate::document::Kind;
use crate::query::facet::{Facet, UNKNOWN, is_span};
use crate::query::{Count, Expr, Facets, Filter, Period};

/// Returns the facet that a clause chooses in, as [`query::facet`](crate::query::facet) reads it from the question: one of
/// its values, or any of several. What excludes a value chooses none.
pub(super) fn chosen_by(expr: &Expr) -> Option<Facet> {
    match expr {
        Expr::Filter(Filter::Topic(_)) => Some(Facet::Topics),
        Expr::Filter(Filter::Source(_)) => Some(Facet::Sources),
        Expr::Filter(Filter::Author(_)) => Some(Facet::Authors),
        Expr::Filter(Filter::Kind(_)) => Some(Facet::Kinds),
        Expr::Filter(Filter::Language(_)) => Some(Facet::Languages),
        Expr::Filter(Filter::Published(period)) => is_span(*period).then_some(Facet::Years),
        Expr::Not(one) if **one == Expr::Filter(Filter::Published(ALWAYS)) => Some(Facet::Years),
        Expr::Or(either) => {
            let first = chosen_by(either.first()?)?;
            let mut others = either.iter().map(chosen_by);
            others.all(|other| other == Some(first)).then_some(first)
        }
        _ => None,
    }
}

/// All of time: what has a date at all. The undated are those without.
const ALWAYS: Period = Period {
    from: None,
    to: None,
};

/// Counts the documents of a set for each facet; `sets` gives the set that a facet is counted over, a list a segment.
pub(super) fn count<'a>(
    commit: &Commit,
    topics: &TopicSets,
    folds: Option<&FoldSets>,
    sets: impl Fn(Facet) -> &'a [Bits],
) -> Facets {
    let by_value = |facet: Facet, values: &Values, column: fn(&Columns) -> &Lists| {
        let Values { names, ranks } = values;
        let over = Over {
            sets: sets(facet),
            folds,
        };
        let counts = tally(commit, over, column, ranks, names.len());
        named(names.iter().map(Some), &counts)
    };
    let by_name = |facet: Facet, names: &Names, column: fn(&Columns) -> &Lists| {
        let Names { shown, groups, .. } = names;
        let over = Over {
            sets: sets(facet),
            folds,
        };
        let counts = tally(commit, over, column, groups, shown.len());
        most_first(named(shown.iter().map(Some), &counts))
    };
    let over = Over {
        sets: sets(Facet::Topics),
        folds,
    };
    let Categories { names, groups, .. } = &topics.categories;
    let by_category = tally(commit, over, |columns| &columns.topics, groups, names.len());
    let mut kinds = by_value(Facet::Kinds, &commit.kinds, |columns| &columns.kinds);
    kinds.sort_by_key(|kind| Kind::from_name(&kind.value));
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    let mut languages = by_value(Facet::Languages, &commit.languages, |columns| {
        &columns.languages
    });
    for language in languages.iter_mut().filter(|one| one.value.is_empty()) {
        UNKNOWN.clone_into(&mut language.value);
    }
    Facets {
        themes: topics
            .themes
            .iter()
            .map(|theme| Count {
                value: theme.name.clone(),
                count: over.count_common(&theme.documents),
            })
            .collect(),
        topics: most_first(named(names.iter().map(Option::as_ref), &by_category)),
        sources: by_name(Facet::Sources, &commit.sources, |columns| &columns.sources),
        authors: by_name(Facet::Authors, &commit.authors, |columns| &columns.authors),
        kinds,
        languages: most_first(languages),
        years: by_value(Facet::Years, &commit.years, |columns| &columns.years),
    }
}

/// What is counted: of these sets, a list a segment, each fold once.
#[derive(Clone, Copy)]
pub(super) struct Over<'a> {
    pub sets: &'a [Bits],
    pub folds: Option<&'a FoldSets>,
}

impl Over<'_> {
    pub(super) fn count_common(&self, documents: &[Bits]) -> usize {
        let pairs = documents.iter().zip(self.sets);
        self.folds.map_or_else(
            || pairs.map(|(one, other)| one.count_common(other)).sum(),
            |folds| folds.count_common(documents, self.sets),
        )
    }
}

/// Counts for each of `values` values the documents that have it; `ranks` says for each segment which of them its own
/// values are.
fn tally(
    commit: &Commit,
    over: Over<'_>,
    column: impl Fn(&Columns) -> &Lists,
    ranks: &[Vec<u32>],
    values: usize,
) -> Vec<usize> {
    // With each count the document that was counted last, numbered through all segments.
    let mut counts = vec![(0, u64::MAX); values];
    // The values that a fold was counted for.
    let mut counted: HashSet<(u32, usize)> = HashSet::new();
    let segments = commit.segments.iter().zip(over.sets).zip(ranks);
    for (at, ((segment, set), ranks)) in segments.enumerate() {
        let column = column(&segment.columns);
        for document in set.iter() {
            let number = (at as u64) << 32 | u64::from(document);
            let fold = over.folds.and_then(|folds| folds.fold(at, document));
            for &place in column.of(document) {
                let rank = ranks.get(place as usize).map(|&rank| rank as usize);
                let mut seen = |fold: Option<u32>, rank: Option<usize>| {
                    let pair = fold.zip(rank);
                    pair.is_some_and(|pair| !counted.insert(pair))
                };
                if let Some((count, last)) = rank.and_then(|rank| counts.get_mut(rank))
                    && *last != number
                    && !seen(fold, rank)
                {
                    *count += 1;
                    *last = number;
                }
            }
        }
    }
    counts.into_iter().map(|(count, _)| count).collect()
}

/// Puts names to counts; without those that are nothing.
fn named<'a>(names: impl Iterator<Item = Option<&'a String>>, counts: &[usize]) -> Vec<Count> {
    let pairs = names.zip(counts).filter(|(_, count)| **count > 0);
    let counts = pairs.filter_map(|(name, &count)| {
        let value = name?.clone();
        Some(Count { value, count })
    });
    counts.collect()
}

/// Puts the most frequent first, of equals by name.
fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
