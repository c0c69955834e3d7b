//! Facts about strings: how wide they are, which terms they hold, and what of them may be drawn.

pub mod cells;
mod language;
pub mod sanitize;

pub use language::Language;
