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
mod replies;
mod rustdoc;
mod shown_dates;
mod signs;
mod teasers;
mod thread;
mod titles;
mod tokens;
mod tree;

use std::collections::HashSet;

use html5ever::tokenizer::Token;

use crate::document::PartHead;

use besides::{Besides, Known};
use choose::Place;
pub(super) use facts::Facts;
use measure::{measure, measure_apart};
use tree::{Id, ROOT, Tree};

/// How much of what a page shows beside its links a very short article must be, from 0 to 1.
const ENOUGH: f32 = 0.1;

/// What is a very short article, in letters.
const FEWEST: u32 = 120;

/// A piece of the article: all of it, or a post of a thread.
struct Piece {
    /// The post's author and date.
    head: Option<PartHead>,
    /// The elements whose text it is, in order.
    elements: Vec<Id>,
}

/// What a page hands out, in order.
pub(super) enum Out {
    /// A post begins.
    Part(PartHead),
    /// A token of the text.
    Token(Token),
}

/// A page, and where its article is.
pub(super) struct Page {
    tree: Tree,
    besides: Besides,
    /// The pieces of the article, in order.
    article: Vec<Piece>,
    /// What the page says of itself.
    pub facts: Facts,
}

impl Page {
    /// Reads a page, or nothing where it is built so that no tree can be made of it.
    pub fn read(html: &str) -> Option<Self> {
        let tree = grow::grow(html)?;
        let mut besides = Besides::unseen(&tree);
        let mut facts = facts::gather(&tree, &besides);
        let title = facts.title.as_deref().unwrap_or_default();
        let heading = facts::heading_of(&tree, body_of(&tree), title, &besides);
        if facts.published.is_none() {
            facts.published = heading.and_then(|id| shown_dates::near(&tree, id, &besides));
        }
        let article = find(&tree, &mut besides, title, heading);
        Some(Self {
            tree,
            besides,
            article,
            facts,
        })
    }

    /// Hands out the article's text.
    pub fn article(&mut self, take: &mut dyn FnMut(Out)) {
        let is_out = |id| self.besides.is_out(id);
        for piece in &mut self.article {
            if let Some(head) = piece.head.take() {
                take(Out::Part(head));
            }
            for id in &piece.elements {
                tokens::tokens(&mut self.tree, *id, &is_out, &mut |token| {
                    take(Out::Token(token));
                });
            }
        }
    }
}

/// Finds the article of a page and leaves out what is none of it.
fn find(tree: &Tree, besides: &mut Besides, title: &str, heading: Option<Id>) -> Vec<Piece> {
    let body = body_of(tree);
    let all = measure(tree, body, |id| besides.is_out(id));
    let lists = teasers::lists(tree, body, heading, besides, &all);
    let all = if lists.is_empty() {
        all
    } else {
        for id in lists {
            besides.leave_out(id);
        }
        measure(tree, body, |id| besides.is_out(id))
    };
    let named = choose::named(tree, body, heading, besides, &all);
    let posts = thread::posts(tree, body, named, besides, &all);
    if !posts.is_empty() {
        return pieces(tree, body, &posts, besides);
    }
    besides.leave_out_by_name(tree, body, &all, Known { named, heading }, false);
    let measures = measure(tree, body, |id| besides.is_out(id));
    let Place { body: place, leads } = choose::choose(tree, body, named, besides, &measures);
    // On a page of lists, what leads elsewhere is all there is.
    let is_article = measures
        .get(place)
        .is_some_and(|one| one.prose >= choose::SHORTEST);
    if is_article {
        prune::prune(tree, place, named.is_some(), besides, &measures);
    }
    prune::leave_out_before_title(tree, place, title, besides, &measures);
    let letters = |besides: &Besides, id: Id| {
        let measures = measure(tree, id, |one| besides.is_out(one));
        measures.get(id).map_or(0, |one| one.letters)
    };
    let mut elements = leads;
    elements.push(place);
    let found: u32 = elements.iter().map(|id| letters(besides, *id)).sum();
    let seen = all.get(body).map_or(0, |one| one.letters - one.linked);
    if found == 0 || found < FEWEST && found as f32 <= ENOUGH * seen as f32 {
        // The rules went astray: the whole page, then, but for what its names say is no text.
        *besides = Besides::unseen(tree);
        besides.leave_out_by_name(tree, body, &all, Known::default(), true);
        if letters(besides, body) < FEWEST {
            *besides = Besides::unseen(tree);
        }
        elements = vec![body];
    }
    let head = None;
    vec![Piece { head, elements }]
}

/// Returns a thread, a piece a post.
fn pieces(tree: &Tree, body: Id, posts: &[Id], besides: &mut Besides) -> Vec<Piece> {
    let posts = replies::with_replies(tree, posts, besides);
    let apart: HashSet<Id> = posts.iter().map(|post| post.element).collect();
    let measures = measure_apart(
        tree,
        body,
        |id| besides.is_out(id),
        |id| apart.contains(&id),
    );
    let mut pieces = Vec::new();
    // The innermost come first, and are left out of those around them.
    for post in posts.into_iter().rev() {
        let words = choose::words_of_post(tree, post.element, besides, &measures);
        let known = Known {
            named: Some(words),
            heading: None,
        };
        besides.leave_out_by_name(tree, words, &measures, known, true);
        besides.leave_out(post.element);
        pieces.push(Piece {
            head: Some(post.head),
            elements: vec![words],
        });
    }
    pieces.reverse();
    pieces
}

/// Returns the body of a page; one without has its text in the document.
fn body_of(tree: &Tree) -> Id {
    tree.elements(ROOT)
        .find(|id| matches!(tree.tag(*id), "body" | "frameset"))
        .unwrap_or(ROOT)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tools_tests;
