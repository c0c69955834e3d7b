//! A book on the screen: its contents, from chapter to chapter, and where its links lead.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod book;
mod reader;

use std::ops::ControlFlow;

use reader::Reader;
use recto::app::Pane;
use recto::library::Library;

/// Opens a library of nothing but the book, and reads its preface.
fn at_the_preface(size: (u16, u16)) -> Reader {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("on-paths.epub");
    std::fs::write(&path, book::on_paths()).unwrap();
    let mut library = Library::temporary().unwrap();
    library
        .add(&[path], &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let mut reader = Reader::new(library, size);
    let number = reader
        .library
        .resolve("on-paths.epub/OPS/text/preface.xhtml")
        .unwrap()
        .unwrap();
    while reader.app.list.selected_row().map(|row| row.id) != Some(number) {
        reader.press("j");
    }
    reader.press("enter");
    assert_eq!(reader.app.focus, Pane::Page);
    reader
}

fn title(reader: &Reader) -> String {
    let sheet = reader.app.page.sheet.as_ref().unwrap();
    sheet.metadata().title.text.clone()
}

fn notice(reader: &Reader) -> String {
    reader.app.notice.as_ref().unwrap().text.clone()
}

#[test]
fn a_chapter_says_its_book_and_its_place_in_it() {
    for size in [(160, 45), (120, 36), (100, 30), (60, 20)] {
        let mut reader = at_the_preface(size);
        reader.press("J");
        insta::assert_snapshot!(format!("chapter-{}x{}", size.0, size.1), reader.picture());
        reader.press("space");
        insta::assert_snapshot!(format!("further-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn the_outline_shows_the_whole_book_with_the_headings_of_this_chapter() {
    for size in [(160, 45), (100, 30), (60, 20)] {
        let mut reader = at_the_preface(size);
        reader.press("J t");
        insta::assert_snapshot!(format!("contents-{}x{}", size.0, size.1), reader.picture());
    }
    let mut reader = at_the_preface((100, 30));
    reader.press("t G k k enter");
    assert_eq!(title(&reader), "Stiles");
    reader.press(",");
    assert_eq!(title(&reader), "Preface");
}

#[test]
fn documents_turn_by_the_chapter_and_stop_at_the_covers() {
    let mut reader = at_the_preface((100, 30));
    let mut titles = Vec::new();
    for _ in 0..4 {
        reader.press("J");
        titles.push(title(&reader));
    }
    assert_eq!(titles, ["The Hedge", "Stiles", "Gates", "Notes"]);
    reader.press("J");
    assert_eq!(notice(&reader), "this is the last chapter");
    reader.press("9 K");
    assert_eq!(title(&reader), "Preface");
    reader.press("K");
    assert_eq!(notice(&reader), "this is the first chapter");
}

#[test]
fn a_screen_further_at_the_end_of_a_chapter_is_the_next_and_back_again() {
    let mut reader = at_the_preface((60, 20));
    let mut turned = vec!["Preface".to_owned()];
    for _ in 0..30 {
        reader.press("space");
        let title = title(&reader);
        if turned.last() != Some(&title) {
            assert_eq!(reader.app.page.top, 0, "a chapter opens at its beginning");
            turned.push(title);
        }
    }
    assert_eq!(turned, ["Preface", "The Hedge", "Stiles", "Gates", "Notes"]);
    reader.press("g b");
    assert_eq!(title(&reader), "Gates");
    let page = &reader.app.page;
    assert_eq!(page.top, page.last_top(17), "the end of the chapter before");
}

#[test]
fn links_lead_to_notes_and_back_and_into_the_middle_of_a_file() {
    let mut reader = at_the_preface((100, 30));
    reader.press("u 1");
    assert_eq!(title(&reader), "Gates");
    reader.press("backspace J");
    assert_eq!(title(&reader), "The Hedge");
    reader.press("u");
    assert!(
        reader.picture().contains("1  Notes"),
        "{}",
        reader.picture()
    );
    reader.press("enter");
    assert_eq!(title(&reader), "Notes");
    reader.press("u 1");
    assert_eq!(title(&reader), "The Hedge");
    let page = &reader.app.page;
    let body = page.sheet.as_ref().unwrap().body();
    let at = body.destination("r1").unwrap();
    assert!(body.text()[at as usize..].trim_start().starts_with('1'));
    assert!(page.top > 0 && page.offset() <= at);
    reader.press(",");
    assert_eq!(title(&reader), "Notes");
}

#[test]
fn a_link_that_is_pressed_is_followed() {
    let mut reader = at_the_preface((100, 30));
    let picture = reader.picture();
    let (y, line) = picture
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("See of gates"))
        .unwrap();
    let before = line.split("of gates").next().unwrap();
    let x = recto::text::cells::width(before);
    reader.send(recto::app::Message::Mouse(recto::app::Mouse::Press(
        x as u16 + 2,
        y as u16,
    )));
    assert_eq!(title(&reader), "Gates");
}

#[test]
fn a_search_shows_the_chapters_under_the_name_of_their_book() {
    let mut reader = at_the_preface((100, 30));
    reader.press("esc / \"manners\" enter");
    let rows: Vec<(String, String)> = (0..reader.app.list.total)
        .filter_map(|place| reader.app.list.row(place))
        .map(|row| (row.title.text.clone(), row.source.clone()))
        .collect();
    assert_eq!(rows, [("Stiles".to_owned(), "On Paths".to_owned())]);
}
