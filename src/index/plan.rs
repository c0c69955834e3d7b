//! A question made ready: its clauses looked up once, and the tree over them that finds the documents.
//!
//! Matching is algebra on sets of documents, segment by segment; scoring (`rank`) reads the clauses from the list and
//! not from the tree, since what a document scores does not depend on how the clauses are joined.

use std::slice;

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::content;
use super::dates;
use super::facets;
use super::tags::TagSets;
use super::topics::TopicSets;
use super::ways::{Clause, Lookup};
use super::{Error, MAX_DEPTH, MarkSets};
use crate::query::facet::Facet;
use crate::query::{self, Added, Expanded, Expr, Feature, Field, Filter, State};

/// A question made ready for one commit.
pub(super) struct Plan {
    /// What a document must be like: all of these.
    pub parts: Vec<Part>,
    /// The clauses that the nodes name by their places.
    pub clauses: Vec<Clause>,
    /// The places of the clauses that score: words in the text, not of a `-` clause and no facts about the document.
    pub scored: Vec<usize>,
    /// The terms of the thesaurus that words side by side in it are.
    pub terms: Vec<Term>,
    /// Words that stand side by side in the question.
    pub pairs: Vec<Pair>,
    /// The whole titles, as stems, that the question spells out.
    pub titles: Vec<String>,
}

/// One of the things that a document must be.
pub(super) struct Part {
    pub node: Node,
    /// The facet in which it is a choice.
    pub facet: Option<Facet>,
    /// It is a plain word, which an answer may lack.
    pub plain: bool,
}

/// A node of the tree.
pub(super) enum Node {
    All,
    None,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// At least so many of these clauses.
    AtLeast(usize, Vec<usize>),
    Clause(usize),
    /// A note of the reader's own with these words.
    Note(query::Clause),
    Filter(Filter),
}

/// Two words side by side in a question.
pub(super) struct Pair {
    /// The places of their clauses.
    pub clauses: [usize; 2],
    /// The stems that each may have.
    pub stems: [Vec<query::Step>; 2],
    /// How many ignored words stand between them.
    pub between: u32,
}

/// A term of the thesaurus that the question spells out.
pub(super) struct Term {
    /// The term as a phrase, and what says the same.
    pub clause: Clause,
    /// The places of the clauses of its words that score.
    pub words: Vec<usize>,
}

/// How many spellings of a whole title are tried: a question of four words in a library of two languages has 16.
const MOST_TITLES: usize = 16;

impl Plan {
    pub(super) fn new(commit: &Commit, expanded: &Expanded) -> Result<Self, Error> {
        check_depth(&expanded.root)?;
        let parts = match &expanded.root {
            Expr::And(parts) => parts.as_slice(),
            one => slice::from_ref(one),
        };
        let mut plan = Self {
            parts: Vec::new(),
            clauses: Vec::new(),
            scored: Vec::new(),
            terms: Vec::new(),
            pairs: Vec::new(),
            titles: whole_titles(parts),
        };
        let lookup = &mut Lookup::new(commit);
        for term in &expanded.terms {
            let clause = Clause::new(lookup, term);
            plan.terms.push(Term {
                clause: clause.map_err(|error| commit.damage(error))?,
                words: Vec::new(),
            });
        }
        let mut nodes = Vec::new();
        for expr in parts {
            let node = (!is_ignored(expr)).then(|| plan.node(lookup, expr, true));
            nodes.push((expr, node.transpose()?));
        }
        plan.pairs = match nodes.as_slice() {
            // Who asks for some of the words has them side by side all the same.
            [(Expr::Or(words), Some(Node::Or(nodes)))] => {
                pairs(words.iter().zip(nodes.iter().map(Some)))
            }
            all => pairs(all.iter().map(|(expr, node)| (*expr, node.as_ref()))),
        };
        let parts = nodes.into_iter().filter_map(|(expr, node)| {
            let facet = facets::chosen_by(expr);
            node.map(|node| Part {
                node,
                facet,
                plain: expr.is_plain(),
            })
        });
        plan.parts = parts.collect();
        plan.parts
            .sort_by_key(|part| cost(&plan.clauses, &part.node));
        Ok(plan)
    }

