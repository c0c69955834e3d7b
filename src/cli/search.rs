//! `recto search`: which documents answer a question.

use std::borrow::Cow;
use std::fmt::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Format, SearchArgs};
use super::head::{Facts, Head};
use super::output::{self, Emphasis, Printed, tell};
use super::{Environment, PARTLY, opening, saved};
use crate::library::{Also, Doubles, Found, FoundRow, Library, Window, also_in, new_to};
use crate::query::{
    self, Count, Expanded, Facets, Likeness, Origin, Query, Taken, Why, tag_labels,
};
use crate::text::sanitize::clean;

/// How many documents are shown where nobody says.
const SHOWN: usize = 20;

/// For how many of the words asked for others are named that were taken in.
const MOST_TOLD: usize = 5;

/// How wide the line around the best hit is, in cells: with its indent it fits 80 columns.
const SNIPPET: usize = 72;

pub(super) fn run(args: &SearchArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_reading(environment)?;
    // Before the search: what comes meanwhile stays new.
    let newest = library.newest()?;
    let query = question(args, &library)?;
    let doubles = if args.doubles {
        Doubles::Apart
    } else {
        Doubles::Folded
    };
    let limit = args
        .limit
        .unwrap_or(if args.new { usize::MAX } else { SHOWN });
    let mut found = library.find(&query, Window::first(limit).with(doubles), SNIPPET)?;
    library.spell_topics(found.rows.iter_mut().map(|row| &mut row.topics))?;
    for trouble in &found.troubles {
        tell(trouble);
    }
    let whys = if args.explain {
        whys(&library, &found, doubles)?
    } else {
        Vec::new()
    };
    let printed = match args.output.format {
        // What is looked for each night by a clock has nothing to say where nothing came.
        Format::Text if args.new && found.hits.total == 0 => Printed::Whole,
        Format::Text => {
            tell_what_was_taken_in(&found.hits.expanded);
            let printed = output::print(&text(&found, &whys, Emphasis::of_standard_output()))?;
            tell_likes(&found);
            tell_how_many(&found);
            printed
        }
        Format::Json => output::print_json(&Answer::new(&found, &whys))?,
    };
    // Once it is printed, and all of it: who was shown a part has not looked at the rest.
    if let Some(name) = args.saved.as_ref().filter(|_| args.new && !args.peek)
        && args.query.is_empty()
        && found.rows.len() == found.hits.total
        && printed == Printed::Whole
    {
        library.looked_at_saved(name, newest)?;
    }
    Ok(match found.hits.total {
        0 => ExitCode::from(PARTLY),
        _ => ExitCode::SUCCESS,
    })
}

/// Returns what is asked: the saved search, what is new to it, and the words beside it.
fn question(args: &SearchArgs, library: &Library) -> anyhow::Result<Query> {
    let typed = args.query.join(" ");
    let Some(name) = &args.saved else {
        return Ok(query::parse(&typed));
    };
    let saved = saved::known(library, name)?;
    let asked = if args.new {
        new_to(&saved)
    } else {
        Query::saved(&saved.name)
    };
    let typed = if args.query.is_empty() {
        typed
    } else {
        format!(" ({typed})")
    };
    Ok(query::parse(&format!("{asked}{typed}")))
}

/// Says which words were looked for beside those asked for, a line for each of these.
fn tell_what_was_taken_in(expanded: &Expanded) {
    let told = told_as_taken_in(expanded);
    for told in told.iter().take(MOST_TOLD) {
        tell(told);
    }
    if told.len() > MOST_TOLD {
        tell(&format!("and {} more", told.len() - MOST_TOLD));
    }
}

/// Returns a line for each of the words asked for that others were taken in for.
fn told_as_taken_in(expanded: &Expanded) -> Vec<String> {
    let taken: Vec<&Taken> = expanded.taken_in().collect();
    let of_one = taken.chunk_by(|one, next| {
        one.typed == next.typed
            && (one.origin == Origin::Spelling) == (next.origin == Origin::Spelling)
    });
    let line = |of_one: &[&Taken]| {
        let first = of_one.first()?;
        let words: Vec<&str> = of_one.iter().map(|taken| taken.words.as_str()).collect();
        let sign = if first.origin == Origin::Spelling {
            "→"
        } else {
            "+"
        };
        Some(clean(&format!("{} {sign} {}", first.typed, words.join(", "))).into_owned())
    };
    of_one.filter_map(line).collect()
}

