//! What the codes of a font mean that does not say it: old bitmap fonts of TeX, and a map of Unicode onto itself.
//!
//! A bitmap font names each letter by its code, `a65`, so the codes are those of the font that it was made from: ASCII
//! with the ligatures of Computer Modern below it and, above, Latin letters with accents or Cyrillic ones. Which of the
//! two it is, the rest of the page tells.

use hayro_cmap::BfString;
use hayro_syntax::object::{Array, Dict, Name, Object};

use super::content::Glyph;
use super::links::u32_of;

/// Where letters above ASCII stand until their page tells which they are: U+F780 to U+F7FF, of private use.
const WAITING: u32 = 0xf700;

/// What the letters of a font that names none of them are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codes {
    /// It says so, or nobody can tell.
    Told,
    /// Its codes are those of a font of TeX.
    OfTex,
    /// Its codes are those of Unicode.
    Unicode,
}

/// Returns what the codes of a font mean.
pub(super) fn of(font: &Dict<'_>) -> Codes {
    if let Some(name) = font.get::<Name<'_>>("ToUnicode") {
        let is_identity = name.as_str().starts_with("Identity");
        return if is_identity {
            Codes::Unicode
        } else {
            Codes::Told
        };
    }
    let differences = font
        .get::<Dict<'_>>("Encoding")
        .and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    match differences {
        Some(differences) if are_numbered(&differences) => Codes::OfTex,
        _ => Codes::Told,
    }
}

/// Returns whether every letter of an encoding is named by a letter and its own code.
fn are_numbered(differences: &Array<'_>) -> bool {
    let mut code = 0u32;
    let mut any = false;
    for item in differences.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => code = u32_of(number.as_f64()).unwrap_or(u32::MAX),
            Object::Name(name) => {
                let name = name.as_str();
                let number = name.get(1..).and_then(|number| number.parse::<u32>().ok());
                let is_code = number == Some(code) && name.starts_with(char::is_alphabetic);
                if !is_code && name != ".notdef" {
                    return false;
                }
                any |= is_code;
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    any
}

impl Codes {
    /// Returns what a code means that the font itself leaves open.
    pub fn meaning(self, code: u32) -> Option<BfString> {
        let of_tex = || {
            let ligature = match code {
                0x0b | 0x1b => "ff",
                0x0c | 0x1c => "fi",
                0x0d | 0x1d => "fl",
                0x0e | 0x1e => "ffi",
                0x0f | 0x1f => "ffl",
                0x20..=0x7e => return char::from_u32(code).map(BfString::Char),
                0x80..=0xff => return char::from_u32(WAITING + code).map(BfString::Char),
                _ => return None,
            };
            Some(BfString::String(ligature.to_owned()))
        };
        match self {
            Self::Told => None,
            Self::OfTex => of_tex(),
            Self::Unicode => char::from_u32(code)
                .filter(|c| !c.is_control())
                .map(BfString::Char),
        }
    }
}

/// Gives the letters of a page that wait for it their meaning: where most letters are of them the text is Russian, since
/// no language of Latin letters has so many with accents.
pub(super) fn settle(glyphs: &mut [Glyph]) {
    let code = |glyph: &Glyph| match glyph.text {
        BfString::Char(c) => u32::from(c)
            .checked_sub(WAITING)
            .filter(|code| (0x80..=0xff).contains(code)),
        BfString::String(_) => None,
    };
    let waiting = glyphs.iter().filter(|glyph| code(glyph).is_some()).count();
    if waiting == 0 {
        return;
    }
    let is_letter = |glyph: &&Glyph| matches!(glyph.text, BfString::Char(c) if c.is_alphabetic());
    let is_cyrillic = waiting > glyphs.iter().filter(is_letter).count();
    for glyph in glyphs {
        if let Some(code) = code(glyph) {
            let letter = if is_cyrillic {
                cyrillic(code)
            } else {
                latin(code)
            };
            glyph.text = BfString::Char(letter.unwrap_or('\u{fffd}'));
        }
    }
}

/// Returns a letter of TeX's encoding T2A, as far as it is Russian.
fn cyrillic(code: u32) -> Option<char> {
    match code {
        0x9c => Some('Ё'),
        0xbc => Some('ё'),
        0x9d => Some('№'),
        0xbe => Some('«'),
        0xbf => Some('»'),
        0xc0..=0xff => char::from_u32(code - 0xc0 + u32::from('А')),
        _ => None,
    }
}

/// Returns a letter of TeX's encoding T1, as far as it is that of Latin-1.
fn latin(code: u32) -> Option<char> {
    match code {
        0xd7 => Some('Œ'),
        0xf7 => Some('œ'),
        0xff => Some('ß'),
        0xbd => Some('¡'),
        0xbe => Some('¿'),
        0x9f => Some('§'),
        0xdf => None,
        0xc0..=0xfe => char::from_u32(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::format::pdf::tests::{page_in, read_all};

    /// What a page of one font shows.
    fn shown(font: &str, text: &str) -> String {
        let content = format!("BT /F 10 Tf 60 700 Td <{text}> Tj ET");
        let (documents, _) = read_all(&page_in(font, &content));
        documents
            .first()
            .map(|document| document.body.text().to_owned())
            .unwrap_or_default()
    }

    fn bitmap(names: &[u8], prefix: char) -> String {
        let names = names.iter().fold(String::new(), |mut names, code| {
            let _ = write!(names, "{code} /{prefix}{code} ");
            names
        });
        let widths = "60 ".repeat(256);
        format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 0 /LastChar 255 \
            /Widths [{widths}] /CharProcs << >> /Encoding << /Type /Encoding /Differences [{names}] >> >>"
        )
    }

    #[test]
    fn the_codes_of_a_bitmap_font_are_those_of_the_font_that_it_was_made_from() {
        for (text, expected) in [
            // The ligature is of Computer Modern, the letter with an accent of a Latin text.
            (&b"A\x0cne caf\xe9"[..], "Afine café"),
            (b"\xcc\xc3\xd2\xd3 B", "МГТУ B"),
            (b"\xbe\xed\xe5\xf2\xbf", "«нет»"),
        ] {
            let hex = text.iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            assert_eq!(shown(&bitmap(text, 'a'), &hex), expected);
        }
        // Names that say less than their codes.
        let named = bitmap(b"A", 'g').replace("/g65", "/g1");
        assert_eq!(shown(&named, "41"), "");
    }

    #[test]
    fn a_map_of_unicode_onto_itself_is_read() {
        let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /ToUnicode /Identity-H \
            /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /DW 500 \
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >> ] >>";
        assert_eq!(shown(font, "0141006f"), "Ło");
    }
}
