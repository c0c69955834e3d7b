//! Reports of every odd make, written by the tests.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::is_no_title;
use crate::document::{BlockKind, Container, Document, Marker, SpanKind};
use crate::format::Outcome;
use crate::format::testing::{self, packed};

pub(super) fn read_all(bytes: &[u8]) -> (Vec<Document>, Outcome) {
    testing::read_all("report", bytes)
}

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Versteckt"><w:name w:val="versteckt"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Kreis"><w:name w:val="kreis"/><w:basedOn w:val="Kreis"/></w:style></w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>"#;

const NOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>What the note says.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

const LINKS: &str = r#"<Relationships><Relationship Id="r1" TargetMode="External" Target="http://a.example/b"/></Relationships>"#;

pub(super) fn docx(body: &str) -> Vec<u8> {
    let main = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &main),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
        ("word/_rels/document.xml.rels", LINKS),
        (
            "docProps/core.xml",
            "<c><dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Ann Lee</dc:creator><cp:keywords>trust; schools</cp:keywords><dcterms:created>2020-03-04T10:00:00Z</dcterms:created></c>",
        ),
    ])
}

pub(super) fn p(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

pub(super) fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

pub(super) fn markers(document: &Document) -> Vec<(String, usize, Marker)> {
    let blocks = document.body.blocks().iter();
    blocks
        .filter_map(|block| match block.containers.last() {
            Some(Container::Item(item)) => Some((
                document.body.slice(block.range).to_owned(),
                block.containers.len(),
                item.marker,
            )),
            _ => None,
        })
        .collect()
}

#[test]
fn headings_are_told_by_outline_levels_whatever_the_language_names_them() {
    let body = p("Titel", "Der Titel")
        + &p("V1", "Inhalt 3")
        + &p("Eigene", "Teil eins")
        + &p("Zitat", "Gesagt.")
        + &p("Kreis", "Worte.");
    let (documents, outcome) = read_all(&docx(&body));
    let document = &documents[0];
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    assert_eq!(document.metadata.title.text, "Der Titel");
    assert_eq!(document.metadata.authors, ["Ann Lee"]);
    assert_eq!(document.metadata.topics, ["trust", "schools"]);
    assert_eq!(document.metadata.language.code(), Some("de"));
    assert_eq!(
        document.body.text(),
        "Der Titel\n\nTeil eins\n\nGesagt.\n\nWorte."
    );
    let blocks = document.body.blocks();
    assert_eq!(blocks[1].kind, BlockKind::Heading { level: 1 });
    assert_eq!(blocks[2].containers, [Container::Quotation]);
    assert!(blocks[3].containers.is_empty());
}

#[test]
fn lists_count_on_and_begin_anew_as_the_file_says() {
    let body = item(1, 0, "a")
        + &item(1, 1, "b")
        + &item(1, 0, "c")
        + &p("", "Between.")
        + &item(1, 0, "d")
        + &item(2, 0, "e");
    let (documents, _) = read_all(&docx(&body));
    let number = |text: &str, number| (text.to_owned(), 1, Marker::Number(number));
    assert_eq!(
        markers(&documents[0]),
        [
            number("a", 1),
            ("b".to_owned(), 2, Marker::Bullet),
            number("c", 2),
            number("d", 3),
            number("e", 7)
        ]
    );
}

#[test]
fn links_notes_changes_and_fields_are_read() {
    let body = r#"<w:p><w:hyperlink r:id="r1"><w:r><w:t>there</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:ins><w:r><w:rPr><w:b/></w:rPr><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    let (documents, _) = read_all(&docx(body));
    let body = &documents[0].body;
    assert_eq!(
        body.text(),
        "there and new[1]\n\n* * *\n\nWhat the note says. ↩"
    );
    let link = |words: &str| {
        let span = body
            .spans()
            .iter()
            .find(|span| body.slice(span.range) == words && matches!(span.kind, SpanKind::Link(_)));
        match &span.unwrap().kind {
            SpanKind::Link(address) => address.clone(),
            _ => String::new(),
        }
    };
    assert_eq!(link("there"), "http://a.example/b");
    let note = body
        .destination(link("[1]").trim_start_matches('#'))
        .unwrap();
    assert!(body.text()[note as usize..].starts_with("What"));
    assert!(
        body.destination(link("↩").trim_start_matches('#'))
            .is_some()
    );
    assert!(
        body.spans()
            .iter()
            .any(|span| span.kind == SpanKind::Strong && body.slice(span.range) == "new")
    );
}

#[test]
fn tables_keep_their_rows_and_frames_become_text() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let row = |a, b| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let body = format!(
        "<w:tbl>{}{}</w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
        row("a", "b"),
        row("c", "d"),
        cell("framed")
    );
    let (documents, _) = read_all(&docx(&body));
    assert_eq!(documents[0].body.text(), "a\tb\nc\td\n\nframed");
}

