//! What is done when an answer has come: with what was meant, and not for who has gone on.

use super::*;

/// Presses keys before anything that they ask for is answered.
fn type_ahead(app: &mut App, keys: &str) -> Vec<Effect> {
    let keys = keys.split_whitespace();
    keys.flat_map(|name| app.update(Message::Key(name.parse().unwrap())))
        .collect()
}

/// Answers the newest of the documents asked for.
fn come(app: &mut App, effects: &[Effect]) -> Vec<Effect> {
    let message = opened(effects, 40).unwrap();
    app.update(message)
}

fn why(app: &App, id: i64) -> Message {
    let mut why = Why::default();
    why.words.push(crate::query::Word {
        typed: "trust".to_owned(),
        field: crate::query::Field::Any,
        way: crate::query::Way {
            steps: Vec::new(),
            slop: 0,
            weight: 1.0,
            origin: crate::query::Origin::Typed,
            called: String::new(),
        },
        standing: crate::query::Standing::default(),
        by_stem: None,
        score: 2.5,
    });
    Message::Why {
        generation: app.generation,
        id: DocumentId(id),
        answer: Ok(Some(Box::new(why))),
    }
}

#[test]
fn what_is_chosen_by_name_is_done_with_the_document_that_is_coming() {
    let copied = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Copy(text, "citation") => Some(text.contains("Document 2")),
            _ => None,
        })
    };
    for size in [(160, 45), (60, 20)] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, 1..=2);
        press(&mut app, "enter h");
        let effects = type_ahead(&mut app, "j : c o p y - c i t enter");
        assert_eq!(copied(&effects), None, "{size:?}");
        assert_eq!(app.focus, Pane::Page);
        let effects = come(&mut app, &effects);
        assert_eq!(copied(&effects), Some(true), "{size:?}");

        press(&mut app, "h k");
        let effects = type_ahead(&mut app, "j : c o p y - c i t enter k");
        let effects = come(&mut app, &effects);
        assert_eq!(
            copied(&effects),
            None,
            "{size:?}: who goes on no longer waits"
        );
    }
}

#[test]
fn what_is_put_off_is_done_too_where_the_answer_opens_what_is_open() {
    let mut app = room();
    answer(&mut app, 1..=2);
    type_ahead(&mut app, "/ z");
    answer(&mut app, 1..=2);
    type_ahead(&mut app, "backspace enter");
    app.light.clone_from(&app.page.light);
    let effects = type_ahead(&mut app, "enter *");
    assert_eq!(
        (app.focus, app.awaited.is_some()),
        (Pane::Page, true),
        "{effects:?}"
    );
    let effects = answer(&mut app, 1..=2);
    assert!(
        effects.contains(&Effect::SetStarred(DocumentId(1), true)),
        "{effects:?}"
    );
}

#[test]
fn a_mark_set_ahead_is_of_the_document_that_is_coming() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    let effects = type_ahead(&mut app, "J *");
    let starred =
        |effects: &[Effect], id| effects.contains(&Effect::SetStarred(DocumentId(id), true));
    assert!(!starred(&effects, 1), "{effects:?}");
    let effects = come(&mut app, &effects);
    assert!(starred(&effects, 2), "{effects:?}");
    type_ahead(&mut app, "J E");
    let Some(Overlay::Form(form)) = &app.overlay else {
        panic!("no form: {:?}", app.overlay);
    };
    assert_eq!(form.id, DocumentId(3));
}

#[test]
fn why_is_told_of_the_document_asked_about_and_only_who_waits_is_told() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "i j");
    app.update(why(&app, 1));
    assert_eq!(app.overlay, None, "another is selected now");
    press(&mut app, "i");
    app.update(why(&app, 1));
    assert_eq!(app.overlay, None, "it was the other that was asked about");
    app.update(why(&app, 2));
    let Some(Overlay::Why { title, .. }) = &app.overlay else {
        panic!("not told: {:?}", app.overlay);
    };
    assert_eq!(title, "Document 2");

    press(&mut app, "esc i :");
    app.update(why(&app, 2));
    assert!(
        matches!(app.overlay, Some(Overlay::Ask { .. })),
        "what is typed stays"
    );
}

#[test]
fn who_has_left_the_page_is_not_taken_to_the_next_unread_document_nor_along_a_link() {
    let mut app = room();
    answer(&mut app, 1..=9);
    press(&mut app, "enter");
    let unread = |app: &App| Message::Unread {
        generation: app.generation,
        answer: Ok(Some((4, DocumentId(5)))),
    };
    press(&mut app, "ctrl-n h");
    assert_eq!(app.update(unread(&app)), []);
    assert_eq!((app.focus, app.list.selected), (Pane::List, 0));
    press(&mut app, "enter ctrl-n");
    app.update(unread(&app));
    assert_eq!(app.list.selected, 4);

    let mut app = room();
    answer(&mut app, 1..=9);
    press(&mut app, "enter");
    app.follow_link("beside:other.md");
    press(&mut app, "h");
    let led = Message::Led {
        generation: app.page.generation,
        answer: Ok(Some(DocumentId(5))),
        name: None,
    };
    assert_eq!(app.update(led), []);
}

