//! The question and the answer as plain data.
//!
//! The way of a question: what was typed → `parse` → [`Query`] (shown, saved, printed) → `expand` → [`Expanded`]
//! (terms, made by [`text::analysis`](crate::text::analysis)) → the index finds by it, the page is lit by it.

mod ago;
mod also;
mod answer;
pub(crate) mod chain;
mod complete;
pub mod concordance;
mod display;
mod expand;
mod expanded;
pub mod facet;
mod glossary;
pub mod like;
mod matcher;
mod name;
mod near;
mod parse;
pub mod passages;
mod resolve;
mod snippet;
mod tag;
mod thesaurus;
mod topic;
mod tree;
pub(crate) mod weights;
mod why;

pub use ago::{Ago, AgoUnit};
pub use also::switched;
pub use answer::{Breadth, Count, Facets, Hit, Hits};
pub use complete::{Completing, FIELD_NAMES, Unfinished, unfinished};
pub(crate) use expand::edits;
pub use expand::{Doubtful, Lexicon, doubtful, expand, forms, half_typed};
pub use expanded::{Clause, Expanded, Expr, Origin, Step, Taken, Way};
pub use glossary::Explained;
pub use like::{Like, Likeness};
pub use matcher::Matcher;
pub use name::{saved_name, whole_name};
pub use parse::{Span, SpanKind, parse, parse_typing, spans};
pub use resolve::{Resolved, is_open, resolve};
pub use snippet::{Snippet, snippet};
pub use tag::{MOST_TAGS, TagFault, tag_labels, tag_name};
pub use thesaurus::Thesaurus;
pub use topic::topic_name;
pub use tree::{
    Added, Also, Feature, Field, Filter, How, Match, Node, Period, Query, Sort, State, Within,
    Words,
};
pub use why::{Gain, Standing, Why, Word};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
