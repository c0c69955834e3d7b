//! The mouse: a click goes where it points, the wheel scrolls what is under it.

use crate::app::{App, Effect, FacetLine, Mouse, Overlay, Pane, list_row_height};
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
            Mouse::Drag(x, _) if self.focus == Pane::Facets => self.drag_timeline(x),
            Mouse::Drag(..) | Mouse::Move(..) => Vec::new(),
            Mouse::Wheel(x, y, notches) => self.wheel(x, y, notches as isize * NOTCH),
        }
    }

    fn press(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if self.overlay.is_some() {
            return self.press_overlay(x, y);
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
            Some(Pane::Facets) => {
                let (x, y) = geometry
                    .facets
                    .map_or((0, 0), |area| (x - area.x, y - area.y));
                self.press_facet(x, usize::from(y))
            }
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

    fn press_facet(&mut self, cell: u16, row: usize) -> Vec<Effect> {
        let mut effects = self.go_to_pane(Pane::Facets);
        let line = self.facets.top + row;
        self.facets.select(line);
        if matches!(self.facets.lines().get(line), Some(FacetLine::Timeline(_))) {
            effects.extend(self.press_timeline(cell));
        } else if self.facets.cursor == line {
            effects.extend(self.choose(Choice::Chosen));
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
        let pane = self.geometry().and_then(|geometry| geometry.pane_at(x, y));
        match pane {
            Some(Pane::Page) => {
                let height = self.page_height();
                self.page.scroll(rows, height);
                Vec::new()
            }
            Some(Pane::List) => self.move_in_list(rows.signum()),
            Some(Pane::Facets) => {
                let lines = self.facets.lines().len();
                let last = lines.saturating_sub(self.facets_height());
                self.facets.top = self.facets.top.saturating_add_signed(rows).min(last);
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
