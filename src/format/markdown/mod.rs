//! Markdown: `CommonMark` with the tables, notes, tasks and struck words of GitHub, wiki links, and the front matter of
//! the usual site generators, straight into a body.
//!
//! The document is known by its path, not by its address, so that links between the files of a folder find it.
//! Shortcodes are other programs' templates: what they show by an address or a caption is kept, the rest goes.

mod fences;
mod heading;
mod inline;
mod links;
mod literals;
mod marks;
mod mdx;
mod mend;
mod outline;
mod replay;
mod shortcodes;
mod slips;
mod writer;

use super::front_matter;
use super::outlet::{Draft, Outlet};
use crate::document::{Body, Metadata};

pub(super) use heading::with_title;
pub(super) use links::slug;

/// The endings of the names of Markdown files.
const EXTENSIONS: [&str; 6] = ["md", "markdown", "mkd", "mkdn", "mdown", "mdx"];

/// How much of a text is looked at for the signs of Markdown, in bytes.
const TOLD_WITHIN: usize = 16 * 1024;

/// How many lines must look like Markdown where the name does not say so.
const FEWEST_SIGNS: usize = 4;

/// Returns whether a name ends as those of Markdown files do.
pub(super) fn is_named(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|one| {
        EXTENSIONS
            .iter()
            .any(|known| one.eq_ignore_ascii_case(known))
    })
}

/// Returns whether it is Markdown.
pub(super) fn is_markdown(name: &str, text: &str) -> bool {
    if is_named(name) {
        return true;
    }
    let head = text
        .get(..text.floor_char_boundary(TOLD_WITHIN))
        .unwrap_or_default();
    let headings = head.lines().filter(|line| is_heading(line)).count();
    let links = head.matches("](").count();
    let fences = head.lines().filter(|line| line.starts_with("```")).count();
    headings >= 2 && links + fences >= 2 && headings + links + fences >= FEWEST_SIGNS
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ')
}

/// Reads it and hands it out as one document.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let mut metadata = Metadata::default();
    let (text, summary) = front_matter::take(text, &mut metadata, outlet);
    let body = body(text, outlet.name(), metadata.url.as_deref());
    if body.blocks().is_empty() && !front_matter::says_enough(&metadata, summary.as_deref()) {
        outlet.has_no_text();
        return;
    }
    let body = with_title(body, &mut metadata);
    let summary = summary.map(|summary| plain(&summary, outlet.name()));
    let body = front_matter::with_standfirst(body, summary.as_deref());
    // There is no second document that a break could spare.
    let _ = outlet.hand(Draft {
        metadata,
        body,
        ..Draft::default()
    });
}

/// Returns the words of a summary, which may be Markdown too.
fn plain(summary: &str, name: &str) -> String {
    if !summary.contains(['*', '_', '`', '[', '<', '&', '{']) {
        return summary.to_owned();
    }
    let words = body(summary, name, None);
    words
        .text()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the body of a piece of Markdown in the file called `name`, its links absolute by `base`.
pub(super) fn body(text: &str, name: &str, base: Option<&str>) -> Body {
    let text = shortcodes::replace(text);
    let text = mdx::plain(&text, name);
    let text = fences::unfence(&text);
    let text = mend::mend(&text);
    writer::write(&text, &links::Links { name, base })
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod myst_tests;
#[cfg(test)]
mod tests;
