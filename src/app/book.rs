//! A book on the page: its contents around the chapter that is open, and how far one has come in the whole.

use super::Sheet;
use crate::document::{Destination, DocumentId, OutlineEntry};
use crate::library::{ChapterHead, Opened};

/// A line of the contents: a heading of the document, or a chapter of its book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsLine {
    /// How deep it stands, from 1.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub leads: Leads,
}

/// Where a line of the contents leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To this byte of the document on the page.
    Here(u32),
    /// To another chapter.
    Chapter(DocumentId),
}

/// Returns the contents of a document: the chapters of its book with the headings of this one in their place, or only
/// the headings where it is none.
pub(super) fn contents(opened: &Opened, outline: &[OutlineEntry]) -> Vec<ContentsLine> {
    let headings = |below: u8| {
        outline.iter().map(move |entry| ContentsLine {
            level: below.saturating_add(entry.level),
            title: entry.title.clone(),
            leads: Leads::Here(entry.at),
        })
    };
    if opened.chapters.is_empty() {
        return headings(0).collect();
    }
    let mut lines = Vec::new();
    for chapter in &opened.chapters {
        let level = chapter.depth.saturating_add(1);
        let here = chapter.id == opened.id;
        let leads = if here {
            Leads::Here(0)
        } else {
            Leads::Chapter(chapter.id)
        };
        let divisions = chapter.divisions.iter().map(|division| ContentsLine {
            level: division.depth.saturating_add(1),
            title: division.title.clone(),
            leads,
        });
        lines.extend(divisions);
        lines.push(ContentsLine {
            level,
            title: chapter.title.clone(),
            leads,
        });
        if here {
            // A heading at the very top is the chapter itself under another name.
            let within = || outline.iter().filter(|entry| entry.at > 0);
            let highest = within().map(|entry| entry.level).min().unwrap_or(1);
            let below = (level + 1).saturating_sub(highest);
            lines.extend(headings(below).filter(|line| line.leads != Leads::Here(0)));
        }
    }
    lines
}

impl Sheet {
    /// Returns the place of the chapter among those of its book, from 0.
    pub fn chapter(&self) -> Option<usize> {
        place_of(&self.opened.chapters, self.opened.id)
    }

    /// Returns how much of the whole book lies before the byte at `offset` of this chapter, in percent.
    pub fn percent_of_book(&self, offset: u32) -> Option<u64> {
        let place = self.chapter()?;
        let length =
            |chapters: &[ChapterHead]| chapters.iter().map(|chapter| chapter.length).sum::<u64>();
        let before = length(self.opened.chapters.get(..place)?) + u64::from(offset);
        (before * 100).checked_div(length(&self.opened.chapters))
    }

    /// Returns the line of the contents for the byte at `offset`.
    pub fn contents_at(&self, offset: u32) -> usize {
        let reached = |line: &ContentsLine| matches!(line.leads, Leads::Here(at) if at <= offset);
        self.contents.iter().rposition(reached).unwrap_or(0)
    }

    /// Returns in words where a link leads.
    pub fn told_address<'a>(&'a self, address: &'a str) -> &'a str {
        if address.starts_with('#') {
            return "in this document";
        }
        let Some((key, name)) = Destination::beside(address) else {
            return address;
        };
        if key.is_empty() {
            return name
                .unwrap_or_default()
                .trim_start_matches(Destination::WIDE);
        }
        let mut chapters = self.opened.chapters.iter();
        match chapters.find(|chapter| chapter.key.0 == key) {
            Some(chapter) => &chapter.title,
            None => key,
        }
    }
}

