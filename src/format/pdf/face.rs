//! How the letters of a font differ from plain ones, told by its name and its flags (ISO 32000-2, 9.8).

use hayro_syntax::object::{Array, Dict, Name};

/// How letters differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
    pub mono: bool,
}

/// What a part of the name of a heavy, slanted or typewriter font is (`Medi` of `NimbusRomNo9L-MediItal`; `Medium` is
/// plain, and `Monotype` makes fonts of every kind).
const BOLD: [&str; 4] = ["black", "heavy", "medi", "demi"];
const ITALIC: [&str; 2] = ["ital", "slanted"];
const MONO: [&str; 5] = ["mono", "mon", "monospace", "monospaced", "menlo"];

/// What such a part has in it; no other name has.
const IN_BOLD: [&str; 1] = ["bold"];
const IN_ITALIC: [&str; 2] = ["italic", "oblique"];
const IN_MONO: [&str; 4] = ["courier", "consolas", "console", "typewriter"];

/// What the names of such fonts of TeX begin with.
const TEX_BOLD: [&str; 4] = ["cmbx", "cmssbx", "sfbx", "sfsx"];
const TEX_ITALIC: [&str; 4] = ["cmti", "cmsl", "cmmi", "sfti"];
const TEX_MONO: [&str; 3] = ["cmtt", "sftt", "inconsolata"];

/// The weight from which letters are heavy (`FontWeight`: 400 is plain, 700 bold).
const HEAVY: f32 = 600.0;

/// Returns how the letters of a font differ.
pub(super) fn of(font: &Dict<'_>) -> Face {
    let name = font.get::<Name<'_>>("BaseFont");
    let name = name.as_ref().map(Name::as_str).unwrap_or_default();
    let descendant = || {
        font.get::<Array<'_>>("DescendantFonts")?
            .iter::<Dict<'_>>()
            .next()
    };
    let descriptor = font
        .get::<Dict<'_>>("FontDescriptor")
        .or_else(|| descendant()?.get::<Dict<'_>>("FontDescriptor"));
    let weight = descriptor
        .as_ref()
        .and_then(|descriptor| descriptor.get::<f32>("FontWeight"));
    let flags = descriptor
        .and_then(|descriptor| descriptor.get::<u32>("Flags"))
        .unwrap_or_default();
    let by_name = named(name);
    // The letters that a program for text recognition lays over a picture have no looks, and all are of one width.
    let is_seen = !bare(name).starts_with(UNSEEN);
    Face {
        bold: by_name.bold || flags & 1 << 18 != 0 || weight.is_some_and(|weight| weight >= HEAVY),
        italic: by_name.italic || flags & 1 << 6 != 0,
        mono: by_name.mono || flags & 1 != 0 && is_seen,
    }
}

/// What the name of a font without looks begins with: that of Tesseract, which `OCRmyPDF` uses too.
const UNSEEN: &str = "GlyphLess";

/// Returns a font's name without the six letters of the subset that it is (ISO 32000-2, 9.9.2).
fn bare(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, bare)) if tag.len() == 6 => bare,
        _ => name,
    }
}

/// Returns how the letters of a font differ by its name.
fn named(name: &str) -> Face {
    let name = bare(name);
    let parts = parts(name);
    let lower = name.to_ascii_lowercase();
    let is = |whole: &[&str], within: &[&str], of_tex: &[&str]| {
        parts.iter().any(|part| whole.contains(&part.as_str()))
            || within.iter().any(|part| lower.contains(part))
            || of_tex.iter().any(|start| lower.starts_with(start))
    };
    // `dejavusansmono` and `LMMono10` do not part their words.
    let ends_mono = || parts.iter().any(|part| part.ends_with("mono"));
    Face {
        bold: is(&BOLD, &IN_BOLD, &TEX_BOLD),
        italic: is(&ITALIC, &IN_ITALIC, &TEX_ITALIC),
        mono: is(&MONO, &IN_MONO, &TEX_MONO) || ends_mono(),
    }
}

/// Returns the words of a name, in lower case: `nimbus`, `rom`, `no`, `l`, `medi`, `ital`.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let begins = !before.is_alphabetic() || before.is_lowercase() && c.is_uppercase();
        if c.is_alphabetic() {
            let lower = c.to_ascii_lowercase();
            match parts.last_mut() {
                Some(part) if !begins => part.push(lower),
                _ => parts.push(lower.to_string()),
            }
        }
        before = c;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_told_by_the_parts_of_their_names() {
        for (name, expected) in [
            ("Helvetica", ""),
            ("ABCDEF+TimesNewRomanPS-BoldItalicMT", "bi"),
            ("NimbusRomNo9L-Medi", "b"),
            ("NimbusRomNo9L-ReguItal", "i"),
            ("NimbusMonL-Regu", "m"),
            ("Roboto-Medium", ""),
            ("URWGothicL-Demi", "b"),
            ("OpenSans-SemiBold", "b"),
            ("ARIAL-BOLDMT", "b"),
            ("Arial-Black", "b"),
            ("BlackadderITC", ""),
            ("MonotypeCorsiva", ""),
            ("Digital-Regular", ""),
            ("TrajanCapitals", ""),
            ("DejaVuSansMono-Oblique", "im"),
            ("dejavusansmono", "m"),
            ("LMMono10-Regular", "m"),
            ("CourierNewPSMT", "m"),
            ("LucidaConsole", "m"),
            ("CMTT10", "m"),
            ("ABCDEF+CMBX12", "b"),
            ("CMMI10", "i"),
        ] {
            let face = named(name);
            let mut told = String::new();
            for (is, sign) in [(face.bold, 'b'), (face.italic, 'i'), (face.mono, 'm')] {
                told.extend(is.then_some(sign));
            }
            assert_eq!(told, expected, "{name}");
        }
    }
}
