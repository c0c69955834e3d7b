//! Documents like the one in sight.

use super::*;

/// Returns the question that keys ask last.
fn asked(app: &mut App, keys: &str) -> String {
    let effects = press(app, keys);
    let request = effects.iter().rev().find_map(|effect| match effect {
        Effect::Search(request) => Some(request.query.to_string()),
        _ => None,
    });
    request.unwrap_or_default()
}

#[test]
fn in_the_list_it_is_the_selected_document_that_others_are_to_be_like() {
    let mut app = room();
    assert_eq!(asked(&mut app, "L"), "");
    answer(&mut app, 1..=3);
    assert_eq!(asked(&mut app, "j L"), "like:2");
    assert_eq!(app.field.text(), "like:2");
    answer(&mut app, [3, 1]);
    assert_eq!(
        (app.focus, selected(&app)),
        (Pane::List, Some(DocumentId(3)))
    );
}

#[test]
fn on_the_page_it_is_the_document_from_the_top_and_further_down_the_passage() {
    let mut app = room();
    answer(&mut app, 1..=3);
    assert_eq!(asked(&mut app, "enter L"), "like:1");
    assert_eq!(app.focus, Pane::List);
    answer(&mut app, [3]);

    press(&mut app, "enter pgdn");
    let at = app.page.offset();
    assert!(at > 0);
    assert_eq!(asked(&mut app, "L"), format!("like:3@{at}"));
    assert!(app.notice.as_ref().unwrap().text.contains("this passage"));
    // Back leads to where that was read.
    answer(&mut app, [1]);
    press(&mut app, "enter ,");
    assert_eq!(
        (app.page.id(), app.page.offset()),
        (Some(DocumentId(3)), at)
    );
}

#[test]
fn a_hit_in_sight_says_which_passage_is_meant() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "/ t r u s t");
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    answer(&mut app, 1..=3);
    press(&mut app, "enter");
    press(&mut app, &"n ".repeat(60));
    let hit = app.page.hit_range(app.page.hit.unwrap()).unwrap().start;
    assert!(hit > app.page.offset());
    assert_eq!(asked(&mut app, "L"), format!("like:1@{hit}"));
}

#[test]
fn what_documents_are_like_is_said_above_the_list_which_gives_way() {
    let mut app = room();
    answer(&mut app, 1..=3);
    let before = app.geometry().unwrap().list.unwrap();
    press(&mut app, "L");
    let Message::Found {
        answer: Ok(mut answer),
        generation,
        offset,
    } = found(&app, [2])
    else {
        unreachable!();
    };
    answer.likes.push(crate::query::Likeness {
        like: crate::query::Like {
            id: DocumentId(1),
            at: None,
        },
        title: Some("One".to_owned()),
        words: Vec::new(),
        without: Vec::new(),
    });
    app.update(Message::Found {
        answer: Ok(answer),
        generation,
        offset,
    });
    let geometry = app.geometry().unwrap();
    let (likeness, list) = (geometry.likeness.unwrap(), geometry.list.unwrap());
    assert_eq!((likeness.y, list.y), (before.y, before.y + 3));
    assert_eq!(list.y + list.height, before.y + before.height);
}
