//! Behaviour, by messages in, state and effects out.

use std::time::Duration;

use super::super::*;
use crate::config::keys::Keymap;
use crate::config::settings::Settings;
use crate::document::{
    BlockKind, BodyBuilder, Document, DocumentId, Key as DocumentKey, Marks, Metadata, Title,
};
use crate::library::{FoundRow, Opened};
use crate::query::{Hits, Lexicon, Matcher, Snippet};

mod curate;

const LONG: &str = "Words about mutuals and trust in one long paragraph. ";

fn room() -> App {
    let (keymap, warnings) = Keymap::load(None);
    assert!(warnings.is_empty(), "{warnings:?}");
    let start = Start {
        settings: Settings::default(),
        set: Settings::default(),
        themes: vec!["default".to_owned(), "dark".to_owned()],
        keymap,
        size: (160, 45),
        last: None,
    };
    let (app, effects) = App::new(start);
    assert!(matches!(effects.as_slice(), [Effect::Search(request)] if request.generation == 1));
    app
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
    let message = found(app, ids);
    let mut effects = app.update(message);
    if let Some(message) = opened(&effects, 40) {
        effects.extend(app.update(message));
    }
    effects
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
fn the_selection_stays_on_its_document_when_the_library_changes() {
    let mut app = room();
    answer(&mut app, 1..=5);
    press(&mut app, "j j");
    assert_eq!(selected(&app), Some(DocumentId(3)));
    assert!(matches!(
        app.update(Message::Changed).as_slice(),
        [Effect::Search(_)]
    ));
    let effects = answer(&mut app, [9, 8, 1, 2, 3, 4, 5]);
    assert_eq!(selected(&app), Some(DocumentId(3)));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open(_))),
        "{effects:?}"
    );
}

#[test]
fn enter_opens_what_the_question_finds_and_never_a_row_of_an_older_answer() {
    for size in [(160, 45), (60, 20)] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, 1..=3);
        let effects = press(&mut app, "/ m enter enter");
        assert_eq!(app.focus, Pane::Page);
        let touches = |effect: &Effect| matches!(effect, Effect::SetRead(..) | Effect::Open(_));
        assert!(!effects.iter().any(touches), "{effects:?}");
        let effects = answer(&mut app, [7, 8]);
        assert_eq!(app.page.id(), Some(DocumentId(7)), "{size:?}");
        assert!(
            effects.contains(&Effect::SetRead(vec![DocumentId(7)], true)),
            "{effects:?}"
        );
    }
}

#[test]
fn a_document_opened_again_after_another_question_is_lit_by_that_and_opens_at_its_first_hit() {
    for size in [(160, 45), (78, 30), (60, 20)] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, [1]);
        press(&mut app, "/ t r u s t");
        answer(&mut app, [1]);
        press(&mut app, "enter enter n n n n n n pgdn pgdn h");
        press(&mut app, "/ ctrl-u w o r d s");
        answer(&mut app, [1]);
        press(&mut app, "enter enter");
        let sheet = app.page.sheet.as_ref().unwrap();
        let lit = sheet.body().slice(sheet.lit[0]);
        assert_eq!((lit, app.page.hit), ("Words", Some(0)), "{size:?}");
    }
}

#[test]
fn a_find_without_a_hit_leaves_place_and_light_as_they_were() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "/ t r u s t");
    answer(&mut app, [1]);
    press(&mut app, "enter enter n n n n n n n n n n n n pgdn");
    let before = (app.page.top, app.page.hit);
    press(&mut app, "/ z z z enter");
    assert_eq!((app.page.top, app.page.hit), before);
    assert_eq!(app.page.sheet.as_ref().unwrap().lit.len(), 160);
    press(&mut app, "<");
    assert_eq!(app.page.sheet.as_ref().unwrap().lit.len(), 160);
}

#[test]
fn what_was_marked_as_unread_on_the_page_stays_so_when_it_is_set_again() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter");
    assert!(press(&mut app, "r").contains(&Effect::SetRead(vec![DocumentId(1)], false)));
    let effects = press(&mut app, "< >");
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::SetRead(..))),
        "{effects:?}"
    );
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
    let lines = app.overlay_lines();
    let says = |text: &str| lines.iter().any(|line| line.text == text);
    assert!(says("find in this document") && !says("search the library"));
}

