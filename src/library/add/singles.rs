//! Files that were named one by one, each a source of its own: as many in a transaction as of a folder's, and read by
//! all cores while those before are being stored.
//!
//! What is read piece by piece (a large file, an archive with mailboxes in it) stands back for [`Adding::target`], which
//! gives it transactions of its own.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::file::Candidate;
use super::manifests::Manifests;
use super::read::{self, Content, GROUP_BYTES, GROUP_FILES, Job};
use super::source::Course;
use super::target::Target;
use super::{Adding, Failure, mail, now, path_text};
use crate::format::Packing;
use crate::library::catch_up::Fresh;
use crate::library::{Error, Progress};
use crate::store::SourceKind;

/// Files that are sources of their own, on their way in together.
#[derive(Default)]
pub(super) struct Singles {
    targets: Vec<(Target, Candidate)>,
    /// How large they are, in bytes.
    bytes: u64,
    /// Those that were read and have yet to be stored.
    read: Vec<Read>,
    /// Where all of these are: nothing is read twice at a time.
    roots: HashSet<PathBuf>,
    /// How many were stored, and how large they were.
    stored: (usize, u64),
    /// How many paths there are in all.
    total: usize,
    /// The manifests of the folders that they are in.
    manifests: HashMap<PathBuf, Manifests>,
}

/// A file that is a source of its own.
struct Single {
    target: Target,
    course: Course,
    is_new: bool,
    file: Candidate,
}

/// Such a file with what was read of it; nothing where it surely is what it was.
type Read = (Single, Option<(Job, Content)>);

impl Singles {
    /// Returns none yet, of so many paths.
    pub fn of(total: usize) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }

    /// Takes a target along, or gives it back where it is none of these.
    fn take(&mut self, target: Target) -> Option<Target> {
        if target.kind != SourceKind::File || self.roots.contains(&target.root) {
            return Some(target);
        }
        let name = target.root.file_name().map_or(Path::new(""), Path::new);
        let file = Candidate::new(&target.root, name);
        if file.size > GROUP_BYTES {
            return Some(target);
        }
        self.roots.insert(target.root.clone());
        self.bytes += file.size;
        self.targets.push((target, file));
        None
    }

    /// Returns whether those that wait are enough for a transaction.
    fn are_enough(&self) -> bool {
        self.targets.len() >= GROUP_FILES || self.bytes >= GROUP_BYTES
    }
}

