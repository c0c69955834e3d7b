//! Behaviour, by messages in, state and effects out.

use std::time::Duration;

use super::super::*;
use crate::config::keys::Keymap;
use crate::config::settings::Settings;
use crate::document::{
    BlockKind, BodyBuilder, Document, DocumentId, Key as DocumentKey, Marks, Metadata, Title,
};
use crate::library::{FoundRow, Opened};
use crate::query::{Facets, Hits, Lexicon, Matcher, Snippet};

mod awaited;
mod breadth;
mod completion;
mod concordance;
mod costs;
mod curate;
mod facets;
mod glossary;
mod like;
mod list;
mod list_place;
mod mouse;
mod overlay;
mod page;
mod paste;
mod question;
mod saved;
mod sight;
mod sources;
mod tags;
mod taken;

const LONG: &str = "Words about mutuals and trust in one long paragraph. ";

fn room() -> App {
    let (app, effects) = App::new(start(None));
    assert!(matches!(effects.as_slice(), [Effect::Search(request)] if request.generation == 1));
    app
}

/// Returns what the room is entered with, where this document was read last.
fn start(last: Option<DocumentId>) -> Start {
    let (keymap, warnings) = Keymap::load(None);
    assert!(warnings.is_empty(), "{warnings:?}");
    Start {
        settings: Settings::default(),
        set: Settings::default(),
        themes: vec!["default".to_owned(), "dark".to_owned()],
        keymap,
        size: (160, 45),
        last,
        thesaurus: Arc::new(Thesaurus::of_the_program()),
    }
}

fn row(id: i64) -> FoundRow {
    FoundRow {
        id: DocumentId(id),
        key: DocumentKey(id.to_string()),
        title: Title {
            text: format!("Document {id}"),
            derived: false,
        },
        title_lit: Vec::new(),
        authors: Vec::new(),
        published: None,
        source: "source".to_owned(),
        url: None,
        topics: Vec::new(),
        kind: crate::document::Kind::Post,
        score: 1.0,
        marks: Marks::default(),
        snippet: Snippet::default(),
        also: Vec::new(),
    }
}

fn found(app: &App, ids: impl IntoIterator<Item = i64>) -> Message {
    let rows: Vec<FoundRow> = ids.into_iter().map(row).collect();
    let expanded = crate::query::expand(&app.query, &Lexicon::default());
    let hits = Hits {
        total: rows.len(),
        expanded,
        ..Hits::default()
    };
    let answer = Found {
        query: app.query.clone(),
        hits,
        rows,
        costs: Vec::new(),
        troubles: Vec::new(),
        likes: Vec::new(),
        only_begins: false,
        is_counted: true,
        took: Duration::ZERO,
    };
    Message::Found {
        generation: app.generation,
        offset: 0,
        answer: Ok(Box::new(answer)),
    }
}

/// Answers what the room asked for about documents, as the worker would.
fn opened(effects: &[Effect], paragraphs: usize) -> Option<Message> {
    let request = effects.iter().rev().find_map(|effect| match effect {
        Effect::Open(request) => Some(request),
        _ => None,
    })?;
    let mut builder = BodyBuilder::new();
    for _ in 0..paragraphs {
        builder.block(BlockKind::Paragraph, &LONG.repeat(4));
    }
    let metadata = Metadata {
        title: Title {
            text: format!("Document {}", request.id),
            derived: false,
        },
        ..Metadata::default()
    };
    let document = Document {
        key: DocumentKey("key".to_owned()),
        metadata,
        body: builder.finish(),
    };
    let opened = Opened {
        id: request.id,
        document,
        source: "source".to_owned(),
        marks: Marks::default(),
        notes: Vec::new(),
        chapters: Vec::new(),
        also: Vec::new(),
        earlier: 0,
        face: request.face,
    };
    let sheet = Sheet::new(
        opened,
        request.measure,
        request.hyphenation,
        &Matcher::new(&request.light),
    );
    Some(Message::Opened {
        generation: request.generation,
        answer: Ok(Some(Box::new(sheet))),
    })
}

/// Presses keys by their names; whatever they ask for about documents is answered.
fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let mut all = Vec::new();
    for name in keys.split_whitespace() {
        let mut effects = app.update(Message::Key(name.parse().unwrap()));
        while let Some(message) = opened(&effects, 40) {
            all.append(&mut effects);
            effects = app.update(message);
        }
        all.append(&mut effects);
    }
    all
}

fn selected(app: &App) -> Option<DocumentId> {
    app.list.selected_row().map(|row| row.id)
}

fn answer(app: &mut App, ids: impl IntoIterator<Item = i64>) -> Vec<Effect> {
    let ids: Vec<i64> = ids.into_iter().collect();
    let message = found(app, ids.iter().copied());
    let mut effects = app.update(message);
    if app.searching {
        // The field was left before this answer came: what it asks then has the same.
        let message = found(app, ids);
        effects.extend(app.update(message));
    }
    if let Some(message) = opened(&effects, 40) {
        effects.extend(app.update(message));
    }
    effects
}

