//! Reading the hits of a question out of every document found, and the words around those in sight.
//!
//! The documents are read in the order of the list, and only as far as is asked: who shows the lines asks again and
//! again, and can stop between two documents. What is kept is [`Concordance`]'s few bytes a line; texts are fetched anew
//! for the lines in sight, and the last few of them kept, since neighbours mostly stand in one document.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::{Duration, Instant};

use super::catch_up::shown_source;
use super::{Doubles, Error, Library, Window};
use crate::document::{Body, Date, DocumentId, Metadata, TextRange};
use crate::query::concordance::{Concordance, Context, Occurrence, Order, Origins, Room, context};
use crate::query::{Expanded, Matcher, Query};

/// How many bytes of texts are kept between two askings: more than a screen of usual documents has.
const KEPT_BYTES: usize = 8 << 20;

/// A concordance being read.
pub struct ConcordanceReader {
    matcher: Matcher,
    /// The documents found, in the order of the list.
    found: Vec<DocumentId>,
    read: usize,
    lines: Concordance,
    /// Those of the documents found that have lines, by their places in `found`, with the lengths of their texts.
    with_lines: Vec<(u32, u32)>,
    kept: VecDeque<Text>,
}

/// A document whose text was fetched.
struct Text {
    id: DocumentId,
    metadata: Metadata,
    source: String,
    body: Body,
}

/// Which lines of a concordance are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcordanceWindow {
    /// In which order.
    pub order: Order,
    /// Which places of it.
    pub places: Range<usize>,
    /// How many cells they have.
    pub room: Room,
    /// A line that is to stay where it is seen: its number, and its place when last heard of. Where its place is
    /// another now, `places` move along.
    pub keep: Option<(usize, usize)>,
}

/// Lines of a concordance, and how far it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcordanceLines {
    /// In which order they stand.
    pub order: Order,
    /// The place of the first.
    pub first: usize,
    /// The lines, one a place.
    pub lines: Vec<ConcordanceLine>,
    /// The line that was to stay in sight, and its place.
    pub kept: Option<(usize, usize)>,
    /// How many lines there are so far.
    pub total: usize,
    /// How many documents have one.
    pub documents: usize,
    /// How many of the documents found were read.
    pub read: usize,
    /// How many were found.
    pub found: usize,
    /// No more lines are taken: there are too many.
    pub full: bool,
}

impl ConcordanceLines {
    /// Returns whether nothing more will come.
    pub fn is_whole(&self) -> bool {
        self.full || self.read >= self.found
    }
}

/// A line of a concordance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceLine {
    /// Its number: its place in the order of the list.
    pub number: usize,
    /// The document.
    pub id: DocumentId,
    /// The document's place in the list.
    pub place: usize,
    /// The hit, as bytes of the document's text.
    pub range: TextRange,
    /// The words around it; nothing where the document has gone or its text has changed since the hit was found.
    pub shown: Option<ShownLine>,
}

/// What is shown of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// The words around the hit.
    pub context: Context,
    /// The title of the document.
    pub title: String,
    /// What a person calls its source.
    pub source: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The headings that the hit stands under, outermost first.
    pub headings: Vec<String>,
}

impl Library {
    /// Begins a concordance of what a question finds, in the order of its list. `light` is what its answer ran, by which
    /// the page is lit too; without it, what the question runs as now. Nothing is read yet.
    pub fn concordance(
        &self,
        query: &Query,
        doubles: Doubles,
        light: Option<&Expanded>,
    ) -> Result<ConcordanceReader, Error> {
        self.reload()?;
        let window = Window::first(self.index.len()).with(doubles);
        let hits = self.noting_damage(self.hits(query, window))?;
        Ok(ConcordanceReader {
            matcher: Matcher::new(light.unwrap_or(&hits.expanded)),
            found: hits.hits.iter().map(|hit| hit.id).collect(),
            read: 0,
            lines: Concordance::default(),
            with_lines: Vec::new(),
            kept: VecDeque::new(),
        })
    }
}

impl ConcordanceReader {
    /// Takes so many lines at most, in place of [`MOST_LINES`](crate::query::concordance::MOST_LINES).
    #[must_use]
    pub fn with_room_for(mut self, most: usize) -> Self {
        self.lines = Concordance::with_room_for(most);
        self
    }

    /// Returns whether the question has words that could be hit in a text.
    pub fn can_hit(&self) -> bool {
        !self.matcher.is_empty()
    }

    /// Returns how many lines there are so far.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns the highest number of the documents found.
    pub fn highest(&self) -> DocumentId {
        let highest = self.found.iter().max();
        highest.copied().unwrap_or(DocumentId(0))
    }

