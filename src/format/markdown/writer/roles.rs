//! What `MyST` writes within a line and beside a heading: roles, which are code behind a name in braces, and the names
//! of places.

use std::collections::HashSet;

use pulldown_cmark::{Event, TagEnd};

use super::super::replay::replay;
use super::super::slips;
use super::Writer;
use crate::document::SpanKind;
use crate::format::rst::{self, Role};
use crate::format::{beside, html, signs};

/// What begins a place that has a name for the whole source.
const ANCHOR: &str = "<a id=\"(";

/// The longest name of a role, in bytes.
const LONGEST: usize = 48;

/// Returns the name of the place that an anchor stands for, `(name)=`.
pub(super) fn label(anchor: &str) -> Option<&str> {
    anchor.strip_prefix('(')?.strip_suffix(")=")
}

/// Returns the names of the places of a text, as names are compared.
pub(super) fn labels(text: &str) -> HashSet<String> {
    if !signs::has(text, ANCHOR) {
        return HashSet::new();
    }
    let anchors = text.split(ANCHOR).skip(1);
    let names = anchors.filter_map(|rest| rest.split_once(")=\""));
    names
        .map(|(name, _)| rst::name(&html::line(name)))
        .collect()
}

/// Parts a text from the name of the role that it ends with.
fn role_behind(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix('}')?;
    let near = inner.len() - inner.len().min(LONGEST);
    let at = near + inner.get(inner.ceil_char_boundary(near)..)?.rfind('{')?;
    let (before, name) = inner.split_at_checked(at)?;
    let name = name.strip_prefix('{')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.' | '+'));
    is_name.then_some((before, name))
}

impl Writer<'_> {
    /// Returns whether a text ends with the name of a role, and its words follow.
    pub(super) fn begins_role(&mut self, text: &str) -> bool {
        text.ends_with('}')
            && role_behind(text).is_some()
            && matches!(self.peek(0), Some(Event::Code(_)))
    }

    /// Writes a text and the role that it ends with.
    pub(super) fn role(&mut self, text: &str) {
        let (Some((before, name)), Some(Event::Code(words))) = (role_behind(text), self.next())
        else {
            return;
        };
        self.has_slips |= slips::is_left(before);
        self.builder.text(before);
        let words = rst::set(name, &words);
        let told = rst::told(name, &words);
        match told.role {
            Role::Code => self.code(told.shown),
            Role::Plain if name == "math" => self.code(told.shown),
            Role::Memo(series) if !told.is_titled => {
                self.builder.text(&format!("{series} {}", told.shown));
            }
            Role::Plain | Role::Memo(_) => self.builder.text(told.shown),
            Role::Strong => self.span(SpanKind::Strong, told.shown),
            Role::Emphasis => self.span(SpanKind::Emphasis, told.shown),
            Role::Document => match self.links.document(told.to) {
                Some(address) => self.span(SpanKind::Link(address), told.shown),
                None => self.builder.text(told.shown),
            },
            Role::Place => self.lead(&rst::name(told.to), told.shown),
            Role::Term => self.lead(&rst::term(told.to), told.shown),
        }
    }

    /// Writes words that lead to a place, of this text or of another.
    fn lead(&mut self, place: &str, words: &str) {
        let address = if self.labels.contains(place) {
            format!("#{place}")
        } else {
            beside::place(place)
        };
        self.span(SpanKind::Link(address), words);
    }

    fn span(&mut self, kind: SpanKind, words: &str) {
        self.builder.open_span(kind);
        self.builder.text(words);
        self.builder.close_span();
    }

    /// Notes that a place of that name is here.
    pub(super) fn place(&mut self, anchor: &str) {
        if let Some(label) = label(anchor) {
            let name = rst::name(label);
            self.builder.destination(&name);
            self.builder.destination(&beside::wide(&name));
        }
    }

    /// Writes a piece of reStructuredText, which stands between fences.
    pub(super) fn evaluated(&mut self) {
        let mut text = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let body = rst::body(&text, self.links.name, self.links.base);
        replay(&body, &mut self.builder);
    }
}
