//! Tables and listings: what keeps its columns, and what only seems to have some.

use super::layout_tests::{PLAIN, body};
use super::tests::{Beside, line, lines, text};
use crate::document::{BlockKind, Body};

/// A row of a table at a height, a piece for each of its columns.
fn cells_at(y: u32, cells: &[(u32, &str)]) -> String {
    let cells = cells.iter();
    cells
        .map(|(x, words)| line("F", 10, *x, y, words))
        .collect()
}

#[test]
fn dots_that_lead_to_a_page_number_are_the_gap_between_two_cells() {
    let page = lines(
        60,
        700,
        &[
            "1.1 The first part . . . . . . . . . . . 3",
            "1.2 The second part . . . . . . . . . . 14",
            "So it goes on ... and on.",
        ],
    );
    assert_eq!(
        text(&[page]),
        "1.1 The first part\t3\n1.2 The second part\t14\n\nSo it goes on ... and on."
    );
}

#[test]
fn a_bold_first_row_is_the_header_of_a_table() {
    let row = |font: &str, y, cells: [&str; 2]| {
        line(font, 10, 60, y, cells[0]) + &line(font, 10, 260, y, cells[1])
    };
    let page = lines(60, 700, &PLAIN)
        + &row("B", 640, ["Year", "Sum"])
        + &row("F", 626, ["2019", "Twelve"])
        + &row("F", 612, ["2020", "Thirteen"]);
    let body = body(&[page], Beside::default());
    let rows: Vec<BlockKind> = body.blocks()[1..].iter().map(|block| block.kind).collect();
    let row = |header| BlockKind::TableRow { header };
    assert_eq!(rows, [row(true), row(false), row(false)], "{}", body.text());
}

#[test]
fn a_row_with_an_empty_cell_keeps_its_columns() {
    let mut page = lines(60, 760, &PLAIN);
    for (step, cells) in [
        &[
            (60, "Town"),
            (180, "Households"),
            (330, "Meetings"),
            (430, "Trust"),
        ][..],
        // Numbers stand at the right of their column.
        &[(60, "Aldeburgh"), (220, "12"), (360, "4"), (430, "much")],
        &[(60, "Bosham"), (360, "11"), (430, "little")],
        &[(220, "1024"), (430, "some")],
        &[(360, "7")],
        &[(60, "Deal"), (220, "96")],
        // A cell that goes on in a second line.
        &[(430, "and more")],
    ]
    .into_iter()
    .enumerate()
    {
        page += &cells_at(690 - 12 * step as u32, cells);
    }
    page += &lines(60, 590, &PLAIN);
    let body = body(&[page], Beside::default());
    let rows: Vec<&str> = body
        .blocks()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::TableRow { .. }))
        .map(|block| body.slice(block.range))
        .collect();
    assert_eq!(
        rows,
        [
            "Town\tHouseholds\tMeetings\tTrust",
            "Aldeburgh\t12\t4\tmuch",
            "Bosham\t\t11\tlittle",
            "\t1024\t\tsome",
            "\t\t7",
            "Deal\t96",
            "\t\t\tand more",
        ]
    );
}

#[test]
fn a_head_over_several_columns_moves_no_cell() {
    let mut page = lines(60, 760, &PLAIN);
    for (step, cells) in [
        &[(60, "Town"), (200, "What was asked of households")][..],
        &[
            (60, "and year"),
            (200, "First"),
            (260, "Second"),
            (320, "Third"),
        ],
        &[(60, "1901"), (200, "1"), (320, "3")],
        &[(60, "1902"), (260, "2"), (320, "3")],
    ]
    .into_iter()
    .enumerate()
    {
        page += &cells_at(690 - 12 * step as u32, cells);
    }
    let text = text(&[page]);
    for expected in [
        "Town\tWhat was asked of households\n",
        "and year\tFirst\tSecond\tThird\n",
        "1901\t1\t\t3\n",
        "1902\t\t2\t3",
    ] {
        assert!(text.contains(expected), "{expected:?} in {text:?}");
    }
}

