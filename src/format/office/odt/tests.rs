//! What only ODT has: letters set by styles of their own, formulas as objects, sections.

use crate::format::office::tests::read_all;
use crate::format::testing::packed;

const STYLES: &str = r#"<office:automatic-styles>
<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Down"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="Back" style:parent-style-name="Up"><style:text-properties style:text-position="0% 100%"/></style:style>
<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style></office:automatic-styles>"#;

const FORMULA: &str = "<math><semantics><msup><mi>c</mi><mn>2</mn></msup><annotation>c^2</annotation></semantics></math>";

fn text(body: &str) -> String {
    let content = format!(
        "<office:document-content>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let bytes = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("Object 1/content.xml", FORMULA),
        (
            "Object 2/content.xml",
            "<office:document-content><math/></office:document-content>",
        ),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert_eq!(documents.len(), 1, "{outcome:?}");
    documents[0].body.text().to_owned()
}

#[test]
fn letters_stand_and_hide_as_their_styles_say() {
    let span = |style: &str, words: &str| {
        format!(r#"<text:span text:style-name="{style}">{words}</text:span>"#)
    };
    for (inner, expected) in [
        (format!("m{}", span("Up", "2")), "m²"),
        (format!("H{}O", span("Down", "2")), "H₂O"),
        (format!("m{}", span("Back", "2")), "m2"),
        (format!("1{}", span("Up", "st")), "1st"),
        (format!("x{}", span("Up", &span("Other", "2"))), "x²"),
        (
            format!("seen{}", span("Gone", &format!("not{}", span("Up", "3")))),
            "seen",
        ),
        (
            r#"seen<text:hidden-text text:is-hidden="true">not</text:hidden-text>"#.to_owned(),
            "seen",
        ),
    ] {
        assert_eq!(
            text(&format!("<text:p>{inner}</text:p>")),
            expected,
            "{inner}"
        );
    }
}

#[test]
fn formulas_are_read_where_they_stand_and_their_drawings_say_no_more() {
    let frame =
        |object: &str| format!("<draw:frame>{object}<svg:desc>formula</svg:desc></draw:frame>");
    let body = format!(
        "<text:p>E = m{}</text:p><text:p>and {}</text:p><text:p>A chart {}</text:p>",
        frame(r#"<draw:object xlink:href="./Object 1"/>"#),
        frame(&format!("<draw:object>{FORMULA}</draw:object>")),
        frame(r#"<draw:object xlink:href="./Object 2"/>"#),
    );
    assert_eq!(text(&body), "E = mc²\n\nand c²\n\nA chart formula");
}

#[test]
fn hidden_sections_stay_out_and_the_head_of_a_list_is_no_item() {
    let body = r#"<text:section text:display="none"><text:p>Hidden.</text:p></text:section>
        <text:section><text:list><text:list-header><text:p>Head</text:p></text:list-header>
        <text:list-item><text:p>One</text:p></text:list-item></text:list></text:section>"#;
    assert_eq!(text(body), "Head\n\nOne");
}

#[test]
fn a_locked_text_says_so() {
    let bytes = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "META-INF/manifest.xml",
            r#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#,
        ),
        ("content.xml", "\u{1}\u{2}not XML"),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert!(documents.is_empty());
    assert_eq!(outcome.warnings.len(), 1, "{outcome:?}");
    assert!(
        outcome.warnings[0].message.contains("password"),
        "{outcome:?}"
    );
}
