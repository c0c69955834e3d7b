//! Where links lead, and which places of a text are led to.

use std::collections::HashSet;
use std::rc::Rc;

use html5ever::tokenizer::Tag;

use super::tags::attribute;
use crate::document::{Body, SpanKind};
use crate::format::address;

/// The longest name of a place, in bytes: what is longer was not written to be led to.
const LONGEST_NAME: usize = 256;

/// What links and names of places become.
#[derive(Clone)]
pub(super) enum Links<'a> {
    /// A page or a piece of one: addresses are relative to its base, and the names stand that its own links lead to.
    Page(Rc<HashSet<String>>),
    /// A chapter: who reads the book knows what an address means, and which places others lead to.
    Chapter {
        /// Returns what an address of the chapter means, or nothing for one that leads nowhere.
        resolve: &'a dyn Fn(&str) -> Option<String>,
        /// Returns whether something leads to a place of that name.
        wanted: &'a dyn Fn(&str) -> bool,
    },
}

impl Links<'_> {
    /// Returns the links of a page. Only the names that it links to itself are worth keeping: templates give every
    /// second element one.
    pub fn of_page(html: &str) -> Self {
        let names = html.match_indices('#').filter_map(|(at, _)| {
            let (before, rest) = (html.get(..at)?, html.get(at + 1..)?);
            if !before.ends_with(['"', '\'', '=']) {
                return None;
            }
            let name = rest.split(['"', '\'', '>', ' ']).next()?;
            (!name.is_empty() && name.len() <= LONGEST_NAME).then(|| address::decoded(name))
        });
        Self::Page(Rc::new(names.collect()))
    }

    /// Returns the address that a link has in the text.
    pub fn address(&self, base: Option<&str>, reference: &str) -> Option<String> {
        match self {
            Self::Page(names) => match reference.trim().strip_prefix('#') {
                Some(name) => {
                    let name = address::decoded(name);
                    names.contains(&name).then(|| format!("#{name}"))
                }
                None => address::resolve(base, reference),
            },
            Self::Chapter { resolve, .. } => match base.filter(|_| !reference.starts_with('#')) {
                Some(base) => resolve(&joined(base, reference)).or_else(|| resolve(reference)),
                None => resolve(reference),
            },
        }
    }

    /// Returns what a base means within another. In a chapter it may be a path from the chapter's own file.
    pub fn base(&self, outer: Option<&str>, said: &str) -> Option<String> {
        let base = match self {
            Self::Page(_) => address::resolve(outer, said),
            Self::Chapter { .. } => Some(joined(outer.unwrap_or_default(), said.trim())),
        };
        base.filter(|base| !base.is_empty() && base.len() <= address::LONGEST_BASE)
    }

    /// Returns the names of the place where an element begins, as far as something leads there.
    pub fn names<'t>(&self, tag: &'t Tag) -> impl Iterator<Item = &'t str> {
        let looks = match self {
            Self::Page(names) => !names.is_empty(),
            Self::Chapter { .. } => true,
        };
        let id = looks.then(|| attribute(tag, "id")).flatten();
        let name = (looks && &*tag.name == "a")
            .then(|| attribute(tag, "name"))
            .flatten()
            .filter(|name| Some(*name) != id);
        [id, name]
            .into_iter()
            .flatten()
            .filter(|name| self.is_wanted(name))
    }

    /// Returns whether the source is XHTML, in which any element may be closed where it begins.
    pub fn is_xhtml(&self) -> bool {
        matches!(self, Self::Chapter { .. })
    }

    fn is_wanted(&self, name: &str) -> bool {
        match self {
            Self::Page(names) => names.contains(name),
            Self::Chapter { wanted, .. } => wanted(name),
        }
    }
}

/// Returns a reference that starts from `base`, which may be a path itself. Its dots stay.
fn joined(base: &str, reference: &str) -> String {
    if address::scheme(base).is_some() {
        return address::resolve(Some(base), reference).unwrap_or_default();
    }
    let stands_alone = reference.starts_with('/') || address::scheme(reference).is_some();
    let path = base.split(['?', '#']).next().unwrap_or_default();
    match path.rfind('/').and_then(|at| path.get(..=at)) {
        Some(folder) if !stands_alone => format!("{folder}{reference}"),
        _ => reference.to_owned(),
    }
}

/// Returns a body whose links within it all lead somewhere: `#top`, and what was left out, have no place in the text.
pub(super) fn without_dead_links(body: Body) -> Body {
    let leads = |kind: &SpanKind| match kind {
        SpanKind::Link(address) => address
            .strip_prefix('#')
            .is_none_or(|name| body.destination(name).is_some()),
        _ => true,
    };
    if body.spans().iter().all(|span| leads(&span.kind)) {
        return body;
    }
    let alive: Vec<bool> = body.spans().iter().map(|span| leads(&span.kind)).collect();
    let mut raw = body.into_raw();
    let mut alive = alive.into_iter();
    raw.spans.retain(|_| alive.next().unwrap_or(true));
    Body::from_raw(raw)
}