/// Returns why each document shown is where it is.
fn whys(library: &Library, found: &Found, doubles: Doubles) -> anyhow::Result<Vec<Why>> {
    let rows = found.rows.iter();
    let whys = rows.map(|row| library.why(&found.query, row.id, doubles));
    let whys = whys.map(|why| Ok(why?.unwrap_or_default()));
    whys.collect()
}

/// Says how much of the answer is shown, or which clauses to give up for one.
fn tell_how_many(found: &Found) {
    let (total, shown) = (found.hits.total, found.rows.len());
    if total == 0 {
        tell(&format!("nothing found for {}", found.query));
        for cost in found.costs.iter().filter(|cost| cost.total > 0) {
            tell(&format!("without {}: {}", cost.clause, cost.total));
        }
        return;
    }
    let hits = &found.hits;
    let told = hits.breadth.in_words(
        total.saturating_sub(hits.incomplete),
        hits.incomplete,
        |number| number.to_string(),
    );
    if let Some(told) = told {
        tell(&told);
    }
    if shown < total {
        tell(&format!("{shown} of {total} shown; --limit shows more"));
    }
}

/// Says what the documents are like, and by which words.
fn tell_likes(found: &Found) {
    for likeness in &found.likes {
        let id = likeness.like.id;
        let Some(title) = &likeness.title else {
            tell(&format!("no document {id} in the library"));
            continue;
        };
        let words: Vec<&str> = likeness
            .words
            .iter()
            .map(|word| word.shown.as_str())
            .collect();
        let words = match words.as_slice() {
            [] => "no word of it tells it from others".to_owned(),
            words => words.join(", "),
        };
        tell(&output::one_line(&format!("like “{title}”: {words}")));
    }
}

fn facts(row: &FoundRow) -> Facts<'_> {
    Facts {
        id: row.id,
        key: &row.key,
        title: &row.title,
        source: &row.source,
        authors: &row.authors,
        published: row.published,
        url: row.url.as_deref(),
        topics: &row.topics,
        tags: &row.marks.tags,
    }
}

/// Writes the answer for people: number and title, where it is from, the line around the best hit.
fn text(found: &Found, whys: &[Why], emphasis: Emphasis) -> String {
    let numbers = found.rows.iter().map(|row| row.id.to_string().len());
    let width = numbers.max().unwrap_or_default().max(3);
    let mut text = String::new();
    for (at, row) in found.rows.iter().enumerate() {
        let title = emphasis.apply(&row.title.text, &row.title_lit);
        let snippet = emphasis.apply(&row.snippet.text, &row.snippet.lit);
        let _ = writeln!(text, "{:>width$}  {title}", row.id.0);
        let mut line = facts(row).line();
        if !row.marks.tags.is_empty() {
            let _ = write!(
                line,
                " · {}",
                output::one_line(&tag_labels(&row.marks.tags))
            );
        }
        if let Some(also) = also_in(&row.source, &row.also) {
            let _ = write!(line, " · {}", output::one_line(&also));
        }
        for line in [line, snippet] {
            if !line.is_empty() {
                let _ = writeln!(text, "{:width$}  {line}", "");
            }
        }
        for (score, why) in whys.get(at).map(Why::lines).unwrap_or_default() {
            let score = score.map_or_else(String::new, |score| format!("{score:.2}"));
            let _ = writeln!(
                text,
                "{:width$}  {score:>8}  {}",
                "",
                output::one_line(&why)
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    query: String,
    total: usize,
    /// How many of these lack some of the words, and which documents are in the list.
    incomplete: usize,
    breadth: &'static str,
    took_ms: f64,
    taken_in: Vec<TakenIn<'a>>,
    hits: Vec<Hit<'a>>,
    /// What they are like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    like: Vec<Model<'a>>,
    facets: Counts<'a>,
}

#[derive(Serialize)]
struct Hit<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    score: f32,
    snippet: String,
    /// The other documents that are the same article.
    also: Vec<Other<'a>>,
    /// What its score is made of, where that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    score: Option<f32>,
    reason: String,
}

/// A document that others are like.
#[derive(Serialize)]
struct Model<'a> {
    id: i64,
    at: Option<u32>,
    title: Option<Cow<'a, str>>,
    words: Vec<Cow<'a, str>>,
}

/// Words that were taken in beside those asked for, or offered.
#[derive(Serialize)]
struct TakenIn<'a> {
    typed: Cow<'a, str>,
    words: Cow<'a, str>,
    way: &'static str,
    on: bool,
}

