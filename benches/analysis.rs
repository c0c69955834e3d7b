//! How fast text becomes terms, beside a plain pass over the same text (split at blanks, lower case) in the same run.
//!
//! Run by `cargo bench --bench analysis`. The ratio is the figure to compare: machines differ, and one machine differs
//! from hour to hour. The text is that of the seeds, repeated, and a folder of articles where one stands beside the
//! checkout.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use recto::document::{BlockKind, Body, BodyBuilder};
use recto::query::{Field, Lexicon, Matcher, expand, parse, snippet};
use recto::text::Language;
use recto::text::analysis::analyze;

/// How much text a pass goes over, in bytes.
const ENOUGH: usize = 8 * 1024 * 1024;

/// How often each pass runs; the median counts.
const ROUNDS: usize = 7;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = texts_under(&root.join("seeds"));
    measure("seeds, repeated", &repeated(&seeds));
    let articles = root.join("../shared/data/articles");
    if articles.is_dir() {
        measure("articles", &repeated(&texts_under(&articles)));
    } else {
        println!("articles: none beside the checkout, left out");
    }
}

fn measure(name: &str, text: &str) {
    let plain = median(|| {
        for word in text.split_whitespace() {
            black_box(word.to_lowercase());
        }
    });
    let analysis = median(|| {
        analyze(text, Language::ENGLISH, |token| {
            black_box(token.stem);
        });
    });
    let expanded = expand(
        &parse("\"public service\" mutual trust*"),
        &Lexicon::default(),
    );
    let matcher = Matcher::new(&expanded);
    let matching = median(|| {
        black_box(matcher.ranges(Field::Body, text, Language::ENGLISH));
    });
    println!("{name}, {:.1} MiB:", mebibytes(text.len()));
    for (what, took) in [
        ("plain pass", plain),
        ("analysis", analysis),
        ("matching", matching),
    ] {
        let ratio = took.as_secs_f64() / plain.as_secs_f64();
        let speed = mebibytes(text.len()) / took.as_secs_f64();
        println!("  {what:<12} {speed:>7.1} MiB/s  {ratio:>5.2} times the plain pass");
    }
    let body = body_of(
        text.get(..text.floor_char_boundary(1024 * 1024))
            .unwrap_or_default(),
    );
    for question in ["service", "\"no such words stand here\""] {
        let matcher = Matcher::new(&expand(&parse(question), &Lexicon::default()));
        let took = median(|| {
            black_box(snippet(&body, &matcher, Language::ENGLISH, 80));
        });
        println!(
            "  snippet of 1 MiB, {question}: {:.2} ms",
            took.as_secs_f64() * 1e3
        );
    }
}

fn mebibytes(bytes: usize) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

fn median(mut pass: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            pass();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn body_of(text: &str) -> Body {
    let mut builder = BodyBuilder::new();
    for line in text.lines() {
        builder.block(BlockKind::Paragraph, line);
    }
    builder.finish()
}

/// Returns the text of every file under `folder` that is UTF-8, in the order of their names.
fn texts_under(folder: &Path) -> String {
    let Ok(entries) = fs::read_dir(folder) else {
        return String::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: &Path| {
        if path.is_dir() {
            return texts_under(path);
        }
        fs::read_to_string(path).unwrap_or_default()
    };
    paths.iter().map(|path| read(path) + "\n\n").collect()
}

fn repeated(text: &str) -> String {
    if text.len() >= ENOUGH {
        return text
            .get(..text.floor_char_boundary(ENOUGH))
            .unwrap_or_default()
            .to_owned();
    }
    text.repeat(ENOUGH / text.len().max(1) + 1)
}
