//! The reader's own notes, as a person writes, sees and finds them on the seeds.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use reader::Reader;
use recto::app::{Message, Overlay, Pane};

const SIZES: [(u16, u16); 3] = [(160, 45), (100, 30), (60, 20)];

/// Writes a note on the paragraph with the first hit of `mutual`, on the page.
const ON_A_HIT: &str = "/ \"mutual\" space enter n a \"Who\" space \"owns\" space \"it?\"";

fn reader(folder: &tempfile::TempDir, size: (u16, u16), keys: &str) -> Reader {
    let mut reader = Reader::on_seeds(folder.path(), size);
    reader.press(keys);
    reader
}

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(&folder, size, keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn a_note_is_written_below_the_page_that_it_is_on() {
    pictures("note-editor", ON_A_HIT);
}

#[test]
fn a_note_stands_beneath_its_paragraph() {
    pictures(
        "note-page",
        &format!("{ON_A_HIT} enter \"Ask\" space \"Ann.\" esc"),
    );
}

#[test]
fn all_notes_are_a_list() {
    let keys =
        format!("{ON_A_HIT} esc h j a \"On\" space \"all\" space \"of\" space \"it.\" esc A");
    pictures("notes", &keys);
}

#[test]
fn an_empty_list_of_notes_says_how_to_write_one() {
    pictures("notes-empty", "A");
}

#[test]
fn notes_are_shown_without_letters_beyond_ascii_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (100, 30), &format!("{ON_A_HIT} esc"));
    reader.app.settings.ascii = true;
    insta::assert_snapshot!("note-page-ascii", reader.picture());
}

#[test]
fn what_is_typed_outlives_a_resize_and_news() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (160, 45), ON_A_HIT);
    reader.send(Message::Resize(60, 20));
    reader.send(Message::Changed);
    let Some(Overlay::Note(editor)) = &reader.app.overlay else {
        panic!("no editor");
    };
    assert_eq!(editor.text.text(), "Who owns it?");
    reader.press("esc");
    assert_eq!(reader.library.notes().unwrap()[0].note.text, "Who owns it?");
}

#[test]
fn what_is_left_unkept_is_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (160, 45), &format!("{ON_A_HIT} ctrl-c"));
    assert_eq!(reader.library.notes().unwrap(), []);
    reader.press("j a \"Yes.\" esc");
    assert_eq!(
        reader.library.notes().unwrap()[0].note.text,
        "Who owns it?Yes."
    );
}

#[test]
fn a_note_is_made_changed_removed_and_each_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (160, 45), &format!("{ON_A_HIT} esc"));
    let texts = |reader: &Reader| -> Vec<String> {
        let notes = reader.library.notes().unwrap().into_iter();
        notes.map(|head| head.note.text).collect()
    };
    assert_eq!(texts(&reader), ["Who owns it?"]);
    reader.press("a \"!\" esc");
    assert_eq!(texts(&reader), ["Who owns it?!"], "the same key changes it");
    reader.press("A delete");
    assert_eq!(texts(&reader), [""; 0]);
    for expected in [&["Who owns it?!"][..], &["Who owns it?"], &[]] {
        reader.press("U");
        assert_eq!(texts(&reader), expected);
    }
}

#[test]
fn a_note_goes_to_the_paragraph_that_is_chosen_and_leads_back_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (100, 30), "enter a tab tab \"here\" esc");
    let head = reader.library.notes().unwrap().remove(0);
    let on = head.note.on.unwrap();
    let id = head.document.unwrap();
    let body = reader.library.document(id).unwrap().unwrap().document.body;
    let range = on.find(body.text()).unwrap();
    let third = body
        .blocks()
        .iter()
        .filter(|block| !body.slice(block.range).trim().is_empty());
    let third = third.map(|block| block.range.start).nth(2);
    assert_eq!(Some(range.start), third);
    reader.press("G A enter");
    assert_eq!(reader.app.focus, Pane::Page);
    assert!(reader.picture().contains("┃ here"), "{}", reader.picture());
}

#[test]
fn a_note_in_the_list_is_on_the_whole_document_which_is_found_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(&folder, (160, 45), "j a \"ornithology\" esc");
    assert_eq!(reader.library.notes().unwrap()[0].note.on, None);
    reader.press("/ \"note:ornithology\" enter");
    assert_eq!(reader.app.list.total, 1);
    assert!(reader.app.list.selected_row().unwrap().marks.noted);
    reader.press("/ ctrl-u \"has:note\" enter");
    assert_eq!(reader.app.list.total, 1);
    reader.press("enter");
    assert!(
        reader.picture().contains("┃ ornithology"),
        "{}",
        reader.picture()
    );
}
