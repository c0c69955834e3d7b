//! What comes out of the builder, for calls in order and in any order.

use proptest::prelude::*;

use super::*;

#[test]
fn items_of_a_tight_list_stand_close_and_what_follows_is_parted() {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Paragraph, "before");
    builder.open_list(true);
    for word in ["one", "two"] {
        builder.open_item(Marker::Bullet);
        builder.block(BlockKind::Paragraph, word);
        builder.close_item();
    }
    builder.close_list();
    builder.open_item(Marker::Number(3));
    builder.block(BlockKind::Paragraph, "other list");
    let body = builder.finish();
    assert_eq!(body.text(), "before\n\none\ntwo\n\nother list");
    assert_eq!(
        body.blocks()[3].containers,
        [Container::Item(Item {
            marker: Marker::Number(3),
            opens: true
        })]
    );
}

#[test]
fn a_span_over_two_blocks_becomes_one_in_each() {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Paragraph, "x");
    builder.open_span(SpanKind::Emphasis);
    builder.block(BlockKind::Paragraph, "one");
    builder.block(BlockKind::Paragraph, "two");
    builder.begin(BlockKind::Paragraph);
    builder.text("th");
    builder.close_span();
    builder.text("ree");
    let body = builder.finish();
    let words: Vec<&str> = body
        .spans()
        .iter()
        .map(|span| body.slice(span.range))
        .collect();
    assert_eq!(words, ["one", "two", "th"]);
}

#[test]
fn an_empty_block_leaves_nothing_and_its_item_still_opens_later() {
    let mut builder = BodyBuilder::new();
    builder.open_item(Marker::Bullet);
    builder.block(BlockKind::Paragraph, " \u{a0} ");
    builder.block(BlockKind::Paragraph, "word");
    let body = builder.finish();
    assert_eq!(body.text(), "word");
    assert_eq!(
        body.blocks()[0].containers,
        [Container::Item(Item {
            marker: Marker::Bullet,
            opens: true
        })]
    );
}

#[test]
fn a_part_without_words_is_dropped_and_answers_find_their_part() {
    let mut builder = BodyBuilder::new();
    let empty = builder.begin_part(PartHead::default());
    let first = builder.begin_part(PartHead::default());
    builder.block(BlockKind::Paragraph, "post");
    builder.begin_part(PartHead {
        reply_to: Some(first),
        ..PartHead::default()
    });
    builder.block(BlockKind::Paragraph, "reply");
    builder.begin_part(PartHead {
        reply_to: Some(empty),
        ..PartHead::default()
    });
    builder.block(BlockKind::Paragraph, "lost");
    let body = builder.finish();
    let replies: Vec<Option<u32>> = body.parts().iter().map(|part| part.reply_to).collect();
    assert_eq!(replies, [None, Some(0), None]);
}

#[derive(Clone, Debug)]
enum Call {
    Begin(u8),
    Text(String),
    BreakLine,
    NextCell,
    End,
    OpenSpan,
    CloseSpan,
    Open(u8),
    Close(u8),
    Part,
    EndPart,
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        any::<u8>().prop_map(Call::Begin),
        "[ \\t\\n\u{a0}a-cé漢\u{202e}]{0,8}".prop_map(Call::Text),
        Just(Call::BreakLine),
        Just(Call::NextCell),
        Just(Call::End),
        Just(Call::OpenSpan),
        Just(Call::CloseSpan),
        any::<u8>().prop_map(Call::Open),
        any::<u8>().prop_map(Call::Close),
        Just(Call::Part),
        Just(Call::EndPart),
    ]
}

fn build(calls: Vec<Call>) -> Body {
    let mut builder = BodyBuilder::new();
    for call in calls {
        match call {
            Call::Begin(n) => builder.begin(match n % 4 {
                0 => BlockKind::Code,
                1 => BlockKind::TableRow { header: false },
                2 => BlockKind::Heading { level: 1 },
                _ => BlockKind::Paragraph,
            }),
            Call::Text(text) => builder.text(&text),
            Call::BreakLine => builder.break_line(),
            Call::NextCell => builder.next_cell(),
            Call::End => builder.end(),
            Call::OpenSpan => builder.open_span(SpanKind::Strong),
            Call::CloseSpan => builder.close_span(),
            Call::Open(n) => match n % 3 {
                0 => builder.open_quotation(),
                1 => builder.open_list(n % 2 == 0),
                _ => builder.open_item(Marker::Bullet),
            },
            Call::Close(n) => match n % 3 {
                0 => builder.close_quotation(),
                1 => builder.close_list(),
                _ => builder.close_item(),
            },
            Call::Part => {
                builder.begin_part(PartHead::default());
            }
            Call::EndPart => builder.end_part(),
        }
    }
    builder.finish()
}

proptest! {
    #[test]
    fn any_order_of_calls_makes_a_body_that_keeps_its_promises(calls in proptest::collection::vec(call(), 0..40)) {
        let body = build(calls);
        let mut reached = 0;
        for (place, block) in body.blocks().iter().enumerate() {
            let range = block.range.as_range();
            prop_assert!(!body.text()[range.clone()].trim().is_empty());
            let between = &body.text()[reached..range.start];
            let parted = if place == 0 { between.is_empty() } else { matches!(between, "\n" | "\n\n") };
            prop_assert!(parted);
            reached = range.end;
        }
        prop_assert_eq!(reached, body.text().len());
        for span in body.spans() {
            prop_assert!(!body.slice(span.range).is_empty());
            let block = &body.blocks()[body.block_at(span.range.start)];
            prop_assert_eq!(block.range.intersect(span.range), Some(span.range));
        }
        prop_assert!(body.spans().is_sorted_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end))));
        let again = body.clone();
        prop_assert_eq!(Body::from_raw(again.into_raw()), body);
    }
}
