//! An inbox that holds one request: a newer one takes the place of one that nobody has begun.
//!
//! So typing fast never queues old searches. Absent on purpose: any bound or length; there is never more than one.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The sender's side; the worker's loop ends when it is dropped.
#[derive(Debug)]
pub struct Inbox<T>(Arc<Shared<T>>);

/// What an inbox holds at a moment.
#[derive(Debug, PartialEq, Eq)]
pub enum Waiting<T> {
    /// A request.
    Request(T),
    /// Nothing yet.
    Nothing,
    /// The other side is gone.
    Closed,
}

/// The worker's side.
#[derive(Debug)]
pub struct Requests<T>(Arc<Shared<T>>);

#[derive(Debug)]
struct Shared<T> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
}

#[derive(Debug)]
struct Slot<T> {
    request: Option<T>,
    closed: bool,
}

/// Returns both sides of a new inbox.
pub fn inbox<T>() -> (Inbox<T>, Requests<T>) {
    let slot = Mutex::new(Slot {
        request: None,
        closed: false,
    });
    let shared = Arc::new(Shared {
        slot,
        filled: Condvar::new(),
    });
    (Inbox(Arc::clone(&shared)), Requests(shared))
}

impl<T> Shared<T> {
    /// Locks the slot. A thread that panicked while it held the lock left a whole request or none: both are fine.
    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Inbox<T> {
    /// Puts a request in the place of any that waits.
    pub fn put(&self, request: T) {
        self.0.lock().request = Some(request);
        self.0.filled.notify_one();
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.filled.notify_one();
    }
}

impl<T> Requests<T> {
    /// Returns whether a request waits, or the other side is gone: there is no time for anything else.
    pub fn is_waiting(&self) -> bool {
        let slot = self.0.lock();
        slot.closed || slot.request.is_some()
    }

    /// Takes the newest request without waiting for one.
    pub fn waiting(&self) -> Waiting<T> {
        let mut slot = self.0.lock();
        match slot.request.take() {
            _ if slot.closed => Waiting::Closed,
            Some(request) => Waiting::Request(request),
            None => Waiting::Nothing,
        }
    }

    /// Waits for the newest request; nothing once the other side is gone.
    pub fn next(&self) -> Option<T> {
        let mut slot = self.0.lock();
        loop {
            if slot.closed {
                return None;
            }
            if let Some(request) = slot.request.take() {
                return Some(request);
            }
            slot = self
                .0
                .filled
                .wait(slot)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_request_takes_the_place_of_one_that_waits() {
        let (inbox, requests) = inbox();
        inbox.put("t");
        inbox.put("tu");
        assert_eq!(requests.next(), Some("tu"));
    }

    #[test]
    fn a_worker_that_is_busy_looks_without_waiting() {
        let (inbox, requests) = inbox();
        assert_eq!(requests.waiting(), Waiting::Nothing);
        inbox.put(1);
        assert_eq!(requests.waiting(), Waiting::Request(1));
        drop(inbox);
        assert_eq!(requests.waiting(), Waiting::Closed);
    }

    #[test]
    fn the_worker_ends_when_nobody_can_ask_any_more() {
        let (inbox, requests) = inbox::<u8>();
        let worker = std::thread::spawn(move || requests.next());
        drop(inbox);
        assert_eq!(worker.join().unwrap(), None);
    }
}
