//! Feeds, sound and broken, and the documents that each must give.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::document::Document;
use crate::format::{Input, Outcome, read};

fn read_feed(text: &str) -> (Vec<Document>, Outcome) {
    let input = Input::new("feed.xml", text.as_bytes());
    let mut documents = Vec::new();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

fn titles(documents: &[Document]) -> Vec<&str> {
    documents
        .iter()
        .map(|document| document.metadata.title.text.as_str())
        .collect()
}

#[test]
fn an_item_of_rss_gives_all_that_it_says() {
    let (documents, outcome) = read_feed(
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:c='http://purl.org/rss/1.0/modules/content/'>
        <channel><title>The &amp;amp; Feed</title><link>http://example.org/</link><language>en-GB</language>
        <image><title>Logo</title><link>http://example.org/logo</link></image>
        <item><title>Future models &amp;#8211; Options</title><link>/one</link><guid isPermaLink='false'>g1</guid>
        <pubDate>Mon, 03 Jun 2013 10:17:44 +0100</pubDate><dc:creator><![CDATA[Ann]]></dc:creator><dc:creator>Bob</dc:creator>
        <category>a</category><category><![CDATA[b & c]]></category><category>a</category>
        <description>In short.</description><c:encoded><![CDATA[<p>At <a href='x'>length</a>.</p>]]></c:encoded></item>
        <item><guid>http://example.org/two</guid><description>No title here, but a first sentence.</description></item></channel></rss>",
    );
    assert_eq!(outcome.source_title.as_deref(), Some("The & Feed"));
    let metadata = &documents[0].metadata;
    assert_eq!(documents[0].key.0, "g1");
    assert_eq!(metadata.title.text, "Future models – Options");
    assert_eq!(metadata.url.as_deref(), Some("http://example.org/one"));
    assert_eq!(metadata.authors, ["Ann", "Bob"]);
    assert_eq!(metadata.topics, ["a", "b & c"]);
    assert_eq!(metadata.publisher.as_deref(), Some("The & Feed"));
    assert_eq!(metadata.language.code(), Some("en"));
    assert_eq!(
        metadata.published.unwrap().to_string(),
        "2013-06-03T10:17:44+01:00"
    );
    assert_eq!(documents[0].body.text(), "In short.\n\nAt length.");
    let second = &documents[1];
    assert_eq!(
        second.metadata.url.as_deref(),
        Some("http://example.org/two")
    );
    assert!(second.metadata.title.derived);
}

#[test]
fn entries_of_atom_are_read_in_each_form_of_text() {
    let (documents, _) = read_feed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>F</title><author><name>Ann</name></author>
        <link rel='self' href='http://example.org/feed'/><link href='http://example.org/'/>
        <entry><title type='html'>A &amp;lt;b&amp;gt;</title><id>urn:1</id><updated>2013-01-02T00:00:00Z</updated>
          <link rel='alternate' href='one'/><category term='t' label='Trust'/><category term='u'/>
          <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One &lt; <em>two</em>&nbsp;three</p></div></content></entry>
        <entry><title>Plain &lt;b&gt; text</title><id>urn:2</id><published>2012-01-02T00:00:00Z</published>
          <author><name>Bob</name><email>bob@example.org</email></author><source><title>Other</title></source>
          <summary>First.</summary><content type='text'>&lt;p> is a tag</content></entry></feed>",
    );
    assert_eq!(titles(&documents), ["A <b>", "Plain <b> text"]);
    assert_eq!(documents[0].body.text(), "One < two\u{a0}three");
    assert_eq!(documents[0].metadata.topics, ["Trust", "u"]);
    assert_eq!(documents[0].metadata.authors, ["Ann"]);
    assert_eq!(
        documents[0].metadata.url.as_deref(),
        Some("http://example.org/one")
    );
    assert_eq!(documents[0].metadata.language.code(), Some("de"));
    assert_eq!(documents[1].body.text(), "First.\n\n<p> is a tag");
    assert_eq!(documents[1].metadata.authors, ["Bob"]);
}

