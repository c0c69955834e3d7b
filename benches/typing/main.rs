//! What a key costs, from the key to the painted answer: rows in sight with their lines, and all counts, at 160 by 45.
//!
//! Real questions are typed letter by letter, as the room itself has them: the key changes the room, the library answers
//! what it asks, the answer changes the room, and each change is drawn. Beside each stands the bare query beneath it:
//! tantivy's best fifty and its count on the same index. Everything runs in one thread but for what the library does.
//!
//! Three libraries: articles; 100,000 documents (articles, descriptions of packages, and as many copies of these,
//! changed, as are missing: how many are real is told); a million, made likewise (see `corpus`). What is missing is told and left out.
//!
//! `cargo bench --bench typing`, or `cargo bench --bench typing -- DOCUMENTS` for one library of so many.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot run has nothing to say"
)]

mod bare;
#[path = "../beneath/mod.rs"]
mod beneath;
#[path = "../chance/mod.rs"]
mod chance;
mod corpus;
#[allow(dead_code, reason = "words and phrases are for the bench of searching")]
#[path = "../search/data.rs"]
mod data;
mod room;
mod times;

use std::path::Path;
use std::time::{Duration, Instant};

use recto::library::{Library, Window};
use recto::query::{Query, parse, parse_typing};

use beneath::Bare;
use room::Room;
use times::{Kind, memory, millis, report};

/// Where the descriptions of packages are, a document a line, below the folder of temporary files.
const PACKAGES: &str = "large/debian-packages.jsonl";

/// How many rows are in sight, and the cells of the line around the best hit: a screen of 160 by 45.
const ROWS: usize = 12;
const CELLS: usize = 45;

/// How often each question is asked; the first round warms up.
const ROUNDS: usize = 3;

/// How often a library is opened.
const OPENINGS: usize = 7;

/// What is typed besides what stands in the documents themselves: what the first users and a package's user look for.
const TYPED: [&str; 20] = [
    "user needs research",
    "public services",
    "procurement",
    "agile contracting",
    "accessibility -pdf",
    "policy OR law",
    "social media",
    "open data standards",
    "security advisory",
    "machine learning library",
    "perl module for parsing",
    "documentation",
    "the state of the web",
    "python web framework",
    "command line tool",
    "voluntary sector",
    "commissioning",
    "xml parser",
    "image viewer",
    "time series database",
];

const COMMON: [&str; 24] = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "for",
    "is",
    "this",
    "with",
    "package",
    "data",
    "library",
    "use",
    "file",
    "development",
    "contains",
    "work",
    "service",
    "new",
    "program",
    "user",
    "web",
    "support",
];

const CHOSEN: [&str; 8] = [
    "data kind:article",
    "library source:packages",
    "user author:\"Debian Perl Group\"",
    "web topic:libdevel",
    "date:2015",
    "source:packages date:2012",
    "service topic:\"open data\" kind:article",
    "author:\"Debian Perl Group\" date:2020",
];

const SORTED: [&str; 6] = [
    "sort:title",
    "sort:date",
    "data sort:date",
    "library sort:title",
    "the sort:-date",
    "s* sort:title",
];

const PHRASES: [&str; 8] = [
    "\"open data\"",
    "\"this package contains\"",
    "\"user research\"",
    "\"of the\"",
    "\"shared library\"",
    "\"command line tool\"",
    "\"social media\"",
    "\"development files for\"",
];

const OTHERS: [&str; 6] = [
    "data -library",
    "perl OR python",
    "c* p*",
    "title:lib*",
    "body:data",
    "\"the s\"*",
];

fn main() {
    let asked = std::env::args().find_map(|word| word.parse::<usize>().ok());
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let articles = corpus::articles(&shared.join("articles"));
    if articles.is_empty() {
        println!("skipped: no articles beside the checkout");
        return;
    }
    let packages = corpus::packages(&std::env::temp_dir().join(PACKAGES));
    let few = articles.len();
    let mut all = articles;
    all.extend(packages);
    if all.len() == few {
        println!("no {PACKAGES}: the larger libraries are left out");
    }
    let sizes = match asked {
        Some(size) => vec![size],
        None if all.len() == few => vec![few],
        None => vec![few, 100_000, 1_000_000],
    };
    for size in sizes {
        println!("\n{size} documents, {} of them real", size.min(all.len()));
        drop(corpus::library(&all, size));
        measure(size);
    }
}

