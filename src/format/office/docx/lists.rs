//! The numbering of a DOCX (ECMA-376, part 1, 17.9): what each item of a list is drawn with.

use std::collections::{HashMap, HashSet};

use crate::format::office::letters::number;
use crate::format::office::numbers::{Form, Mark};
use crate::format::xml::{Event, Tag, walk};

/// How many levels a list has.
const LEVELS: usize = 9;

/// How many letters of the words around a number are looked at: every item bears them.
const LONGEST_TEMPLATE: usize = 64;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    form: Form,
    is_bullet: bool,
    start: u32,
    /// What is shown: `%1.%2`, `Article %1`; nothing where the file does not say it.
    template: Option<String>,
    /// The numbers of all levels are shown in digits.
    legal: bool,
    /// It counts on under the next item above.
    goes_on: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            form: Form::Decimal,
            is_bullet: false,
            start: 1,
            template: None,
            legal: false,
            goes_on: false,
        }
    }
}

/// What lists are made after: those that share one count on together.
#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<u8, Level>,
    /// The style whose definition stands for this one.
    linked: Option<String>,
}

/// A list.
#[derive(Debug, Default)]
struct List {
    definition: String,
    /// Where it begins to count anew, for each level that does.
    restarts: HashMap<u8, u32>,
    /// The levels that it has of its own.
    levels: HashMap<u8, Level>,
}

/// The lists of a file, and how far each is counted.
#[derive(Debug, Default)]
pub(in crate::format::office) struct Lists {
    definitions: HashMap<String, Definition>,
    /// The definitions that styles of lists are made of.
    by_style: HashMap<String, String>,
    by_id: HashMap<String, List>,
    /// How far each definition is counted, level by level.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// The lists, with a level of each, that have had an item.
    begun: HashSet<(String, u8)>,
}

/// Which definition or list is being read, and of which level.
#[derive(Debug, Default)]
struct Place {
    definition: Option<String>,
    list: Option<String>,
    level: u8,
}

impl Lists {
    /// Reads `word/numbering.xml`.
    pub fn read(bytes: &[u8]) -> Self {
        let mut lists = Self::default();
        let mut place = Place::default();
        walk(bytes, &mut |event| {
            if let Event::Start(tag) = event {
                lists.take(tag, &mut place);
            }
        });
        lists
    }

    fn take(&mut self, tag: &Tag<'_>, place: &mut Place) {
        let value = || tag.get("val");
        let count = || value().and_then(|value| value.parse().ok());
        match tag.name() {
            "abstractNum" => {
                (place.definition, place.list) = (tag.get("abstractNumId"), None);
            }
            "num" => (place.definition, place.list) = (None, tag.get("numId")),
            "lvl" | "lvlOverride" => place.level = number(tag.get("ilvl").as_deref()).unwrap_or(0),
            "numStyleLink" => {
                if let Some(id) = &place.definition {
                    self.definitions.entry(id.clone()).or_default().linked = value();
                }
            }
            "styleLink" => self.by_style.extend(value().zip(place.definition.clone())),
            "abstractNumId" => {
                if let (Some(id), Some(definition)) = (&place.list, value()) {
                    self.by_id.entry(id.clone()).or_default().definition = definition;
                }
            }
            "startOverride" => {
                if let Some(id) = &place.list {
                    let list = self.by_id.entry(id.clone()).or_default();
                    list.restarts.insert(place.level, count().unwrap_or(1));
                }
            }
            "numFmt" => {
                let format = value().unwrap_or_default();
                if let Some(level) = self.level(place) {
                    level.form = Form::of_word(&format);
                    level.is_bullet = format == "bullet";
                }
            }
            "lvlText" => {
                let template = value().unwrap_or_default();
                if let Some(level) = self.level(place) {
                    level.template = Some(template.chars().take(LONGEST_TEMPLATE).collect());
                }
            }
            "isLgl" => {
                if let Some(level) = self.level(place) {
                    level.legal = tag.is_on();
                }
            }
            "lvlRestart" => {
                if let Some(level) = self.level(place) {
                    level.goes_on = value().as_deref() == Some("0");
                }
            }
            "start" => {
                if let (Some(level), Some(start)) = (self.level(place), count()) {
                    level.start = start;
                }
            }
            _ => {}
        }
    }

    /// Returns the level that is being read.
    fn level(&mut self, place: &Place) -> Option<&mut Level> {
        let levels = match (&place.definition, &place.list) {
            (Some(id), _) => &mut self.definitions.entry(id.clone()).or_default().levels,
            (None, Some(id)) => &mut self.by_id.entry(id.clone()).or_default().levels,
            (None, None) => return None,
        };
        Some(levels.entry(place.level).or_default())
    }

    /// Returns what the next item of a list is counted with.
    pub fn next(&mut self, id: &str, depth: u8) -> Option<Mark> {
        let list = self.by_id.get(id)?;
        let own = self.definitions.get(&list.definition);
        let linked = own
            .and_then(|own| self.by_style.get(own.linked.as_ref()?))
            .unwrap_or(&list.definition);
        let defined = &self.definitions.get(linked)?.levels;
        let level_at = |depth: u8| list.levels.get(&depth).or_else(|| defined.get(&depth));
        let level = level_at(depth)?;
        let begins = self.begun.insert((id.to_owned(), depth));
        let restart = list.restarts.get(&depth).filter(|_| begins);
        let counts = self.counts.entry(linked.clone()).or_default();
        let (count, deeper) = counts.get_mut(usize::from(depth)..)?.split_first_mut()?;
        // What stands deeper begins anew under each item.
        for (below, count) in (depth + 1..).zip(deeper) {
            if !level_at(below).is_some_and(|level| level.goes_on) {
                *count = None;
            }
        }
        let next = count.map_or(level.start, |count| count.saturating_add(1));
        let count = *count.insert(*restart.unwrap_or(&next));
        // Some programs make a list of bullets that are blanks to set paragraphs in.
        if level.is_bullet && level.template.as_deref() != Some("") {
            return Some(Mark::Bullet);
        }
        let usual = format!("%{}.", depth + 1);
        let template = level.template.as_deref().unwrap_or(&usual);
        let number = |depth: u8| {
            let at = level_at(depth);
            let start = at.map_or(1, |level| level.start);
            let count = counts.get(usize::from(depth)).copied().flatten();
            let form = at.map(|level| level.form).unwrap_or_default();
            let form = if level.legal { Form::Decimal } else { form };
            form.write(count.unwrap_or(start))
        };
        let label = filled(template, &number);
        Some(Mark::Number { label, count })
    }
}

/// Returns a template with the numbers of the levels that it names from 1 (ECMA-376, part 1, 17.9.11).
fn filled(template: &str, number: &dyn Fn(u8) -> String) -> String {
    let mut pieces = template.split('%');
    let mut label = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let level = piece.chars().next().and_then(|digit| digit.to_digit(10));
        if let Some(level) = level.and_then(|level| level.checked_sub(1)) {
            label.push_str(&number(level as u8));
            label.push_str(piece.get(1..).unwrap_or_default());
        } else {
            label.push('%');
            label.push_str(piece);
        }
    }
    label.trim().to_owned()
}
