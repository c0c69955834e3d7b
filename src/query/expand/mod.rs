//! From what was asked to what is looked for: words become terms, each with the ways in which it may stand in a text.
//!
//! Guarantees: every term was made by [`text::analysis`](crate::text::analysis); the steps of one way are all stems or
//! all none, so that one field of the index answers it; no clause is without a way, and no two ways of it are alike.
//!
//! A word that says little (`the`) is ignored while one that says something stands beside it, or below: that is decided
//! here, once for index and light. Beside names and facts alone, as an alternative, or alone, it counts: `the kind:note`
//! has nothing else to find by, and what choosing `kind:note` beside `the` finds must be what was counted for it.
//!
//! A library in several languages keeps all stems in one field, each document's by its own language. So a word has a
//! way for its stem under each language of the library.
//!
//! What the thesaurus and the spelling take in are further ways of the same clauses, so that the tree stays as asked. Words
//! side by side that are one in the thesaurus (`third sector`) get its other words each: what has `voluntary sector` has
//! both. Nothing is taken in for a `=word`, a beginning, a near spelling, a name, or what must not be there.

mod also;
mod reading;
mod spelling;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::also::{Asked, Over};
pub(crate) use self::reading::edits;
use self::reading::push_way;
pub(super) use self::reading::{Reading, Term, range_of};
pub use self::spelling::{Doubtful, doubtful, forms, half_typed};
use super::{
    Also, Clause, Expanded, Expr, Field, How, Node, Origin, Query, Taken, Thesaurus, Way, Words,
    weights,
};
use crate::text::Language;
use crate::text::analysis::{analyze, is_stop_word};

/// What the library knows of the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexicon {
    /// The languages of its documents.
    pub languages: Vec<Language>,
    /// Which words say the same.
    pub thesaurus: Arc<Thesaurus>,
    /// Words that are in no document, folded, each with the one that it is read as.
    pub spellings: BTreeMap<String, String>,
    /// Words and phrases of the thesaurus that no document can have, as it has them: they are neither looked for nor
    /// offered.
    pub absent: BTreeSet<String>,
}

impl Default for Lexicon {
    /// Returns that of a library in English, without a thesaurus.
    fn default() -> Self {
        Self {
            languages: vec![Language::ENGLISH],
            thesaurus: Arc::default(),
            spellings: BTreeMap::new(),
            absent: BTreeSet::new(),
        }
    }
}

/// Returns what a question looks for in a library.
///
/// Words without a term (`&`, `–`) ask nothing while others remain; a question of nothing but such finds nothing.
///
/// ```
/// use recto::query::{Expr, Lexicon, expand, parse};
///
/// let expanded = expand(&parse("co-operatives"), &Lexicon::default());
/// let Expr::Clause(clause) = expanded.root else { unreachable!() };
/// // As two words side by side, or as one.
/// assert_eq!(clause.ways.len(), 2);
/// ```
pub fn expand(query: &Query, lexicon: &Lexicon) -> Expanded {
    let mut expansion = Expansion {
        lexicon,
        also: &query.also,
        plain: false,
        terms: Vec::new(),
        taken: Vec::new(),
    };
    Expanded {
        root: expansion.node(&query.root).unwrap_or(Expr::None),
        matching: query.matching,
        sort: query.sort.unwrap_or_default(),
        terms: expansion.terms,
        taken: expansion.taken,
    }
}

/// A question on its way.
struct Expansion<'a> {
    lexicon: &'a Lexicon,
    also: &'a Also,
    /// What is under way must not be there, and is taken at its word.
    plain: bool,
    terms: Vec<Clause>,
    taken: Vec<Taken>,
}

