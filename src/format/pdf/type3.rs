//! How large the letters of a Type 3 font are (ISO 32000-2, 9.6.4), which has a measure of its own.
//!
//! Most such fonts take a letter for one high at size 1, as others do. Ghostscript's bitmap fonts count in the dots of
//! a printer, `[1 0 0 1 0 0]`, and are set at size 1: nothing but their box says how large they are.

use hayro_syntax::object::{Array, Dict, Name};

/// How high the box of a font is at size 1 that is measured as others are. A font with few letters has a low one.
const USUAL: std::ops::RangeInclusive<f64> = 0.2..=4.0;

/// How much lower than its widest letter the box of a font is at least; one that is not is wrong.
const LOWEST: f64 = 0.3;

/// How many widths are looked at: a font of one byte a letter has no more.
const MOST: usize = 256;

/// Returns the height of a font's letters at size 1.
pub(super) fn height(font: &Dict<'_>) -> f64 {
    if font.get::<Name<'_>>("Subtype").as_deref() != Some(b"Type3".as_slice()) {
        return 1.0;
    }
    let [a, _, _, d, _, _] = font
        .get::<[f64; 6]>("FontMatrix")
        .unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let [_, bottom, _, top] = font.get::<[f64; 4]>("FontBBox").unwrap_or_default();
    let widths = font.get::<Array<'_>>("Widths");
    let widest = widths.map_or(0.0, |widths| {
        widths.iter::<f64>().take(MOST).fold(0.0, f64::max)
    });
    let (high, wide) = (((top - bottom) * d).abs(), (widest * a).abs());
    let height = if high < wide * LOWEST { wide } else { high };
    if height == 0.0 || !height.is_finite() || USUAL.contains(&height) {
        1.0
    } else {
        height
    }
}
