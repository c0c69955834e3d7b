//! The timeline of the facet pane: a bar for each year, or for each month of one year.
//!
//! The years are those of the whole library, from the first to the last, so that the bars keep their places while a
//! person types; only their heights change. What is chosen is read from the question, as in every facet. Years are
//! counted with every answer, the months of the one year that is looked at when they are asked for.

use std::ops::{Range, RangeInclusive};

use crate::query::Count;
use crate::query::facet::{Choice, UNDATED, seconds};

/// How many rows the bars are high.
pub const BAR_ROWS: u8 = 3;

/// How many rows it takes: the bars, what is chosen, and what the first and the last are.
pub const TIMELINE_ROWS: u8 = BAR_ROWS + 2;

/// How wide a bar is at most, in cells, with the gap after it.
const WIDEST: u16 = 5;

/// From so many years on only those are shown that have documents: one date gone wrong shall not cost a screen.
const MOST_YEARS: usize = 1_000;

/// The names of the months, as short as they are told apart.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The year or the month, as the question names it: `2013`, `2013-05`.
    pub value: String,
    /// How many documents of it the question finds.
    pub count: usize,
    /// The library has documents of it.
    pub known: bool,
    /// What the question says of it.
    pub choice: Option<Choice>,
}

/// The timeline.
#[derive(Debug, Default)]
pub struct Timeline {
    bars: Vec<Bar>,
    /// The bar with the cursor.
    at: usize,
    /// The bar at the other end of the span that is being chosen.
    mark: Option<usize>,
    /// The bar that was pressed last, from which a second press reaches.
    pressed: Option<usize>,
    zoomed: Option<Zoomed>,
}

/// The year whose months are shown.
#[derive(Clone, Debug)]
struct Zoomed {
    year: i16,
    /// How many documents of each month the question finds, once they are counted.
    counts: [usize; 12],
}

/// Which bars are in sight, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarLayout {
    /// The bars in sight.
    pub bars: Range<usize>,
    /// How many cells each takes.
    pub cells: u16,
}

impl BarLayout {
    /// Returns the bar at a cell.
    pub fn bar_at(&self, cell: u16) -> Option<usize> {
        let bar = self.bars.start + usize::from(cell / self.cells.max(1));
        self.bars.contains(&bar).then_some(bar)
    }
}

impl Timeline {
    /// Returns the bars.
    pub fn bars(&self) -> &[Bar] {
        &self.bars
    }

    /// Returns whether a year is looked at by its months.
    pub fn zoomed(&self) -> Option<i16> {
        self.zoomed.as_ref().map(|zoomed| zoomed.year)
    }

    /// Returns the bars that the cursor is on: one, or those of the span that is being chosen.
    pub fn span(&self) -> RangeInclusive<usize> {
        let other = self.mark.unwrap_or(self.at);
        self.at.min(other)..=self.at.max(other)
    }

    /// Returns whether a span is being chosen.
    pub fn is_marking(&self) -> bool {
        self.mark.is_some()
    }

    /// Returns what the cursor is on as the question names it: `2013`, `2012..2014`.
    pub fn value(&self) -> Option<String> {
        let span = self.span();
        let (from, to) = (self.bars.get(*span.start())?, self.bars.get(*span.end())?);
        Some(if from == to {
            from.value.clone()
        } else {
            format!("{}..{}", from.value, to.value)
        })
    }

    /// Returns what the question says of what the cursor is on, where that is the same of each bar.
    pub fn choice(&self) -> Option<Choice> {
        let bars = self.bars.get(self.span()).unwrap_or_default();
        let first = bars.first()?.choice;
        first.filter(|_| bars.iter().all(|bar| bar.choice == first))
    }

    /// Returns what the cursor is on in words, and how many documents that are: `2012–2014`, `May 2013`.
    pub fn told(&self) -> Option<(String, usize)> {
        let span = self.span();
        let bars = self.bars.get(span.clone())?;
        let count = bars.iter().map(|bar| bar.count).sum();
        let (from, to) = (bars.first()?, bars.last()?);
        let name = |bar: &Bar, place: usize| match self.zoomed {
            Some(_) => MONTHS.get(place).copied().unwrap_or_default().to_owned(),
            None => bar.value.clone(),
        };
        let year = self
            .zoomed()
            .map_or_else(String::new, |year| format!(" {year:04}"));
        let from_name = name(from, *span.start());
        let to_name = name(to, *span.end());
        Some((
            if from == to {
                format!("{from_name}{year}")
            } else {
                format!("{from_name}–{to_name}{year}")
            },
            count,
        ))
    }

