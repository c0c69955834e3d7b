//! One text, and the ranges over it.
//!
//! Guarantees, for every body that a [`BodyBuilder`](super::BodyBuilder) made (it has no other maker):
//! - every range lies on character boundaries within the text, and starts no later than it ends;
//! - blocks are leaves: in order, disjoint, not empty, and together they cover the text but for the line feeds
//!   between them. One line feed between two blocks means that they stand close, two that a blank row parts them;
//! - a span lies within one block; spans are ordered by start, and of two that start together the longer comes first;
//! - parts are in order and disjoint, begin and end with a block;
//! - destinations are ordered by place, and each lies at the beginning of a word or a block.
//!
//! Absent on purpose: list markers, link numbers, rules, indents. They are drawn, not text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Date, Label};

/// A range of bytes into the text of a [`Body`].
///
/// 32 bits: a text is at most 4 GiB, which the builder sees to; a document of a million spans is half the size.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct TextRange {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl TextRange {
    /// Returns the range from `start` to `end`; one that would end before it starts is empty at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the same range as the standard library has it.
    pub fn as_range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns whether the byte at `offset` is in it.
    pub fn contains(self, offset: u32) -> bool {
        (self.start..self.end).contains(&offset)
    }

    /// Returns what both have, or nothing where they share no byte.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
}

impl From<Range<usize>> for TextRange {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// One text with ranges over it. See the [room's page](super) for what it guarantees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) spans: Vec<Span>,
    pub(super) parts: Vec<Part>,
    pub(super) destinations: Vec<Destination>,
}

/// A body taken apart: its text and the ranges over it, in the order that [`Body`] promises.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawBody {
    /// The whole text.
    pub text: String,
    /// The leaf blocks.
    pub blocks: Vec<Block>,
    /// The spans.
    pub spans: Vec<Span>,
    /// The parts.
    pub parts: Vec<Part>,
    /// The places that links lead to.
    pub destinations: Vec<Destination>,
}

