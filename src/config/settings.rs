//! The settings: a handful of values, each with a default that `assets/settings.toml` shows and explains.

use toml::de::DeValue;

use super::Warning;
use super::nearest::or_nearest;
use super::reading::{Entry, Reading, entries};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "settings.toml";

/// The defaults as a file with their explanations: what a person copies from.
pub const DOCUMENTATION: &str = include_str!("../../assets/settings.toml");

/// The narrowest and the widest measure, in cells. Narrower than the one, words break; wider than the other, nobody
/// finds the next line.
pub const MEASURE: std::ops::RangeInclusive<u16> = 20..=200;

/// The names of the settings.
const NAMES: [&str; 5] = ["measure", "theme", "mouse", "ascii", "hyphenate"];

/// What a person has set.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 72,
            theme: "default".to_owned(),
            mouse: true,
            ascii: false,
            hyphenate: true,
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
            name => {
                let message = format!("there is no setting `{name}`");
                reading.warn(entry.at, or_nearest(message, name, NAMES));
            }
        }
    }
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
            assert!(DOCUMENTATION.contains(&format!("\n{name} = ")), "{name}");
        }
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
        ] {
            let (settings, warnings) = Settings::load(Some(text));
            assert_eq!(warnings.len(), 1, "{text}");
            assert_eq!(warnings[0].message, message);
            assert_eq!(settings.theme, "default");
        }
    }
}
