//! One source on its way in: its files are found, those that went are let go, the others read and stored.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::file::{Candidate, was_mailbox};
use super::mail::{self, Mail, MailFile};
use super::manifests::Manifests;
use super::put::{self, Tally};
use super::read::{self, Content, Job};
use super::streamed::Poured;
use super::target::Target;
use super::walk::{self, Walked};
use super::{Adding, Failure, Look, Warning, now, now_in_ms, path_text};
use crate::format;
use crate::library::catch_up::{Carrier, Fresh};
use crate::library::{Error, Phase, Progress};
use crate::store::{Batch, FileState, SourceId, SourceKind};

/// The files of a source on their way in.
pub(super) struct Course {
    source: SourceId,
    kind: SourceKind,
    /// The files as they were read before, by path.
    known: HashMap<String, FileState>,
    /// How many files are done.
    done: usize,
    /// How many there are.
    total: usize,
    /// How many bytes of those that have to be read are done.
    bytes: u64,
    /// How many bytes have to be read.
    total_bytes: u64,
    /// Which files are opened.
    look: Look,
}

impl Course {
    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    pub(super) fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Returns what is known of the file at this path.
    pub(super) fn known(&self, path: &str) -> Option<&FileState> {
        self.known.get(path)
    }

    /// Returns whether there was a mailbox that is not among these.
    fn misses(&self, mail: &Mail) -> bool {
        let found = mail.files.iter().map(|one| one.file.relative.as_str());
        let found: HashSet<&str> = found.collect();
        let known = self.known.values().filter(|known| was_mailbox(known));
        mail.may_have_changed()
            && known
                .into_iter()
                .any(|known| !found.contains(known.path.as_str()))
    }

    /// Returns that of a file which is a source of its own; where it is new, it gets its number later.
    pub(super) fn of_one(source: Option<SourceId>, known: Vec<FileState>, look: Look) -> Self {
        let known = known.into_iter();
        Self {
            source: source.unwrap_or(SourceId(0)),
            kind: SourceKind::File,
            known: known.map(|file| (file.path.clone(), file)).collect(),
            done: 0,
            total: 1,
            bytes: 0,
            total_bytes: 0,
            look,
        }
    }

    /// Says which source it is of.
    pub(super) fn is_of(&mut self, source: SourceId) {
        self.source = source;
    }

    /// Notes that a file is done.
    pub(super) fn is_done(&mut self, file: &Candidate) {
        self.done += 1;
        self.bytes += file.size;
    }

    /// Returns how far it has come, about to read `name`.
    pub(super) fn progress(&self, name: &str, documents: usize) -> Progress {
        Progress {
            done: self.done,
            documents,
            bytes: self.bytes,
            total_bytes: self.total_bytes,
            name: name.to_owned(),
            ..Progress::reading(self.total)
        }
    }

    /// Returns what is known of a file, where it need not be opened: it is surely what it was.
    pub(super) fn still(&self, file: &Candidate) -> Option<&FileState> {
        let known = self.known.get(&file.relative)?;
        (self.look == Look::Changed && file.is_still(known)).then_some(known)
    }

