//! Where things are: the library and the person's settings.
//!
//! The platform's conventions hold (XDG on Linux and macOS: `$XDG_DATA_HOME/recto`, `$XDG_CONFIG_HOME/recto`), unless
//! something nearer says otherwise: `--library`, then `RECTO_LIBRARY`; `RECTO_CONFIG` for the settings. Nothing is
//! made and nothing is looked at here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The environment variable that names the library's folder.
pub const LIBRARY: &str = "RECTO_LIBRARY";

/// The environment variable that names the folder of the settings.
pub const SETTINGS: &str = "RECTO_CONFIG";

/// The name of recto's folder within the platform's own.
const FOLDER: &str = "recto";

/// Where things are, for this run. A place is missing where the platform knows no home and nobody named one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The folder of the library.
    pub library: Option<PathBuf>,
    /// The folder of `settings.toml`, `keys.toml`, `themes.toml`, `topics.toml` and
    /// `thesaurus.toml`.
    pub settings: Option<PathBuf>,
}

impl Places {
    /// Finds the places by the environment; `library` is the folder asked for on the command line.
    pub fn find(library: Option<&Path>) -> Self {
        let home = etcetera::choose_base_strategy()
            .ok()
            .map(|strategy| Self {
                library: Some(strategy.data_dir().join(FOLDER)),
                settings: Some(strategy.config_dir().join(FOLDER)),
            })
            .unwrap_or_default();
        home.unless(library, |name| std::env::var_os(name))
    }

    /// Returns these places, but for those that the command line or the environment names.
    fn unless(self, library: Option<&Path>, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        // An empty variable is one that was meant to be unset.
        let named = |name| {
            variable(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let asked = library.map(Path::to_owned);
        Self {
            library: asked.or_else(|| named(LIBRARY)).or(self.library),
            settings: named(SETTINGS).or(self.settings),
        }
    }
}

/// Returns whether the environment asks for no colour (<https://no-color.org>: `NO_COLOR` is there and not empty).
pub fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_on_where_things_are_holds() {
        let home = || Places {
            library: Some("/home/a/.local/share/recto".into()),
            settings: Some("/home/a/.config/recto".into()),
        };
        for (asked, variables, library, settings) in [
            (
                None,
                vec![],
                "/home/a/.local/share/recto",
                "/home/a/.config/recto",
            ),
            (None, vec![(LIBRARY, "/b")], "/b", "/home/a/.config/recto"),
            (
                Some("/c"),
                vec![(LIBRARY, "/b")],
                "/c",
                "/home/a/.config/recto",
            ),
            (
                None,
                vec![(LIBRARY, ""), (SETTINGS, "/d")],
                "/home/a/.local/share/recto",
                "/d",
            ),
        ] {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            };
            let places = home().unless(asked.map(Path::new), variable);
            assert_eq!(places.library, Some(library.into()));
            assert_eq!(places.settings, Some(settings.into()));
        }
    }

    #[test]
    fn without_a_home_there_are_only_the_places_that_somebody_named() {
        let places = Places::default().unless(Some(Path::new("x")), |_| None);
        assert_eq!(places.library, Some("x".into()));
        assert_eq!(places.settings, None);
    }
}
