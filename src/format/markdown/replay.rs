//! A finished body written again within another: a piece of HTML that stands in a Markdown text.

use crate::document::{Block, Body, BodyBuilder, Container};

/// Writes `body` to `builder`, within what is open there.
pub(super) fn replay(body: &Body, builder: &mut BodyBuilder) {
    let mut open: Vec<Container> = Vec::new();
    let mut spans = body.spans();
    for block in body.blocks() {
        move_to(block, &mut open, builder);
        let within = spans.partition_point(|span| span.range.start < block.range.end);
        let (own, after) = spans.split_at_checked(within).unwrap_or((spans, &[]));
        spans = after;
        builder.begin(block.kind);
        let mut at = block.range.start as usize;
        let mut ends: Vec<usize> = Vec::new();
        for span in own {
            let start = span.range.start as usize;
            at = close_until(start, at, &mut ends, body, builder);
            write(body, at, start, builder);
            at = at.max(start);
            // A span that would cross the one around it ends with that.
            let end = (span.range.end as usize).min(ends.last().copied().unwrap_or(usize::MAX));
            builder.open_span(span.kind.clone());
            ends.push(end);
        }
        let end = block.range.end as usize;
        at = close_until(usize::MAX, at, &mut ends, body, builder);
        write(body, at, end, builder);
        builder.end();
    }
    close_all(&mut open, 0, builder);
}

/// Closes the spans that end up to `until`, and returns how far the text is written.
fn close_until(
    until: usize,
    mut at: usize,
    ends: &mut Vec<usize>,
    body: &Body,
    builder: &mut BodyBuilder,
) -> usize {
    while let Some(end) = ends.last().copied().filter(|end| *end <= until) {
        write(body, at, end, builder);
        at = at.max(end);
        builder.close_span();
        ends.pop();
    }
    at
}

fn write(body: &Body, from: usize, to: usize, builder: &mut BodyBuilder) {
    let mut parts = body.text().get(from..to).unwrap_or_default().split('\t');
    // In a row a tab parts cells; elsewhere the builder makes a blank of it, or keeps it in code.
    if let Some(first) = parts.next() {
        write_lines(first, builder);
    }
    for part in parts {
        builder.next_cell();
        builder.text(" ");
        write_lines(part, builder);
    }
}

fn write_lines(text: &str, builder: &mut BodyBuilder) {
    let mut lines = text.split('\n');
    if let Some(first) = lines.next() {
        builder.text(first);
    }
    for line in lines {
        builder.break_line();
        builder.text(line);
    }
}

/// Opens and closes containers until those of `block` are open.
fn move_to(block: &Block, open: &mut Vec<Container>, builder: &mut BodyBuilder) {
    let same = |(one, other): &(&Container, &Container)| match (one, other) {
        (Container::Quotation, Container::Quotation) => true,
        (Container::Item(one), Container::Item(other)) => {
            one.marker == other.marker && !other.opens
        }
        _ => false,
    };
    let kept = open.iter().zip(&block.containers).take_while(same).count();
    close_all(open, kept, builder);
    for container in block.containers.iter().skip(kept) {
        match container {
            Container::Quotation => builder.open_quotation(),
            Container::Item(item) => {
                builder.open_list(true);
                builder.open_item(item.marker);
            }
        }
        open.push(*container);
    }
}

fn close_all(open: &mut Vec<Container>, kept: usize, builder: &mut BodyBuilder) {
    while open.len() > kept {
        match open.pop() {
            Some(Container::Quotation) => builder.close_quotation(),
            Some(Container::Item(_)) => builder.close_list(),
            None => {}
        }
    }
}
