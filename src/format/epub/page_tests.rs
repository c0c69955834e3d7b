//! Pages: what is one, which stands for another, where those of the printed edition begin.

use super::tests::{links, ncx, opf, read_all, told};
use crate::format::testing::packed;

const CONTAINER: (&str, &str) = ("mimetype", "application/epub+zip");

#[test]
fn a_page_is_what_the_manifest_says_or_what_is_called_one() {
    let package = "<package><metadata><dc:title>Book</dc:title></metadata><manifest>\
        <item id='a' href='one' media-type='application/xhtml+xml'/>\
        <item id='b' href='two.xhtml' media-type='application/octet-stream'/>\
        <item id='c' href='three.svg' media-type='image/svg+xml' fallback='d'/>\
        <item id='d' href='three.php' media-type='text/html' fallback='c'/>\
        <item id='e' href='four.svg' media-type='image/svg+xml' fallback='e'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/><itemref idref='e'/></spine></package>";
    let bytes = packed(&[
        CONTAINER,
        ("book.opf", package),
        (
            "b.ncx",
            &ncx(&[("One", "one"), ("Two", "two.xhtml"), ("Three", "three.php")]),
        ),
        ("one", "<p>First.</p>"),
        (
            "two.xhtml",
            "<p>Second, after <a href='one'>the first</a>.</p>",
        ),
        ("three.svg", "<svg/>"),
        ("three.php", "<p>Third.</p>"),
        ("four.svg", "<svg/>"),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert!(outcome.warnings.is_empty(), "{outcome:?}");
    assert_eq!(
        told(&documents),
        [
            ("one", "One", "First."),
            ("two.xhtml", "Two", "Second, after the first."),
            ("three.php", "Three", "Third.")
        ]
    );
    assert_eq!(documents[1].body.spans().len(), 1);
}

#[test]
fn the_pages_of_the_printed_edition_are_places_in_the_text() {
    let by_ncx = "<ncx><navMap><navPoint><navLabel><text>One</text></navLabel><content src='a.html'/></navPoint>\
        </navMap><pageList><pageTarget><navLabel><text>iv</text></navLabel><content src='a.html'/></pageTarget>\
        <pageTarget><navLabel><text>5</text></navLabel><content src='b.html#p5'/></pageTarget>\
        <pageTarget><navLabel><text>6</text></navLabel><content src='b.html#gone'/></pageTarget></pageList></ncx>";
    let by_nav = "<nav epub:type='toc'><ol><li><a href='a.html'>One</a></li></ol></nav><nav role='doc-pagelist'><ol>\
        <li><a href='a.html'>iv</a></li><li><a href='b.html#p5'>5</a></li></ol></nav>";
    for (name, lists) in [("b.ncx", by_ncx), ("nav.xhtml", by_nav)] {
        let package = opf("", &["a.html", "b.html"]).replace(
            "<manifest>",
            "<manifest><item id='nav' href='nav.xhtml' properties='nav'/>",
        );
        let bytes = packed(&[
            CONTAINER,
            ("book.opf", &package),
            (name, lists),
            ("a.html", "<p>Words.</p>"),
            ("b.html", "<p>More <span id='p5'>words</span>.</p>"),
        ]);
        let (documents, _) = read_all(&bytes);
        let body = &documents[0].body;
        // The second file goes on with the chapter of the first.
        assert_eq!(body.text(), "Words.\n\nMore words.");
        let places = body.destinations().iter();
        let pages: Vec<(&str, u32)> = places.map(|one| (one.name.as_str(), one.at)).collect();
        assert_eq!(
            pages,
            [("page=iv", 0), ("b.html", 8), ("page=5", 12)],
            "{name}"
        );
    }
}

#[test]
fn the_contents_at_the_end_of_a_book_are_no_chapter() {
    let nav = "<html><body><nav epub:type='toc'><h1>Contents</h1><ol><li><a href='a.html'>One</a></li>\
        <li><a href='b.html'>Two</a></li><li><a href='nav.xhtml'>Contents</a></li></ol></nav></body></html>";
    let package = opf("", &["a.html", "b.html", "nav.xhtml"])
        .replace("id='nav.xhtml'", "id='nav.xhtml' properties='nav'");
    let bytes = packed(&[
        CONTAINER,
        ("book.opf", &package),
        ("nav.xhtml", nav),
        ("a.html", "<p>Words.</p>"),
        ("b.html", "<p>Lines<br/>of a<br/>poem.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(
        told(&documents),
        [
            ("a.html", "One", "Words."),
            ("b.html", "Two", "Lines\nof a\npoem.")
        ]
    );
}

#[test]
fn notes_that_stand_nowhere_in_the_order_of_reading_are_read_and_led_to() {
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html", "b.html"])),
        ("mimetype", "application/epub+zip"),
        (
            "a.html",
            "<p>A.<a id='r' href='notes.html#n'>1</a><span epub:type='pagebreak' id='p9'>9</span></p>",
        ),
        ("b.html", "<p>B.</p>"),
        (
            "notes.html",
            "<p id='n'>A note. <a href='a.html#r'>back</a></p>",
        ),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(documents[0].body.text(), "A.1");
    assert_eq!(links(&documents[0]), ["recto:b.epub/notes.html#n"]);
    assert_eq!(links(&documents[2]), ["recto:b.epub/a.html#r"]);
    assert_eq!(documents[0].body.destination("r"), Some(2));
    assert_eq!(documents[2].body.destination("n"), Some(0));
}

#[test]
fn pages_without_an_order_stand_as_a_reader_counts_and_what_is_xml_is_no_page() {
    let page = |words: &str| format!("<h1>{words}</h1><p>Words.</p>");
    let bytes = packed(&[
        ("mimetype", "application/epub+zip"),
        ("chapter10.html", &page("Ten")),
        ("chapter2.html", &page("Two")),
        (
            "com.example.display.xml",
            "<display><p>No words.</p></display>",
        ),
    ]);
    let (documents, _) = read_all(&bytes);
    let titles: Vec<&str> = documents
        .iter()
        .map(|document| document.metadata.title.text.as_str())
        .collect();
    assert_eq!(titles, ["Two", "Ten"]);
}
