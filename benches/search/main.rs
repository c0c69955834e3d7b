//! What indexing and searching cost, beside the bare index beneath them, measured in one run: the machine's own speed
//! swings by two within hours, a ratio does not. And how well the order is, on a collection with judgements.
//!
//! Prints tables; nothing here passes or fails. Data is looked for beside the checkout, and what is absent is skipped.
//! `cargo bench --bench search`, or `cargo bench --bench search -- judged FOLDER...` for the order alone, on collections
//! with judgements (`judged.rs` says what a folder holds).

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot run has nothing to say"
)]

mod bare;
#[path = "../beneath/mod.rs"]
mod beneath;
mod data;
mod judged;
#[path = "../words/mod.rs"]
mod words;

use std::path::Path;
use std::time::{Duration, Instant};

use recto::document::DocumentId;
use recto::index::{Index, MarkSets, Request, Stamp, Theme, Topics};
use recto::query::{Expanded, Lexicon, expand, parse, parse_typing};

use beneath::Bare;
use data::Article;

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = words.iter().position(|word| word == "judged") {
        let folders = words.iter().skip(at + 1);
        // `--bench` is what cargo adds.
        for folder in folders.filter(|word| !word.starts_with("--")) {
            judge(Path::new(folder));
        }
        return;
    }
    match data::articles(&data.join("articles")) {
        articles if articles.is_empty() => println!("skipped: no articles beside the checkout"),
        articles => {
            indexing(&articles);
            searching(&articles);
            searching(&copies(&articles, 20));
        }
    }
    judge(&data.join("vaswani"));
}

fn judge(folder: &Path) {
    match judged::Collection::read(folder) {
        None => println!("skipped: no judged collection in {}", folder.display()),
        Some(collection) => collection.report(),
    }
}

/// Compares adding with a bare writer that is given the same analysis, threads and memory, and the same columns but for the
/// beginnings of words, which nothing but recto has.
fn indexing(articles: &[Article]) {
    let bytes: usize = articles
        .iter()
        .map(|one| one.document.body.text().len())
        .sum();
    println!(
        "{} articles, {:.1} MB of text",
        articles.len(),
        bytes as f64 / 1e6
    );
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create(directory.path()).expect("a new index");
        let start = Instant::now();
        fill(&index, articles);
        let ours = start.elapsed();
        let theirs = Bare::time_indexing(directory.path(), articles);
        ratios.push(ours.as_secs_f64() / theirs.as_secs_f64());
        println!(
            "adding: {:>6.0} documents/s, bare {:>6.0}, time ratio {:.2}",
            articles.len() as f64 / ours.as_secs_f64(),
            articles.len() as f64 / theirs.as_secs_f64(),
            ratios.last().unwrap_or(&0.0),
        );
    }
}

fn fill(index: &Index, articles: &[Article]) {
    let mut writer = index.writer().expect("a writer");
    for article in articles {
        writer.put(article.id, &article.source, &article.document);
    }
    let stamp = Stamp {
        library: "bench".to_owned(),
        change: 1,
    };
    writer.commit(&stamp).expect("a commit");
}

/// Returns a library of many articles, made of a few: how it searches is told by how often words are in it, which is
/// as in a real one, and not by how many words there are, which is not.
fn copies(articles: &[Article], times: usize) -> Vec<Article> {
    let all = (0..times).flat_map(|_| articles).zip(1..);
    let all = all.map(|(article, id)| Article {
        id: DocumentId(id),
        source: article.source.clone(),
        document: article.document.clone(),
    });
    all.collect()
}

