//! The one maker of bodies: a format calls it in the order of the text, and what comes out keeps every promise of
//! [`Body`], whatever the calls were.
//!
//! It folds white space outside code, passes every character through [`sanitize`](crate::text::sanitize), drops
//! blocks and parts without a word, closes what was left open, and carries a span that is still open into the next
//! block. Unbalanced calls are not errors: what closes nothing does nothing.

mod fold;
#[cfg(test)]
mod tests;

use super::{
    Block, BlockKind, Body, Container, Date, Destination, Item, Marker, Part, Span, SpanKind,
    TextRange,
};
use crate::text::sanitize;
use fold::Gap;

/// What is known of a part when it begins; its range comes from the blocks that follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartHead {
    /// Its own name, where the source gives one.
    pub key: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// How deep it stands: 0 for an opening post, 1 for a reply to it.
    pub depth: u8,
    /// The part that it answers: what [`BodyBuilder::begin_part`] returned for that one.
    pub reply_to: Option<u32>,
    /// What it is called.
    pub title: Option<String>,
}

/// Makes a [`Body`] from calls in the order of the text.
///
/// ```
/// use recto::document::{BlockKind, BodyBuilder, SpanKind};
///
/// let mut builder = BodyBuilder::new();
/// builder.block(BlockKind::Heading { level: 1 }, "On  trust");
/// builder.begin(BlockKind::Paragraph);
/// builder.text("It is the ");
/// builder.open_span(SpanKind::Strong);
/// builder.text("first\nword ");
/// builder.close_span();
/// builder.text("used.");
/// let body = builder.finish();
/// assert_eq!(body.text(), "On trust\n\nIt is the first word used.");
/// assert_eq!(body.slice(body.spans()[0].range), "first word");
/// ```
#[derive(Debug, Default)]
pub struct BodyBuilder {
    body: Body,
    /// The block being written: its kind and where its text starts.
    leaf: Option<(BlockKind, usize)>,
    /// What was asked for between two words and is written when the next one comes.
    gap: Gap,
    containers: Vec<Open>,
    spans: Vec<(SpanKind, usize)>,
    parts: Vec<OpenPart>,
    /// The place in the body of each part begun, or nothing for one that had no words.
    places: Vec<Option<u32>>,
    part: Option<usize>,
    /// The next block must not stand close to the one before.
    parted: bool,
    /// The names of destinations that wait for the next word.
    pending: Vec<String>,
}

#[derive(Debug)]
struct OpenPart {
    head: PartHead,
    first_block: usize,
}

/// A container that is open.
#[derive(Clone, Copy, Debug)]
enum Open {
    Quotation,
    List { tight: bool },
    Item(Item),
}

impl BodyBuilder {
    /// The longest text of one document, in bytes: offsets have 32 bits, and a margin keeps their sums within them.
    pub const MAX_TEXT: usize = (u32::MAX / 2) as usize;

