//! Saved searches and the searches that were made, by keys.

use super::*;
use crate::library::Newly;
use crate::store::SavedSearch;

fn saved(name: &str, query: &str, new: usize) -> Newly {
    let saved = SavedSearch {
        name: name.to_owned(),
        query: query.to_owned(),
        made: 1,
        looked: 7,
    };
    Newly { saved, new }
}

/// A room with two saved searches, one with three new documents.
fn room_with_saved() -> App {
    let mut app = room();
    answer(&mut app, 1..=3);
    app.update(Message::Saved(
        vec![
            saved("Trust", "trust", 3),
            saved("Care work", "care work", 0),
        ],
        10,
    ));
    app
}

fn saved_lines(app: &App) -> Vec<(String, usize, bool)> {
    let lines = app.facets.lines().iter();
    let saved = lines.filter_map(|line| match line {
        FacetLine::Saved { name, new, chosen } => Some((name.clone(), *new, *chosen)),
        _ => None,
    });
    saved.collect()
}

fn changes(effects: &[Effect]) -> Vec<&SavedChange> {
    let changes = effects.iter().filter_map(|effect| match effect {
        Effect::Saved(change) => Some(change),
        _ => None,
    });
    changes.collect()
}

#[test]
fn the_present_question_is_saved_under_a_name_that_it_suggests() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "F");
    assert_eq!(
        app.overlay, None,
        "there is nothing to save and nothing saved"
    );
    press(&mut app, "/ t r u s t enter");
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "F enter");
    assert!(
        matches!(changes(&effects).as_slice(), [SavedChange::Save(name, query)]
            if name == "trust" && query.to_string() == "trust"),
        "{effects:?}"
    );
}

#[test]
fn a_saved_search_stands_above_the_topics_and_is_run_by_choosing_it() {
    let mut app = room_with_saved();
    assert_eq!(
        saved_lines(&app),
        [
            ("Trust".to_owned(), 3, false),
            ("Care work".to_owned(), 0, false)
        ]
    );
    let effects = press(&mut app, "f g j enter");
    assert_eq!(app.field.text(), "saved:Trust");
    assert_eq!(
        changes(&effects),
        [] as [&SavedChange; 0],
        "nothing has been seen yet"
    );
    assert!(
        app.notice
            .as_ref()
            .unwrap()
            .text
            .starts_with("3 documents are new")
    );
    let effects = answer(&mut app, 1..=9);
    assert_eq!(
        changes(&effects),
        [&SavedChange::Look("Trust".to_owned(), 10)]
    );
    assert_eq!(saved_lines(&app)[0], ("Trust".to_owned(), 0, true));
    assert_eq!(changes(&answer(&mut app, 1..=9)), [] as [&SavedChange; 0]);
    press(&mut app, "enter");
    assert_eq!(
        app.field.text(),
        "saved:Trust since:7",
        "what was new alone"
    );
    answer(&mut app, 7..=9);
    press(&mut app, "enter");
    assert_eq!(app.field.text(), "saved:Trust");
}

#[test]
fn its_name_typed_and_left_is_looking_at_it_too() {
    let mut app = room_with_saved();
    app.field.set("saved:trus");
    press(&mut app, "/ t");
    assert_eq!(changes(&answer(&mut app, 1..=9)), [] as [&SavedChange; 0]);
    let effects = press(&mut app, "enter");
    assert_eq!(changes(&effects).len(), 1, "{effects:?}");
}

#[test]
fn a_saved_search_is_renamed_asked_otherwise_and_forgotten_from_its_list() {
    let mut app = room_with_saved();
    let effects = press(&mut app, "F r ctrl-u t r u s t");
    assert_eq!(effects, []);
    let rename = press(&mut app, "enter");
    assert!(
        matches!(changes(&rename)[0], SavedChange::Change { name, to, query }
        if name == "Trust" && to == "trust" && query.to_string() == "trust")
    );
    press(&mut app, "F r ctrl-u c a r e - w o r k enter");
    assert!(app.notice.as_ref().unwrap().failed, "another has the name");
    let edit = press(&mut app, "F j e ctrl-u x enter");
    assert!(
        matches!(changes(&edit)[0], SavedChange::Change { name, to, query }
        if name == "Care work" && name == to && query.to_string() == "x")
    );
    assert_eq!(press(&mut app, "F delete n"), []);
    let forget = press(&mut app, "F delete y");
    assert_eq!(changes(&forget), [&SavedChange::Forget("Trust".to_owned())]);
    let effects = app.update(Message::SavedChanged(
        vec![saved("Care work", "care work", 0).saved],
        None,
    ));
    assert_eq!(effects, []);
    assert_eq!(saved_lines(&app).len(), 1);
    let again = press(&mut app, "U");
    assert!(matches!(changes(&again)[0], SavedChange::Again(saved) if saved.name == "Trust"));
}

#[test]
fn what_goes_wrong_is_told_and_what_the_question_names_is_asked_for_again() {
    let mut app = room_with_saved();
    app.field.set("saved:tru");
    press(&mut app, "/ s enter");
    answer(&mut app, []);
    let kept = vec![saved("Trus", "x", 0).saved];
    let effects = app.update(Message::SavedChanged(kept, Some("no".to_owned())));
    assert!(matches!(effects.as_slice(), [Effect::Search(_)]));
    assert_eq!(app.notice.as_ref().unwrap().text, "no");
}

#[test]
fn a_search_is_kept_when_it_is_used_and_walked_back_to() {
    let mut app = room();
    answer(&mut app, 1..=3);
    let kept = |effects: &[Effect]| -> Vec<String> {
        let kept = effects.iter().filter_map(|effect| match effect {
            Effect::KeepAsked(text) => Some(text.clone()),
            _ => None,
        });
        kept.collect()
    };
    assert_eq!(kept(&press(&mut app, "/ m u")), [""; 0], "not each letter");
    assert_eq!(kept(&press(&mut app, "enter")), ["mu"]);
    answer(&mut app, 1..=3);
    assert_eq!(
        kept(&press(&mut app, "enter")),
        [""; 0],
        "it is the newest already"
    );
    assert_eq!(kept(&press(&mut app, "h / ctrl-u c a r e esc")), ["care"]);
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "/ ctrl-u up");
    assert_eq!(app.field.text(), "care");
    assert!(matches!(effects.last(), Some(Effect::Search(_))));
    press(&mut app, "ctrl-p");
    assert_eq!(app.field.text(), "mu");
    press(&mut app, "up ctrl-n ctrl-n");
    assert_eq!(app.field.text(), "");
    press(&mut app, "m up");
    assert_eq!(app.field.text(), "mu");
    let effects = app.perform_anywhere(Action::ClearHistory);
    assert_eq!(effects, [Effect::ForgetAsked]);
    press(&mut app, "ctrl-u up");
    assert_eq!(app.field.text(), "");
}

#[test]
fn whoever_keeps_no_history_has_none() {
    let mut app = room();
    app.settings.history = false;
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "/ m u enter");
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepAsked(_)))
    );
    press(&mut app, "/ ctrl-u up");
    assert_eq!(app.field.text(), "");
}