/// Compares questions with the bare query beneath each: its best fifty and its count, no facets.
fn searching(articles: &[Article]) {
    println!("\n{} articles", articles.len());
    let directory = tempfile::tempdir().expect("a temporary folder");
    let index = Index::create(directory.path()).expect("a new index");
    fill(&index, articles);
    let start = Instant::now();
    let index = Index::open(directory.path()).expect("the index");
    println!("opening: {:.1} ms", millis(start.elapsed()));
    let start = Instant::now();
    index.set_topics(topics()).expect("themes");
    println!(
        "answering {} themes: {:.1} ms",
        THEMES.len(),
        millis(start.elapsed())
    );

    let bare = Bare::open(directory.path());
    let words = data::words(articles);
    let phrases = data::phrases(articles);
    println!(
        "{:28}{:>26}{:>26}{:>8}",
        "", "p50 / p99 ms", "bare p50 / p99 ms", "ratio"
    );
    for letters in 1..=4 {
        let typed: Vec<String> = words
            .iter()
            .map(|word| word.chars().take(letters).collect())
            .collect();
        let name = format!("typed, {letters} letters");
        row(
            &name,
            &typed,
            |text| ask(&index, &typing(text)),
            |text| bare.prefix(text),
        );
    }
    row(
        "one word",
        &words,
        |text| ask(&index, &asked(text)),
        |text| bare.words(text),
    );
    let pairs: Vec<String> = phrases
        .iter()
        .map(|phrase| first_words(phrase, 2))
        .collect();
    row(
        "two words",
        &pairs,
        |text| ask(&index, &asked(text)),
        |text| bare.words(text),
    );
    row(
        "three words",
        &phrases,
        |text| ask(&index, &asked(text)),
        |text| bare.words(text),
    );
    row(
        "phrase of three",
        &phrases,
        |text| ask(&index, &asked(&format!("\"{text}\""))),
        |text| bare.phrase(text),
    );
    let many: Vec<String> = phrases
        .windows(2)
        .map(|phrases| phrases.join(" "))
        .collect();
    row(
        "six words, ranked",
        &many,
        |text| ask(&index, &asked(text)),
        |text| bare.any(text),
    );
    row(
        "word and chosen topic",
        &words,
        |text| {
            ask(
                &index,
                &asked(&format!("{text} topic:mobile,data kind:article")),
            )
        },
        |text| bare.words(text),
    );
    row(
        "nothing asked",
        &words,
        |_| ask(&index, &Expanded::default()),
        |_| bare.all(),
    );
}

/// Prints the times of two ways to answer each question, taken in turn, and the median of their ratios.
fn row(name: &str, texts: &[String], ours: impl Fn(&str) -> usize, theirs: impl Fn(&str) -> usize) {
    let time = |answer: &dyn Fn(&str) -> usize, text: &str| {
        let start = Instant::now();
        std::hint::black_box(answer(text));
        start.elapsed()
    };
    let mut times = (Vec::new(), Vec::new());
    for round in 0..3 {
        for text in texts {
            let pair = (time(&ours, text), time(&theirs, text));
            // The first round only warms up.
            if round > 0 {
                times.0.push(pair.0);
                times.1.push(pair.1);
            }
        }
    }
    let pairs = times.0.iter().zip(&times.1);
    let mut ratios: Vec<f64> = pairs
        .map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    println!(
        "{name:28}{:>26}{:>26}{ratio:>8.2}",
        percentiles(&mut times.0),
        percentiles(&mut times.1)
    );
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    };
    format!("{:.3} / {:.3}", millis(at(50)), millis(at(99)))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ask(index: &Index, expanded: &Expanded) -> usize {
    let request = Request {
        expanded,
        offset: 0,
        limit: 50,
        marks: &MarkSets::default(),
        folds: None,
    };
    index.find(&request).map_or(0, |hits| hits.total)
}

fn asked(text: &str) -> Expanded {
    expand(&parse(text), &Lexicon::default())
}

fn typing(text: &str) -> Expanded {
    expand(&parse_typing(text), &Lexicon::default())
}

fn first_words(text: &str, count: usize) -> String {
    text.split(' ').take(count).collect::<Vec<_>>().join(" ")
}

const THEMES: [&str; 15] = [
    "mobile",
    "data",
    "\"open data\" OR dataset*",
    "security",
    "content",
    "accessibility OR accessible",
    "design",
    "contract* OR procurement",
    "agile",
    "analytics OR metric*",
    "social media",
    "api OR apis",
    "health",
    "training",
    "user research",
];

fn topics() -> Topics {
    let theme = |query: &&str| Theme {
        name: (*query).to_owned(),
        expanded: asked(query),
    };
    Topics {
        themes: THEMES.iter().map(theme).collect(),
        ..Topics::default()
    }
}
