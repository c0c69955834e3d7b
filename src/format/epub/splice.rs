//! Bodies cut between two blocks and set on end: ranges are moved, nothing is parsed again.

use crate::document::{Body, Destination, RawBody, TextRange};

/// Returns the blocks from `from` to before `to` as a body of their own, with the spans and destinations in them.
pub(super) fn cut(body: &Body, from: usize, to: usize) -> Body {
    let Some(blocks) = body.blocks().get(from..to.min(body.blocks().len())) else {
        return Body::default();
    };
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return Body::default();
    };
    let range = TextRange {
        start: first.range.start,
        end: last.range.end,
    };
    let moved = |range: TextRange, by: u32| TextRange {
        start: range.start.saturating_sub(by),
        end: range.end.saturating_sub(by),
    };
    let mut raw = RawBody {
        text: body.slice(range).to_owned(),
        blocks: blocks.to_vec(),
        spans: body.spans_in(range).cloned().collect(),
        ..RawBody::default()
    };
    for range_of in raw.blocks.iter_mut().map(|block| &mut block.range) {
        *range_of = moved(*range_of, range.start);
    }
    for range_of in raw.spans.iter_mut().map(|span| &mut span.range) {
        *range_of = moved(*range_of, range.start);
    }
    let all = body.destinations();
    let first = all.partition_point(|one| one.at < range.start);
    let within = all.get(first..).unwrap_or_default().iter();
    raw.destinations = within
        .take_while(|one| one.at <= range.end)
        .map(|one| Destination {
            name: one.name.clone(),
            at: one.at - range.start,
        })
        .collect();
    Body::from_raw(raw)
}

/// Sets one body after another; a body without a word leaves nothing behind.
pub(super) fn join(bodies: Vec<Body>) -> Body {
    let mut whole = RawBody::default();
    for body in bodies {
        if body.blocks().is_empty() {
            continue;
        }
        let mut raw = body.into_raw();
        if !whole.text.is_empty() {
            whole.text.push_str("\n\n");
        }
        let by = whole.text.len() as u32;
        let moved = |range: TextRange| TextRange {
            start: range.start.saturating_add(by),
            end: range.end.saturating_add(by),
        };
        for range in raw.blocks.iter_mut().map(|block| &mut block.range) {
            *range = moved(*range);
        }
        for range in raw.spans.iter_mut().map(|span| &mut span.range) {
            *range = moved(*range);
        }
        for one in &mut raw.destinations {
            one.at = one.at.saturating_add(by);
        }
        whole.text.push_str(&raw.text);
        whole.blocks.append(&mut raw.blocks);
        whole.spans.append(&mut raw.spans);
        whole.destinations.append(&mut raw.destinations);
    }
    Body::from_raw(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, BodyBuilder, SpanKind};

    #[test]
    fn what_was_cut_and_set_on_end_is_what_it_was() {
        let mut builder = BodyBuilder::new();
        builder.destination("top");
        builder.block(BlockKind::Heading { level: 1 }, "Héad");
        builder.begin(BlockKind::Paragraph);
        builder.text("a ");
        builder.destination("mid");
        builder.open_span(SpanKind::Strong);
        builder.text("bold");
        builder.close_span();
        builder.end();
        builder.block(BlockKind::Paragraph, "Last.");
        let body = builder.finish();
        let pieces = vec![cut(&body, 0, 1), cut(&body, 1, 3)];
        assert_eq!(pieces[0].text(), "Héad");
        assert_eq!(pieces[1].text(), "a bold\n\nLast.");
        assert_eq!(pieces[1].slice(pieces[1].spans()[0].range), "bold");
        assert_eq!(pieces[1].destination("top"), None);
        assert_eq!(join(pieces), body);
        assert_eq!(cut(&body, 2, 99).text(), "Last.");
        assert_eq!(cut(&body, 3, 2), Body::default());
    }
}
