//! Keys in the search field, and in the line that narrows the facets: every letter is text.

use crate::app::{Action, App, Effect, Line, Overlay, Pane};
use crate::config::keys::Key;

impl App {
    pub(super) fn enter_field(&mut self) -> Vec<Effect> {
        let effects = self.go_to_pane(Pane::Field);
        self.word.ends = false;
        self.field.edit(Action::LineEnd);
        effects
    }

    pub(super) fn field_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(character) = key.typed() {
            let narrowing = self
                .facets
                .narrow
                .as_ref()
                .filter(|_| self.focus == Pane::Facets);
            if character == '/' && narrowing.is_some_and(|line| line.text().is_empty()) {
                self.end_narrowing();
                return self.enter_field();
            }
            return self.type_text(&character.to_string());
        }
        // While narrowing, the keys that move in the facets do so still.
        let moves = |name: &&str| matches!(*name, "down" | "up" | "page-down" | "page-up");
        let in_facets = self.keymap.action("facets", key).filter(moves);
        if let Some(motion) = in_facets.filter(|_| self.focus == Pane::Facets) {
            return Action::from_name(motion).map_or_else(Vec::new, |it| self.facets_action(it));
        }
        if !self.keeps_completion(key) {
            self.completion = None;
        }
        let Some(action) = self.keymap.action("field", key).and_then(Action::from_name) else {
            return Vec::new();
        };
        match action {
            Action::Accept if self.focus == Pane::Facets => self.choose_found(),
            Action::Leave if self.focus == Pane::Facets => self.end_narrowing(),
            Action::Accept => {
                let mut effects = self.go_to_pane(Pane::List);
                effects.extend(self.run_typed_saved());
                effects
            }
            Action::Complete if self.focus == Pane::Field => self.complete_or_go_on(),
            // There is nothing to complete in a line that narrows a list.
            Action::Complete => self.perform(Action::NextPane),
            Action::EarlierSearch | Action::LaterSearch if self.focus == Pane::Field => {
                self.walk_history(action)
            }
            action if action.edits_line() => {
                let changed = self.typed_line().edit(action);
                if changed { self.typed() } else { Vec::new() }
            }
            action => self.perform(action),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.awaited = None;
        match &mut self.overlay {
            Some(Overlay::Note(editor)) => {
                editor.text.insert(text);
                return Vec::new();
            }
            Some(Overlay::Form(form)) => {
                let fits = form.line_mut().is_none_or(|line| line.insert(text));
                return self.told_unless(fits);
            }
            Some(Overlay::Tags(form)) => {
                let fits = form.edit(|line| line.insert(text));
                return self.told_unless(fits);
            }
            Some(overlay) => {
                let Some(fits) = overlay.insert(text) else {
                    self.complain("there is no line here to paste into".to_owned());
                    return Vec::new();
                };
                return self.told_unless(fits);
            }
            None => {}
        }
        if self.focus == Pane::Sources && self.sources.typing {
            return self.type_in_sources(text);
        }
        if self.focus == Pane::Field || self.is_narrowing() {
            return self.type_text(text);
        }
        self.complain("paste into the search field: / first".to_owned());
        Vec::new()
    }

    fn type_text(&mut self, text: &str) -> Vec<Effect> {
        let fits = self.typed_line().insert(text);
        let effects = self.typed();
        self.told_unless(fits);
        effects
    }

    /// Says that what was typed or pasted was cut, unless all of it fitted.
    fn told_unless(&mut self, fits: bool) -> Vec<Effect> {
        if !fits {
            self.complain("a line holds no more: the rest was left out".to_owned());
        }
        Vec::new()
    }

    /// Completes what is typed; where there is nothing to complete, goes to the next pane.
    fn complete_or_go_on(&mut self) -> Vec<Effect> {
        match self.complete_field() {
            None => self.perform(Action::NextPane),
            Some(false) => Vec::new(),
            Some(true) => {
                self.history.end();
                self.list.begin_anew();
                self.search()
            }
        }
    }

    /// Puts the candidate that was pressed into the line, and runs that.
    pub(super) fn press_candidate(&mut self, place: usize) -> Vec<Effect> {
        self.put_candidate(place);
        self.history.end();
        self.list.begin_anew();
        self.search()
    }

    /// Puts the search before or after into the line, and runs it.
    fn walk_history(&mut self, action: Action) -> Vec<Effect> {
        let line = self.field.text().to_owned();
        let next = match action {
            Action::EarlierSearch => self.history.earlier(&line),
            _ => self.history.later(&line),
        };
        let Some(next) = next.map(str::to_owned) else {
            if action == Action::EarlierSearch {
                self.tell("no search before this one begins so".to_owned());
            }
            return Vec::new();
        };
        self.field.set(&next);
        self.list.begin_anew();
        self.search()
    }

    /// Keeps what the field says among the searches that were made, unless the person keeps none.
    pub(super) fn keep_asked(&mut self) -> Option<Effect> {
        let text = self.field.text().trim().to_owned();
        let is_kept = self.settings.history && self.history.keep(&text);
        is_kept.then_some(Effect::KeepAsked(text))
    }

    /// Forgets the searches that were made.
    pub(super) fn clear_history(&mut self) -> Vec<Effect> {
        self.history.clear();
        self.tell("the searches that were made are forgotten".to_owned());
        vec![Effect::ForgetAsked]
    }

    /// Returns the line that the letters go to.
    fn typed_line(&mut self) -> &mut Line {
        match &mut self.facets.narrow {
            Some(line) if self.focus == Pane::Facets => line,
            _ => &mut self.field,
        }
    }

    fn typed(&mut self) -> Vec<Effect> {
        if self.focus == Pane::Facets {
            self.facets.rebuild(&self.query);
            self.facets.to_first();
            return Vec::new();
        }
        self.history.end();
        self.complete_anew();
        self.list.begin_anew();
        self.search()
    }
}
