//! The documents: real ones, and as many more as are asked for, made of these.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use recto::document::{BlockKind, Body, BodyBuilder, Document, Key, Metadata, Title};
use recto::library::Library;
use recto::store::{FileRecord, NewSource, SourceKind, Store};
use recto::text::Language;
use serde::Deserialize;

use crate::chance::Chance;
use crate::data;

/// How the libraries are made. Another number makes them anew.
const VERSION: u32 = 1;

/// How many documents go into one transaction.
const BATCH: usize = 2_000;

/// A document and what it is found under.
pub struct Entry {
    pub source: String,
    pub document: Document,
}

/// A line of the packages' descriptions.
#[derive(Deserialize)]
struct Package {
    id: String,
    title: String,
    author: String,
    tags: Vec<String>,
    text: String,
}

/// Returns the articles below a folder.
pub fn articles(folder: &Path) -> Vec<Entry> {
    let read = |(number, article): (usize, data::Article)| Entry {
        source: article.source,
        document: Document {
            key: Key(format!("article-{number}")),
            ..article.document
        },
    };
    data::articles(folder)
        .into_iter()
        .enumerate()
        .map(read)
        .collect()
}

/// Returns the descriptions of a distribution's packages, an object a line; none where there is no such file.
pub fn packages(file: &Path) -> Vec<Entry> {
    let Ok(file) = fs::File::open(file) else {
        return Vec::new();
    };
    let lines = BufReader::new(file).lines().map_while(Result::ok);
    let packages = lines.filter_map(|line| serde_json::from_str(&line).ok());
    packages.map(|package| entry(package, "packages")).collect()
}

fn entry(package: Package, source: &str) -> Entry {
    // Their dates are not told: one of fifteen years, by the name.
    let sum: u32 = package.id.bytes().map(u32::from).sum();
    let date = format!(
        "{}-{:02}-{:02}",
        2010 + sum % 15,
        1 + sum % 12,
        1 + sum % 28
    );
    Entry {
        source: source.to_owned(),
        document: Document {
            key: Key(package.id),
            metadata: Metadata {
                title: Title {
                    text: package.title,
                    derived: false,
                },
                authors: vec![package.author],
                topics: package.tags,
                published: date.parse().ok(),
                language: Language::ENGLISH,
                ..Metadata::default()
            },
            body: body(&package.text),
        },
    }
}

fn body(text: &str) -> Body {
    let mut builder = BodyBuilder::new();
    for paragraph in text.split("\n\n") {
        builder.block(BlockKind::Paragraph, paragraph);
    }
    builder.finish()
}

/// Returns a library of `documents` documents: the real ones first, and then copies of them with every fourth word
/// exchanged for one that stands somewhere in all the texts, and a name of their own in the title and once in the text.
/// So words are as frequent as in the real ones, there are more different words the more documents there are, as in any
/// language, and no copy is taken for a double. Made once and kept in the system's folder for what is temporary.
pub fn library(real: &[Entry], documents: usize) -> Library {
    let folder = folder(documents);
    let done = folder.join("done");
    if !done.exists() {
        let _absent_is_well = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fill(&folder, real, documents);
        fs::write(&done, "").expect("a file");
    }
    let mut library = Library::open(&folder).expect("a library");
    let go_on = &mut |_| std::ops::ControlFlow::Continue(());
    library.catch_up(go_on).expect("an index");
    library
}

/// Returns where the library of so many documents is kept.
pub fn folder(documents: usize) -> PathBuf {
    let name = format!("recto-bench-typing-{VERSION}-{documents}");
    std::env::temp_dir().join(name)
}

fn fill(folder: &Path, real: &[Entry], documents: usize) {
    let mut store = Store::open(&folder.join("library.db")).expect("a store");
    let words: Vec<&str> = real
        .iter()
        .flat_map(|entry| entry.document.body.text().split_whitespace())
        .collect();
    let numbers: Vec<usize> = (0..documents).collect();
    for batch in numbers.chunks(BATCH) {
        let mut made: Vec<Entry> = batch
            .iter()
            .map(|&number| copy(real, &words, number))
            .collect();
        made.sort_by(|a, b| a.source.cmp(&b.source));
        let mut open = store.write().expect("a batch");
        for (number, of_one) in made.chunk_by(|a, b| a.source == b.source).enumerate() {
            let name = of_one.first().map_or("", |entry| entry.source.as_str());
            let source = NewSource {
                kind: SourceKind::Folder,
                identity: name,
                given: name,
                path: Some(name),
                name,
                added: 0,
            };
            let source = open.source(&source).expect("a source");
            let path = format!("{}-{number}", batch.first().unwrap_or(&0));
            let mut file = open.file(source, &path).expect("a file");
            for entry in of_one {
                open.put(&mut file, &entry.document)
                    .expect("a document put");
            }
            open.finish(file, &FileRecord::default(), false)
                .expect("the end of a file");
        }
        open.commit().expect("a commit");
    }
}

fn copy(real: &[Entry], words: &[&str], number: usize) -> Entry {
    let round = number / real.len();
    let of = &real[number % real.len()];
    if round == 0 {
        return Entry {
            source: of.source.clone(),
            document: of.document.clone(),
        };
    }
    let mut chance = Chance(number as u64);
    let name = name(number);
    let mut text = format!("{name} ");
    for paragraph in of.document.body.text().split("\n\n") {
        for word in paragraph.split_whitespace() {
            let other = chance.below(4) == 0;
            text.push_str(if other {
                words[chance.below(words.len())]
            } else {
                word
            });
            text.push(' ');
        }
        text.push_str("\n\n");
    }
    let metadata = &of.document.metadata;
    Entry {
        source: of.source.clone(),
        document: Document {
            key: Key(format!("{}-{round}", of.document.key.0)),
            metadata: Metadata {
                title: Title {
                    text: format!("{name}: {}", metadata.title.text),
                    derived: false,
                },
                url: None,
                ..metadata.clone()
            },
            body: body(&text),
        },
    }
}

/// Returns a name that no other number has: syllables, as digits to the base of 70.
fn name(number: usize) -> String {
    let syllables = "bcdfglmnprstvz"
        .chars()
        .flat_map(|c| "aeiou".chars().map(move |v| [c, v]));
    let syllables: Vec<[char; 2]> = syllables.collect();
    let mut rest = number;
    let mut name = String::new();
    while rest > 0 {
        name.extend(syllables[rest % syllables.len()]);
        rest /= syllables.len();
    }
    name
}
