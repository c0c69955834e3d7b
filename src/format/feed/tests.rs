//! Feeds, sound and broken, and the documents that each must give.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::document::{Document, Kind, SpanKind};
use crate::format::{Input, Outcome, read};

mod faults;

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
    assert_eq!(documents[0].key.0, "g1 @ http://example.org/");
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

#[test]
fn an_export_of_wordpress_gives_posts_and_pages_with_their_comments() {
    for (scheme, version) in [("http", "1.2"), ("https", "1.1")] {
        let (documents, outcome) = read_feed(&export(scheme, version));
        assert_eq!(titles(&documents), ["Post", "About", "Fair", "Draft"]);
        assert_eq!(outcome.warnings, []);
        let post = &documents[0];
        assert_eq!(post.metadata.authors, ["Ann Smith"]);
        assert_eq!(post.metadata.topics, ["News", "trust"]);
        assert_eq!(post.metadata.details, []);
        assert_eq!(
            post.body.text(),
            "One\n\nTwo\nlines\n\nFirst!\n\nI agree.\n\nThird."
        );
        let parts: Vec<_> = post
            .body
            .parts()
            .iter()
            .map(|part| (part.author.as_deref(), part.depth, part.reply_to))
            .collect();
        assert_eq!(
            parts,
            [
                (Some("Bob"), 1, None),
                (Some("Cid"), 2, Some(0)),
                (None, 1, None)
            ]
        );
        let dates: Vec<String> = post
            .body
            .parts()
            .iter()
            .map(|part| part.published.unwrap().to_string())
            .collect();
        assert_eq!(
            dates,
            [
                "2013-06-04T10:00:00Z",
                "2013-06-04T10:00:00Z",
                "2013-06-04T12:00:00Z"
            ]
        );
        assert_eq!(documents[1].metadata.kind, Kind::Page);
        assert_eq!(documents[1].body.text(), "Who we are");
        let draft = &documents[3].metadata;
        assert_eq!(draft.published.unwrap().to_string(), "2013-06-05T09:00:00Z");
        assert_eq!(draft.details, [("Status".to_owned(), "draft".to_owned())]);
    }
}

/// Returns an export with a post and its comments, a page, a draft, and what is nothing to read.
fn export(scheme: &str, version: &str) -> String {
    let comment = |id: u8, parent: u8, author: &str, approved: &str, kind: &str, text: &str| {
        // The second has a date by the clock of the blog alone.
        let gmt = if id == 2 {
            "0000-00-00 00:00:00"
        } else {
            "2013-06-04 10:00:00"
        };
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[{author}]]></wp:comment_author>\
             <wp:comment_date>2013-06-04 12:00:00</wp:comment_date><wp:comment_date_gmt>{gmt}</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>\
             <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>\
             <wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )
    };
    let item = |title: &str, sort: &str, status: &str, rest: &str| {
        format!(
            "<item><title>{title}</title><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator>\
             <wp:status>{status}</wp:status><wp:post_type>{sort}</wp:post_type>{rest}</item>"
        )
    };
    let post = [
        "<category domain='category'><![CDATA[News]]></category><category domain='post_tag'><![CDATA[trust]]></category>\
         <wp:post_date_gmt>2013-06-03 10:17:44</wp:post_date_gmt>\
         <content:encoded><![CDATA[<!-- wp:paragraph -->One\n\nTwo\nlines\n\n[gallery ids=\"1\"]]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>",
        &comment(1, 0, "Bob", "1", "", "First!"),
        &comment(2, 0, "", "1", "comment", "Third."),
        &comment(3, 1, "Cid", "1", "", "I agree."),
        &comment(4, 0, "Spam", "spam", "", "Buy."),
        &comment(5, 0, "Site", "1", "pingback", "[...] Post [...]"),
        &comment(6, 6, "Dee", "0", "", "Not yet."),
    ]
    .concat();
    let body = |text: &str| format!("<content:encoded><![CDATA[{text}]]></content:encoded>");
    let items = [
        item("Post", "post", "publish", &post),
        item("About", "page", "publish", &body("<p>Who we are</p>")),
        item("Fair", "event", "publish", &body("All are welcome")),
        item("Planned fair", "event", "draft", &body("Not yet")),
        item("Form", "wpcf7_contact_form", "publish", &body("[text]")),
        item("Menu", "nav_menu_item", "publish", ""),
        item("Picture", "attachment", "inherit", &body("a")),
        item(
            "Draft",
            "post",
            "draft",
            &format!(
                "<wp:post_date>2013-06-05 09:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>{}",
                body("Not done")
            ),
        ),
        item("Gone", "post", "trash", &body("gone")),
    ]
    .concat();
    format!(
        "<rss version='2.0' xmlns:excerpt='{scheme}://wordpress.org/export/{version}/excerpt/' xmlns:content='http://purl.org/rss/1.0/modules/content/'
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:wp='{scheme}://wordpress.org/export/{version}/'><channel><title>Blog</title>
         <wp:author><wp:author_login><![CDATA[ann]]></wp:author_login><wp:author_display_name><![CDATA[Ann Smith]]></wp:author_display_name></wp:author>
         {items}</channel></rss>"
    )
}

