//! Letters of odd makes: cut off, said in other words, set downward, of no measure, and run from the right.

use std::fmt::Write as _;

use hayro_cmap::BfString;

use super::content::Glyph;
use super::face::Face;
use super::lines::pieces;
use super::tests::{Beside, file_of, line, lines, pdf_with, read_all, text};
use crate::format::Outcome;

/// A font whose codes are those of Unicode.
fn unicode(way: char) -> String {
    format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-{way} /ToUnicode /Identity-H \
        /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /DW 1000 \
        /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >> ] >>"
    )
}

fn hex(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04x}");
        hex
    })
}

/// What a page says that is set in a font, `/F`, beside one that runs downward, `/V`.
fn said(font: &str, content: &str) -> (String, Outcome) {
    let file = file_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R /V 6 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            font.to_owned(),
            unicode('V'),
        ],
        "",
    );
    let (documents, outcome) = read_all(&file);
    let text = documents
        .first()
        .map(|document| document.body.text().to_owned());
    (text.unwrap_or_default(), outcome)
}

/// Lines of one font, one below the other or, set downward, one to the left of the other.
fn set(texts: &[&str], at: (i32, i32), by: (i32, i32)) -> String {
    (0i32..)
        .zip(texts)
        .fold(String::new(), |mut set, (place, text)| {
            let (x, y) = (at.0 + by.0 * place, at.1 + by.1 * place);
            let _ = writeln!(set, "BT /F 10 Tf {x} {y} Td <{}> Tj ET", hex(text));
            set
        })
}

#[test]
fn what_is_beyond_the_page_is_not_read() {
    let page = lines(60, 700, &["The left page of a spread."])
        + &lines(320, 700, &["The right page of it."])
        + &line("F", 8, 320, 790, "A line for the printer")
        + &lines(560, 600, &["and what goes over its edge."]);
    for (cropped, expected) in [
        (
            "/CropBox [300 0 600 780]",
            "The right page of it.\n\nand what goes over its edge.",
        ),
        ("/CropBox [0 0 300 780]", "The left page of a spread."),
    ] {
        let beside = Beside {
            page: cropped,
            ..Beside::default()
        };
        let (documents, _) = read_all(&pdf_with(std::slice::from_ref(&page), beside));
        assert_eq!(documents[0].body.text(), expected, "{cropped}");
    }
}

#[test]
fn the_words_that_marked_content_stands_for_are_said_in_its_place() {
    for (content, expected) in [
        (
            "(The ) Tj /Span << /ActualText (first) >> BDC (x) Tj (yz) Tj EMC ( word.) Tj",
            "The first word.",
        ),
        (
            "(Plain) Tj /Span << /ActualText () >> BDC (xyz) Tj EMC",
            "Plain",
        ),
        (
            "/Span << /ActualText <FEFF0141> >> BDC /Span << /ActualText (no) >> BDC (L) Tj EMC EMC (ow) Tj",
            "Łow",
        ),
        // What is not closed is said nevertheless.
        ("/Span << /ActualText (Once) >> BDC (x) Tj", "Once"),
        ("/Span << /Lang (de) >> BDC (Eins) Tj EMC", "Eins"),
    ] {
        let page = format!("BT /F 10 Tf 60 700 Td {content} ET\n");
        assert_eq!(text(&[page]), expected, "{content}");
    }
}

#[test]
fn writing_that_runs_downward_is_read_so_or_told() {
    let texts = ["日本語の文は上から下へ", "書かれることがある。"];
    let down = set(&texts, (500, 700), (-20, 0));
    let (text, outcome) = said(&unicode('V'), &down);
    assert_eq!(text, texts.concat());
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    // Beside more that runs across it is left out.
    let across = set(&["across it", "and so on"], (60, 700), (0, -12));
    let down = set(&["日本語"], (500, 700), (0, 0)).replace("/F", "/V");
    let (text, outcome) = said(&unicode('H'), &(across + &down));
    assert_eq!(text, "across it and so on");
    let message = &outcome.warnings[0].message;
    assert!(message.starts_with("has 3 characters"), "{message}");
}

#[test]
fn chinese_and_japanese_have_no_blank_at_the_end_of_a_line() {
    let across = |texts: &[&str]| said(&unicode('H'), &set(texts, (60, 700), (0, -14))).0;
    for (texts, expected) in [
        (
            ["日本語の文は左か", "ら右へ書かれる、"],
            "日本語の文は左から右へ書かれる、",
        ),
        (
            ["한국어는 낱말을", "띄어서 쓴다"],
            "한국어는 낱말을 띄어서 쓴다",
        ),
        (["日本語の文に日", "English"], "日本語の文に日 English"),
    ] {
        assert_eq!(across(&texts), expected);
    }
}

#[test]
fn a_bitmap_font_that_counts_in_dots_is_as_large_as_it_looks() {
    let widths = "25 ".repeat(256);
    let names = (97..123).fold(String::new(), |mut names, code| {
        let _ = write!(names, "{code} /a{code} ");
        names
    });
    let font = format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -10 40 40] /FontMatrix [1 0 0 1 0 0] /FirstChar 0 /LastChar 255 \
        /Widths [{widths}] /CharProcs << >> /Encoding << /Type /Encoding /Differences [{names}] >> >>"
    );
    // Letters six points apart, and a word eight points further.
    let content =
        "BT /F 1 Tf 0.24 0 0 0.24 60 700 Tm (trust) Tj 0.24 0 0 0.24 98 700 Tm (in) Tj ET";
    assert_eq!(said(&font, content).0, "trust in");
}

#[test]
fn letters_that_run_from_the_right_are_turned_glyph_by_glyph() {
    let shown = |glyphs: &[&str]| -> String {
        let glyphs: Vec<Glyph> = (0u8..)
            .zip(glyphs)
            .map(|(place, text)| Glyph {
                x: f32::from(place) * 5.0,
                end: f32::from(place) * 5.0 + 5.0,
                y: 100.0,
                size: 10.0,
                text: BfString::String((*text).to_owned()),
                face: Face::default(),
                link: None,
            })
            .collect();
        pieces(&glyphs)
            .iter()
            .map(super::lines::Piece::text)
            .collect()
    };
    for (glyphs, expected) in [
        // A ligature of lam and alef is one glyph.
        (&["م", "ا", "ل", "س"][..], "سلام"),
        (&["م", "لا", "س"], "سلام"),
        // A point stands at its letter, whether it is a glyph of its own or not.
        (&["ם", "ל", "\u{5b8}", "ש"], "של\u{5b8}ם"),
        (&["ם", "ל\u{5b8}", "ש"], "של\u{5b8}ם"),
        (&["fi", "n"], "fin"),
    ] {
        assert_eq!(shown(glyphs), expected, "{glyphs:?}");
    }
}

#[test]
fn pages_that_run_from_the_right_are_laid_from_the_right() {
    let seen = |text: &str| text.chars().rev().collect::<String>();
    let row = |y: i32, right: &str, left: &str| {
        set(&[&seen(right)], (400, y), (0, 0)) + &set(&[&seen(left)], (100, y), (0, 0))
    };
    let (text, _) = said(
        &unicode('H'),
        &(row(700, "שנה", "סכום") + &row(686, "אחת", "שתים")),
    );
    assert_eq!(text, "שנה\tסכום\nאחת\tשתים");
}
