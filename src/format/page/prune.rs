//! What stands within the article and is no part of it: lists of other articles, calls to share, the heading of what
//! was left out.

use super::besides::Besides;
use super::copies;
use super::measure::{Measure, Measures};
use super::tree::{Id, Step, Tree};
use crate::config::articles::rules;
use crate::format::{html, words};

/// How much of a block may lead elsewhere, from 0 to 1.
const DENSE: f32 = 0.6;

/// The prose of a block that is there for its links, at most, by how much of it leads elsewhere.
const LABEL: f32 = 60.0;

/// How much of a block is looked at for an address that is written out, in bytes.
const LABEL_LINE: usize = 300;
const A_THIRD: f32 = 0.33;
const TEASER: f32 = 120.0;
const A_HALF: f32 = 0.5;
const TEASERS: f32 = 300.0;

/// The longest line that is looked at for the words of a call, in bytes.
const LONGEST_CALL: usize = 160;

/// The shortest title of another article in a list, in letters.
const SHORTEST_TITLE: u32 = 18;

/// The fewest letters of a link that holds a picture and shows another article.
const LONG_TITLE: u32 = 60;

/// Leaves out what stands within `body` and is no part of the article.
pub(super) fn prune(
    tree: &Tree,
    body: Id,
    is_named: bool,
    besides: &mut Besides,
    measures: &Measures,
) {
    let has_prose = |id: &Id| html::is_block(tree.tag(*id)) && measures.of(*id).prose > 0.0;
    let last_prose = tree.elements(body).skip(1).filter(has_prose).last();
    let around_last: Vec<Id> = last_prose
        .into_iter()
        .flat_map(|id| tree.ancestors(id))
        .take_while(|id| *id != body)
        .collect();
    let mut is_last = last_prose.is_none();
    let mut walk = tree.walk(body);
    while let Some(step) = walk.next() {
        is_last |= last_prose == Some(step.id());
        let id = match step {
            Step::Enter(id) => id,
            Step::Leave(id) => {
                is_last |= around_last.contains(&id);
                continue;
            }
        };
        if besides.is_out(id) {
            walk.pass_over(id);
            continue;
        }
        if id == body || tree.name(id).is_none() {
            continue;
        }
        let tag = tree.tag(id);
        let measure = measures.of(id);
        let out = match tag {
            "ul" | "ol" | "dl" => {
                // Amid the text, a list of links is its own; so it is in what the page names its article.
                let amid = is_named || !is_last;
                is_list_of_links(measure)
                    && (is_introduced_as_other(tree, id)
                        || !is_introduced(tree, id, is_named)
                            && (!amid || is_last && are_titles(tree, id, measures)))
            }
            // Links line by line below the text, without a list around them.
            "p" => is_last && measure.linked >= LONG_TITLE && measure.density() > 0.95,
            // A picture whose words all lead elsewhere shows another article.
            "figure" => measure.linked >= LONG_TITLE && measure.density() > 0.9,
            "div" | "section" | "table" | "td" | "article" | "header" => {
                is_links(tree, id, besides, measure)
            }
            _ => false,
        } || may_be_call(tag, measure) && is_call(tree, id, measure);
        if out {
            besides.leave_out(id);
            walk.pass_over(id);
        }
    }
    copies::leave_out(tree, body, besides, measures);
    leave_out_empty_headings(tree, body, besides, measures);
}

/// Returns whether a block is there for its links. What the text goes by, and what a picture shows, may have as many, and
/// so may the cells of a table.
fn is_links(tree: &Tree, id: Id, besides: &Besides, measure: Measure) -> bool {
    let density = measure.density();
    if density > DENSE && measure.prose < LABEL {
        return !tree.line(id, LABEL_LINE).contains("://");
    }
    let leads =
        density > A_THIRD && measure.prose < TEASER || density > A_HALF && measure.prose < TEASERS;
    let is_of_text = |id: Id| {
        let signs = besides.signs(id);
        signs.source
            || signs.caption
            || matches!(tree.tag(id), "figure" | "figcaption" | "td" | "th")
    };
    // An address that is written out is there to be read.
    leads
        && !tree.line(id, LABEL_LINE).contains("://")
        && !tree.elements(id).any(is_of_text)
        && !tree.ancestors(id).take(4).any(is_of_text)
}

/// Returns whether a list leads elsewhere item by item.
fn is_list_of_links(measure: Measure) -> bool {
    measure.letters > 0 && measure.density() >= 0.75
}

/// Returns whether a sentence introduces a list, which is part of the text then; in what the page names its article a
/// heading does, too.
fn is_introduced(tree: &Tree, id: Id, is_named: bool) -> bool {
    before(tree, id).is_some_and(|before| {
        let tag = tree.tag(before);
        is_named && html::is_heading(tag)
            || tag == "p" && tree.line(before, 2000).ends_with([':', '：'])
    })
}

