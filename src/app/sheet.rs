//! A document set for the page: its head and its text in rows, its hits, its links.
//!
//! Made by a worker, since setting and lighting a long text takes longer than a key may wait; read by the drawing.
//! The head (title, who, when, topics) is a small body of its own, set by the same rules as the text.

use std::ops::Range;

use super::book::{self, ContentsLine};
use super::margin::{Margin, MarginRow, SetNote};
use crate::document::{BlockKind, Body, BodyBuilder, Metadata, OutlineEntry, SpanKind, TextRange};
use crate::library::{Face, Opened, also_in};
use crate::query::{Field, Matcher, tag_labels};
use crate::text::cells;
use crate::typeset::{Layout, Row, RowKind, Typesetter, typeset};

/// Words a minute of silent reading of English non-fiction: the mean of 190 studies in Brysbaert, "How many words do
/// we read per minute?", Journal of Memory and Language 109 (2019).
const WORDS_A_MINUTE: usize = 238;

/// Whether words may be parted at the ends of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphenation {
    /// They may, where a paragraph would be ragged else.
    On,
    /// They stay whole.
    Off,
}

/// A document set for the page.
#[derive(Debug)]
pub struct Sheet {
    /// The document, its source's name, and its marks.
    pub opened: Opened,
    /// The head as a text of its own.
    pub head: Body,
    /// The head in rows.
    pub head_layout: Layout,
    /// The hits in the title, as ranges of the head's text.
    pub head_lit: Vec<TextRange>,
    /// The text in rows.
    pub layout: Layout,
    /// The hits in the text, in order.
    pub lit: Vec<TextRange>,
    /// Headings and parts.
    pub outline: Vec<OutlineEntry>,
    /// The chapters of the book around it, and the same headings and parts in their place.
    pub contents: Vec<ContentsLine>,
    /// Links of the text, each once for each stretch of words.
    pub links: Vec<Link>,
    /// The reader's notes, between the rows of the text.
    pub margin: Margin,
}

/// A link of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that bear it.
    pub range: TextRange,
    /// Where it leads.
    pub url: String,
}

/// A row of the sheet.
#[derive(Clone, Copy, Debug)]
pub enum SheetRow<'a> {
    /// A row of the head.
    Head(&'a Row),
    /// The blank row between head and text.
    Gap,
    /// A row of the text.
    Text(&'a Row),
    /// A row of a note; none is the blank below one.
    Note(&'a SetNote, Option<&'a Row>),
}

impl Sheet {
    /// Sets a document at `measure` columns and lights what `matcher` finds in it.
    pub fn new(opened: Opened, measure: u16, hyphenation: Hyphenation, matcher: &Matcher) -> Self {
        let metadata = &opened.document.metadata;
        let body = &opened.document.body;
        let head = head(&opened);
        let title_end = head.blocks().first().map_or(0, |block| block.range.end);
        let title = head.slice(TextRange {
            start: 0,
            end: title_end,
        });
        let language = metadata.language;
        let as_text = |lit: Vec<Range<usize>>| lit.into_iter().map(TextRange::from).collect();
        let head_lit = as_text(matcher.ranges(Field::Title, title, language));
        let lit = as_text(matcher.body_ranges(body, language));
        let links = body.spans().iter().filter_map(|span| match &span.kind {
            SpanKind::Link(url) => Some(Link {
                range: span.range,
                url: url.clone(),
            }),
            _ => None,
        });
        let outline = body.outline();
        let layout = match hyphenation {
            Hyphenation::On => Typesetter::new(body, measure).hyphenate(language).finish(),
            Hyphenation::Off => typeset(body, measure),
        };
        Self {
            margin: Margin::new(&opened.notes, body, &layout, measure),
            contents: book::contents(&opened, &outline),
            head_layout: typeset(&head, measure),
            layout,
            outline,
            links: links.collect(),
            head,
            head_lit,
            lit,
            opened,
        }
    }

    /// Returns the text.
    pub fn body(&self) -> &Body {
        &self.opened.document.body
    }

    /// Returns which face of the document it shows.
    pub fn face(&self) -> Face {
        self.opened.face
    }

    /// Returns what is known of the document.
    pub fn metadata(&self) -> &Metadata {
        &self.opened.document.metadata
    }

    /// Returns how many rows there are in all.
    pub fn rows(&self) -> usize {
        self.first_text_row() + self.layout.rows().len() + self.margin.rows()
    }

    /// Returns the row at which the text begins.
    pub fn first_text_row(&self) -> usize {
        self.head_layout.rows().len() + 1
    }

    /// Returns a row.
    pub fn row(&self, place: usize) -> Option<SheetRow<'_>> {
        let head = self.head_layout.rows();
        if let Some(row) = head.get(place) {
            return Some(SheetRow::Head(row));
        }
        match place.checked_sub(head.len() + 1) {
            None => Some(SheetRow::Gap),
            Some(place) => match self.margin.at(place) {
                MarginRow::Text(place) => self.layout.rows().get(place).map(SheetRow::Text),
                MarginRow::Note(note, row) => Some(SheetRow::Note(note, row)),
            },
        }
    }

    /// Returns the row that shows the byte at `offset` of the text.
    pub fn row_at(&self, offset: u32) -> usize {
        let row = self.layout.row_at(offset);
        self.first_text_row() + row + self.margin.above(row)
    }

    /// Returns the byte of the text where a row begins; 0 for a row of the head, and for one of a note that of the row of
    /// the text above it.
    pub fn offset_at(&self, row: usize) -> u32 {
        let Some(row) = row.checked_sub(self.first_text_row()) else {
            return 0;
        };
        let place = match self.margin.at(row) {
            MarginRow::Text(place) => Some(place),
            MarginRow::Note(note, _) => note.above().checked_sub(1),
        };
        place
            .and_then(|place| self.layout.rows().get(place))
            .map_or(0, |row| row.range.start)
    }

    /// Returns the byte of the text that is drawn in a column of a row, on a page shifted by `shift` cells, or nothing
    /// where no word is.
    pub fn byte_at(&self, row: usize, column: u16, shift: u16) -> Option<u32> {
        let Some(SheetRow::Text(row)) = self.row(row) else {
            return None;
        };
        let column = column.saturating_add(shift_of(self.body(), row, shift));
        self.layout.pieces(row).iter().find_map(|piece| {
            let cells = usize::from(column.checked_sub(piece.x)?);
            let mut reached = 0;
            for (at, _, width) in cells::clusters(self.body().slice(piece.range)) {
                reached += width;
                if cells < reached {
                    return Some(piece.range.start + at as u32);
                }
            }
            None
        })
    }

    /// Returns what the section that holds the byte at `offset` is called.
    pub fn section_at(&self, offset: u32) -> Option<&str> {
        let place = self.outline.partition_point(|entry| entry.at <= offset);
        place
            .checked_sub(1)
            .and_then(|place| self.outline.get(place))
            .map(|entry| entry.title.as_str())
    }

    /// Returns the minutes that reading takes, at least one.
    pub fn minutes(&self) -> usize {
        minutes(self.body())
    }
}

