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
        lines.push(ContentsLine {
            level,
            title: chapter.title.clone(),
            leads: if here {
                Leads::Here(0)
            } else {
                Leads::Chapter(chapter.id)
            },
        });
        if here {
            // A heading at the very top is the chapter itself under another name.
            lines.extend(headings(level).filter(|line| line.leads != Leads::Here(0)));
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
        let Some((key, _)) = beside(address) else {
            return address;
        };
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

/// Takes the address of another document of the same source apart: its key, and the name of the place there.
pub(super) fn beside(address: &str) -> Option<(&str, Option<&str>)> {
    let rest = address.strip_prefix(Destination::SCHEME)?;
    Some(match rest.rsplit_once('#') {
        Some((key, "")) => (key, None),
        Some((key, name)) => (key, Some(name)),
        None => (rest, None),
    })
}
