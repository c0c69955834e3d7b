//! The mailboxes of a source, read as one: a thread that runs over the months of an archive is one document.
//!
//! Each mailbox stays a file of its own, to which the documents belong whose first letter it has. But one says nothing
//! without the others: where one has changed, came or went, all are read again, and what is the same afterwards is not
//! touched. Which files are mailboxes is known from the last time as long as they are what they were.
//!
//! Mailboxes of which the manifest says different things are read as one with their like alone.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::ops::ControlFlow;

use super::file::{Candidate, was_mailbox};
use super::maildir::Maildir;
use super::pour::Pour;
use super::put::{self, End, Tally};
use super::shelf::Shelf;
use super::source::Course;
use super::target::Target;
use super::{Adding, now_in_ms, streamed, told};
use crate::config::manifest::FileEntry;
use crate::format::{self, Input, MailboxRead, Packing, Step};
use crate::library::{Error, Progress};
use crate::store::{FileState, Fingerprint};

/// Which part of the work on a mailbox it is to find whether it has changed, and what threads its letters, of a
/// hundred: measured, hashing and the first pass go some ten times as fast as reading.
const LOOKING: u64 = 5;
const SCANNING: u64 = 10;

/// A mailbox of a source.
#[derive(Debug)]
pub(super) struct MailFile {
    /// The file, or the folder of a maildir.
    pub file: Candidate,
    /// What the manifest says of it.
    pub entry: Option<FileEntry>,
    /// What is known of it from the last time.
    pub known: Option<FileState>,
    /// It is surely what it was.
    pub still: bool,
}

impl MailFile {
    /// Returns the fingerprint of what it holds; nothing where `each`, which hears how many bytes were gone through,
    /// breaks off.
    fn fingerprint(&self, each: &mut dyn FnMut(u64) -> ControlFlow<()>) -> io::Result<Option<i64>> {
        if !self.file.path.is_dir() {
            return streamed::fingerprint(&self.file, self.entry.as_ref(), each);
        }
        let fingerprint = Fingerprint::default()
            .with(format!("{:?}", self.entry).as_bytes())
            .with(&format::VERSION.to_le_bytes());
        let maildir = Maildir::open(&self.file.path)?;
        Ok(Some(maildir.fingerprint(fingerprint).finish()))
    }
}

/// Returns how a file is packed where it is a mailbox or has some in it; a maildir is one. What is called otherwise is not
/// looked into; what cannot be opened is none, and is told of as any other file is.
pub(super) fn packing(file: &Candidate) -> Option<Packing> {
    if format::is_never_mail(&file.relative) {
        return None;
    }
    if file.path.is_dir() {
        return Some(Packing::Plain);
    }
    let (stream, head) = streamed::open(file).ok()?;
    let input = Input {
        limits: file.limits,
        ..Input::new(&file.relative, &head)
    };
    format::mail_packing(&input, &mut BufReader::new(stream))
}

/// What is found of the mailboxes of a source before they are read.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// Those that were looked at.
    pub files: Vec<MailFile>,
    /// One is no mailbox any more.
    pub lost: bool,
}

impl Mail {
    /// Returns whether any may have changed.
    pub fn may_have_changed(&self) -> bool {
        self.lost || self.files.iter().any(|one| !one.still)
    }
}

