//! The settings: a handful of values, each with a default that `assets/settings.toml` shows and explains.

use toml::de::DeValue;

use super::limits::parse_size;
use super::nearest::or_nearest;
use super::reading::{Entry, Reading, entries};
use super::{Limits, Warning};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "settings.toml";

/// The defaults as a file with their explanations: what a person copies from.
pub const DOCUMENTATION: &str = include_str!("../../assets/settings.toml");

/// The narrowest and the widest measure, in cells. Narrower than the one, words break; wider than the other, nobody
/// finds the next line.
pub const MEASURE: std::ops::RangeInclusive<u16> = 20..=200;

/// The names of the settings.
const NAMES: [&str; 7] = [
    "measure",
    "theme",
    "mouse",
    "ascii",
    "hyphenate",
    "history",
    LIMITS,
];

/// The table of limits, which stands last: TOML has it so.
const LIMITS: &str = "limits";

/// What a person has set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the person's file"
)]
pub struct Settings {
    /// How wide a line of text is on the page, in cells.
    pub measure: u16,
    /// The name of the theme.
    pub theme: String,
    /// Whether clicks and the wheel are taken from the terminal.
    pub mouse: bool,
    /// Whether only ASCII is drawn, the documents' own text aside.
    pub ascii: bool,
    /// Whether words are parted where a row would be ragged else.
    pub hyphenate: bool,
    /// Whether the searches that were made are kept, for the field to offer again.
    pub history: bool,

    /// How much of a file is taken in.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 72,
            theme: "default".to_owned(),
            mouse: true,
            ascii: false,
            limits: Limits::default(),
            hyphenate: true,
            history: true,
        }
    }
}

impl Settings {
    /// Returns the defaults with a person's own laid over them.
    pub fn load(personal: Option<&str>) -> (Self, Vec<Warning>) {
        let mut settings = Self::default();
        let (table, mut reading) = Reading::parse(FILE, personal.unwrap_or_default());
        for entry in entries(&table) {
            settings.set(entry, &mut reading);
        }
        (settings, reading.into_warnings())
    }

    fn set<'a>(&mut self, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) {
        match entry.name {
            "measure" => self.measure = measure(entry, reading).unwrap_or(self.measure),
            "theme" => {
                if let Some(name) = reading.string(entry) {
                    name.clone_into(&mut self.theme);
                }
            }
            "mouse" => self.mouse = truth(entry, reading).unwrap_or(self.mouse),
            "ascii" => self.ascii = truth(entry, reading).unwrap_or(self.ascii),
            "hyphenate" => self.hyphenate = truth(entry, reading).unwrap_or(self.hyphenate),
            "history" => self.history = truth(entry, reading).unwrap_or(self.history),

            LIMITS => {
                let table = reading.table(entry);
                for entry in table.map(entries).unwrap_or_default() {
                    set_limit(&mut self.limits, entry, reading);
                }
            }
            name => {
                let message = format!("there is no setting `{name}`");
                reading.warn(entry.at, or_nearest(message, name, NAMES));
            }
        }
    }
}

fn set_limit<'a>(limits: &mut Limits, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) {
    match entry.name {
        "bytes" => limits.bytes = bytes(entry, reading).unwrap_or(limits.bytes),
        "streamed" => limits.streamed = bytes(entry, reading).unwrap_or(limits.streamed),
        "line" => limits.line = bytes(entry, reading).unwrap_or(limits.line),
        "depth" => limits.depth = number(entry, reading).unwrap_or(limits.depth),
        "entries" => limits.entries = number(entry, reading).unwrap_or(limits.entries),
        "ratio" => limits.ratio = number(entry, reading).unwrap_or(limits.ratio),
        name => {
            let message = format!("there is no limit `{name}`");
            reading.warn(entry.at, or_nearest(message, name, Limits::NAMES));
        }
    }
}

