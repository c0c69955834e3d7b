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

use std::sync::OnceLock;

use super::bits::Bits;
use super::columns::{Columns, Lists};
use super::commit::{Commit, Values};
use super::folds::{FoldSets, Member};
use super::names::Names;
use super::share;
use super::topics::{Categories, ThemeSet, TopicSets};
use crate::document::Kind;
use crate::query::facet::{Facet, UNKNOWN, is_span};
use crate::query::{Count, Expr, Facets, Filter, Period};

/// Returns the facet that a clause chooses in, as [`query::facet`](crate::query::facet) reads it from the question: one of
/// its values, or any of several. What excludes a value chooses none.
pub(super) fn chosen_by(expr: &Expr) -> Option<Facet> {
    match expr {
        Expr::Filter(Filter::Topic(_)) => Some(Facet::Topics),
        Expr::Filter(Filter::Tag(_)) => Some(Facet::Tags),
        Expr::Filter(Filter::Source(_)) => Some(Facet::Sources),
        Expr::Filter(Filter::Author(_)) => Some(Facet::Authors),
        Expr::Filter(Filter::Kind(_)) => Some(Facet::Kinds),
        Expr::Filter(Filter::Language(_)) => Some(Facet::Languages),
        Expr::Filter(Filter::Published(period)) => is_span(*period).then_some(Facet::Years),
        Expr::Not(one) if **one == Expr::Filter(Filter::Published(Period::ALWAYS)) => {
            Some(Facet::Years)
        }
        Expr::Or(either) => {
            let first = chosen_by(either.first()?)?;
            let mut others = either.iter().map(chosen_by);
            others.all(|other| other == Some(first)).then_some(first)
        }
        _ => None,
    }
}

/// What is counted: the documents of these sets, a list a segment, those of a fold as one.
#[derive(Clone, Copy)]
pub(super) struct Over<'a> {
    pub commit: &'a Commit,
    pub topics: &'a TopicSets,
    pub folds: &'a FoldSets,
    pub totals: &'a Totals,
}

/// The columns that are counted value by value.
#[derive(Clone, Copy)]
enum Counted {
    Categories,
    Authors,
    Sources,
    Years,
    Kinds,
    Languages,
}

impl Counted {
    /// All of them in their order: the dearest first, since they are begun first where several are counted side by side.
    const ALL: [Self; 6] = [
        Self::Categories,
        Self::Authors,
        Self::Sources,
        Self::Years,
        Self::Kinds,
        Self::Languages,
    ];

    fn facet(self) -> Facet {
        match self {
            Self::Categories => Facet::Topics,
            Self::Sources => Facet::Sources,
            Self::Authors => Facet::Authors,
            Self::Kinds => Facet::Kinds,
            Self::Languages => Facet::Languages,
            Self::Years => Facet::Years,
        }
    }

    fn column(self, columns: &Columns) -> &Lists {
        match self {
            Self::Categories => &columns.topics,
            Self::Sources => &columns.sources,
            Self::Authors => &columns.authors,
            Self::Kinds => &columns.kinds,
            Self::Languages => &columns.languages,
            Self::Years => &columns.years,
        }
    }

    /// Returns for each segment which value each place of its own table is, and how many values there are.
    fn ranks<'a>(self, over: &Over<'a>) -> (&'a [Vec<u32>], usize) {
        let commit = over.commit;
        let names = |names: &'a Names| (names.groups.as_slice(), names.shown.len());
        let values = |values: &'a Values| (values.ranks.as_slice(), values.names.len());
        match self {
            Self::Categories => {
                let Categories { names, groups, .. } = &over.topics.categories;
                (groups.as_slice(), names.len())
            }
            Self::Sources => names(&commit.sources),
            Self::Authors => names(&commit.authors),
            Self::Kinds => values(&commit.kinds),
            Self::Languages => values(&commit.languages),
            Self::Years => values(&commit.years),
        }
    }
}

/// How many documents outside of folds have each value, of all that are alive. Where a question finds more than half of
/// them, those are counted that it does not find, and taken off.
#[derive(Default)]
pub(super) struct Totals([OnceLock<Vec<usize>>; Counted::ALL.len()]);

/// How many documents make counting worth sharing: the rows are fetched beside it.
const WORTH_SHARING: usize = 200_000;

/// Counts documents for each facet; `sets` gives the sets that a facet is counted over, a list a segment.
pub(super) fn count<'a>(over: Over<'_>, sets: impl Fn(Facet) -> &'a [Bits] + Sync) -> Facets {
    let documents: usize = sets(Facet::Topics).iter().map(Bits::count).sum();
    let tally = |counted: &Counted| tally(over, *counted, sets(counted.facet()));
    let counts: Vec<Vec<usize>> = if documents < WORTH_SHARING {
        Counted::ALL.iter().map(tally).collect()
    } else {
        share::each(&Counted::ALL, tally)
    };
    let none = Vec::new();
    let counts = |of: Counted| counts.get(of as usize).unwrap_or(&none);
    let Commit {
        sources,
        authors,
        kinds,
        years,
        ..
    } = over.commit;
    let by_name =
        |counts: &[usize], names: &Names| most_first(named(names.shown.iter().map(Some), counts));
    let by_value = |counts: &[usize], values: &Values| named(values.names.iter().map(Some), counts);
    let mut kinds = by_value(counts(Counted::Kinds), kinds);
    kinds.sort_by_key(|kind| Kind::from_name(&kind.value));
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    let mut languages = by_value(counts(Counted::Languages), &over.commit.languages);
    for language in languages.iter_mut().filter(|one| one.value.is_empty()) {
        UNKNOWN.clone_into(&mut language.value);
    }
    let categories = over.topics.categories.names.iter().map(Option::as_ref);
    Facets {
        themes: themes(over, sets(Facet::Topics)),
        // Who counts adds them.
        tags: Vec::new(),
        topics: most_first(named(categories, counts(Counted::Categories))),
        sources: by_name(counts(Counted::Sources), sources),
        authors: by_name(counts(Counted::Authors), authors),
        kinds,
        languages: most_first(languages),
        years: by_value(counts(Counted::Years), years),
    }
}

