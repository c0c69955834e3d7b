//! `recto import`: what another reader kept.

use std::process::ExitCode;

use super::args::ImportArgs;
use super::progress::Line;
use super::{Environment, add, opening};

pub(super) fn run(args: &ImportArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let added = {
        let mut line = Line::stoppable()?;
        library.import(&args.files, &mut |progress| line.show(&progress))?
    };
    Ok(add::report(&added))
}
