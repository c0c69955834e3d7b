//! Threads: effects in, messages out. Each has one inbox, owns its own handle on the library, has a name, and ends
//! when its inbox is dropped.
//!
//! - *search* and *page* answer the newest request alone; what is overtaken is never begun. *search* also tells how
//!   much there is to search, whenever that has changed.
//! - *marks* writes what the reader leaves, in order, and loses nothing: [`Workers::finish`] waits for it, and so does
//!   whoever answers what was asked after it.
//! - *outside* asks the desktop for what may take a while.
//! - *sources* lists what was added, *months* counts those of the year that is looked at.
//! - *passages* finds the passages of the row that is unfolded.
//! - *concordance* reads every hit of a question out of the documents found, and hands out the lines in sight.
//! - *upkeep* takes in what was named at the start and what is added later, reads sources again, removes them, and
//!   brings the index up to date, while reading goes on.
//!
//! A panic in a worker is an answer, an error told in the status line; the worker goes on with the next request.

mod concordance;
mod inbox;
mod keeper;
mod months;
mod notes;
mod outside;
mod passages;
mod saved;
mod searcher;
mod serve;
mod setter;
mod sources;
mod upkeep;
mod writes;

use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::{Builder, JoinHandle};

use crate::app::{
    Effect, Message, MonthsRequest, Notice, OpenRequest, PassagesRequest, SearchRequest,
    SourcesRequest,
};
use crate::desktop::paths;
use crate::library::{Error, Library};
use writes::{Ticket, Writes};

/// The workers of one open library.
#[derive(Debug)]
pub struct Workers {
    search: inbox::Inbox<(Ticket, SearchRequest)>,
    open: inbox::Inbox<(Ticket, OpenRequest)>,
    writes: Arc<Writes>,
    keep: mpsc::Sender<keeper::Task>,
    keeper: JoinHandle<()>,
    outside: mpsc::Sender<Effect>,
    sources: inbox::Inbox<SourcesRequest>,
    passages: inbox::Inbox<PassagesRequest>,
    concordance: inbox::Inbox<concordance::Task>,
    months: inbox::Inbox<(Ticket, MonthsRequest)>,
    jobs: mpsc::Sender<upkeep::Job>,
    stop: Arc<upkeep::Stop>,
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
        let stop = Arc::new(upkeep::Stop::default());
        let writes = Arc::new(Writes::default());

        let (handle, out, written) = (library.another()?, messages.clone(), Arc::clone(&writes));
        spawn("search", move || {
            searcher::run(&handle, &written, &search_requests, &out);
        })?;
        let (handle, out, written) = (library.another()?, messages.clone(), Arc::clone(&writes));
        spawn("page", move || {
            setter::run(&handle, &written, &open_requests, &out);
        })?;
        let (mut handle, out, written) =
            (library.another()?, messages.clone(), Arc::clone(&writes));
        let keeper = spawn("marks", move || {
            keeper::run(&mut handle, &written, &tasks, &out);
        })?;
        let (outside, effects) = mpsc::channel();
        let out = messages.clone();
        spawn("outside", move || outside::run(&effects, &out))?;
        let (mut handle, out, stopped) = (library.another()?, messages.clone(), Arc::clone(&stop));
        let (jobs, asked) = mpsc::channel();
        let upkeep = spawn("upkeep", move || {
            upkeep::run(&mut handle, paths, &asked, &stopped, &out);
        })?;
        let (handle, out) = (library.another()?, messages.clone());
        let (sources, source_requests) = inbox::inbox();
        spawn("sources", move || {
            sources::run(&handle, &source_requests, &out);
        })?;
        let (handle, out, written) = (library.another()?, messages.clone(), Arc::clone(&writes));
        let (concordance, line_requests) = inbox::inbox();
        spawn("concordance", move || {
            concordance::run(&handle, &written, &line_requests, &out);
        })?;
        let (handle, out, written) = (library.another()?, messages.clone(), Arc::clone(&writes));
        let (months, month_requests) = inbox::inbox();
        spawn("months", move || {
            months::run(&handle, &written, &month_requests, &out);
        })?;
        let (handle, out) = (library.another()?, messages.clone());
        let (passages, passage_requests) = inbox::inbox();
        spawn("passages", move || {
            passages::run(&handle, &passage_requests, &out);
        })?;
        Ok(Self {
            search,
            open,
            writes,
            keep,
            keeper,
            outside,
            sources,
            passages,
            concordance,
            months,
            jobs,
            stop,
            upkeep,
        })
    }

    /// Hands an effect to the worker that does it; returns one that is not for a worker.
    pub fn hand(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Search(request) => self.search.put((self.writes.ticket(), request)),
            Effect::Open(request) => self.open.put((self.writes.ticket(), request)),
            Effect::ListSources(request) => self.sources.put(request),
            Effect::Passages(request) => self.passages.put(request),
            Effect::Concordance(request) => {
                let ticket = self.writes.ticket();
                self.concordance
                    .put(concordance::Task::Lines(ticket, request));
            }
            Effect::PauseConcordance => self.concordance.put(concordance::Task::Pause),
            Effect::CloseConcordance => self.concordance.put(concordance::Task::Close),
            Effect::CountMonths(request) => self.months.put((self.writes.ticket(), request)),
            Effect::StopWork => self.stop.work(),
            Effect::Add(typed) => {
                let home = std::env::var_os("HOME");
                let path = paths::expand(&typed, home.as_deref().map(Path::new));
                self.keep_up(upkeep::Job::Add(vec![path]));
            }
            Effect::Refresh(sources) => self.keep_up(upkeep::Job::Refresh(sources)),
            Effect::Remove(key, name) => self.keep_up(upkeep::Job::Remove(key, name)),
            other if outside::takes(&other) => {
                if self.outside.send(other).is_err() {
                    log::error!("the thread that asks the desktop has ended");
                }
            }
            other => return self.keep(other),
        }
        None
    }

    fn keep_up(&self, job: upkeep::Job) {
        if self.jobs.send(job).is_err() {
            log::error!("the thread that adds has ended");
        }
    }

    fn keep(&self, effect: Effect) -> Option<Effect> {
        let task = match keeper::Task::from_effect(effect) {
            Ok(task) => task,
            Err(effect) => return Some(*effect),
        };
        match self.keep.send(task) {
            Ok(()) => self.writes.leave(),
            Err(_) => log::error!("the thread that writes marks has ended"),
        }
        None
    }

    /// Ends the workers; returns when every mark is written.
    pub fn finish(self) {
        self.stop.all();
        drop(self.keep);
        drop(self.jobs);
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
pub(crate) fn in_words(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn failed(text: String) -> Message {
    Message::Notice(Notice { text, failed: true })
}

#[cfg(test)]
mod tests;
