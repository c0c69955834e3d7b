//! Books of every odd make, as small as they can be.

use crate::document::{Destination, Document, Kind, SpanKind};
use crate::format::Outcome;
use crate::format::testing::{self, packed};

pub(super) fn read_all(bytes: &[u8]) -> (Vec<Document>, Outcome) {
    testing::read_all("b.epub", bytes)
}

/// Returns a package document of these files in this order.
pub(super) fn opf(metadata: &str, files: &[&str]) -> String {
    let items: Vec<String> = files
        .iter()
        .map(|file| format!("<item id='{file}' href='{file}' media-type='application/xhtml+xml'/>"))
        .collect();
    let spine: Vec<String> = files
        .iter()
        .map(|file| format!("<itemref idref='{file}'/>"))
        .collect();
    format!(
        "<package xmlns:dc='d' xmlns:opf='o'><metadata><dc:title>Book</dc:title>{metadata}</metadata>\
         <manifest>{}</manifest><spine>{}</spine></package>",
        items.concat(),
        spine.concat()
    )
}

pub(super) fn ncx(points: &[(&str, &str)]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(title, src)| {
            format!("<navPoint><navLabel><text>{title}</text></navLabel><content src='{src}'/></navPoint>")
        })
        .collect();
    format!("<ncx><navMap>{}</navMap></ncx>", points.concat())
}

/// Returns each chapter's key (below the book's), title and text.
pub(super) fn told(documents: &[Document]) -> Vec<(&str, &str, &str)> {
    let told = documents.iter();
    told.map(|document| {
        (
            document.key.0.strip_prefix("b.epub/").unwrap(),
            document.metadata.title.text.as_str(),
            document.body.text(),
        )
    })
    .collect()
}

