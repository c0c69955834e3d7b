//! Saved searches, and the searches that were made before.
//!
//! What is new to a saved search are the documents that came into the library after it was last looked at, and that it
//! finds: those that changed are not new, nor is the double of one that was there, and of an article that came twice
//! since there is one. Hidden documents are not counted, as nowhere.

use jiff::Zoned;

use super::add::now;
use super::{Doubles, Error, Library, Window};
use crate::query::{self, Filter, Node, Query, Resolved, whole_name};
use crate::store::{SavedSearch, Saving};

/// A saved search with what is new to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newly {
    /// What is saved.
    pub saved: SavedSearch,
    /// How many documents are new to it.
    pub new: usize,
}

impl Library {
    /// Returns the saved searches in the order in which they were made.
    pub fn saved(&self) -> Result<Vec<SavedSearch>, Error> {
        Ok(self.store.saved()?)
    }

    /// Returns what is saved under a name.
    pub fn saved_as(&self, name: &str) -> Result<Option<SavedSearch>, Error> {
        let name = whole_name(name);
        let mut saved = self.store.saved()?.into_iter();
        Ok(saved.find(|search| whole_name(&search.name) == name))
    }

    /// Keeps a question under a name. What there is now is not new to it.
    pub fn save_search(&self, name: &str, question: &Query) -> Result<Saving, Error> {
        self.index.reload()?;
        Ok(self.store.save_search(&SavedSearch {
            name: name.to_owned(),
            query: question.to_string(),
            made: now(),
            looked: self.index.newest(),
        })?)
    }

    /// Keeps a saved search as it was before it was forgotten.
    pub fn save_again(&self, search: &SavedSearch) -> Result<Saving, Error> {
        Ok(self.store.save_search(search)?)
    }

    /// Gives a saved search another name and question.
    pub fn change_saved(&self, name: &str, to: &str, question: &Query) -> Result<Saving, Error> {
        Ok(self.store.change_saved(name, to, &question.to_string())?)
    }

    /// Forgets a saved search. Returns whether it was there.
    pub fn forget_saved(&self, name: &str) -> Result<bool, Error> {
        Ok(self.store.forget_saved(name)?)
    }

    /// Notes that a saved search was looked at when `document` was the highest number there was: [`Library::newest`],
    /// asked before the search was run, so that what came meanwhile stays new.
    pub fn looked_at_saved(&self, name: &str, document: i64) -> Result<(), Error> {
        Ok(self.store.looked_at_saved(name, document)?)
    }

    /// Returns the highest number of a document that can be found now; 0 where there is none.
    pub fn newest(&self) -> Result<i64, Error> {
        self.noting_damage(self.index.reload().map_err(Error::from))?;
        Ok(self.index.newest())
    }

    /// Returns how many documents are new to a saved search.
    pub fn count_new(&self, saved: &SavedSearch) -> Result<usize, Error> {
        let count = || {
            self.reload()?;
            let window = Window::first(0).with(Doubles::Folded);
            Ok(self.hits(&new_to(saved), window)?.total)
        };
        self.noting_damage(count())
    }

    /// Returns the searches that were made before, each once, the newest last.
    pub fn asked(&self) -> Result<Vec<String>, Error> {
        Ok(self.store.asked()?)
    }

    /// Keeps a search as the newest of those that were made.
    pub fn keep_asked(&self, question: &str) -> Result<(), Error> {
        Ok(self.store.keep_asked(question)?)
    }

    /// Forgets the searches that were made.
    pub fn forget_asked(&self) -> Result<(), Error> {
        Ok(self.store.forget_asked()?)
    }

    /// Returns the question as it runs now; nothing where that is as it stands.
    pub(super) fn resolved(&self, question: &Query) -> Result<Option<Resolved>, Error> {
        if !query::is_open(&question.root) {
            return Ok(None);
        }
        let saved = self.store.saved()?;
        let of = |name: &str| {
            let mut known = saved.iter();
            let search = known.find(|search| whole_name(&search.name) == name)?;
            Some(query::parse(&search.query))
        };
        Ok(Some(query::resolve(question, &Zoned::now(), &of)))
    }
}

