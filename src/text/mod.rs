//! Facts about strings: how wide they are, which terms they hold, and what of them may be drawn.

mod language;
pub mod sanitize;

pub use language::Language;
