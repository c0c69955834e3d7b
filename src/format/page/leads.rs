//! The links of a page that lead to a post's own address, and what of the page stands around each.

use std::collections::{HashMap, HashSet};

use super::besides::Besides;
use super::facts::Facts;
use super::heads;
use super::measure::Measures;
use super::tree::{Id, Step, Tree};
use crate::format::{address, html};

/// The longest heading that is looked at, in bytes.
const LONGEST_HEADING: usize = 300;

/// How much of a heading must be the link, from 0 to 1.
const MOST_OF_HEADING: f32 = 0.6;

/// A link to a post's own address.
#[derive(Clone, Copy)]
pub(super) struct Lead<'t> {
    /// The place of its address among all.
    pub address: usize,
    /// The heading, or the link alone.
    pub element: Id,
    /// It is a heading.
    pub heading: bool,
    /// It says that its address is the one where the post will stay.
    permanent: bool,
    /// What tells one kind of such links from another: the element and its class.
    pub kind: (&'t str, &'t str),
}

/// Returns the links to addresses of posts. One that stands with another to the same address is no second post.
pub(super) fn leads<'t>(
    tree: &'t Tree,
    body: Id,
    facts: &Facts,
    besides: &Besides,
    addresses: &mut Vec<String>,
) -> Vec<Lead<'t>> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut leads = Vec::new();
    let mut heading: Option<Id> = None;
    let mut walk = tree.walk(body);
    while let Some(step) = walk.next() {
        let id = match step {
            Step::Enter(id) => id,
            Step::Leave(id) => {
                heading = heading.filter(|one| *one != id);
                continue;
            }
        };
        if besides.is_out(id) || matches!(tree.tag(id), "nav" | "aside") {
            walk.pass_over(id);
            continue;
        }
        if heading.is_none() && is_heading(tree, id) {
            heading = Some(id);
        }
        if tree.tag(id) != "a" {
            continue;
        }
        // A link may stand around the heading.
        let heading = heading.or_else(|| {
            let mut within = tree.elements(id).skip(1).take(6);
            within.find(|one| is_heading(tree, *one))
        });
        // A heading leads to its post as a whole: a word in it, or a button beside it, leads elsewhere.
        let line = tree.line(id, LONGEST_HEADING);
        let heading = heading.filter(|one| {
            let whole = tree.line(*one, LONGEST_HEADING);
            line.len() as f32 >= MOST_OF_HEADING * whole.len() as f32
        });
        // Forums have the name of who wrote it where others have a title.
        let heading = heading.filter(|_| !heads::leads_to_person(tree, id));
        let permanent = is_permanent(tree, id);
        if heading.is_none() && !permanent {
            continue;
        }
        let Some(address) = own_address(tree, id, facts) else {
            continue;
        };
        let place = *known.entry(address.clone()).or_insert_with(|| {
            addresses.push(address);
            addresses.len() - 1
        });
        let element = heading.unwrap_or(id);
        leads.push(Lead {
            address: place,
            element,
            heading: heading.is_some(),
            permanent,
            kind: kind(tree, element, heading.is_some()),
        });
    }
    leads
}

fn kind(tree: &Tree, element: Id, heading: bool) -> (&str, &str) {
    if !heading {
        return ("a", "");
    }
    let class = tree.attribute(element, "class").unwrap_or_default();
    let class = class.split_ascii_whitespace().next().unwrap_or_default();
    let class = class.trim_end_matches(|c: char| c.is_ascii_digit());
    (tree.tag(element), class)
}

/// Returns whether an element is a heading, by its tag or its class.
pub(super) fn is_heading(tree: &Tree, id: Id) -> bool {
    if html::is_heading(tree.tag(id)) {
        return true;
    }
    let class = tree.attribute(id, "class").unwrap_or_default();
    !class.is_empty()
        && class
            .split_ascii_whitespace()
            .any(|one| matches!(one, "entry-title" | "post-title" | "p-name" | "posttitle"))
}

