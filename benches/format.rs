//! How fast files become documents, in MB/s, each beside its floor measured in the same run.
//!
//! The floor is what must be done in any case: the bare parser of the format over the same bytes, which does nothing
//! with what it gives. That is quick-xml's events for a feed (and then html5ever's tokens for the HTML in it), html5ever's
//! tokens for pages, one look at each line for plain text, pulldown-cmark's events, `serde_json` into a plain structure, mail-parser,
//! the ZIP container and then tokens or events for books and reports, hayro-syntax's objects and operators for PDF.
//! Reading and floor take turns, so that a machine that slows down slows both; of each the median is shown. The texts
//! are the seeds, repeated: real ones, and the same everywhere. Packed files are measured by what they hold unpacked.
//!
//! Feeds are compared with feed-rs too, the reader that others use, which leaves bodies as they are written: so does
//! `facts`, which reads the same items with their texts left unread. Bodies stand in sections (as the seed's), escaped
//! (as most feeds have them) and as plain text (`type="text"` of Atom).
//!
//! `cargo bench --bench format`, or `cargo bench --bench format -- Markdown` for one format alone (`feeds` for feeds)

#[path = "format/bare.rs"]
mod bare;
#[path = "format/files.rs"]
mod files;

use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use files::Files;
use recto::format::{Input, read, read_feed_facts};

/// How many bytes each text has at least: long enough to time, short enough to stay in memory.
const BYTES: usize = 16 << 20;

/// How often reading and floor take turns.
const TURNS: usize = 5;

const ARTICLE: &str = include_str!("../seeds/001_d0142983c37ab9c7.txt");
const POSTS: &str = include_str!("../seeds/003_93ef65791770c79a.txt");
const FEED: &str = include_str!("../seeds/004_4f9e46e1e41d5547.txt");