impl Body {
    /// Returns the whole text: what is stored, indexed, searched, wrapped, lit, quoted and exported.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the words of a range, or nothing for a range that is not of this text.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.as_range()).unwrap_or_default()
    }

    /// Returns the leaf blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns the spans, ordered by start.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns the parts, in order: a thread's posts, a book's chapters. Most documents have none.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the places that links lead to, ordered by where they are.
    pub fn destinations(&self) -> &[Destination] {
        &self.destinations
    }

    /// Returns the byte of the text that `name` stands at, where there is a destination of that name.
    pub fn destination(&self, name: &str) -> Option<u32> {
        let mut named = self.destinations.iter();
        named.find(|one| one.name == name).map(|one| one.at)
    }

    /// Returns the place among [`Self::blocks`] of the block that holds the byte at `offset`, or that follows it.
    pub fn block_at(&self, offset: u32) -> usize {
        self.blocks
            .partition_point(|block| block.range.end <= offset)
            .min(self.blocks.len().saturating_sub(1))
    }

    /// Returns the spans that share a byte with `range`, in order.
    pub fn spans_in(&self, range: TextRange) -> impl Iterator<Item = &Span> {
        let until = self
            .spans
            .partition_point(|span| span.range.start < range.end);
        // A span never leaves its block, so none that began before this block can reach into the range.
        let from = self
            .blocks
            .get(self.block_at(range.start))
            .map_or(0, |block| {
                self.spans
                    .partition_point(|span| span.range.start < block.range.start)
            });
        self.spans
            .get(from.min(until)..until)
            .unwrap_or_default()
            .iter()
            .filter(move |span| span.range.end > range.start)
    }

    /// Returns the headings and the parts, in the order of the text: what an outline shows.
    pub fn outline(&self) -> Vec<OutlineEntry> {
        let mut entries = Vec::new();
        let mut parts = self.parts.iter().peekable();
        for block in &self.blocks {
            while let Some(part) = parts.next_if(|part| part.range.start <= block.range.start) {
                entries.push(OutlineEntry {
                    level: 1 + part.depth,
                    title: part.label(),
                    at: part.range.start,
                });
            }
            if let BlockKind::Heading { level } = block.kind {
                let below = self
                    .part_at(block.range.start)
                    .map_or(0, |part| part.depth + 1);
                let title = self.slice(block.range).replace('\n', " ");
                entries.push(OutlineEntry {
                    level: below + level,
                    title,
                    at: block.range.start,
                });
            }
        }
        entries
    }

    /// Returns the part that holds the byte at `offset`.
    pub fn part_at(&self, offset: u32) -> Option<&Part> {
        let place = self.parts.partition_point(|part| part.range.end <= offset);
        self.parts
            .get(place)
            .filter(|part| part.range.start <= offset)
    }

    /// Returns how many words the text has, counted as runs between white space.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Takes the body apart, for storing and for moving its ranges.
    pub fn into_raw(self) -> RawBody {
        RawBody {
            text: self.text,
            blocks: self.blocks,
            spans: self.spans,
            parts: self.parts,
            destinations: self.destinations,
        }
    }

    /// Puts a stored body together again. What breaks a promise (a damaged store) is left out, never passed on:
    /// a block out of order or off a boundary goes, and with it the spans and parts that have no block left.
    pub fn from_raw(raw: RawBody) -> Self {
        let RawBody {
            text,
            blocks,
            spans,
            parts,
            mut destinations,
        } = raw;
        let sound = |range: TextRange| !range.is_empty() && text.get(range.as_range()).is_some();
        let mut reached = 0;
        let blocks: Vec<Block> = blocks
            .into_iter()
            .filter(|block| {
                let fits = sound(block.range) && block.range.start >= reached;
                if fits {
                    reached = block.range.end;
                }
                fits
            })
            .collect();
        let within_a_block = |range: TextRange| {
            let place = blocks.partition_point(|block| block.range.end <= range.start);
            blocks.get(place).is_some_and(|block| {
                block.range.start <= range.start && range.end <= block.range.end
            })
        };
        let mut spans: Vec<Span> = spans
            .into_iter()
            .filter(|span| sound(span.range) && within_a_block(span.range))
            .collect();
        spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
        let mut reached = 0;
        let parts = parts
            .into_iter()
            .filter(|part| {
                let fits = sound(part.range) && part.range.start >= reached;
                if fits {
                    reached = part.range.end;
                }
                fits
            })
            .collect();
        destinations.retain(|one| text.is_char_boundary(one.at as usize));
        destinations.sort_by_key(|one| one.at);
        Self {
            text,
            blocks,
            spans,
            parts,
            destinations,
        }
    }
}

/// A leaf block: a paragraph, a heading, a row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where its words are. A line feed within it is a line break that the author set.
    pub range: TextRange,
    /// What it stands in, outermost first: quotations and list items.
    pub containers: Vec<Container>,
}

/// What a leaf block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading of the text.
    Heading {
        /// 1 for the highest within the document, 6 for the lowest.
        level: u8,
    },
    /// The lines between the title and the body that say what it is about.
    Standfirst,
    /// Running text. A list item or a quotation is a paragraph in a [`Container`].
    Paragraph,
    /// Text whose line feeds and blanks count.
    Code,
    /// A row of a table; a tab parts its cells.
    TableRow {
        /// True for the row that names the columns.
        header: bool,
    },
    /// A picture by its description.
    Image,
    /// A line that parts what stands before from what comes after; its text is `* * *`.
    Rule,
    /// The line at the end that says who wrote it and where it stood first.
    Credit,
}

/// What a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Container {
    /// A quotation.
    Quotation,
    /// An item of a list.
    Item(Item),
}

/// An item of a list, seen from one of its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What is drawn before it.
    pub marker: Marker,
    /// True for the first block of the item: the one that the marker is drawn before.
    pub opens: bool,
}

