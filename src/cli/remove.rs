//! `recto remove`: sources and their documents out of the library.

use std::process::ExitCode;

use super::args::RemoveArgs;
use super::output::tell;
use super::{Environment, FAILED, PARTLY, opening};
use crate::store::SourceId;

pub(super) fn run(args: &RemoveArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let mut removed = 0;
    for id in &args.sources {
        match library.remove_source(SourceId(*id))? {
            Some(documents) => {
                removed += 1;
                tell(&format!(
                    "source {id} is removed, with {documents} documents"
                ));
            }
            None => tell(&format!(
                "there is no source {id}; `recto sources` lists them"
            )),
        }
    }
    Ok(match removed {
        0 => ExitCode::from(FAILED),
        some if some < args.sources.len() => ExitCode::from(PARTLY),
        _ => ExitCode::SUCCESS,
    })
}
