//! The tokenizer's end: passes its tokens to the writer, and tells it where text is not markup.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::head::Head;
use super::levels::Written;
use super::links::Links;
use super::tags;
use super::writer::Writer;

/// How much text the tokenizer gets at a time, in bytes: its buffers count in 32 bits, and a page may be larger.
const PIECE: usize = 1 << 20;

/// Gives `html` to a tokenizer, piece by piece, for as long as its sink `goes_on`, and ends it.
pub(in crate::format) fn tokenize<S: TokenSink>(
    html: &str,
    tokenizer: &Tokenizer<S>,
    goes_on: impl Fn(&S) -> bool,
) {
    let mut rest = html;
    while !rest.is_empty() && goes_on(&tokenizer.sink) {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(piece));
        // The only reason to pause is a script that could run, and none is ever reported.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        rest = after;
    }
    tokenizer.end();
}

struct Sink<'a> {
    writer: RefCell<Writer<'a>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let raw = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => tags::raw_kind(tag),
            _ => None,
        };
        self.writer.borrow_mut().take(token);
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }
}

/// Walks through `html` and writes its text. Links are absolute by `base`, unless the page has another.
pub(super) fn walk(html: &str, links: Links<'_>, base: Option<&str>) -> (Written, Head) {
    walk_with(html, Writer::new(links, base))
}

/// Walks through `html` with a writer that may have written before.
pub(super) fn walk_with(html: &str, writer: Writer<'_>) -> (Written, Head) {
    let sink = Sink {
        writer: RefCell::new(writer),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    tokenize(html, &tokenizer, |_| true);
    tokenizer.sink.writer.into_inner().finish()
}