impl Adding<'_> {
    /// Takes a target along with the files that are sources of their own. Where it is none of these, all that wait are
    /// stored, and it is given back.
    pub(super) fn single_or(
        &mut self,
        singles: &mut Singles,
        target: Target,
    ) -> Result<Option<Target>, Error> {
        if let Some(target) = singles.take(target) {
            self.all_singles(singles)?;
            // One that was named twice goes with the next.
            return Ok(singles.take(target));
        }
        if singles.are_enough() {
            self.singles(singles)?;
        }
        Ok(None)
    }

    /// Reads and stores all that wait.
    pub(super) fn all_singles(&mut self, singles: &mut Singles) -> Result<(), Error> {
        self.singles(singles)?;
        let read = std::mem::take(&mut singles.read);
        self.store_singles(read, singles)?;
        singles.roots.clear();
        let manifests = std::mem::take(&mut singles.manifests).into_values();
        let warnings = manifests.flat_map(|manifests| manifests.warnings);
        self.added.warnings.extend(warnings);
        Ok(())
    }

    /// Reads those that wait while those that were read are stored.
    pub(super) fn singles(&mut self, singles: &mut Singles) -> Result<(), Error> {
        if self.added.stopped {
            return Ok(());
        }
        singles.bytes = 0;
        let mut files = Vec::new();
        let mut jobs = Vec::new();
        let mut apart = Vec::new();
        for (target, file) in std::mem::take(&mut singles.targets) {
            let (single, job) = self.single(target, file, &mut singles.manifests)?;
            match job {
                Some(_) if mail::packing(&single.file) == Some(Packing::Zip) => {
                    apart.push(single.target);
                }
                job => {
                    files.push((single, job.is_some()));
                    jobs.extend(job);
                }
            }
        }
        let before = std::mem::take(&mut singles.read);
        let (contents, stored) = read::read_group(&jobs, || self.store_singles(before, singles));
        stored?;
        let mut read = jobs.into_iter().zip(contents);
        let files = files.into_iter();
        singles.read = files
            .map(|(single, is_read)| (single, is_read.then(|| read.next()).flatten()))
            .collect();
        for target in apart {
            if self.added.stopped {
                break;
            }
            self.target(&target)?;
        }
        Ok(())
    }

    /// Returns a file with what is known of it, and what is to be read; nothing where it surely is what it was.
    fn single(
        &self,
        target: Target,
        file: Candidate,
        manifests: &mut HashMap<PathBuf, Manifests>,
    ) -> Result<(Single, Option<Job>), Error> {
        let store = &self.library.store;
        let source = store
            .source(&path_text(&target.root))?
            .map(|known| known.id);
        let known = match source {
            Some(source) => store.files(source)?,
            None => Vec::new(),
        };
        let course = Course::of_one(source, known, self.look);
        let folder = file.path.parent().unwrap_or(&file.path);
        let manifests = manifests
            .entry(folder.to_owned())
            .or_insert_with(|| Manifests::below(folder));
        let entry = manifests.entry(&file.path);
        let file = file.read_by(entry.as_ref(), self.library.limits);
        let as_mailbox = file.clone().into_mailbox();
        let mut single = Single {
            target,
            course,
            is_new: source.is_none(),
            file,
        };
        let still = |file| single.course.still(file).is_some();
        if still(&single.file) {
            return Ok((single, None));
        }
        if still(&as_mailbox) {
            single.file = as_mailbox;
            return Ok((single, None));
        }
        if mail::packing(&single.file).is_some() {
            single.file = as_mailbox;
        }
        let known = single.course.known(&single.file.relative);
        let job = Job {
            entry,
            known: known.and_then(|known| known.fingerprint),
            file: single.file.clone(),
        };
        Ok((single, Some(job)))
    }

    /// Stores files that were read, with the sources that they are, and makes them searchable.
    fn store_singles(&mut self, read: Vec<Read>, singles: &mut Singles) -> Result<(), Error> {
        if read.is_empty() || self.added.stopped {
            return Ok(());
        }
        let begun = now();
        let mut fresh = Fresh::at(begun);
        let mut batch = self.library.store.write()?.at(begun);
        let mut told = Progress::reading(singles.total);
        for (mut single, content) in read {
            told = Progress {
                done: singles.stored.0,
                documents: self.documents,
                bytes: singles.stored.1,
                name: single.file.relative.clone(),
                failed: self.added.failed.len(),
                last_failed: self.added.failed.last().map(Failure::in_brief),
                ..told
            };
            if (self.progress)(told.clone()).is_break() {
                self.added.stopped = true;
                break;
            }
            let source = single.target.with_source(now(), |new| batch.source(new))?;
            single.course.is_of(source);
            let tally = match content {
                None => single.course.unchanged(&single.file),
                Some((job, content)) => {
                    self.added.read += usize::from(!matches!(content, Content::Failed(_)));
                    let mut telling = |_| (self.progress)(told.clone());
                    let read = (&job, content);
                    let course = &single.course;
                    let put = course.put(&mut batch, read, &mut fresh, &mut telling)?;
                    let Some(tally) = put else {
                        // Stopped within a file that has grown large since it was looked at.
                        self.added.stopped = true;
                        return Ok(());
                    };
                    tally
                }
            };
            batch.looked(source, now())?;
            if single.is_new && tally.documents() == 0 {
                // That it failed is told, and there is nothing in it to keep.
                batch.remove_source(source)?;
            }
            self.documents += tally.documents();
            self.added.count(SourceKind::File, &single.file, tally);
            singles.stored.0 += 1;
            singles.stored.1 += single.file.size;
        }
        batch.commit()?;
        self.carry_with(fresh, &told)
    }
}
