//! Files that are read piece by piece: mailboxes and JSON Lines, which may be larger than memory.
//!
//! A mailbox is gone through twice: once for what threads its letters, and then thread by thread, which wants seeking.
//! What is held is some hundred bytes a letter, and one document at a time.

use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;

use super::outlet::Outlet;
use super::{Input, Outcome, json, mail};
use crate::document::Document;

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Letters that each stand for themselves: the files of a maildir.
pub trait Letters {
    /// Returns how many there are.
    fn count(&self) -> usize;

    /// Returns the first `most` bytes of one.
    fn read(&mut self, place: usize, most: u64) -> io::Result<Vec<u8>>;
}

/// Returns whether a file called `name` that begins with `head` is read piece by piece.
pub fn streams(name: &str, head: &[u8]) -> bool {
    mail::is_mail(name, head) || json::is_streamed(name, head)
}

/// Reads a file piece by piece and hands out its documents one by one, as [`read`](super::read) does. The bytes of
/// `input` are the beginning of the file, by which its format is told.
///
/// ```
/// use std::io::Cursor;
/// use std::ops::ControlFlow;
/// use recto::format::{Input, read_stream};
///
/// let letter = b"From: Ann <ann@example.org>\nMessage-ID: <1@example.org>\nSubject: On trust\n\nIt is.\n";
/// let input = Input::new("letter.eml", letter);
/// let outcome = read_stream(&input, &mut Cursor::new(letter), &mut |document| {
///     assert_eq!(document.key.0, "1@example.org");
///     ControlFlow::Continue(())
/// });
/// assert_eq!(outcome.documents, 1);
/// ```
pub fn read_stream(
    input: &Input<'_>,
    source: &mut dyn ReadSeek,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Outcome {
    let mut outlet = Outlet::new(input, each);
    if mail::is_mail(input.name, input.bytes) {
        mail::read_stream(source, &mut outlet);
    } else if json::is_streamed(input.name, input.bytes) {
        json::lines::read_lines(&mut BufReader::new(source), &mut outlet);
    } else {
        outlet.warn("file", "is of no format that is read piece by piece");
    }
    outlet.finish()
}

/// Reads letters that each stand for themselves as one mailbox.
pub fn read_letters(
    input: &Input<'_>,
    letters: &mut dyn Letters,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Outcome {
    let mut outlet = Outlet::new(input, each);
    mail::read_letters(letters, &mut outlet);
    outlet.finish()
}
