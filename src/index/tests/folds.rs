//! Folds: of documents that are one article an answer shows one, and every count says so.

use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::collection::*;
use crate::document::DocumentId;
use crate::index::{Folds, Index, Request};
use crate::query::facet::{Choice, Facet, choices, set};
use crate::query::{Count, Hits, Lexicon, Query, expand, parse};

fn library() -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    // Two commits: the documents of a fold may lie in different segments.
    let (first, second) = {
        let mut all = collection();
        let second = all.split_off(9);
        (all, second)
    };
    fill(&index, &first);
    fill(&index, &second);
    index.set_topics(topics()).unwrap();
    (directory, index)
}

fn folded(index: &Index, query: &Query, folds: Option<&Arc<Folds>>) -> Hits {
    let expanded = expand(query, &Lexicon::default());
    let request = Request {
        expanded: &expanded,
        offset: 0,
        limit: 100,
        marks: &marks(),
        folds,
    };
    index.find(&request).unwrap()
}

fn ids_of(hits: &Hits) -> Vec<i64> {
    hits.hits.iter().map(|hit| hit.id.0).collect()
}

fn folds(lists: &[&[i64]]) -> Arc<Folds> {
    let lists = lists.iter();
    Arc::new(Folds::new(
        lists.map(|list| list.iter().copied().map(DocumentId).collect()),
    ))
}

#[test]
fn the_leader_of_those_that_match_is_shown() {
    let (_directory, index) = library();
    let all = ids_of(&folded(&index, &parse("mutual"), None));
    assert!([1, 13, 20].iter().all(|id| all.contains(id)), "{all:?}");
    for (lists, shown) in [
        (&[&[13, 1, 20][..]][..], &[13][..]),
        (&[&[20, 13]], &[1, 20]),
        // Document 2 leads, but does not match.
        (&[&[2, 20, 13]], &[1, 20]),
        (&[&[2, 3], &[1, 13]], &[1, 20]),
    ] {
        let folds = folds(lists);
        let hits = folded(&index, &parse("mutual"), Some(&folds));
        let mut found = ids_of(&hits);
        found.sort_unstable();
        let others = all.iter().filter(|id| ![1, 13, 20].contains(id)).count();
        assert_eq!(hits.total, found.len());
        assert_eq!(found.len() - others, shown.len(), "{lists:?}");
        assert!(shown.iter().all(|id| found.contains(id)), "{found:?}");
    }
}

#[test]
fn other_folds_give_another_answer_at_once() {
    let (_directory, index) = library();
    let everything = parse("");
    let whole = folded(&index, &everything, None);
    for lists in [&[&[1, 2, 3][..]][..], &[&[4, 5]], &[]] {
        let folds = folds(lists);
        let out: usize = lists.iter().map(|list| list.len() - 1).sum();
        let hits = folded(&index, &everything, Some(&folds));
        assert_eq!(hits.total, whole.total - out);
        let kinds: usize = hits.facets.kinds.iter().map(|count| count.count).sum();
        assert!(kinds >= hits.total);
        assert_eq!(folded(&index, &everything, None).facets, whole.facets);
    }
}

fn some_folds() -> impl Strategy<Value = Vec<Vec<DocumentId>>> {
    let ids: Vec<i64> = (1..=20).collect();
    (
        Just(ids).prop_shuffle(),
        proptest::collection::vec(1..5_usize, 1..8),
    )
        .prop_map(|(ids, sizes)| {
            let mut ids = ids.into_iter().map(DocumentId);
            let folds = sizes
                .into_iter()
                .map(|size| ids.by_ref().take(size).collect());
            folds.filter(|fold: &Vec<_>| fold.len() > 1).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_counted_is_what_choosing_it_finds_and_what_is_found_is_one_of_each(lists in some_folds()) {
        let (_directory, index) = library();
        let folds = Arc::new(Folds::new(lists.clone()));
        for question in ["", "public", "the", "kind:article", "source:ncvo", "is:unread", "topic:mutuals -date:2012"] {
            let question = parse(question);
            let mut expected: Vec<i64> = ids_of(&folded(&index, &question, None));
            for fold in &lists {
                let present: Vec<i64> =
                    fold.iter().map(|id| id.0).filter(|id| expected.contains(id)).collect();
                expected.retain(|id| !present.contains(id) || present.first() == Some(id));
            }
            let hits = folded(&index, &question, Some(&folds));
            let mut found = ids_of(&hits);
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(hits.total, expected.len());
            for (facet, counts) in [
                (Facet::Topics, hits.facets.themes),
                (Facet::Topics, hits.facets.topics),
                (Facet::Sources, hits.facets.sources),
                (Facet::Authors, hits.facets.authors),
                (Facet::Kinds, hits.facets.kinds),
                (Facet::Languages, hits.facets.languages),
                (Facet::Years, hits.facets.years),
            ] {
                let others = choices(&question, facet).into_iter();
                let others = others.filter(|(_, choice)| *choice == Choice::Chosen);
                let without = others.fold(question.clone(), |query, (value, _)| {
                    set(&query, facet, &value, None)
                });
                for Count { value, count } in counts {
                    let chosen = set(&without, facet, &value, Some(Choice::Chosen));
                    prop_assert_eq!(folded(&index, &chosen, Some(&folds)).total, count, "{}", chosen);
                }
            }
        }
    }
}
