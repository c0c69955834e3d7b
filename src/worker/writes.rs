//! How far what the reader leaves is written, so that who reads the library after a mark was left sees it.
//!
//! Marks are written by one thread and read by others. Whoever asks for a document takes a ticket; whoever answers
//! waits until all that was left before it is written. That is a matter of milliseconds, unless another program is
//! writing to the library: then reading goes on after [`PATIENCE`], with the marks as they were.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long an answer waits for marks. Another program can hold the library for some seconds; a page that came without
/// a fresh star is better than none for so long.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts what was left to be written and what was written of it.
#[derive(Debug, Default)]
pub(super) struct Writes {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Counts {
    left: u64,
    written: u64,
}

/// All that had been left to be written at a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket(u64);

/// Something being written; it counts as written when this is dropped, come what may.
#[derive(Debug)]
pub(super) struct Writing<'a>(&'a Writes);

impl Writes {
    /// Counts something that is left to be written.
    pub fn leave(&self) {
        self.lock().left += 1;
    }

    /// Begins to write what was left longest ago.
    pub fn begin(&self) -> Writing<'_> {
        Writing(self)
    }

    /// Returns a ticket for what was left so far.
    pub fn ticket(&self) -> Ticket {
        Ticket(self.lock().left)
    }

    /// Waits until all is written that was left before the ticket was taken.
    pub fn wait(&self, ticket: Ticket) {
        let open = |counts: &mut Counts| counts.written < ticket.0;
        let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, open);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.lock().written += 1;
        self.0.changed.notify_all();
    }
}