impl Adding<'_> {
    /// Adds the mailboxes of the source that are not below what was looked at: they are read as one with those that
    /// are. Returns whether all could be looked for.
    pub(super) fn add_others(
        &mut self,
        target: &Target,
        course: &Course,
        mail: &mut Mail,
    ) -> Result<bool, Error> {
        if target.within == target.root || !mail.may_have_changed() {
            return Ok(true);
        }
        let whole = Target {
            within: target.root.clone(),
            ..target.clone()
        };
        let walked = self.files(&whole)?;
        self.added.stopped |= walked.stopped;
        let mut manifests = super::manifests::Manifests::below(&target.root);
        for file in walked.files {
            let known = course.known(&file.relative);
            let is_other = !file.path.starts_with(&target.within) && known.is_some_and(was_mailbox);
            if !is_other {
                continue;
            }
            let entry = manifests.entry(&file.path);
            let file = file
                .read_by(entry.as_ref(), self.library.limits)
                .into_mailbox();
            let still = course.still(&file).is_some();
            if still || packing(&file).is_some() {
                mail.files.push(MailFile {
                    known: known.cloned(),
                    file,
                    entry,
                    still,
                });
            }
        }
        mail.files
            .sort_by(|one, other| one.file.relative.cmp(&other.file.relative));
        Ok(walked.failed.is_empty())
    }

    /// Reads the mailboxes of a source, where any has changed.
    pub(super) fn mail(&mut self, course: &mut Course, mail: Mail) -> Result<(), Error> {
        let Some(files) = self.look_at_mail(course, mail)? else {
            return Ok(());
        };
        // In the order in which the first of each comes.
        let mut likes: Vec<Vec<(&MailFile, i64)>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (one, print) in &files {
            let place = *places
                .entry(format!("{:?}", one.entry))
                .or_insert(likes.len());
            if place == likes.len() {
                likes.push(Vec::new());
            }
            likes
                .get_mut(place)
                .into_iter()
                .for_each(|like| like.push((one, *print)));
        }
        for group in likes {
            self.read_mail(course, &group)?;
            if self.added.stopped {
                break;
            }
        }
        Ok(())
    }

    /// Finds whether any mailbox has changed, and returns all that can be read with their fingerprints; nothing where
    /// there is nothing to do.
    fn look_at_mail(
        &mut self,
        course: &mut Course,
        mail: Mail,
    ) -> Result<Option<Vec<(MailFile, i64)>>, Error> {
        let mut files = Vec::new();
        let mut changed = mail.lost;
        for one in mail.files {
            let known = one.known.as_ref().and_then(|known| known.fingerprint);
            let now = course.progress(&one.file.relative, self.documents);
            if (self.progress)(now.clone()).is_break() {
                self.added.stopped = true;
                return Ok(None);
            }
            let looked = if one.still {
                Ok(known)
            } else {
                self.added.read += 1;
                one.fingerprint(&mut |done| (self.progress)(part(&now, done * LOOKING / 100)))
            };
            match looked {
                Ok(Some(print)) => {
                    changed |= known != Some(print);
                    files.push((one, print));
                }
                Ok(None) => {
                    self.added.stopped = true;
                    return Ok(None);
                }
                Err(error) => self.fail(course, &one, told(&error))?,
            }
        }
        if changed {
            return Ok(Some(files));
        }
        self.keep_mail(course, &files)?;
        Ok(None)
    }

    /// Notes that mailboxes are what they were.
    fn keep_mail(&mut self, course: &mut Course, files: &[(MailFile, i64)]) -> Result<(), Error> {
        if files.iter().any(|(one, _)| !one.still) {
            let mut batch = self.library.store.write()?;
            for (one, _) in files.iter().filter(|(one, _)| !one.still) {
                let record = one.file.record(now_in_ms());
                batch.same_file(course.source(), &one.file.relative, &record)?;
            }
            batch.commit()?;
        }
        for (one, _) in files {
            let tally = course.unchanged(&one.file);
            self.documents += tally.documents();
            self.done(course, &one.file, tally);
        }
        Ok(())
    }

    /// Reads mailboxes as one.
    fn read_mail(&mut self, course: &mut Course, group: &[(&MailFile, i64)]) -> Result<(), Error> {
        let Some((first, _)) = group.first() else {
            return Ok(());
        };
        let total: u64 = group.iter().map(|(one, _)| one.file.size).sum();
        let now = course.progress(&first.file.relative, self.documents);
        let files: Vec<&MailFile> = group.iter().map(|(one, _)| *one).collect();
        let opened = Shelf::open(&files, self.library.directory(), &mut || {
            (self.progress)(part(&now, total * LOOKING / 100))
        });
        let Some(mut mailboxes) = opened else {
            self.added.stopped = true;
            return Ok(());
        };
        let shares = Shares {
            total,
            letters: mailboxes.size().max(1),
        };
        let input = Input {
            manifest: first.entry.as_ref(),
            limits: first.file.limits,
            ..Input::new(&first.file.relative, &[])
        };
        let candidates: Vec<&Candidate> = group.iter().map(|(one, _)| &one.file).collect();
        let owners = mailboxes.owners();
        let mut pour = Pour::begin(self, course.source(), &candidates)?;
        let mut flow = ControlFlow::Continue(());
        let read = format::read_mailboxes(&input, &mut mailboxes, &mut |step| {
            flow = match step {
                Step::Scanned(done) => (self.progress)(part(&now, shares.scanned(done))),
                Step::Document {
                    mailbox,
                    document,
                    read,
                } => {
                    let mut now = part(&now, shares.read(read));
                    let place = owners.get(mailbox).copied().unwrap_or(usize::MAX);
                    if let Some(file) = candidates.get(place) {
                        now.name.clone_from(&file.relative);
                    }
                    pour.document(self, (place, *document), now)
                }
            };
            flow
        });
        let archives = mailboxes.archives();
        let mut read = mailboxes.outcomes(read);
        let now = part(&now, total);
        for place in archives {
            if flow.is_break() {
                break;
            }
            if let (Some((one, _)), Some(read)) = (group.get(place), read.get_mut(place)) {
                flow = self.besides(&mut pour, (place, one), read, &now);
            }
        }
        self.added.stopped |= flow.is_break();
        let ends = flow.is_continue().then(|| ends(read, group));
        let tallies = pour.end(self, ends)?;
        let mut batch = self.library.store.write()?;
        let tallies = candidates.iter().zip(tallies);
        let settled: Result<Vec<Tally>, Error> = tallies
            .map(|(file, tally)| course.settle(&mut batch, file, tally))
            .collect();
        batch.commit()?;
        for (file, tally) in candidates.into_iter().zip(settled?) {
            self.done(course, file, tally);
        }
        self.carry(&course.progress("", self.documents))
    }

    /// Reads what an archive has beside its mailboxes.
    fn besides(
        &mut self,
        pour: &mut Pour<'_>,
        (place, one): (usize, &MailFile),
        read: &mut MailboxRead,
        now: &Progress,
    ) -> ControlFlow<()> {
        let mut now = now.clone();
        now.name.clone_from(&one.file.relative);
        let input = Input {
            manifest: one.entry.as_ref(),
            limits: one.file.limits,
            ..Input::new(&one.file.relative, &[])
        };
        // Who took it away meanwhile is found out next time.
        let Ok(stream) = File::open(&one.file.path) else {
            return ControlFlow::Continue(());
        };
        let mut flow = ControlFlow::Continue(());
        let outcome =
            format::read_besides_letters(&input, &mut BufReader::new(stream), &mut |document| {
                flow = pour.document(self, (place, document), now.clone());
                flow
            });
        read.elsewhere &= outcome.documents == 0;
        let all = &mut read.outcome;
        all.documents += outcome.documents;
        all.without_text &= outcome.without_text;
        all.source_title = outcome.source_title;
        all.subscriptions = outcome.subscriptions;
        all.warnings.extend(outcome.warnings);
        flow
    }

    fn fail(&mut self, course: &mut Course, one: &MailFile, why: String) -> Result<(), Error> {
        let mut batch = self.library.store.write()?;
        let tally = put::put_failure(&mut batch, course.source(), &one.file, why)?;
        batch.commit()?;
        self.done(course, &one.file, tally);
        Ok(())
    }

    fn done(&mut self, course: &mut Course, file: &Candidate, tally: Tally) {
        self.added.stopped |= tally.stopped;
        self.added.count(course.kind(), file, tally);
        course.is_done(file);
    }
}

