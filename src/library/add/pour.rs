//! The documents of files that are read piece by piece, on their way into the store.
//!
//! They go in a batch at a time, each a transaction of its own: a killed program loses what was read since the last,
//! and other programs can write in between. Until all are in, the files have no fingerprint and are read again next
//! time; what is there by then is found to be unchanged, and nothing that is not seen again goes before the end.

use std::ops::ControlFlow;

use super::file::Candidate;
use super::put::{End, Putting, Tally};
use super::{Adding, now};
use crate::document::Document;
use crate::library::{Error, Progress};
use crate::store::{OpenFile, SourceId};

/// As much text goes into one transaction, in bytes: some tenths of a second of reading.
const BATCH: usize = 4 << 20;

/// As many documents go into one transaction.
const BATCH_DOCUMENTS: usize = 512;

/// What the head of a document is taken for beside its text, in bytes.
const HEAD: usize = 512;

/// Files that are read as one, being put.
pub(super) struct Pour<'f> {
    files: Vec<(&'f Candidate, OpenFile, Putting)>,
    waiting: Vec<(usize, Document)>,
    /// How much text is waiting, in bytes.
    bytes: usize,
    /// How many documents came, those that wait included.
    documents: usize,
    /// How many came before those of these files.
    before: usize,
    failed: Option<Error>,
}

impl<'f> Pour<'f> {
    /// Begins with files of a source: until their end, they are to be read again.
    pub fn begin(
        adding: &mut Adding<'_>,
        source: SourceId,
        files: &[&'f Candidate],
    ) -> Result<Self, Error> {
        let mut batch = adding.library.store.write()?;
        let paths = files.iter().map(|file| file.relative.as_str());
        let open = batch.files_together(source, paths)?;
        batch.commit()?;
        let files = files.iter().copied().zip(open);
        Ok(Self {
            files: files
                .map(|(file, open)| (file, open, Putting::default()))
                .collect(),
            waiting: Vec::new(),
            bytes: 0,
            documents: 0,
            before: adding.documents,
            failed: None,
        })
    }

    /// Takes a document of the file at `place`; breaks off where the one who waits wants no more, or the store fails.
    pub fn document(
        &mut self,
        adding: &mut Adding<'_>,
        (place, document): (usize, Document),
        now: Progress,
    ) -> ControlFlow<()> {
        self.documents += 1;
        self.bytes += document.body.text().len() + HEAD;
        self.waiting.push((place, document));
        let told = Progress {
            documents: self.before + self.documents,
            ..now
        };
        (adding.progress)(told.clone())?;
        if self.bytes < BATCH && self.waiting.len() < BATCH_DOCUMENTS {
            return ControlFlow::Continue(());
        }
        self.failed = self.put(adding, &told).err();
        if self.failed.is_some() || adding.added.stopped {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Puts what waits, and makes it searchable.
    fn put(&mut self, adding: &mut Adding<'_>, now: &Progress) -> Result<(), Error> {
        self.store(adding)?;
        adding.carry(now)
    }

    fn store(&mut self, adding: &mut Adding<'_>) -> Result<(), Error> {
        let mut batch = adding.library.store.write()?.at(now());
        for (place, document) in self.waiting.drain(..) {
            if let Some((_, file, putting)) = self.files.get_mut(place) {
                putting.document(&mut batch, file, &document)?;
            }
        }
        self.bytes = 0;
        Ok(batch.commit()?)
    }

    /// Ends the files with what came of each, in their order. With nothing, reading broke off: what was put stays, and the files are read again next time.
    pub fn end(
        mut self,
        adding: &mut Adding<'_>,
        ends: Option<Vec<End>>,
    ) -> Result<Vec<Tally>, Error> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.store(adding)?;
        adding.documents += self.documents;
        let mut ends = ends.map(Vec::into_iter);
        let mut batch = adding.library.store.write()?.at(now());
        let mut tallies = Vec::with_capacity(self.files.len());
        for (file, open, putting) in self.files {
            tallies.push(match &mut ends {
                None => putting.end_early(&mut batch, (open, file))?,
                Some(ends) => {
                    putting.end(&mut batch, (open, file), ends.next().unwrap_or_default())?
                }
            });
        }
        batch.commit()?;
        Ok(tallies)
    }
}
