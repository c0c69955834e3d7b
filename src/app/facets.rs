//! The facet pane: values with live counts, chosen and excluded by clauses of the question.
//!
//! What is chosen is not kept here: it is read from the question, so that field, pane and shell cannot disagree. A
//! value that the whole library has but the question leaves empty is shown dimmed, in its place: nothing jumps while
//! a person types. A theme that no document of the library has is not shown. Of a long group those are shown that have most under the question, and the rest is folded.
//!
//! Groups may have a hundred thousand values (authors), and the lines are made again with every answer: what each value
//! is compared by is made once, when the library is counted, and a folded group costs what it shows.

mod group;

use std::collections::{HashMap, HashSet};

pub use self::group::Group;
use super::{Line, Saved, TIMELINE_ROWS, Timeline, saved};
use crate::query::facet::{self, Choice, Facet, UNDATED};
use crate::query::{Count, Facets, Query, whole_name};

/// How many values of a long group are shown until it is opened or narrowed.
const SHORT: usize = 8;

/// How many values of a group are shown at most while narrowing: more letters find the others.
const MOST_NARROWED: usize = 200;

/// A line of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetLine {
    /// The name of a group.
    Heading(Group),
    /// Everything that the words find: choosing it drops every choice.
    All {
        /// How many documents match.
        count: usize,
        /// Nothing is chosen or excluded.
        chosen: bool,
    },
    /// A value.
    Value {
        /// Its group.
        group: Group,
        /// The value, as shown and as the question names it.
        value: String,
        /// How many documents have it under the question.
        count: usize,
        /// What the question says of it.
        choice: Option<Choice>,
    },
    /// The name of the saved searches.
    SavedHeading,
    /// A saved search.
    Saved {
        /// What it is called.
        name: String,
        /// How many documents are new to it.
        new: usize,
        /// The question asks for it.
        chosen: bool,
    },
    /// A row of the timeline, counted from its first.
    Timeline(u8),
    /// More values than are shown.
    More(Group, usize),
    /// Nothing: parts a group from the one before.
    Blank,
}

impl FacetLine {
    /// Returns whether the cursor can stand on it.
    pub fn can_be_chosen(&self) -> bool {
        // The cursor on the timeline stands on its first row.
        match self {
            Self::Heading(_) | Self::SavedHeading | Self::Blank => false,
            Self::Timeline(row) => *row == 0,
            Self::All { .. } | Self::Value { .. } | Self::Saved { .. } | Self::More(..) => true,
        }
    }

    /// Returns whether it is a value that documents have under the question, or that the question chooses or excludes.
    fn is_in_use(&self) -> bool {
        matches!(self, Self::Value { count, choice, .. } if *count > 0 || choice.is_some())
    }
}

/// A value that the library has, and what it is compared by.
#[derive(Debug)]
struct Known {
    value: String,
    /// As a choice is compared.
    name: String,
    /// As what is typed is found in it, where that is another form.
    found_by: Option<String>,
    /// No document of the library has it, as may be with a theme. It is none to choose here, but a question may name it.
    is_empty: bool,
}

/// The facet pane.
#[derive(Debug, Default)]
pub struct FacetList {
    /// The line with the cursor.
    pub cursor: usize,
    /// The first line in sight.
    pub top: usize,
    /// What the values shown must contain, while narrowing.
    pub narrow: Option<Line>,
    /// The bars of the years.
    pub timeline: Timeline,
    lines: Vec<FacetLine>,
    /// The values of the whole library, which give each its place.
    whole: HashMap<Group, Vec<Known>>,
    whole_years: Vec<Count>,
    now: Facets,
    total: usize,
    opened: HashSet<Group>,
    /// While narrowing: of each group how many values are found, of how many.
    found: HashMap<Group, (usize, usize)>,
    /// The line with the cursor before narrowing.
    before: Option<FacetLine>,
    /// The saved searches, with what is new to each.
    saved: Vec<(String, usize)>,
}

