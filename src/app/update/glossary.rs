//! Explaining the terms on the page, and asking the library where it says what they are.

use crate::app::glossary::term_of_line;
use crate::app::{App, Effect, Hover, Overlay, Pane};
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

    /// Shows what a term means.
    pub(super) fn explain(&mut self, term: Explained) -> Vec<Effect> {
        self.lay(Overlay::Glossary {
            terms: vec![term],
            selected: 0,
        })
    }

    /// Notes which term the mouse is over, if any.
    pub(super) fn hover_over(&mut self, x: u16, y: u16) {
        let at = self.byte_under(x, y).filter(|_| self.overlay.is_none());
        let still = |hover: &Hover| at.is_some_and(|at| hover.term.range.contains(&(at as usize)));
        if self.hover.as_ref().is_some_and(still) {
            return;
        }
        let term = at.and_then(|at| self.term_at(at));
        self.hover = term.map(|term| Hover { term, at: (x, y) });
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
