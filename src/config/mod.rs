//! Settings, keys, themes, topics, manifests, places: TOML laid over the defaults in `assets/`.
//!
//! Nothing a person writes in a file stops the program. What is not understood becomes a [`Warning`] that says where
//! it stands and which known name is nearest, and the default stays. The terminal and the library are not known here:
//! keys and colours are this room's own plain types, action names are strings that `app` resolves.

pub mod articles;
pub mod forums;
pub mod headings;
pub mod keys;
mod limits;
pub mod manifest;
pub mod names;
mod nearest;
pub mod pages;
pub mod places;
pub mod printed;
mod reading;
pub mod settings;
pub mod theme;
pub mod thesaurus;
pub mod topics;

use std::fmt;
use std::io;
use std::path::Path;

pub use limits::{Limits, size};
pub use nearest::nearest;

use keys::Keymap;
use settings::Settings;
use theme::Themes;
use thesaurus::ThesaurusGroup;
use topics::TopicRules;

/// Something in a file that was not understood, and what was done instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file, by its name.
    pub source: String,
    /// Where in it: `line 3`, an entry's name; empty for the whole.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            place,
            message,
        } = self;
        if place.is_empty() {
            return write!(f, "{source}: {message}");
        }
        write!(f, "{source}: {place}: {message}")
    }
}

/// Everything a person can set, as it holds for this run.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// Which key does what.
    pub keymap: Keymap,
    /// The looks there are.
    pub themes: Themes,
    /// Which topics there are beside those that sources give.
    pub topics: TopicRules,
    /// Which words say the same.
    pub thesaurus: Vec<ThesaurusGroup>,
    /// What was not understood in the person's files.
    pub warnings: Vec<Warning>,
}

impl Config {
    /// Reads a person's files in `directory`, those that are there, over the defaults. Never fails: a file that cannot
    /// be read is a warning.
    pub fn read(directory: Option<&Path>) -> Self {
        let mut warnings = Vec::new();
        let mut file = |name: &str| personal(directory?, name, &mut warnings);
        let texts = [
            settings::FILE,
            keys::FILE,
            theme::FILE,
            topics::FILE,
            thesaurus::FILE,
        ]
        .map(&mut file);
        let [settings, keymap, themes, topics, thesaurus] = texts.each_ref().map(Option::as_deref);
        let (settings, of_settings) = Settings::load(settings);
        let (keymap, of_keys) = Keymap::load(keymap);
        let (themes, of_themes) = Themes::load(themes);
        let (topics, of_topics) = topics::load(topics);
        let (thesaurus, of_thesaurus) = thesaurus::load(thesaurus);
        for more in [of_settings, of_keys, of_themes, of_topics, of_thesaurus] {
            warnings.extend(more);
        }
        warnings.extend(themes.check(&settings.theme));
        Self {
            settings,
            keymap,
            themes,
            topics,
            thesaurus,
            warnings,
        }
    }
}

/// Returns the text of a person's file, or nothing where there is none.
fn personal(directory: &Path, name: &str, warnings: &mut Vec<Warning>) -> Option<String> {
    match std::fs::read_to_string(directory.join(name)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            warnings.push(Warning {
                source: directory.join(name).display().to_string(),
                place: String::new(),
                message: format!("it cannot be read ({error}); the defaults hold"),
            });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_files_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::read(Some(folder.path()));
        assert_eq!(config.warnings, []);
        assert_eq!(config.settings, Settings::default());
        assert_eq!(Config::read(None).warnings, []);
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_and_the_rest_holds() {
        let folder = tempfile::tempdir().unwrap();
        let text = "measure = 60\ntheme = \"darc\"\nmous = true\n";
        std::fs::write(folder.path().join("settings.toml"), text).unwrap();
        std::fs::write(folder.path().join("keys.toml"), b"\xff\xfe").unwrap();
        let config = Config::read(Some(folder.path()));
        let warnings: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(config.settings.measure, 60);
        assert!(warnings[0].contains("keys.toml: it cannot be read"));
        assert_eq!(
            warnings[1..],
            [
                "settings.toml: line 3: there is no setting `mous`; did you mean `mouse`?",
                "settings.toml: theme: there is no theme `darc`; did you mean `dark`?",
            ]
        );
    }
}
