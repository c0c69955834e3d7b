//! The walk: tokens in the order of the page, calls to the builder in the order of the text.
//!
//! A stack holds the elements that are open and mean something. An end tag closes what was opened within its element;
//! an emphasis closed out of turn leaves those inside it open; a block's end closes whatever its author forgot. Lists
//! and items are opened only when words come, because whether a list is tight shows in its first item.

mod lists;
mod media;
mod rows;
mod stack;

use std::borrow::Cow;

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::bases::Bases;
use super::head::Head;
use super::hidden::Hidden;
use super::levels::Written;
use super::links::Links;
use super::table::Held;
use super::tags::{self, Meaning, attribute, meaning};
use media::Picture;
use stack::{Open, State};

use crate::document::{BlockKind, BodyBuilder, PartHead, SpanKind};
use crate::format::scripts;

/// How deep tables within tables are held to be looked at; deeper ones are layout.
const DEEPEST_TABLE: usize = 8;

/// How deep quotations and lists nest: each block carries its stack of them.
const DEEPEST_CONTAINER: usize = 32;

/// The longest run of letters that is written above or below the line, in bytes.
const LONGEST_SCRIPT: usize = 48;

/// How letters set above or below the line are written in it.
type Script = fn(&str) -> Cow<'_, str>;

/// Writes the text of a page to a builder.
pub(super) struct Writer<'a> {
    builder: BodyBuilder,
    head: Head,
    base: Option<String>,
    /// What elements say that the addresses within them start from.
    bases: Bases,
    links: Links<'a>,
    open: Vec<Open>,
    hidden: Hidden,
    /// Line breaks since the last word.
    breaks: u8,
    /// Pictures that stood in a sentence and wait for its end.
    pictures: Vec<Picture>,
    table: Option<Held>,
    tables: usize,
    /// A row of data is being written: blocks in its cells are only blanks.
    in_row: bool,
    in_title: bool,
    /// How letters set above or below the line are written.
    script: Option<Script>,
    header_rows: Vec<usize>,
}

impl<'a> Writer<'a> {
    pub fn new(links: Links<'a>, base: Option<&str>) -> Self {
        Self {
            builder: BodyBuilder::new(),
            head: Head::default(),
            base: base.map(str::to_owned),
            bases: Bases::default(),
            links,
            open: Vec::new(),
            hidden: Hidden::default(),
            breaks: 0,
            pictures: Vec::new(),
            table: None,
            tables: 0,
            in_row: false,
            script: None,
            in_title: false,
            header_rows: Vec::new(),
        }
    }

    /// Returns it writing on where `builder` stands.
    pub fn onto(self, builder: BodyBuilder) -> Self {
        Self { builder, ..self }
    }

