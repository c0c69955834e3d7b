//! How fast whole pages are read, in MB/s, beside the least that must be done: html5ever's own tree for a page whose
//! article is looked for, html5ever's bare tokens for a piece of HTML in a feed.
//!
//! The pages are Readability's 129, where they lie beside the checkout. Reading and floor take turns, so that a
//! machine that slows down slows both; of each the median is shown.
//!
//! `cargo bench --bench pages`

use std::cell::Cell;
use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use recto::format::{Input, read};

mod bare;

/// How often reading and floor take turns.
const TURNS: usize = 5;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/readability");
    let Ok(lines) = fs::read_to_string(folder.join("expectations.jsonl")) else {
        println!("skipped: the pages are not beside the checkout");
        return;
    };
    let pages: Vec<String> = lines
        .lines()
        .filter_map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).ok()?;
            let bytes = fs::read(folder.join(value.get("path")?.as_str()?)).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect();
    println!("{:<16} {:>8} {:>8} {:>8}", "", "MB/s", "floor", "ratio");
    compare("whole pages", "page.html", &pages, &pages, bare_tree);
    let pieces: Vec<String> = pages.iter().map(|page| without_scripts(page)).collect();
    let feeds: Vec<String> = pieces.iter().map(|piece| feed(piece)).collect();
    compare("pieces in feeds", "feed.xml", &feeds, &pieces, bare_tokens);
}

fn compare(what: &str, name: &str, texts: &[String], floors: &[String], floor: fn(&str) -> usize) {
    let (mut readings, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        readings.push(timed(|| {
            texts.iter().map(|text| read_all(name, text)).sum()
        }));
        bare.push(timed(|| floors.iter().map(|text| floor(text)).sum()));
    }
    let bytes: usize = floors.iter().map(String::len).sum();
    let speed = |times: Vec<Duration>| bytes as f64 / 1e6 / median(times).as_secs_f64();
    let (reading, floor) = (speed(readings), speed(bare));
    println!(
        "{what:<16} {reading:>8.1} {floor:>8.1} {:>8.3}",
        reading / floor
    );
}

fn timed(work: impl Fn() -> usize) -> Duration {
    let begun = Instant::now();
    black_box(work());
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn read_all(name: &str, text: &str) -> usize {
    let mut bytes = 0;
    read(&Input::new(name, text.as_bytes()), &mut |document| {
        bytes += document.body.text().len();
        ControlFlow::Continue(())
    });
    bytes
}

/// Returns a page without its scripts and styles, which no feed has.
fn without_scripts(page: &str) -> String {
    let mut kept = page.to_owned();
    for (start, end) in [("<script", "</script>"), ("<style", "</style>")] {
        while let Some(from) = kept.find(start) {
            let to = kept.get(from..).and_then(|rest| rest.find(end));
            let to = to.map_or(kept.len(), |at| from + at + end.len());
            kept.replace_range(from..to, "");
        }
    }
    kept
}

fn feed(piece: &str) -> String {
    let piece = piece.replace("]]>", "");
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><item><title>i</title>\
         <description><![CDATA[{piece}]]></description></item></channel></rss>"
    )
}

struct Count(Cell<usize>);

impl TokenSink for Count {
    type Handle = ();

    fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
        self.0.set(self.0.get() + 1);
        TokenSinkResult::Continue
    }
}

fn bare_tokens(text: &str) -> usize {
    let tokenizer = Tokenizer::new(Count(Cell::new(0)), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.0.get()
}

fn bare_tree(text: &str) -> usize {
    let options = html5ever::ParseOpts::default();
    html5ever::parse_document(bare::Sink::default(), options).one(text)
}
