//! Why the list is empty: decided here once, so that what is not shown cannot be chosen.

use super::App;
use crate::library::Cost;
use crate::query::Query;

/// Why there is no document in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyList {
    /// What is in the library is not all searchable yet.
    NotYet,
    /// There is nothing in the library.
    NothingThere,
    /// The question finds nothing: what each clause of it costs is shown.
    NothingFound,
}

impl App {
    /// Returns why the list is empty; nothing while it is not, or no answer has come.
    pub fn empty_list(&self) -> Option<EmptyList> {
        if !self.list.answered || self.list.total > 0 {
            return None;
        }
        let documents = self.coverage.documents;
        Some(
            if self.work.is_some() || self.query == Query::default() && documents > 0 {
                EmptyList::NotYet
            } else if documents == 0 {
                EmptyList::NothingThere
            } else {
                EmptyList::NothingFound
            },
        )
    }

    /// Returns the clause chosen to be given up, where the list shows such and nothing else.
    pub fn chosen_cost(&self) -> Option<&Cost> {
        let shown = self.empty_list() == Some(EmptyList::NothingFound);
        self.list.costs.get(self.list.cost).filter(|_| shown)
    }
}
