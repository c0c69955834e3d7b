//! Any bytes, under any name: reading never panics, gives only sound bodies and unlike keys, and stops when told to.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

mod book;

use std::collections::HashSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use proptest::prelude::*;
use recto::config::manifest::{FileEntry, Split};
use recto::document::{Body, Document};
use recto::format::{Input, read};

/// Reads the bytes and holds what every reading promises.
fn holds_its_promises(
    name: &str,
    bytes: &[u8],
    manifest: Option<&FileEntry>,
) -> Result<(), TestCaseError> {
    let input = Input {
        manifest,
        ..Input::new(name, bytes)
    };
    let mut documents: Vec<Document> = Vec::new();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    prop_assert_eq!(outcome.documents, documents.len());
    prop_assert!(
        !documents.is_empty()
            || !outcome.warnings.is_empty()
            || outcome.without_text
            || !outcome.subscriptions.is_empty()
    );
    let keys: HashSet<&str> = documents
        .iter()
        .map(|document| document.key.0.as_str())
        .collect();
    prop_assert_eq!(keys.len(), documents.len());
    for document in &documents {
        prop_assert!(!document.key.0.is_empty() || name.is_empty());
        is_sound(&document.body)?;
    }
    if documents.len() > 1 {
        let mut seen = 0;
        read(&input, &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        prop_assert_eq!(seen, 1);
    }
    Ok(())
}

/// Holds the promises that `document::Body` makes.
fn is_sound(body: &Body) -> Result<(), TestCaseError> {
    let mut reached = 0;
    for (place, block) in body.blocks().iter().enumerate() {
        let range = block.range.as_range();
        let words = body.text().get(range.clone());
        prop_assert!(words.is_some_and(|words| !words.trim().is_empty()));
        let between = body.text().get(reached..range.start);
        let parted = if place == 0 {
            between == Some("")
        } else {
            matches!(between, Some("\n" | "\n\n"))
        };
        prop_assert!(parted, "{:?} before block {place}", between);
        reached = range.end;
    }
    prop_assert_eq!(reached, body.text().len());
    let again = Body::from_raw(body.clone().into_raw());
    prop_assert_eq!(&again, body);
    Ok(())
}

fn names() -> impl Strategy<Value = String> {
    let known = vec![
        "a.txt", "a.html", "feed.xml", "a.md", "a.rss", "", "dir/a", "é.xhtml", "a.rst", "a.org",
    ];
    proptest::sample::select(known).prop_map(str::to_owned)
}

/// Pieces that the files of a book are made of.
fn book_pieces() -> impl Strategy<Value = String> {
    let known = vec![
        "<metadata>",
        "</metadata>",
        "<dc:title id='t'>Book</dc:title>",
        "<meta refines='#t' property='title-type'>",
        "<manifest>",
        "<item id='a' href='a.xhtml'/>",
        "<item id='b' href='b%2exhtml#x' properties='nav'/>",
        "<item id='n' href='toc.ncx' media-type='application/x-dtbncx+xml'/>",
        "<spine toc='n'>",
        "<itemref idref='a'/>",
        "<itemref idref='b' linear='no'/>",
        "<navMap>",
        "<navPoint>",
        "</navPoint>",
        "<navLabel><text>One</text></navLabel>",
        "<content src='a.xhtml'/>",
        "<content src='a.xhtml#x'/>",
        "<content src='b.xhtml#y'/>",
        "<nav epub:type='toc'>",
        "<ol>",
        "</ol>",
        "<li><a href='a.xhtml#y'>Two",
        "<li><a href='b.xhtml'>Three</a>",
        "<p id='x'>",
        "<h1 id='y'>A heading</h1>",
        "<img alt='A picture'>",
        "<a href='b.xhtml#x'>link</a>",
        "<a href='#y'>link</a>",
        "<table><tr><td id='x'>",
        "words that go on ",
        "*** START OF THE PROJECT GUTENBERG EBOOK",
        "&",
        "漢字",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(known), 0..14);
    pieces.prop_map(|pieces| pieces.concat())
}

/// Pieces that readers know, so that the bytes reach further in than noise would.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = vec![
        "<?xml version='1.0' encoding='iso-8859-1'?>",
        "<rss><channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "<![CDATA[",
        "]]>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<content type='xhtml'>",
        "<!doctype html>",
        "<p>",
        "<table><tr><td>",
        "<ul><li>",
        "<pre>",
        "<b><i></b>",
        "<iframe src=x>",
        "<!--",
        "&nbsp;",
        "&#x1F600;",
        "&",
        "\n",
        "\n\n",
        "\r",
        "• ",
        "1) ",
        "2) ",
        "> ",
        "---\n",
        "title: x\n",
        "Share Button\n\n",
        "Replies to This Discussion\n\n",
        "Reply by A on May 3\n",
        "Views: 7\n\n",
        "Hi All,\n\n",
        "A line. ",
        "words that go on ",
        "===\n",
        "\t",
        "\u{202e}",
        "漢字",
        "Request for Comments: 9\n",
        "Smith   [Page 1]\n",
        "Table of Contents\n\n",
        "1.  One . . . . 4\n",
        "1.  One\n\n",
        "   ",
        "       ",
        "+---+---+\n",
        "| a | b |\n",
        "=== ===\n",
        "f(x);\n",
        "*** START OF THE PROJECT GUTENBERG EBOOK X\n",
        "CHAPTER I\n\n",
        "PREFACE\n\n",
        "[Footnote 1: a]\n\n",
        "[1]",
        "[1]_",
        "_so_",
        "*so*",
        "``",
        "`a <b>`_",
        ".. note:: ",
        ".. code::\n\n",
        ".. _a: b\n",
        ".. [1] ",
        ".. list-table::\n\n",
        ":name: ",
        "::\n\n",
        "- ",
        "* - ",
        "\\",
        "* TODO One :tag:\n",
        "#+TITLE: x\n",
        "#+BEGIN_SRC\n",
        "#+END_SRC\n",
        "#+begin_quote\n",
        "#+end_quote\n",
        ":PROPERTIES:\n",
        ":END:\n",
        "[[https://x.org][",
        "]]",
        "[fn:1]",
        ": ",
        "This article is written by Ann in ",
        "published in 2012 under the title ‘x’",
    ];
    prop_oneof![
        9 => proptest::sample::select(known).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    #[test]
    fn noise_is_read(name in names(), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        holds_its_promises(&name, &bytes, None)?;
    }

    #[test]
    fn pieces_of_every_format_are_read(
        name in names(),
        pieces in proptest::collection::vec(pieces(), 0..40),
        split in prop_oneof![Just(Split::ByRule), Just(Split::Never), Just(Split::At("Share Button".to_owned()))],
    ) {
        let entry = FileEntry { path: name.clone(), split, ..FileEntry::default() };
        holds_its_promises(&name, &pieces.concat(), Some(&entry))?;
    }

    #[test]
    fn a_book_of_any_pieces_is_read(files in proptest::collection::vec(book_pieces(), 4)) {
        let names = ["book.opf", "toc.ncx", "a.xhtml", "b.xhtml"];
        let mut entries = vec![("mimetype", "application/epub+zip")];
        entries.extend(names.into_iter().zip(files.iter().map(String::as_str)));
        holds_its_promises("b.epub", &book::packed(&entries), None)?;
    }

    #[test]
    fn a_damaged_book_is_read(cut in any::<proptest::sample::Index>(), flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12), whole in any::<bool>()) {
        let mut bytes = book::on_paths();
        for (place, byte) in flips {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        holds_its_promises("b.epub", &bytes, None)?;
    }

    #[test]
    fn a_damaged_seed_is_read(seed in 0..5usize, cut in any::<proptest::sample::Index>(), flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..8)) {
        let mut bytes = seeds().swap_remove(seed);
        for (place, byte) in flips {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len()));
        holds_its_promises("seed.txt", &bytes, None)?;
    }
}

