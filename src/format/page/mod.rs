//! The article out of a saved page, without the menu: a tree, what is counted in it, and rules.
//!
//! A page may be more than one text. A thread is one whose pieces are its posts (`made`, `thread`: known makes of sites
//! first, then what is called and signed as posts are; `heads`, `replies`, `text`: what each says of itself, of the
//! others, and at all). A blog's page is several documents (`blog`, `leads`), an archive's page may be a letter
//! (`letter`).
//!
//! What is unsure is kept: too much text can be skipped by who reads it, text that is lost cannot be missed. The same
//! walk as everywhere turns what is left into blocks.

mod besides;
mod blog;
mod choose;
mod copies;
mod facts;
mod grow;
mod heads;
mod json_ld;
mod leads;
mod letter;
mod made;
mod measure;
mod names;
mod notices;
mod prune;
mod replies;
mod rustdoc;
mod select;
mod shown;
mod shown_dates;
mod signs;
mod teasers;
mod text;
mod thread;
mod titles;
mod tokens;
mod tree;

use std::collections::HashSet;

use html5ever::tokenizer::Token;

use crate::document::PartHead;

use besides::{Besides, Known};
pub(super) use blog::Entry;
use choose::Place;
pub(super) use facts::Facts;
pub(super) use letter::Letter;
use made::Posts;
use measure::{Measures, measure, measure_apart};
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

/// The most authors that a thread is given: all who took part in a long discussion are no use to anybody.
const PARTICIPANTS: usize = 100;

/// A page, and where its article is.
pub(super) struct Page {
    tree: Tree,
    besides: Besides,
    /// The pieces of the article, in order; none where the page is several posts.
    article: Vec<Piece>,
    /// The posts of a page of several.
    posts: Vec<Entry>,
    /// The letter that it shows.
    letter: Option<Letter>,
    /// What the page says of itself.
    pub facts: Facts,
}

impl Page {
    /// Reads a page, or nothing where it is built so that no tree can be made of it.
    ///
    /// Its links are relative to `address` where it does not say its own; it is one of several posts only where it
    /// `may_be_parted`.
    pub fn read(html: &str, address: Option<&str>, may_be_parted: bool) -> Option<Self> {
        let tree = grow::grow(html)?;
        let besides = Besides::unseen(&tree);
        let mut facts = facts::gather(&tree, &besides);
        facts.base = facts.base.or_else(|| address.map(str::to_owned));
        let title = facts.title.as_deref().unwrap_or_default();
        let heading = facts::heading_of(&tree, body_of(&tree), title, &besides);
        if facts.published.is_none() {
            facts.published = heading.and_then(|id| shown_dates::near(&tree, id, &besides));
        }
        let mut page = Self {
            tree,
            besides,
            article: Vec::new(),
            posts: Vec::new(),
            letter: None,
            facts,
        };
        page.find(heading, may_be_parted);
        for piece in page.article.iter().filter(|piece| piece.head.is_some()) {
            for id in &piece.elements {
                text::part_quotations(&mut page.tree, *id);
            }
        }
        Some(page)
    }

    /// Returns whether it is a thread, whose posts are parts of one document.
    pub fn is_thread(&self) -> bool {
        self.article.iter().any(|piece| piece.head.is_some())
    }

    /// Takes the letter that it shows; nothing where it is another page.
    pub fn take_letter(&mut self) -> Option<Letter> {
        self.letter.take()
    }

