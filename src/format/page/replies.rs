//! Who answers whom in a thread, as far as the page tells it.
//!
//! A reply stands within what it answers, or in a box beside it; or the page says how deep it stands, by a number or an
//! indent. What pages tell in words alone is not looked at: such posts stand side by side.

use std::collections::{HashMap, HashSet};

use super::besides::Besides;
use super::choose;
use super::made::{Found, Posts};
use super::shown;
use super::tree::{Id, Step, Tree};
use crate::document::PartHead;

/// A post of a thread.
pub(super) struct Post {
    /// Its element.
    pub element: Id,
    /// The element that holds its words.
    pub text: Id,
    /// The elements that say who wrote it and when.
    pub marks: Vec<Id>,
    /// What it says of itself, how deep it stands and what it answers: a post by its place among all.
    pub head: PartHead,
}

/// Returns the posts of a thread with what each answers.
pub(super) fn outlined(tree: &Tree, found: Posts) -> Vec<Post> {
    let whens = found
        .posts
        .iter()
        .filter_map(|post| post.marks.when.as_ref());
    let month_first = shown::is_month_first(whens);
    let levels = levels(&found.posts);
    let mut places: HashMap<Id, usize> = HashMap::new();
    let mut boxes: HashMap<Id, usize> = HashMap::new();
    let mut posts: Vec<Post> = Vec::new();
    for (place, (post, level)) in found.posts.into_iter().zip(levels).enumerate() {
        let element = post.element;
        let within = || {
            tree.ancestors(element)
                .find_map(|id| places.get(&id))
                .copied()
        };
        let beside = || {
            let mut around = tree.ancestors(element).skip(1);
            around.find_map(|id| boxes.get(&id)).copied()
        };
        let answered = match post.level {
            Some(_) => level.or_else(within),
            None => within().or_else(beside),
        };
        let answered = answered.or_else(|| (found.opens && place > 0).then_some(0));
        let depth = answered
            .and_then(|answered| posts.get(answered))
            .map_or(0, |answered| answered.head.depth.saturating_add(1));
        let head = PartHead {
            key: key(tree, element),
            author: post.marks.author,
            published: post.marks.when.and_then(|when| when.date(month_first)),
            depth,
            reply_to: answered.and_then(|answered| u32::try_from(answered).ok()),
            title: None,
        };
        places.insert(element, place);
        if let Some(around) = tree.parent(element) {
            boxes.insert(around, place);
        }
        posts.push(Post {
            element,
            text: post.text,
            marks: post.marks.elements,
            head,
        });
    }
    posts
}

/// Returns the name of a post: its id, or that of an element around it that has it alone.
fn key(tree: &Tree, element: Id) -> Option<String> {
    ["id", "data-id", "thingid", "data-post-id"]
        .iter()
        .find_map(|name| tree.attribute(element, name))
        .filter(|name| !name.trim().is_empty())
        .map(str::to_owned)
}

/// Returns of each post which one before it stands one level higher, by what the posts say of their levels.
fn levels(posts: &[Found]) -> Vec<Option<usize>> {
    let mut above: Vec<(i64, usize)> = Vec::new();
    let mut levels = Vec::with_capacity(posts.len());
    for (place, post) in posts.iter().enumerate() {
        let Some(level) = post.level else {
            levels.push(None);
            continue;
        };
        while above.last().is_some_and(|(known, _)| *known >= level) {
            above.pop();
        }
        levels.push(above.last().map(|(_, place)| *place));
        above.push((level, place));
    }
    levels
}

/// Returns how deep a post says that it stands.
pub(super) fn level(tree: &Tree, post: Id) -> Option<i64> {
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let by_attribute = [
        "depth",
        "data-depth",
        "data-level",
        "aria-level",
        "data-indent",
    ]
    .iter()
    .find_map(|name| number(tree.attribute(post, name)?));
    let class = tree.attribute(post, "class").unwrap_or_default();
    let by_class = || {
        class.split_ascii_whitespace().find_map(|token| {
            let (name, digits) = token.rsplit_once(['-', '_'])?;
            let is_level = ["depth", "level", "indent", "indented"]
                .iter()
                .any(|word| name.ends_with(word));
            is_level.then(|| number(digits)).flatten()
        })
    };
    let by_style = || {
        let style = tree.attribute(post, "style")?;
        let at = ["margin-left", "padding-left"]
            .iter()
            .find_map(|name| Some(style.find(name)? + name.len()))?;
        let value = style.get(at..)?.trim_start_matches([':', ' ']);
        let digits = value.split(|c: char| !c.is_ascii_digit()).next()?;
        number(digits)
    };
    by_attribute.or_else(by_class).or_else(by_style)
}

/// Returns the elements within posts that are called as the post around them.
pub(super) fn within(tree: &Tree, posts: &[Id], besides: &Besides) -> Vec<Id> {
    let mut within = Vec::new();
    let mut known: HashSet<Id> = HashSet::new();
    for post in posts.iter().copied() {
        let mut walk = tree.walk(post);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if besides.is_out(id) {
                walk.pass_over(id);
            } else if id != post
                && besides.signs(id).post
                && choose::are_alike(tree, id, post)
                && known.insert(id)
            {
                within.push(id);
            }
        }
    }
    within
}
