//! The events of the Markdown parser, written to a body as they come.
//!
//! Two things wait: a heading for its end, because its words make the name of its place, and notes for the end of the
//! text, where they stand as a list in the order in which they are referred to.

mod headings;
mod roles;

use std::collections::{HashMap, HashSet, VecDeque};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::inline::{self, Inline};
use super::links::Links;
use super::replay::replay;
use super::slips;
use crate::document::{BlockKind, Body, BodyBuilder, Marker, SpanKind};
use crate::format::html;
use headings::Pictures;

/// How deep quotations and lists are told apart: nobody writes deeper, and each block keeps all that it stands in.
const DEEPEST: usize = 24;

/// The parts of Markdown that are read besides `CommonMark`.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_WIKILINKS);

/// Writes a text; one with slips in it is written again without them.
pub(super) fn write(text: &str, links: &Links<'_>) -> Body {
    let (body, has_slips) = once(text, links);
    if !has_slips && !slips::has_signs(text) {
        return body;
    }
    match slips::mend(text, OPTIONS) {
        Some(mended) => once(&mended, links).0,
        None => body,
    }
}

/// Writes a text as it is; returns too whether marks are left in it.
fn once(text: &str, links: &Links<'_>) -> (Body, bool) {
    let mut writer = Writer {
        events: Parser::new_ext(text, OPTIONS),
        ahead: VecDeque::new(),
        links: *links,
        named: named(text),
        labels: roles::labels(text),
        slugs: HashMap::new(),
        builder: BodyBuilder::with_capacity(text.len()),
        open: Vec::new(),
        containers: Vec::new(),
        lists: Vec::new(),
        html: String::new(),
        in_html: false,
        in_row: false,
        pictures: Pictures::default(),
        cells: 0,
        notes: Vec::new(),
        numbers: HashMap::new(),
        has_slips: false,
    };
    while let Some(event) = writer.next() {
        writer.take(event);
    }
    writer.write_notes();
    (writer.builder.finish(), writer.has_slips)
}

/// What a span was opened by.
enum Open {
    Markdown,
    Html(String),
    /// It shows nothing: a link that leads nowhere.
    Nothing,
}

struct Writer<'t> {
    events: Parser<'t>,
    /// Events that were looked at already.
    ahead: VecDeque<Event<'t>>,
    links: Links<'t>,
    /// The places that the text itself links to.
    named: HashSet<&'t str>,
    /// The places that it names for the whole source.
    labels: HashSet<String>,
    /// How often each name was given to a heading.
    slugs: HashMap<String, u32>,
    builder: BodyBuilder,
    open: Vec<Open>,
    /// Which of the containers around are written, and not too deep.
    containers: Vec<bool>,
    /// The number that the next item of each list has.
    lists: Vec<Option<u64>>,
    /// The piece of HTML that is being gathered.
    html: String,
    in_html: bool,
    in_row: bool,
    pictures: Pictures,
    cells: usize,
    notes: Vec<(String, Vec<Event<'t>>)>,
    /// The number of each note that was referred to.
    numbers: HashMap<String, u32>,
    /// Marks are left in the text.
    has_slips: bool,
}

/// Returns the names after `#` in the links of a text, in Markdown and HTML.
fn named(text: &str) -> HashSet<&str> {
    let before = ["(", "]: ", "(<", "\"", "'", "[["];
    text.match_indices('#')
        .filter_map(|(at, _)| text.split_at_checked(at))
        .filter(|(head, _)| before.iter().any(|mark| head.ends_with(mark)))
        .filter_map(|(_, rest)| {
            let rest = rest.strip_prefix('#')?;
            // Further on is no end of a name: thousands of signs may have none.
            let near = rest.get(..rest.floor_char_boundary(html::LONGEST_NAME + 1))?;
            let end = near.find(|c: char| {
                c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>' | ']' | '|')
            });
            near.get(..end.unwrap_or(near.len()))
                .filter(|name| name.len() <= html::LONGEST_NAME)
        })
        .collect()
}

