//! HTML to text with ranges: tokens in the order of the page, calls to the builder in the order of the text, no width.
//!
//! A piece of HTML (an item of a feed, a chapter) is walked on the standard's own tokenizer without a tree: it knows
//! entities, comments, scripts and broken tags as the standard has them; what a tree builder would do about elements
//! that nobody closed is done here by a few rules, and what stays open ends with the block around it. Of a whole page
//! [`page`](super::page) finds the article first, and hands its part of the tree to the same walk as tokens.

mod bases;
mod head;
mod hidden;
mod levels;
mod links;
mod pieces;
mod several;
mod sink;
mod table;
mod tags;
mod writer;

use super::outlet::{Draft, Outlet, Place};
use super::{saved, splice, words};
use crate::config::manifest::Split;
use crate::document::{BlockKind, Body, BodyBuilder, Kind, Metadata, Title};
pub(super) use links::LONGEST_NAME;
pub(super) use pieces::tokenize;

use head::Head;
use links::{Links, without_dead_links};
use writer::Writer;

use super::page::{Facts, Out, Page};

/// What a page says that does nothing but lead to another, at most, in bytes.
const LONGEST_STUB: usize = 400;

/// How many blocks may stand before the line that is a page's title.
const FIRST_LINES: usize = 3;

/// Reads a whole page and hands out its article as one document.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let saved = outlet.saved().clone().or(saved::written_in(text));
    let may_be_parted = !matches!(outlet.split(), Split::Never);
    let mut page = Page::read(text, saved.address.as_deref(), may_be_parted);
    if let Some(page) = &mut page
        && several::read(text, page, &saved, outlet)
    {
        return;
    }
    let kind = match &page {
        Some(page) if page.is_thread() => Kind::Thread,
        _ => Kind::Page,
    };
    let (body, facts) = article(text, page, saved.address.as_deref());
    let only_leads_on = facts.leads_on && body.text().len() <= LONGEST_STUB;
    if body.blocks().is_empty() || only_leads_on {
        outlet.has_no_text();
        return;
    }
    let first_line = first_line_of(&facts.title_parts, &body);
    let is_line = first_line.is_some();
    let title = first_line
        .or(facts.title)
        .or_else(|| first_heading(&body))
        .or_else(|| saved.title.clone())
        .unwrap_or_default();
    let details = saved.details();
    let address = facts.address.or(saved.address);
    let body = if is_line {
        without_line(body, &title)
    } else {
        without_title(body, &title)
    };
    let metadata = Metadata {
        title: Title {
            text: title,
            derived: false,
        },
        authors: facts.authors,
        published: facts.published,
        publisher: facts.publisher,
        url: address.clone(),
        kind,
        language: facts.language,
        topics: facts.topics,
        details,
        ..Metadata::default()
    };
    let draft = Draft {
        names: address.into_iter().collect(),
        place: Place::Alone,
        metadata,
        body,
    };
    // There is no second document that a break could spare.
    let _ = outlet.hand(draft);
}

/// Returns the article of a page and what the page says of itself; the whole page where no article is found in it. Links
/// are absolute by `address`, unless the page has another base.
fn article(text: &str, page: Option<Page>, address: Option<&str>) -> (Body, Facts) {
    let Some(mut page) = page else {
        let (written, head) = sink::walk(text, Links::of_page(text), address);
        return (without_dead_links(written.into_body()), head.into_facts());
    };
    let mut writer = Writer::new(Links::of_page(text), page.facts.base.as_deref());
    page.article(&mut |out| match out {
        Out::Part(head) => writer.part(head),
        Out::Token(token) => writer.take(token),
    });
    let (written, _) = writer.finish();
    let body = without_dead_links(written.into_body());
    (body, page.facts)
}

/// Returns the body of a piece of HTML, its links absolute by `base`.
pub(super) fn body(html: &str, base: Option<&str>) -> Body {
    let (written, _) = sink::walk(html, Links::of_page(html), base);
    without_dead_links(written.into_body())
}

