//! `recto add`: files and folders into the library.

use std::process::ExitCode;

use super::args::AddArgs;
use super::output::tell;
use super::progress::Line;
use super::{Environment, FAILED, PARTLY, opening};
use crate::library::Added;

/// How many warnings are told one by one; of a large folder the rest is in `recto sources`.
const WARNINGS: usize = 20;

pub(super) fn run(args: &AddArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let added = {
        let mut line = Line::new();
        library.add(&args.paths, &mut |progress| line.show(&progress))?
    };
    for warning in added.warnings.iter().take(WARNINGS) {
        tell(&warning.to_string());
    }
    if added.warnings.len() > WARNINGS {
        let more = added.warnings.len() - WARNINGS;
        tell(&format!(
            "and {more} more warnings; `recto sources --format json` has them all"
        ));
    }
    for failure in &added.failed {
        tell(&failure.to_string());
    }
    tell(&summary(&added));
    Ok(code(&added))
}

/// Returns 2 where nothing could be read, 1 where something could not.
fn code(added: &Added) -> ExitCode {
    let documents = added.new + added.updated + added.unchanged + added.removed;
    match (added.failed.is_empty(), documents) {
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
    match added.failed.len() {
        0 => documents,
        1 => format!("{documents}; 1 path could not be read"),
        failed => format!("{documents}; {failed} paths could not be read"),
    }
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
        ] {
            assert_eq!(summary(&added), words);
            assert_eq!(code(&added), ends_with, "{words}");
        }
    }
}
