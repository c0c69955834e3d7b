//! The concordance: every hit of the question in every document found, a line each.
//!
//! A worker reads the documents and keeps what it found; here are the lines in sight and a screen around them. The
//! selection is a line, not a place: where more that was read comes before it in a sorted order, it keeps its row on the
//! screen, and Enter opens what one sees.

use std::ops::Range;
use std::sync::Arc;

use super::Area;
use super::geometry::first_in_sight;
use crate::library::{ConcordanceLine, ConcordanceLines, ConcordanceWindow, Doubles};
use crate::query::concordance::{Order, Room};
use crate::query::{Expanded, Query};

/// From this many rows more is told of the line with the cursor.
const TALL: u16 = 15;
/// From this many columns there is a column for the date.
const WITH_DATE: u16 = 100;
/// From this many there is one for the source.
const WITH_SOURCE: u16 = 140;
/// Below this many columns neither is shown, though the lines stand by it.
const NARROW: u16 = 56;
/// The cells of a date, and of the name of a source.
const DATE: u16 = 11;
const SOURCE: u16 = 18;
/// The blanks after a column.
const GAP: u16 = 2;

/// What a concordance is of.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcordanceOf {
    /// Its number; another one whenever it is to be read anew.
    pub number: u64,
    /// The question whose documents are read.
    pub query: Query,
    /// What becomes of doubles: of those that are one row of the list, one is read.
    pub doubles: Doubles,
    /// What is looked for in them: what the list's answer ran.
    pub light: Expanded,
}

/// What is asked of the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcordanceRequest {
    /// Its number.
    pub generation: u64,
    /// What it is about.
    pub of: Arc<ConcordanceOf>,
    /// The lines wanted.
    pub window: ConcordanceWindow,
}

/// The concordance as it is on the screen.
#[derive(Debug, Default)]
pub struct ConcordanceList {
    /// What it is of; nothing before the first.
    pub of: Option<Arc<ConcordanceOf>>,
    /// In which order it is wanted.
    pub order: Order,
    /// The newest answer; none before the first.
    pub lines: Option<Box<ConcordanceLines>>,
    /// The place of the line with the cursor.
    pub selected: usize,
    /// The place of the first line in sight.
    pub top: usize,
    /// The number of the newest request.
    pub generation: u64,
    /// The library has changed since it was read.
    pub stale: bool,
    /// Why its reading broke off.
    pub failed: Option<String>,
    /// What is on the page was opened from here: leaving it leads back.
    pub reading: bool,
    /// The places asked for last, while their answer has not come.
    asked: Option<Range<usize>>,
    number: u64,
}

/// Where things stand in the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceLayout {
    /// The row that says how many lines there are, and in which order.
    pub head: Area,
    /// A row each line.
    pub rows: Area,
    /// What is told of the document with the cursor.
    pub detail: Area,
    /// The columns of the date, from the left of the pane.
    pub date: Option<Range<u16>>,
    /// The columns of the source.
    pub source: Option<Range<u16>>,
    /// The column at which every hit begins.
    pub keyword: u16,
    /// The cells before a hit, and from it on.
    pub room: Room,
}

impl ConcordanceList {
    /// Returns how many lines there are so far.
    pub fn len(&self) -> usize {
        self.lines.as_ref().map_or(0, |lines| lines.total)
    }

    /// Returns whether there is no line so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the line at a place, where it is loaded.
    pub fn line(&self, place: usize) -> Option<&ConcordanceLine> {
        let lines = self.lines.as_ref()?;
        lines.lines.get(place.checked_sub(lines.first)?)
    }

    /// Returns the line with the cursor, where it is loaded.
    pub fn selected_line(&self) -> Option<&ConcordanceLine> {
        self.line(self.selected)
    }

    /// Returns whether it is one of this question as this answer ran it.
    pub fn is_of(&self, query: &Query, doubles: Doubles, light: &Expanded) -> bool {
        let same = |of: &Arc<ConcordanceOf>| {
            of.query == *query && of.doubles == doubles && of.light == *light
        };
        self.of.as_ref().is_some_and(same)
    }

    /// Returns whether there is more of it to be read.
    pub fn is_being_read(&self) -> bool {
        let is_whole = |lines: &ConcordanceLines| lines.is_whole();
        let some_left = !self.lines.as_deref().is_some_and(is_whole);
        self.of.is_some() && self.failed.is_none() && some_left
    }

