//! What a character is to a word: UAX #29's classes as far as they matter here, tailored as `words` says.

use unicode_normalization::char::is_combining_mark;

/// What a character does to the word that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Digit,
    /// A mark or a joiner: belongs to what stands before it.
    Extend,
    /// A character of a script without blanks.
    Character,
    Apostrophe,
    Hyphen,
    Other,
}

impl Class {
    /// Returns the class of a character.
    pub(super) fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '0'..='9' => Self::Digit,
            '\'' => Self::Apostrophe,
            '-' => Self::Hyphen,
            '\0'..='\x7f' => Self::Other,
            _ if is_apostrophe(c) => Self::Apostrophe,
            _ if is_hyphen(c) => Self::Hyphen,
            '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | 'ﾞ' | 'ﾟ' => {
                Self::Extend
            }
            _ if is_combining_mark(c) => Self::Extend,
            _ if c.is_numeric() && !is_unspaced(c) => Self::Digit,
            _ if c.is_alphabetic() && is_unspaced(c) => Self::Character,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Other,
        }
    }
}

/// Returns whether a character is written for an apostrophe; the marks of Hebrew abbreviations count as such.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '＇' | '\u{5f3}' | '\u{5f4}'
    )
}

/// Returns whether a character joins the halves of a compound: the hyphens of Unicode (property `Hyphen` and the
/// scripts' own), and the dashes up to the en dash, which `Anglo–French` is written with. An em dash parts.
fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2013}'
                | '\u{2212}'
                | '\u{58a}'
                | '\u{5be}'
                | '\u{1400}'
                | '\u{1806}'
                | '\u{2e17}'
                | '\u{30a0}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// Returns whether a character belongs to a script that is written without blanks between words: Thai and Lao,
/// Myanmar, Khmer, the Tai scripts, Han, kana, Bopomofo, Yi.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff
        | 0x1000..=0x109f
        | 0x1780..=0x17ff
        | 0x1950..=0x19ff
        | 0x1a20..=0x1aaf
        | 0x2e80..=0x2fdf
        | 0x3005..=0x3007
        | 0x3021..=0x3029
        | 0x3031..=0x3035
        | 0x303b..=0x303c
        | 0x3041..=0x312f
        | 0x31a0..=0x31bf
        | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0xa4cf
        | 0xa9e0..=0xa9ff
        | 0xaa60..=0xaadf
        | 0xf900..=0xfaff
        | 0xff66..=0xff9d
        | 0x1_b000..=0x1_b16f
        | 0x2_0000..=0x3_ffff)
}
