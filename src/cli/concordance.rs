//! `recto concordance`: every hit of a question, a line each, in the words around it.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use super::args::{ConcordanceArgs, Format, LineOrder};
use super::output::{self, Emphasis, Printed, one_line, tell};
use super::{Environment, PARTLY, opening};
use crate::library::{
    ConcordanceLine, ConcordanceLines, ConcordanceReader, ConcordanceWindow, Doubles, Library,
    ShownLine,
};
use crate::query;
use crate::query::concordance::{MOST_LINES, Order, Room};
use crate::text::cells;
use crate::text::sanitize::clean;

/// How wide lines are where nobody says, in cells.
const WIDTH: usize = 120;

/// How many cells the words at each side of a hit have for programs.
const AROUND: usize = 80;

/// How many lines are fetched at a time: their texts are in memory together.
const AT_A_TIME: usize = 1_000;

/// How long lines are counted on that are not asked for.
const COUNTING: Duration = Duration::from_secs(1);

/// A date for people: `2013-06-03`, or as much of it as is known.
const DATE: usize = 10;

pub(super) fn run(args: &ConcordanceArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let query = query::parse(&args.query.join(" "));
    let library = opening::for_reading(environment)?;
    let mut reader = library.concordance(&query, Doubles::Folded, None)?;
    if !reader.can_hit() {
        tell("the question has no word that could stand in a text");
        return Ok(ExitCode::from(PARTLY));
    }
    // Only what is asked for is read, where the order is that of the list: one line at least, to know whether there is any.
    let enough = match args.sort {
        LineOrder::List => args.limit.max(1),
        _ => MOST_LINES,
    };
    while reader.len() < enough && reader.read_on(&library, Duration::ZERO)? {}
    let (lines, printed) = match args.output.format {
        Format::Text => print_text(args, environment, &library, &mut reader)?,
        Format::Json => {
            reader.read_on(&library, COUNTING)?;
            print_json(args, &query.to_string(), &library, &mut reader)?
        }
    };
    if lines.total == 0 {
        tell(&format!("no text has a hit of {query}"));
        return Ok(ExitCode::from(PARTLY));
    }
    if printed == Printed::Whole {
        tell_how_many(args, &library, &mut reader)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl From<LineOrder> for Order {
    fn from(order: LineOrder) -> Self {
        match order {
            LineOrder::List => Self::Listed,
            LineOrder::Left => Self::Left,
            LineOrder::Right => Self::Right,
            LineOrder::Oldest => Self::Oldest,
            LineOrder::Newest => Self::Newest,
            LineOrder::Source => Self::Source,
        }
    }
}

/// Hands out the lines asked for, some at a time, as long as they are taken; returns the last of them, and whether all went out.
fn each(
    args: &ConcordanceArgs,
    room: Room,
    library: &Library,
    reader: &mut ConcordanceReader,
    mut each: impl FnMut(&[ConcordanceLine]) -> anyhow::Result<Printed>,
) -> anyhow::Result<(ConcordanceLines, Printed)> {
    let mut first = 0;
    loop {
        let window = ConcordanceWindow {
            order: args.sort.into(),
            // The places of a window that reaches beyond the last line are moved back from there.
            places: first..(first + AT_A_TIME).min(args.limit).min(reader.len()),
            room,
            keep: None,
        };
        let lines = reader.lines(library, &window)?;
        let printed = each(&lines.lines)?;
        first += lines.lines.len();
        let is_last = first >= args.limit || first >= lines.total || lines.lines.is_empty();
        if is_last || printed == Printed::CutOff {
            return Ok((lines, printed));
        }
    }
}

fn print_text(
    args: &ConcordanceArgs,
    environment: &Environment,
    library: &Library,
    reader: &mut ConcordanceReader,
) -> anyhow::Result<(ConcordanceLines, Printed)> {
    let emphasis = Emphasis::of_standard_output();
    let width = args.width.or(environment.columns).unwrap_or(WIDTH);
    // All lines of an answer keep one column, whatever documents come later.
    let ids = reader.highest().to_string().len().max(3);
    let meta = ids + 2 + DATE + 2;
    let text = width.saturating_sub(meta);
    let room = Room {
        before: text * 9 / 20,
        after: text - text * 9 / 20,
    };
    each(args, room, library, reader, |lines| {
        let mut text = String::new();
        for line in lines {
            let Some(shown) = &line.shown else {
                continue;
            };
            let date = shown
                .published
                .map_or_else(String::new, |date| date.to_string());
            let date = date.get(..date.len().min(DATE)).unwrap_or_default();
            let keyword = shown.context.keyword.start;
            let left = shown.context.text.get(..keyword).unwrap_or_default();
            let indent = room.before.saturating_sub(cells::width(left));
            let words = emphasis.apply(&shown.context.text, &shown.context.lit);
            let _ = writeln!(
                text,
                "{:>ids$}  {date:<DATE$}  {:indent$}{}",
                line.id.0,
                "",
                words.trim_end()
            );
        }
        Ok(output::print(&text)?)
    })
}

/// Says how many lines there are where not all are shown. Those shown stand there already: so some time is left to
/// count the others.
fn tell_how_many(
    args: &ConcordanceArgs,
    library: &Library,
    reader: &mut ConcordanceReader,
) -> anyhow::Result<()> {
    let goes_on = reader.read_on(library, COUNTING)?;
    let (total, full) = (reader.len(), reader.len() >= MOST_LINES);
    let shown = total.min(args.limit);
    if goes_on || shown < total {
        let more = if goes_on || full { "at least " } else { "" };
        tell(&format!(
            "{shown} of {more}{total} lines shown; --limit shows more"
        ));
    } else if full {
        tell(&format!(
            "{total} lines, all that are kept: ask more narrowly for the rest"
        ));
    }
    Ok(())
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    query: String,
    total: usize,
    whole: bool,
    documents: usize,
    lines: &'a [Line],
}

#[derive(Serialize)]
struct Line {
    id: i64,
    start: u32,
    end: u32,
    left: String,
    keyword: String,
    right: String,
    title: String,
    source: String,
    authors: Vec<String>,
    published: Option<String>,
    headings: Vec<String>,
}

impl Line {
    fn new(line: &ConcordanceLine, shown: &ShownLine) -> Self {
        let context = &shown.context;
        let part = |range: std::ops::Range<usize>| {
            one_line(context.text.get(range).unwrap_or_default().trim())
        };
        let all = |texts: &[String]| texts.iter().map(|text| one_line(text)).collect();
        Self {
            id: line.id.0,
            start: line.range.start,
            end: line.range.end,
            left: part(0..context.keyword.start),
            keyword: part(context.keyword.clone()),
            right: part(context.keyword.end..context.text.len()),
            title: one_line(&shown.title),
            source: one_line(&shown.source),
            authors: all(&shown.authors),
            published: shown.published.map(|date| date.to_string()),
            headings: all(&shown.headings),
        }
    }
}

fn print_json(
    args: &ConcordanceArgs,
    query: &str,
    library: &Library,
    reader: &mut ConcordanceReader,
) -> anyhow::Result<(ConcordanceLines, Printed)> {
    let room = Room {
        before: AROUND,
        after: AROUND,
    };
    let mut all = Vec::new();
    let (lines, _) = each(args, room, library, reader, |lines| {
        let shown = lines
            .iter()
            .filter_map(|line| line.shown.as_ref().zip(Some(line)));
        all.extend(shown.map(|(shown, line)| Line::new(line, shown)));
        Ok(Printed::Whole)
    })?;
    let printed = output::print_json(&Answer {
        query: clean(query).into_owned(),
        total: lines.total,
        whole: lines.is_whole() && !lines.full,
        documents: lines.documents,
        lines: &all,
    })?;
    Ok((lines, printed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_nobody_reads_on_no_more_lines_are_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(folder.path()).unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let query = query::parse("the OR of OR and OR to OR in");
        let args = ConcordanceArgs {
            query: Vec::new(),
            limit: MOST_LINES,
            width: None,
            sort: LineOrder::List,
            output: crate::cli::args::Output {
                format: Format::Text,
            },
        };
        for (printed, batches) in [(Printed::Whole, 2), (Printed::CutOff, 1)] {
            let mut reader = library.concordance(&query, Doubles::Folded, None).unwrap();
            while reader.read_on(&library, Duration::MAX).unwrap() {}
            assert!(reader.len() > AT_A_TIME, "{}", reader.len());
            let mut handed = 0;
            each(&args, Room::default(), &library, &mut reader, |_| {
                handed += 1;
                Ok(printed)
            })
            .unwrap();
            assert_eq!(handed.min(2), batches, "{printed:?}");
        }
    }
}