const ODT_STYLES: &str = r#"<s><style:style style:name="P1" style:parent-style-name="Quotations"/><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style></s>"#;

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{ODT_STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        (
            "meta.xml",
            "<m><dc:title>On trust</dc:title><meta:initial-creator>Ann</meta:initial-creator><dc:creator>Bo</dc:creator></m>",
        ),
    ])
}

#[test]
fn nobody_is_no_author() {
    for (name, is_nobody) in [
        ("Microsoft Office User", true),
        (" root", true),
        ("(anonymous)", true),
        ("Unknown Author", true),
        ("...", true),
        ("", true),
        ("Ann Root", false),
        ("Anonymous Coward", false),
        ("李", false),
    ] {
        assert_eq!(super::is_nobody(name), is_nobody, "{name}");
    }
}

#[test]
fn an_odt_is_read_with_its_notes_lists_and_quotations() {
    let body = r#"<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h text:outline-level="2">Part</text:h><text:p text:style-name="P1">Said.</text:p><text:p>A<text:s text:c="2"/><text:span text:style-name="T1">bold</text:span> word<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p></text:note-body></text:note></text:p><text:list text:style-name="L1"><text:list-item><text:p>one</text:p><text:p>more</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"#;
    let (documents, outcome) = read_all(&odt(body));
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    let document = &documents[0];
    assert_eq!(document.metadata.title.text, "On trust");
    assert_eq!(document.metadata.authors, ["Ann"]);
    let text = document.body.text();
    assert!(
        text.starts_with("Part\n\nSaid.\n\nA bold word[1]\n\none"),
        "{text}"
    );
    assert!(text.ends_with("The note. ↩"), "{text}");
    let markers = markers(document);
    assert_eq!(markers[2].2, Marker::Number(2));
    assert_eq!(document.body.blocks()[1].containers, [Container::Quotation]);
}

#[test]
fn a_flat_odt_is_read_like_a_packed_one_without_its_pictures() {
    let flat = |text: &str| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><office:document><office:meta><dc:title>On trust</dc:title><meta:initial-creator>Ann</meta:initial-creator></office:meta><office:automatic-styles>{ODT_STYLES}</office:automatic-styles><office:body>{text}</office:body></office:document>"#
        )
    };
    let body = r#"<office:text><text:h text:outline-level="1">Part</text:h><text:p text:style-name="P1">Größe<draw:frame><draw:image><office:binary-data>iVBORw0KGgo</office:binary-data></draw:image><svg:title>Not the title</svg:title></draw:frame></text:p></office:text>"#;
    let (documents, outcome) = read_all(flat(body).as_bytes());
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    let document = &documents[0];
    assert_eq!(document.metadata.title.text, "On trust");
    assert_eq!(document.metadata.authors, ["Ann"]);
    let text = document.body.text();
    assert!(text.starts_with("Part\n\nGröße"), "{text}");
    assert!(!text.contains("iVBOR"), "{text}");
    assert_eq!(document.body.blocks()[1].containers, [Container::Quotation]);

    let sheet = "<office:spreadsheet><text:p>1</text:p></office:spreadsheet>";
    let (documents, outcome) = read_all(flat(sheet).as_bytes());
    assert!(documents.is_empty());
    assert!(outcome.warnings[0].message.contains("without running text"));
}

