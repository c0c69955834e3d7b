//! `recto show`: one document, as a page of text or with its blocks and links.

use std::borrow::Cow;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;

use super::args::{Format, ShowArgs};
use super::head::{Facts, Head};
use super::output::one_line;
use super::{Environment, PARTLY, edit, opening, output};
use crate::config::settings;
use crate::document::{Block, Body, Destination, Part, Span, SpanKind};
use crate::library::{ChapterHead, Edited, Marking, Opened};
use crate::query::tag_labels;
use crate::text::sanitize::clean;
use crate::typeset::{Glyphs, plain};

pub(super) fn run(args: &ShowArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_reading(environment)?;
    let missing = || {
        format!(
            "there is no document {}; `recto search` prints their numbers",
            args.id
        )
    };
    let id = library.resolve(&args.id)?.with_context(missing)?;
    let opened = if args.changes {
        library.changes(id, Marking::Brackets)?
    } else {
        library.document(id)?
    };
    let mut opened = opened.with_context(missing)?;
    library.spell_topics([&mut opened.document.metadata.topics])?;
    if args.changes && opened.earlier == 0 {
        output::tell("no earlier version of this document is kept");
        return Ok(ExitCode::from(PARTLY));
    }
    let edited = library.correction(id)?.with_context(missing)?;
    match args.output.format {
        Format::Text => output::print(&text(&opened, &edited, &environment.config.settings))?,
        Format::Json => output::print_json(&Shown::new(&opened, &edited))?,
    };
    Ok(ExitCode::SUCCESS)
}

fn facts(opened: &Opened) -> Facts<'_> {
    let metadata = &opened.document.metadata;
    Facts {
        id: opened.id,
        key: &opened.document.key,
        title: &metadata.title,
        source: &opened.source,
        authors: &metadata.authors,
        published: metadata.published,
        url: metadata.url.as_deref(),
        topics: &metadata.topics,
        tags: &opened.marks.tags,
    }
}

/// Writes the document for people, in lines of the measure that they have set: a pipe has no width.
fn text(opened: &Opened, edited: &Edited, settings: &settings::Settings) -> String {
    let metadata = &opened.document.metadata;
    let head = [
        one_line(&metadata.title.text),
        facts(opened).line(),
        one_line(metadata.url.as_deref().unwrap_or_default()),
        one_line(&metadata.topics.join(", ")),
        one_line(&tag_labels(&opened.marks.tags)),
    ];
    let mut text = String::new();
    for line in head.iter().filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    for line in edit::lines(edited) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    let glyphs = if settings.ascii {
        Glyphs::Ascii
    } else {
        Glyphs::Unicode
    };
    text.push_str(&plain(&opened.document.body, settings.measure, glyphs));
    text
}

/// The document for programs. Ranges are bytes of `text`.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    language: Option<&'a str>,
    kind: &'static str,
    hidden: bool,
    /// The fields that were put right by hand.
    edited: Vec<&'static str>,
    /// Whatever else its source says of it.
    details: Vec<Detail<'a>>,
    parts: Vec<ShownPart<'a>>,
    text: &'a str,
    blocks: Vec<ShownBlock>,
    links: Vec<Link<'a>>,
}

#[derive(Serialize)]
struct Detail<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
}

impl<'a> Detail<'a> {
    fn new((name, value): &'a (String, String)) -> Self {
        Self {
            name: clean(name),
            value: clean(value),
        }
    }
}

#[derive(Serialize)]
struct ShownBlock {
    kind: &'static str,
    start: u32,
    end: u32,
    level: usize,
}

#[derive(Serialize)]
struct Link<'a> {
    start: u32,
    end: u32,
    url: &'a str,
    /// The chapter of the same book that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    chapter: Option<Chapter<'a>>,
}

#[derive(Serialize)]
struct Chapter<'a> {
    id: i64,
    title: &'a str,
}

#[derive(Serialize)]
struct ShownPart<'a> {
    start: u32,
    end: u32,
    key: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<String>,
    depth: u8,
    reply_to: Option<u32>,
}

impl<'a> Shown<'a> {
    fn new(opened: &'a Opened, edited: &Edited) -> Self {
        let body: &Body = &opened.document.body;
        let metadata = &opened.document.metadata;
        Self {
            head: facts(opened).head(),
            language: metadata.language.code(),
            kind: metadata.kind.name(),
            hidden: opened.marks.hidden,
            edited: edited.correction.fields(),
            details: metadata.details.iter().map(Detail::new).collect(),
            parts: body.parts().iter().map(ShownPart::new).collect(),
            text: body.text(),
            blocks: body.blocks().iter().map(ShownBlock::new).collect(),
            links: body
                .spans()
                .iter()
                .filter_map(|span| Link::new(span, &opened.chapters))
                .collect(),
        }
    }
}

impl ShownBlock {
    fn new(block: &Block) -> Self {
        Self {
            kind: block.name(),
            start: block.range.start,
            end: block.range.end,
            level: block.level(),
        }
    }
}

impl<'a> Link<'a> {
    fn new(span: &'a Span, chapters: &'a [ChapterHead]) -> Option<Self> {
        let SpanKind::Link(url) = &span.kind else {
            return None;
        };
        let key = Destination::beside(url).map(|(key, _)| key);
        let mut chapters = chapters.iter();
        let chapter = key.and_then(|key| chapters.find(|chapter| chapter.key.0 == key));
        Some(Self {
            start: span.range.start,
            end: span.range.end,
            url,
            chapter: chapter.map(|chapter| Chapter {
                id: chapter.id.0,
                title: &chapter.title,
            }),
        })
    }
}

impl<'a> ShownPart<'a> {
    fn new(part: &'a Part) -> Self {
        Self {
            start: part.range.start,
            end: part.range.end,
            key: part.key.as_deref(),
            title: part.title.as_deref(),
            author: part.author.as_deref(),
            published: part.published.map(|date| date.to_string()),
            depth: part.depth,
            reply_to: part.reply_to,
        }
    }
}
