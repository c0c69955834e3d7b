//! White space on its way into a body: kept in code, folded everywhere else.
//!
//! A run of white space becomes one blank, or the line break that was asked for; a lone no-break space stays what it
//! is. White space waits until a word follows it, so none is left at the ends of a block or a cell. Words parted by
//! single blanks, which nearly all text is, are copied as they are in one go.

use super::BodyBuilder;
use crate::document::BlockKind;

/// The white space that waits for a word to follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    NoBreak,
    Space,
    Line,
}

impl BodyBuilder {
    /// Adds text as it is; the ends of its lines become line feeds.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let begins = !self.has_words();
        self.body.text.push_str(if begins {
            text.trim_start_matches('\n')
        } else {
            &text
        });
    }

    /// Adds words with their white space folded.
    pub(super) fn folded(&mut self, text: &str, kind: BlockKind) {
        let one_line = matches!(kind, BlockKind::Heading { .. } | BlockKind::TableRow { .. });
        let mut rest = text;
        while !rest.is_empty() {
            let (words, after) = rest.split_at(folded_already(rest));
            if !words.is_empty() {
                self.fill_gap(one_line);
                self.body.text.push_str(words);
            }
            rest = after.trim_start();
            let blanks = after.get(..after.len() - rest.len()).unwrap_or_default();
            for blank in blanks.chars() {
                self.gap = self.gap.and(blank);
            }
        }
    }

    /// Writes the white space that waited for a word, unless it would begin the block or a cell.
    fn fill_gap(&mut self, one_line: bool) {
        let begins = !self.has_words() || self.body.text.ends_with('\t');
        match std::mem::take(&mut self.gap) {
            _ if begins => {}
            Gap::None => {}
            Gap::NoBreak => self.body.text.push('\u{a0}'),
            Gap::Line if !one_line => self.body.text.push('\n'),
            Gap::Space | Gap::Line => self.body.text.push(' '),
        }
    }
}

impl Gap {
    /// Returns what waits once `blank` has come too.
    fn and(self, blank: char) -> Self {
        match (self, blank) {
            (Self::Line, _) => Self::Line,
            (Self::None, '\u{a0}' | '\u{202f}') => Self::NoBreak,
            _ => Self::Space,
        }
    }
}

/// Returns how many bytes of `text` from its beginning are words with one blank between each two, and so stay as they
/// are. Looks at bytes: only what is not ASCII is decoded to tell whether it is white space.
fn folded_already(text: &str) -> usize {
    let is_printed = |all: bool, byte: u8| all & matches!(byte, b' '..=b'~');
    // Nearly all text passes here as a whole, at many bytes a time.
    if !text.starts_with(' ')
        && !text.ends_with(' ')
        && text.bytes().fold(true, is_printed)
        && !text.contains("  ")
    {
        return text.len();
    }
    let (mut at, mut end) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let length = match byte {
            b'!'..=b'~' => {
                let rest = text.as_bytes().get(at..).unwrap_or_default();
                let is_of_word = |byte: &&u8| matches!(byte, b'!'..=b'~');
                rest.iter().take_while(is_of_word).count()
            }
            b' ' if end == at && end > 0 => {
                at += 1;
                continue;
            }
            _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(character) if !character.is_whitespace() => character.len_utf8(),
                _ => break,
            },
        };
        at += length;
        end = at;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn white_space_is_folded_and_a_lone_no_break_space_kept() {
        for (text, folded) in [
            ("", ""),
            (" \t\n\u{a0}", ""),
            ("  a \n\t b\u{a0}c\u{a0} d ", "a b\u{a0}c d"),
            ("one two  three\nfour", "one two three four"),
            ("a \u{a0}b\u{a0}\u{a0}c\u{202f}d", "a b c\u{a0}d"),
            (
                "caf\u{e9} \u{6f22}\u{3000}\u{5b57} \u{2003}x",
                "caf\u{e9} \u{6f22} \u{5b57} x",
            ),
        ] {
            let mut builder = BodyBuilder::new();
            builder.block(BlockKind::Paragraph, text);
            assert_eq!(builder.finish().text(), folded, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn text_in_pieces_is_folded_as_a_whole_would_be(pieces in proptest::collection::vec("[ \\t\\n\u{a0}\u{2003}a-c\u{e9}\u{6f22}]{0,6}", 0..6)) {
            let whole = pieces.concat();
            let mut builder = BodyBuilder::new();
            builder.begin(BlockKind::Paragraph);
            for piece in &pieces {
                builder.text(piece);
            }
            let body = builder.finish();
            // The reference: split at white space; a gap that is one no-break space stays one.
            let mut folded = String::new();
            let mut gap = String::new();
            for character in whole.chars() {
                if character.is_whitespace() {
                    gap.push(character);
                    continue;
                }
                if !folded.is_empty() && !gap.is_empty() {
                    folded.push_str(if gap == "\u{a0}" { "\u{a0}" } else { " " });
                }
                gap.clear();
                folded.push(character);
            }
            prop_assert_eq!(body.text(), folded);
        }
    }
}
