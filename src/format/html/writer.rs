//! The walk: tokens in the order of the page, calls to the builder in the order of the text.
//!
//! A stack holds the elements that are open and mean something. An end tag closes what was opened within its element;
//! an emphasis closed out of turn leaves those inside it open; a block's end closes whatever its author forgot. Lists
//! and items are opened only when words come, because whether a list is tight shows in its first item.

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::head::Head;
use super::levels::Written;
use super::table::{self, Held};
use super::tags::{self, Meaning, attribute, meaning};
use crate::document::{BlockKind, BodyBuilder, Marker, SpanKind};
use crate::format::address;

/// How deep elements are followed: deeper ones lose their meaning and keep their words. Real pages stay below 100.
const DEEPEST: usize = 256;

/// How deep tables within tables are held to be looked at; deeper ones are layout.
const DEEPEST_TABLE: usize = 8;

/// How deep quotations and lists nest: each block carries its stack of them.
const DEEPEST_CONTAINER: usize = 32;

/// Writes the text of a page to a builder.
pub(super) struct Writer {
    builder: BodyBuilder,
    head: Head,
    base: Option<String>,
    open: Vec<Open>,
    /// What is open within a hidden element, that element first.
    hidden: Vec<String>,
    /// Line breaks since the last word.
    breaks: u8,
    /// Pictures that stood in a sentence and wait for its end.
    pictures: Vec<Picture>,
    table: Option<Held>,
    tables: usize,
    /// A row of data is being written: blocks in its cells are only blanks.
    in_row: bool,
    in_title: bool,
    header_rows: Vec<usize>,
}

/// An element that is open.
struct Open {
    name: String,
    state: State,
}

/// What an open element has done, so that its end can undo it.
enum State {
    Block,
    Paragraph,
    Heading(u8),
    Preformatted,
    Quotation,
    List {
        next: Option<i64>,
        step: i64,
        tight: bool,
        opened: bool,
    },
    Item {
        marker: Marker,
        opened: bool,
    },
    /// A span of the builder; a link keeps its address.
    Span(SpanKind),
    /// An element within a sentence that closes with these words.
    Quote,
    /// Something that is shown by an address, which has not come yet.
    Embedded,
}

struct Picture {
    description: String,
    link: Option<String>,
}

