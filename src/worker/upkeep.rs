//! Long work on the library while reading goes on: taking in what was named at the start, and bringing the index up
//! to date. Tells how far it is, a few times a second.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::serve::caught;
use super::{failed, in_words, send};
use crate::app::{Message, Notice, Work};
use crate::library::{Added, Library, Phase, Progress};

/// How often progress is told: often enough to be seen moving, seldom enough to cost nothing.
const RATE: Duration = Duration::from_millis(100);

pub(super) fn run(
    library: &mut Library,
    paths: &[PathBuf],
    stop: &AtomicBool,
    messages: &Sender<Message>,
) {
    let kept_up = caught(|| {
        keep_up(library, paths, stop, messages);
        Ok(())
    });
    if let Err(reason) = kept_up {
        send(messages, failed(reason));
        send(messages, Message::Work(None));
    }
}

fn keep_up(
    library: &mut Library,
    paths: &[PathBuf],
    stop: &AtomicBool,
    messages: &Sender<Message>,
) {
    let mut teller = Teller {
        stop,
        messages,
        told: None,
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
    stop: &'a AtomicBool,
    messages: &'a Sender<Message>,
    told: Option<Instant>,
}

impl Teller<'_> {
    fn tell(&mut self, progress: &Progress) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
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
