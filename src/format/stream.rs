//! Files that are read piece by piece: mailboxes and JSON Lines, which may be larger than memory.
//!
//! Mailboxes are gone through twice: once for what threads their letters, and then thread by thread, which wants
//! seeking. What is held is some hundred bytes a letter, and one document at a time.

use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;

use super::outlet::Outlet;
use super::{Input, Outcome, archive, json, mail};
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

/// A mailbox that was opened.
pub enum Mailbox<'m> {
    /// A file with one letter after the other.
    File(&'m mut dyn ReadSeek),
    /// Letters that each stand for themselves.
    Letters(&'m mut dyn Letters),
}

/// Mailboxes that are read as one: a thread that begins in one and goes on in another is one document.
pub trait Mailboxes {
    /// Returns how many there are.
    fn count(&self) -> usize;

    /// Returns what one is called. A letter without a name that is alone in its mailbox is known by this.
    fn name(&self, place: usize) -> &str;

    /// Returns whether one is a file of its own, or a folder, and no entry of an archive.
    fn is_file(&self, place: usize) -> bool;

    /// Opens one. All are opened once in their order, and then whenever one of their letters is read.
    fn open(&mut self, place: usize) -> io::Result<Mailbox<'_>>;
}

/// A step in reading mailboxes.
#[derive(Debug)]
pub enum Step {
    /// So many bytes were gone through for what threads the letters, of all mailboxes together.
    Scanned(u64),
    /// A document was read.
    Document {
        /// The mailbox that its first letter is in.
        mailbox: usize,
        /// What it is.
        document: Box<Document>,
        /// How many bytes of letters were read so far.
        read: u64,
    },
}

/// What came of a mailbox that was read as one with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxRead {
    /// What came of it; a document counts for the mailbox that its first letter is in.
    pub outcome: Outcome,
    /// No document begins in it, and what it says is in those that begin in others.
    pub elsewhere: bool,
}

/// How a file that holds letters is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// It is not.
    Plain,
    /// By gzip, as the archives of lists are: [`unpack`] it before it is read.
    Gzip,
    /// It is a ZIP file that has letters or mailboxes among others: [`unpack_letters`] before they are read, and
    /// [`read_besides_letters`].
    Zip,
}

/// Returns whether a file called `name` that begins with `head` is read piece by piece.
pub fn streams(name: &str, head: &[u8]) -> bool {
    mail::is_mail(name, head) || json::is_streamed(name, head)
}

/// The endings of files that are no mailbox and hold none, whatever they begin with.
const NEVER_MAIL: [&str; 12] = [
    "md", "markdown", "html", "htm", "xhtml", "pdf", "json", "jsonl", "xml", "rss", "atom", "opml",
];

/// Returns whether a file of that name need not be looked into for letters: opening each note of a folder to see that it
/// is no mailbox takes a tenth of the time of reading them.
pub fn is_never_mail(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    NEVER_MAIL
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Returns how a file is packed where it is a letter or a mailbox, or has some in it. The bytes of `input` are the
/// beginning of the file.
pub fn mail_packing(input: &Input<'_>, source: &mut dyn ReadSeek) -> Option<Packing> {
    let (name, head) = (input.name, input.bytes);
    if archive::is_zip(head) {
        return archive::holds_letters(name, source, input.limits).then_some(Packing::Zip);
    }
    if mail::is_mail(name, head) {
        return Some(Packing::Plain);
    }
    let (name, head) = archive::gzip_head(name, head)?;
    mail::is_mail(&name, &head).then_some(Packing::Gzip)
}

pub use archive::{Unpacking, unpack, unpack_letters};

/// Reads what a ZIP file has beside letters and mailboxes, and hands out its documents one by one.
pub fn read_besides_letters(
    input: &Input<'_>,
    source: &mut dyn ReadSeek,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Outcome {
    let mut outlet = Outlet::new(input, each);
    match source.seek(io::SeekFrom::End(0)) {
        Ok(size) => {
            outlet.is_of_size(size);
            archive::read_besides(source, &mut outlet);
        }
        Err(error) => outlet.warn("file", format!("cannot be read: {error}")),
    }
    outlet.finish()
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

/// Reads mailboxes as one and tells each step, until there are no more or `each` breaks off. Returns what came of each
/// mailbox, in their order.
pub fn read_mailboxes(
    input: &Input<'_>,
    mailboxes: &mut dyn Mailboxes,
    each: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Vec<MailboxRead> {
    let scanned = mail::scan(mailboxes, &mut |bytes| each(Step::Scanned(bytes)));
    let ControlFlow::Continue(scanned) = scanned else {
        return vec![MailboxRead::default(); mailboxes.count()];
    };
    let place = Cell::new(mail::At::default());
    let mut hand = |document| {
        let mail::At { mailbox, read } = place.get();
        each(Step::Document {
            mailbox,
            document: Box::new(document),
            read,
        })
    };
    let mut outlet = Outlet::new(input, &mut hand);
    let mut read = mail::read_scanned(mailboxes, &scanned, &place, &mut outlet);
    if let Some(first) = read.first_mut() {
        first.outcome.warnings.extend(outlet.finish().warnings);
    }
    read
}
