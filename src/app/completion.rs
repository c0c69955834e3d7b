//! Completion in the search field: names of fields, and their values as the library has them.

use super::{App, Area, Group, Pane};
use crate::config::keys::Key;
use crate::query::facet::UNDATED;
use crate::query::{Completing, Unfinished, topic_name, unfinished, whole_name};
use crate::text::cells;

/// How many candidates there are at most: more than anyone goes through.
const MOST: usize = 200;

/// How many of them are in sight.
pub const SHOWN: usize = 8;

/// The most cells that a candidate takes.
const WIDEST: usize = 40;

/// What the field can be completed with, and which of it stands in the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What each candidate is, as a person calls it.
    pub names: Vec<String>,
    /// Each as the question has it.
    pub(super) written: Vec<String>,
    /// The candidate that stands in the line; none while the person types.
    pub at: Option<usize>,
    /// The byte of the line where what is completed begins.
    pub from: usize,
    /// It completes the name of a field: which is offered when asked for, and not before.
    pub(super) of_name: bool,
    /// It completes the name of a topic, of a saved search or of a place, and what stands there is none yet.
    pub(super) is_none_yet: bool,
}

impl Completion {
    /// Returns the names in sight, and the place of the first.
    pub fn in_sight(&self) -> (&[String], usize) {
        let at = self.at.unwrap_or(0);
        let first = (at + 1).saturating_sub(SHOWN);
        let end = (first + SHOWN).min(self.names.len());
        (self.names.get(first..end).unwrap_or_default(), first)
    }

    /// Returns whether the list of candidates is to be shown.
    pub fn is_shown(&self) -> bool {
        !self.names.is_empty() && (!self.of_name || self.at.is_some())
    }

    /// Returns what the candidates begin with in common.
    pub(super) fn common(&self) -> &str {
        let mut written = self.written.iter();
        let Some(first) = written.next() else {
            return "";
        };
        let end = written.fold(first.len(), |end, other| {
            let same = first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b);
            end.min(same.count())
        });
        first
            .get(..first.floor_char_boundary(end))
            .unwrap_or_default()
    }
}

/// The list of candidates in its place on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompletionLayout<'a> {
    /// All of it.
    pub area: Area,
    /// The place of the first candidate in sight.
    pub first: usize,
    /// Those in sight, a row each.
    pub names: &'a [String],
}

/// Returns whether what was typed after `in:` names something already, as far as this place says: the place itself, a
/// folder from the root of its source, or whatever has that number.
fn is_named(place: &str, typed: &str) -> bool {
    let wanted = whole_name(typed.trim_end_matches('/'));
    let below = place.split_once('/').map(|(_, below)| whole_name(below));
    whole_name(place) == wanted
        || below.is_some_and(|below| below == wanted)
        || typed.parse::<u32>().is_ok()
}

