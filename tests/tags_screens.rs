//! Own tags, as a person sees them on the seeds.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use reader::Reader;

const SIZES: [(u16, u16); 3] = [(160, 45), (100, 30), (60, 20)];

/// Gives the first three documents tags: one of a theme's name and one of a category's among them.
const TAGGED: &str = "+ \"mutuals,\" \"to\" space \"read\" enter j \
    + \"to\" space \"read,\" \"voluntary\" space \"sector\" enter j + \"to\" tab \"spin-outs\" enter";

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(folder.path(), size);
        reader.press("/ \"mutual\" space enter");
        reader.press(TAGGED);
        reader.press(keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn rows_bear_their_tags() {
    pictures("rows", "g");
}

#[test]
fn the_line_of_tags_lies_over_the_list_and_offers_those_that_exist() {
    pictures("line", "g +");
    pictures("line-typed", "g j j j + \"new,\" \"to\" tab");
}

#[test]
fn the_page_bears_its_tags() {
    pictures("page", "g enter");
}

#[test]
fn own_tags_stand_below_the_topics() {
    pictures("facet", "f");
}

#[test]
fn the_ascii_look_tells_tags_by_their_shape() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (100, 30));
    reader.app.settings.ascii = true;
    reader.press("/ \"mutual\" space enter");
    reader.press(TAGGED);
    reader.press("g");
    insta::assert_snapshot!("ascii", reader.picture());
    assert!(reader.picture().contains("+mutuals +to-read"));
}

#[test]
fn the_counts_beside_tags_are_those_of_a_plain_scan_whatever_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    reader.press(TAGGED);
    reader.assert_counts_are_those_of_a_scan();
    reader.press("f");
    reader.choose("to read", "space");
    assert_eq!(reader.app.field.text(), "tag:\"to read\"");
    assert_eq!(reader.app.list.total, 3);
    reader.assert_counts_are_those_of_a_scan();
    reader.choose("mutuals", "x");
    assert_eq!(reader.app.field.text(), "tag:\"to read\" -tag:mutuals");
    reader.assert_counts_are_those_of_a_scan();
    reader.press("X esc / \"has:tag\" space enter");
    assert_eq!(reader.app.list.total, 3);
    reader.assert_counts_are_those_of_a_scan();
    // Taken off while it is asked for: the answer follows.
    reader.press("/ ctrl-u \"tag:mutuals\" space enter");
    assert_eq!(reader.app.list.total, 1);
    reader.press("+ ctrl-u enter");
    assert_eq!(reader.app.list.total, 0);
    reader.press("U");
    assert_eq!(reader.app.list.total, 1);
}
