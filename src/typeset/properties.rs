//! What holds for any body at any measure.

use proptest::prelude::*;

use super::pictures::draw;
use super::{Glyphs, Layout, PrefixKind, RowKind, Typesetter, typeset};
use crate::document::{BlockKind, Body, BodyBuilder, Label, Marker, PartHead};
use crate::text::{Language, cells};

#[derive(Clone, Debug)]
enum Call {
    Block(BlockKind, String),
    Row(bool, Vec<String>),
    OpenQuotation,
    CloseQuotation,
    OpenList(bool),
    OpenItem(Marker),
    CloseList,
    Part(u8, Option<String>),
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "([a-z]{1,12}[ ,.]{0,2}){0,30}",
        "[a-z /?&=.\\-\"'(){}\\[\\]!:;,%$|\\\\#0-9]{0,80}",
        "[a-z \u{a0}漢字。「」é’“”–—\u{301}\u{200d}\u{200b}\u{3000}👩🏽👧🇬🇧❤\u{fe0f}한ᄒ\u{1161}\u{600}ｶ\u{ff9e}ก\u{e33}]{0,60}",
        "\\PC{0,40}",
    ]
}

fn call() -> impl Strategy<Value = Call> {
    let kind = prop_oneof![
        4 => Just(BlockKind::Paragraph),
        1 => (1_u8..=6).prop_map(|level| BlockKind::Heading { level }),
        1 => Just(BlockKind::Standfirst),
        1 => Just(BlockKind::Code),
        1 => Just(BlockKind::Image),
        1 => Just(BlockKind::Credit),
        1 => Just(BlockKind::Rule),
    ];
    let marker = prop_oneof![
        Just(Marker::Bullet),
        (0_u32..2000).prop_map(Marker::Number),
        any::<bool>().prop_map(Marker::Task),
        "[(]?[a-z]{1,4}[).]".prop_map(|text| Marker::Label(Label::new(&text).unwrap())),
    ];
    let lines = proptest::collection::vec(words(), 1..4).prop_map(|lines| lines.join("\n\t"));
    prop_oneof![
        5 => (kind, lines).prop_map(|(kind, words)| Call::Block(kind, words)),
        3 => (any::<bool>(), proptest::collection::vec(words(), 1..8)).prop_map(|(header, cells)| Call::Row(header, cells)),
        1 => Just(Call::OpenQuotation),
        1 => Just(Call::CloseQuotation),
        1 => any::<bool>().prop_map(Call::OpenList),
        2 => marker.prop_map(Call::OpenItem),
        1 => Just(Call::CloseList),
        1 => (any::<u8>(), proptest::option::of("[a-z]{1,5}")).prop_map(|(depth, title)| Call::Part(depth, title)),
    ]
}

fn body() -> impl Strategy<Value = Body> {
    proptest::collection::vec(call(), 0..14).prop_map(|calls| {
        let mut builder = BodyBuilder::new();
        for call in calls {
            make(&mut builder, call);
        }
        builder.finish()
    })
}

fn make(builder: &mut BodyBuilder, call: Call) {
    match call {
        Call::Block(BlockKind::Code, words) => builder.block(BlockKind::Code, &words),
        Call::Block(kind, words) => {
            builder.begin(kind);
            for line in words.split('\n') {
                builder.break_line();
                builder.text(line);
            }
        }
        Call::Row(header, cells) => {
            builder.begin(BlockKind::TableRow { header });
            for cell in cells {
                builder.text(&cell);
                builder.next_cell();
            }
        }
        Call::OpenQuotation => builder.open_quotation(),
        Call::CloseQuotation => builder.close_quotation(),
        Call::OpenList(tight) => builder.open_list(tight),
        Call::OpenItem(marker) => builder.open_item(marker),
        Call::CloseList => builder.close_list(),
        Call::Part(depth, title) => {
            builder.begin_part(PartHead {
                depth,
                title,
                ..PartHead::default()
            });
        }
    }
}

fn measure() -> impl Strategy<Value = u16> {
    prop_oneof![1_u16..=12, 1_u16..=200, Just(u16::MAX)]
}

/// Returns the text of which every byte that is in a piece, and every byte of white space, is taken away; and
/// complains of a byte that is in two pieces.
fn uncovered(body: &Body, layout: &Layout) -> Result<String, TestCaseError> {
    let mut times = vec![0_u8; body.text().len()];
    for row in layout.rows() {
        for piece in layout.pieces(row) {
            for byte in piece.range.as_range() {
                times[byte] += 1;
            }
        }
    }
    prop_assert!(
        times.iter().all(|times| *times <= 1),
        "a byte is shown twice"
    );
    let left = body
        .text()
        .char_indices()
        .filter(|(at, character)| times[*at] == 0 && !character.is_whitespace());
    Ok(left.map(|(_, character)| character).collect())
}

