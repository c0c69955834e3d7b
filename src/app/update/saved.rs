//! Actions on saved searches: saving, running, changing, forgetting, and what counts as looking at one.

use crate::app::saved::{name_for, told_of_new};
use crate::app::{Action, App, Ask, Effect, Overlay, SavedChange, SavedLine, Undo};
use crate::library::{Newly, new_to};
use crate::query::{self, Query, saved_name, whole_name};
use crate::store::SavedSearch;

impl App {
    /// Lays the list of saved searches over the panes; where none is saved yet, asks for the name of the first.
    pub(super) fn show_saved(&mut self) -> Vec<Effect> {
        match (self.saved.rows.is_empty(), self.can_be_saved()) {
            (true, true) => self.ask_for_name(),
            (true, false) => {
                let key = self.keys_of(Action::SavedSearches);
                self.tell(format!(
                    "no search is saved yet: search for something, then {key} keeps it"
                ));
                Vec::new()
            }
            _ => self.lay(Overlay::Saved { selected: 0 }),
        }
    }

    fn ask_for_name(&mut self) -> Vec<Effect> {
        let name = name_for(&self.query);
        self.ask(Ask::SaveSearch, &name)
    }

    /// Does what Enter does on a line of the list.
    pub(super) fn choose_saved(&mut self, selected: usize) -> Vec<Effect> {
        match self.saved_lines().get(selected) {
            Some(SavedLine::Keep(_)) => self.ask_for_name(),
            Some(SavedLine::Search(row)) => {
                let name = row.saved.name.clone();
                self.run_saved(&name)
            }
            None => Vec::new(),
        }
    }

