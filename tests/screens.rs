//! What a person sees, as reviewed pictures at three sizes, and how the screens behave on the seeds.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use reader::Reader;
use recto::app::{FacetLine, Message, Pane};

const SIZES: [(u16, u16); 3] = [(160, 45), (100, 30), (60, 20)];

fn pictures(name: &str, keys: &str) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(folder.path(), size);
        reader.press(keys);
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), reader.picture());
    }
}

#[test]
fn the_room_opens_on_the_seeds() {
    pictures("start", "");
}

#[test]
fn a_word_is_found_while_it_is_typed() {
    pictures("mutual", "/ \"mutual\"");
}

#[test]
fn a_document_opens_at_its_first_hit() {
    pictures("page", "/ \"mutual\" enter enter");
}

#[test]
fn a_thread_shows_its_posts() {
    pictures("thread", "/ \"carnegie\" enter enter g");
}

#[test]
fn ten_recommendations_are_a_list() {
    pictures("list", "/ \"tupe\" enter enter g pgdn");
}

#[test]
fn topics_narrow() {
    pictures("topics", "f j j space");
}

#[test]
fn help_tells_the_keys_of_the_pane() {
    pictures("help", "?");
}

#[test]
fn nothing_found_says_what_to_press() {
    pictures("nothing", "/ \"zeppelin\" enter");
}

#[test]
fn a_question_that_finds_nothing_says_what_each_clause_costs() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (100, 30));
    reader.press("/ \"=zeppelin\" space \"tupe\" enter");
    let picture = reader.picture();
    for line in ["1  without =zeppelin: 1 ", "2  without tupe: 0 "] {
        assert!(picture.contains(line), "{line}\n{picture}");
    }
    reader.press("1");
    assert!(
        reader.picture().contains(" 1 of 18 "),
        "{}",
        reader.picture()
    );
}

#[test]
fn a_list_of_few_documents_goes_on_with_those_that_have_some_of_the_words() {
    pictures("widened", "/ \"tupe\" space \"mutuals\" space enter");
    pictures(
        "none-with-every-word",
        "/ \"zeppelin\" space \"mutuals\" space enter",
    );
}

#[test]
fn why_a_document_is_here_is_shown_over_the_panes() {
    pictures(
        "why",
        "/ \"public\" space \"service\" space \"mutuals\" space enter i",
    );
}

#[test]
fn the_outline_of_a_thread_names_its_posts() {
    pictures("outline", "/ \"carnegie\" enter enter t");
}

#[test]
fn the_picture_in_the_readme_is_what_is_painted() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (120, 22));
    reader.press("/ \"mutual\" enter");
    let picture = reader.picture();
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(
        readme.contains(&picture),
        "README.md should have this picture:\n{picture}"
    );
}

#[test]
fn the_ascii_look_draws_nothing_else_of_its_own() {
    for keys in [
        "",
        "/ \"mutual\" enter enter",
        "f j j space",
        "enter t",
        "enter y",
        "? ",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::on_seeds(folder.path(), (160, 45));
        reader.app.settings.ascii = true;
        reader.press(keys);
        // What is left are letters and signs that stand in the documents' own texts and titles.
        let own = "‘’“”–—…£\u{a0}";
        let picture = reader.picture();
        let strange = picture
            .chars()
            .find(|sign| !sign.is_ascii() && !own.contains(*sign));
        assert_eq!(strange, None, "{keys}\n{picture}");
    }
}

#[test]
fn a_window_too_small_says_so_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (100, 30));
    let before = reader.picture();
    reader.send(Message::Resize(30, 8));
    assert!(
        reader
            .picture()
            .starts_with("recto needs 40 columns and 12"),
        "{}",
        reader.picture()
    );
    reader.send(Message::Resize(20, 6));
    let words: Vec<String> = reader
        .picture()
        .lines()
        .map(|line| line.trim().to_owned())
        .collect();
    assert_eq!(words.join(" ").trim(), "recto needs 40 columns and 12 rows");
    reader.send(Message::Resize(100, 30));
    assert_eq!(reader.picture(), before);
}

