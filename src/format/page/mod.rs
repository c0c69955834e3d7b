//! The article out of a saved page, without the menu: a tree, what is counted in it, and rules.
//!
//! What is unsure is kept: too much text can be skipped by who reads it, text that is lost cannot be missed. The same
//! walk as everywhere turns what is left into blocks.

mod besides;
mod choose;
mod facts;
mod grow;
mod json_ld;
mod measure;
mod names;
mod prune;
mod signs;
mod titles;
mod tokens;
mod tree;

use html5ever::tokenizer::Token;

use besides::Besides;
use choose::Place;
pub(super) use facts::Facts;
use measure::measure;
use tree::{Id, ROOT, Tree};

/// How much of what a page shows beside its links a very short article must be, from 0 to 1.
const ENOUGH: f32 = 0.1;

/// What is a very short article, in letters.
const FEWEST: u32 = 120;

/// A page, and where its article is.
pub(super) struct Page {
    tree: Tree,
    besides: Besides,
    /// The elements whose text is the article's, in order.
    article: Vec<Id>,
    /// What the page says of itself.
    pub facts: Facts,
}

impl Page {
    /// Reads a page, or nothing where it is built so that no tree can be made of it.
    pub fn read(html: &str) -> Option<Self> {
        let tree = grow::grow(html)?;
        let mut besides = Besides::unseen(&tree);
        let facts = facts::gather(&tree, &besides);
        let article = find(&tree, &mut besides);
        Some(Self {
            tree,
            besides,
            article,
            facts,
        })
    }

    /// Hands out the tokens of the article's text.
    pub fn tokens(&mut self, take: &mut dyn FnMut(Token)) {
        let is_out = |id| self.besides.is_out(id);
        for id in &self.article {
            tokens::tokens(&mut self.tree, *id, &is_out, take);
        }
    }
}

/// Finds the article of a page and leaves out what is none of it.
fn find(tree: &Tree, besides: &mut Besides) -> Vec<Id> {
    let body = body_of(tree);
    let all = measure(tree, body, |id| besides.is_out(id));
    let named = choose::named(tree, body, besides, &all);
    besides.leave_out_by_name(tree, body, &all, named, false);
    let measures = measure(tree, body, |id| besides.is_out(id));
    let Place { body: place, leads } = choose::choose(tree, body, named, besides, &measures);
    prune::prune(tree, place, named.is_some(), besides, &measures);
    let letters = |besides: &Besides, id: Id| {
        let measures = measure(tree, id, |one| besides.is_out(one));
        measures.get(id).map_or(0, |one| one.letters)
    };
    let mut article = leads;
    article.push(place);
    let found: u32 = article.iter().map(|id| letters(besides, *id)).sum();
    let seen = all.get(body).map_or(0, |one| one.letters - one.linked);
    if found == 0 || found < FEWEST && found as f32 <= ENOUGH * seen as f32 {
        // The rules went astray: the whole page, then, but for what its names say is no text.
        *besides = Besides::unseen(tree);
        besides.leave_out_by_name(tree, body, &all, None, true);
        if letters(besides, body) < FEWEST {
            *besides = Besides::unseen(tree);
        }
        return vec![body];
    }
    article
}

/// Returns the body of a page; one without has its text in the document.
fn body_of(tree: &Tree) -> Id {
    tree.elements(ROOT)
        .find(|id| matches!(tree.tag(*id), "body" | "frameset"))
        .unwrap_or(ROOT)
}
