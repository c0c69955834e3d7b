//! A concordance: every hit of a question, one a line, each in the words around it (a keyword in context). Hits that
//! stand next to each other with no other word between are one line, whose keyword they are together.
//!
//! What is kept of a line is where its hits are and what it is sorted by, 72 bytes for a single one; the words around it are cut from the
//! text when its line comes into sight. The hits are the ranges that the page lights ([`Matcher::body_ranges`]), and
//! what lights beside a keyword are the lines before and after it: page and concordance cannot disagree.
//!
//! Lines stand as their documents are listed, or by the words at their left or right, by date or by source; of two that
//! are equal, the one listed first comes first. It can be asked while documents are still being read into it: in the
//! order of the list a line never moves, in another what is read later may come before it.
//!
//! [`Matcher::body_ranges`]: super::Matcher::body_ranges

mod context;
mod runs;

use std::collections::HashMap;
use std::ops::Range;

pub use self::context::{Context, Room, context};
use self::runs::runs;

use super::whole_name;
use crate::document::{Body, Date, TextRange};
use crate::text::analysis::each_folded;

/// How many lines a concordance has at most. A million take 76 MB with their order; who needs the rest asks more
/// narrowly, and is told so.
pub const MOST_LINES: usize = 1_000_000;

/// How many bytes of the words at each side a line is sorted by: some four words.
const KEY: usize = 24;

/// How far the words at a side are looked for, in bytes: more than [`KEY`] bytes of words and what stands between.
const REACH: usize = 96;

/// In which order the lines of a concordance stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As the documents are listed.
    #[default]
    Listed,
    /// By the words at the left, the nearest first.
    Left,
    /// By the words at the right.
    Right,
    /// The newest first; the undated last.
    Newest,
    /// The oldest first; the undated last.
    Oldest,
    /// By the name of the source.
    Source,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 6] = [
        Self::Listed,
        Self::Left,
        Self::Right,
        Self::Newest,
        Self::Oldest,
        Self::Source,
    ];
}

/// A hit, or several that stand next to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its number: its place among all lines in the order of the list. It stays the same while more is read.
    pub number: usize,
    /// The document, by its place among those that were read.
    pub document: usize,
    /// Where it is in the text: from its first hit to its last.
    pub range: TextRange,
}

/// What the lines of a document are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origins<'a> {
    /// When it was published.
    pub published: Option<Date>,
    /// What a person calls its source.
    pub source: &'a str,
}

/// Every hit of a question, as far as the documents were read.
#[derive(Debug)]
pub struct Concordance {
    most: usize,
    documents: Vec<Document>,
    /// The names of sources, in the order in which they came.
    sources: Vec<String>,
    by_name: HashMap<String, u32>,
    lines: Vec<Line>,
    /// The hits of all lines, line by line.
    hits: Vec<TextRange>,
    sorted: Vec<u32>,
    /// The order of `sorted`; nothing while that is none.
    order: Option<Order>,
}

#[derive(Clone, Copy, Debug)]
struct Document {
    published: Option<Date>,
    source: u32,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    document: u32,
    range: TextRange,
    /// The place of its first hit; its last comes before the first of the next line.
    first: u32,
    left: [u8; KEY],
    right: [u8; KEY],
}

impl Default for Concordance {
    fn default() -> Self {
        Self::with_room_for(MOST_LINES)
    }
}

impl Concordance {
    /// Returns a concordance without lines, which takes so many at most.
    pub fn with_room_for(most: usize) -> Self {
        Self {
            most,
            documents: Vec::new(),
            sources: Vec::new(),
            by_name: HashMap::new(),
            lines: Vec::new(),
            hits: Vec::new(),
            sorted: Vec::new(),
            order: None,
        }
    }

    /// Returns how many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns whether no more lines are taken.
    pub fn is_full(&self) -> bool {
        self.lines.len() >= self.most
    }

