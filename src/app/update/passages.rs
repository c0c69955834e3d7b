//! Unfolding a row of the list, and what its passages lead to.

use super::count_of;
use crate::app::passages::{MOST_PASSAGES, room};
use crate::app::{Aim, App, Effect, PassagesRequest, Unfolded};
use crate::query::Matcher;
use crate::query::passages::Passages;

impl App {
    /// Unfolds the selected row, or folds it.
    pub(super) fn toggle_passages(&mut self) -> Vec<Effect> {
        let selected = self.list.selected;
        let unfolded = self.list.unfolded.as_ref();
        if unfolded.is_some_and(|unfolded| unfolded.place == selected) {
            return self.fold_passages();
        }
        let Some(row) = self.list.selected_row() else {
            return Vec::new();
        };
        if Matcher::new(&self.light).is_empty() {
            self.tell("no words are looked for: type some, then a row unfolds".to_owned());
            return Vec::new();
        }
        let unfolded = Unfolded {
            id: row.id,
            place: selected,
            ..Unfolded::default()
        };
        self.list.fold_passages();
        self.list.unfolded = Some(unfolded);
        self.passages_wanted().into_iter().collect()
    }

    pub(super) fn fold_passages(&mut self) -> Vec<Effect> {
        self.list.fold_passages();
        self.settle_list().into_iter().collect()
    }

    /// Asks for the passages of the row that is unfolded.
    pub(super) fn passages_wanted(&mut self) -> Option<Effect> {
        let columns = self.list_area()?.width;
        let id = self.list.unfolded.as_ref()?.id;
        self.passages_asked += 1;
        Some(Effect::Passages(PassagesRequest {
            generation: self.passages_asked,
            id,
            light: self.light.clone(),
            room: room(columns),
            limit: MOST_PASSAGES,
        }))
    }

    pub(super) fn passages_came(
        &mut self,
        answer: Result<Option<Box<Passages>>, String>,
    ) -> Vec<Effect> {
        let passages = match answer {
            Ok(passages) => passages.map(|passages| *passages).unwrap_or_default(),
            Err(reason) => {
                self.complain(reason);
                return self.fold_passages();
            }
        };
        let Some(unfolded) = &mut self.list.unfolded else {
            return Vec::new();
        };
        let (shown, total) = (passages.best.len(), passages.total);
        if total == 0 {
            self.tell("no passage of its text has the words: they stand elsewhere".to_owned());
            return self.fold_passages();
        }
        let fresh = unfolded.passages.best.is_empty();
        unfolded.passages = passages;
        unfolded.cursor = unfolded.cursor.map(|cursor| cursor.min(shown - 1));
        if fresh {
            let height = self.list_height();
            self.list.bring_passages_into_sight(height);
            if shown < total {
                self.tell(format!(
                    "the best {shown} of {}",
                    count_of(total, "passage")
                ));
            }
        }
        self.settle_list().into_iter().collect()
    }

    /// Moves the cursor by so many lines: documents, and the passages under one that is unfolded.
    pub(super) fn move_in_list(&mut self, lines: isize) -> Vec<Effect> {
        let line = self.list.selected_line().saturating_add_signed(lines);
        self.select_line(line)
    }

    /// Puts the cursor on a line; the page shows its document, or its passage.
    pub(super) fn select_line(&mut self, line: usize) -> Vec<Effect> {
        self.list.select_line(line);
        let Some(at) = self.list.selected_passage().map(|passage| passage.at) else {
            return self.selection_moved(Aim::FirstHit);
        };
        let id = self.list.selected_row().map(|row| row.id);
        let shown = self.page.id().filter(|shown| Some(*shown) == id);
        if shown.is_some() && self.page.is_current() && self.page.light == self.light {
            let height = self.page_height();
            self.page.go_to_hit_at(at, height);
            return self.settle_list().into_iter().collect();
        }
        self.selection_moved(Aim::Hit(at))
    }

    /// Returns where the document with the cursor is to be opened: at the passage, where that is on one.
    pub(super) fn aim_of_cursor(&self) -> Aim {
        let passage = self.list.selected_passage();
        passage.map_or(Aim::FirstHit, |passage| Aim::Hit(passage.at))
    }
}
