//! The list of what was added, by keys and mouse.

use std::sync::Arc;

use super::*;
use crate::app::{Mouse, Overlay, SourceKey, source_rows};
use crate::library::{FailedFile, SourceInfo};
use crate::store::{SourceKind, Waiting};

fn source(id: i64, name: &str) -> SourceInfo {
    SourceInfo {
        id: SourceId(id),
        kind: SourceKind::Folder,
        name: name.to_owned(),
        path: (id > 1).then(|| format!("/home/ann/{name}").into()),
        documents: 3,
        hidden: 1,
        folded: 0,
        added: jiff::Timestamp::UNIX_EPOCH,
        looked: None,
        warnings: Vec::new(),
        failed: Vec::new(),
        textless: Vec::new(),
    }
}

/// Answers the newest request for the list, as the worker would, with so many sources.
fn listed(app: &mut App, effects: &[Effect], count: i64) -> Vec<Effect> {
    let request = effects.iter().rev().find_map(|effect| match effect {
        Effect::ListSources(request) => Some(request),
        _ => None,
    });
    let mut sources: Vec<SourceInfo> = (1..=count)
        .map(|id| source(id, &format!("source {id}")))
        .collect();
    if let Some(second) = sources.get_mut(1) {
        second.failed.push(FailedFile {
            source: second.name.clone(),
            path: "b.pdf".to_owned(),
            reason: "is locked".to_owned(),
        });
    }
    let waiting = Waiting {
        subscription: crate::document::Subscription {
            address: "https://example.org/feed".to_owned(),
            ..Default::default()
        },
        origin: "list.opml".to_owned(),
        added: 0,
    };
    let rows = source_rows(&sources, &[waiting]);
    let request = request.unwrap();
    app.update(Message::Sources {
        generation: request.generation,
        answer: Ok(Arc::new(SourceListing::found(&rows, request))),
    })
}

/// Opens the list with so many sources.
fn at_the_list(count: i64) -> App {
    let mut app = room();
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "O");
    listed(&mut app, &effects, count);
    app
}

fn told(app: &App) -> &str {
    app.notice.as_ref().map_or("", |notice| &notice.text)
}

fn working() -> Message {
    Message::Work(Some(Work {
        what: "reading".to_owned(),
        done: 1,
        ..Work::default()
    }))
}

#[test]
fn enter_asks_for_the_documents_of_a_source_and_of_nothing_else() {
    let mut app = at_the_list(3);
    let effects = press(&mut app, "j enter");
    assert_eq!(app.field.text(), "in:\"source 2\"");
    assert!(matches!(effects.last(), Some(Effect::Search(_))));
    assert_eq!(app.focus, Pane::List);
    press(&mut app, "O G enter");
    assert_eq!(told(&app), "nothing of it is here: recto does not fetch");
    assert_eq!(app.focus, Pane::Sources);
}

#[test]
fn a_source_is_read_again_alone_or_with_all_others() {
    let mut app = at_the_list(3);
    assert_eq!(press(&mut app, "r"), []);
    assert!(told(&app).contains("no file or folder"), "{}", told(&app));
    assert_eq!(press(&mut app, "j r"), [Effect::Refresh(vec![SourceId(2)])]);
    assert_eq!(press(&mut app, "R"), [Effect::Refresh(Vec::new())]);
    press(&mut app, "q");
    assert_eq!(app.focus, Pane::List);
    assert_eq!(press(&mut app, "R"), [Effect::Refresh(Vec::new())]);
}

#[test]
fn removing_is_asked_and_says_what_will_go() {
    let mut app = at_the_list(3);
    press(&mut app, "j delete");
    let lines = app.overlay_lines(app.overlay.as_ref().unwrap());
    let says = |text: &str| lines.iter().any(|line| line.text.contains(text));
    assert!(
        says("source 2") && says("4 documents go, 1 of them hidden"),
        "{lines:?}"
    );
    assert!(says("on the disk is not touched"), "{lines:?}");
    assert_eq!(press(&mut app, "n"), []);
    assert_eq!((&app.overlay, app.focus), (&None, Pane::Sources));
    let remove = |key, name: &str| vec![Effect::Remove(key, name.to_owned())];
    let added = SourceKey::Added(SourceId(2));
    assert_eq!(press(&mut app, "delete y"), remove(added, "source 2"));
    let address = "https://example.org/feed";
    let waiting = SourceKey::Address(address.to_owned());
    assert_eq!(press(&mut app, "G delete y"), remove(waiting, address));
}

