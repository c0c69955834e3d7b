//! Letters and mailboxes: a thread is one document whose parts are its posts.
//!
//! A mailbox is gone through once for what threads its letters (`mailbox`, `heads`, `threads`), and then thread by
//! thread, each letter read, taken apart (`letter`) and written (`post`) on its own: what is held is some hundred
//! bytes a letter and the text of one thread. One letter alone is a mailbox of one.
//!
//! A document is known by the name of its first letter: an answer that comes later updates the thread. Where the letter
//! that all began with is not in the mailbox its name is not taken: the archives of two months, or the files of two
//! answers, would each have a document of that name, and one would be lost. Nothing is said of who received a letter, or of the ways it went.

mod facts;
mod heads;
mod letter;
mod lines;
mod mailbox;
mod post;
mod subject;
mod tail;
mod telling;
#[cfg(test)]
mod tests;
mod threads;

use std::io::Cursor;
use std::ops::ControlFlow;

use mail_parser::Message;

use super::outlet::{Draft, Outlet, Place};
use super::stream::{Letters, ReadSeek};
use crate::document::{BlockKind, Kind, Metadata, PartHead};
use heads::{Fields, Heads, ids};
use letter::Reader;
use mailbox::Mailbox;
use post::Writer;
use subject::Subject;
use threads::{Post, Thread};

pub(super) use telling::is_mail;

/// How much of one letter is read, in bytes. Servers take some 25 to 50 MB, attachments included.
const LETTER: u64 = 64 << 20;

/// How much of a letter is read for its header, in bytes.
const HEADER: u64 = 256 * 1024;

/// A document whose text is longer than this, in bytes, ends with the post it is in; the posts that follow are
/// another: a list on which everybody answers the same letter for ten years is no single reading.
const TEXT: usize = 8 << 20;

/// Reads a letter or a mailbox that is in memory.
pub(super) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    read_stream(&mut Cursor::new(bytes), outlet);
}

/// Reads a letter or a mailbox piece by piece.
pub(super) fn read_stream(stream: &mut dyn ReadSeek, outlet: &mut Outlet<'_, '_>) {
    match Mailbox::scan(stream) {
        Ok((mut mailbox, heads)) => read_threads(&mut mailbox, &heads, outlet),
        Err(error) => outlet.warn("file", format!("{error}; passed over")),
    }
}

/// Reads letters that each stand for themselves as one mailbox.
pub(super) fn read_letters(letters: &mut dyn Letters, outlet: &mut Outlet<'_, '_>) {
    let mut heads = Heads::default();
    for place in 0..letters.count() {
        // One that cannot be read is told of when its turn comes.
        let bytes = letters.read(place, HEADER).unwrap_or_default();
        heads.push(&Fields::of(&bytes));
    }
    read_threads(letters, &heads, outlet);
}

fn read_threads(letters: &mut dyn Letters, heads: &Heads, outlet: &mut Outlet<'_, '_>) {
    let (threads, twice) = threads::threads(heads);
    if twice > 0 {
        outlet.warn(
            "file",
            format!("letters that are in it twice, taken once: {twice}"),
        );
    }
    let mut reading = Reading {
        letters,
        reader: Reader::default(),
        outlet,
        barren: true,
    };
    for thread in &threads {
        if reading.thread(thread).is_break() {
            return;
        }
    }
    if reading.barren {
        outlet.has_no_text();
    }
}

/// A mailbox being read.
struct Reading<'r, 'a, 'e> {
    letters: &'r mut dyn Letters,
    reader: Reader,
    outlet: &'r mut Outlet<'a, 'e>,
    /// No document came of it so far.
    barren: bool,
}

impl Reading<'_, '_, '_> {
    /// Reads a thread and hands it out: as one document, or as more where it is too long for one.
    fn thread(&mut self, thread: &Thread) -> ControlFlow<()> {
        let mut posts = thread.posts.iter().enumerate().peekable();
        while posts.peek().is_some() {
            let reader = std::mem::take(&mut self.reader);
            let mut document = Growing::new(&reader, thread);
            for (place, post) in posts.by_ref() {
                if let Some(bytes) = self.bytes(post) {
                    match reader.read(&bytes) {
                        Some(letter) => document.post(place, post, letter.message()),
                        None => self.warn(post, "has no header; passed over"),
                    }
                }
                if document.writer.builder.written() > TEXT {
                    break;
                }
            }
            let draft = document.finish(self.letters.count());
            self.reader = reader;
            if let Some(draft) = draft {
                self.barren = false;
                self.outlet.hand(draft)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn bytes(&mut self, post: &Post) -> Option<Vec<u8>> {
        match self.letters.read(post.letter, LETTER) {
            Ok(bytes) => {
                if bytes.len() as u64 == LETTER {
                    let message = format!("is long; its first {} MB are read", LETTER >> 20);
                    self.warn(post, &message);
                }
                Some(letter::guarded(bytes))
            }
            Err(error) => {
                self.warn(post, &format!("{error}; passed over"));
                None
            }
        }
    }

    fn warn(&mut self, post: &Post, message: &str) {
        self.outlet
            .warn(format!("letter {}", post.letter + 1), message);
    }
}

/// A document to which posts are added.
struct Growing<'r, 't> {
    writer: Writer<'r>,
    reader: &'r Reader,
    thread: &'t Thread,
    metadata: Metadata,
    name: Option<String>,
    /// How many posts it has.
    posts: usize,
    /// What the posts of the thread are called as parts.
    parts: Vec<Option<u32>>,
}

impl<'r, 't> Growing<'r, 't> {
    fn new(reader: &'r Reader, thread: &'t Thread) -> Self {
        Self {
            writer: Writer::new(reader),
            reader,
            thread,
            metadata: Metadata::default(),
            name: None,
            posts: 0,
            parts: vec![None; thread.posts.len()],
        }
    }

    fn post(&mut self, place: usize, post: &Post, message: &Message<'_>) {
        let own = id(message);
        let text = message.subject().unwrap_or_default();
        if self.posts == 0 {
            facts::open(message, self.reader, &mut self.metadata);
            self.name.clone_from(&own);
        }
        self.posts += 1;
        facts::lay(message, self.reader, &mut self.metadata);
        if self.thread.posts.len() > 1 {
            let title = Subject::of(text, None, true).base;
            let known = Subject::of(&self.metadata.title.text, None, true).base;
            let head = PartHead {
                key: own,
                author: letter::author(message, self.reader),
                published: letter::date(message),
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
            self.writer.builder.block(BlockKind::Paragraph, text);
        }
    }

    /// Returns the document; nothing where there is no word in it.
    fn finish(mut self, letters: usize) -> Option<Draft> {
        let body = self.writer.builder.finish();
        if body.blocks().is_empty() {
            return None;
        }
        self.metadata.kind = if self.posts > 1 {
            Kind::Thread
        } else {
            Kind::Message
        };
        Some(Draft {
            names: self.name.into_iter().collect(),
            place: if letters > 1 {
                Place::InFeed
            } else {
                Place::Alone
            },
            metadata: self.metadata,
            body,
        })
    }
}

/// Returns the name of a letter.
fn id(message: &Message<'_>) -> Option<String> {
    let field = message.header_raw("Message-ID")?;
    let name = ids(field.as_bytes()).into_iter().next()?;
    Some(String::from_utf8_lossy(name).into_owned())
}
