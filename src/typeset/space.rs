//! What stands between blocks: empty rows, and the heads of parts.

use crate::document::{Block, BlockKind, Body, Part};

/// Empty rows before what begins a new stretch of the text: a part, a heading of the two highest levels, the credit.
const WIDE: usize = 2;

/// Returns how many rows stay empty between two blocks: as many as the text says (two line feeds part, one joins),
/// and more before what begins a new stretch.
pub(super) fn rows_between(body: &Body, before: &Block, block: &Block) -> usize {
    let feeds = (block.range.start.saturating_sub(before.range.end)) as usize;
    let told = feeds.saturating_sub(1).min(1);
    let begins_part = body
        .part_at(block.range.start)
        .is_some_and(|part| part.range.start == block.range.start);
    let after_heading = matches!(before.kind, BlockKind::Heading { .. });
    match block.kind {
        _ if begins_part => WIDE,
        BlockKind::Heading { level: 0..=2 } if !after_heading => WIDE,
        BlockKind::Credit => WIDE,
        _ => told,
    }
}

/// How a part is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// By a row before it.
    Label(u32),
    /// By the heading that it begins with, which is its title, and a row after it for the author and date.
    Byline(u32),
    /// By that heading alone.
    Heading,
}

/// Returns how the part that begins with this block is announced, where one does.
pub(super) fn head(body: &Body, block: &Block) -> Option<Head> {
    let parts = body.parts();
    let place = parts.partition_point(|part| part.range.start < block.range.start);
    let part = parts
        .get(place)
        .filter(|part| part.range.start == block.range.start)?;
    let number = place as u32;
    Some(if !begins_with_its_title(body, part, block) {
        Head::Label(number)
    } else if part.author.is_some() || part.published.is_some() {
        Head::Byline(number)
    } else {
        Head::Heading
    })
}

fn begins_with_its_title(body: &Body, part: &Part, block: &Block) -> bool {
    let heading = matches!(block.kind, BlockKind::Heading { .. });
    heading
        && part.title.as_ref().is_some_and(|title| {
            let words = body.slice(block.range).split_whitespace();
            words.eq(title.split_whitespace())
        })
}