/// Returns the place of a chapter among those of its book, from 0.
pub(super) fn place_of(chapters: &[ChapterHead], id: DocumentId) -> Option<usize> {
    chapters.iter().position(|chapter| chapter.id == id)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Hyphenation;
    use super::*;
    use crate::document::{
        BlockKind, BodyBuilder, Division, Document, Key, Marks, Metadata, PartHead, SpanKind,
    };
    use crate::library::Face;
    use crate::query::{Lexicon, Matcher, expand, parse};

    fn sheet(body: BodyBuilder, chapters: Vec<ChapterHead>) -> Sheet {
        let opened = Opened {
            id: DocumentId(2),
            document: Document {
                key: Key("b/2".to_owned()),
                metadata: Metadata::default(),
                body: body.finish(),
            },
            source: String::new(),
            marks: Marks::default(),
            notes: Vec::new(),
            also: Vec::new(),
            earlier: 0,
            face: Face::Text,
            chapters,
        };
        let light = expand(&parse(""), &Lexicon::default());
        Sheet::new(opened, 40, Hyphenation::Off, &Matcher::new(&light))
    }

    fn chapter(number: i64, depth: u8) -> ChapterHead {
        ChapterHead {
            id: DocumentId(number),
            key: Key(format!("b/{number}")),
            title: format!("Chapter {number}"),
            depth,
            divisions: Vec::new(),
            length: 100,
        }
    }

    fn told(sheet: &Sheet) -> Vec<(u8, &str, Leads)> {
        let lines = sheet.contents.iter();
        lines
            .map(|line| (line.level, line.title.as_str(), line.leads))
            .collect()
    }

    #[test]
    fn the_contents_of_a_book_hold_the_headings_of_the_chapter_that_is_open() {
        let mut body = BodyBuilder::new();
        body.block(BlockKind::Heading { level: 1 }, "Again the title");
        body.block(BlockKind::Paragraph, "Words.");
        body.block(BlockKind::Heading { level: 2 }, "Within");
        let sheet = sheet(body, vec![chapter(1, 0), chapter(2, 1), chapter(3, 0)]);
        assert_eq!(
            told(&sheet),
            [
                (1, "Chapter 1", Leads::Chapter(DocumentId(1))),
                (2, "Chapter 2", Leads::Here(0)),
                (3, "Within", Leads::Here(25)),
                (1, "Chapter 3", Leads::Chapter(DocumentId(3))),
            ]
        );
        let at = |offset| sheet.contents_at(offset);
        assert_eq!([at(0), at(24), at(25)], [1, 1, 2]);
        assert_eq!(sheet.percent_of_book(50), Some(50));
        assert_eq!(sheet.told_address("recto:b/3#n"), "Chapter 3");
        assert_eq!(sheet.told_address("recto:c.md"), "c.md");
        assert_eq!(sheet.told_address("recto:#@a-label"), "a-label");
    }

    #[test]
    fn a_part_without_a_page_of_its_own_has_a_line_that_leads_to_its_first_chapter() {
        let mut body = BodyBuilder::new();
        body.block(BlockKind::Paragraph, "Words.");
        let mut chapters = vec![chapter(1, 1), chapter(2, 1), chapter(3, 1)];
        for (place, title) in [(0, "Part One"), (1, "Part Two")] {
            chapters[place].divisions = vec![Division {
                title: title.to_owned(),
                depth: 0,
            }];
        }
        let sheet = sheet(body, chapters);
        assert_eq!(
            told(&sheet),
            [
                (1, "Part One", Leads::Chapter(DocumentId(1))),
                (2, "Chapter 1", Leads::Chapter(DocumentId(1))),
                (1, "Part Two", Leads::Here(0)),
                (2, "Chapter 2", Leads::Here(0)),
                (2, "Chapter 3", Leads::Chapter(DocumentId(3))),
            ]
        );
        assert_eq!(sheet.contents_at(3), 3);
    }

    #[test]
    fn the_replies_of_a_thread_are_indented_by_what_they_answer() {
        let mut body = BodyBuilder::new();
        for (author, depth) in [("Ann", 0), ("Bo", 1), ("Cy", 2), ("Di", 1)] {
            body.begin_part(PartHead {
                author: Some(author.to_owned()),
                depth,
                ..PartHead::default()
            });
            body.block(BlockKind::Paragraph, "Words.");
        }
        let sheet = sheet(body, Vec::new());
        let levels: Vec<(u8, &str)> = told(&sheet)
            .into_iter()
            .map(|(level, title, _)| (level, title))
            .collect();
        assert_eq!(levels, [(1, "Ann"), (2, "Bo"), (3, "Cy"), (2, "Di")]);
    }

    #[test]
    fn the_word_under_a_cell_is_found_by_its_width() {
        let mut body = BodyBuilder::new();
        body.begin(BlockKind::Paragraph);
        body.text("a 漢 ");
        body.open_span(SpanKind::Link("#x".to_owned()));
        body.text("link");
        body.close_span();
        let sheet = sheet(body, Vec::new());
        let row = sheet.first_text_row();
        let at: Vec<Option<u32>> = [0, 2, 3, 5, 8, 9]
            .map(|column| sheet.byte_at(row, column, 0))
            .into();
        assert_eq!(at, [Some(0), Some(2), Some(2), Some(6), Some(9), None]);
        assert_eq!(sheet.byte_at(0, 0, 0), None);
    }

    #[test]
    fn an_address_of_the_library_is_a_key_and_a_place_there() {
        for (address, expected) in [
            ("recto:a/b.html#n", Some(("a/b.html", Some("n")))),
            ("recto:a/b.html", Some(("a/b.html", None))),
            ("recto:a#b.html#", Some(("a#b.html", None))),
            ("https://example.org/#n", None),
        ] {
            assert_eq!(Destination::beside(address), expected);
        }
    }
}
