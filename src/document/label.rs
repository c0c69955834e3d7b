//! What an item of a list is counted with where that is no number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::sanitize;

/// A label of an item: `(a)`, `iv.`, `Article 2`. It is of a size that a copy of it costs nothing, and short enough to
/// stand beside the words of the item.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Filled up with zeros.
    bytes: [u8; Self::LONGEST],
}

impl Label {
    /// The longest label, in bytes.
    pub const LONGEST: usize = 12;

    /// Makes a label of a text on one line; nothing of one that is too long or empty.
    ///
    /// ```
    /// use recto::document::Label;
    ///
    /// assert_eq!(Label::new(" (a) ").unwrap().as_str(), "(a)");
    /// assert!(Label::new("The last of all articles").is_none());
    /// ```
    pub fn new(text: &str) -> Option<Self> {
        let clean = sanitize::clean(text);
        let label = clean.trim();
        if label.is_empty() || label.contains(['\n', '\t', '\0']) {
            return None;
        }
        let mut bytes = [0; Self::LONGEST];
        bytes
            .get_mut(..label.len())?
            .copy_from_slice(label.as_bytes());
        Some(Self { bytes })
    }

    /// Returns it as it is shown.
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.bytes).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Label").field(&self.as_str()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_short_line() {
        for (text, expected) in [
            ("(a)", Some("(a)")),
            ("  § 12 ", Some("§ 12")),
            ("123456789012", Some("123456789012")),
            ("1234567890123", None),
            ("a\nb", None),
            ("\u{1b}", None),
            (" ", None),
        ] {
            let label = Label::new(text);
            assert_eq!(label.as_ref().map(Label::as_str), expected, "{text:?}");
        }
    }
}
