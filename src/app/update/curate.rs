//! Hiding documents, putting right what is said of them, and adding to the library.

use crate::app::{Action, App, Ask, Effect, Form, Overlay, Pane, Undo};
use crate::document::DocumentId;

impl App {
    /// Does what a person asked for with the document of the list or of the page, or with the library.
    pub(super) fn curate(&mut self, action: Action) -> Vec<Effect> {
        if action == Action::Add {
            return self.ask(Ask::Add, "");
        }
        let Some(form) = self.form() else {
            self.tell("no document is chosen".to_owned());
            return Vec::new();
        };
        if action == Action::EditDetails {
            return self.lay(Overlay::Form(form));
        }
        if self.is_hidden(form.id) {
            return self.set_hidden(form.id, false);
        }
        let [title, ..] = &form.lines;
        let title = title.text().to_owned();
        self.lay(Overlay::Hide { id: form.id, title })
    }

    /// Returns whether a document that is shown, as a row or as a page, is a hidden one.
    fn is_hidden(&self, id: DocumentId) -> bool {
        let sheet = self.page.sheet.as_ref().map(|sheet| &sheet.opened);
        let opened = sheet.filter(|opened| opened.id == id);
        let row = self.list.selected_row().filter(|row| row.is(id));
        opened.is_some_and(|opened| opened.marks.hidden) || row.is_some_and(|row| row.marks.hidden)
    }

    /// Returns the form of the document that the pane with the keys shows.
    fn form(&self) -> Option<Form> {
        if self.focus == Pane::Page && !self.page_comes() {
            let sheet = self.page.sheet.as_ref()?;
            let said = sheet.metadata();
            let title = if said.title.derived {
                ""
            } else {
                &said.title.text
            };
            let id = sheet.opened.id;
            return Some(Form::new(
                id,
                title,
                &said.authors,
                said.published,
                &said.topics,
            ));
        }
        let row = self.row_meant()?;
        let title = if row.title.derived {
            ""
        } else {
            &row.title.text
        };
        Some(Form::new(
            row.id,
            title,
            &row.authors,
            row.published,
            &row.topics,
        ))
    }

    /// Hides a document or shows it again; the list is asked for anew.
    pub(super) fn set_hidden(&mut self, id: DocumentId, hidden: bool) -> Vec<Effect> {
        if hidden {
            self.undo.push(Undo::Hidden(id));
            self.tell("hidden: U undoes it, is:hidden finds it".to_owned());
        } else {
            self.tell("shown again".to_owned());
        }
        let sheet = self.page.sheet.as_mut();
        if let Some(sheet) = sheet.filter(|sheet| sheet.opened.is(id)) {
            sheet.opened.marks.hidden = hidden;
        }
        let here = self.list.selected_row();
        let stays = match here.filter(|row| row.is(id)) {
            // It goes: what stood for the same article then, or the one after it, comes in its place.
            Some(row) => {
                let after = || self.list.row(self.list.selected + 1);
                let before = || self.list.row(self.list.selected.checked_sub(1)?);
                let also = row.also.iter().map(|also| also.id).find(|also| *also != id);
                also.or_else(|| Some(after().or_else(before)?.id))
            }
            None if hidden => here.map(|row| row.id),
            None => Some(id),
        };
        self.list.prefer(stays);
        let mut effects = vec![Effect::SetHidden(id, hidden)];
        if hidden && self.focus == Pane::Page {
            effects.extend(self.go_to_pane(Pane::List));
        }
        effects.extend(self.search());
        effects
    }

    /// Keeps what the form says; where something in it is wrong, it stays open.
    pub(super) fn save_form(&mut self, form: Form) -> Vec<Effect> {
        match form.correction() {
            Ok(correction) => vec![Effect::Correct(form.id, correction)],
            Err(reason) => {
                self.complain(reason);
                self.lay(Overlay::Form(form))
            }
        }
    }

    /// Goes on in what is typed: completes a path, or goes to the next field of a form.
    pub(super) fn complete(&mut self) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Form(form)) => {
                form.step(1);
                Vec::new()
            }
            Some(Overlay::Tags(form)) => {
                form.complete();
                Vec::new()
            }
            Some(Overlay::Ask {
                ask: Ask::Add,
                line,
                ..
            }) => vec![Effect::Complete(line.text().to_owned())],
            _ => Vec::new(),
        }
    }

    /// Takes what a path was completed to, where nothing else was typed meanwhile.
    pub(super) fn completed(&mut self, typed: &str, to: &str, names: Vec<String>) {
        if let Some(Overlay::Ask {
            ask: Ask::Add,
            line,
            offered,
            ..
        }) = &mut self.overlay
            && line.text() == typed
        {
            line.set(to);
            *offered = names;
        }
    }

    /// Adds what was named.
    pub(super) fn add(&mut self, typed: &str) -> Vec<Effect> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Vec::new();
        }
        self.tell(format!("adding {typed}; reading goes on meanwhile"));
        if self.focus == Pane::Sources {
            self.sources.expect();
        }
        vec![Effect::Add(typed.to_owned())]
    }
}
