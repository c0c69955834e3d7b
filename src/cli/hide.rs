//! `recto hide` and `recto unhide`: documents out of the lists, and back.

use std::process::ExitCode;

use super::args::HideArgs;
use super::output::tell;
use super::{Environment, FAILED, PARTLY, opening};

pub(super) fn run(
    args: &HideArgs,
    hidden: bool,
    environment: &Environment,
) -> anyhow::Result<ExitCode> {
    let library = opening::for_writing(environment)?;
    let mut done = 0;
    for text in &args.documents {
        let id = library.resolve(text)?;
        let set = id.map(|id| library.set_hidden(id, hidden)).transpose()?;
        if set == Some(true) {
            done += 1;
        } else {
            tell(&format!(
                "there is no document {text}; `recto search` prints their numbers"
            ));
        }
    }
    Ok(match done {
        0 => ExitCode::from(FAILED),
        some if some < args.documents.len() => ExitCode::from(PARTLY),
        _ => ExitCode::SUCCESS,
    })
}
