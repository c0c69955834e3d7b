//! A worker's loop: a piece of work in, a message out; what fails is told, and the worker lives on.
//!
//! A panic is a fault of recto's and fails as anything else does. What it leaves half done lies in a transaction that
//! is rolled back, or behind a lock that the next who comes opens again.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;

use super::send;
use crate::app::Message;

/// Does each piece of work and sends what comes of it; `refuse` makes the message of one that failed.
pub(super) fn serve<T>(
    pieces: impl Iterator<Item = T>,
    messages: &Sender<Message>,
    mut work: impl FnMut(&T) -> Result<Option<Message>, String>,
    refuse: impl Fn(&T, String) -> Message,
) {
    for piece in pieces {
        match caught(|| work(&piece)) {
            Ok(Some(message)) => send(messages, message),
            Ok(None) => {}
            Err(reason) => send(messages, refuse(&piece, reason)),
        }
    }
}

/// Does a piece of work; a panic in it is an error like any other.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = said(panic.as_ref());
        Err(format!("recto made a mistake: {said}"))
    })
}

/// Returns what a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it did not say which")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::worker::failed;

    #[test]
    fn a_piece_of_work_that_panics_is_told_and_the_next_is_done() {
        let (sender, messages) = channel();
        let nothing: [u8; 0] = [];
        let work = |piece: &usize| match piece {
            1 => Err("no such thing".to_owned()),
            2 => Ok(Some(failed(format!("never {}", nothing[*piece])))),
            3 => panic!("three"),
            _ => Ok(Some(failed(format!("done {piece}")))),
        };
        serve([1, 2, 3, 4].into_iter(), &sender, work, |piece, reason| {
            failed(format!("{piece}: {reason}"))
        });
        drop(sender);
        let told: Vec<String> = messages
            .iter()
            .filter_map(|message| match message {
                Message::Notice(notice) => Some(notice.text),
                _ => None,
            })
            .collect();
        assert_eq!(
            told,
            [
                "1: no such thing",
                "2: recto made a mistake: index out of bounds: the len is 0 but the index is 2",
                "3: recto made a mistake: three",
                "done 4",
            ]
        );
    }
}
