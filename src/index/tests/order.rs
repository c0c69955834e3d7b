//! In which order documents come.

use tempfile::TempDir;

use super::collection::*;
use crate::index::Index;
use crate::query::{Expanded, Expr, Field, Sort};

fn library(entries: &[Entry]) -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    // Two segments at least, so that orders have to be merged.
    let (one, other) = entries.split_at(entries.len() / 2);
    fill(&index, one);
    fill(&index, other);
    (directory, index)
}

#[test]
fn an_exact_title_leads_whatever_else_has_the_words_more_often() {
    let (_directory, index) = library(&collection());
    for (question, first) in [
        ("trust", 6),
        ("value", 15),
        ("social value", 14),
        ("spin", 2),
        ("beyond the spin", 1),
        ("staff", 18),
        ("the", 12),
    ] {
        assert_eq!(
            ids(&index, asked(question)).first(),
            Some(&first),
            "{question}"
        );
    }
    assert_eq!(
        ids(&index, Expr::And(vec![word("trust"), period("2011", "")])),
        [6, 7, 20]
    );
}

#[test]
fn whole_words_come_before_words_that_only_begin_so() {
    let sketch = |body| Sketch { body, ..NOTHING };
    let long = format!("mute {}", "and many other words ".repeat(200));
    let entries = [
        sketch("mutes mutes mutes mutely"),
        sketch(&long),
        sketch("muted"),
        sketch("no such word"),
    ];
    let entries: Vec<Entry> = entries
        .into_iter()
        .zip(1..)
        .map(|(one, id)| one.entry(id))
        .collect();
    let (_directory, index) = library(&entries);
    assert_eq!(ids(&index, typed("mute"))[..1], [2]);
    assert_eq!(ids(&index, typed("mut")).len(), 3);
}

#[test]
fn words_that_stand_together_as_asked_count_more() {
    let sketch = |body| Sketch { body, ..NOTHING };
    let entries = [
        sketch("sector the of third one the and another word here"),
        sketch("third the sector of one the and another word here"),
        sketch("of the third sector one the and another word here"),
        sketch("sector third of the one the and another word here"),
    ];
    let entries: Vec<Entry> = entries
        .into_iter()
        .zip(1..)
        .map(|(one, id)| one.entry(id))
        .collect();
    let (_directory, index) = library(&entries);
    assert_eq!(ids(&index, asked("third sector")), [3, 1, 2, 4]);
}

#[test]
fn the_body_has_a_word_as_often_as_it_stands_there() {
    let (_directory, index) = library(&collection());
    let body = ids(&index, clause(Field::Body, way(vec![stem("social")])));
    assert_eq!(body.len(), 3);
}

#[test]
fn dates_order_either_way_with_the_undated_last() {
    let (_directory, index) = library(&collection());
    let sorted = |sort| {
        let root = Expr::All;
        let hits = find(
            &index,
            &Expanded {
                sort,
                ..expanded(root)
            },
            0,
            99,
        )
        .hits;
        hits.iter().map(|hit| hit.id.0).collect::<Vec<_>>()
    };
    let oldest = sorted(Sort::Oldest);
    assert_eq!(
        oldest,
        [
            17, 10, 12, 13, 6, 4, 3, 18, 5, 15, 8, 19, 14, 20, 2, 1, 7, 9, 11, 16
        ]
    );
    let newest = sorted(Sort::Newest);
    assert_eq!(
        newest,
        [
            7, 1, 2, 20, 14, 19, 8, 15, 5, 18, 3, 4, 6, 13, 12, 10, 17, 9, 11, 16
        ]
    );
    assert_eq!(sorted(Sort::Relevance), newest, "nothing to score by");
    let by_source = sorted(Sort::Source);
    let source = |id: &i64| {
        collection()[usize::try_from(*id).unwrap() - 1]
            .source
            .to_lowercase()
    };
    assert!(by_source.is_sorted_by_key(|id| (source(id).is_empty(), source(id), *id)));
    let length = |id: &i64| {
        collection()[usize::try_from(*id).unwrap() - 1]
            .document
            .body
            .text()
            .len()
    };
    assert!(sorted(Sort::Shortest).is_sorted_by_key(|id| (length(id), *id)));
    assert!(sorted(Sort::Longest).is_sorted_by_key(|id| (std::cmp::Reverse(length(id)), *id)));
    let titles = sorted(Sort::Title);
    assert_eq!(titles[..6], [11, 20, 1, 17, 4, 8]);
    assert_eq!(titles.last(), Some(&9));
}

#[test]
fn a_window_shows_the_same_order_as_the_whole() {
    let (_directory, index) = library(&collection());
    for root in [word("public"), Expr::All, typed("s"), asked("social value")] {
        for sort in [Sort::Relevance, Sort::Title, Sort::Oldest] {
            let question = Expanded {
                sort,
                ..expanded(root.clone())
            };
            let whole = find(&index, &question, 0, 99);
            assert_eq!(whole.total, whole.hits.len());
            for offset in 0..whole.total + 2 {
                let part = find(&index, &question, offset, 3);
                let rest = whole.hits.iter().skip(offset).take(3).copied();
                assert_eq!(part.hits, rest.collect::<Vec<_>>());
                assert_eq!(part.total, whole.total);
            }
            assert!(whole.hits.is_sorted_by(|a, b| a.score >= b.score));
        }
    }
}

#[test]
fn equals_come_by_their_ids() {
    let sketch = Sketch {
        title: "Same",
        body: "the same words",
        ..NOTHING
    };
    let entries: Vec<Entry> = [9, 3, 7, 1, 8, 2].map(|id| sketch.entry(id)).to_vec();
    let (_directory, index) = library(&entries);
    assert_eq!(ids(&index, word("words")), [1, 2, 3, 7, 8, 9]);
    assert_eq!(ids(&index, Expr::All), [1, 2, 3, 7, 8, 9]);
}
