//! Feeds, pages and texts made to break readers: nothing panics, nothing hangs, and what is readable comes out.
//!
//! The corpora lie beside the checkout and are no part of the project; where they are absent, the tests say so and
//! pass. The same promises are tried on any bytes in `format_any_bytes.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use recto::document::Document;
use recto::format::{Input, Outcome, read};

/// How long the slowest file may take unoptimised, on a busy machine: a file that takes longer has found a loop.
const SLOWEST: Duration = Duration::from_secs(20);

/// Returns the files below a folder of the corpora, or nothing where it is absent.
fn corpus(folder: &str) -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    if !root.is_dir() {
        println!("skipped: there is no {}", root.display());
        return None;
    }
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Some(files)
}

fn read_file(path: &Path) -> (Vec<Document>, Outcome) {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let input = Input::new(&name, &bytes);
    let mut documents = Vec::new();
    let begun = Instant::now();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    let took = begun.elapsed();
    assert!(took < SLOWEST, "{} took {took:?}", path.display());
    (documents, outcome)
}

/// Reads every file of a corpus and returns how many gave a document.
fn read_all(folder: &str) -> Option<(usize, usize)> {
    let files = corpus(folder)?;
    let mut readable = 0;
    for path in &files {
        let (documents, outcome) = read_file(path);
        assert_eq!(outcome.documents, documents.len(), "{}", path.display());
        assert!(
            !documents.is_empty()
                || !outcome.warnings.is_empty()
                || outcome.without_text
                || !outcome.subscriptions.is_empty(),
            "{} gave nothing and said nothing",
            path.display()
        );
        readable += usize::from(!documents.is_empty());
    }
    println!(
        "{folder}: {readable} of {} files gave documents",
        files.len()
    );
    Some((readable, files.len()))
}

#[test]
fn feeds_made_to_break_readers_are_read() {
    for folder in ["feedvalidator", "feed-rs", "feedparser"] {
        read_all(folder);
    }
}

#[test]
fn hostile_xml_and_naughty_strings_do_no_harm() {
    for folder in ["defusedxml", "naughty"] {
        read_all(folder);
    }
}

#[test]
fn saved_pages_are_read() {
    if let Some((readable, files)) = read_all("readability") {
        // Beside the pages lie the expectations, as JSON Lines without a field that recto knows.
        assert_eq!(readable + 1, files);
    }
}

#[test]
fn a_library_of_articles_is_read() {
    if let Some((readable, files)) = read_all("articles") {
        // A third of them is front matter only: redirections, lists of topics. They are named in a warning.
        assert!(readable * 3 > files * 2, "{readable} of {files}");
    }
}