    /// Takes the posts of a page of several; none where it is one text.
    pub fn take_posts(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.posts)
    }

    /// Hands out the text of a post of it.
    pub fn post(&mut self, post: &Entry, take: &mut dyn FnMut(Token)) {
        let is_run = post.elements.len() > 1;
        for id in &post.elements {
            let is_out = |id| self.besides.is_out(id);
            tokens::tokens(&mut self.tree, *id, is_run, &is_out, take);
        }
    }

    /// Finds what the page is.
    fn find(&mut self, heading: Option<Id>, may_be_parted: bool) {
        let (tree, besides) = (&self.tree, &mut self.besides);
        let body = body_of(tree);
        self.letter = letter::find(tree, body);
        let title = self.facts.title.as_deref().unwrap_or_default();
        let all = measure(tree, body, |id| besides.is_out(id));
        notices::leave_out(tree, body, title, besides, &all);
        if let Some(posts) = made::posts(tree, body, besides) {
            self.article = pieces(tree, body, posts, besides, title);
        } else if may_be_parted {
            self.posts = blog::posts(tree, body, &self.facts, besides, &all);
        }
        if self.article.is_empty() && self.posts.is_empty() {
            self.article = find(tree, body, all, besides, (title, heading));
        }
        if !self.posts.is_empty() && self.facts.publisher.is_none() {
            self.facts.publisher = blog::site(tree, body, self.facts.title.as_deref());
        }
        self.lay_thread();
    }

    /// Lays over the facts what the posts of a thread say: who wrote them, and when the first was written.
    fn lay_thread(&mut self) {
        let heads = || self.article.iter().filter_map(|piece| piece.head.as_ref());
        if let Some(first) = heads().next() {
            let mut seen = HashSet::new();
            let authors: Vec<String> = heads()
                .filter_map(|head| head.author.clone())
                .filter(|author| seen.insert(author.clone()))
                .take(PARTICIPANTS)
                .collect();
            self.facts.published = first.published.or(self.facts.published);
            if !authors.is_empty() {
                self.facts.authors = authors;
            }
        }
    }

    /// Hands out the article's text.
    pub fn article(&mut self, take: &mut dyn FnMut(Out)) {
        let is_out = |id| self.besides.is_out(id);
        for piece in &mut self.article {
            if let Some(head) = piece.head.take() {
                take(Out::Part(head));
            }
            for id in &piece.elements {
                tokens::tokens(&mut self.tree, *id, false, &is_out, &mut |token| {
                    take(Out::Token(token));
                });
            }
        }
    }
}

/// Finds the article of a page and leaves out what is none of it.
fn find(
    tree: &Tree,
    body: Id,
    all: Measures,
    besides: &mut Besides,
    (title, heading): (&str, Option<Id>),
) -> Vec<Piece> {
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
    if let Some(posts) = thread::posts(tree, body, named, besides, &all) {
        return pieces(tree, body, posts, besides, title);
    }
    besides.leave_out_by_name(tree, body, &all, Known { named, heading }, false);
    let measures = measure(tree, body, |id| besides.is_out(id));
    let Place {
        body: place,
        leads,
        rest,
    } = choose::choose(tree, body, named, besides, &measures);
    // On a page of lists, what leads elsewhere is all there is.
    let is_article = measures.of(place).prose >= choose::SHORTEST;
    if is_article {
        for id in leads.iter().chain([&place]).chain(&rest) {
            prune::prune(tree, *id, named.is_some(), besides, &measures);
        }
    }
    prune::leave_out_before_title(tree, place, title, besides, &measures);
    let letters = |besides: &Besides, id: Id| {
        let measures = measure(tree, id, |one| besides.is_out(one));
        measures.of(id).letters
    };
    let mut elements = leads;
    elements.push(place);
    elements.extend(rest);
    let found: u32 = elements.iter().map(|id| letters(besides, *id)).sum();
    let seen = all.of(body).own();
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
fn pieces(tree: &Tree, body: Id, posts: Posts, besides: &mut Besides, title: &str) -> Vec<Piece> {
    let posts = replies::outlined(tree, posts);
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
        text::leave_out_others(tree, post.text, &post.marks, besides, &measures);
        text::leave_out_subject(tree, post.text, title, besides);
        besides.leave_out(post.element);
        pieces.push(Piece {
            head: Some(post.head),
            elements: vec![post.text],
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
mod article_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tools_tests;