pub(super) fn links(document: &Document) -> Vec<&str> {
    let spans = document.body.spans().iter();
    spans
        .filter_map(|span| match &span.kind {
            SpanKind::Link(address) => Some(address.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_container_without_signposts_is_read_whatever_its_names_are_like() {
    let opf = "<package><metadata><title>Book</title></metadata><manifest>\
        <item id='a' href='Text\\One.XHTML'/><item id='b' href='text/caf%C3%A9%20two.xhtml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='gone'/><itemref idref='b'/></spine></package>";
    let bytes = packed(&[
        (
            "OEBPS/text/one.xhtml",
            "<p>One. <a href='CAFÉ two.xhtml'>on</a>",
        ),
        ("OEBPS/Content.OPF", opf),
        ("OEBPS/text/café two.xhtml", "<h1>Second</h1><p>Two."),
        ("mimetype", "application/epub+zip\n"),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert_eq!(
        told(&documents),
        [
            ("OEBPS/text/one.xhtml", "Book, part 1", "One. on"),
            ("OEBPS/text/café two.xhtml", "Second", "Two."),
        ]
    );
    assert_eq!(
        links(&documents[0]),
        ["recto:b.epub/OEBPS/text/café two.xhtml"]
    );
    assert_eq!(outcome.source_title.as_deref(), Some("Book"));
    assert_eq!(outcome.warnings.len(), 1);
    assert_eq!(outcome.warnings[0].place, "spine: gone");
    assert!(
        documents
            .iter()
            .all(|document| document.metadata.kind == Kind::Book)
    );
}

#[test]
fn a_book_in_one_file_is_parted_where_its_contents_say() {
    let text = "<p>Before all. See <a href='#c2'>two</a>.</p><h2 id='c1'>I</h2><p>First.</p>\
        <p><span id='c2'/>II</p><p>Second. <a href='#x'>x</a> <a href='#c1'>one</a></p><p id='x'>Third.</p>";
    let points = ncx(&[("I", "book.html#c1"), ("II", "book.html#c2")]);
    let bytes = packed(&[
        ("book.opf", &opf("", &["book.html"])),
        ("toc.ncx", &points),
        ("mimetype", "application/epub+zip"),
        ("book.html", text),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert_eq!(outcome.warnings, []);
    assert_eq!(
        told(&documents),
        [
            ("book.html", "Book, part 1", "Before all. See two."),
            ("book.html/c1", "I", "First."),
            ("book.html/c2", "II", "Second. x one\n\nThird."),
        ]
    );
    assert_eq!(links(&documents[0]), ["recto:b.epub/book.html/c2#c2"]);
    assert_eq!(links(&documents[2]), ["#x", "recto:b.epub/book.html/c1#c1"]);
    assert_eq!(documents[2].body.destination("x"), Some(15));
}

#[test]
fn files_that_the_contents_do_not_list_go_on_with_the_chapter_before() {
    let points = ncx(&[("One", "a.html"), ("Two", "c.html")]);
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html", "b.html", "c.html"])),
        ("toc.ncx", &points),
        ("mimetype", "application/epub+zip"),
        (
            "a.html",
            "<p id='n'>A.</p><p><a href='b.html'>b</a> <a href='b.html#n'>n</a></p>",
        ),
        ("b.html", "<p>B.</p><p id='n'>N.</p>"),
        (
            "c.html",
            "<p>C. <a href='b.html#n'>n</a> <a href='a.html#gone'>a</a> <a href='d.html'>d</a></p>",
        ),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(
        told(&documents),
        [
            ("a.html", "One", "A.\n\nb n\n\nB.\n\nN."),
            ("c.html", "Two", "C. n a d"),
        ]
    );
    assert_eq!(links(&documents[0]), ["#b.html", "#b.html/n"]);
    let body = &documents[0].body;
    let at = |name| &body.text()[body.destination(name).unwrap() as usize..];
    assert_eq!((at("b.html"), at("b.html/n")), ("B.\n\nN.", "N."));
    // A place that is not there is its chapter's beginning; a file that is not there is no link.
    assert_eq!(
        links(&documents[1]),
        ["recto:b.epub/a.html#b.html/n", "recto:b.epub/a.html"]
    );
}

#[test]
fn a_key_is_a_place_in_the_book_and_not_a_number() {
    let chapter = ("two.html", "<h1>Two</h1><p>Words.");
    let book = |files: &[(&str, &str)]| {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let opf = opf("", &names);
        let mut entries = vec![
            ("book.opf", opf.as_str()),
            ("mimetype", "application/epub+zip"),
        ];
        entries.extend(files);
        let (documents, _) = read_all(&packed(&entries));
        documents.last().unwrap().key.clone()
    };
    let one = ("one.html", "<h1>One</h1><p>Words.");
    let preface = (
        "preface.html",
        "<h1>A preface to this edition</h1><p>Words.",
    );
    assert_eq!(book(&[one, chapter]), book(&[preface, one, chapter]));
}

#[test]
fn covers_and_printed_contents_are_left_out_and_what_led_there_leads_on() {
    let contents = "<h1>Contents</h1><p><a href='a.html'>One</a></p><p><a href='b.html'>Two</a></p><p><a href='b.html#x'>X</a></p>";
    let points = ncx(&[
        ("Cover", "cover.html"),
        ("Contents", "toc.html"),
        ("One", "a.html"),
        ("Two", "b.html"),
    ]);
    let bytes = packed(&[
        (
            "book.opf",
            &opf("", &["cover.html", "toc.html", "a.html", "b.html"]),
        ),
        ("toc.ncx", &points),
        ("mimetype", "application/epub+zip"),
        ("cover.html", "<img src='c.jpg' alt='The cover'/>"),
        ("toc.html", contents),
        ("a.html", "<p>A. <a href='toc.html'>contents</a></p>"),
        (
            "b.html",
            "<p>B. <a href='toc.html'>contents</a></p><h2 id='x'>X</h2>",
        ),
    ]);
    let (documents, _) = read_all(&bytes);
    let titles: Vec<&str> = documents
        .iter()
        .map(|document| document.metadata.title.text.as_str())
        .collect();
    assert_eq!(titles, ["One", "Two"]);
    assert_eq!(links(&documents[0]), ["#"]);
    assert_eq!(links(&documents[1]), ["recto:b.epub/a.html"]);
    let numbers: Vec<u32> = documents
        .iter()
        .map(|document| document.metadata.chapter.as_ref().unwrap().number)
        .collect();
    assert_eq!(numbers, [0, 1]);
}

#[test]
fn a_locked_book_says_so_and_mangled_fonts_lock_nothing() {
    let encryption = |method: &str, uri: &str| {
        format!(
            "<encryption><EncryptedData><EncryptionMethod Algorithm='{method}'/><CipherData>\
             <CipherReference URI='{uri}'/></CipherData></EncryptedData></encryption>"
        )
    };
    let book = |encryption: &str| {
        read_all(&packed(&[
            ("book.opf", &opf("", &["a.html"])),
            ("mimetype", "application/epub+zip"),
            ("META-INF/encryption.xml", encryption),
            ("a.html", "<p>Words.</p>"),
        ]))
    };
    let (documents, outcome) = book(&encryption(
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
        "a.html",
    ));
    assert_eq!(documents, []);
    assert!(
        outcome
            .warnings
            .iter()
            .any(|warning| warning.message.contains("locked by its shop"))
    );
    let (documents, outcome) = book(&encryption("http://www.idpf.org/2008/embedding", "f.otf"));
    assert_eq!(documents.len(), 1);
    assert_eq!(outcome.warnings, []);
}

#[test]
fn what_gutenberg_sets_around_a_book_stays_out() {
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html"])),
        ("mimetype", "application/epub+zip"),
        (
            "a.html",
            "<p>The Project Gutenberg eBook of Book</p><p>*** START OF THE PROJECT GUTENBERG EBOOK BOOK ***</p>\
             <p>Words of the book.</p><p>*** END OF THE PROJECT GUTENBERG EBOOK BOOK ***</p><p>Licence.</p>",
        ),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(told(&documents), [("a.html", "Book", "Words of the book.")]);
    assert_eq!(
        documents[0].metadata.chapter, None,
        "a book of one chapter is a document"
    );
}

#[test]
fn a_line_of_the_contents_within_a_chapter_is_a_heading_of_it() {
    let nav = "<nav epub:type='toc'><ol><li><a href='a.html'>One</a><ol><li><a href='a.html#s'>A section</a></li></ol></li>\
        <li><a href='b.html'>Two</a></li></ol></nav>";
    let opf = opf("", &["a.html", "b.html"]).replace(
        "<manifest>",
        "<manifest><item id='nav' href='nav.xhtml' properties='nav'/>",
    );
    let bytes = packed(&[
        ("book.opf", &opf),
        ("mimetype", "application/epub+zip"),
        ("nav.xhtml", nav),
        (
            "a.html",
            "<p>A.</p><p id='s' class='h'><b>A section</b></p><p>More.</p>",
        ),
        ("b.html", "<p>B.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    let outline = documents[0].body.outline();
    let lines: Vec<&str> = outline.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(lines, ["A section"]);
}

#[test]
fn a_part_that_has_no_page_of_its_own_is_a_line_above_its_first_chapter() {
    let nav = "<nav epub:type='toc'><ol><li><span>Part One</span><ol><li><a href='a.html'>I</a></li>\
        <li><a href='b.html'>II</a></li></ol></li><li><a href='c.html'>Part Two</a><ol><li><a href='c.html'>III</a></li>\
        </ol></li></ol></nav>";
    let opf = opf("", &["a.html", "b.html", "c.html"]).replace(
        "<manifest>",
        "<manifest><item id='nav' href='nav.xhtml' properties='nav'/>",
    );
    let bytes = packed(&[
        ("book.opf", &opf),
        ("mimetype", "application/epub+zip"),
        ("nav.xhtml", nav),
        ("a.html", "<p>A.</p>"),
        ("b.html", "<p>B.</p>"),
        ("c.html", "<p>C.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(
        contents(&documents),
        ["Part One", " I", " II", "Part Two", " III"]
    );
}

/// Returns the lines of a book's contents, indented as deep as they stand.
fn contents(documents: &[Document]) -> Vec<String> {
    let mut lines = Vec::new();
    for document in documents {
        let chapter = document.metadata.chapter.as_ref().unwrap();
        let mut add = |depth: u8, title: &str| {
            lines.push(format!("{}{title}", " ".repeat(usize::from(depth))));
        };
        for division in &chapter.divisions {
            add(division.depth, &division.title);
        }
        add(chapter.depth, &document.metadata.title.text);
    }
    lines
}

#[test]
fn lines_without_a_link_stand_above_whatever_they_group_and_other_lists_are_no_contents() {
    let nav = "<nav epub:type='page-list'><ol><li><a href='a.html#p1'>1</a></li></ol></nav>\
        <nav role='doc-toc'><ol><li><span>Part One</span><ol><li><span>Spring</span><ol>\
        <li><a href='cover.html'>A picture</a></li><li><a href='a.html'>March</a><ol><li><a href='a.html#x'>Its winds</a></li></ol></li>\
        <li><a href='b.html'>April</a></li></ol></li><li><a>Summer</a><ol><li><a href='c.html'>June</a></li></ol></li></ol></li>\
        <li><span>Part Two</span><ol><li><a href='d.html#one'>One</a></li><li><a href='d.html#two'>Two</a></li></ol></li>\
        <li><span>Nothing below</span></li><li><a href='e.html'>End</a></li></ol></nav>\
        <nav epub:type='landmarks'><ol><li><a href='a.html'>Begin</a></li></ol></nav>";
    let files = [
        "cover.html",
        "a.html",
        "b.html",
        "c.html",
        "d.html",
        "e.html",
    ];
    let opf = opf("", &files).replace(
        "<manifest>",
        "<manifest><item id='nav' href='nav.xhtml' properties='nav'/>",
    );
    let bytes = packed(&[
        ("book.opf", &opf),
        ("nav.xhtml", nav),
        ("cover.html", "<img src='x.png' alt='A picture'/>"),
        (
            "a.html",
            "<p id='p1'>A.</p><h2 id='x'>Its winds</h2><p>Blow.</p>",
        ),
        ("b.html", "<p>B.</p>"),
        ("c.html", "<p>C.</p>"),
        (
            "d.html",
            "<h1 id='one'>One</h1><p>D.</p><h1 id='two'>Two</h1><p>E.</p>",
        ),
        ("e.html", "<p>F.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(
        contents(&documents),
        [
            "Part One", " Spring", "  March", "  April", " Summer", "  June",
            // Both stand in one file, and it is not parted.
            "Part Two", "End",
        ]
    );
}

#[test]
fn a_chapter_too_long_is_parted_by_the_deeper_lines() {
    let words = "<p>Words that go on and on.</p>".repeat(4000);
    let text = format!("<h1>All</h1><h2 id='a'>A</h2>{words}<h2 id='b'>B</h2>{words}");
    let point = "<navPoint><navLabel><text>All</text></navLabel><content src='a.html'/>";
    let ncx = ncx(&[("A", "a.html#a"), ("B", "a.html#b")])
        .replace("<navMap>", &format!("<navMap>{point}"))
        .replace("</navMap>", "</navPoint></navMap>");
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html"])),
        ("mimetype", "application/epub+zip"),
        ("toc.ncx", &ncx),
        ("a.html", &text),
    ]);
    let (documents, outcome) = read_all(&bytes);
    assert_eq!(outcome.warnings, []);
    let told: Vec<(&str, u8)> = documents
        .iter()
        .map(|document| {
            (
                document.metadata.title.text.as_str(),
                document.metadata.chapter.as_ref().unwrap().depth,
            )
        })
        .collect();
    assert_eq!(told, [("All", 0), ("A", 1), ("B", 1)]);
}

#[test]
fn hostile_links_and_broken_pages_lead_nowhere_and_harm_nothing() {
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html", "b.html"])),
        ("mimetype", "application/epub+zip"),
        (
            "a.html",
            "<p>A <a href='recto:other#x'>r</a> <a href='javascript:x'>j</a> <a href='../../../etc/passwd'>p</a> \
             <a href='https://example.org/x'>w</a> <a href='%zz#%'>z</a> <i/>plain <div><table><tr><td>cell",
        ),
        ("b.html", ""),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(links(&documents[0]), ["https://example.org/x"]);
    assert!(!links(&documents[0])[0].starts_with(Destination::SCHEME));
    assert!(documents[0].body.text().ends_with("cell"));
}

#[test]
fn a_container_of_nothing_says_so() {
    let (documents, outcome) = read_all(&packed(&[("META-INF/container.xml", "<x")]));
    assert_eq!(documents, []);
    assert!(outcome.without_text);
    assert_eq!(outcome.warnings.len(), 1);
}

#[test]
fn links_of_a_chapter_start_from_the_base_around_them() {
    let page = "<html><head><link rel='canonical' href='https://example.org/c/'/></head><body>\
        <p><a href='two.xhtml'>0</a></p><div xml:base='../text/'><a href='two.xhtml#x'>1</a> <a href='#y'>2</a>\
        <span xml:base='sub/'><a href='three.xhtml'>3</a></span></div>\
        <p id='y' xml:base='https://example.org/'><a href='out'>4</a></p><p xml:base='gone/'><a href='../text/two.xhtml'>5</a></p></body></html>";
    let bytes = packed(&[
        (
            "book.opf",
            &opf(
                "",
                &["a/one.xhtml", "text/two.xhtml", "text/sub/three.xhtml"],
            ),
        ),
        ("a/one.xhtml", page),
        ("text/two.xhtml", "<p>Two.</p><p id='x'>X.</p>"),
        ("text/sub/three.xhtml", "<p>Three.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    assert_eq!(
        links(&documents[0]),
        [
            "recto:b.epub/text/two.xhtml#x",
            "#y",
            "recto:b.epub/text/sub/three.xhtml",
            "https://example.org/out",
            "recto:b.epub/text/two.xhtml",
        ]
    );
}

#[test]
fn a_note_that_its_book_hides_until_it_is_asked_for_is_there_to_be_led_to() {
    let bytes = packed(&[
        ("book.opf", &opf("", &["a.html", "b.html"])),
        (
            "a.html",
            "<p>A.<a epub:type='noteref' role='doc-noteref' href='#n'>1</a> <a href='#m'>2</a></p>\
             <aside epub:type='footnote' id='n' hidden='hidden'><p>A note.</p></aside>\
             <div role='doc-footnote' id='m' style='display: none'><p>Another.</p></div><p hidden='hidden'>Hidden.</p>",
        ),
        ("b.html", "<p>B.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    let body = &documents[0].body;
    assert_eq!(body.text(), "A.1 2\n\nA note.\n\nAnother.");
    let at = |name| &body.text()[body.destination(name).unwrap() as usize..];
    assert_eq!((at("n"), at("m")), ("A note.\n\nAnother.", "Another."));
    assert_eq!(links(&documents[0]), ["#n", "#m"]);
}