    /// Takes the next token of the page.
    pub fn take(&mut self, token: Token) {
        if let Some(held) = &mut self.table {
            if held.take(token) {
                self.end_table();
            }
            return;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.start_base(&tag);
                self.start(&tag);
                if tag.self_closing && self.links.is_xhtml() && !tags::is_void(&tag.name) {
                    self.end(&tag.name);
                }
            }
            Token::TagToken(tag) => {
                self.end(&tag.name);
                self.bases.end(&tag.name);
            }
            Token::CharacterTokens(text) => self.text(&text),
            _ => {}
        }
    }

    /// Begins a part: a post of a thread.
    pub fn part(&mut self, head: PartHead) {
        self.close_all();
        self.builder.begin_part(head);
    }

    /// Ends the page: what is open is closed, what was held is written.
    pub fn finish(mut self) -> (Written, Head) {
        self.close_all();
        let written = Written {
            builder: self.builder,
            header_rows: self.header_rows,
        };
        (written, self.head)
    }

    fn close_all(&mut self) {
        while self.table.is_some() {
            self.end_table();
        }
        self.close_down_to(0);
        self.end_block();
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.head.words.push_str(text);
            return;
        }
        if self.hidden.is_hiding() {
            return;
        }
        if text.chars().all(char::is_whitespace) && !self.in_preformatted() {
            // Between two blocks it is nothing; within one it parts words.
            if self.builder.in_block() {
                self.builder.text(text);
            }
            return;
        }
        self.breaks = 0;
        self.begin_block();
        match self.script.filter(|_| !self.in_preformatted()) {
            // What is longer is no figure.
            Some(script) if text.len() <= LONGEST_SCRIPT => self.builder.text(&script(text)),
            _ => self.builder.text(text),
        }
    }

    fn start(&mut self, tag: &Tag) {
        let closed = tags::is_void(&tag.name) || tag.self_closing;
        if self.hidden.is_hiding() && self.hidden.start(&tag.name, closed) {
            return;
        }
        let meaning = meaning(&tag.name);
        // A heading that opens what is below it is a button.
        let opens = &*tag.name == "button" && matches!(self.leaf_kind(), BlockKind::Heading { .. });
        if meaning == Meaning::Hidden && !opens || tags::is_hidden(tag) {
            // It is not seen, but links may lead to where it stands.
            for name in self.links.names(tag) {
                self.builder.destination(name);
            }
            if !closed {
                self.hidden.hide(&tag.name);
            }
            return;
        }
        if self.in_row && self.start_in_row(meaning) {
            return;
        }
        match meaning {
            Meaning::Fact => self.fact(tag),
            Meaning::Title => self.in_title = !tag.self_closing && self.head.words.is_empty(),
            Meaning::Break => self.line_break(),
            Meaning::Picture => self.picture(tag),
            Meaning::Embedded => self.embedded(tag),
            Meaning::EmbeddedSource => self.embedded_source(tag),
            Meaning::Input => self.input(tag),
            Meaning::Emphasis => self.span(tag, SpanKind::Emphasis),
            Meaning::Strong => self.span(tag, SpanKind::Strong),
            Meaning::Deleted => self.span(tag, SpanKind::Deleted),
            Meaning::Code if !self.in_preformatted() => self.span(tag, SpanKind::Code),
            Meaning::Link => self.link(tag),
            Meaning::Quote => {
                self.text("“");
                self.push(tag, State::Quote);
            }
            Meaning::Above => self.script = Some(scripts::above),
            Meaning::Below => self.script = Some(scripts::below),
            Meaning::Code | Meaning::Nothing | Meaning::Hidden => {}
            block => self.start_block(tag, block),
        }
        for name in self.links.names(tag) {
            self.builder.destination(name);
        }
    }

    /// Begins an element whose words stand apart.
    fn start_block(&mut self, tag: &Tag, meaning: Meaning) {
        self.script = None;
        // A heading that has its words is over when text begins, whether its author closed it or not.
        let heading_is_over = self.builder.has_words() && meaning != Meaning::Block;
        self.close_paragraph();
        self.end_block();
        if heading_is_over {
            self.close_heading();
        }
        match meaning {
            Meaning::Rule => self.rule(),
            Meaning::Table if self.tables < DEEPEST_TABLE => self.table = Some(Held::default()),
            Meaning::Paragraph => {
                self.loosen_list();
                self.push(tag, State::Paragraph);
            }
            Meaning::Heading(level) => {
                self.close_heading();
                self.push(tag, State::Heading(level));
            }
            Meaning::List { ordered } if self.containers() < DEEPEST_CONTAINER => {
                self.list(tag, ordered);
            }
            Meaning::Item if self.containers() < DEEPEST_CONTAINER => self.item(tag),
            Meaning::Term => {
                self.close_named(&["dt", "dd"]);
                self.push(tag, State::Block);
                self.span(tag, SpanKind::Strong);
            }
            Meaning::Definition => {
                self.close_named(&["dt", "dd"]);
                self.push(tag, State::Block);
            }
            Meaning::Quotation if self.containers() < DEEPEST_CONTAINER => {
                self.open_containers();
                self.builder.open_quotation();
                self.push(tag, State::Quotation);
            }
            Meaning::Preformatted => self.push(tag, State::Preformatted),
            _ => self.push(tag, State::Block),
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden.is_hiding() {
            let is_open = self.open.iter().any(|open| open.name == name);
            if self.hidden.end(name, is_open) {
                return;
            }
        }
        match name {
            "title" => self.in_title = false,
            "sup" | "sub" => self.script = None,
            "br" => self.line_break(),
            _ => {}
        }
        let meaning = meaning(name);
        if self.in_row && is_block(meaning) {
            self.builder.text(" ");
            return;
        }
        let heading = matches!(meaning, Meaning::Heading(_));
        let place = self.open.iter().rposition(|open| {
            open.name == name || heading && matches!(open.state, State::Heading(_))
        });
        match place {
            Some(place) if is_inline(&self.open, place) => self.close_inline(place),
            Some(place) => {
                self.close_down_to(place);
                self.end_block();
            }
            None if is_block(meaning) => self.end_block(),
            None => {}
        }
    }

    /// Within a row of data, blocks are blanks and pictures their words. Returns whether that was all to do.
    fn start_in_row(&mut self, meaning: Meaning) -> bool {
        let blank = is_block(meaning) || meaning == Meaning::Break;
        if meaning == Meaning::Item {
            self.builder.text(" • ");
        } else if blank {
            self.builder.text(" ");
        }
        blank
    }

    fn fact(&mut self, tag: &Tag) {
        self.head.take(tag);
        // A book's pages are in the book, whatever their heads say.
        let is_page = !self.links.is_xhtml();
        if is_page && (self.base.is_none() || &*tag.name == "base") {
            self.base.clone_from(&self.head.base);
        }
    }

    fn line_break(&mut self) {
        if self.in_preformatted() {
            self.builder.break_line();
            return;
        }
        self.breaks = self.breaks.saturating_add(1);
        let in_heading = self.leaf_kind() != BlockKind::Paragraph;
        if self.breaks >= 2 && !in_heading {
            self.end_block();
        } else {
            self.builder.break_line();
        }
    }

    fn rule(&mut self) {
        self.open_containers();
        self.builder.block(BlockKind::Rule, "* * *");
    }

    fn link(&mut self, tag: &Tag) {
        // A link within a link: the first was not closed.
        if let Some(place) = self.open.iter().rposition(|open| open.name == "a") {
            self.close_inline(place);
        }
        let address = attribute(tag, "href").and_then(|href| self.address(href));
        if let Some(address) = address {
            self.span(tag, SpanKind::Link(address));
        }
    }

    /// Takes note of what an element says that the addresses within it start from.
    fn start_base(&mut self, tag: &Tag) {
        let outermost = self.base.as_deref();
        let links = &self.links;
        self.bases
            .start(tag, |outer, said| links.base(outer.or(outermost), said));
    }

    /// Returns the address that a link has in the text.
    fn address(&self, reference: &str) -> Option<String> {
        let base = self.bases.last().or(self.base.as_deref());
        self.links.address(base, reference)
    }

    /// Begins the block that the next words belong to, unless one is open.
    fn begin_block(&mut self) {
        if !self.builder.in_block() {
            self.open_containers();
            self.builder.begin(self.leaf_kind());
        }
    }

    /// Ends the open block; the pictures that stood in it follow.
    fn end_block(&mut self) {
        self.breaks = 0;
        if self.in_row {
            return;
        }
        self.builder.end();
        for picture in std::mem::take(&mut self.pictures) {
            self.write_picture(&picture, true);
        }
    }

    /// Returns the kind of block that words are part of now.
    fn leaf_kind(&self) -> BlockKind {
        let kinds = self.open.iter().rev().find_map(|open| match open.state {
            State::Heading(level) => Some(BlockKind::Heading { level }),
            State::Preformatted => Some(BlockKind::Code),
            _ => None,
        });
        kinds.unwrap_or(BlockKind::Paragraph)
    }

    fn in_preformatted(&self) -> bool {
        self.leaf_kind() == BlockKind::Code
    }
}

/// Returns whether an element's words stand apart from those before and after.
pub(super) fn is_block(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Block
            | Meaning::Paragraph
            | Meaning::Heading(_)
            | Meaning::List { .. }
            | Meaning::Item
            | Meaning::Term
            | Meaning::Definition
            | Meaning::Quotation
            | Meaning::Preformatted
            | Meaning::Table
            | Meaning::TablePart
            | Meaning::Rule
    )
}

fn is_inline(open: &[Open], place: usize) -> bool {
    open.get(place)
        .is_some_and(|open| matches!(open.state, State::Span(_) | State::Quote | State::Embedded))
}
