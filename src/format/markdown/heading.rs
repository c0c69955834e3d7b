//! Which heading of a text is its title, where nothing stands before the text that says it.
//!
//! The only heading of the highest level is it, also where badges, a line of links or a short word stand before it. Of
//! several the first is it only where nothing but pictures and links comes before: the `# Monday` and `# Tuesday` of a
//! diary stand below its opening words. What stands behind a page of text heads a section.

use crate::config::headings::{headings, is_one};
use crate::document::{Block, BlockKind, Body, Metadata, SpanKind, Title};
use crate::format::{splice, words};

/// How much text may stand before the heading that is the title, in bytes: a line of links, a note to the reader.
const PREFACE: usize = 400;

/// Takes the heading that says the title out of the body; where there is no title yet, it is made the title.
pub(in crate::format) fn with_title(body: Body, metadata: &mut Metadata) -> Body {
    if body.blocks().len() < 2 {
        return body;
    }
    let title = &mut metadata.title;
    let said = |place: usize| {
        let heading = body.blocks().get(place);
        heading.map_or("", |block| body.slice(block.range))
    };
    if title.text.is_empty() {
        let Some(place) = place(&body) else {
            return body;
        };
        *title = Title {
            text: said(place).replace(['\n', '\t'], " "),
            derived: false,
        };
        return splice::without(body, place);
    }
    // Whatever its level, what repeats the title goes; and a first heading that does.
    let repeats = |place: &usize| words::same(said(*place), &title.text);
    let first = body
        .blocks()
        .first()
        .filter(|block| is_heading(block, 6))
        .map(|_| 0);
    match first
        .filter(repeats)
        .or_else(|| place(&body).filter(repeats))
    {
        Some(place) => splice::without(body, place),
        None => body,
    }
}

/// Returns whether a block is a heading that stands in nothing, of this level or a higher one.
fn is_heading(block: &Block, lowest: u8) -> bool {
    matches!(block.kind, BlockKind::Heading { level } if level <= lowest)
        && block.containers.is_empty()
}

/// Returns the place of the heading that is the title.
fn place(body: &Body) -> Option<usize> {
    let blocks = body.blocks();
    let first = blocks.iter().position(|block| is_heading(block, 6))?;
    let highest = |level: u8| {
        blocks
            .iter()
            .filter(move |block| is_heading(block, level))
            .take(2)
            .count()
    };
    if is_heading(blocks.get(first)?, 1) {
        let is_only = highest(1) == 1;
        return (first == 0 || stands_before(body, first, is_only)).then_some(first);
    }
    // A text whose headings begin with the second level has its title there, if it has one.
    let is_title = is_heading(blocks.get(first)?, 2) && highest(2) == 1;
    (is_title && blocks.len() > first + 1 && stands_before(body, first, false)).then_some(first)
}

/// Returns whether what stands before a heading may stand before a title: pictures, rules and links, and a little text
/// besides where it `is_only` one.
fn stands_before(body: &Body, heading: usize, is_only: bool) -> bool {
    let said = body
        .blocks()
        .get(heading)
        .map_or("", |block| body.slice(block.range));
    if is_one(said.trim(), &headings().sections) {
        return false;
    }
    let mut room = if is_only { PREFACE } else { 0 };
    let mut before = body.blocks().iter().take(heading);
    before.all(|block| match room.checked_sub(written(body, block)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    })
}

