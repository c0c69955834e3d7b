//! Letters and mailboxes: a thread is one document whose parts are its posts.
//!
//! Mailboxes are gone through once for what threads their letters (`gathered`, `mailbox`, `heads`, `threads`), and then
//! thread by thread, each letter read, taken apart (`letter`) and written (`growing`, `post`) on its own: what is held
//! is some hundred bytes a letter, and the text of one thread, or of the few that all cores take apart ahead of who
//! receives them (`ahead`). One letter alone is a mailbox of one; the months of an
//! archive that are read together are one mailbox too, and a thread that runs over them is one document.
//!
//! A document is known by the name of its first letter: an answer that comes later updates the thread. Where the letter
//! that all began with is not in any mailbox its name is not taken: the archives of two lists, or the files of two
//! answers, would each have a document of that name, and one would be lost. Nothing is said of who received a letter,
//! or of the ways it went.

mod ahead;
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
use ahead::{FEWEST_AHEAD, Reading};
use gathered::Gathered;

pub(super) use gathered::scan;
pub(super) use refused::refused;
pub(super) use snapshot::{is_snapshot, page_of as page_of_snapshot, read as read_snapshot};
pub(super) use telling::{field as header_field, is_mail, may_begin};
pub(super) use tnef::is_packed;

/// How much of one letter is read, in bytes. Servers take some 25 to 50 MB, attachments included.
const LETTER: u64 = 64 << 20;

/// How much of a letter is read for its header, in bytes.
const HEADER: u64 = 256 * 1024;

/// Reads a letter or a mailbox that is in memory.
pub(super) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    read_stream(&mut Cursor::new(bytes), outlet);
}

/// Reads what Outlook packed a letter into, where that lies by itself.
pub(super) fn read_packed(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    read(&tnef::as_letter(bytes), outlet);
}

/// Reads a letter or a mailbox piece by piece.
pub(super) fn read_stream(stream: &mut dyn ReadSeek, outlet: &mut Outlet<'_, '_>) {
    let mut alone = Alone(stream);
    let scanned = scan(&mut alone, &mut |_| ControlFlow::Continue(()));
    let ControlFlow::Continue(scanned) = scanned else {
        return;
    };
    for MailboxRead { outcome, .. } in read_scanned(&mut alone, &scanned, &Cell::default(), outlet)
    {
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
    gathered: &Gathered,
    at: &Cell<At>,
    outlet: &mut Outlet<'_, '_>,
) -> Vec<MailboxRead> {
    let (threads, twice) = threads::threads(&gathered.heads);
    let mut report = gathered.report(&twice);
    let mut reading = Reading {
        mailboxes,
        gathered,
        outlet,
        at,
        report: &mut report,
    };
    // Who wants no more has what there is.
    let _ = if threads.len() < FEWEST_AHEAD {
        threads.iter().try_for_each(|thread| reading.one(thread))
    } else {
        reading.ahead(&threads)
    };
    report.outcomes()
}
