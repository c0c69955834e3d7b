//! Actions in the list of documents.

use crate::app::geometry::list_rows;
use crate::app::{Action, Aim, App, Effect, Overlay, Pane, Question, Undo, list_rows_in_sight};
use crate::document::{DocumentId, Marks};
use crate::library::Doubles;
use crate::query::{Match, Sort};

/// How many documents are marked as read without a question: as many as one may have looked through.
const MOST_MARKED_UNASKED: usize = 100;

impl App {
    pub(super) fn list_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(effects) = self.cost_action(action) {
            return effects;
        }
        let screen = self.list_height().cast_signed();
        match action {
            Action::Down => self.move_in_list(self.times()),
            Action::Up => self.move_in_list(-self.times()),
            Action::PageDown => self.move_in_list(screen),
            Action::PageUp => self.move_in_list(-screen),
            Action::HalfDown => self.move_in_list((screen / 2).max(1)),
            Action::HalfUp => self.move_in_list(-(screen / 2).max(1)),
            Action::Top => self.select_at(0),
            Action::Bottom => self.select_at(
                self.count
                    .map_or(usize::MAX, |count| count.saturating_sub(1)),
            ),
            Action::Open => self.read_selected(self.aim_of_cursor()),
            Action::Sort => self.next_sort(),
            Action::Unfold => self.unfold(),
            Action::Passages => self.toggle_passages(),
            Action::Widen => self.widen(),
            Action::Why => self.ask_why(),
            Action::MarkAllRead => self.mark_all_read(),
            Action::Note => self.write_note(),
            Action::Star | Action::ToggleRead => {
                let row = self.list.selected_row();
                let marked = row.map(|row| (row.id, row.marks.clone()));
                self.toggle_mark(action, marked)
            }
            _ => Vec::new(),
        }
    }

    /// Returns how many documents the list shows whole at once.
    pub(in crate::app) fn list_height(&self) -> usize {
        self.list_area().map_or(1, list_rows).max(1)
    }

    /// Returns how many documents are in sight, with one that is cut off below.
    pub(super) fn rows_in_sight(&self) -> usize {
        self.list_area().map_or(1, list_rows_in_sight).max(1)
    }

    /// Selects a place in the order; the page follows.
    pub(super) fn select_at(&mut self, place: usize) -> Vec<Effect> {
        self.list.select(place);
        self.selection_moved(Aim::FirstHit)
    }

    /// Brings the selection into sight, asks for rows that are missing, and lets the page follow.
    pub(super) fn selection_moved(&mut self, aim: Aim) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.settle_list().into_iter().collect();
        effects.extend(self.follow(aim));
        effects
    }

    /// Scrolls so that the selection is in sight; returns what has to be asked for when rows are missing.
    pub(super) fn settle_list(&mut self) -> Option<Effect> {
        self.list.keep_in_sight(self.list_height());
        // The rows of an answer that has not come are not asked for beside it: one request would replace the other.
        if self.searching {
            return None;
        }
        let missing = self.list.missing(self.rows_in_sight());
        missing.map(|rows| self.rows_wanted(&rows, None))
    }

    fn next_sort(&mut self) -> Vec<Effect> {
        // Where the newest come first already, the next order is the one after that.
        let next = match self.list.sort {
            Sort::Relevance => Sort::Newest,
            Sort::Newest => Sort::Oldest,
            Sort::Oldest => Sort::Title,
            Sort::Title => Sort::Source,
            Sort::Source => Sort::Longest,
            Sort::Longest => Sort::Shortest,
            Sort::Shortest => Sort::Relevance,
        };
        let mut query = self.query.clone();
        query.sort = (next != Sort::Relevance).then_some(next);
        self.list.begin_anew();
        self.ask_anew(&query)
    }

    /// Asks for documents with every word alone where others are shown too, and for those with some where not; asked
    /// again, lets the question decide as before.
    fn widen(&mut self) -> Vec<Effect> {
        if self.light.plain_words() < 2 && self.query.matching.is_none() {
            self.tell("the question has no two words of which some could do".to_owned());
            return Vec::new();
        }
        let mut query = self.query.clone();
        query.matching = match query.matching {
            Some(_) => None,
            None if self.list.incomplete > 0 => Some(Match::All),
            None => Some(Match::Any),
        };
        let selected = self.list.selected_row().map(|row| row.id);
        self.list.prefer(selected);
        self.ask_anew(&query)
    }

    /// Marks what was asked for as read: documents that lack some of the words only where the question says that these
    /// will do.
    fn mark_all_read(&mut self) -> Vec<Effect> {
        let Question { mut query, doubles } = self.list.question.clone();
        if self.list.incomplete > 0 {
            query.matching = query.matching.or(Some(Match::All));
            if self.list.complete() == 0 && query.matching == Some(Match::All) {
                self.tell("no document has every word: none was marked".to_owned());
                return Vec::new();
            }
        }
        let count = match query.matching {
            Some(Match::All) if self.list.incomplete > 0 => self.list.complete(),
            _ => self.list.total,
        };
        // What was not looked through is hardly meant by a slip of the finger.
        if count > MOST_MARKED_UNASKED {
            return self.lay(Overlay::MarkAll { query, count });
        }
        vec![Effect::MarkAllRead(query, doubles)]
    }

    /// Shows every document of a fold as a row of its own, or one for all again. The selection stays on its article.
    fn unfold(&mut self) -> Vec<Effect> {
        self.doubles = self.doubles.other();
        self.tell(
            match self.doubles {
                Doubles::Folded => "an article from several sources is one row",
                Doubles::Apart => "every source of an article has its row",
            }
            .to_owned(),
        );
        let selected = self.list.selected_row().map(|row| row.id);
        self.list.prefer(selected);
        self.search()
    }

    /// Sets or takes away a document's star, or its read mark; `undo` takes that back.
    pub(super) fn toggle_mark(
        &mut self,
        action: Action,
        marked: Option<(DocumentId, Marks)>,
    ) -> Vec<Effect> {
        let Some((id, marks)) = marked else {
            return Vec::new();
        };
        if action == Action::Star {
            self.undo.push(Undo::Starred(id, marks.starred));
            self.set_starred(id, !marks.starred)
        } else {
            self.undo.push(Undo::Read(vec![id], marks.read));
            self.set_read(id, !marks.read)
        }
    }

    pub(super) fn set_starred(&mut self, id: DocumentId, starred: bool) -> Vec<Effect> {
        for row in self.list.rows_of(id) {
            row.marks.starred = starred;
        }
        if let Some(sheet) = self.page.sheet.as_mut().filter(|sheet| sheet.opened.is(id)) {
            sheet.opened.marks.starred = starred;
        }
        self.tell(
            if starred {
                "starred"
            } else {
                "star taken away"
            }
            .to_owned(),
        );
        vec![Effect::SetStarred(id, starred)]
    }

    pub(super) fn set_read(&mut self, id: DocumentId, read: bool) -> Vec<Effect> {
        self.show_read(&[id], read);
        self.tell(format!("marked {}", super::read_word(read)));
        vec![Effect::SetRead(vec![id], read)]
    }

    /// Shows documents as read or unread wherever they are on the screen.
    pub(super) fn show_read(&mut self, ids: &[DocumentId], read: bool) {
        // There may be a million, and few of them are here: they are gone through once.
        let rows = self.list.rows().iter();
        let mut here: Vec<DocumentId> = rows
            .flat_map(|row| std::iter::once(row.id).chain(row.also.iter().map(|also| also.id)))
            .collect();
        if let Some(opened) = self.page.sheet.as_ref().map(|sheet| &sheet.opened) {
            here.push(opened.id);
            here.extend(opened.also.iter().map(|also| also.id));
        }
        here.sort_unstable();
        for id in ids.iter().filter(|id| here.binary_search(id).is_ok()) {
            for row in self.list.rows_of(*id) {
                row.marks.read = read;
            }
            if let Some(sheet) = self
                .page
                .sheet
                .as_mut()
                .filter(|sheet| sheet.opened.is(*id))
            {
                sheet.opened.marks.read = read;
            }
        }
    }

    /// Goes to the page with the selected document on it.
    pub(super) fn read_selected(&mut self, aim: Aim) -> Vec<Effect> {
        if self.list.total == 0 && self.page.sheet.is_none() {
            self.tell("no document to read".to_owned());
            return Vec::new();
        }
        let measure = self.measure();
        let mut effects = self.change_pane(Pane::Page);
        let followed = self.follow(aim);
        if followed.is_empty() && self.measure() != measure {
            effects.extend(self.set_again());
        }
        effects.extend(followed);
        effects
    }
}
