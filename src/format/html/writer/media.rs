//! Pictures by their descriptions, and what is to be watched or heard by its address.

use html5ever::tokenizer::Tag;

use super::super::tags::{self, attribute};
use super::Writer;
use super::stack::{Open, State};
use crate::document::{BlockKind, SpanKind};
use crate::format::address;

/// A picture that stood in a sentence and waits for its end.
pub(super) struct Picture {
    description: String,
    link: Option<String>,
}

impl Writer<'_> {
    pub(super) fn picture(&mut self, tag: &Tag) {
        let description = attribute(tag, "alt").unwrap_or_default().trim();
        if description.is_empty() || tags::is_dot(tag) {
            return;
        }
        // Smileys and formulas are words of their sentence, and so is any picture where a block cannot be cut.
        let is_sign = !description.contains(char::is_alphanumeric)
            || description.starts_with(['\\', '$', ':'])
            || description.starts_with("{\\");
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
    pub(super) fn write_picture(&mut self, picture: &Picture, apart: bool) {
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
    pub(super) fn embedded(&mut self, tag: &Tag) {
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
                    self.hidden.hide(&tag.name);
                }
            }
            None if !closed => self.push(tag, State::Embedded),
            None => {}
        }
    }

    pub(super) fn embedded_source(&mut self, tag: &Tag) {
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
            self.hidden.hide(&name);
        }
    }

    pub(super) fn write_embedded(&mut self, name: &str, source: &str) {
        let Some(address) = self.address(source) else {
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

    pub(super) fn enclosing_link(&self) -> Option<String> {
        self.open.iter().rev().find_map(|open| match &open.state {
            State::Span(SpanKind::Link(address)) => Some(address.clone()),
            _ => None,
        })
    }
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