    /// Returns how many documents have a line.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Adds the lines of the hits `lit` (sorted, disjoint) of a document, and returns the document's place among
    /// those that have lines; nothing where it has none, or no line had room.
    pub fn add(
        &mut self,
        body: &Body,
        lit: &[Range<usize>],
        origins: Origins<'_>,
    ) -> Option<usize> {
        let room = self.most.saturating_sub(self.lines.len());
        let mut runs = runs(body, lit);
        runs.truncate(room);
        if runs.is_empty() {
            return None;
        }
        let place = self.documents.len();
        let document = u32::try_from(place).ok()?;
        let source = self.source(origins.source);
        self.documents.push(Document {
            published: origins.published,
            source,
        });
        let text = body.text();
        for hits in runs.into_iter().filter_map(|run| lit.get(run)) {
            let (Some(one), Some(last)) = (hits.first(), hits.last()) else {
                continue;
            };
            let hit = one.start..last.end;
            let block = block_around(body, &hit);
            self.lines.push(Line {
                document,
                range: TextRange::from(hit.clone()),
                first: u32::try_from(self.hits.len()).unwrap_or(u32::MAX),
                left: left_key(text, block.start..hit.start),
                right: right_key(text, hit.end..block.end),
            });
            self.hits.extend(hits.iter().cloned().map(TextRange::from));
        }
        Some(place)
    }

    fn source(&mut self, name: &str) -> u32 {
        let name = whole_name(name);
        if let Some(&number) = self.by_name.get(&name) {
            return number;
        }
        let number = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(name.clone());
        self.by_name.insert(name, number);
        number
    }

    /// Returns the line at a place of an order.
    ///
    /// Sorts what was added since it was last asked, where the order is the same, and all where it is another.
    pub fn line(&mut self, order: Order, place: usize) -> Option<Occurrence> {
        if order == Order::Listed {
            return self.numbered(place);
        }
        self.arrange(order);
        let number = *self.sorted.get(place)?;
        self.numbered(number as usize)
    }

    /// Returns the place of a line in an order, by its number.
    pub fn place_of(&mut self, order: Order, number: usize) -> Option<usize> {
        if order == Order::Listed {
            return (number < self.lines.len()).then_some(number);
        }
        self.arrange(order);
        self.sorted.iter().position(|&one| one as usize == number)
    }

    /// Returns the line of a number.
    pub fn numbered(&self, number: usize) -> Option<Occurrence> {
        let line = self.lines.get(number)?;
        Some(Occurrence {
            number,
            document: line.document as usize,
            range: line.range,
        })
    }

    /// Returns the hits around the line of a number, its own among them, as far as they are in the same document and reach
    /// into `within`.
    pub fn hits_around(&self, number: usize, within: &Range<usize>) -> Vec<Range<usize>> {
        let Some(line) = self.lines.get(number) else {
            return Vec::new();
        };
        let reaches = |range: &Range<usize>| range.start < within.end && range.end > within.start;
        let is_around =
            |other: &&Line| other.document == line.document && reaches(&other.range.as_range());
        let (before, rest) = self.lines.split_at(number);
        let earlier = before.iter().rev().take_while(is_around).count();
        let later = rest.iter().take_while(is_around).count();
        let hit_at = |place: usize| {
            let line = self.lines.get(place);
            line.map_or(self.hits.len(), |line| line.first as usize)
        };
        let hits = self
            .hits
            .get(hit_at(number - earlier)..hit_at(number + later));
        let hits = hits.unwrap_or_default().iter().map(|hit| hit.as_range());
        hits.filter(reaches).collect()
    }

    /// Sorts what is not sorted yet.
    fn arrange(&mut self, order: Order) {
        if self.order != Some(order) {
            self.sorted.clear();
            self.order = Some(order);
        }
        let sorted = self.sorted.len();
        if sorted == self.lines.len() {
            return;
        }
        let added = (sorted..self.lines.len()).filter_map(|number| u32::try_from(number).ok());
        self.sorted.extend(added);
        // A run that is sorted and one that follows it is what these sorts are quick at.
        if matches!(order, Order::Left | Order::Right) {
            return self.sort_by_words(order);
        }
        let ranks = self.ranks(order);
        let lines = &self.lines;
        let rank = |number: u32| {
            let line = lines.get(number as usize)?;
            ranks.get(line.document as usize).copied()
        };
        self.sorted.sort_by_key(|&number| (rank(number), number));
    }

