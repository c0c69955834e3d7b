//! Behaviour of the concordance and of passages, where their answers take a while.

use super::*;
use crate::library::{ConcordanceLine, ConcordanceLines, ShownLine};
use crate::query::concordance::Context;
use crate::query::passages::{Passages, ShownPassage};

fn asked(effects: &[Effect]) -> Option<&ConcordanceRequest> {
    effects.iter().find_map(|effect| match effect {
        Effect::Concordance(request) => Some(request),
        _ => None,
    })
}

/// Answers a request as the worker does: so many lines in all, those asked for among them.
fn lines(request: &ConcordanceRequest, total: usize) -> Message {
    let places = request.window.places.start..request.window.places.end.min(total);
    let line = |number: usize| ConcordanceLine {
        number,
        id: DocumentId(1),
        place: 0,
        range: crate::document::TextRange::new(number, number + 1),
        shown: None,
    };
    Message::Concordance {
        generation: request.generation,
        answer: Ok(Box::new(ConcordanceLines {
            order: request.window.order,
            first: places.start,
            lines: places.map(line).collect(),
            total,
            documents: 1,
            read: 1,
            found: 2,
            ..ConcordanceLines::default()
        })),
    }
}

#[test]
fn a_concordance_asked_for_before_the_answer_opens_with_it() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "/ m enter");
    assert!(asked(&press(&mut app, "c")).is_none());
    assert_eq!(app.focus, Pane::List);
    let effects = answer(&mut app, [7]);
    let request = asked(&effects).unwrap();
    assert_eq!(app.focus, Pane::Concordance);
    assert_eq!(request.of.query, app.query);
    assert_eq!(request.of.light, app.light);
    assert!(request.window.room.before > 30 && request.window.places.start == 0);

    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "/ m enter c j");
    answer(&mut app, [7, 8]);
    assert_eq!(
        app.focus,
        Pane::List,
        "who went on meanwhile is not taken away"
    );
}

#[test]
fn only_lines_in_sight_are_asked_for_and_late_answers_are_dropped() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "c");
    let first = asked(&effects).unwrap().clone();
    app.update(lines(&first, 100_000));
    assert_eq!(app.concordance.len(), 100_000);
    assert!(asked(&press(&mut app, "j")).is_none());
    let effects = press(&mut app, "G");
    let last = asked(&effects).unwrap().clone();
    assert!(last.window.places.contains(&99_999));
    assert!(last.window.places.len() < 200);
    app.update(lines(&first, 5));
    assert_eq!(app.concordance.len(), 100_000, "of an older request");
    app.update(lines(&last, 100_000));
    assert_eq!(app.concordance.selected, 99_999);
    assert!(app.concordance.selected_line().is_some());

    let effects = press(&mut app, "<");
    assert_eq!(asked(&effects).unwrap().window.places.start, 0);
    let effects = press(&mut app, "esc");
    assert!(effects.contains(&Effect::CloseConcordance));
    assert_eq!((app.focus, app.concordance.len()), (Pane::List, 0));
}

#[test]
fn a_library_that_changes_is_told_and_read_anew_by_the_same_key() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "c");
    let first = asked(&effects).unwrap().clone();
    app.update(lines(&first, 9));
    app.update(Message::Changed);
    assert!(app.concordance.stale);
    let effects = press(&mut app, "c");
    let again = asked(&effects).unwrap();
    assert_ne!(again.of.number, first.of.number);
    assert_eq!(app.focus, Pane::Concordance);
    press(&mut app, "c");
    assert_eq!(app.focus, Pane::List);
}

#[test]
fn where_reading_fails_it_is_told_and_can_be_asked_for_again() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=3);
    let fail = |app: &mut App, request: &ConcordanceRequest| {
        app.update(Message::Concordance {
            generation: request.generation,
            answer: Err("the disk is gone".to_owned()),
        })
    };
    let first = asked(&press(&mut app, "c")).unwrap().clone();
    assert_eq!(fail(&mut app, &first), [], "it would fail again at once");
    assert_eq!(app.concordance.failed.as_deref(), Some("the disk is gone"));
    let second = asked(&press(&mut app, "c")).unwrap().clone();
    assert_eq!(
        (app.focus, &app.concordance.failed),
        (Pane::Concordance, &None)
    );
    assert_ne!(second.of.number, first.of.number);

    app.update(lines(&second, 100_000));
    let last = asked(&press(&mut app, "G")).unwrap().clone();
    fail(&mut app, &last);
    assert!(
        asked(&press(&mut app, "k")).is_some(),
        "what is in sight is not there"
    );
}

