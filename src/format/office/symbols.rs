//! The fonts of signs that reports are set with, as what their signs are in Unicode.
//!
//! A sign of such a font has a code of its own from U+F020 on, in the private use area, which means nothing without the
//! font.

/// A font of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// Adobe's and Microsoft's Symbol: Greek letters and mathematics.
    Symbol,
    /// Wingdings: arrows, boxes, ticks.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
}

/// Symbol from 0x20 to 0x7E, in the order of Adobe's encoding of it.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// Symbol from 0xA0 to 0xFE.
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪€⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// The signs of Wingdings that stand in texts; the rest are ornaments.
const WINGDINGS: [(u8, char); 41] = [
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x46, '☞'),
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x52, '☼'),
    (0x6c, '●'),
    (0x6d, '○'),
    (0x6e, '■'),
    (0x6f, '☐'),
    (0x70, '☐'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9f, '•'),
    (0xa0, '▪'),
    (0xa7, '▪'),
    (0xa8, '☐'),
    (0xab, '★'),
    (0xb7, '•'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf3, '⇔'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0xff, '⊞'),
];

/// The same of Wingdings 2.
const WINGDINGS_2: [(u8, char); 8] = [
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '•'),
    (0xa3, '☐'),
];

/// Returns which font of signs a font is.
pub(super) fn font(name: &str) -> Option<Signs> {
    Some(match name.trim().to_lowercase().as_str() {
        "symbol" | "symbol mt" => Signs::Symbol,
        "wingdings" => Signs::Wingdings,
        "wingdings 2" => Signs::Wingdings2,
        _ => return None,
    })
}

/// Returns the sign with this code in a font: in one of signs what it stands for there, else the character itself.
/// Nothing where nobody can tell.
pub(super) fn sign(signs: Option<Signs>, code: u32) -> Option<char> {
    let is_private = (0xf000..=0xf0ff).contains(&code);
    if signs.is_none() && !is_private {
        return char::from_u32(code);
    }
    let code = u8::try_from(code & 0xff).ok()?;
    let of = |table: &[(u8, char)]| {
        let known = table.iter().find(|(known, _)| *known == code);
        known.map(|(_, sign)| *sign)
    };
    match signs {
        Some(Signs::Symbol) if code >= 0xa0 => SYMBOL_HIGH.chars().nth(usize::from(code - 0xa0)),
        Some(Signs::Symbol) => SYMBOL_LOW.chars().nth(usize::from(code.checked_sub(0x20)?)),
        Some(Signs::Wingdings2) => of(&WINGDINGS_2),
        // Where no font is named it is mostly this.
        Some(Signs::Wingdings) | None => of(&WINGDINGS),
    }
}

/// Returns a text whose letters of the private use area are what they stand for; those that nobody knows are left out.
pub(super) fn read(signs: Option<Signs>, text: &str) -> String {
    let known = text.chars().filter_map(|c| match u32::from(c) {
        code @ 0xf000..=0xf0ff => sign(signs, code),
        _ => Some(c),
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_their_font_makes_of_them() {
        for (font_name, code, expected) in [
            ("Symbol", 0xf061, Some('α')),
            ("Symbol", 0xf0b3, Some('≥')),
            ("Symbol", 0xf0fe, Some('⎭')),
            ("Symbol", 0xf0e5, Some('∑')),
            ("Symbol", 0x57, Some('Ω')),
            ("Symbol", 0x7e, Some('∼')),
            ("Symbol", 0xff, None),
            ("Symbol", 0x10, None),
            ("Wingdings", 0xf0fc, Some('✓')),
            ("Wingdings", 0xf041, None),
            ("Wingdings 2", 0x52, Some('☑')),
            ("Arial", 0x2013, Some('–')),
            ("", 0xf0b7, Some('•')),
        ] {
            assert_eq!(
                sign(font(font_name), code),
                expected,
                "{font_name} {code:x}"
            );
        }
        assert_eq!(read(Some(Signs::Symbol), "a\u{f061}\u{f0ff}b"), "aαb");
    }
}
