//! `recto sources`: what was added.

use std::fmt::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Format, SourcesArgs};
use super::output::one_line;
use super::{Environment, opening, output};
use crate::library::{FailedFile, SourceInfo};
use crate::store::SourceKind;

/// How many of the files of a source that could not be read are named; the JSON has them all.
const NAMED: usize = 10;

pub(super) fn run(args: &SourcesArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let sources = opening::for_reading(environment)?.sources()?;
    match args.output.format {
        Format::Text => output::print(&text(&sources))?,
        Format::Json => {
            let listed: Vec<Listed> = sources.iter().map(Listed::new).collect();
            output::print_json(&listed)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A line a source: number, documents, name, and where it is; below it the files that could not be read.
fn text(sources: &[SourceInfo]) -> String {
    let mut text = String::new();
    for source in sources {
        let warnings = match source.warnings.len() {
            0 => String::new(),
            1 => "  (1 warning)".to_owned(),
            warnings => format!("  ({warnings} warnings)"),
        };
        let path = source.path.as_ref().map(|path| path.display().to_string());
        let _ = writeln!(
            text,
            "{:>3}  {:>7}  {}  {}{warnings}",
            source.id.0,
            source.documents,
            one_line(&source.name),
            one_line(path.as_deref().unwrap_or("in recto itself")),
        );
        for file in source.failed.iter().take(NAMED) {
            let (path, reason) = (one_line(&file.path), one_line(&file.reason));
            let _ = writeln!(text, "{:12} not read: {path}: {reason}", "");
        }
        if source.failed.len() > NAMED {
            let _ = writeln!(text, "{:12} and {} more", "", source.failed.len() - NAMED);
        }
    }
    text
}

#[derive(Serialize)]
struct Listed {
    id: i64,
    kind: &'static str,
    name: String,
    path: Option<String>,
    documents: usize,
    added: String,
    warnings: Vec<String>,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Failed {
    path: String,
    reason: String,
}

impl Listed {
    fn new(source: &SourceInfo) -> Self {
        Self {
            id: source.id.0,
            kind: match source.kind {
                SourceKind::File => "file",
                SourceKind::Folder => "folder",
                SourceKind::Seeds => "seeds",
            },
            name: one_line(&source.name),
            path: source.path.as_ref().map(|path| path.display().to_string()),
            documents: source.documents,
            added: source.added.to_string(),
            warnings: source
                .warnings
                .iter()
                .map(|warning| one_line(&warning.to_string()))
                .collect(),
            failed: source.failed.iter().map(Failed::new).collect(),
        }
    }
}

impl Failed {
    fn new(file: &FailedFile) -> Self {
        Self {
            path: one_line(&file.path),
            reason: one_line(&file.reason),
        }
    }
}
