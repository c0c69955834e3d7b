//! `recto remove`: sources and their documents out of the library, and addresses off the list.

use std::process::ExitCode;

use super::args::RemoveArgs;
use super::ending::for_each;
use super::named::named;
use super::output::tell;
use super::{Environment, opening};

pub(super) fn run(args: &RemoveArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let sources = library.sources()?;
    Ok(for_each(&args.sources, |text| {
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
                let (id, name) = (source.id.0, &source.name);
                match library.remove_source(source.id)? {
                    Some(documents) => tell(&format!(
                        "source {id} is removed, with {documents} documents ({name})"
                    )),
                    None => tell(&format!("source {id} is removed already ({name})")),
                }
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
        Ok(true)
    }))
}