/// Returns the size that an entry should be: a number of bytes, or a text with a unit.
fn bytes<'a>(entry: Entry<'_, 'a>, reading: &mut Reading<'a>) -> Option<u64> {
    let size = match entry.value {
        DeValue::Integer(number) => parse_size(number.as_str()),
        DeValue::String(text) => parse_size(text),
        _ => None,
    };
    if size.is_none() {
        let message = format!("`{}` should be a size, such as \"256 MB\"", entry.name);
        reading.warn(entry.at, message);
    }
    size
}

/// Returns the whole number that an entry should be, from one on.
fn number<'a, T: std::str::FromStr + PartialOrd + From<u8>>(
    entry: Entry<'_, 'a>,
    reading: &mut Reading<'a>,
) -> Option<T> {
    let number = match entry.value {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| *number >= T::from(1));
    if number.is_none() {
        let message = format!("`{}` should be a whole number from 1 on", entry.name);
        reading.warn(entry.at, message);
    }
    number
}

fn truth<'a>(entry: Entry<'_, 'a>, reading: &mut Reading<'a>) -> Option<bool> {
    let value = entry.value.as_bool();
    if value.is_none() {
        reading.warn_of_type(entry, "true or false");
    }
    value
}

/// A measure out of bounds is drawn to the nearest bound: what was wanted is plain.
fn measure<'a>(entry: Entry<'_, 'a>, reading: &mut Reading<'a>) -> Option<u16> {
    let DeValue::Integer(number) = entry.value else {
        reading.warn_of_type(entry, "a number of columns");
        return None;
    };
    let number: i64 = number.as_str().parse().unwrap_or(i64::MAX);
    let (least, most) = (*MEASURE.start(), *MEASURE.end());
    let kept = number.clamp(least.into(), most.into());
    if kept != number {
        reading.warn(
            entry.at,
            format!("the measure goes from {least} to {most} columns; {kept} is taken"),
        );
    }
    u16::try_from(kept).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        let (settings, warnings) = Settings::load(Some(DOCUMENTATION));
        assert_eq!((settings, warnings), (Settings::default(), Vec::new()));
        for name in NAMES {
            let (value, table) = (format!("\n{name} = "), format!("\n[{name}]\n"));
            let is_shown = DOCUMENTATION.contains(&value) || DOCUMENTATION.contains(&table);
            assert!(is_shown, "{name}");
        }
        for name in Limits::NAMES {
            assert!(DOCUMENTATION.contains(&format!("\n{name} = ")), "{name}");
        }
    }

    #[test]
    fn limits_are_sizes_and_numbers() {
        let text = "[limits]\nbytes = \"1.5 GB\"\nstreamed = 4096\nline = \"1 MB\"\nentries = 7\n";
        let (settings, warnings) = Settings::load(Some(text));
        assert_eq!(warnings, []);
        let limits = Limits {
            bytes: 1536 << 20,
            streamed: 4096,
            line: 1 << 20,
            entries: 7,
            ..Limits::default()
        };
        assert_eq!(settings.limits, limits);
    }

    #[test]
    fn a_value_that_cannot_be_keeps_the_default_and_is_told() {
        for (text, message) in [
            (
                "measure = 9",
                "the measure goes from 20 to 200 columns; 20 is taken",
            ),
            (
                "measure = \"wide\"",
                "`measure` should be a number of columns, not: string",
            ),
            (
                "mouse = \"off\"",
                "`mouse` should be true or false, not: string",
            ),
            ("theme = 1", "`theme` should be a string, not: integer"),
            (
                "them = \"dark\"",
                "there is no setting `them`; did you mean `theme`?",
            ),
            ("colours = 3", "there is no setting `colours`"),
            ("limits = 3", "`limits` should be a table, not: integer"),
            (
                "[limits]\nbytes = \"much\"",
                "`bytes` should be a size, such as \"256 MB\"",
            ),
            (
                "[limits]\ndepth = 300",
                "`depth` should be a whole number from 1 on",
            ),
            (
                "[limits]\nratios = 3",
                "there is no limit `ratios`; did you mean `ratio`?",
            ),
        ] {
            let (settings, warnings) = Settings::load(Some(text));
            assert_eq!(warnings.len(), 1, "{text}");
            assert_eq!(warnings[0].message, message);
            assert_eq!(settings.theme, "default");
        }
    }
}
