//! The question and the answer as plain data.
//!
//! The way of a question: what was typed → `parse` → [`Query`] (shown, saved, printed) → `expand` → [`Expanded`]
//! (terms, made by [`text::analysis`](crate::text::analysis)) → the index finds by it, the page is lit by it.

mod answer;
pub(crate) mod chain;
pub mod concordance;
mod display;
mod expand;
mod expanded;
pub mod facet;
mod matcher;
mod name;
mod near;
mod parse;
mod snippet;
mod topic;
mod tree;

pub use answer::{Count, Facets, Hit, Hits};
pub use expand::{Lexicon, expand};
pub use expanded::{Clause, Expanded, Expr, Origin, Step, Way};
pub use matcher::Matcher;
pub use name::whole_name;
pub use parse::{parse, parse_typing};
pub use snippet::{Snippet, snippet};
pub use topic::topic_name;
pub use tree::{Field, Filter, How, Node, Period, Query, Sort, State, Within, Words};

#[cfg(test)]
mod tests;
