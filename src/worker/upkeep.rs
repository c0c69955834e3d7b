//! Long work on the library while reading goes on: taking in what was named at the start, and bringing the index up
//! to date. Tells how far it is, a few times a second.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::serve::caught;
use super::{failed, in_words, send};
use crate::app::{Message, Notice, Work};
use crate::library::{Added, Library, Phase, Progress};

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

pub(super) fn run(
    library: &mut Library,
    first: Vec<PathBuf>,
    asked: &Receiver<Vec<PathBuf>>,
    stop: &Stop,
    messages: &Sender<Message>,
) {
    for paths in std::iter::once(first).chain(asked.iter()) {
        if stop.begin_next() {
            return;
        }
        let kept_up = caught(|| {
            keep_up(library, &paths, stop, messages);
            Ok(())
        });
        if let Err(reason) = kept_up {
            send(messages, failed(reason));
            send(messages, Message::Work(None));
        }
    }
}

fn keep_up(library: &mut Library, paths: &[PathBuf], stop: &Stop, messages: &Sender<Message>) {
    let mut teller = Teller {
        stop,
        messages,
        told: None,
        began: None,
    };
    if !paths.is_empty() {
        match library.add(paths, &mut |progress| teller.tell(&progress)) {
            Ok(added) => send(messages, Message::Notice(notice(&added))),
            Err(error) => send(messages, failed(in_words(&error))),
        }
    }
    let outcome = library.catch_up(&mut |progress| teller.tell(&progress));
    if let Err(error) = outcome {
        send(
            messages,
            failed(format!("the index is not up to date: {}", in_words(&error))),
        );
    }
    if teller.told.is_some() {
        send(messages, Message::Work(None));
        match library.coverage() {
            // A file of which nothing could be read makes no new edition, which the searcher would tell of.
            Ok(coverage) => send(messages, Message::Coverage(coverage)),
            Err(error) => send(messages, failed(in_words(&error))),
        }
        send(messages, Message::Changed);
    }
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
                Phase::Folding => "finding doubles",
            };
            let total = (progress.total > 0).then_some(progress.total);
            let work = Work {
                what: what.to_owned(),
                rate: self.rate(progress),
                done: progress.done,
                total,
            };
            send(self.messages, Message::Work(Some(work)));
        }
        ControlFlow::Continue(())
    }
}

/// Returns what came of taking files in, in a line.
fn notice(added: &Added) -> Notice {
    match added.failed.as_slice() {
        [] => Notice {
            text: format!("{} documents", added.new + added.updated + added.unchanged),
            failed: false,
        },
        [one] => Notice {
            text: format!("not read: {}: {}", one.path.display(), one.reason),
            failed: true,
        },
        [first, rest @ ..] => Notice {
            text: format!(
                "not read: {}: {}, and {} more",
                first.path.display(),
                first.reason,
                rest.len()
            ),
            failed: true,
        },
    }
}
