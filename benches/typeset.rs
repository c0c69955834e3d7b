//! How fast a body is set to a measure, beside its floor: a plain pass over the same text that counts the cells of
//! each word and keeps nothing.
//!
//! Each measure is set with words left whole and with words parted by hyphens, side by side; parting looks up syllables
//! in paragraphs that would be ragged, so the narrow measures cost most.
//!
//! All are run in turn, so that a machine that slows down slows both; the ratio (the median of all rounds) is what to
//! compare between versions. The speeds are those of the fastest round.
//! The texts are the seeds that are plain text, repeated, and, where it lies beside the checkout, a folder of articles.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use recto::document::{BlockKind, Body, BodyBuilder};
use recto::text::{Language, cells};
use recto::typeset::{Typesetter, typeset};

/// The length that a text is repeated to, in bytes.
const LENGTH: usize = 4 << 20;

const MEASURES: [u16; 3] = [40, 72, 120];

/// Rows of a first screen.
const SCREEN: usize = 60;

fn main() {
    // Run as a test, once is enough to see that it works.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        15
    } else {
        1
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    report("seeds", &files(&root.join("seeds"), "txt"), rounds);
    report(
        "articles",
        &files(&root.join("../shared/data/articles"), "md"),
        rounds,
    );
}

fn report(name: &str, files: &[PathBuf], rounds: usize) {
    let Some(body) = body(files) else {
        println!("{name}: not there, skipped");
        return;
    };
    let text = body.text();
    let beyond_ascii = text.bytes().filter(|byte| !byte.is_ascii()).count();
    println!(
        "{name}: {} bytes, {:.1} % beyond ASCII, {} blocks",
        text.len(),
        100.0 * beyond_ascii as f64 / text.len() as f64,
        body.blocks().len()
    );
    for measure in MEASURES {
        let (mut plain, mut set, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let (mut parted, mut parting) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let floor = time(|| text.split(' ').map(cells::width).sum::<usize>());
            let whole = time(|| typeset(&body, measure).rows().len());
            let with_hyphens = time(|| hyphenated(&body, measure));
            plain.push(floor.as_secs_f64());
            set.push(whole.as_secs_f64());
            parted.push(with_hyphens.as_secs_f64());
            ratios.push(whole.as_secs_f64() / floor.as_secs_f64());
            parting.push(with_hyphens.as_secs_f64() / whole.as_secs_f64());
        }
        let mebibytes = text.len() as f64 / f64::from(1 << 20);
        let screen = time(|| {
            let mut typesetter = Typesetter::new(&body, measure);
            typesetter.advance(SCREEN)
        });
        println!(
            "  measure {measure:3}: {:6.0} MiB/s, plain pass {:6.0} MiB/s, {:.2} times its time; first screen {screen:?}",
            mebibytes / least(&set),
            mebibytes / least(&plain),
            median(&mut ratios),
        );
        println!(
            "               hyphenated {:6.0} MiB/s, {:.2} times the time without",
            mebibytes / least(&parted),
            median(&mut parting),
        );
    }
}

/// Sets the whole body with words parted, as English; returns how many rows it has.
fn hyphenated(body: &Body, measure: u16) -> usize {
    let typesetter = Typesetter::new(body, measure).hyphenate(Language::ENGLISH);
    typesetter.finish().rows().len()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Returns the text of the files as paragraphs, repeated until it is long enough.
fn body(files: &[PathBuf]) -> Option<Body> {
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    let paragraphs: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split("\n\n"))
        .filter(|paragraph| !paragraph.trim().is_empty())
        .collect();
    let mut builder = BodyBuilder::new();
    let mut length = 0;
    for paragraph in paragraphs.iter().cycle() {
        builder.block(BlockKind::Paragraph, paragraph);
        length += paragraph.len();
        if length > LENGTH {
            break;
        }
    }
    (length > 0).then(|| builder.finish())
}

/// Returns the files below `folder` whose names end so, in the order of their names.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