    /// Sorts the lines by the words at a side. The first bytes lie beside the numbers: with them alone in the cache,
    /// nearly all comparisons are made.
    fn sort_by_words(&mut self, order: Order) {
        let key = |number: u32| {
            let line = self.lines.get(number as usize);
            line.map(|line| match order {
                Order::Left => &line.left,
                _ => &line.right,
            })
        };
        let first = |number: u32| {
            let bytes = key(number).and_then(|key| key.first_chunk());
            bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes))
        };
        let numbers = self.sorted.iter();
        let mut keyed: Vec<(u64, u32)> = numbers.map(|&number| (first(number), number)).collect();
        keyed.sort_by(|(first, one), (second, other)| {
            let rest = || key(*one).cmp(&key(*other)).then(one.cmp(other));
            first.cmp(second).then_with(rest)
        });
        self.sorted.clear();
        self.sorted.extend(keyed.iter().map(|(_, number)| *number));
    }

    /// Returns the place of each document in an order of documents; equal ones have the same.
    fn ranks(&self, order: Order) -> Vec<u32> {
        let rank = match order {
            Order::Source => return self.source_ranks(),
            Order::Newest => |place: u32| u32::MAX - 1 - place,
            _ => |place: u32| place,
        };
        let published = |document: &Document| document.published;
        let mut dates: Vec<Date> = self.documents.iter().filter_map(published).collect();
        dates.sort_unstable();
        dates.dedup();
        let of = |document: &Document| {
            let place = dates.binary_search(&document.published?).ok()?;
            Some(rank(u32::try_from(place).ok()?))
        };
        let documents = self.documents.iter();
        documents.map(|one| of(one).unwrap_or(u32::MAX)).collect()
    }

    fn source_ranks(&self) -> Vec<u32> {
        let mut by_name: Vec<(&String, usize)> = self.sources.iter().zip(0..).collect();
        by_name.sort_unstable();
        let mut ranks = vec![0; self.sources.len()];
        for (rank, (_, number)) in (0..).zip(by_name) {
            if let Some(of) = ranks.get_mut(number) {
                *of = rank;
            }
        }
        let of = |document: &Document| ranks.get(document.source as usize).copied();
        let documents = self.documents.iter();
        documents.map(|one| of(one).unwrap_or(u32::MAX)).collect()
    }
}

/// Returns the block that a hit is in, or where none is, the hit.
fn block_around(body: &Body, hit: &Range<usize>) -> Range<usize> {
    let start = u32::try_from(hit.start).unwrap_or(u32::MAX);
    let block = body.blocks().get(body.block_at(start));
    let block = block.map_or(hit.clone(), |block| block.range.as_range());
    block.start.min(hit.start)..block.end.max(hit.end)
}

/// Returns what a line is sorted by at its left: the words before the hit from the last on, as far as the block goes.
fn left_key(text: &str, before: Range<usize>) -> [u8; KEY] {
    let start = text.ceil_char_boundary(before.start.max(before.end.saturating_sub(REACH)));
    let mut words: Vec<String> = Vec::new();
    let near = text.get(start..before.end).unwrap_or_default();
    each_folded(near, |word| words.push(word.to_owned()));
    if start > before.start && words.len() > 1 {
        // It may have been cut.
        words.remove(0);
    }
    let mut key = Key::default();
    words.iter().rev().for_each(|word| key.push(word));
    key.bytes
}

/// Returns what a line is sorted by at its right: the words after the hit.
fn right_key(text: &str, after: Range<usize>) -> [u8; KEY] {
    let end = text.floor_char_boundary(after.end.min(after.start + REACH));
    let mut key = Key::default();
    let near = text.get(after.start..end).unwrap_or_default();
    each_folded(near, |word| key.push(word));
    key.bytes
}

/// Words one after the other, cut where there is no more room.
#[derive(Default)]
struct Key {
    bytes: [u8; KEY],
    used: usize,
}