/// Returns how much text a block has that is no link, in bytes.
fn written(body: &Body, block: &Block) -> usize {
    if matches!(block.kind, BlockKind::Image | BlockKind::Rule) {
        return 0;
    }
    let range = block.range;
    let links = body.spans_in(range).filter(|span| {
        matches!(span.kind, SpanKind::Link(_))
            && span.range.start >= range.start
            && span.range.end <= range.end
    });
    let linked: usize = links.map(|span| body.slice(span.range).trim().len()).sum();
    // What parts links: `·`, `|`, a blank.
    let said = body
        .slice(range)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(char::len_utf8);
    said.sum::<usize>().saturating_sub(linked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the title of a text, and how many blocks are left.
    fn titled(text: &str) -> (String, Vec<String>) {
        let mut metadata = Metadata::default();
        let body = crate::format::markdown::body(text, "a.md", None);
        let body = with_title(body, &mut metadata);
        let blocks = body.blocks().iter();
        let left = blocks.map(|block| body.slice(block.range).to_owned());
        (metadata.title.text, left.collect())
    }

    #[test]
    fn the_heading_that_is_the_title_is_told() {
        let long = "A page of text. ".repeat(40);
        for (text, title) in [
            ("# Name\n\nText.", "Name"),
            (
                "[![Build](b.svg)](x)\n\n# Proper Name\n\nText.",
                "Proper Name",
            ),
            (
                "[![Build](b.svg)](x) ![Crate](c.svg)\n[![Docs](d.svg)](y)\n\nName\n====\n\nText.\n\n# More\n\nText.",
                "Name",
            ),
            (
                "* **[Latest Docs.rs Here](x)**\n\n![License](y)\n\n# bytemuck\n\nText.",
                "bytemuck",
            ),
            (
                "[Guide](a) · [Site](b) | [Chat](c)\n\n# Name\n\nOne.\n\n# Two\n\nText.",
                "Name",
            ),
            (
                "(Label)=\n\n# Real heading title\n\nText.",
                "Real heading title",
            ),
            (
                "<h1 align=\"center\">Name</h1>\n\nText.\n\n## More\n\nText.",
                "Name",
            ),
            (
                "<div align=\"center\">\n  <img src=\"x\" alt=\"\">\n  <h1>Name</h1>\n</div>\n\nText.",
                "Name",
            ),
            (
                "# Name ![build](b.svg) [![crate](c.svg)](x)\n\nText.",
                "Name",
            ),
            ("# ![Name](logo.svg)\n\nText.", "Name"),
            ("# [![Name](logo.svg)](x)\n\nText.", "Name"),
            ("## Name\n\nText.\n\n### More\n\nText.", "Name"),
            // No titles.
            ("![Logo](x)\n\n# Overview\n\nText.", ""),
            (
                "It was a good week.\n\n# Monday\n\nText.\n\n# Tuesday\n\nText.",
                "",
            ),
            ("## One\n\nText.\n\n## Two\n\nText.", ""),
            ("Text.\n\n## Notes\n\nMore.", ""),
            ("> # Quoted\n\nText.", ""),
            ("# [![build](b.svg)](x) [![crate](c.svg)](y)\n\nText.", ""),
            ("![Logo](x)\n\n# Summary\n\nText.", ""),
            (
                "<h3>Sponsors</h3>\n\nText.\n\n## One\n\nText.\n\n## Two\n\nText.",
                "",
            ),
        ] {
            assert_eq!(titled(text).0, title, "{text}");
        }
        assert_eq!(titled(&format!("{long}\n\n# Conclusion\n\nText.")).0, "");
        assert_eq!(
            titled("![Build](b.svg)\n\n# Name\n\nText."),
            (
                "Name".to_owned(),
                vec!["Build".to_owned(), "Text.".to_owned()]
            )
        );
    }

    #[test]
    fn a_heading_that_repeats_a_known_title_goes() {
        for text in [
            "# A notice\n\nText.",
            "### A Notice\n\nText.",
            "![x](y)\n\n# A notice\n\nText.",
        ] {
            let mut metadata = Metadata::default();
            metadata.title.text = "A notice".to_owned();
            let body = crate::format::markdown::body(text, "a.md", None);
            let body = with_title(body, &mut metadata);
            assert!(!body.text().contains("otice"), "{text}");
            assert!(body.text().ends_with("Text."));
        }
    }
}