#[test]
fn the_list_is_never_empty_while_mutual_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    reader.press("/");
    for letter in "mutual".chars() {
        reader.press(&letter.to_string());
        assert!(reader.app.list.total > 0, "{}", reader.app.field.text());
    }
    assert_eq!(reader.app.list.total, 6);
}

#[test]
fn what_is_chosen_in_the_facets_is_the_question_and_the_counts_are_those_of_a_plain_scan() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    reader.press("f");
    for (value, key, question, total) in [
        ("trust", "space", "topic:trust", 2),
        ("libraries", "space", "topic:trust,libraries", 4),
        ("SSE", "space", "topic:trust,libraries source:\"SSE\"", 0),
        ("SSE", "x", "topic:trust,libraries -source:\"SSE\"", 4),
        (
            "Tom Archer",
            "x",
            "topic:trust,libraries -source:\"SSE\" -author:\"Tom Archer\"",
            3,
        ),
        (
            "trust",
            "space",
            "topic:libraries -source:\"SSE\" -author:\"Tom Archer\"",
            2,
        ),
        (
            "mutuals",
            "space",
            "topic:libraries,mutuals -source:\"SSE\" -author:\"Tom Archer\"",
            4,
        ),
    ] {
        reader.choose(value, key);
        assert_eq!(reader.app.field.text(), question);
        assert_eq!(reader.app.list.total, total, "{question}");
        assert_eq!(reader.app.focus, Pane::Facets);
        reader.assert_counts_are_those_of_a_scan();
    }
    reader.press("X");
    assert_eq!((reader.app.field.text(), reader.app.list.total), ("", 18));
}

#[test]
fn star_read_state_and_place_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (100, 30));
    reader.press("/ \"beyond\" enter enter g pgdn pgdn *");
    let (id, place) = (reader.app.page.id(), reader.app.page.offset());
    assert!(place > 0);
    reader.press("esc esc");
    drop(reader);

    let mut reader = Reader::on_seeds(folder.path(), (100, 30));
    let row = (0..18)
        .filter_map(|at| reader.app.list.row(at))
        .find(|row| Some(row.id) == id)
        .unwrap();
    assert!(row.marks.starred && row.marks.read);
    let at = (0..18)
        .find(|at| reader.app.list.row(*at).map(|row| row.id) == id)
        .unwrap();
    for _ in 0..at {
        reader.press("j");
    }
    reader.press("enter");
    assert_eq!(
        (reader.app.page.id(), reader.app.page.offset()),
        (id, place)
    );
}

#[test]
fn the_wheel_and_clicks_do_what_they_point_at() {
    use recto::app::Mouse;
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::on_seeds(folder.path(), (160, 45));
    let list = reader.app.geometry().unwrap().list.unwrap();
    reader.send(Message::Mouse(Mouse::Press(list.x + 5, list.y + 5)));
    assert_eq!(
        (reader.app.focus, reader.app.list.selected),
        (Pane::List, 1)
    );
    reader.send(Message::Mouse(Mouse::Press(list.x + 5, list.y + 5)));
    assert_eq!(reader.app.focus, Pane::Page);
    let page = reader.app.geometry().unwrap().page.unwrap();
    reader.press("g");
    reader.send(Message::Mouse(Mouse::Wheel(page.x + 5, page.y + 5, 1)));
    assert_eq!(reader.app.page.top, 3);
    reader.send(Message::Mouse(Mouse::Press(20, 0)));
    assert_eq!(reader.app.focus, Pane::Field);
    let facets = reader.app.geometry().unwrap().facets.unwrap();
    let line = reader
        .app
        .facets
        .lines()
        .iter()
        .position(|line| matches!(line, FacetLine::Value { value, .. } if value == "SSE"))
        .unwrap();
    reader.send(Message::Mouse(Mouse::Press(
        facets.x + 3,
        facets.y + line as u16,
    )));
    assert_eq!(reader.app.field.text(), "source:\"SSE\"");
}
