//! Bytes to documents: one door, which tells format and encoding by looking, and one room a format behind it.
//!
//! Guarantees: whatever the bytes are, [`read`] returns; it never fails and never panics. What cannot be read is a
//! [`Warning`] with its place, and everything around it is still handed out. Documents come one by one, as they are
//! read, so that a feed of a hundred thousand items is never held as a list; reading stops when the receiver says so.
//!
//! Pure: no files, no clock, no network. A date that a source does not give stays unknown.

mod abreast;
mod address;
mod alongside;
mod archive;
mod beside;
mod dates;
mod encoding;
mod epub;
mod facts;
mod feed;
mod fields;
mod front_matter;
mod guard;
mod html;
mod json;
mod language;
mod lists;
mod mail;
mod markdown;
mod named;
mod office;
mod org;
mod outlet;
mod page;
mod pdf;
mod plain;
mod rst;
mod saved;
mod scripts;
mod signs;
mod sort;
mod splice;
mod stream;
#[cfg(test)]
mod testing;
mod title;
mod topics;
mod words;
mod xml;

use std::ops::ControlFlow;

use crate::config::Limits;
use crate::config::manifest::FileEntry;
use crate::document::{Document, Metadata, Subscription};

pub use abreast::on_all_cores;
pub use alongside::{is_no_document, pages_of_folder};
pub use feed::item_name;
pub use guard::{guarded, is_guarded};
pub use lists::write_opml as opml;
pub use stream::{
    Letters, Mailbox, MailboxRead, Mailboxes, Packing, ReadSeek, Step, Unpacking, is_never_mail,
    mail_packing, read_besides_letters, read_mailboxes, read_stream, streams, unpack,
    unpack_letters,
};

use outlet::Outlet;
use sort::{Binary, Sort};

/// The version of the readers. It goes up with every change by which a file would be read otherwise than before, so
/// that what was read by an earlier one is read again.
pub const VERSION: u32 = 6;

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file's name, or its path relative to what was added: a hint at the format, and the key of last resort.
    pub name: &'a str,
    /// The whole file.
    pub bytes: &'a [u8],
    /// What the folder's manifest says of it.
    pub manifest: Option<&'a FileEntry>,
    /// The encoding that what brought it says it has: the label of an HTTP header or of a part of a letter.
    pub charset: Option<&'a str>,
    /// How much of it is taken in.
    pub limits: Limits,
}

impl<'a> Input<'a> {
    /// Returns a file of which nothing is known but its name and what it holds.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            name,
            bytes,
            manifest: None,
            charset: None,
            limits: Limits::default(),
        }
    }
}

/// What was not as it should be, where, and what was done instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where: a line, an item, or the whole file.
    pub place: String,
    /// What is wrong there, and what was done instead.
    pub message: String,
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many documents were handed out.
    pub documents: usize,
    /// What the file calls itself: the title of a feed's channel, of a page of posts.
    pub source_title: Option<String>,
    /// The addresses that it lists: feeds of an OPML file, bookmarks.
    pub subscriptions: Vec<Subscription>,
    /// The paths of files on this machine that it lists: the `file://` lines of newsboat. Nothing is opened for them
    /// here.
    pub files: Vec<String>,
    /// It could be read, and there was no text in it.
    pub without_text: bool,
    /// What was wrong; the first hundred, and a last one that counts the rest.
    pub warnings: Vec<Warning>,
}

/// Reads a file and hands out its documents one by one, until there are no more or `each` breaks off.
///
/// ```
/// use std::ops::ControlFlow;
/// use recto::format::{Input, read};
///
/// let input = Input::new("note.txt", "On trust\n\nIt is the first word used.\n".as_bytes());
/// let outcome = read(&input, &mut |document| {
///     assert_eq!(document.metadata.title.text, "On trust");
///     assert_eq!(document.body.text(), "It is the first word used.");
///     ControlFlow::Continue(())
/// });
/// assert_eq!(outcome.documents, 1);
/// ```
pub fn read(input: &Input<'_>, each: &mut dyn FnMut(Document) -> ControlFlow<()>) -> Outcome {
    let mut outlet = Outlet::new(input, each);
    read_into(input.bytes, &mut outlet);
    outlet.finish()
}

/// Hands out what each item of a feed says about itself (title, authors, date, topics, address) and leaves its text as
/// it is written: many times faster than [`read`], for who wants a list of items and not what they say. A text that is
/// no feed has none.
pub fn read_feed_facts(text: &str, each: &mut dyn FnMut(Metadata)) {
    feed::read_facts(text, each);
}

/// Tells the format of the bytes and has them read: those of the answer, where they are an HTTP server's.
fn read_into(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    if let Some((saved, answer)) = saved::http_answer(bytes) {
        outlet.save(saved);
        return read_bytes(answer, outlet);
    }
    read_bytes(bytes, outlet);
}

fn read_bytes(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let name = outlet.name();
    match sort::of_bytes(name, bytes) {
        Binary::Zip => return archive::read_zip(bytes, outlet),
        Binary::Gzip => return archive::read_gzip(bytes, outlet),
        Binary::Pdf => return pdf::read(bytes, outlet),
        Binary::RefusedMail(reason) => return outlet.warn("file", reason),
        Binary::PackedMail => return mail::read_packed(bytes, outlet),
        Binary::OldOffice => return office::refuse_old(outlet),
        Binary::Snapshot => return mail::read_snapshot(bytes, outlet),
        Binary::Backup => return lists::read_backup(bytes, outlet),
        Binary::PropertyList => return outlet.warn("file", lists::PROPERTY_LIST),
        Binary::Mail => return mail::read(bytes, outlet),
        Binary::Unknown => return outlet.warn("file", sort::unknown(bytes)),
        Binary::Text => {}
    }
    let decoded = encoding::decode(bytes, outlet.charset());
    if let Some(message) = decoded.warning {
        outlet.warn("file", message);
    }
    let text = decoded.text.as_ref();
    match sort::of(name, text) {
        Sort::Feed => feed::read(text, decoded.encoding, outlet),
        Sort::Page => html::read(text, outlet),
        Sort::Markdown => markdown::read(text, outlet),
        Sort::Org => org::read(text, outlet),
        Sort::Rst => rst::read(text, outlet),
        Sort::Json => json::read(text, outlet),
        Sort::List => lists::read(text, outlet),
        Sort::FlatOdt => office::read_flat_odt(text, outlet),
        Sort::Plain => plain::read(text, outlet),
        Sort::OtherXml(root) if root == "plist" => outlet.warn("file", lists::PROPERTY_LIST),
        Sort::OtherXml(root) => {
            let message = format!(
                "is XML with the root <{root}>, which is neither a feed nor a page; passed over"
            );
            outlet.warn("file", message);
        }
    }
}
