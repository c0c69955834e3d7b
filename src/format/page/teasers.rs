//! Lists of other articles: one row each, a heading that leads there and a few words of it.
//!
//! Only where the page has a title of its own and a text beside them: on a page that is nothing but such a list, it is
//! what was saved. What stands within an article is never one: articles list things under headings that are links.

use super::besides::Besides;
use super::measure::Measures;
use super::tree::{Id, Step, Tree};
use crate::format::html;

/// The fewest rows of a list.
const FEWEST: usize = 4;

/// The longest row, in letters.
const LONGEST: u32 = 700;

/// How much of a heading must lead elsewhere, from 0 to 1.
const LINKED: f32 = 0.8;

/// How much prose there must be beside the lists, in letters.
const LEAST_TEXT: f32 = 420.0;

/// Returns the lists of other articles on a page whose own title is `heading`.
pub(super) fn lists(
    tree: &Tree,
    from: Id,
    heading: Option<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Vec<Id> {
    let Some(heading) = heading else {
        return Vec::new();
    };
    let around: Vec<Id> = tree.ancestors(heading).collect();
    let leading = with_leading_heading(tree, from, measures);
    let mut lists = Vec::new();
    let mut walk = tree.walk(from);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let is_article = tree.tag(id) == "article" || besides.signs(id).body;
        if besides.is_out(id) || is_article || tree.words(id).is_some() {
            walk.pass_over(id);
        } else if leading.get(id) == Some(&true)
            && !around.contains(&id)
            && are_rows(tree, id, &leading, measures)
        {
            lists.push(id);
            walk.pass_over(id);
        }
    }
    let prose = |id: Id| measures.of(id).prose;
    let listed: f32 = lists.iter().map(|id| prose(*id)).sum();
    if prose(from) - listed < LEAST_TEXT {
        lists.clear();
    }
    lists
}

/// Returns of each element whether a heading is in it that leads elsewhere.
fn with_leading_heading(tree: &Tree, from: Id, measures: &Measures) -> Vec<bool> {
    let mut leading = vec![false; tree.len()];
    for id in tree.elements(from) {
        let leads = html::is_heading(tree.tag(id))
            && tree.tag(id) != "h1"
            && measures.of(id).letters > 0
            && measures.of(id).density() >= LINKED;
        if !leads {
            continue;
        }
        for around in [id].into_iter().chain(tree.ancestors(id)) {
            match leading.get_mut(around) {
                Some(known) if !*known => *known = true,
                _ => break,
            }
        }
    }
    leading
}

/// Returns whether nearly all that an element holds is rows of a list of articles.
fn are_rows(tree: &Tree, list: Id, leading: &[bool], measures: &Measures) -> bool {
    let letters = |id: Id| measures.of(id).letters;
    let (mut rows, mut others) = (0, 0);
    for id in tree.children(list).filter(|id| letters(*id) > 0) {
        if leading.get(id) == Some(&true)
            && letters(id) <= LONGEST
            && !html::is_heading(tree.tag(id))
        {
            rows += 1;
        } else {
            others += 1;
        }
    }
    rows >= FEWEST && others * 4 <= rows
}
