//! Base64 that is broken: what has no business in it is passed over, and a line that lost a piece costs itself alone.

/// The value of a character that is none of base64's.
const NONE: u8 = 64;

/// Decodes as much as can be made out.
///
/// Lines hold whole groups of four in nearly all letters: where they do, each is decoded for itself, so that a
/// character lost within one does not shift all that follows. A `=` ends a piece, and another may begin after it.
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let in_lines = holds_groups(text);
    let mut group = Group::default();
    for line in text.split(|byte| *byte == b'\n') {
        for byte in line {
            if *byte == b'=' {
                group.end(&mut bytes);
                continue;
            }
            let value = value(*byte);
            if value < NONE {
                group.push(value, &mut bytes);
            }
        }
        if in_lines {
            group.end(&mut bytes);
        }
    }
    group.end(&mut bytes);
    bytes
}

/// Returns whether most lines hold whole groups.
fn holds_groups(text: &[u8]) -> bool {
    let (mut whole, mut lines) = (0, 0);
    for line in text.split(|byte| *byte == b'\n') {
        let length = line
            .iter()
            .filter(|byte| value(**byte) < NONE || **byte == b'=')
            .count();
        lines += usize::from(length > 0);
        whole += usize::from(length > 0 && length % 4 == 0);
    }
    whole * 2 > lines
}

/// Up to four characters.
#[derive(Default)]
struct Group {
    bits: u32,
    characters: u32,
}

impl Group {
    fn push(&mut self, value: u8, bytes: &mut Vec<u8>) {
        self.bits = self.bits << 6 | u32::from(value);
        self.characters += 1;
        if self.characters == 4 {
            let [_, whole @ ..] = self.bits.to_be_bytes();
            bytes.extend(whole);
            *self = Self::default();
        }
    }

    /// Writes the bytes that an incomplete group holds.
    fn end(&mut self, bytes: &mut Vec<u8>) {
        let Self { bits, characters } = std::mem::take(self);
        match characters {
            2 => bytes.push((bits >> 4) as u8),
            3 => bytes.extend([(bits >> 10) as u8, (bits >> 2) as u8]),
            _ => {}
        }
    }
}

/// Returns the six bits of a character (RFC 4648, section 4; section 5 too, which some programs mix in).
fn value(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_made_out_is_decoded() {
        for (text, expected) in [
            ("R3LDvMOfZQ==", "Grüße"),
            ("R3LD*vMOf\r\nZSBB\n!", "Grüße A"),
            ("R3LDvMOfZQ", "Grüße"),
            ("QQ==QkI=", "ABB"),
            // Lines that are no whole groups.
            ("R3LDvMO\nfZSBBbm\nQgc28=", "Grüße And so"),
            ("", ""),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&decode(text.as_bytes())),
                expected,
                "{text}"
            );
        }
        // A line lost a character: what stands before and after it is whole.
        let decoded = decode(b"T25lIGxpbmUs\nIHR3byBaW5l\nIGFuZCBtb3Jl");
        assert!(decoded.starts_with(b"One line, two") && decoded.ends_with(b" and more"));
    }

    proptest! {
        #[test]
        fn no_text_gives_more_than_it_holds(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(decode(&text).len() * 4 <= text.len() * 3);
        }
    }
}