/// Counts the documents of each theme.
fn themes(over: Over<'_>, sets: &[Bits]) -> Vec<Count> {
    let members: Vec<Member> = over.folds.members(sets).collect();
    let count = |theme: &ThemeSet| Count {
        value: theme.name.clone(),
        count: count_common(&theme.documents, sets, &members),
    };
    over.topics.themes.iter().map(count).collect()
}

/// Counts the documents of both lists of sets, each fold once; `members` are those of `others` that are in folds, fold by
/// fold.
pub(super) fn count_common(sets: &[Bits], others: &[Bits], members: &[Member]) -> usize {
    let pairs = sets.iter().zip(others);
    let all: usize = pairs.map(|(one, other)| one.count_common(other)).sum();
    // Of a fold those but one are taken off.
    let in_both = members.iter().filter(|member| {
        let set = sets.get(member.segment as usize);
        set.is_some_and(|set| set.contains(member.document))
    });
    let (mut last, mut doubles) = (None, 0);
    for member in in_both {
        doubles += usize::from(last == Some(member.fold));
        last = Some(member.fold);
    }
    all - doubles
}

/// Counts for each value of a column the documents of `sets` that have it.
fn tally(over: Over<'_>, counted: Counted, sets: &[Bits]) -> Vec<usize> {
    let alone = |sets: &[Bits]| -> Vec<Bits> {
        let mut sets = sets.to_vec();
        for (at, set) in sets.iter_mut().enumerate() {
            over.folds.leave_out_members(at, set);
        }
        sets
    };
    let sought = alone(sets);
    let every = || -> Vec<Bits> {
        let segments = over.commit.segments.iter();
        segments.map(|segment| segment.alive.clone()).collect()
    };
    let found: usize = sought.iter().map(Bits::count).sum();
    let mut counts = if found * 2 > over.commit.len() {
        let mut rest = alone(&every());
        for (rest, found) in rest.iter_mut().zip(&sought) {
            rest.drop(found);
        }
        let totals = over.totals.0.get(counted as usize);
        let count_all = || walk(over, counted, &alone(&every()));
        let totals = totals.map(|totals| totals.get_or_init(count_all).clone());
        let mut totals = totals.unwrap_or_default();
        for (total, rest) in totals.iter_mut().zip(walk(over, counted, &rest)) {
            *total = total.saturating_sub(rest);
        }
        totals
    } else {
        walk(over, counted, &sought)
    };
    add_folds(over, counted, sets, &mut counts);
    counts
}

/// Counts for each value of a column the documents of `sets` that have it, each by itself.
fn walk(over: Over<'_>, counted: Counted, sets: &[Bits]) -> Vec<usize> {
    let (ranks, values) = counted.ranks(&over);
    // With each count the document that was counted last, numbered through all segments.
    let mut counts = vec![(0_u32, u32::MAX); values];
    let segments = over.commit.segments.iter().zip(sets).zip(ranks);
    let mut before = 0;
    for ((segment, set), ranks) in segments {
        let column = counted.column(&segment.columns);
        for document in set.iter() {
            let number = before + document;
            for &place in column.of(document) {
                let rank = ranks.get(place as usize).copied().unwrap_or(u32::MAX);
                if let Some((count, last)) = counts.get_mut(rank as usize)
                    && *last != number
                {
                    *count += 1;
                    *last = number;
                }
            }
        }
        before += segment.reader.max_doc();
    }
    counts
        .into_iter()
        .map(|(count, _)| count as usize)
        .collect()
}

/// Adds for each value of a column the folds of which a document in `sets` has it.
fn add_folds(over: Over<'_>, counted: Counted, sets: &[Bits], counts: &mut [usize]) {
    let (ranks, _) = counted.ranks(&over);
    // The fold that was counted last for each value.
    let mut counted_last = vec![u32::MAX; counts.len()];
    for member in over.folds.members(sets) {
        let at = member.segment as usize;
        let (Some(segment), Some(ranks)) = (over.commit.segments.get(at), ranks.get(at)) else {
            continue;
        };
        for &place in counted.column(&segment.columns).of(member.document) {
            let rank = ranks.get(place as usize).copied().unwrap_or(u32::MAX) as usize;
            if let (Some(count), Some(last)) = (counts.get_mut(rank), counted_last.get_mut(rank))
                && *last != member.fold
            {
                *count += 1;
                *last = member.fold;
            }
        }
    }
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
pub(super) fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