/// Returns whether what stands before a list says that it leads to other pages.
fn is_introduced_as_other(tree: &Tree, id: Id) -> bool {
    let Some(before) = before(tree, id) else {
        return false;
    };
    let line = tree.line(before, 200).to_lowercase();
    let introduce = &rules().calls.lists;
    line.len() < 80 && introduce.iter().any(|word| line.contains(word.as_str()))
}

/// Returns whether each item of a list is a link as long as a title: what stands below a text in such a list is other
/// articles.
fn are_titles(tree: &Tree, id: Id, measures: &Measures) -> bool {
    let items: Vec<Measure> = tree
        .children(id)
        .map(|item| measures.of(item))
        .filter(|one| one.letters > 0)
        .collect();
    items.len() >= 2
        && items
            .iter()
            .all(|one| one.linked >= SHORTEST_TITLE && one.density() > 0.9)
}

/// Returns what stands before an element, on the same level.
fn before(tree: &Tree, id: Id) -> Option<Id> {
    std::iter::successors(tree.get(id).and_then(|node| node.before), |id| {
        tree.get(*id)?.before
    })
    .find(|id| {
        !tree.tag(*id).is_empty()
            || tree
                .words(*id)
                .is_some_and(|words| !words.trim().is_empty())
    })
}

/// Returns whether an element may be a call to the reader. The cell of a table is none, whatever it says, and the item of
/// a list only where it leads somewhere.
fn may_be_call(tag: &str, measure: Measure) -> bool {
    match tag {
        "td" | "th" | "dt" | "dd" | "caption" => false,
        "li" => measure.linked > 0,
        _ => html::is_block(tag),
    }
}

/// Returns whether a block is a call to the reader that templates set between paragraphs.
fn is_call(tree: &Tree, id: Id, measure: Measure) -> bool {
    if measure.letters == 0 || measure.letters as usize > LONGEST_CALL {
        return false;
    }
    let line = tree.line(id, LONGEST_CALL * 2).to_lowercase();
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let calls = &rules().calls;
    calls.lines.contains(line)
        || calls
            .begin
            .iter()
            .any(|start| line.starts_with(start.as_str()))
            && (measure.linked > 0 || measure.letters < 60)
}

/// Leaves out short lines before the heading that is the page's title: its section, its kind, where it stands.
pub(super) fn leave_out_before_title(
    tree: &Tree,
    body: Id,
    title: &str,
    besides: &mut Besides,
    measures: &Measures,
) {
    let prose = |id: Id| measures.of(id).prose;
    let mut before: Vec<Id> = Vec::new();
    let mut walk = tree.walk(body);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else {
            continue;
        };
        let tag = tree.tag(id);
        if besides.is_out(id) {
            walk.pass_over(id);
        } else if html::is_heading(tag) && words::same(&tree.line(id, 600), title) {
            for id in before {
                besides.leave_out(id);
            }
            return;
        } else if prose(id) > 0.0 && !matches!(tag, "p" | "pre" | "blockquote" | "li") {
            // What holds prose is looked into.
        } else if prose(id) > 0.0 {
            return;
        } else if html::is_block(tag)
            || matches!(tag, "span" | "a" | "strong" | "em" | "b" | "small")
        {
            let holds_title = tree.elements(id).any(|one| html::is_heading(tree.tag(one)));
            if !holds_title {
                before.push(id);
                walk.pass_over(id);
            }
        }
    }
}

/// Leaves out headings that nothing follows any more.
fn leave_out_empty_headings(tree: &Tree, body: Id, besides: &mut Besides, measures: &Measures) {
    let mut walk = tree.walk(body);
    // Headings that wait for words, and whether something was left out since.
    let mut waiting: Vec<(u8, Id, bool)> = Vec::new();
    let mut empty: Vec<Id> = Vec::new();
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else {
            continue;
        };
        if besides.is_out(id) {
            let had_words = measures.of(id).letters > 0;
            for (_, _, left_out) in &mut waiting {
                *left_out |= had_words;
            }
            walk.pass_over(id);
        } else if let Some(level) = html::heading_level(tree.tag(id)) {
            while let Some((_, heading, left_out)) = waiting.pop_if(|(above, ..)| *above >= level) {
                if left_out {
                    empty.push(heading);
                }
            }
            waiting.push((level, id, false));
            walk.pass_over(id);
        } else if tree.words(id).is_some_and(|words| !words.trim().is_empty())
            || tree.tag(id) == "img"
        {
            waiting.clear();
        }
    }
    empty.extend(
        waiting
            .into_iter()
            .map(|(_, heading, _)| heading)
            .filter(|id| tree.tag(*id) != "h1"),
    );
    for heading in empty {
        besides.leave_out(heading);
    }
}