#[test]
fn failures_are_those_of_the_source_with_the_cursor() {
    let mut app = at_the_list(3);
    press(&mut app, "!");
    assert_eq!(told(&app), "everything in “source 1” could be read");
    press(&mut app, "j !");
    let lines = app.laid(app.overlay.as_ref().unwrap()).lines;
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["b.pdf", "  is locked"]);
    press(&mut app, "esc");
    assert_eq!((&app.overlay, app.focus), (&None, Pane::Sources));
}

#[test]
fn a_find_narrows_the_list_until_esc_and_a_second_slash_searches_the_library() {
    let mut app = at_the_list(30);
    press(&mut app, "G k");
    let effects = press(&mut app, "/ 3 0");
    listed(&mut app, &effects, 30);
    assert_eq!((app.sources.len(), app.sources.selected), (1, 0));
    press(&mut app, "enter");
    assert!(!app.sources.typing);
    assert_eq!(press(&mut app, "r"), [Effect::Refresh(vec![SourceId(30)])]);
    let effects = press(&mut app, "esc");
    listed(&mut app, &effects, 30);
    assert_eq!((app.sources.len(), app.sources.selected), (31, 29));
    press(&mut app, "esc");
    assert_eq!(app.focus, Pane::List);
    press(&mut app, "O / /");
    assert_eq!(app.focus, Pane::Field);
}

#[test]
fn esc_stops_the_work_under_way_before_it_leaves() {
    let mut app = at_the_list(3);
    app.update(working());
    assert_eq!(app.stop_keys(), "esc");
    assert_eq!(press(&mut app, "esc"), [Effect::StopWork]);
    assert_eq!(app.focus, Pane::Sources);
    app.update(Message::Work(None));
    press(&mut app, "esc");
    assert_eq!(app.focus, Pane::List);
    app.update(working());
    assert_eq!(press(&mut app, "esc"), [Effect::StopWork]);
    press(&mut app, "/ x");
    assert_eq!(app.stop_keys(), "ctrl-g", "esc leaves the field");
}

#[test]
fn the_list_is_asked_for_again_as_the_library_changes_and_never_twice_at_a_time() {
    let lists = |effects: &[Effect]| {
        let lists = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::ListSources(_)));
        lists.count()
    };
    let mut app = at_the_list(3);
    let effects = app.update(Message::Changed);
    assert_eq!(lists(&effects), 1);
    assert_eq!(lists(&app.update(Message::Changed)), 0, "one is on its way");
    let again = listed(&mut app, &effects, 4);
    assert_eq!(lists(&again), 1, "what came meanwhile is asked for at last");
    assert_eq!(lists(&listed(&mut app, &again, 5)), 0);
    assert_eq!(app.sources.len(), 6);
    let mut asked = 0;
    for _ in 0..25 {
        let effects = app.update(working());
        if lists(&effects) > 0 {
            asked += 1;
            listed(&mut app, &effects, 5);
        }
    }
    assert_eq!(asked, 2);
    press(&mut app, "q");
    assert_eq!(lists(&app.update(Message::Changed)), 0, "out of sight");
}

#[test]
fn a_click_chooses_a_source_and_a_second_shows_its_documents() {
    let mut app = at_the_list(30);
    let rows = app
        .sources
        .layout(app.geometry().unwrap().sources.unwrap())
        .rows;
    app.update(Message::Mouse(Mouse::Press(5, rows.y + 4)));
    assert_eq!(app.sources.selected, 4);
    app.update(Message::Mouse(Mouse::Wheel(5, rows.y + 4, 2)));
    assert_eq!(app.sources.selected, 10);
    app.update(Message::Mouse(Mouse::Press(5, rows.y + 10)));
    assert_eq!(app.field.text(), "in:\"source 11\"");
    assert_eq!(app.focus, Pane::List);
}

#[test]
fn work_that_has_begun_shows_in_the_place_of_the_word_that_it_begins() {
    let mut app = at_the_list(3);
    press(&mut app, "R");
    assert!(told(&app).starts_with("reading all sources again"));
    app.update(working());
    assert_eq!(app.notice, None);
    press(&mut app, "esc");
    app.update(working());
    assert_eq!(told(&app), "stopping; what is done is kept");
}

#[test]
fn adding_from_the_list_comes_back_to_it() {
    let mut app = at_the_list(3);
    press(&mut app, "a");
    assert!(matches!(app.overlay, Some(Overlay::Ask { .. })));
    let effects = press(&mut app, "~ / x enter");
    assert_eq!(effects, [Effect::Add("~/x".to_owned())]);
    assert_eq!(app.focus, Pane::Sources);
}
