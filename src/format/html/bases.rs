//! What relative addresses start from within an element that says so (XML Base, W3C, section 3): `xml:base`, each
//! relative to the one around it.
//!
//! There is no tree: an element is over when as many of its name have ended as have begun. HTML itself knows no such
//! attribute; XHTML in feeds and books has it, and who writes it elsewhere means the same.

use html5ever::tokenizer::Tag;

use super::tags::{self, attribute};

/// How many bases within bases are followed: deeper ones count for what they are within.
const DEEPEST: usize = 32;

/// The bases that hold where the walk is.
#[derive(Debug, Default)]
pub(super) struct Bases(Vec<Scope>);

/// An element that says what the addresses within it start from.
#[derive(Debug)]
struct Scope {
    name: String,
    /// How many elements of its name are open within it.
    within: usize,
    base: String,
}

impl Bases {
    /// Takes note of an element that begins. `join` returns what a base means within another, or nothing for one that
    /// is none.
    pub fn start(&mut self, tag: &Tag, join: impl FnOnce(Option<&str>, &str) -> Option<String>) {
        let said = if tag.attrs.is_empty() {
            None
        } else {
            attribute(tag, "xml:base")
        };
        if said.is_none() && self.0.is_empty() {
            return;
        }
        if tag.self_closing || tags::is_void(&tag.name) {
            return;
        }
        let base = said
            .filter(|_| self.0.len() < DEEPEST)
            .and_then(|said| join(self.last(), said));
        if let Some(base) = base {
            self.0.push(Scope {
                name: tag.name.to_string(),
                within: 0,
                base,
            });
        } else if let Some(scope) = self.named(&tag.name).and_then(|at| self.0.get_mut(at)) {
            scope.within += 1;
        }
    }

    /// Takes note of an element that ends.
    pub fn end(&mut self, name: &str) {
        let Some(place) = self.named(name) else {
            return;
        };
        match self.0.get_mut(place) {
            Some(scope) if scope.within > 0 => scope.within -= 1,
            _ => self.0.truncate(place),
        }
    }

    /// Returns what addresses start from here; nothing outside any element that says so.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(|scope| scope.base.as_str())
    }

    /// Returns the innermost element of that name.
    fn named(&self, name: &str) -> Option<usize> {
        self.0.iter().rposition(|scope| scope.name == name)
    }
}
