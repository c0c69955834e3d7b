//! What it costs to find the doubles among documents as they are put, up to 100,000 of them: how fast documents go into
//! the store, step by step, beside the same bytes without anything to find doubles by. Not to slow down from step to
//! step is what matters: whoever is compared with all others does.
//!
//! Every tenth document is an earlier one with some words changed, so folds do come about. What has nothing to find
//! doubles by is the same text with its blanks filled by a letter: as many bytes to store, and one word. Shingles and
//! sketch of each text are timed alone too.
//!
//! `cargo bench --bench folds`, or `cargo bench --bench folds -- DOCUMENTS`

#[path = "chance/mod.rs"]
mod chance;

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use recto::document::double::Sketch;
use recto::document::{BlockKind, BodyBuilder, Document, Key, Metadata, Title};
use recto::store::{FileRecord, NewSource, SourceKind, Store};

use chance::Chance;

/// How many documents where the command line does not say.
const DOCUMENTS: usize = 100_000;

/// In how many steps they are put.
const STEPS: usize = 5;

/// How many documents go into one transaction.
const BATCH: usize = 1000;

/// Words of a text: about as many as a post has.
const WORDS: usize = 300;

/// Words in the language of these texts.
const VOCABULARY: usize = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let asked = std::env::args().find_map(|word| word.parse().ok());
    let step = asked.unwrap_or(DOCUMENTS) / STEPS;
    let folder = tempfile::tempdir()?;
    let mut with = Store::open(&folder.path().join("with.db"))?;
    let mut without = Store::open(&folder.path().join("without.db"))?;
    println!(
        "{:>9} {:>12} {:>12} {:>7} {:>9} {:>14} {:>9}",
        "documents", "docs/s", "without", "ratio", "sketches", "us a document", "memory MB"
    );
    for round in 0..STEPS {
        let mut times = Times::default();
        for batch in (round * step..(round + 1) * step)
            .collect::<Vec<_>>()
            .chunks(BATCH)
        {
            let texts: Vec<String> = batch.iter().map(|number| text(*number)).collect();
            let name = format!("{}.txt", batch[0]);
            // They take turns, so that a machine that slows down slows both.
            times.with += put(&mut with, &name, &texts)?;
            let filled: Vec<String> = texts.iter().map(|text| text.replace(' ', "x")).collect();
            times.without += put(&mut without, &name, &filled)?;
            let begun = Instant::now();
            for text in &texts {
                black_box(Sketch::of(text));
            }
            times.sketches += begun.elapsed();
        }
        times.print((round + 1) * step, step);
    }
    println!(
        "{} documents stand behind another; the databases have {:.0} and {:.0} MB",
        folded(&with)?,
        megabytes(folder.path().join("with.db"))?,
        megabytes(folder.path().join("without.db"))?,
    );
    Ok(())
}

/// How long a step took.
#[derive(Default)]
struct Times {
    with: Duration,
    without: Duration,
    sketches: Duration,
}

impl Times {
    fn print(&self, reached: usize, step: usize) {
        let rate = |time: Duration| step as f64 / time.as_secs_f64();
        let more = self.with.saturating_sub(self.without).as_secs_f64();
        println!(
            "{reached:>9} {:>12.0} {:>12.0} {:>7.2} {:>9.0} {:>14.0} {:>9}",
            rate(self.with),
            rate(self.without),
            rate(self.with) / rate(self.without),
            rate(self.sketches),
            more * 1e6 / step as f64,
            memory().map_or("?".to_owned(), |memory| format!("{memory:.0}")),
        );
    }
}

/// Returns how many documents stand behind others of their folds.
fn folded(store: &Store) -> Result<usize, Box<dyn Error>> {
    let folds = store.folds()?;
    let numbers: HashSet<i64> = folds.iter().map(|one| one.fold).collect();
    Ok(folds.len() - numbers.len())
}

/// Puts texts into a store as one file, and returns how long that took.
fn put(store: &mut Store, name: &str, texts: &[String]) -> Result<Duration, Box<dyn Error>> {
    let documents: Vec<Document> = (0..)
        .zip(texts)
        .map(|(place, text)| document(place, text))
        .collect();
    let begun = Instant::now();
    let mut batch = store.write()?;
    let source = batch.source(&NewSource {
        kind: SourceKind::File,
        identity: name,
        given: name,
        path: Some(name),
        name,
        added: 0,
    })?;
    let mut file = batch.file(source, name)?;
    for document in &documents {
        batch.put(&mut file, document)?;
    }
    batch.finish(file, &FileRecord::default(), false)?;
    batch.commit()?;
    Ok(begun.elapsed())
}

fn document(place: usize, text: &str) -> Document {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Paragraph, text);
    Document {
        key: Key(place.to_string()),
        metadata: Metadata {
            title: Title {
                text: text.chars().take(40).collect(),
                derived: true,
            },
            ..Metadata::default()
        },
        body: builder.finish(),
    }
}

/// Returns the text of a document: the same in every run.
fn text(number: usize) -> String {
    let copied = (number % 10 == 9).then(|| number / 2 / 10 * 10);
    let mut chance = Chance(copied.unwrap_or(number) as u64);
    let mut text = String::with_capacity(WORDS * 7);
    for place in 0..WORDS {
        let word = chance.below(VOCABULARY);
        // A copy has a changed word in a hundred.
        let word = word + usize::from(copied.is_some() && place % 100 == 50) * number;
        let _ = write!(text, "w{word} ");
    }
    text
}

/// Returns the most memory that this program had so far, in MB, where the system tells.
fn memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1000.0)
}

fn megabytes(path: std::path::PathBuf) -> std::io::Result<f64> {
    Ok(fs::metadata(path)?.len() as f64 / 1e6)
}
