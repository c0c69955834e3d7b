//! Long documents, headings, and why a document is where it is.

use tempfile::TempDir;

use super::collection::*;
use crate::document::DocumentId;
use crate::index::{Index, MarkSets, Request};
use crate::query::{Expanded, Gain, Lexicon, Why, expand, parse};

/// Words that nobody asks for, no two side by side twice in a row.
fn filler(words: usize, seed: usize) -> Vec<String> {
    let word = |at: usize| {
        let number = (at * 7_919 + seed * 104_729) % 1_500;
        format!("filler{}", char::from(b'a' + (number % 26) as u8)) + &number.to_string()
    };
    (0..words).map(word).collect()
}

/// Returns a text in which `word` stands at every so many words.
fn scattered(words: usize, seed: usize, placed: &[(&str, usize)]) -> String {
    let mut text = filler(words, seed);
    for (at, (word, every)) in placed.iter().enumerate() {
        for place in (at * 37..words).step_by(*every) {
            (*word).clone_into(&mut text[place]);
        }
    }
    text.join(" ")
}

fn library(texts: &[(&str, String)]) -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    let mut entries: Vec<Entry> = (1..)
        .zip(texts)
        .map(|(id, (title, body))| {
            let sketch = Sketch {
                title,
                body,
                ..NOTHING
            };
            sketch.entry(id)
        })
        .collect();
    // Among many others of a usual length.
    entries.extend((1_000..1_060).map(|id| {
        let body = scattered(500, usize::try_from(id).unwrap(), &[]);
        let sketch = Sketch {
            body: &body,
            ..NOTHING
        };
        sketch.entry(id)
    }));
    fill(&index, &entries);
    (directory, index)
}

fn asked(question: &str) -> Expanded {
    expand(&parse(question), &Lexicon::default())
}

fn order(index: &Index, question: &str) -> Vec<i64> {
    let hits = find(index, &asked(question), 0, 9).hits;
    hits.iter().map(|hit| hit.id.0).collect()
}

fn why(index: &Index, question: &str, id: i64) -> Why {
    let expanded = asked(question);
    let request = Request {
        expanded: &expanded,
        offset: 0,
        limit: 0,
        marks: &MarkSets::default(),
        folds: None,
    };
    let why = index.explain(&request, DocumentId(id)).unwrap();
    why.unwrap()
}

#[test]
fn a_book_with_the_words_all_over_it_stands_behind_an_article_about_them() {
    let about = scattered(500, 1, &[("pension", 60), ("transfer", 80)]);
    // As often per page as anything that a book speaks of now and then, and far apart.
    let book = scattered(100_000, 2, &[("pension", 1_000), ("transfer", 1_013)]);
    let (_directory, index) = library(&[("The book", book), ("A note", about)]);
    assert_eq!(order(&index, "pension transfer"), [2, 1]);
}

#[test]
fn a_book_with_a_chapter_on_it_stands_before_a_note_with_a_mention() {
    let mention = scattered(900, 1, &[("pension", 800), ("transfer", 850)]);
    let mut book = filler(60_000, 2);
    let chapter = scattered(2_000, 3, &[("pension", 20), ("transfer", 30)]);
    book.splice(30_000..30_000, chapter.split(' ').map(str::to_owned));
    // The same words, as often, evenly all over.
    let even = scattered(62_000, 4, &[("pension", 620), ("transfer", 930)]);
    let (_directory, index) =
        library(&[("One", mention), ("Two", book.join(" ")), ("Three", even)]);
    let found = order(&index, "pension transfer");
    let place = |id| found.iter().position(|other| *other == id).unwrap();
    assert!(place(2) < place(3), "{found:?}");
    assert!(place(2) < place(1), "{found:?}");
    let gains = why(&index, "pension transfer", 2).gains;
    assert!(
        gains
            .iter()
            .any(|(gain, more)| *gain == Gain::Passage && *more > 0.0)
    );
}

#[test]
fn what_is_as_short_as_an_abstract_gains_nothing_by_its_passages() {
    let text = scattered(450, 1, &[("pension", 40)]);
    let (_directory, index) = library(&[("One", text)]);
    let why = why(&index, "pension", 1);
    assert!(why.gains.is_empty(), "{why:?}");
}

#[test]
fn words_in_a_heading_count_more_than_in_passing() {
    let body = |heading: &str, mentions: &str| {
        let filler = filler(200, 5).join(" ");
        format!("# {heading}\n{filler} {mentions}\n{filler}")
    };
    let (_directory, index) = library(&[
        ("One", body("other words", "pension")),
        ("Two", body("pension words", "matters")),
    ]);
    assert_eq!(order(&index, "pension"), [2, 1]);
    let gains = why(&index, "pension", 2).gains;
    assert!(matches!(gains.as_slice(), [(Gain::Heading(word, 1), _)] if word == "pension"));
}

#[test]
fn why_says_where_each_word_stands_and_by_which_way() {
    let sketch = Sketch {
        title: "Mutuals",
        body: "# On mutuals\nA mutual is what mutuals are. The staff transfer was a transfer.",
        ..NOTHING
    };
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    fill(&index, &[sketch.entry(1), NOTHING.entry(2)]);
    let why = why(&index, "mutual staff transfer quidditch", 1);
    let lines: Vec<String> = why.lines().into_iter().map(|(_, line)| line).collect();
    assert_eq!(
        lines,
        [
            "in all",
            "mutual: 1 in the title, 3 in the text, 1 of them in headings; by its stem, mutual",
            "staff: 1 in the text; the word itself",
            "transfer: 2 in the text; the word itself",
            "staff transfer: together as asked, once",
            "mutual: counts again in headings, once",
            "quidditch: not in it",
        ]
    );
}
