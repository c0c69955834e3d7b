//! The answer as plain data: which documents, in which order, and how they fall into facets.

use super::{Expanded, Sort};
use crate::document::DocumentId;

/// Documents found, best first, with the counts that came with the same search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many documents match.
    pub total: usize,
    /// The documents asked for (a window of the whole), in order.
    pub hits: Vec<Hit>,
    /// Counts by facet, over all that match.
    pub facets: Facets,
    /// The order in which they come: the one asked for, or the newest first where no word is asked.
    pub sort: Sort,
    /// What ran: what the page lights.
    pub expanded: Expanded,
}

/// A document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which.
    pub id: DocumentId,
    /// How well it fits; no unit, comparable only within one answer.
    pub score: f32,
}

/// Counts of the documents that match, by facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By theme, in the order of `assets/topics.toml`; a theme that no document has under this question is there, with 0.
    pub themes: Vec<Count>,
    /// By the sources' own categories, most frequent first, aliases merged.
    pub topics: Vec<Count>,
    /// By publisher, else name of what was added.
    pub sources: Vec<Count>,
    /// By author.
    pub authors: Vec<Count>,
    /// By kind.
    pub kinds: Vec<Count>,
    /// By language, most frequent first: its code; `unknown` where nobody knows.
    pub languages: Vec<Count>,
    /// By year, oldest first; `undated` last, where there are any.
    pub years: Vec<Count>,
}

/// How many documents that match have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value, as shown and as a question names it.
    pub value: String,
    /// How many documents.
    pub count: usize,
}