/// A format: what it is called, what makes files of it, and its bare parser.
type Format = (&'static str, fn() -> Files, fn(&[u8]) -> usize);

fn main() {
    // Cargo passes `--bench`.
    let asked = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    if asked.as_ref().is_none_or(|asked| asked == "feeds") {
        compare_feeds();
    }
    println!(
        "\n{:<12} {:>8} {:>11} {:>8} {:>8}",
        "", "MB/s", "documents/s", "floor", "ratio"
    );
    let formats: [Format; 9] = [
        ("HTML", files::pages, bare::html),
        ("plain text", files::plain, bare::lines),
        ("Markdown", files::markdown, bare::markdown),
        ("JSON Lines", files::json_lines, bare::json_lines),
        ("mailbox", files::mailbox, bare::mailbox),
        ("EPUB", files::books, bare::book),
        ("DOCX", files::docx, bare::report),
        ("ODT", files::odt, bare::report),
        ("PDF", files::pdf, bare::pdf),
    ];
    for (what, make, bare) in formats {
        if asked.as_ref().is_none_or(|asked| what == asked) {
            compare_files(what, &make(), bare);
        }
    }
}

fn compare_feeds() {
    println!("{:<12} {:>8} {:>8} {:>8}", "", "MB/s", "floor", "ratio");
    let feed = feed();
    compare("feed", "feed.xml", &feed, bare::events);
    compare("  its HTML", "feed.xml", &feed, bare::events_and_tokens);
    println!(
        "\n{:<14} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>14}",
        "", "MB/s", "items/s", "events", "ratio", "facts", "feed-rs", "facts/feed-rs"
    );
    compare_feed("feed, sections", &feed);
    compare_feed("feed, escaped", &escaped_feed());
    compare_feed("feed, plain", &plain_feed());
}

/// Times a feed read by recto, wholly and without its texts, by quick-xml's bare events, and by feed-rs, in turns.
fn compare_feed(what: &str, text: &str) {
    let [mut recto, mut facts, mut events, mut other] = [const { Vec::new() }; 4];
    for _ in 0..TURNS {
        recto.push(timed(|| read_all("feed.xml", text)));
        facts.push(timed(|| read_facts(text)));
        events.push(timed(|| bare::events(text)));
        other.push(timed(|| feed_rs_entries(text)));
    }
    let items = feed_rs_entries(text);
    assert_eq!(read_facts(text), items, "both read the same items");
    let [took, facts, events, other] =
        [recto, facts, events, other].map(|times| median(times).as_secs_f64());
    let speed = |took: f64| text.len() as f64 / 1e6 / took;
    println!(
        "{what:<14} {:>8.1} {:>8.0} {:>8.1} {:>8.3} {:>8.1} {:>8.1} {:>14.2}",
        speed(took),
        items as f64 / took,
        speed(events),
        events / took,
        speed(facts),
        speed(other),
        other / facts
    );
}

fn feed_rs_entries(text: &str) -> usize {
    feed_rs::parser::parse(text.as_bytes()).map_or(0, |feed| feed.entries.len())
}

fn read_facts(text: &str) -> usize {
    let mut items = 0;
    read_feed_facts(text, &mut |metadata| {
        black_box(&metadata);
        items += 1;
    });
    items
}

/// Returns a feed of RSS with the first two thousand bytes of the bodies of the seed's items, escaped.
fn escaped_feed() -> String {
    let sections = FEED.split("<content:encoded><![CDATA[").skip(1);
    let bodies: Vec<String> = sections
        .filter_map(|rest| rest.split("]]>").next())
        .map(|body| {
            let body = body.get(..body.floor_char_boundary(2000)).unwrap_or(body);
            body.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
        })
        .collect();
    let mut feed = String::from(
        "<rss version=\"2.0\"><channel><title>Bench</title><link>http://example.org/</link>",
    );
    let mut round = 0;
    while feed.len() < BYTES {
        for body in &bodies {
            round += 1;
            let _ = writeln!(
                feed,
                "<item><title>Item number {round}</title><link>http://example.org/{round}</link>\
                 <guid>http://example.org/{round}</guid><pubDate>Mon, 03 Jun 2013 10:17:44 +0100</pubDate>\
                 <author>ann@example.org (Ann Smith)</author><category>one</category><category>two</category>\
                 <description>{body}</description></item>"
            );
        }
    }
    feed + "</channel></rss>"
}

/// Returns a feed of Atom with the bodies of the seed's items as plain text, again and again under other names.
fn plain_feed() -> String {
    let mut texts = Vec::new();
    read(&Input::new("feed.xml", FEED.as_bytes()), &mut |document| {
        texts.push((
            document.metadata.title.text,
            document.body.text().to_owned(),
        ));
        ControlFlow::Continue(())
    });
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut feed = String::from(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Bench</title><link href=\"http://example.org/\"/>",
    );
    let mut round = 0;
    while feed.len() < BYTES {
        for (title, text) in &texts {
            round += 1;
            let _ = writeln!(
                feed,
                "<entry><title>{}</title><id>http://example.org/{round}</id><link href=\"/{round}\"/>\
                 <published>2013-06-03T10:17:44+01:00</published><author><name>Ann</name></author>\
                 <category term=\"one\"/><content type=\"text\">{}</content></entry>",
                escaped(title),
                escaped(text)
            );
        }
    }
    feed + "</feed>"
}

/// Times a feed as one text, beside its floor.
fn compare(what: &str, name: &str, text: &str, floor: fn(&str) -> usize) {
    let (mut readings, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        readings.push(timed(|| read_all(name, text)));
        floors.push(timed(|| floor(text)));
    }
    let speed = |times: Vec<Duration>| text.len() as f64 / 1e6 / median(times).as_secs_f64();
    let (reading, floor) = (speed(readings), speed(floors));
    println!(
        "{what:<12} {reading:>8.1} {floor:>8.1} {:>8.3}",
        reading / floor
    );
}

/// Times files of one format, each beside its bare parser.
fn compare_files(what: &str, files: &Files, bare: fn(&[u8]) -> usize) {
    let (mut readings, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        readings.push(timed(|| {
            let each = files.contents.iter();
            each.map(|file| read_bytes(files.name, file)).sum()
        }));
        floors.push(timed(|| files.contents.iter().map(|file| bare(file)).sum()));
    }
    let documents: usize = files
        .contents
        .iter()
        .map(|file| count_documents(files.name, file))
        .sum();
    let [reading, floor] = [readings, floors].map(|times| median(times).as_secs_f64());
    let speed = |took: f64| files.unpacked as f64 / 1e6 / took;
    println!(
        "{what:<12} {:>8.1} {:>11.0} {:>8.1} {:>8.3}",
        speed(reading),
        documents as f64 / reading,
        speed(floor),
        floor / reading
    );
}

fn count_documents(name: &str, bytes: &[u8]) -> usize {
    let mut documents = 0;
    read(&Input::new(name, bytes), &mut |_| {
        documents += 1;
        ControlFlow::Continue(())
    });
    documents
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
    read_bytes(name, text.as_bytes())
}

fn read_bytes(name: &str, bytes: &[u8]) -> usize {
    let input = Input::new(name, bytes);
    let mut bytes = 0;
    read(&input, &mut |document| {
        bytes += document.body.text().len();
        ControlFlow::Continue(())
    });
    bytes
}

/// Returns a feed of the seed's ten items, again and again under other names.
fn feed() -> String {
    let begins = FEED.find("<item>").unwrap_or_default();
    let ends = FEED.rfind("</channel>").unwrap_or(FEED.len());
    let (head, items) = (&FEED[..begins], &FEED[begins..ends]);
    let mut feed = head.to_owned();
    let mut round = 0;
    while feed.len() < BYTES {
        feed.push_str(&items.replace("?p=", &format!("?round={round}&#038;p=")));
        round += 1;
    }
    feed + "</channel></rss>"
}
