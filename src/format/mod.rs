//! Bytes to documents: one door, which tells format and encoding by looking, and one room a format behind it.
//!
//! Guarantees: whatever the bytes are, [`read`] returns; it never fails and never panics. What cannot be read is a
//! [`Warning`] with its place, and everything around it is still handed out. Documents come one by one, as they are
//! read, so that a feed of a hundred thousand items is never held as a list; reading stops when the receiver says so.
//!
//! Pure: no files, no clock, no network. A date that a source does not give stays unknown.

mod address;
mod dates;
mod encoding;
mod facts;
mod feed;
mod html;
mod outlet;
mod plain;
mod sort;
mod splice;
mod title;
mod words;

use std::ops::ControlFlow;

use crate::config::manifest::FileEntry;
use crate::document::Document;

use outlet::Outlet;
use sort::Sort;

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file's name, or its path relative to what was added: a hint at the format, and the key of last resort.
    pub name: &'a str,
    /// The whole file.
    pub bytes: &'a [u8],
    /// What the folder's manifest says of it.
    pub manifest: Option<&'a FileEntry>,
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
    /// What was wrong; the first hundred, and a last one that counts the rest.
    pub warnings: Vec<Warning>,
}

/// Reads a file and hands out its documents one by one, until there are no more or `each` breaks off.
///
/// ```
/// use std::ops::ControlFlow;
/// use recto::format::{Input, read};
///
/// let input = Input { name: "note.txt", bytes: "On trust\n\nIt is the first word used.\n".as_bytes(), manifest: None };
/// let outcome = read(&input, &mut |document| {
///     assert_eq!(document.metadata.title.text, "On trust");
///     assert_eq!(document.body.text(), "It is the first word used.");
///     ControlFlow::Continue(())
/// });
/// assert_eq!(outcome.documents, 1);
/// ```
pub fn read(input: &Input<'_>, each: &mut dyn FnMut(Document) -> ControlFlow<()>) -> Outcome {
    let mut outlet = Outlet::new(input, each);
    if encoding::is_binary(input.bytes) {
        outlet.warn("file", "is not text; passed over");
        return outlet.finish();
    }
    let decoded = encoding::decode(input.bytes);
    if let Some(message) = decoded.warning {
        outlet.warn("file", message);
    }
    match sort::of(input.name, &decoded.text) {
        Sort::Feed => feed::read(&decoded.text, &mut outlet),
        Sort::Page => html::read(&decoded.text, &mut outlet),
        Sort::Plain => plain::read(&decoded.text, &mut outlet),
        Sort::OtherXml(root) => {
            let message = format!(
                "is XML with the root <{root}>, which is neither a feed nor a page; passed over"
            );
            outlet.warn("file", message);
        }
    }
    outlet.finish()
}