#[test]
fn counts_of_the_answer_before_stand_until_those_of_the_new_one_come() {
    let mut app = room();
    let facets = |count| Facets {
        kinds: vec![crate::query::Count {
            value: "article".to_owned(),
            count,
        }],
        ..Default::default()
    };
    let all = |app: &App| {
        app.facets.lines().iter().find_map(|line| match line {
            FacetLine::All { count, .. } => Some(*count),
            _ => None,
        })
    };
    let message = found(&app, [1, 2, 3]);
    app.update(message);
    let before = all(&app);
    app.search();
    let Message::Found {
        generation,
        offset,
        answer,
    } = found(&app, [4, 5])
    else {
        panic!("no answer");
    };
    let mut answer = answer.unwrap();
    answer.is_counted = false;
    app.update(Message::Found {
        generation,
        offset,
        answer: Ok(answer),
    });
    assert_eq!((app.list.total, all(&app)), (2, before));
    let counts = |generation, total| Message::Counts {
        generation,
        total,
        facets: facets(total),
    };
    app.update(counts(generation - 1, 9));
    assert_eq!(all(&app), before, "those of an older search are dropped");
    app.update(counts(generation, 2));
    assert_eq!(all(&app), Some(2));
}

#[test]
fn every_letter_typed_is_a_search_with_a_higher_number() {
    let mut app = room();
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "/ m u");
    let searched: Vec<(u64, String)> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Search(request) => Some((request.generation, request.query.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(searched, [(2, "m*".to_owned()), (3, "mu*".to_owned())]);
}

#[test]
fn a_stale_answer_is_dropped_and_old_hits_stand_until_new_ones_come() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "/ m");
    let stale = found(&app, [7]);
    press(&mut app, "u");
    app.update(stale);
    assert_eq!(selected(&app), Some(DocumentId(1)));
    assert_eq!(app.list.total, 3);
    answer(&mut app, [2]);
    assert_eq!(selected(&app), Some(DocumentId(2)));
}

#[test]
fn a_slash_on_an_empty_find_goes_on_to_the_library() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter / /");
    assert_eq!((app.focus, app.overlay.is_some()), (Pane::Field, false));
    press(&mut app, "tab / /");
    assert_eq!(
        (app.focus, app.facets.narrow.is_some()),
        (Pane::Field, false)
    );
}

#[test]
fn esc_never_leaves_the_room() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter esc esc esc esc");
    assert!(!app.done);
    press(&mut app, "q");
    assert!(app.done);
}

#[test]
fn an_action_chosen_by_name_goes_where_it_belongs() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, ": w i d e r enter");
    assert_eq!((app.focus, app.settings.measure), (Pane::Page, 76));
}

#[test]
fn help_shows_a_key_only_where_it_does_so() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter ?");
    let lines = app.overlay_lines(app.overlay.as_ref().unwrap());
    let says = |text: &str| lines.iter().any(|line| line.text == text);
    assert!(says("find in this document") && !says("search the library"));
}

#[test]
fn a_count_repeats_a_motion() {
    let mut app = room();
    answer(&mut app, 1..=20);
    press(&mut app, "1 0 j");
    assert_eq!(app.list.selected, 10);
    press(&mut app, "3 k");
    assert_eq!(app.list.selected, 7);
    press(&mut app, "9 9 9 9 9 9 9 9 9 j");
    assert_eq!(app.list.selected, 19);
}

#[test]
fn leaving_goes_one_level_out_at_a_time() {
    let mut app = room();
    answer(&mut app, 1..=2);
    press(&mut app, "/ m");
    answer(&mut app, 1..=2);
    press(&mut app, "enter enter");
    assert_eq!(app.focus, Pane::Page);
    press(&mut app, "q");
    assert_eq!((app.focus, app.field.text()), (Pane::List, "m "));
    press(&mut app, "esc");
    assert_eq!((app.field.text(), app.done), ("", false));
    press(&mut app, "q");
    assert!(app.done);
}

#[test]
fn every_action_in_the_key_table_is_known_and_every_action_can_be_reached() {
    let (keymap, _) = Keymap::load(None);
    let names: Vec<&str> = ACTIONS.iter().map(|entry| entry.name).collect();
    assert_eq!(keymap.check(&names), []);
    for entry in ACTIONS {
        assert_eq!(Action::from_name(entry.name), Some(entry.action));
        let bound = keymap
            .bindings()
            .any(|binding| binding.action == entry.name && !binding.keys.is_empty());
        assert!(
            bound || App::palette(entry.name).contains(&entry.action),
            "{}",
            entry.name
        );
    }
}

#[test]
fn no_key_does_harm_in_any_pane_whatever_came_before() {
    let (keymap, _) = Keymap::load(None);
    let keys: Vec<_> = keymap
        .bindings()
        .flat_map(|binding| binding.keys.clone())
        .collect();
    for size in [(160, 45), (100, 30), (60, 20), (40, 12), (10, 3)] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, 1..=30);
        // A fixed walk through all keys, each after many others: a linear congruence with a full period.
        let mut place: usize = 7;
        for _ in 0..3000 {
            place = (place * 1103 + 12_345) % 65_536;
            let key = keys[place % keys.len()];
            let mut effects = app.update(Message::Key(key));
            for _ in 0..3 {
                let Some(message) = opened(&effects, place % 7) else {
                    break;
                };
                effects = app.update(message);
            }
            if app.searching {
                answer(&mut app, 1..=i64::try_from(place % 40).unwrap());
            }
            assert!(app.list.total == 0 || app.list.selected < app.list.total);
            app.done = false;
        }
    }
}

/// Two rows that are one article: 2 stands for 5.
fn with_doubles(app: &mut App) {
    app.update(found(app, [1, 2, 3]));
    let also = crate::library::Also {
        id: DocumentId(5),
        source: "Ethos".to_owned(),
    };
    for row in app.list.rows_of(DocumentId(2)) {
        row.also = vec![also.clone()];
    }
}

#[test]
fn thousands_are_parted() {
    for (number, text) in [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (1_234_567, "1,234,567"),
    ] {
        assert_eq!(grouped(number), text);
    }
}
