//! Topics of a commit: themes as sets of documents, and the sources' own categories as groups of spellings.
//!
//! A theme is a question. It is answered once a commit and kept as a set, so that counting it under another question is
//! an intersection. Themes may name one another; they are answered in an order in which that works, and one that leads
//! back to itself does without itself. Marks (`is:read`) are nobody's topic: under a theme nothing is read or starred.

use std::collections::{BTreeMap, BTreeSet};

use super::Error;
use super::MarkSets;
use super::bits::Bits;
use super::commit::Commit;
use super::found::Found;
use super::plan::{Plan, Question};
use crate::query::{Expanded, Expr, Filter, topic_name};

/// A theme: a name for what a question finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What it is called.
    pub name: String,
    /// What it finds.
    pub expanded: Expanded,
}

/// What is a topic, and what it is called. Names are compared as [`topic_name`] does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topics {
    /// The themes, in the order in which they are shown.
    pub themes: Vec<Theme>,
    /// Categories that go by another name, and that name.
    pub aliases: BTreeMap<String, String>,
    /// Categories that say nothing, such as `Blog`: they are not counted, though a question may still name them.
    pub ignored: Vec<String>,
}

/// The topics of a commit.
pub(super) struct TopicSets {
    pub themes: Vec<ThemeSet>,
    pub categories: Categories,
}

/// The documents of a theme.
pub(super) struct ThemeSet {
    pub name: String,
    normal: String,
    /// A set a segment.
    pub documents: Vec<Bits>,
}

/// The sources' categories: all spellings and aliases of one are a group.
pub(super) struct Categories {
    /// What each group is called; nothing for one that is ignored.
    pub names: Vec<Option<String>>,
    /// For each segment, the group of each value of its own table.
    pub groups: Vec<Vec<u32>>,
    by_name: BTreeMap<String, u32>,
}

impl TopicSets {
    pub(super) fn new(commit: &Commit, topics: &Topics) -> Result<Self, Error> {
        let mut sets = Self {
            themes: Vec::new(),
            categories: Categories::new(commit, topics),
        };
        let mut waiting: Vec<(usize, &Theme)> = topics.themes.iter().enumerate().collect();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let (at, theme) = waiting.remove(next(&waiting));
            let documents = answer(commit, &sets, &theme.expanded)?;
            order.push(at);
            sets.themes.push(ThemeSet {
                name: theme.name.clone(),
                normal: topic_name(&theme.name),
                documents,
            });
        }
        let mut themes: Vec<_> = order.into_iter().zip(sets.themes).collect();
        themes.sort_by_key(|&(at, _)| at);
        sets.themes = themes.into_iter().map(|(_, theme)| theme).collect();
        Ok(sets)
    }

    /// Keeps the documents of `set` that have a topic of this name: a theme, a category, or both.
    pub(super) fn narrow(&self, commit: &Commit, name: &str, at: usize, set: &mut Bits) {
        let name = topic_name(name);
        let mut found = Bits::none(0);
        found.clone_from(set);
        let groups = self.categories.groups.get(at);
        let group = self.categories.by_name.get(&name);
        match (commit.segments.get(at), groups, group) {
            (Some(segment), Some(groups), Some(group)) => found.retain(|document| {
                let places = segment.columns.topics.of(document).iter();
                places
                    .map(|&place| groups.get(place as usize))
                    .any(|of_place| of_place == Some(group))
            }),
            _ => found.retain(|_| false),
        }
        for theme in self.themes.iter().filter(|theme| theme.normal == name) {
            if let Some(documents) = theme.documents.get(at) {
                found.add(documents);
            }
        }
        set.keep(&found);
    }
}

/// Returns which of the themes that wait can be answered next: one that names none of the others, else the first.
fn next(waiting: &[(usize, &Theme)]) -> usize {
    let names: Vec<String> = waiting
        .iter()
        .map(|(_, theme)| topic_name(&theme.name))
        .collect();
    let free = waiting.iter().zip(&names).position(|((_, theme), own)| {
        let needed = topics_named(&theme.expanded.root);
        !names
            .iter()
            .any(|name| name != own && needed.contains(name))
    });
    free.unwrap_or(0)
}

/// Returns the topics that a question names.
fn topics_named(root: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = vec![root];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::And(all) | Expr::Or(all) => open.extend(all),
            Expr::Not(one) => open.push(one),
            Expr::Filter(Filter::Topic(name)) => {
                names.insert(topic_name(name));
            }
            Expr::All | Expr::None | Expr::Clause(_) | Expr::Filter(_) => {}
        }
    }
    names
}

fn answer(commit: &Commit, topics: &TopicSets, expanded: &Expanded) -> Result<Vec<Bits>, Error> {
    let plan = Plan::new(commit, expanded)?;
    let question = Question {
        commit,
        topics,
        marks: &MarkSets::default(),
        plan: &plan,
    };
    Ok(Found::new(&question)?.documents)
}

impl Categories {
    fn new(commit: &Commit, topics: &Topics) -> Self {
        let aliases: BTreeMap<String, (String, &String)> = topics
            .aliases
            .iter()
            .map(|(from, to)| (topic_name(from), (topic_name(to), to)))
            .collect();
        let ignored: BTreeSet<String> =
            topics.ignored.iter().map(|name| topic_name(name)).collect();
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        let mut spellings: Vec<BTreeMap<String, usize>> = Vec::new();
        let mut groups = Vec::new();
        for segment in &commit.segments {
            let column = &segment.columns.topics;
            let mut of_segment = Vec::new();
            for (value, uses) in column.values.iter().zip(column.uses()) {
                let own = topic_name(value);
                let (normal, shown, uses) = match aliases.get(&own) {
                    // Whatever the name is that aliases lead to, it is written as there.
                    Some((normal, shown)) => (normal.clone(), *shown, usize::MAX / 2),
                    None => (own, value, uses),
                };
                let count = by_name.len() as u32;
                let group = *by_name.entry(normal).or_insert(count);
                if group == count {
                    spellings.push(BTreeMap::new());
                }
                if let Some(spellings) = spellings.get_mut(group as usize) {
                    let all = spellings.entry(shown.clone()).or_default();
                    *all = all.saturating_add(uses);
                }
                of_segment.push(group);
            }
            groups.push(of_segment);
        }
        let mut names: Vec<Option<String>> = spellings.into_iter().map(most_used).collect();
        for (normal, &group) in &by_name {
            if let Some(name) = names.get_mut(group as usize)
                && ignored.contains(normal)
            {
                *name = None;
            }
        }
        for (alias, (normal, _)) in aliases {
            if let Some(&group) = by_name.get(&normal) {
                by_name.insert(alias, group);
            }
        }
        Self {
            names,
            groups,
            by_name,
        }
    }
}

/// Returns the spelling that most documents have, of equals the first.
fn most_used(spellings: BTreeMap<String, usize>) -> Option<String> {
    let best = spellings.into_iter().rev().max_by_key(|&(_, uses)| uses);
    best.map(|(spelling, _)| spelling)
}
