//! The thesaurus made ready: which words and phrases say the same, found by the terms that a question and a text have.
//!
//! Words meet here as they do in the index, by their stems, and a compound as its parts or as one word. A word written
//! with two capitals or more is an acronym and is compared letter by letter, with or without an `s`: `OTS` is no plural
//! of `OT`.
//!
//! Bounded: a phrase of more words than [`MOST_WORDS`] is not looked for.

use std::collections::{HashMap, HashSet};

use super::Origin;
use super::expand::{Reading, Term};
use super::name::plain_name;
use crate::config::thesaurus::{self, ThesaurusGroup};
use crate::text::Language;

/// The most words of a phrase that is found.
const MOST_WORDS: usize = 12;

/// Groups of words, found by any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    groups: Vec<Group>,
    /// Where the words and phrases are, by their stems; an acronym by itself, with a `=` before it.
    places: HashMap<Vec<String>, Vec<Place>>,
    /// By the name of a group, which one it is.
    names: HashMap<String, usize>,
    /// Every word that stands in it, folded, alone or in a phrase.
    words: HashSet<String>,
    /// The words of the longest phrase.
    longest: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    /// The name, and what says the same.
    members: Vec<String>,
    narrower: Vec<String>,
    related: Vec<String>,
    explain: String,
}

/// What a word or phrase is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Member,
    Narrower,
    Ambiguous,
    Related,
}

/// Where a word or phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    group: usize,
    role: Role,
    /// How long its last word is, in bytes.
    last: usize,
}

/// Words and phrases that go with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Other<'a> {
    pub(super) words: &'a str,
    /// [`Origin::Same`] or [`Origin::Related`].
    pub(super) origin: Origin,
}

impl Thesaurus {
    /// Makes a thesaurus of groups.
    pub fn new(groups: &[ThesaurusGroup]) -> Self {
        let mut thesaurus = Self::default();
        for group in groups {
            thesaurus.add(group);
        }
        thesaurus
    }

    /// Returns the one that comes with the program.
    pub fn of_the_program() -> Self {
        Self::new(&thesaurus::defaults())
    }

    /// Returns how many groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Returns whether a word stands in it, alone or in a phrase: one that is spelled as it should be, whether or not a
    /// document has it.
    pub(super) fn has_word(&self, word: &Term) -> bool {
        let acronym = format!("={}", word.folded);
        self.words.contains(&word.folded) || self.places.contains_key([acronym].as_slice())
    }

