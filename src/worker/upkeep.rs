//! Long work on the library while reading goes on: taking in what was named at the start and later, reading sources
//! again, removing them, and bringing the index up to date. One piece at a time, in the order in which they were asked
//! for; stopped, what is done stays. Tells how far it is, a few times a second.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::serve::caught;
use super::{failed, in_words, send};
use crate::app::{Message, Notice, SourceKey, Work};
use crate::library::{Added, Error, Failure, Library, Look, Phase, Progress, Removed};
use crate::store::SourceId;

/// How often progress is told: often enough to be seen moving, seldom enough to cost nothing.
const RATE: Duration = Duration::from_millis(100);

/// What stops long work.
#[derive(Debug, Default)]
pub(super) struct Stop {
    /// The work under way is to stop.
    work: AtomicBool,
    /// No other is to begin.
    end: AtomicBool,
}

impl Stop {
    /// Stops the work under way.
    pub fn work(&self) {
        self.work.store(true, Ordering::SeqCst);
    }

    /// Stops the work under way, and lets no other begin.
    pub fn all(&self) {
        self.end.store(true, Ordering::SeqCst);
        self.work();
    }

    /// Forgets that earlier work was stopped; returns whether no other is to begin. In this order, so that an end that
    /// comes in between is not forgotten.
    fn begin_next(&self) -> bool {
        self.work.store(false, Ordering::SeqCst);
        self.end.load(Ordering::SeqCst)
    }

    fn is_asked(&self) -> bool {
        self.work.load(Ordering::SeqCst)
    }
}

/// A piece of work.
#[derive(Debug)]
pub(super) enum Job {
    /// Take in what is at these paths; without any, only bring the index up to date.
    Add(Vec<PathBuf>),
    /// Read sources again; without any, all.
    Refresh(Vec<SourceId>),
    /// Remove a source or an address of this name.
    Remove(SourceKey, String),
}

pub(super) fn run(
    library: &mut Library,
    first: Vec<PathBuf>,
    asked: &Receiver<Job>,
    stop: &Stop,
    messages: &Sender<Message>,
) {
    for job in std::iter::once(Job::Add(first)).chain(asked.iter()) {
        if stop.begin_next() {
            return;
        }
        let kept_up = caught(|| {
            keep_up(library, &job, stop, messages);
            Ok(())
        });
        if let Err(reason) = kept_up {
            send(messages, failed(reason));
            send(messages, Message::Work(None));
        }
    }
}

fn keep_up(library: &mut Library, job: &Job, stop: &Stop, messages: &Sender<Message>) {
    let mut teller = Teller {
        stop,
        messages,
        told: None,
        began: None,
    };
    match work(library, job, &mut teller) {
        Ok(notice) => {
            if let Some(notice) = notice {
                send(messages, Message::Notice(notice));
            }
        }
        Err(error) => send(messages, failed(in_words(&error))),
    }
    // Who stopped the work keeps what was done, and wants to find it; that may be stopped in its turn.
    if stop.begin_next() {
        return;
    }
    let outcome = library.catch_up(&mut |progress| teller.tell(&progress));
    if let Err(error) = outcome {
        send(
            messages,
            failed(format!("the index is not up to date: {}", in_words(&error))),
        );
    }
    let only_indexed = matches!(job, Job::Add(paths) if paths.is_empty());
    if teller.told.is_some() || !only_indexed {
        send(messages, Message::Work(None));
        match library.coverage() {
            // A file of which nothing could be read makes no new edition, which the searcher would tell of.
            Ok(coverage) => send(messages, Message::Coverage(coverage)),
            Err(error) => send(messages, failed(in_words(&error))),
        }
        send(messages, Message::Changed);
    }
}

/// Does a piece of work, and returns what is to be told of it.
fn work(
    library: &mut Library,
    job: &Job,
    teller: &mut Teller<'_>,
) -> Result<Option<Notice>, Error> {
    match job {
        Job::Add(paths) if paths.is_empty() => Ok(None),
        Job::Add(paths) => {
            let added = library.add(paths, &mut |progress| teller.tell(&progress))?;
            Ok(Some(notice(&added)))
        }
        Job::Refresh(sources) => {
            refresh(library, sources, teller).map(|added| Some(notice(&added)))
        }
        Job::Remove(SourceKey::Added(id), name) => {
            let removed = library.remove_source(*id, &mut |progress| teller.tell(&progress))?;
            Ok(Some(Notice {
                text: removed_in_words(name, removed),
                failed: false,
            }))
        }
        Job::Remove(SourceKey::Address(address), name) => {
            library.unsubscribe(address)?;
            Ok(Some(Notice {
                text: format!("“{name}” is off the list"),
                failed: false,
            }))
        }
    }
}

/// Reads sources again; without any, all. One whose path is not there now counts as not read.
fn refresh(
    library: &mut Library,
    wanted: &[SourceId],
    teller: &mut Teller<'_>,
) -> Result<Added, Error> {
    let mut paths = Vec::new();
    let mut missing = Vec::new();
    for source in library.sources()? {
        if !wanted.is_empty() && !wanted.contains(&source.id) {
            continue;
        }
        match source.to_refresh() {
            Ok(path) => paths.extend(path.map(PathBuf::from)),
            Err(reason) => missing.push(Failure {
                path: source.path.unwrap_or_default(),
                reason,
            }),
        }
    }
    let mut added = library.add_looking_at(Look::Changed, &paths, &mut |progress| {
        teller.tell(&progress)
    })?;
    added.failed.splice(0..0, missing);
    Ok(added)
}

