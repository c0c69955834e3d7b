//! Books as they are made: their contents become chapters, and every link within them leads somewhere.
//!
//! The books lie beside the checkout and are no part of the project; where they are absent, the tests say so and pass.
//! `RECTO_BOOKS` may name one more folder of them, and what is promised of every book is tried on those too.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use recto::document::{Destination, Document, Kind, SpanKind};
use recto::format::{Input, Outcome, read};

/// Returns the books of a folder, or nothing where it is absent.
fn books(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    let Ok(entries) = fs::read_dir(&root) else {
        println!("skipped: there is no {}", root.display());
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut books: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "epub"))
        .collect();
    books.sort();
    books
}

fn read_book(path: &Path) -> (Vec<Document>, Outcome) {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let mut documents = Vec::new();
    let outcome = read(&Input::new(&name, &bytes), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

/// Returns the lines of a navigation document, read in the most naive way: the words and the address of each link in
/// its first list.
fn naive_contents(path: &Path, entry: &str) -> Vec<(String, String)> {
    let bytes = fs::read(path).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(entry)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let (list, _) = text.split_once("</nav>").unwrap();
    let anchors = list.split("<a href=\"").skip(1);
    let lines = anchors.map(|link| {
        let (href, rest) = link.split_once("\">").unwrap();
        let (words, _) = rest.split_once("</a>").unwrap();
        let bare: Vec<&str> = words
            .split('<')
            .map(|piece| piece.rsplit('>').next().unwrap())
            .collect();
        (bare.concat(), href.to_owned())
    });
    lines.collect()
}

#[test]
fn three_novels_open_with_their_contents() {
    for path in books("epub") {
        let (documents, outcome) = read_book(&path);
        assert_eq!(outcome.warnings, [], "{}", path.display());
        let contents = naive_contents(&path, "epub/toc.xhtml");
        let of_files = contents.iter().filter(|(_, href)| !href.contains('#'));
        let expected: Vec<String> = of_files
            .map(|(title, _)| title.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let titles: Vec<&str> = documents
            .iter()
            .map(|document| document.metadata.title.text.as_str())
            .collect();
        assert_eq!(titles, expected, "{}", path.display());
        for (number, document) in documents.iter().enumerate() {
            let chapter = document.metadata.chapter.as_ref().unwrap();
            assert_eq!(chapter.number as usize, number);
            assert_eq!(document.metadata.kind, Kind::Book);
            assert_eq!(document.metadata.publisher.as_ref(), Some(&chapter.title));
            assert_eq!(document.metadata.authors.len(), 1);
            assert_eq!(document.metadata.language.code(), Some("en"));
        }
        for (title, href) in contents.iter().filter(|(_, href)| href.contains('#')) {
            let file = href.split('#').next().unwrap();
            let document = documents
                .iter()
                .find(|document| document.key.0.ends_with(file))
                .unwrap();
            let outline = document.body.outline();
            assert!(
                outline.iter().any(|line| &line.title == title),
                "{title} in {outline:?}"
            );
        }
    }
}

#[test]
fn every_link_within_a_book_leads_somewhere() {
    let own = std::env::var("RECTO_BOOKS").ok();
    let folders = ["epub", "epub-debian"].into_iter().chain(own.as_deref());
    for path in folders.flat_map(books) {
        let (documents, _) = read_book(&path);
        let by_key: HashMap<&str, &Document> = documents
            .iter()
            .map(|document| (document.key.0.as_str(), document))
            .collect();
        let mut inner = 0;
        for document in &documents {
            for span in document.body.spans() {
                let SpanKind::Link(address) = &span.kind else {
                    continue;
                };
                let (to, name) = if let Some(name) = address.strip_prefix('#') {
                    (document, name)
                } else if let Some(rest) = address.strip_prefix(Destination::SCHEME) {
                    let (key, name) = rest.rsplit_once('#').unwrap_or((rest, ""));
                    (by_key[key], name)
                } else {
                    assert!(address.contains(':'), "{address} in {}", path.display());
                    continue;
                };
                assert!(
                    name.is_empty() || to.body.destination(name).is_some(),
                    "{address} in {}",
                    path.display()
                );
                inner += 1;
            }
        }
        println!(
            "{}: {} chapters, {inner} links within",
            path.display(),
            documents.len()
        );
        assert!(documents.len() > 5);
    }
}
