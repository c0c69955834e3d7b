//! The library that is worked on, and what the person has set.
//!
//! Looking something up never fails for want of a place: where the library's folder can't be made or written, a temporary
//! library with the documents that recto brings along stands in, and the person is told.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::output::tell;
use super::progress::Line;
use super::{Environment, args};
use crate::config::places::Places;
use crate::config::{Config, Warning, nearest, thesaurus, topics};
use crate::library::{Error, Library};
use crate::store;

/// Why there is no library, where nobody named a folder either.
const NO_HOME: &str = "there is no home to keep a library in; name a folder with --library";

/// What a reading on the screen begins with.
pub struct Opening {
    /// The library; what of it is not searchable yet is for [`Library::catch_up`], while the person reads.
    pub library: Library,
    /// What the person has set, with the warnings.
    pub config: Config,
    /// What the person should know at once: that nothing will be kept.
    pub notice: Option<String>,
}

/// Opens the library to be read on the screen: a temporary one, empty, where there are `paths` to be read this once.
pub fn open(paths: &[PathBuf], library: Option<&Path>) -> anyhow::Result<Opening> {
    // A slip in a name is said in the shell, before any screen.
    for path in paths {
        std::fs::metadata(path).with_context(|| not_there(path))?;
    }
    let places = Places::find(library);
    let mut config = Config::read(places.settings.as_deref());
    let (mut library, notice) = if paths.is_empty() {
        let (library, reason) = or_temporary(places.library.as_deref())?;
        let notice = reason.map(|reason| format!("{reason}; this once nothing is kept"));
        (library, notice)
    } else {
        (Library::temporary()?, None)
    };
    library.set_thesaurus(&config.thesaurus);
    let circles = library.set_topics(config.topics.clone())?;
    config.warnings.extend(circles);
    library.set_limits(config.settings.limits);
    Ok(Opening {
        library,
        config,
        notice,
    })
}

/// Returns what to call a path that nothing is at: where it looks like a command with a slip in it, with that.
fn not_there(path: &Path) -> String {
    let shown = path.display().to_string();
    let commands = args::command_names();
    match nearest(&shown, commands.iter().map(String::as_str)) {
        Some(command) => format!("{shown} (did you mean `recto {command}`?)"),
        None => shown,
    }
}

/// Opens the library in `folder`, or a temporary one with the reason. A library that is there but cannot be opened is an
/// error: other documents must not answer in its stead.
fn or_temporary(folder: Option<&Path>) -> Result<(Library, Option<String>), Error> {
    let is_there = folder.is_some_and(Library::is_in);
    let reason = match folder.map(Library::open) {
        Some(Err(error)) if is_there => return Err(error),
        Some(Err(error @ (Error::Folder { .. } | Error::Store(store::Error::Denied { .. })))) => {
            format!("{:#}", anyhow::Error::from(error))
        }
        Some(opened) => return Ok((opened?, None)),
        None => NO_HOME.to_owned(),
    };
    Ok((Library::temporary_with_seeds()?, Some(reason)))
}

/// Opens the library for a command that looks something up.
pub(super) fn for_reading(environment: &Environment) -> anyhow::Result<Library> {
    let (library, reason) = or_temporary(environment.library.as_deref())?;
    if let Some(reason) = reason {
        tell(&format!(
            "{reason}; only what recto brings along is looked through, and nothing is kept"
        ));
    }
    ready(library, &environment.config)
}

/// Opens the library for a command that changes it.
pub(super) fn for_writing(environment: &Environment) -> anyhow::Result<Library> {
    let folder = environment.library.as_ref().context(NO_HOME)?;
    ready(Library::open(folder)?, &environment.config)
}

/// Makes what the library has searchable, by the person's own themes and words.
fn ready(mut library: Library, config: &Config) -> anyhow::Result<Library> {
    library.set_limits(config.settings.limits);
    // What is wrong with keys and colours is for the screen to tell.
    let of_words =
        |warning: &&Warning| [topics::FILE, thesaurus::FILE].contains(&warning.source.as_str());
    library.set_thesaurus(&config.thesaurus);
    let circles = library.set_topics(config.topics.clone())?;
    for warning in config.warnings.iter().filter(of_words).chain(&circles) {
        tell(&warning.to_string());
    }
    let mut line = Line::new();
    library.catch_up(&mut |progress| line.show(&progress))?;
    Ok(library)
}
