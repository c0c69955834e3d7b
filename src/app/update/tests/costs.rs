//! Behaviour where nothing is found.

use super::*;
use crate::library::Cost;

/// Answers that nothing is found, and what each word costs.
fn nothing(app: &mut App) -> Vec<Effect> {
    let Message::Found {
        generation,
        offset,
        answer: Ok(mut answer),
    } = found(app, [])
    else {
        unreachable!();
    };
    let cost = |clause: &str, without: &str| Cost {
        clause: clause.to_owned(),
        without: crate::query::parse(without),
        total: 3,
    };
    answer.costs = vec![cost("a", "b"), cost("b", "a")];
    app.update(Message::Found {
        generation,
        offset,
        answer: Ok(answer),
    })
}

fn without_answer() -> App {
    let mut app = room();
    answer(&mut app, 1..=3);
    app.update(Message::Coverage(Coverage {
        documents: 3,
        searchable: 3,
        ..Coverage::default()
    }));
    press(&mut app, "/ a space b enter");
    // Leaving the field may have ended the word that was being typed, which is another search.
    while app.searching {
        nothing(&mut app);
    }
    app
}

#[test]
fn a_clause_that_is_not_shown_is_not_given_up() {
    let mut app = without_answer();
    assert_eq!(app.empty_list(), Some(EmptyList::NothingFound));
    app.update(Message::Work(Some(Work::default())));
    assert_eq!(app.empty_list(), Some(EmptyList::NotYet));
    let before = app.field.text().to_owned();
    press(&mut app, "1 enter");
    assert_eq!(app.field.text(), before);
    app.update(Message::Work(None));
    press(&mut app, "esc 1");
    assert_ne!(app.field.text(), before);
}

#[test]
fn the_clause_chosen_stays_chosen_when_the_library_changes() {
    let mut app = without_answer();
    press(&mut app, "j");
    assert_eq!(app.list.cost, 1);
    app.update(Message::Changed);
    nothing(&mut app);
    assert_eq!(app.list.cost, 1);
    press(&mut app, "/ c");
    nothing(&mut app);
    assert_eq!(app.list.cost, 0, "of another question");
}
