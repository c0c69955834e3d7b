//! Counting by month.

use std::sync::Arc;

use tempfile::TempDir;

use super::collection::*;
use crate::document::DocumentId;
use crate::index::{Folds, Index, MarkSets, Request};
use crate::query::{Lexicon, expand, parse};

#[test]
fn a_month_has_as_many_as_a_question_for_it_finds() {
    let dates = [
        "2012",
        "2012-01-31",
        "2012-05",
        "2012-05-31T23:30:00-05:00",
        "2012-12-31",
        "2013-01-01",
        "2011-12-31",
        "",
    ];
    let entries: Vec<Entry> = dates
        .iter()
        .zip(1..)
        .map(|(date, id)| {
            Sketch {
                body: "trust",
                date,
                ..NOTHING
            }
            .entry(id)
        })
        .collect();
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    let (one, other) = entries.split_at(4);
    fill(&index, one);
    fill(&index, other);
    let folds = Arc::new(Folds::new([vec![DocumentId(3), DocumentId(4)]]));
    let marks = MarkSets::default();
    let all = expand(&parse(""), &Lexicon::default());
    let request = Request {
        expanded: &all,
        offset: 0,
        limit: 0,
        marks: &marks,
        folds: None,
    };
    for folds in [None, Some(&folds)] {
        for question in ["", "trust date:2013", "id:3,4", "-id:1"] {
            let ask = |question: &str| expand(&parse(question), &Lexicon::default());
            let expanded = &ask(question);
            let asked = Request {
                expanded,
                folds,
                ..request
            };
            let months = index.months(&asked, 2012).unwrap();
            for (count, month) in months.iter().zip(1..) {
                // What is chosen of years gives way to the month.
                let others = question.replace("date:2013", "");
                let expanded = &ask(&format!("{others} date:2012-{month:02}"));
                let asked = Request {
                    expanded,
                    folds,
                    ..request
                };
                let total = index.find(&asked).unwrap().total;
                assert_eq!(*count, total, "{question} in {month}");
            }
            assert!(months.iter().sum::<usize>() > 0, "{question}");
        }
    }
    assert_eq!(
        index.months(&request, 2012).unwrap(),
        [2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1]
    );
    assert_eq!(index.months(&request, i16::MAX).unwrap(), [0; 12]);
}
