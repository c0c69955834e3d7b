//! The reader's own notes: kept, listed, and found by their words.
//!
//! Notes never touch the index. There are thousands at most: they are read once after each change of the store, and a clause
//! of `note:` is matched against them in memory, by the same analysis as texts, into a set of documents.

use std::collections::HashMap;
use std::sync::Arc;

use super::add::now;
use super::{Error, Library};
use crate::document::{DocumentId, Note, NoteId, Quotation};
use crate::index::IdSet;
use crate::query::{Clause, Expanded, Expr, Field, Matcher, Node};
use crate::store::Store;
use crate::text::Language;

pub use crate::store::NotedHead;

impl Library {
    /// Keeps a note on a document, or on a passage of it. Returns its number, or nothing where there is no such document.
    ///
    /// # Errors
    /// Where the text is empty or too long, beside what the store can't do.
    pub fn add_note(
        &self,
        document: DocumentId,
        text: &str,
        on: Option<&Quotation>,
    ) -> Result<Option<NoteId>, Error> {
        let text = Note::tidy(text)?;
        Ok(self.store.add_note(document, &text, on, now())?)
    }

    /// Changes what a note says. Returns whether there is such a note.
    ///
    /// # Errors
    /// As [`Library::add_note`].
    pub fn change_note(&self, id: NoteId, text: &str) -> Result<bool, Error> {
        let text = Note::tidy(text)?;
        Ok(self.store.change_note(id, &text, now())?)
    }

    /// Removes a note. Returns whether there was such a note.
    pub fn remove_note(&self, id: NoteId) -> Result<bool, Error> {
        Ok(self.store.remove_note(id)?)
    }

    /// Keeps a note again that was removed. Returns whether its document is there.
    pub fn add_note_again(&self, document: DocumentId, note: &Note) -> Result<bool, Error> {
        Ok(self.store.add_note_again(document, note)?)
    }

    /// Returns all notes, the newest first.
    pub fn notes(&self) -> Result<Vec<NotedHead>, Error> {
        Ok(self.store.notes()?)
    }

    /// Returns the notes on a document and on those that are the same article, the oldest first.
    pub fn notes_on(&self, document: DocumentId) -> Result<Vec<Note>, Error> {
        Ok(self.store.notes_on(document)?)
    }
}

/// Returns whether a question asks what notes say.
pub(super) fn asks_of_notes(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_of_notes),
        Node::Not(node) => asks_of_notes(node),
        Node::Words(words) => words.field == Field::Note,
        Node::All | Node::Filter(_) => false,
    }
}

/// What all notes say, for as long as the store is the same.
#[derive(Debug, Default)]
pub(super) struct NoteTexts {
    /// Each note with the documents that bear it.
    notes: Vec<(String, Vec<DocumentId>)>,
    /// The clauses that were asked, and the documents with a note that has them.
    found: Vec<(Clause, Arc<IdSet>)>,
}

/// How many clauses are remembered: each letter of a word being typed is another.
const MOST_CLAUSES: usize = 64;

impl NoteTexts {
    /// Reads the notes.
    pub fn read(store: &Store) -> Result<Self, Error> {
        let mut bearers: HashMap<NoteId, Vec<DocumentId>> = HashMap::new();
        for (document, note) in store.noted()? {
            bearers.entry(note).or_default().push(document);
        }
        if bearers.is_empty() {
            return Ok(Self::default());
        }
        let notes = store.notes()?.into_iter().filter_map(|head| {
            let bearers = bearers.remove(&head.note.id)?;
            Some((head.note.text, bearers))
        });
        Ok(Self {
            notes: notes.collect(),
            found: Vec::new(),
        })
    }

    /// Returns the documents that bear a note.
    pub fn bearers(&self) -> IdSet {
        let notes = self.notes.iter();
        notes.flat_map(|(_, bearers)| bearers).copied().collect()
    }

