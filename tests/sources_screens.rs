//! The list of what was added, and what else tells of the library's upkeep, as reviewed pictures.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod reader;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use reader::Reader;
use recto::app::{Message, Notice, Work};
use recto::library::{Library, Progress};

const SIZES: [(u16, u16); 3] = [(160, 45), (100, 30), (60, 20)];

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Opens a library with the seeds, a folder in which not all can be read, and a list of addresses; one document of the
/// folder was changed since it was added, one is there twice, and one is hidden.
fn library(folder: &Path) -> Library {
    let mut library = Library::open(&folder.join("library")).unwrap();
    let notes = folder.join("notes");
    fs::create_dir(&notes).unwrap();
    let words: Vec<String> = (0..300).map(|word| format!("word{word}")).collect();
    let words = words.join(" ");
    for (name, text) in [
        (
            "changed.md",
            "# On walls\n\nA wall is old, they say.\n\nIt stands.\n",
        ),
        ("hidden.md", "# On gates\n\nA gate is open.\n"),
        ("once.md", &format!("# Twice\n\n{words}\n")),
        ("twice.md", &format!("# Twice\n\n{words} By Ann.\n")),
        ("broken.pdf", "%PDF-1.7 and no more"),
    ] {
        fs::write(notes.join(name), text).unwrap();
    }
    let list = folder.join("list.opml");
    fs::write(
        &list,
        "<opml version='2.0'><body><outline text='Walls weekly' xmlUrl='https://example.org/feed'/></body></opml>",
    )
    .unwrap();
    library.add(&[notes.clone(), list], &mut go_on).unwrap();
    fs::write(
        notes.join("changed.md"),
        "# On walls\n\nA wall is new, they say now.\n\nIt stands.\n",
    )
    .unwrap();
    library.add(&[notes], &mut go_on).unwrap();
    let gates = library.resolve("hidden.md").unwrap();
    assert!(library.set_hidden(gates.unwrap(), true).unwrap());
    library
}

/// Takes pictures after `keys`, and after the messages then.
fn pictures(name: &str, keys: &str, messages: impl Fn() -> Vec<Message>) {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::new(library(folder.path()), size);
        reader.press(keys);
        for message in messages() {
            reader.send(message);
        }
        // The folder has another name each time.
        let path = folder.path().canonicalize().unwrap().display().to_string();
        let picture = reader.picture().replace(&path, "/home/ann");
        // The moment of the change is another one each time.
        let lines = picture
            .lines()
            .map(|line| match line.split_once("Change found on ") {
                Some((before, _)) => format!("{before}Change found on …"),
                None => line.to_owned(),
            });
        let picture = lines.collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), picture);
    }
}

fn nothing() -> Vec<Message> {
    Vec::new()
}

#[test]
fn what_was_added_is_listed_with_its_counts() {
    pictures("sources", "O j", nothing);
}

#[test]
fn the_failures_of_a_source_are_told_with_their_reasons() {
    pictures("source-failures", "O j !", nothing);
}

#[test]
fn removing_a_source_is_asked() {
    pictures("source-remove", "O j delete", nothing);
}

#[test]
fn the_list_is_narrowed_by_what_is_typed() {
    pictures("source-find", "O / \"note\"", nothing);
}

#[test]
fn a_find_without_a_source_says_how_to_go_on() {
    pictures("source-none", "O / \"zeppelin\" enter", nothing);
}

#[test]
fn the_documents_of_a_source_are_a_question() {
    pictures("source-documents", "O j enter", nothing);
}

#[test]
fn work_under_way_says_how_far_it_is_and_what_failed() {
    let work = || {
        vec![Message::Work(Some(Work {
            what: "reading".to_owned(),
            done: 1_204,
            total: Some(4_213),
            rate: Some(310),
            failed: 3,
            last_failed: Some("minutes.pdf: is locked by a password".to_owned()),
        }))]
    };
    pictures("work", "O j", work);
    pictures("work-at-list", "", work);
}

#[test]
fn a_path_is_added_by_a_line() {
    let completed = || {
        vec![Message::Completed {
            typed: "~/pa".to_owned(),
            to: "~/papers-".to_owned(),
            names: vec!["papers-2012/".to_owned(), "papers-2013/".to_owned()],
        }]
    };
    pictures("add", "O a \"~/pa\" tab", completed);
}

#[test]
fn hiding_is_asked() {
    pictures("hide", "j delete", nothing);
}

#[test]
fn details_are_put_right_in_a_form() {
    pictures("details", "j E tab \"Ann\"", nothing);
}

#[test]
fn help_of_the_sources_tells_their_keys() {
    pictures("source-help", "O ?", nothing);
}

#[test]
fn what_was_changed_is_a_face_of_the_page_and_hinted_at_where_there_is_some() {
    pictures("changes-hint", "/ \"walls\" enter enter", nothing);
    pictures("changes", "/ \"walls\" enter enter V", nothing);
}

#[test]
fn doubles_are_hinted_at_where_there_are_some() {
    pictures("doubles-list", "/ \"twice\" enter", nothing);
    pictures("doubles-page", "/ \"twice\" enter enter", nothing);
}

#[test]
fn what_came_of_adding_is_told_in_a_line() {
    let told = || {
        vec![Message::Notice(Notice {
            text: "12 new, 3 changed, 2 not read: minutes.pdf: is locked, and 1 more".to_owned(),
            failed: true,
        })]
    };
    pictures("told", "O", told);
}

#[test]
fn ten_thousand_sources_are_drawn_as_ten_are() {
    use std::sync::Arc;

    use recto::app::{SourceListing, source_rows};

    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::new(library(folder.path()), (100, 30));
    reader.press("O");
    let one = reader.library.sources().unwrap().swap_remove(1);
    let mut sources = Vec::new();
    for number in 1..=10_000 {
        let mut source = one.clone();
        source.id = recto::store::SourceId(number);
        source.name = format!("source {number}");
        source.looked = None;
        sources.push(source);
    }
    let rows = source_rows(&sources, &[]);
    // The list as the room has asked for it last.
    let request = reader.app.sources.request();
    reader.send(Message::Sources {
        generation: request.generation,
        answer: Ok(Arc::new(SourceListing::found(&rows, &request))),
    });
    reader.app.update(Message::Key("G".parse().unwrap()));
    let picture = reader.picture();
    assert!(picture.contains("10,000 with failures"), "{picture}");
    assert!(
        picture.contains("source 10000 ") && picture.contains("source 9980 "),
        "{picture}"
    );
    assert!(!picture.contains("source 9970 "), "{picture}");
}