#[test]
fn n_walks_the_hits_of_the_page_and_goes_on_into_the_next_document() {
    let mut app = room();
    answer(&mut app, 1..=2);
    press(&mut app, "/ t r u s t");
    answer(&mut app, 1..=2);
    press(&mut app, "enter n");
    assert_eq!((app.focus, app.page.hit), (Pane::Page, Some(0)));
    let hits = app.page.sheet.as_ref().unwrap().lit.len();
    assert_eq!(hits, 160);
    for _ in 1..hits {
        press(&mut app, "n");
    }
    assert_eq!(app.page.hit, Some(hits - 1));
    press(&mut app, "n");
    assert_eq!(
        (app.page.id(), app.page.hit),
        (Some(DocumentId(2)), Some(0))
    );
    press(&mut app, "N");
    assert_eq!(
        (app.page.id(), app.page.hit),
        (Some(DocumentId(1)), Some(hits - 1))
    );
}

#[test]
fn the_current_hit_is_always_in_sight() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "/ t r u s t");
    answer(&mut app, [1]);
    press(&mut app, "enter");
    for key in ["n", "N"] {
        for _ in 0..150 {
            press(&mut app, key);
            let range = app.page.hit_range(app.page.hit.unwrap()).unwrap();
            let row = app.page.sheet.as_ref().unwrap().row_at(range.start);
            let height = app.page_height();
            assert!(
                (app.page.top..app.page.top + height).contains(&row),
                "{key} {:?}",
                app.page.hit
            );
        }
    }
}

#[test]
fn reading_marks_as_read_and_leaving_the_page_remembers_the_place() {
    let mut app = room();
    answer(&mut app, 1..=2);
    let effects = press(&mut app, "enter");
    assert!(
        effects.contains(&Effect::SetRead(vec![DocumentId(1)], true)),
        "{effects:?}"
    );
    let effects = press(&mut app, "pgdn esc");
    let place = effects.iter().find_map(|effect| match effect {
        Effect::SetPosition(id, anchor) => Some((*id, anchor.at)),
        _ => None,
    });
    assert!(
        place.is_some_and(|(id, at)| id == DocumentId(1) && at > 0),
        "{effects:?}"
    );
    assert_eq!(app.focus, Pane::List);
}

#[test]
fn a_resize_keeps_the_words_at_the_top() {
    let mut app = room();
    answer(&mut app, [1]);
    press(&mut app, "enter pgdn pgdn");
    let before = app.page.offset();
    assert!(before > 0);
    for size in [(100, 30), (60, 20), (160, 45)] {
        let effects = app.update(Message::Resize(size.0, size.1));
        if let Some(message) = opened(&effects, 40) {
            app.update(message);
        }
        let row = app.page.sheet.as_ref().unwrap().row_at(before);
        assert_eq!(app.page.top, row, "{size:?}");
    }
}

#[test]
fn a_star_can_be_taken_back() {
    let mut app = room();
    answer(&mut app, 1..=2);
    assert!(press(&mut app, "*").contains(&Effect::SetStarred(DocumentId(1), true)));
    assert!(press(&mut app, "U").contains(&Effect::SetStarred(DocumentId(1), false)));
    assert!(press(&mut app, "U").is_empty());
    assert_eq!(
        app.notice.as_ref().map(|notice| notice.text.as_str()),
        Some("nothing to undo")
    );
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
    assert_eq!((app.focus, app.field.text()), (Pane::List, "m"));
    press(&mut app, "esc");
    assert_eq!((app.field.text(), app.done), ("", false));
    press(&mut app, "q");
    assert!(app.done);
}

#[test]
fn nothing_found_leaves_no_document_on_the_page() {
    let mut app = room();
    answer(&mut app, 1..=2);
    assert!(app.page.sheet.is_some());
    press(&mut app, "/ z");
    answer(&mut app, []);
    assert!(app.page.sheet.is_none());
    press(&mut app, "enter enter n j k g G z z");
    assert!(!app.done);
}

#[test]
fn back_and_forward_go_where_one_was() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter J J");
    assert_eq!(app.page.id(), Some(DocumentId(3)));
    press(&mut app, ", ,");
    assert_eq!(app.page.id(), Some(DocumentId(1)));
    press(&mut app, ".");
    assert_eq!(app.page.id(), Some(DocumentId(2)));
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