    /// Returns whether it asks for hidden documents, which are no answers otherwise.
    fn asks_for_hidden(&self) -> bool {
        let mut open: Vec<&Node> = self.parts.iter().map(|part| &part.node).collect();
        while let Some(node) = open.pop() {
            match node {
                Node::Filter(Filter::Is(State::Hidden)) => return true,
                Node::And(nodes) | Node::Or(nodes) => open.extend(nodes),
                Node::Not(node) => open.push(node),
                Node::All
                | Node::None
                | Node::AtLeast(..)
                | Node::Clause(_)
                | Node::Note(_)
                | Node::Filter(_) => {}
            }
        }
        false
    }

    /// Returns whether it finds every document.
    pub(super) fn is_all(&self) -> bool {
        self.parts.iter().all(|part| matches!(part.node, Node::All))
    }

    fn node(&mut self, lookup: &mut Lookup<'_>, expr: &Expr, scores: bool) -> Result<Node, Error> {
        Ok(match expr {
            Expr::All | Expr::Ignored(_) => Node::All,
            Expr::None => Node::None,
            Expr::And(all) => {
                let mut nodes = Vec::new();
                for expr in all.iter().filter(|expr| !is_ignored(expr)) {
                    nodes.push(self.node(lookup, expr, scores)?);
                }
                nodes.sort_by_key(|node| cost(&self.clauses, node));
                Node::And(nodes)
            }
            Expr::Or(any) => {
                let nodes = any.iter().map(|expr| self.node(lookup, expr, scores));
                Node::Or(nodes.collect::<Result<_, _>>()?)
            }
            Expr::Not(one) => Node::Not(Box::new(self.node(lookup, one, !scores)?)),
            Expr::Filter(filter) => Node::Filter(filter.clone()),
            Expr::Clause(clause) if clause.field == Field::Note => Node::Note(clause.clone()),
            Expr::Clause(clause) => Node::Clause(self.clause(lookup, clause, scores)?),
            Expr::AtLeast(least, some) => {
                let clauses = some.iter().map(|one| self.clause(lookup, one, scores));
                Node::AtLeast(*least, clauses.collect::<Result<_, _>>()?)
            }
        })
    }

    /// Looks a clause up, and returns its place.
    fn clause(
        &mut self,
        lookup: &mut Lookup<'_>,
        clause: &query::Clause,
        scores: bool,
    ) -> Result<usize, Error> {
        let at = self.clauses.len();
        let looked_up = Clause::new(lookup, clause);
        self.clauses
            .push(looked_up.map_err(|error| lookup.commit.damage(error))?);
        let of_text = !matches!(clause.field, Field::Author | Field::Source | Field::Url);
        if scores && of_text {
            self.scored.push(at);
            let term = clause.term.and_then(|term| self.terms.get_mut(term));
            if let Some(term) = term {
                term.words.push(at);
            }
        }
        Ok(at)
    }
}

/// Refuses a tree that a walk might not come back from.
pub(super) fn check_depth(root: &Expr) -> Result<(), Error> {
    let mut open = vec![(root, 0)];
    while let Some((expr, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(Error::TooDeep);
        }
        match expr {
            Expr::And(all) | Expr::Or(all) => open.extend(all.iter().map(|expr| (expr, depth + 1))),
            Expr::Not(one) => open.push((one, depth + 1)),
            Expr::All
            | Expr::None
            | Expr::AtLeast(..)
            | Expr::Clause(_)
            | Expr::Ignored(_)
            | Expr::Filter(_) => {}
        }
    }
    Ok(())
}

fn is_ignored(expr: &Expr) -> bool {
    matches!(expr, Expr::Ignored(_))
}

/// Returns the words that stand side by side, with those that are ignored (without a node) between them or not.
fn pairs<'a>(words: impl Iterator<Item = (&'a Expr, Option<&'a Node>)>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut before: Option<(usize, Vec<query::Step>)> = None;
    let mut between = 0;
    for (expr, node) in words {
        let word = match (expr, node) {
            (_, None) => {
                between += 1;
                continue;
            }
            (Expr::Clause(clause), Some(&Node::Clause(at))) => Some((at, stems(clause))),
            _ => None,
        };
        let word = word.filter(|(_, stems)| !stems.is_empty());
        if let (Some((first, stems)), Some((second, others))) = (before, &word) {
            pairs.push(Pair {
                clauses: [first, *second],
                stems: [stems, others.clone()],
                between,
            });
        }
        (before, between) = (word, 0);
    }
    pairs
}

/// Returns the stems that a clause may have anywhere in a text, where it is one word.
fn stems(clause: &query::Clause) -> Vec<query::Step> {
    if clause.field != Field::Any {
        return Vec::new();
    }
    let typed = clause.ways.iter().filter(|way| !way.origin.is_taken_in());
    let steps = typed.filter_map(|way| match way.steps.as_slice() {
        [step @ query::Step::Stem(_)] => Some(step.clone()),
        _ => None,
    });
    steps.collect()
}