    /// Returns how many words the longest phrase has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    fn add(&mut self, group: &ThesaurusGroup) {
        let at = self.groups.len();
        self.names.insert(plain_name(&group.name), at);
        let name = std::slice::from_ref(&group.name);
        for (role, terms) in [
            (Role::Member, name),
            (Role::Member, &group.same),
            (Role::Narrower, &group.narrower),
            (Role::Ambiguous, &group.ambiguous),
            (Role::Related, &group.related),
        ] {
            for term in terms {
                self.index(term, at, role);
            }
        }
        self.groups.push(Group {
            members: name.iter().chain(&group.same).cloned().collect(),
            narrower: group.narrower.clone(),
            related: group.related.clone(),
            explain: group.explain.clone(),
        });
    }

    /// Notes where a word or phrase stands, under all that it is found by.
    fn index(&mut self, term: &str, group: usize, role: Role) {
        let Reading { parts, joined } = Reading::new(term, Language::ENGLISH);
        let words = parts.iter().chain(&joined);
        self.words.extend(words.map(|word| word.folded.clone()));
        let mut keys = Vec::new();
        if let (true, [acronym]) = (is_acronym(term), parts.as_slice()) {
            // What means other things is taken at its word.
            let plural = (role != Role::Ambiguous).then(|| format!("={}", plural(&acronym.folded)));
            let forms = [Some(format!("={}", acronym.folded)), plural];
            keys.extend(forms.into_iter().flatten().map(|form| vec![form]));
        } else {
            keys.extend([&parts, &joined].map(|words| stems(words)));
        }
        let last = parts.last().map_or(0, |word| word.folded.len());
        let place = Place { group, role, last };
        for key in keys {
            if key.is_empty() || key.len() > MOST_WORDS {
                continue;
            }
            self.longest = self.longest.max(key.len());
            let places = self.places.entry(key).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }

    /// Returns where a run of words stands as a whole. Of words of which the last is still `typing`, only what is
    /// typed to its end.
    pub(super) fn find(&self, words: &[Term], typing: bool) -> Vec<Place> {
        let whole = |place: &&Place| {
            !typing
                || words
                    .last()
                    .is_none_or(|last| last.folded.len() >= place.last)
        };
        let by_stems = self.places.get(&stems(words));
        let acronym = match words {
            [word] => self.places.get([format!("={}", word.folded)].as_slice()),
            _ => None,
        };
        let places = [by_stems, acronym].into_iter().flatten().flatten();
        places.filter(whole).copied().collect()
    }

    /// Returns whether a word is an acronym of it that means one thing.
    pub(super) fn is_acronym(&self, word: &Term) -> bool {
        let places = self.places.get([format!("={}", word.folded)].as_slice());
        places.is_some_and(|places| places.iter().any(|place| place.role == Role::Member))
    }

    /// Returns the longest run at the beginning of `words` that stands in a group, by its length.
    pub(super) fn find_longest(&self, words: &[Term], typing: bool) -> Option<(usize, Vec<Place>)> {
        let most = self.longest.min(words.len());
        (1..=most).rev().find_map(|count| {
            let run = words.get(..count)?;
            let places = self.find(run, typing && count == words.len());
            (!places.is_empty()).then_some((count, places))
        })
    }

    /// Returns what goes with the words that stand at `places`, each once, what says the same first.
    pub(super) fn others(&self, places: &[Place]) -> Vec<Other<'_>> {
        let (mut others, mut known) = (Vec::new(), HashSet::new());
        for origin in [Origin::Same, Origin::Related] {
            for place in places {
                for words in self.of(*place, origin) {
                    if known.insert(plain_name(words)) {
                        others.push(Other { words, origin });
                    }
                }
            }
        }
        others
    }

    /// Returns what a group offers to one of its words.
    fn of(&self, place: Place, origin: Origin) -> Vec<&str> {
        let Some(group) = self.groups.get(place.group) else {
            return Vec::new();
        };
        let name = group.members.iter().take(1).map(String::as_str);
        match (place.role, origin) {
            (Role::Member, Origin::Same) => {
                let members = group.members.iter().map(String::as_str);
                let narrower = group.narrower.iter();
                members
                    .chain(narrower.flat_map(|words| self.with_its_own(words)))
                    .collect()
            }
            (Role::Ambiguous, Origin::Same) => group.members.iter().map(String::as_str).collect(),
            (Role::Member | Role::Ambiguous, _) => {
                group.related.iter().map(String::as_str).collect()
            }
            (Role::Narrower | Role::Related, Origin::Same) => Vec::new(),
            (Role::Narrower | Role::Related, _) => name.collect(),
        }
    }

    /// Returns words, with what says the same where a group is named by them.
    fn with_its_own<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.names.get(&plain_name(words));
        let group = named.and_then(|&at| self.groups.get(at));
        let members = group
            .into_iter()
            .flat_map(|group| group.members.iter().skip(1));
        std::iter::once(words).chain(members.map(String::as_str))
    }

    /// Returns the name of the group that explains the words at `places`, and the explanation. Where they are not
    /// written as a `short` form, they are none.
    pub(super) fn explanation(&self, places: &[Place], short: bool) -> Option<(&str, &str)> {
        let explains = places.iter().filter(|place| match place.role {
            Role::Member => true,
            Role::Ambiguous => short,
            Role::Narrower | Role::Related => false,
        });
        let mut groups = explains.filter_map(|place| self.groups.get(place.group));
        let group = groups.find(|group| !group.explain.is_empty())?;
        Some((group.members.first()?, &group.explain))
    }

    /// Returns the name of a group, and what says the same.
    pub(super) fn members(&self, name: &str) -> Vec<&str> {
        let named = self.names.get(&plain_name(name));
        let group = named.and_then(|&at| self.groups.get(at));
        let members = group.into_iter().flat_map(|group| &group.members);
        members.map(String::as_str).collect()
    }
}

