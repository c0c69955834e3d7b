//! Bytes to text: by byte order mark, by what brought them, by declaration, by whether they are UTF-8, and at last by a
//! guess. That is the order of HTML ("determining the character encoding") and of RFC 7303, section 3, for XML.
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

/// Text may have a zero byte of which nobody knows how it came there: one, and of more one in so many bytes at most.
const ZERO_IN: usize = 32;

/// And of the other bytes below 32 that no text has, one in so many and one besides: what is packed has six times that,
/// and UTF-16 without its mark no less, whatever the script.
const CONTROL_IN: usize = 64;

/// How many pairs of bytes it takes to tell text of two bytes a character from numbers.
const FEWEST_PAIRS: usize = 4;

/// A decoded text.
pub(super) struct Decoded<'a> {
    /// The text without its byte order mark.
    pub text: Cow<'a, str>,
    /// What they were read as, by its name.
    pub encoding: &'static str,
    /// What was wrong with the bytes.
    pub warning: Option<String>,
}

/// Returns whether the bytes are no text in any encoding: they have zero bytes, more than go astray in a text, and are
/// not UTF-16, or say so themselves.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..BINARY_WITHIN).unwrap_or(bytes);
    let says_so = [&b"\x89PNG"[..], b"GIF8", b"\xff\xd8\xff"]
        .iter()
        .any(|signature| head.starts_with(signature));
    says_so
        || has_zero(head)
            && Encoding::for_bom(head).is_none()
            && utf_32(head).is_none()
            && wide(head).is_none()
            && !is_text_with_zeros(head)
}

fn has_zero(bytes: &[u8]) -> bool {
    memchr::memchr(0, bytes).is_some()
}

/// Returns whether the zeros among the bytes are so few, and the rest so much like text, that they got there by accident.
fn is_text_with_zeros(head: &[u8]) -> bool {
    let (mut zeros, mut controls) = (0, 0);
    for byte in head {
        match byte {
            0 => zeros += 1,
            // Terminals and ISO-2022-JP use ESC; BS and SO stand in manuals and old mail.
            b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x0e | 0x0f | 0x1a | 0x1b => {}
            ..b' ' => controls += 1,
            _ => {}
        }
    }
    let starts_so = head.first() == Some(&0);
    let most_zeros = (head.len() / ZERO_IN).max(1);
    !starts_so && zeros <= most_zeros && controls * CONTROL_IN <= head.len() + CONTROL_IN
}

/// Decodes bytes to text. Zeros that stand in it are dropped: they mean nothing in any format.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Decoded<'a> {
    let decoded = decode_all(bytes, charset);
    if !has_zero(decoded.text.as_bytes()) {
        return decoded;
    }
    let count = decoded.text.matches('\0').count();
    let dropped = match count {
        1 => "has a zero byte, which was dropped".to_owned(),
        count => format!("has {count} zero bytes, which were dropped"),
    };
    let warning = decoded
        .warning
        .map_or_else(|| dropped.clone(), |first| format!("{first}; {dropped}"));
    Decoded {
        text: Cow::Owned(decoded.text.replace('\0', "")),
        encoding: decoded.encoding,
        warning: Some(warning),
    }
}

fn decode_all<'a>(bytes: &'a [u8], charset: Option<&str>) -> Decoded<'a> {
    if let Some(big_endian) = utf_32(bytes) {
        return decode_utf_32(bytes.get(4..).unwrap_or_default(), big_endian);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes);
    }
    let brought = brought(bytes, charset);
    let within = declared(bytes);
    // What brought the file often says UTF-8 of all files alike; where the bytes refute it, the file may know better.
    let refuted = brought == Some(UTF_8) && within.is_some() && !is_mostly_utf8(bytes);
    let declared = if refuted { within } else { brought.or(within) };
    match std::str::from_utf8(bytes) {
        // Seven bits are the same in nearly all encodings, but not in those that shift (ISO-2022-JP).
        Ok(text) if declared.is_none_or(|encoding| encoding == UTF_8) => Decoded::whole(text),
        Ok(text) if !text.is_ascii() => Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
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
            encoding: UTF_8.name(),
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
    Decoded {
        text,
        encoding: encoding.name(),
        warning,
    }
}

