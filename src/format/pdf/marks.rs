//! Marked content (ISO 32000-2, 14.6): what is an artifact, and what is said in place of what is shown.

use hayro_cmap::BfString;
use hayro_syntax::object::{Dict, Object, String as Shown};
use hayro_syntax::page::Resources;

use super::content::Glyph;
use super::facts;
use super::matrix::Matrix;

/// A marked content that is open.
pub(super) struct Mark {
    /// It is an artifact: a running header that says so.
    pub is_artifact: bool,
    pub instead: Option<Instead>,
}

/// What is said in place of what is shown (`ActualText`: ISO 32000-2, 14.9.4).
pub(super) struct Instead {
    pub text: String,
    /// Where the first line of what it stands for is.
    pub place: Option<(Matrix, Glyph)>,
}

impl Instead {
    /// Takes in the place of something that is shown.
    pub fn cover(&mut self, turn: Matrix, glyph: &Glyph) {
        if let Some((first, place)) = &mut self.place {
            if *first == turn && (place.y - glyph.y).abs() < glyph.size * 0.5 {
                place.x = place.x.min(glyph.x);
                place.end = place.end.max(glyph.end);
            }
        } else {
            let text = BfString::String(std::mem::take(&mut self.text));
            let glyph = glyph.clone();
            self.place = Some((turn, Glyph { text, ..glyph }));
        }
    }
}

/// Returns what the properties of a marked content say in place of what it shows.
pub(super) fn actual_text(properties: &Object<'_>, resources: &Resources<'_>) -> Option<String> {
    let text = |dict: &Dict<'_>| {
        let text = dict.get::<Shown<'_>>("ActualText")?;
        Some(facts::text(text.as_bytes()))
    };
    match properties {
        Object::Dict(dict) => text(dict),
        Object::Name(name) => text(&resources.properties.get::<Dict<'_>>(name)?),
        _ => None,
    }
}
