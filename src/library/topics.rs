//! Topics by rule: the rules' questions made into terms and handed to the index, which keeps the documents of each.
//!
//! A question is expanded for the languages that the library holds, and takes in what the thesaurus says is the same; when
//! these change, so do the expansions. No word is put right: nobody would see it, and a word that no document has today
//! may be in one tomorrow.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Error, Library};
use crate::config::{self, topics::TopicRules};
use crate::index::{Theme, Topics};
use crate::query::{self, Filter, Lexicon, Node, topic_name};
use crate::text::Language;

/// The rules in use, and the languages that they were expanded for.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    given: TopicRules,
    languages: Vec<Language>,
    /// What the rules depend on beside their words, where one says how long ago, names a saved search, or asks for what
    /// is like a document.
    open: Option<Open>,
}

impl Rules {
    /// Forgets how the rules were expanded: with what is taken up next they are again.
    pub(super) fn expand_anew(&mut self) {
        self.languages.clear();
    }
}

/// The day, the names and questions that are saved, and how many documents there are: among more, other words tell a
/// document.
type Open = (jiff::civil::Date, Vec<(String, String)>, usize);

impl Library {
    /// Sets which topics there are by rule, for every handle on this library in this program, and returns what is
    /// wrong with the rules. A library opens with those that come with the program.
    pub fn set_topics(&self, rules: TopicRules) -> Result<Vec<config::Warning>, Error> {
        let languages = self.index.languages();
        let parsed = rules.themes.iter().map(|rule| query::parse(&rule.query));
        let is_open = parsed.into_iter().any(|query| {
            let likes = query::expand(&query, &Lexicon::default()).likes();
            query::is_open(&query.root) || !likes.is_empty()
        });
        let open = is_open.then(|| self.depended_on()).transpose()?;
        self.hand_over(&rules, &languages)?;
        let warnings = circles(&rules);
        self.topics.replace(Rules {
            given: rules,
            languages,
            open,
        });
        Ok(warnings)
    }

    /// Has the topics of documents called as the library calls them where it counts them, and not as each of their
    /// sources does: `Library` and `libraries` are one topic.
    pub fn spell_topics<'a>(
        &self,
        lists: impl IntoIterator<Item = &'a mut Vec<String>>,
    ) -> Result<(), Error> {
        self.reload()?;
        self.index.spell_topics(lists);
        Ok(())
    }

    /// Takes up what was committed to the index meanwhile, by another handle or program too.
    pub(super) fn reload(&self) -> Result<(), Error> {
        self.index.reload()?;
        let languages = self.index.languages();
        let mut topics = self.topics.borrow_mut();
        let open = match topics.open {
            Some(_) => Some(self.depended_on()?),
            None => None,
        };
        if topics.languages != languages || topics.open != open {
            self.hand_over(&topics.given, &languages)?;
            topics.languages = languages;
            topics.open = open;
        }
        Ok(())
    }

    /// Returns what rules can depend on beside their words.
    fn depended_on(&self) -> Result<Open, Error> {
        let today = jiff::Zoned::now().date();
        let saved = self.store.saved()?.into_iter();
        let saved = saved.map(|search| (search.name, search.query));
        Ok((today, saved.collect(), self.index.len()))
    }

    /// Hands the rules to the index.
    fn hand_over(&self, rules: &TopicRules, languages: &[Language]) -> Result<(), Error> {
        let mut lexicon = lexicon(languages);
        lexicon.thesaurus = Arc::clone(&self.thesaurus);
        let mut themes = Vec::new();
        for rule in &rules.themes {
            let asked = query::parse(&rule.query);
            let resolved = self.resolved(&asked)?;
            let query = resolved.as_ref().map_or(&asked, |resolved| &resolved.query);
            let mut expanded = query::expand(query, &lexicon);
            self.liken(&mut expanded)?;
            themes.push(Theme {
                name: rule.name.clone(),
                expanded,
            });
        }
        self.index.set_topics(Topics {
            themes,
            aliases: rules.aliases.iter().cloned().collect(),
            ignored: rules.ignored.clone(),
        })?;
        Ok(())
    }
}

/// Returns what the library knows of the words in documents of these languages.
pub(super) fn lexicon(languages: &[Language]) -> Lexicon {
    if languages.is_empty() {
        return Lexicon::default();
    }
    Lexicon {
        languages: languages.to_vec(),
        ..Lexicon::default()
    }
}

/// Returns a warning for each theme that leads back to itself by way of others. One that names itself means the
/// sources' category of its name.
fn circles(rules: &TopicRules) -> Vec<config::Warning> {
    let named: HashMap<String, HashSet<String>> = rules
        .themes
        .iter()
        .map(|rule| {
            let name = topic_name(&rule.name);
            let mut topics = HashSet::new();
            collect_topics(&query::parse(&rule.query).root, &mut topics);
            topics.remove(&name);
            (name, topics)
        })
        .collect();
    let leads_back = |name: &String| {
        let mut seen = HashSet::new();
        let mut ahead: Vec<&String> = named.get(name).into_iter().flatten().collect();
        while let Some(next) = ahead.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                ahead.extend(named.get(next).into_iter().flatten());
            }
        }
        false
    };
    rules
        .themes
        .iter()
        .filter(|rule| leads_back(&topic_name(&rule.name)))
        .map(|rule| config::Warning {
            source: config::topics::FILE.to_owned(),
            place: format!("theme “{}”", rule.name),
            message: "leads back to itself; there it finds nothing".to_owned(),
        })
        .collect()
}

