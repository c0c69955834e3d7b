//! Which documents answer several plain words.

use std::sync::Arc;

use tempfile::TempDir;

use super::collection::*;
use crate::document::{DocumentId, Kind};
use crate::index::{Folds, Index, MarkSets, Request};
use crate::query::{Breadth, Expanded, Hits, Lexicon, Sort, expand, parse, parse_typing};

/// A library in which so many documents have both words, two have only the one, and three only the other.
fn library(both: i64) -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    let sketch = |body: &'static str| Sketch { body, ..NOTHING };
    let mut entries: Vec<Entry> = (1..=both)
        .map(|id| sketch("Trust in the care of others, and much else beside.").entry(id))
        .collect();
    entries.extend((101..=102).map(|id| sketch("Trust.").entry(id)));
    entries.extend((103..=105).map(|id| {
        let note = Sketch {
            kind: Kind::Note,
            ..sketch("Care, and care again.")
        };
        note.entry(id)
    }));
    entries.push(sketch("Nothing of it.").entry(200));
    // Segments of both.
    let (one, other) = entries.split_at(entries.len() / 2);
    fill(&index, one);
    fill(&index, other);
    (directory, index)
}

fn asked(question: &str) -> Expanded {
    expand(&parse(question), &Lexicon::default())
}

fn all(index: &Index, question: &str) -> Hits {
    find(index, &asked(question), 0, 999)
}

fn numbers(hits: &Hits) -> Vec<i64> {
    hits.hits.iter().map(|hit| hit.id.0).collect()
}

#[test]
fn a_list_of_ten_documents_with_every_word_holds_no_others() {
    for (both, expected) in [
        (10, (10, 0, Breadth::Every)),
        (9, (14, 5, Breadth::Widened)),
        (1, (6, 5, Breadth::Widened)),
        (0, (5, 5, Breadth::Widened)),
    ] {
        let (_directory, index) = library(both);
        let hits = all(&index, "trust care");
        assert_eq!((hits.total, hits.incomplete, hits.breadth), expected);
        assert_eq!(hits.hits.len(), hits.total);
        let first: Vec<i64> = numbers(&hits)
            .into_iter()
            .take(usize::try_from(both).unwrap())
            .collect();
        assert_eq!(first, (1..=both).collect::<Vec<_>>());
    }
}

#[test]
fn the_question_can_say_which_it_wants() {
    let (_directory, index) = library(12);
    for (question, total, incomplete) in [
        ("trust care match:any", 17, 5),
        ("trust care", 12, 0),
        ("trust match:any", 14, 0),
        ("nothing care match:all", 0, 0),
        ("nothing care", 16, 16),
    ] {
        let hits = all(&index, question);
        assert_eq!(
            (hits.total, hits.incomplete),
            (total, incomplete),
            "{question}"
        );
    }
    // By score alone: those with one word are the shorter, and so not all behind.
    let hits = all(&index, "trust care match:any");
    assert_eq!(hits.breadth, Breadth::Ranked);
    assert!(hits.hits.is_sorted_by(|a, b| a.score >= b.score));
}

#[test]
fn what_was_asked_for_expressly_no_answer_lacks() {
    let (_directory, index) = library(2);
    for (question, expected) in [
        ("trust =care", &[1, 2][..]),
        ("trust \"care\"", &[1, 2]),
        ("trust body:care", &[1, 2]),
        ("trust care*", &[1, 2]),
        ("trust care kind:note", &[103, 104, 105]),
        ("trust care -kind:note", &[1, 2, 101, 102]),
        ("trust care -others", &[101, 102, 103, 104, 105]),
        ("(trust nothing) OR care", &[1, 2, 103, 104, 105]),
        // A word that says little is not lacking.
        ("the care", &[1, 2, 103, 104, 105]),
    ] {
        let mut found = numbers(&all(&index, question));
        found.sort_unstable();
        assert_eq!(found, expected, "{question}");
    }
    let typed = expand(&parse_typing("trust ca"), &Lexicon::default());
    assert_eq!(find(&index, &typed, 0, 9).incomplete, 5);
}

#[test]
fn six_words_are_ranked_but_by_score_alone() {
    let (_directory, index) = library(3);
    let question = "trust care others much else beside";
    let ranked = all(&index, question);
    assert_eq!(ranked.breadth, Breadth::Ranked);
    assert_eq!((ranked.total, ranked.incomplete), (8, 5));
    assert_eq!(all(&index, &question[..24]).breadth, Breadth::Widened);
    let by_date = all(&index, &format!("{question} sort:-date"));
    assert_eq!(by_date.breadth, Breadth::Widened);
}

#[test]
fn a_window_of_a_widened_list_is_a_part_of_it() {
    let (_directory, index) = library(4);
    for sort in [Sort::Relevance, Sort::Newest, Sort::Longest] {
        let question = Expanded {
            sort,
            ..asked("trust care")
        };
        let whole = find(&index, &question, 0, 99);
        assert_eq!(whole.hits.len(), 9);
        for offset in 0..11 {
            let part = find(&index, &question, offset, 3);
            let rest = whole.hits.iter().skip(offset).take(3).copied();
            assert_eq!(part.hits, rest.collect::<Vec<_>>(), "{sort:?} {offset}");
            assert_eq!((part.total, part.incomplete), (9, 5));
        }
    }
}

#[test]
fn what_is_counted_for_a_value_is_what_choosing_it_shows() {
    for both in [12, 3] {
        let (_directory, index) = library(both);
        let hits = all(&index, "trust care");
        assert!(!hits.facets.kinds.is_empty());
        for kind in &hits.facets.kinds {
            let chosen = all(&index, &format!("trust care kind:{}", kind.value));
            assert_eq!(chosen.total, kind.count, "{both} {}", kind.value);
        }
    }
}

#[test]
fn an_article_from_two_sources_stands_once_where_it_has_every_word() {
    let (_directory, index) = library(2);
    // Of the first fold the one that leads has one word, and the other has both.
    let folds = [vec![101, 1], vec![103, 104]];
    let folds = folds.map(|fold| fold.into_iter().map(DocumentId).collect::<Vec<_>>());
    let folds = Arc::new(Folds::new(folds));
    let expanded = asked("trust care");
    let request = Request {
        expanded: &expanded,
        offset: 0,
        limit: 99,
        marks: &MarkSets::default(),
        folds: Some(&folds),
    };
    let hits = index.find(&request).unwrap();
    let mut found = numbers(&hits);
    assert_eq!((hits.total, hits.incomplete), (5, 3));
    assert_eq!(found.drain(..2).collect::<Vec<_>>(), [1, 2]);
    found.sort_unstable();
    assert_eq!(found, [102, 103, 105]);
}

#[test]
fn a_list_with_nothing_to_go_on_with_is_not_called_widened() {
    let (_directory, index) = library(3);
    for question in ["much beside", "much beside kind:article"] {
        let hits = all(&index, question);
        let told = (hits.total, hits.incomplete, hits.breadth);
        assert_eq!(told, (3, 0, Breadth::Every));
    }
}
