//! The elements that are open, and how they close: in turn, out of turn, or not at all.

use html5ever::tokenizer::Tag;

use super::super::tags;
use super::Writer;
use crate::document::{Marker, SpanKind};

/// How deep elements are followed: deeper ones lose their meaning and keep their words. Real pages stay below 100.
const DEEPEST: usize = 256;

/// An element that is open.
pub(super) struct Open {
    pub name: String,
    pub state: State,
}

/// What an open element has done, so that its end can undo it.
pub(super) enum State {
    Block,
    Paragraph,
    Heading(u8),
    Preformatted,
    Quotation,
    List {
        next: Option<i64>,
        step: i64,
        tight: bool,
        opened: bool,
    },
    Item {
        marker: Marker,
        opened: bool,
    },
    /// A span of the builder; a link keeps its address.
    Span(SpanKind),
    /// An element within a sentence that closes with these words.
    Quote,
    /// Something that is shown by an address, which has not come yet.
    Embedded,
}

impl Writer<'_> {
    pub(super) fn span(&mut self, tag: &Tag, kind: SpanKind) {
        if self.open.len() < DEEPEST {
            self.builder.open_span(kind.clone());
            self.push(tag, State::Span(kind));
        }
    }

    pub(super) fn push(&mut self, tag: &Tag, state: State) {
        if self.open.len() < DEEPEST && !tags::is_void(&tag.name) {
            self.open.push(Open {
                name: tag.name.to_string(),
                state,
            });
        }
    }

    pub(super) fn close_paragraph(&mut self) {
        if let Some(place) = self
            .open
            .iter()
            .rposition(|open| matches!(open.state, State::Paragraph))
        {
            self.close_down_to(place);
        }
    }

    pub(super) fn close_heading(&mut self) {
        let is_heading = |open: &Open| matches!(open.state, State::Heading(_));
        if let Some(place) = self.open.iter().rposition(is_heading) {
            self.close_down_to(place);
        }
    }

    pub(super) fn close_named(&mut self, names: &[&str]) {
        let place = self
            .open
            .iter()
            .rposition(|open| names.contains(&open.name.as_str()));
        if let Some(place) = place {
            self.close_down_to(place);
        }
    }

    /// Closes the element at `place` and all that was opened since.
    pub(super) fn close_down_to(&mut self, place: usize) {
        while self.open.len() > place {
            let Some(open) = self.open.pop() else { return };
            match open.state {
                State::Span(_) => self.builder.close_span(),
                State::Quote if self.builder.in_block() => self.builder.text("”"),
                State::Quote | State::Embedded => {}
                State::List { opened, .. } => {
                    self.end_block();
                    if opened {
                        self.builder.close_list();
                    }
                }
                State::Item { opened, .. } => {
                    self.end_block();
                    if opened {
                        self.builder.close_item();
                    }
                }
                State::Quotation => {
                    self.end_block();
                    self.builder.close_quotation();
                }
                State::Block | State::Paragraph | State::Heading(_) | State::Preformatted => {
                    self.end_block();
                }
            }
        }
    }

    /// Closes an element of a sentence. What was opened within it and not closed stays open, as the standard has it.
    pub(super) fn close_inline(&mut self, place: usize) {
        let open = self.open.remove(place);
        if !matches!(open.state, State::Span(_)) {
            if matches!(open.state, State::Quote) && self.builder.in_block() {
                self.builder.text("”");
            }
            return;
        }
        let later: Vec<SpanKind> = self
            .open
            .get(place..)
            .unwrap_or_default()
            .iter()
            .filter_map(|open| match &open.state {
                State::Span(kind) => Some(kind.clone()),
                _ => None,
            })
            .collect();
        for _ in 0..=later.len() {
            self.builder.close_span();
        }
        for kind in later {
            self.builder.open_span(kind);
        }
    }
}
