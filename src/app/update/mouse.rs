//! The mouse: a click goes where it points, the wheel scrolls what is under it.

use crate::app::{App, Effect, FacetLine, Mouse, Overlay, Pane, list_row_height, narrow_line};
use crate::query::facet::Choice;

/// How many rows a notch of the wheel scrolls: what desktops do.
const NOTCH: isize = 3;

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if let Mouse::Move(x, y) = mouse {
            self.hover_over(x, y);
            return Vec::new();
        }
        self.notice = None;
        self.hover = None;
        if matches!(mouse, Mouse::Press(..)) {
            self.awaited = None;
        }
        match mouse {
            Mouse::Press(x, y) => self.press(x, y),
            // Wherever it goes: who drags along the bars may slip off their rows.
            Mouse::Drag(x, _) if self.focus == Pane::Facets && self.overlay.is_none() => {
                self.drag_timeline(x)
            }
            Mouse::Drag(..) | Mouse::Move(..) => Vec::new(),
            Mouse::Wheel(x, y, notches) => self.wheel(x, y, notches as isize * NOTCH),
        }
    }

    fn press(&mut self, x: u16, y: u16) -> Vec<Effect> {
        // A press on a bar may be the second of a span, and a drag goes on from it; any other press ends that.
        let bar = self.bar_under(x, y);
        if bar.is_none() {
            self.facets.timeline.let_go();
        }
        if self.overlay.is_some() {
            return self.press_overlay(x, y);
        }
        if let Some(place) = self.candidate_under(x, y) {
            return self.press_candidate(place);
        }
        let Some(geometry) = self.geometry() else {
            return Vec::new();
        };
        match geometry.pane_at(x, y) {
            Some(Pane::Field) => {
                if let Some(effects) = self.press_chip(x) {
                    return effects;
                }
                let effects = self.enter_field();
                let (cells, room) = (x.saturating_sub(geometry.field.x), geometry.field.width);
                self.field.click(usize::from(cells), usize::from(room));
                effects
            }
            Some(Pane::Facets) => match bar {
                Some(bar) => self.press_bar(bar),
                None => self.press_facet(x, y),
            },
            Some(Pane::List) => {
                let row = geometry
                    .list
                    .map_or(0, |area| (y - area.y) / list_row_height(area));
                self.press_document(usize::from(row))
            }
            Some(Pane::Page) => self.press_page(x, y),
            Some(Pane::Sources) => self.press_source(y),
            Some(Pane::Concordance) => self.press_line(y),
            Some(Pane::Notes) => {
                let top = geometry.notes.map_or(0, |area| area.y);
                self.press_note(usize::from(y.saturating_sub(top)))
            }
            None => Vec::new(),
        }
    }

    /// Chooses the line of an overlay that was pressed; a press beside it closes it.
    fn press_overlay(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let Some(overlay) = &self.overlay else {
            return Vec::new();
        };
        let laid = self.laid(overlay);
        if !laid.area.contains(x, y) {
            // What is written is kept; anything else is closed.
            let effects = self.keep_note();
            self.overlay = None;
            return effects;
        }
        let row = y.checked_sub(laid.list.y).map(usize::from);
        let row = row.filter(|row| *row < laid.lines.len());
        let can_choose = overlay.selected().is_some() || matches!(overlay, Overlay::Tags(_));
        let Some(row) = row.filter(|_| can_choose) else {
            return Vec::new();
        };
        if let Some(Overlay::Tags(form)) = &mut self.overlay {
            // What stands in the line is kept by Enter, and not by a press.
            form.choose(laid.first + row);
            return Vec::new();
        }
        if let Some(Overlay::Glossary { selected, .. }) = &mut self.overlay {
            // Its lines are stepped through by terms.
            *selected = laid.first + row;
            return self.accept();
        }
        self.move_in_overlay(isize::MIN);
        self.move_in_overlay((laid.first + row).cast_signed());
        self.accept()
    }

    /// Returns the candidate for the search field that is drawn at a cell of the screen.
    fn candidate_under(&self, x: u16, y: u16) -> Option<usize> {
        let laid = self.completion_layout()?;
        let row = usize::from(y.checked_sub(laid.area.y)?);
        laid.area.contains(x, y).then_some(laid.first + row)
    }

    /// Returns the line of the facets that is drawn at a cell of the screen.
    fn facet_under(&self, x: u16, y: u16) -> Option<usize> {
        let area = self.geometry()?.facets?;
        let row = usize::from(y.checked_sub(area.y)?);
        let line = self.facets.top + row;
        let is_there =
            area.contains(x, y) && row < self.facets_height() && line < self.facets.lines().len();
        is_there.then_some(line)
    }

    /// Returns the bar of the timeline that is drawn at a cell of the screen, with nothing over it.
    fn bar_under(&self, x: u16, y: u16) -> Option<usize> {
        if self.overlay.is_some() || self.candidate_under(x, y).is_some() {
            return None;
        }
        let line = self.facet_under(x, y)?;
        let FacetLine::Timeline(_) = self.facets.lines().get(line)? else {
            return None;
        };
        self.bar_at(x)
    }

    /// Chooses the value on the line that was pressed, or puts the cursor where the line that narrows was.
    fn press_facet(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let area = self.geometry().and_then(|geometry| geometry.facets);
        let narrow = area.map(narrow_line).filter(|line| line.contains(x, y));
        let line = self.facet_under(x, y);
        let mut effects = self.go_to_pane(Pane::Facets);
        if let (Some(typed), Some(area)) = (&mut self.facets.narrow, narrow) {
            typed.click(usize::from(x - area.x), usize::from(area.width));
        }
        if let Some(line) = line {
            self.facets.select(line);
            if self.facets.cursor == line && !self.facets.on_timeline() {
                effects.extend(self.choose(Choice::Chosen));
            }
        }
        effects
    }

    /// Selects a document, or a passage of one; a second press on it opens it.
    fn press_document(&mut self, row: usize) -> Vec<Effect> {
        let line = self.list.top + row;
        if line >= self.list.lines() {
            return self.go_to_pane(Pane::List);
        }
        if line == self.list.selected_line() && self.focus == Pane::List {
            return self.read_selected(self.aim_of_cursor());
        }
        let mut effects = self.go_to_pane(Pane::List);
        effects.extend(self.select_line(line));
        effects
    }

    fn wheel(&mut self, x: u16, y: u16, rows: isize) -> Vec<Effect> {
        if self.overlay.is_some() {
            return self.move_in_overlay(rows);
        }
        if self.candidate_under(x, y).is_some() {
            return Vec::new();
        }
        let pane = self.geometry().and_then(|geometry| geometry.pane_at(x, y));
        match pane {
            Some(Pane::Page) => {
                let height = self.page_height();
                self.page.scroll(rows, height);
                Vec::new()
            }
            Some(Pane::List) => self.move_in_list(rows.signum()),
            Some(Pane::Facets) => {
                self.facets.scroll(rows, self.facets_height());
                Vec::new()
            }
            Some(Pane::Sources) => {
                self.move_in_sources(rows);
                Vec::new()
            }
            Some(Pane::Concordance) => self.move_in_concordance(rows),
            Some(Pane::Notes) => {
                self.move_in_notes(rows.signum());
                Vec::new()
            }
            Some(Pane::Field) | None => Vec::new(),
        }
    }
}