#[test]
fn the_numbers_of_the_lines_of_a_program_make_no_table_of_it() {
    let mut page = lines(60, 740, &PLAIN);
    for (place, words) in ["begin", "  do it", "end"].iter().enumerate() {
        let y = 680 - 12 * place as u32;
        page += &line("F", 7, 60, y, &(place + 1).to_string());
        page += &line("M", 10, 90, y, words);
    }
    let body = body(&[page], Beside::default());
    let code: Vec<&str> = body
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Code)
        .map(|block| body.slice(block.range))
        .collect();
    assert_eq!(code, ["1 begin\n2   do it\n3 end"], "{}", body.text());
}

/// The rows of tables, each with its cells.
fn rows(body: &Body) -> Vec<&str> {
    let blocks = body.blocks().iter();
    let rows = blocks.filter(|block| matches!(block.kind, BlockKind::TableRow { .. }));
    rows.map(|row| body.slice(row.range)).collect()
}

#[test]
fn a_table_of_which_no_row_is_full_keeps_its_columns() {
    let page = lines(60, 760, &PLAIN)
        + &cells_at(640, &[(60, "North"), (200, "12")])
        + &cells_at(626, &[(60, "South"), (300, "7")])
        + &cells_at(612, &[(200, "3"), (300, "9")])
        + &cells_at(598, &[(60, "West"), (200, "4")]);
    let body = body(&[page], Beside::default());
    assert_eq!(
        rows(&body),
        ["North\t12", "South\t\t7", "\t3\t9", "West\t4"]
    );
}

#[test]
fn the_words_of_a_cell_go_on_in_their_cell() {
    // Rows stand further apart than the lines within a cell.
    let apart = lines(60, 760, &PLAIN)
        + &cells_at(
            640,
            &[(60, "Name"), (160, "What it does for the"), (320, "Since")],
        )
        + &cells_at(629, &[(160, "people of a town and a par-")])
        + &cells_at(618, &[(160, "ish")])
        + &cells_at(600, &[(60, "Other of"), (160, "Nothing"), (320, "2001")])
        + &cells_at(589, &[(60, "them all")])
        + &cells_at(571, &[(60, "Last"), (160, "All"), (320, "2002")]);
    let expected = [
        "Name\tWhat it does for the people of a town and a parish\tSince",
        "Other of them all\tNothing\t2001",
        "Last\tAll\t2002",
    ];
    assert_eq!(rows(&body(&[apart], Beside::default())), expected);
    // All lines stand alike: only words that go on tell.
    let alike = lines(60, 760, &PLAIN)
        + &cells_at(640, &[(60, "Name"), (160, "What it does for")])
        + &cells_at(628, &[(160, "a town")])
        + &cells_at(616, &[(60, "Other"), (160, "Nothing")])
        + &cells_at(604, &[(60, "Third"), (160, "Some")]);
    let expected = [
        "Name\tWhat it does for a town",
        "Other\tNothing",
        "Third\tSome",
    ];
    assert_eq!(rows(&body(&[alike], Beside::default())), expected);
}

#[test]
fn groups_of_numbers_in_a_table_stay_rows() {
    let page = lines(60, 760, &PLAIN)
        + &cells_at(640, &[(60, "1"), (160, "2"), (320, "3")])
        + &cells_at(628, &[(60, "4"), (320, "5")])
        + &cells_at(606, &[(60, "6"), (160, "7"), (320, "8")])
        + &cells_at(594, &[(60, "9"), (320, "10")]);
    assert_eq!(rows(&body(&[page], Beside::default())).len(), 4);
}

