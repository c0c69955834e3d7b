//! Topics by rule: themes, each a name and a question, and what becomes of the sources' own categories.
//!
//! Questions are strings here, and names are kept as written: the language and the way names are compared are known
//! to `query`, a floor above.

use toml::de::DeTable;

use super::Warning;
use super::nearest::or_nearest;
use super::reading::{Entry, Reading, entries};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "topics.toml";

const DEFAULTS: &str = include_str!("../../assets/topics.toml");

/// A theme: a document has it when it answers the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeRule {
    /// What it is called.
    pub name: String,
    /// The question, in recto's query language.
    pub query: String,
}

/// Which topics there are beside those that sources give, and what becomes of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicRules {
    /// The themes, in the order in which they are listed.
    pub themes: Vec<ThemeRule>,
    /// Categories that are shown under another name: the name in the source, and the one shown.
    pub aliases: Vec<(String, String)>,
    /// Categories that are no topics.
    pub ignored: Vec<String>,
}

/// Returns the rules that come with the program.
pub fn defaults() -> TopicRules {
    load(None).0
}

/// Returns the rules that come with the program, with a person's own laid over them.
pub fn load(personal: Option<&str>) -> (TopicRules, Vec<Warning>) {
    let mut rules = TopicRules::default();
    let mut warnings = Vec::new();
    for text in [Some(DEFAULTS), personal].into_iter().flatten() {
        let (table, mut reading) = Reading::parse(FILE, text);
        rules.lay_over(&table, &mut reading);
        warnings.extend(reading.into_warnings());
    }
    (rules, warnings)
}

impl TopicRules {
    fn lay_over<'a>(&mut self, table: &DeTable<'a>, reading: &mut Reading<'a>) {
        for entry in entries(table) {
            let known: [(&str, Part<'a>); 2] = [
                ("themes", Self::lay_theme),
                ("categories", Self::lay_categories),
            ];
            let Some((_, part)) = known.iter().find(|(name, _)| *name == entry.name) else {
                let message = format!("there is no table `{}`", entry.name);
                let names = known.iter().map(|(name, _)| *name);
                reading.warn(entry.at, or_nearest(message, entry.name, names));
                continue;
            };
            for entry in reading.table(entry).map(entries).unwrap_or_default() {
                part(self, entry, reading);
            }
        }
    }

    /// Lays one theme over those there are; one without a question goes.
    fn lay_theme<'a>(&mut self, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) {
        let Some(query) = reading.string(entry) else {
            return;
        };
        let theme = ThemeRule {
            name: entry.name.to_owned(),
            query: query.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let place = self
            .themes
            .iter()
            .position(|other| other.name.to_lowercase() == theme.name.to_lowercase());
        match (place, theme.query.is_empty()) {
            (Some(place), true) => drop(self.themes.remove(place)),
            (Some(place), false) => self.themes.splice(place..=place, [theme]).for_each(drop),
            (None, true) => {}
            (None, false) => self.themes.push(theme),
        }
    }

    fn lay_categories<'a>(&mut self, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) {
        match entry.name {
            "ignore" => {
                let names = reading.strings(entry).unwrap_or_default();
                self.ignored
                    .extend(names.into_iter().map(|(name, _)| name.to_owned()));
            }
            "aliases" => {
                for alias in reading.table(entry).map(entries).unwrap_or_default() {
                    if let Some(shown) = reading.string(alias) {
                        self.aliases.retain(|(name, _)| name != alias.name);
                        self.aliases.push((alias.name.to_owned(), shown.to_owned()));
                    }
                }
            }
            name => {
                let message = format!("there is no entry `{name}` in `categories`");
                reading.warn(entry.at, or_nearest(message, name, ["ignore", "aliases"]));
            }
        }
    }
}

/// How an entry of one of the file's tables is taken in.
type Part<'a> = fn(&mut TopicRules, Entry<'_, 'a>, &mut Reading<'a>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_come_with_the_program_are_read_without_a_warning() {
        let (rules, warnings) = load(None);
        assert_eq!(warnings, []);
        assert_eq!(rules.themes[0].name, "service transfer");
        assert!(rules.themes.iter().all(|theme| !theme.query.is_empty()));
        assert!(rules.ignored.contains(&"Blog".to_owned()));
        let shown = rules.aliases.iter().find(|(name, _)| name == "spinouts");
        assert_eq!(shown.unwrap().1, "spin outs");
    }

    #[test]
    fn a_persons_rules_replace_add_and_take_away() {
        let (rules, warnings) = load(Some(
            "[themes]\n\"Trust\" = \"distrust\"\nlibraries = \"\"\nbirds = \"\"\"\nheron\n  OR ibis\"\"\"\n\
             [categories]\nignore = [\"Home\"]\n[categories.aliases]\nspinouts = \"spinoffs\"\n",
        ));
        assert_eq!(warnings, []);
        let query = |name: &str| {
            let theme = rules.themes.iter().find(|theme| theme.name == name);
            theme.map(|theme| theme.query.as_str())
        };
        assert_eq!(query("Trust"), Some("distrust"));
        assert_eq!(query("trust"), None);
        assert_eq!(query("libraries"), None);
        assert_eq!(query("birds"), Some("heron OR ibis"));
        assert!(rules.ignored.contains(&"Blog".to_owned()));
        assert!(rules.ignored.contains(&"Home".to_owned()));
        let spinouts: Vec<_> = rules
            .aliases
            .iter()
            .filter(|(name, _)| name == "spinouts")
            .collect();
        assert_eq!(spinouts, [&("spinouts".to_owned(), "spinoffs".to_owned())]);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let (rules, warnings) = load(Some(
            "[theme]\na = \"b\"\n[themes]\ntrust = 3\n[categories]\nignored = []\nignore = 4\naliases = 5\n",
        ));
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "topics.toml: line 1: there is no table `theme`; did you mean `themes`?",
                "topics.toml: line 4: `trust` should be a string, not: integer",
                "topics.toml: line 6: there is no entry `ignored` in `categories`; did you mean `ignore`?",
                "topics.toml: line 7: `ignore` should be a list of strings, not: integer",
                "topics.toml: line 8: `aliases` should be a table, not: integer",
            ]
        );
        assert_eq!(rules, defaults());
    }
}