impl App {
    /// Returns where the list of candidates stands and what is seen of it, where there is one to choose from.
    pub fn completion_layout(&self) -> Option<CompletionLayout<'_>> {
        let shown = self.completion.as_ref().filter(|one| one.is_shown());
        let completion = shown.filter(|_| self.focus == Pane::Field)?;
        let field = self.geometry()?.field;
        let (names, first) = completion.in_sight();
        let widest = names.iter().map(|name| cells::width(name)).max();
        let width = (widest.unwrap_or(0).min(WIDEST) + 2) as u16;
        let (start, _, _) = self.field.shown(usize::from(field.width));
        let before = self.field.text().get(start..completion.from.max(start));
        let x = field.x + cells::width(before.unwrap_or_default()) as u16;
        let (columns, rows) = self.size;
        let area = Area {
            // The candidates stand below what they complete, as far as the screen has room for them there.
            x: x.saturating_sub(1).min(columns.saturating_sub(width)),
            y: field.y + 1,
            width: width.min(columns),
            height: (names.len() as u16).min(rows.saturating_sub(2)),
        };
        Some(CompletionLayout { area, first, names })
    }

    /// Puts a candidate into the line, and the list away.
    pub(super) fn put_candidate(&mut self, place: usize) {
        let Some(completion) = self.completion.take() else {
            return;
        };
        if let Some(written) = completion.written.get(place) {
            self.field.replace_before_cursor(completion.from, written);
        }
    }

    /// Returns what the line can be completed with at its cursor.
    pub(super) fn candidates(&self) -> Option<Completion> {
        let cursor = self.field.before_cursor().len();
        let Unfinished { what, range, typed } = unfinished(self.field.text(), cursor)?;
        let found = self.beginning_so(what, &whole_name(&typed));
        let is_it = |value: &String| match what {
            Completing::Topic | Completing::Tag => topic_name(value) == topic_name(&typed),
            Completing::Saved => whole_name(value) == whole_name(&typed),
            Completing::Within => is_named(value, &typed),
            _ => true,
        };
        let mut completion = Completion {
            from: range.start,
            of_name: what == Completing::Name,
            is_none_yet: !found.iter().any(is_it),
            ..Completion::default()
        };
        for value in found {
            if let Some(written) = what.written(&value) {
                completion.names.push(value);
                completion.written.push(written);
            }
        }
        // What stands there already is no completion.
        let stands = self.field.text().get(range)?;
        let done = completion.written.as_slice() == [stands];
        (!completion.names.is_empty() && !done).then_some(completion)
    }

    /// Returns the values whose names begin with `wanted`, and after them those with a later word that does; of each the
    /// most used first. A library may have a hundred thousand authors: their names were folded when they came.
    fn beginning_so(&self, what: Completing, wanted: &str) -> Vec<String> {
        let spaced = format!(" {wanted}");
        // A folder is looked for by its own name as well as by its path.
        let below = format!("/{wanted}");
        let (mut begin, mut within) = (Vec::new(), Vec::new());
        let mut seen: Vec<String> = Vec::new();
        let mut look_at = |value: &str, name: &str| {
            let fits = name.starts_with(wanted) || name.contains(&spaced);
            if what == Completing::Topic && fits && seen.len() < 2 * MOST {
                // A category may have the name of an own tag.
                if seen.iter().any(|seen| seen == name) {
                    return;
                }
                seen.push(name.to_owned());
            }
            if begin.len() < MOST && name.starts_with(wanted) {
                begin.push(value.to_owned());
            } else if within.len() < MOST
                && (what != Completing::Name && name.contains(&spaced)
                    || what == Completing::Within && name.contains(&below))
            {
                within.push(value.to_owned());
            }
        };
        for value in what.fixed() {
            look_at(value, value.trim_start_matches('-'));
        }
        if what == Completing::Saved {
            for row in &self.saved.rows {
                look_at(&row.saved.name, &whole_name(&row.saved.name));
            }
        }
        if what == Completing::Within {
            for place in &self.places {
                look_at(&place.name, &place.found_by);
            }
        }
        let groups: &[Group] = match what {
            Completing::Topic => &[Group::Themes, Group::Tags, Group::Categories],
            Completing::Tag => &[Group::Tags],
            Completing::Source => &[Group::Sources],
            Completing::Author => &[Group::Authors],
            Completing::Kind => &[Group::Kinds],
            Completing::Date => &[Group::Years],
            Completing::Language => &[Group::Languages],
            _ => &[],
        };
        for (value, name) in groups.iter().flat_map(|group| self.facets.values(*group)) {
            if what != Completing::Date || value != UNDATED {
                look_at(value, name);
            }
        }
        begin.append(&mut within);
        begin.truncate(MOST);
        begin
    }

    /// Returns what the field asks for: without the beginning of a name that can only be that of something else. Nothing
    /// has a topic `mutu`, and to find nothing on the way to `mutuals` helps nobody.
    pub(super) fn text_to_run(&self) -> String {
        let mut text = self.field.text().to_owned();
        if let Some(completion) = &self.completion
            && completion.is_none_yet
            && completion.at.is_none()
        {
            let cursor = self.field.before_cursor().len();
            if text.get(completion.from..cursor).is_some() {
                text.replace_range(completion.from..cursor, "");
            }
        }
        text
    }

    /// Looks again at what the line can be completed with: it has changed.
    pub(super) fn complete_anew(&mut self) {
        self.completion = self.candidates();
    }

    /// Completes the line: as far as the candidates agree, then each of them in turn. Returns whether there was anything
    /// to complete, and whether the line is another now.
    pub(super) fn complete_field(&mut self) -> Option<bool> {
        let mut completion = self.completion.take().or_else(|| self.candidates())?;
        let cursor = self.field.before_cursor().len();
        let stands = self.field.text().get(completion.from..cursor)?.to_owned();
        let common = completion.common().to_owned();
        let text = if completion.at.is_none()
            && common.len() > stands.len()
            && common.starts_with(&stands)
        {
            if let [_] = completion.written.as_slice() {
                completion.at = Some(0);
            }
            common
        } else {
            let next = completion
                .at
                .map_or(0, |at| (at + 1) % completion.names.len());
            completion.at = Some(next);
            completion.written.get(next)?.clone()
        };
        let changed = text != stands;
        self.field.replace_before_cursor(completion.from, &text);
        let is_only = completion.names.len() == 1;
        self.completion = Some(completion).filter(|_| !is_only);
        Some(changed)
    }

    /// Returns whether a key walks among the candidates or leaves them be.
    pub(super) fn keeps_completion(&self, key: Key) -> bool {
        self.keymap.action("field", key) == Some("complete")
    }
}