#[test]
fn out_of_sight_nothing_is_read_and_another_question_closes_it() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=3);
    let first = asked(&press(&mut app, "c")).unwrap().clone();
    app.update(lines(&first, 9));
    for away in ["/", "f", "O"] {
        let effects = press(&mut app, away);
        assert!(
            effects.contains(&Effect::PauseConcordance),
            "{away} {effects:?}"
        );
        press(&mut app, "esc");
        if app.focus == Pane::Sources {
            press(&mut app, "esc");
        }
        let effects = press(&mut app, "c");
        let request = asked(&effects).unwrap().clone();
        assert_eq!(request.of.number, first.of.number, "{away}: it goes on");
        app.update(lines(&request, 9));
    }
    press(&mut app, "/");
    let effects = press(&mut app, "u");
    assert!(
        matches!(
            effects.as_slice(),
            [Effect::CloseConcordance, Effect::Search(_)]
        ),
        "{effects:?}"
    );
    assert_eq!(app.concordance.of, None);
}

#[test]
fn what_is_opened_from_a_line_is_selected_where_the_list_has_it_now() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=3);
    let first = asked(&press(&mut app, "c")).unwrap().clone();
    let mut message = lines(&first, 1);
    if let Message::Concordance {
        answer: Ok(lines), ..
    } = &mut message
    {
        lines.lines[0].shown = Some(ShownLine {
            context: Context::default(),
            title: String::new(),
            source: String::new(),
            authors: Vec::new(),
            published: None,
            headings: Vec::new(),
        });
    }
    app.update(message);
    app.update(Message::Changed);
    let effects = answer(&mut app, [8, 9, 1, 2, 3]);
    assert!(opened(&effects, 1).is_none());
    app.list.select(0);
    let effects = press(&mut app, "enter");
    assert_eq!(
        (app.focus, app.page.id()),
        (Pane::Page, Some(DocumentId(1)))
    );
    let around = effects.iter().find_map(|effect| match effect {
        Effect::Search(request) => Some(request.around),
        _ => None,
    });
    assert_eq!(around, Some(Some(DocumentId(1))));
    answer(&mut app, [8, 9, 1, 2, 3]);
    assert_eq!(app.page.id(), Some(DocumentId(1)), "what is read stays");
    assert_eq!(selected(&app), Some(DocumentId(1)));
}

#[test]
fn passages_that_come_late_are_for_the_row_that_is_unfolded_now() {
    let mut app = room();
    press(&mut app, "/ m enter");
    answer(&mut app, 1..=5);
    let asked = |effects: &[Effect]| {
        let request = effects.iter().find_map(|effect| match effect {
            Effect::Passages(request) => Some(request.clone()),
            _ => None,
        });
        request.unwrap()
    };
    let come = |request: &PassagesRequest, count: usize| Message::Passages {
        generation: request.generation,
        answer: Ok(Some(Box::new(Passages {
            best: vec![ShownPassage::default(); count],
            total: count,
        }))),
    };
    let first = asked(&press(&mut app, "p"));
    let second = asked(&press(&mut app, "j p"));
    assert_eq!((first.id, second.id), (DocumentId(1), DocumentId(2)));
    app.update(come(&first, 7));
    assert_eq!(
        app.list.lines(),
        5,
        "those of the first are not wanted any more"
    );
    app.update(come(&second, 3));
    assert_eq!(app.list.lines(), 8);
    let none = asked(&press(&mut app, "j j j j p"));
    assert_eq!((none.id, app.list.lines()), (DocumentId(3), 5));
    app.update(come(&none, 0));
    assert!(app.list.unfolded.is_none());
    assert!(app.notice.as_ref().unwrap().text.contains("no passage"));
}