/// Returns the titles that a question spells out word by word, as stems; filters beside the words do not count.
fn whole_titles(parts: &[Expr]) -> Vec<String> {
    let mut titles = vec![String::new()];
    for expr in parts {
        let words = match expr {
            Expr::Filter(_) => continue,
            Expr::Clause(clause) | Expr::Ignored(clause) if clause.field == Field::Any => {
                spellings(clause)
            }
            _ => return Vec::new(),
        };
        titles = titles
            .iter()
            .flat_map(|title| words.iter().map(move |word| format!("{title} {word}")))
            .take(MOST_TITLES)
            .collect();
    }
    let titles = titles.iter().map(|title| title.trim_start().to_owned());
    titles.filter(|title| !title.is_empty()).collect()
}

/// Returns the ways of a clause that are stems throughout, each as one string.
fn spellings(clause: &query::Clause) -> Vec<String> {
    let ways = clause
        .ways
        .iter()
        .filter(|way| !way.origin.is_taken_in() && !way.steps.is_empty());
    let ways = ways.filter_map(|way| {
        let stems = way.steps.iter().map(|step| match step {
            query::Step::Stem(stem) => Some(stem.as_str()),
            _ => None,
        });
        Some(stems.collect::<Option<Vec<&str>>>()?.join(" "))
    });
    ways.collect()
}

/// Returns roughly how many documents a node leaves: the fewest first makes the rest cheap.
fn cost(clauses: &[Clause], node: &Node) -> u64 {
    let cost = |node| cost(clauses, node);
    match node {
        Node::None => 0,
        Node::All | Node::Not(_) => u64::MAX,
        Node::Clause(at) => clauses.get(*at).map_or(0, Clause::frequency),
        Node::And(nodes) => nodes.iter().map(cost).min().unwrap_or(u64::MAX),
        Node::Or(nodes) => nodes.iter().map(cost).fold(0, u64::saturating_add),
        Node::AtLeast(_, some) => {
            let found = some.iter().filter_map(|at| clauses.get(*at));
            found.map(Clause::frequency).fold(0, u64::saturating_add)
        }
        Node::Filter(Filter::Id(_)) => 1,
        // Looking one up costs about as much as a word that is in many documents.
        Node::Filter(_) | Node::Note(_) => u64::from(u32::MAX),
    }
}

/// A plan with all that it is asked of.
pub(super) struct Question<'a> {
    pub commit: &'a Commit,
    pub topics: &'a TopicSets,
    pub tags: &'a TagSets,
    pub marks: &'a MarkSets,
    pub plan: &'a Plan,
}

