//! Pages as a reader would see them: held as pictures, to be looked at when they change.

use super::{Glyphs, Layout, Row, RowKind, typeset};
use crate::document::{BlockKind, Body, BodyBuilder, Date, Marker, PartHead};
use crate::text::cells;

/// Draws a layout as text, with an edge where the measure ends.
pub(super) fn draw(body: &Body, layout: &Layout, glyphs: Glyphs) -> String {
    let edge = usize::from(layout.measure());
    let rows = layout.rows().iter().map(|row| {
        let drawn = draw_row(body, layout, row, glyphs);
        let blank = " ".repeat(edge.saturating_sub(cells::width(&drawn)));
        let edge = if cells::width(&drawn) > edge {
            ""
        } else {
            "│"
        };
        format!("{drawn}{blank}{edge}\n")
    });
    rows.collect()
}

fn draw_row(body: &Body, layout: &Layout, row: &Row, glyphs: Glyphs) -> String {
    let mut things: Vec<(u16, String)> = layout
        .prefixes(row)
        .iter()
        .map(|prefix| (prefix.x, prefix.kind.text(body, glyphs).into_owned()))
        .collect();
    for piece in layout.pieces(row) {
        things.push((piece.x, body.slice(piece.range).to_owned()));
    }
    match row.kind {
        RowKind::PartHead(part) => {
            let part = &body.parts()[part as usize];
            let date = part.published.map(Date::short);
            things.push((
                row.x,
                format!("{}  {}", part.label(), date.unwrap_or_default()),
            ));
        }
        RowKind::PartByline(part) => {
            let part = &body.parts()[part as usize];
            things.push((row.x, part.author.clone().unwrap_or_default()));
        }
        _ => {}
    }
    things.sort_by_key(|(x, _)| *x);
    let mut drawn = String::new();
    for (x, words) in things {
        let blank = usize::from(x)
            .checked_sub(cells::width(&drawn))
            .expect("nothing is drawn over another thing");
        drawn.push_str(&" ".repeat(blank));
        drawn.push_str(&words);
    }
    drawn.trim_end().to_owned()
}

fn pictures(body: &Body) -> String {
    [72, 40, 20]
        .map(|measure| draw(body, &typeset(body, measure), Glyphs::Unicode))
        .join("\n")
}

#[test]
fn an_article_with_headings_quotation_and_credit() {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Standfirst, "What innovation in public services looks like from below, and ten things that those who buy them could do about it now.");
    builder.block(BlockKind::Paragraph, "Here at NCVO, we are seeing many voluntary organisations bringing innovation to public service provision. Take, for example, the social enterprise Turning Point and its community-led commissioning model for health and social care services: local researchers are recruited from deprived neighbourhoods to help marginalised groups design services.");
    builder.block(
        BlockKind::Heading { level: 2 },
        "Open up the data, and let the people who need it in",
    );
    builder.block(BlockKind::Paragraph, "By making local data available in easy-to-use formats, commissioners can support service improvement. See https://www.ncvo-vol.org.uk/sites/default/files/UploadedFiles/NCVO/Publications/open_public_services_experiences.pdf?version=2&print=yes for the report.");
    builder.open_quotation();
    builder.block(BlockKind::Paragraph, "‘The third sector’ is not a sector at all; it is what is left over when the two others have been named.");
    builder.open_quotation();
    builder.block(BlockKind::Paragraph, "Said who? And was it\u{a0}7\u{a0}%?");
    builder.close_quotation();
    builder.block(BlockKind::Paragraph, "So he said.");
    builder.close_quotation();
    builder.block(BlockKind::Rule, "* * *");
    builder.block(
        BlockKind::Image,
        "A chart of the share of contracts by sector, falling since 2010",
    );
    builder.block(BlockKind::Heading { level: 3 }, "Further on");
    builder.begin(BlockKind::Paragraph);
    builder.text("Roses are red,");
    builder.break_line();
    builder.text("violets are blue.");
    builder.block(BlockKind::Credit, "Charlotte Stuffins is a research officer at NCVO. This piece was first printed in Ethos journal.");
    insta::assert_snapshot!(pictures(&builder.finish()));
}

