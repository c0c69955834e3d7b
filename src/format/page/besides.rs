//! What stands besides the article: menus, shares, notices, footers, what readers wrote.
//!
//! An element is left out by its own name, but never where it holds most of the page: a template may call the page
//! itself `has-cookie-notice`, and everything would be lost by one word.

use super::measure::Measure;
use super::signs::{Signs, signs};
use super::tree::{Id, Step, Tree};
use crate::format::html;

/// How much of the page's prose an element may hold and still be left out for its name, from 0 to 1.
const MOST: f32 = 0.35;

/// The longest line about author and date, in letters; longer ones say something.
const LONGEST_BYLINE: u32 = 160;

/// The longest words about the author that are left out, in letters.
const LONGEST_ABOUT: u32 = 1200;

/// How much prose there must be elsewhere, for what stands beside the title to be left out however large, in letters.
const ENOUGH_BESIDES: f32 = 280.0;

/// How much of the page's prose it may hold then, from 0 to 1.
const MOST_BESIDES: f32 = 0.75;

/// From which size pictures with their words are a piece of their own, in letters.
const LARGE_GALLERY: u32 = 600;

/// How much prose an article must have beside such pictures, in letters; one with less is about them.
const ENOUGH_BESIDES_GALLERY: f32 = 1000.0;

/// What is known of where the article is.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// The element that the page names as the article.
    pub named: Option<Id>,
    /// The heading that is the page's title.
    pub heading: Option<Id>,
}

/// What is known of each element, and which are left out.
pub(super) struct Besides {
    signs: Vec<Signs>,
    out: Vec<bool>,
}

