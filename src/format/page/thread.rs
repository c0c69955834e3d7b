//! Pages on which people answer each other: each post a part, with who wrote it and when.
//!
//! A blog's page of several posts is built the same. It is told by its headings: its posts have one each, and not the
//! same; the posts of a thread have none, or the thread's title again.

use std::collections::HashSet;

use super::besides::Besides;
use super::choose;
use super::heads::{self, Marks};
use super::made::{Found, Posts};
use super::measure::{Measures, measure_apart};
use super::replies;
use super::text;
use super::tree::{Id, Tree};
use crate::config::forums::rules;
use crate::format::html;

/// How much of the page's prose the posts of a thread must hold, from 0 to 1.
const MOST: f32 = 0.6;

/// How much of the page's prose may stand beside comments that are a thread, from 0 to 1.
const MOST_BESIDES_COMMENTS: f32 = 0.2;

/// How much of an element's prose one around it may have and still be the same post, from 0 to 1.
const SAME: f32 = 0.95;

/// How much of the page's words, but for links, posts must hold that are all signed, from 0 to 1.
const MOST_SIGNED: f32 = 0.5;

/// How many of some posts must say who wrote them, from 0 to 1.
const SIGNED: f32 = 0.8;

/// How many kinds of posts are told apart.
const MOST_GROUPS: usize = 100;

