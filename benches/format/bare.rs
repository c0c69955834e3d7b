//! The floors: the parser of each format over the same bytes, doing nothing with what it gives.

use std::borrow::Cow;
use std::hint::black_box;
use std::io::{Cursor, Read as _};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use mail_parser::MessageParser;
use pulldown_cmark::{Options, Parser};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;

/// Walks through the events of quick-xml.
pub fn events(text: &str) -> usize {
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

/// Walks through the events of quick-xml, and the tokens of the HTML in them.
pub fn events_and_tokens(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut bytes = 0;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::CData(section) => bytes += tokens(&section),
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

fn tokens(text: &str) -> usize {
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    text.len()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// Walks through the tokens of html5ever.
pub fn html(file: &[u8]) -> usize {
    tokens(text(file))
}

/// Looks at each line.
pub fn lines(file: &[u8]) -> usize {
    let lines = text(file).lines();
    lines.filter(|line| !line.trim().is_empty()).count()
}

/// Walks through the events of pulldown-cmark.
pub fn markdown(file: &[u8]) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_WIKILINKS;
    let events = Parser::new_ext(text(file), options);
    events.fold(0, |events, event| {
        black_box(&event);
        events + 1
    })
}

/// What a line of JSON holds.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    title: String,
    text: String,
    author: String,
    tags: Vec<String>,
    date: String,
    url: String,
}

/// Has `serde_json` read each line into a plain structure.
pub fn json_lines(file: &[u8]) -> usize {
    let lines = file.split(|byte| *byte == b'\n');
    let read = lines.filter_map(|line| serde_json::from_slice::<Line<'_>>(line).ok());
    read.map(|line| {
        black_box((&line.id, &line.author, &line.tags, &line.date, &line.url));
        line.title.len() + line.text.len()
    })
    .sum()
}

/// Cuts a mailbox into letters and has mail-parser take each apart.
pub fn mailbox(file: &[u8]) -> usize {
    let parser = MessageParser::default();
    let mut letters = 0;
    for letter in text(file).split("\nFrom ann@example.org ") {
        let (_, letter) = letter.split_once('\n').unwrap_or_default();
        black_box(parser.parse(letter.as_bytes()));
        letters += 1;
    }
    letters
}

/// Unpacks every entry and walks through what is in it.
fn entries(file: &[u8], walk: fn(&str) -> usize) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(file)) else {
        return 0;
    };
    let mut bytes = 0;
    for place in 0..archive.len() {
        let mut text = String::new();
        let read = archive
            .by_index(place)
            .map(|mut entry| entry.read_to_string(&mut text));
        bytes += read.map_or(0, |_| walk(&text));
    }
    bytes
}

/// Unpacks a book and walks through the tokens of html5ever.
pub fn book(file: &[u8]) -> usize {
    entries(file, tokens)
}

/// Unpacks a report and walks through the events of quick-xml.
pub fn report(file: &[u8]) -> usize {
    entries(file, events)
}

/// Has hayro-syntax read the objects and unpack and take apart what each page shows.
pub fn pdf(file: &[u8]) -> usize {
    let Ok(pdf) = hayro_syntax::Pdf::new(file.to_vec()) else {
        return 0;
    };
    let mut operators = 0;
    for page in pdf.pages().iter() {
        let mut content = page.typed_operations();
        while let Some(operator) = content.next() {
            black_box(&operator);
            operators += 1;
        }
    }
    operators
}