#[test]
fn a_bomb_in_place_of_the_text_goes_off_nowhere() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.start_file("[Content_Types].xml", options).unwrap();
    writer.write_all(b"<Types/>").unwrap();
    writer.start_file("word/document.xml", options).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..300 {
        writer.write_all(&blanks).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    let (documents, outcome) = read_all(&bomb);
    assert!(documents.is_empty() && !outcome.without_text);
    let [warning] = outcome.warnings.as_slice() else {
        panic!("{outcome:?}");
    };
    assert_eq!(warning.place, "word/document.xml");
    assert_eq!(
        warning.message,
        "unpacks to more than 200 times its packed size; passed over"
    );
}

#[test]
fn an_old_or_locked_file_is_told_from_what_is_no_text() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1_536, 0);
    let (documents, outcome) = read_all(&bytes);
    assert!(documents.is_empty());
    let told: Vec<&str> = outcome
        .warnings
        .iter()
        .map(|w| w.message.as_str())
        .collect();
    assert_eq!(
        told,
        ["is an old Office file or a locked one; save it as DOCX or ODT"]
    );
    // The mark alone tells it, the mark cut short does not.
    let (_, outcome) = read_all(&bytes[..8]);
    assert!(outcome.warnings[0].message.contains("old Office file"));
    bytes.remove(7);
    let (_, outcome) = read_all(&bytes);
    assert_eq!(outcome.warnings[0].message, "is not text; passed over");
}

#[test]
fn what_a_program_put_there_is_no_title() {
    for title in [
        "",
        "Microsoft Word - x.doc",
        "Document1",
        "untitled",
        "report.pdf",
        "12",
    ] {
        assert!(is_no_title(title), "{title}");
    }
    for title in ["Documents of trust", "Titles and deeds", "Report 2020"] {
        assert!(!is_no_title(title), "{title}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_pieces_of_a_report_are_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>words", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "<w:tc>",
        "</w:tc>", "</w:tr>", "<w:del>", "</w:del>", "<w:footnoteReference w:id='2'/>", "<w:numId w:val='1'/>",
        "<w:pPr>", "</w:pPr>", "<w:hyperlink>", "</w:hyperlink>", "<w:fldChar w:fldCharType='begin'/>", "<", "&",
        "<w:fldChar w:fldCharType='end'/>", "<text:p>", "</text:p>", "<text:list>", "<text:list-item>",
        "</text:list>", "<text:note-body>", "</text:note-body>", "<text:span>", "</text:span>",
    ]), 0..40)) {
        let body = pieces.concat();
        for bytes in [docx(&body), odt(&body)] {
            let (documents, outcome) = read_all(&bytes);
            prop_assert!(!documents.is_empty() || !outcome.warnings.is_empty() || outcome.without_text);
        }
    }
}

/// The rows of the tables of a document.
fn rows(document: &Document) -> Vec<&str> {
    let blocks = document.body.blocks().iter();
    blocks
        .filter(|block| matches!(block.kind, BlockKind::TableRow { .. }))
        .map(|block| document.body.slice(block.range))
        .collect()
}

