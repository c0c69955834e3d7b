//! Actions in the facets: what is chosen becomes a clause of the question.

use crate::app::{Action, App, Effect, FacetLine, Line};
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
                self.facets.narrow = Some(Line::default());
                self.facets.rebuild(&self.query);
                Vec::new()
            }
            _ => Vec::new(),
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
                self.facets.open(group, &self.query);
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
            Some(FacetLine::Heading(_) | FacetLine::SavedHeading | FacetLine::Blank) | None => {
                Vec::new()
            }
        }
    }

    /// Keeps the cursor on what was found and shows every value again.
    pub(super) fn end_narrowing(&mut self) -> Vec<Effect> {
        self.facets.narrow = None;
        self.facets.rebuild(&self.query);
        self.facets.keep_in_sight(self.facets_height());
        Vec::new()
    }
}