/// Returns the encoding that what brought the bytes says they have. One of two bytes a character is not believed of
/// bytes without a zero.
fn brought(bytes: &[u8], charset: Option<&str>) -> Option<&'static Encoding> {
    let encoding = known(charset?)?;
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let head = bytes.get(..BINARY_WITHIN).unwrap_or(bytes);
    (!is_wide || has_zero(head)).then_some(encoding)
}

/// Returns whether the bytes are UTF-32 by their mark, and then whether the highest byte comes first.
fn utf_32(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some(false),
        [0, 0, 0xfe, 0xff, ..] => Some(true),
        _ => None,
    }
}

fn decode_utf_32(bytes: &[u8], big_endian: bool) -> Decoded<'static> {
    let mut lost = 0usize;
    let characters = bytes.chunks(4).map(|chunk| {
        let number = <[u8; 4]>::try_from(chunk).ok().map(|four| {
            if big_endian {
                u32::from_be_bytes(four)
            } else {
                u32::from_le_bytes(four)
            }
        });
        number.and_then(char::from_u32).unwrap_or_else(|| {
            lost += 1;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text: String = characters.collect();
    let warning = (lost > 0)
        .then(|| format!("has {lost} places that are not UTF-32; each stands as \u{fffd}"));
    Decoded {
        text: Cow::Owned(text),
        encoding: "UTF-32",
        warning,
    }
}

/// Returns the encoding of two bytes a character that markup without a byte order mark shows by its first `<`
/// (XML 1.0, appendix F).
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => every_other_zero(bytes),
    }
}

/// Returns the encoding of two bytes a character that Latin text without a mark shows by a zero in most pairs, always
/// on the same side, and beside it what text is made of.
fn every_other_zero(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..BINARY_WITHIN).unwrap_or(bytes);
    if !has_zero(head) {
        return None;
    }
    let (pairs, _) = head.as_chunks::<2>();
    let is_text = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let count = |zero: usize| {
        let mut found = 0;
        for pair in pairs {
            match (pair.get(zero), pair.get(1 - zero)) {
                (Some(0), Some(byte)) if is_text(*byte) => found += 1,
                (Some(0), _) | (_, Some(0)) => return 0,
                _ => {}
            }
        }
        found
    };
    let enough = |found: usize| pairs.len() >= FEWEST_PAIRS && found * 2 > pairs.len();
    if enough(count(1)) {
        Some(UTF_16LE)
    } else if enough(count(0)) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns the encoding that an XML declaration or a `<meta>` of HTML names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    // Both are markup, which most texts do not have.
    memchr::memchr(b'<', head)?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = xml_label(&head).or_else(|| meta_label(&head))?;
    let encoding = known(label)?;
    // Who could read the declaration byte by byte does not have two bytes a character (HTML, "prescan").
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

/// The names of encodings that the standard does not have and that feeds give, with the name that it has.
const ALIASES: [(&str, &str); 6] = [
    ("latin-1", "windows-1252"),
    ("cp936", "gbk"),
    ("win-1251", "windows-1251"),
    ("win-1252", "windows-1252"),
    ("mac-roman", "macintosh"),
    ("mac-cyrillic", "x-mac-cyrillic"),
];

/// Returns the encoding of that name, in any case. Those that the standard replaces by a single mark (ISO-2022-KR) are
/// not known: a mark is no text, and a guess may be.
pub(super) fn known(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    let alias = ALIASES
        .iter()
        .find(|(name, _)| label.eq_ignore_ascii_case(name));
    let label = alias.map_or(label, |(_, standard)| standard);
    Encoding::for_label_no_replacement(label.as_bytes())
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

/// Returns whether no fewer characters beyond seven bits are sound UTF-8 than are not: a few broken ones in a text do not
/// make it another encoding, while text in another has next to none that are sound.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 0 && sound >= broken
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
            (
                b"<?xml version='1.0' encoding='Mac-Cyrillic'?>\x80",
                "<?xml version='1.0' encoding='Mac-Cyrillic'?>А",
            ),
            (
                b"<?xml version='1.0' encoding='iso-2022-kr'?>words",
                "<?xml version='1.0' encoding='iso-2022-kr'?>words",
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
    fn what_brought_the_file_goes_before_what_it_says_itself_unless_the_bytes_refute_it() {
        let wide = |text: &str, each: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(each).collect()
        };
        let utf_32 = |mark: &[u8], each: fn(u32) -> [u8; 4]| -> Vec<u8> {
            let text = "Grüße".chars().flat_map(|c| each(u32::from(c)));
            mark.iter().copied().chain(text).collect()
        };
        let meta = b"<meta charset=windows-1251>\xcc\xe8\xf0".to_vec();
        for (bytes, charset, expected) in [
            (b"caf\xe9".to_vec(), Some("iso-8859-1"), "café"),
            (
                meta.clone(),
                Some("koi8-r"),
                "<meta charset=windows-1251>лХП",
            ),
            (
                meta.clone(),
                Some("utf-8"),
                "<meta charset=windows-1251>Мир",
            ),
            (meta, None, "<meta charset=windows-1251>Мир"),
            ("café".into(), Some("koi8-r"), "café"),
            ("\u{feff}café".into(), Some("koi8-r"), "café"),
            ("text".into(), Some("utf-16"), "text"),
            ("text".into(), Some("no such label"), "text"),
            (wide("Grüße an", u16::to_le_bytes), None, "Grüße an"),
            (wide("Grüße an", u16::to_be_bytes), None, "Grüße an"),
            (utf_32(b"\xff\xfe\0\0", u32::to_le_bytes), None, "Grüße"),
            (utf_32(b"\0\0\xfe\xff", u32::to_be_bytes), None, "Grüße"),
        ] {
            assert!(!is_binary(&bytes), "{expected}");
            assert_eq!(decode(&bytes, charset).text, expected);
        }
        for bytes in [&b"\x01\0\x02\0\x03\0\x04\0\x05\0"[..], b"a\0\0b\0c\0d\0e"] {
            assert!(is_binary(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        for (bytes, expected) in [
            (&b"GIF89a"[..], true),
            (b"\x00\x01\x02", true),
            (b"text", false),
            (b"<\0p\0>\0", false),
            (b"", false),
            (b"A note on trust with a stray\0 zero.", false),
            (b"A short\0 note.", false),
            (b"A sh\0rt\0 note.", true),
            (b"A note\0on trust with two stray\0 zeros.", true),
            (b"\0A note on trust that begins with a zero", true),
            (
                b"A table of fields\x01\0of a program\x02 for which zeros\x03 are nothing strange",
                true,
            ),
        ] {
            assert_eq!(is_binary(bytes), expected, "{bytes:?}");
        }
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let chinese = "信任是第一个词。图书馆今天开放，\n明天关闭；人们在那里读书。".repeat(20);
        assert!(is_binary(&wide(&chinese)));
        assert!(is_binary(&wide(&"Доверие к людям\n".repeat(20))));
        // What is packed, as even as it can be.
        let packed = (0..4096u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8);
        assert!(is_binary(&packed.collect::<Vec<u8>>()));
    }

    #[test]
    fn a_zero_that_went_astray_is_dropped_and_told() {
        for (bytes, text, warning) in [
            (
                &b"A note on trust with a stray\0 zero."[..],
                "A note on trust with a stray zero.",
                "has a zero byte, which was dropped",
            ),
            (
                b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9\0 and \0so on</a>",
                "<?xml version='1.0' encoding='iso-8859-1'?><a>café and so on</a>",
                "has 2 zero bytes, which were dropped",
            ),
            (
                b"<meta charset=windows-1251>caf\xc3\xa9\0",
                "<meta charset=windows-1251>café",
                "says that it is windows-1251, but is UTF-8; read as that; has a zero byte, which was dropped",
            ),
        ] {
            let decoded = decode(bytes, None);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.warning.as_deref(), Some(warning));
        }
    }
}