/// Returns whether a word is an acronym: one word with two capitals or more.
pub(super) fn is_acronym(term: &str) -> bool {
    term.chars().all(char::is_alphanumeric) && has_two_capitals(term)
}

/// Returns whether a word has two capitals or more, as it is written.
pub(super) fn has_two_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

/// Returns the plural of an acronym.
pub(super) fn plural(folded: &str) -> String {
    format!("{folded}s")
}

fn stems(words: &[Term]) -> Vec<String> {
    words.iter().map(|word| word.stem.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::analysis::is_stop_word;

    fn key(term: &str) -> Vec<String> {
        if is_acronym(term) {
            return vec![term.to_owned()];
        }
        let reading = Reading::new(term, Language::ENGLISH);
        stems(&reading.parts)
    }

    #[test]
    fn in_the_thesaurus_of_the_program_no_word_says_two_things_and_none_says_nothing() {
        let groups = thesaurus::defaults();
        let (mut owned, mut twice) = (HashSet::new(), Vec::new());
        for group in &groups {
            for term in std::iter::once(&group.name).chain(&group.same) {
                if !owned.insert(key(term)) {
                    twice.push(term);
                }
            }
            let terms = [
                &group.same,
                &group.narrower,
                &group.ambiguous,
                &group.related,
            ];
            for term in terms.into_iter().flatten().chain([&group.name]) {
                let words = Reading::new(term, Language::ENGLISH).parts;
                let says = |word: &Term| !is_stop_word(&word.folded) && word.folded.len() > 1;
                assert!(words.iter().any(says), "{term} says nothing");
                assert!(words.len() <= MOST_WORDS, "{term} is too long");
            }
            for term in &group.ambiguous {
                assert!(is_acronym(term) && !owned.contains(&key(term)), "{term}");
            }
        }
        assert_eq!(twice, [""; 0]);
        assert!(groups.len() >= 80);
    }

    #[test]
    fn words_are_found_in_all_their_forms() {
        let thesaurus = Thesaurus::of_the_program();
        for (typed, name) in [
            ("voluntary sectors", Some("third sector")),
            ("Voluntary-Sector", Some("third sector")),
            ("VCSE", Some("third sector")),
            ("spin out", Some("spin-out")),
            ("spinouts", Some("spin-out")),
            ("cooperatives", Some("co-operative")),
            ("CICs", Some("community interest company")),
            ("cop", Some("community of practice")),
            ("cops", None),
            ("vc", None),
            ("sector", None),
        ] {
            let reading = Reading::new(typed, Language::ENGLISH);
            let by_parts = thesaurus.find(&reading.parts, false);
            let places = [by_parts, thesaurus.find(&reading.joined, false)].concat();
            let owns = |place: &&Place| matches!(place.role, Role::Member | Role::Ambiguous);
            let group = places.iter().find(owns).map(|place| place.group);
            let found = group.and_then(|at| thesaurus.groups[at].members.first());
            assert_eq!(found.map(String::as_str), name, "{typed}");
        }
    }

    #[test]
    fn what_is_typed_of_a_word_is_not_the_word() {
        let thesaurus = Thesaurus::of_the_program();
        let is_found = |typed: &str, typing: bool| {
            let parts = Reading::new(typed, Language::ENGLISH).parts;
            !thesaurus.find(&parts, typing).is_empty()
        };
        assert!(
            is_found("commiss", false),
            "its stem is that of commissioning"
        );
        assert!(!is_found("commiss", true));
        assert!(is_found("commissioning", true));
        assert!(is_found("voluntary organisations", true));
    }
}
