//! A chapter of a book: XHTML that knows nothing of the world, whose links lead to other chapters.

use html5ever::tokenizer::Tag;

use super::sink;
use super::tags::{self, Meaning, attribute, meaning};
use super::writer::Writer;
use crate::document::Body;

/// What a chapter is told of the book around it.
#[derive(Clone, Copy)]
pub(super) struct Links<'l> {
    resolve: &'l dyn Fn(&str) -> Option<String>,
    wanted: &'l dyn Fn(&str) -> bool,
}

impl Links<'_> {
    /// Returns where a link leads.
    pub fn resolve(&self, href: &str) -> Option<String> {
        (self.resolve)(href)
    }
}

/// Returns the body of a chapter, and the title in its head. `resolve` says where a link leads, or that it leads
/// nowhere; the elements with a `wanted` id become destinations.
pub(in crate::format) fn chapter(
    html: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
    wanted: &dyn Fn(&str) -> bool,
) -> (Body, Option<String>) {
    let (written, head) = sink::walk_chapter(html, Links { resolve, wanted });
    (written.into_body(), head.title())
}

impl Writer<'_> {
    /// Begins an element of a chapter: its id is a place that links lead to, and a slash ends it, as in XML.
    pub(super) fn start_in_chapter(&mut self, tag: &Tag) {
        // A picture is the place itself; of all others the next word is, which may begin a block.
        let is_itself = meaning(&tag.name) == Meaning::Picture;
        if is_itself {
            self.note_places(tag);
        }
        let page_number =
            attribute(tag, "epub:type").is_some_and(|kind| kind.contains("pagebreak"));
        if page_number && !tag.self_closing {
            self.hide(tag);
        } else {
            self.start(tag);
        }
        if !is_itself {
            self.note_places(tag);
        }
        if tag.self_closing && !tags::is_void(&tag.name) {
            self.end(&tag.name);
        }
    }

    fn note_places(&mut self, tag: &Tag) {
        let names = [
            attribute(tag, "id"),
            attribute(tag, "name").filter(|_| &*tag.name == "a"),
        ];
        let Some(wanted) = self.links.map(|links| links.wanted) else {
            return;
        };
        for name in names.into_iter().flatten() {
            if wanted(name) {
                self.builder.destination(name);
            }
        }
    }
}
