//! What only ODT has: letters set by styles of their own, formulas as objects, sections.

use crate::document::{Document, Marker, SpanKind};
use crate::format::office::tests::{markers, read_all};
use crate::format::testing::packed;

const STYLES: &str = r#"<office:automatic-styles>
<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Down"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="Back" style:parent-style-name="Up"><style:text-properties style:text-position="0% 100%"/></style:style>
<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style></office:automatic-styles>"#;

const LISTS: &str = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="A" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="i" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3" text:start-value="4"/></text:list-style>
<text:list-style style:name="Long"><text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="The Amendment " style:num-suffix=":"/></text:list-style>"#;

const FORMULA: &str = "<math><semantics><msup><mi>c</mi><mn>2</mn></msup><annotation>c^2</annotation></semantics></math>";

fn text(body: &str) -> String {
    read(body).body.text().to_owned()
}

fn read(body: &str) -> Document {
    let content = format!(
        "<office:document-content>{STYLES}{LISTS}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
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
    let (mut documents, outcome) = read_all(&bytes);
    assert_eq!(documents.len(), 1, "{outcome:?}");
    documents.remove(0)
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

#[test]
fn items_are_counted_as_their_list_says() {
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |inner: &str| format!(r#"<text:list text:style-name="L">{inner}</text:list>"#);
    let deepest = list(&(item("<text:p>c</text:p>") + &item("<text:p>d</text:p>")));
    let inner = list(&item(&format!("<text:p>b</text:p>{deepest}")));
    let body = list(&(item(&format!("<text:p>a</text:p>{inner}")) + &item("<text:p>e</text:p>")));
    let document = read(&body);
    let labels: Vec<String> = markers(&document)
        .into_iter()
        .map(|(words, _, marker)| match marker {
            Marker::Label(label) => format!("{} {words}", label.as_str()),
            _ => words,
        })
        .collect();
    assert_eq!(labels, ["A. a", "(i) b", "A.i.4 c", "A.i.5 d", "B. e"]);
    // What cannot be drawn stands before the words.
    let heading = r#"<text:h text:outline-level="1">Terms</text:h>"#;
    let long = list(&(item(heading) + &item("<text:p>e</text:p>"))).replace("\"L\"", "\"Long\"");
    assert_eq!(text(&long), "The Amendment 1: Terms\n\nThe Amendment 2: e");
}

#[test]
fn links_lead_to_what_a_program_calls_by_name() {
    let link =
        |to: &str| format!(r##"<text:p><text:a xlink:href="#{to}">there</text:a></text:p>"##);
    let links = [
        "2.On%20trust%7Coutline",
        "Table1|table",
        "Part|region",
        "Hill|graphic",
        "mark",
    ]
    .map(link);
    let body = links.concat()
        + r#"<text:h text:outline-level="1">On trust</text:h><text:p>Before.</text:p>
        <table:table table:name="Table1"><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>
        <text:bookmark text:name="mark"/><text:section text:name="Part"><text:p>Within.</text:p></text:section>
        <text:p>A hill <draw:frame draw:name="Hill"/>rises.</text:p>"#;
    let body = read(&body).body;
    let led: Vec<&str> = body
        .spans()
        .iter()
        .filter_map(|span| match &span.kind {
            SpanKind::Link(to) => body.destination(to.trim_start_matches('#')),
            _ => None,
        })
        .map(|at| {
            body.text()[at as usize..]
                .split_whitespace()
                .next()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(led, ["On", "cell", "Within.", "rises.", "Within."]);
    // Without such links nothing is noted.
    let body = read(r#"<text:h text:outline-level="1">On trust</text:h>"#).body;
    assert!(body.destinations().is_empty());
}

#[test]
fn a_chart_within_a_flat_text_does_not_end_it() {
    let flat = "<?xml version=\"1.0\"?><office:document><office:body><office:text><text:p>Before.<draw:object>\
        <office:document><office:body><office:chart><text:p>Sales</text:p></office:chart></office:body></office:document>\
        </draw:object></text:p><text:p>After.</text:p></office:text></office:body></office:document>";
    let (documents, outcome) = read_all(flat.as_bytes());
    assert_eq!(documents[0].body.text(), "Before.\n\nAfter.", "{outcome:?}");
}