impl Key {
    /// Adds a word. A nought parts it from the next: it sorts before every letter.
    fn push(&mut self, word: &str) {
        let room = self.bytes.get_mut(self.used..).unwrap_or_default();
        for (byte, of) in room.iter_mut().zip(word.bytes()) {
            *byte = of;
        }
        self.used = (self.used + word.len() + 1).min(KEY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::testing::body;
    use crate::query::{Lexicon, Matcher, expand, parse};
    use crate::text::Language;

    /// Adds a document and returns its body.
    fn add(to: &mut Concordance, text: &str, published: &str, source: &str) -> Body {
        let body = body(text);
        let matcher = Matcher::new(&expand(&parse("trust"), &Lexicon::default()));
        let lit = matcher.body_ranges(&body, Language::ENGLISH);
        let origins = Origins {
            published: published.parse().ok(),
            source,
        };
        to.add(&body, &lit, origins);
        body
    }

    fn numbers(of: &mut Concordance, order: Order) -> Vec<usize> {
        let places = 0..of.len();
        let lines = places.filter_map(|place| of.line(order, place));
        lines.map(|line| line.number).collect()
    }

    fn filled() -> Concordance {
        let mut concordance = Concordance::default();
        add(
            &mut concordance,
            "In God we trust. The trust fund",
            "2012",
            "Zeal",
        );
        add(&mut concordance, "No hit at all", "2011", "Aye");
        add(
            &mut concordance,
            "a Trust\nTrust above all",
            "2013-05",
            "amber",
        );
        add(&mut concordance, "We trust, élan is gone", "", "Zeal");
        concordance
    }

    #[test]
    fn lines_stand_in_every_order_and_equal_ones_as_listed() {
        let mut concordance = filled();
        assert_eq!((concordance.len(), concordance.documents()), (5, 3));
        for (order, expected) in [
            (Order::Listed, [0, 1, 2, 3, 4]),
            // Nothing; a; the; we; we god.
            (Order::Left, [3, 2, 1, 4, 0]),
            // Nothing; above; elan; fund; the.
            (Order::Right, [2, 3, 4, 1, 0]),
            (Order::Newest, [2, 3, 0, 1, 4]),
            (Order::Oldest, [0, 1, 2, 3, 4]),
            (Order::Source, [2, 3, 0, 1, 4]),
        ] {
            assert_eq!(numbers(&mut concordance, order), expected, "{order:?}");
            for (place, number) in expected.into_iter().enumerate() {
                assert_eq!(
                    concordance.place_of(order, number),
                    Some(place),
                    "{order:?}"
                );
            }
        }
        assert_eq!(concordance.place_of(Order::Left, 5), None);
    }

    #[test]
    fn what_is_read_later_comes_to_its_place_in_an_order_that_was_asked_for() {
        for order in Order::ALL {
            let mut concordance = Concordance::default();
            for (text, published, source) in [
                ("In God we trust. The trust fund", "2012", "Zeal"),
                ("a Trust\nTrust above all", "2013-05", "amber"),
                ("We trust, élan is gone", "", "Zeal"),
            ] {
                numbers(&mut concordance, order);
                add(&mut concordance, text, published, source);
            }
            assert_eq!(
                numbers(&mut concordance, order),
                numbers(&mut filled(), order),
                "{order:?}"
            );
        }
    }

    #[test]
    fn no_more_lines_are_taken_than_there_is_room_for() {
        let mut concordance = Concordance::with_room_for(3);
        add(&mut concordance, "trust in trust", "", "");
        assert!(!concordance.is_full());
        add(&mut concordance, "trust in trust", "", "");
        assert!(concordance.is_full());
        add(&mut concordance, "trust", "", "");
        assert_eq!((concordance.len(), concordance.documents()), (3, 2));
    }

    #[test]
    fn the_hits_around_a_line_are_those_of_its_document_that_reach_into_the_words_around() {
        let mut concordance = filled();
        add(&mut concordance, "trust and trust, at last trust", "", "");
        assert_eq!(concordance.hits_around(6, &(5..25)), [10..15, 25..30][..1]);
        assert_eq!(concordance.hits_around(6, &(3..26)), [0..5, 10..15, 25..30]);
        assert_eq!(concordance.hits_around(4, &(0..100)).len(), 1);
    }

    #[test]
    fn hits_that_stand_next_to_each_other_are_one_line_sorted_by_what_is_beside_them() {
        let mut concordance = Concordance::default();
        add(&mut concordance, "We trust, trust is all", "", "");
        add(&mut concordance, "A trust above; then trust trust", "", "");
        let line = |number| concordance.numbered(number).unwrap().range.as_range();
        assert_eq!((concordance.len(), line(0), line(2)), (3, 3..15, 20..31));
        assert_eq!(concordance.hits_around(0, &(0..22)), [3..8, 10..15]);
        assert_eq!(concordance.hits_around(0, &(9..22)), vec![10..15; 1]);
        assert_eq!(concordance.hits_around(2, &(0..99)), [2..7, 20..25, 26..31]);
        assert_eq!(concordance.hits_around(2, &(20..99)), [20..25, 26..31]);
        assert_eq!(numbers(&mut concordance, Order::Right), [2, 1, 0]);
        assert_eq!(numbers(&mut concordance, Order::Left), [1, 2, 0]);
    }
}
