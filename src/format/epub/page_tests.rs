//! Pages: what is one, which stands for another, where those of the printed edition begin.

use super::tests::{ncx, opf, read_all, told};
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
fn a_collection_of_no_sort_is_a_series_and_roles_may_be_spelt_out() {
    let metadata = "<dc:creator id='c'>Ann Walker</dc:creator><meta refines='#c' property='role'>Translator</meta>\
        <dc:creator>Bo Turner</dc:creator><meta property='belongs-to-collection' id='s'>Hedges</meta>\
        <meta refines='#s' property='group-position'>3</meta>";
    let bytes = packed(&[
        CONTAINER,
        ("book.opf", &opf(metadata, &["a.html"])),
        ("a.html", "<p>Words.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    let metadata = &documents[0].metadata;
    assert_eq!(metadata.authors, ["Bo Turner"]);
    let has = |name: &str, value: &str| {
        let wanted = (name.to_owned(), value.to_owned());
        metadata.details.contains(&wanted)
    };
    assert!(
        has("translator", "Ann Walker") && has("series", "Hedges, 3"),
        "{metadata:?}"
    );
}