/// Returns whether a link says that it leads to where its post will stay.
fn is_permanent(tree: &Tree, link: Id) -> bool {
    let has = |name: &str, wanted: &[&str]| {
        tree.attribute(link, name).is_some_and(|value| {
            value
                .split_ascii_whitespace()
                .any(|one| wanted.iter().any(|word| word.eq_ignore_ascii_case(one)))
        })
    };
    let says = || {
        let words = tree.line(link, 40).to_lowercase();
        matches!(
            words.as_str(),
            "permalink" | "permanent link" | "#" | "¶" | "∞"
        )
    };
    has("rel", &["bookmark"]) || has("class", &["u-url", "permalink", "timestamp-link"]) || says()
}

/// Returns the address that a link leads to, where it is no place on this page.
fn own_address(tree: &Tree, link: Id, facts: &Facts) -> Option<String> {
    let href = tree.attribute(link, "href")?.trim();
    let href = href.split('#').next().filter(|href| !href.is_empty())?;
    let address = address::resolve(facts.base.as_deref(), href)?;
    let path = address
        .split_once("://")
        .map_or(address.as_str(), |(_, rest)| rest)
        .trim_end_matches('/');
    // The first page of a site is no post.
    let is_home = address.contains("://") && !path.contains('/') || path.is_empty();
    (!is_home && !address.starts_with("mailto:")).then_some(address)
}

/// Returns the posts of one kind of links, by their places among all: each link with what stands around it and around
/// no other; where they all stand side by side, with what follows up to the next.
pub(super) fn spans(
    tree: &Tree,
    body: Id,
    leads: &[Lead<'_>],
    group: &[usize],
    measures: &Measures,
) -> Vec<(usize, Vec<Id>)> {
    /// What is known of an element: the one address it is around, or that there are several.
    const SEVERAL: usize = usize::MAX;
    let mut marks: HashMap<Id, usize> = HashMap::new();
    let members = || {
        group
            .iter()
            .filter_map(|place| Some((*place, leads.get(*place)?)))
    };
    for (_, lead) in members() {
        for id in [lead.element]
            .into_iter()
            .chain(tree.ancestors(lead.element))
        {
            let known = marks.entry(id).or_insert(lead.address);
            if *known == SEVERAL {
                break;
            }
            if *known != lead.address {
                *known = SEVERAL;
            }
            if id == body {
                break;
            }
        }
    }
    let mut taken: HashSet<usize> = HashSet::new();
    let mut spans: Vec<(usize, Vec<Id>)> = Vec::new();
    for (place, lead) in members() {
        if !taken.insert(lead.address) {
            continue;
        }
        let alone = [lead.element]
            .into_iter()
            .chain(tree.ancestors(lead.element))
            .take_while(|id| *id != body && marks.get(id) == Some(&lead.address))
            .last();
        spans.extend(alone.map(|id| (place, vec![id])));
    }
    let letters = |id: Id| measures.of(id).letters;
    let parent = |ids: &[Id]| ids.first().and_then(|id| tree.parent(*id));
    let around = spans.first().and_then(|(_, ids)| parent(ids));
    let are_bare = spans.iter().all(|(place, ids)| {
        let lead = leads.get(*place).map_or(0, |lead| letters(lead.element));
        parent(ids) == around && ids.iter().all(|id| letters(*id) <= lead + 80)
    });
    if !are_bare || spans.len() < 2 {
        return spans;
    }
    // Parts of an article have headings that are links as well.
    let are_permanent = members().all(|(_, lead)| lead.permanent);
    if !are_permanent {
        return Vec::new();
    }
    let begins: HashMap<Id, usize> = spans
        .iter()
        .filter_map(|(place, ids)| Some((*ids.first()?, *place)))
        .collect();
    let mut runs: Vec<(usize, Vec<Id>)> = Vec::new();
    for id in around.into_iter().flat_map(|around| tree.children(around)) {
        if let Some(place) = begins.get(&id) {
            runs.push((*place, vec![id]));
        } else if let Some((_, run)) = runs.last_mut() {
            run.push(id);
        }
    }
    runs
}
