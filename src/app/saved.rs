//! Saved searches as the screen has them: above the topics, and in a list of their own that `F` lays over the panes.

use super::update::count_of;
use super::{App, FacetLine, Line, OverlayLine};
use crate::library::Newly;
use crate::query::{Filter, Node, Query, whole_name};
use crate::store::SavedSearch;

/// How many letters of a question make a name for it.
const NAME_LETTERS: usize = 40;

/// The saved searches, and which of them is looked at.
#[derive(Debug, Default)]
pub struct Saved {
    /// In the order in which they were made, each with how many documents are new to it.
    pub rows: Vec<Newly>,
    /// The highest number of a document when these were counted: what is looked at now was there then.
    pub counted: i64,
    /// The name of the one that is to be changed by what is typed.
    pub changing: Option<String>,
    /// The name of the one that was run, until its answer comes.
    pub running: Option<String>,
    /// What the newest answer could not tell: a name that nobody saved, say.
    pub trouble: Option<String>,
    /// The one that was looked at last, as it was before: what was new to it then.
    pub before: Option<SavedSearch>,
}

/// A change to the saved searches.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedChange {
    /// Save a question under a name.
    Save(String, Query),
    /// Keep one that was forgotten, as it was.
    Again(SavedSearch),
    /// Give one another name and question.
    Change {
        /// The name that it has.
        name: String,
        /// The name that it is to have.
        to: String,
        /// The question that it is to ask.
        query: Query,
    },
    /// Forget the one of this name.
    Forget(String),
    /// It was looked at, when this was the highest number of a document.
    Look(String, i64),
}

/// A line of the list of saved searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedLine<'a> {
    /// The present question, to be saved.
    Keep(String),
    /// One that is saved.
    Search(&'a Newly),
}

impl Saved {
    /// Returns the saved search of a name.
    pub fn named(&self, name: &str) -> Option<&Newly> {
        let name = whole_name(name);
        let mut rows = self.rows.iter();
        rows.find(|row| whole_name(&row.saved.name) == name)
    }

    /// Takes the searches as they are kept now; what is new to them is counted later, and as it was until then.
    pub(super) fn replace(&mut self, kept: Vec<SavedSearch>) {
        let rows = kept.into_iter().map(|saved| {
            let known = self.rows.iter();
            let mut known = known.filter(|row| row.saved.looked == saved.looked);
            let same = known.find(|row| row.saved.query == saved.query);
            let new = same.map_or(0, |row| row.new);
            Newly { saved, new }
        });
        self.rows = rows.collect();
    }

    /// Takes away what was new to the one of a name.
    pub(super) fn looked_at(&mut self, name: &str) {
        let (name, counted) = (whole_name(name), self.counted);
        let mut rows = self.rows.iter_mut();
        if let Some(row) = rows.find(|row| whole_name(&row.saved.name) == name) {
            row.new = 0;
            row.saved.looked = row.saved.looked.max(counted);
        }
    }
}

/// Adds the lines of the facet pane for saved searches, each with how many documents are new to it; `narrow` is what
/// their names must contain.
pub(super) fn push_lines(
    lines: &mut Vec<FacetLine>,
    saved: &[(String, usize)],
    query: &Query,
    narrow: Option<&Line>,
) {
    let asked = names_asked(query);
    let wanted = narrow
        .map(|line| whole_name(line.text()))
        .unwrap_or_default();
    let fitting = saved
        .iter()
        .filter(|(name, _)| whole_name(name).contains(&wanted));
    let found: Vec<FacetLine> = fitting
        .map(|(name, new)| FacetLine::Saved {
            name: name.clone(),
            new: *new,
            chosen: asked.contains(&whole_name(name)),
        })
        .collect();
    if found.is_empty() {
        return;
    }
    if !lines.is_empty() {
        lines.push(FacetLine::Blank);
    }
    lines.push(FacetLine::SavedHeading);
    lines.extend(found);
}

/// Returns the names of the saved searches that a question asks for at its top, in the form in which they compare.
fn names_asked(query: &Query) -> Vec<String> {
    let names = clauses(query).iter().filter_map(|node| match node {
        Node::Filter(Filter::Saved(name)) => Some(whole_name(name)),
        _ => None,
    });
    names.collect()
}

/// Returns the clauses at the top of a question.
fn clauses(query: &Query) -> &[Node] {
    match &query.root {
        Node::And(nodes) => nodes,
        node => std::slice::from_ref(node),
    }
}

/// Returns a name for a question: its first words, without the signs of the language.
pub(super) fn name_for(query: &Query) -> String {
    let printed = query.to_string();
    let plain = printed.replace(['"', '(', ')', '*', '=', '\\', '~'], "");
    let mut name = String::new();
    for word in plain.split_whitespace() {
        if !name.is_empty() && name.chars().count() + word.chars().count() > NAME_LETTERS {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.extend(word.chars().take(NAME_LETTERS));
    }
    name
}

impl App {
    /// Returns the lines of the list of saved searches: first the present question, where it can be saved.
    pub(super) fn saved_lines(&self) -> Vec<SavedLine<'_>> {
        let mut lines = Vec::new();
        if self.can_be_saved() {
            lines.push(SavedLine::Keep(self.query.to_string()));
        }
        lines.extend(self.saved.rows.iter().map(SavedLine::Search));
        lines
    }

    /// Returns whether the present question says something, and is not what is saved already.
    pub(super) fn can_be_saved(&self) -> bool {
        let printed = self.query.to_string();
        let is_kept = self.saved.rows.iter().any(|row| row.saved.query == printed);
        // What was new once is nothing to come back to.
        let is_new_alone = clauses(&self.query)
            .iter()
            .any(|node| matches!(node, Node::Filter(Filter::Since(_))));
        let says = self.query != Query::default() && self.query.saved_alone().is_none();
        says && !is_kept && !is_new_alone
    }

    pub(super) fn saved_overlay(&self) -> Vec<OverlayLine> {
        let line = |line: &SavedLine<'_>| match line {
            SavedLine::Keep(question) => OverlayLine {
                left: "save".to_owned(),
                ..OverlayLine::text(question.clone())
            },
            SavedLine::Search(row) => OverlayLine {
                left: match row.new {
                    0 => String::from(" "),
                    new => format!("+{new}"),
                },
                ..OverlayLine::text(format!("{} · {}", row.saved.name, row.saved.query))
            },
        };
        self.saved_lines().iter().map(line).collect()
    }
}

/// Returns what is told of a saved search that is run.
pub(super) fn told_of_new(name: &str, new: usize) -> Option<String> {
    let are = if new == 1 { "is" } else { "are" };
    (new > 0).then(|| {
        let documents = count_of(new, "document");
        format!("{documents} {are} new to “{name}”: chosen again, it shows these alone")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn a_question_suggests_its_name() {
        for (question, name) in [
            (
                "mutual (tupe OR \"staff terms\") ",
                "mutual tupe OR staff terms",
            ),
            ("mutu*", "mutu"),
            (
                "one two three four five six seven eight nine ten eleven",
                "one two three four five six seven eight",
            ),
        ] {
            assert_eq!(name_for(&parse(question)), name, "{question}");
        }
        assert_eq!(name_for(&parse(&"x".repeat(99))).len(), NAME_LETTERS);
    }
}