/// What the question says of values, each by its name as choices are compared.
type Choices = HashMap<(Facet, String), Choice>;

impl FacetList {
    /// Returns the lines of the pane.
    pub fn lines(&self) -> &[FacetLine] {
        &self.lines
    }

    /// Returns while narrowing how many values of a group are found, of how many.
    pub fn found(&self, group: Group) -> Option<(usize, usize)> {
        self.found.get(&group).copied()
    }

    /// Takes the counts of a new answer.
    pub fn replace(&mut self, facets: &Facets, total: usize, query: &Query) {
        self.now = facets.clone();
        self.total = total;
        self.rebuild(query);
    }

    /// Takes the counts of the whole library.
    pub fn replace_whole(&mut self, facets: &Facets, query: &Query) {
        let known = |group: Group| {
            let counts = group.counts(facets).iter();
            let known = counts
                .map(|count| Known {
                    is_empty: count.count == 0,
                    ..Known::new(group, &count.value)
                })
                .collect();
            (group, known)
        };
        self.whole = Group::ALL.into_iter().map(known).collect();
        self.whole_years.clone_from(&facets.years);
        self.rebuild(query);
    }

    /// Takes the saved searches.
    pub fn replace_saved(&mut self, saved: &Saved, query: &Query) {
        let rows = saved.rows.iter();
        self.saved = rows.map(|row| (row.saved.name.clone(), row.new)).collect();
        self.rebuild(query);
    }

    /// Returns the values of a group that the whole library has, in their order, each with the form in which it is found.
    pub(super) fn values(&self, group: Group) -> impl Iterator<Item = (&str, &str)> {
        let years = self
            .whole_years
            .iter()
            .filter(move |_| group == Group::Years);
        let known = self.whole.get(&group).into_iter().flatten();
        let known = known.filter(move |_| group != Group::Years);
        let known = known.map(|known| (known.value.as_str(), known.found_by()));
        let years = years.map(|year| (year.value.as_str(), year.value.as_str()));
        years.chain(known)
    }

    /// Returns the line with the cursor.
    pub fn selected(&self) -> Option<&FacetLine> {
        self.lines.get(self.cursor)
    }

    /// Returns whether the cursor is in a group of which only the first values are shown.
    pub fn is_folded(&self) -> bool {
        let own = match self.selected() {
            Some(FacetLine::Value { group, .. } | FacetLine::More(group, _)) => *group,
            _ => return false,
        };
        let mut lines = self.lines.iter();
        lines.any(|line| matches!(line, FacetLine::More(group, _) if *group == own))
    }

    /// Returns whether the cursor is on the timeline.
    pub fn on_timeline(&self) -> bool {
        matches!(self.selected(), Some(FacetLine::Timeline(_)))
    }

    /// Shows every value of a group, or the first few again.
    pub fn toggle_open(&mut self, group: Group, query: &Query) {
        let was_open = self.opened.remove(&group);
        if !was_open {
            self.opened.insert(group);
        }
        let before = self.selected().cloned();
        self.rebuild(query);
        // Where its value is folded away, the cursor goes to what stands for it.
        if was_open && before.is_some_and(|before| self.place_of(&before).is_none()) {
            let stands_for =
                |line: &FacetLine| matches!(line, FacetLine::More(of, _) if *of == group);
            self.cursor = self
                .lines
                .iter()
                .position(stands_for)
                .unwrap_or(self.cursor);
        }
    }

    /// Begins to narrow the values.
    pub fn begin_narrowing(&mut self, query: &Query) {
        self.before = self.selected().cloned();
        self.narrow = Some(Line::default());
        self.rebuild(query);
    }

    /// Shows every value again. The cursor stays on its value, or goes back to where it was before where that is to be
    /// restored.
    pub fn end_narrowing(&mut self, restore: bool, query: &Query) {
        self.narrow = None;
        self.rebuild(query);
        let before = self.before.take().filter(|_| restore);
        if let Some(place) = before.and_then(|before| self.place_of(&before)) {
            self.cursor = place;
        }
    }