    /// Notes why reading broke off: what was asked for does not come.
    pub fn fail(&mut self, reason: String) {
        self.asked = None;
        self.failed = Some(reason);
    }

    /// Begins another one, at its first line; the order stays.
    pub fn begin(&mut self, query: Query, doubles: Doubles, light: Expanded) {
        self.number += 1;
        self.of = Some(Arc::new(ConcordanceOf {
            number: self.number,
            query,
            doubles,
            light,
        }));
        self.lines = None;
        self.stale = false;
        self.failed = None;
        self.go_to_top();
    }

    /// Forgets the lines.
    pub fn close(&mut self) {
        *self = Self {
            order: self.order,
            generation: self.generation + 1,
            number: self.number,
            ..Self::default()
        };
    }

    /// Takes another order, from its beginning.
    pub fn sort(&mut self, order: Order) {
        self.order = order;
        self.go_to_top();
    }

    fn go_to_top(&mut self) {
        (self.selected, self.top) = (0, 0);
        self.asked = None;
    }

    /// Returns the request for the lines around those in sight, `height` of which fit.
    pub fn request(&mut self, height: usize, room: Room) -> Option<ConcordanceRequest> {
        let of = self.of.clone()?;
        self.generation += 1;
        let places = self.wanted(height);
        self.asked = Some(places.clone());
        let chosen = self.selected_line().filter(|_| self.selected > 0);
        let keep = chosen.map(|line| (line.number, self.selected));
        Some(ConcordanceRequest {
            generation: self.generation,
            of,
            window: ConcordanceWindow {
                order: self.order,
                places,
                room,
                keep,
            },
        })
    }

    /// Returns the places of the lines in sight and of a screen before and after them.
    fn wanted(&self, height: usize) -> Range<usize> {
        self.top.saturating_sub(height)..self.top + 2 * height
    }

    /// Returns whether lines in sight are neither here nor asked for.
    pub fn misses_lines(&self, height: usize) -> bool {
        let Some(lines) = &self.lines else {
            return false;
        };
        let in_sight = self.top..(self.top + height).min(lines.total);
        let here = lines.first..lines.first + lines.lines.len();
        let covers =
            |range: &Range<usize>| in_sight.start >= range.start && in_sight.end <= range.end;
        !covers(&here) && !self.asked.as_ref().is_some_and(covers)
    }

    /// Takes an answer; the cursor stays on its line, and that on its row of the screen.
    pub fn take(&mut self, lines: Box<ConcordanceLines>) {
        self.asked = None;
        self.failed = None;
        let same_order = self
            .lines
            .as_ref()
            .is_some_and(|before| before.order == lines.order);
        let here = self.selected_line().map(|line| line.number);
        let here = here.filter(|_| self.selected > 0 && same_order);
        let told = lines.kept.filter(|(number, _)| here == Some(*number));
        let place = told.map(|(_, place)| place).or_else(|| {
            let at = lines
                .lines
                .iter()
                .position(|line| Some(line.number) == here)?;
            Some(lines.first + at)
        });
        if let Some(place) = place {
            let down = self.selected.saturating_sub(self.top);
            self.selected = place;
            self.top = place.saturating_sub(down);
        }
        self.selected = self.selected.min(lines.total.saturating_sub(1));
        self.lines = Some(lines);
    }

    /// Moves the cursor by so many lines.
    pub fn move_by(&mut self, lines: isize) {
        let last = self.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(lines).min(last);
    }

    /// Brings the line with the cursor into sight in so many rows, and leaves no room empty below the last.
    pub fn keep_in_sight(&mut self, height: usize) {
        self.top = first_in_sight(self.top, self.selected, self.len(), height);
    }

