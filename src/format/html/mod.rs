//! HTML to text with ranges, on the standard's own tokenizer: one walk, no tree, no width.
//!
//! The tokenizer knows entities, comments, scripts and broken tags as the standard has them; what a tree builder
//! would do about elements that nobody closed is done here by a few rules, and what stays open ends with the block
//! around it. Nothing is extracted from a saved page yet: the whole of its body is text.

mod head;
mod hidden;
mod levels;
mod sink;
mod table;
mod tags;
mod writer;

use super::outlet::{Draft, Outlet, Place};
use super::{splice, words};
use crate::document::{BlockKind, Body, BodyBuilder, Kind, Metadata, Title};

/// Reads a whole page and hands it out as one document.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let (builder, head) = sink::walk(text, BodyBuilder::new(), None);
    let body = builder.into_body();
    if body.blocks().is_empty() {
        outlet.has_no_text();
        return;
    }
    let title = head
        .title()
        .or_else(|| first_heading(&body))
        .unwrap_or_default();
    let body = without_title(body, &title);
    let metadata = Metadata {
        title: Title {
            text: title,
            derived: false,
        },
        authors: head.authors.clone(),
        published: head.published,
        publisher: head.publisher.clone(),
        url: head.address.clone(),
        kind: Kind::Page,
        language: head.language,
        ..Metadata::default()
    };
    let draft = Draft {
        names: head.address.into_iter().collect(),
        place: Place::Alone,
        metadata,
        body,
    };
    // There is no second document that a break could spare.
    let _ = outlet.hand(draft);
}

/// Returns the body of a piece of HTML, its links absolute by `base`.
pub(super) fn body(html: &str, base: Option<&str>) -> Body {
    let (builder, _) = sink::walk(html, BodyBuilder::new(), base);
    builder.into_body()
}

/// Writes a piece of HTML into a body that has more than it: a post of a thread.
pub(super) fn write(html: &str, builder: BodyBuilder) -> BodyBuilder {
    let (written, _) = sink::walk(html, builder, None);
    written.into_builder()
}

/// Returns the words of a piece of HTML on one line: a title, a name.
pub(super) fn line(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let body = body(html, None);
    if body.blocks().is_empty() {
        // Nothing but what looks like tags: `<3`, or a title that is the name of an element.
        return html.to_owned();
    }
    body.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a body without its first block where that is a heading that says the title again.
pub(super) fn without_title(body: Body, title: &str) -> Body {
    let doubled = body.blocks().first().is_some_and(|first| {
        matches!(first.kind, BlockKind::Heading { .. })
            && words::same(body.slice(first.range), title)
    });
    if doubled && body.blocks().len() > 1 {
        splice::without_first(body)
    } else {
        body
    }
}

fn first_heading(body: &Body) -> Option<String> {
    let highest = body
        .blocks()
        .iter()
        .find(|block| block.kind == BlockKind::Heading { level: 1 })?;
    Some(body.slice(highest.range).to_owned())
}

#[cfg(test)]
mod tests;
