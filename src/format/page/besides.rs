//! What stands besides the article: menus, shares, notices, footers, what readers wrote.
//!
//! An element is left out by its own name, but never where it holds most of the page: a template may call the page
//! itself `has-cookie-notice`, and everything would be lost by one word.

use super::choose;
use super::measure::{Measure, Measures};
use super::rustdoc;
use super::signs::{Signs, signs};
use super::tree::{Id, Step, Tree};
use crate::config::articles::rules;
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

/// How much of a note beside the text may lead elsewhere, from 0 to 1.
const MOST_LINKS_OF_NOTE: f32 = 0.3;

/// The longest words below a picture, in letters.
const LONGEST_CAPTION: u32 = 400;

/// How much of the page's prose the head of the page may hold, from 0 to 1.
const MOST_ABOVE_TITLE: f32 = 0.2;

/// How much of a menu leads elsewhere, from 0 to 1.
const ONLY_LINKS: f32 = 0.9;

/// How much text there must be elsewhere, for a menu to be left out however large, in letters.
const ENOUGH_BESIDES_MENU: u32 = 20;

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
        let is_rustdoc = rustdoc::wrote(tree);
        let mut walk = tree.walk(super::tree::ROOT);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if tree.name(id).is_none() {
                continue;
            }
            if is_unseen(tree, id) || is_rustdoc && rustdoc::is_tool(tree, id) {
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
        measures: &Measures,
        place: Known,
        keep_comments: bool,
    ) {
        let mut course = Course::new(tree, from, measures, place, keep_comments);
        let mut walk = tree.walk(from);
        while let Some(step) = walk.next() {
            let id = match step {
                Step::Enter(id) => id,
                Step::Leave(id) => {
                    if course.articles_around.last() == Some(&id) {
                        course.articles_around.pop();
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
            if course.is_besides(tree, id, self.signs(id), measures) {
                self.leave_out(id);
                walk.pass_over(id);
            } else if tag == "article" || place.named == Some(id) {
                course.articles_around.push(id);
            }
        }
    }
}

/// What a walk through the page goes by, and where it is.
struct Course {
    known: Known,
    /// The element that is named as the article, and those around it.
    around: Vec<Id>,
    /// The heading that is the page's title, and the elements around it.
    around_heading: Vec<Id>,
    /// The articles around, and the one that is named.
    articles_around: Vec<Id>,
    whole: Measure,
    article: Measure,
    keep_comments: bool,
}

impl Course {
    fn new(tree: &Tree, from: Id, measures: &Measures, known: Known, keep_comments: bool) -> Self {
        let with_around = |id: Option<Id>| -> Vec<Id> {
            id.into_iter()
                .flat_map(|id| tree.ancestors(id).chain([id]))
                .collect()
        };
        Self {
            known,
            around: with_around(known.named),
            around_heading: with_around(known.heading),
            articles_around: Vec::new(),
            whole: measures.of(from),
            article: known.named.map(|id| measures.of(id)).unwrap_or_default(),
            keep_comments,
        }
    }

    /// Returns whether an element stands besides the article.
    fn is_besides(&self, tree: &Tree, id: Id, signs: Signs, measures: &Measures) -> bool {
        let tag = tree.tag(id);
        let measure = measures.of(id);
        if self.is_gallery(id, signs, measure) {
            return true;
        }
        if self.is_frame(tag, id, signs, measure) {
            return false;
        }
        // A word in a sentence may be a date or a tag, and is the sentence's.
        let is_in_sentence = !html::is_block(tag)
            && tree.parent(id).is_some_and(|parent| {
                matches!(tree.tag(parent), "p" | "li" | "td" | "dd" | "blockquote")
                    && measures.of(parent).prose > 0.0
            });
        let is_out = !is_in_sentence
            && (self.is_named(signs)
                // The row that heads a table is called so, too.
                || signs.masthead && tag != "tr" && self.is_above_title(id, measure)
                || is_besides_by_tag(tag, !self.articles_around.is_empty(), measure)
                || tag == "aside" && !self.is_note(tree, id, signs, measure)
                || signs.byline && measure.letters <= LONGEST_BYLINE && !html::is_heading(tag)
                || signs.about && measure.letters <= LONGEST_ABOUT);
        // What opens over the list of articles, and has one of them in it with its title, is the page.
        if self.around_heading.contains(&id) && measure.prose >= choose::SHORTEST {
            return false;
        }
        let is_all = self.is_sure(signs) && self.is_most(measure) && self.known.named.is_none();
        is_out && !(is_all && holds_article(tree, id))
    }

    /// Returns whether an element is named as what stands besides.
    fn is_named(&self, signs: Signs) -> bool {
        signs.is_besides() && !(self.keep_comments && signs.comments) && !signs.body
    }

    /// Returns whether an element's size is nothing against its name.
    fn is_sure(&self, signs: Signs) -> bool {
        signs.notice || signs.comments && !self.keep_comments
    }

    /// Returns whether the walk is within the element that is named as the article.
    fn is_within(&self) -> bool {
        self.known
            .named
            .is_some_and(|named| self.articles_around.contains(&named))
    }

    /// Returns what an element is measured against.
    fn whole(&self) -> Measure {
        if self.is_within() {
            self.article
        } else {
            self.whole
        }
    }

    /// Returns whether an element holds most of what it is measured against.
    fn is_most(&self, measure: Measure) -> bool {
        let whole = self.whole();
        measure.prose > MOST * whole.prose || measure.letters * 2 > whole.letters
    }

    /// Returns whether an element is too large to be left out, or has the article in it.
    fn is_frame(&self, tag: &str, id: Id, signs: Signs, measure: Measure) -> bool {
        let is_large = self.is_most(measure) && !self.is_sure(signs) && !self.is_menu(tag, measure);
        // Where the article is known, size protects nothing but what is around it.
        if self.known.named.is_some() {
            return self.around.contains(&id)
                || is_large && (self.is_within() || !self.is_named(signs));
        }
        matches!(tag, "article" | "main")
            || is_large && !(self.is_named(signs) && self.is_beside_title(id, measure))
    }

    /// Returns whether an element is a menu and nothing else, beside a text: on a short page it has most of the letters.
    fn is_menu(&self, tag: &str, measure: Measure) -> bool {
        let elsewhere = self.whole().letters.saturating_sub(measure.letters);
        matches!(tag, "nav" | "menu")
            && measure.density() >= ONLY_LINKS
            && measure.prose == 0.0
            && elsewhere >= ENOUGH_BESIDES_MENU
    }

    /// Returns whether an element stands beside the heading that is the page's title and beside a text: it may be
    /// larger than both, and is left out for its name all the same.
    fn is_beside_title(&self, id: Id, measure: Measure) -> bool {
        let whole = self.whole();
        let is_around = |id: &Id| self.around_heading.contains(id);
        self.known.heading.is_some()
            && !is_around(&id)
            && !self.articles_around.iter().any(is_around)
            && measure.prose <= MOST_BESIDES * whole.prose
            && whole.prose - measure.prose >= ENOUGH_BESIDES
    }

    /// Returns whether what is marked as beside an article is a part of it: a note to the text, a picture with the words
    /// below it, a quotation.
    fn is_note(&self, tree: &Tree, id: Id, signs: Signs, measure: Measure) -> bool {
        let mut within = tree.elements(id);
        let mut shows_or_quotes = || {
            within.any(|one| match tree.tag(one) {
                "figure" | "figcaption" | "blockquote" | "pre" => true,
                "img" => measure.letters < LONGEST_CAPTION,
                _ => false,
            })
        };
        !self.articles_around.is_empty()
            && measure.density() <= MOST_LINKS_OF_NOTE
            && (signs.note || shows_or_quotes())
    }

    /// Returns whether an element that is called the head of the page has no title of it in it, and no article.
    fn is_above_title(&self, id: Id, measure: Measure) -> bool {
        self.known.heading.is_some()
            && !self.around_heading.contains(&id)
            && !self.around.contains(&id)
            && self.articles_around.is_empty()
            && measure.prose <= MOST_ABOVE_TITLE * self.whole.prose
    }

    /// Returns whether an element of an article shows pictures, each with its own words. Where no name tells the article,
    /// the page stands for it.
    fn is_gallery(&self, id: Id, signs: Signs, measure: Measure) -> bool {
        signs.gallery
            && (self.is_within() || self.known.named.is_none())
            && measure.letters >= LARGE_GALLERY
            && self.whole().prose - measure.prose >= ENOUGH_BESIDES_GALLERY
            && !self.around.contains(&id)
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

/// Returns whether a page within the page is a button, a form for comments or an advertisement.
fn is_button(tree: &Tree, id: Id) -> bool {
    let buttons = &rules().frames.buttons;
    tree.attribute(id, "src")
        .is_some_and(|source| buttons.iter().any(|word| source.contains(word.as_str())))
}

/// Returns whether a page within the page shows something of its own, by its address: most count, sell or ask.
fn shows_something(tree: &Tree, id: Id) -> bool {
    let shown = &rules().frames.shown;
    let mut addresses = ["src", "data-src"]
        .into_iter()
        .filter_map(|name| tree.attribute(id, name));
    addresses.any(|address| {
        let address = address.to_ascii_lowercase();
        shown.iter().any(|word| address.contains(word.as_str()))
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
        || tag == "iframe"
            && (is_pixel(tree, id) || is_button(tree, id) || !shows_something(tree, id))
        || tree.attribute(id, "hidden").is_some_and(html::is_hiding)
        || tree.attribute(id, "style").is_some_and(html::hides)
}