    /// Returns whether there is no line so far.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns whether all is read, or all that there is room for.
    pub fn is_whole(&self) -> bool {
        self.read >= self.found.len() || self.lines.is_full() || !self.can_hit()
    }

    /// Reads on for about so long, one document at least. Returns whether there is more to read.
    pub fn read_on(&mut self, library: &Library, time: Duration) -> Result<bool, Error> {
        let began = Instant::now();
        while !self.is_whole() {
            self.read_next(library)?;
            if began.elapsed() >= time {
                break;
            }
        }
        Ok(!self.is_whole())
    }

    fn read_next(&mut self, library: &Library) -> Result<(), Error> {
        let Some(&id) = self.found.get(self.read) else {
            return Ok(());
        };
        let place = u32::try_from(self.read).unwrap_or(u32::MAX);
        self.read += 1;
        // One that was removed since the index was written is no answer.
        let Some(stored) = library.store.document(id)? else {
            return Ok(());
        };
        let (metadata, body) = (&stored.document.metadata, &stored.document.body);
        let lit = self.matcher.body_ranges(body, metadata.language);
        let origins = Origins {
            published: metadata.published,
            source: shown_source(&stored),
        };
        if self.lines.add(body, &lit, origins).is_some() {
            let length = u32::try_from(body.text().len()).unwrap_or(u32::MAX);
            self.with_lines.push((place, length));
        }
        Ok(())
    }

    /// Returns the lines of a window, and how far the whole is read.
    pub fn lines(
        &mut self,
        library: &Library,
        window: &ConcordanceWindow,
    ) -> Result<ConcordanceLines, Error> {
        let order = window.order;
        let kept = window.keep.and_then(|(number, _)| {
            let place = self.lines.place_of(order, number)?;
            Some((number, place))
        });
        let moved = match (window.keep, kept) {
            (Some((_, before)), Some((_, now))) => now.cast_signed() - before.cast_signed(),
            _ => 0,
        };
        let first = window.places.start.saturating_add_signed(moved);
        let first = first.min(self.lines.len().saturating_sub(window.places.len()));
        let mut lines = Vec::with_capacity(window.places.len());
        for place in (first..self.lines.len()).take(window.places.len()) {
            if let Some(line) = self.lines.line(order, place) {
                lines.push(self.line(library, line, window.room)?);
            }
        }
        Ok(ConcordanceLines {
            order,
            first,
            lines,
            kept,
            total: self.lines.len(),
            documents: self.lines.documents(),
            read: self.read,
            found: self.found.len(),
            full: self.lines.is_full() && self.read < self.found.len(),
        })
    }

    fn line(
        &mut self,
        library: &Library,
        line: Occurrence,
        room: Room,
    ) -> Result<ConcordanceLine, Error> {
        let (place, length) = self
            .with_lines
            .get(line.document)
            .copied()
            .unwrap_or_default();
        let place = place as usize;
        let id = self.found.get(place).copied().unwrap_or(DocumentId(0));
        let (number, range) = (line.number, line.range);
        let text = self.text(library, id)?;
        let text = text.and_then(|at| self.kept.get(at));
        // A text of another length has changed: its bytes are others.
        let text = text.filter(|text| text.body.text().len() == length as usize);
        let shown = text.map(|text| {
            let around = |within: &Range<usize>| self.lines.hits_around(number, within);
            ShownLine {
                context: context(&text.body, range.as_range(), room, around),
                title: text.metadata.title.text.clone(),
                source: text.source.clone(),
                authors: text.metadata.authors.clone(),
                published: text.metadata.published,
                headings: text.body.headings_above(range.start),
            }
        });
        Ok(ConcordanceLine {
            number,
            id,
            place,
            range,
            shown,
        })
    }

    /// Returns where a document stands among those kept, fetched where it is not among them.
    fn text(&mut self, library: &Library, id: DocumentId) -> Result<Option<usize>, Error> {
        if let Some(at) = self.kept.iter().position(|text| text.id == id) {
            return Ok(Some(at));
        }
        let Some(stored) = library.store.document(id)? else {
            return Ok(None);
        };
        let source = shown_source(&stored).to_owned();
        self.kept.push_back(Text {
            id,
            source,
            metadata: stored.document.metadata,
            body: stored.document.body,
        });
        let mut bytes: usize = self.kept.iter().map(|text| text.body.text().len()).sum();
        while bytes > KEPT_BYTES && self.kept.len() > 1 {
            let oldest = self.kept.pop_front();
            bytes -= oldest.map_or(0, |text| text.body.text().len());
        }
        Ok(Some(self.kept.len() - 1))
    }

