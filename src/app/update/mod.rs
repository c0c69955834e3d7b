//! What each message does. Split by what has the keys: `field`, `list`, `facets`, `page`, `overlay`; `mouse`; and
//! `answers` for what the workers send back.

mod answers;
mod awaited;
mod book;
mod citation;
mod concordance;
mod costs;
mod curate;
mod facets;
mod field;
mod glossary;
mod like;
mod list;
mod mouse;
mod notes;
mod overlay;
mod page;
mod passages;
mod question;
mod saved;
mod sources;
mod tags;
mod take;
mod taken;
mod timeline;
mod why;

use std::ops::Range;

use super::changed_from;
use super::{
    Action, Aim, App, Ask, Effect, Line, Message, Notice, Overlay, Pane, Question, SearchRequest,
    Undo,
};
use crate::config::keys::Key;
use crate::document::DocumentId;
use crate::library::Face;
use crate::query;

/// The largest count before a motion: more than any list has, and far from overflowing.
const MAX_COUNT: usize = 9_999_999;

impl App {
    /// Does what a message says, and returns what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let facets = self.facets_shown();
        let effects = match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse) => self.mouse(mouse),
            Message::Resize(columns, rows) => self.resize((columns, rows)),
            other => self.answer(other),
        };
        // However they came into sight, or became higher or lower.
        if self.facets_shown() != facets {
            self.settle_facets();
        }
        effects
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        self.hover = None;
        // Who does something else meanwhile no longer waits for it.
        self.awaited = None;
        if self.overlay.is_some() {
            return self.overlay_key(key);
        }
        if self.focus == Pane::Sources && self.sources.typing {
            return self.sources_key(key);
        }
        if self.focus == Pane::Field || self.is_narrowing() {
            return self.field_key(key);
        }
        if let Some(effects) = self.cost_by_number(key) {
            return effects;
        }
        if let Some(digit) = self.digit(key) {
            self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(MAX_COUNT));
            return Vec::new();
        }
        let action = self
            .keymap
            .action(self.focus.name(), key)
            .and_then(Action::from_name);
        let effects = action.map_or_else(Vec::new, |action| self.perform(action));
        self.count = None;
        effects
    }

    /// Returns the digit that goes on with a count; a nought only after another digit.
    fn digit(&self, key: Key) -> Option<usize> {
        let digit = key.typed()?.to_digit(10)? as usize;
        (digit > 0 || self.count.is_some()).then_some(digit)
    }

    /// Does what a person asked for by key, mouse or palette.
    pub(super) fn perform(&mut self, action: Action) -> Vec<Effect> {
        if self.put_off(action) {
            return Vec::new();
        }
        match action {
            Action::Search => self.enter_field(),
            Action::Facets => self.toggle_facets(),
            Action::NextPane => self.step_pane(1),
            Action::PreviousPane => self.step_pane(-1),
            Action::Zoom => self.zoom(),
            Action::NextHit => self.next_hit(false),
            Action::PreviousHit => self.next_hit(true),
            Action::Help => self.lay(Overlay::Help {
                pane: self.focus.name(),
                top: 0,
            }),
            Action::Palette => self.ask(Ask::Palette, ""),
            Action::Failures => self.show_failures(),
            Action::OtherWords => self.show_taken(),
            Action::Sources => self.toggle_sources(),
            Action::RefreshAll => self.refresh_all(),
            Action::SavedSearches => self.show_saved(),
            Action::ClearHistory => self.clear_history(),
            Action::Concordance => self.toggle_concordance(),
            Action::Notes => self.toggle_notes(),
            Action::NextTheme => self.next_theme(),
            Action::ToggleMouse => self.toggle_mouse(),
            Action::Undo => self.undo(),
            Action::Stop => self.stop_work(),
            Action::Leave => self.leave(),
            Action::Close => self.close(),
            Action::Quit => self.quit(),
            Action::Suspend => vec![Effect::Suspend],
            Action::Like => self.like(),
            Action::Tag => self.tag(),
            Action::EditDetails | Action::Hide | Action::Add => self.curate(action),
            _ => match self.focus {
                Pane::Field => Vec::new(),
                Pane::List => self.list_action(action),
                Pane::Facets => self.facets_action(action),
                Pane::Page => self.page_action(action),
                Pane::Sources => self.sources_action(action),
                Pane::Concordance => self.concordance_action(action),
                Pane::Notes => self.notes_action(action),
            },
        }
    }

    /// Does an action chosen by its name, in the pane that has it: from the list, `outline` is the page's.
    pub(super) fn perform_anywhere(&mut self, action: Action) -> Vec<Effect> {
        let has = |pane: &str| !self.keymap.keys(pane, action.entry().name).is_empty();
        let panes = [Pane::Page, Pane::List, Pane::Facets, Pane::Sources];
        let mut panes = panes.into_iter().chain([Pane::Concordance, Pane::Notes]);
        let elsewhere = match action {
            Action::CopyPassage | Action::CopyAddress | Action::CopyCitation => Some(Pane::Page),
            _ if has("global") || has(self.focus.name()) => None,
            _ => panes.find(|pane| has(pane.name())),
        };
        let mut effects = match elsewhere {
            Some(Pane::Page) if self.focus != Pane::Page => self.read_selected(Aim::FirstHit),
            Some(Pane::Concordance) => self.toggle_concordance(),
            Some(Pane::Notes) => self.toggle_notes(),
            Some(pane) => self.go_to_pane(pane),
            None => Vec::new(),
        };
        effects.extend(self.perform(action));
        effects
    }

    /// Runs the question as the field has it now.
    pub(super) fn search(&mut self) -> Vec<Effect> {
        self.query = query::parse_typing(&self.text_to_run());
        self.generation += 1;
        self.searching = true;
        self.word.ended = false;
        let mut effects = Vec::from_iter(self.drop_concordance());
        effects.push(self.rows_of_the_answer());
        effects
    }

    /// Asks for the rows that the answer opens on. Only those in sight: each letter asks anew, and the line around a hit
    /// is the costly part.
    fn rows_of_the_answer(&self) -> Effect {
        let preferred = self.list.preferred();
        // Where the question does not find that document, what is selected now is still among these.
        let first = preferred.map_or(0, |_| self.list.top);
        self.rows_wanted(&(first..first + self.list_height() + 1), preferred)
    }

    /// Returns the question as the field has it.
    pub(super) fn question(&self) -> Question {
        Question {
            query: self.query.clone(),
            doubles: self.doubles,
        }
    }

    /// Asks for rows of the question that is being answered, else of the one that the list answers: these, or as many
    /// around a document, where one is given and found.
    pub(super) fn rows_wanted(&self, rows: &Range<usize>, around: Option<DocumentId>) -> Effect {
        let columns = self.list_area().map_or(self.size.0, |list| list.width);
        let Question { query, doubles } = if self.searching {
            self.question()
        } else {
            self.list.question.clone()
        };
        Effect::Search(SearchRequest {
            generation: self.generation,
            query,
            offset: rows.start,
            limit: rows.len(),
            cells: usize::from(columns.saturating_sub(4)),
            around,
            doubles,
        })
    }

    /// Asks again for the rows in sight, wherever in the order they stand now: what is selected stays on its row.
    pub(super) fn rows_again(&self) -> Effect {
        self.rows_anew(self.list.kept())
    }

    /// Asks again for the rows in sight, or for those around a document: they are to be made anew.
    fn rows_anew(&self, around: Option<DocumentId>) -> Effect {
        if self.searching {
            return self.rows_of_the_answer();
        }
        let (top, height) = (self.list.top, self.rows_in_sight());
        self.rows_wanted(&(top.saturating_sub(height)..top + 2 * height), around)
    }

    fn resize(&mut self, size: (u16, u16)) -> Vec<Effect> {
        let measure = self.measure();
        self.size = size;
        self.settle_list();
        let mut effects = vec![self.rows_anew(None)];
        if self.measure() != measure {
            effects.extend(self.set_again());
        }
        self.page.settle(self.page_height());
        self.settle_sources();
        self.settle_notes();
        effects.extend(self.lines_again());
        effects.extend(self.passages_wanted());
        effects
    }

    /// Goes to a pane.
    pub(super) fn go_to_pane(&mut self, pane: Pane) -> Vec<Effect> {
        let measure = self.measure();
        let mut effects = self.change_pane(pane);
        if self.measure() != measure {
            effects.extend(self.set_again());
        }
        effects
    }

    /// Gives a pane the keys; what was read is remembered when the page is left.
    pub(super) fn change_pane(&mut self, pane: Pane) -> Vec<Effect> {
        let mut effects = Vec::from_iter(self.pause_concordance(pane));
        self.completion = None;
        if self.focus == Pane::Field
            && pane != Pane::Field
            && query::parse_typing(self.field.text()) != self.query
        {
            // What is left unfinished was meant as it stands.
            effects.extend(self.search());
        }
        if self.focus == Pane::Field && pane != Pane::Field {
            effects.extend(self.end_word());
        }
        if (self.focus == Pane::Field && pane != Pane::Field) || pane == Pane::Page {
            // What was searched for and used is worth coming back to; each letter on the way there is not.
            effects.extend(self.keep_asked());
        }
        if pane != Pane::Page {
            effects.extend(self.remember());
            self.page.find = None;
        }
        self.concordance.reading &= matches!(pane, Pane::Page | Pane::Field);
        if matches!(
            pane,
            Pane::Field | Pane::Facets | Pane::Sources | Pane::Concordance | Pane::Notes
        ) {
            if matches!(self.focus, Pane::List | Pane::Page) {
                self.behind = self.focus;
            }
        } else {
            self.zoomed &= pane == Pane::Page;
        }
        self.focus = pane;
        match (pane, self.page.pending) {
            // What was to be shown beside the list is not what one goes to.
            (Pane::Page, _) => self.page.pending = None,
            (Pane::List, Some(aim)) => effects.extend(self.follow(aim)),
            _ => {}
        }
        if pane == Pane::Page {
            effects.extend(self.mark_open_read());
        }
        if pane == Pane::Sources {
            self.settle_sources();
            effects.extend(self.list_sources());
        }
        effects.extend(self.settle_list());
        effects
    }

    fn step_pane(&mut self, step: isize) -> Vec<Effect> {
        const ORDER: [Pane; 4] = [Pane::Field, Pane::Facets, Pane::List, Pane::Page];
        let here = ORDER
            .iter()
            .position(|pane| *pane == self.focus)
            .unwrap_or(0);
        let there = here.cast_signed() + step + ORDER.len().cast_signed();
        let pane = ORDER
            .get(there.unsigned_abs() % ORDER.len())
            .copied()
            .unwrap_or_default();
        match pane {
            Pane::Page => self.read_selected(Aim::FirstHit),
            pane => self.go_to_pane(pane),
        }
    }

    fn toggle_facets(&mut self) -> Vec<Effect> {
        let pane = if self.focus == Pane::Facets {
            self.behind
        } else {
            Pane::Facets
        };
        self.go_to_pane(pane)
    }

    fn zoom(&mut self) -> Vec<Effect> {
        let measure = self.measure();
        self.zoomed = !self.zoomed;
        let mut effects = if self.zoomed {
            self.read_selected(Aim::FirstHit)
        } else {
            Vec::new()
        };
        if self.measure() != measure {
            effects.extend(self.set_again());
        }
        effects
    }

    /// Goes one level out: from the page to the list, from the list to an empty question.
    fn leave(&mut self) -> Vec<Effect> {
        match self.focus {
            Pane::Page if self.page.find.is_some() => self.end_find(),
            Pane::Page if self.page.face == Face::Changes => self.turn_face(),
            Pane::Page if self.concordance.reading => self.leave_page(),
            Pane::Page if self.zoomed => self.zoom(),
            Pane::Page => self.go_to_pane(Pane::List),
            Pane::Facets => {
                if self.facets.on_timeline() && self.leave_timeline() {
                    return Vec::new();
                }
                self.go_to_pane(self.behind)
            }
            Pane::Field | Pane::Notes => self.go_to_pane(self.behind),
            Pane::Sources => self.leave_sources(),
            Pane::Concordance => self.leave_concordance(),
            Pane::List if self.list.unfolded.is_some() => self.fold_passages(),
            Pane::List if !self.field.text().is_empty() => self.leave_question(),
            // There is nothing else that it could mean here.
            Pane::List if self.work.is_some() => self.stop_work(),
            Pane::List => {
                self.tell("this is the outermost level: q leaves the room".to_owned());
                Vec::new()
            }
        }
    }

    /// Goes one level out; from the outermost, out of the room.
    fn close(&mut self) -> Vec<Effect> {
        if self.focus == Pane::Sources {
            return self.go_to_pane(self.behind);
        }
        let outermost = self.field.text().is_empty() && self.list.unfolded.is_none();
        if self.focus == Pane::List && outermost {
            self.quit()
        } else {
            self.leave()
        }
    }

    fn quit(&mut self) -> Vec<Effect> {
        let mut effects = self.remember();
        // Whoever ends the program, what was written is kept.
        effects.extend(self.keep_note());
        if let Some(id) = self
            .page
            .id()
            .or_else(|| self.list.selected_row().map(|row| row.id))
        {
            effects.push(Effect::SetState(Self::LAST_DOCUMENT, id.to_string()));
        }
        self.done = true;
        effects
    }

    fn next_theme(&mut self) -> Vec<Effect> {
        let here = self
            .themes
            .iter()
            .position(|name| *name == self.settings.theme);
        let next = here.map_or(0, |here| (here + 1) % self.themes.len().max(1));
        let Some(name) = self.themes.get(next).cloned() else {
            return Vec::new();
        };
        self.tell(format!("theme: {name}"));
        self.settings.theme.clone_from(&name);
        vec![Effect::SetState(
            "theme",
            changed_from(&name, &self.set.theme),
        )]
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.mouse = !self.settings.mouse;
        self.tell(
            if self.settings.mouse {
                "mouse on; Shift selects text"
            } else {
                "mouse off"
            }
            .to_owned(),
        );
        vec![Effect::CaptureMouse(self.settings.mouse)]
    }

    fn undo(&mut self) -> Vec<Effect> {
        match self.undo.pop() {
            None => {
                self.tell("nothing to undo".to_owned());
                Vec::new()
            }
            Some(Undo::Starred(id, starred)) => self.set_starred(id, starred),
            Some(Undo::Tagged(id, tags)) => self.tags_again(id, &tags),
            Some(Undo::Hidden(id)) => self.set_hidden(id, false),
            Some(Undo::Forgotten(saved)) => self.save_again(saved),
            Some(undo @ (Undo::NoteAdded(_) | Undo::NoteChanged(..) | Undo::NoteRemoved(..))) => {
                Self::undo_note(undo)
            }
            Some(Undo::Read(ids, read)) => {
                self.tell(format!(
                    "{} marked {} again",
                    count_of(ids.len(), "document"),
                    read_word(read)
                ));
                self.show_read(&ids, read);
                vec![Effect::SetRead(ids, read)]
            }
        }
    }

    pub(super) fn stop_work(&mut self) -> Vec<Effect> {
        if self.work.is_none() {
            self.tell("nothing is under way".to_owned());
            return Vec::new();
        }
        self.tell("stopping; what is done is kept".to_owned());
        vec![Effect::StopWork]
    }

    pub(super) fn lay(&mut self, overlay: Overlay) -> Vec<Effect> {
        self.overlay = Some(overlay);
        Vec::new()
    }

    pub(super) fn ask(&mut self, ask: Ask, text: &str) -> Vec<Effect> {
        self.lay(Overlay::Ask {
            ask,
            line: Line::new(text),
            selected: 0,
            offered: Vec::new(),
        })
    }

    pub(super) fn tell(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            failed: false,
        });
    }

    pub(super) fn complain(&mut self, text: String) {
        self.notice = Some(Notice { text, failed: true });
    }

    /// Returns the count typed before a motion, else one.
    pub(super) fn times(&self) -> isize {
        self.count.unwrap_or(1).cast_signed()
    }

    /// Returns by how many rows an action moves what is chosen in a list that shows `screen` rows.
    pub(super) fn motion(&self, action: Action, screen: isize) -> isize {
        match action {
            Action::Down => self.times(),
            Action::Up => -self.times(),
            Action::PageDown => screen,
            Action::PageUp => -screen,
            Action::HalfDown => (screen / 2).max(1),
            Action::HalfUp => -(screen / 2).max(1),
            Action::Top => -isize::MAX,
            Action::Bottom => isize::MAX,
            _ => 0,
        }
    }
}

/// Returns a number with its thousands parted by a narrow blank's stand-in, a comma.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns `1 document`, `2,000 documents`.
pub(in crate::app) fn count_of(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(count))
}

pub(super) fn read_word(read: bool) -> &'static str {
    if read { "read" } else { "unread" }
}

#[cfg(test)]
mod tests;
