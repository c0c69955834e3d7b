//! The one gate that text from outside passes before it is kept, drawn or printed.
//!
//! Guarantees that what comes out can neither command a terminal nor reorder what stands around it, and that a
//! line ends only where a line feed is. Everything else stays as it came: joiners are kept, since emoji families and
//! Indic scripts are spelled with them, and so is every odd space, which the document's builder folds where it may.

use std::borrow::Cow;

/// Returns `text` without the characters that would command a terminal or reorder what stands around them.
///
/// Dropped are the C0 and C1 controls but tab and line feed, DEL, the marks, embeddings, overrides and isolates of
/// bidirectional text (UAX #9), the soft hyphen (the page breaks its own lines), the byte order mark, interlinear
/// annotations, the deprecated language tag, and noncharacters. Line and paragraph separators become line
/// feeds. A text that has none of them is lent, not copied.
///
/// ```
/// use recto::text::sanitize::clean;
///
/// assert_eq!(clean("\u{1b}[2Jred\u{202e}der\u{2028}next"), "[2Jredder\nnext");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    let Some(first) = first_unclean(text) else {
        return Cow::Borrowed(text);
    };
    let mut cleaned = String::with_capacity(text.len());
    let (before, rest) = text.split_at(first);
    cleaned.push_str(before);
    cleaned.extend(rest.chars().filter_map(passed));
    Cow::Owned(cleaned)
}

/// Returns the byte where the first character stands that does not pass as it is.
///
/// Looks at bytes: only what is not printed ASCII is decoded.
fn first_unclean(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        at += first_not_plain(rest.as_bytes())?;
        let c = text.get(at..)?.chars().next()?;
        if passed(c) != Some(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// Returns where the first byte is that is not plain. Pieces are looked at as wholes, which the processor does at once.
fn first_not_plain(bytes: &[u8]) -> Option<usize> {
    let (pieces, _) = bytes.as_chunks::<32>();
    let is_whole = |piece: &&[u8; 32]| piece.iter().fold(true, |all, byte| all & is_plain(*byte));
    let whole = 32 * pieces.iter().take_while(is_whole).count();
    let rest = bytes.get(whole..)?;
    let place = rest.iter().position(|byte| !is_plain(*byte))?;
    Some(whole + place)
}

/// Returns whether a byte is a character that passes as it is, and one of those that nearly all text is made of.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\n')
}

/// Returns what a character becomes at the gate, or nothing where it does not pass.
fn passed(c: char) -> Option<char> {
    match c {
        ' '..='~' | '\t' | '\n' => Some(c),
        '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if c.is_control() || is_bidi_control(c) || is_noncharacter(c) => None,
        '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' => None,
        _ => Some(c),
    }
}

/// Returns whether a character orders the text around it (UAX #9, section 2), the plain marks among them: nothing is
/// drawn from right to left here, so a mark could only hide.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether Unicode promises that this will never be a character (section 23.7).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_commands_or_reorders_is_dropped_and_the_rest_stays() {
        for (text, cleaned) in [
            (
                "plain, with a tab\tand\nlines",
                "plain, with a tab\tand\nlines",
            ),
            ("\u{1b}]0;title\u{7}bell\u{9b}31m", "]0;titlebell31m"),
            (
                "one\r\ntwo\u{2028}three\u{2029}four",
                "one\ntwo\nthree\nfour",
            ),
            (
                "\u{feff}mark, soft\u{ad}hyphen, delete\u{7f}",
                "mark, softhyphen, delete",
            ),
            ("\u{202e}evil\u{2066}\u{2069}\u{200f}\u{61c}", "evil"),
            ("no\u{fffe}char\u{1ffff}\u{fdd0}", "nochar"),
            ("👩‍👩‍👧 é क्‍ष a\u{a0}b", "👩‍👩‍👧 é क्‍ष a\u{a0}b"),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }

    #[test]
    fn a_clean_text_is_lent() {
        assert!(matches!(clean("’tis plain – 数据"), Cow::Borrowed(_)));
        assert!(matches!(clean("a\u{1b}"), Cow::Owned(_)));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(matches!(clean(&once), Cow::Borrowed(_)));
            prop_assert!(once.chars().all(|c| matches!(c, '\t' | '\n') || !c.is_control()));
        }
    }
}
