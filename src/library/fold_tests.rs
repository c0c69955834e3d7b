//! Articles that came from several sources, from the files on disk to the answer.

#![cfg(test)]

use super::fixtures::{Desk, keys};
use super::{Doubles, FoundRow, Window, also_in};
use crate::query;

/// An article of some 150 words.
fn article() -> String {
    let words: Vec<String> = (0..150).map(|word| format!("thought{word}")).collect();
    words.join(" ")
}

/// Three notes: an article in two frames, and another.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.write(
        "short.txt",
        format!("Co-operation, by Ann.\n\n{}\n", article()),
    );
    desk.write(
        "long.txt",
        format!(
            "Co-operation, as published by the federation.\n\n{}\n",
            article()
        ),
    );
    desk.write("other.txt", "It is about co-operation, in few words.\n");
    desk.add_notes();
    desk
}

fn rows(desk: &Desk, question: &str, doubles: Doubles) -> Vec<FoundRow> {
    let window = Window::first(10).with(doubles);
    let found = desk
        .library
        .find(&query::parse(question), window, 40)
        .unwrap();
    assert_eq!(found.hits.total, found.rows.len());
    found.rows
}

#[test]
fn an_article_in_two_frames_is_one_answer_and_is_found_by_the_words_of_either() {
    let desk = desk();
    assert_eq!(desk.keys(""), ["long.txt", "other.txt"]);
    assert_eq!(desk.keys("thought7"), ["long.txt"]);
    assert_eq!(desk.keys("ann"), ["short.txt"]);
    assert_eq!(rows(&desk, "co-operation", Doubles::Apart).len(), 3);
    let row = &rows(&desk, "federation", Doubles::Folded)[0];
    assert_eq!(row.also.len(), 1);
    assert_eq!(also_in(&row.source, &row.also).as_deref(), Some("2 copies"));
    assert_eq!(
        also_in("Ethos", &row.also),
        Some(format!("also in {}", row.source))
    );
    assert_eq!(also_in(&row.source, &[]), None);
    let coverage = desk.library.coverage().unwrap();
    assert_eq!(
        (coverage.documents, coverage.searchable, coverage.folded),
        (3, 3, 1)
    );
}

#[test]
fn what_is_read_or_starred_is_the_article() {
    let desk = desk();
    let library = &desk.library;
    let id = |key| library.resolve(key).unwrap().unwrap();
    let (short, long) = (id("short.txt"), id("long.txt"));
    library.set_read(&[long], true).unwrap();
    library.set_starred(short, true).unwrap();
    assert_eq!(desk.keys("is:unread"), ["other.txt"]);
    assert_eq!(rows(&desk, "is:starred", Doubles::Apart).len(), 2);
    for key in [short, long] {
        let marks = library.document(key).unwrap().unwrap().marks;
        assert!(marks.read && marks.starred);
    }
    library.set_read(&[short], false).unwrap();
    library.set_starred(long, false).unwrap();
    assert_eq!(desk.keys("is:unread"), ["long.txt", "other.txt"]);
    assert_eq!(desk.keys("is:starred"), [] as [&str; 0]);
}

#[test]
fn an_article_that_was_read_stays_read_when_it_comes_again() {
    let mut desk = Desk::new();
    desk.write("a.txt", format!("By Ann.\n\n{}\n", article()));
    desk.add_notes();
    let id = desk.library.resolve("a.txt").unwrap().unwrap();
    desk.library.set_read(&[id], true).unwrap();
    desk.write(
        "b.txt",
        format!("By Ann Lee, of the federation.\n\n{}\n", article()),
    );
    desk.add_notes();
    assert_eq!(desk.keys("is:unread"), [] as [&str; 0]);
    assert_eq!(desk.keys("is:read"), ["b.txt"]);
    assert_eq!(desk.keys(""), ["b.txt"]);
}

#[test]
fn a_folded_document_has_the_place_of_the_one_that_stands_for_it() {
    let desk = desk();
    let library = &desk.library;
    let short = library.resolve("short.txt").unwrap().unwrap();
    let question = query::parse("sort:title");
    let place = |doubles| {
        library
            .place_of(&question, short, doubles, &|| false)
            .unwrap()
            .unwrap()
    };
    let at = |doubles, place: usize| rows(&desk, "sort:title", doubles)[place].key.0.clone();
    assert_eq!(at(Doubles::Folded, place(Doubles::Folded)), "long.txt");
    assert_eq!(at(Doubles::Apart, place(Doubles::Apart)), "short.txt");
}

#[test]
fn what_another_handle_adds_is_folded_for_all() {
    let mut desk = Desk::new();
    desk.write("a.txt", format!("By Ann.\n\n{}\n", article()));
    desk.add_notes();
    let other = desk.library.another().unwrap();
    assert_eq!(keys(&other, ""), ["a.txt"]);
    desk.write(
        "b.txt",
        format!("By Ann Lee, of the federation.\n\n{}\n", article()),
    );
    desk.add_notes();
    assert_eq!(keys(&other, ""), ["b.txt"]);
    std::fs::remove_file(desk.path("b.txt")).unwrap();
    desk.add_notes();
    assert_eq!(keys(&other, ""), ["a.txt"]);
}
