//! Letters and mailboxes: a thread is one document whose parts are its posts.
//!
//! Mailboxes are gone through once for what threads their letters (`gathered`, `mailbox`, `heads`, `threads`), and then
//! thread by thread, each letter read, taken apart (`letter`) and written (`growing`, `post`) on its own: what is held
//! is some hundred bytes a letter and the text of one thread. One letter alone is a mailbox of one; the months of an
//! archive that are read together are one mailbox too, and a thread that runs over them is one document.
//!
//! A document is known by the name of its first letter: an answer that comes later updates the thread. Where the letter
//! that all began with is not in any mailbox its name is not taken: the archives of two lists, or the files of two
//! answers, would each have a document of that name, and one would be lost. Nothing is said of who received a letter,
//! or of the ways it went.

mod base64;
mod dated;
mod encoded;
mod enriched;
mod facts;
mod gathered;
mod growing;
mod heads;
mod invitation;
mod letter;
mod lines;
mod mailbox;
#[cfg(test)]
mod odd_tests;
mod post;
mod refused;
mod rtf;
mod sealed;
mod snapshot;
mod subject;
mod tail;
mod telling;
#[cfg(test)]
mod tests;
mod threads;
mod tnef;
mod uuencoded;

use std::cell::Cell;
use std::io::{self, Cursor};
use std::ops::ControlFlow;

use super::outlet::Outlet;
use super::stream::{Mailbox, MailboxRead, Mailboxes, ReadSeek};
use gathered::{Gathered, Report};
use growing::Growing;
use letter::Reader;
use threads::{Post, Thread};

pub(super) use gathered::scan;
pub(super) use refused::refused;
pub(super) use snapshot::{is_snapshot, read as read_snapshot};
pub(super) use telling::{field as header_field, is_mail, may_begin};

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
    let mut alone = Alone(stream);
    let scanned = scan(&mut alone, &mut |_| ControlFlow::Continue(()));
    let ControlFlow::Continue(scanned) = scanned else {
        return;
    };
    for MailboxRead { outcome, .. } in read_scanned(&mut alone, scanned, &Cell::default(), outlet) {
        if outcome.without_text {
            outlet.has_no_text();
        }
        for warning in outcome.warnings {
            outlet.warn(warning.place, warning.message);
        }
    }
}

/// One mailbox.
struct Alone<'s>(&'s mut dyn ReadSeek);

impl Mailboxes for Alone<'_> {
    fn count(&self) -> usize {
        1
    }

    fn name(&self, _: usize) -> &'static str {
        ""
    }

    fn is_file(&self, _: usize) -> bool {
        true
    }

    fn open(&mut self, _: usize) -> io::Result<Mailbox<'_>> {
        Ok(Mailbox::File(self.0))
    }
}

/// Where a document was read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct At {
    /// The mailbox that its first letter is in.
    pub mailbox: usize,
    /// How many bytes of letters were read until it was whole.
    pub read: u64,
}

/// Reads the letters of mailboxes that were gone through, and hands out their threads. Before each document, `at` says
/// where it was read. Returns what came of each mailbox.
pub(super) fn read_scanned(
    mailboxes: &mut dyn Mailboxes,
    gathered: Gathered,
    at: &Cell<At>,
    outlet: &mut Outlet<'_, '_>,
) -> Vec<MailboxRead> {
    let (threads, twice) = threads::threads(&gathered.heads);
    let mut report = gathered.report(&twice);
    let mut reading = Reading {
        mailboxes,
        gathered,
        reader: Reader::default(),
        outlet,
        at,
        report: &mut report,
    };
    for thread in &threads {
        if reading.thread(thread).is_break() {
            return report.outcomes();
        }
    }
    report.outcomes()
}

/// Mailboxes being read.
struct Reading<'r, 'a, 'e> {
    mailboxes: &'r mut dyn Mailboxes,
    gathered: Gathered,
    reader: Reader,
    outlet: &'r mut Outlet<'a, 'e>,
    at: &'r Cell<At>,
    report: &'r mut Report,
}

impl Reading<'_, '_, '_> {
    /// Reads a thread and hands it out: as one document, or as more where it is too long for one.
    fn thread(&mut self, thread: &Thread) -> ControlFlow<()> {
        let mut posts = thread.posts.iter().enumerate().peekable();
        while let Some((first, _)) = posts.peek().copied() {
            let reader = std::mem::take(&mut self.reader);
            let mut document = Growing::new(&reader, thread);
            let mut end = first;
            for (place, post) in posts.by_ref() {
                end = place + 1;
                if let Some(bytes) = self.bytes(post) {
                    match reader.read(&bytes) {
                        Some(letter) => {
                            let head = self.gathered.heads.letters.get(post.letter);
                            let come = head.and_then(|head| head.date);
                            document.post(place, post, &letter, come);
                        }
                        None => self.warn(post, "has no header; passed over"),
                    }
                }
                if document.written() > TEXT {
                    break;
                }
            }
            let draft = document.finish();
            self.reader = reader;
            if let Some((opening, mut draft)) = draft {
                let read = thread.posts.get(first..end).unwrap_or_default();
                for post in read {
                    self.report.has_text(self.gathered.mailbox(post.letter));
                }
                let mailbox = self.gathered.mailbox(opening);
                self.gathered
                    .name_draft(mailbox, &*self.mailboxes, &mut draft);
                self.report.documents(mailbox);
                let At { read, .. } = self.at.get();
                self.at.set(At { mailbox, read });
                self.outlet.hand(draft)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn bytes(&mut self, post: &Post) -> Option<Vec<u8>> {
        match self.gathered.read(self.mailboxes, post.letter, LETTER) {
            Ok(bytes) => {
                let At { mailbox, read } = self.at.get();
                let read = read + bytes.len() as u64;
                self.at.set(At { mailbox, read });
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
        let (mailbox, number) = self.gathered.number(post.letter);
        self.report
            .warn(mailbox, format!("letter {}", number + 1), message);
    }
}
