//! `recto sources`: what was added.

use std::fmt::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Format, SourcesArgs};
use super::output::one_line;
use super::{Environment, opening, output};
use crate::library::SourceInfo;
use crate::store::SourceKind;

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

/// A line a source: number, documents, name, and where it is.
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
        }
    }
}
