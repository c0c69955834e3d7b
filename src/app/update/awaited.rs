//! Waiting for an answer before something is done: see [`Awaited`].

use crate::app::{Action, App, Awaited, Effect, Pane};
use crate::library::FoundRow;

impl App {
    /// Returns whether this is what is waited for, and then waits no longer.
    pub(super) fn has_waited_for(&mut self, what: Awaited) -> bool {
        self.awaited.take_if(|awaited| *awaited == what).is_some()
    }

    /// Returns whether another document is coming onto the page than the one that stands there.
    pub(super) fn page_comes(&self) -> bool {
        self.page.pending.is_some() || !self.page.is_current()
    }

    /// Puts off what is to be done with a document until that is on the page; returns whether it was.
    pub(super) fn put_off(&mut self, action: Action) -> bool {
        let waits = self.focus == Pane::Page && self.page_comes() && action.takes_the_page();
        if waits {
            self.awaited = Some(Awaited::OnPage(action));
        }
        waits
    }

    /// Returns the row of the document that is meant: the selected one; on the page, onto which another comes than stands
    /// there, only where it is that.
    pub(super) fn row_meant(&self) -> Option<&FoundRow> {
        let wanted = self.page.wanted.as_ref().map(|wanted| wanted.id);
        let is_meant = |row: &&FoundRow| self.focus != Pane::Page || wanted == Some(row.id);
        self.list.selected_row().filter(is_meant)
    }

    /// Does what was put off until the document came, where none is to come any more.
    pub(super) fn do_put_off(&mut self) -> Vec<Effect> {
        if self.page_comes() {
            return Vec::new();
        }
        let on_page = |awaited: &mut Awaited| matches!(awaited, Awaited::OnPage(_));
        match self.awaited.take_if(on_page) {
            Some(Awaited::OnPage(action)) => self.perform(action),
            _ => Vec::new(),
        }
    }
}
