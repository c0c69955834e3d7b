use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::document::{BlockKind, Container, Document, SpanKind};
use crate::format::{Input, Outcome, read};

fn read_all(name: &str, text: &str) -> (Vec<Document>, Outcome) {
    let mut documents = Vec::new();
    let outcome = read(&Input::new(name, text.as_bytes()), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

fn one(text: &str) -> Document {
    let (mut documents, outcome) = read_all("notes/a.md", text);
    assert_eq!(outcome.warnings, [], "{text}");
    documents.pop().unwrap()
}

/// Shows each block with its kind and containers, and the links.
fn shown(document: &Document) -> Vec<String> {
    let body = &document.body;
    let blocks = body.blocks().iter().map(|block| {
        let depth = block
            .containers
            .iter()
            .map(|container| match container {
                Container::Quotation => ">".to_owned(),
                Container::Item(item) => format!("{:?} ", item.marker),
            })
            .collect::<String>();
        format!("{depth}{:?}: {}", block.kind, body.slice(block.range))
    });
    blocks.collect()
}

fn links(document: &Document) -> Vec<String> {
    let body = &document.body;
    let links = body.spans().iter().filter_map(|span| match &span.kind {
        SpanKind::Link(address) => Some(format!("{} {address}", body.slice(span.range))),
        _ => None,
    });
    links.collect()
}

#[test]
fn every_block_of_markdown_becomes_one_of_ours() {
    let document = one(
        "Intro *em* text\nwrapped.\n\n## Head\n\n- a\n- [x] b\n\n3. c\n\n> q\n>\n> > qq\n\n```rust\nlet a;\n  b\n```\n\n| A | B |\n|---|---|\n| 1 | |\n\n---\n\nTerm\n: Meaning\n\n![A dog](dog.png)\n",
    );
    assert_eq!(
        shown(&document),
        [
            "Paragraph: Intro em text wrapped.",
            "Heading { level: 2 }: Head",
            "Bullet Paragraph: a",
            "Task(true) Paragraph: b",
            "Number(3) Paragraph: c",
            ">Paragraph: q",
            ">>Paragraph: qq",
            "Code: let a;\n  b",
            "TableRow { header: true }: A\tB",
            "TableRow { header: false }: 1\t",
            "Rule: * * *",
            "Paragraph: Term",
            ">Paragraph: Meaning",
            "Image: A dog",
        ]
    );
}

#[test]
fn notes_stand_at_the_end_and_lead_back() {
    let document = one("See[^x] and[^b].\n\n[^b]: Second.\n\n[^x]: First.\n\nLast.");
    assert_eq!(
        document.body.text(),
        "See[1] and[2].\n\nLast.\n\nFirst. ↩\nSecond. ↩"
    );
    assert_eq!(
        links(&document),
        ["[1] #fn-x", "[2] #fn-b", "↩ #fnref-x", "↩ #fnref-b"]
    );
    let names: Vec<&str> = document
        .body
        .destinations()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["fnref-x", "fnref-b", "fn-x", "fn-b"]);
}

#[test]
fn links_lead_to_headings_and_to_other_files() {
    let document = one(
        "[a](#my-head) [[Page]] [[Page Two|label]] [b](../c.md#d) ![[pic.png]]\n\n## My head\n\nText",
    );
    assert_eq!(
        links(&document),
        [
            "a #my-head",
            "Page recto:notes/Page.md",
            "label recto:notes/Page Two.md",
            "b recto:c.md#d"
        ]
    );
    assert_eq!(document.body.destinations()[0].name, "my-head");
    assert!(document.body.text().contains("pic.png"));
}

#[test]
fn markup_of_other_readers_is_read_and_not_shown() {
    for (text, expected) in [
        (
            "##On phases\nThere are 4.\n\n#tag",
            &[
                "Heading { level: 2 }: On phases",
                "Paragraph: There are 4.",
                "Paragraph: #tag",
            ][..],
        ),
        (
            "{{< img src=\"a\" alt=\"A face\" >}}\n**Laura** — speaks",
            &["Image: A face", "Paragraph: Laura — speaks"],
        ),
        (
            "<div>Approach</div>\n### Allowing\n\nWords",
            &[
                "Paragraph: Approach",
                "Heading { level: 3 }: Allowing",
                "Paragraph: Words",
            ],
        ),
        (
            "<div>\n  <h2>Contents</h2>\n\n      <ol>\n        <li><a href=\"#a\">A</a></li>\n      </ol>\n</div>",
            &["Heading { level: 2 }: Contents", "Number(1) Paragraph: A"],
        ),
        (
            "<table>\n  <tr>\n    <td>\n      1) Fans\n    </td>\n\n    <td>\n      &#8216;All&#8217;\n    </td>\n  </tr>\n\n  <tr>\n    <td>2</td>\n  </tr>\n</table>\n\nEnd",
            &[
                "TableRow { header: false }: 1) Fans\t‘All’",
                "TableRow { header: false }: 2",
                "Paragraph: End",
            ],
        ),
        (
            "Write:\n\n    <td>a</td>",
            &["Paragraph: Write:", "Code: <td>a</td>"],
        ),
    ] {
        let document = one(&format!("First.\n\n{text}"));
        assert_eq!(shown(&document)[1..], *expected, "{text}");
    }
}

#[test]
fn html_within_is_read_and_not_shown() {
    let document = one(
        "a <b>c</b><br>d <x-y>e</x-y>\n\n<div><p>In a <em>div</em></p><ul><li>x</li></ul></div>\n\nend",
    );
    assert_eq!(document.body.text(), "a c\nd e\n\nIn a div\n\nx\n\nend");
}

#[test]
fn front_matter_says_what_it_is_and_the_summary_stands_first() {
    let document = one(
        "---\ntitle: T\ndate: 2014-03-12 5:37:44 -0400\nauthor: Ann\ntags: [a, A, Uncategorized]\nsummary: Short.\ndraft: true\n---\n# T\n\nText.",
    );
    assert_eq!(document.metadata.title.text, "T");
    assert_eq!(document.metadata.authors, ["Ann"]);
    assert_eq!(document.metadata.topics, ["a"]);
    assert!(
        document
            .metadata
            .published
            .unwrap()
            .to_string()
            .starts_with("2014-03-12")
    );
    assert_eq!(
        document.metadata.details,
        [("Draft".to_owned(), "yes".to_owned())]
    );
    assert_eq!(document.body.blocks()[0].kind, BlockKind::Standfirst);
    assert_eq!(document.body.text(), "Short.\n\nText.");
    let (documents, outcome) = read_all("a.md", "---\ntitle: T\nredirect_to: /x\n---\n");
    assert!(documents.is_empty() && outcome.without_text && outcome.warnings.is_empty());
}

#[test]
fn what_says_only_where_something_stands_is_a_document_and_a_title_alone_is_none() {
    let note = one(
        "---\ntitle: A notice\nsource_url: https://example.org/a\ndeck: In short.\ntopics:\n- trust\n---\n",
    );
    assert_eq!(note.metadata.title.text, "A notice");
    assert_eq!(note.metadata.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(note.metadata.topics, ["trust"]);
    assert_eq!(shown(&note), ["Standfirst: In short."]);
    let link = one("---\ntitle: A link\nlink: https://example.org/b\n---\n");
    assert_eq!(shown(&link), [""; 0]);
    for empty in [
        "---\ntitle: Alone\ndate: 2024-01-02\n---\n",
        "---\nname: \"\"\nsummary: Of nothing.\n---\n",
    ] {
        let (documents, outcome) = read_all("notes/a.md", empty);
        assert_eq!(
            (documents.len(), outcome.without_text),
            (0, true),
            "{empty}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_to_a_sound_body(text in "([-#>*_`~|\\[\\]()!<>/a {}%:^=+\"\n]|<[biap]>|</[biap]>|\\[\\^a\\]|---\n|- ){0,120}") {
        let (documents, _) = read_all("a.md", &text);
        for document in documents {
            let body = &document.body;
            let mut end = 0;
            for block in body.blocks() {
                prop_assert!(block.range.start >= end && !body.slice(block.range).is_empty());
                end = block.range.end;
            }
            for span in body.spans() {
                let held = body.blocks().iter().any(|block| block.range.start <= span.range.start && span.range.end <= block.range.end);
                prop_assert!(held && !body.slice(span.range).is_empty());
            }
        }
    }
}
