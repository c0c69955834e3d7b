//! One source on its way in: its files are found, those that went are let go, the others read and stored.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::file::Candidate;
use super::manifests::Manifests;
use super::put::{self, Tally};
use super::read::{self, Content, Job};
use super::target::Target;
use super::walk::{self, Walked};
use super::{Adding, Warning, now, path_text};
use crate::library::catch_up::Carrier;
use crate::library::{Error, Phase, Progress};
use crate::store::{Batch, FileState, SourceId, SourceKind};

/// The files of a source on their way in.
struct Course {
    source: SourceId,
    kind: SourceKind,
    /// The files as they were read before, by path.
    known: HashMap<String, FileState>,
    /// How many files are done.
    done: usize,
    /// How many there are.
    total: usize,
}

impl Course {
    /// Returns how far it has come, about to read `name`.
    fn progress(&self, name: &str, documents: usize) -> Progress {
        Progress {
            phase: Phase::Reading,
            done: self.done,
            total: self.total,
            documents,
            name: name.to_owned(),
        }
    }

    /// Puts what was read of a file. A large one is taken apart meanwhile, `each` is told how many documents it had so
    /// far, and nothing is returned where that broke off.
    fn put(
        &self,
        batch: &mut Batch<'_>,
        job: &Job,
        content: Content,
        each: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Option<Tally>, Error> {
        let tally = match content {
            Content::Unchanged => self.unchanged(&job.file),
            Content::Parsed(parsed) => put::put_parsed(batch, self.source, &job.file, parsed)?,
            Content::Failed(reason) => put::put_failure(batch, self.source, &job.file, reason)?,
            Content::Large(bytes) => {
                let file = job.with_bytes(&bytes);
                match put::put_bytes(batch, self.source, &file, each)? {
                    Some(tally) => tally,
                    None => return Ok(None),
                }
            }
        };
        if let (SourceKind::File, Some(title)) = (self.kind, &tally.title) {
            batch.rename_source(self.source, title)?;
        }
        Ok(Some(tally))
    }

    /// Returns what becomes of a file that is as it was: what could not be read then can't be read now.
    fn unchanged(&self, file: &Candidate) -> Tally {
        let Some(known) = self.known.get(&file.relative) else {
            return Tally::default();
        };
        Tally {
            unchanged: known.documents,
            failure: known.failure.clone(),
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
        self.read(source, target, walked.files)?;
        if is_new && target.kind == SourceKind::File {
            self.forget_barren(source)?;
        }
        Ok(())
    }

    /// Finds the files of a target.
    fn files(&mut self, target: &Target) -> Result<Walked, Error> {
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
                    name: path_text(place),
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

    /// Removes the files that are gone from what was looked through, with their documents.
    fn let_go(
        &mut self,
        source: SourceId,
        target: &Target,
        files: &[Candidate],
    ) -> Result<(), Error> {
        let there: HashSet<&str> = files.iter().map(|file| file.relative.as_str()).collect();
        let below = target
            .within
            .strip_prefix(&target.root)
            .unwrap_or(&target.root);
        let looked_at = |file: &FileState| Path::new(&file.path).starts_with(below);
        let known = self.library.store.files(source)?;
        let mut gone = known
            .iter()
            .filter(|file| looked_at(file) && !there.contains(file.path.as_str()))
            .peekable();
        if gone.peek().is_none() {
            return Ok(());
        }
        let mut batch = self.library.store.write()?;
        for file in gone {
            self.added.removed += batch.remove_file(source, &file.path)?;
        }
        batch.commit()?;
        Ok(())
    }

    /// Reads files and stores their documents, group by group.
    fn read(
        &mut self,
        source: SourceId,
        target: &Target,
        files: Vec<Candidate>,
    ) -> Result<(), Error> {
        let known = self.library.store.files(source)?.into_iter();
        let mut course = Course {
            source,
            kind: target.kind,
            known: known.map(|file| (file.path.clone(), file)).collect(),
            done: 0,
            total: files.len(),
        };
        let jobs = self.jobs(target, files, &course);
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

    /// Returns what is to be read, with what the manifests say of it.
    fn jobs(&mut self, target: &Target, files: Vec<Candidate>, course: &Course) -> Vec<Job> {
        // The manifest beside a single file counts as well.
        let from = match target.kind {
            SourceKind::File => target.root.parent(),
            SourceKind::Folder | SourceKind::Seeds => None,
        };
        let mut manifests = Manifests::below(from.unwrap_or(&target.root));
        let jobs = files
            .into_iter()
            .map(|file| Job {
                entry: manifests.entry(&file.path),
                known: course
                    .known
                    .get(&file.relative)
                    .and_then(|file| file.fingerprint),
                file,
            })
            .collect();
        self.added.warnings.append(&mut manifests.warnings);
        jobs
    }

    /// Stores a group of files that were read, and makes it searchable.
    fn store(
        &mut self,
        course: &mut Course,
        group: &[Job],
        contents: Vec<Content>,
    ) -> Result<(), Error> {
        let mut batch = self.library.store.write()?.at(now());
        for (job, content) in group.iter().zip(contents) {
            let now = course.progress(&job.file.relative, self.documents);
            if (self.progress)(now.clone()).is_break() {
                self.added.stopped = true;
                break;
            }
            let mut telling = |documents| {
                (self.progress)(Progress {
                    documents: now.documents + documents,
                    ..now.clone()
                })
            };
            let Some(tally) = course.put(&mut batch, job, content, &mut telling)? else {
                // Stopped within a large file, which stands alone in its group: nothing else is taken back.
                self.added.stopped = true;
                return Ok(());
            };
            self.documents += tally.documents();
            self.added.count(course.kind, &job.file, tally);
            course.done += 1;
        }
        batch.commit()?;
        self.carry(&course.progress("", self.documents))
    }

    /// Makes searchable what was stored. Who finds the index in other hands leaves the work to them.
    fn carry(&mut self, now: &Progress) -> Result<(), Error> {
        if self.carrier.is_none() && self.library.is_behind()? {
            self.carrier = Carrier::begin(&self.library.store, &self.library.index)?;
        }
        let Some(carrier) = &mut self.carrier else {
            return Ok(());
        };
        let flow = carrier.carry(&self.library.store, &mut |_| (self.progress)(now.clone()))?;
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