    /// Puts what was read of a file. A large one is taken apart meanwhile, `each` is told how many documents it had so
    /// far, and nothing is returned where that broke off.
    pub(super) fn put(
        &self,
        batch: &mut Batch<'_>,
        (job, content): (&Job, Content),
        fresh: &mut Fresh,
        each: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Option<Tally>, Error> {
        let tally = match content {
            Content::Unchanged => {
                batch.same_file(
                    self.source,
                    &job.file.relative,
                    &job.file.record(now_in_ms()),
                )?;
                self.unchanged(&job.file)
            }
            Content::Parsed(parsed) => {
                put::put_parsed(batch, self.source, (&job.file, parsed), fresh)?
            }
            Content::Failed(reason) => put::put_failure(batch, self.source, &job.file, reason)?,
            // It is never in a batch of others, see `Adding::store`.
            Content::Streamed => return Ok(None),
            Content::Large(bytes) => {
                let file = job.with_bytes(&bytes);
                match put::put_bytes(batch, self.source, &file, each)? {
                    Some(tally) => tally,
                    None => return Ok(None),
                }
            }
        };
        self.settle(batch, &job.file, tally).map(Some)
    }

    /// Takes up what a file says beside its documents.
    pub(super) fn settle(
        &self,
        batch: &mut Batch<'_>,
        file: &Candidate,
        mut tally: Tally,
    ) -> Result<Tally, Error> {
        if let (SourceKind::File, Some(title)) = (self.kind, &tally.title) {
            batch.rename_source(self.source, title)?;
        }
        let origin = path_text(&file.path);
        for subscription in &tally.subscriptions {
            tally.addresses += usize::from(batch.subscribe(subscription, &origin, now())?);
        }
        Ok(tally)
    }

    /// Returns what becomes of a file that is as it was: what could not be read then can't be read now.
    pub(super) fn unchanged(&self, file: &Candidate) -> Tally {
        let Some(known) = self.known.get(&file.relative) else {
            return Tally::default();
        };
        Tally {
            unchanged: known.documents,
            failure: known.failure.clone(),
            without_text: known.textless,
            ..Tally::default()
        }
    }
}

impl Adding<'_> {
    /// Adds what `target` means.
    pub(super) fn target(&mut self, target: &Target) -> Result<(), Error> {
        let walked = self.files(target)?;
        self.added.failed.extend(walked.failed.iter().cloned());
        self.added.warnings.extend(walked.warnings.iter().cloned());
        self.added.no_documents += walked.no_documents;
        self.added.page_folders += walked.page_folders;
        if walked.stopped {
            self.added.stopped = true;
            return Ok(());
        }
        let is_new = self
            .library
            .store
            .source(&path_text(&target.root))?
            .is_none();
        if walked.files.is_empty() {
            self.added.warnings.push(Warning {
                path: target.root.clone(),
                place: "folder".to_owned(),
                message: "has nothing to read; what the library has of it stays".to_owned(),
            });
            return Ok(());
        }
        let source = self.source(target)?;
        if !is_new && walked.failed.is_empty() {
            self.let_go(source, target, &walked.files)?;
        }
        let whole = walked.failed.is_empty() && target.within == target.root;
        let all_found = walked.failed.is_empty();
        self.read(source, target, (walked.files, all_found))?;
        if whole && !self.added.stopped {
            let mut batch = self.library.store.write()?;
            batch.looked(source, now())?;
            batch.commit()?;
        }
        if is_new && target.kind == SourceKind::File {
            self.forget_barren(source)?;
        }
        Ok(())
    }

    /// Finds the files of a target.
    pub(super) fn files(&mut self, target: &Target) -> Result<Walked, Error> {
        if target.kind == SourceKind::File {
            let name = target.root.file_name().map_or(Path::new(""), Path::new);
            return Ok(Walked {
                files: vec![Candidate::new(&target.root, name)],
                ..Walked::default()
            });
        }
        let sources = self.library.store.sources()?.into_iter();
        let mut others: HashSet<PathBuf> = sources
            .filter_map(|source| source.path.map(PathBuf::from))
            .filter(|path| *path != target.root)
            .collect();
        others.extend(self.library.directory().canonicalize().ok());
        Ok(walk::walk(
            &target.root,
            &target.within,
            others,
            &mut |found, place| {
                (self.progress)(Progress {
                    phase: Phase::Finding,
                    done: found,
                    total: 0,
                    documents: self.documents,
                    bytes: 0,
                    total_bytes: 0,
                    name: path_text(place),
                    failed: 0,
                    last_failed: None,
                })
            },
        ))
    }

    /// Returns the source of a target, which is added where it is new.
    fn source(&mut self, target: &Target) -> Result<SourceId, Error> {
        let mut batch = self.library.store.write()?;
        let source = target.with_source(now(), |new| batch.source(new))?;
        batch.commit()?;
        Ok(source)
    }