impl Expansion<'_> {
    /// Returns what a node looks for, or nothing where it asks nothing.
    fn node(&mut self, node: &Node) -> Option<Expr> {
        match node {
            Node::All => Some(Expr::All),
            Node::And(nodes) => several(self.beside(nodes), Expr::And),
            Node::Or(nodes) => {
                let exprs = nodes.iter().filter_map(|node| self.node(node));
                several(exprs.collect(), Expr::Or)
            }
            Node::Not(node) => {
                let plain = std::mem::replace(&mut self.plain, true);
                let expr = self.node(node);
                self.plain = plain;
                expr.map(|expr| Expr::Not(Box::new(expr)))
            }
            Node::Words(words) => {
                let asked = self.asked(words);
                self.clause(&asked, None).map(Expr::Clause)
            }
            Node::Filter(filter) => Some(Expr::Filter(filter.clone())),
        }
    }

    /// Returns what nodes look for that all must be; a word that says little is ignored beside one that does not.
    fn beside(&mut self, nodes: &[Node]) -> Vec<Expr> {
        let others_remain = nodes.iter().any(says_something);
        let asked = nodes.iter().map(|node| match node {
            Node::Words(words) => Some(self.asked(words)),
            _ => None,
        });
        let asked: Vec<Option<Asked<'_>>> = asked.collect();
        let mut exprs = Vec::with_capacity(nodes.len());
        let readings = self.readings(&asked);
        let mut over: Option<(usize, Over)> = None;
        for (at, (node, asked)) in nodes.iter().zip(&asked).enumerate() {
            over = over.filter(|(end, _)| at < *end);
            if over.is_none() {
                let run = self.ways_over(readings.get(at..).unwrap_or_default());
                over = run.map(|(count, over)| (at + count, over));
            }
            let Some(asked) = asked else {
                exprs.extend(self.node(node));
                continue;
            };
            let ignored =
                others_remain && !asked.words.field.holds_names() && !says_something(node);
            exprs.extend(if ignored {
                self.typed(asked).map(Expr::Ignored)
            } else {
                let over = over.as_ref().map(|(_, over)| over);
                self.clause(asked, over).map(Expr::Clause)
            });
        }
        exprs
    }

    /// Returns the clause for words, or nothing where they have no term; `over` is what they are part of.
    fn clause(&mut self, asked: &Asked<'_>, over: Option<&Over>) -> Option<Clause> {
        let mut clause = self.typed(asked)?;
        clause.term = over.map(|over| over.term);
        let others = over.map_or_else(|| self.ways_within(asked), |over| over.ways.clone());
        for way in others {
            push_way(&mut clause.ways, way);
        }
        if over.is_none() && self.is_acronym(&asked.words) {
            clause.term = Some(self.terms.len());
            let mut term = clause.clone();
            term.ways.retain(|way| way.origin != Origin::Related);
            self.terms.push(term);
        }
        Some(clause)
    }

    /// Returns the clause for words as they were typed, or nothing where they have no term.
    fn typed(&self, asked: &Asked<'_>) -> Option<Clause> {
        let words = &*asked.words;
        let mut ways = ways(words, &self.lexicon.languages);
        for way in ways.iter_mut().filter(|way| way.origin == Origin::Typed) {
            if asked.put_right {
                way.origin = Origin::Spelling;
            }
        }
        (!ways.is_empty()).then_some(Clause {
            field: words.field,
            ways,
            plain: words.field == Field::Any && matches!(words.how, How::Stem | How::Typing),
            typed: words.text.clone(),
            term: None,
        })
    }
}

/// Returns whether a node has a word by which a text can be found: not a name, and none of those that every text has
/// unless it is asked for expressly, as `=the` or in a phrase.
fn says_something(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(says_something),
        Node::Words(words) if !words.field.holds_names() => {
            let expressly = !matches!(words.how, How::Stem | How::Typing);
            let mut says = false;
            analyze(&words.text, Language::ENGLISH, |token| {
                says |= !token.joined && (expressly || !is_stop_word(token.folded));
            });
            says
        }
        Node::All | Node::Not(_) | Node::Words(_) | Node::Filter(_) => false,
    }
}

fn several(mut exprs: Vec<Expr>, all: impl Fn(Vec<Expr>) -> Expr) -> Option<Expr> {
    match exprs.len() {
        0 | 1 => exprs.pop(),
        _ => Some(all(exprs)),
    }
}

/// Returns the ways of words by themselves; none where they have no term.
fn ways(words: &Words, languages: &[Language]) -> Vec<Way> {
    let mut ways = Vec::new();
    let stemmed = matches!(words.how, How::Stem | How::Typing | How::Phrase { .. })
        && !words.field.holds_names();
    if stemmed {
        for &language in languages {
            Reading::new(&words.text, language).add_stemmed(words.how, &mut ways);
        }
    }
    let reading = Reading::new(&words.text, Language::ENGLISH);
    let foreign = |language: &Language| !matches!(language.code(), None | Some("en"));
    match words.how {
        How::Prefix => reading.add_beginnings(1.0, Origin::Typed, &mut ways),
        How::Near => reading.add_near(&mut ways),
        _ if !stemmed => reading.add_exact(words.how, &mut ways),
        // Accents left out while typing change what some stemmers make of a word; the word itself they do not.
        How::Stem | How::Typing if languages.iter().any(foreign) => {
            reading.add_exact(words.how, &mut ways);
        }
        _ => {}
    }
    if words.how == How::Typing {
        reading.add_beginnings(weights::BEGINNING, Origin::Typing, &mut ways);
    }
    ways
}

impl Field {
    /// Returns whether the field holds names, which have no stem: `Lyons` is nobody called Lyon.
    pub fn holds_names(self) -> bool {
        matches!(self, Self::Author | Self::Source | Self::Url)
    }
}

#[cfg(test)]
mod tests;
