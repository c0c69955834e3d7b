//! `recto remove`: sources and their documents out of the library, and addresses off the list.

use std::process::ExitCode;

use super::args::RemoveArgs;
use super::ending::for_each;
use super::named::named;
use super::output::tell;
use super::progress::Line;
use super::{Environment, PARTLY, opening};
use crate::library::{Library, Removed, SourceInfo};

pub(super) fn run(args: &RemoveArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let sources = library.sources()?;
    let mut line = Line::stoppable()?;
    let mut stopped = false;
    let code = for_each(&args.sources, |text| {
        if stopped {
            return Ok(false);
        }
        match named(&sources, text).as_slice() {
            [] if library.unsubscribe(text)? => {
                tell(&format!("the address {text} is removed"));
            }
            [] => {
                tell(&format!(
                    "there is no source {text}; `recto sources` lists them"
                ));
                return Ok(false);
            }
            [source] => {
                stopped = remove(&mut library, source, &mut line)?;
            }
            several => {
                let numbers: Vec<String> = several.iter().map(|one| one.id.0.to_string()).collect();
                tell(&format!(
                    "several sources are called {text}; name one by its number: {}",
                    numbers.join(", ")
                ));
                return Ok(false);
            }
        }
        Ok(!stopped)
    });
    // What is done is kept, however little it was.
    Ok(if stopped {
        ExitCode::from(PARTLY)
    } else {
        code
    })
}

/// Removes a source, and tells what came of it. Returns whether it was stopped before the end.
fn remove(library: &mut Library, source: &SourceInfo, line: &mut Line) -> anyhow::Result<bool> {
    let removed = library.remove_source(source.id, &mut |progress| line.show(&progress));
    line.clear();
    let removed = removed?;
    tell(&in_words(source, removed));
    Ok(removed.is_some_and(|removed| removed.stopped))
}

fn in_words(source: &SourceInfo, removed: Option<Removed>) -> String {
    let (id, name) = (source.id.0, &source.name);
    match removed {
        None => format!("source {id} is removed already ({name})"),
        Some(Removed {
            documents,
            left,
            stopped: true,
        }) => format!(
            "source {id}: stopped, {documents} documents are removed and {left} left: \
             the same command goes on from there ({name})"
        ),
        Some(Removed { documents, .. }) => {
            format!("source {id} is removed, with {documents} documents ({name})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stopped_says_what_is_left_and_how_to_go_on() {
        let library = Library::temporary_with_seeds().unwrap();
        let source = &library.sources().unwrap()[0];
        let of = |stopped| Removed {
            documents: 5,
            left: if stopped { 13 } else { 0 },
            stopped,
        };
        let id = source.id.0;
        for (removed, words) in [
            (None, format!("source {id} is removed already (Seeds)")),
            (
                Some(of(true)),
                format!(
                    "source {id}: stopped, 5 documents are removed and 13 left: \
                     the same command goes on from there (Seeds)"
                ),
            ),
            (
                Some(of(false)),
                format!("source {id} is removed, with 5 documents (Seeds)"),
            ),
        ] {
            assert_eq!(in_words(source, removed), words);
        }
    }
}
