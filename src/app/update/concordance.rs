//! Actions in the concordance: every hit of the question, a line each.

use crate::app::{Action, Aim, App, Awaited, ConcordanceLayout, Effect, Pane, Question};
use crate::library::ConcordanceLines;
use crate::query::Matcher;
use crate::query::concordance::Order;

impl App {
    pub(super) fn concordance_action(&mut self, action: Action) -> Vec<Effect> {
        let screen = self.concordance_height().cast_signed();
        let motion = self.motion(action, screen);
        match action {
            Action::Open => self.open_line(),
            Action::CopyLine => self.copy_line(),
            Action::SortLeft => self.sort_lines(self.or_as_listed(Order::Left)),
            Action::SortRight => self.sort_lines(self.or_as_listed(Order::Right)),
            Action::SortSource => self.sort_lines(self.or_as_listed(Order::Source)),
            Action::SortDate if self.concordance.order == Order::Newest => {
                self.sort_lines(Order::Oldest)
            }
            Action::SortDate => self.sort_lines(match self.concordance.order {
                Order::Oldest => Order::Listed,
                _ => Order::Newest,
            }),
            _ => self.move_in_concordance(motion),
        }
    }

    /// Returns an order, or that of the list where it is that order already: the same key puts it back.
    fn or_as_listed(&self, order: Order) -> Order {
        if self.concordance.order == order {
            Order::Listed
        } else {
            order
        }
    }

    /// Opens the concordance of the question, as it stood where it is still the same one; from within, leaves it, or
    /// reads it anew where the library has changed.
    pub(super) fn toggle_concordance(&mut self) -> Vec<Effect> {
        let to_be_read_anew = self.concordance.stale || self.concordance.failed.is_some();
        if self.focus == Pane::Concordance && !to_be_read_anew {
            return self.leave_concordance();
        }
        if self.searching {
            // What is asked now is meant, not what was answered before.
            self.awaited = Some(Awaited::Concordance);
            return Vec::new();
        }
        if Matcher::new(&self.light).is_empty() {
            self.tell("no words are looked for: type some, then every hit has its line".to_owned());
            return Vec::new();
        }
        let same = self.is_of_the_list();
        let mut effects = self.go_to_pane(Pane::Concordance);
        if !same || to_be_read_anew || self.concordance.lines.is_none() {
            let Question { query, doubles } = self.list.question.clone();
            self.concordance.begin(query, doubles, self.light.clone());
            effects.extend(self.lines_wanted());
        } else {
            effects.extend(self.go_on_reading());
        }
        effects
    }

    /// Goes one level out; what was read of the concordance is forgotten.
    pub(super) fn leave_concordance(&mut self) -> Vec<Effect> {
        self.concordance.close();
        let mut effects = self.go_to_pane(self.behind);
        effects.push(Effect::CloseConcordance);
        effects
    }

    /// Goes back from the page to the line that it was opened from; to the list where another question is asked now.
    pub(super) fn leave_page(&mut self) -> Vec<Effect> {
        if !self.is_of_the_list() {
            return self.go_to_pane(Pane::List);
        }
        let behind = self.behind;
        let mut effects = self.go_to_pane(Pane::Concordance);
        self.behind = behind;
        effects.extend(self.go_on_reading());
        effects
    }

    /// Returns whether the concordance is of what the list answers.
    fn is_of_the_list(&self) -> bool {
        let Question { query, doubles } = &self.list.question;
        self.concordance.is_of(query, *doubles, &self.light)
    }

    /// Lets the reading rest when the concordance goes out of sight for a pane: it would take a processor from the search
    /// that is typed there.
    pub(super) fn pause_concordance(&self, pane: Pane) -> Option<Effect> {
        let leaves = self.focus == Pane::Concordance && pane != Pane::Concordance;
        (leaves && self.concordance.is_being_read()).then_some(Effect::PauseConcordance)
    }

    /// Comes back to the concordance: what is asked for of it lets the reading go on.
    fn go_on_reading(&mut self) -> Option<Effect> {
        if self.concordance.is_being_read() {
            self.concordance.keep_in_sight(self.concordance_height());
            return self.lines_wanted();
        }
        self.settle_concordance()
    }

