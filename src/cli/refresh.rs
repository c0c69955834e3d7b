//! `recto refresh`: sources are read again.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::RefreshArgs;
use super::named::named;
use super::output::tell;
use super::{Environment, FAILED, PARTLY, add, opening};
use crate::library::{Look, SourceInfo};

pub(super) fn run(args: &RefreshArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let sources = library.sources()?;
    let mut asked: Vec<&SourceInfo> = Vec::new();
    let mut missing = 0;
    for text in &args.sources {
        let found = named(&sources, text);
        if found.is_empty() {
            missing += 1;
            tell(&format!(
                "there is no source {text}; `recto sources` lists them"
            ));
        }
        asked.extend(found);
    }
    if args.sources.is_empty() {
        asked.extend(&sources);
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for source in asked {
        match source.to_refresh() {
            Ok(Some(path)) => paths.push(path.to_owned()),
            Err(reason) => {
                missing += 1;
                let path = source.path.as_deref().unwrap_or(Path::new(""));
                tell(&format!("{}: {reason}", path.display()));
            }
            // Who names what cannot have changed is told.
            Ok(None) if !args.sources.is_empty() => {
                tell(&format!("{}: is no file or folder", source.name));
            }
            Ok(None) => {}
        }
    }
    if paths.is_empty() {
        return Ok(ExitCode::from(if missing > 0 { FAILED } else { 0 }));
    }
    let code = add::take_in(&mut library, Look::from_flag(args.all), &paths)?;
    if missing > 0 && code == ExitCode::SUCCESS {
        return Ok(ExitCode::from(PARTLY));
    }
    Ok(code)
}
