//! A thread on its way to being a document: its letters become posts one by one.

use mail_parser::Message;

use super::heads::ids;
use super::letter::{self, Letter, Reader};
use super::post::Writer;
use super::subject::Subject;
use super::threads::{Post, Thread};
use super::{dated, facts};
use crate::document::{BlockKind, Kind, Metadata, PartHead};
use crate::format::outlet::{Draft, Place};

/// A document to which posts are added.
pub(super) struct Growing<'r, 't> {
    writer: Writer<'r>,
    thread: &'t Thread,
    metadata: Metadata,
    name: Option<String>,
    /// The letter that it begins with.
    opening: usize,
    /// How many posts it has.
    posts: usize,
    /// What the posts of the thread are called as parts.
    parts: Vec<Option<u32>>,
}

impl<'r, 't> Growing<'r, 't> {
    /// Returns a document of the thread, without a post yet.
    pub fn new(reader: &'r Reader, thread: &'t Thread) -> Self {
        Self {
            writer: Writer::new(reader),
            thread,
            metadata: Metadata::default(),
            name: None,
            opening: 0,
            posts: 0,
            parts: vec![None; thread.posts.len()],
        }
    }

    /// Adds the post at `place` of the thread. Where the letter does not say when it was written, it is `come` that it
    /// came, in seconds since 1970.
    pub fn post(&mut self, place: usize, post: &Post, letter: &Letter<'_>, come: Option<i64>) {
        let message = letter.message();
        let own = id(message);
        let text = letter::subject(message);
        let published = letter::date(message).or_else(|| dated::of_seconds(come?));
        if self.posts == 0 {
            facts::open(message, &mut self.metadata);
            self.metadata.published = published;
            self.name.clone_from(&own);
            self.opening = post.letter;
        }
        self.posts += 1;
        facts::lay(message, &mut self.metadata);
        if self.thread.posts.len() > 1 {
            let title = Subject::of(&text, None, true).base;
            let known = Subject::of(&self.metadata.title.text, None, true).base;
            let head = PartHead {
                key: own,
                author: letter::author(message),
                published,
                depth: post.depth,
                reply_to: post
                    .reply_to
                    .and_then(|place| self.parts.get(place).copied().flatten()),
                title: (!title.is_empty() && !title.eq_ignore_ascii_case(known))
                    .then(|| title.to_owned()),
            };
            let part = self.writer.builder.begin_part(head);
            if let Some(slot) = self.parts.get_mut(place) {
                *slot = Some(part);
            }
        }
        let before = self.writer.builder.blocks();
        self.writer.letter(message);
        if self.writer.builder.blocks() == before {
            // "Ten o'clock is fine (no text)" is said by the subject alone.
            self.writer.builder.block(BlockKind::Paragraph, &text);
        }
    }

    /// Returns how much text it has so far, in bytes.
    pub fn written(&self) -> usize {
        self.writer.builder.written()
    }

    /// Returns the document and the letter that it begins with; nothing where there is no word in it.
    pub fn finish(mut self) -> Option<(usize, Draft)> {
        let body = self.writer.builder.finish();
        if body.blocks().is_empty() {
            return None;
        }
        self.metadata.kind = if self.posts > 1 {
            Kind::Thread
        } else {
            Kind::Message
        };
        let draft = Draft {
            names: self.name.into_iter().collect(),
            place: Place::InFeed,
            metadata: self.metadata,
            body,
        };
        Some((self.opening, draft))
    }
}

/// Returns the name of a letter.
fn id(message: &Message<'_>) -> Option<String> {
    let field = message.header_raw("Message-ID")?;
    let name = ids(field.as_bytes()).into_iter().next()?;
    Some(String::from_utf8_lossy(name).into_owned())
}
