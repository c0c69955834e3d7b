//! The letters of a run of a DOCX (ECMA-376, part 1, 17.3.2).

use super::styles::Styles;
use crate::document::SpanKind;
use crate::format::office::letters::{Script, is_mono};
use crate::format::office::symbols::{self, Signs};
use crate::format::xml::Tag;

/// The letters of a run.
#[derive(Debug, Default)]
pub(super) struct Face {
    /// In the order in which they were switched on.
    pub spans: Vec<SpanKind>,
    pub hidden: bool,
    pub script: Script,
    /// The font of signs that it is set in.
    pub signs: Option<Signs>,
}

impl Face {
    /// Switches a kind of letters on or off: what is said last holds.
    fn set(&mut self, kind: SpanKind, on: bool) {
        self.spans.retain(|set| *set != kind);
        if on {
            self.spans.push(kind);
        }
    }

    /// Takes in a property of the run.
    pub fn take(&mut self, tag: &Tag<'_>, name: &str, styles: &Styles) {
        match name {
            "b" => self.set(SpanKind::Strong, tag.is_on()),
            "i" => self.set(SpanKind::Emphasis, tag.is_on()),
            "strike" | "dstrike" => self.set(SpanKind::Deleted, tag.is_on()),
            "vanish" => self.hidden = tag.is_on(),
            "vertAlign" => self.script = Script::named(tag.get("val").as_deref()),
            "rFonts" => {
                if let Some(font) = tag.get("ascii").or_else(|| tag.get("hAnsi")) {
                    self.signs = symbols::font(&font);
                    if is_mono(&font) {
                        self.set(SpanKind::Code, true);
                    }
                }
            }
            "rStyle" => {
                let style = tag.get("val").unwrap_or_default();
                let letters = styles.letters(&style);
                for kind in letters.spans {
                    self.set(kind, true);
                }
                if styles.is(&style, &["verbatim char", "html code"]) {
                    self.set(SpanKind::Code, true);
                }
                self.hidden |= letters.hidden;
                self.script = letters.script.unwrap_or_default();
            }
            _ => {}
        }
    }
}