    /// Puts the cursor on the first line that can be chosen.
    pub fn to_first(&mut self) {
        let place = self.lines.iter().position(FacetLine::can_be_chosen);
        (self.cursor, self.top) = (place.unwrap_or(0), 0);
    }

    /// Moves the cursor by so many lines that can be chosen.
    pub fn move_by(&mut self, lines: isize) {
        let mut left = lines.unsigned_abs();
        while left > 0 {
            let next = (1..=self.lines.len())
                .map(|far| {
                    self.cursor
                        .checked_add_signed(lines.signum() * far.cast_signed())
                })
                .map_while(|place| place.filter(|place| *place < self.lines.len()))
                .find(|place| self.lines.get(*place).is_some_and(FacetLine::can_be_chosen));
            let Some(next) = next else { break };
            self.cursor = next;
            left -= 1;
        }
    }

    /// Puts the cursor on a line, where it can be chosen; from any row of the timeline on its first.
    pub fn select(&mut self, line: usize) {
        let line = match self.lines.get(line) {
            Some(FacetLine::Timeline(row)) => line - usize::from(*row).min(line),
            _ => line,
        };
        if self.lines.get(line).is_some_and(FacetLine::can_be_chosen) {
            self.cursor = line;
        }
    }

    /// Puts the cursor on the timeline, where there is one.
    pub fn select_timeline(&mut self) {
        if let Some(place) = self.place_of(&FacetLine::Timeline(0)) {
            self.cursor = place;
        }
    }

    /// Scrolls so that the cursor is among the `height` lines in sight, with its heading, and all of the timeline, where
    /// that fits.
    pub fn keep_in_sight(&mut self, height: usize) {
        let height = height.max(1);
        let above = usize::from(self.cursor > 0 && height > 2);
        let below = self.below_cursor().min(height.saturating_sub(1 + above));
        self.top = self.top.clamp(
            (self.cursor + below + 1).saturating_sub(height),
            self.cursor - above,
        );
        self.scroll(0, height);
    }

    /// Returns whether the cursor is among the `height` lines in sight, and all of the timeline where it is there.
    pub fn is_in_sight(&self, height: usize) -> bool {
        let last = self.cursor + self.below_cursor();
        self.top <= self.cursor && last < self.top + height
    }

    /// Scrolls by so many lines, of which `height` are in sight; the cursor stays where it is.
    pub fn scroll(&mut self, lines: isize, height: usize) {
        let last = self.lines.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(lines).min(last);
    }

    /// Returns how many lines below that with the cursor belong to it.
    fn below_cursor(&self) -> usize {
        if self.on_timeline() {
            usize::from(TIMELINE_ROWS - 1)
        } else {
            0
        }
    }

    /// Makes the lines again; the cursor stays on its value.
    pub fn rebuild(&mut self, query: &Query) {
        let kept = self.selected().cloned();
        let of_facet = |facet: Facet| {
            let choices = facet::choices(query, facet).into_iter();
            choices.map(move |(value, choice)| {
                let name = facet::normal_name(facet, &value);
                ((facet, name), choice)
            })
        };
        let choices: Choices = Facet::ALL.into_iter().flat_map(of_facet).collect();
        self.timeline.rebuild(
            &self.whole_years,
            &self.now.years,
            &facet::choices(query, Facet::Years),
        );
        self.lines.clear();
        self.found.clear();
        if self.narrow.is_none() {
            self.lines.push(FacetLine::All {
                count: self.total,
                chosen: choices.is_empty(),
            });
        }
        saved::push_lines(&mut self.lines, &self.saved, query, self.narrow.as_ref());
        for group in Group::ALL {
            let lines = self.lines_of(group, &choices);
            if lines.is_empty() {
                continue;
            }
            if !self.lines.is_empty() {
                self.lines.push(FacetLine::Blank);
            }
            self.lines.push(FacetLine::Heading(group));
            self.lines.extend(lines);
        }
        let place = kept.and_then(|kept| self.place_of(&kept));
        self.cursor = place.unwrap_or(self.cursor.min(self.lines.len().saturating_sub(1)));
        if !self.selected().is_some_and(FacetLine::can_be_chosen) {
            self.move_by(1);
        }
        if !self.selected().is_some_and(FacetLine::can_be_chosen) {
            self.move_by(-1);
        }
    }

