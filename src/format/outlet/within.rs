//! Files within a file: how what was unpacked goes the same way out as what was not, and how much may be unpacked.

use std::ops::ControlFlow;

use super::Outlet;
use crate::config::Limits;
use crate::format::{Input, Outcome, Warning};

/// How a file stands in the one that it was unpacked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Inside<'n> {
    /// It is one of many and has this name there: its documents are known by both names, its warnings say where.
    Entry(&'n str),
    /// It is all that was packed, and would be called so if it were not: it takes the place of the file.
    Whole(&'n str),
}

impl Outlet<'_, '_> {
    /// Has what was unpacked from the file read as a file of its own. Its documents go the same way as all others: no
    /// key is given twice, the manifest holds for them, and a receiver that wants no more breaks both off.
    pub fn within(
        &mut self,
        inside: Inside<'_>,
        bytes: &[u8],
        read: impl FnOnce(&[u8], &mut Outlet<'_, '_>),
    ) -> ControlFlow<()> {
        let (name, path) = match inside {
            Inside::Entry(entry) => {
                let name = format!("{}/{entry}", self.path);
                (name.clone(), name)
            }
            Inside::Whole(name) => (name.to_owned(), self.path.to_owned()),
        };
        let input = Input {
            name: &name,
            bytes,
            charset: None,
            ..*self.input
        };
        let mut inner = Outlet::new(&input, &mut *self.each);
        inner.path = &path;
        inner.nesting = self.nesting.saturating_add(1);
        inner.left = self.left;
        inner.one_of_many = self.one_of_many || matches!(inside, Inside::Entry(_));
        inner.given = std::mem::take(&mut self.given);
        inner.corrected = std::mem::take(&mut self.corrected);
        read(bytes, &mut inner);
        self.left = inner.left;
        self.given = inner.given;
        self.corrected = inner.corrected;
        self.stopped = inner.stopped;
        let (outcome, unnamed) = (inner.outcome, inner.unnamed_warnings);
        self.take_outcome(inside, outcome, unnamed);
        if self.stopped {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Adds what came of a file within this one.
    fn take_outcome(&mut self, inside: Inside<'_>, outcome: Outcome, unnamed: usize) {
        self.outcome.documents += outcome.documents;
        self.outcome.subscriptions.extend(outcome.subscriptions);
        self.outcome.files.extend(outcome.files);
        if let Inside::Whole(_) = inside {
            self.outcome.source_title = outcome.source_title;
            self.outcome.without_text |= outcome.without_text;
        }
        for Warning { place, message } in outcome.warnings {
            let place = match inside {
                Inside::Whole(_) => place,
                Inside::Entry(entry) if place == "file" => entry.to_owned(),
                Inside::Entry(entry) => format!("{entry}: {place}"),
            };
            self.warn(place, message);
        }
        self.unnamed_warnings += unnamed;
    }

    /// Says how large the file is, where it is not held in memory.
    pub fn is_of_size(&mut self, bytes: u64) {
        self.left = self.input.limits.unpacked_in_all(bytes);
    }

    /// Says that somebody else reads the letters and mailboxes in the archive.
    pub fn leave_letters(&mut self) {
        self.leaves_letters = true;
    }

    /// Returns whether somebody else reads the letters and mailboxes in the archive.
    pub fn leaves_letters(&self) -> bool {
        self.leaves_letters
    }

    /// Returns how much of a file is taken in.
    pub fn limits(&self) -> Limits {
        self.input.limits
    }

    /// Returns whether an archive stands deeper within archives than they are followed.
    pub fn is_too_deep(&self) -> bool {
        self.nesting > self.input.limits.depth
    }

    /// Counts bytes that were unpacked. Returns whether the file may unpack to so many.
    pub fn spend(&mut self, bytes: usize) -> bool {
        let enough = bytes as u64 <= self.left;
        self.left = self.left.saturating_sub(bytes as u64);
        enough
    }

    /// Returns whether anything came of the file: a document, an address, a warning.
    pub fn is_silent(&self) -> bool {
        let Outcome {
            documents,
            subscriptions,
            files,
            warnings,
            ..
        } = &self.outcome;
        *documents == 0 && subscriptions.is_empty() && files.is_empty() && warnings.is_empty()
    }
}
