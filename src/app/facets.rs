//! The facet pane: values with live counts, chosen and excluded by clauses of the question.
//!
//! What is chosen is not kept here: it is read from the question, so that field, pane and shell cannot disagree. A
//! value that the whole library has but the question leaves empty is shown dimmed, in its place: nothing jumps while
//! a person types.

use std::collections::HashMap;

use super::{Line, Saved, saved};
use crate::query::facet::{self, Choice, Facet};
use crate::query::{Count, Facets, Query, whole_name};

/// How many values of a long group are shown until it is opened or narrowed.
const SHORT: usize = 8;

/// A group of values in the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Themes: queries with a name.
    Themes,
    /// The sources' own categories.
    Categories,
    /// Publishers, else names of what was added.
    Sources,
    /// Authors.
    Authors,
    /// Kinds of document.
    Kinds,
    /// Years.
    Years,
}

impl Group {
    /// Every group, in the order of the pane: what narrows most often first.
    pub const ALL: [Self; 6] = [
        Self::Themes,
        Self::Sources,
        Self::Years,
        Self::Categories,
        Self::Authors,
        Self::Kinds,
    ];

    /// Returns its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Themes => "Topics",
            Self::Categories => "Categories",
            Self::Sources => "Sources",
            Self::Authors => "Authors",
            Self::Kinds => "Kinds",
            Self::Years => "Years",
        }
    }

    /// Returns the facet that its clauses belong to.
    pub fn facet(self) -> Facet {
        match self {
            Self::Themes | Self::Categories => Facet::Topics,
            Self::Sources => Facet::Sources,
            Self::Authors => Facet::Authors,
            Self::Kinds => Facet::Kinds,
            Self::Years => Facet::Years,
        }
    }

    pub(super) fn counts(self, facets: &Facets) -> &[Count] {
        match self {
            Self::Themes => &facets.themes,
            Self::Categories => &facets.topics,
            Self::Sources => &facets.sources,
            Self::Authors => &facets.authors,
            Self::Kinds => &facets.kinds,
            Self::Years => &facets.years,
        }
    }
}

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
    /// More values than are shown.
    More(Group, usize),
    /// Nothing: parts a group from the one before.
    Blank,
}

impl FacetLine {
    /// Returns whether the cursor can stand on it.
    pub fn can_be_chosen(&self) -> bool {
        !matches!(self, Self::Heading(_) | Self::SavedHeading | Self::Blank)
    }
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
    lines: Vec<FacetLine>,
    /// The counts of the whole library, which give each value its place.
    whole: Facets,
    now: Facets,
    total: usize,
    opened: Vec<Group>,
    /// The saved searches, with what is new to each.
    saved: Vec<(String, usize)>,
}

impl FacetList {
    /// Returns the lines of the pane.
    pub fn lines(&self) -> &[FacetLine] {
        &self.lines
    }

    /// Returns the counts by year, oldest first, the undated left out: what the bars beside the heading show.
    pub fn years(&self) -> Vec<usize> {
        let now = by_value(&self.now.years);
        let dated = self
            .whole
            .years
            .iter()
            .filter(|year| year.value.parse::<i16>().is_ok());
        dated
            .map(|year| now.get(year.value.as_str()).copied().unwrap_or(0))
            .collect()
    }

    /// Takes the counts of a new answer.
    pub fn replace(&mut self, facets: &Facets, total: usize, query: &Query) {
        self.now = facets.clone();
        self.total = total;
        self.rebuild(query);
    }

    /// Takes the counts of the whole library.
    pub fn replace_whole(&mut self, facets: Facets, query: &Query) {
        self.whole = facets;
        self.rebuild(query);
    }

    /// Takes the saved searches.
    pub fn replace_saved(&mut self, saved: &Saved, query: &Query) {
        let rows = saved.rows.iter();
        self.saved = rows.map(|row| (row.saved.name.clone(), row.new)).collect();
        self.rebuild(query);
    }

    /// Returns the counts of the whole library.
    pub(super) fn whole(&self) -> &Facets {
        &self.whole
    }

    /// Returns the line with the cursor.
    pub fn selected(&self) -> Option<&FacetLine> {
        self.lines.get(self.cursor)
    }

