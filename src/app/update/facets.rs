//! Actions in the facets: what is chosen becomes a clause of the question.

use crate::app::{Action, App, Area, Effect, FacetLine, Pane};
use crate::query::facet::{self, Choice};

impl App {
    pub(super) fn facets_action(&mut self, action: Action) -> Vec<Effect> {
        let screen = self.facets_height().cast_signed();
        let motion = self.motion(action, screen);
        let lines = self.facets.lines().len().cast_signed();
        self.facets.move_by(motion.clamp(-lines, lines));
        self.facets.keep_in_sight(self.facets_height());
        match action {
            Action::Choose => self.choose(Choice::Chosen),
            Action::Exclude => self.choose(Choice::Excluded),
            Action::ClearFacets => self.ask_anew(&facet::clear(&self.query)),
            Action::Narrow => {
                self.facets.begin_narrowing(&self.query);
                self.facets.keep_in_sight(self.facets_height());
                Vec::new()
            }
            Action::AllValues => self.all_values(),
            Action::Earlier
            | Action::Later
            | Action::ExtendEarlier
            | Action::ExtendLater
            | Action::MarkSpan
            | Action::Months
            | Action::Years => self.timeline_action(action),
            _ => Vec::new(),
        }
    }

    /// Returns whether the keys go to the line that narrows the facets.
    pub(super) fn is_narrowing(&self) -> bool {
        self.focus == Pane::Facets && self.facets.narrow.is_some()
    }

    /// Returns where the facets are in sight, and whether they have the keys.
    pub(super) fn facets_shown(&self) -> (Option<Area>, bool) {
        let facets = self.geometry().and_then(|geometry| geometry.facets);
        (facets, self.focus == Pane::Facets)
    }

    /// Brings the cursor of the facets into sight, where they are.
    pub(super) fn settle_facets(&mut self) {
        let height = self.facets_height();
        if self.facets_shown().0.is_some() && !self.facets.is_in_sight(height) {
            self.facets.keep_in_sight(height);
        }
    }

    /// Changes the lines of the facets. A cursor in sight stays in sight; one that was scrolled away from is left there.
    pub(super) fn change_facets(&mut self, change: impl FnOnce(&mut Self)) {
        let was_in_sight = self.facets.is_in_sight(self.facets_height());
        change(self);
        self.facets.scroll(0, self.facets_height());
        if was_in_sight {
            self.settle_facets();
        }
    }

    /// Returns how many lines of the facets are in sight.
    pub(super) fn facets_height(&self) -> usize {
        let facets = self.geometry().and_then(|geometry| geometry.facets);
        let narrowing = u16::from(self.facets.narrow.is_some());
        facets.map_or(1, |facets| {
            usize::from(facets.height.saturating_sub(narrowing)).max(1)
        })
    }

    /// Chooses or excludes the value under the cursor; what it is already, it stops being.
    pub(super) fn choose(&mut self, wanted: Choice) -> Vec<Effect> {
        match self.facets.selected().cloned() {
            Some(FacetLine::All { .. }) => self.ask_anew(&facet::clear(&self.query)),
            Some(FacetLine::More(group, _)) => {
                self.facets.toggle_open(group, &self.query);
                Vec::new()
            }
            Some(FacetLine::Value {
                group,
                value,
                choice,
                ..
            }) => {
                let next = (choice != Some(wanted)).then_some(wanted);
                let query = facet::set(&self.query, group.facet(), &value, next);
                self.ask_anew(&query)
            }
            Some(FacetLine::Saved { name, .. }) => self.run_saved(&name),
            Some(FacetLine::Timeline(_)) => self.choose_span(wanted),
            Some(FacetLine::Heading(_) | FacetLine::SavedHeading | FacetLine::Blank) | None => {
                Vec::new()
            }
        }
    }

    /// Shows every value of the group under the cursor, or the first few again.
    fn all_values(&mut self) -> Vec<Effect> {
        let group = match self.facets.selected() {
            Some(FacetLine::Value { group, .. } | FacetLine::More(group, _)) => *group,
            _ => return Vec::new(),
        };
        self.facets.toggle_open(group, &self.query);
        self.settle_facets();
        Vec::new()
    }

    /// Shows every value again; the cursor goes back to where it was.
    pub(super) fn end_narrowing(&mut self) -> Vec<Effect> {
        self.facets.end_narrowing(true, &self.query);
        self.facets.keep_in_sight(self.facets_height());
        Vec::new()
    }

    /// Chooses the value that was found, and keeps the cursor on it.
    pub(super) fn choose_found(&mut self) -> Vec<Effect> {
        let effects = match self.facets.selected() {
            Some(FacetLine::Value { .. } | FacetLine::Saved { .. }) => self.choose(Choice::Chosen),
            _ => Vec::new(),
        };
        self.facets.end_narrowing(false, &self.query);
        self.facets.keep_in_sight(self.facets_height());
        effects
    }
}
