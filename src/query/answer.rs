//! The answer as plain data: which documents, in which order, and how they fall into facets.

use super::{Expanded, Sort};
use crate::document::DocumentId;

/// Documents found, best first, with the counts that came with the same search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many documents there are in the list.
    pub total: usize,
    /// How many of them lack some of the words: none, but where the list was widened.
    pub incomplete: usize,
    /// Which documents the list holds.
    pub breadth: Breadth,
    /// The documents asked for (a window of the whole), in order.
    pub hits: Vec<Hit>,
    /// Counts by facet, over all that match.
    pub facets: Facets,
    /// The order in which they come: the one asked for, or the newest first where no word is asked.
    pub sort: Sort,
    /// What ran: what the page lights.
    pub expanded: Expanded,
}

/// Which documents the list holds that answers several plain words. What else is asked for, by a field, a phrase, a
/// sign or a fact, every document in it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breadth {
    /// Those that have every word.
    #[default]
    Every,
    /// Those that have every word first, and after them, since they are few, those that have some.
    Widened,
    /// Those that have some of the words, by score alone: of many words hardly a document has all.
    Ranked,
}

impl Breadth {
    /// Returns its name in what programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::Widened => "widened",
            Self::Ranked => "ranked",
        }
    }

    /// Returns in words that some of the documents lack words, and how many; nothing where all have every word.
    pub fn in_words(
        self,
        complete: usize,
        incomplete: usize,
        number: impl Fn(usize) -> String,
    ) -> Option<String> {
        let have = if complete == 1 { "has" } else { "have" };
        let told = match (self, complete) {
            _ if incomplete == 0 => return None,
            (_, 0) => {
                let have = if incomplete == 1 { "has" } else { "have" };
                format!("none has every word; {} {have} some", number(incomplete))
            }
            (Self::Ranked, _) => format!(
                "ranked by any of the words; {} {have} every word",
                number(complete)
            ),
            _ => format!(
                "only {} {have} every word; {} more have some",
                number(complete),
                number(incomplete)
            ),
        };
        Some(told)
    }
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
    /// By the reader's own tags, most frequent first.
    pub tags: Vec<Count>,
    /// By the sources' own categories, most frequent first, aliases merged. With the documents that
    /// bear an own tag of the name.
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
