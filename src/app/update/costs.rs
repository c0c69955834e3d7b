//! Where nothing was found: which clause of the question to give up, by its number or chosen among the lines.

use crate::app::{Action, App, Effect, Pane};
use crate::config::keys::Key;

impl App {
    /// Gives up the clause whose number is typed, where clauses are all that the list shows.
    pub(super) fn cost_by_number(&mut self, key: Key) -> Option<Vec<Effect>> {
        if self.focus != Pane::List || self.count.is_some() {
            return None;
        }
        self.chosen_cost()?;
        let number = key.typed()?.to_digit(10)? as usize;
        let place = number.checked_sub(1)?;
        // A number that none has is no count either: there is nothing to count through.
        Some(self.give_up(place))
    }

    /// Does what an action of the list means there: another line, or the question without the clause chosen.
    pub(super) fn cost_action(&mut self, action: Action) -> Option<Vec<Effect>> {
        self.chosen_cost()?;
        let step = match action {
            Action::Open => return Some(self.give_up(self.list.cost)),
            Action::Down | Action::Up | Action::Top | Action::Bottom => self.motion(action, 1),
            _ => return None,
        };
        let last = self.list.costs.len().saturating_sub(1);
        self.list.cost = self.list.cost.saturating_add_signed(step).min(last);
        Some(Vec::new())
    }

    fn give_up(&mut self, place: usize) -> Vec<Effect> {
        let Some(cost) = self.list.costs.get(place) else {
            return Vec::new();
        };
        let without = cost.without.clone();
        self.list.begin_anew();
        self.ask_anew(&without)
    }
}
