//! Actions on the timeline: going from bar to bar, spans of years, the months of a year.

use crate::app::{Action, App, Effect, MonthsRequest, Pane, Question, TIMELINE_INDENT};
use crate::query::facet::{self, Choice, Facet};

impl App {
    /// Does what an action means on the timeline; the cursor of the facets goes there first.
    pub(super) fn timeline_action(&mut self, action: Action) -> Vec<Effect> {
        if self.facets.narrow.is_some() || self.facets.timeline.bars().is_empty() {
            self.tell("no document here has a date".to_owned());
            return Vec::new();
        }
        self.facets.select_timeline();
        self.facets.keep_in_sight(self.facets_height());
        let times = self.times();
        let timeline = &mut self.facets.timeline;
        match action {
            Action::Earlier => timeline.move_by(-times, false),
            Action::Later => timeline.move_by(times, false),
            Action::ExtendEarlier => timeline.move_by(-times, true),
            Action::ExtendLater => timeline.move_by(times, true),
            Action::MarkSpan => timeline.toggle_mark(),
            Action::Months => return self.zoom_timeline(),
            _ => {
                self.leave_timeline();
            }
        }
        Vec::new()
    }

    fn zoom_timeline(&mut self) -> Vec<Effect> {
        if self.facets.timeline.zoom_in().is_none() {
            self.tell(
                match self.facets.timeline.zoomed() {
                    Some(_) => "these are its months already",
                    None => "the months of one year: not of a span",
                }
                .to_owned(),
            );
            return Vec::new();
        }
        self.facets.rebuild(&self.query);
        self.months_wanted().into_iter().collect()
    }

    /// Goes one level out of the timeline: from a span to its one end, from months to years. Returns whether there was
    /// one to leave.
    pub(super) fn leave_timeline(&mut self) -> bool {
        if self.facets.timeline.unmark() {
            return true;
        }
        let left = self.facets.timeline.zoom_out();
        if left {
            self.facets.rebuild(&self.query);
        }
        left
    }

    /// Chooses or excludes what the cursor spans; what it is already, it stops being.
    pub(super) fn choose_span(&mut self, wanted: Choice) -> Vec<Effect> {
        let Some(value) = self.facets.timeline.value() else {
            return Vec::new();
        };
        self.facets.timeline.unmark();
        let known = facet::choices(&self.query, Facet::Years).into_iter();
        let is_it = |(other, choice): (String, Choice)| other == value && choice == wanted;
        let next = (!known.into_iter().any(is_it)).then_some(wanted);
        let query = facet::set(&self.query, Facet::Years, &value, next);
        self.ask_anew(&query)
    }

    /// Chooses a bar that was pressed, or all from the one pressed before to it.
    pub(super) fn press_bar(&mut self, bar: usize) -> Vec<Effect> {
        let mut effects = self.go_to_pane(Pane::Facets);
        self.facets.select_timeline();
        self.facets.timeline.press(bar);
        effects.extend(self.choose_span(Choice::Chosen));
        effects
    }

    /// Chooses all from the bar that was pressed to the one in a column of the screen.
    pub(super) fn drag_timeline(&mut self, x: u16) -> Vec<Effect> {
        let Some(bar) = self.bar_at(x) else {
            return Vec::new();
        };
        if self.facets.timeline.drag(bar) {
            self.choose_span(Choice::Chosen)
        } else {
            Vec::new()
        }
    }

    /// Returns the bar in a column of the screen.
    pub(super) fn bar_at(&self, x: u16) -> Option<usize> {
        let facets = self.geometry()?.facets?;
        let bars = self.facets.timeline.layout(facets.timeline_room());
        bars.bar_at(x.checked_sub(facets.x + TIMELINE_INDENT)?)
    }

    /// Returns what counts the months that are looked at, under the question as it stands.
    pub(super) fn months_wanted(&self) -> Option<Effect> {
        let year = self.facets.timeline.zoomed()?;
        let Question { query, doubles } = self.list.question.clone();
        Some(Effect::CountMonths(MonthsRequest {
            generation: self.generation,
            query,
            year,
            doubles,
        }))
    }

    /// Takes the counts of the months.
    pub(super) fn months_came(&mut self, year: i16, answer: Result<[usize; 12], String>) {
        match answer {
            Ok(counts) => self.facets.timeline.take_months(year, counts),
            Err(reason) => return self.complain(reason),
        }
        self.facets.rebuild(&self.query);
    }
}