    /// Shows every value of a group.
    pub fn open(&mut self, group: Group, query: &Query) {
        self.opened.push(group);
        self.rebuild(query);
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

    /// Puts the cursor on a line, where it can be chosen.
    pub fn select(&mut self, line: usize) {
        if self.lines.get(line).is_some_and(FacetLine::can_be_chosen) {
            self.cursor = line;
        }
    }

    /// Scrolls so that the cursor is among the `height` lines in sight, with its heading where that fits.
    pub fn keep_in_sight(&mut self, height: usize) {
        let height = height.max(1);
        let above = usize::from(self.cursor > 0 && height > 2);
        self.top = self.top.clamp(
            (self.cursor + 1).saturating_sub(height),
            self.cursor - above,
        );
        self.top = self.top.min(self.lines.len().saturating_sub(height));
    }

    /// Makes the lines again; the cursor stays on its value.
    pub fn rebuild(&mut self, query: &Query) {
        let kept = self.selected().cloned();
        let choices: HashMap<(Facet, String), Choice> = [
            Facet::Topics,
            Facet::Sources,
            Facet::Authors,
            Facet::Kinds,
            Facet::Years,
        ]
        .into_iter()
        .flat_map(|facet| {
            facet::choices(query, facet)
                .into_iter()
                .map(move |(value, choice)| ((facet, facet::normal_name(facet, &value)), choice))
        })
        .collect();
        let mut lines = Vec::new();
        if self.narrow.is_none() {
            lines.push(FacetLine::All {
                count: self.total,
                chosen: choices.is_empty(),
            });
        }
        saved::push_lines(&mut lines, &self.saved, query, self.narrow.as_ref());
        for group in Group::ALL {
            self.push_group(&mut lines, group, &choices);
        }
        self.lines = lines;
        let same = |line: &FacetLine| match (line, &kept) {
            (
                FacetLine::Value { group, value, .. },
                Some(FacetLine::Value {
                    group: g, value: v, ..
                }),
            ) => group == g && value == v,
            (FacetLine::All { .. }, Some(FacetLine::All { .. })) => true,
            (FacetLine::Saved { name, .. }, Some(FacetLine::Saved { name: n, .. })) => name == n,
            _ => false,
        };
        self.cursor = self
            .lines
            .iter()
            .position(same)
            .unwrap_or_else(|| self.cursor.min(self.lines.len().saturating_sub(1)));
        if !self.selected().is_some_and(FacetLine::can_be_chosen) {
            self.move_by(1);
        }
    }

    fn push_group(
        &self,
        lines: &mut Vec<FacetLine>,
        group: Group,
        choices: &HashMap<(Facet, String), Choice>,
    ) {
        let now = by_value(group.counts(&self.now));
        let wanted = self
            .narrow
            .as_ref()
            .map(|line| whole_name(line.text()))
            .filter(|text| !text.is_empty());
        let whole = group.counts(&self.whole);
        let known: std::collections::HashSet<&str> =
            whole.iter().map(|count| count.value.as_str()).collect();
        // What came into the library after the whole was counted stands at the end until it is counted again.
        let new = group
            .counts(&self.now)
            .iter()
            .filter(|count| !known.contains(count.value.as_str()));
        let values: Vec<FacetLine> = whole
            .iter()
            .chain(new)
            .filter(|count| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| whole_name(&count.value).contains(wanted))
            })
            .map(|count| FacetLine::Value {
                group,
                value: count.value.clone(),
                count: now.get(count.value.as_str()).copied().unwrap_or(0),
                choice: choices
                    .get(&(
                        group.facet(),
                        facet::normal_name(group.facet(), &count.value),
                    ))
                    .copied(),
            })
            .collect();
        if values.is_empty() {
            return;
        }
        if !lines.is_empty() {
            lines.push(FacetLine::Blank);
        }
        lines.push(FacetLine::Heading(group));
        // Themes are few and a person's own; the rest may be thousands.
        let all = group == Group::Themes
            || wanted.is_some()
            || self.opened.contains(&group)
            || values.len() <= SHORT + 1;
        let is_chosen = |line: &FacetLine| {
            matches!(
                line,
                FacetLine::Value {
                    choice: Some(_),
                    ..
                }
            )
        };
        let known = values.len();
        let before = lines.len();
        let shown = values.into_iter().enumerate();
        let shown = shown.filter(|(place, line)| all || *place < SHORT || is_chosen(line));
        lines.extend(shown.map(|(_, line)| line));
        let hidden = known - (lines.len() - before);
        if hidden > 0 {
            lines.push(FacetLine::More(group, hidden));
        }
    }
}

fn by_value(counts: &[Count]) -> HashMap<&str, usize> {
    counts
        .iter()
        .map(|count| (count.value.as_str(), count.count))
        .collect()
}
