//! Documents like the one in sight, or like the passage of it that is.

use crate::app::{Action, App, Effect, Pane};
use crate::library::Face;
use crate::query::{Filter, Like, Node, Query};

/// A text longer than this, in bytes, is about several things: some 1,000 words, three screens and more.
const LONG: usize = 6 * 1024;

impl App {
    /// Asks for documents like the one that is selected, or like what is read on the page.
    pub(super) fn like(&mut self) -> Vec<Effect> {
        let like = match self.focus {
            Pane::Page => self.like_page(),
            _ => self.list.selected_row().map(|row| Like {
                id: row.id,
                at: None,
            }),
        };
        let Some(like) = like else {
            self.tell("no document to be like".to_owned());
            return Vec::new();
        };
        if like.at.is_some() {
            let back = self.keys_of(Action::Top);
            self.tell(format!(
                "like this passage; from the top ({back}) it is like the whole document"
            ));
        }
        let mut effects = self.remember();
        // The question that led here is found again among the searches that were made.
        effects.extend(self.keep_asked());
        self.page.leave_trace();
        let query = Query {
            root: Node::Filter(Filter::Like(like)),
            ..Query::default()
        };
        effects.extend(self.go_to_pane(Pane::List));
        effects.extend(self.lead_to(&query));
        effects
    }

    /// Returns what is read on the page: of a long text the passage of the current hit where that is in sight, else the
    /// one at the top; from its very beginning, and of a short one, the whole.
    fn like_page(&self) -> Option<Like> {
        let sheet = self.page.sheet.as_ref()?;
        let is_long = sheet.body().text().len() > LONG && sheet.opened.face == Face::Text;
        let top = self.page.offset();
        let in_sight = top..self.page.end_in_sight(self.page_height());
        let hit = self.page.hit.and_then(|hit| self.page.hit_range(hit));
        let hit = hit
            .map(|hit| hit.start)
            .filter(|hit| in_sight.contains(hit));
        let at = hit.unwrap_or(top);
        let from_the_top = self.page.top < sheet.first_text_row() || at == 0;
        Some(Like {
            id: sheet.opened.id,
            at: (is_long && !from_the_top).then_some(at),
        })
    }
}