/// Returns the question for what is new to a saved search.
pub fn new_to(saved: &SavedSearch) -> Query {
    let is_saved = Node::Filter(Filter::Saved(saved.name.clone()));
    let is_new = Node::Filter(Filter::Since(saved.looked));
    Query {
        root: Node::And(vec![is_saved, is_new]),
        ..query::parse(&saved.query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::Desk;
    use crate::query::parse;

    const LONG: &str = "The march of the mutuals goes on in trust, and nobody knows where it will end: councils hand over \
        services, staff take them on, and those who use them find that little has changed at all for now.";

    fn new(desk: &Desk) -> usize {
        let saved = desk.library.saved_as("TRUST").unwrap().unwrap();
        let new = desk.library.count_new(&saved).unwrap();
        let listed = desk.keys(&new_to(&saved).to_string());
        assert_eq!(listed.len(), new);
        new
    }

    #[test]
    fn what_came_since_the_last_look_and_is_found_is_new() {
        let mut desk = Desk::new();
        let article = LONG.repeat(4);
        desk.write("one/a.txt", &article);
        desk.write("one/b.txt", "Trust as it was.");
        desk.add(&desk.path("one"));
        let question = parse("trust");
        let saved = desk.library.save_search("Trust", &question).unwrap();
        assert_eq!(saved, Saving::Kept);
        assert_eq!(new(&desk), 0, "what was there");
        desk.write("one/b.txt", "Trust as it is now.");
        desk.write("two/c.txt", "It is about trust, too.");
        desk.write("two/d.txt", "It is about care.");
        desk.write("two/a.txt", &article);
        for folder in ["one", "two"] {
            desk.add(&desk.path(folder));
        }
        assert_eq!(desk.keys("saved:trust"), ["a.txt", "b.txt", "c.txt"]);
        assert_eq!(new(&desk), 1, "neither what changed nor a double");
        let newest = desk.library.newest().unwrap();
        desk.library.looked_at_saved("trust", newest).unwrap();
        assert_eq!(new(&desk), 0);
        desk.library
            .change_saved("trust", "Trust", &parse("care"))
            .unwrap();
        assert_eq!(new(&desk), 0);
        assert_eq!(desk.keys("saved:trust -about"), [""; 0]);
    }

    #[test]
    fn a_saved_search_is_a_group_of_the_question_and_an_unknown_one_is_told() {
        let mut desk = Desk::new();
        desk.write("a.txt", "It is about trust.");
        desk.write("b.txt", "It is about care.");
        desk.write("c.txt", "It is about neither.");
        desk.add_notes();
        let question = parse("trust OR care sort:title");
        desk.library.save_search("Both", &question).unwrap();
        let question = parse("about trust");
        desk.library.save_search("Pair", &question).unwrap();
        for (question, keys, troubles) in [
            ("saved:both", &["a.txt", "b.txt"][..], 0),
            ("saved:both -trust", &["b.txt"], 0),
            ("saved:pair", &["a.txt"], 0),
            ("saved:pair care", &[], 0),
            ("-saved:both", &["c.txt"], 0),
            ("saved:neither", &[], 1),
            ("-saved:neither trust", &["a.txt"], 1),
            ("newer:7d", &[], 0),
            ("added:1h", &["a.txt", "b.txt", "c.txt"], 0),
            ("added:2012", &[], 0),
            ("since:1 since:2", &["c.txt"], 0),
        ] {
            assert_eq!(desk.keys(question), keys, "{question}");
            let found = desk
                .library
                .find(&parse(question), Window::first(9), 0)
                .unwrap();
            assert_eq!(found.troubles.len(), troubles, "{question}");
        }
    }

    #[test]
    fn what_is_in_a_text_is_found() {
        let mut desk = Desk::new();
        desk.write(
            "a.md",
            "See [there](https://example.org) and [below](#x).\n",
        );
        desk.write("b.md", "| a | b |\n|---|---|\n| 1 | 2 |\n");
        desk.write("c.md", "It is about neither, see [below](#x).\n");
        desk.add_notes();
        for (question, keys) in [
            ("has:link", &["a.md"][..]),
            ("has:table", &["b.md"]),
            ("-has:link -has:table", &["c.md"]),
        ] {
            assert_eq!(desk.keys(question), keys, "{question}");
        }
    }
}