/// Finds the posts of a thread; nothing on a page that is none.
pub(super) fn posts(
    tree: &Tree,
    from: Id,
    named: Option<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Option<Posts> {
    let posts = elements(tree, from, named, besides, measures);
    if posts.is_empty() {
        return None;
    }
    let mut within = replies::within(tree, &posts, besides);
    let all: HashSet<Id> = posts.iter().chain(&within).copied().collect();
    let signed: HashSet<Id> = all
        .iter()
        .copied()
        .filter(|id| {
            let marks = heads::read(tree, *id, &all, besides, measures);
            marks.author.is_some()
        })
        .collect();
    // An element within a post, called as it is, may be a part of it; a reply has an author, and so has what it
    // answers.
    within.retain(|id| {
        let around = tree.ancestors(*id).find(|one| all.contains(one));
        signed.contains(id) && around.is_some_and(|one| signed.contains(&one))
    });
    let mut elements: Vec<Id> = posts.into_iter().chain(within).collect();
    // They were made in the order of the page.
    elements.sort_unstable();
    elements.dedup();
    let apart: HashSet<Id> = elements.iter().copied().collect();
    let own = measure_apart(
        tree,
        from,
        |id| besides.is_out(id),
        |id| apart.contains(&id),
    );
    let found = |element: Id| {
        let marks = heads::read(tree, element, &apart, besides, &own);
        Found {
            element,
            text: text::of_post(tree, element, &marks, &apart, besides, &own),
            marks,
            level: replies::level(tree, element),
        }
    };
    Some(Posts {
        posts: elements.into_iter().map(found).collect(),
        opens: false,
    })
}

/// Returns whether an element is called a post, or marked as one.
fn is_post(tree: &Tree, id: Id, besides: &Besides) -> bool {
    let is_marked = tree.attribute(id, "itemtype").is_some_and(|kind| {
        let kind = kind.trim().rsplit('/').next().unwrap_or_default();
        matches!(
            kind,
            "DiscussionForumPosting" | "SocialMediaPosting" | "Comment" | "Answer" | "Question"
        )
    });
    let is_known = |name: &str| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let posts = &rules().names.posts;
        posts.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let class = || tree.attribute(id, "class").unwrap_or_default();
    is_marked || besides.signs(id).post || class().split_ascii_whitespace().any(is_known)
}

/// Returns the elements of the posts of a thread, without replies within them; none on a page that is no thread.
fn elements(
    tree: &Tree,
    from: Id,
    named: Option<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Vec<Id> {
    let prose = |id: Id| measures.of(id).prose;
    let letters = |id: Id| measures.of(id).letters;
    let signed: Vec<Id> = tree
        .elements(from)
        .filter(|id| {
            letters(*id) > 0 && is_post(tree, *id, besides) && !besides.is_out_at_all(tree, *id)
        })
        .filter(|id| prose(*id) < SAME * prose(from))
        .collect();
    let alike = alike(tree, &signed, &prose);
    let told: f32 = alike.iter().map(|id| prose(*id)).sum();
    let rest = prose(from) - told;
    let is_comment = |id: Id| {
        besides.signs(id).comments || tree.ancestors(id).any(|one| besides.signs(one).comments)
    };
    let are_comments = alike.iter().any(|id| is_comment(*id));
    // What readers wrote below an article is no thread; below a mere link it is.
    if are_comments && (named.is_some() || rest > MOST_BESIDES_COMMENTS * prose(from)) {
        return Vec::new();
    }
    let posts = with_those_beside(tree, alike, &signed, &prose);
    let together: f32 = posts.iter().map(|id| prose(*id)).sum();
    let is_within =
        |id: Id, around: Id| id == around || tree.ancestors(id).any(|one| one == around);
    // An article with what readers wrote below it is no thread, though its template calls both of them posts.
    let is_besides_article = named.is_some_and(|named| {
        let is_beside = |post: &Id| !is_within(*post, named) && !is_within(named, *post);
        posts.iter().all(is_beside)
            || posts.iter().any(|post| is_within(named, *post))
                && posts
                    .iter()
                    .all(|post| !is_beside(post) || is_comment(*post))
    });
    if posts.len() < 2 || is_besides_article {
        return Vec::new();
    }
    let apart = HashSet::new();
    let marks: Vec<Marks> = posts
        .iter()
        .map(|id| heads::read(tree, *id, &apart, besides, measures))
        .collect();
    // Questions and answers that nobody signed are a text in two voices.
    let told = marks
        .iter()
        .filter(|one| one.author.is_some() || one.when.is_some());
    if told.count() * 2 < posts.len() {
        return Vec::new();
    }
    let authors = marks.iter().filter(|one| one.author.is_some()).count();
    let are_signed = authors as f32 >= SIGNED * posts.len() as f32;
    let own = |id: Id| measures.of(id).own();
    let shown: u32 = posts.iter().map(|id| own(*id)).sum();
    let hold_most = together >= MOST * prose(from)
        || are_signed && shown as f32 >= MOST_SIGNED * own(from) as f32;
    if hold_most && !have_headings(tree, &posts, &marks) {
        posts
    } else {
        Vec::new()
    }
}

/// Returns the posts that are alike by their names and hold most.
fn alike(tree: &Tree, signed: &[Id], prose: &dyn Fn(Id) -> f32) -> Vec<Id> {
    let mut groups: Vec<(Vec<Id>, f32)> = Vec::new();
    for id in signed.iter().copied() {
        let like = groups.iter_mut().find(|(members, _)| {
            members
                .first()
                .is_some_and(|first| choose::are_alike(tree, *first, id))
        });
        let Some((members, sum)) = like else {
            if groups.len() < MOST_GROUPS {
                groups.push((vec![id], prose(id)));
            }
            continue;
        };
        // An answer within what it answers is part of it.
        let last = members.last().copied();
        if !tree.ancestors(id).any(|one| Some(one) == last) {
            members.push(id);
            *sum += prose(id);
        }
    }
    groups.retain(|(members, sum)| members.len() >= 2 && *sum > 0.0);
    let most = groups.iter().map(|(_, sum)| *sum).fold(0.0, f32::max);
    let outermost = groups.into_iter().find(|(_, sum)| *sum >= SAME * most);
    outermost.map(|(members, _)| members).unwrap_or_default()
}

/// Adds the posts that stand beside others: a question before its answers.
fn with_those_beside(
    tree: &Tree,
    mut posts: Vec<Id>,
    signed: &[Id],
    prose: &dyn Fn(Id) -> f32,
) -> Vec<Id> {
    let around: HashSet<Id> = posts.iter().flat_map(|id| tree.ancestors(*id)).collect();
    let mut taken: HashSet<Id> = posts.iter().copied().collect();
    for id in signed.iter().copied() {
        let is_beside = !around.contains(&id)
            && prose(id) > 0.0
            && !taken.contains(&id)
            && tree.ancestors(id).all(|one| !taken.contains(&one));
        if is_beside {
            posts.push(id);
            taken.insert(id);
        }
    }
    // They were made in the order of the page.
    posts.sort_unstable();
    posts
}

/// Returns whether posts have headings of their own. The name of who wrote one is none, nor is the title of what it
/// answers.
fn have_headings(tree: &Tree, posts: &[Id], marks: &[Marks]) -> bool {
    let mut titles: HashSet<String> = HashSet::new();
    let mut replies = 0;
    for (post, marks) in posts.iter().zip(marks) {
        let is_name = |id: Id| {
            let mut within = tree.elements(id).take(20);
            within.any(|one| marks.elements.contains(&one))
        };
        let heading = tree
            .elements(*post)
            .find(|id| html::is_heading(tree.tag(*id)) && !is_name(*id));
        let Some(heading) = heading else { continue };
        let line = tree.line(heading, 300).to_lowercase();
        replies += usize::from(line.starts_with("re:"));
        let words: Vec<&str> = line
            .trim_start_matches("re:")
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let is_name = |name: &str| line.starts_with(&name.to_lowercase());
        if !words.is_empty() && !marks.author.as_deref().is_some_and(is_name) {
            titles.insert(words.join(" "));
        }
    }
    titles.len() * 2 > posts.len() && titles.len() > 1 && replies * 2 < posts.len()
}
