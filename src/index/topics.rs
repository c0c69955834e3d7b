//! Topics of a commit: themes as sets of documents, and the sources' own categories as groups of spellings.
//!
//! A theme is a question. It is answered once a commit and kept as a set, so that counting it under another question is
//! an intersection. Themes may name one another; they are answered in an order in which that works, and one that leads
//! back to itself does without itself. A category that bears the name of a theme is part of it: under one name there is
//! one topic, and its count is what choosing it finds. Names that differ by case, accents, hyphens or a plural are one name,
//! shown as most documents write it. Own tags are no part of what a theme is here, unless its rule names them: they come
//! with each request (`tags`). Marks (`is:read`) are nobody's topic: under a theme nothing is read or starred.

use std::collections::BTreeMap;

use super::Error;
use super::MarkSets;
use super::bits::Bits;
use super::breadth::Reach;
use super::commit::Commit;
use super::found::Found;
use super::names::most_used;
use super::plan::{Plan, Question};
use super::share;
use super::tags::TagSets;
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
#[derive(Default)]
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
#[derive(Clone, Default)]
pub(super) struct Categories {
    /// What each group is called; nothing for one that is ignored or belongs to a theme.
    pub names: Vec<Option<String>>,
    /// For each segment, the group of each value of its own table.
    pub groups: Vec<Vec<u32>>,
    by_name: BTreeMap<String, u32>,
    /// Names that lead to another, both in their normal form.
    aliases: BTreeMap<String, String>,
}

impl TopicSets {
    pub(super) fn new(commit: &Commit, topics: &Topics, tags: &TagSets) -> Result<Self, Error> {
        let mut sets = Self {
            themes: Vec::new(),
            categories: Categories::new(commit, topics),
        };
        let mut waiting: Vec<(usize, &Theme)> = topics.themes.iter().enumerate().collect();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let free = next(&waiting, &sets.categories);
            let answers = share::each(&free, |(_, theme)| sets.answer(commit, theme, tags));
            order.extend(free.iter().map(|&(at, _)| at));
            for answer in answers {
                sets.themes.push(answer?);
            }
            waiting.retain(|(at, _)| !order.contains(at));
        }
        let mut themes: Vec<_> = order.into_iter().zip(sets.themes).collect();
        themes.sort_by_key(|&(at, _)| at);
        sets.themes = themes.into_iter().map(|(_, theme)| theme).collect();
        Ok(sets)
    }

    fn answer(&self, commit: &Commit, theme: &Theme, tags: &TagSets) -> Result<ThemeSet, Error> {
        let normal = self.categories.canonical(&theme.name);
        let mut documents = answer(commit, self, tags, &theme.expanded)?;
        for (at, documents) in documents.iter_mut().enumerate() {
            documents.add(&self.categories.documents(commit, &normal, at));
        }
        Ok(ThemeSet {
            name: theme.name.clone(),
            normal,
            documents,
        })
    }

    /// Returns the place of the theme of this canonical name.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        self.themes.iter().position(|theme| theme.normal == name)
    }

    /// Keeps the documents of `set` that have a topic or a tag of this name.
    pub(super) fn narrow(
        &self,
        commit: &Commit,
        tags: &TagSets,
        name: &str,
        at: usize,
        set: &mut Bits,
    ) {
        let name = self.categories.canonical(name);
        let mut found = self.categories.documents(commit, &name, at);
        if let Some(segment) = commit.segments.get(at) {
            found.add(&tags.known_as(&name, &self.categories, segment, at));
        }
        for theme in self.themes.iter().filter(|theme| theme.normal == name) {
            if let Some(documents) = theme.documents.get(at) {
                found.add(documents);
            }
        }
        set.keep(&found);
    }
}

/// Returns the themes that wait and can be answered next: those that name none of the others, else the first.
fn next<'a>(waiting: &[(usize, &'a Theme)], categories: &Categories) -> Vec<(usize, &'a Theme)> {
    let names = waiting.iter().map(|(_, theme)| &theme.name);
    let names: Vec<String> = names.map(|name| categories.canonical(name)).collect();
    let free = waiting.iter().zip(&names).filter(|((_, theme), own)| {
        let needed = topics_named(&theme.expanded.root).into_iter();
        let mut needed = needed.map(|name| categories.canonical(name));
        !needed.any(|name| name != **own && names.contains(&name))
    });
    let mut free: Vec<(usize, &Theme)> = free.map(|(theme, _)| *theme).collect();
    if free.is_empty() {
        free.extend(waiting.first());
    }
    free
}