    /// Reads files and stores their documents, group by group.
    fn read(
        &mut self,
        source: SourceId,
        target: &Target,
        (files, all_found): (Vec<Candidate>, bool),
    ) -> Result<(), Error> {
        let known = self.library.store.files(source)?.into_iter();
        let mut course = Course {
            source,
            kind: target.kind,
            known: known.map(|file| (file.path.clone(), file)).collect(),
            done: 0,
            total: files.len(),
            bytes: 0,
            total_bytes: 0,
            look: self.look,
        };
        let (jobs, mut mail) = self.jobs(target, files, &mut course);
        let all_found = self.add_others(target, &course, &mut mail)? && all_found;
        if self.added.stopped {
            return Ok(());
        }
        if !all_found && course.misses(&mail) {
            // Threads without the posts of what is only out of reach would have lost them.
            self.added.warnings.push(Warning {
                path: target.root.clone(),
                place: "folder".to_owned(),
                message: "has mailboxes that cannot be reached; its letters stay as they were"
                    .to_owned(),
            });
            mail = Mail::default();
        }
        if mail.may_have_changed() {
            course.total_bytes += mail.files.iter().map(|one| one.file.size).sum::<u64>();
        }
        // First: where one of the other files was a mailbox, that must not be forgotten before its posts went.
        self.mail(&mut course, mail)?;
        let mut jobs = jobs.into_iter();
        let mut group = read::next_group(&mut jobs);
        let (mut contents, ()) = read::read_group(&group, || ());
        while !group.is_empty() && !self.added.stopped {
            let upcoming = read::next_group(&mut jobs);
            let (next, stored) =
                read::read_group(&upcoming, || self.store(&mut course, &group, contents));
            stored?;
            (group, contents) = (upcoming, next);
        }
        Ok(())
    }

    /// Returns what is to be read, with what the manifests say of it. What need not be opened is counted at once.
    fn jobs(
        &mut self,
        target: &Target,
        files: Vec<Candidate>,
        course: &mut Course,
    ) -> (Vec<Job>, Mail) {
        let mut manifests = Manifests::of(target);
        let mut changed = Vec::new();
        for file in files {
            let entry = manifests.entry(&file.path);
            let file = file.read_by(entry.as_ref(), self.library.limits);
            if course.still(&file).is_some() {
                let tally = course.unchanged(&file);
                self.documents += tally.documents();
                self.added.count(course.kind, &file, tally);
                course.done += 1;
                continue;
            }
            let as_mailbox = file.clone().into_mailbox();
            let still = course.still(&as_mailbox).is_some();
            changed.push((file, entry, still));
        }
        let look =
            |(file, _, still): &(Candidate, _, bool)| *still || mail::packing(file).is_some();
        let (are_mailboxes, ()) = format::on_all_cores(&changed, look, || ());
        let mut jobs = Vec::new();
        let mut mail = Mail::default();
        for ((file, entry, still), is_mailbox) in changed.into_iter().zip(are_mailboxes) {
            let known = course.known.get(&file.relative);
            if is_mailbox.unwrap_or(false) {
                mail.files.push(MailFile {
                    known: known.cloned(),
                    file: file.into_mailbox(),
                    entry,
                    still,
                });
                continue;
            }
            mail.lost |= known.is_some_and(was_mailbox);
            course.total_bytes += file.size;
            jobs.push(Job {
                entry,
                known: known.and_then(|file| file.fingerprint),
                file,
            });
        }
        self.added.warnings.append(&mut manifests.warnings);
        (jobs, mail)
    }

