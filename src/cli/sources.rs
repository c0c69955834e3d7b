//! `recto sources`: what was added, and the addresses that are kept.

use std::fmt::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Format, SourcesArgs};
use super::output::one_line;
use super::{Environment, opening, output};
use crate::library::{FailedFile, SourceInfo};
use crate::store::{SourceKind, Waiting};

/// How many of the files of a source that could not be read are named unless all are asked for.
const NAMED: usize = 10;

pub(super) fn run(args: &SourcesArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let library = opening::for_reading(environment)?;
    let waiting = library.subscriptions()?;
    if args.addresses {
        match args.output.format {
            Format::Text => output::print(&addresses(&waiting))?,
            Format::Json => {
                let listed: Vec<Address> = waiting.iter().map(Address::new).collect();
                output::print_json(&listed)?
            }
        };
        return Ok(ExitCode::SUCCESS);
    }
    let sources = library.sources()?;
    match args.output.format {
        Format::Text => output::print(&text(&sources, waiting.len(), args.failed))?,
        Format::Json => {
            let listed: Vec<Listed> = sources.iter().map(Listed::new).collect();
            output::print_json(&listed)?
        }
    };
    Ok(ExitCode::SUCCESS)
}

/// A line a source: number, kind, documents without the hidden ones, when it was last looked through, name, where it
/// is, and how many are hidden or folded; below it the files that could not be read: some of them, or, in full, all with
/// every file without text and every warning.
fn text(sources: &[SourceInfo], waiting: usize, in_full: bool) -> String {
    let mut text = String::new();
    for source in sources {
        let path = source.path.as_ref().map(|path| path.display().to_string());
        let place = path.as_deref().unwrap_or(match source.kind {
            SourceKind::Feed => "from another reader",
            _ => "in recto itself",
        });
        let _ = writeln!(
            text,
            "{:>3}  {:<6}  {:>7}  {}  {}  {}{}",
            source.id.0,
            source.kind.name(),
            source.documents,
            source.looked_at(),
            one_line(&source.name),
            one_line(place),
            besides(source),
        );
        let named = if in_full { usize::MAX } else { NAMED };
        for file in source.failed.iter().take(named) {
            let (path, reason) = (one_line(&file.path), one_line(&file.reason));
            let _ = writeln!(text, "{:12} not read: {path}: {reason}", "");
        }
        if source.failed.len() > named {
            let more = source.failed.len() - named;
            let _ = writeln!(text, "{:12} and {more} more; --failed has them all", "");
        }
        for path in source.textless.iter().filter(|_| in_full) {
            let _ = writeln!(text, "{:12} has no text: {}", "", one_line(path));
        }
        for warning in source.warnings.iter().filter(|_| in_full) {
            let _ = writeln!(text, "{:12} {}", "", one_line(&warning.to_string()));
        }
    }
    if waiting > 0 {
        let _ = writeln!(text, "waiting addresses: {waiting}");
    }
    text
}

/// Returns how many of its documents a list leaves out and how much went wrong with a source, in parentheses.
fn besides(source: &SourceInfo) -> String {
    let count = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    };
    let unread = count(source.failed.len(), "file").map(|files| format!("{files} not read"));
    let aside = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let besides = [
        aside(source.hidden, "hidden"),
        aside(source.folded, "folded"),
        unread,
        count(source.textless.len(), "file").map(|files| format!("{files} without text")),
        count(source.warnings.len(), "warning"),
    ];
    let besides: Vec<String> = besides.into_iter().flatten().collect();
    if besides.is_empty() {
        return String::new();
    }
    format!("  ({})", besides.join(", "))
}

/// A line an address: feed or page, the address, what the list calls it, the folders it stands in.
fn addresses(waiting: &[Waiting]) -> String {
    let mut text = String::new();
    for Waiting { subscription, .. } in waiting {
        let kind = if subscription.is_feed { "feed" } else { "page" };
        let title = subscription.title.as_deref().unwrap_or_default();
        let topics = subscription.topics().collect::<Vec<_>>().join(", ");
        let parts = [subscription.address.as_str(), title, &topics].map(one_line);
        let parts = parts.iter().filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        let _ = writeln!(text, "{kind}  {}", parts.join("  "));
    }
    text
}

#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the field of the JSON is what it is"
)]
struct Address {
    address: String,
    title: Option<String>,
    site: Option<String>,
    /// Its folders and then its tags.
    topics: Vec<String>,
    folders: Vec<String>,
    tags: Vec<String>,
    is_feed: bool,
    origin: String,
    added: Option<String>,
}

impl Address {
    fn new(waiting: &Waiting) -> Self {
        let listed = &waiting.subscription;
        let added = jiff::Timestamp::from_second(waiting.added);
        Self {
            address: one_line(&listed.address),
            title: listed.title.as_deref().map(one_line),
            site: listed.site.as_deref().map(one_line),
            topics: listed.topics().map(one_line).collect(),
            folders: listed.folders.iter().map(|name| one_line(name)).collect(),
            tags: listed.tags.iter().map(|name| one_line(name)).collect(),
            is_feed: listed.is_feed,
            origin: one_line(&waiting.origin),
            added: added.ok().map(|added| added.to_string()),
        }
    }
}

#[derive(Serialize)]
struct Listed {
    id: i64,
    kind: &'static str,
    name: String,
    path: Option<String>,
    /// Those that are hidden aside.
    documents: usize,
    hidden: usize,
    /// Of `documents`, those that stand behind another that is the same article.
    folded: usize,
    added: String,
    looked: Option<String>,
    warnings: Vec<String>,
    failed: Vec<Failed>,
    /// The files that could be read and had no text.
    without_text: Vec<String>,
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
            kind: source.kind.name(),
            name: one_line(&source.name),
            path: source.path.as_ref().map(|path| path.display().to_string()),
            documents: source.documents,
            hidden: source.hidden,
            folded: source.folded,
            added: source.added.to_string(),
            looked: source.looked.map(|looked| looked.to_string()),
            warnings: source
                .warnings
                .iter()
                .map(|warning| one_line(&warning.to_string()))
                .collect(),
            failed: source.failed.iter().map(Failed::new).collect(),
            without_text: source.textless.iter().map(|path| one_line(path)).collect(),
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
