//! A small book, written as an EPUB whose container and files are as books have them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test program uses what it needs of it, and fails by unwrap"
)]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns a ZIP file of entries, in this order.
pub fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns a page of a book.
pub fn page(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' \
         xmlns:epub='http://www.idpf.org/2007/ops'><head><title>On Paths</title></head><body>{body}</body></html>"
    )
}

/// Returns paragraphs that say the same thing so many times.
pub fn paragraphs(words: &str, count: usize) -> String {
    format!("<p>{words}</p>").repeat(count)
}

pub const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";

const OPF: &str = "<package xmlns:dc='http://purl.org/dc/elements/1.1/' version='3.0'><metadata>\
    <dc:title id='t'>On Paths</dc:title><dc:title id='s'>A Walker’s Book</dc:title>\
    <meta refines='#t' property='title-type'>main</meta><meta refines='#s' property='title-type'>subtitle</meta>\
    <dc:creator id='a'>Ann Walker</dc:creator><meta refines='#a' property='role'>aut</meta>\
    <dc:creator id='b'>Bo Turner</dc:creator><meta refines='#b' property='role'>trl</meta>\
    <dc:publisher>Hedge Press</dc:publisher><dc:language>en</dc:language><dc:date>1894-05</dc:date>\
    <dc:subject>Walking; Hedges</dc:subject><dc:identifier>urn:isbn:978-1-4028-9462-6</dc:identifier>\
    <dc:description>&lt;p&gt;Of paths &lt;i&gt;and&lt;/i&gt; hedges.&lt;/p&gt;</dc:description></metadata><manifest>\
    <item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>\
    <item id='c' href='cover.xhtml' media-type='application/xhtml+xml'/>\
    <item id='p' href='text/preface.xhtml' media-type='application/xhtml+xml'/>\
    <item id='1' href='text/one.xhtml' media-type='application/xhtml+xml'/>\
    <item id='1b' href='text/one%20more.xhtml' media-type='application/xhtml+xml'/>\
    <item id='2' href='text/two.xhtml' media-type='application/xhtml+xml'/>\
    <item id='n' href='text/notes.xhtml' media-type='application/xhtml+xml'/></manifest>\
    <spine><itemref idref='c'/><itemref idref='n' linear='no'/><itemref idref='p'/><itemref idref='nav'/>\
    <itemref idref='1'/><itemref idref='1b'/><itemref idref='2'/></spine></package>";

const NAV: &str = "<nav epub:type='toc'><ol><li><a href='text/preface.xhtml'>Preface</a></li>\
    <li><a href='text/one.xhtml'>The Hedge</a><ol><li><a href='text/one.xhtml#gap'>Of gaps</a></li></ol></li>\
    <li><a href='text/two.xhtml'>Stiles</a><ol><li><a href='text/two.xhtml#high'>High stiles</a></li></ol></li>\
    <li><a href='text/two.xhtml#gates'>Gates</a></li><li><a href='text/notes.xhtml'>Notes</a></li></ol></nav>";

/// Returns a book of five chapters with a cover, notes and contents of its own.
pub fn on_paths() -> Vec<u8> {
    let preface = page(&format!(
        "<h1>Preface</h1>{}<p>See <a href='two.xhtml#gates'>of gates</a>.</p>",
        paragraphs(
            "Who walks along a hedge long enough comes to a gap in it.",
            2
        )
    ));
    let one = page(&format!(
        "<h1>The Hedge</h1>{}<p>A hedge has two sides.<a epub:type='noteref' id='r1' href='notes.xhtml#n1'>1</a></p>\
         <h2 id='gap'>Of gaps</h2>{}",
        paragraphs(
            "A hedge was planted to keep what is inside in, and what is outside out; and it does neither.",
            12
        ),
        paragraphs(
            "A gap is the part of a hedge that is used the most, and that nobody planted.",
            12
        )
    ));
    let more = page(&paragraphs("And so the hedge goes on over the page.", 3));
    let two = page(&format!(
        "<h1>Stiles</h1>{}<p id='high'><b>High stiles</b></p>{}<h1 id='gates'>Gates</h1>{}",
        paragraphs("A stile is a gap with manners.", 3),
        paragraphs("A high stile is for the young.", 3),
        paragraphs("A gate may be shut.", 3)
    ));
    let notes =
        page("<h1>Notes</h1><p id='n1'>1. Three, says the mole. <a href='one.xhtml#r1'>↩</a></p>");
    packed(&[
        ("META-INF/container.xml", CONTAINER),
        ("mimetype", "application/epub+zip"),
        ("OPS/book.opf", OPF),
        ("OPS/nav.xhtml", &page(NAV)),
        (
            "OPS/cover.xhtml",
            &page("<img src='cover.jpg' alt='Cover'/>"),
        ),
        ("OPS/text/preface.xhtml", &preface),
        ("OPS/text/one.xhtml", &one),
        ("OPS/text/one more.xhtml", &more),
        ("OPS/text/two.xhtml", &two),
        ("OPS/text/notes.xhtml", &notes),
    ])
}
