//! What is told by looks: headings, notes, lists and tables, links, and pages that lie on their side.

use std::fmt::Write as _;

use super::tests::{Beside, line, lines, pdf_with, read_all, text};
use crate::document::{BlockKind, Body, Container, Marker, SpanKind};

pub(super) fn body(pages: &[String], beside: Beside<'_>) -> Body {
    let (mut documents, outcome) = read_all(&pdf_with(pages, beside));
    assert_eq!(documents.len(), 1, "{outcome:?}");
    documents.remove(0).body
}

/// The headings with their levels.
fn headings(body: &Body) -> Vec<(u8, &str)> {
    let blocks = body.blocks().iter();
    blocks
        .filter_map(|block| match block.kind {
            BlockKind::Heading { level } => Some((level, body.slice(block.range))),
            _ => None,
        })
        .collect()
}

/// Some lines of running text.
pub(super) const PLAIN: [&str; 4] = [
    "Plain words stand here in the type of the text so that",
    "it is known what size the most of it has, and they do",
    "go on for some lines, as the words of a report will do",
    "before they come to the end of what they have to say.",
];

#[test]
fn links_stand_on_the_words_that_they_cover() {
    let pages = [
        lines(60, 700, &["See the site of the town for more of it."]),
        lines(60, 700, &["The second page."]),
    ];
    // The words "the site" begin after "See " and those of the town after 80 points.
    let annotations = "/Annots [ << /Subtype /Link /Rect [80 695 118 712] /A << /S /URI /URI (https://town.example/a b) >> >> \
        << /Subtype /Link /Rect [118 695 145 712] /A << /S /GoTo /D (there) >> >> \
        << /Subtype /Link /Rect [150 695 172 712] /Dest [10 0 R /Fit] >> \
        << /Subtype /Link /Rect [60 695 70 712] /A << /S /URI /URI (javascript:alert) >> >> \
        << /Subtype /Text /Rect [0 0 600 800] >> 7 0 R [ ] ]";
    let body = body(
        &pages,
        Beside {
            page: annotations,
            catalogue: "/Names << /Dests << /Kids [ 12 0 R 12 0 R ] >> >>",
            objects: &[
                "<< /Names [ (there) << /D [10 0 R /XYZ 0 0 0] >> ] /Kids [ 12 0 R ] >>".to_owned(),
            ],
            ..Beside::default()
        },
    );
    let links: Vec<(&str, &str)> = body
        .spans()
        .iter()
        .filter_map(|span| match &span.kind {
            SpanKind::Link(address) => Some((body.slice(span.range), address.as_str())),
            _ => None,
        })
        .take(3)
        .collect();
    assert_eq!(links.len(), 3, "{links:?}");
    assert_eq!(links[0].1, "https://town.example/a%20b");
    assert!(links[0].0.contains("site"), "{links:?}");
    assert_eq!(links[1].1, "#page=2");
    assert_eq!(links[2].1, "#page=2");
    assert!(body.destination("page=2").is_some());
}

#[test]
fn a_sign_of_a_note_stands_with_its_word_and_parts_no_heading() {
    let page = line("B", 16, 60, 740, "Of trust")
        + &line("F", 9, 118, 746, "1")
        + &line("B", 16, 60, 722, "in councils")
        + &lines(60, 690, &PLAIN)
        + &line("F", 7, 291, 694, "2");
    let body = body(&[page], Beside::default());
    assert_eq!(headings(&body), [(1, "Of trust¹ in councils")]);
    assert!(body.text().contains("so that² it is"), "{}", body.text());
}

#[test]
fn the_lines_of_two_columns_that_stand_nearly_level_are_not_mixed() {
    // A letter set lower, as in a logo, stands level with the line of the other column.
    let left = [
        "The first column is set a little",
        "higher than the second of them",
        "and one letter of it is set low",
        "as in the name of a certain Te",
        "program, which does such things.",
    ];
    let mut page = lines(60, 702, &left) + &line("F", 10, 210, 699, "X");
    page += &lines(
        320,
        699,
        &[
            "The second column is set lower",
            "than the first, so that a letter",
            "may seem to be one of its lines",
            "although it stands far from it.",
            "There is nothing more to be said.",
        ],
    );
    let text = text(&[page]);
    assert!(text.contains("a little"), "{text}");
    let (left, right) = text.split_once("The second column").unwrap();
    assert!(left.contains('X') && !right.contains('X'), "{text}");
}