#[test]
fn rows_out_of_sight_are_asked_for_once_when_they_come_into_sight() {
    let mut app = room();
    // The store has lost every row that the index still counts: nothing can be loaded.
    let none = |app: &App| Found {
        query: app.query.clone(),
        hits: Hits {
            total: 5000,
            ..Hits::default()
        },
        rows: Vec::new(),
        costs: Vec::new(),
        took: Duration::ZERO,
    };
    let answer = |app: &mut App, offset| {
        let answer = Ok(Box::new(none(app)));
        app.update(Message::Found {
            generation: app.generation,
            offset,
            answer,
        })
    };
    answer(&mut app, 0);
    let effects = press(&mut app, "G");
    let [Effect::Search(request)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let height = app.list_height();
    assert!(
        request.offset <= app.list.top && request.offset + request.limit >= app.list.top + height
    );
    let offset = request.offset;
    assert_eq!(answer(&mut app, offset), []);
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
fn doubles_are_unfolded_and_folded_again_around_the_same_article() {
    let mut app = room();
    with_doubles(&mut app);
    press(&mut app, "j");
    let effects = press(&mut app, "d");
    let Some(Effect::Search(request)) = effects.last() else {
        panic!("{effects:?}");
    };
    assert_eq!(request.doubles, Doubles::Apart);
    assert_eq!(request.around, Some(DocumentId(2)));
    app.update(found(&app, [1, 5, 2, 3]));
    assert_eq!(app.list.selected_row().unwrap().id, DocumentId(2));
    press(&mut app, "d");
    app.update(found(&app, [1, 2, 3]));
    assert_eq!(app.list.selected, 1);
    assert_eq!(app.doubles, Doubles::Folded);
}

#[test]
fn a_mark_on_a_double_shows_on_the_row_that_stands_for_it() {
    let mut app = room();
    with_doubles(&mut app);
    app.update(Message::Marked(vec![DocumentId(5)], true));
    assert!(app.list.row(1).unwrap().marks.read);
    assert!(!app.list.row(0).unwrap().marks.read);
}

#[test]
fn the_page_goes_from_source_to_source_of_an_article_and_back() {
    let mut app = room();
    with_doubles(&mut app);
    press(&mut app, "j enter");
    press(&mut app, "d");
    assert!(app.notice.as_ref().unwrap().text.contains("one source"));
    app.page.sheet.as_mut().unwrap().opened.also = vec![crate::library::Also {
        id: DocumentId(5),
        source: "Ethos".to_owned(),
    }];
    press(&mut app, "d");
    assert_eq!(app.page.id(), Some(DocumentId(5)));
    press(&mut app, "backspace");
    assert_eq!(app.page.id(), Some(DocumentId(2)));
}

#[test]
fn the_changes_of_a_text_are_shown_in_its_place_and_leave_no_position_behind() {
    let mut app = room();
    with_doubles(&mut app);
    press(&mut app, "j enter V");
    assert_eq!(app.page.sheet.as_ref().unwrap().face(), Face::Text);
    app.page.sheet.as_mut().unwrap().opened.earlier = 2;
    let effects = press(&mut app, "V");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open(request) if request.face == Face::Changes))
    );
    assert_eq!(app.page.sheet.as_ref().unwrap().face(), Face::Changes);
    assert!(app.page.anchor().is_none());
    app.page.sheet.as_mut().unwrap().opened.earlier = 2;
    // Another measure keeps the face, Esc leaves it, and so does another document.
    press(&mut app, ">");
    assert_eq!(app.page.sheet.as_ref().unwrap().face(), Face::Changes);
    app.page.sheet.as_mut().unwrap().opened.earlier = 2;
    press(&mut app, "esc");
    assert_eq!(app.page.sheet.as_ref().unwrap().face(), Face::Text);
    assert_eq!(app.focus, Pane::Page);
    app.page.sheet.as_mut().unwrap().opened.earlier = 2;
    press(&mut app, "V J");
    assert_eq!(app.page.id(), Some(DocumentId(3)));
    assert_eq!(app.page.sheet.as_ref().unwrap().face(), Face::Text);
}