/// What is drawn before the first block of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// Its number, as the author counted.
    Number(u32),
    /// A box, ticked or not.
    Task(bool),
    /// What the author counted with, where that is no number.
    Label(Label),
}

impl Block {
    /// Returns the block's name in JSON and in messages: its innermost container where it is a paragraph of one.
    pub fn name(&self) -> &'static str {
        match (self.kind, self.containers.last()) {
            (BlockKind::Paragraph, Some(Container::Item(_))) => "list-item",
            (BlockKind::Paragraph, Some(Container::Quotation)) => "quotation",
            (BlockKind::Heading { .. }, _) => "heading",
            (BlockKind::Standfirst, _) => "standfirst",
            (BlockKind::Paragraph, None) => "paragraph",
            (BlockKind::Code, _) => "code",
            (BlockKind::TableRow { .. }, _) => "table-row",
            (BlockKind::Image, _) => "image",
            (BlockKind::Rule, _) => "rule",
            (BlockKind::Credit, _) => "credit",
        }
    }

    /// Returns a heading's level, else how many containers the block stands in.
    pub fn level(&self) -> usize {
        match self.kind {
            BlockKind::Heading { level } => usize::from(level),
            _ => self.containers.len(),
        }
    }
}

/// A stretch of a block that differs from the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// How it differs.
    pub kind: SpanKind,
    /// Where its words are.
    pub range: TextRange,
}

/// How a span differs from the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpanKind {
    /// Emphasis, commonly drawn in italics.
    Emphasis,
    /// Strong emphasis, commonly drawn bold.
    Strong,
    /// A word of a program, or what one prints.
    Code,
    /// Struck out.
    Deleted,
    /// A link to this address, absolute where the source allowed it. `#name` leads to the [`Destination`] of that name
    /// in the same document, and [`Destination::SCHEME`] begins the address of one in another document of the source.
    Link(String),
}

/// A place in the text that links lead to: the target of a note, a page of a printed edition.
///
/// Its name is a fragment identifier as in RFC 3986, section 3.5, decoded; `page=5` for a page, as RFC 8118 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// Its name.
    pub name: String,
    /// The byte of the text where it is.
    pub at: u32,
}

impl Destination {
    /// What begins a link into another document of the same source: the scheme, the document's key as it is, and after
    /// the last `#` the name of the destination there, where one is meant.
    pub const SCHEME: &str = "recto:";

    /// What begins the name of a place that the whole source knows: a label, an `ID`. A link to it has no key, for
    /// only the source can say which of its documents has the place.
    pub const WIDE: char = '@';

    /// Returns whether the whole source knows the place.
    pub fn is_wide(&self) -> bool {
        self.name.starts_with(Self::WIDE)
    }

    /// Takes the address of another document of the same source apart: its key, and the name of the place there.
    pub fn beside(address: &str) -> Option<(&str, Option<&str>)> {
        let rest = address.strip_prefix(Self::SCHEME)?;
        Some(match rest.rsplit_once('#') {
            Some((key, "")) => (key, None),
            Some((key, name)) => (key, Some(name)),
            None => (rest, None),
        })
    }
}

/// A post of a thread, a chapter of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where its words are, its own heading included.
    pub range: TextRange,
    /// Its own name, where the source gives one.
    pub key: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// How deep it stands: 0 for an opening post, 1 for a reply to it.
    pub depth: u8,
    /// The place among the parts of the one that it answers.
    pub reply_to: Option<u32>,
    /// What it is called.
    pub title: Option<String>,
}

impl Part {
    /// Returns what an outline calls it: its title, with its author where it has one.
    pub fn label(&self) -> String {
        match (&self.title, &self.author) {
            (Some(title), Some(author)) => format!("{title} · {author}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => "…".to_owned(),
        }
    }
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// How deep it stands, from 1.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// The byte of the text where it begins.
    pub at: u32,
}
