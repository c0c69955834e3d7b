//! A thread on its way to being a document: its letters become posts one by one.

use std::ops::{ControlFlow, Range};

use mail_parser::Message;

use super::heads::{Heads, ids};
use super::letter::{self, Letter, Reader};
use super::post::Writer;
use super::subject::Subject;
use super::threads::{Post, Thread};
use super::{dated, facts};
use crate::document::{BlockKind, Kind, Metadata, PartHead};
use crate::format::outlet::{Draft, Place};

/// A document whose text is longer than this, in bytes, ends with the post it is in; the posts that follow are
/// another: a list on which everybody answers the same letter for ten years is no single reading.
const TEXT: usize = 8 << 20;

/// A document of a thread.
#[derive(Debug)]
pub(super) struct Grown {
    /// The letter that it begins with, and what it is; nothing where there is no word in it.
    pub draft: Option<(usize, Draft)>,
    /// Which posts of the thread are in it.
    pub posts: Range<usize>,
    /// The letters among them that have no header.
    pub headless: Vec<usize>,
}

/// Who has the letters of a thread, and takes its documents.
pub(super) trait Ground {
    /// Returns the bytes of a letter; each is asked for once, in the order of the thread.
    fn letter(&mut self, post: &Post) -> Option<Vec<u8>>;

    /// Takes a document, and may break off.
    fn document(&mut self, grown: Grown) -> ControlFlow<()>;
}

/// Makes documents of a thread: one, or more where it is too long for one.
pub(super) fn grow(thread: &Thread, heads: &Heads, ground: &mut dyn Ground) -> ControlFlow<()> {
    let reader = Reader::default();
    let mut posts = thread.posts.iter().enumerate().peekable();
    while let Some((first, _)) = posts.peek().copied() {
        let mut document = Growing::new(&reader, thread);
        let mut headless = Vec::new();
        let mut end = first;
        for (place, post) in posts.by_ref() {
            end = place + 1;
            let Some(bytes) = ground.letter(post) else {
                continue;
            };
            let bytes = letter::guarded(bytes);
            if let Some(letter) = reader.read(&bytes) {
                let come = heads.letters.get(post.letter).and_then(|head| head.date);
                document.post(place, post, &letter, come);
            } else {
                headless.push(post.letter);
            }
            if document.written() > TEXT {
                break;
            }
        }
        ground.document(Grown {
            draft: document.finish(),
            posts: first..end,
            headless,
        })?;
    }
    ControlFlow::Continue(())
}

/// A document to which posts are added.
struct Growing<'r, 't> {
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
        let author = letter::author(message);
        facts::lay(message, author.as_deref(), &mut self.metadata);
        if self.thread.posts.len() > 1 {
            let title = Subject::of(&text, None, true).base;
            let known = Subject::of(&self.metadata.title.text, None, true).base;
            let head = PartHead {
                key: own,
                author,
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