#[test]
fn who_types_ahead_comes_back_through_the_same_documents_as_who_waits() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    let effects = type_ahead(&mut app, "J J");
    come(&mut app, &effects);
    assert_eq!(app.page.id(), Some(DocumentId(3)));
    let effects = type_ahead(&mut app, ", ,");
    come(&mut app, &effects);
    assert_eq!(app.page.id(), Some(DocumentId(1)));
    press(&mut app, ".");
    assert_eq!(app.page.id(), Some(DocumentId(2)));
    press(&mut app, ".");
    assert_eq!(app.page.id(), Some(DocumentId(3)));
}

#[test]
fn a_document_that_comes_after_nothing_was_found_is_not_shown() {
    let mut app = room();
    answer(&mut app, 1..=2);
    let effects = type_ahead(&mut app, "j");
    type_ahead(&mut app, "/ z");
    app.update(found(&app, []));
    come(&mut app, &effects);
    assert_eq!(app.page.id(), None);
    // Nor does one read what the question before found.
    let mut app = room();
    answer(&mut app, 1..=2);
    type_ahead(&mut app, "/ z enter enter");
    assert_eq!(app.focus, Pane::Page);
    app.update(found(&app, []));
    assert_eq!((app.focus, app.page.id()), (Pane::List, None));
}

#[test]
fn a_find_that_finds_nothing_leaves_the_find_before_as_it_was() {
    let mut app = room();
    answer(&mut app, 1..=2);
    press(&mut app, "enter / m u t u a l enter / z z z enter");
    assert_eq!(app.page.find.as_deref(), Some("mutual"));
    let hits = app.page.sheet.as_ref().unwrap().lit.len();
    app.page.go_to_hit(hits - 1, 30);
    press(&mut app, "n");
    assert_eq!(
        (app.page.id(), app.page.hit),
        (Some(DocumentId(1)), Some(0))
    );
    press(&mut app, "esc");
    assert_eq!((app.focus, app.page.find.as_deref()), (Pane::Page, None));
}

#[test]
fn a_press_on_the_page_reads_on_in_what_stands_there_though_it_is_not_in_the_list() {
    let mut app = room();
    answer(&mut app, 1..=2);
    press(&mut app, "enter");
    let effects = app.open(DocumentId(77), Aim::FirstHit);
    come(&mut app, &effects);
    press(&mut app, "h");
    let area = app.page_area().unwrap();
    let effects = app.update(Message::Mouse(Mouse::Press(area.x, area.y + 2)));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open(_))),
        "{effects:?}"
    );
    assert_eq!(
        (app.focus, app.page.id()),
        (Pane::Page, Some(DocumentId(77)))
    );
}

#[test]
fn what_is_away_from_the_list_while_the_library_changes_is_read_on_and_the_list_shows_its_page_again()
 {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "enter O");
    app.update(Message::Changed);
    app.update(found(&app, [2, 3]));
    press(&mut app, "esc");
    assert_eq!(
        (app.focus, app.page.id()),
        (Pane::Page, Some(DocumentId(1)))
    );
    app.update(Message::Changed);
    answer(&mut app, [2, 3]);
    assert_eq!(app.page.id(), Some(DocumentId(1)));

    press(&mut app, "h O");
    app.update(Message::Changed);
    app.update(found(&app, [3]));
    press(&mut app, "esc");
    assert_eq!(
        (app.focus, app.page.id()),
        (Pane::List, Some(DocumentId(3)))
    );
}

#[test]
fn after_a_search_that_failed_what_is_done_is_done_with_the_answer_that_stands() {
    let mut app = room();
    answer(&mut app, 1..=30);
    let before = app.query.clone();
    press(&mut app, "/ m enter");
    app.update(Message::Found {
        generation: app.generation,
        offset: 0,
        answer: Err("the disk is gone".to_owned()),
    });
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Search(SearchRequest { query, .. })
            | Effect::MarkAllRead(query, _)
            | Effect::NextUnread { query, .. }
            | Effect::Explain { query, .. } => Some(query.clone()),
            _ => None,
        })
    };
    for keys in ["i", "m", "G"] {
        if keys == "G" {
            app.list.total = 5000;
        }
        let effects = press(&mut app, keys);
        assert_eq!(
            asked(&effects).as_ref(),
            Some(&before),
            "{keys}: {effects:?}"
        );
    }
    assert_eq!(asked(&app.update(Message::Changed)), Some(before));
    assert_eq!(app.field.text(), "m", "what was typed can be asked again");
}
