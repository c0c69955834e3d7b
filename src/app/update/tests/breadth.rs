//! Behaviour where documents lack words of the question: the list goes on, or holds nothing but what to give up.

use super::*;
use crate::library::Cost;
use crate::query::{Breadth, Match, Why, parse};

/// Answers the question with these documents, the last of which lack some words.
fn answer_with(app: &mut App, ids: std::ops::RangeInclusive<i64>, incomplete: usize) {
    let mut message = found(app, ids);
    if let Message::Found {
        answer: Ok(answer), ..
    } = &mut message
    {
        answer.hits.incomplete = incomplete;
        answer.hits.breadth = Breadth::Widened;
    }
    app.update(message);
}

fn ask(app: &mut App, question: &str) {
    press(app, "/");
    app.update(Message::Paste(question.to_owned()));
    press(app, "enter");
}

#[test]
fn a_key_asks_for_every_word_or_some_and_then_lets_the_question_decide_again() {
    let mut app = room();
    ask(&mut app, "trust care ");
    answer_with(&mut app, 1..=9, 6);
    press(&mut app, "o");
    assert_eq!(app.field.text(), "trust care match:all");
    answer_with(&mut app, 1..=3, 0);
    press(&mut app, "o");
    // With a blank: the last word is whole.
    assert_eq!(app.field.text(), "trust care ");
    answer_with(&mut app, 1..=9, 0);
    press(&mut app, "o");
    assert_eq!(app.field.text(), "trust care match:any");
}

#[test]
fn one_word_is_not_widened() {
    let mut app = room();
    ask(&mut app, "trust ");
    answer_with(&mut app, 1..=3, 0);
    assert!(press(&mut app, "o").is_empty());
    assert_eq!(app.field.text(), "trust ");
}

#[test]
fn marking_all_as_read_leaves_out_what_lacks_words_unless_it_was_asked_for() {
    let mut app = room();
    ask(&mut app, "trust care ");
    answer_with(&mut app, 1..=9, 6);
    let marks = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::MarkAllRead(query, _)] => Some(query.matching),
        _ => None,
    };
    assert_eq!(marks(press(&mut app, "m")), Some(Some(Match::All)));
    answer_with(&mut app, 1..=9, 9);
    assert_eq!(marks(press(&mut app, "m")), None, "none has every word");
    ask(&mut app, "match:any");
    answer_with(&mut app, 1..=9, 6);
    assert_eq!(marks(press(&mut app, "m")), Some(Some(Match::Any)));
}

#[test]
fn marking_more_than_was_looked_through_as_read_is_asked_first() {
    let mut app = room();
    answer_with(&mut app, 1..=101, 0);
    assert!(press(&mut app, "m").is_empty());
    assert!(press(&mut app, "esc").is_empty() && app.overlay.is_none());
    let effects = press(&mut app, "m enter");
    assert!(
        matches!(effects.as_slice(), [Effect::MarkAllRead(query, _)] if *query == app.query),
        "{effects:?}"
    );
    answer_with(&mut app, 1..=100, 0);
    assert!(matches!(
        press(&mut app, "m").as_slice(),
        [Effect::MarkAllRead(..)]
    ));
}

#[test]
fn the_line_over_the_list_takes_a_row_of_it() {
    let mut app = room();
    ask(&mut app, "trust care ");
    answer_with(&mut app, 1..=9, 0);
    let before = app.geometry().unwrap().list.unwrap();
    answer_with(&mut app, 1..=9, 6);
    let geometry = app.geometry().unwrap();
    assert_eq!(geometry.list.unwrap(), before.below(1));
    assert_eq!(geometry.shortfall.unwrap().y, before.y);
    assert_eq!(app.list.first_incomplete(), Some(3));
    let told = app.list.shortfall().unwrap();
    assert_eq!(told, "only 3 have every word; 6 more have some");
}

#[test]
fn where_nothing_is_found_a_clause_is_given_up_by_its_number_or_its_line() {
    let costs = || {
        let cost = |clause: &str, without: &str| Cost {
            clause: clause.to_owned(),
            without: parse(without),
            total: 2,
        };
        vec![cost("=trust", "care"), cost("care", "=trust")]
    };
    for (keys, left) in [
        ("1", "care"),
        ("2", "=trust"),
        ("enter", "care"),
        ("j enter", "=trust"),
        ("j k enter", "care"),
        ("G j enter", "=trust"),
        ("3", "=trust care"),
    ] {
        let mut app = room();
        app.coverage.documents = 9;
        ask(&mut app, "=trust care ");
        let mut message = found(&app, []);
        if let Message::Found {
            answer: Ok(answer), ..
        } = &mut message
        {
            answer.costs = costs();
        }
        app.update(message);
        press(&mut app, keys);
        assert_eq!(app.field.text().trim(), left, "{keys}");
        assert_eq!(app.count, None, "{keys}");
    }
}

#[test]
fn why_a_document_is_here_is_asked_and_shown_and_of_a_stale_answer_not() {
    let mut app = room();
    ask(&mut app, "trust care ");
    answer_with(&mut app, 1..=9, 0);
    let effects = press(&mut app, "j i");
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Explain { id, generation, .. } if *id == DocumentId(2) && *generation == app.generation
    )));
    let why = || {
        let mut why = Why {
            lacking: vec!["care".to_owned()],
            ..Why::default()
        };
        why.words.push(crate::query::Word {
            typed: "trust".to_owned(),
            field: crate::query::Field::Any,
            way: crate::query::Way {
                steps: vec![crate::query::Step::Stem("trust".to_owned())],
                slop: 0,
                weight: 1.0,
                origin: crate::query::Origin::Typed,
                called: String::new(),
            },
            standing: crate::query::Standing::default(),
            by_stem: None,
            score: 2.5,
        });
        Ok(Some(Box::new(why)))
    };
    let generation = app.generation;
    app.update(Message::Why {
        id: DocumentId(2),
        generation: generation - 1,
        answer: why(),
    });
    assert_eq!(app.overlay, None);
    app.update(Message::Why {
        id: DocumentId(2),
        generation,
        answer: why(),
    });
    let Some(Overlay::Why { title, lines, .. }) = &app.overlay else {
        panic!("{:?}", app.overlay);
    };
    assert_eq!((title.as_str(), lines.len()), ("Document 2", 3));
    assert_eq!(lines[1].left.trim(), "2.50");
    press(&mut app, "j esc");
    assert_eq!(app.overlay, None);
}
