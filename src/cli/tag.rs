//! `recto tag`: own tags, put on documents, taken off, and listed.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;

use super::args::{Format, TagArgs};
use super::output::{one_line, tell};
use super::{Environment, FAILED, PARTLY, opening, output};
use crate::document::DocumentId;
use crate::library::{Doubles, Library, Window};
use crate::query::{self, Count, MOST_TAGS, tag_name};

pub(super) fn run(args: &TagArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let asks = Asked::new(args)?;
    if asks.add.is_empty() && asks.take.is_empty() {
        if !asks.documents.is_empty() || args.query.is_some() {
            bail!("say which tags: +NAME puts one on, -NAME takes it off");
        }
        return list(args, &opening::for_reading(environment)?);
    }
    if asks.documents.is_empty() && args.query.is_none() {
        bail!("say which documents: by number, key or address, or by --query");
    }
    let library = opening::for_writing(environment)?;
    let (mut ids, mut missing) = (Vec::new(), 0);
    for text in &asks.documents {
        if let Some(id) = library.resolve(text)? {
            ids.push(id);
        } else {
            missing += 1;
            tell(&format!(
                "there is no document {text}; `recto search` prints their numbers"
            ));
        }
    }
    if let Some(question) = &args.query {
        let found = found(&library, question)?;
        if found.is_empty() {
            missing += 1;
            tell(&format!("nothing found for {question}"));
        }
        ids.extend(found);
    }
    let retagged = library.change_tags(&ids, &asks.add, &asks.take)?;
    for id in &retagged.full {
        tell(&format!(
            "document {id} has its {MOST_TAGS} tags and takes no more: it stays as it was"
        ));
    }
    tell(&match retagged.changed.len() {
        1 => "1 document changed".to_owned(),
        count => format!("{count} documents changed"),
    });
    let done = ids.len() - retagged.full.len();
    Ok(match (done, missing + retagged.full.len()) {
        (0, _) => ExitCode::from(FAILED),
        (_, 0) => ExitCode::SUCCESS,
        _ => ExitCode::from(PARTLY),
    })
}

/// What the words of the command ask for.
#[derive(Debug, Default)]
struct Asked {
    documents: Vec<String>,
    add: Vec<String>,
    take: Vec<String>,
}

impl Asked {
    fn new(args: &TagArgs) -> anyhow::Result<Self> {
        let mut asked = Self::default();
        for word in &args.words {
            if word.starts_with("--") {
                // A tag may begin with a hyphen here, so an option can't be told from one any more.
                bail!("{word}: options stand before the documents and the tags");
            }
            match word.chars().next() {
                Some('+') => asked.add.push(tag_name(word)?),
                Some('-') => asked.take.push(tag_name(word)?),
                _ => asked.documents.push(word.clone()),
            }
        }
        for name in &args.add {
            asked.add.push(tag_name(name)?);
        }
        for name in &args.remove {
            asked.take.push(tag_name(name)?);
        }
        Ok(asked)
    }
}

/// Returns every document that a question finds.
fn found(library: &Library, question: &str) -> anyhow::Result<Vec<DocumentId>> {
    let query = query::parse(question);
    // The documents of a fold have the same tags: of each one will do.
    let window = Window::first(usize::MAX).with(Doubles::Folded);
    Ok(library.ids(&query, window)?)
}

/// Prints every tag with how many documents have it.
fn list(args: &TagArgs, library: &Library) -> anyhow::Result<ExitCode> {
    let tags = library.tags()?;
    match args.output.format {
        Format::Text => {
            if tags.is_empty() {
                tell("no tags yet; recto tag DOC +NAME puts one on");
            }
            output::print(&text(&tags))?;
        }
        Format::Json => {
            let tags = tags.iter().map(|tag| Tag {
                name: &tag.value,
                documents: tag.count,
            });
            output::print_json(&tags.collect::<Vec<_>>())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn text(tags: &[Count]) -> String {
    let widths = tags.iter().map(|tag| tag.count.to_string().len());
    let width = widths.max().unwrap_or(0).max(3);
    tags.iter().fold(String::new(), |mut text, tag| {
        let _ = writeln!(text, "{:>width$}  {}", tag.count, one_line(&tag.value));
        text
    })
}

/// A tag, for programs.
#[derive(Serialize)]
struct Tag<'a> {
    name: &'a str,
    documents: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Output;

    #[test]
    fn words_are_documents_and_tags_to_put_on_and_take_off() {
        let args = |words: &[&str]| TagArgs {
            words: words.iter().map(ToString::to_string).collect(),
            add: vec!["more".to_owned()],
            remove: Vec::new(),
            query: None,
            output: Output {
                format: Format::Text,
            },
        };
        let asked = Asked::new(&args(&["2", "+to read", "-odd", "a.txt"])).unwrap();
        assert_eq!(asked.documents, ["2", "a.txt"]);
        assert_eq!(asked.add, ["to read", "more"]);
        assert_eq!(asked.take, ["odd"]);
        let wrong = Asked::new(&args(&["2", "+!"])).unwrap_err().to_string();
        assert!(wrong.contains("“+!” can’t be a tag"), "{wrong}");
        let late = Asked::new(&args(&["2", "-odd", "--query"])).unwrap_err();
        assert!(late.to_string().contains("before the documents"), "{late}");
    }
}
