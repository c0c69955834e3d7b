//! `recto hide` and `recto unhide`: documents out of the lists, and back.

use std::process::ExitCode;

use super::args::HideArgs;
use super::ending::for_each;
use super::output::tell;
use super::{Environment, opening};

pub(super) fn run(
    args: &HideArgs,
    hidden: bool,
    environment: &Environment,
) -> anyhow::Result<ExitCode> {
    let library = opening::for_writing(environment)?;
    Ok(for_each(&args.documents, |text| {
        let id = library.resolve(text)?;
        let set = id.map(|id| library.set_hidden(id, hidden)).transpose()?;
        if set != Some(true) {
            tell(&format!(
                "there is no document {text}; `recto search` prints their numbers"
            ));
        }
        Ok(set == Some(true))
    }))
}