impl Besides {
    /// Looks at the names of all elements; only what nobody can see is out.
    pub fn unseen(tree: &Tree) -> Self {
        let mut besides = Self {
            signs: vec![Signs::default(); tree.len()],
            out: vec![false; tree.len()],
        };
        let mut walk = tree.walk(super::tree::ROOT);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if tree.name(id).is_none() {
                continue;
            }
            if is_unseen(tree, id) {
                besides.leave_out(id);
                walk.pass_over(id);
            } else if let Some(one) = besides.signs.get_mut(id) {
                *one = signs(tree, id);
            }
        }
        besides
    }

    /// Returns the signs of an element.
    pub fn signs(&self, id: Id) -> Signs {
        self.signs.get(id).copied().unwrap_or_default()
    }

    /// Returns whether an element is left out, by itself.
    pub fn is_out(&self, id: Id) -> bool {
        self.out.get(id).copied().unwrap_or_default()
    }

    /// Returns whether an element, or one around it, is left out.
    pub fn is_out_at_all(&self, tree: &Tree, id: Id) -> bool {
        self.is_out(id) || tree.ancestors(id).any(|one| self.is_out(one))
    }

    /// Leaves an element out.
    pub fn leave_out(&mut self, id: Id) {
        if let Some(out) = self.out.get_mut(id) {
            *out = true;
        }
    }

    /// Leaves out what stands besides, going by `measures` of the whole page. What readers wrote stays where
    /// `keep_comments` says that it is the page.
    pub fn leave_out_by_name(
        &mut self,
        tree: &Tree,
        from: Id,
        measures: &[Measure],
        place: Known,
        keep_comments: bool,
    ) {
        let Known { named, heading } = place;
        let around_heading: Vec<Id> = heading
            .into_iter()
            .flat_map(|id| tree.ancestors(id).chain([id]))
            .collect();
        let around: Vec<Id> = named
            .into_iter()
            .flat_map(|id| tree.ancestors(id).chain([id]))
            .collect();
        let whole = measures.get(from).copied().unwrap_or_default();
        let article = named
            .and_then(|id| measures.get(id))
            .copied()
            .unwrap_or_default();
        let mut walk = tree.walk(from);
        // The articles around, and the one that is named.
        let mut articles_around: Vec<Id> = Vec::new();
        while let Some(step) = walk.next() {
            let id = match step {
                Step::Enter(id) => id,
                Step::Leave(id) => {
                    if articles_around.last() == Some(&id) {
                        articles_around.pop();
                    }
                    continue;
                }
            };
            if self.is_out(id) {
                walk.pass_over(id);
                continue;
            }
            let tag = tree.tag(id);
            if id == from || tag.is_empty() || tree.words(id).is_some() {
                continue;
            }
            let measure = measures.get(id).copied().unwrap_or_default();
            let is_within = named.is_some_and(|named| articles_around.contains(&named));
            let whole = if is_within { article } else { whole };
            let is_most = measure.prose > MOST * whole.prose || measure.letters * 2 > whole.letters;
            let signs = self.signs(id);
            let is_named = signs.is_besides() && !(keep_comments && signs.comments) && !signs.body;
            let sure = signs.notice || signs.comments && !keep_comments;
            // Where the article is known, size protects nothing but what is around it.
            let is_frame = if named.is_some() {
                around.contains(&id) || is_most && !sure && (is_within || !is_named)
            } else {
                // What stands beside a heading that is the page's title, with a text, may be larger than both.
                let is_beside_title = is_named
                    && heading.is_some()
                    && !around_heading.contains(&id)
                    && !articles_around
                        .iter()
                        .any(|one| around_heading.contains(one))
                    && measure.prose <= MOST_BESIDES * whole.prose
                    && whole.prose - measure.prose >= ENOUGH_BESIDES;
                matches!(tag, "article" | "main") || is_most && !sure && !is_beside_title
            };
            let is_gallery = signs.gallery
                && is_within
                && measure.letters >= LARGE_GALLERY
                && article.prose - measure.prose >= ENOUGH_BESIDES_GALLERY
                && !around.contains(&id);
            // A word in a sentence may be a date or a tag, and is the sentence's.
            let is_in_sentence = !html::is_block(tag)
                && tree.parent(id).is_some_and(|parent| {
                    matches!(tree.tag(parent), "p" | "li" | "td" | "dd" | "blockquote")
                        && measures.get(parent).is_some_and(|one| one.prose > 0.0)
                });
            let out = is_gallery
                || !is_frame
                    && !is_in_sentence
                    && (is_named
                        || is_besides_by_tag(tag, !articles_around.is_empty(), measure)
                        || signs.byline
                            && measure.letters <= LONGEST_BYLINE
                            && !html::is_heading(tag)
                        || signs.about && measure.letters <= LONGEST_ABOUT);
            if out && !(sure && is_most && named.is_none() && holds_article(tree, id)) {
                self.leave_out(id);
                walk.pass_over(id);
            } else if tag == "article" || named == Some(id) {
                articles_around.push(id);
            }
        }
    }
}

fn holds_article(tree: &Tree, id: Id) -> bool {
    tree.elements(id)
        .any(|id| matches!(tree.tag(id), "h1" | "main"))
}

/// Returns whether an element is no part of an article by what it is.
fn is_besides_by_tag(tag: &str, in_article: bool, measure: Measure) -> bool {
    match tag {
        "nav" | "footer" | "menu" | "dialog" | "search" => true,
        "aside" => !in_article || measure.density() > 0.3 || measure.prose == 0.0,
        "header" => !in_article && measure.prose == 0.0 && measure.density() > 0.3,
        "form" | "fieldset" => measure.paragraphs < 2,
        _ => false,
    }
}

/// Returns whether a page within the page is as large as a dot: it counts visits.
fn is_pixel(tree: &Tree, id: Id) -> bool {
    ["width", "height"].iter().any(|side| {
        tree.attribute(id, side)
            .is_some_and(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1" | "2"))
    })
}

/// Returns whether nobody can see an element, or nobody can read it. Some hide the whole page until it is loaded.
fn is_unseen(tree: &Tree, id: Id) -> bool {
    let tag = tree.tag(id);
    if matches!(tag, "html" | "body") {
        return false;
    }
    // A heading that opens what is below it is a button.
    let opens = tag == "button"
        && tree
            .ancestors(id)
            .take(3)
            .any(|one| html::is_heading(tree.tag(one)));
    html::is_never_text(tag) && !opens
        || tag == "iframe" && is_pixel(tree, id)
        || tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "style").is_some_and(html::hides)
}
