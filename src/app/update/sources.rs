//! Actions in the list of what was added.

use std::sync::Arc;

use crate::app::{
    Action, App, Effect, Overlay, Pane, SourceKey, SourceListing, SourceRow, SourcesLayout,
};
use crate::config::keys::Key;
use crate::query::Query;

/// After so many pieces of news of work under way, which come ten times a second at most, the list is asked for again.
const TOLD_EACH: usize = 10;

impl App {
    pub(super) fn sources_action(&mut self, action: Action) -> Vec<Effect> {
        let screen = self.sources_height().cast_signed();
        let motion = self.motion(action, screen);
        self.move_in_sources(motion);
        match action {
            Action::Narrow => {
                self.sources.typing = true;
                self.settle_sources();
                Vec::new()
            }
            Action::ListSource => self.list_source(),
            Action::Refresh => self.refresh_source(),
            Action::Remove => self.ask_to_remove(),
            _ => Vec::new(),
        }
    }

    /// Goes to the list of what was added, or back from it.
    pub(super) fn toggle_sources(&mut self) -> Vec<Effect> {
        let pane = if self.focus == Pane::Sources {
            self.behind
        } else {
            Pane::Sources
        };
        self.go_to_pane(pane)
    }

    /// Asks for the list as it is now.
    pub(super) fn list_sources(&mut self) -> Vec<Effect> {
        self.sources.edition += 1;
        self.sources.stale = false;
        self.find_sources()
    }

    /// Asks for what the find leaves of the list.
    fn find_sources(&mut self) -> Vec<Effect> {
        vec![Effect::ListSources(self.sources.request())]
    }

    /// Asks for the list again where it is in sight and no answer is on its way: what it says may have changed.
    pub(super) fn sources_again(&mut self) -> Vec<Effect> {
        if self.focus != Pane::Sources || self.sources.asked {
            self.sources.stale |= self.sources.asked;
            return Vec::new();
        }
        self.list_sources()
    }

    /// Asks for the list again once in a while as work goes on: what it counts grows.
    pub(super) fn sources_meanwhile(&mut self, goes_on: bool) -> Vec<Effect> {
        self.sources.told = if goes_on { self.sources.told + 1 } else { 0 };
        if goes_on && self.sources.told.is_multiple_of(TOLD_EACH) {
            self.sources_again()
        } else {
            Vec::new()
        }
    }

    /// Takes the list that came.
    pub(super) fn sources_came(
        &mut self,
        answer: Result<Arc<SourceListing>, String>,
    ) -> Vec<Effect> {
        match answer {
            Ok(listing) => self.sources.take(listing),
            Err(reason) => {
                self.sources.asked = false;
                self.complain(reason);
            }
        }
        self.settle_sources();
        if self.sources.stale {
            self.list_sources()
        } else {
            Vec::new()
        }
    }

