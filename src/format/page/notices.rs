//! Requests for consent that bear no name: they are told by how they begin, in the languages that the data knows.
//!
//! An article may be about them, and says the same words. So only what stands in no article is left out, a small box
//! whose first words they are, beside a text that is much longer and whose title is about something else.

use super::besides::Besides;
use super::measure::Measures;
use super::tree::{Id, Step, Tree};
use crate::config::articles::rules;
use crate::format::html;

/// The largest box that is a notice, in letters.
const LONGEST: u32 = 1200;

/// How many times its letters the page must have beside it.
const ENOUGH_BESIDES: u32 = 2;

/// How much of a line is looked at, in bytes; no beginning is longer.
const BEGINNING: usize = 120;

/// How many beginnings are looked at: what surrounds each is walked through.
const MOST: usize = 32;

/// Leaves out the notices of a page whose title is `title`.
pub(super) fn leave_out(
    tree: &Tree,
    body: Id,
    title: &str,
    besides: &mut Besides,
    measures: &Measures,
) {
    let title = title.to_lowercase();
    let subjects = &rules().notices.subjects;
    if subjects.iter().any(|word| title.contains(word.as_str())) {
        return;
    }
    let boxes: Vec<Id> = beginnings(tree, body, besides)
        .take(MOST)
        .filter_map(|words| around(tree, words, body, besides, measures))
        .collect();
    for id in boxes {
        besides.leave_out(id);
    }
}

/// Returns the words that a notice may begin with, outside of articles.
fn beginnings<'t>(tree: &'t Tree, body: Id, besides: &'t Besides) -> impl Iterator<Item = Id> {
    let mut walk = tree.walk(body);
    std::iter::from_fn(move || {
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            let is_article = id != body && (tree.tag(id) == "article" || besides.signs(id).body);
            if besides.is_out(id) || is_article {
                walk.pass_over(id);
            } else if tree.words(id).is_some_and(begins) {
                return Some(id);
            }
        }
        None
    })
}

fn begins(words: &str) -> bool {
    let words = words.trim_start();
    let start = words
        .get(..words.floor_char_boundary(BEGINNING))
        .unwrap_or_default();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    let start = start.to_lowercase();
    let notices = &rules().notices.begin;
    notices
        .iter()
        .any(|known| start.starts_with(known.as_str()))
}

/// Returns the largest box that begins with these words and is small beside the page.
fn around(tree: &Tree, words: Id, body: Id, besides: &Besides, measures: &Measures) -> Option<Id> {
    let letters = |id: Id| measures.of(id).letters;
    let most = LONGEST.min(letters(body) / (1 + ENOUGH_BESIDES));
    let mut found = None;
    let mut inner = words;
    for id in tree.ancestors(words).take_while(|id| *id != body) {
        // A heading may stand before the words; what stands before both is another thing.
        let mut before = tree.children(id).take_while(|one| *one != inner);
        let is_first = before.all(|one| {
            let is_blank = tree.words(one).is_none_or(|words| words.trim().is_empty());
            is_blank
                && (letters(one) == 0 || besides.is_out(one) || html::is_heading(tree.tag(one)))
        });
        if letters(id) > most || !is_first {
            break;
        }
        if html::is_block(tree.tag(id)) {
            found = Some(id);
        }
        inner = id;
    }
    found.filter(|id| !stands_amid_text(tree, *id, measures))
}

/// Returns whether an element is a paragraph of a text: it has others before and after it.
fn stands_amid_text(tree: &Tree, id: Id, measures: &Measures) -> bool {
    let has_prose = |id: Id| tree.tag(id) == "p" && measures.of(id).prose > 0.0;
    let siblings = tree
        .parent(id)
        .into_iter()
        .flat_map(|around| tree.children(around));
    let (mut is_before, mut before, mut after) = (true, false, false);
    for sibling in siblings {
        if sibling == id {
            is_before = false;
        } else if is_before {
            before |= has_prose(sibling);
        } else {
            after |= has_prose(sibling);
        }
    }
    before && after
}