    /// Does an action in the list.
    pub(super) fn saved_action(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Saved { selected }) = self.overlay else {
            return Vec::new();
        };
        let lines = self.saved_lines();
        let Some(SavedLine::Search(Newly { saved, .. })) = lines.get(selected) else {
            return Vec::new();
        };
        let saved = saved.clone();
        self.saved.changing = Some(saved.name.clone());
        match action {
            Action::Rename => self.ask(Ask::RenameSaved, &saved.name),
            Action::EditQuery => self.ask(Ask::EditSaved, &saved.query),
            Action::Forget => self.lay(Overlay::Forget(saved)),
            _ => Vec::new(),
        }
    }

    /// Runs a saved search. Where it is the present question already, it turns to what was new to it, and back.
    pub(super) fn run_saved(&mut self, name: &str) -> Vec<Effect> {
        let Some(row) = self.saved.named(name) else {
            self.complain(format!("no search is saved as “{name}”"));
            return Vec::new();
        };
        let (saved, new) = (row.saved.clone(), row.new);
        let whole = Query::saved(&saved.name);
        let before = self.saved.before.clone();
        let before = before.filter(|before| whole_name(&before.name) == whole_name(&saved.name));
        if let Some(before) = before
            && self.query.root == whole.root
        {
            return self.ask_anew(&new_to(&before));
        }
        self.saved.running = Some(saved.name.clone());
        if let Some(told) = told_of_new(&saved.name, new) {
            self.saved.before = Some(saved);
            self.tell(told);
        }
        self.list.begin_anew();
        self.ask_anew(&whole)
    }

    /// Notes that the answer to a saved search is looked at, where the question is one and nothing else.
    pub(super) fn looked_at_saved(&mut self) -> Vec<Effect> {
        let asked = self.query.saved_alone().map(str::to_owned);
        let running = self.saved.running.take();
        let Some(name) = asked.filter(|asked| {
            running.is_some_and(|running| whole_name(&running) == whole_name(asked))
        }) else {
            return Vec::new();
        };
        self.saved.looked_at(&name);
        self.change_facets(|app| app.facets.replace_saved(&app.saved, &app.query));
        vec![Effect::Saved(SavedChange::Look(name, self.saved.counted))]
    }

    /// Says what of the question could not be told.
    pub(super) fn tell_trouble(&mut self) {
        if let Some(trouble) = self.saved.trouble.clone() {
            self.complain(trouble);
        }
    }

    /// Notes that the field was left with the name of a saved search in it: that is looking at it as well.
    pub(super) fn run_typed_saved(&mut self) -> Vec<Effect> {
        if !self.searching {
            self.tell_trouble();
        }
        let name = self.query.saved_alone();
        let name = name.and_then(|name| self.saved.named(name));
        let Some(Newly { saved, new }) = name.cloned() else {
            return Vec::new();
        };
        self.saved.running = Some(saved.name.clone());
        if let Some(told) = told_of_new(&saved.name, new) {
            self.saved.before = Some(saved);
            self.tell(told);
        }
        if self.searching {
            Vec::new()
        } else {
            self.looked_at_saved()
        }
    }

    /// Takes the saved searches with what is new to each.
    pub(super) fn saved_came(&mut self, rows: Vec<Newly>, counted: i64) -> Vec<Effect> {
        self.saved.rows = rows;
        self.saved.counted = counted;
        self.change_facets(|app| app.facets.replace_saved(&app.saved, &app.query));
        Vec::new()
    }

    /// Takes the saved searches as they are kept after a change, and says what was wrong with it.
    pub(super) fn saved_changed(
        &mut self,
        kept: Vec<SavedSearch>,
        wrong: Option<String>,
    ) -> Vec<Effect> {
        self.saved.replace(kept);
        self.change_facets(|app| app.facets.replace_saved(&app.saved, &app.query));
        if let Some(reason) = wrong {
            self.complain(reason);
        }
        if query::is_open(&self.query.root) {
            // What the question names may be another now.
            return vec![self.rows_again()];
        }
        Vec::new()
    }

    /// Keeps what was typed for a saved search: its name, another, or another question.
    pub(super) fn keep_saved(&mut self, ask: Ask, typed: &str) -> Vec<Effect> {
        let changing = self.saved.changing.take();
        let changing = changing.and_then(|name| self.saved.named(&name));
        let changing = changing.map(|row| row.saved.clone());
        let name = if ask == Ask::EditSaved {
            changing.as_ref().map(|saved| saved.name.clone())
        } else {
            saved_name(typed)
        };
        let Some(name) = name else {
            self.complain(format!(
                "“{typed}” is no name: it needs a letter or a number"
            ));
            return Vec::new();
        };
        let other = |saved: &SavedSearch| whole_name(&saved.name) != whole_name(&name);
        if self.saved.named(&name).is_some() && changing.as_ref().is_none_or(other) {
            self.complain(format!("there is a saved search “{name}” already"));
            return Vec::new();
        }
        let change = match (ask, changing) {
            (Ask::SaveSearch, _) => {
                self.tell(format!("saved as “{name}”"));
                SavedChange::Save(name, self.query.clone())
            }
            (Ask::EditSaved, Some(saved)) => {
                let query = query::parse(typed);
                if query == Query::default() {
                    self.complain("an empty question is not worth a name".to_owned());
                    return Vec::new();
                }
                self.tell(format!("“{name}” asks for {query} now"));
                SavedChange::Change {
                    name: saved.name,
                    to: name,
                    query,
                }
            }
            (_, Some(saved)) => {
                self.tell(format!("“{}” is called “{name}” now", saved.name));
                SavedChange::Change {
                    query: query::parse(&saved.query),
                    name: saved.name,
                    to: name,
                }
            }
            (_, None) => return Vec::new(),
        };
        vec![Effect::Saved(change)]
    }

    /// Forgets a saved search; `undo` brings it back.
    pub(super) fn forget_saved(&mut self, saved: SavedSearch) -> Vec<Effect> {
        let key = self.keys_of(Action::Undo);
        self.tell(format!("“{}” is forgotten: {key} undoes it", saved.name));
        let name = saved.name.clone();
        self.undo.push(Undo::Forgotten(saved));
        vec![Effect::Saved(SavedChange::Forget(name))]
    }

    /// Brings a forgotten one back.
    pub(super) fn save_again(&mut self, saved: SavedSearch) -> Vec<Effect> {
        self.tell(format!("“{}” is saved again", saved.name));
        vec![Effect::Saved(SavedChange::Again(saved))]
    }
}
