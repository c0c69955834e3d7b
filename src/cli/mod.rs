//! The same library for scripts: a file a command.
//!
//! Guarantees: nothing but data goes to standard output, words and progress go to standard error; a pipe that was
//! closed is no error; nothing that a document holds can command a terminal. Commands end with 0, with 1 where part of
//! the work failed, with 2 where none was done; `search` ends as grep does. The JSON is described in `json.md` beside this file
//! and stays.
//!
//! The screen is not started here, a floor too low: [`main`] returns what is to be read, [`open()`] opens it.

mod add;
mod args;
mod concordance;
mod edit;
mod ending;
mod export;
mod head;
mod hide;
mod import;
mod named;
mod notes;
mod opening;
mod output;
mod progress;
mod refresh;
mod remove;
mod saved;
mod search;
mod show;
mod sources;
mod tag;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::config::places::Places;
use args::{Args, Task};

pub use opening::{Opening, open};

/// What the command line asked for.
#[derive(Debug)]
pub enum Command {
    /// Reading on the screen.
    Read {
        /// What to read, this once, without keeping it; nothing opens the library.
        paths: Vec<PathBuf>,
        /// The folder of the library, where `--library` names one.
        library: Option<PathBuf>,
    },
    /// Something that is done; the program ends with this.
    Done(ExitCode),
}

/// What every command goes by.
struct Environment {
    /// How many columns the terminal has that data goes to, where one does.
    columns: Option<usize>,
    /// The folder of the library; none where there is no home and nobody named one.
    library: Option<PathBuf>,
    /// What the person has set.
    config: Config,
}

/// Part of the work failed, or nothing was found.
const PARTLY: u8 = 1;

/// None of the work was done.
const FAILED: u8 = 2;

/// Does what the command line says, the program's name first. `columns` returns how many columns the terminal has, which
/// only the screen's own floor can know.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    columns: impl FnOnce() -> Option<u16>,
) -> Command {
    let args = match args::read(arguments) {
        Ok(args) => args,
        Err(code) => return Command::Done(code),
    };
    let Args {
        task,
        paths,
        library,
    } = args;
    let Some(task) = task else {
        return Command::Read { paths, library };
    };
    let places = Places::find(library.as_deref());
    let is_terminal = std::io::stdout().is_terminal();
    let environment = Environment {
        columns: columns().filter(|_| is_terminal).map(usize::from),
        library: places.library,
        config: Config::read(places.settings.as_deref()),
    };
    let done = match &task {
        Task::Add(args) => add::run(args, &environment),
        Task::Search(args) => search::run(args, &environment),
        Task::Saved(args) => saved::run(args, &environment),
        Task::Concordance(args) => concordance::run(args, &environment),
        Task::Show(args) => show::run(args, &environment),
        Task::Sources(args) => sources::run(args, &environment),
        Task::Remove(args) => remove::run(args, &environment),
        Task::Refresh(args) => refresh::run(args, &environment),
        Task::Import(args) => import::run(args, &environment),
        Task::Edit(args) => edit::run(args, &environment),
        Task::Hide(args) => hide::run(args, true, &environment),
        Task::Unhide(args) => hide::run(args, false, &environment),
        Task::Tag(args) => tag::run(args, &environment),
        Task::Notes(args) => notes::list(args, &environment),
        Task::Note(args) => notes::run(args, &environment),
        Task::Export(_) => export::run(&environment),
    };
    Command::Done(done.unwrap_or_else(|error| {
        output::tell(&format!("{error:#}"));
        ExitCode::from(FAILED)
    }))
}
