//! What only DOCX has: fields, symbols, content controls, changes, and parts by their relationships.

use crate::document::{Document, Marker, SpanKind};
use crate::format::office::tests::{docx, item, markers, p, read_all};
use crate::format::testing::{blocks, packed, spans};

fn read(body: &str) -> Document {
    let (mut documents, outcome) = read_all(&docx(body));
    assert_eq!(documents.len(), 1, "{outcome:?}");
    documents.remove(0)
}

fn text(body: &str) -> String {
    read(body).body.text().to_owned()
}

fn run(properties: &str, inner: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>")
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn t(words: &str) -> String {
    format!(r#"<w:t xml:space="preserve">{words}</w:t>"#)
}

#[test]
fn runs_show_what_word_shows() {
    for (runs, expected) in [
        // Raised and lowered letters that Unicode has, and those it has not.
        (
            run("", &t("10")) + &run(r#"<w:vertAlign w:val="superscript"/>"#, &t("−2")),
            "10⁻²",
        ),
        (
            run("", &t("H"))
                + &run(r#"<w:vertAlign w:val="subscript"/>"#, &t("2"))
                + &run("", &t("O")),
            "H₂O",
        ),
        (
            run("", &t("1")) + &run(r#"<w:vertAlign w:val="superscript"/>"#, &t("st")),
            "1st",
        ),
        // Fonts of signs, by the element and by the letters of the private use area.
        (
            run(
                "",
                r#"<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0E0"/>"#,
            ),
            "α→",
        ),
        (
            run(r#"<w:rFonts w:ascii="Symbol"/>"#, &t("\u{f0b3}")) + &run("", &t(" 3")),
            "≥ 3",
        ),
        (run("", r#"<w:sym w:font="Calibri" w:char="2013"/>"#), "–"),
        // What is hidden by hand or by its style.
        (
            run("", &t("seen")) + &run("<w:vanish/>", &t("hidden")),
            "seen",
        ),
        (
            run("", &t("seen")) + &run(r#"<w:rStyle w:val="Versteckt"/>"#, &t("hidden")),
            "seen",
        ),
        (
            run("", &t("Donau")) + "<w:r><w:noBreakHyphen/></w:r>" + &run("", &t("Ufer")),
            "Donau\u{2011}Ufer",
        ),
        (
            format!(
                "<m:oMathPara><m:oMath><m:r><w:rPr><w:i/></w:rPr><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e>\
                <m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>{}",
                run("", &t(" holds"))
            ),
            "E=mc² holds",
        ),
    ] {
        assert_eq!(text(&paragraph("", &runs)), expected, "{runs}");
    }
}

#[test]
fn a_paragraph_goes_on_where_its_end_was_deleted_and_after_its_large_first_letter() {
    let body = paragraph("<w:rPr><w:del/></w:rPr>", &run("", &t("One ")))
        + &paragraph("", &run("", &t("sentence.")))
        + &paragraph(r#"<w:framePr w:dropCap="drop"/>"#, &run("", &t("O")))
        + &paragraph("", &run("", &t("nce more.")))
        + &paragraph(r#"<w:framePr w:dropCap="drop"/>"#, &run("", &t("X")));
    assert_eq!(text(&body), "One sentence.\n\nOnce more.\n\nX");
}

#[test]
fn how_a_cell_was_before_it_was_changed_counts_for_nothing() {
    let cell = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", words))
    };
    let changed = r#"<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>"#;
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(changed, "a"),
        cell("", "b")
    );
    assert_eq!(text(&body), "a\tb");
}

#[test]
fn controls_that_ask_to_be_filled_in_and_contents_stay_out() {
    let control = |properties: &str, inner: &str| {
        format!(
            "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )
    };
    let body = control("<w:showingPlcHdr/>", &p("", "Click here to enter text."))
        + &control(
            r#"<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>"#,
            &p("", "Contents"),
        )
        + &control(
            "<w:showingPlcHdr w:val=\"0\"/>",
            &control("", &p("", "Filled in.")),
        )
        + &p("", "After.");
    assert_eq!(text(&body), "Filled in.\n\nAfter.");
}

#[test]
fn boxes_to_be_ticked_show_whether_they_are_and_contents_of_any_depth_show_nothing() {
    let mark = |kind: &str, inner: &str| {
        format!(r#"<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>"#)
    };
    let code = |words: &str| format!("<w:r><w:instrText>{words}</w:instrText></w:r>");
    let tick = |inner: &str| {
        let data = format!("<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>");
        mark("begin", &data) + &code("FORMCHECKBOX") + &mark("end", "")
    };
    let body = paragraph(
        "",
        &(tick(r#"<w:default w:val="0"/>"#) + &run("", &t(" no"))),
    ) + &paragraph(
        "",
        &(tick(r#"<w:default w:val="0"/><w:checked/>"#) + &run("", &t(" yes"))),
    );
    assert_eq!(text(&body), "☐ no\n\n☑ yes");
    let contents = mark("begin", "")
        + &code("toc \\o")
        + &mark("separate", "")
        + &mark("begin", "")
        + &code("PAGEREF _Toc1")
        + &mark("separate", "")
        + &run("", &t("12"))
        + &mark("end", "")
        + &mark("end", "");
    let many = mark("begin", "").repeat(100) + &mark("end", "").repeat(100);
    assert_eq!(
        text(&paragraph("", &(contents + &many + &run("", &t("After."))))),
        "After."
    );
}

#[test]
fn a_box_of_text_within_a_run_leaves_the_run_as_it_was() {
    let inner = paragraph("", &run("<w:i/>", &t("boxed")));
    let runs = format!(
        "<w:r><w:rPr><w:b/></w:rPr><mc:AlternateContent><mc:Choice><w:txbxContent>{inner}</w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent>{inner}</w:txbxContent></mc:Fallback></mc:AlternateContent>{}</w:r>",
        t("around")
    );
    let document = read(&paragraph("", &runs));
    assert_eq!(document.body.text(), "boxed\n\naround");
    assert_eq!(document.body.spans()[1].kind, SpanKind::Strong);
}

#[test]
fn parts_are_found_by_their_relationships_and_lists_by_the_styles_of_lists() {
    let main = format!(
        "<w:document><w:body>{}{}{}{}</w:body></w:document>",
        p("H", "A heading"),
        item(5, 0, "one"),
        item(5, 0, "two"),
        item(6, 0, "letter")
    );
    let bytes = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/doc/main.xml"/></Relationships>"#,
        ),
        ("word/doc/main.xml", &main),
        (
            "word/doc/_rels/main.xml.rels",
            r#"<Relationships><Relationship Type="x/relationships/styles" Target="../looks.xml"/><Relationship Type="x/relationships/numbering" Target="n.xml"/></Relationships>"#,
        ),
        (
            "word/looks.xml",
            r#"<w:styles><w:style w:styleId="H"><w:name w:val="heading 2,h2"/></w:style></w:styles>"#,
        ),
        (
            "word/doc/n.xml",
            r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>
            <w:abstractNum w:abstractNumId="1"><w:styleLink w:val="S"/><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:lvlOverride></w:num></w:numbering>"#,
        ),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    let document = &documents[0];
    assert_eq!(document.body.blocks()[0].level(), 2);
    let markers: Vec<Marker> = markers(document)
        .into_iter()
        .map(|(_, _, marker)| marker)
        .collect();
    assert_eq!(
        markers,
        [Marker::Number(4), Marker::Number(5), Marker::Bullet]
    );
}

const FIELD: [&str; 3] = ["begin", "separate", "end"];

/// The marks and the instruction of a field, as runs.
fn field(instruction: &str, shown: &str) -> String {
    let [begin, separate, end] = FIELD.map(field_mark);
    format!("{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{shown}{end}")
}

fn field_mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

#[test]
fn the_end_of_a_page_or_a_column_parts_words() {
    for kind in ["page", "column", "textWrapping"] {
        let runs = run("", &t("end."))
            + &run("", &format!(r#"<w:br w:type="{kind}"/>"#))
            + &run("", &t("Chapter"));
        assert_eq!(text(&paragraph("", &runs)), "end.\nChapter", "{kind}");
    }
}

#[test]
fn a_field_that_nobody_ended_ends_with_its_paragraph() {
    let begun = |instruction: &str| {
        let whole = field(instruction, &run("", &t(" shown")));
        whole.replacen(
            &field_mark("end"),
            &format!("<w:del>{}</w:del>", field_mark("end")),
            1,
        )
    };
    let unshown = field_mark("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>";
    for (runs, expected) in [
        (begun("PAGE"), "Before.\n\nAfter."),
        (begun("DATE"), "Before. shown\n\nAfter."),
        (unshown.clone(), "Before.\n\nAfter."),
        (
            begun("TOC") + &field_mark("end") + &unshown,
            "Before.\n\nAfter.",
        ),
    ] {
        let body = paragraph("", &(run("", &t("Before.")) + &runs)) + &p("", "After.");
        assert_eq!(text(&body), expected, "{runs}");
    }
    // Contents go on over paragraphs, and what nobody ended among them does not outlive its own.
    let contents = field(
        "TOC",
        &format!(
            "</w:p>{}<w:p>",
            paragraph("", &(run("", &t("Line 12")) + &unshown))
        ),
    );
    assert_eq!(
        text(&(paragraph("", &contents) + &p("", "After."))),
        "After."
    );
    let (documents, outcome) = read_all(&docx(
        &(p("", "Before.") + &paragraph("", &begun("TOC")) + &p("", "Lost.")),
    ));
    assert_eq!(documents[0].body.text(), "Before.");
    assert!(
        outcome.warnings[0].message.contains("do not end"),
        "{outcome:?}"
    );
}

#[test]
fn no_link_goes_on_beyond_its_paragraph() {
    let open = field("HYPERLINK http://a.example/", &run("", &t("there"))).replacen(
        &field_mark("end"),
        "",
        1,
    );
    let body = paragraph("", &open)
        + "<w:p><w:hyperlink r:id='r1'><w:r><w:t>here</w:t></w:r></w:p>"
        + &p("", "After.");
    assert_eq!(
        spans(&read(&body)),
        ["http://a.example/: there", "http://a.example/b: here"]
    );
    let many = paragraph("", &open).repeat(2_000);
    assert_eq!(read(&many).body.spans().len(), 2_000);
}

#[test]
fn a_place_between_two_paragraphs_leads_to_the_next() {
    let mark = |name: &str| format!(r#"<w:bookmarkStart w:name="{name}"/><w:bookmarkEnd/>"#);
    let body = p("", "One.") + &mark("two") + &mark("_GoBack") + &p("", "Two.") + &mark("end");
    let body = read(&body).body;
    let at = |name: &str| body.destination(name).map(|at| &body.text()[at as usize..]);
    assert_eq!(at("two"), Some("Two."));
    assert_eq!(at("end"), Some("Two."));
    assert_eq!(at("_GoBack"), None);
}

#[test]
fn a_page_that_stands_for_a_piece_of_the_text_is_read() {
    let page = "<html><body><h1>On trust</h1><p>It is the first word.</p></body></html>";
    let kept = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\n\n----b\n\
         Content-Type: text/html; charset=\"utf-8\"\nContent-Location: file:///C:/doc.html\n\n{page}\n\n----b--\n"
    );
    let main = format!(
        r#"<w:document><w:body>{}<w:altChunk r:id="a"/><w:altChunk r:id="a"/><w:altChunk r:id="c"/>{}</w:body></w:document>"#,
        p("", "Before."),
        p("", "After.")
    );
    let relation = |id: &str, target: &str| {
        format!(
            r#"<Relationship Id="{id}" Type="http://x/relationships/aFChunk" Target="{target}"/>"#
        )
    };
    let relations = relation("a", "/word/a%20b.mht") + &relation("c", "c.docx");
    for first in [page, kept.as_str()] {
        let (documents, outcome) = read_all(&packed(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", &main),
            (
                "word/_rels/document.xml.rels",
                &format!("<Relationships>{relations}</Relationships>"),
            ),
            ("word/a b.mht", first),
            ("word/c.docx", "PK\u{3}\u{4}\u{0}\u{1}"),
        ]));
        assert_eq!(
            documents[0].body.text(),
            "Before.\n\nOn trust\n\nIt is the first word.\n\nAfter."
        );
        assert_eq!(outcome.warnings.len(), 1, "{outcome:?}");
        assert_eq!(outcome.warnings[0].place, "word/c.docx");
    }
}

#[test]
fn what_a_table_only_lays_out_is_written_as_blocks() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |cells: &[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(|one| cell(one)).collect::<String>()
        )
    };
    let long = "It is the first word that was used, and nobody knows who used it first. ".repeat(3);
    let body = row(&[&p("berschrift1", "Work"), ""])
        + &row(&[
            &p("", "2019"),
            &(p("", "Baker") + &item(1, 0, "bread") + &item(1, 0, "cake")),
        ])
        + &row(&[&p("", "Telephone"), &p("", "12345")])
        + &row(&[&p("", "About"), &(p("", &long) + &p("", &long))]);
    let document = read(&format!("<w:tbl>{body}</w:tbl>"));
    let long = long.trim();
    assert_eq!(
        blocks(&document),
        [
            "heading 1: Work",
            "paragraph 0: 2019",
            "paragraph 0: Baker",
            "list-item 1: bread",
            "list-item 1: cake",
            "table-row 0: Telephone\t12345",
            "paragraph 0: About",
            &format!("paragraph 0: {long}"),
            &format!("paragraph 0: {long}"),
        ]
    );
    // Headings as the names of columns, and what is said to be a table, stay one.
    let names = row(&[&p("berschrift1", "Name"), &p("berschrift1", "Place")]);
    let header = "<w:tr><w:trPr><w:tblHeader/></w:trPr>".to_owned()
        + &cell(&(p("", "Names") + &item(1, 0, "all")))
        + &cell("")
        + "</w:tr>";
    let document = read(&format!("<w:tbl>{names}{header}</w:tbl>"));
    assert_eq!(
        blocks(&document),
        ["table-row 0: Name\tPlace", "table-row 0: Names 1. all\t"]
    );
}

#[test]
fn tables_nested_beyond_measure_are_lines_of_the_cell_around_them() {
    let depth = 2_000;
    let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
    let words = p("", "word").repeat(100);
    let close = "</w:tc></w:tr></w:tbl>".repeat(depth);
    let document = read(&format!("{open}{words}{close}{}", p("", "After.")));
    assert_eq!(document.body.blocks().len(), 101);
}
