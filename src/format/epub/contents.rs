//! A book's own table of contents: the navigation document of EPUB 3, the NCX of EPUB 2, else the guide.

use super::opf::Reference;
use crate::format::outlet::tidy;
use crate::format::xml::{self, Event, Tag};

/// How many lines of contents are read: as many as an archive may have entries, and far more than any book has.
const MOST_LINES: usize = 100_000;

/// A line of the contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What it says.
    pub title: String,
    /// Where it leads, as it is written there; nothing for a line that only groups others.
    pub href: Option<String>,
    /// How deep it stands, from 0.
    pub depth: u8,
}

/// The lists of a navigation document as far as they are read.
#[derive(Default)]
struct Lists {
    /// What each says that it is, and its lines.
    all: Vec<(List, Vec<Line>)>,
    depth: u8,
    /// The words that come belong to the last line.
    open: bool,
}

/// What the lines of a list lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The chapters.
    Contents,
    /// The pages of the printed edition.
    Pages,
    /// Something else, or it does not say.
    Other,
}

/// Reads a list of the navigation document: the one that says it is that, else, for the contents, the first that has
/// lines.
pub(super) fn navigation(bytes: &[u8], wanted: List) -> Vec<Line> {
    let mut lists = Lists::default();
    xml::walk(bytes, &mut |event| lists.take(&event));
    let mut lists = lists.all;
    lists.retain(|(_, lines)| !lines.is_empty());
    let said = lists.iter().position(|(said, _)| *said == wanted);
    let first = || (wanted == List::Contents && !lists.is_empty()).then_some(0);
    let place = said.or_else(first);
    tidied(place.map_or_else(Vec::new, |place| lists.swap_remove(place).1))
}

impl Lists {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End("ol" | "ul") => self.depth = self.depth.saturating_sub(1),
            Event::End("a" | "li") => self.open = false,
            Event::Text(words) => self.words(words),
            Event::End(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "nav" => {
                self.all.push((said_list(tag), Vec::new()));
                self.depth = 0;
            }
            "ol" | "ul" => {
                self.depth = self.depth.saturating_add(1);
                self.open = false;
            }
            "a" => self.line(tag.get("href")),
            "span" if !self.open => self.line(None),
            "img" => self.words(&tag.get("alt").unwrap_or_default()),
            _ => {}
        }
    }

    fn line(&mut self, href: Option<String>) {
        let Some(depth) = self.depth.checked_sub(1) else {
            return;
        };
        if self.all.is_empty() {
            self.all.push((List::Other, Vec::new()));
        }
        if let Some((_, lines)) = self.all.last_mut()
            && lines.len() < MOST_LINES
        {
            lines.push(Line {
                title: String::new(),
                href,
                depth,
            });
            self.open = true;
        }
    }

    fn words(&mut self, words: &str) {
        if self.open
            && let Some(line) = self.all.last_mut().and_then(|(_, lines)| lines.last_mut())
        {
            line.title.push_str(words);
        }
    }
}

fn said_list(tag: &Tag<'_>) -> List {
    let said = |name| tag.get(name).unwrap_or_default();
    let (kinds, role) = (said("type"), said("role"));
    let is = |kind: &str| kinds.split_whitespace().any(|one| one == kind);
    if is("toc") || role == "doc-toc" {
        List::Contents
    } else if is("page-list") || role == "doc-pagelist" {
        List::Pages
    } else {
        List::Other
    }
}

/// Reads a list of the NCX (ANSI/NISO Z39.86-2005, section 8).
pub(super) fn ncx(bytes: &[u8], wanted: List) -> Vec<Line> {
    let point = if wanted == List::Pages {
        "pageTarget"
    } else {
        "navPoint"
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut depth = 0u8;
    let mut in_label = false;
    // The points that are open, as places among the lines: a point's address comes after those within it, at times.
    let mut open: Vec<usize> = Vec::new();
    xml::walk(bytes, &mut |event| match event {
        Event::Start(tag) => match tag.name() {
            name if name == point && lines.len() >= MOST_LINES => open.push(MOST_LINES),
            name if name == point => {
                open.push(lines.len());
                lines.push(Line {
                    depth,
                    ..Line::default()
                });
                depth = depth.saturating_add(1);
            }
            "navLabel" => in_label = true,
            "content" => {
                if let Some(line) = open.last().and_then(|place| lines.get_mut(*place)) {
                    line.href = tag.get("src");
                }
            }
            _ => {}
        },
        Event::End(name) if name == point => {
            open.pop();
            depth = depth.saturating_sub(1);
        }
        Event::End("navLabel") => in_label = false,
        Event::End(_) => {}
        Event::Text(words) => {
            if let Some(line) = open.last().and_then(|place| lines.get_mut(*place))
                && in_label
            {
                line.title.push_str(words);
            }
        }
    });
    tidied(lines)
}

/// Makes contents of what the guide names, its own pages of contents and the cover left out.
pub(super) fn guide(references: &[Reference]) -> Vec<Line> {
    let is_read = |reference: &&Reference| !matches!(reference.kind.as_str(), "toc" | "cover");
    let lines = references.iter().filter(is_read).map(|reference| Line {
        title: reference.title.clone(),
        href: Some(reference.href.clone()),
        depth: 0,
    });
    tidied(lines.collect())
}

/// Leaves out lines that say nothing.
fn tidied(lines: Vec<Line>) -> Vec<Line> {
    let tidied = lines.into_iter().filter_map(|line| {
        let title = tidy(&line.title)?;
        Some(Line { title, ..line })
    });
    tidied.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[Line]) -> Vec<(u8, &str, &str)> {
        let said = lines.iter();
        said.map(|line| {
            (
                line.depth,
                line.title.as_str(),
                line.href.as_deref().unwrap_or("-"),
            )
        })
        .collect()
    }

    #[test]
    fn the_navigation_document_is_read_however_it_nests() {
        let nav = "<html><body><nav epub:type='landmarks'><ol><li><a href='x'>X</a></li></ol></nav>\
            <nav epub:type='toc'><h1>Contents</h1><ol><li><span>Part <b>One</b></span><ol>\
            <li><a href='a.xhtml#x'>The <span>first</span>&nbsp;&amp; last</a></li></ol></li>\
            <li><a href='b.xhtml'>Next</a></li></ol></nav></body></html>";
        assert_eq!(
            said(&navigation(nav.as_bytes(), List::Contents)),
            [
                (0, "Part One", "-"),
                (1, "The first & last", "a.xhtml#x"),
                (0, "Next", "b.xhtml")
            ]
        );
    }

    #[test]
    fn the_ncx_is_read_up_to_where_it_breaks_off() {
        let ncx = "<ncx><docTitle><text>No</text></docTitle><navMap><navPoint><navLabel><text>One</text></navLabel>\
            <content src='a.html'/><navPoint><navLabel><text>Deeper</text></navLabel><content src='a.html#b'/></navPoint>\
            </navPoint><navPoint><navLabel><text>Two</text></navLabel><content src='c.html'/>";
        assert_eq!(
            said(&super::ncx(ncx.as_bytes(), List::Contents)),
            [
                (0, "One", "a.html"),
                (1, "Deeper", "a.html#b"),
                (0, "Two", "c.html")
            ]
        );
    }
}
