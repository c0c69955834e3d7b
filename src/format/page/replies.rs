//! Who answers whom in a thread, as far as the page's elements tell it.
//!
//! They tell it in two ways: a reply stands within what it answers, or in a box beside it. What pages tell by an indent
//! alone, or in words, is not looked at: all posts of such a page stand side by side.

use std::collections::{HashMap, HashSet};

use super::besides::Besides;
use super::choose;
use super::thread;
use super::tree::{Id, Step, Tree};
use crate::document::PartHead;

/// A post of a thread.
pub(super) struct Post {
    /// Its element.
    pub element: Id,
    /// What it says of itself, how deep it stands and what it answers: a post by its place among all.
    pub head: PartHead,
}

/// Returns the posts of a thread with the replies that stand within them, in the order of the page.
pub(super) fn with_replies(tree: &Tree, posts: &[Id], besides: &Besides) -> Vec<Post> {
    let mut within = within(tree, posts, besides);
    let all: HashSet<Id> = posts.iter().chain(&within).copied().collect();
    let signed: HashSet<Id> = all
        .iter()
        .copied()
        .filter(|id| thread::head(tree, *id, &all).author.is_some())
        .collect();
    // An element within a post, called as it is, may be a part of it; a reply has an author, and so has what it
    // answers.
    within.retain(|id| {
        let around = tree.ancestors(*id).find(|one| all.contains(one));
        signed.contains(id) && around.is_some_and(|one| signed.contains(&one))
    });
    let mut elements: Vec<Id> = posts.iter().copied().chain(within).collect();
    // They were made in the order of the page.
    elements.sort_unstable();
    let apart: HashSet<Id> = elements.iter().copied().collect();
    let mut places: HashMap<Id, usize> = HashMap::new();
    let mut boxes: HashMap<Id, usize> = HashMap::new();
    let mut with_replies: Vec<Post> = Vec::new();
    for (place, element) in elements.into_iter().enumerate() {
        let mut head = thread::head(tree, element, &apart);
        let answered = tree
            .ancestors(element)
            .find_map(|id| places.get(&id))
            .or_else(|| {
                tree.ancestors(element)
                    .skip(1)
                    .find_map(|id| boxes.get(&id))
            })
            .and_then(|place| Some((*place, with_replies.get(*place)?)));
        if let Some((answered, post)) = answered {
            head.depth = post.head.depth.saturating_add(1);
            head.reply_to = u32::try_from(answered).ok();
        }
        places.insert(element, place);
        if let Some(around) = tree.parent(element) {
            boxes.insert(around, place);
        }
        with_replies.push(Post { element, head });
    }
    with_replies
}

/// Returns the elements within posts that are called as the post around them.
fn within(tree: &Tree, posts: &[Id], besides: &Besides) -> Vec<Id> {
    let mut within = Vec::new();
    for post in posts.iter().copied() {
        let mut walk = tree.walk(post);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if besides.is_out(id) {
                walk.pass_over(id);
            } else if id != post && besides.signs(id).post && choose::are_alike(tree, id, post) {
                within.push(id);
            }
        }
    }
    within
}