/// Collects the names of the topics that a question asks for.
fn collect_topics(node: &Node, topics: &mut HashSet<String>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                collect_topics(node, topics);
            }
        }
        Node::Not(node) => collect_topics(node, topics),
        Node::Filter(Filter::Topic(name)) => {
            topics.insert(topic_name(name));
        }
        Node::All | Node::Words(_) | Node::Filter(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::topics::{self, ThemeRule};
    use crate::library::Window;
    use crate::library::fixtures::{Desk, keys};

    fn rules(themes: &[(&str, &str)]) -> TopicRules {
        let themes = themes.iter().map(|(name, query)| ThemeRule {
            name: (*name).to_owned(),
            query: (*query).to_owned(),
        });
        TopicRules {
            themes: themes.collect(),
            ..TopicRules::default()
        }
    }

    #[test]
    fn the_rules_that_come_with_the_program_have_no_fault() {
        let desk = Desk::new();
        assert_eq!(desk.library.set_topics(topics::defaults()).unwrap(), []);
    }

    #[test]
    fn a_theme_is_a_question_and_is_counted_with_every_answer() {
        let mut desk = Desk::new();
        desk.write("a.txt", "The march of the mutuals.\n");
        desk.write("b.txt", "A library in the village.\n");
        desk.add_notes();
        let set = desk.library.set_topics(rules(&[("spin-outs", "mutual")]));
        assert_eq!(set.unwrap(), []);
        assert_eq!(desk.keys("topic:spin-outs"), ["a.txt"]);
        let all = desk.library.find(&query::parse(""), Window::first(1), 60);
        let themes = all.unwrap().hits.facets.themes;
        assert_eq!(
            (themes[0].value.as_str(), themes[0].count),
            ("spin-outs", 1)
        );
        let other = desk.library.another().unwrap();
        assert_eq!(keys(&other, "topic:spin-outs"), ["a.txt"]);
    }

    #[test]
    fn a_theme_takes_in_what_says_the_same_unless_it_says_otherwise() {
        let mut desk = Desk::new();
        desk.write("a.txt", "The voluntary sector has a word.\n");
        desk.write("b.txt", "The third sector has another.\n");
        desk.write("c.txt", "A village has none.\n");
        desk.add_notes();
        let themes = [
            ("sector", "\"third sector\""),
            ("very", "\"third sector\" -also:*"),
            ("wrong", "vilage"),
        ];
        desk.library.set_topics(rules(&themes)).unwrap();
        assert_eq!(desk.keys("topic:sector"), ["a.txt", "b.txt"]);
        assert_eq!(desk.keys("topic:very"), ["b.txt"]);
        assert_eq!(desk.keys("topic:wrong"), [""; 0]);
        desk.library.set_thesaurus(&[]);
        assert_eq!(desk.keys("topic:sector"), ["b.txt"]);
    }

    #[test]
    fn a_theme_may_say_how_long_ago_and_what_is_saved() {
        let mut desk = Desk::new();
        desk.write("a.txt", "The march of the mutuals.\n");
        desk.write("b.txt", "A library in the village.\n");
        desk.add_notes();
        let themes = [("new", "added:7d mutual"), ("mine", "saved:care")];
        desk.library.set_topics(rules(&themes)).unwrap();
        assert_eq!(desk.keys("topic:new"), ["a.txt"]);
        assert_eq!(desk.keys("topic:mine"), [""; 0]);
        let village = query::parse("village");
        desk.library.save_search("Care", &village).unwrap();
        assert_eq!(desk.keys("topic:mine"), ["b.txt"]);
    }

    #[test]
    fn a_theme_may_be_what_is_like_a_document_and_grows_with_the_library() {
        let mut desk = Desk::new();
        let text = |own: &str| format!("Of tupe, transferees and pensions, by {own}.\n");
        desk.write("a.txt", text("anna"));
        desk.write("b.txt", text("bert") + "And of much else besides.\n");
        desk.add_notes();
        let anna = desk.library.resolve("a.txt").unwrap().unwrap();
        let rule = format!("like:{}", anna.0);
        desk.library
            .set_topics(rules(&[("as anna", &rule)]))
            .unwrap();
        assert_eq!(desk.keys("topic:\"as anna\""), ["b.txt"]);
        desk.write("c.txt", text("carl") + "And of this and that, too.\n");
        desk.add_notes();
        assert_eq!(desk.keys("topic:\"as anna\""), ["b.txt", "c.txt"]);
    }

    #[test]
    fn a_theme_that_leads_back_to_itself_is_told() {
        for (themes, told) in [
            (&[("a", "topic:b"), ("b", "x OR -#a"), ("c", "#a")][..], 2),
            (&[("a", "topic:a OR x")], 0),
            (&[("a", "topic:b"), ("b", "topic:c"), ("c", "x")], 0),
        ] {
            assert_eq!(circles(&rules(themes)).len(), told, "{themes:?}");
        }
    }
}
