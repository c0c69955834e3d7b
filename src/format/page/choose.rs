//! Where on the page the article is.
//!
//! First what the page says itself, when most of its prose stands there: the body of an article by its name, the one
//! `<article>`, `<main>`. From there down, as long as one element holds nearly all of the prose.

use super::besides::Besides;
use super::measure::Measure;
use super::tree::{Id, Tree};

/// How much of the page's prose an element must hold that is named as the article, from 0 to 1. Not more than this:
/// what readers wrote below an article is prose as well, and often more of it.
const NAMED: f32 = 0.4;

/// How much of an element's prose one within it must hold to stand for it.
const NEARLY_ALL: f32 = 0.88;

/// Where the article is.
pub(super) struct Place {
    /// The element that holds it.
    pub body: Id,
    /// The page says so itself, by a name.
    pub named: bool,
    /// Elements before it that open the article.
    pub leads: Vec<Id>,
}

/// Finds the article within `from`.
pub(super) fn choose(tree: &Tree, from: Id, besides: &Besides, measures: &[Measure]) -> Place {
    let prose = |id: Id| measures.get(id).map_or(0.0, |one| one.prose);
    let whole = prose(from);
    let named = |is: &dyn Fn(Id) -> bool, least: f32| {
        let all: Vec<Id> = tree
            .elements(from)
            .filter(|id| !besides.is_out(*id) && prose(*id) >= least * whole && is(*id))
            .collect();
        // Of several within each other the innermost.
        all.last()
            .copied()
            .filter(|last| all.iter().all(|id| id == last || tree.ancestors(*last).any(|one| one == *id)))
    };
    let is_body = |id: Id| besides.signs(id).body && is_container(tree.tag(id));
    let is_article = |id: Id| tree.tag(id) == "article";
    let is_main = |id: Id| tree.tag(id) == "main" || tree.attribute(id, "role") == Some("main");
    let place = (whole > 0.0)
        .then(|| {
            named(&is_body, NAMED)
                .or_else(|| named(&is_article, 0.5))
                .or_else(|| named(&is_main, 0.5))
        })
        .flatten();
    let mut body = place.unwrap_or(from);
    let strict = place.is_some();
    while let Some(child) = tree
        .children(body)
        .find(|child| is_container(tree.tag(*child)) && prose(*child) >= NEARLY_ALL * prose(body))
        && prose(body) > 0.0
    {
        if strict && !may_stand_for(tree, child, body, besides, measures) {
            break;
        }
        body = child;
    }
    Place {
        body,
        named: strict,
        leads: leads(tree, body, besides, measures),
    }
}

/// Returns whether nothing of a named article is lost where one of its elements stands for it.
fn may_stand_for(tree: &Tree, child: Id, body: Id, besides: &Besides, measures: &[Measure]) -> bool {
    let letters = |id: Id| measures.get(id).map_or(0, |one| one.letters - one.linked);
    let left: u32 = tree
        .children(body)
        .filter(|id| *id != child && !besides.is_out(*id))
        .map(letters)
        .sum();
    left == 0
}

/// Returns the elements that open the article and stand before its body: its standfirst, between its heading and its
/// text.
fn leads(tree: &Tree, body: Id, besides: &Besides, measures: &[Measure]) -> Vec<Id> {
    let Some(around) = tree
        .ancestors(body)
        .find(|id| matches!(tree.tag(*id), "article" | "main"))
        .or_else(|| tree.ancestors(body).nth(1))
    else {
        return Vec::new();
    };
    let mut leads: Vec<Id> = Vec::new();
    for id in tree.elements(around).take_while(|id| *id != body) {
        let measure = measures.get(id).copied().unwrap_or_default();
        let is_lead = besides.signs(id).lead
            && !besides.is_out_at_all(tree, id)
            && (SHORTEST_LEAD..LONGEST_LEAD).contains(&measure.letters)
            && measure.density() < 0.2
            && !matches!(tree.tag(id), "h1" | "ul" | "ol" | "nav" | "article")
            && tree.ancestors(body).all(|one| one != id)
            && leads.iter().all(|lead| tree.ancestors(id).all(|one| one != *lead));
        if is_lead {
            leads.push(id);
        }
    }
    leads.truncate(2);
    leads
}

/// The shortest and the longest lead, in letters.
const SHORTEST_LEAD: u32 = 20;
const LONGEST_LEAD: u32 = 800;

/// Returns whether an element of that name holds others as a page does.
fn is_container(tag: &str) -> bool {
    matches!(
        tag,
        "div" | "section" | "article" | "main" | "body" | "td" | "tr" | "tbody" | "table" | "center"
            | "form" | "span" | "font" | "fieldset" | "figure" | "header" | "dd" | "dl" | "li" | "ul" | "aside"
    ) || tag.contains('-')
}
