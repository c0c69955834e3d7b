//! Accents that are set as signs of their own over, under or into a letter, as old fonts of TeX have them: one letter
//! again.
//!
//! Such a sign stands where its letter does, right before or after it in the order of drawing; the same sign beside a
//! letter is a sign.

use hayro_cmap::BfString;
use unicode_normalization::UnicodeNormalization;

use super::content::Glyph;

/// How far beside a letter the middle of its accent may stand, in the size of the type: slanted letters lean away.
const BESIDE: f32 = 0.1;

/// How far an accent may be set higher than its letter, in the size of the type: over a capital it is raised by the
/// height that capitals have above small letters.
const RAISED: f32 = 0.45;

/// Puts letters and their accents together.
pub(super) fn compose(glyphs: &mut Vec<Glyph>) {
    if !glyphs.iter().any(|glyph| mark(glyph).is_some()) {
        return;
    }
    let mut composed: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    // An accent that comes before its letter.
    let mut waiting: Option<(Glyph, char)> = None;
    for mut glyph in glyphs.drain(..) {
        if let Some((accent, mark)) = waiting.take() {
            if is_on(&accent, &glyph) && put_on(&mut glyph, mark) {
                composed.push(glyph);
                continue;
            }
            set(&mut composed, accent, mark);
        }
        if let BfString::Char(sign @ ('©' | '®')) = glyph.text {
            // The letter in the circle, which some fonts leave to be drawn into it.
            let letter = if sign == '©' { ['c', 'C'] } else { ['r', 'R'] };
            composed.pop_if(|inner| {
                let is_letter = letter.map(BfString::Char).contains(&inner.text);
                let middle = f32::midpoint(inner.x, inner.end);
                is_letter && middle > glyph.x && middle < glyph.end
            });
        }
        match mark(&glyph) {
            Some(mark) => waiting = Some((glyph, mark)),
            None => composed.push(glyph),
        }
    }
    if let Some((accent, mark)) = waiting {
        set(&mut composed, accent, mark);
    }
    *glyphs = composed;
}

/// Sets an accent on the letter before it, or beside it as the sign that it is.
fn set(composed: &mut Vec<Glyph>, accent: Glyph, mark: char) {
    let is_set = composed
        .last_mut()
        .is_some_and(|letter| is_on(&accent, letter) && put_on(letter, mark));
    if !is_set {
        composed.push(accent);
    }
}

/// Returns whether an accent stands at the place of a letter.
fn is_on(accent: &Glyph, letter: &Glyph) -> bool {
    let size = letter.size;
    let middle = f32::midpoint(accent.x, accent.end);
    let beside = size * BESIDE;
    (accent.size - size).abs() < size * 0.2
        && (accent.y - letter.y).abs() < size * RAISED
        && middle > letter.x - beside
        && middle < letter.end + beside
}

/// Puts a mark on a letter. Returns whether it is one.
fn put_on(letter: &mut Glyph, mark: char) -> bool {
    let BfString::Char(base) = letter.text else {
        return false;
    };
    let is_sign = ('\u{2b0}'..='\u{2ff}').contains(&base);
    if !base.is_alphabetic() || is_sign {
        return false;
    }
    // Letters without their dot are made to bear an accent.
    let base = match base {
        'ı' => 'i',
        'ȷ' => 'j',
        base => base,
    };
    let text: String = [base, mark].into_iter().nfc().collect();
    let mut letters = text.chars();
    letter.text = match (letters.next(), letters.next()) {
        (Some(one), None) => BfString::Char(one),
        _ => BfString::String(text),
    };
    true
}

/// Returns the mark that combines with a letter as this sign does.
fn mark(glyph: &Glyph) -> Option<char> {
    let BfString::Char(sign) = glyph.text else {
        return None;
    };
    Some(match sign {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        '\u{300}'..='\u{36f}' => sign,
        _ => return None,
    })
}