#[test]
fn lists_hang_and_their_numbers_end_in_one_cell() {
    let mut builder = BodyBuilder::new();
    builder.block(
        BlockKind::Paragraph,
        "Our top ten recommendations for commissioners:",
    );
    builder.open_list(true);
    for number in 8..=11 {
        builder.open_item(Marker::Number(number));
        builder.block(BlockKind::Paragraph, "Communicate proactively: early dialogue between commissioners and voluntary organisations is essential.");
        if number == 9 {
            builder.open_list(true);
            for words in ["inputs", "outputs and what comes of them in the end"] {
                builder.open_item(Marker::Bullet);
                builder.block(BlockKind::Paragraph, words);
                builder.open_list(true);
                builder.open_item(Marker::Bullet);
                builder.block(BlockKind::Paragraph, "deeper");
                builder.close_list();
                builder.close_item();
            }
            builder.close_list();
            builder.block(BlockKind::Paragraph, "A second paragraph of the same item.");
        }
        builder.close_item();
    }
    builder.close_list();
    builder.open_list(false);
    for done in [true, false] {
        builder.open_item(Marker::Task(done));
        builder.block(BlockKind::Paragraph, "Write to the editor about it");
        builder.open_quotation();
        builder.block(BlockKind::Paragraph, "quoted in an item");
        builder.close_quotation();
        builder.close_item();
    }
    builder.close_list();
    insta::assert_snapshot!(pictures(&builder.finish()));
}

#[test]
fn a_thread_shows_who_answers_whom() {
    let mut builder = BodyBuilder::new();
    builder.begin_part(PartHead {
        author: Some("Tom Archer".into()),
        published: "2011-03-03".parse().ok(),
        title: Some("Is the third sector a sector?".into()),
        ..PartHead::default()
    });
    builder.block(
        BlockKind::Heading { level: 1 },
        "Is the third sector a sector?",
    );
    builder.block(
        BlockKind::Paragraph,
        "Hi all, I wonder what you make of it.",
    );
    let first = builder.begin_part(PartHead {
        author: Some("Ann".into()),
        published: "2011-03".parse().ok(),
        depth: 1,
        ..PartHead::default()
    });
    builder.block(BlockKind::Paragraph, "Not one that I have seen.");
    builder.begin_part(PartHead {
        author: Some("Tom Archer".into()),
        depth: 2,
        reply_to: Some(first),
        ..PartHead::default()
    });
    builder.open_quotation();
    builder.block(BlockKind::Paragraph, "Not one that I have seen.");
    builder.close_quotation();
    builder.block(BlockKind::Paragraph, "Look again, it is where you left it.");
    builder.begin_part(PartHead {
        title: Some("A chapter".into()),
        ..PartHead::default()
    });
    builder.block(BlockKind::Heading { level: 1 }, "A  chapter");
    builder.block(BlockKind::Paragraph, "Its title is drawn once.");
    insta::assert_snapshot!(pictures(&builder.finish()));
}

#[test]
fn code_is_verbatim_and_goes_beyond_the_edge() {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Paragraph, "As follows:");
    builder.block(
        BlockKind::Code,
        "fn main() {\n\tlet answer = 42;\tlet x = 1;\n\n    println!(\"{answer} is the answer to all of it\");\n}",
    );
    insta::assert_snapshot!(pictures(&builder.finish()));
}

fn table(rows: &[&[&str]]) -> Body {
    let mut builder = BodyBuilder::new();
    for (number, row) in rows.iter().enumerate() {
        builder.begin(BlockKind::TableRow {
            header: number == 0,
        });
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                builder.next_cell();
            }
            builder.text(cell);
        }
    }
    builder.finish()
}

#[test]
fn a_table_stands_in_columns_while_it_can_and_is_stacked_else() {
    let body = table(&[
        &["Organisation", "Service", "Re-offending", "Contracts"],
        &[
            "Blue Sky Development",
            "Grounds maintenance for local authorities, by people who come out of prison",
            "15 %",
            "1,204",
        ],
        &["Turning Point", "Health and social care", "", "87"],
        &["Changemakers"],
    ]);
    insta::assert_snapshot!(pictures(&body));
}

#[test]
fn wide_characters_stand_in_their_cells() {
    let mut builder = BodyBuilder::new();
    builder.block(BlockKind::Heading { level: 1 }, "本棚");
    builder.block(BlockKind::Paragraph, "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。");
    builder.block(BlockKind::Paragraph, "A family 👨‍👩‍👧‍👦 under the flags 🇬🇧🇫🇷 of two lands, nai\u{308}ve as cafe\u{301}s are, ❤️ and all.");
    builder.block(BlockKind::Paragraph, "안녕하세요 세계, 이것은 단락입니다.");
    insta::assert_snapshot!(pictures(&builder.finish()));
}

#[test]
fn ascii_takes_the_same_cells() {
    let mut builder = BodyBuilder::new();
    builder.open_item(Marker::Bullet);
    builder.block(BlockKind::Paragraph, "one");
    builder.open_item(Marker::Task(true));
    builder.block(BlockKind::Paragraph, "two");
    builder.close_list();
    builder.open_quotation();
    builder.block(BlockKind::Image, "three");
    builder.close_quotation();
    let body = builder.finish();
    insta::assert_snapshot!(draw(&body, &typeset(&body, 20), Glyphs::Ascii));
}