impl Question<'_> {
    /// Keeps the documents of `sets`, one a segment, that are not hidden, unless the question asks for those that are.
    pub(super) fn leave_out_hidden(&self, sets: &mut [Bits]) {
        let hidden = &self.marks.hidden;
        if hidden.is_empty() || self.plan.asks_for_hidden() {
            return;
        }
        for (segment, set) in self.commit.segments.iter().zip(sets) {
            set.retain(|document| !hidden.contains(segment.columns.id(document)));
        }
    }

    /// Keeps the documents of `sets`, one a segment, that are all that `nodes` say.
    pub(super) fn narrow_all(&self, nodes: &[&Node], sets: &mut [Bits]) -> Result<(), Error> {
        for (at, (segment, set)) in self.commit.segments.iter().zip(sets).enumerate() {
            for node in nodes {
                let narrowed = self.narrow(node, at, segment, set);
                narrowed.map_err(|error| self.commit.damage(error))?;
            }
        }
        Ok(())
    }

    /// Keeps the documents of `sets`, one a segment, that are what one of `nodes` says.
    pub(super) fn narrow_any(&self, nodes: &[&Node], sets: &mut [Bits]) -> Result<(), Error> {
        for (at, (segment, set)) in self.commit.segments.iter().zip(sets).enumerate() {
            let mut found = Bits::none(segment.reader.max_doc());
            for node in nodes {
                let mut part = set.clone();
                let narrowed = self.narrow(node, at, segment, &mut part);
                narrowed.map_err(|error| self.commit.damage(error))?;
                found.add(&part);
            }
            *set = found;
        }
        Ok(())
    }

    /// Keeps the documents of `set` that are what `node` says.
    fn narrow(
        &self,
        node: &Node,
        at: usize,
        segment: &Segment,
        set: &mut Bits,
    ) -> tantivy::Result<()> {
        match node {
            Node::All => {}
            Node::None => set.retain(|_| false),
            Node::And(nodes) => {
                for node in nodes {
                    self.narrow(node, at, segment, set)?;
                }
            }
            Node::Or(nodes) => {
                let mut found = Bits::none(segment.reader.max_doc());
                for node in nodes {
                    let mut part = set.clone();
                    self.narrow(node, at, segment, &mut part)?;
                    found.add(&part);
                }
                *set = found;
            }
            Node::Not(node) => {
                let mut without = set.clone();
                self.narrow(node, at, segment, &mut without)?;
                set.drop(&without);
            }
            Node::AtLeast(least, some) => {
                let clauses = some.iter().filter_map(|at| self.plan.clauses.get(*at));
                let mut times = vec![0_u8; segment.reader.max_doc() as usize];
                for clause in clauses {
                    let mut part = set.clone();
                    clause.narrow(self.commit, at, &mut part)?;
                    for document in part.iter() {
                        if let Some(times) = times.get_mut(document as usize) {
                            *times = times.saturating_add(1);
                        }
                    }
                }
                let has = |document| times.get(document as usize).copied().unwrap_or(0);
                set.retain(|document| usize::from(has(document)) >= *least);
            }
            Node::Clause(clause) => {
                if let Some(clause) = self.plan.clauses.get(*clause) {
                    clause.narrow(self.commit, at, set)?;
                }
            }
            Node::Note(clause) => {
                set.retain(|document| self.marks.has_note(clause, segment.columns.id(document)));
            }
            Node::Filter(filter) => self.filter(filter, at, segment, set)?,
        }
        Ok(())
    }

    fn filter(
        &self,
        filter: &Filter,
        at: usize,
        segment: &Segment,
        set: &mut Bits,
    ) -> tantivy::Result<()> {
        let columns = &segment.columns;
        let id = |document| columns.id(document);
        match filter {
            Filter::Topic(name) => self.topics.narrow(self.commit, self.tags, name, at, set),
            Filter::Tag(name) => set.keep(&self.tags.named(name, at, segment.reader.max_doc())),
            Filter::Has(Feature::Tag) => set.keep(&self.tags.any(at, segment.reader.max_doc())),
            Filter::Source(name) => {
                self.commit.sources.narrow(name, at, &columns.sources, set);
            }
            Filter::Author(name) => {
                self.commit.authors.narrow(name, at, &columns.authors, set);
            }
            Filter::Kind(kind) => set.retain(columns.of_kind(*kind)),
            Filter::Language(language) => set.retain(columns.in_language(*language)),
            Filter::Published(period) => {
                let period = dates::seconds(*period);
                set.retain(|document| {
                    let second = columns.by_clock.get(document as usize).copied().flatten();
                    second.is_some_and(|second| period.contains(&second))
                });
            }
            Filter::Is(State::Read) => {
                set.retain(|document| self.marks.read.contains(id(document)));
            }
            Filter::Is(State::Unread) => {
                set.retain(|document| !self.marks.read.contains(id(document)));
            }
            Filter::Is(State::Starred) => {
                set.retain(|document| self.marks.starred.contains(id(document)));
            }
            Filter::Is(State::Hidden) => {
                set.retain(|document| self.marks.hidden.contains(id(document)));
            }
            Filter::Within(wanted) => {
                let of_it = self.marks.within(wanted);
                set.retain(|document| of_it.is_some_and(|ids| ids.contains(id(document))));
            }
            Filter::Id(wanted) => set.retain(|document| id(document).0 == *wanted),
            Filter::Since(number) => {
                set.retain(|document| self.marks.is_since(*number, id(document)));
            }
            Filter::Has(Feature::Note) => {
                set.retain(|document| self.marks.noted.contains(id(document)));
            }
            Filter::Has(feature) => content::keep_with(*feature, segment, set)?,
            Filter::Added(Added::During(period)) => content::keep_added(*period, segment, set)?,
            // The library says what these stand for; what it can't tell finds nothing.
            Filter::Saved(_) | Filter::Newer(_) | Filter::Added(Added::Within(_)) => {
                set.retain(|_| false);
            }
            // Its words take its place before it comes here.
            Filter::Like(_) => set.retain(|_| false),
        }
        Ok(())
    }
}
