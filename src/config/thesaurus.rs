//! The thesaurus as a person writes it: groups of words that say the same, that are related, and what they mean.
//!
//! Words are strings here; what makes a word another form of the same is known to `query`, a floor above.

use toml::de::DeTable;

use super::Warning;
use super::nearest::or_nearest;
use super::reading::{Entry, Reading, entries};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "thesaurus.toml";

const DEFAULTS: &str = include_str!("../../assets/thesaurus.toml");

/// The most groups that are kept; some twenty times what the program brings along.
const MOST_GROUPS: usize = 4096;

/// The most words and phrases of a group that are kept.
const MOST_TERMS: usize = 64;

/// The longest word or phrase that is kept, in bytes.
const LONGEST_TERM: usize = 120;

/// Words and phrases that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThesaurusGroup {
    /// The word or phrase that the group is named by; it belongs to the group as those in `same` do.
    pub name: String,
    /// Words and phrases that say the same as the name.
    pub same: Vec<String>,
    /// Kinds or parts of it: who asks for the group wants them too, who asks for one of them does not want the group.
    pub narrower: Vec<String>,
    /// Words that can mean this and other things (`CoP`): who asks for one wants the group too, who asks for the group
    /// does not want them.
    pub ambiguous: Vec<String>,
    /// What has to do with it and is not the same: offered, and taken in only where the question says so.
    pub related: Vec<String>,
    /// What it means, in a sentence; empty where nobody wrote it.
    pub explain: String,
}

/// Returns the groups that come with the program.
pub fn defaults() -> Vec<ThesaurusGroup> {
    load(None).0
}

/// Returns the groups that come with the program, with a person's own laid over them.
pub fn load(personal: Option<&str>) -> (Vec<ThesaurusGroup>, Vec<Warning>) {
    let mut groups = Vec::new();
    let mut warnings = Vec::new();
    for text in [Some(DEFAULTS), personal].into_iter().flatten() {
        let (table, mut reading) = Reading::parse(FILE, text);
        lay_over(&mut groups, &table, &mut reading);
        warnings.extend(reading.into_warnings());
    }
    (groups, warnings)
}

/// Lays the groups of a file over those there are: one of the same name takes its place, and `""` takes it away.
fn lay_over<'a>(groups: &mut Vec<ThesaurusGroup>, table: &DeTable<'a>, reading: &mut Reading<'a>) {
    for entry in entries(table) {
        let wanted = with_single_blanks(entry.name).to_lowercase();
        let known = groups
            .iter()
            .position(|other| other.name.to_lowercase() == wanted);
        let group = match entry.value.as_str() {
            Some("") => None,
            Some(_) => {
                let message = "a group is a table; \"\" takes one away".to_owned();
                reading.warn(entry.at, message);
                continue;
            }
            None => match read_group(entry, reading) {
                Some(group) => Some(group),
                None => continue,
            },
        };
        match (known, group) {
            (Some(place), None) => drop(groups.remove(place)),
            (Some(place), Some(group)) => groups.splice(place..=place, [group]).for_each(drop),
            (None, None) => {
                let message = format!("there is no group `{}` to take away", entry.name);
                let names = groups.iter().map(|group| group.name.as_str());
                reading.warn(entry.at, or_nearest(message, entry.name, names));
            }
            (None, Some(_)) if groups.len() >= MOST_GROUPS => {
                reading.warn(
                    entry.at,
                    format!("more than {MOST_GROUPS} groups; left out"),
                );
            }
            (None, Some(group)) => groups.push(group),
        }
    }
}

/// Reads one group; nothing where it is none.
fn read_group<'a>(entry: Entry<'_, 'a>, reading: &mut Reading<'a>) -> Option<ThesaurusGroup> {
    let mut group = ThesaurusGroup::default();
    let mut seen: Vec<String> = Vec::new();
    group.name = term(entry.name, entry.at, &mut seen, reading)?;
    for part in entries(reading.table(entry)?) {
        let list = match part.name {
            "same" => &mut group.same,
            "narrower" => &mut group.narrower,
            "ambiguous" => &mut group.ambiguous,
            "related" => &mut group.related,
            "explain" => {
                let text = reading.string(part).unwrap_or_default();
                group.explain = with_single_blanks(text);
                continue;
            }
            name => {
                let message = format!("there is no entry `{name}` in a group");
                let known = ["same", "narrower", "ambiguous", "related", "explain"];
                reading.warn(part.at, or_nearest(message, name, known));
                continue;
            }
        };
        for (text, at) in reading.strings(part).unwrap_or_default() {
            list.extend(term(text, at, &mut seen, reading));
        }
    }
    Some(group)
}

