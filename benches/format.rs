//! How fast files become documents, in MB/s, each beside its floor measured in the same run.
//!
//! The floor is what must be done in any case: quick-xml's events for a feed (and then html5ever's tokens for the
//! HTML in it), html5ever's tokens for HTML, one look at each line for plain text. Reading and floor take turns, so that a machine that slows down slows both; of each
//! the median is shown. The texts are the seeds, repeated: real ones, and the same everywhere.
//!
//! Feeds are compared with feed-rs too, the reader that others use, which leaves bodies as they are written: so does
//! `facts`, which reads the same items with their texts left unread. Bodies stand in sections (as the seed's), escaped
//! (as most feeds have them) and as plain text (`type="text"` of Atom).
//!
//! `cargo bench --bench format`

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use quick_xml::Reader;
use quick_xml::events::Event;
use recto::format::{Input, read, read_feed_facts};

/// How many bytes each text has at least: long enough to time, short enough to stay in memory.
const BYTES: usize = 16 << 20;

/// How often reading and floor take turns.
const TURNS: usize = 5;

const ARTICLE: &str = include_str!("../seeds/001_d0142983c37ab9c7.txt");
const POSTS: &str = include_str!("../seeds/003_93ef65791770c79a.txt");
const FEED: &str = include_str!("../seeds/004_4f9e46e1e41d5547.txt");

fn main() {
    println!("{:<12} {:>8} {:>8} {:>8}", "", "MB/s", "floor", "ratio");
    let feed = feed();
    compare("feed", "feed.xml", &feed, bare_events);
    compare("  its HTML", "feed.xml", &feed, bare_events_and_tokens);
    println!(
        "\n{:<14} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>14}",
        "", "MB/s", "items/s", "events", "ratio", "facts", "feed-rs", "facts/feed-rs"
    );
    compare_feed("feed, sections", &feed);
    compare_feed("feed, escaped", &escaped_feed());
    compare_feed("feed, plain", &plain_feed());
    println!("\n{:<12} {:>8} {:>8} {:>8}", "", "MB/s", "floor", "ratio");
    compare("HTML", "page.html", &page(), bare_tokens);
    compare("plain text", "text.txt", &plain(), bare_lines);
    compare_book();
}

/// Times a feed read by recto, wholly and without its texts, by quick-xml's bare events, and by feed-rs, in turns.
fn compare_feed(what: &str, text: &str) {
    let [mut recto, mut facts, mut events, mut other] = [const { Vec::new() }; 4];
    for _ in 0..TURNS {
        recto.push(timed(|| read_all("feed.xml", text)));
        facts.push(timed(|| read_facts(text)));
        events.push(timed(|| bare_events(text)));
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
    let bodies: Vec<String> = bodies()
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

/// Returns the bodies of the seed's items, in HTML.
fn bodies() -> impl Iterator<Item = &'static str> {
    let sections = FEED.split("<content:encoded><![CDATA[").skip(1);
    sections.filter_map(|rest| rest.split("]]>").next())
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

/// Measures a book by its unpacked text, beside unpacking it and html5ever's tokens for its chapters.
fn compare_book() {
    let (book, unpacked) = book();
    let (mut readings, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        readings.push(timed(|| read_bytes("book.epub", &book)));
        floors.push(timed(|| bare_entries(&book)));
    }
    let speed = |times: Vec<Duration>| unpacked as f64 / 1e6 / median(times).as_secs_f64();
    let (reading, floor) = (speed(readings), speed(floors));
    println!(
        "{:<12} {reading:>8.1} {floor:>8.1} {:>8.3}",
        "EPUB",
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

/// Returns a page of the bodies of the seed's items.
fn page() -> String {
    let bodies: Vec<&str> = bodies().collect();
    let mut page = String::from("<!doctype html><title>Bench</title><body>");
    while page.len() < BYTES {
        for body in &bodies {
            let _ = write!(page, "<h2>Post</h2>{body}");
        }
    }
    page
}

/// Returns a book of the seed's items as chapters, each with places and links to the next, and its unpacked size.
fn book() -> (Vec<u8>, usize) {
    let page = page();
    let (_, bodies) = page.split_once("<body>").unwrap_or_default();
    let chapters: Vec<&str> = bodies.split("<h2>Post</h2>").skip(1).collect();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut entry = |name: &str, text: &str| {
        let begun = writer.start_file(name, zip::write::SimpleFileOptions::default());
        assert!(begun.is_ok() && writer.write_all(text.as_bytes()).is_ok());
    };
    let (mut items, mut spine, mut lines) = (String::new(), String::new(), String::new());
    let mut unpacked = 0;
    for (number, body) in chapters.iter().enumerate() {
        let next = number + 1;
        let text = format!(
            "<html><body><h1 id='top'>Chapter {number}</h1>{body}<a href='{next}.html#top'>on</a>"
        );
        entry(&format!("{number}.html"), &text);
        unpacked += text.len();
        let _ = write!(items, "<item id='i{number}' href='{number}.html'/>");
        let _ = write!(spine, "<itemref idref='i{number}'/>");
        let _ = write!(
            lines,
            "<li><a href='{number}.html'>Chapter {number}</a></li>"
        );
    }
    entry("mimetype", "application/epub+zip");
    entry(
        "nav.html",
        &format!("<nav epub:type='toc'><ol>{lines}</ol></nav>"),
    );
    let nav = "<item id='nav' href='nav.html' properties='nav'/>";
    entry(
        "book.opf",
        &format!("<package><manifest>{nav}{items}</manifest><spine>{spine}</spine></package>"),
    );
    let bytes = writer.finish().map(Cursor::into_inner).unwrap_or_default();
    (bytes, unpacked)
}

fn plain() -> String {
    let mut text = String::new();
    while text.len() < BYTES {
        let _ = write!(
            text,
            "{ARTICLE}\n\n{}\n\n",
            POSTS.replace("Share Button", "More")
        );
    }
    text
}

fn bare_events(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut events = 0;
    while let Ok(event) = reader.read_event() {
        if matches!(event, Event::Eof) {
            break;
        }
        events += 1;
    }
    events
}

fn bare_events_and_tokens(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut bytes = 0;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::CData(section) => bytes += bare_tokens(&section),
            _ => {}
        }
    }
    bytes
}

struct Nothing;

impl TokenSink for Nothing {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        black_box(&token);
        TokenSinkResult::Continue
    }
}

fn bare_tokens(text: &str) -> usize {
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    text.len()
}

fn bare_entries(book: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(book)) else {
        return 0;
    };
    let mut bytes = 0;
    for place in 0..archive.len() {
        let mut text = String::new();
        let read = archive
            .by_index(place)
            .map(|mut entry| entry.read_to_string(&mut text));
        bytes += read.map_or(0, |_| bare_tokens(&text));
    }
    bytes
}

fn bare_lines(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}
