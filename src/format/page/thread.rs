//! Pages on which people answer each other: each post a part, with who wrote it and when.
//!
//! A blog's page of several posts is built the same. It is told by its headings: its posts have one each, and not the
//! same; the posts of a thread have none, or the thread's title again.

use std::collections::HashSet;

use super::besides::Besides;
use super::choose;
use super::measure::Measure;
use super::names;
use super::tree::{Id, Step, Tree};
use crate::document::PartHead;
use crate::format::{dates, html, words};

/// How much of the page's prose the posts of a thread must hold, from 0 to 1.
const MOST: f32 = 0.6;

/// How much of the page's prose may stand beside comments that are a thread, from 0 to 1.
const MOST_BESIDES_COMMENTS: f32 = 0.2;

/// How much of an element's prose one around it may have and still be the same post, from 0 to 1.
const SAME: f32 = 0.95;

/// How many kinds of posts are told apart.
const MOST_GROUPS: usize = 100;

/// The longest line that may be a name or a date, in bytes.
const LONGEST_LINE: usize = 80;

/// Finds the posts of a thread; nothing on a page that is none.
pub(super) fn posts(
    tree: &Tree,
    from: Id,
    named: Option<Id>,
    besides: &Besides,
    measures: &[Measure],
) -> Vec<Id> {
    let prose = |id: Id| measures.get(id).map_or(0.0, |one| one.prose);
    let letters = |id: Id| measures.get(id).map_or(0, |one| one.letters);
    let signed: Vec<Id> = tree
        .elements(from)
        .filter(|id| {
            besides.signs(*id).post && letters(*id) > 0 && !besides.is_out_at_all(tree, *id)
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
    let is_thread = posts.len() >= 2
        && together >= MOST * prose(from)
        && !is_besides_article
        && !have_headings(tree, &posts);
    if is_thread { posts } else { Vec::new() }
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

/// Returns whether posts have headings of their own.
fn have_headings(tree: &Tree, posts: &[Id]) -> bool {
    let mut titles: Vec<String> = Vec::new();
    for post in posts {
        let heading = tree
            .elements(*post)
            .find(|id| html::is_heading(tree.tag(*id)));
        let Some(heading) = heading else { continue };
        let line = tree.line(heading, 300);
        let line = line.strip_prefix("Re:").unwrap_or(&line).trim().to_owned();
        if titles.iter().all(|title| !words::same(title, &line)) {
            titles.push(line);
        }
    }
    titles.len() * 2 > posts.len() && titles.len() > 1
}

/// Returns what a post says of itself, without what posts within it say: those that stand `apart`.
pub(super) fn head(tree: &Tree, post: Id, apart: &HashSet<Id>) -> PartHead {
    let mut head = PartHead {
        key: tree.attribute(post, "id").map(str::to_owned),
        ..PartHead::default()
    };
    let mut walk = tree.walk(post);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if id != post && apart.contains(&id) {
            walk.pass_over(id);
            continue;
        }
        if tree.name(id).is_none() {
            continue;
        }
        let is_author = names_author(tree, id);
        if is_author && head.author.is_none() {
            let names = names::parted(&tree.line(id, LONGEST_LINE));
            head.author = names.into_iter().next().filter(|name| names::is_name(name));
        }
        if head.published.is_none() {
            let marked = tree
                .attribute(id, "datetime")
                .or_else(|| tree.attribute(id, "content"));
            head.published = marked
                .and_then(dates::parse)
                .or_else(|| shown_date(tree, id));
        }
    }
    head
}

fn names_author(tree: &Tree, id: Id) -> bool {
    if tree.attribute(id, "itemprop") == Some("author") {
        return true;
    }
    let class = tree.attribute(id, "class").unwrap_or_default();
    class.split(|c: char| !c.is_alphanumeric()).any(|word| {
        [
            "username",
            "bigusername",
            "author",
            "creator",
            "poster",
            "user",
            "hnuser",
            "postername",
        ]
        .contains(&word.to_ascii_lowercase().as_str())
    }) && tree.line(id, LONGEST_LINE).len() <= LONGEST_LINE
}

/// Returns the date that a short line shows: `by Ann » 3 Jun 2013, 10:20`.
fn shown_date(tree: &Tree, id: Id) -> Option<crate::document::Date> {
    let text = tree.children(id).find_map(|child| {
        let words = tree.words(child)?.trim();
        (words.len() > 5 && words.len() <= LONGEST_LINE).then_some(words)
    })?;
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = ["answered", "asked", "posted", "on"]
        .iter()
        .find_map(|label| bare.strip_prefix(label))
        .unwrap_or(bare);
    dates::parse(&bare.replace(" at ", " "))
}