#[test]
fn items_beside_the_channel_are_read_as_rss_1_has_them() {
    let (documents, outcome) = read_feed(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
        <channel rdf:about='http://example.org/'><title>F</title></channel>
        <item rdf:about='http://example.org/1'><title>One</title></item></rdf:RDF>",
    );
    assert_eq!(outcome.source_title.as_deref(), Some("F"));
    assert_eq!(documents[0].key.0, "http://example.org/1");
}

#[test]
fn what_is_broken_costs_no_more_than_itself() {
    for (items, expected, warnings) in [
        // Raw `&`, an entity nobody declared, an end tag that matches nothing.
        (
            "<item><title>AT&T &eacute;</b></title></item><item><title>B</title></item>",
            &["AT&T é", "B"][..],
            0,
        ),
        // A title and an item that nobody closed.
        (
            "<item><title>A<link>http://example.org/a</link><item><title>B</title></item>",
            &["A", "B"],
            0,
        ),
        // Markup that nobody escaped.
        (
            "<item><title>A <b>bold</b></title><description><p>one</p><p>two</p></description></item>",
            &["A bold"],
            0,
        ),
        // A date that is none, an item that says nothing.
        (
            "<item><title>A</title><pubDate>soon</pubDate></item><item></item>",
            &["A"],
            2,
        ),
        // A file cut off within a section, and within a tag.
        (
            "<item><title>A</title></item><item><title>B</title><description><![CDATA[<p>cut o",
            &["A", "B"],
            1,
        ),
        (
            "<item><title>A</title></item><item><title>B</title><descr",
            &["A", "B"],
            1,
        ),
    ] {
        let (documents, outcome) = read_feed(&format!("<rss><channel>{items}"));
        assert_eq!(titles(&documents), expected, "{items}");
        assert_eq!(
            outcome.warnings.len(),
            warnings,
            "{items}: {:?}",
            outcome.warnings
        );
    }
}

#[test]
fn a_cut_off_file_keeps_its_text_up_to_the_fault_and_names_the_line() {
    let (documents, outcome) =
        read_feed("<rss><channel>\n<item><description>\n<![CDATA[<p>All that came");
    assert_eq!(documents[0].body.text(), "All that came");
    assert_eq!(outcome.warnings[0].place, "line 3");
}

#[test]
fn entities_that_a_file_declares_are_not_expanded() {
    let (documents, _) = read_feed(
        "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss><channel><item><title>x &b; y</title></item></channel></rss>",
    );
    assert_eq!(titles(&documents), ["x &b; y"]);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let feed = format!(
        "<rss><channel>{}",
        "<item><title>A</title></item>".repeat(10)
    );
    let input = Input::new("feed.xml", feed.as_bytes());
    let mut seen = 0;
    let outcome = read(&input, &mut |_| {
        seen += 1;
        if seen == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((seen, outcome.documents), (3, 3));
}

proptest! {
    #[test]
    fn any_order_of_tags_is_read(pieces in proptest::collection::vec(piece(), 0..50)) {
        let (documents, outcome) = read_feed(&format!("<rss><channel>{}", pieces.concat()));
        prop_assert_eq!(documents.len(), outcome.documents);
    }
}

fn piece() -> impl Strategy<Value = String> {
    let names = "item|title|link|guid|description|content:encoded|pubDate|category|entry|author|name|p|rss|channel";
    let names: Vec<&'static str> = names.split('|').collect();
    prop_oneof![
        proptest::sample::select(names.clone()).prop_map(|name| format!("<{name}>")),
        proptest::sample::select(names.clone())
            .prop_map(|name| format!("<{name} xmlns='http://www.w3.org/2005/Atom'/>")),
        proptest::sample::select(names).prop_map(|name| format!("</{name}>")),
        proptest::sample::select(vec![
            "word ",
            "&",
            "&amp;",
            "&x;",
            "<![CDATA[<p>]]>",
            "<!-- x -->",
            "<",
            "<![CDATA[",
            "é"
        ])
        .prop_map(str::to_owned),
    ]
}