#[test]
fn merged_cells_move_no_other() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{}</w:tr>\
         <w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val='2'/>", "Town and year"),
        cell("", "Trust"),
        cell("<w:vMerge w:val='restart'/>", "Deal"),
        cell("", "1901"),
        cell("", "much"),
        cell("", "1902"),
        cell("", "some"),
        cell("<w:vMerge/>", ""),
        cell("<w:gridSpan w:val='4000000000'/>", "all"),
    );
    let (documents, _) = read_all(&docx(&body));
    assert_eq!(
        rows(&documents[0]),
        [
            "Town and year\t\tTrust",
            "Deal\t1901\tmuch",
            "\t1902\tsome",
            "\tall"
        ]
    );
    let body = "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Town and year</text:p></table:table-cell>\
        <table:covered-table-cell/><table:table-cell><text:p>Trust</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>some</text:p></table:table-cell></table:table-row></table:table>";
    let (documents, _) = read_all(&odt(body));
    assert_eq!(rows(&documents[0]), ["Town and year\t\tTrust", "\t\tsome"]);
}

#[test]
fn headings_are_told_by_the_names_of_styles_in_other_languages_and_the_main_part_by_the_package() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="a1"><w:name w:val="Überschrift 2"/></w:style>
        <w:style w:styleId="a2"><w:name w:val="标题 1"/></w:style><w:style w:styleId="a3"><w:name w:val="Titre"/></w:style></w:styles>"#;
    let main = format!(
        r#"<w:document xmlns:w="w"><w:body>{}{}{}</w:body></w:document>"#,
        p("a2", "One"),
        p("a1", "Two"),
        p("a3", "No level.")
    );
    let relations = r#"<Relationships><Relationship Id="a" Type="http://x/relationships/metadata/core-properties" Target="docProps/core.xml"/>
        <Relationship Id="b" Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let (documents, outcome) = read_all(&packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", relations),
        ("word/document2.xml", &main),
        ("word/styles.xml", styles),
    ]));
    assert_eq!(outcome.warnings, []);
    let kinds: Vec<BlockKind> = documents[0]
        .body
        .blocks()
        .iter()
        .map(|block| block.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Heading { level: 1 },
            BlockKind::Heading { level: 2 },
            BlockKind::Paragraph
        ]
    );
}

#[test]
fn a_field_that_shows_the_title_is_text_and_a_paragraph_in_a_style_of_headings_is_one() {
    let body = "<text:p>Read in <text:title>The report</text:title>.</text:p>\
        <text:p><draw:frame><draw:image/><svg:title>A hill</svg:title></draw:frame></text:p>";
    let (documents, _) = read_all(&odt(body));
    assert_eq!(documents[0].body.text(), "Read in The report.\n\nA hill");
    let content = "<office:document-content><s><style:style style:name='H' style:default-outline-level='2'/>\
        <style:style style:name='P9' style:parent-style-name='H'/></s><office:body><office:text>\
        <text:p text:style-name='P9'>A part</text:p></office:text></office:body></office:document-content>";
    let (documents, _) = read_all(&packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
    ]));
    let kind = documents[0].body.blocks()[0].kind;
    assert_eq!(kind, BlockKind::Heading { level: 2 });
}

#[test]
fn a_style_for_deeper_items_makes_them_stand_deeper() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="L1"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="L2"><w:name w:val="List Number 2"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let numbering = NUMBERING.replace(
        "<w:num w:numId=\"1\">",
        r#"<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
        <w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num><w:num w:numId="1">"#,
    );
    let body =
        [("L1", "a"), ("L2", "b"), ("L2", "c"), ("L1", "d")].map(|(style, text)| p(style, text));
    let main = format!(
        r#"<w:document xmlns:w="w"><w:body>{}</w:body></w:document>"#,
        body.concat()
    );
    let (documents, _) = read_all(&packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &main),
        ("word/styles.xml", styles),
        ("word/numbering.xml", &numbering),
    ]));
    let number = |text: &str, depth, number| (text.to_owned(), depth, Marker::Number(number));
    assert_eq!(
        markers(&documents[0]),
        [
            number("a", 1, 1),
            number("b", 2, 1),
            number("c", 2, 2),
            number("d", 1, 2)
        ]
    );
}
