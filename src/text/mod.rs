//! Facts about strings: how wide they are, which terms they hold, what is a plural, and what of them may be drawn.
//!
//! Pure functions, no state that a caller sees. Absent on purpose: line breaking (it belongs to `typeset`), and what
//! a word means (synonyms belong to `query`).

pub mod analysis;
pub mod cells;
mod language;
mod language_names;
pub mod number;
pub mod sanitize;

pub use language::Language;
