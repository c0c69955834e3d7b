//! What is wrong with a feed: how much of it is kept, and how it is named.

use super::{read_feed, titles};

/// Reads a feed and returns what it was warned of, place and message on a line.
fn told(text: &str) -> Vec<String> {
    let (_, outcome) = read_feed(text);
    let warnings = outcome.warnings.into_iter();
    warnings
        .map(|warning| format!("{}: {}", warning.place, warning.message))
        .collect()
}

fn within(items: &str) -> String {
    format!("<rss><channel>{items}</channel></rss>")
}

#[test]
fn what_is_broken_costs_no_more_than_itself_and_is_named() {
    for (text, expected, warnings) in [
        (
            within("<item><title>AT&T &eacute;</b></title></item><item><title>B</title></item>"),
            &["AT&T é", "B"][..],
            &[
                "a & that is not written &amp; is read as it stands",
                "&eacute; is not declared; read as HTML's where HTML has it",
                "</b> ends nothing that is open; passed over",
            ][..],
        ),
        // A title and an item that nobody closed.
        (
            within("<item><title>A<link>http://example.org/a</link><item><title>B</title></item>"),
            &["A", "B"],
            &["</channel> comes while <title> is open; both were taken to end there"],
        ),
        // Markup that nobody escaped.
        (
            within("<item><title>A <b>bold</b></title><description><p>one</p><p>two</p></description></item>"),
            &["A bold"],
            &[],
        ),
        (
            within("<item><title>A</title><description>one<br>two</description></item>"),
            &["A"],
            &["</description> comes while <br> is open; both were taken to end there"],
        ),
        // A date that is none, an item that says nothing.
        (
            within("<item><title>A</title><pubDate>soon</pubDate></item><item></item>"),
            &["A"],
            &["“soon” is no date; left out", "says nothing; passed over"],
        ),
        (
            within("<item><title>A</title><description>x <![endif]--> y</description></item><item><title>B</title></item>"),
            &["A", "B"],
            &["“<![endif]-->” is no markup of XML; passed over"],
        ),
        // Cut off within a section, within a tag, within a text and within markup.
        (
            "<rss><channel><item><title>A</title></item><item><title>B</title><description><![CDATA[<p>cut o".to_owned(),
            &["A", "B"],
            &["syntax error: CDATA not closed: `]]>` not found before end of input; what stands before it was read"],
        ),
        (
            "<rss><channel><item><title>A</title></item><item><title>B</title><descr".to_owned(),
            &["A", "B"],
            &["syntax error: tag not closed: `>` not found before end of input; what stands before it was read"],
        ),
        (
            "<rss><channel><title>F</title><item><title>A</title></item><item><title>Cut of".to_owned(),
            &["A", "Cut of"],
            &["ends within an item, with 4 elements open; all that came was kept"],
        ),
        (
            "<rss><channel><item><title>A</title></item></channel>".to_owned(),
            &["A"],
            &["ends, with 1 element open; all that came was kept"],
        ),
    ] {
        let (documents, outcome) = read_feed(&text);
        assert_eq!(titles(&documents), expected, "{text}");
        let told: Vec<&str> = outcome.warnings.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(told, warnings, "{text}");
    }
}

#[test]
fn a_sort_of_fault_is_named_once_with_where_it_stands_first() {
    let text = "spam <?xml version='1.0' encoding='utf-99'?>\n<rss version='2.0'><channel>\n\
        <item><title>Tom & Jerry &nbsp;R&D &undefined;</title><link>http://bad.example/?a=1&b=2</link>\n\
        <foo:bar>z</foo:bar><dc:creator>Ann</dc:creator></item>\n</channel></rss>";
    assert_eq!(
        told(text),
        [
            "line 1: 5 bytes stand before the feed; passed over",
            "line 1: says that it is in “utf-99”, which is no known encoding; read as UTF-8",
            "line 3: a & that is not written &amp; is read as it stands (3 places)",
            "line 3: &nbsp; is not declared; read as HTML's where HTML has it (2 places)",
            "line 4: the prefix of <foo:bar> is not declared; customary ones are read as usual, others passed over (2 places)",
        ]
    );
    let (documents, _) = read_feed(text);
    assert_eq!(documents[0].metadata.authors, ["Ann"]);
}

#[test]
fn what_every_other_feed_has_is_no_fault() {
    for text in [
        "\u{feff}\n <?xml version='1.0' encoding='us-ascii'?><rss><channel><item><title>A &amp; B &#8211; C</title></item></channel></rss>\n",
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>\
         <rss><channel><item><title>A &eacute;</title></item></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY me 'Ann'>]><rss><channel><item><title>By &me;</title></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='http://www.w3.org/1999/xhtml'><entry><title>A</title>\
         <link href='a?b=1&amp;c=2'/><content type='xhtml'><x:div><x:p>One<x:br/>two</x:p></x:div></content></entry></feed>",
        "<rss><channel><item><title>A</title><description><![CDATA[Q&A <br> <p> &nbsp;]]></description></item></channel></rss><!-- served in 3 ms -->",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}

#[test]
fn elements_beyond_the_deepest_are_named_and_do_no_harm() {
    let deep = "<b>".repeat(400) + "x" + &"</b>".repeat(400);
    let text = within(&format!(
        "<item><title>A</title><description>{deep}</description></item><item><title>B</title></item>"
    ));
    let (documents, outcome) = read_feed(&text);
    assert_eq!(titles(&documents), ["A", "B"]);
    assert_eq!(outcome.warnings.len(), 1, "{:?}", outcome.warnings);
    assert!(
        outcome.warnings[0]
            .message
            .starts_with("elements stand more than 256 deep")
    );
}

#[test]
fn a_cut_off_file_keeps_its_text_up_to_the_fault_and_names_the_line() {
    let (documents, outcome) =
        read_feed("<rss><channel>\n<item><description>\n<![CDATA[<p>All that came");
    assert_eq!(documents[0].body.text(), "All that came");
    assert_eq!(outcome.warnings[0].place, "line 3");
}