    /// Returns for each clause about notes in a question the documents with a note that has it.
    pub fn look_up(&mut self, expanded: &Expanded, languages: &[Language]) -> Vec<(Clause, IdSet)> {
        let mut found = Vec::new();
        let mut open = vec![&expanded.root];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::And(exprs) | Expr::Or(exprs) => open.extend(exprs),
                Expr::Not(expr) => open.push(expr),
                Expr::Clause(clause) | Expr::Ignored(clause) if clause.field == Field::Note => {
                    found.push((clause.clone(), (*self.with(clause, languages)).clone()));
                }
                _ => {}
            }
        }
        found
    }

    fn with(&mut self, clause: &Clause, languages: &[Language]) -> Arc<IdSet> {
        let known = self.found.iter().find(|(other, _)| other == clause);
        if let Some((_, found)) = known {
            return Arc::clone(found);
        }
        let matcher = Matcher::new(&Expanded {
            root: Expr::Clause(clause.clone()),
            ..Expanded::default()
        });
        let has = |text: &str| {
            let mut languages = languages.iter();
            languages.any(|&language| !matcher.ranges(Field::Note, text, language).is_empty())
        };
        let notes = self.notes.iter().filter(|(text, _)| has(text));
        let found: Arc<IdSet> = Arc::new(notes.flat_map(|(_, bearers)| bearers).copied().collect());
        if self.found.len() >= MOST_CLAUSES {
            self.found.clear();
        }
        self.found.push((clause.clone(), Arc::clone(&found)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextRange;
    use crate::library::fixtures::Desk;
    use crate::library::{Doubles, Window};
    use crate::query;

    /// Returns a desk with three texts, of which the first has a note on it.
    fn desk(note: &str) -> Desk {
        let mut desk = Desk::new();
        desk.write("a.txt", "It is about herons. They wait.\n");
        desk.write("b.txt", "It is about trust.\n");
        desk.write("c.txt", "It is about mutuals.\n");
        desk.add_notes();
        let id = desk.library.resolve("a.txt").unwrap().unwrap();
        desk.library.add_note(id, note, None).unwrap().unwrap();
        desk
    }

    #[test]
    fn documents_are_found_by_their_notes_as_by_their_texts() {
        let desk =
            desk("Ask Ann about commissioning a mutual.\nIt is the third sector, not a market.");
        for (question, found) in [
            ("has:note", &["a.txt"][..]),
            ("-has:note", &["b.txt", "c.txt"]),
            ("note:mutuals", &["a.txt"]),
            ("-note:mutual", &["b.txt", "c.txt"]),
            ("note:=mutuals", &[]),
            ("note:\"third sector\"", &["a.txt"]),
            ("note:\"sector third\"", &[]),
            ("note:VCSE", &["a.txt"]),
            ("note:commis*", &["a.txt"]),
            ("note:trust,ann", &["a.txt"]),
            ("note:(ann OR bo) note:market", &["a.txt"]),
            ("note:(ann bo)", &[]),
            ("note:markte~", &["a.txt"]),
            ("mutual", &["c.txt"]),
            ("mutual OR note:mutual", &["a.txt", "c.txt"]),
            ("herons note:ann", &["a.txt"]),
            ("trust note:ann", &[]),
            // A word that is in no document is not misspelled where it is asked of notes.
            ("note:hreons", &[]),
        ] {
            assert_eq!(desk.keys(question), found, "{question}");
        }
    }

    #[test]
    fn a_note_is_found_once_it_is_changed_and_no_more_once_it_is_gone() {
        let desk = desk("first");
        let note = desk.library.notes().unwrap()[0].note.clone();
        assert_eq!(desk.keys("note:first"), ["a.txt"]);
        assert!(desk.library.change_note(note.id, " second ").unwrap());
        assert_eq!(desk.keys("note:first"), [""; 0]);
        assert_eq!(desk.keys("note:second"), ["a.txt"]);
        assert!(desk.library.change_note(note.id, " ").is_err());
        assert!(desk.library.remove_note(note.id).unwrap());
        assert_eq!(desk.keys("has:note"), [""; 0]);
        let id = desk.library.resolve("a.txt").unwrap().unwrap();
        assert!(desk.library.add_note_again(id, &note).unwrap());
        assert_eq!(desk.keys("note:first"), ["a.txt"]);
    }

    #[test]
    fn nothing_of_the_text_lights_by_what_is_asked_of_notes() {
        let desk = desk("herons");
        let window = Window::first(5);
        let question = query::parse("note:herons");
        let found = desk.library.find(&question, window, 60).unwrap();
        let row = &found.rows[0];
        assert!(row.marks.noted && row.snippet.lit.is_empty() && row.title_lit.is_empty());
    }

    #[test]
    fn a_note_on_one_source_of_an_article_is_on_the_article() {
        let mut desk = Desk::new();
        let words: Vec<String> = (0..150).map(|word| format!("thought{word}")).collect();
        let text = words.join(" ");
        desk.write("long.txt", format!("As the federation says.\n\n{text}\n"));
        desk.write("short.txt", format!("{text}\n"));
        desk.add_notes();
        let id = desk.library.resolve("short.txt").unwrap().unwrap();
        let on = Quotation::new(&text, TextRange::new(0, 17));
        let note = desk.library.add_note(id, "mine", on.as_ref()).unwrap();
        for question in ["has:note", "note:mine"] {
            let total = |doubles| {
                let window = Window::first(5).with(doubles);
                let found = desk.library.find(&query::parse(question), window, 60);
                found.unwrap().hits.total
            };
            assert_eq!((total(Doubles::Folded), total(Doubles::Apart)), (1, 2));
        }
        assert_eq!(desk.keys("-has:note"), [""; 0]);
        let other = desk.library.resolve("long.txt").unwrap().unwrap();
        let opened = desk.library.document(other).unwrap().unwrap();
        assert_eq!(Some(opened.notes[0].id), note);
        let place = opened.notes[0]
            .on
            .as_ref()
            .unwrap()
            .find(opened.document.body.text());
        assert_eq!(
            opened.document.body.slice(place.unwrap()),
            "thought0 thought1"
        );
    }
}
