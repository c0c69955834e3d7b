//! The styles of a DOCX: what a paragraph is by the style that it bears, whatever language names it.

use std::collections::HashMap;

use crate::config::names::names;
use crate::document::SpanKind;
use crate::format::office::letters::{Letters, Script, is_mono, number};
use crate::format::xml::{Event, walk};

/// How long a chain of styles that build on each other is followed: a damaged file's lead in circles.
const LONGEST_CHAIN: usize = 16;

/// What a style says itself; the rest comes from the one that it builds on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    mono: Option<bool>,
    hidden: Option<bool>,
    script: Option<Script>,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(in crate::format::office) struct Styles {
    by_id: HashMap<String, Style>,
    /// The language that the text is in unless a run says otherwise.
    pub language: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub fn read(bytes: &[u8]) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        let mut in_defaults = false;
        walk(bytes, &mut |event| match event {
            Event::Start(tag) => {
                let value = tag.get("val");
                let name = tag.name();
                if name == "docDefaults" {
                    in_defaults = true;
                } else if name == "lang" && in_defaults {
                    styles.language = value;
                } else if name == "style" {
                    open = tag.get("styleId").map(|id| (id, Style::default()));
                } else if let Some((_, style)) = &mut open {
                    match name {
                        "name" => style.name = value.unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = value,
                        "outlineLvl" => style.outline = number(value.as_deref()),
                        "numId" => style.list = value,
                        "ilvl" => style.level = number(value.as_deref()),
                        "b" => style.bold = Some(tag.is_on()),
                        "i" => style.italic = Some(tag.is_on()),
                        "vanish" => style.hidden = Some(tag.is_on()),
                        "vertAlign" => style.script = Some(Script::named(value.as_deref())),
                        "rFonts" => style.mono = tag.get("ascii").map(|font| is_mono(&font)),
                        _ => {}
                    }
                }
            }
            Event::End("style") => styles.by_id.extend(open.take()),
            Event::End("docDefaults") => in_defaults = false,
            _ => {}
        });
        styles
    }

    /// Returns the style and those that it builds on, nearest first.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let mut next = self.by_id.get(id);
        let chain = std::iter::from_fn(move || {
            let style = next?;
            next = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
            Some(style)
        });
        chain.take(LONGEST_CHAIN)
    }

    /// Returns the level of the headings in this style, from 1.
    pub fn heading(&self, id: &str) -> Option<u8> {
        let by_name = |style: &Style| {
            let mut names = names().headings.styles.iter();
            let rest = names.find_map(|name| style.name.strip_prefix(name.as_str()))?;
            let rest = rest.trim_start();
            // Other names may follow: `heading 1,h1`.
            let digits = rest.find(|c: char| !c.is_ascii_digit());
            let level = rest.get(..digits.unwrap_or(rest.len()))?.parse::<u8>();
            level.ok().filter(|level| *level > 0)
        };
        let outline = self.chain(id).find_map(|style| {
            style
                .outline
                .or_else(|| Some(by_name(style)?.saturating_sub(1)))
        });
        // Level 9 stands for running text.
        outline
            .filter(|level| *level < 9)
            .map(|level| (level + 1).min(6))
    }

    /// Returns whether the style or one that it builds on bears one of these names: Word's own never change.
    pub fn is(&self, id: &str, names: &[&str]) -> bool {
        let is_named = |style: &Style| names.contains(&style.name.as_str());
        self.chain(id).any(is_named) || names.contains(&id.to_lowercase().as_str())
    }

    /// Returns whether the style's own name begins so.
    pub fn begins(&self, id: &str, beginning: &str) -> bool {
        self.chain(id)
            .any(|style| style.name.starts_with(beginning))
    }

    /// Returns the list that the style's paragraphs are items of, and how deep.
    pub fn list(&self, id: &str) -> Option<(String, u8)> {
        let list = self.chain(id).find_map(|style| style.list.clone())?;
        let level = self.chain(id).find_map(|style| style.level);
        Some((list, level.unwrap_or(0)))
    }

    /// Returns how much deeper than its list says the style's items stand: Word has a style for each depth, `List Number 2`,
    /// whose list is one of its own.
    pub fn depth(&self, id: &str) -> u8 {
        let by_name = |style: &Style| {
            let rest = style.name.strip_prefix("list ")?;
            let (_, depth) = rest.rsplit_once(' ')?;
            depth.parse::<u8>().ok()?.checked_sub(1)
        };
        let depth = self.chain(id).find_map(by_name);
        depth.filter(|depth| *depth < 9).unwrap_or(0)
    }

    /// Returns whether the style's letters are a typewriter's.
    pub fn is_mono(&self, id: &str) -> bool {
        let mut chain = self.chain(id);
        chain.find_map(|style| style.mono).unwrap_or(false)
    }

    /// Returns the letters that the style makes.
    pub(super) fn letters(&self, id: &str) -> Letters {
        let is = |told: fn(&Style) -> Option<bool>| self.chain(id).find_map(told).unwrap_or(false);
        let spans = [
            (is(|style| style.bold), SpanKind::Strong),
            (is(|style| style.italic), SpanKind::Emphasis),
            (self.is_mono(id), SpanKind::Code),
        ];
        Letters {
            spans: spans
                .into_iter()
                .filter_map(|(is, kind)| is.then_some(kind))
                .collect(),
            hidden: is(|style| style.hidden),
            script: self.chain(id).find_map(|style| style.script),
        }
    }
}
