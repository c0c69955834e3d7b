//! `recto notes` and `recto note`: the reader's own notes, listed, made and removed.

use std::fmt::Write;
use std::io::{IsTerminal, Read};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde::Serialize;

use super::args::{Format, NoteArgs, NotesArgs};
use super::output::{self, one_line, tell};
use super::{Environment, FAILED, PARTLY, opening};
use crate::document::{DocumentId, LONGEST_NOTE, NoteId, Quotation, TextRange};
use crate::library::{Library, NotedHead};
use crate::text::sanitize;

/// Lists the notes.
pub(super) fn list(args: &NotesArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_reading(environment)?;
    let mut notes = library.notes()?;
    if let Some(text) = &args.document {
        let id = document(&library, text)?;
        let on: Vec<NoteId> = library.notes_on(id)?.iter().map(|note| note.id).collect();
        notes.retain(|head| on.contains(&head.note.id));
    }
    let nothing = notes.is_empty();
    match args.output.format {
        Format::Text => output::print(&text(&notes))?,
        Format::Json => {
            let listed: Vec<Listed> = notes.iter().map(Listed::new).collect();
            output::print_json(&listed)?
        }
    };
    Ok(if nothing {
        ExitCode::from(PARTLY)
    } else {
        ExitCode::SUCCESS
    })
}

/// Makes a note, or removes some.
pub(super) fn run(args: &NoteArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_writing(environment)?;
    let Some(named) = &args.id else {
        return remove(&library, &args.remove);
    };
    let id = document(&library, named)?;
    let on = match &args.on {
        Some(words) => Some(passage(&library, id, words)?),
        None => None,
    };
    let text = if args.text.is_empty() {
        from_input()?
    } else {
        args.text.join(" ")
    };
    match library.add_note(id, &text, on.as_ref())? {
        Some(note) => {
            output::print(&format!("{note}\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        None => bail!("the document {named} is gone"),
    }
}

fn document(library: &Library, text: &str) -> anyhow::Result<DocumentId> {
    match library.resolve(text)? {
        Some(id) => Ok(id),
        None => bail!("there is no document {text}; `recto search` prints their numbers"),
    }
}

/// Returns the first passage of a document that has these very words.
fn passage(library: &Library, id: DocumentId, words: &str) -> anyhow::Result<Quotation> {
    let opened = library.document(id)?.context("the document is gone")?;
    let text = opened.document.body.text();
    let found = text
        .find(words)
        .map(|at| TextRange::new(at, at + words.len()));
    let on = found.and_then(|range| Quotation::new(text, range));
    on.with_context(|| format!("the document does not say “{words}”"))
}

/// Reads a note from standard input, and no more than a note may have.
fn from_input() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        tell("write the note, and end it with Ctrl-d");
    }
    let most = 2 * LONGEST_NOTE as u64 + 1;
    let mut bytes = Vec::new();
    let read = input.lock().take(most).read_to_end(&mut bytes);
    read.context("reading the note")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn remove(library: &Library, notes: &[i64]) -> anyhow::Result<ExitCode> {
    let mut gone = 0;
    for &number in notes {
        if library.remove_note(NoteId(number))? {
            gone += 1;
        } else {
            tell(&format!(
                "there is no note {number}; `recto notes` prints their numbers"
            ));
        }
    }
    Ok(match gone {
        0 => ExitCode::from(FAILED),
        some if some < notes.len() => ExitCode::from(PARTLY),
        _ => ExitCode::SUCCESS,
    })
}

/// A paragraph a note: its number and the document's title, the passage, what it says.
fn text(notes: &[NotedHead]) -> String {
    let mut text = String::new();
    for (place, head) in notes.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        let document = match head.document {
            Some(id) => format!("document {id}"),
            None => "not in the library now".to_owned(),
        };
        let title = one_line(&head.title);
        let _ = writeln!(text, "{:>4}  {title} · {document}", head.note.id);
        if let Some(url) = &head.url {
            let _ = writeln!(text, "      {}", one_line(url));
        }
        if let Some(on) = &head.note.on {
            let _ = writeln!(text, "      > {}", one_line(&on.words));
        }
        for line in sanitize::clean(&head.note.text).lines() {
            let _ = writeln!(text, "      {line}");
        }
    }
    text
}

#[derive(Serialize)]
struct Listed {
    id: i64,
    document: Option<i64>,
    title: String,
    source: Option<String>,
    url: Option<String>,
    quotation: Option<String>,
    note: String,
    made: Option<String>,
    changed: Option<String>,
}

impl Listed {
    fn new(head: &NotedHead) -> Self {
        let moment = |second| {
            let moment = jiff::Timestamp::from_second(second).ok()?;
            Some(moment.to_string())
        };
        let clean = |text: &String| sanitize::clean(text).into_owned();
        let NotedHead { note, .. } = head;
        Self {
            id: note.id.0,
            document: head.document.map(|id| id.0),
            title: one_line(&head.title),
            source: head.source.as_ref().map(clean),
            url: head.url.as_ref().map(clean),
            quotation: note.on.as_ref().map(|on| clean(&on.words)),
            note: clean(&note.text),
            made: moment(note.made),
            changed: moment(note.changed),
        }
    }
}
