//! Own tags, by keys.

use super::*;
use crate::app::{Overlay, TagForm, Undo};
use crate::query::Count;

fn form(app: &App) -> &TagForm {
    match &app.overlay {
        Some(Overlay::Tags(form)) => form,
        other => panic!("a line of tags, not {other:?}"),
    }
}

fn known(app: &mut App) {
    let tags = [("mutuals", 3), ("to read", 9)].map(|(name, count)| Count {
        value: name.to_owned(),
        count,
    });
    app.update(Message::Tags(tags.to_vec()));
}

fn tags(app: &App) -> &[String] {
    &app.list.selected_row().unwrap().marks.tags
}

#[test]
fn tags_are_typed_completed_kept_and_undone() {
    let mut app = room();
    answer(&mut app, 1..=3);
    let effects = press(&mut app, "+");
    assert_eq!(effects, [Effect::ListTags]);
    known(&mut app);
    let effects = press(&mut app, "t tab n e w enter");
    let expected = ["new".to_owned(), "to read".to_owned()];
    assert_eq!(
        effects[0],
        Effect::SetTags(DocumentId(1), expected.to_vec())
    );
    assert!(matches!(effects[1], Effect::Search(_)), "the counts change");
    assert_eq!(app.overlay, None);
    assert_eq!(tags(&app), expected);
    // Taken out of the line, it is taken off the document.
    press(&mut app, "+");
    assert_eq!(form(&app).line.text(), "new, to read, ");
    known(&mut app);
    let effects = press(&mut app, "ctrl-w ctrl-w enter");
    assert_eq!(
        effects[0],
        Effect::SetTags(DocumentId(1), vec!["new".to_owned()])
    );
    for expected in [&expected[..], &[]] {
        let effects = press(&mut app, "U");
        assert_eq!(
            effects[0],
            Effect::SetTags(DocumentId(1), expected.to_vec())
        );
        assert_eq!(tags(&app), expected);
    }
    assert_eq!(app.undo, [] as [Undo; 0]);
}

#[test]
fn a_line_left_or_unchanged_keeps_nothing_and_a_wrong_name_stays_open() {
    let mut app = room();
    answer(&mut app, 1..=3);
    assert_eq!(press(&mut app, "+ x esc"), [Effect::ListTags]);
    assert_eq!(app.overlay, None);
    assert_eq!(press(&mut app, "+ enter"), [Effect::ListTags]);
    assert_eq!(press(&mut app, "+ ! enter"), [Effect::ListTags]);
    assert!(app.notice.as_ref().is_some_and(|notice| notice.failed));
    assert_eq!(form(&app).line.text(), "!");
    press(&mut app, "ctrl-u");
    app.update(Message::Paste("a, b".to_owned()));
    let effects = press(&mut app, "enter");
    let expected = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(effects[0], Effect::SetTags(DocumentId(1), expected));
}

#[test]
fn the_page_is_tagged_too_and_set_anew() {
    let mut app = room();
    answer(&mut app, 1..=3);
    press(&mut app, "j enter");
    let effects = press(&mut app, "+ x enter");
    let tagged = Effect::SetTags(DocumentId(2), vec!["x".to_owned()]);
    assert_eq!(effects[1], tagged);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open(open) if open.id == DocumentId(2))),
        "the head bears them: {effects:?}"
    );
    let mut empty = room();
    answer(&mut empty, []);
    assert_eq!(press(&mut empty, "+"), []);
    assert!(empty.notice.is_some());
}
