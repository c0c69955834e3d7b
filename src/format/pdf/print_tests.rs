//! What is told from how pages are printed: running heads and what only looks like one, scans and typescripts, notes
//! and references, the ends of lines.

use super::layout_tests::{PLAIN, body};
use super::tests::{Beside, line, lines, page_in, read_all, text};
use crate::document::BlockKind;

/// Pages of text, each with something of its own.
fn pages(own: &[&str]) -> Vec<String> {
    own.iter().map(|own| lines(60, 500, &PLAIN) + own).collect()
}

#[test]
fn headings_that_differ_by_a_number_stay() {
    let bold = |text: &str| line("B", 10, 60, 770, text);
    let plain = |text: &str| line("F", 10, 60, 770, text);
    let numbered: Vec<String> = (1..6).map(|n| bold(&format!("Question {n}"))).collect();
    let exhibits: Vec<String> = [4, 9, 2, 7].map(|n| plain(&format!("Exhibit {n}"))).into();
    for (own, name) in [(numbered, "Question"), (exhibits, "Exhibit")] {
        let count = own.len();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let text = text(&pages(&own));
        assert_eq!(text.matches(name).count(), count, "{text}");
    }
}

#[test]
fn a_title_of_slides_that_are_built_up_is_said_once() {
    let title = |text: &str| line("F", 18, 60, 770, text);
    let own = [
        title("How trust is made here"),
        title("How trust is made here"),
        title("How trust is made here"),
        title("How trust is lost"),
        title("How trust is lost \\(cont.\\)"),
        title("How trust is lost \\(cont.\\)"),
        title("How trust is lost \\(cont.\\)"),
    ];
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let text = text(&pages(&own));
    for (title, count) in [
        ("How trust is made here", 1),
        ("How trust is lost\n", 1),
        ("How trust is lost (cont.)", 1),
    ] {
        assert_eq!(text.matches(title).count(), count, "{title} in {text}");
    }
}

#[test]
fn what_a_bookmark_names_on_a_page_stays_on_it() {
    let head = line("F", 10, 60, 770, "Summary of it");
    let body = body(
        &pages(&[head.as_str(); 4]),
        Beside {
            catalogue: "/Outlines << /First 16 0 R >>",
            objects: &["<< /Title (Summary of it) /Dest [10 0 R /Fit] >>".to_owned()],
            ..Beside::default()
        },
    );
    assert_eq!(
        body.text().matches("Summary of it").count(),
        1,
        "{}",
        body.text()
    );
}

#[test]
fn the_end_of_a_paragraph_or_a_figure_of_a_table_is_no_page_number() {
    let own = [
        line("F", 10, 60, 60, "1984.") + &line("F", 8, 300, 20, "1"),
        line("F", 10, 60, 60, "civil") + &line("F", 8, 300, 20, "2"),
        line("F", 10, 60, 60, "77") + &line("F", 8, 300, 20, "3"),
        line("F", 10, 60, 60, "vi") + &line("F", 8, 300, 20, "4"),
    ];
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let text = text(&pages(&own));
    let ends: Vec<&str> = text
        .split("\n\n")
        .filter(|part| !part.contains(' '))
        .collect();
    assert_eq!(ends, ["1984.", "civil", "77", "vi"], "{text}");
}

#[test]
fn letters_laid_over_a_scan_and_typescripts_are_no_programs() {
    let widths = "500 ".repeat(95);
    let unseen = format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /GlyphLessFont /FirstChar 32 /LastChar 126 /Widths [{widths}] \
        /Encoding /WinAnsiEncoding /FontDescriptor << /Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 >> >>"
    );
    let courier = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>";
    let content = lines(60, 700, &PLAIN);
    for (font, before) in [(unseen.as_str(), ""), (courier, "3 Tr "), (courier, "")] {
        let content = format!("{before}{content}");
        let (documents, _) = read_all(&page_in(font, &content));
        let body = &documents[0].body;
        let kinds: Vec<BlockKind> = body.blocks().iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Paragraph], "{font} {}", body.text());
        assert_eq!(body.spans(), [], "{font}");
    }
    // A program that is printed by itself.
    let program: String = (0..)
        .zip([
            "fn main\\(\\) {",
            "    let trust = 1;",
            "    go\\(trust\\);",
            "}",
        ])
        .map(|(place, text)| line("M", 10, 60, 700 - place * 12, text))
        .collect();
    let body = body(&[program], Beside::default());
    assert_eq!(body.blocks()[0].kind, BlockKind::Code, "{}", body.text());
}

#[test]
fn references_in_small_type_are_no_notes() {
    let mut references = String::new();
    for number in 0..20 {
        for (column, x) in [(0, 60), (1, 320)] {
            let text = format!("[{}] Of trust in towns", number + 1 + 20 * column);
            references += &line("F", 8, x, 740 - 30 * number, &text);
        }
    }
    let text = text(&[
        lines(60, 700, &[&PLAIN[..]; 10].concat()),
        references,
        lines(60, 700, &PLAIN),
    ]);
    let places: Vec<usize> = (1..41)
        .filter_map(|number| text.find(&format!("[{number}]")))
        .collect();
    assert_eq!(places.len(), 40, "{text}");
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn references_that_go_on_in_the_next_column_come_after_what_stands_before_them() {
    let mut page = lines(60, 740, &[&PLAIN.map(|line| &line[..36])[..]; 8].concat());
    for number in 0..12 {
        page += &line(
            "F",
            8,
            60,
            300 - 20 * number,
            &format!("[{}] Of trust in towns", number + 1),
        );
    }
    for number in 12..30 {
        page += &line(
            "F",
            8,
            320,
            740 - 20 * (number - 12),
            &format!("[{}] Of trust in towns", number + 1),
        );
    }
    let text = text(&[page]);
    let places: Vec<usize> = (1..31)
        .filter_map(|number| text.find(&format!("[{number}]")))
        .collect();
    assert_eq!(places.len(), 30, "{text}");
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn what_somebody_says_behind_a_dash_is_no_item() {
    let containers = |page: String| -> usize {
        let body = body(&[page], Beside::default());
        let blocks = body.blocks().iter();
        blocks.filter(|block| !block.containers.is_empty()).count()
    };
    let said = |x: u32, next: u32, y: u32| {
        line(
            "F",
            10,
            x,
            y,
            "\\261 Good day, said the man who had come to see the town and",
        ) + &line("F", 10, next, y - 12, "all that was in it.")
    };
    let page = |x: u32, next: u32| {
        lines(60, 700, &PLAIN) + &said(x, next, 640) + &said(x, next, 616) + &lines(60, 580, &PLAIN)
    };
    assert_eq!(containers(page(75, 60)), 0);
    assert_eq!(containers(page(60, 60)), 0);
    assert_eq!(containers(page(75, 85)), 2);
}

#[test]
fn a_hyphen_stays_where_a_later_word_has_the_end_of_its_own_and_in_an_address() {
    let text = text(&[lines(
        60,
        700,
        &[
            "Most of those who were asked had seen both of the pre-",
            "and post-war towns; wer die Vor-",
            "und Nachteile kennt, der mag es bei www.town.example/of-",
            "trust oder auf der Seite https://town.example/the-",
            "council lesen, wie es die anderen auch getan haben, oder https://town.example/-",
            "trust/one.html, und das ist alles.",
        ],
    )]);
    for expected in [
        "pre- and post-war",
        "Vor- und Nachteile",
        "www.town.example/of-trust",
        "https://town.example/the-council",
        "https://town.example/trust/one.html",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}
