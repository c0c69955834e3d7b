//! Sources, documents and the reader's marks in `SQLite`: the one source of truth.
//!
//! Guarantees:
//! - a document's number is never used twice, and its key is its only name within its source: putting it again
//!   updates it, and putting the same again changes nothing;
//! - every put and every removal takes the next number of the change log in the same transaction, so that an index
//!   that knows its last number can always catch up ([`Store::changes_since`]);
//! - marks are tied to the source's identity and the document's key, and outlive the removal of both;
//! - several processes may open one library: all read at any time, one writes, and the others wait for it;
//! - a database of a newer recto, of another program, or a damaged one is an error that touches nothing.
//!
//! Absent on purpose: files and clocks. The caller reads the files and says what time it is. One file aside that is a
//! database itself: newsboat's cache.

mod asked;
mod batch;
mod books;
mod changes;
mod corrections;
mod documents;
mod earlier;
mod encoding;
mod error;
mod files;
mod fingerprint;
mod fixtures;
mod fold;
mod folders;
mod marks;
mod near;
mod newsboat;
mod notes;
mod open;
mod put;
mod saved;
mod schema;
mod sources;
mod state;
mod subscriptions;
mod tags;

pub use batch::Batch;
pub use books::ChapterHead;
pub use changes::Change;
pub use corrections::Original;
pub use documents::{Head, Stored};
pub use earlier::Earlier;
pub use error::Error;
pub use files::{FileRecord, OpenFile};
pub use fingerprint::Fingerprint;
pub use fold::Folded;
pub use marks::Marked;
#[cfg(test)]
pub use newsboat::make_cache;
pub use newsboat::{Newsboat, NewsboatFeed, NewsboatItem};
pub use notes::NotedHead;
pub use open::Store;
pub use put::Put;
pub use saved::{SavedSearch, Saving};
pub use sources::{Aside, FailedFile, FileState, NewSource, Source, SourceId, SourceKind, Warning};
pub use subscriptions::Waiting;
pub use tags::{Retagged, Tagged};