#[derive(Serialize)]
struct Other<'a> {
    id: i64,
    source: Cow<'a, str>,
}

#[derive(Serialize)]
struct Counts<'a> {
    themes: Vec<Value<'a>>,
    tags: Vec<Value<'a>>,
    topics: Vec<Value<'a>>,
    sources: Vec<Value<'a>>,
    authors: Vec<Value<'a>>,
    kinds: Vec<Value<'a>>,
    languages: Vec<Value<'a>>,
    years: Vec<Value<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    value: Cow<'a, str>,
    count: usize,
}

impl<'a> Answer<'a> {
    fn new(found: &'a Found, whys: &[Why]) -> Self {
        let reason = |(score, why): (Option<f32>, String)| Reason {
            score,
            reason: output::one_line(&why),
        };
        let hit = |(at, row): (usize, &'a FoundRow)| Hit {
            head: facts(row).head(),
            score: row.score,
            snippet: output::one_line(&row.snippet.text),
            also: row.also.iter().map(Other::new).collect(),
            why: whys
                .get(at)
                .map(|why| why.lines().into_iter().map(reason).collect())
                .unwrap_or_default(),
        };
        Self {
            query: clean(&found.query.to_string()).into_owned(),
            total: found.hits.total,
            incomplete: found.hits.incomplete,
            breadth: found.hits.breadth.name(),
            // Tenths: a search takes less than a millisecond on a small library.
            took_ms: (found.took.as_secs_f64() * 10_000.0).round() / 10.0,
            taken_in: found.hits.expanded.taken.iter().map(TakenIn::new).collect(),
            hits: found.rows.iter().enumerate().map(hit).collect(),
            like: found.likes.iter().map(Model::new).collect(),
            facets: Counts::new(&found.hits.facets),
        }
    }
}

impl<'a> Model<'a> {
    fn new(likeness: &'a Likeness) -> Self {
        let words = likeness.words.iter();
        Self {
            id: likeness.like.id.0,
            at: likeness.like.at,
            title: likeness.title.as_deref().map(clean),
            words: words.map(|word| clean(&word.shown)).collect(),
        }
    }
}

impl<'a> TakenIn<'a> {
    fn new(taken: &'a Taken) -> Self {
        Self {
            typed: clean(&taken.typed),
            words: clean(&taken.words),
            way: match taken.origin {
                Origin::Spelling => "spelling",
                Origin::Related => "related",
                _ => "same",
            },
            on: taken.on,
        }
    }
}

impl<'a> Other<'a> {
    fn new(also: &'a Also) -> Self {
        Self {
            id: also.id.0,
            source: clean(&also.source),
        }
    }
}

impl<'a> Counts<'a> {
    fn new(facets: &'a Facets) -> Self {
        let values = |counts: &'a [Count]| {
            let value = |count: &'a Count| Value {
                value: clean(&count.value),
                count: count.count,
            };
            counts.iter().map(value).collect()
        };
        Self {
            themes: values(&facets.themes),
            tags: values(&facets.tags),
            topics: values(&facets.topics),
            sources: values(&facets.sources),
            authors: values(&facets.authors),
            kinds: values(&facets.kinds),
            languages: values(&facets.languages),
            years: values(&facets.years),
        }
    }
}
