//! What the fuzzer starts from: a small sound file of every format, each of which is read here; a sample that no
//! longer reaches its reader would teach the fuzzer nothing. Left under `tests/fuzz/corpus`, where the targets of
//! `tests/fuzz` look.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use recto::format::{Input, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file to start from.
struct Sample {
    /// The fuzz target that it is for.
    target: &'static str,
    /// The name under which that target reads it.
    name: &'static str,
    bytes: Vec<u8>,
}

fn sample(target: &'static str, name: &'static str, bytes: impl Into<Vec<u8>>) -> Sample {
    Sample {
        target,
        name,
        bytes: bytes.into(),
    }
}

const RSS: &str = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
    xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Ethos</title><item><title>On trust &amp; care</title>\
    <link>https://example.org/trust</link><guid>g1</guid><dc:creator>Ann</dc:creator><category>mutuals</category>\
    <pubDate>Mon, 03 Jun 2013 10:17:44 +0100</pubDate><description>In short.</description><content:encoded>\
    <![CDATA[<p>At <a href='/more'>length</a>.</p>]]></content:encoded></item></channel></rss>";

const ATOM: &str = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Ethos</title><entry><id>urn:1</id>\
    <title type='html'>A &lt;b&gt; title</title><updated>2013-01-02T00:00:00Z</updated><content type='xhtml'>\
    <div xmlns='http://www.w3.org/1999/xhtml'><p>One <em>two</em></p></div></content></entry></feed>";

const WXR: &str = "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' \
    xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Blog</title><item><title>Post</title>\
    <content:encoded><![CDATA[One.\n\nTwo.]]></content:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status>\
    <wp:post_type>post</wp:post_type><wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Bob</wp:comment_author>\
    <wp:comment_content>Indeed.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>\
    </channel></rss>";

const PAGE: &str = "<!doctype html><html lang=en><head><title>On trust</title><meta property='og:site_name' content='Ethos'>\
    <script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"On trust\"}</script></head><body><nav>\
    <a href=/>Home</a></nav><article><h1>On trust</h1><p>It is the first word used, and the last.<sup><a href='#n1'>1\
    </a></sup><ul><li>one<li>two</ul><table><tr><th>a<th>b<tr><td>1<td>2</table><pre>x = 1</pre><p id=n1>A note.\
    </article><footer>All rights reserved</footer></body></html>";

const MARKDOWN: &str = "---\ntitle: On trust\nauthors: [Ann, Bob]\ndate: 2013-06-03\ntags:\n  - mutuals\n---\n\n# Head\n\n\
    It is the *first* word[^1], `used` [here](https://example.org).\n\n- [x] done\n- [ ] open\n\n> quoted\n\n| a | b |\n\
    |---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n[^1]: A note.\n";

const PLAIN: &str = "On trust\n========\n\nIt is the first word that is used when people\nspeak of working together.\n\n\
    * one\n* two\n\n> quoted\n\nArticle by Ann\n";

const JSON_FEED: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Ethos\",\"items\":[{\"id\":\"1\",\
    \"title\":\"On trust\",\"content_html\":\"<p>It is.</p>\",\"date_published\":\"2013-06-03T10:00:00Z\",\"tags\":[\"a\"]}]}";

const JSON_LINES: &str = "{\"id\":\"1\",\"title\":\"One\",\"text\":\"It is the first.\",\"topics\":[\"a\"]}\n\
    {\"id\":\"2\",\"title\":\"Two\",\"html\":\"<p>It is the second.</p>\",\"authors\":[\"Ann\"]}\n";

const OPML: &str = "<opml version='2.0'><head><title>Feeds</title></head><body><outline text='News'><outline type='rss' \
    text='A &amp; B' xmlUrl='https://example.org/feed'/></outline></body></opml>";

const BOOKMARKS: &str = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>News</H3>\n<DL><p>\n\
    <DT><A HREF=\"https://example.org/\" ADD_DATE=\"1370000000\" TAGS=\"a,b\">Example</A>\n</DL><p>\n</DL><p>\n";