    /// Takes a key while the line that narrows the list has the letters.
    pub(super) fn sources_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(character) = key.typed() {
            if character == '/' && self.sources.find.text().is_empty() {
                self.sources.typing = false;
                return self.enter_field();
            }
            return self.type_in_sources(&character.to_string());
        }
        let Some(action) = self.keymap.action("field", key).and_then(Action::from_name) else {
            return Vec::new();
        };
        match action {
            Action::Accept => {
                self.sources.typing = false;
                self.settle_sources();
                Vec::new()
            }
            Action::Leave => self.show_all_sources(),
            action if action.edits_line() => {
                if self.sources.find.edit(action) {
                    self.find_sources()
                } else {
                    Vec::new()
                }
            }
            action => {
                self.sources.typing = false;
                // There is nothing to complete in a line that narrows a list.
                self.perform(match action {
                    Action::Complete => Action::NextPane,
                    other => other,
                })
            }
        }
    }

    pub(super) fn type_in_sources(&mut self, text: &str) -> Vec<Effect> {
        self.sources.find.insert(text);
        self.find_sources()
    }

    /// Goes one level out: stops the work under way, else shows every source again, else leaves the list.
    pub(super) fn leave_sources(&mut self) -> Vec<Effect> {
        if self.work.is_some() {
            return self.stop_work();
        }
        if !self.sources.find.text().is_empty() {
            return self.show_all_sources();
        }
        self.go_to_pane(self.behind)
    }

    fn show_all_sources(&mut self) -> Vec<Effect> {
        self.sources.typing = false;
        self.sources.find.set("");
        self.settle_sources();
        self.find_sources()
    }

    pub(super) fn move_in_sources(&mut self, rows: isize) {
        self.sources.move_by(rows);
        self.settle_sources();
    }

    pub(super) fn settle_sources(&mut self) {
        self.sources.keep_in_sight(self.sources_height());
    }

    pub(super) fn sources_layout(&self) -> Option<SourcesLayout> {
        let pane = self.geometry()?.sources?;
        Some(self.sources.layout(pane))
    }

    fn sources_height(&self) -> usize {
        self.sources_layout()
            .map_or(1, |layout| usize::from(layout.rows.height))
    }

    /// Returns the source with the cursor, or says that there is none.
    fn chosen_source(&mut self) -> Option<Arc<SourceRow>> {
        let row = self.sources.row().cloned();
        if row.is_none() {
            self.tell("no source is chosen".to_owned());
        }
        row
    }

    /// Shows the documents of the source with the cursor in the list, and nothing else: as many as its row says.
    fn list_source(&mut self) -> Vec<Effect> {
        let Some(row) = self.chosen_source() else {
            return Vec::new();
        };
        let query = row.query().filter(|_| row.documents > 0);
        let Some(root) = query.map(|query| query.root) else {
            self.tell(match row.key {
                SourceKey::Address(_) => "nothing of it is here: recto does not fetch".to_owned(),
                SourceKey::Added(_) => format!("“{}” has no document to show", row.name),
            });
            return Vec::new();
        };
        let sort = self.query.sort;
        let mut effects = self.go_to_pane(Pane::List);
        self.list.begin_anew();
        effects.extend(self.ask_anew(&Query {
            root,
            sort,
            ..Query::default()
        }));
        effects
    }

    fn refresh_source(&mut self) -> Vec<Effect> {
        let Some(row) = self.chosen_source() else {
            return Vec::new();
        };
        match row.key {
            SourceKey::Added(id) if row.on_disk => {
                self.tell(format!("reading “{}” again", row.name));
                vec![Effect::Refresh(vec![id])]
            }
            SourceKey::Added(_) => {
                self.tell(format!(
                    "“{}” is no file or folder that could change",
                    row.name
                ));
                Vec::new()
            }
            SourceKey::Address(_) => {
                self.tell("the address is kept; recto does not fetch".to_owned());
                Vec::new()
            }
        }
    }

    /// Reads every source again.
    pub(super) fn refresh_all(&mut self) -> Vec<Effect> {
        self.tell("reading all sources again; reading goes on meanwhile".to_owned());
        vec![Effect::Refresh(Vec::new())]
    }

    fn ask_to_remove(&mut self) -> Vec<Effect> {
        let Some(row) = self.chosen_source() else {
            return Vec::new();
        };
        self.lay(Overlay::Remove(row))
    }

    /// Removes what the question was about.
    pub(super) fn remove_source(&mut self, row: &SourceRow) -> Vec<Effect> {
        self.tell(format!("removing “{}”", row.name));
        vec![Effect::Remove(row.key.clone(), row.name.clone())]
    }

    /// Shows what could not be read: of the source with the cursor, elsewhere of all.
    pub(super) fn show_failures(&mut self) -> Vec<Effect> {
        if self.focus != Pane::Sources {
            if self.coverage.failed.is_empty() {
                self.tell("everything that was added could be read".to_owned());
                return Vec::new();
            }
            return self.lay(Overlay::Failures { of: None, top: 0 });
        }
        let Some(row) = self.chosen_source() else {
            return Vec::new();
        };
        if row.failed.is_empty() && row.warnings.is_empty() {
            self.tell(format!("everything in “{}” could be read", row.name));
            return Vec::new();
        }
        self.lay(Overlay::Failures {
            of: Some(row),
            top: 0,
        })
    }

    /// Puts the cursor on the source that was pressed; a second press shows its documents.
    pub(super) fn press_source(&mut self, y: u16) -> Vec<Effect> {
        let Some(layout) = self.sources_layout() else {
            return Vec::new();
        };
        let row = y.checked_sub(layout.rows.y);
        let Some(row) = row.filter(|row| *row < layout.rows.height) else {
            return Vec::new();
        };
        let place = self.sources.top + usize::from(row);
        if place >= self.sources.len() {
            return Vec::new();
        }
        if place == self.sources.selected {
            return self.list_source();
        }
        self.sources.selected = place;
        Vec::new()
    }
}
