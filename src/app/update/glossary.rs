//! Explaining the terms on the page, and asking the library where it says what they are.

use crate::app::glossary::term_of_line;
use crate::app::{App, Effect, Overlay, Pane};
use crate::query::Explained;

impl App {
    /// Shows the terms in sight with what they mean.
    pub(super) fn show_glossary(&mut self) -> Vec<Effect> {
        let terms = self.terms_in_sight();
        if terms.is_empty() {
            self.tell("no term in sight is in the glossary".to_owned());
            return Vec::new();
        }
        self.lay(Overlay::Glossary { terms, selected: 0 })
    }

    /// Says what the term at a byte of the text means; nothing where there is none.
    pub(super) fn explain_at(&mut self, at: u32) {
        if let Some(term) = self.term_at(at) {
            self.tell(format!("{}: {}", term.name, term.explain));
        }
    }

    /// Asks the library where it says what a term of the list is.
    pub(super) fn ask_for_definition(&mut self, terms: &[Explained], line: usize) -> Vec<Effect> {
        let measure = self.glossary_measure();
        let Some(term) = term_of_line(terms, measure, line) else {
            return Vec::new();
        };
        let question = self.thesaurus.definitions(&term.name);
        let mut effects = self.go_to_pane(Pane::List);
        effects.extend(self.lead_to(&crate::query::parse(&question)));
        effects
    }
}
