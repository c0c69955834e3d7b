//! Headings, whose words make the names of their places, and pictures by their descriptions: badges beside the words of a
//! heading are no part of it.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::super::links::slug;
use super::Writer;
use crate::document::{BlockKind, SpanKind};

/// What becomes of pictures in the block that is open.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Pictures {
    /// They stand apart, or are words where they stand among some.
    #[default]
    AsBlocks,
    /// One is all that a heading has: it is the name of the thing, drawn.
    AsWords,
    /// Badges beside the words of a heading are none of them.
    LeftOut,
}

impl Writer<'_> {
    pub(super) fn heading(&mut self, level: HeadingLevel, id: Option<&str>) {
        let mut words = String::new();
        let (mut place, mut pictures, mut in_picture, mut has_words) = (0, 0usize, 0usize, false);
        while let Some(event) = self.peek(place) {
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(Tag::Image { .. }) => {
                    pictures += 1;
                    in_picture += 1;
                }
                Event::End(TagEnd::Image) => in_picture = in_picture.saturating_sub(1),
                Event::Text(text) | Event::Code(text) => {
                    has_words |= in_picture == 0 && text.contains(char::is_alphanumeric);
                    words.push_str(text);
                }
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
            place += 1;
        }
        let mut name = slug(&words);
        let given = self.slugs.entry(name.clone()).or_default();
        if *given > 0 {
            name = format!("{name}-{given}");
        }
        *given += 1;
        self.pictures = match (has_words, pictures) {
            (true, _) => Pictures::LeftOut,
            (false, 1) => Pictures::AsWords,
            _ => Pictures::AsBlocks,
        };
        self.builder
            .begin(BlockKind::Heading { level: level as u8 });
        // Other files may lead here too.
        for name in [Some(name.as_str()), id].into_iter().flatten() {
            self.builder.destination(name);
        }
    }

    /// Writes a picture by its description, which are the events up to its end.
    pub(super) fn image(&mut self, sort: LinkType, address: &str, title: &str) {
        let mut words = String::new();
        let mut depth = 0usize;
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => break,
                Event::End(TagEnd::Image) => depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                    words.push_str(&text);
                }
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        if let LinkType::WikiLink { .. } = sort {
            self.link(sort, address);
            // `![[a.png|300x200]]` says how large it is.
            let is_size = words.chars().all(|c| c.is_ascii_digit() || c == 'x');
            self.builder.text(if is_size { address } else { &words });
            return self.close();
        }
        let words = if words.trim().is_empty() {
            title
        } else {
            &words
        };
        self.picture(words, Some(self.links.address(address)));
    }

    pub(super) fn picture(&mut self, words: &str, address: Option<String>) {
        if words.trim().is_empty() || self.pictures == Pictures::LeftOut {
            return;
        }
        // A link around the picture says more than the picture's own address.
        let address = address.filter(|address| self.open.is_empty() && !address.is_empty());
        let is_word = self.in_row || self.pictures == Pictures::AsWords;
        let alone = !is_word && !self.builder.has_words();
        if alone {
            self.builder.begin(BlockKind::Image);
        }
        if let Some(address) = &address {
            self.builder.open_span(SpanKind::Link(address.clone()));
        }
        self.builder.text(words);
        if address.is_some() {
            self.builder.close_span();
        }
        if alone {
            self.builder.end();
        }
    }
}