fn measure(size: usize) {
    let folder = corpus::folder(size);
    opening(&folder);
    let library = Library::open(&folder).expect("a library");
    let bare = Bare::open(&folder.join("index"));
    println!(
        "{:34}{:>34}{:>28}{:>8}",
        "", "p50 / p99 / max ms", "bare p50 / p99 ms", "ratio"
    );
    let mut room = Room::new(&library);
    typed(&mut room, &bare);
    let asked = |name: &str, questions: &[&str], typing: bool| {
        let mut kind = Kind::new(name);
        for round in 0..ROUNDS {
            for question in questions {
                let query = if typing {
                    parse_typing(question)
                } else {
                    parse(question)
                };
                let ours = timed(|| find(&library, &query));
                let theirs = timed(|| bare.ask(question, typing));
                if round > 0 {
                    kind.push(ours, theirs);
                }
            }
        }
        report(&mut kind);
    };
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    asked("single letters", &letters, true);
    asked("common words", &COMMON, false);
    asked("nothing, and *", &["", "*"], false);
    asked("facets chosen", &CHOSEN, false);
    asked("sorted", &SORTED, false);
    asked("phrases", &PHRASES, false);
    asked("others", &OTHERS, false);
    if let Some(memory) = memory() {
        println!("resident: {memory:.0} MB");
    }
}

fn find(library: &Library, query: &Query) -> usize {
    let found = library.find(query, Window::first(ROWS), CELLS);
    found.expect("an answer").hits.total
}

/// From nothing to the first painted list, with all that the files keep in the system's memory.
fn opening(folder: &Path) {
    let (mut opened, mut painted, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let start = Instant::now();
        let library = Library::open(folder).expect("a library");
        opened.push(start.elapsed());
        let room = Room::new(&library);
        painted.push(start.elapsed());
        drop(room);
        find(&library, &Query::default());
        counted.push(start.elapsed());
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        millis(times[times.len() / 2])
    };
    println!(
        "opening: {:.1} ms, with the first list painted {:.1} ms, with all counts {:.1} ms",
        median(&mut opened),
        median(&mut painted),
        median(&mut counted)
    );
}

/// Types each question letter by letter.
fn typed(room: &mut Room<'_>, bare: &Bare) {
    let mut kinds: Vec<Kind> = [
        "1st letter",
        "2nd letter",
        "3rd letter",
        "4th letter",
        "later letters",
    ]
    .map(|name| Kind::new(&format!("typed, {name}")))
    .into();
    kinds.extend(
        ["1st letter", "2nd letter", "later letters"]
            .map(|name| Kind::new(&format!("further word, {name}"))),
    );
    let mut paint = Kind::new("of it room and paint");
    let mut whole = Kind::new("all keys");
    for round in 0..ROUNDS {
        for question in TYPED {
            room.clear();
            for (end, letter) in question.char_indices() {
                let typed = &question[..end + letter.len_utf8()];
                let (ours, of_it) = room.key(letter);
                let theirs = timed(|| bare.ask(typed, !typed.ends_with(' ')));
                if round == 0 {
                    continue;
                }
                let begun = typed.rsplit(' ').next().unwrap_or_default().len();
                let first = !typed.contains(' ');
                let kind = match (first, begun) {
                    (true, _) => (begun - 1).min(4),
                    (false, 0) => 7,
                    (false, _) => 5 + (begun - 1).min(2),
                };
                kinds[kind].push(ours, theirs);
                whole.push(ours, theirs);
                paint.push(of_it, theirs);
            }
        }
    }
    kinds
        .iter_mut()
        .chain([&mut whole, &mut paint])
        .for_each(report);
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