impl<'t> Writer<'t> {
    fn next(&mut self) -> Option<Event<'t>> {
        self.ahead.pop_front().or_else(|| self.events.next())
    }

    fn peek(&mut self, place: usize) -> Option<&Event<'t>> {
        while self.ahead.len() <= place {
            let event = self.events.next()?;
            self.ahead.push_back(event);
        }
        self.ahead.get(place)
    }

    fn take(&mut self, event: Event<'t>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_html => self.html.push_str(&text),
            Event::Text(text) if self.begins_role(&text) => self.role(&text),
            Event::Text(text) => {
                self.has_slips |= slips::is_left(&text);
                self.builder.text(&text);
            }
            Event::Code(code) => self.code(&code),
            Event::InlineMath(code) => {
                self.has_slips = true;
                self.code(&code);
            }
            Event::DisplayMath(code) => {
                self.builder.block(BlockKind::Code, code.trim_matches('\n'));
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.tag(&html),
            Event::FootnoteReference(name) => self.reference(&name),
            Event::SoftBreak => self.builder.text("\n"),
            Event::HardBreak => self.builder.break_line(),
            Event::Rule => self.builder.block(BlockKind::Rule, "* * *"),
            // It is looked for where its item begins.
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'t>) {
        match tag {
            Tag::Paragraph | Tag::DefinitionListTitle => self.builder.begin(BlockKind::Paragraph),
            Tag::Heading { level, id, .. } => self.heading(level, id.as_deref()),
            Tag::BlockQuote(_) | Tag::DefinitionListDefinition => self.quote(),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.starts_with("{eval-rst}") => {
                self.evaluated();
            }
            Tag::CodeBlock(_) => self.builder.begin(BlockKind::Code),
            Tag::HtmlBlock => self.in_html = true,
            Tag::List(first) => self.list(first),
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(name) => self.note(name.to_string()),
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => {
                if self.cells > 0 {
                    self.builder.next_cell();
                }
                self.cells += 1;
            }
            Tag::Emphasis => self.open(SpanKind::Emphasis),
            Tag::Strong => self.open(SpanKind::Strong),
            Tag::Strikethrough => self.open(SpanKind::Deleted),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.image(link_type, &dest_url, &title),
            Tag::DefinitionList
            | Tag::Table(_)
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::DefinitionListTitle => {
                self.end_block();
            }
            TagEnd::BlockQuote(_) | TagEnd::DefinitionListDefinition => {
                self.end_block();
                if self.containers.pop() == Some(true) {
                    self.builder.close_quotation();
                }
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.containers.pop() == Some(true) {
                    self.builder.close_list();
                }
            }
            TagEnd::Item => {
                self.end_block();
                if self.containers.last() == Some(&true) {
                    self.builder.close_item();
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.end_block();
                self.in_row = false;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.close();
            }
            _ => {}
        }
    }

    /// Ends a block, and the spans that tags of HTML left open in it.
    fn end_block(&mut self) {
        self.pictures = Pictures::AsBlocks;
        while matches!(self.open.last(), Some(Open::Html(_))) {
            self.open.pop();
            self.builder.close_span();
        }
        self.builder.end();
    }

    fn open(&mut self, kind: SpanKind) {
        self.builder.open_span(kind);
        self.open.push(Open::Markdown);
    }

    /// Closes the span that Markdown opened last, and those of HTML within it.
    fn close(&mut self) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Html(_) => self.builder.close_span(),
                Open::Markdown => return self.builder.close_span(),
                Open::Nothing => return,
            }
        }
    }

    fn code(&mut self, code: &str) {
        self.builder.open_span(SpanKind::Code);
        self.builder.text(code);
        self.builder.close_span();
    }

    fn quote(&mut self) {
        let written = self.containers.len() < DEEPEST;
        if written {
            self.builder.open_quotation();
        }
        self.containers.push(written);
    }

    fn list(&mut self, first: Option<u64>) {
        self.builder.end();
        let place = match self.peek(1) {
            Some(Event::TaskListMarker(_)) => 2,
            _ => 1,
        };
        let tight = !matches!(self.peek(place), Some(Event::Start(Tag::Paragraph)));
        let written = self.containers.len() < DEEPEST;
        if written {
            self.builder.open_list(tight);
        }
        self.containers.push(written);
        self.lists.push(first);
    }

    fn item(&mut self) {
        let place = match self.peek(0) {
            Some(Event::Start(Tag::Paragraph)) => 1,
            _ => 0,
        };
        let task = match self.peek(place) {
            Some(Event::TaskListMarker(done)) => Some(*done),
            _ => None,
        };
        let number = self.lists.last_mut().and_then(|next| {
            let number = (*next)?;
            *next = number.checked_add(1);
            u32::try_from(number).ok()
        });
        if self.containers.last() != Some(&true) {
            return self.builder.end();
        }
        let marker = task.map(Marker::Task).or(number.map(Marker::Number));
        self.builder.open_item(marker.unwrap_or(Marker::Bullet));
    }

    fn row(&mut self, header: bool) {
        self.builder.begin(BlockKind::TableRow { header });
        self.in_row = true;
        self.cells = 0;
    }

    fn link(&mut self, sort: LinkType, address: &str) {
        let address = match sort {
            LinkType::WikiLink { .. } => self.links.page(address),
            LinkType::Email => Some(format!("mailto:{address}")),
            _ => Some(self.links.address(address)),
        };
        match address.filter(|address| !address.is_empty()) {
            Some(address) => self.open(SpanKind::Link(address)),
            None => self.open.push(Open::Nothing),
        }
    }

    fn tag(&mut self, html: &str) {
        match inline::read(html) {
            Inline::Break => self.builder.break_line(),
            Inline::Picture(words) => self.picture(&words, None),
            Inline::Place(name) if roles::label(&name).is_some() => self.place(&name),
            Inline::Place(name) if name.starts_with('^') || self.named.contains(name.as_str()) => {
                self.builder.destination(&name);
            }
            Inline::Open(name, address) => {
                let kind = match (name.as_str(), address) {
                    ("a", Some(address)) => SpanKind::Link(self.links.address(&address)),
                    ("em" | "i" | "cite", _) => SpanKind::Emphasis,
                    ("strong" | "b", _) => SpanKind::Strong,
                    ("del" | "s" | "strike", _) => SpanKind::Deleted,
                    _ => SpanKind::Code,
                };
                self.builder.open_span(kind);
                self.open.push(Open::Html(name));
            }
            Inline::Close(name) => {
                if matches!(self.open.last(), Some(Open::Html(open)) if *open == name) {
                    self.open.pop();
                    self.builder.close_span();
                }
            }
            Inline::Place(_) | Inline::Nothing => {}
        }
    }

    /// Writes a block of HTML. One that opens a quotation around Markdown, or closes it, does so.
    fn html_block(&mut self) {
        self.in_html = false;
        let html = std::mem::take(&mut self.html);
        let lower = html
            .trim()
            .get(..11)
            .map(str::to_ascii_lowercase)
            .unwrap_or_default();
        let whole = html.contains("</blockquote");
        if lower.starts_with("<blockquote") && !whole {
            self.quote();
        }
        replay(&html::piece(&html, self.links.base), &mut self.builder);
        if whole
            && !html.contains("<blockquote")
            && self.containers.last() == Some(&true)
            && self.lists.is_empty()
        {
            self.containers.pop();
            self.builder.close_quotation();
        }
    }

    fn reference(&mut self, name: &str) {
        let known = self.numbers.len() as u32 + 1;
        let first = !self.numbers.contains_key(name);
        let number = *self.numbers.entry(name.to_owned()).or_insert(known);
        if first {
            self.builder.destination(&format!("fnref-{name}"));
        }
        self.builder
            .open_span(SpanKind::Link(format!("#fn-{name}")));
        self.builder.text(&format!("[{number}]"));
        self.builder.close_span();
    }

    /// Lays a note aside.
    fn note(&mut self, name: String) {
        let mut events = Vec::new();
        while let Some(event) = self.next() {
            if matches!(event, Event::End(TagEnd::FootnoteDefinition)) {
                break;
            }
            events.push(event);
        }
        self.notes.push((name, events));
    }

    /// Writes the notes, those that are referred to first, each with a link back.
    fn write_notes(&mut self) {
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|(name, _)| self.numbers.get(name).copied().unwrap_or(u32::MAX));
        if notes.is_empty() {
            return;
        }
        self.builder.open_list(true);
        for (name, events) in notes {
            let number = self.numbers.get(&name).copied();
            self.builder
                .open_item(number.map_or(Marker::Bullet, Marker::Number));
            self.builder.destination(&format!("fn-{name}"));
            self.ahead = events.into();
            if number.is_some() && matches!(self.ahead.back(), Some(Event::End(TagEnd::Paragraph)))
            {
                let end = self.ahead.pop_back();
                self.ahead.extend(back_to(&name).into_iter().chain(end));
            }
            while let Some(event) = self.next() {
                self.take(event);
            }
            self.builder.close_item();
        }
        self.builder.close_list();
    }
}

/// Returns the link from a note to where it is referred to, as the parser would give it.
fn back_to<'t>(name: &str) -> [Event<'t>; 4] {
    let link = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: format!("#fnref-{name}").into(),
        title: "".into(),
        id: "".into(),
    };
    [
        Event::Text(" ".into()),
        Event::Start(link),
        Event::Text("↩".into()),
        Event::End(TagEnd::Link),
    ]
}