    /// Returns the place of a line that is the same but for its count.
    fn place_of(&self, wanted: &FacetLine) -> Option<usize> {
        self.lines.iter().position(|line| match (line, wanted) {
            (
                FacetLine::Value { group, value, .. },
                FacetLine::Value {
                    group: g, value: v, ..
                },
            ) => group == g && value == v,
            (FacetLine::All { .. }, FacetLine::All { .. }) => true,
            (FacetLine::Timeline(row), FacetLine::Timeline(other)) => row == other,
            (FacetLine::Saved { name, .. }, FacetLine::Saved { name: other, .. }) => name == other,
            _ => false,
        })
    }

    fn lines_of(&mut self, group: Group, choices: &Choices) -> Vec<FacetLine> {
        let wanted = self.narrow.as_ref().map(|line| whole_name(line.text()));
        if let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) {
            return self.narrowed(group, &wanted, choices);
        }
        if group == Group::Years && self.narrow.is_none() {
            return self.timeline_lines(choices);
        }
        let known = self.whole.get(&group).map_or(0, Vec::len);
        let known = known.max(group.counts(&self.now).len());
        // Where all are in one language there is nothing to choose.
        if group == Group::Languages && known < 2 {
            return Vec::new();
        }
        // Themes are few and a person's own; the rest may be thousands.
        if group == Group::Themes || known <= SHORT + 1 {
            return self.all_in_place(group, choices);
        }
        if self.opened.contains(&group) {
            return most_first(group, self.all_in_place(group, choices));
        }
        self.folded(group, known, choices)
    }

    /// Returns the lines of the timeline, and below it the undated.
    fn timeline_lines(&self, choices: &Choices) -> Vec<FacetLine> {
        let mut lines: Vec<FacetLine> = Vec::new();
        if !self.timeline.bars().is_empty() {
            lines.extend((0..TIMELINE_ROWS).map(FacetLine::Timeline));
        }
        let all = self.all_in_place(Group::Years, choices).into_iter();
        lines.extend(
            all.filter(|line| matches!(line, FacetLine::Value { value, .. } if value == UNDATED)),
        );
        lines
    }

    /// Returns every value in the order of the library. What came into it after it was counted stands at the end until
    /// it is counted again.
    fn all_in_place(&self, group: Group, choices: &Choices) -> Vec<FacetLine> {
        let now = by_value(group.counts(&self.now));
        let whole = self
            .whole
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let known: HashSet<&str> = whole.iter().map(|known| known.value.as_str()).collect();
        let new = group.counts(&self.now).iter();
        let new: Vec<Known> = new
            .filter(|count| !known.contains(count.value.as_str()))
            .map(|count| Known::new(group, &count.value))
            .collect();
        let line = |known: &Known| {
            let count = now.get(known.value.as_str()).copied().unwrap_or(0);
            known.line(group, count, choices)
        };
        let lines = whole.iter().chain(&new);
        let shown = lines.filter_map(|known| {
            let line = line(known);
            (!known.is_empty || line.is_in_use()).then_some(line)
        });
        shown.collect()
    }

    /// Returns the few values of a long group that have most, those chosen, and how many more there are.
    fn folded(&self, group: Group, known: usize, choices: &Choices) -> Vec<FacetLine> {
        let whole = self
            .whole
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let now = group.counts(&self.now);
        // The answer counts the most frequent first.
        let most = now.get(..now.len().min(SHORT)).unwrap_or_default();
        let mut lines: Vec<FacetLine> = most
            .iter()
            .map(|count| Known::new(group, &count.value).line(group, count.count, choices))
            .collect();
        let shown: HashSet<&str> = most.iter().map(|count| count.value.as_str()).collect();
        let rest = whole
            .iter()
            .filter(|known| !shown.contains(known.value.as_str()));
        let empty = rest.take(SHORT - lines.len());
        // There are no others under the question: these have none.
        lines.extend(empty.map(|known| known.line(group, 0, choices)));
        let mut chosen: Vec<&(Facet, String)> = choices.keys().collect();
        chosen.sort_unstable_by_key(|(_, name)| name);
        for (_, name) in chosen
            .into_iter()
            .filter(|(facet, _)| *facet == group.facet())
        {
            let is_it = |known: &&Known| known.name == *name;
            let Some(known) = whole.iter().find(is_it) else {
                continue;
            };
            let count = now.iter().find(|count| count.value == known.value);
            let line = known.line(group, count.map_or(0, |count| count.count), choices);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let hidden = known.saturating_sub(lines.len());
        if hidden > 0 {
            lines.push(FacetLine::More(group, hidden));
        }
        lines
    }

    /// Returns the values that contain what was typed.
    fn narrowed(&mut self, group: Group, wanted: &str, choices: &Choices) -> Vec<FacetLine> {
        let whole = self
            .whole
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let found: Vec<&Known> = whole
            .iter()
            .filter(|known| known.is_found(wanted) && !known.is_empty)
            .collect();
        if found.is_empty() {
            return Vec::new();
        }
        let now = by_value(group.counts(&self.now));
        let line = |known: &&Known| {
            let count = now.get(known.value.as_str()).copied().unwrap_or(0);
            known.line(group, count, choices)
        };
        let lines = most_first(group, found.iter().map(line).collect());
        let all = whole.iter().filter(|known| !known.is_empty).count();
        let count = lines.len();
        let mut lines: Vec<FacetLine> = lines.into_iter().take(MOST_NARROWED).collect();
        if count > lines.len() {
            lines.push(FacetLine::More(group, count - lines.len()));
        }
        self.found.insert(group, (count, all));
        lines
    }
}