    /// Stores a group of files that were read, and makes it searchable.
    fn store(
        &mut self,
        course: &mut Course,
        group: &[Job],
        contents: Vec<Content>,
    ) -> Result<(), Error> {
        // What is so large stands alone in its group.
        if let ([job], [Content::Streamed]) = (group, contents.as_slice()) {
            return self.store_streamed(course, job);
        }
        let begun = now();
        let mut fresh = Fresh::at(begun);
        let mut batch = self.library.store.write()?.at(begun);
        for (job, content) in group.iter().zip(contents) {
            let now = Progress {
                failed: self.added.failed.len(),
                last_failed: self.added.failed.last().map(Failure::in_brief),
                ..course.progress(&job.file.relative, self.documents)
            };
            if (self.progress)(now.clone()).is_break() {
                self.added.stopped = true;
                break;
            }
            let was_opened = !matches!(content, Content::Failed(_));
            let mut telling = |documents| {
                (self.progress)(Progress {
                    documents: now.documents + documents,
                    ..now.clone()
                })
            };
            let Some(tally) = course.put(&mut batch, (job, content), &mut fresh, &mut telling)?
            else {
                // Stopped within a large file, which stands alone in its group: nothing else is taken back.
                self.added.stopped = true;
                return Ok(());
            };
            self.documents += tally.documents();
            self.added.stopped |= tally.stopped;
            self.added.count(course.kind, &job.file, tally);
            self.added.read += usize::from(was_opened);
            course.done += 1;
            course.bytes += job.file.size;
            if self.added.stopped {
                break;
            }
        }
        batch.commit()?;
        let now = Progress {
            failed: self.added.failed.len(),
            last_failed: self.added.failed.last().map(Failure::in_brief),
            ..course.progress("", self.documents)
        };
        self.carry_with(fresh, &now)
    }

    /// Reads a file piece by piece, and stores its documents.
    fn store_streamed(&mut self, course: &mut Course, job: &Job) -> Result<(), Error> {
        let now = course.progress(&job.file.relative, self.documents);
        if (self.progress)(now).is_break() {
            self.added.stopped = true;
            return Ok(());
        }
        let poured = self.pour(course, job)?;
        let mut batch = self.library.store.write()?;
        let tally = match poured {
            Poured::Stopped => {
                self.added.stopped = true;
                return Ok(());
            }
            Poured::Put(tally) => course.settle(&mut batch, &job.file, tally)?,
            Poured::Unchanged => {
                let record = job.file.record(now_in_ms());
                batch.same_file(course.source, &job.file.relative, &record)?;
                let tally = course.unchanged(&job.file);
                self.documents += tally.documents();
                tally
            }
            Poured::Failed(reason) => {
                put::put_failure(&mut batch, course.source, &job.file, reason)?
            }
        };
        batch.commit()?;
        self.added.stopped |= tally.stopped;
        self.added.read += usize::from(tally.failure.is_none());
        self.added.count(course.kind, &job.file, tally);
        course.is_done(&job.file);
        self.carry(&course.progress("", self.documents))
    }

    /// Makes searchable what was stored. Who finds the index in other hands leaves the work to them.
    pub(super) fn carry(&mut self, now: &Progress) -> Result<(), Error> {
        self.carry_with(Fresh::default(), now)
    }

    /// Makes searchable what was stored, of which some is at hand.
    pub(super) fn carry_with(&mut self, fresh: Fresh, now: &Progress) -> Result<(), Error> {
        if self.carrier.is_none() && self.library.is_behind()? {
            self.carrier = Carrier::begin(&self.library.store, &self.library.index)?;
        }
        let Some(carrier) = &mut self.carrier else {
            return Ok(());
        };
        let store = &self.library.store;
        let flow = carrier.carry_with(store, fresh, &mut |_| (self.progress)(now.clone()))?;
        self.added.stopped |= flow.is_break();
        Ok(())
    }

    /// Removes a new source of one file of which no document could be made: that it failed was told, and there is
    /// nothing in it to keep.
    fn forget_barren(&mut self, source: SourceId) -> Result<(), Error> {
        let files = self.library.store.files(source)?;
        if files.iter().any(|file| file.documents > 0) {
            return Ok(());
        }
        let mut batch = self.library.store.write()?;
        batch.remove_source(source)?;
        batch.commit()?;
        Ok(())
    }
}
