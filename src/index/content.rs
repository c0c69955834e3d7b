//! What a question asks of a document beside its words: what is in its text, and when it came.
//!
//! These columns are read where they are asked for, from their packed form: few questions name them, and unpacked they
//! would cost each opening of a library time and memory.

use super::bits::Bits;
use super::commit::Segment;
use super::dates;
use crate::document::{BlockKind, Body, SpanKind};
use crate::query::{Feature, Period};

/// Returns what is in a text, a bit each.
pub(super) fn features(body: &Body) -> u64 {
    let mut features = 0;
    let leads_away = |kind: &SpanKind| match kind {
        // One that stays within the text is a note or a heading.
        SpanKind::Link(address) => !address.is_empty() && !address.starts_with('#'),
        _ => false,
    };
    if body.spans().iter().any(|span| leads_away(&span.kind)) {
        features |= bit(Feature::Link);
    }
    let is_row = |kind: BlockKind| matches!(kind, BlockKind::TableRow { .. });
    if body.blocks().iter().any(|block| is_row(block.kind)) {
        features |= bit(Feature::Table);
    }
    features
}

/// Returns the bit of a feature. What stands in an index stays: another order is another version.
fn bit(feature: Feature) -> u64 {
    match feature {
        Feature::Link => 1,
        Feature::Table => 2,
        // Nothing in a text: what the reader left says so.
        Feature::Tag | Feature::Note => 0,
    }
}

/// Keeps the documents of `set` that have a feature.
pub(super) fn keep_with(
    feature: Feature,
    segment: &Segment,
    set: &mut Bits,
) -> tantivy::Result<()> {
    let column = segment.reader.fast_fields().column_opt::<u64>("features")?;
    let wanted = bit(feature);
    set.retain(|document| {
        let features = column.as_ref().and_then(|column| column.first(document));
        features.is_some_and(|features| features & wanted != 0)
    });
    Ok(())
}

/// Keeps the documents of `set` that came into the library in a period, which is of moments.
pub(super) fn keep_added(period: Period, segment: &Segment, set: &mut Bits) -> tantivy::Result<()> {
    let column = segment.reader.fast_fields().column_opt::<i64>("added")?;
    let wanted = dates::seconds(period);
    set.retain(|document| {
        let added = column.as_ref().and_then(|column| column.first(document));
        added.is_some_and(|added| wanted.contains(&added))
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BodyBuilder;

    #[test]
    fn a_text_has_links_that_lead_away_and_rows_of_tables() {
        let link = |address: &str| {
            let mut body = BodyBuilder::new();
            body.begin(BlockKind::Paragraph);
            body.open_span(SpanKind::Link(address.to_owned()));
            body.text("there");
            body.close_span();
            body.end();
            features(&body.finish())
        };
        assert_eq!(link("https://example.org"), 1);
        assert_eq!(link("recto:chapter-2#n"), 1);
        assert_eq!(link("#note-1"), 0);
        let mut body = BodyBuilder::new();
        body.block(BlockKind::TableRow { header: false }, "a\tb");
        assert_eq!(features(&body.finish()), 2);
    }
}
