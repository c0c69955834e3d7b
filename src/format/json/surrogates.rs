//! Halves of surrogate pairs: `\\ud83d` without its other half, as programs write that cut a text within a character.
//!
//! JSON allows them (RFC 8259, section 8.2) and no text can hold them. Each becomes `\\ufffd`, in as many bytes, so that the
//! place of every other fault stays.

use std::borrow::Cow;

/// Returns the text with a mark for each half that stands alone, and how many there were.
pub(super) fn mended(text: &str) -> (Cow<'_, str>, usize) {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return (Cow::Borrowed(text), 0);
    }
    let mut mended = String::new();
    let (mut copied, mut at, mut halves) = (0, 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        let escape = at + found;
        at = match unit(text, escape) {
            // An escape of one character; it may be a backslash itself.
            None => text.ceil_char_boundary(escape + 2),
            Some(0xd800..=0xdbff) if matches!(unit(text, escape + 6), Some(0xdc00..=0xdfff)) => {
                escape + 12
            }
            Some(0xd800..=0xdfff) => {
                mended.push_str(text.get(copied..escape).unwrap_or_default());
                mended.push_str("\\ufffd");
                copied = escape + 6;
                halves += 1;
                copied
            }
            Some(_) => escape + 6,
        };
    }
    if halves == 0 {
        return (Cow::Borrowed(text), 0);
    }
    mended.push_str(text.get(copied..).unwrap_or_default());
    (Cow::Owned(mended), halves)
}

/// Returns the unit of UTF-16 that is escaped at byte `at`.
fn unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let sound = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    sound
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

/// Returns the warning for so many halves.
pub(super) fn warning(halves: usize) -> String {
    let plural = if halves == 1 { "half" } else { "halves" };
    format!("has {halves} {plural} of surrogate pairs; each stands as \u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_marked_and_pairs_stay() {
        for (text, expected, halves) in [
            (r#""a""#, r#""a""#, 0),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#, 0),
            (r#""\ud83d x""#, r#""\ufffd x""#, 1),
            (r#""\uDE00\ud83d""#, r#""\ufffd\ufffd""#, 2),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#, 1),
            (r#""\\ud83d""#, r#""\\ud83d""#, 0),
            (r#""\ud8é\"#, r#""\ud8é\"#, 0),
        ] {
            let (mended, found) = mended(text);
            assert_eq!((mended.as_ref(), found), (expected, halves), "{text}");
        }
    }
}