/// Returns the topics that a question names.
pub(super) fn topics_named(root: &Expr) -> Vec<&str> {
    let mut names = Vec::new();
    let mut open = vec![root];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::And(all) | Expr::Or(all) => open.extend(all),
            Expr::Not(one) => open.push(one),
            Expr::Filter(Filter::Topic(name)) => names.push(name.as_str()),
            Expr::All
            | Expr::None
            | Expr::AtLeast(..)
            | Expr::Clause(_)
            | Expr::Ignored(_)
            | Expr::Filter(_) => {}
        }
    }
    names
}

fn answer(
    commit: &Commit,
    topics: &TopicSets,
    tags: &TagSets,
    expanded: &Expanded,
) -> Result<Vec<Bits>, Error> {
    let plan = Plan::new(commit, expanded)?;
    let question = Question {
        commit,
        topics,
        tags,
        marks: &MarkSets::default(),
        plan: &plan,
    };
    Ok(Found::new(&question, Reach::narrow(expanded.matching))?.documents)
}

impl Categories {
    pub(super) fn new(commit: &Commit, topics: &Topics) -> Self {
        let mut categories = Self {
            names: Vec::new(),
            groups: Vec::new(),
            by_name: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        let mut spellings: Vec<BTreeMap<&str, usize>> = Vec::new();
        let aliases = topics.aliases.iter();
        let aliases: BTreeMap<String, &str> = aliases
            .map(|(from, to)| (topic_name(from), to.as_str()))
            .collect();
        for segment in &commit.segments {
            let column = &segment.columns.topics;
            let mut groups = Vec::new();
            for (value, uses) in column.values.iter().zip(column.uses(&segment.alive)) {
                // Whatever name it is that aliases lead to, it is written as there.
                let alias = aliases
                    .get(&topic_name(value))
                    .map(|shown| (*shown, usize::MAX));
                let (shown, uses) = alias.unwrap_or((value, uses));
                let next = spellings.len() as u32;
                let group = *categories.by_name.entry(topic_name(shown)).or_insert(next);
                if group == next {
                    spellings.push(BTreeMap::new());
                }
                if let Some(spellings) = spellings.get_mut(group as usize) {
                    let all = spellings.entry(shown).or_default();
                    *all = uses.saturating_add(*all);
                }
                groups.push(group);
            }
            categories.groups.push(groups);
        }
        categories.names = spellings.into_iter().map(most_used).collect();
        let aliases = aliases.into_iter();
        categories.aliases = aliases.map(|(from, to)| (from, topic_name(to))).collect();
        let themes = topics.themes.iter().map(|theme| &theme.name);
        for name in topics.ignored.iter().chain(themes) {
            categories.hide(name);
        }
        categories
    }

    /// Leaves a category out where categories are counted: it says nothing, or is counted as a theme.
    fn hide(&mut self, name: &str) {
        let group = self.by_name.get(&self.canonical(name));
        if let Some(name) = group.and_then(|&group| self.names.get_mut(group as usize)) {
            *name = None;
        }
    }

    /// Returns the normal form of a name, by which its topic is known.
    pub(super) fn canonical(&self, name: &str) -> String {
        self.canonical_of(&topic_name(name)).to_owned()
    }

    /// Returns the same of a name in its normal form.
    pub(super) fn canonical_of<'a>(&'a self, normal: &'a str) -> &'a str {
        self.aliases.get(normal).map_or(normal, String::as_str)
    }

    /// Returns the group of this canonical name, and what it is called; nothing where it is not counted.
    pub(super) fn shown(&self, name: &str) -> Option<(u32, &str)> {
        let group = *self.by_name.get(name)?;
        Some((group, self.names.get(group as usize)?.as_deref()?))
    }

    /// Returns the documents of a segment that have the category of this canonical name.
    fn documents(&self, commit: &Commit, name: &str, at: usize) -> Bits {
        let (Some(segment), Some(groups)) = (commit.segments.get(at), self.groups.get(at)) else {
            return Bits::none(0);
        };
        let Some(group) = self.by_name.get(name) else {
            return Bits::none(segment.reader.max_doc());
        };
        let mut documents = segment.alive.clone();
        documents.retain(|document| {
            let mut places = segment.columns.topics.of(document).iter();
            places.any(|&place| groups.get(place as usize) == Some(group))
        });
        documents
    }
}