impl Known {
    fn new(group: Group, value: &str) -> Self {
        let name = facet::normal_name(group.facet(), value);
        let found_by = whole_name(&group.shown(value));
        Self {
            value: value.to_owned(),
            found_by: Some(found_by).filter(|found_by| *found_by != name),
            name,
            is_empty: false,
        }
    }

    /// Returns the form in which it is found, folded.
    fn found_by(&self) -> &str {
        self.found_by.as_ref().unwrap_or(&self.name)
    }

    fn is_found(&self, wanted: &str) -> bool {
        self.found_by().contains(wanted)
    }

    fn line(&self, group: Group, count: usize, choices: &Choices) -> FacetLine {
        // Most questions choose nothing, and a lookup needs the name again.
        let choice = if choices.is_empty() {
            None
        } else {
            choices.get(&(group.facet(), self.name.clone())).copied()
        };
        FacetLine::Value {
            group,
            value: self.value.clone(),
            count,
            choice,
        }
    }
}

/// Puts the values that have most under the question first; of equals the order of the library stands.
fn most_first(group: Group, mut lines: Vec<FacetLine>) -> Vec<FacetLine> {
    if group != Group::Themes && group != Group::Years {
        lines.sort_by_key(|line| std::cmp::Reverse(count_of(line)));
    }
    lines
}

fn count_of(line: &FacetLine) -> usize {
    match line {
        FacetLine::Value { count, .. } => *count,
        _ => 0,
    }
}

fn by_value(counts: &[Count]) -> HashMap<&str, usize> {
    counts
        .iter()
        .map(|count| (count.value.as_str(), count.count))
        .collect()
}
