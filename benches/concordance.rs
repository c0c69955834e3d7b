//! What a concordance of real articles costs: until its first screen is there, to read it to the end, beside the bare
//! analysis of the same texts in memory, and a key in it once a hundred thousand lines and more are read.
//!
//! `cargo bench --bench concordance`, or `cargo bench --bench concordance -- FOLDER`

use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use recto::library::{ConcordanceReader, ConcordanceWindow, Doubles, Library, Window};
use recto::query::concordance::{Order, Room};
use recto::query::{self, Matcher, Query};
use recto::text::analysis;

/// The questions: one word in nearly every text, a common one, two, a phrase, a beginning, a rare one.
const QUESTIONS: [&str; 6] = [
    "the",
    "service",
    "service user",
    "\"digital service\"",
    "s*",
    "procurement",
];

/// How many lines a screen has.
const SCREEN: usize = 40;

/// How many keys are pressed in each order.
const KEYS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let named = std::env::args()
        .skip(1)
        .find(|word| !word.starts_with('-'))
        .map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles");
    let folder = named.unwrap_or(beside);
    if !folder.is_dir() {
        println!("skipped: there are no articles in {}", folder.display());
        return Ok(());
    }
    let home = tempfile::tempdir()?;
    let mut library = Library::open(home.path())?;
    library.add(&[folder], &mut |_| ControlFlow::Continue(()))?;
    println!(
        "{:<20} {:>6} {:>8} {:>9} {:>10} {:>9} {:>9} {:>7}",
        "question", "docs", "lines", "first ms", "whole ms", "lines/s", "bare ms", "ratio"
    );
    for question in QUESTIONS {
        read(&library, question)?;
    }
    keys(&library)
}

/// Reads a concordance to its end, and analyses the same texts without it.
fn read(library: &Library, question: &str) -> Result<(), Box<dyn Error>> {
    let query = query::parse(question);
    // The first time warms the caches of the disk.
    let mut times = (Duration::MAX, Duration::MAX);
    let mut lines = (0, 0);
    for _ in 0..3 {
        let began = Instant::now();
        let mut reader = library.concordance(&query, Doubles::Folded, None)?;
        while reader.len() < SCREEN && reader.read_on(library, Duration::ZERO)? {}
        black_box(reader.lines(library, &window(Order::Listed, 0))?);
        let first = began.elapsed();
        while reader.read_on(library, Duration::from_millis(10))? {}
        let whole = began.elapsed();
        times = (times.0.min(first), times.1.min(whole));
        let told = reader.lines(library, &window(Order::Listed, 0))?;
        lines = (told.total, told.found);
    }
    let bare = bare(library, &query)?;
    println!(
        "{question:<20} {:>6} {:>8} {:>9.1} {:>10.1} {:>9.0} {:>9.1} {:>7.2}",
        lines.1,
        lines.0,
        ms(times.0),
        ms(times.1),
        lines.0 as f64 / times.1.as_secs_f64(),
        ms(bare),
        times.1.as_secs_f64() / bare.as_secs_f64()
    );
    Ok(())
}

/// Returns how long it takes to part the texts found into words, once they are in memory.
fn bare(library: &Library, query: &Query) -> Result<Duration, Box<dyn Error>> {
    let found = library.find(query, Window::first(usize::MAX >> 1), 0)?;
    let mut texts = Vec::new();
    for row in &found.rows {
        if let Some(opened) = library.document(row.id)? {
            texts.push((
                opened.document.body.text().to_owned(),
                opened.document.metadata.language,
            ));
        }
    }
    black_box(Matcher::new(&found.hits.expanded));
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let began = Instant::now();
        for (text, language) in &texts {
            analysis::analyze(text, *language, |token| {
                black_box(token.stem);
            });
        }
        best = best.min(began.elapsed());
    }
    Ok(best)
}

/// Presses keys in the longest concordance, in every order: a page on, and far away.
fn keys(library: &Library) -> Result<(), Box<dyn Error>> {
    let query = query::parse("the OR a OR of OR to OR s*");
    let mut reader = library.concordance(&query, Doubles::Folded, None)?;
    while reader.read_on(library, Duration::MAX)? {}
    println!("\na key among {} lines", reader.len());
    println!(
        "{:<10} {:>9} {:>12} {:>12} {:>12} {:>12}",
        "order", "sort ms", "page p50 ms", "page p99 ms", "jump p50 ms", "jump p99 ms"
    );
    for order in Order::ALL {
        let began = Instant::now();
        black_box(reader.lines(library, &window(order, 0))?);
        let sort = began.elapsed();
        let far = (reader.len() / KEYS).max(1);
        let pages = pressed(library, &mut reader, order, |key| key * SCREEN)?;
        // Steps that share no factor with the number of keys go through all of it, here and there.
        let jumps = pressed(library, &mut reader, order, |key| key * 77 % KEYS * far)?;
        println!(
            "{:<10} {:>9.1} {:>12.2} {:>12.2} {:>12.2} {:>12.2}",
            format!("{order:?}"),
            ms(sort),
            pages.0,
            pages.1,
            jumps.0,
            jumps.1
        );
    }
    Ok(())
}

/// Returns the median and the 99th percentile of what keys cost, in milliseconds.
fn pressed(
    library: &Library,
    reader: &mut ConcordanceReader,
    order: Order,
    place: impl Fn(usize) -> usize,
) -> Result<(f64, f64), Box<dyn Error>> {
    let mut times = Vec::with_capacity(KEYS);
    for key in 0..KEYS {
        let began = Instant::now();
        black_box(reader.lines(library, &window(order, place(key)))?);
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let at = |part: usize| times.get(KEYS * part / 100).map_or(0.0, |time| ms(*time));
    Ok((at(50), at(99)))
}

/// Returns what a screen at a place asks for: itself, and a screen before and after.
fn window(order: Order, place: usize) -> ConcordanceWindow {
    ConcordanceWindow {
        order,
        places: place.saturating_sub(SCREEN)..place + 2 * SCREEN,
        room: Room {
            before: 60,
            after: 80,
        },
        keep: None,
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