proptest! {
    #[test]
    fn every_word_is_shown_once(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        prop_assert_eq!(uncovered(&body, &layout)?, "");
    }

    #[test]
    fn pieces_stand_in_the_order_of_the_text_and_in_their_block(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        let mut reached = 0;
        for row in layout.rows() {
            prop_assert!(row.range.start <= row.range.end);
            for piece in layout.pieces(row) {
                prop_assert!(!body.slice(piece.range).is_empty());
                prop_assert!(!body.slice(piece.range).contains(['\n', '\t']));
                prop_assert_eq!(row.range.intersect(piece.range), Some(piece.range));
                let block = body.blocks()[row.block as usize].range;
                prop_assert_eq!(block.intersect(piece.range), Some(piece.range));
                if row.kind != RowKind::TableRow {
                    prop_assert!(piece.range.start >= reached);
                }
                reached = piece.range.end;
            }
        }
        prop_assert!(layout.rows().is_sorted_by_key(|row| row.range.start), "rows can be searched");
        prop_assert!(layout.rows().is_sorted_by_key(|row| row.block));
    }

    #[test]
    fn rows_fit_the_measure(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        for row in layout.rows() {
            let code = body.blocks()[row.block as usize].kind == BlockKind::Code;
            for piece in layout.pieces(row) {
                let words = body.slice(piece.range);
                let end = usize::from(piece.x) + cells::width(words);
                let one_cluster = cells::clusters(words).filter(|(_, _, cells)| *cells > 0).count() == 1;
                prop_assert!(end <= usize::from(measure) || code || one_cluster, "{words:?}");
                prop_assert!(end <= usize::from(layout.width()) || end > usize::from(u16::MAX));
            }
        }
    }

    #[test]
    fn no_cluster_is_split(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        for block in body.blocks() {
            let words = body.slice(block.range);
            // A blank that hangs may carry a mark; what is parted at a blank is no cluster that a reader sees.
            let starts: Vec<usize> = cells::clusters(words).map(|(at, _, _)| at + block.range.start as usize).collect();
            for row in layout.rows() {
                for piece in layout.pieces(row).iter().filter(|piece| block.range.contains(piece.range.start)) {
                    prop_assert!(starts.binary_search(&(piece.range.start as usize)).is_ok(), "{:?}", body.slice(piece.range));
                }
            }
        }
    }

    #[test]
    fn nothing_is_drawn_over_another_thing(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        prop_assert_eq!(draw(&body, &layout, Glyphs::Ascii).lines().count(), layout.rows().len());
    }

    #[test]
    fn the_row_of_a_byte_shows_it(body in body(), measure in measure()) {
        let layout = typeset(&body, measure);
        for (place, row) in layout.rows().iter().enumerate() {
            for piece in layout.pieces(row) {
                prop_assert_eq!(layout.row_at(piece.range.start), place);
                prop_assert_eq!(layout.row_at(piece.range.end - 1), place);
            }
        }
        prop_assert!(layout.row_at(u32::MAX) <= layout.rows().len());
    }

    #[test]
    fn parted_words_are_whole_and_their_hyphens_fit(body in body(), measure in measure(), language in proptest::sample::select(&["en", "de"][..])) {
        let layout = Typesetter::new(&body, measure).hyphenate(Language::from_tag(language)).finish();
        prop_assert_eq!(uncovered(&body, &layout)?, "");
        for row in layout.rows() {
            let hyphen = layout.prefixes(row).iter().find(|prefix| prefix.kind == PrefixKind::Hyphen);
            let Some(hyphen) = hyphen else { continue };
            let piece = layout.pieces(row).last().unwrap();
            let words = body.slice(piece.range);
            prop_assert_eq!(usize::from(hyphen.x), usize::from(piece.x) + cells::width(words));
            let one_cluster = cells::clusters(words).count() == 1;
            prop_assert!(hyphen.x < measure || one_cluster);
            let after = &body.text()[piece.range.end as usize..];
            prop_assert!(words.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic));
            prop_assert!(body.blocks()[row.block as usize].kind != BlockKind::Code);
        }
        prop_assert_eq!(draw(&body, &layout, Glyphs::Ascii).lines().count(), layout.rows().len());
    }

    #[test]
    fn set_in_pieces_it_is_the_same_page(body in body(), measure in measure(), rows in 1_usize..20) {
        let mut typesetter = Typesetter::new(&body, measure);
        let mut before = 0;
        while typesetter.advance(rows) {
            prop_assert!(typesetter.layout().rows().len() >= before + rows);
            before = typesetter.layout().rows().len();
        }
        prop_assert_eq!(typesetter.finish(), typeset(&body, measure));
    }
}