/// Returns by how many cells a row goes to the left on a page shifted by `shift`: code does, which alone may be wider
/// than the page; all else stays.
pub fn shift_of(body: &Body, row: &Row, shift: u16) -> u16 {
    let block = body.blocks().get(row.block as usize);
    let is_code = block.is_some_and(|block| block.kind == BlockKind::Code);
    if is_code && row.kind == RowKind::Text {
        shift
    } else {
        0
    }
}

fn minutes(body: &Body) -> usize {
    body.words().div_ceil(WORDS_A_MINUTE).max(1)
}

/// How much a detail in the head of a page says at most, in characters: a line's.
const BRIEF: usize = 60;

/// How much the topics in the head say together at most, in characters.
const TOPICS: usize = 120;

/// What of the details is for programs, and not for who begins to read.
const ASIDE: [&str; 6] = [
    "about",
    "description",
    "isbn",
    "made with",
    "rights",
    "source",
];

/// Returns whether a detail belongs in a head. What is long, and what only a link could use, does not: `recto show
/// --format json` has it all.
fn is_brief(name: &str, value: &str) -> bool {
    !ASIDE.iter().any(|aside| name.eq_ignore_ascii_case(aside))
        && !value.contains("://")
        && value.chars().count() <= BRIEF
}

/// Returns the topics of a document on a line or two, and how many more there are.
fn topics(topics: &[String]) -> Option<String> {
    let mut said = 0;
    let fits = |topic: &&String| {
        said += topic.chars().count();
        said <= TOPICS
    };
    let shown: Vec<&str> = topics.iter().take_while(fits).map(String::as_str).collect();
    let more = topics.len() - shown.len();
    match (shown.is_empty(), more) {
        (true, 0) => None,
        (true, 1) => Some("1 topic".to_owned()),
        (true, more) => Some(format!("{more} topics")),
        (false, 0) => Some(shown.join(", ")),
        (false, more) => Some(format!("{} and {more} more", shown.join(", "))),
    }
}