    /// Returns a builder with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a builder with room for a text of so many bytes: growing by doubling copies each text some times over.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut builder = Self::default();
        builder.body.text.reserve(bytes.min(Self::MAX_TEXT));
        builder
    }

    /// Writes a whole block without spans.
    pub fn block(&mut self, kind: BlockKind, text: &str) {
        self.begin(kind);
        self.text(text);
        self.end();
    }

    /// Begins a block; one that is open ends first.
    pub fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.leaf = Some((kind, self.body.text.len()));
    }

    /// Returns whether a block is open.
    pub fn in_block(&self) -> bool {
        self.leaf.is_some()
    }

    /// Returns whether the open block has words already.
    pub fn has_words(&self) -> bool {
        self.leaf
            .is_some_and(|(_, start)| self.body.text.len() > start)
    }

    /// Adds words to the open block, or to a new paragraph where none is open and the words are more than white space.
    pub fn text(&mut self, text: &str) {
        if self.leaf.is_none() {
            if text.chars().all(char::is_whitespace) {
                return;
            }
            self.begin(BlockKind::Paragraph);
        }
        let Some((kind, _)) = self.leaf else { return };
        let room = Self::MAX_TEXT.saturating_sub(self.body.text.len());
        let text = sanitize::clean(
            text.get(..text.floor_char_boundary(room))
                .unwrap_or_default(),
        );
        if kind == BlockKind::Code {
            self.verbatim(&text);
        } else {
            self.folded(&text, kind);
        }
    }

    /// Sets a line break within the open block.
    pub fn break_line(&mut self) {
        match self.leaf {
            Some((BlockKind::Code, _)) => self.verbatim("\n"),
            Some(_) => self.gap = Gap::Line,
            None => {}
        }
    }

    /// Parts two cells of a table row.
    pub fn next_cell(&mut self) {
        if matches!(self.leaf, Some((BlockKind::TableRow { .. }, _))) {
            self.gap = Gap::None;
            self.body.text.push('\t');
        }
    }

    /// Ends the open block; one without a word leaves nothing behind.
    pub fn end(&mut self) {
        let Some((kind, start)) = self.leaf.take() else {
            return;
        };
        self.gap = Gap::None;
        let written = self.body.text.get(start..).unwrap_or_default();
        if written.trim().is_empty() {
            self.body.text.truncate(start);
            let kept = self
                .body
                .destinations
                .partition_point(|one| (one.at as usize) < start);
            let dropped = self.body.destinations.drain(kept..);
            self.pending.splice(0..0, dropped.map(|one| one.name));
            for span in &mut self.spans {
                span.1 = span.1.min(start);
            }
            return;
        }
        let end = start
            + if kind == BlockKind::Code {
                written.trim_end_matches(['\n', ' ']).len()
            } else {
                written.len()
            };
        self.body.text.truncate(end);
        let separator = self.separator(kind);
        self.body.text.insert_str(start, separator);
        let (start, end) = (start + separator.len(), end + separator.len());
        // Spans that closed in this block were noted before the separator was set in front of it.
        for span in self
            .body
            .spans
            .iter_mut()
            .rev()
            .take_while(|span| span.range.end as usize > start - separator.len())
        {
            span.range = TextRange::new(
                span.range.start as usize + separator.len(),
                span.range.end as usize + separator.len(),
            );
        }
        for one in self.body.destinations.iter_mut().rev() {
            if (one.at as usize) < start - separator.len() {
                break;
            }
            one.at = (one.at + separator.len() as u32).min(end as u32);
        }
        let waiting = self.pending.drain(..).map(|name| Destination {
            name,
            at: start as u32,
        });
        // They were asked for before the block's first word, and so before those that stand within it.
        let place = self
            .body
            .destinations
            .partition_point(|one| (one.at as usize) < start);
        self.body.destinations.splice(place..place, waiting);
        for (kind, from) in &mut self.spans {
            let from_now = (*from + separator.len()).max(start);
            push_span(&mut self.body, kind.clone(), from_now, end);
            *from = end;
        }
        let containers = self.containers.iter().filter_map(|open| match open {
            Open::Quotation => Some(Container::Quotation),
            Open::Item(item) => Some(Container::Item(*item)),
            Open::List { .. } => None,
        });
        self.body.blocks.push(Block {
            kind,
            range: TextRange::new(start, end),
            containers: containers.collect(),
        });
        for open in &mut self.containers {
            if let Open::Item(item) = open {
                item.opens = false;
            }
        }
        self.parted = false;
    }

    /// Opens a span: emphasis, a link.
    pub fn open_span(&mut self, kind: SpanKind) {
        self.spans.push((kind, self.body.text.len()));
    }

    /// Closes the innermost open span.
    pub fn close_span(&mut self) {
        if let Some((kind, start)) = self.spans.pop()
            && let Some((_, block)) = self.leaf
        {
            let end = self.body.text.len();
            push_span(&mut self.body, kind, start.max(block), end);
        }
    }

    /// Notes that links to `name` lead here: to the next word, wherever that comes.
    pub fn destination(&mut self, name: &str) {
        let name = sanitize::clean(name).trim().to_owned();
        if name.is_empty() {
            return;
        }
        if self.has_words() {
            self.body.destinations.push(Destination {
                name,
                at: self.body.text.len() as u32,
            });
        } else {
            self.pending.push(name);
        }
    }

    /// Opens a quotation.
    pub fn open_quotation(&mut self) {
        self.end();
        self.containers.push(Open::Quotation);
    }

    /// Closes the innermost quotation, and what is still open within it.
    pub fn close_quotation(&mut self) {
        self.close(|open| matches!(open, Open::Quotation));
    }

    /// Opens a list. In a tight one the items stand close, without blank rows between them.
    pub fn open_list(&mut self, tight: bool) {
        self.end();
        self.containers.push(Open::List { tight });
    }

    /// Closes the innermost list, and what is still open within it.
    pub fn close_list(&mut self) {
        self.close(|open| matches!(open, Open::List { .. }));
        if !self
            .containers
            .iter()
            .any(|open| matches!(open, Open::List { .. }))
        {
            self.parted = true;
        }
    }

    /// Opens an item of a list; an item without a list gets one.
    pub fn open_item(&mut self, marker: Marker) {
        self.end();
        if !matches!(self.containers.last(), Some(Open::List { .. })) {
            self.containers.push(Open::List { tight: true });
        }
        self.containers.push(Open::Item(Item {
            marker,
            opens: true,
        }));
    }

    /// Closes the innermost item, and what is still open within it.
    pub fn close_item(&mut self) {
        self.close(|open| matches!(open, Open::Item(_)));
    }

    /// Begins a part; one that is open ends first. Returns its name for [`PartHead::reply_to`].
    pub fn begin_part(&mut self, head: PartHead) -> u32 {
        self.end_part();
        self.parts.push(OpenPart {
            head,
            first_block: self.body.blocks.len(),
        });
        self.part = Some(self.parts.len() - 1);
        (self.parts.len() - 1) as u32
    }

    /// Ends the open part; one without a block leaves nothing behind.
    pub fn end_part(&mut self) {
        self.end();
        let Some(open) = self.part.take().and_then(|place| self.parts.get(place)) else {
            return;
        };
        let (first, last) = (
            self.body.blocks.get(open.first_block),
            self.body.blocks.last(),
        );
        let place = first.zip(last).map(|(first, last)| {
            let OpenPart { head, .. } = open;
            let reply_to = head
                .reply_to
                .and_then(|name| self.places.get(name as usize).copied().flatten());
            self.body.parts.push(Part {
                range: TextRange {
                    start: first.range.start,
                    end: last.range.end,
                },
                key: head.key.clone(),
                author: head.author.clone(),
                published: head.published,
                depth: head.depth,
                reply_to,
                title: head.title.clone(),
            });
            (self.body.parts.len() - 1) as u32
        });
        self.places.push(place);
    }

    /// Returns how many bytes of text are written so far.
    pub fn written(&self) -> usize {
        self.body.text.len()
    }

    /// Returns how many blocks are written so far.
    pub fn blocks(&self) -> usize {
        self.body.blocks.len()
    }

    /// Closes everything and returns the body.
    pub fn finish(mut self) -> Body {
        self.end_part();
        // What no word follows leads to the end.
        if let Some(last) = self.body.blocks.last() {
            let at = last.range.start;
            let waiting = self.pending.drain(..);
            let ending = waiting.map(|name| Destination { name, at });
            self.body.destinations.extend(ending);
            self.body.destinations.sort_by_key(|one| one.at);
        }
        self.body
            .spans
            .sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
        self.body
    }

    /// Closes the innermost container that `matches`, and those within it; nothing where none does.
    fn close(&mut self, matches: impl Fn(&Open) -> bool) {
        self.end();
        if let Some(place) = self.containers.iter().rposition(matches) {
            self.containers.truncate(place);
        }
    }

    /// Returns what parts a block of `kind` from the one before it.
    fn separator(&self, kind: BlockKind) -> &'static str {
        let Some(before) = self.body.blocks.last() else {
            return "";
        };
        let is_row = |kind| matches!(kind, BlockKind::TableRow { .. });
        let opens_tight_item = self.containers.iter().rev().find_map(|open| match open {
            Open::List { tight } => Some(*tight),
            _ => None,
        }) == Some(true)
            && matches!(self.containers.last(), Some(Open::Item(item)) if item.opens)
            && before
                .containers
                .iter()
                .any(|container| matches!(container, Container::Item(_)));
        if !self.parted && (opens_tight_item || is_row(kind) && is_row(before.kind)) {
            "\n"
        } else {
            "\n\n"
        }
    }
}

/// Notes a span over the words between `start` and `end`, without the white space at either side.
fn push_span(body: &mut Body, kind: SpanKind, start: usize, end: usize) {
    let Some(words) = body.text.get(start..end) else {
        return;
    };
    let start = start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    if start < end {
        body.spans.push(Span {
            kind,
            range: TextRange::new(start, end),
        });
    }
}