impl Writer {
    pub fn new(builder: BodyBuilder, base: Option<&str>) -> Self {
        Self {
            builder,
            head: Head::default(),
            base: base.map(str::to_owned),
            open: Vec::new(),
            hidden: Vec::new(),
            breaks: 0,
            pictures: Vec::new(),
            table: None,
            tables: 0,
            in_row: false,
            in_title: false,
            header_rows: Vec::new(),
        }
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
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            _ => {}
        }
    }

    /// Ends the page: what is open is closed, what was held is written.
    pub fn finish(mut self) -> (Written, Head) {
        while self.table.is_some() {
            self.end_table();
        }
        self.close_down_to(0);
        self.end_block();
        let written = Written {
            builder: self.builder,
            header_rows: self.header_rows,
        };
        (written, self.head)
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.head.words.push_str(text);
            return;
        }
        if !self.hidden.is_empty() {
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
        self.builder.text(text);
    }

    fn start(&mut self, tag: &Tag) {
        if !self.hidden.is_empty() && !self.unhide_by_start(&tag.name) {
            if !tags::is_void(&tag.name) && !tag.self_closing && self.hidden.len() < DEEPEST {
                self.hidden.push(tag.name.to_string());
            }
            return;
        }
        let meaning = meaning(&tag.name);
        if meaning == Meaning::Hidden || tags::is_hidden(tag) {
            if !tags::is_void(&tag.name) && !tag.self_closing {
                self.hidden.push(tag.name.to_string());
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
            Meaning::Code | Meaning::Nothing | Meaning::Hidden => {}
            block => self.start_block(tag, block),
        }
    }

    /// Begins an element whose words stand apart.
    fn start_block(&mut self, tag: &Tag, meaning: Meaning) {
        self.close_paragraph();
        self.end_block();
        match meaning {
            Meaning::Rule => self.rule(),
            Meaning::Table if self.tables < DEEPEST_TABLE => self.table = Some(Held::default()),
            Meaning::Paragraph => {
                self.loosen_list();
                self.push(tag, State::Paragraph);
            }
            Meaning::Heading(level) => {
                self.close_while(|state| matches!(state, State::Heading(_)));
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
        if !self.hidden.is_empty() && !self.unhide_by_end(name) {
            return;
        }
        match name {
            "title" => self.in_title = false,
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
        if blank {
            self.builder.text(" ");
        }
        blank
    }

    fn fact(&mut self, tag: &Tag) {
        self.head.take(tag);
        if self.base.is_none() || &*tag.name == "base" {
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

    fn picture(&mut self, tag: &Tag) {
        let description = attribute(tag, "alt").unwrap_or_default().trim();
        if description.is_empty() || tags::is_dot(tag) {
            return;
        }
        // Smileys are words of their sentence, and so is any picture where a block cannot be cut.
        let is_sign = !description.contains(char::is_alphanumeric);
        if is_sign || self.in_row || self.leaf_kind() != BlockKind::Paragraph {
            self.text(description);
            return;
        }
        let picture = Picture {
            description: description.to_owned(),
            link: self.enclosing_link(),
        };
        if self.builder.has_words() {
            self.pictures.push(picture);
        } else {
            self.write_picture(&picture, false);
        }
    }

    /// Writes a picture as a block; `apart` from the link that it stood in, which has been closed since.
    fn write_picture(&mut self, picture: &Picture, apart: bool) {
        self.builder.end();
        self.open_containers();
        self.builder.begin(BlockKind::Image);
        let link = picture.link.as_ref().filter(|_| apart);
        if let Some(address) = link {
            self.builder.open_span(SpanKind::Link(address.clone()));
        }
        self.builder.text(&picture.description);
        if link.is_some() {
            self.builder.close_span();
        }
        self.builder.end();
    }

    /// Begins something to watch or hear, or another page within this one: a paragraph with its address.
    fn embedded(&mut self, tag: &Tag) {
        let source = ["src", "data-src", "data"]
            .iter()
            .find_map(|name| attribute(tag, name))
            .filter(|source| !source.trim().is_empty() && !tags::is_dot(tag));
        let closed = tags::is_void(&tag.name) || tag.self_closing;
        match source {
            Some(source) => {
                self.write_embedded(&tag.name, source);
                // What stands within is for those who cannot see it.
                if !closed {
                    self.hidden.push(tag.name.to_string());
                }
            }
            None if !closed => self.push(tag, State::Embedded),
            None => {}
        }
    }

    fn embedded_source(&mut self, tag: &Tag) {
        let Some(Open {
            name,
            state: State::Embedded,
        }) = self.open.last()
        else {
            return;
        };
        let name = name.clone();
        if let Some(source) = attribute(tag, "src") {
            self.open.pop();
            self.write_embedded(&name, source);
            self.hidden.push(name);
        }
    }

    fn write_embedded(&mut self, name: &str, source: &str) {
        let Some(address) = address::resolve(self.base.as_deref(), source) else {
            return;
        };
        if !self.in_row {
            self.end_block();
        }
        self.begin_block();
        self.builder.text(embedded_label(name, &address));
        self.builder.open_span(SpanKind::Link(address.clone()));
        self.builder.text(address::shown(&address));
        self.builder.close_span();
        if !self.in_row {
            self.end_block();
        }
    }

    /// A box to tick at the beginning of an item makes it a task.
    fn input(&mut self, tag: &Tag) {
        let is_box =
            attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        if is_box
            && let Some(Open {
                state:
                    State::Item {
                        marker,
                        opened: false,
                    },
                ..
            }) = self.open.last_mut()
        {
            *marker = Marker::Task(attribute(tag, "checked").is_some());
        }
    }

    fn link(&mut self, tag: &Tag) {
        // A link within a link: the first was not closed.
        if let Some(place) = self.open.iter().rposition(|open| open.name == "a") {
            self.close_inline(place);
        }
        let address =
            attribute(tag, "href").and_then(|href| address::resolve(self.base.as_deref(), href));
        if let Some(address) = address {
            self.span(tag, SpanKind::Link(address));
        }
    }

    fn enclosing_link(&self) -> Option<String> {
        self.open.iter().rev().find_map(|open| match &open.state {
            State::Span(SpanKind::Link(address)) => Some(address.clone()),
            _ => None,
        })
    }

    fn list(&mut self, tag: &Tag, ordered: bool) {
        let reversed = attribute(tag, "reversed").is_some();
        let first = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
        let state = State::List {
            next: ordered.then(|| first.unwrap_or(1)),
            step: if reversed { -1 } else { 1 },
            tight: true,
            opened: false,
        };
        self.push(tag, state);
    }

    fn item(&mut self, tag: &Tag) {
        self.close_item_before();
        let value = attribute(tag, "value").and_then(|value| value.trim().parse::<i64>().ok());
        let list = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| match &mut open.state {
                State::List { next, step, .. } => Some((next, *step)),
                _ => None,
            });
        let marker = match list {
            Some((Some(next), step)) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(step);
                u32::try_from(number).map_or(Marker::Bullet, Marker::Number)
            }
            _ => Marker::Bullet,
        };
        let state = State::Item {
            marker,
            opened: false,
        };
        self.push(tag, state);
    }

    /// Closes the item of the same list that is still open.
    fn close_item_before(&mut self) {
        let place = self.open.iter().rposition(|open| {
            matches!(
                open.state,
                State::Item { .. } | State::List { .. } | State::Quotation
            )
        });
        if let Some(place) = place
            && matches!(
                self.open.get(place),
                Some(Open {
                    state: State::Item { .. },
                    ..
                })
            )
        {
            self.close_down_to(place);
        }
    }

    /// A paragraph in an item that has no words yet: its list is not tight.
    fn loosen_list(&mut self) {
        let mut innermost = self.open.iter_mut().rev();
        let in_item = innermost
            .next()
            .is_some_and(|open| matches!(open.state, State::Item { opened: false, .. }));
        if in_item
            && let Some(Open {
                state:
                    State::List {
                        tight,
                        opened: false,
                        ..
                    },
                ..
            }) = innermost.next()
        {
            *tight = false;
        }
    }

    fn span(&mut self, tag: &Tag, kind: SpanKind) {
        if self.open.len() < DEEPEST {
            self.builder.open_span(kind.clone());
            self.push(tag, State::Span(kind));
        }
    }

    fn push(&mut self, tag: &Tag, state: State) {
        if self.open.len() < DEEPEST && !tags::is_void(&tag.name) {
            self.open.push(Open {
                name: tag.name.to_string(),
                state,
            });
        }
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

    fn containers(&self) -> usize {
        let contains = |open: &&Open| {
            matches!(
                open.state,
                State::List { .. } | State::Item { .. } | State::Quotation
            )
        };
        self.open.iter().filter(contains).count()
    }

    /// Opens the lists and items that waited for words.
    fn open_containers(&mut self) {
        for open in &mut self.open {
            match &mut open.state {
                State::List { tight, opened, .. } if !*opened => {
                    self.builder.open_list(*tight);
                    *opened = true;
                }
                State::Item { marker, opened } if !*opened => {
                    self.builder.open_item(*marker);
                    *opened = true;
                }
                _ => {}
            }
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(place) = self
            .open
            .iter()
            .rposition(|open| matches!(open.state, State::Paragraph))
        {
            self.close_down_to(place);
        }
    }

    fn close_while(&mut self, ends: impl Fn(&State) -> bool) {
        while self.open.last().is_some_and(|open| ends(&open.state)) {
            self.close_down_to(self.open.len() - 1);
        }
    }

    fn close_named(&mut self, names: &[&str]) {
        let place = self
            .open
            .iter()
            .rposition(|open| names.contains(&open.name.as_str()));
        if let Some(place) = place {
            self.close_down_to(place);
        }
    }

    /// Closes the element at `place` and all that was opened since.
    fn close_down_to(&mut self, place: usize) {
        while self.open.len() > place {
            let Some(open) = self.open.pop() else { return };
            match open.state {
                State::Span(_) => self.builder.close_span(),
                State::Quote if self.builder.in_block() => self.builder.text("”"),
                State::Quote | State::Embedded => {}
                State::List { opened, .. } => {
                    self.end_block();
                    if opened {
                        self.builder.close_list();
                    }
                }
                State::Item { opened, .. } => {
                    self.end_block();
                    if opened {
                        self.builder.close_item();
                    }
                }
                State::Quotation => {
                    self.end_block();
                    self.builder.close_quotation();
                }
                State::Block | State::Paragraph | State::Heading(_) | State::Preformatted => {
                    self.end_block();
                }
            }
        }
    }

    /// Closes an element of a sentence. What was opened within it and not closed stays open, as the standard has it.
    fn close_inline(&mut self, place: usize) {
        let open = self.open.remove(place);
        if !matches!(open.state, State::Span(_)) {
            if matches!(open.state, State::Quote) && self.builder.in_block() {
                self.builder.text("”");
            }
            return;
        }
        let later: Vec<SpanKind> = self
            .open
            .get(place..)
            .unwrap_or_default()
            .iter()
            .filter_map(|open| match &open.state {
                State::Span(kind) => Some(kind.clone()),
                _ => None,
            })
            .collect();
        for _ in 0..=later.len() {
            self.builder.close_span();
        }
        for kind in later {
            self.builder.open_span(kind);
        }
    }

    /// A hidden element that may leave out its end tag ends where its like begins.
    fn unhide_by_start(&mut self, name: &str) -> bool {
        let ends = matches!(self.hidden.as_slice(), [only] if only == name && may_stay_open(name));
        if ends {
            self.hidden.clear();
        }
        ends
    }

    /// Returns whether an end tag that comes while something is hidden is to be looked at.
    fn unhide_by_end(&mut self, name: &str) -> bool {
        if let Some(place) = self.hidden.iter().rposition(|hidden| hidden == name) {
            self.hidden.truncate(place);
            return false;
        }
        let outer = self
            .hidden
            .first()
            .is_some_and(|first| may_stay_open(first))
            && self.open.iter().any(|open| open.name == name);
        if outer {
            self.hidden.clear();
        }
        outer
    }

    fn end_table(&mut self) {
        let Some(held) = self.table.take() else {
            return;
        };
        self.tables += 1;
        if table::is_data(&held.tokens) {
            self.rows(held.tokens);
        } else {
            for token in held.tokens {
                self.take(token);
            }
            // A table within it that nobody closed.
            while self.table.is_some() {
                self.end_table();
            }
        }
        self.tables -= 1;
        self.end_block();
    }

    /// Writes a table of data: a block a row, a tab between cells.
    fn rows(&mut self, tokens: Vec<Token>) {
        let depth = self.open.len();
        let mut row = Row::default();
        for token in tokens {
            match &token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                    "tr" => row = self.next_row(&row, row.in_head, depth),
                    "thead" => row.in_head = true,
                    "tbody" | "tfoot" => row.in_head = false,
                    "td" | "th" => self.cell(&mut row, tag),
                    _ => self.take(token),
                },
                Token::TagToken(tag) if meaning(&tag.name) == Meaning::TablePart => {
                    if &*tag.name == "tr" {
                        row = self.next_row(&row, row.in_head, depth);
                    }
                }
                _ => self.take(token),
            }
        }
        self.next_row(&row, false, depth);
    }

    /// Ends a row and returns the next.
    fn next_row(&mut self, row: &Row, in_head: bool, depth: usize) -> Row {
        self.close_down_to(depth);
        self.in_row = false;
        let before = self.builder.blocks();
        self.end_block();
        if self.builder.blocks() > before
            && row.cells > 0
            && (row.in_head || row.names == row.cells)
        {
            self.header_rows.push(before);
        }
        Row {
            in_head,
            ..Row::default()
        }
    }

    fn cell(&mut self, row: &mut Row, tag: &Tag) {
        /// The most columns that one cell may claim: the standard allows 1000, and nobody reads them.
        const WIDEST: usize = 50;
        if row.cells == 0 {
            self.end_block();
            self.open_containers();
            self.builder.begin(BlockKind::TableRow { header: false });
            self.in_row = true;
        }
        for _ in 0..row.gaps {
            self.builder.next_cell();
        }
        row.cells += 1;
        row.names += usize::from(&*tag.name == "th");
        let columns = attribute(tag, "colspan").and_then(|columns| columns.trim().parse().ok());
        row.gaps = columns.unwrap_or(1).clamp(1, WIDEST);
    }
}

/// A row of data as far as it is read.
#[derive(Default)]
struct Row {
    cells: usize,
    /// How many of them name their column or row.
    names: usize,
    /// How many tabs part the last cell from the next.
    gaps: usize,
    in_head: bool,
}

/// Returns whether an element's words stand apart from those before and after.
fn is_block(meaning: Meaning) -> bool {
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

/// Returns whether an element may leave out its end tag (HTML, section 13.1.2.4).
fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option"
    )
}

/// Returns what stands before the address of something embedded.
fn embedded_label(name: &str, address: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| address.contains(word));
    match name {
        "audio" => "Audio: ",
        "video" => "Video: ",
        _ if says(&["youtu", "vimeo", "dailymotion", "/video", "ted.com"]) => "Video: ",
        _ if says(&["soundcloud", "/audio", "podcast", ".mp3"]) => "Audio: ",
        _ => "Embedded page: ",
    }
}
