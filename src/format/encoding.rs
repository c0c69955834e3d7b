//! Bytes to text: by byte order mark, by declaration, by whether they are UTF-8, and at last by a guess.
//!
//! Decoding never fails: a byte that means nothing becomes U+FFFD and a warning. A declaration is believed unless the
//! bytes refute it: what is UTF-8 beyond chance is UTF-8 whatever it says of itself, and what says UTF-8 but mostly
//! is not, is guessed.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file the guess sees: the detector reads some 15 MB/s, and what it has not learnt from this much it
/// does not learn from more.
const GUESS_FROM: usize = 64 * 1024;

/// How far a declaration may stand from the beginning: HTML allows 1024 bytes, and XML wants it first.
const DECLARED_WITHIN: usize = 1024;

/// How far is looked for the zero bytes that text does not have.
const BINARY_WITHIN: usize = 8 * 1024;

/// A decoded text.
pub(super) struct Decoded<'a> {
    /// The text without its byte order mark.
    pub text: Cow<'a, str>,
    /// What was wrong with the bytes.
    pub warning: Option<String>,
}

/// Returns whether the bytes are no text in any encoding: they have zero bytes and are not UTF-16, or say so
/// themselves.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..BINARY_WITHIN).unwrap_or(bytes);
    let says_so = [&b"\x89PNG"[..], b"GIF8", b"\xff\xd8\xff"]
        .iter()
        .any(|signature| head.starts_with(signature));
    says_so || head.contains(&0) && Encoding::for_bom(head).is_none() && wide(head).is_none()
}

/// Decodes bytes to text.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes);
    }
    let declared = declared(bytes).or_else(|| Encoding::for_label(charset?.as_bytes()));
    match std::str::from_utf8(bytes) {
        // Seven bits are the same in nearly all encodings, but not in those that shift (ISO-2022-JP).
        Ok(text) if declared.is_none_or(|encoding| encoding == UTF_8) => Decoded::whole(text),
        Ok(text) if !text.is_ascii() => Decoded {
            text: Cow::Borrowed(text),
            warning: declared.map(|encoding| {
                format!(
                    "says that it is {}, but is UTF-8; read as that",
                    encoding.name()
                )
            }),
        },
        _ => match declared {
            Some(encoding) if encoding != UTF_8 || is_mostly_utf8(bytes) => {
                decode_as(encoding, bytes)
            }
            None if is_mostly_utf8(bytes) => decode_as(UTF_8, bytes),
            _ => decode_as(guess(bytes), bytes),
        },
    }
}

impl<'a> Decoded<'a> {
    fn whole(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            warning: None,
        }
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let warning = faulty.then(|| {
        let lost = text.matches('\u{fffd}').count();
        format!(
            "has {lost} places that are not {}; each stands as \u{fffd}",
            encoding.name()
        )
    });
    Decoded { text, warning }
}

/// Returns the encoding of two bytes a character that markup without a byte order mark shows by its first `<`
/// (XML 1.0, appendix F).
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns the encoding that an XML declaration or a `<meta>` of HTML names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = xml_label(&head).or_else(|| meta_label(&head))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // Who could read the declaration byte by byte does not have two bytes a character (HTML, "prescan").
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

fn xml_label(head: &str) -> Option<&str> {
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let declaration = declaration.get(..declaration.find("?>")?)?;
    let (_, value) = declaration.split_once("encoding")?;
    quoted(value.trim_start().strip_prefix('=')?)
}

fn meta_label(head: &str) -> Option<&str> {
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head.get(at..)?;
        let tag = tag.get(..tag.find('>')?)?;
        let (_, value) = tag.split_once("charset")?;
        quoted(value.trim_start().strip_prefix('=')?)
    })
}

/// Returns the word at the beginning of `value`, in quotation marks or not.
fn quoted(value: &str) -> Option<&str> {
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/'));
    Some(value.get(..end.unwrap_or(value.len()))?).filter(|label| !label.is_empty())
}

/// Returns whether more characters beyond seven bits are sound UTF-8 than not: a few broken ones in a text do not
/// make it another encoding, while text in another has next to none that are sound.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // From the first byte beyond seven bits on: a long English beginning teaches nothing.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let from = from.saturating_sub(GUESS_FROM / 4);
    let sample = bytes.get(from..).unwrap_or_default();
    let whole = sample.len() <= GUESS_FROM;
    let sample = sample.get(..GUESS_FROM).unwrap_or(sample);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, whole);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_mark_declaration_validity_and_guess() {
        let utf16: Vec<u8> = "<p>é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&b"\xff\xfe"[..], &utf16].concat();
        let russian = encoding_rs::WINDOWS_1251
            .encode("Это довольно длинное предложение на русском языке.")
            .0;
        for (bytes, expected) in [
            (&b"plain"[..], "plain"),
            ("\u{feff}é".as_bytes(), "é"),
            (&marked, "<p>é"),
            (&utf16, "<p>é"),
            (
                b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe9",
                "<?xml version='1.0' encoding='ISO-8859-1'?>é",
            ),
            (
                b"<meta charset=windows-1252>\x93x\x94",
                "<meta charset=windows-1252>“x”",
            ),
            (
                b"<meta content='text/html; charset=koi8-r'>\xc1",
                "<meta content='text/html; charset=koi8-r'>а",
            ),
            (
                b"<?xml version='1.0' encoding='utf-16'?>a",
                "<?xml version='1.0' encoding='utf-16'?>a",
            ),
            (b"caf\xe9 au lait, d\xe9j\xe0 vu", "café au lait, déjà vu"),
            (
                &russian,
                "Это довольно длинное предложение на русском языке.",
            ),
        ] {
            let decoded = decode(bytes, None);
            assert_eq!(decoded.text, expected);
            assert_eq!(decoded.warning, None, "{expected}");
        }
    }

    #[test]
    fn bytes_that_refute_their_declaration_are_read_as_what_they_are() {
        let decoded = decode(
            "<?xml version='1.0' encoding='iso-8859-1'?>café".as_bytes(),
            None,
        );
        assert!(decoded.text.ends_with("café") && decoded.warning.is_some());
        let decoded = decode(b"<meta charset=utf-8>caf\xe9 d\xe9j\xe0", None);
        assert!(decoded.text.ends_with("café déjà"), "{}", decoded.text);
    }

    #[test]
    fn a_broken_character_in_utf8_is_marked_and_counted() {
        let decoded = decode(b"d\xc3\xa9j\xc3\xa0 caf\xe9 na\xc3\xafve", None);
        assert_eq!(decoded.text, "déjà caf\u{fffd} naïve");
        assert_eq!(
            decoded.warning.as_deref(),
            Some("has 1 places that are not UTF-8; each stands as \u{fffd}")
        );
    }

    #[test]
    fn what_is_no_text_is_told() {
        for (bytes, expected) in [
            (&b"GIF89a"[..], true),
            (b"\x00\x01\x02", true),
            (b"text", false),
            (b"<\0p\0>\0", false),
            (b"", false),
        ] {
            assert_eq!(is_binary(bytes), expected, "{bytes:?}");
        }
    }
}
