//! Which part of a text is looked at: the passage around a place, or a sample of what is long.

use std::ops::Range;

use crate::document::{Block, BlockKind, Body};

/// A passage is read to about this length, in bytes: some 300 words, enough to tell what it is about.
const PASSAGE: usize = 2 * 1024;

/// A section as long as this, in bytes, is a passage whole.
const SECTION: usize = 2 * PASSAGE;

/// A text up to this length is read whole, in bytes; of a longer one as much.
const SAMPLE: usize = 256 * 1024;

/// In how many stretches a sample is read.
const STRETCHES: usize = 16;

/// Returns the passage around a byte of a body: its section, or its post in a thread, where that is neither long nor
/// short; else the paragraphs around it.
pub fn passage(body: &Body, at: u32) -> Range<usize> {
    let blocks = body.blocks();
    if blocks.is_empty() {
        return 0..0;
    }
    let here = body.block_at(at);
    let bounds = section(body, here);
    let span = |blocks: &[Block]| match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => first.range.start as usize..last.range.end as usize,
        _ => 0..0,
    };
    let whole = span(blocks.get(bounds.clone()).unwrap_or_default());
    if (PASSAGE..=SECTION).contains(&whole.len()) {
        return whole;
    }
    // A short section says too little by itself; of a long one only what is near is meant.
    let limits = if whole.len() > SECTION {
        bounds
    } else {
        0..blocks.len()
    };
    let (mut from, mut to) = (here, here + 1);
    loop {
        let reached = span(blocks.get(from..to).unwrap_or_default());
        let grows = from > limits.start || to < limits.end;
        if reached.len() >= PASSAGE || !grows {
            return bounded(body.text(), reached, at as usize);
        }
        to = (to + 1).min(limits.end);
        from = from.saturating_sub(1).max(limits.start);
    }
}

/// Returns the blocks of the section that a block stands in, or of the post.
fn section(body: &Body, here: usize) -> Range<usize> {
    let blocks = body.blocks();
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    let part_of = |block: &Block| body.part_at(block.range.start).map(|part| part.range.start);
    let own = blocks.get(here).and_then(part_of);
    let another = |block: &&Block| part_of(block) != own;
    let before = blocks.get(..=here).unwrap_or_default();
    let from = before.iter().rposition(is_heading).unwrap_or(0).max(
        before
            .iter()
            .rposition(|block| another(&block))
            .map_or(0, |at| at + 1),
    );
    let after = blocks.get(here + 1..).unwrap_or_default();
    let to = after
        .iter()
        .position(|block| is_heading(block) || another(&block));
    from..to.map_or(blocks.len(), |to| here + 1 + to)
}

/// Returns as much of a range as is a passage, around a byte: a paragraph may be a whole book.
fn bounded(text: &str, range: Range<usize>, at: usize) -> Range<usize> {
    if range.len() <= SECTION {
        return range;
    }
    let from = at.saturating_sub(PASSAGE / 2).clamp(range.start, range.end);
    let start = text.ceil_char_boundary(from);
    let end = text.floor_char_boundary((from + PASSAGE).min(range.end));
    start..end.max(start)
}

/// Returns the stretches of a text that are read to tell what it is about: the whole, or of a long one pieces that are
/// evenly spread, 256 kB in all.
pub fn sample(text: &str) -> impl Iterator<Item = &str> {
    let is_long = text.len() > SAMPLE;
    let count = if is_long { STRETCHES } else { 1 };
    let length = if is_long {
        SAMPLE / STRETCHES
    } else {
        text.len()
    };
    let room = text.len() - length;
    (0..count).map(move |place| {
        let from = room * place / (count - 1).max(1);
        let start = text.ceil_char_boundary(from);
        let end = text.floor_char_boundary(from + length);
        text.get(start..end).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::BodyBuilder;

    fn body(blocks: &[(bool, usize)]) -> Body {
        let mut builder = BodyBuilder::new();
        for (place, (heading, words)) in blocks.iter().enumerate() {
            let kind = if *heading {
                BlockKind::Heading { level: 2 }
            } else {
                BlockKind::Paragraph
            };
            builder.block(kind, &format!("{place} {}", "word ".repeat(*words)));
        }
        builder.finish()
    }

    #[test]
    fn a_passage_is_the_section_or_what_stands_around() {
        // Words of five bytes: a passage has some 400 of them.
        let sections = [
            (true, 3),
            (false, 500),
            (true, 3),
            (false, 300),
            (false, 300),
            (true, 3),
            (false, 5),
        ];
        let long = [(true, 1), (false, 700), (false, 700), (false, 700)];
        let short = [(true, 1), (false, 5), (true, 1), (false, 5)];
        for (blocks, at, expected) in [
            (&sections[..], 1, 0..2),
            (&sections, 0, 0..2),
            (&sections, 3, 2..5),
            (&sections, 4, 2..5),
            (&long, 2, 2..3),
            (&short, 1, 0..4),
        ] {
            let body = body(blocks);
            let of = |place: usize| body.blocks()[place].range;
            let range = passage(&body, of(at).start + 1);
            let blocks = of(expected.start).start as usize..of(expected.end - 1).end as usize;
            assert_eq!(range, blocks, "{at} of {blocks:?}");
        }
    }

    #[test]
    fn a_book_in_one_paragraph_is_read_around_the_place() {
        let body = body(&[(false, 100_000)]);
        let range = passage(&body, 250_000);
        assert!(
            range.contains(&250_000) && range.len() == PASSAGE,
            "{range:?}"
        );
        assert_eq!(passage(&Body::default(), 7), 0..0);
    }

    #[test]
    fn a_long_text_is_read_here_and_there() {
        let text = "0123456789".repeat(1_000_000);
        let pieces: Vec<&str> = sample(&text).collect();
        assert_eq!(pieces.len(), STRETCHES);
        assert_eq!(
            pieces.iter().map(|piece| piece.len()).sum::<usize>(),
            SAMPLE
        );
        assert!(text.ends_with(pieces[15]) && text.starts_with(pieces[0]));
        assert_eq!(sample("short").collect::<Vec<_>>(), ["short"]);
        assert_eq!(sample("").collect::<Vec<_>>(), [""]);
    }

    proptest! {
        #[test]
        fn a_passage_lies_within_the_text_on_characters(
            lines in prop::collection::vec((any::<bool>(), "[a数é ]{0,9}", 0..2_000_usize), 0..6),
            at in 0..40_000_u32,
        ) {
            let mut builder = BodyBuilder::new();
            for (heading, words, times) in &lines {
                let kind = if *heading { BlockKind::Heading { level: 1 } } else { BlockKind::Paragraph };
                builder.block(kind, &words.repeat(*times));
            }
            let body = builder.finish();
            let range = passage(&body, at);
            prop_assert!(body.text().get(range.clone()).is_some(), "{range:?}");
            prop_assert!(range.len() <= SECTION);
        }
    }
}
