//! The export of WordPress (WXR): what it says of a post beyond what a feed does, and the text of its posts as they
//! lie in the database: paragraphs that only blank lines part, and shortcodes.
//!
//! Posts and pages are documents, with their comments as parts, and so is what themes add to these and a site shows.
//! Pictures, menus, revisions and what plugins keep are not. Comments that are not shown, and notes of other sites, are left out.

mod markup;

use std::collections::HashMap;

use super::super::outlet::Draft;
use super::super::{dates, html};
use super::element::Press;
use super::ending;
use crate::config::names::names;
use crate::document::{Body, Date, Kind, PartHead};

pub(super) use markup::marked_up;

/// The authors of a blog: the name that readers know by the name that posts know.
#[derive(Debug, Default)]
pub(super) struct Authors {
    shown: HashMap<String, String>,
    login: Option<String>,
}

impl Authors {
    /// Takes a field of an author.
    pub fn take(&mut self, field: Press, text: String) {
        match field {
            Press::Login => self.login = Some(text),
            Press::DisplayName => {
                if let Some(login) = self.login.take() {
                    self.shown.insert(login, text);
                }
            }
            _ => {}
        }
    }

    /// Puts the names that readers know in the place of those that posts know.
    pub fn name(&self, authors: &mut [String]) {
        for author in authors {
            if let Some(shown) = self.shown.get(author) {
                author.clone_from(shown);
            }
        }
    }
}

/// What an export says of a post.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Post {
    sort: Option<String>,
    status: Option<String>,
    comments: Vec<Comment>,
}

#[derive(Clone, Debug, Default)]
struct Comment {
    id: String,
    parent: String,
    author: Option<String>,
    date: Option<String>,
    /// The date by the clock of the blog: older exports have no other.
    local_date: Option<String>,
    text: String,
    hidden: bool,
}

/// How deep replies are told; what answers a reply at this depth stands beside it.
const DEEPEST_REPLY: u8 = 32;

impl Post {
    /// Returns whether it is something to read.
    pub fn is_document(&self) -> bool {
        let sort = self.sort.as_deref().unwrap_or("post");
        let thrown_away = matches!(self.status.as_deref(), Some("trash" | "auto-draft"));
        // What themes and plugins add to those two is read where the site shows it.
        let is_shown =
            || self.status.as_deref() == Some("publish") && !names().posts.are_kept(sort);
        !thrown_away && (matches!(sort, "post" | "page") || is_shown())
    }

    /// Begins a comment.
    pub fn begin_comment(&mut self) {
        self.comments.push(Comment::default());
    }

    /// Takes a field: what begins with a comment is the last comment's.
    pub(super) fn take(&mut self, field: Press, text: String) {
        match field {
            Press::Type => self.sort = Some(text),
            Press::Status => self.status = Some(text),
            _ => {
                if let Some(comment) = self.comments.last_mut() {
                    comment.take(field, text);
                }
            }
        }
    }

    /// Adds to a document what only an export says.
    pub fn complete(self, draft: &mut Draft) {
        if self.sort.as_deref() == Some("page") {
            draft.metadata.kind = Kind::Page;
        }
        let status = self.status.filter(|status| status != "publish");
        if let Some(status) = status {
            draft.metadata.details.push(("Status".to_owned(), status));
        }
        let shown: Vec<Comment> = self
            .comments
            .into_iter()
            .filter(|comment| !comment.hidden)
            .collect();
        if !shown.is_empty() {
            draft.body = with_comments(std::mem::take(&mut draft.body), &shown);
        }
    }
}

impl Comment {
    fn published(&self) -> Option<Date> {
        let mut written = [&self.date, &self.local_date].into_iter().flatten();
        written.find_map(|date| dates::parse(date))
    }

    fn take(&mut self, field: Press, text: String) {
        match field {
            Press::CommentId => self.id = text,
            Press::CommentParent => self.parent = text,
            Press::CommentAuthor => self.author = Some(text).filter(|name| !name.is_empty()),
            Press::CommentDate => self.date = Some(text),
            Press::CommentLocalDate => self.local_date = Some(text),
            Press::CommentText => self.text = text,
            Press::CommentApproved => self.hidden |= text != "1",
            Press::CommentType => self.hidden |= matches!(text.as_str(), "pingback" | "trackback"),
            _ => {}
        }
    }
}

/// Returns a post with its comments, each after what it answers.
fn with_comments(body: Body, comments: &[Comment]) -> Body {
    let mut replies: HashMap<String, Vec<usize>> = HashMap::new();
    let known: HashMap<&str, usize> = comments
        .iter()
        .enumerate()
        .map(|(place, comment)| (comment.id.as_str(), place))
        .collect();
    let mut first = Vec::new();
    for (place, comment) in comments.iter().enumerate() {
        // A comment answers an earlier one: what points forward, or at itself, would go round in a circle.
        match known.get(comment.parent.as_str()) {
            Some(parent) if *parent < place && !comment.parent.is_empty() => {
                replies
                    .entry(comment.parent.clone())
                    .or_default()
                    .push(place);
            }
            _ => first.push(place),
        }
    }
    let mut raw = body.into_raw();
    let mut waiting: Vec<(usize, u8, Option<u32>)> = first
        .into_iter()
        .rev()
        .map(|place| (place, 1, None))
        .collect();
    while let Some((place, depth, reply_to)) = waiting.pop() {
        let Some(comment) = comments.get(place) else {
            continue;
        };
        let before = raw.parts.len();
        let head = PartHead {
            key: Some(format!("comment-{}", comment.id)),
            author: comment.author.clone(),
            published: comment.published(),
            depth,
            reply_to,
            title: None,
        };
        ending::append_part(&mut raw, head, html::body(&marked_up(&comment.text), None));
        let part = (raw.parts.len() > before)
            .then_some(before as u32)
            .or(reply_to);
        // The first of those that bear a name answers for it; its replies are taken once.
        let answers = replies.remove(&comment.id).unwrap_or_default();
        let deeper = (depth + 1).min(DEEPEST_REPLY);
        waiting.extend(answers.into_iter().rev().map(|place| (place, deeper, part)));
    }
    Body::from_raw(raw)
}
