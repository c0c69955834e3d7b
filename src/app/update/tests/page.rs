//! Behaviour of the page.

use super::*;

#[test]
fn a_document_opened_again_after_another_question_is_lit_by_that_and_opens_at_its_first_hit() {
    for size in [(160, 45), (78, 30), (60, 20)] {
        let mut app = room();
        app.update(Message::Resize(size.0, size.1));
        answer(&mut app, [1]);
        press(&mut app, "/ t r u s t");
        answer(&mut app, [1]);
        press(&mut app, "enter");
        answer(&mut app, [1]);
        press(&mut app, "enter n n n n n n pgdn pgdn h");
        press(&mut app, "/ ctrl-u w o r d s");
        answer(&mut app, [1]);
        press(&mut app, "enter enter");
        answer(&mut app, [1]);
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
fn n_walks_the_hits_of_the_page_and_goes_on_into_the_next_document() {
    let mut app = room();
    answer(&mut app, 1..=2);
    press(&mut app, "/ t r u s t");
    answer(&mut app, 1..=2);
    press(&mut app, "enter");
    answer(&mut app, 1..=2);
    press(&mut app, "n");
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
