//! Which element of a post holds its words, and what within it is none of them.

use std::collections::HashSet;

use html5ever::local_name;

use super::besides::{Besides, Known};
use super::choose;
use super::heads::Marks;
use super::measure::Measures;
use super::tree::{Data, Id, Step, Tree};
use crate::config::forums::rules;
use crate::format::{html, words};

/// The longest line of a name and a date that is no part of what a post says, in letters beside them.
const LONGEST_HEAD: u32 = 30;

/// The longest line that tells of an edit, or says a title again, in letters.
const LONGEST_REST: u32 = 80;

/// How many elements of a post its heading stands among.
const FIRST: usize = 12;

/// Returns the element that holds the words of a post: the one that is called so and has neither its name nor its date
/// in it, else the one that has nearly all of its prose.
pub(super) fn of_post(
    tree: &Tree,
    post: Id,
    marks: &Marks,
    apart: &HashSet<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Id {
    let around_marks: HashSet<Id> = marks
        .elements
        .iter()
        .flat_map(|id| [*id].into_iter().chain(tree.ancestors(*id)))
        .collect();
    let letters = |id: Id| measures.of(id).letters;
    let mut best: Option<(u32, Id)> = None;
    let mut walk = tree.walk(post);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if id == post || tree.name(id).is_none() {
            continue;
        }
        if apart.contains(&id)
            || besides.is_out(id)
            || tree.tag(id) == "blockquote" && !is_text(tree, id, besides)
        {
            walk.pass_over(id);
            continue;
        }
        let own = letters(id);
        if own > best.map_or(0, |(most, _)| most)
            && !around_marks.contains(&id)
            && is_text(tree, id, besides)
        {
            best = Some((own, id));
        }
    }
    best.map_or_else(
        || choose::words_of_post(tree, post, besides, measures),
        |(_, id)| innermost(tree, id, besides, measures),
    )
}

/// Returns the innermost element of those within each other that are called as what holds the words of a post: around
/// it stand lines that tell of edits, and the thread's title again.
fn innermost(tree: &Tree, outer: Id, besides: &Besides, measures: &Measures) -> Id {
    let letters = |id: Id| measures.of(id).letters;
    let has_words = |id: Id| {
        let mut children = tree.children(id);
        children.any(|one| {
            tree.words(one)
                .is_some_and(|words| !words.trim().is_empty())
        })
    };
    let (mut text, mut at) = (outer, outer);
    while !has_words(at) {
        // The one child that has nearly all.
        // A reply that stands apart may have more than what is around it: that counts without it.
        let children = tree.children(at).filter(|id| letters(*id) <= letters(at));
        let Some(child) = children.max_by_key(|id| letters(*id)) else {
            break;
        };
        if letters(child) == 0 || letters(at) - letters(child) > LONGEST_REST {
            break;
        }
        at = child;
        if is_text(tree, at, besides) {
            text = at;
        }
    }
    text
}

/// Returns whether an element is called what holds the words of a post.
fn is_text(tree: &Tree, id: Id, besides: &Besides) -> bool {
    let texts = &rules().names.texts;
    let is_known = |name: &str| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
        texts.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    besides.signs(id).body
        || tree.attribute(id, "itemprop") == Some("text")
        || tree
            .attribute(id, "class")
            .is_some_and(|class| class.split_ascii_whitespace().any(is_known))
        || tree.attribute(id, "id").is_some_and(is_known)
}

/// Leaves out what within the words of a post is none of them: signatures, buttons, the line of its name and date.
pub(super) fn leave_out_others(
    tree: &Tree,
    text: Id,
    marks: &[Id],
    besides: &mut Besides,
    measures: &Measures,
) {
    let known = Known {
        named: Some(text),
        heading: None,
    };
    besides.leave_out_by_name(tree, text, measures, known, true);
    let others = &rules().names.others;
    let is_other = |name: &str| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
        others.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let mut walk = tree.walk(text);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if id == text || tree.name(id).is_none() {
            continue;
        }
        let class = tree.attribute(id, "class").unwrap_or_default();
        let out = besides.is_out(id)
            || class.split_ascii_whitespace().any(is_other)
            || tree.attribute(id, "id").is_some_and(is_other);
        if out {
            besides.leave_out(id);
            walk.pass_over(id);
        }
    }
    leave_out_marks(tree, text, marks, besides, measures);
}

/// Leaves out the heading of a post that says the title of its thread again.
pub(super) fn leave_out_subject(tree: &Tree, text: Id, title: &str, besides: &mut Besides) {
    let heading = tree
        .elements(text)
        .take(FIRST)
        .find(|id| html::is_heading(tree.tag(*id)) && *id != text);
    let Some(heading) = heading else { return };
    let line = tree.line(heading, 300);
    let bare = ["re:", "aw:", "sv:", "re "]
        .iter()
        .find_map(|start| {
            let begins = line
                .get(..start.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(start));
            begins.then(|| line.get(start.len()..)).flatten()
        })
        .unwrap_or(&line);
    if words::same(bare, title) {
        besides.leave_out(heading);
    }
}

/// Leaves out the lines that say who wrote a post and when, each with the block that has little else in it.
fn leave_out_marks(
    tree: &Tree,
    text: Id,
    marks: &[Id],
    besides: &mut Besides,
    measures: &Measures,
) {
    let letters = |id: Id| measures.of(id).letters;
    let within: Vec<Id> = marks
        .iter()
        .copied()
        .filter(|mark| *mark != text && tree.ancestors(*mark).any(|one| one == text))
        .collect();
    let marked: u32 = within.iter().map(|id| letters(*id)).sum();
    for mark in within {
        let mut out = mark;
        for around in tree.ancestors(mark) {
            if around == text || letters(around) > marked + LONGEST_HEAD {
                break;
            }
            out = around;
        }
        besides.leave_out(out);
    }
}

/// Lets the line above a quotation that says whose it is stand apart from what is quoted: some forums set it as a word of
/// the first sentence.
pub(super) fn part_quotations(tree: &mut Tree, text: Id) {
    let cites: Vec<Id> = tree
        .elements(text)
        .filter(|id| {
            tree.tag(*id) == "cite"
                && tree.line(*id, 200).ends_with(':')
                && tree
                    .ancestors(*id)
                    .take(3)
                    .any(|one| tree.tag(one) == "blockquote" || html::is_block(tree.tag(one)))
        })
        .collect();
    for id in cites {
        if let Some(Data::Element { name, .. }) = tree.get_mut(id).map(|node| &mut node.data) {
            name.local = local_name!("div");
        }
    }
}