    /// Forgets the texts that were fetched: documents may have changed.
    pub fn forget_texts(&mut self) {
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::Desk;
    use crate::query;

    const ALL: Duration = Duration::from_mins(1);

    fn desk() -> Desk {
        let mut desk = Desk::new();
        for (name, text) in [
            (
                "a.md",
                "# On care\n\n## Who cares\n\nA trust is a gift of trust.\n",
            ),
            ("b.md", "# Trust\n\nNothing of it in the text.\n"),
            (
                "c.md",
                "# On walls\n\nA wall is a matter of trust, they say.\n",
            ),
        ] {
            desk.write(name, text);
        }
        desk.add_notes();
        desk
    }

    fn window(order: Order, places: Range<usize>) -> ConcordanceWindow {
        ConcordanceWindow {
            order,
            places,
            room: Room {
                before: 12,
                after: 14,
            },
            keep: None,
        }
    }

    fn texts(lines: &ConcordanceLines) -> Vec<&str> {
        let shown = lines.lines.iter().filter_map(|line| line.shown.as_ref());
        shown.map(|shown| shown.context.text.as_str()).collect()
    }

    #[test]
    fn every_hit_in_every_text_found_is_a_line_with_where_it_stands() {
        let desk = desk();
        let query = query::parse("trust sort:title");
        let mut reader = desk
            .library
            .concordance(&query, Doubles::Folded, None)
            .unwrap();
        assert!(!reader.read_on(&desk.library, ALL).unwrap());
        let lines = reader
            .lines(&desk.library, &window(Order::Right, 0..9))
            .unwrap();
        assert_eq!(
            (lines.total, lines.documents, lines.read, lines.found),
            (3, 2, 3, 3)
        );
        assert!(lines.is_whole() && !lines.full);
        assert_eq!(
            texts(&lines),
            [
                "a gift of trust.",
                "cares ¶ A trust is a",
                "a matter of trust, they"
            ]
        );
        let first = lines.lines[0].shown.as_ref().unwrap();
        assert_eq!(
            (first.title.as_str(), &first.headings[..]),
            ("On care", &["Who cares".to_owned()][..])
        );
        let places: Vec<usize> = lines.lines.iter().map(|line| line.place).collect();
        assert_eq!(places, [0, 0, 1], "the places in the list");
    }

    #[test]
    fn a_line_is_kept_in_sight_while_others_come_before_it() {
        let desk = desk();
        let query = query::parse("trust sort:title");
        let mut reader = desk
            .library
            .concordance(&query, Doubles::Folded, None)
            .unwrap();
        assert!(reader.read_on(&desk.library, Duration::ZERO).unwrap());
        let lines = reader
            .lines(&desk.library, &window(Order::Left, 0..1))
            .unwrap();
        assert_eq!((lines.total, lines.read), (2, 1));
        let last = ConcordanceWindow {
            keep: Some((1, 1)),
            ..window(Order::Listed, 1..2)
        };
        reader.read_on(&desk.library, ALL).unwrap();
        let lines = reader.lines(&desk.library, &last).unwrap();
        assert_eq!((lines.first, lines.kept), (1, Some((1, 1))));
        let sorted = ConcordanceWindow {
            order: Order::Right,
            ..last
        };
        let lines = reader.lines(&desk.library, &sorted).unwrap();
        assert_eq!((lines.first, lines.kept), (0, Some((1, 0))));
        assert_eq!(texts(&lines), ["a gift of trust."]);
    }

    #[test]
    fn a_text_that_changed_since_gives_no_words_that_are_not_there() {
        let mut desk = desk();
        let query = query::parse("trust");
        let mut reader = desk
            .library
            .concordance(&query, Doubles::Folded, None)
            .unwrap();
        reader.read_on(&desk.library, ALL).unwrap();
        desk.write("c.md", "# On walls\n\nÉ.\n");
        desk.add_notes();
        let lines = reader
            .lines(&desk.library, &window(Order::Listed, 0..9))
            .unwrap();
        assert_eq!((lines.lines.len(), texts(&lines).len()), (3, 2));
    }

    #[test]
    fn what_is_full_says_so_and_a_question_without_words_hits_nothing() {
        let desk = desk();
        let reader = desk
            .library
            .concordance(&query::parse("trust"), Doubles::Folded, None);
        let mut reader = reader.unwrap().with_room_for(1);
        assert!(!reader.read_on(&desk.library, ALL).unwrap());
        let lines = reader
            .lines(&desk.library, &window(Order::Listed, 0..9))
            .unwrap();
        assert!(lines.full && lines.is_whole() && lines.total == 1);
        let reader = desk
            .library
            .concordance(&query::parse("*"), Doubles::Folded, None);
        assert!(!reader.unwrap().can_hit());
    }
}
