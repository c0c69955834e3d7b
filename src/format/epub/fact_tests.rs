//! What a book says of itself.

use super::tests::{opf, read_all};
use crate::format::testing::packed;

const CONTAINER: (&str, &str) = ("mimetype", "application/epub+zip");

#[test]
fn what_a_book_says_of_itself_is_taken_from_either_edition_of_the_format() {
    let two = "<dc:creator opf:role='aut' opf:file-as='Walker, Ann'>Ann Walker</dc:creator>\
        <dc:creator opf:role='trl'>Bo Turner</dc:creator><dc:contributor>unknown</dc:contributor>\
        <dc:creator>Poe, Edgar</dc:creator><dc:date opf:event='modification'>2020-01-01</dc:date>\
        <dc:date opf:event='publication'>1894</dc:date><dc:subject>a; b</dc:subject><dc:language>fr</dc:language>\
        <dc:identifier opf:scheme='ISBN'>9781402894626</dc:identifier>\
        <meta name='calibre:series' content='Hedges'/><meta name='calibre:series_index' content='2.0'/>";
    let bytes = packed(&[
        ("book.opf", &opf(two, &["a.html", "b.html"])),
        ("mimetype", "application/epub+zip"),
        ("a.html", "<p>Words.</p>"),
        ("b.html", "<p>Words.</p>"),
    ]);
    let (documents, _) = read_all(&bytes);
    let metadata = &documents[0].metadata;
    assert_eq!(metadata.authors, ["Ann Walker", "Edgar Poe"]);
    assert_eq!(
        metadata.published.map(|date| date.to_string()).as_deref(),
        Some("1894")
    );
    assert_eq!(metadata.topics, ["a", "b"]);
    assert_eq!(metadata.language.code(), Some("fr"));
    assert_eq!(metadata.publisher.as_deref(), Some("Book"));
    let details: Vec<(&str, &str)> = metadata
        .details
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        details,
        [
            ("translator", "Bo Turner"),
            ("series", "Hedges, 2"),
            ("ISBN", "9781402894626")
        ]
    );
}

#[test]
fn what_a_book_is_about_stands_before_its_first_chapter() {
    for (about, stands) in [
        ("A walk along &lt;b&gt;hedges&lt;/b&gt;.".to_owned(), true),
        ("Words.".to_owned(), false),
        ("On and on. ".repeat(200), false),
    ] {
        let about = format!("<dc:description>{about}</dc:description>");
        let bytes = packed(&[
            ("book.opf", &opf(&about, &["a.html", "b.html"])),
            ("mimetype", "application/epub+zip"),
            ("a.html", "<p>Words.</p>"),
            ("b.html", "<p>More.</p>"),
        ]);
        let (documents, _) = read_all(&bytes);
        let first = &documents[0].body;
        assert_eq!(first.text().starts_with("A walk along hedges."), stands);
        assert_eq!(first.blocks().len(), if stands { 2 } else { 1 });
        assert!(
            documents[0]
                .metadata
                .details
                .iter()
                .any(|(name, _)| name == "about")
        );
        assert_eq!(documents[1].body.text(), "More.");
    }
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