    /// Forgets the concordance, where it is out of sight and another question is asked now.
    pub(super) fn drop_concordance(&mut self) -> Option<Effect> {
        let of = self.concordance.of.as_ref()?;
        let same = of.query == self.query && of.doubles == self.doubles;
        if same || self.focus == Pane::Concordance {
            return None;
        }
        self.concordance.close();
        Some(Effect::CloseConcordance)
    }

    fn lines_wanted(&mut self) -> Option<Effect> {
        let layout = self.concordance_layout()?;
        let height = usize::from(layout.rows.height);
        let request = self.concordance.request(height, layout.room)?;
        Some(Effect::Concordance(request))
    }

    /// Scrolls so that the line with the cursor is in sight, and asks for what is missing.
    pub(super) fn settle_concordance(&mut self) -> Option<Effect> {
        let height = self.concordance_height();
        self.concordance.keep_in_sight(height);
        if self.focus == Pane::Concordance && self.concordance.misses_lines(height) {
            self.lines_wanted()
        } else {
            None
        }
    }

    /// Asks for the lines in sight again: they have another width now.
    pub(super) fn lines_again(&mut self) -> Option<Effect> {
        if self.focus != Pane::Concordance {
            return None;
        }
        let height = self.concordance_height();
        self.concordance.keep_in_sight(height);
        self.lines_wanted()
    }

    pub(super) fn lines_came(
        &mut self,
        answer: Result<Box<ConcordanceLines>, String>,
    ) -> Vec<Effect> {
        match answer {
            Ok(lines) => self.concordance.take(lines),
            Err(reason) => {
                // Asked for again at once it would fail again.
                self.concordance.fail(reason.clone());
                self.complain(reason);
                return Vec::new();
            }
        }
        self.settle_concordance().into_iter().collect()
    }

    fn sort_lines(&mut self, order: Order) -> Vec<Effect> {
        self.concordance.sort(order);
        self.lines_wanted().into_iter().collect()
    }

    pub(super) fn move_in_concordance(&mut self, lines: isize) -> Vec<Effect> {
        self.concordance.move_by(lines);
        self.settle_concordance().into_iter().collect()
    }

    pub(super) fn concordance_layout(&self) -> Option<ConcordanceLayout> {
        let pane = self.geometry()?.concordance?;
        Some(self.concordance.layout(pane))
    }

    fn concordance_height(&self) -> usize {
        self.concordance_layout()
            .map_or(1, |layout| usize::from(layout.rows.height))
    }

    /// Opens the document of the line with the cursor, at its hit.
    fn open_line(&mut self) -> Vec<Effect> {
        let Some(line) = self.concordance.selected_line() else {
            return Vec::new();
        };
        if line.shown.is_none() {
            self.tell(
                "this text has changed since: the concordance is of the one before".to_owned(),
            );
            return Vec::new();
        }
        let (id, place, aim) = (line.id, line.place, Aim::Hit(line.range.start));
        self.page.leave_trace();
        self.list.select(place);
        let mut effects = self.read_at(id, aim);
        if self.list.selected_row().is_some_and(|row| !row.is(id)) {
            // The order is another than when the concordance was read.
            self.list.prefer(Some(id));
            effects.push(self.rows_again());
        }
        self.concordance.reading = true;
        effects
    }

    fn copy_line(&mut self) -> Vec<Effect> {
        let line = self.concordance.selected_line();
        let Some(shown) = line.and_then(|line| line.shown.as_ref()) else {
            return Vec::new();
        };
        let mut facts = vec![shown.title.clone(), shown.source.clone()];
        facts.extend(shown.published.map(crate::document::Date::long));
        let line = format!("{} ({})", shown.context.text.trim(), facts.join(", "));
        vec![Effect::Copy(line, "line")]
    }

    /// Selects the line that was pressed; a second press on it opens it.
    pub(super) fn press_line(&mut self, y: u16) -> Vec<Effect> {
        let Some(layout) = self.concordance_layout() else {
            return Vec::new();
        };
        let row = y.checked_sub(layout.rows.y);
        let Some(row) = row.filter(|row| *row < layout.rows.height) else {
            return Vec::new();
        };
        let place = self.concordance.top + usize::from(row);
        if place >= self.concordance.len() {
            return Vec::new();
        }
        if place == self.concordance.selected {
            return self.open_line();
        }
        self.concordance.selected = place;
        Vec::new()
    }
}
