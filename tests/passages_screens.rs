//! The passages under an unfolded row, as reviewed pictures, and what they lead to.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use reader::Reader;
use recto::app::{Message, Mouse, Pane};

const SIZES: [(u16, u16); 4] = [(160, 45), (120, 36), (100, 30), (60, 20)];

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(folder.path(), size);
        reader.press(keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn the_passages_stand_under_their_row() {
    pictures("passages", "/ \"social\" space \"value\" enter j p j j");
}

#[test]
fn passages_of_a_thread_say_whose_post_they_are_of() {
    pictures(
        "passages-thread",
        "/ \"commissioning\" space \"carnegie\" enter p j",
    );
}

fn unfolded() -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    reader.press("/ \"social\" space \"value\" enter p");
    (folder, reader)
}

#[test]
fn the_page_goes_along_with_the_passages_and_opens_at_the_one_chosen() {
    let (_folder, mut reader) = unfolded();
    let shown = reader
        .app
        .list
        .unfolded
        .as_ref()
        .unwrap()
        .passages
        .best
        .len();
    assert!(shown > 2);
    for place in 0..3 {
        reader.press("j");
        let at = reader.app.list.selected_passage().unwrap().at;
        let hit = reader.app.page.hit.unwrap();
        let range = reader.app.page.hit_range(hit).unwrap();
        assert_eq!(range.start, at, "passage {place}");
        assert_eq!(reader.app.focus, Pane::List);
    }
    let at = reader.app.list.selected_passage().unwrap().at;
    reader.press("enter");
    assert_eq!(reader.app.focus, Pane::Page);
    let hit = reader.app.page.hit.unwrap();
    assert_eq!(reader.app.page.hit_range(hit).unwrap().start, at);
    reader.press("n");
    assert_eq!(reader.app.page.hit, Some(hit + 1), "n goes on from there");
    reader.press("esc");
    assert!(
        reader.app.list.selected_passage().is_some(),
        "one is back where one was"
    );
}

#[test]
fn what_unfolds_folds_by_the_same_key_and_by_esc_before_the_question_goes() {
    for key in ["p", "esc", "q"] {
        let (_folder, mut reader) = unfolded();
        reader.press("j");
        assert!(reader.app.list.unfolded.is_some());
        reader.press(key);
        assert!(reader.app.list.unfolded.is_none(), "{key}");
        assert_eq!(reader.app.list.selected, 0);
        assert!(!reader.app.field.text().is_empty() && !reader.app.done);
    }
}

#[test]
fn moving_past_the_last_passage_leads_to_the_next_document_and_back() {
    let (_folder, mut reader) = unfolded();
    let shown = reader
        .app
        .list
        .unfolded
        .as_ref()
        .unwrap()
        .passages
        .best
        .len();
    for _ in 0..=shown {
        reader.press("j");
    }
    assert_eq!(reader.app.list.selected, 1);
    assert!(reader.app.list.selected_passage().is_none());
    reader.press("k");
    assert_eq!(reader.app.list.selected, 0);
    assert!(reader.app.list.selected_passage().is_some());
    reader.press("G");
    let last = reader.app.list.total - 1;
    assert_eq!(reader.app.list.selected, last);
    reader.press("g");
    assert_eq!(reader.app.list.selected_line(), 0);
}

#[test]
fn a_click_selects_the_passage_it_points_at() {
    let (_folder, mut reader) = unfolded();
    let list = reader.app.geometry().unwrap().list.unwrap();
    let height = recto::app::list_row_height(list);
    let press = Message::Mouse(Mouse::Press(list.x + 5, list.y + 2 * height));
    reader.send(press);
    let passages = &reader.app.list.unfolded.as_ref().unwrap().passages;
    assert_eq!(reader.app.list.selected_passage(), Some(&passages.best[1]));
}

#[test]
fn another_answer_folds_what_was_unfolded_for_the_one_before() {
    let (_folder, mut reader) = unfolded();
    reader.press("/ space \"service\" enter");
    assert!(reader.app.list.unfolded.is_none());
}
