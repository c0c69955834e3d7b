//! Threads: effects in, messages out. Each has one inbox, owns its own handle on the library, has a name, and ends
//! when its inbox is dropped.
//!
//! - *search* and *page* answer the newest request alone; what is overtaken is never begun.
//! - *marks* writes what the reader leaves, in order, and loses nothing: [`Workers::finish`] waits for it.
//! - *outside* asks the desktop for what may take a while.
//! - *upkeep* takes in what was named at the start and brings the index up to date, while reading goes on.
//!
//! A panic in a worker is an answer, an error told in the status line; the worker goes on with the next request.

mod inbox;
mod keeper;
mod outside;
mod searcher;
mod serve;
mod setter;
mod upkeep;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{Builder, JoinHandle};

use crate::app::{Effect, Message, Notice, OpenRequest, SearchRequest};
use crate::library::{Error, Library};

/// The workers of one open library.
#[derive(Debug)]
pub struct Workers {
    search: inbox::Inbox<SearchRequest>,
    open: inbox::Inbox<OpenRequest>,
    keep: mpsc::Sender<keeper::Task>,
    keeper: JoinHandle<()>,
    outside: mpsc::Sender<Effect>,
    stop: Arc<AtomicBool>,
    upkeep: JoinHandle<()>,
}

/// Why the workers could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The library could not be opened another time.
    #[error("opening the library for a worker")]
    Library(#[from] Error),
    /// The system gives no thread.
    #[error("starting a worker thread")]
    Thread(#[from] std::io::Error),
}

impl Workers {
    /// Starts the workers on `library`, into which they take `paths` first; their messages go to `messages`.
    ///
    /// # Errors
    /// When the library cannot be opened again, or the system gives no thread.
    pub fn start(
        library: &Library,
        paths: Vec<PathBuf>,
        messages: &mpsc::Sender<Message>,
    ) -> Result<Self, StartError> {
        let (search, search_requests) = inbox::inbox();
        let (open, open_requests) = inbox::inbox();
        let (keep, tasks) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));

        let (handle, out) = (library.another()?, messages.clone());
        spawn("search", move || {
            searcher::run(&handle, &search_requests, &out);
        })?;
        let (handle, out) = (library.another()?, messages.clone());
        spawn("page", move || setter::run(&handle, &open_requests, &out))?;
        let (handle, out) = (library.another()?, messages.clone());
        let keeper = spawn("marks", move || keeper::run(&handle, &tasks, &out))?;
        let (outside, effects) = mpsc::channel();
        let out = messages.clone();
        spawn("outside", move || outside::run(&effects, &out))?;
        let (mut handle, out, stopped) = (library.another()?, messages.clone(), Arc::clone(&stop));
        let upkeep = spawn("upkeep", move || {
            upkeep::run(&mut handle, &paths, &stopped, &out);
        })?;
        Ok(Self {
            search,
            open,
            keep,
            keeper,
            outside,
            stop,
            upkeep,
        })
    }

    /// Hands an effect to the worker that does it; returns one that is not for a worker.
    pub fn hand(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Search(request) => self.search.put(request),
            Effect::Open(request) => self.open.put(request),
            Effect::StopWork => self.stop.store(true, Ordering::Relaxed),
            other if outside::takes(&other) => {
                if self.outside.send(other).is_err() {
                    log::error!("the thread that asks the desktop has ended");
                }
            }
            other => return self.keep(other),
        }
        None
    }

    fn keep(&self, effect: Effect) -> Option<Effect> {
        let task = match keeper::Task::from_effect(effect) {
            Ok(task) => task,
            Err(effect) => return Some(*effect),
        };
        if self.keep.send(task).is_err() {
            log::error!("the thread that writes marks has ended");
        }
        None
    }

    /// Ends the workers; returns when every mark is written.
    pub fn finish(self) {
        self.stop.store(true, Ordering::Relaxed);
        drop(self.keep);
        for thread in [self.keeper, self.upkeep] {
            if thread.join().is_err() {
                log::error!("a worker ended by a panic");
            }
        }
    }
}

/// Starts a thread that reads what the person does, and one that waits for signals: the two that no worker owns.
///
/// # Errors
/// When the system gives no thread.
pub fn spawn_detached(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    spawn(name, work).map(drop)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    Builder::new().name(format!("recto-{name}")).spawn(work)
}

/// Sends a message; when nobody listens any more the program is ending, and nobody misses it.
fn send(messages: &mpsc::Sender<Message>, message: Message) {
    let _nobody_listens = messages.send(message);
}

/// Returns an error with its causes in one line, for a person.
fn in_words(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn failed(text: String) -> Message {
    Message::Notice(Notice { text, failed: true })
}
