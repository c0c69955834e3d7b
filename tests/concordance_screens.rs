//! The concordance, as reviewed pictures, and the way from it to the page and back.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use reader::Reader;
use recto::app::Pane;
use recto::library::Library;

const SIZES: [(u16, u16); 4] = [(160, 45), (120, 36), (100, 30), (60, 20)];

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(&folder.path().join("library"), size);
        reader.press(keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn every_hit_has_its_line() {
    pictures("concordance", "/ \"mutual\" enter c j j");
}

#[test]
fn lines_are_sorted_by_what_stands_at_the_left() {
    pictures("concordance-left", "/ \"social\" enter c < j");
}

#[test]
fn lines_are_sorted_by_source() {
    pictures("concordance-source", "/ \"trust\" enter c o");
}

fn on_a_library_of(texts: &[(&str, &str)], folder: &Path, size: (u16, u16)) -> Reader {
    let mut library = Library::open(&folder.join("library")).unwrap();
    let seeds = library.sources().unwrap()[0].id;
    let mut go_on = |_| ControlFlow::Continue(());
    library.remove_source(seeds, &mut go_on).unwrap();
    let notes = folder.join("notes");
    fs::create_dir(&notes).unwrap();
    for (name, text) in texts {
        fs::write(notes.join(name), text).unwrap();
    }
    library
        .add(&[notes], &mut |_| ControlFlow::Continue(()))
        .unwrap();
    Reader::new(library, size)
}

#[test]
fn the_hits_stand_in_one_column_beside_wide_and_combining_characters() {
    let texts = [
        (
            "a.md",
            "# Walls\n\n数据库 mutual 数据库 e\u{301}le\u{301}ve\n\n- one\n- two mutual\n- three\n\n| a | mutual |\n|---|---|\n| b | c |\n",
        ),
        (
            "b.md",
            "# Gates\n\nA family 👩\u{200d}👩\u{200d}👧 of mutuals.\n",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut reader = on_a_library_of(&texts, folder.path(), (80, 16));
    reader.press("/ \"mutual\" enter c");
    insta::assert_snapshot!("concordance-wide", reader.picture());
}

#[test]
fn a_line_is_read_on_the_page_and_leaving_that_leads_back_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(&folder.path().join("library"), (100, 30));
    reader.press("/ \"mutual\" enter c > G k enter");
    let app = &reader.app;
    let line = app.concordance.selected_line().unwrap().clone();
    assert_eq!(app.focus, Pane::Page);
    assert_eq!(app.page.id(), Some(line.id));
    let hit = app.page.hit.and_then(|hit| app.page.hit_range(hit));
    assert_eq!(
        hit,
        Some(line.range),
        "the page opens at the hit of the line"
    );
    assert_eq!(app.list.selected, line.place, "and the list goes along");

    reader.press("esc");
    assert_eq!(reader.app.focus, Pane::Concordance);
    assert_eq!(reader.app.concordance.selected_line(), Some(&line));
    reader.press("enter h");
    assert_eq!(reader.app.focus, Pane::List, "to the list is to the list");
    reader.press("c");
    assert_eq!(
        reader.app.concordance.selected_line(),
        Some(&line),
        "the same question's stands as it was left"
    );
    reader.press("esc");
    assert_eq!(reader.app.focus, Pane::List);
    reader.press("c");
    assert_eq!(reader.app.concordance.selected, 0, "closed, it begins anew");
}

#[test]
fn without_words_there_is_no_concordance() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(&folder.path().join("library"), (100, 30));
    reader.press("c");
    assert_eq!(reader.app.focus, Pane::List);
    assert!(
        reader
            .app
            .notice
            .as_ref()
            .unwrap()
            .text
            .contains("no words")
    );
}

#[test]
fn a_key_takes_an_order_and_the_same_key_puts_it_back() {
    use recto::query::concordance::Order;
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(&folder.path().join("library"), (100, 30));
    reader.press("/ \"mutual\" enter c");
    for (key, order) in [
        ("<", Order::Left),
        ("<", Order::Listed),
        (">", Order::Right),
        ("d", Order::Newest),
        ("d", Order::Oldest),
        ("d", Order::Listed),
        ("o", Order::Source),
        ("o", Order::Listed),
    ] {
        reader.press(key);
        let lines = reader.app.concordance.lines.as_ref().unwrap();
        assert_eq!((reader.app.concordance.order, lines.order), (order, order));
    }
}
