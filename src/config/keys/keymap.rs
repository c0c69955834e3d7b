//! Which key does what in which pane.

use toml::de::DeTable;

use super::super::Warning;
use super::super::nearest::or_nearest;
use super::super::reading::{Entry, Reading, entries};
use super::{FILE, Key};

/// The pane whose keys work in all others, unless a pane binds them itself.
pub const GLOBAL: &str = "global";

const DEFAULTS: &str = include_str!("../../../assets/keys.toml");

/// An action of a pane, and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The pane: `global`, `list`, …
    pub pane: String,
    /// The action's name.
    pub action: String,
    /// The keys that do it, the one to show first; none for an action that only the palette has.
    pub keys: Vec<Key>,
    /// The line of the person's file, where the binding comes from there.
    line: Option<usize>,
}

/// Which key does what in which pane, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// Returns the default keys with a person's own laid over them. An action that a person's file names in a pane has
    /// the keys given there and no others; a key that it takes is taken from whatever had it in that pane.
    pub fn load(personal: Option<&str>) -> (Self, Vec<Warning>) {
        Self::layered(DEFAULTS, personal)
    }

    fn layered(defaults: &str, personal: Option<&str>) -> (Self, Vec<Warning>) {
        let mut keymap = Self::default();
        let (table, mut reading) = Reading::parse(FILE, defaults);
        for binding in read(&table, &mut reading) {
            keymap.bindings.push(Binding {
                line: None,
                ..binding
            });
        }
        let mut warnings = reading.into_warnings();
        if let Some(personal) = personal {
            let (table, mut reading) = Reading::parse(FILE, personal);
            let bindings = keymap.of_known_panes(read(&table, &mut reading), &mut reading, &table);
            for binding in bindings {
                keymap.lay_over(binding);
            }
            warnings.extend(reading.into_warnings());
        }
        (keymap, warnings)
    }

    /// Leaves out, with a warning, the bindings of panes that the defaults do not have.
    fn of_known_panes(
        &self,
        bindings: Vec<Binding>,
        reading: &mut Reading<'_>,
        table: &DeTable<'_>,
    ) -> Vec<Binding> {
        let known = |name: &str| self.bindings.iter().any(|binding| binding.pane == name);
        for pane in entries(table).iter().filter(|pane| !known(pane.name)) {
            let panes = self.bindings.iter().map(|binding| binding.pane.as_str());
            let message = format!("there is no pane `{}`", pane.name);
            reading.warn(pane.at, or_nearest(message, pane.name, panes));
        }
        let of_known = |binding: &Binding| known(&binding.pane);
        bindings.into_iter().filter(of_known).collect()
    }

    fn lay_over(&mut self, binding: Binding) {
        for other in &mut self.bindings {
            if other.pane == binding.pane {
                other.keys.retain(|key| !binding.keys.contains(key));
            }
        }
        let same =
            |other: &&mut Binding| other.pane == binding.pane && other.action == binding.action;
        match self.bindings.iter_mut().find(same) {
            Some(other) => *other = binding,
            None => self.bindings.push(binding),
        }
    }

    /// Returns the action of `key` in `pane`, or what it does everywhere.
    pub fn action(&self, pane: &str, key: Key) -> Option<&str> {
        self.action_in(pane, key)
            .or_else(|| self.action_in(GLOBAL, key))
    }

    /// Returns the action that `pane` itself has for `key`.
    pub fn action_in(&self, pane: &str, key: Key) -> Option<&str> {
        self.bindings
            .iter()
            .find(|binding| binding.pane == pane && binding.keys.contains(&key))
            .map(|binding| binding.action.as_str())
    }

    /// Returns the keys of an action in a pane, the one to show first.
    pub fn keys(&self, pane: &str, action: &str) -> &[Key] {
        self.bindings
            .iter()
            .find(|binding| binding.pane == pane && binding.action == action)
            .map_or(&[], |binding| &binding.keys)
    }

    /// Returns every binding, in the order of the file.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter()
    }

    /// Warns of each action that is not among `known`, with the nearest that is.
    pub fn check(&self, known: &[&str]) -> Vec<Warning> {
        self.bindings
            .iter()
            .filter(|binding| !known.contains(&binding.action.as_str()))
            .map(|binding| {
                let message = format!("there is no action `{}`", binding.action);
                Warning {
                    source: FILE.to_owned(),
                    place: binding
                        .line
                        .map_or_else(|| binding.pane.clone(), |line| format!("line {line}")),
                    message: or_nearest(message, &binding.action, known.iter().copied()),
                }
            })
            .collect()
    }
}

