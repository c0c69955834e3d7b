//! What is drawn on a row but is no text: bullets, numbers, the bars of quotations.

use std::borrow::Cow;

use crate::document::{Body, Label, TextRange};
use crate::text::cells;

/// Something drawn on a row that is no text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The cell where it begins, from the left of the measure.
    pub x: u16,
    /// What it is.
    pub kind: PrefixKind,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefixKind {
    /// The bar along a quotation.
    Quotation,
    /// The bullet of a list item, by how many items it stands in.
    Bullet {
        /// 0 for an item of an outermost list.
        depth: u16,
    },
    /// The number of a list item. It stands so that the numbers of its list end in the same cell.
    Number(u32),
    /// The box of a task, ticked or not.
    Task(bool),
    /// What a list item is counted with where that is no number. It stands as a number does.
    Counted(Label),
    /// What tells a picture's description from a paragraph.
    Image,
    /// A line of this many cells under the name of a column.
    Line(u16),
    /// The hyphen after a word that is parted at the end of the row.
    Hyphen,
    /// The name of a column, drawn again before each of its values where a table had to be stacked.
    Label(TextRange),
}

/// Which characters prefixes are drawn with. Their widths are the same in both, so that a page need not be set again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Typographic ones.
    #[default]
    Unicode,
    /// Such as every terminal and font has.
    Ascii,
}

impl PrefixKind {
    /// Returns the characters to draw. `body` is what the layout was made of.
    pub fn text(self, body: &Body, glyphs: Glyphs) -> Cow<'_, str> {
        let unicode = glyphs == Glyphs::Unicode;
        let drawn = |fine, plain| Cow::Borrowed(if unicode { fine } else { plain });
        match self {
            Self::Quotation => drawn("▎", "|"),
            Self::Bullet { depth } => match depth % 3 {
                0 => drawn("•", "*"),
                1 => drawn("◦", "-"),
                _ => drawn("▪", "+"),
            },
            Self::Number(number) => Cow::Owned(format!("{number}.")),
            Self::Counted(label) => Cow::Owned(label.as_str().to_owned()),
            Self::Task(true) => drawn("[✓]", "[x]"),
            Self::Task(false) => Cow::Borrowed("[ ]"),
            Self::Image => drawn("▣", "#"),
            Self::Line(cells) => {
                Cow::Owned(if unicode { "─" } else { "-" }.repeat(usize::from(cells)))
            }
            Self::Hyphen => Cow::Borrowed("-"),
            Self::Label(range) => Cow::Borrowed(body.slice(range)),
        }
    }

    /// Returns how many cells it takes, but for a label, whose words tell.
    pub(super) fn cells(self) -> u32 {
        match self {
            Self::Quotation | Self::Bullet { .. } | Self::Image | Self::Hyphen => 1,
            Self::Number(number) => number.checked_ilog10().unwrap_or_default() + 2,
            Self::Task(_) => 3,
            Self::Counted(label) => cells::width(label.as_str()) as u32,
            Self::Line(cells) => u32::from(cells),
            Self::Label(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_as_wide_in_ascii_as_in_unicode() {
        let body = Body::default();
        for kind in [
            PrefixKind::Quotation,
            PrefixKind::Bullet { depth: 0 },
            PrefixKind::Bullet { depth: 1 },
            PrefixKind::Bullet { depth: 5 },
            PrefixKind::Number(0),
            PrefixKind::Number(9),
            PrefixKind::Number(10),
            PrefixKind::Number(u32::MAX),
            PrefixKind::Task(true),
            PrefixKind::Counted(Label::new("(iv)").unwrap()),
            PrefixKind::Task(false),
            PrefixKind::Image,
            PrefixKind::Line(7),
            PrefixKind::Hyphen,
        ] {
            for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
                let text = kind.text(&body, glyphs);
                assert_eq!(
                    cells::width(&text),
                    kind.cells() as usize,
                    "{kind:?} {text}"
                );
            }
            assert!(kind.text(&body, Glyphs::Ascii).is_ascii());
        }
    }
}