#[test]
fn a_text_of_nothing_but_what_parts_its_posts_holds_no_text() {
    let entry = FileEntry {
        path: "a.txt".to_owned(),
        split: Split::At("Share Button".to_owned()),
        ..FileEntry::default()
    };
    let input = Input {
        manifest: Some(&entry),
        ..Input::new("a.txt", b"Share Button\n\nShare Button\n")
    };
    let outcome = read(&input, &mut |_| ControlFlow::Continue(()));
    assert!(outcome.without_text);
    assert_eq!(outcome.documents, 0);
}

fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Signs of which none has an end, lines of which each looks ahead: who looks to the end at each takes the square of them.
#[test]
fn what_is_repeated_without_an_end_is_read_step_by_step() {
    let images = format!("<figure>{}</figure>", "<img alt=a>".repeat(20_000));
    let leads = format!(
        "<article>{}</article>",
        "<div class=lead>A line that is long enough.</div>".repeat(20_000)
    );
    let numbered = |text: &dyn Fn(usize) -> String| -> String {
        let texts: Vec<String> = (0..20_000).map(text).collect();
        texts.concat()
    };
    let keywords = numbered(&|number| format!("k{number},"));
    let notes = numbered(&|number| format!("<a href=#n{number}>a</a> "));
    let linked = "[a](b)\n\n".repeat(20_000);
    for (name, text) in [
        ("a.md", "(#".repeat(100_000)),
        ("a.html", format!("<p>{}", "=#".repeat(100_000))),
        ("a.mdx", "<A/>\n".repeat(20_000)),
        ("a.md", format!("a\n{}", "| a\n".repeat(20_000))),
        ("a.md", format!("{{{{ a }}}} {}", "`".repeat(100_000))),
        ("a.md", format!("{{{{ a }}}} {}", "$5".repeat(100_000))),
        (
            "a.md",
            format!("{{{{ a }}}} {}", "{% raw %}\n".repeat(20_000)),
        ),
        ("a.md", "`a`{{b}}".repeat(50_000)),
        ("a.md", "{% raw %}a{% endraw %}\n".repeat(20_000)),
        ("a.html", images),
        ("a.html", leads),
        (
            "a.html",
            format!("<meta name=keywords content='{keywords}'><p>a"),
        ),
        ("a.html", format!("<p>{notes}")),
        ("a.md", format!("{linked}# Title\n\nText.")),
    ] {
        let mut documents = 0;
        read(&Input::new(name, text.as_bytes()), &mut |_| {
            documents += 1;
            ControlFlow::Continue(())
        });
        assert!(documents <= 1, "{name}");
    }
}
