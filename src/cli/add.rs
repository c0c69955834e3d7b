//! `recto add`: files and folders into the library.

use std::path::PathBuf;
use std::process::ExitCode;

use super::args::AddArgs;
use super::output::tell;
use super::progress::Line;
use super::{Environment, FAILED, PARTLY, opening};
use crate::library::{Added, Library, Look};

/// How many warnings, and how many failures, are told one by one; of a large folder the rest is in `recto sources`.
const MOST: usize = 20;

pub(super) fn run(args: &AddArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let look = Look::from_flag(args.check);
    take_in(&mut library, look, &args.paths)
}

impl Look {
    /// Returns which files are opened where a command has, or has not, the flag for all.
    pub(super) fn from_flag(all: bool) -> Self {
        if all { Self::Everything } else { Self::Changed }
    }
}

/// Takes paths into the library, and tells what came of it.
pub(super) fn take_in(
    library: &mut Library,
    look: Look,
    paths: &[PathBuf],
) -> anyhow::Result<ExitCode> {
    let added = {
        let mut line = Line::stoppable()?;
        library.add_looking_at(look, paths, &mut |progress| line.show(&progress))?
    };
    Ok(report(&added))
}

/// Tells what came of taking files in, and returns the code to end with.
pub(super) fn report(added: &Added) -> ExitCode {
    tell_most(&added.warnings, "warnings");
    tell_most(&added.failed, "that could not be read");
    tell(&summary(added));
    code(added)
}

/// Tells the first of what went wrong one by one, and how many more of that there are.
fn tell_most(told: &[impl ToString], what: &str) {
    for one in told.iter().take(MOST) {
        tell(&one.to_string());
    }
    if told.len() > MOST {
        let more = told.len() - MOST;
        tell(&format!(
            "and {more} more {what}; `recto sources --format json` has them all"
        ));
    }
}

/// Returns 2 where nothing was taken in of what was there, 1 where something could not be read.
fn code(added: &Added) -> ExitCode {
    let documents = added.new + added.updated + added.unchanged + added.removed + added.addresses;
    if added.stopped {
        return ExitCode::from(PARTLY);
    }
    match (added.failed.is_empty(), documents) {
        (true, 0) if added.without_text > 0 => ExitCode::from(FAILED),
        (true, _) => ExitCode::SUCCESS,
        (false, 0) => ExitCode::from(FAILED),
        (false, _) => ExitCode::from(PARTLY),
    }
}

fn summary(added: &Added) -> String {
    let counts = [
        (added.new, "new"),
        (added.updated, "updated"),
        (added.unchanged, "unchanged"),
        (added.removed, "gone from their files"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let documents = match counts.as_slice() {
        [] => "no documents".to_owned(),
        counts => format!("documents: {}", counts.join(", ")),
    };
    let without_text = match added.without_text {
        0 => String::new(),
        1 => "; 1 file without text (`recto sources --failed` names it)".to_owned(),
        files => format!("; {files} files without text (`recto sources --failed` names them)"),
    };
    let no_documents = match added.no_documents {
        0 => String::new(),
        1 => "; 1 file is no document (a picture, a style sheet, code)".to_owned(),
        files => format!("; {files} files are no documents (pictures, style sheets, code)"),
    };
    let page_folders = match added.page_folders {
        0 => String::new(),
        1 => "; 1 folder belongs to a saved page".to_owned(),
        folders => format!("; {folders} folders belong to saved pages"),
    };
    let failed = match added.failed.len() {
        0 => String::new(),
        1 => "; 1 path could not be read".to_owned(),
        failed => format!("; {failed} paths could not be read"),
    };
    let addresses = match added.addresses {
        0 => String::new(),
        1 => "; 1 new address kept for the next sync".to_owned(),
        addresses => format!("; {addresses} new addresses kept for the next sync"),
    };
    let stopped = if added.stopped {
        "; stopped, what is done is kept: the same command goes on from there"
    } else {
        ""
    };
    format!("{documents}{addresses}{without_text}{no_documents}{page_folders}{failed}{stopped}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Failure;

    #[test]
    fn the_summary_counts_what_came_of_it() {
        let failure = || Failure {
            path: "x".into(),
            reason: "gone".to_owned(),
        };
        for (added, words, ends_with) in [
            (Added::default(), "no documents", ExitCode::SUCCESS),
            (
                Added {
                    new: 2,
                    unchanged: 1,
                    ..Added::default()
                },
                "documents: 2 new, 1 unchanged",
                ExitCode::SUCCESS,
            ),
            (
                Added {
                    addresses: 40,
                    ..Added::default()
                },
                "no documents; 40 new addresses kept for the next sync",
                ExitCode::SUCCESS,
            ),
            (
                Added {
                    new: 256,
                    stopped: true,
                    ..Added::default()
                },
                "documents: 256 new; stopped, what is done is kept: the same command goes on from there",
                ExitCode::from(PARTLY),
            ),
            (
                Added {
                    updated: 1,
                    failed: vec![failure()],
                    ..Added::default()
                },
                "documents: 1 updated; 1 path could not be read",
                ExitCode::from(PARTLY),
            ),
            (
                Added {
                    failed: vec![failure(), failure()],
                    ..Added::default()
                },
                "no documents; 2 paths could not be read",
                ExitCode::from(FAILED),
            ),
            (
                Added {
                    without_text: 1,
                    ..Added::default()
                },
                "no documents; 1 file without text (`recto sources --failed` names it)",
                ExitCode::from(FAILED),
            ),
            (
                Added {
                    new: 2,
                    no_documents: 12,
                    page_folders: 1,
                    ..Added::default()
                },
                "documents: 2 new; 12 files are no documents (pictures, style sheets, code); 1 folder belongs to a saved page",
                ExitCode::SUCCESS,
            ),
            (
                Added {
                    no_documents: 1,
                    page_folders: 2,
                    ..Added::default()
                },
                "no documents; 1 file is no document (a picture, a style sheet, code); 2 folders belong to saved pages",
                ExitCode::SUCCESS,
            ),
            (
                Added {
                    new: 1,
                    without_text: 1553,
                    failed: vec![failure()],
                    ..Added::default()
                },
                "documents: 1 new; 1553 files without text (`recto sources --failed` names them); 1 path could not be read",
                ExitCode::from(PARTLY),
            ),
        ] {
            assert_eq!(summary(&added), words);
            assert_eq!(code(&added), ends_with, "{words}");
        }
    }
}
