//! Typesetting: (body, measure in cells) → rows. Pure, one pass, no word copied: rows hold ranges of the body's text.
//!
//! For every body and every measure:
//! - the words of a block are each on one row, in their order; blanks at the end of a row hang beyond the edge and
//!   belong to none;
//! - a row fits the measure, but for code, which is never wrapped, and for a single grapheme cluster that is wider
//!   than the room itself;
//! - a grapheme cluster is never split;
//! - what is drawn but is no text (bullets, numbers, bars, lines, the heads of parts) is told apart from the words and
//!   takes the same cells in ASCII as in Unicode, so that a page is not set again for another look;
//! - at least half of the measure is left to the words, however deep they stand.
//!
//! A word is parted with a hyphen only where it is asked for ([`Typesetter::hyphenate`]) and a paragraph would be ragged
//! without; the hyphen is drawn and no text, so that a hit on a parted word is lit on both rows.
//!
//! Absent on purpose: colours and styles (who draws asks the body for spans), justification (in cells it tears holes), and anything kept on disk: rows are derived from body and
//! measure, and made again when either changes.

mod code;
mod compose;
mod hyphens;
mod indent;
mod layout;
mod pack;
mod plain;
mod prefix;
mod space;
mod table;
mod typesetter;
mod units;

pub use layout::{Layout, Piece, Row, RowKind};
pub use plain::plain;
pub use prefix::{Glyphs, Prefix, PrefixKind};
pub use typesetter::Typesetter;

use crate::document::Body;

/// Sets a body to a measure of so many cells. A measure of 0 counts as 1.
///
/// ```
/// use recto::document::{BlockKind, BodyBuilder};
/// use recto::typeset::typeset;
///
/// let mut builder = BodyBuilder::new();
/// builder.block(BlockKind::Heading { level: 1 }, "On trust");
/// builder.block(BlockKind::Paragraph, "It takes years to build, and a day to lose.");
/// let body = builder.finish();
///
/// let layout = typeset(&body, 24);
/// let rows: Vec<&str> = layout
///     .rows()
///     .iter()
///     .map(|row| body.slice(row.range))
///     .collect();
/// assert_eq!(rows, ["On trust", "", "It takes years to build,", "and a day to lose."]);
/// ```
pub fn typeset(body: &Body, measure: u16) -> Layout {
    Typesetter::new(body, measure).finish()
}

#[cfg(test)]
mod pictures;
#[cfg(test)]
mod properties;
