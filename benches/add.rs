//! How fast a folder is added, beside what nothing could do faster: its files read and taken apart, its documents put
//! into the same index by the same writer, and their texts given to a bare tantivy writer, each alone. All are measured
//! in the same run, turn by turn, since the speed of a machine swings within minutes.
//!
//! The bare writer has the schema of recto's index, the same threads and memory, and is given the same texts. It is timed
//! twice: with the words of recto's analysis, as plainly as tantivy asks for them, and with those of tantivy's own simple
//! tokenizer in small letters, without stems.
//!
//! `cargo bench --bench add [FOLDER]`; without a folder, the articles beside the checkout, where they are there.

#[path = "add/bare.rs"]
mod bare;
#[path = "words/mod.rs"]
mod words;

use std::error::Error;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use recto::document::{Document, DocumentId};
use recto::format::{self, Input};
use recto::index::{Index, Stamp};
use recto::library::{Library, Progress};

use bare::Words;

/// How often each is measured; the median counts.
const ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles");
    // Cargo passes `--bench`.
    let asked = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let folder = asked.map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return Ok(());
    }
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(Round::run(&folder, &files)?);
    }
    report(&rounds);
    Ok(())
}

/// One turn of everything.
struct Round {
    documents: usize,
    text: usize,
    parse: Duration,
    index: Duration,
    bare: Duration,
    simple: Duration,
    add: Duration,
    again: Duration,
}

impl Round {
    fn run(folder: &Path, files: &[PathBuf]) -> Result<Self, Box<dyn Error>> {
        let (documents, parse) = timed(|| parse(files));
        let text = documents
            .iter()
            .map(|document| document.body.text().len())
            .sum();
        let (indexed, index) = timed(|| index(&documents));
        indexed?;
        let (written, bare) = timed(|| bare::write(&documents, Words::Recto));
        written?;
        let (written, simple) = timed(|| bare::write(&documents, Words::Simple));
        written?;
        let mut library = Library::temporary()?;
        let paths = [folder.to_owned()];
        let (added, add) = timed(|| library.add(&paths, &mut go_on));
        let (added, count) = (added?, library.coverage()?.searchable);
        let (unchanged, again) = timed(|| library.add(&paths, &mut go_on));
        assert_eq!(
            (added.new, unchanged?.unchanged),
            (count, count),
            "all of it, once"
        );
        Ok(Self {
            documents: count,
            text,
            parse,
            index,
            bare,
            simple,
            add,
            again,
        })
    }
}

fn report(rounds: &[Round]) {
    let median = |of: fn(&Round) -> Duration| {
        let mut times: Vec<Duration> = rounds.iter().map(of).collect();
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let (documents, text) = (rounds[0].documents as f64, rounds[0].text as f64 / 1e6);
    println!("{documents} documents, {text:.1} MB of text");
    let line = |what: &str, seconds: f64| {
        let (rate, speed) = (documents / seconds, text / seconds);
        println!("{what:<28} {seconds:>7.2} s {rate:>8.0} documents/s {speed:>7.1} MB/s");
    };
    let (parse, index) = (median(|round| round.parse), median(|round| round.index));
    let (bare, simple) = (median(|round| round.bare), median(|round| round.simple));
    let add = median(|round| round.add);
    line("read and taken apart", parse);
    line("put into an index", index);
    line("bare writer, recto's words", bare);
    line("bare writer, simple words", simple);
    line("added", add);
    line("added again, unchanged", median(|round| round.again));
    println!(
        "speed of adding beside putting into an index: {:.2}",
        index / add
    );
    println!(
        "beside the bare writer with recto's words: {:.2}",
        bare / add
    );
    println!(
        "beside the bare writer with simple words: {:.2}",
        simple / add
    );
}

/// Reads and takes apart every file, one after the other.
fn parse(files: &[PathBuf]) -> Vec<Document> {
    let mut documents = Vec::new();
    for path in files {
        let bytes = fs::read(path).unwrap_or_default();
        let name = path.to_string_lossy();
        let input = Input::new(&name, &bytes);
        format::read(&input, &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
    }
    documents
}

/// Puts documents into an index of their own: the same schema, analysis, threads and memory.
fn index(documents: &[Document]) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut writer = Index::create(folder.path())?.writer()?;
    for (number, document) in (1..).zip(documents) {
        writer.put(DocumentId(number), "articles", document);
    }
    writer.commit(&Stamp {
        library: "bench".to_owned(),
        change: 1,
    })?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    (work(), began.elapsed())
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
