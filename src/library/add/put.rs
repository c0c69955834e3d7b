//! The documents of one file on their way into the store.

use std::ops::ControlFlow;

use super::file::{Candidate, FileBytes};
use super::now_in_ms;
use super::read::Parsed;
use crate::document::{Document, Subscription};
use crate::format::{self, Outcome, Warning};
use crate::library::Error;
use crate::library::catch_up::Fresh;
use crate::store::{Batch, FileRecord, OpenFile, Put, SourceId};

/// A file whose documents are being put.
#[derive(Debug, Default)]
pub(super) struct Putting {
    tally: Tally,
    repeated: usize,
}

/// How a file ended.
#[derive(Debug, Default)]
pub(super) struct End {
    /// What came of reading it.
    pub outcome: Outcome,
    /// The fingerprint of what its documents were made from.
    pub made_from: i64,
    /// It has no document of its own because what it says is in those of files that are read as one with it.
    pub elsewhere: bool,
}

/// What came of putting the documents of a file.
#[derive(Debug, Default)]
pub(in crate::library) struct Tally {
    pub new: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// What the file calls itself.
    pub title: Option<String>,
    /// Why it could not be read.
    pub failure: Option<String>,
    /// It could be read, and there was nothing in it.
    pub without_text: bool,
    /// It was stopped before its end; what was put stays.
    pub stopped: bool,
    /// What was not as it should be.
    pub warnings: Vec<Warning>,
    /// The addresses that it lists.
    pub subscriptions: Vec<Subscription>,
    /// How many of these were not kept before.
    pub addresses: usize,
}

impl Tally {
    /// Returns how many documents were put.
    pub fn documents(&self) -> usize {
        self.new + self.updated + self.unchanged
    }
}

impl Putting {
    /// Puts a document of the file.
    pub fn document(
        &mut self,
        batch: &mut Batch<'_>,
        file: &mut OpenFile,
        document: &Document,
    ) -> Result<Put, Error> {
        let put = batch.put(file, document)?;
        match put {
            Put::New(_) | Put::Corrected(_) => self.tally.new += 1,
            Put::Updated(_) => self.tally.updated += 1,
            Put::Unchanged(_) => self.tally.unchanged += 1,
            Put::Repeated => self.repeated += 1,
        }
        Ok(put)
    }

    /// Ends the file.
    pub fn end(
        mut self,
        batch: &mut Batch<'_>,
        (open, file): (OpenFile, &Candidate),
        end: End,
    ) -> Result<Tally, Error> {
        let End {
            outcome,
            made_from,
            elsewhere,
        } = end;
        let mut warnings = outcome.warnings;
        let is_barren = self.tally.documents() == 0 && !elsewhere;
        // A list has done what it is for when its addresses are kept.
        let lists_nothing = outcome.subscriptions.is_empty() && outcome.files.is_empty();
        if is_barren && self.repeated == 0 && lists_nothing {
            self.tally.without_text = outcome.without_text;
            if !outcome.without_text {
                // Its first warning says why there is no document: it is told as that, once.
                self.tally.failure = warnings
                    .drain(..warnings.len().min(1))
                    .map(|warning| warning.message)
                    .next();
            }
        }
        warnings.extend(outcome.files.iter().map(|path| Warning {
            place: "file".to_owned(),
            message: format!("lists {path}, a file: `recto import` takes up what is in it"),
        }));
        if self.repeated > 0 {
            warnings.push(Warning {
                place: "file".to_owned(),
                message: format!(
                    "documents under a key that the file had before, passed over: {}",
                    self.repeated
                ),
            });
        }
        let record = FileRecord {
            fingerprint: Some(made_from),
            textless: self.tally.without_text,
            failure: self.tally.failure.clone(),
            warnings: warnings
                .iter()
                .map(|warning| (warning.place.clone(), warning.message.clone()))
                .collect(),
            ..file.record(now_in_ms())
        };
        self.tally.subscriptions = outcome.subscriptions;
        // See the head of this room: what names itself goes on, and forgets. And a file of which nothing is left is
        // more likely half written than emptied on purpose.
        let keeps_absent = is_barren || outcome.source_title.is_some();
        self.tally.removed = batch.finish(open, &record, keeps_absent)?;
        self.tally.warnings = warnings;
        self.tally.title = outcome.source_title;
        Ok(self.tally)
    }

    /// Ends with a part of the file: nothing is known of what was not reached, and without a fingerprint it is read
    /// again.
    pub fn end_early(
        mut self,
        batch: &mut Batch<'_>,
        (open, file): (OpenFile, &Candidate),
    ) -> Result<Tally, Error> {
        let record = FileRecord {
            size: file.size,
            modified: file.modified,
            ..FileRecord::default()
        };
        batch.finish(open, &record, true)?;
        self.tally.stopped = true;
        Ok(self.tally)
    }
}

/// Puts the documents of a file that was taken apart already; those that are new are `fresh`.
pub(super) fn put_parsed(
    batch: &mut Batch<'_>,
    source: SourceId,
    (file, parsed): (&Candidate, Parsed),
    fresh: &mut Fresh,
) -> Result<Tally, Error> {
    let mut open = batch.file(source, &file.relative)?;
    let mut putting = Putting::default();
    for document in parsed.documents {
        if let Put::New(id) = putting.document(batch, &mut open, &document)? {
            fresh.keep(batch.last_change(), source, id, document);
        }
    }
    let end = End {
        outcome: parsed.outcome,
        made_from: parsed.fingerprint,
        elsewhere: false,
    };
    putting.end(batch, (open, file), end)
}

/// Takes a file apart and puts its documents as they come, telling `each` how many there are so far. Returns nothing
/// where that broke off.
pub(in crate::library) fn put_bytes(
    batch: &mut Batch<'_>,
    source: SourceId,
    file: &FileBytes<'_>,
    each: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Option<Tally>, Error> {
    let mut open = batch.file(source, &file.candidate.relative)?;
    let mut putting = Putting::default();
    let mut put = Ok(());
    let mut flow = ControlFlow::Continue(());
    let outcome = format::read(&file.input(), &mut |document| {
        put = putting.document(batch, &mut open, &document).map(drop);
        flow = each(putting.tally.documents());
        if put.is_err() {
            ControlFlow::Break(())
        } else {
            flow
        }
    });
    put?;
    if flow.is_break() {
        return Ok(None);
    }
    let end = End {
        outcome,
        made_from: file.fingerprint,
        elsewhere: false,
    };
    putting.end(batch, (open, file.candidate), end).map(Some)
}

/// Notes that a file can't be read. Documents that were made of it before stay.
pub(super) fn put_failure(
    batch: &mut Batch<'_>,
    source: SourceId,
    file: &Candidate,
    reason: String,
) -> Result<Tally, Error> {
    let open = batch.file(source, &file.relative)?;
    let record = FileRecord {
        failure: Some(reason.clone()),
        ..file.record(now_in_ms())
    };
    batch.finish(open, &record, true)?;
    Ok(Tally {
        failure: Some(reason),
        ..Tally::default()
    })
}