#[test]
fn an_entry_of_the_contents_over_two_lines_is_one_and_so_is_a_term_with_what_it_means() {
    let page = lines(60, 760, &PLAIN)
        + &line(
            "F",
            10,
            60,
            640,
            "A part whose name is so long that it does not fit into one line of the distribu-",
        )
        + &line("F", 10, 60, 628, "tion . . . . . . . . . . . . 12")
        + &cells_at(
            580,
            &[
                (60, "term"),
                (160, "what it means to those who say it, which is of-"),
            ],
        )
        + &cells_at(
            568,
            &[
                (60, "other"),
                (160, "what the other one means to all the people in it"),
            ],
        )
        + &line(
            "F",
            10,
            160,
            556,
            "and goes on with in the same cell of the row.",
        );
    let body = body(&[page], Beside::default());
    let rows = rows(&body);
    assert!(rows[0].ends_with("of the distribution\t12"), "{rows:?}");
    assert!(
        rows[2].ends_with("people in it and goes on with in the same cell of the row."),
        "{rows:?}"
    );
}

#[test]
fn tables_side_by_side_are_read_one_after_the_other() {
    let mut page = String::new();
    for place in 0..9 {
        page += &cells_at(700 - 13 * place, &[(60, "left term"), (160, "its meaning")]);
        page += &cells_at(
            706 - 17 * place,
            &[(320, "right term"), (420, "what it is")],
        );
    }
    let body = body(&[page], Beside::default());
    let expected = [["left term\tits meaning"; 9], ["right term\twhat it is"; 9]].concat();
    assert_eq!(rows(&body), expected);
}

#[test]
fn listings_keep_their_columns_with_and_without_numbers() {
    let page = lines(60, 760, &PLAIN)
        + &line("F", 7, 50, 680, "1")
        + &line("M", 10, 60, 680, "fn main() {")
        + &line("F", 7, 50, 668, "2")
        + &line("M", 10, 84, 668, "if a {")
        + &line("F", 7, 50, 656, "3")
        + &line("M", 10, 108, 656, "b();")
        + &line("F", 7, 50, 644, "4")
        + &line("M", 10, 60, 644, "}")
        + &line("F", 10, 60, 600, "And without:")
        + &line("M", 10, 50, 580, "a = 1;")
        + &line("M", 10, 116, 580, "# one")
        + &line("M", 10, 50, 568, "bcd = 12;")
        + &line("M", 10, 116, 568, "# two");
    let body = body(&[page], Beside::default());
    let code: Vec<&str> = body
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Code)
        .map(|block| body.slice(block.range))
        .collect();
    assert_eq!(
        code,
        [
            "1 fn main() {\n2     if a {\n3         b();\n4 }",
            "a = 1;     # one\nbcd = 12;  # two"
        ]
    );
}

#[test]
fn a_row_that_fits_no_column_ends_the_table_before_it() {
    let page = lines(60, 760, &PLAIN)
        + &cells_at(
            640,
            &[
                (60, "one"),
                (160, "the first of them, which is long enough"),
            ],
        )
        + &cells_at(
            628,
            &[(60, "two"), (160, "the second of them, long as well")],
        )
        + &cells_at(616, &[(160, "and it goes on")])
        + &cells_at(604, &[(60, "this goes across the columns"), (240, "of it")]);
    let body = body(&[page], Beside::default());
    let rows = rows(&body);
    assert!(rows[0].starts_with("one\tthe first"), "{rows:?}");
    assert!(rows[1].ends_with("as well and it goes on"), "{rows:?}");
}

#[test]
fn names_in_the_margin_stay_by_what_they_name() {
    let mut page = String::new();
    for place in 0..9 {
        let name = format!("name {place}");
        page += &line("F", 10, 60, 706 - 36 * place, &name);
        page += &lines(
            160,
            700 - 36 * place,
            &[
                "and then there is what is said of it here at length",
                "and more of it.",
            ],
        );
    }
    let whole = text(&[page]);
    let second = whole.find("name 1").unwrap();
    assert!(whole[..second].contains("more of it"), "{whole}");
}