const MBOX: &str = "From ann@example.org Mon Jun  3 10:17:44 2013\nFrom: Ann <ann@example.org>\nDate: Mon, 3 Jun 2013 \
    10:17:44 +0100\nSubject: On trust\nMessage-ID: <1@example.org>\n\nIt is the first word.\n\n-- \nAnn\n\nFrom \
    bob@example.org Tue Jun  4 10:17:44 2013\nFrom: Bob <bob@example.org>\nDate: Tue, 4 Jun 2013 10:17:44 +0100\nSubject: \
    Re: On trust\nMessage-ID: <2@example.org>\nIn-Reply-To: <1@example.org>\nContent-Type: text/plain; charset=utf-8\n\n\
    On Mon, Ann wrote:\n> It is the first word.\n\nIndeed.\n";

const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
    4 0 obj<</Length 53>>stream\nBT /F1 12 Tf 72 700 Td (It is the first word.) Tj ET\nendstream endobj\n\
    5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn epub() -> Vec<u8> {
    zip(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile \
             full-path='book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>",
        ),
        (
            "book.opf",
            "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Trust</dc:title><dc:creator>Ann</dc:creator>\
             </metadata><manifest><item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>\
             <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' \
             media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
        ),
        (
            "nav.xhtml",
            "<html xmlns:epub='http://www.idpf.org/2007/ops'><body><nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a>\
             </li><li><a href='b.xhtml#x'>Two</a></li></ol></nav></body></html>",
        ),
        (
            "a.xhtml",
            "<html><body><h1>One</h1><p>The first <a href='b.xhtml#x'>chapter</a>.</p></body></html>",
        ),
        (
            "b.xhtml",
            "<html><body><h1 id='x'>Two</h1><p>The second.</p></body></html>",
        ),
    ])
}

fn docx() -> Vec<u8> {
    zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override \
             PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.\
             wordprocessingml.document.main+xml'/></Types>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r>\
             <w:t>It is the first word.</w:t></w:r></w:p></w:body></w:document>",
        ),
    ])
}

fn odt() -> Vec<u8> {
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
             xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><text:h \
             text:outline-level='1'>Head</text:h><text:p>It is the first word.</text:p></office:text></office:body>\
             </office:document-content>",
        ),
    ])
}

fn samples() -> Vec<Sample> {
    vec![
        sample("feed", "feed.xml", RSS),
        sample("feed", "feed.xml", ATOM),
        sample("feed", "feed.xml", WXR),
        sample("page", "page.html", PAGE),
        sample("markdown", "note.md", MARKDOWN),
        sample("plain", "note.txt", PLAIN),
        sample("json", "feed.json", JSON_FEED),
        sample("json_lines", "documents.jsonl", JSON_LINES),
        sample("list", "feeds.opml", OPML),
        sample("list", "feeds.opml", BOOKMARKS),
        sample("mail", "letters.mbox", MBOX),
        sample("epub", "book.epub", epub()),
        sample("docx", "report.docx", docx()),
        sample("odt", "report.odt", odt()),
        sample("pdf", "report.pdf", PDF),
        sample(
            "archive",
            "saved.zip",
            zip(&[("a.txt", PLAIN), ("b/feed.xml", RSS)]),
        ),
        sample("gzip", "saved.gz", gzip(PAGE.as_bytes())),
        sample("any", "file", RSS),
        sample("any", "file", MBOX),
        sample("any", "file", epub()),
    ]
}

/// Returns how many documents and addresses a file gives, and what was wrong with it.
fn given(sample: &Sample) -> (usize, Vec<String>) {
    let input = Input::new(sample.name, &sample.bytes);
    let outcome = read(&input, &mut |_| ControlFlow::Continue(()));
    let warnings = outcome.warnings.into_iter();
    (
        outcome.documents + outcome.subscriptions.len(),
        warnings.map(|warning| warning.message).collect(),
    )
}

#[test]
fn every_sample_is_read_and_the_corpus_is_made_of_them() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for (number, sample) in samples().iter().enumerate() {
        let (given, warnings) = given(sample);
        assert!(given > 0, "{} {number}: {warnings:?}", sample.target);
        assert_eq!(warnings, [""; 0], "{} {number}", sample.target);
        let folder = corpus.join(sample.target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("sample-{number}")), &sample.bytes).unwrap();
    }
}

#[test]
fn every_target_has_a_sample() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/targets");
    let samples = samples();
    for target in fs::read_dir(targets).unwrap() {
        let path = target.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let found = samples.iter().find(|sample| sample.target == name);
        let name_read = found.unwrap_or_else(|| panic!("no sample for {name}")).name;
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.contains(&format!("(\"{name_read}\", bytes)")),
            "{name}"
        );
    }
}