/// Returns the body of a piece of HTML within another text, its links absolute by `base`. Its headings keep their levels.
pub(super) fn piece(html: &str, base: Option<&str>) -> Body {
    let (written, _) = sink::walk(html, Links::of_page(html), base);
    without_dead_links(written.into_piece())
}

/// Returns the body of a chapter of a book, and what its head says. Every address of a link passes through `resolve`,
/// which returns nothing for one that leads nowhere; the places whose names are `wanted` become destinations.
pub(super) fn chapter(
    html: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
    wanted: &dyn Fn(&str) -> bool,
) -> (Body, Head) {
    let (written, head) = sink::walk(html, Links::Chapter { resolve, wanted }, None);
    (written.into_body(), head)
}

/// Writes a piece of HTML into a body that has more than it: a post of a thread.
pub(super) fn write(html: &str, builder: BodyBuilder) -> BodyBuilder {
    let writer = Writer::new(Links::of_page(html), None).onto(builder);
    let (written, _) = sink::walk_with(html, writer);
    written.into_builder()
}

/// Returns the words of a piece of HTML on one line: a title, a name.
pub(super) fn line(html: &str) -> String {
    if !html.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return html.to_owned();
    }
    let body = body(html, None);
    if body.blocks().is_empty() {
        // Nothing but what looks like tags: `<3`, or a title that is the name of an element.
        return html.to_owned();
    }
    body.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the words of a value on one line, an attribute or a string that may be HTML. It is decoded already: `<` is a
/// sign in it unless a tag ends there, and `&#8217;` was encoded twice.
pub(super) fn value(text: &str) -> String {
    if text.contains("</") || text.contains("<br") {
        line(text)
    } else {
        line(&text.replace('<', "&lt;"))
    }
}

/// Returns a body without its first block where that is a heading that says the title again.
pub(super) fn without_title(body: Body, title: &str) -> Body {
    let first = body.blocks().first();
    if first.is_some_and(|first| matches!(first.kind, BlockKind::Heading { .. })) {
        without_line(body, title)
    } else {
        body
    }
}

/// Returns a body without its first block where that says the title again.
fn without_line(body: Body, title: &str) -> Body {
    let first = body.blocks().first();
    let doubled = first.is_some_and(|first| words::same(body.slice(first.range), title));
    if doubled && body.blocks().len() > 1 {
        splice::without_first(body)
    } else {
        body
    }
}

/// Returns the part of a page's title that its text begins with: pages that have no headings set it in large type.
fn first_line_of(parts: &[String], body: &Body) -> Option<String> {
    let mut first = body.blocks().iter().take(FIRST_LINES);
    let found = first.find(|block| {
        let line = body.slice(block.range);
        parts.iter().any(|part| words::same(part, line))
    })?;
    Some(body.slice(found.range).to_owned())
}

fn first_heading(body: &Body) -> Option<String> {
    let highest = body
        .blocks()
        .iter()
        .find(|block| block.kind == BlockKind::Heading { level: 1 })?;
    Some(body.slice(highest.range).to_owned())
}

/// Returns whether an element never has an end tag.
pub(super) fn is_void(name: &str) -> bool {
    tags::is_void(name)
}

/// Returns whether an element's words stand apart from those before and after.
pub(super) fn is_block(name: &str) -> bool {
    writer::is_block(tags::meaning(name))
}

/// Returns whether an element is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    heading_level(name).is_some()
}

/// Returns the level of a heading; nothing for what is none.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match tags::meaning(name) {
        tags::Meaning::Heading(level) => Some(level),
        _ => None,
    }
}

/// Returns whether what stands in an element is never text for the eye.
pub(super) fn is_never_text(name: &str) -> bool {
    tags::meaning(name) == tags::Meaning::Hidden
}

/// Returns whether a value of `hidden` hides its element.
pub(super) fn is_hiding(value: &str) -> bool {
    tags::is_hiding(value)
}

/// Returns whether a style hides its element from the eye.
pub(super) fn hides(style: &str) -> bool {
    tags::hides(style)
}

#[cfg(test)]
mod tests;
