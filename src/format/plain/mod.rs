//! Plain text, understood and not poured: paragraphs, lists, headings, quotations, a credit; and of pages that were
//! saved as text, their posts and replies.
//!
//! A text is cut into stretches of lines (`lines`), the page's furniture goes and its posts are parted (`page`),
//! the block before a memo is read (`memo`), its table of contents left out (`contents`), stretches become pieces by what
//! they look like (`shape`, `sections`, `marks`, `pieces`), pieces blocks (`write`), and what refers
//! to another place of the text leads there (`references`). Each step decides by looks alone, and where
//! looks do not decide, words stay a paragraph: a heading taken for text reads better than text taken for a heading.
//!
//! Notes are often Markdown by half: the front matter of a text that is not told as Markdown, and the `#` of its
//! headings, are understood here; its other signs are not. Books of Project Gutenberg have rules of their own
//! (`gutenberg`), and of subtitles only what is said is kept (`subtitles`).

mod book;
mod contents;
mod credit;
mod gutenberg;
mod letter;
mod lines;
mod marks;
mod memo;
mod page;
mod paged;
mod pattern;
mod pieces;
mod references;
mod sections;
mod shape;
mod subtitles;
mod write;

use std::ops::ControlFlow;

use super::outlet::{Draft, Outlet, Place};
use super::{dates, front_matter};
use crate::config::headings::{headings, is_one};
use crate::config::pages::{self, PageRules};
use crate::document::{BlockKind, Body, BodyBuilder, Kind, Metadata, PartHead, Title};

pub(super) use letter::write_letter;
use lines::{Stretch, Wrapping};
use page::Thread;
use pieces::{Piece, pieces};

/// The most words of a name below a post.
const NAME_WORDS: usize = 4;

/// Reads a plain text and hands out its documents.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let rules = pages::rules();
    let mut metadata = Metadata::default();
    // A carriage return is a line feed of its own kind, alone or before one.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (text, summary, unknown) = front_matter::take_known(&text, &mut metadata, outlet);
    let with_unknown = (!unknown.is_empty()).then(|| format!("{}\n\n{text}", unknown.join("\n")));
    let text = with_unknown.as_deref().unwrap_or(text);
    if let Some((metadata, body)) = gutenberg::find(text).and_then(|book| book.read()) {
        let _ = outlet.hand(Draft {
            metadata,
            body,
            ..Draft::default()
        });
        return;
    }
    let said = subtitles::said(text);
    let text = paged::joined(said.as_deref().unwrap_or(text));
    let stretches = lines::stretches(&text);
    let wrapping = Wrapping::of(&stretches);
    let posts = page::posts(&stretches, outlet.split(), rules);
    let says_enough = posts.is_none() && front_matter::says_enough(&metadata, summary.as_deref());
    if posts.as_ref().map_or(stretches.is_empty(), Vec::is_empty) && !says_enough {
        outlet.has_no_text();
        return;
    }
    let Some(posts) = posts else {
        let mut draft = whole(stretches, wrapping, metadata, rules);
        draft.body = front_matter::with_standfirst(draft.body, summary.as_deref());
        let _ = outlet.hand(draft);
        return;
    };
    let _ = hand_posts(posts, wrapping, &metadata, rules, outlet);
}

fn hand_posts(
    posts: Vec<Vec<Stretch<'_>>>,
    wrapping: Wrapping,
    metadata: &Metadata,
    rules: &PageRules,
    outlet: &mut Outlet<'_, '_>,
) -> ControlFlow<()> {
    for post in posts {
        let metadata = Metadata {
            kind: Kind::Post,
            title: Title::default(),
            ..metadata.clone()
        };
        outlet.hand(Draft {
            place: Place::OnPage,
            ..whole(post, wrapping, metadata, rules)
        })?;
    }
    ControlFlow::Continue(())
}

/// Makes one document of the stretches.
fn whole(
    mut stretches: Vec<Stretch<'_>>,
    wrapping: Wrapping,
    mut metadata: Metadata,
    rules: &PageRules,
) -> Draft {
    page::drop_footer(&mut stretches, rules);
    memo::take(&mut stretches, wrapping, &mut metadata);
    contents::leave_out(&mut stretches);
    let stretches = sections::part(stretches, wrapping.margin);
    let body = match page::thread(&stretches, rules) {
        Some(thread) => {
            metadata.kind = Kind::Thread;
            metadata.details.extend(thread.details.iter().cloned());
            write_thread(&thread, wrapping, &mut metadata)
        }
        None => references::link(write_text(pieces(&stretches, wrapping), &mut metadata)),
    };
    Draft {
        metadata,
        body,
        ..Draft::default()
    }
}

/// Writes a text that is no discussion: its title and credit become facts.
fn write_text(mut pieces: Vec<Piece>, metadata: &mut Metadata) -> Body {
    take_title(&mut pieces, metadata);
    let credit = match pieces.last() {
        Some(Piece::Text(text)) if pieces.len() > 1 => credit::read(&text.words),
        _ => None,
    };
    let mut builder = BodyBuilder::new();
    let Some(credit) = credit else {
        write::write(&pieces, &mut builder);
        return builder.finish();
    };
    let last = pieces.pop();
    write::write(&pieces, &mut builder);
    if let Some(Piece::Text(text)) = last {
        builder.block(BlockKind::Credit, &text.words);
    }
    credit.lay(metadata);
    builder.finish()
}

/// Takes the line that heads the whole text out of it: it is the title, unless there is one that says the same or
/// another.
fn take_title(pieces: &mut Vec<Piece>, metadata: &mut Metadata) {
    let Some((Piece::Text(first), after)) = pieces.split_first() else {
        return;
    };
    let headings = headings();
    let is_section =
        is_one(&first.words, &headings.sections) || is_one(&first.words, &headings.manuals);
    let heads =
        !is_section && (first.heading.is_some() && !after.is_empty() || write::heads(first, after));
    let known = &metadata.title.text;
    if heads && (known.is_empty() || super::words::same(known, &first.words)) {
        metadata.title = Title {
            text: first.words.clone(),
            derived: false,
        };
        pieces.remove(0);
    }
}

/// Writes a discussion: a part a post.
fn write_thread(thread: &Thread<'_>, wrapping: Wrapping, metadata: &mut Metadata) -> Body {
    let mut builder = BodyBuilder::new();
    let opening = pieces(&thread.opening, wrapping);
    let author = signature(&opening);
    metadata.authors.extend(author.clone());
    let opened = builder.begin_part(PartHead {
        author,
        ..PartHead::default()
    });
    write::write(&opening, &mut builder);
    for reply in &thread.replies {
        let pieces = pieces(&reply.stretches, wrapping);
        builder.begin_part(PartHead {
            author: reply.author.clone().or_else(|| signature(&pieces)),
            published: reply.published.as_deref().and_then(dates::parse),
            depth: 1,
            reply_to: Some(opened),
            title: Some("Reply".to_owned()),
            ..PartHead::default()
        });
        write::write(&pieces, &mut builder);
    }
    builder.finish()
}

/// Returns the name that a post is signed with: a last line of a few words in capitals, and nothing else.
fn signature(pieces: &[Piece]) -> Option<String> {
    let Some(Piece::Text(last)) = pieces.last().filter(|_| pieces.len() > 1) else {
        return None;
    };
    let words: Vec<&str> = last.words.split_whitespace().collect();
    let is_name = (2..=NAME_WORDS).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        })
        && !last.words.ends_with('.');
    is_name.then(|| last.words.clone())
}

#[cfg(test)]
mod tests;