/// Passes progress on at a bounded rate.
struct Teller<'a> {
    stop: &'a Stop,
    messages: &'a Sender<Message>,
    told: Option<Instant>,
    /// When files began to be read, and how many documents there were then.
    began: Option<(Instant, usize)>,
}

impl Teller<'_> {
    /// Returns how many documents are read a second, once that can be said.
    fn rate(&mut self, progress: &Progress) -> Option<usize> {
        if progress.phase != Phase::Reading {
            return None;
        }
        let (began, before) = *self
            .began
            .get_or_insert((Instant::now(), progress.documents));
        let took = usize::try_from(began.elapsed().as_millis()).unwrap_or(usize::MAX);
        let read = progress.documents.saturating_sub(before);
        (took >= 500 && read > 0).then(|| read.saturating_mul(1000) / took)
    }

    fn tell(&mut self, progress: &Progress) -> ControlFlow<()> {
        if self.stop.is_asked() {
            return ControlFlow::Break(());
        }
        if self.told.is_none_or(|told| told.elapsed() >= RATE) {
            self.told = Some(Instant::now());
            let what = match progress.phase {
                Phase::Finding => "looking",
                Phase::Reading => "reading",
                Phase::Indexing => "indexing",
                Phase::Removing => "removing",
                Phase::Folding => "finding doubles",
            };
            let total = (progress.total > 0).then_some(progress.total);
            let work = Work {
                what: what.to_owned(),
                rate: self.rate(progress),
                done: progress.done,
                total,
                failed: progress.failed,
                last_failed: progress.last_failed.clone(),
            };
            send(self.messages, Message::Work(Some(work)));
        }
        ControlFlow::Continue(())
    }
}

/// Returns what came of removing the source of this name, in a line.
fn removed_in_words(name: &str, removed: Option<Removed>) -> String {
    let Some(removed) = removed else {
        return format!("“{name}” is removed already");
    };
    let documents = match removed.documents {
        1 => "1 document".to_owned(),
        documents => format!("{documents} documents"),
    };
    if removed.stopped {
        let left = removed.left;
        format!("stopped: {documents} of “{name}” removed, {left} left")
    } else {
        format!("“{name}” is removed, with {documents}")
    }
}

/// Returns what came of taking files in, in a line.
fn notice(added: &Added) -> Notice {
    let part = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts = [
        part(added.new, "new"),
        part(added.updated, "changed"),
        part(added.removed, "gone"),
        part(added.unchanged, "as before"),
        part(added.addresses, "addresses"),
        part(added.no_documents, "passed over"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut text = match (parts.is_empty(), added.stopped) {
        (true, false) => "nothing new".to_owned(),
        (true, true) => "stopped".to_owned(),
        (false, false) => parts.join(", "),
        (false, true) => format!("stopped: {}", parts.join(", ")),
    };
    if let [first, rest @ ..] = added.failed.as_slice() {
        let count = added.failed.len();
        text = format!("{text}, {count} not read: {}", first.in_brief());
        if !rest.is_empty() {
            text = format!("{text}, and {} more", rest.len());
        }
    }
    Notice {
        text,
        failed: !added.failed.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn what_was_kept_when_work_was_stopped_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..9 {
            std::fs::write(folder.path().join(format!("{number}.md")), "Trust.").unwrap();
        }
        let mut library = Library::temporary().unwrap();
        let mut is_stopped = false;
        let paths = [folder.path().to_owned()];
        let added = library.add(&paths, &mut |progress| {
            is_stopped |= progress.documents > 4;
            if is_stopped {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let kept = added.unwrap().new;
        let coverage = library.coverage().unwrap();
        assert!(coverage.searchable < kept, "{coverage:?}");
        let (stop, (messages, _told)) = (Stop::default(), mpsc::channel());
        stop.work();
        keep_up(&mut library, &Job::Add(Vec::new()), &stop, &messages);
        let coverage = library.coverage().unwrap();
        assert_eq!((coverage.searchable, coverage.documents), (kept, kept));
    }

    #[test]
    fn removing_shows_how_far_it_is_and_stops_when_told_to() {
        let mut library = Library::temporary_with_seeds().unwrap();
        let id = library.sources().unwrap()[0].id;
        let job = Job::Remove(SourceKey::Added(id), "Seeds".to_owned());
        let stop = Stop::default();
        stop.work();
        let (messages, told) = mpsc::channel();
        let mut teller = Teller {
            stop: &stop,
            messages: &messages,
            told: None,
            began: None,
        };
        let notice = work(&mut library, &job, &mut teller).unwrap().unwrap();
        assert_eq!(
            notice.text,
            "stopped: 0 documents of “Seeds” removed, 18 left"
        );
        assert_eq!(library.sources().unwrap()[0].documents, 18);
        assert!(!stop.begin_next());
        let notice = work(&mut library, &job, &mut teller).unwrap().unwrap();
        assert_eq!(notice.text, "“Seeds” is removed, with 18 documents");
        assert!(library.sources().unwrap().is_empty());
        let shown = told.try_iter().find_map(|message| match message {
            Message::Work(work) => work,
            _ => None,
        });
        let shown = shown.unwrap();
        assert_eq!(
            (shown.what.as_str(), shown.done, shown.total),
            ("removing", 0, Some(18))
        );
    }
}