    /// Returns what the bars at both ends are called: `2009`, `2014`; `Jan`, `Dec`.
    pub fn ends(&self, bars: &Range<usize>) -> Option<(&str, &str)> {
        let name = |place: usize| match self.zoomed {
            Some(_) => MONTHS.get(place).copied(),
            None => self.bars.get(place).map(|bar| bar.value.as_str()),
        };
        Some((name(bars.start)?, name(bars.end.checked_sub(1)?)?))
    }

    /// Returns which bars stand in so many cells: all, or those around the cursor.
    pub fn layout(&self, room: u16) -> BarLayout {
        let count = self.bars.len();
        let cells = (usize::from(room) / count.max(1)).clamp(1, usize::from(WIDEST));
        let shown = (usize::from(room) / cells).min(count);
        let first = self.at.saturating_sub(shown / 2).min(count - shown);
        BarLayout {
            bars: first..first + shown,
            cells: cells as u16,
        }
    }

    /// Makes the bars again, from the counts of the library and of the answer by year and what the question says of
    /// years; the cursor stays on its bar.
    pub(super) fn rebuild(&mut self, whole: &[Count], now: &[Count], choices: &[(String, Choice)]) {
        let value = |bars: &[Bar], at: usize| bars.get(at).map(|bar| bar.value.clone());
        let kept = [Some(self.at), self.mark, self.pressed]
            .map(|place| place.and_then(|place| value(&self.bars, place)));
        self.bars = match &self.zoomed {
            Some(zoomed) => months(zoomed),
            None => years(whole, now),
        };
        for bar in &mut self.bars {
            bar.choice = choice_of(&bar.value, choices);
        }
        let place = |value: &Option<String>| {
            let mut bars = self.bars.iter();
            bars.position(|bar| Some(&bar.value) == value.as_ref())
        };
        let [at, mark, pressed] = kept.each_ref().map(place);
        // At first the newest: what came last is looked at most.
        self.at = at.unwrap_or(self.bars.len().saturating_sub(1));
        (self.mark, self.pressed) = (mark, pressed);
    }

    /// Moves the cursor by so many bars of which the library has documents; `extends` keeps where it was as the other
    /// end of a span.
    pub(super) fn move_by(&mut self, bars: isize, extends: bool) {
        if extends {
            self.mark = self.mark.or(Some(self.at));
        }
        for _ in 0..bars.unsigned_abs() {
            let known = |place: &usize| self.bars.get(*place).is_some_and(|bar| bar.known);
            let next = if bars < 0 {
                (0..self.at).rev().find(known)
            } else {
                (self.at + 1..self.bars.len()).find(known)
            };
            let Some(next) = next else { break };
            self.at = next;
        }
        self.pressed = None;
    }

    /// Begins a span at the cursor, or ends it without choosing.
    pub(super) fn toggle_mark(&mut self) {
        self.mark = self.mark.is_none().then_some(self.at);
    }

    /// Ends a span without choosing it; returns whether there was one.
    pub(super) fn unmark(&mut self) -> bool {
        self.mark.take().is_some()
    }

    /// Puts the cursor on a bar that was pressed: a second press reaches from the first to it.
    pub(super) fn press(&mut self, bar: usize) {
        self.at = bar;
        if let Some(first) = self.pressed.take().filter(|first| *first != bar) {
            self.mark = self.mark.or(Some(first));
        } else if self.mark.is_none() {
            self.pressed = Some(bar);
        }
    }

    /// Forgets which bar was pressed: nothing reaches from it any more.
    pub(super) fn let_go(&mut self) {
        self.pressed = None;
    }

    /// Reaches from the bar that was pressed to another one; returns whether that changes anything.
    pub(super) fn drag(&mut self, bar: usize) -> bool {
        let Some(first) = self.pressed.filter(|_| bar != self.at) else {
            return false;
        };
        (self.at, self.mark) = (bar, Some(first));
        true
    }

