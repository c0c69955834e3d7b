//! `recto saved`: the searches kept under names.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;

use super::args::{Format, SavedArgs, SavedTask};
use super::ending::for_each;
use super::output::{self, one_line, tell};
use super::{Environment, opening};
use crate::library::Library;
use crate::query::{Query, parse, saved_name};
use crate::store::{SavedSearch, Saving};

pub(super) fn run(args: &SavedArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    match &args.task {
        None => list(args.output.format, environment),
        Some(SavedTask::Add { name, query }) => {
            let name = as_name(name)?;
            let question = as_question(&query.join(" "))?;
            let library = opening::for_writing(environment)?;
            match library.save_search(&name, &question)? {
                Saving::Taken => {
                    bail!("there is a saved search “{name}” already; `recto saved edit` changes it")
                }
                Saving::Kept | Saving::Missing => Ok(ExitCode::SUCCESS),
            }
        }
        Some(SavedTask::Edit {
            name,
            rename,
            query,
        }) => {
            let library = opening::for_writing(environment)?;
            let saved = known(&library, name)?;
            let to = as_name(rename.as_deref().unwrap_or(&saved.name))?;
            let question = as_question(query.as_deref().unwrap_or(&saved.query))?;
            match library.change_saved(&saved.name, &to, &question)? {
                Saving::Taken => bail!("there is a saved search “{to}” already"),
                Saving::Missing => bail!("the saved search “{name}” is gone"),
                Saving::Kept => Ok(ExitCode::SUCCESS),
            }
        }
        Some(SavedTask::Remove { names }) => remove(names, environment),
    }
}

/// Returns the saved search of a name.
///
/// # Errors
/// Where there is none.
pub(super) fn known(library: &Library, name: &str) -> anyhow::Result<SavedSearch> {
    match library.saved_as(name)? {
        Some(saved) => Ok(saved),
        None => bail!("no search is saved as “{name}”; `recto saved` lists them"),
    }
}

fn as_name(text: &str) -> anyhow::Result<String> {
    match saved_name(text) {
        Some(name) => Ok(name),
        None => bail!("“{text}” is no name: it needs a letter or a number"),
    }
}

fn as_question(text: &str) -> anyhow::Result<Query> {
    let question = parse(text);
    if question == Query::default() {
        bail!("an empty question is not worth a name");
    }
    Ok(question)
}

fn list(format: Format, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_reading(environment)?;
    let mut listed = Vec::new();
    for saved in library.saved()? {
        let new = library.count_new(&saved)?;
        listed.push(Listed::new(&saved, new));
    }
    match format {
        Format::Text => output::print(&text(&listed))?,
        Format::Json => output::print_json(&listed)?,
    };
    Ok(ExitCode::SUCCESS)
}

/// A line a saved search: how many documents are new to it, its name, its question.
fn text(listed: &[Listed]) -> String {
    let width = listed.iter().map(|saved| saved.name.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for Listed {
        name, query, new, ..
    } in listed
    {
        let _ = writeln!(text, "{new:>5} new  {name:width$}  {query}");
    }
    text
}

fn remove(names: &[String], environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_writing(environment)?;
    Ok(for_each(names, |name| {
        let was_there = library.forget_saved(name)?;
        if !was_there {
            tell(&format!(
                "no search is saved as “{name}”; `recto saved` lists them"
            ));
        }
        Ok(was_there)
    }))
}

#[derive(Serialize)]
struct Listed {
    name: String,
    query: String,
    new: usize,
    made: Option<String>,
}

impl Listed {
    fn new(saved: &SavedSearch, new: usize) -> Self {
        let made = jiff::Timestamp::from_second(saved.made);
        Self {
            name: one_line(&saved.name),
            query: one_line(&saved.query),
            new,
            made: made.ok().map(|made| made.to_string()),
        }
    }
}
