//! Lists and styles: what items and headings are counted with.

use crate::document::{BlockKind, Document, Marker};
use crate::format::office::tests::{item, markers, p, read_all};
use crate::format::testing::{blocks, packed};

/// Reads a text with numbering and styles of its own.
fn read_with(numbering: &str, styles: &str, body: &str) -> Document {
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let (mut documents, _) = read_all(&packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &main),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
        (
            "word/numbering.xml",
            &format!("<w:numbering>{numbering}</w:numbering>"),
        ),
    ]));
    documents.remove(0)
}

fn level(depth: u8, format: &str, template: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{template}"/></w:lvl>"#
    )
}

/// A list of these levels, number 1.
fn list(levels: &[String]) -> String {
    let levels = levels.concat();
    format!(
        r#"<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#
    )
}

#[test]
fn headings_are_numbered_as_word_numbers_them_and_deeper_levels_begin_anew() {
    let styles = r#"<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = list(&[
        level(0, "upperRoman", "Article %1"),
        level(1, "decimal", "%1.%2"),
    ])
    .replace(r#"<w:lvl w:ilvl="1">"#, r#"<w:lvl w:ilvl="1"><w:isLgl/>"#);
    let body = p("H1", "Parties")
        + &item(1, 1, "one")
        + &item(1, 1, "")
        + &item(1, 1, "three")
        + &p("H1", "")
        + &p("H1", "Terms")
        + &item(1, 1, "four");
    let document = read_with(&numbering, styles, &body);
    assert_eq!(
        blocks(&document)[0..1]
            .iter()
            .chain(&blocks(&document)[3..4])
            .collect::<Vec<_>>(),
        [
            "heading 1: Article I Parties",
            "heading 1: Article III Terms"
        ]
    );
    assert_eq!(labels(&document), ["1.1 one", "1.3 three", "3.1 four"]);
}

/// The items of a document, each behind its marker.
fn labels(document: &Document) -> Vec<String> {
    let line = |(words, _, marker): (String, usize, Marker)| match marker {
        Marker::Number(number) => format!("{number}. {words}"),
        Marker::Label(label) => format!("{} {words}", label.as_str()),
        Marker::Bullet | Marker::Task(_) => format!("* {words}"),
    };
    markers(document).into_iter().map(line).collect()
}

#[test]
fn items_are_counted_as_their_list_says() {
    for (format, template, expected) in [
        ("decimal", "%1.", ["1. a", "2. b"]),
        ("decimal", "%1)", ["1) a", "2) b"]),
        ("lowerLetter", "(%1)", ["(a) a", "(b) b"]),
        ("lowerRoman", "%1.", ["i. a", "ii. b"]),
        ("upperLetter", "%1", ["A a", "B b"]),
        ("decimalZero", "§ %1", ["§ 01 a", "§ 02 b"]),
        ("bullet", "\u{f0b7}", ["* a", "* b"]),
        ("none", "Note:", ["Note: a", "Note: b"]),
        ("decimal", "100%", ["100% a", "100% b"]),
    ] {
        let numbering = list(&[level(0, format, template)]);
        let document = read_with(&numbering, "", &(item(1, 0, "a") + &item(1, 0, "b")));
        assert_eq!(labels(&document), expected, "{format} {template}");
    }
    let numbering = list(&[level(0, "decimal", "Amendment No. %1")]);
    let document = read_with(&numbering, "", &(item(1, 0, "a") + &item(1, 0, "b")));
    assert_eq!(
        document.body.text(),
        "Amendment No. 1 a\n\nAmendment No. 2 b"
    );
    // Bullets that are blanks only set paragraphs in.
    let blank = list(&[level(0, "bullet", " ")]).replace("\"0\"><w:lvl", "\"8\"><w:lvl");
    let blank = blank
        .replace(r#"w:numId="1""#, r#"w:numId="2""#)
        .replace(r#"Id w:val="0""#, r#"Id w:val="8""#);
    let numbering = list(&[level(0, "decimal", "%1.")]) + &blank;
    let body = item(1, 0, "a") + &item(2, 0, "more of a") + &item(1, 0, "b");
    let document = read_with(&numbering, "", &body);
    assert_eq!(labels(&document), ["1. a", "1. more of a", "2. b"]);
    assert_eq!(document.body.text(), "a\n\nmore of a\nb");
    // In the cell of a table nothing is drawn.
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |words: &str| {
        format!(
            "<w:tr>{}{}</w:tr>",
            cell(&item(1, 0, "")),
            cell(&p("", words))
        )
    };
    let numbering = list(&[level(0, "lowerLetter", "%1)")]);
    let document = read_with(
        &numbering,
        "",
        &format!("<w:tbl>{}{}</w:tbl>", row("x"), row("y")),
    );
    assert_eq!(document.body.text(), "a)\tx\nb)\ty");
}

#[test]
fn a_plain_text_is_code_only_in_the_letters_of_a_typewriter() {
    for (font, expected) in [
        ("Calibri", BlockKind::Paragraph),
        ("Consolas", BlockKind::Code),
    ] {
        let styles = format!(
            r#"<w:style w:styleId="P"><w:name w:val="Plain Text"/><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:style>"#
        );
        let document = read_with("", &styles, &p("P", "A letter."));
        assert_eq!(document.body.blocks()[0].kind, expected, "{font}");
    }
}