    /// Shows the months of the year under the cursor; returns that year.
    pub(super) fn zoom_in(&mut self) -> Option<i16> {
        if self.zoomed.is_some() || self.is_marking() {
            return None;
        }
        let year = self.bars.get(self.at)?.value.parse().ok()?;
        self.zoomed = Some(Zoomed {
            year,
            counts: [0; 12],
        });
        self.pressed = None;
        Some(year)
    }

    /// Shows the years again, the cursor on the one that was looked at; returns whether it was.
    pub(super) fn zoom_out(&mut self) -> bool {
        let Some(zoomed) = self.zoomed.take() else {
            return false;
        };
        (self.mark, self.pressed) = (None, None);
        // Found again among the years when the bars are made.
        self.bars = vec![bar(format!("{:04}", zoomed.year), 0, true)];
        self.at = 0;
        true
    }

    /// Takes the counts of the months; those of another year are too late.
    pub(super) fn take_months(&mut self, year: i16, counts: [usize; 12]) {
        if let Some(zoomed) = self.zoomed.as_mut().filter(|zoomed| zoomed.year == year) {
            zoomed.counts = counts;
        }
    }
}

fn bar(value: String, count: usize, known: bool) -> Bar {
    Bar {
        value,
        count,
        known,
        choice: None,
    }
}

fn months(zoomed: &Zoomed) -> Vec<Bar> {
    let counts = (1..).zip(zoomed.counts);
    let month =
        |(month, count): (u8, usize)| bar(format!("{:04}-{month:02}", zoomed.year), count, true);
    counts.map(month).collect()
}

/// Returns a bar for each year from the first to the last.
fn years(whole: &[Count], now: &[Count]) -> Vec<Bar> {
    let dated = |counts: &[Count]| -> Vec<(i16, usize)> {
        let dated = counts.iter().filter(|count| count.value != UNDATED);
        let years = dated.filter_map(|count| Some((count.value.parse().ok()?, count.count)));
        years.collect()
    };
    let (whole, now) = (dated(whole), dated(now));
    let mut known: Vec<i16> = whole.iter().chain(&now).map(|(year, _)| *year).collect();
    known.sort_unstable();
    known.dedup();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else {
        return Vec::new();
    };
    let span = usize::try_from(i32::from(last) - i32::from(first)).unwrap_or_default();
    let shown = if span < MOST_YEARS {
        (first..=last).collect()
    } else {
        known.clone()
    };
    let count = |year: i16| {
        let mut now = now.iter();
        now.find(|(other, _)| *other == year)
            .map_or(0, |(_, count)| *count)
    };
    let year = |year: i16| {
        bar(
            format!("{year:04}"),
            count(year),
            known.binary_search(&year).is_ok(),
        )
    };
    shown.into_iter().map(year).collect()
}