/// Reads the bindings of a file: a table a pane, an entry an action.
fn read<'a>(table: &DeTable<'a>, reading: &mut Reading<'a>) -> Vec<Binding> {
    let mut bindings: Vec<Binding> = Vec::new();
    for pane in entries(table) {
        let Some(actions) = reading.table(pane) else {
            continue;
        };
        for entry in entries(actions) {
            if let Some(keys) = keys(entry, pane.name, &bindings, reading) {
                bindings.push(Binding {
                    pane: pane.name.to_owned(),
                    action: entry.name.to_owned(),
                    keys,
                    line: Some(reading.line(entry.at)),
                });
            }
        }
    }
    bindings
}

/// Reads the keys of one action; warns of names that are none, and of keys that the pane has already. Where keys were
/// meant and none was understood there is no binding: an action must not lose its keys by a slip.
fn keys<'a>(
    entry: Entry<'_, 'a>,
    pane: &str,
    before: &[Binding],
    reading: &mut Reading<'a>,
) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let names = reading.strings(entry)?;
    let none_meant = names.is_empty();
    for (name, at) in names {
        let key: Key = match name.parse() {
            Ok(key) => key,
            Err(error) => {
                reading.warn(at, error.to_string());
                continue;
            }
        };
        let taken = before
            .iter()
            .find(|binding| binding.pane == pane && binding.keys.contains(&key));
        match taken {
            Some(binding) => {
                let message = format!("`{key}` is bound to `{}` already", binding.action);
                reading.warn(at, message);
            }
            None => keys.push(key),
        }
    }
    (none_meant || !keys.is_empty()).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"
[global]
quit = ["Q", "ctrl-c"]
help = ["?"]

[list]
open = ["enter", "l"]
down = "j"
star = ["*"]
sort = []
"#;

    fn key(name: &str) -> Key {
        name.parse().unwrap()
    }

    fn laid_over(personal: &str) -> (Keymap, Vec<String>) {
        let (keymap, warnings) = Keymap::layered(TABLE, Some(personal));
        (keymap, warnings.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_pane_is_asked_before_what_holds_everywhere() {
        let (keymap, warnings) = Keymap::layered(&format!("{TABLE}less = [\"?\"]"), None);
        assert_eq!(warnings, []);
        for (pane, name, action) in [
            ("list", "l", Some("open")),
            ("list", "j", Some("down")),
            ("list", "?", Some("less")),
            ("page", "?", Some("help")),
            ("list", "Q", Some("quit")),
            ("page", "l", None),
        ] {
            assert_eq!(keymap.action(pane, key(name)), action, "{pane} {name}");
        }
        assert_eq!(keymap.keys("list", "open"), [key("enter"), key("l")]);
        assert_eq!(keymap.keys("list", "sort"), []);
        let order: Vec<&str> = keymap.bindings().map(|one| one.action.as_str()).collect();
        assert_eq!(
            order,
            ["quit", "help", "open", "down", "star", "sort", "less"]
        );
    }

    #[test]
    fn a_persons_file_gives_an_action_other_keys() {
        let (keymap, warnings) = laid_over("[list]\nopen = [\"o\"]\nstar = []\nsort = [\"j\"]\n");
        assert_eq!(warnings, [""; 0]);
        for (name, action) in [
            ("o", Some("open")),
            ("enter", None),
            ("l", None),
            ("*", None),
            ("j", Some("sort")),
        ] {
            assert_eq!(keymap.action("list", key(name)), action, "{name}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_with_what_is_near() {
        let (keymap, warnings) = laid_over(
            "[lst]\nopen = [\"o\"]\n[list]\nopen = [\"entre\", 3, \"o\"]\ndown = 4\nstar = [\"x\"]\nsort = [\"x\"]\n",
        );
        assert_eq!(
            warnings,
            [
                "keys.toml: line 1: there is no pane `lst`; did you mean `list`?",
                "keys.toml: line 4: there is no key `entre`; did you mean `enter`?",
                "keys.toml: line 4: a string should stand here, not: integer",
                "keys.toml: line 5: `down` should be a list of strings, not: integer",
                "keys.toml: line 7: `x` is bound to `star` already",
            ]
        );
        for (name, action) in [
            ("x", Some("star")),
            ("o", Some("open")),
            ("j", Some("down")),
        ] {
            assert_eq!(keymap.action("list", key(name)), action, "{name}");
        }
    }

    #[test]
    fn an_unknown_action_is_told_with_the_line_it_stands_on() {
        let (keymap, _) = laid_over("[list]\nopn = [\"o\"]\n");
        let known = ["quit", "help", "open", "down", "star", "sort"];
        let warnings = keymap.check(&known);
        assert_eq!(
            warnings[0].to_string(),
            "keys.toml: line 2: there is no action `opn`; did you mean `open`?"
        );
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn the_default_keys_are_read_without_a_warning() {
        let (keymap, warnings) = Keymap::load(None);
        assert_eq!(warnings, []);
        assert!(keymap.bindings().any(|binding| binding.pane == GLOBAL));
    }
}