#[test]
fn what_modules_say_is_taken_where_nothing_better_is() {
    let (documents, _) = read_feed(
        "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:media='http://search.yahoo.com/mrss/'
          xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xml:base='http://example.org/a/'><channel><managingEditor>x@y (Ed)</managingEditor>
        <item><media:group><media:title>Film</media:title><media:content url='film.mp4' type='video/mp4'/></media:group>
          <itunes:summary>What it shows.</itunes:summary><itunes:category text='Arts'><itunes:category text='Design'/></itunes:category>
          <link>http://feeds.example.com/~r/1</link><feedburner:origLink>http://example.org/film</feedburner:origLink></item>
        <item><TITLE>Two</TITLE><enclosure url='http://example.org/two.mp3' length='3' type='audio/mpeg'/>
          <description>Hear it: &lt;a href='http://example.org/two.mp3'>here&lt;/a></description><itunes:author>Bob</itunes:author></item></channel></rss>",
    );
    let film = &documents[0];
    assert_eq!(titles(&documents), ["Film", "Two"]);
    assert_eq!(
        film.body.text(),
        "What it shows.\n\nVideo: example.org/a/film.mp4"
    );
    assert_eq!(
        film.metadata.url.as_deref(),
        Some("http://example.org/film")
    );
    assert_eq!(film.metadata.topics, ["Arts", "Design"]);
    assert_eq!(film.metadata.authors, ["Ed"]);
    // What is linked already is not told twice.
    assert_eq!(documents[1].body.text(), "Hear it: here");
    assert_eq!(documents[1].metadata.authors, ["Bob"]);
}

proptest! {
    #[test]
    fn any_order_of_tags_is_read(pieces in proptest::collection::vec(piece(), 0..50)) {
        let (documents, outcome) = read_feed(&format!("<rss><channel>{}", pieces.concat()));
        prop_assert_eq!(documents.len(), outcome.documents);
    }
}

fn piece() -> impl Strategy<Value = String> {
    let names = "item|title|link|guid|description|content:encoded|pubDate|category|entry|author|name|p|rss|channel|wp:comment|wp:comment_id|wp:comment_parent|wp:comment_content|wp:post_type|media:group|media:title|source";
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
            "[caption id='1']",
            "[code]",
            "<pre>",
            "\n\n",
            "The post x appeared first on y",
            "… Read more",
            "<",
            "<![CDATA[",
            "é"
        ])
        .prop_map(str::to_owned),
    ]
}

/// Returns where the links of an item's text lead.
fn links(document: &Document) -> Vec<&str> {
    let spans = document.body.spans().iter();
    spans
        .filter_map(|span| match &span.kind {
            SpanKind::Link(address) => Some(address.as_str()),
            _ => None,
        })
        .collect()
}

/// XML Base, W3C, section 3, with the elements of its own example nested as there.
#[test]
fn links_start_from_the_nearest_base_that_an_element_around_them_gives() {
    let (documents, _) = read_feed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://example.org/today/'>
        <entry><title>T</title><link href='new.xml'/>
        <summary type='xhtml' xml:base='/in-short/'><div xmlns='http://www.w3.org/1999/xhtml'>Short of it: <a href='s'>s</a></div></summary>
        </entry><entry><title>U</title>
        <summary type='html' xml:base='/in-short/'>Unlike.</summary>
        <content type='xhtml' xml:base='/hotpicks/'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>
        <x:p><x:a href='p1'>1</x:a> <x:span xml:base='deep/'><x:span/><x:span><x:a href='p2'>2</x:a></x:span>
        <x:a href='p3'>3</x:a><x:span xml:base='http://other.org/'><x:a href='p4'>4</x:a></x:span>
        <x:a href='p5'>5</x:a></x:span> <x:a href='p6'>6</x:a></x:p>
        <x:table xml:base='table/'><x:tr><x:td>a</x:td><x:td xml:base='cell/'><x:a href='p7'>7</x:a></x:td></x:tr>
        <x:tr><x:td><x:a href='p8'>8</x:a></x:td><x:td>b</x:td></x:tr></x:table>
        <x:object xml:base='/media/' data='p9.mp4'></x:object> <x:a href='p10'>10</x:a></x:div></content></entry>
        <entry><title>V</title><summary type='html'>&lt;a href='v'&gt;v&lt;/a&gt;</summary></entry></feed>",
    );
    assert_eq!(links(&documents[0]), ["http://example.org/in-short/s"]);
    assert_eq!(
        links(&documents[1]),
        [
            "http://example.org/hotpicks/p1",
            "http://example.org/hotpicks/deep/p2",
            "http://example.org/hotpicks/deep/p3",
            "http://other.org/p4",
            "http://example.org/hotpicks/deep/p5",
            "http://example.org/hotpicks/p6",
            "http://example.org/hotpicks/table/cell/p7",
            "http://example.org/hotpicks/table/p8",
            "http://example.org/media/p9.mp4",
            "http://example.org/hotpicks/p10",
        ]
    );
    assert_eq!(links(&documents[2]), ["http://example.org/today/v"]);
}

/// Bases within bases could make each longer than the one around it, and all of them as long as the feed's square.
#[test]
fn bases_within_bases_stay_short() {
    let deep = "<n xml:base='0123456789/'>".repeat(20_000);
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://example.org/'><entry><title>T</title>\
         <content type='xhtml'><div>{deep}<a href='x'>word</a></div></content></entry></feed>"
    );
    let (documents, _) = read_feed(&feed);
    let base = "0123456789/".repeat(32);
    assert_eq!(
        links(&documents[0]),
        [format!("http://example.org/{base}x")]
    );
    let long = "y/".repeat(100_000);
    let feed = feed.replacen("0123456789/", &long, 1);
    let (documents, _) = read_feed(&feed);
    let base = "0123456789/".repeat(32);
    assert_eq!(
        links(&documents[0]),
        [format!("http://example.org/{base}x")]
    );
}
