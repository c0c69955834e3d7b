//! Carrying the store's log of changes over into the index: the only way in which anything gets there.
//!
//! The index remembers the number of the last change that it has seen, in the same commit as the change itself. A
//! writer is opened for a piece of work and let go after it. Who finds another one at work leaves its changes in the
//! log; who is at work looks at the log once more after letting go.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use super::{Error, Library, Phase, Progress};
use crate::document::{Document, DocumentId};
use crate::index::{self, Index, Stamp, Writer};
use crate::store::{Change, SourceId, Store, Stored};

/// How much text goes into one commit, in bytes. A killed program has to read this much again; each commit costs
/// some 25 ms and a segment of the index.
const COMMIT: usize = 64 << 20;

/// How many changes are read from the log at a time.
const PAGE: u32 = 256;

impl Library {
    /// Makes everything searchable that is in the store. Stopped by `progress`, it keeps what is done.
    ///
    /// Where another program is writing to the index, this one leaves the work to it.
    pub fn catch_up(
        &mut self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.fold_older(progress)?;
        self.noting_damage(self.carry_all(progress))
    }

    /// Finds the doubles among documents from before recto folded them: once, the first time that it opens the library.
    fn fold_older(
        &mut self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let (mut done, mut total) = (0, 0);
        while self.store.is_unfolded()? {
            if done == 0 {
                total = self.store.count_documents()?;
            }
            let mut batch = self.store.write()?;
            done += batch.fold_older(PAGE)?;
            batch.commit()?;
            let told = Progress {
                phase: Phase::Folding,
                done,
                total: total.max(done),
                documents: done,
                bytes: 0,
                total_bytes: 0,
                name: String::new(),
                failed: 0,
                last_failed: None,
            };
            if progress(told).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn carry_all(
        &self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        while self.is_behind()? {
            let Some(mut carrier) = Carrier::begin(&self.store, &self.index)? else {
                break;
            };
            let flow = carrier.carry(&self.store, progress)?;
            carrier.end()?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Returns whether the store has changes that the index has not seen.
    pub(super) fn is_behind(&self) -> Result<bool, Error> {
        // Another program may have carried them.
        self.index.reload()?;
        let seen = self.index.stamp()?.map_or(0, |stamp| stamp.change);
        Ok(seen < self.store.last_change()?)
    }
}

/// Documents as they were just put, new and as their source says, each under the number of its change: who carries them
/// need not read them back. What has changed since has another number.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    /// When they came into the library, in seconds since 1970, UTC.
    added: i64,
    documents: HashMap<i64, (SourceId, DocumentId, Document)>,
}

impl Fresh {
    /// Returns none yet, that come at `added`.
    pub fn at(added: i64) -> Self {
        Self {
            added,
            documents: HashMap::new(),
        }
    }

    /// Keeps a document of a source, as the change of that number has put it.
    pub fn keep(&mut self, change: i64, source: SourceId, id: DocumentId, document: Document) {
        self.documents.insert(change, (source, id, document));
    }

    /// Takes out the document that a change has put.
    fn take(&mut self, change: Change) -> Option<(SourceId, Document)> {
        let (source, id, document) = self.documents.remove(&change.number)?;
        (id == change.document).then_some((source, document))
    }
}

/// The one who has the index's writer and carries changes to it.
pub(super) struct Carrier {
    index: Index,
    /// None once another program has taken over between two commits.
    writer: Option<Writer>,
    library: String,
    /// The number of the last change carried.
    reached: i64,
    /// How much text was carried since the last commit, in bytes.
    uncommitted: usize,
}

impl Carrier {
    /// Takes the writer; returns nothing where another has it.
    pub fn begin(store: &Store, index: &Index) -> Result<Option<Self>, Error> {
        let Some(writer) = free_writer(index)? else {
            return Ok(None);
        };
        // Only now: whoever had the writer before has moved the stamp.
        index.reload()?;
        Ok(Some(Self {
            reached: index.stamp()?.map_or(0, |stamp| stamp.change),
            library: store.library_id()?,
            index: index.clone(),
            writer: Some(writer),
            uncommitted: 0,
        }))
    }

    /// Carries what the log has, committing now and then; the last of it is committed by [`Carrier::end`].
    pub fn carry(
        &mut self,
        store: &Store,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Error> {
        self.carry_with(store, Fresh::default(), progress)
    }

    /// Carries what the log has, of which some is at hand.
    pub fn carry_with(
        &mut self,
        store: &Store,
        mut fresh: Fresh,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Error> {
        let total = store.count_changes_since(self.reached)?;
        let mut done = 0;
        let mut names = SourceNames::default();
        loop {
            let page = store.changes_since(self.reached, PAGE)?;
            if page.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            for change in page {
                match fresh.take(change) {
                    Some((source, document)) => {
                        let publisher = document.metadata.publisher.as_deref();
                        let shown = match publisher {
                            Some(publisher) => publisher,
                            None => names.of(store, source)?,
                        };
                        self.carry_fresh(change, fresh.added, shown, &document);
                    }
                    None => self.carry_one(store, change)?,
                }
                done += 1;
                let told = Progress {
                    phase: Phase::Indexing,
                    done,
                    total: total.max(done),
                    documents: done,
                    bytes: 0,
                    total_bytes: 0,
                    name: String::new(),
                    failed: 0,
                    last_failed: None,
                };
                if progress(told).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            if self.uncommitted >= COMMIT {
                self.commit()?;
                self.writer = free_writer(&self.index)?;
            }
            if self.writer.is_none() {
                return Ok(ControlFlow::Continue(()));
            }
        }
    }

    /// Commits what was carried and lets the writer go.
    pub fn end(mut self) -> Result<(), Error> {
        self.commit()
    }

    fn carry_fresh(&mut self, change: Change, added: i64, source: &str, document: &Document) {
        let Some(writer) = &mut self.writer else {
            return;
        };
        self.uncommitted += document.body.text().len();
        writer.put_added(change.document, source, added, document);
        self.reached = change.number;
    }

    fn carry_one(&mut self, store: &Store, change: Change) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        match store.document(change.document)? {
            Some(stored) => {
                self.uncommitted += stored.document.body.text().len();
                let source = shown_source(&stored);
                writer.put_added(stored.id, source, stored.added, &stored.document);
            }
            None => writer.remove(change.document),
        }
        self.reached = change.number;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        if let Some(writer) = self.writer.take() {
            writer.commit(&Stamp {
                library: self.library.clone(),
                change: self.reached,
            })?;
            self.index.reload()?;
            self.uncommitted = 0;
        }
        Ok(())
    }
}

/// Returns the index's writer, or nothing where another has it.
fn free_writer(index: &Index) -> Result<Option<Writer>, Error> {
    match index.writer() {
        Ok(writer) => Ok(Some(writer)),
        Err(index::Error::Busy { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What sources are called, each asked for once.
#[derive(Debug, Default)]
struct SourceNames(HashMap<SourceId, String>);

impl SourceNames {
    fn of(&mut self, store: &Store, source: SourceId) -> Result<&str, Error> {
        Ok(match self.0.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(store.source_name(source)?.unwrap_or_default()),
        })
    }
}

/// Returns what a person calls the source of a document: its publisher, else the name of what was added.
pub(super) fn shown_source(stored: &Stored) -> &str {
    let publisher = stored.document.metadata.publisher.as_deref();
    publisher.unwrap_or(&stored.source_name)
}
