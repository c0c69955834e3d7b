//! The styles and the numbering of a DOCX: what a paragraph is by the style that it bears, whatever language names it.

use std::collections::{HashMap, HashSet};

use crate::document::Marker;
use crate::format::xml::{Event, walk};

/// How long a chain of styles that build on each other is followed: a damaged file's lead in circles.
const LONGEST_CHAIN: usize = 16;

/// What styles of headings are called: by Word itself always in English, by other programs as their menus have it.
const HEADINGS: [&str; 16] = [
    "heading",
    "überschrift",
    "titre",
    "título",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "заголовок",
    "标题",
    "標題",
    "見出し",
    "제목",
];

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
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
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
            let rest = HEADINGS
                .iter()
                .find_map(|name| style.name.strip_prefix(name))?;
            rest.trim().parse::<u8>().ok().filter(|level| *level > 0)
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

    /// Returns whether the style makes letters bold, slanted, or those of a typewriter.
    pub fn face(&self, id: &str) -> [bool; 3] {
        let first =
            |told: fn(&Style) -> Option<bool>| self.chain(id).find_map(told).unwrap_or(false);
        [
            first(|style| style.bold),
            first(|style| style.italic),
            first(|style| style.mono),
        ]
    }
}

/// Returns whether a font is one of a typewriter.
pub(super) fn is_mono(font: &str) -> bool {
    let font = font.to_lowercase();
    [
        "courier",
        "consolas",
        "mono",
        "menlo",
        "monaco",
        "source code",
        "lucida console",
    ]
    .iter()
    .any(|name| font.contains(name))
}

/// Returns a small number.
pub(super) fn number(value: Option<&str>) -> Option<u8> {
    value?.trim().parse().ok()
}

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    start: u32,
}

/// The lists of a file, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<(String, u8), Level>,
    /// The definition behind each list: lists that share one count on together.
    definitions: HashMap<String, String>,
    restarts: HashMap<(String, u8), u32>,
    counts: HashMap<(String, u8), u32>,
    begun: HashSet<String>,
}

impl Lists {
    /// Reads `word/numbering.xml`.
    pub fn read(bytes: &[u8]) -> Self {
        let mut lists = Self::default();
        let (mut definition, mut list, mut level) = (None, None, 0);
        walk(bytes, &mut |event| {
            let Event::Start(tag) = event else { return };
            let value = tag.get("val");
            match tag.name() {
                "abstractNum" => (definition, list) = (tag.get("abstractNumId"), None),
                "num" => (definition, list) = (None, tag.get("numId")),
                "lvl" | "lvlOverride" => level = number(tag.get("ilvl").as_deref()).unwrap_or(0),
                "abstractNumId" => {
                    lists.definitions.extend(list.clone().zip(value));
                }
                "startOverride" => {
                    let start = value.and_then(|value| value.parse().ok()).unwrap_or(1);
                    let list = list.clone().unwrap_or_default();
                    lists.restarts.insert((list, level), start);
                }
                "numFmt" => {
                    if let (Some(definition), Some(format)) = (definition.clone(), value) {
                        lists.level(definition, level).format = format;
                    }
                }
                "start" => {
                    let start = value.and_then(|value| value.parse().ok());
                    if let (Some(definition), Some(start)) = (definition.clone(), start) {
                        lists.level(definition, level).start = start;
                    }
                }
                _ => {}
            }
        });
        lists
    }

    fn level(&mut self, definition: String, level: u8) -> &mut Level {
        self.levels.entry((definition, level)).or_insert(Level {
            format: "decimal".to_owned(),
            start: 1,
        })
    }

    /// Returns what the next item of a list is drawn with.
    pub fn next(&mut self, list: &str, level: u8) -> Option<Marker> {
        let definition = self.definitions.get(list)?.clone();
        let told = self.levels.get(&(definition.clone(), level))?.clone();
        if told.format == "bullet" || told.format == "none" {
            return Some(Marker::Bullet);
        }
        let restart = self.restarts.get(&(list.to_owned(), level)).copied();
        let first_of_list = self.begun.insert(format!("{list}/{level}"));
        // What stands deeper begins anew under each item.
        self.counts
            .retain(|(counted, deeper), _| *counted != definition || *deeper <= level);
        let count = self.counts.entry((definition, level));
        let count = count
            .and_modify(|count| *count = count.saturating_add(1))
            .or_insert(told.start);
        if let Some(start) = restart.filter(|_| first_of_list) {
            *count = start;
        }
        Some(Marker::Number(*count))
    }
}
