//! The library: what ties the store, the index and the formats together.
//!
//! The store is the truth, the index is derived from it. Documents take one way into the index: they are put into
//! the store, which logs the change, and [`Library::catch_up`] carries the log over. So a program that is killed
//! between the two, or that finds another one writing, loses nothing: whoever comes next carries on from the index's
//! own stamp.
//!
//! A [`Library`] is a handle for one thread; [`Library::another`] opens the next. Several programs may open one
//! library: all read, one writes at a time, the others wait or leave their changes in the log.
//!
//! Absent on purpose: what is being done on the screen (`app`), and lasting threads (`worker`). Reading files uses
//! threads that end before the call returns.

mod add;
mod catch_up;
mod changes;
mod concordance;
mod corrections;
mod costs;
mod error;
mod find;
mod fixtures;
mod fold_tests;
mod home;
mod import;
mod like;
mod notes;
mod open;
mod passages;
mod progress;
mod reading;
mod removing;
mod rows;
mod saved;
mod seeds;
mod sources;
mod subscriptions;
mod tags;
mod topics;
mod within;

pub use add::{Added, Failure, Look, Warning};
pub use changes::{Face, Marking};
pub use concordance::{
    ConcordanceLine, ConcordanceLines, ConcordanceReader, ConcordanceWindow, ShownLine,
};
pub use corrections::Edited;
pub use costs::Cost;
pub use error::Error;
pub use find::{Also, Doubles, Found, FoundRow, Window, also_in};
pub use notes::NotedHead;
pub use open::Library;
pub use progress::{Phase, Progress};
pub use reading::{ChapterHead, Opened};
pub use removing::Removed;
pub use saved::{Newly, new_to};
pub use sources::{Coverage, Edition, FailedFile, SourceInfo};
