//! Behaviour of the list of documents.

use super::*;

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
        troubles: Vec::new(),
        likes: Vec::new(),
        only_begins: false,
        is_counted: true,
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
