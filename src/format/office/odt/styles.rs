//! The styles of an ODT, those included that programs make for every change of letters by hand.

use std::collections::HashMap;

use crate::document::SpanKind;
use crate::format::office::letters::{Letters, Script, is_mono, number};
use crate::format::office::numbers::Form;
use crate::format::xml::{Event, Tag, walk};

/// How long a chain of styles is followed.
const LONGEST_CHAIN: usize = 16;

/// What a style says itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    pub outline: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    mono: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
    script: Option<Script>,
}

/// How many letters of what stands around a number are looked at: every item bears them.
const LONGEST_AROUND: usize = 32;

/// How the items at a level of a list are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub form: Form,
    pub start: u32,
    /// How many levels are shown, this one included.
    pub shown: usize,
    /// What stands before the number and behind it.
    pub around: [String; 2],
}

impl Level {
    fn of(tag: &Tag<'_>) -> Self {
        let is_numbered = tag.name() == "list-level-style-number";
        let format = tag.get("num-format").filter(|_| is_numbered);
        let start = tag.get("start-value").and_then(|start| start.parse().ok());
        let words = |name: &str| {
            let words = tag.exact(name).unwrap_or_default();
            words.chars().take(LONGEST_AROUND).collect()
        };
        Self {
            form: Form::of_open_document(&format.unwrap_or_default()),
            start: start.unwrap_or(1),
            shown: number(tag.get("display-levels").as_deref()).map_or(1, usize::from),
            around: ["num-prefix", "num-suffix"].map(words),
        }
    }
}

/// The styles of a file, its automatic ones included.
#[derive(Debug, Default)]
pub(in crate::format::office) struct Styles {
    by_name: HashMap<String, Style>,
    /// How the items at each level of each list are counted.
    pub(super) lists: HashMap<(String, u8), Level>,
    /// The language of the text.
    pub language: Option<String>,
}

impl Styles {
    /// Reads the styles of a part and adds them.
    pub fn read(&mut self, bytes: &[u8]) {
        let mut open: Option<(String, Style)> = None;
        let mut list = String::new();
        walk(bytes, &mut |event| match event {
            Event::Start(tag) => match tag.name() {
                "style" => {
                    let style = Style {
                        parent: tag.get("parent-style-name"),
                        outline: number(tag.get("default-outline-level").as_deref()),
                        ..Style::default()
                    };
                    open = tag.get("name").map(|name| (name, style));
                }
                "text-properties" => match &mut open {
                    Some((_, style)) => style.take(tag),
                    None => {
                        self.language = self.language.take().or_else(|| tag.get("language"));
                    }
                },
                "list-style" => list = tag.get("name").unwrap_or_default(),
                "list-level-style-number" | "list-level-style-bullet" => {
                    let level = number(tag.get("level").as_deref()).unwrap_or(1);
                    self.lists.insert((list.clone(), level), Level::of(tag));
                }
                _ => {}
            },
            Event::End("style") => self.by_name.extend(open.take()),
            _ => {}
        });
    }

    pub(super) fn chain<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = Some(name);
        let chain = std::iter::from_fn(move || {
            let name = next?;
            let style = self.by_name.get(name)?;
            next = style.parent.as_deref();
            Some((name, style))
        });
        chain.take(LONGEST_CHAIN)
    }

    /// Returns whether a style or one that it builds on bears one of these names.
    pub fn is(&self, style: &str, names: &[&str]) -> bool {
        let wanted = |name: &str| names.contains(&name);
        wanted(style)
            || self
                .chain(style)
                .any(|(name, style)| wanted(name) || style.parent.as_deref().is_some_and(wanted))
    }

    pub(super) fn letters(&self, style: &str) -> Letters {
        let first = |told: fn(&Style) -> Option<bool>| {
            self.chain(style)
                .find_map(|(_, style)| told(style))
                .unwrap_or(false)
        };
        let code = ["Source_20_Text", "Source_Text", "Teletype"];
        let spans = [
            (first(|style| style.bold), SpanKind::Strong),
            (first(|style| style.italic), SpanKind::Emphasis),
            (
                first(|style| style.mono) || self.is(style, &code),
                SpanKind::Code,
            ),
            (first(|style| style.struck), SpanKind::Deleted),
        ];
        Letters {
            spans: spans
                .into_iter()
                .filter_map(|(is, kind)| is.then_some(kind))
                .collect(),
            hidden: first(|style| style.hidden),
            script: self.chain(style).find_map(|(_, style)| style.script),
        }
    }
}

impl Style {
    fn take(&mut self, tag: &Tag<'_>) {
        if let Some(weight) = tag.get("font-weight") {
            let heavy = weight.parse().is_ok_and(|weight: u32| weight >= 600);
            self.bold = Some(weight == "bold" || heavy);
        }
        if let Some(slant) = tag.get("font-style") {
            self.italic = Some(slant != "normal");
        }
        if let Some(font) = tag.get("font-name").or_else(|| tag.get("font-family")) {
            self.mono = Some(is_mono(&font));
        }
        if let Some(line) = tag.get("text-line-through-style") {
            self.struck = Some(line != "none");
        }
        if let Some(display) = tag.get("display") {
            self.hidden = Some(display == "none");
        }
        if let Some(position) = tag.get("text-position") {
            self.script = Some(script(&position));
        }
    }
}

/// Returns where letters stand that are set off the line (`OpenDocument` 1.3, part 3, 20.394): `super 58%`, `-33% 58%`.
fn script(position: &str) -> Script {
    match position.split_whitespace().next() {
        Some("super") => Script::Raised,
        Some("sub") => Script::Lowered,
        Some(by) if by.starts_with('-') => Script::Lowered,
        Some(by) if !by.starts_with('0') => Script::Raised,
        _ => Script::Level,
    }
}