#[test]
fn formulas_do_not_unmake_a_column() {
    let mut page = lines(60, 700, &PLAIN.map(|line| &line[..38]))
        + &lines(320, 700, &PLAIN.map(|line| &line[..38]));
    for step in 0..12 {
        page += &line("F", 10, 80 + 30 * (step % 4), 600 - 10 * (step / 4), "a");
        page += &line("F", 10, 340 + 30 * (step % 4), 600 - 10 * (step / 4), "b");
    }
    let text = text(&[page]);
    let second = text.rfind("Plain words").unwrap();
    assert!(text[..second].contains("a\ta\ta\ta"), "{text}");
    assert!(!text[..second].contains("b\tb"), "{text}");
}

#[test]
fn a_bookmark_names_a_heading_over_two_lines_on_its_own_page_only() {
    let pages = [
        lines(60, 700, &PLAIN)
            + &line("F", 10, 60, 640, "A long name of a part")
            + &line("F", 10, 60, 600, "More words."),
        line("F", 10, 60, 740, "2.1 A long name")
            + &line("F", 10, 60, 728, "of a part")
            + &lines(60, 690, &PLAIN),
    ];
    let body = body(
        &pages,
        Beside {
            catalogue: "/Outlines << /First 12 0 R >>",
            objects: &[
                "<< /Title (The whole) /Dest [8 0 R /Fit] /First 13 0 R >>".to_owned(),
                "<< /Title (A long name of a part) /Dest [10 0 R /Fit] /Next 13 0 R >>".to_owned(),
            ],
            ..Beside::default()
        },
    );
    assert_eq!(headings(&body), [(2, "2.1 A long name of a part")]);
}

#[test]
fn what_goes_on_like_a_paragraph_is_no_heading_however_large() {
    let large: String = (0..)
        .zip(PLAIN.iter().chain(&PLAIN))
        .map(|(place, text)| line("F", 12, 60, 760 - place * 14, text))
        .collect();
    let page = large
        + &lines(
            60,
            600,
            &[&PLAIN[..], &PLAIN[..], &PLAIN[..], &PLAIN[..]].concat(),
        );
    assert_eq!(headings(&body(&[page], Beside::default())), []);
}

#[test]
fn the_type_of_a_title_page_parts_no_levels() {
    let pages = [
        line("B", 24, 60, 740, "Of trust")
            + &line("F", 18, 60, 700, "Ann Lee")
            + &line("F", 14, 60, 660, "The town press")
            + &lines(60, 600, &PLAIN),
        line("B", 16, 60, 740, "The first part")
            + &lines(60, 700, &PLAIN)
            + &line("B", 12, 60, 600, "A smaller one")
            + &lines(60, 580, &PLAIN),
    ];
    assert_eq!(
        headings(&body(&pages, Beside::default())),
        [
            (1, "Of trust"),
            (2, "Ann Lee"),
            (2, "The town press"),
            (2, "The first part"),
            (3, "A smaller one")
        ]
    );
}

#[test]
fn items_that_stand_further_in_are_a_list_within_the_item() {
    let page = lines(60, 700, &PLAIN)
        + &line("F", 10, 70, 640, "\\267 one thing that is said")
        + &line("F", 10, 90, 626, "1. the first of its parts")
        + &line("F", 10, 90, 612, "2. the second of them")
        + &line("F", 10, 70, 598, "\\267 another thing");
    let body = body(&[page], Beside::default());
    let items: Vec<Vec<Marker>> = body.blocks()[1..]
        .iter()
        .map(|block| {
            let containers = block.containers.iter();
            containers
                .filter_map(|container| match container {
                    Container::Item(item) => Some(item.marker),
                    Container::Quotation => None,
                })
                .collect()
        })
        .collect();
    let one = Marker::Bullet;
    assert_eq!(
        items,
        [
            vec![one],
            vec![one, Marker::Number(1)],
            vec![one, Marker::Number(2)],
            vec![one]
        ]
    );
}

#[test]
fn the_numbers_of_lines_in_a_margin_are_no_text() {
    let page = |first: u32| {
        let mut page = String::new();
        for step in 0..20 {
            page += &line("F", 10, 90, 680 - step * 14, PLAIN[step as usize % 4]);
            page += &line(
                "F",
                7,
                if first + step < 10 { 64 } else { 60 },
                680 - step * 14,
                &(first + step).to_string(),
            );
        }
        page
    };
    let text = text(&[page(1), page(21)]);
    assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
    assert_eq!(text.matches("Plain words").count(), 10);
}