/// How far mailboxes are that are read as one.
struct Shares {
    /// How large their files are, in bytes.
    total: u64,
    /// How large they are unpacked, in bytes.
    letters: u64,
}

impl Shares {
    /// Returns how many bytes count as done when so many were gone through for what threads the letters.
    fn scanned(&self, done: u64) -> u64 {
        self.part(100, LOOKING) + self.part(self.of_hundred(done), SCANNING)
    }

    /// Returns how many bytes count as done when so many were read.
    fn read(&self, done: u64) -> u64 {
        let reading = 100 - LOOKING - SCANNING;
        self.part(100, LOOKING + SCANNING) + self.part(self.of_hundred(done), reading)
    }

    fn of_hundred(&self, done: u64) -> u64 {
        done.min(self.letters).saturating_mul(100) / self.letters
    }

    fn part(&self, of_hundred: u64, share: u64) -> u64 {
        self.total.saturating_mul(of_hundred * share) / 10_000
    }
}

/// Returns how the files of a group ended.
fn ends(read: Vec<MailboxRead>, group: &[(&MailFile, i64)]) -> Vec<End> {
    let read = read.into_iter().zip(group);
    let ends = read.map(|(read, (_, made_from))| End {
        outcome: read.outcome,
        made_from: *made_from,
        elsewhere: read.elsewhere,
    });
    ends.collect()
}

/// Returns how far it has come with so many more bytes done.
fn part(now: &Progress, more: u64) -> Progress {
    let mut now = now.clone();
    now.bytes = (now.bytes + more).min(now.total_bytes);
    now
}
