//! The five seeds, block by block: what each becomes is held in `tests/seeds/*.blocks`, one line a block.
//!
//! The files were made by reading the texts beside them. A line says what the block is, what it stands in (`>` a
//! quotation, `•` or `3.` an item that opens, `…` one that goes on), how many bytes it has, and how it begins and
//! ends; its spans follow, further in. Who changes a format reads the difference and changes the file by hand.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use recto::config::manifest::{self, Manifest};
use recto::document::{Block, Container, Document, Item, Marker, SpanKind};
use recto::format::{Input, Outcome, read};

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn seed_manifest() -> Manifest {
    let text = fs::read_to_string(seeds().join(manifest::FILE_NAME)).unwrap();
    let (manifest, warnings) = manifest::parse(&text);
    assert_eq!(warnings, []);
    manifest
}

fn read_seed(name: &str, manifest: &Manifest) -> (Vec<Document>, Outcome) {
    let bytes = fs::read(seeds().join(name)).unwrap();
    let input = Input {
        manifest: manifest.file(name),
        ..Input::new(name, &bytes)
    };
    let mut documents = Vec::new();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

fn seed_names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(seeds())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "txt")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn each_seed_becomes_the_blocks_that_its_text_has() {
    let manifest = seed_manifest();
    for name in seed_names() {
        let (documents, outcome) = read_seed(&name, &manifest);
        assert_eq!(outcome.warnings, [], "{name}");
        let mut found = String::new();
        for document in &documents {
            describe(document, &mut found);
        }
        let fixture = format!("tests/seeds/{}.blocks", name.split('_').next().unwrap());
        let expected = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&fixture))
            .unwrap_or_default();
        let differs = expected
            .lines()
            .zip(found.lines())
            .position(|(one, other)| one != other);
        assert!(
            expected == found,
            "{fixture} differs from line {} on; found:\n{found}",
            differs.unwrap_or_else(|| expected.lines().count().min(found.lines().count())) + 1,
        );
    }
}

#[test]
fn the_five_seeds_are_eighteen_documents_each_with_its_own_key() {
    let manifest = seed_manifest();
    let mut keys = BTreeMap::new();
    let mut counts = Vec::new();
    for name in seed_names() {
        let (documents, outcome) = read_seed(&name, &manifest);
        assert_eq!(outcome.documents, documents.len());
        counts.push(documents.len());
        keys.extend(
            documents
                .into_iter()
                .map(|document| (document.key, document.metadata.title)),
        );
    }
    assert_eq!(counts, [1, 1, 1, 5, 10]);
    assert_eq!(keys.len(), 18);
}

#[test]
fn without_the_manifest_the_seeds_still_give_what_they_say_themselves() {
    let none = Manifest::default();
    let (thread, _) = read_seed("000_3afe104b548c7960.txt", &none);
    assert_eq!(thread[0].metadata.authors, ["Tom Archer"]);
    let (article, _) = read_seed("001_d0142983c37ab9c7.txt", &none);
    let metadata = &article[0].metadata;
    assert_eq!(
        metadata.title.text,
        "How to involve voluntary organisations in public services"
    );
    assert_eq!(metadata.published.unwrap().to_string(), "2012-11");
    let (posts, _) = read_seed("003_93ef65791770c79a.txt", &none);
    assert_eq!(posts.len(), 5);
    let (items, outcome) = read_seed("004_4f9e46e1e41d5547.txt", &none);
    assert_eq!(items[3].metadata.authors, ["admin"]);
    assert_eq!(outcome.source_title.as_deref(), Some("2020 PSH"));
}

fn describe(document: &Document, out: &mut String) {
    let metadata = &document.metadata;
    writeln!(out, "=== {}", document.key.0).unwrap();
    let derived = if metadata.title.derived {
        " (derived)"
    } else {
        ""
    };
    writeln!(out, "title{derived}: {}", metadata.title.text).unwrap();
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    fact("authors", metadata.authors.join(", "));
    fact(
        "published",
        metadata
            .published
            .map_or(String::new(), |date| date.to_string()),
    );
    fact("publisher", metadata.publisher.clone().unwrap_or_default());
    fact("url", metadata.url.clone().unwrap_or_default());
    fact("kind", metadata.kind.name().to_owned());
    fact(
        "language",
        metadata.language.code().unwrap_or_default().to_owned(),
    );
    fact("topics", metadata.topics.join(", "));
    for (name, value) in &metadata.details {
        fact("detail", format!("{name} = {value}"));
    }
    for part in document.body.parts() {
        let reply = part
            .reply_to
            .map_or(String::new(), |to| format!(", to {to}"));
        writeln!(
            out,
            "part: {} bytes, depth {}{reply}: {}",
            part.range.len(),
            part.depth,
            part.label()
        )
        .unwrap();
    }
    writeln!(out).unwrap();
    for block in document.body.blocks() {
        describe_block(document, block, out);
    }
    writeln!(out).unwrap();
}

fn describe_block(document: &Document, block: &Block, out: &mut String) {
    let body = &document.body;
    let containers: Vec<String> = block.containers.iter().map(container).collect();
    let name = format!("{} {}", block.name(), block.level());
    let words = body.slice(block.range).replace('\n', "⏎");
    writeln!(
        out,
        "{name:<12} {:<3} {:>5}  {}",
        containers.join(""),
        block.range.len(),
        ends(&words)
    )
    .unwrap();
    for span in body.spans_in(block.range) {
        let kind = match &span.kind {
            SpanKind::Link(address) => format!("link {address}"),
            other => format!("{other:?}").to_lowercase(),
        };
        writeln!(out, "    [{}] {kind}", ends(body.slice(span.range))).unwrap();
    }
}

fn container(container: &Container) -> String {
    match container {
        Container::Quotation => ">".to_owned(),
        Container::Item(Item { opens: false, .. }) => "…".to_owned(),
        Container::Item(Item { marker, .. }) => match marker {
            Marker::Bullet => "•".to_owned(),
            Marker::Number(number) => format!("{number}."),
            Marker::Label(label) => label.as_str().to_owned(),
            Marker::Task(done) => if *done { "☑" } else { "☐" }.to_owned(),
        },
    }
}

/// Returns the first and last words of a text.
fn ends(words: &str) -> String {
    let list: Vec<&str> = words.split(' ').collect();
    if list.len() <= 12 {
        return words.to_owned();
    }
    format!(
        "{} … {}",
        list[..7].join(" "),
        list[list.len() - 4..].join(" ")
    )
}
