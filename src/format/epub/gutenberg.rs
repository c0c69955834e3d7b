//! What Project Gutenberg sets around a book: told by the lines that it draws there, which have not changed in decades.

use crate::document::Body;

use super::splice;

/// Returns the body without what stands before the first line and after the last.
pub(super) fn bare(body: Body) -> Body {
    if !body.text().contains("PROJECT GUTENBERG") {
        return body;
    }
    let blocks = body.blocks();
    let is = |place: usize, says: &str| {
        let text = blocks
            .get(place)
            .map_or("", |block| body.slice(block.range));
        let line = text.trim_start().strip_prefix("***").unwrap_or_default();
        line.trim_start().starts_with(says) && line.contains("PROJECT GUTENBERG")
    };
    let all = 0..blocks.len();
    let begins = all.clone().find(|place| is(*place, "START OF TH"));
    let ends = all.clone().rev().find(|place| is(*place, "END OF TH"));
    if begins.is_none() && ends.is_none() {
        return body;
    }
    splice::cut(
        &body,
        begins.map_or(0, |place| place + 1),
        ends.unwrap_or(all.end),
    )
}