fn with_single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a word or phrase of a group with single blanks; nothing, and a warning, where it cannot be one.
fn term(
    text: &str,
    at: usize,
    seen: &mut Vec<String>,
    reading: &mut Reading<'_>,
) -> Option<String> {
    let term = with_single_blanks(text);
    let folded = term.to_lowercase();
    let fault = if !term.chars().any(char::is_alphanumeric) {
        format!("`{term}` is no word; left out")
    } else if term.len() > LONGEST_TERM {
        format!("longer than {LONGEST_TERM} bytes; left out")
    } else if seen.contains(&folded) {
        format!("`{term}` is in the group twice")
    } else if seen.len() > MOST_TERMS {
        format!("more than {MOST_TERMS} in a group; `{term}` is left out")
    } else {
        seen.push(folded);
        return Some(term);
    };
    reading.warn(at, fault);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_that_come_with_the_program_are_read_without_a_warning() {
        let (groups, warnings) = load(None);
        assert_eq!(warnings, []);
        assert!(groups.len() >= 80, "{}", groups.len());
        let explained = groups.iter().filter(|group| !group.explain.is_empty());
        assert!(explained.count() >= 40);
        for group in &groups {
            let says = [
                &group.same,
                &group.narrower,
                &group.ambiguous,
                &group.related,
            ];
            let something = says.iter().any(|words| !words.is_empty());
            assert!(something || !group.explain.is_empty(), "{}", group.name);
        }
    }

    #[test]
    fn a_persons_groups_replace_add_and_take_away() {
        let (groups, warnings) = load(Some(
            "[\"Third  sector\"]\nsame = \"Dritter Sektor\"\n\n[heron]\nnarrower = [\"grey  heron\"]\n\
             explain = \"\"\"\nA bird\n  that waits.\"\"\"\n",
        ));
        assert_eq!(warnings, []);
        let named = |name: &str| groups.iter().find(|group| group.name == name);
        assert_eq!(named("third sector"), None);
        assert_eq!(named("Third sector").unwrap().same, ["Dritter Sektor"]);
        let heron = named("heron").unwrap();
        assert_eq!(heron.narrower, ["grey heron"]);
        assert_eq!(heron.explain, "A bird that waits.");
        assert_eq!(groups.len(), defaults().len() + 1);
        let (fewer, warnings) = load(Some("\"third sector\" = \"\"\n"));
        assert_eq!(warnings, []);
        assert_eq!(fewer.len(), defaults().len() - 1);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let (groups, warnings) = load(Some(
            "a = 3\nb = \"c\"\n\"thurd sector\" = \"\"\n[d]\nsames = [\"x\"]\nsame = [\"e\", 4, \"D\", \"&\"]\nrelated = 5\nexplain = []\n",
        ));
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "thesaurus.toml: line 1: `a` should be a table, not: integer",
                "thesaurus.toml: line 2: a group is a table; \"\" takes one away",
                "thesaurus.toml: line 3: there is no group `thurd sector` to take away; did you mean `third sector`?",
                "thesaurus.toml: line 5: there is no entry `sames` in a group; did you mean `same`?",
                "thesaurus.toml: line 6: a string should stand here, not: integer",
                "thesaurus.toml: line 6: `D` is in the group twice",
                "thesaurus.toml: line 6: `&` is no word; left out",
                "thesaurus.toml: line 7: `related` should be a list of strings, not: integer",
                "thesaurus.toml: line 8: `explain` should be a string, not: array",
            ]
        );
        let group = groups.last().unwrap();
        assert_eq!(
            (group.name.as_str(), group.same.as_slice()),
            ("d", &["e".to_owned()][..])
        );
    }

    #[test]
    fn a_hostile_file_is_bounded() {
        let many = (0..MOST_GROUPS + 9).map(|n| format!("[g{n}]\nsame = \"h{n}\"\n"));
        let many: Vec<String> = many.collect();
        assert_eq!(load(Some(&many.concat())).0.len(), MOST_GROUPS);
        let terms: Vec<String> = (0..1000).map(|n| format!("\"t{n}\"")).collect();
        let (groups, warnings) = load(Some(&format!("[a]\nsame = [{}]\n", terms.join(","))));
        assert_eq!(groups.last().unwrap().same.len(), MOST_TERMS);
        assert_eq!(warnings.len(), 1000 - MOST_TERMS);
    }
}
