//! A body with a block set before it, or without its first: the ranges are moved, nothing is parsed again.

use crate::document::{Block, BlockKind, Body, RawBody, TextRange};
use crate::text::sanitize;

/// Returns `body` with a block of one line set before it.
pub(super) fn prepend(kind: BlockKind, line: &str, body: Body) -> Body {
    let clean = sanitize::clean(line);
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return body;
    }
    let mut raw = body.into_raw();
    let first = Block {
        kind,
        range: TextRange::new(0, line.len()),
        containers: Vec::new(),
    };
    if raw.text.is_empty() {
        return Body::from_raw(RawBody {
            text: line,
            blocks: vec![first],
            ..RawBody::default()
        });
    }
    let before = format!("{line}\n\n");
    shift(&mut raw, |at| at.saturating_add(before.len() as u32));
    raw.text.insert_str(0, &before);
    raw.blocks.insert(0, first);
    Body::from_raw(raw)
}

/// Returns `body` without its first block. Parts that begin with it begin with the next.
pub(super) fn without_first(body: Body) -> Body {
    let mut raw = body.into_raw();
    let Some(second) = raw.blocks.get(1) else {
        return Body::default();
    };
    let cut = second.range.start;
    raw.blocks.remove(0);
    raw.spans.retain(|span| span.range.start >= cut);
    shift(&mut raw, |at| at.saturating_sub(cut));
    raw.text.drain(..cut as usize);
    Body::from_raw(raw)
}

/// Returns `body` without the block at `place`, which is followed by another.
pub(super) fn without(body: Body, place: usize) -> Body {
    if place == 0 {
        return without_first(body);
    }
    let mut raw = body.into_raw();
    let starts =
        [place, place + 1].map(|place| raw.blocks.get(place).map(|block| block.range.start));
    let [Some(start), Some(end)] = starts else {
        return Body::from_raw(raw);
    };
    raw.blocks.remove(place);
    raw.spans
        .retain(|span| span.range.end <= start || span.range.start >= end);
    shift(&mut raw, |at| {
        if at < end {
            at.min(start)
        } else {
            at - end + start
        }
    });
    raw.text.drain(start as usize..end as usize);
    Body::from_raw(raw)
}

/// Moves every range of a body.
fn shift(raw: &mut RawBody, by: impl Fn(u32) -> u32) {
    let blocks = raw.blocks.iter_mut().map(|block| &mut block.range);
    let spans = raw.spans.iter_mut().map(|span| &mut span.range);
    let parts = raw.parts.iter_mut().map(|part| &mut part.range);
    for range in blocks.chain(spans).chain(parts) {
        *range = TextRange {
            start: by(range.start),
            end: by(range.end),
        };
    }
    for destination in &mut raw.destinations {
        destination.at = by(destination.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BodyBuilder, SpanKind};

    fn body() -> Body {
        let mut builder = BodyBuilder::new();
        builder.block(BlockKind::Heading { level: 1 }, "Head");
        builder.begin(BlockKind::Paragraph);
        builder.text("a ");
        builder.open_span(SpanKind::Strong);
        builder.text("b");
        builder.finish()
    }

    #[test]
    fn a_block_is_set_before_and_taken_away_and_ranges_follow() {
        let longer = prepend(BlockKind::Standfirst, " It is\nthis. ", body());
        assert_eq!(longer.text(), "It is this.\n\nHead\n\na b");
        assert_eq!(longer.slice(longer.spans()[0].range), "b");
        assert_eq!(without_first(longer), body());
        assert_eq!(without_first(body()).text(), "a b");
        let longer = prepend(BlockKind::Standfirst, "It is this.", body());
        let shorter = without(longer, 1);
        assert_eq!(shorter.text(), "It is this.\n\na b");
        assert_eq!(shorter.slice(shorter.spans()[0].range), "b");
        assert_eq!(without(body(), 1), body());
        assert_eq!(prepend(BlockKind::Standfirst, " ", body()), body());
    }
}
