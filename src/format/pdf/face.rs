//! How the letters of a font differ from plain ones, told by its name and its flags (ISO 32000-2, 9.8).

use hayro_syntax::object::{Array, Dict, Name};

/// How letters differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
    pub mono: bool,
}

/// What the names of heavy, slanted and typewriter fonts have in them; the short ones are of Computer Modern.
const BOLD: [&str; 9] = [
    "bold", "black", "heavy", "-medi", "-demi", "cmbx", "cmssbx", "sfbx", "sfsx",
];
const ITALIC: [&str; 8] = [
    "italic", "oblique", "ital", "slanted", "cmti", "cmsl", "cmmi", "sfti",
];
const MONO: [&str; 7] = [
    "courier",
    "mono",
    "consol",
    "cmtt",
    "sftt",
    "typewriter",
    "menlo",
];

/// The weight from which letters are heavy (`FontWeight`: 400 is plain, 700 bold).
const HEAVY: f32 = 600.0;

/// Returns how the letters of a font differ.
pub(super) fn of(font: &Dict<'_>) -> Face {
    let name = font
        .get::<Name<'_>>("BaseFont")
        .map(|name| name.as_str().to_ascii_lowercase())
        .unwrap_or_default();
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
    let is = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    Face {
        bold: is(&BOLD) || flags & 1 << 18 != 0 || weight.is_some_and(|weight| weight >= HEAVY),
        italic: is(&ITALIC) || flags & 1 << 6 != 0,
        mono: is(&MONO) || flags & 1 != 0,
    }
}
