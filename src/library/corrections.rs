//! Putting right by hand what a source says of a document.

use std::ops::ControlFlow;

use super::{Error, Library};
use crate::document::{Correction, DocumentId};
use crate::store::Original;
use crate::text::sanitize;

/// What was put right in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// What was put right.
    pub correction: Correction,
    /// What the source itself says.
    pub original: Original,
}

impl Library {
    /// Returns what was put right in a document; nothing where there is no such document.
    pub fn correction(&self, id: DocumentId) -> Result<Option<Edited>, Error> {
        let found = self.store.correction(id)?;
        Ok(found.map(|(correction, original)| Edited {
            correction,
            original,
        }))
    }

    /// Keeps what was put right in a document in place of what was put right before, and makes it searchable. Every
    /// text becomes one line; empty ones are left out, and an empty title is no correction. Returns whether there is
    /// such a document.
    pub fn correct(&mut self, id: DocumentId, correction: Correction) -> Result<bool, Error> {
        let was_behind = self.is_behind()?;
        let is_there = self.store.correct(id, tidy(correction))?;
        // An index that has more to do than this waits for somebody who can watch and stop it.
        if !was_behind {
            self.catch_up(&mut |_| ControlFlow::Continue(()))?;
        }
        Ok(is_there)
    }
}

fn tidy(correction: Correction) -> Correction {
    let all = |texts: Vec<String>| {
        let mut tidied: Vec<String> = Vec::new();
        for text in texts.iter().map(|text| one_line(text)) {
            if !text.is_empty() && !tidied.contains(&text) {
                tidied.push(text);
            }
        }
        tidied
    };
    Correction {
        title: correction
            .title
            .map(|title| one_line(&title))
            .filter(|title| !title.is_empty()),
        authors: correction.authors.map(all),
        published: correction.published,
        topics: correction.topics.map(all),
    }
}

fn one_line(text: &str) -> String {
    let clean = sanitize::clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::{Desk, counts};

    #[test]
    fn what_was_put_right_is_found_and_stays_when_the_file_changes() {
        let mut desk = Desk::new();
        desk.write("a.txt", "It is about trust.\n");
        desk.add_notes();
        let id = desk.library.resolve("a.txt").unwrap().unwrap();
        let correction = Correction {
            title: Some(" On\n quidditch ".to_owned()),
            authors: Some(vec!["Ann Author".to_owned(), " ".to_owned()]),
            topics: Some(vec!["sports".to_owned(), "sports".to_owned()]),
            published: Some("2013-05".parse().ok()),
        };
        assert!(desk.library.correct(id, correction).unwrap());
        let asked = [
            "title:quidditch",
            "author:ann",
            "topic:sports",
            "date:2013-05",
        ];
        for question in asked {
            assert_eq!(desk.keys(question), ["a.txt"], "{question}");
        }
        desk.write("a.txt", "It is about care, and much longer.\n");
        assert_eq!(counts(&desk.add_notes()), [0, 1, 0, 0]);
        for question in asked.iter().chain(&["care"]) {
            assert_eq!(desk.keys(question), ["a.txt"], "{question}");
        }
        let edited = desk.library.correction(id).unwrap().unwrap();
        assert_eq!(edited.correction.title.as_deref(), Some("On quidditch"));
        assert_eq!(edited.original.authors, [""; 0]);
        assert!(desk.library.correct(id, Correction::default()).unwrap());
        assert_eq!(desk.keys("quidditch"), [""; 0]);
        assert_eq!(desk.keys("care"), ["a.txt"]);
    }

    #[test]
    fn what_is_hidden_is_not_found_unless_it_is_asked_for() {
        let mut desk = Desk::new();
        desk.write("a.txt", "It is about trust.\n");
        desk.write("b.txt", "It is about trust, too.\n");
        desk.add_notes();
        let id = desk.library.resolve("a.txt").unwrap().unwrap();
        assert!(desk.library.set_hidden(id, true).unwrap());
        for (question, keys) in [
            ("", &["b.txt"][..]),
            ("trust", &["b.txt"]),
            ("is:hidden", &["a.txt"]),
            ("trust is:hidden", &["a.txt"]),
            ("trust -is:hidden", &["b.txt"]),
        ] {
            assert_eq!(desk.keys(question), keys, "{question}");
        }
        let coverage = desk.library.coverage().unwrap();
        assert_eq!((coverage.documents, coverage.searchable), (1, 1));
        let all = crate::query::parse("");
        let window = crate::library::Window::first(9);
        let facets = desk.library.find(&all, window, 0).unwrap().hits.facets;
        assert_eq!(facets.sources[0].count, 1);
        desk.library.set_hidden(id, false).unwrap();
        assert_eq!(desk.keys("trust"), ["a.txt", "b.txt"]);
    }
}