/// Returns the head of a document: title; who, where and when; how long, and its topics.
fn head(opened: &Opened) -> Body {
    let metadata = &opened.document.metadata;
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Heading { level: 1 }, &metadata.title.text);
    let mut who: Vec<String> = Vec::new();
    if !metadata.authors.is_empty() {
        who.push(metadata.authors.join(", "));
    }
    who.push(opened.source.clone());
    who.extend(metadata.published.map(crate::document::Date::long));
    builder.begin(BlockKind::Paragraph);
    builder.text(&who.join(" · "));
    builder.break_line();
    let mut what = vec![match opened.face {
        Face::Text => format!("{} min", minutes(&opened.document.body)),
        Face::Changes => "what was changed".to_owned(),
    }];
    what.push(match book::place_of(&opened.chapters, opened.id) {
        Some(place) => format!("chapter {} of {}", place + 1, opened.chapters.len()),
        None => metadata.kind.name().to_owned(),
    });
    what.extend(
        metadata
            .details
            .iter()
            // A title told a second time says nothing.
            .filter(|(name, value)| *value != metadata.title.text && is_brief(name, value))
            .map(|(name, value)| format!("{name}: {value}")),
    );
    what.extend(topics(&metadata.topics));
    if !opened.marks.tags.is_empty() {
        what.push(tag_labels(&opened.marks.tags));
    }
    builder.text(&what.join(" · "));
    let mut more: Vec<String> = also_in(&opened.source, &opened.also).into_iter().collect();
    if opened.earlier > 0 && opened.face == Face::Text {
        let plural = if opened.earlier == 1 { "" } else { "s" };
        more.push(format!("{} earlier version{plural}", opened.earlier));
    }
    if !more.is_empty() {
        builder.break_line();
        builder.text(&more.join(" · "));
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, DocumentId, Key, Marks, Title};
    use crate::query::{Lexicon, expand, parse};

    fn opened(metadata: Metadata, body: BodyBuilder) -> Opened {
        Opened {
            id: DocumentId(1),
            document: Document {
                key: Key("1".to_owned()),
                metadata,
                body: body.finish(),
            },
            source: String::new(),
            marks: Marks::default(),
            notes: Vec::new(),
            chapters: Vec::new(),
            also: Vec::new(),
            earlier: 0,
            face: Face::Text,
        }
    }

    #[test]
    fn a_head_says_in_brief_what_a_book_says_at_length() {
        let detail = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let metadata = Metadata {
            details: vec![
                detail("publisher", "Standard Ebooks"),
                detail("series", "Sherlock Holmes, 3"),
                detail("rights", "Public domain"),
                detail("source", "Scans"),
                detail("address", "https://example.org/a"),
                detail("about", "A detective."),
                detail("note", &"long ".repeat(20)),
            ],
            topics: (1..=9)
                .map(|number| format!("Fiction -- London, part {number}"))
                .collect(),
            ..Metadata::default()
        };
        let head = head(&opened(metadata, BodyBuilder::new()));
        let said = head.text().replace('\n', " ");
        for shown in [
            "publisher: Standard Ebooks",
            "series: Sherlock Holmes, 3",
            "part 4 and 5 more",
        ] {
            assert!(said.contains(shown), "{said}");
        }
        for aside in ["Public", "Scans", "://", "detective", "long", "part 5"] {
            assert!(!said.contains(aside), "{said}");
        }
        assert_eq!(topics(&[]), None);
        assert_eq!(topics(&["x".repeat(200)]).as_deref(), Some("1 topic"));
    }

    #[test]
    fn a_shift_moves_the_code_and_leaves_the_words() {
        let mut body = BodyBuilder::new();
        body.block(BlockKind::Paragraph, "Words and words.");
        body.block(BlockKind::Code, &"code ".repeat(20));
        let opened = opened(Metadata::default(), body);
        let matcher = Matcher::new(&expand(&parse(""), &Lexicon::default()));
        let sheet = Sheet::new(opened, 40, Hyphenation::Off, &matcher);
        assert!(sheet.layout.width() > 40);
        let words = sheet.first_text_row();
        let code = words + 2;
        assert_eq!(
            (sheet.byte_at(words, 0, 0), sheet.byte_at(words, 0, 5)),
            (Some(0), Some(0))
        );
        let begin = sheet.offset_at(code);
        let x = sheet.layout.pieces(&sheet.layout.rows()[2])[0].x;
        assert_eq!(
            (sheet.byte_at(code, x, 0), sheet.byte_at(code, x, 5)),
            (Some(begin), Some(begin + 5))
        );
    }

    #[test]
    fn what_is_asked_of_headings_lights_in_the_headings_alone() {
        let mut body = BodyBuilder::new();
        body.block(BlockKind::Heading { level: 2 }, "On trust");
        body.block(BlockKind::Paragraph, "Trust me.");
        let metadata = Metadata {
            title: Title {
                text: "Trust".to_owned(),
                derived: false,
            },
            ..Metadata::default()
        };
        let opened = opened(metadata, body);
        let matcher = Matcher::new(&expand(&parse("heading:trust"), &Lexicon::default()));
        let sheet = Sheet::new(opened, 40, Hyphenation::Off, &matcher);
        assert_eq!(sheet.head_lit, []);
        assert_eq!(sheet.lit, [TextRange { start: 3, end: 8 }]);
    }
}
