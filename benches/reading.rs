//! What a reader waits for, each beside its floor, measured turn by turn in one run: the start to the first frame and
//! to the first list, a key to its answer, and opening a document.
//!
//! `cargo bench --bench reading [FOLDER]`; without a folder, the articles beside the checkout, else the seeds.

use std::error::Error;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use recto::app::{Hyphenation, Sheet};
use recto::document::DocumentId;
use recto::library::{Library, Window};
use recto::query::{self, Lexicon, Matcher};

/// How often a start is measured.
const STARTS: usize = 15;

/// What is typed, letter by letter: words of the first users' field, which the articles share.
const TYPED: [&str; 8] = [
    "user needs",
    "public services",
    "procurement",
    "\"open data\"",
    "agile contracting",
    "accessibility -pdf",
    "policy OR law",
    "social media",
];

/// How many rows are in sight, and the cells of the line around the best hit: a screen of 160 by 45.
const ROWS: usize = 11;
const CELLS: usize = 44;
const MEASURE: u16 = 72;

fn main() -> Result<(), Box<dyn Error>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles");
    // Cargo passes `--bench`.
    let asked = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let folder = asked.map_or(beside, PathBuf::from);
    let place = tempfile::tempdir()?;
    let mut library = Library::open(place.path())?;
    let go_on = &mut |_| std::ops::ControlFlow::Continue(());
    if folder.is_dir() {
        library.add(&[folder], go_on)?;
    } else {
        println!("no {}: on the seeds alone", folder.display());
    }
    library.catch_up(go_on)?;
    println!("{} documents", library.coverage()?.searchable);
    keys(&library)?;
    opening(&library)?;
    drop(library);
    starts(place.path())
}

/// A letter typed → the rows in sight with their lines and all counts, beside the same with no row: the index alone.
fn keys(library: &Library) -> Result<(), Box<dyn Error>> {
    let (mut whole, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        for typed in TYPED {
            for (end, letter) in typed.char_indices() {
                let query = query::parse_typing(&typed[..end + letter.len_utf8()]);
                for (rows, times) in [(0, &mut bare), (ROWS, &mut whole)] {
                    let find = || library.find(&query, Window::first(rows), CELLS);
                    let (found, time) = timed(find);
                    found?;
                    times.push(time);
                }
            }
        }
    }
    report("key to answer", &mut whole, "counts alone", &mut bare);
    Ok(())
}

/// Opening each document, lit, beside counting the words of its text.
fn opening(library: &Library) -> Result<(), Box<dyn Error>> {
    let light = query::expand(&query::parse("service OR data"), &Lexicon::default());
    let matcher = Matcher::new(&light);
    let ids: Vec<DocumentId> = library
        .find(&query::parse("*"), Window::first(500), 0)?
        .rows
        .iter()
        .map(|row| row.id)
        .collect();
    let (mut whole, mut plain) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for id in ids {
        let Some(opened) = library.document(id)? else {
            continue;
        };
        let text = opened.document.body.text().to_owned();
        bytes += text.len();
        plain.push(timed(|| text.split_whitespace().count()).1);
        let open = || {
            library.document(id).map(|opened| {
                opened.map(|opened| Sheet::new(opened, MEASURE, Hyphenation::On, &matcher))
            })
        };
        whole.push(timed(open).1);
    }
    let seconds: f64 = whole.iter().map(Duration::as_secs_f64).sum();
    println!(
        "opening: {:.1} MiB/s from the store to lit rows",
        bytes as f64 / seconds / 1_048_576.0
    );
    report(
        "opening a document",
        &mut whole,
        "counting its words",
        &mut plain,
    );
    Ok(())
}

/// The program at a terminal, from its start to its first frame and to its first list, beside a start that only prints.
fn starts(library: &Path) -> Result<(), Box<dyn Error>> {
    let (mut frames, mut lists, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let print = || {
            Command::new(env!("CARGO_BIN_EXE_recto"))
                .arg("--version")
                .stdout(Stdio::null())
                .status()
        };
        let (status, time) = timed(print);
        status?;
        bare.push(time);
        let (frame, list) = start(library)?;
        frames.push(frame);
        lists.push(list);
    }
    report(
        "start to first frame",
        &mut frames,
        "start that prints",
        &mut bare.clone(),
    );
    report(
        "start to first list",
        &mut lists,
        "start that prints",
        &mut bare,
    );
    Ok(())
}

/// Returns the times from the start to the first bytes of a picture and to the first documents in it.
fn start(library: &Path) -> Result<(Duration, Duration), Box<dyn Error>> {
    let size = PtySize {
        rows: 45,
        cols: 160,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_recto"));
    command.arg("--library");
    command.arg(library);
    command.env("TERM", "xterm-256color");
    command.env("RECTO_CONFIG", library.join("settings"));
    let mut output = pair.master.try_clone_reader()?;
    let mut keys = pair.master.take_writer()?;
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let (mut seen, mut first, mut bytes) = (Vec::new(), None, [0; 16_384]);
    let list = loop {
        let count = output.read(&mut bytes)?;
        if count == 0 {
            return Err("the program ended before its first list".into());
        }
        seen.extend_from_slice(&bytes[..count]);
        let has = |text: &str| {
            seen.windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        if has("searchable") {
            first.get_or_insert_with(|| began.elapsed());
        }
        // The order stands in the first row as soon as an answer has come.
        if has("newest") {
            break began.elapsed();
        }
    };
    keys.write_all(b"Q")?;
    while output.read(&mut bytes).is_ok_and(|count| count > 0) {}
    child.wait()?;
    Ok((first.unwrap_or(list), list))
}

fn report(what: &str, times: &mut [Duration], floor: &str, floors: &mut [Duration]) {
    let line = |what: &str, times: &mut [Duration]| {
        times.sort();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
        println!(
            "{what:<24} p50 {:>8.3} ms  p99 {:>8.3} ms  n {}",
            at(50),
            at(99),
            times.len()
        );
        at(50)
    };
    let (whole, bare) = (line(what, times), line(floor, floors));
    println!("{what} / {floor}: {:.2}", whole / bare);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}
