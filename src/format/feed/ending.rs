//! The end of an item's body: what is cut off there, and what is set after it. Ranges are moved, nothing is parsed again.

use crate::document::{Block, BlockKind, Body, Part, PartHead, RawBody, Span, SpanKind, TextRange};

/// Returns `body` without what stands from byte `at` on.
pub(super) fn cut(body: Body, at: usize) -> Body {
    let mut raw = body.into_raw();
    let kept = raw.text.get(..at).unwrap_or(&raw.text).trim_end().len();
    raw.text.truncate(kept);
    let end = kept as u32;
    raw.blocks.retain(|block| block.range.start < end);
    raw.spans.retain(|span| span.range.start < end);
    raw.parts.retain(|part| part.range.start < end);
    raw.destinations.retain(|one| one.at < end);
    let blocks = raw.blocks.iter_mut().map(|block| &mut block.range);
    let spans = raw.spans.iter_mut().map(|span| &mut span.range);
    let parts = raw.parts.iter_mut().map(|part| &mut part.range);
    for range in blocks.chain(spans).chain(parts) {
        range.end = range.end.min(end);
    }
    Body::from_raw(raw)
}

/// Returns `body` with a paragraph after it: `label` and, as a link to `address`, `shown`.
pub(super) fn append_link(body: Body, label: &str, shown: &str, address: &str) -> Body {
    let mut raw = body.into_raw();
    let start = begin_block(&mut raw);
    raw.text.push_str(label);
    let words = raw.text.len();
    raw.text.push_str(shown);
    let end = raw.text.len();
    raw.blocks.push(Block {
        kind: BlockKind::Paragraph,
        range: TextRange::new(start, end),
        containers: Vec::new(),
    });
    raw.spans.push(Span {
        kind: SpanKind::Link(address.to_owned()),
        range: TextRange::new(words, end),
    });
    Body::from_raw(raw)
}

/// Sets `reply` after `body` as a part of it. One without a word is not set.
pub(super) fn append_part(body: &mut RawBody, head: PartHead, reply: Body) {
    if reply.blocks().is_empty() {
        return;
    }
    let start = begin_block(body);
    let reply = reply.into_raw();
    let moved = |range: TextRange| TextRange {
        start: range.start + start as u32,
        end: range.end + start as u32,
    };
    body.text.push_str(&reply.text);
    body.blocks
        .extend(reply.blocks.into_iter().map(|block| Block {
            range: moved(block.range),
            ..block
        }));
    body.spans.extend(reply.spans.into_iter().map(|span| Span {
        range: moved(span.range),
        ..span
    }));
    body.parts.push(Part {
        range: TextRange::new(start, body.text.len()),
        key: head.key,
        author: head.author,
        published: head.published,
        depth: head.depth,
        reply_to: head.reply_to,
        title: head.title,
    });
}

/// Parts what follows from the last block. Returns where it begins.
fn begin_block(raw: &mut RawBody) -> usize {
    if !raw.blocks.is_empty() {
        raw.text.push_str("\n\n");
    }
    raw.text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::html;

    #[test]
    fn a_body_is_cut_and_ranges_end_with_it() {
        let body = html::body("<p>One <b>two three</b></p><p>four</p>", None);
        let shorter = cut(body.clone(), 7);
        assert_eq!(shorter.text(), "One two");
        assert_eq!(shorter.slice(shorter.spans()[0].range), "two");
        assert_eq!(cut(body.clone(), 0), Body::default());
        assert_eq!(cut(body.clone(), body.text().len()), body);
    }

    #[test]
    fn links_and_parts_are_set_after_it() {
        let body = append_link(
            html::body("<p>One</p>", None),
            "Audio: ",
            "a.mp3",
            "http://a/a.mp3",
        );
        assert_eq!(body.text(), "One\n\nAudio: a.mp3");
        assert_eq!(body.slice(body.spans()[0].range), "a.mp3");
        let mut raw = body.into_raw();
        append_part(
            &mut raw,
            PartHead::default(),
            html::body("<i>Yes</i>", None),
        );
        append_part(&mut raw, PartHead::default(), Body::default());
        let body = Body::from_raw(raw);
        assert_eq!(body.slice(body.parts()[0].range), "Yes");
        assert_eq!(body.slice(body.spans()[1].range), "Yes");
        assert_eq!(body.parts().len(), 1);
    }
}
