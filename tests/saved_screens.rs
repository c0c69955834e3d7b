//! Saved searches, completion and colours in the field, as a person sees them on the seeds.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use std::fs;
use std::ops::ControlFlow;

use reader::Reader;
use recto::app::FacetLine;

const SIZES: [(u16, u16); 3] = [(160, 45), (100, 30), (60, 20)];

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(folder.path(), size);
        reader.press("/ \"mutual\" space enter F enter");
        reader.press("/ ctrl-u \"trust\" space enter F enter ctrl-u \"Trust\" enter");
        reader.count_saved();
        reader.press(keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn saved_searches_stand_above_the_topics() {
    pictures("saved", "f");
}

#[test]
fn the_list_of_saved_searches_begins_with_what_can_be_saved() {
    pictures("saved-list", "/ ctrl-u \"tupe\" space enter F");
}

#[test]
fn values_are_offered_below_the_field() {
    pictures("complete", "/ ctrl-u \"trust\" space \"topic:s\" tab");
}

#[test]
fn what_a_saved_search_chooses_is_no_choice_and_the_counts_are_those_of_a_plain_scan() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    reader.press("f");
    reader.choose("libraries", "space");
    reader.press("F ctrl-u \"Shelves\" enter");
    reader.count_saved();
    reader.press("X g j enter");
    assert_eq!(reader.app.field.text(), "saved:Shelves");
    reader.assert_counts_are_those_of_a_scan();
    reader.choose("SSE", "x");
    assert_eq!(reader.app.field.text(), "saved:Shelves -source:\"SSE\"");
    reader.assert_counts_are_those_of_a_scan();
}

#[test]
fn what_came_since_the_last_look_is_told_seen_once_and_seen_alone() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("a.txt"), "It is about trust.\n").unwrap();
    let mut reader = Reader::on_seeds(&folder.path().join("library"), (160, 45));
    reader.press("/ \"trust\" space enter F enter");
    let new = |reader: &Reader| {
        let lines = reader.app.facets.lines().iter();
        let mut new = lines.filter_map(|line| match line {
            FacetLine::Saved { new, .. } => Some(*new),
            _ => None,
        });
        new.next().unwrap()
    };
    assert_eq!(new(&reader), 0);
    let all = reader.app.list.total;
    reader
        .library
        .add(&[notes], &mut |_| ControlFlow::Continue(()))
        .unwrap();
    reader.count_saved();
    assert_eq!(new(&reader), 1);
    assert!(reader.picture().contains("+1"));
    reader.press("F enter");
    assert_eq!(reader.app.field.text(), "saved:trust");
    assert_eq!((new(&reader), reader.app.list.total), (0, all + 1));
    assert!(reader.picture().contains("1 document is new to “trust”"));
    reader.count_saved();
    assert_eq!(new(&reader), 0, "it is kept that it was looked at");
    reader.press("F enter");
    assert_eq!(reader.app.list.total, 1, "{}", reader.app.field.text());
    reader.press("F enter");
    assert_eq!(reader.app.list.total, all + 1);
}