    /// Returns where things stand in the pane.
    pub fn layout(&self, pane: Area) -> ConcordanceLayout {
        let detail = if pane.height >= TALL { 4 } else { 2 };
        let rows = pane.height.saturating_sub(1 + detail).max(1);
        let at = |y: u16, height: u16| Area {
            y: pane.y + y,
            height,
            ..pane
        };
        let by_date = matches!(self.order, Order::Newest | Order::Oldest);
        let by_source = self.order == Order::Source;
        let is_shown = |from: u16, by: bool| pane.width >= from || by && pane.width >= NARROW;
        let mut x = 2;
        let mut column = |width: u16, shown: bool| {
            let start = x;
            shown.then(|| {
                x += width + GAP;
                start..start + width
            })
        };
        let date = column(DATE, is_shown(WITH_DATE, by_date));
        let source = column(SOURCE, is_shown(WITH_SOURCE, by_source));
        let text = pane.width.saturating_sub(x + 1);
        // The hit itself and what follows it is read on; what stands before is looked back to.
        let before = text * 9 / 20;
        ConcordanceLayout {
            head: at(0, 1),
            rows: at(1, rows),
            detail: at(1 + rows, detail),
            date,
            source,
            keyword: x + before,
            room: Room {
                before: usize::from(before),
                after: usize::from(text - before),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentId, TextRange};

    fn lines(order: Order, first: usize, numbers: &[usize], total: usize) -> ConcordanceLines {
        let line = |&number: &usize| ConcordanceLine {
            number,
            id: DocumentId(1),
            place: 0,
            range: TextRange::new(number, number + 1),
            shown: None,
        };
        ConcordanceLines {
            order,
            first,
            lines: numbers.iter().map(line).collect(),
            total,
            ..ConcordanceLines::default()
        }
    }

    fn begun() -> ConcordanceList {
        let mut list = ConcordanceList::default();
        list.begin(Query::default(), Doubles::Folded, Expanded::default());
        list
    }

    #[test]
    fn the_cursor_stays_on_its_line_when_others_come_before_it() {
        let mut list = begun();
        list.take(Box::new(lines(Order::Left, 0, &[4, 2, 7], 3)));
        list.move_by(1);
        list.keep_in_sight(2);
        assert_eq!((list.selected, list.top), (1, 0));
        let request = list.request(2, Room::default()).unwrap();
        assert_eq!(request.window.keep, Some((2, 1)));
        assert_eq!(request.window.places, 0..4);
        let mut answer = lines(Order::Left, 5, &[9, 2, 7], 9);
        answer.kept = Some((2, 6));
        list.take(Box::new(answer));
        assert_eq!((list.selected, list.top), (6, 5));
        assert_eq!(list.selected_line().map(|line| line.number), Some(2));
    }

    #[test]
    fn an_untouched_cursor_stays_at_the_top_and_another_order_begins_there() {
        let mut list = begun();
        list.take(Box::new(lines(Order::Left, 0, &[4, 2], 2)));
        assert_eq!(list.request(2, Room::default()).unwrap().window.keep, None);
        list.take(Box::new(lines(Order::Left, 0, &[9, 4, 2], 3)));
        assert_eq!(list.selected, 0);
        list.move_by(2);
        list.sort(Order::Right);
        assert_eq!((list.selected, list.order), (0, Order::Right));
    }

    #[test]
    fn lines_out_of_sight_are_asked_for_once() {
        let mut list = begun();
        assert!(!list.misses_lines(2), "the first were asked for");
        list.take(Box::new(lines(Order::Listed, 0, &[0, 1, 2, 3], 9)));
        list.move_by(3);
        list.keep_in_sight(2);
        assert!(!list.misses_lines(2));
        list.move_by(2);
        list.keep_in_sight(2);
        assert!(list.misses_lines(2));
        let request = list.request(2, Room::default()).unwrap();
        assert_eq!(request.window.places, 2..8);
        assert!(!list.misses_lines(2));
        list.move_by(isize::MAX);
        list.keep_in_sight(2);
        assert!(list.misses_lines(2), "further than was asked for");
    }

    #[test]
    fn the_parts_of_the_pane_fill_it_and_the_hits_have_their_column() {
        for (width, height) in [(40, 10), (60, 18), (100, 28), (120, 34), (220, 60)] {
            for order in Order::ALL {
                let mut list = ConcordanceList::default();
                list.sort(order);
                let pane = Area {
                    x: 0,
                    y: 1,
                    width,
                    height,
                };
                let layout = list.layout(pane);
                assert_eq!(
                    layout.head.height + layout.rows.height + layout.detail.height,
                    height
                );
                assert_eq!(layout.detail.y + layout.detail.height, pane.y + height);
                let after = layout.keyword + layout.room.after as u16;
                assert_eq!(after + 1, width, "{order:?}");
                assert!(layout.room.before >= 12, "{width} {order:?}");
                let columns = [layout.date.clone(), layout.source.clone()];
                for column in columns.into_iter().flatten() {
                    assert!(column.end + layout.room.before as u16 <= layout.keyword);
                }
            }
        }
    }
}
