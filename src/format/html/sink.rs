//! The tokenizer's end: passes its tokens to the writer, and tells it where text is not markup.

use std::cell::RefCell;

use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};

use super::head::Head;
use super::levels::Written;
use super::links::Links;
use super::pieces::tokenize;
use super::tags;
use super::writer::Writer;

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
    let sink = tokenize(html, sink, |_| true);
    sink.writer.into_inner().finish()
}