#[test]
fn a_page_on_its_side_is_read_and_a_stamp_in_the_margin_is_not() {
    let turned =
        |x: u32, y: u32, text: &str| format!("BT /F 10 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET\n");
    let mut lying = line("F", 8, 300, 30, "7");
    for (place, text) in (0..).zip(PLAIN) {
        lying += &turned(100 + place * 12, 60, text);
    }
    assert_eq!(text(&[lying]), PLAIN.join(" "));
    let stamped = lines(60, 700, &PLAIN) + &turned(20, 200, "a stamp in the margin");
    assert_eq!(text(&[stamped]), PLAIN.join(" "));
}

#[test]
fn ligatures_are_letters() {
    // Codes 256 and 257 of the standard encoding, in octal.
    assert_eq!(
        text(&[lines(60, 700, &["The \\256rst \\257ood."])]),
        "The first flood."
    );
}

/// As TeX sets them: the accent, a step back, the letter; the cedilla after its letter, or before it.
#[test]
fn an_accent_set_as_a_sign_of_its_own_is_on_its_letter() {
    // Helvetica has the accents at these codes in the encoding that it brings along; they are 3.33 points wide.
    let accent = |x: f32, y: u32, code: &str, letter: &str| {
        let mut page = String::new();
        let _ = write!(
            page,
            "BT /F 10 Tf 1 0 0 1 {x} {y} Tm (\\{code}) Tj ET BT /F 10 Tf 1 0 0 1 {} 700 Tm ({letter}) Tj ET ",
            x - 1.0
        );
        page
    };
    // `caf´e`, `¨Uber`, `fa¸cade`, and a grave that stands beside its letter.
    let page = line("F", 10, 60, 700, "caf")
        + &accent(60.0 + 13.34 + 1.0, 700, "302", "e")
        + &accent(100.0, 702, "310", "Uber")
        + &line("F", 10, 140, 700, "fac")
        + "BT /F 10 Tf 1 0 0 1 149 700 Tm (\\313) Tj ET "
        + &line("F", 10, 153, 700, "ade")
        + &line("F", 10, 200, 700, "a\\301b");
    let text = text(&[page]);
    for expected in ["café", "Über", "façade", "a`b"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn a_raised_number_is_no_part_of_its_word() {
    let page = lines(60, 740, &PLAIN)
        + &line("F", 10, 60, 680, "They say much of trust")
        + &line("F", 7, 157, 684, "12,3")
        + &line("F", 10, 175, 680, "in towns of 10 m")
        + &line("F", 7, 243, 684, "2")
        + &line("F", 10, 250, 680, "and of H")
        + &line("F", 7, 287, 678, "2")
        + &line("F", 10, 291, 680, "O.")
        + &lines(60, 660, &PLAIN)
        + &line("F", 6, 60, 63, "12")
        + &line("F", 8, 68, 60, "Said of a town.");
    let text = text(&[page]);
    for expected in [
        "trust¹²,³ in towns of 10 m² and of H2O.",
        "¹² Said of a town.",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn running_heads_that_differ_on_each_page_go_by_the_numbers_that_they_bear() {
    let parts = [
        "Of trust",
        "Of councils",
        "Of towns",
        "Of meetings",
        "Of notes",
    ];
    let pages: Vec<String> = (0..5u32)
        .map(|page| {
            let number = 41 + page;
            let head = if page % 2 == 0 {
                format!("{} {number}", parts[page as usize])
            } else {
                format!("{number} {}", parts[page as usize])
            };
            let own = format!("In the year {number}");
            line("F", 10, 60, 760, &head)
                + &line("F", 10, 60, 690, &own)
                + &lines(60, 670, &PLAIN)
                // What is not the page's number stays.
                + &line("F", 10, 60, 60, &format!("{} came to speak {}", 90 - page, parts[4 - page as usize].to_lowercase()))
        })
        .collect();
    let text = text(&pages);
    for (page, part) in parts.iter().enumerate() {
        assert!(!text.contains(part), "{part} in {text}");
        assert!(
            text.contains(&format!("In the year {}", 41 + page)),
            "{text}"
        );
        assert!(
            text.contains(&format!(
                "{} came to speak {}",
                90 - page,
                parts[4 - page].to_lowercase()
            )),
            "{text}"
        );
    }
}

#[test]
fn a_line_that_ends_within_a_range_of_pages_is_joined_without_a_blank() {
    let text = text(&[lines(
        60,
        700,
        &[
            "It was told in the journal of that town, on pages 679-",
            "86, and again in the next one, on the pages 1083\\205",
            "1092, where it may be read by whoever has a copy of it.",
        ],
    )]);
    assert!(text.contains("679-86"), "{text}");
}

#[test]
fn a_bar_of_links_on_every_page_goes_though_it_is_long() {
    let bar = "work and cover and forms and lists and all the other parts of a long book are in this bar of it, one by one";
    let pages: Vec<String> = (0..8)
        .map(|page| {
            lines(60, 500, &[&format!("Words of page {page} alone.")]) + &line("F", 8, 60, 20, bar)
        })
        .collect();
    let whole = text(&pages);
    assert!(
        whole.contains("page 7") && !whole.contains("bar of it"),
        "{whole}"
    );
    // On two of many pages it is text.
    let some = text(&[&pages[..2], &vec![lines(60, 500, &["Others."]); 6]].concat());
    assert!(some.contains("bar of it"), "{some}");
}

#[test]
fn what_is_raised_beside_a_word_is_set_above_the_line() {
    let page = line("F", 10, 60, 700, "The mass is 10")
        + &line("F", 7, 127, 704, "-31")
        + &line("F", 10, 60, 680, "It grows with x")
        + &line("F", 7, 124, 684, "n+1")
        + &line("F", 10, 60, 660, "On the 1")
        + &line("F", 7, 99, 664, "st")
        + &line("F", 10, 60, 640, "On the 1")
        + &line("F", 9, 99, 644, "3");
    let whole = text(&[page]);
    assert!(whole.contains("1³"), "{whole}");
    assert!(whole.contains("10⁻³¹"), "{whole}");
    assert!(whole.contains("xⁿ⁺¹"), "{whole}");
    assert!(whole.contains("1st"), "{whole}");
}

#[test]
fn what_is_printed_many_times_at_one_place_is_said_once() {
    let page =
        line("F", 10, 60, 700, "Once and for all.").repeat(3) + &line("F", 10, 60, 600, "Again.");
    assert_eq!(text(&[page]), "Once and for all.\n\nAgain.");
}

#[test]
fn a_parted_word_is_joined_whatever_the_looks_of_its_lines() {
    let page = lines(60, 760, &PLAIN)
        + &line(
            "F",
            10,
            60,
            700,
            "All other words of it will be passed to the one which is incor-",
        )
        + &line("F", 9, 60, 680, "rect here, and that is all there is.");
    let body = body(&[page], Beside::default());
    assert!(
        body.text().contains("which is incorrect here"),
        "{}",
        body.text()
    );
}

#[test]
fn a_number_that_a_sentence_comes_to_at_the_end_of_a_line_begins_no_list() {
    let page = lines(
        60,
        700,
        &[
            "Plain words stand here in the type of the text and of 1 and",
            "4. By default they go on for some lines, and so it is known",
            "where the lines of it end, as those of any report would do.",
            "1. Whereas this is an item.",
        ],
    );
    let body = body(&[page], Beside::default());
    let items = body
        .blocks()
        .iter()
        .filter(|block| !block.containers.is_empty());
    assert_eq!(items.count(), 1, "{}", body.text());
}

#[test]
fn what_a_program_took_for_the_title_is_none_and_the_packet_is_asked() {
    let page = [line("B", 16, 60, 740, "Of trust in councils") + &lines(60, 700, &PLAIN)];
    let packet = "<rdf:RDF><dc:title><rdf:li>On trust</rdf:li></dc:title><dc:creator><rdf:li>Ann Lee</rdf:li><rdf:li>Bo Ray</rdf:li></dc:creator></rdf:RDF>";
    for (title, has_packet, expected) in [
        ("Microsoft Word - report.doc", false, "Of trust in councils"),
        ("untitled", false, "Of trust in councils"),
        ("Untitled-1", true, "On trust"),
        ("trust_final.indd", true, "On trust"),
        ("", true, "On trust"),
        ("Trust", true, "Trust"),
    ] {
        let mut catalogue = String::new();
        if has_packet {
            write!(catalogue, "/Metadata 11 0 R").unwrap();
        }
        let objects = [
            format!("<< /Title ({title}) /Author (Ann Lee, Bo Ray) >>"),
            format!(
                "<< /Type /Metadata /Length {} >>\nstream\n{packet}\nendstream",
                packet.len()
            ),
        ];
        let (documents, _) = read_all(&pdf_with(
            &page,
            Beside {
                trailer: "/Info 10 0 R",
                catalogue: &catalogue,
                objects: &objects,
                ..Beside::default()
            },
        ));
        assert_eq!(documents[0].metadata.title.text, expected, "{title}");
        assert_eq!(documents[0].metadata.authors, ["Ann Lee", "Bo Ray"]);
    }
}
