//! What own tags cost: an answer with its counts, beside the same answer where nothing is tagged, and reading the tags
//! again after one of them has changed.
//!
//! 200,000 little documents, and 100,000 of them tagged with two of 300 names. Medians of rounds that take turns, since
//! a machine's speed swings within a run. Prints a table; nothing passes or fails.
//!
//! `cargo bench --bench tags`, or `cargo bench --bench tags -- DOCUMENTS`

#[path = "chance/mod.rs"]
mod chance;

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use recto::document::{BodyBuilder, Document, DocumentId, Key, Metadata};
use recto::index::{Index, MarkSets, Request, Stamp, Tags, Theme, Topics};
use recto::query::{Expanded, Lexicon, expand, parse};
use recto::store::{FileRecord, NewSource, SourceKind, Store};

use chance::Chance;

/// How many documents where the command line does not say.
const DOCUMENTS: usize = 200_000;

/// Names of tags.
const NAMES: usize = 300;

/// Rounds of each measurement.
const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let asked = std::env::args().find_map(|word| word.parse().ok());
    let documents = asked.unwrap_or(DOCUMENTS);
    let folder = tempfile::tempdir()?;
    answers(&folder.path().join("index"), documents)?;
    reading(&folder.path().join("library.db"), documents)
}

/// Half of the documents, each with two tags, some of which have the name of a theme or of a category.
fn tags(documents: usize) -> Vec<(String, Vec<DocumentId>)> {
    let mut chance = Chance(3);
    let mut tags: Vec<(String, Vec<DocumentId>)> =
        (0..NAMES).map(|tag| (name(tag), Vec::new())).collect();
    for document in (0..documents).step_by(2) {
        for _ in 0..2 {
            let tag = chance.below(NAMES);
            if let Some((_, ids)) = tags.get_mut(tag) {
                ids.push(DocumentId(document.cast_signed() as i64 + 1));
            }
        }
    }
    for (_, ids) in &mut tags {
        ids.dedup();
    }
    tags
}

fn name(tag: usize) -> String {
    format!("topic {tag} of mine")
}

fn document(number: usize, chance: &mut Chance) -> Document {
    let mut body = BodyBuilder::new();
    let words: Vec<String> = (0..8).map(|_| format!("w{}x", chance.below(200))).collect();
    body.text(&words.join(" "));
    Document {
        key: Key(number.to_string()),
        metadata: Metadata {
            // A third of the categories are called as tags are.
            topics: vec![name(chance.below(NAMES / 3))],
            ..Metadata::default()
        },
        body: body.finish(),
    }
}

fn answers(folder: &std::path::Path, documents: usize) -> Result<(), Box<dyn Error>> {
    let index = Index::create(folder)?;
    let mut chance = Chance(7);
    let mut writer = index.writer()?;
    for number in 0..documents {
        let id = DocumentId(number.cast_signed() as i64 + 1);
        writer.put(id, "bench", &document(number, &mut chance));
    }
    writer.commit(&Stamp {
        library: "bench".to_owned(),
        change: 1,
    })?;
    index.reload()?;
    let theme = |(name, rule): (&str, &str)| Theme {
        name: name.to_owned(),
        expanded: asked(rule),
    };
    let rules = [
        ("plain", "w1x OR w2x"),
        ("topic 299 of mine", "w3x"),
        ("named", "topic:\"topic 5 of mine\" OR w4x"),
    ];
    let topics = |count| Topics {
        themes: rules.into_iter().take(count).map(theme).collect(),
        ..Topics::default()
    };
    let none = MarkSets::default();
    let made = [tags(documents), tags(documents)].map(|tags| MarkSets {
        tags: Arc::new(Tags::new(tags)),
        ..MarkSets::default()
    });
    // The same tags, but for one document: what tagging it does.
    let [some, mut other] = made;
    let mut changed = tags(documents);
    if let Some((_, ids)) = changed.first_mut() {
        ids.pop();
    }
    other.tags = Arc::new(Tags::new(changed));
    println!("{documents} documents, half of them with two of {NAMES} tags; milliseconds");
    println!("{:34} {:>9} {:>9} {:>7}", "", "no tags", "tags", "ratio");
    for (what, count) in [("", 2), (", a rule names a tag", 3)] {
        index.set_topics(topics(count))?;
        for question in ["", "w1x", "w1x OR w2x OR w3x OR w4x"] {
            let asked = asked(question);
            let ask = |marks: &MarkSets| time(|| find(&index, &asked, marks));
            ask(&none);
            ask(&some);
            // In turns within a kind: each other kind of tags would be looked up anew.
            let plain = median((0..ROUNDS).map(|_| ask(&none)));
            ask(&some);
            let tagged = median((0..ROUNDS).map(|_| ask(&some)));
            row(&format!("“{question}”{what}"), plain, tagged);
        }
        let all = asked("");
        let plain = median((0..ROUNDS).map(|_| time(|| find(&index, &all, &none))));
        let fresh = median((0..ROUNDS).map(|round| {
            let marks = if round % 2 == 0 { &some } else { &other };
            time(|| find(&index, &all, marks))
        }));
        row(&format!("“” after each change of tags{what}"), plain, fresh);
    }
    Ok(())
}

fn reading(path: &std::path::Path, documents: usize) -> Result<(), Box<dyn Error>> {
    let mut store = Store::open(path)?;
    let mut chance = Chance(7);
    let mut batch = store.write()?;
    let source = batch.source(&NewSource {
        kind: SourceKind::File,
        identity: "/bench",
        given: "bench",
        path: Some("/bench"),
        name: "bench",
        added: 1_700_000_000,
    })?;
    let mut file = batch.file(source, "")?;
    for number in 0..documents {
        batch.put(&mut file, &document(number, &mut chance))?;
    }
    let record = FileRecord {
        fingerprint: Some(1),
        ..FileRecord::default()
    };
    batch.finish(file, &record, false)?;
    batch.commit()?;
    let start = Instant::now();
    for (name, ids) in tags(documents) {
        store.change_tags(&ids, &[name], &[])?;
    }
    let all = millis(start.elapsed());
    println!(
        "\ntagging, {} documents a name: {:.1} ms a name",
        documents / NAMES,
        all / NAMES as f64
    );
    let read = median((0..ROUNDS).map(|_| time(|| drop(store.tagged()))));
    println!("reading all tags: {read:.1} ms");
    let changed = median((0..ROUNDS).map(|_| time(|| drop(store.tags_changed()))));
    println!("asking whether they have changed: {changed:.3} ms");
    let one = median((0..ROUNDS.cast_signed() as i64).map(|round| {
        time(|| drop(store.set_tags(DocumentId(2 * round + 1), &[name(1), name(2)])))
    }));
    println!("tagging one document: {one:.1} ms");
    Ok(())
}

fn asked(question: &str) -> Expanded {
    expand(&parse(question), &Lexicon::default())
}

fn find(index: &Index, expanded: &Expanded, marks: &MarkSets) {
    let request = Request {
        expanded,
        offset: 0,
        limit: 50,
        marks,
        folds: None,
    };
    let found = index.find(&request);
    assert!(found.is_ok(), "{found:?}");
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    millis(start.elapsed())
}

fn median(times: impl Iterator<Item = f64>) -> f64 {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn row(what: &str, plain: f64, tagged: f64) {
    println!(
        "{what:34} {plain:>9.2} {tagged:>9.2} {:>7.2}",
        tagged / plain
    );
}