/// Returns what the question says of a year or a month: what it says of a span that holds it.
fn choice_of(value: &str, choices: &[(String, Choice)]) -> Option<Choice> {
    let own = seconds(value)?;
    let holds = |value: &str| {
        seconds(value).is_some_and(|span| span.start <= own.start && own.end <= span.end)
    };
    let holding = choices.iter().filter(|(value, _)| holds(value));
    let holding: Vec<Choice> = holding.map(|(_, choice)| *choice).collect();
    // What is left out of a span that is chosen is left out.
    let excluded = holding.contains(&Choice::Excluded);
    excluded
        .then_some(Choice::Excluded)
        .or(holding.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(counts: &[(&str, usize)]) -> Vec<Count> {
        let count = |(value, count): &(&str, usize)| Count {
            value: (*value).to_owned(),
            count: *count,
        };
        counts.iter().map(count).collect()
    }

    fn timeline() -> Timeline {
        let mut timeline = Timeline::default();
        let whole = counts(&[("2009", 1), ("2012", 6), ("2013", 5), (UNDATED, 3)]);
        let chosen = [
            ("2012..".to_owned(), Choice::Chosen),
            ("2013".to_owned(), Choice::Excluded),
            ("2013-05-01".to_owned(), Choice::Chosen),
        ];
        timeline.rebuild(&whole, &counts(&[("2012", 2), (UNDATED, 1)]), &chosen);
        timeline
    }

    #[test]
    fn each_year_from_the_first_to_the_last_has_a_bar() {
        let timeline = timeline();
        let bars: Vec<(&str, usize, bool)> = timeline
            .bars()
            .iter()
            .map(|bar| (bar.value.as_str(), bar.count, bar.known))
            .collect();
        assert_eq!(
            bars,
            [
                ("2009", 0, true),
                ("2010", 0, false),
                ("2011", 0, false),
                ("2012", 2, true),
                ("2013", 0, true),
            ]
        );
        let choices = timeline.bars().iter().map(|bar| bar.choice);
        let (chosen, excluded) = (Some(Choice::Chosen), Some(Choice::Excluded));
        assert!(choices.eq([None, None, None, chosen, excluded]));
        assert_eq!(timeline.told(), Some(("2013".to_owned(), 0)));
    }

    #[test]
    fn the_cursor_goes_where_there_is_something_and_spans_what_lies_between() {
        let mut timeline = timeline();
        timeline.move_by(-1, false);
        assert_eq!(timeline.value().as_deref(), Some("2012"));
        timeline.move_by(-1, true);
        assert_eq!(timeline.value().as_deref(), Some("2009..2012"));
        assert_eq!(timeline.told(), Some(("2009–2012".to_owned(), 2)));
        assert_eq!(timeline.choice(), None);
        timeline.move_by(9, true);
        assert_eq!(timeline.value().as_deref(), Some("2012..2013"));
        assert!(timeline.unmark() && !timeline.unmark());
        assert_eq!(timeline.value().as_deref(), Some("2013"));
    }

    #[test]
    fn a_year_is_looked_at_by_its_months_and_left_again() {
        let mut timeline = timeline();
        timeline.move_by(-1, false);
        assert_eq!(timeline.zoom_in(), Some(2012));
        let mut months = [0; 12];
        months[4] = 2;
        timeline.take_months(2013, [7; 12]);
        timeline.take_months(2012, months);
        let chosen = [("2012-03..2012-05".to_owned(), Choice::Chosen)];
        timeline.rebuild(&[], &[], &chosen);
        let chosen: Vec<&str> = timeline
            .bars()
            .iter()
            .filter(|bar| bar.choice.is_some())
            .map(|bar| bar.value.as_str())
            .collect();
        assert_eq!(chosen, ["2012-03", "2012-04", "2012-05"]);
        timeline.press(4);
        assert_eq!(timeline.told(), Some(("May 2012".to_owned(), 2)));
        timeline.press(2);
        assert_eq!(timeline.told(), Some(("Mar–May 2012".to_owned(), 2)));
        assert_eq!(timeline.value().as_deref(), Some("2012-03..2012-05"));
        assert_eq!(timeline.zoom_in(), None);
        assert!(timeline.zoom_out() && !timeline.zoom_out());
        timeline.rebuild(&counts(&[("2009", 1), ("2012", 6), ("2013", 5)]), &[], &[]);
        assert_eq!(timeline.value().as_deref(), Some("2012"));
    }

    #[test]
    fn bars_are_as_wide_as_there_is_room_and_the_cursor_is_among_them() {
        let mut timeline = timeline();
        for (room, expected, cells) in [
            (28, 0..5, 5),
            (12, 0..5, 2),
            (5, 0..5, 1),
            (3, 2..5, 1),
            (0, 4..4, 1),
        ] {
            let layout = timeline.layout(room);
            assert_eq!((layout.bars, layout.cells), (expected, cells), "{room}");
        }
        timeline.move_by(-9, false);
        assert_eq!(timeline.layout(3).bars, 0..3);
        assert_eq!(timeline.layout(12).bar_at(5), Some(2));
        assert_eq!(timeline.layout(12).bar_at(11), None);
        assert_eq!(Timeline::default().layout(20).bars, 0..0);
    }

    #[test]
    fn a_date_gone_wrong_costs_no_screen() {
        let mut timeline = Timeline::default();
        timeline.rebuild(&counts(&[("0001", 1), ("2012", 6), ("2013", 5)]), &[], &[]);
        assert_eq!(timeline.bars().len(), 3);
    }

    #[test]
    fn what_is_dragged_over_becomes_the_span() {
        let mut timeline = timeline();
        assert!(!timeline.drag(0), "nothing was pressed");
        timeline.press(4);
        assert!(timeline.drag(3) && !timeline.drag(3));
        assert!(timeline.drag(0));
        assert_eq!(timeline.value().as_deref(), Some("2009..2013"));
    }
}
