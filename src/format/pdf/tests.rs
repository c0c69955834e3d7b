//! PDFs of every odd make, written by the tests.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::document::{BlockKind, Container, Document, Marker, SpanKind};
use crate::format::{Input, Outcome, read};

/// What a file says beside the usual.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'b> {
    pub trailer: &'b str,
    pub catalogue: &'b str,
    /// In the dictionary of every page. The first page is object 8, the next 10.
    pub page: &'b str,
    /// Objects after those of the pages.
    pub objects: &'b [String],
}

/// A file of pages with these content streams, and what its trailer and catalogue say beside the usual.
fn pdf(pages: &[String], trailer: &str, catalogue: &str) -> Vec<u8> {
    pdf_with(
        pages,
        Beside {
            trailer,
            catalogue,
            ..Beside::default()
        },
    )
}

/// A file of pages with these content streams.
pub(super) fn pdf_with(pages: &[String], beside: Beside<'_>) -> Vec<u8> {
    let Beside {
        trailer,
        catalogue,
        page,
        objects: more,
    } = beside;
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>".to_owned(),
        "<< /Title (On trust) /Author (Ann Lee; Bo Ray) /Keywords (trust, councils) /CreationDate (D:20200304) >>"
            .to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream"
            .to_owned(),
        "<< /Title (The second part) /Parent 1 0 R >>".to_owned(),
    ];
    let mut kids = String::new();
    for content in pages {
        let at = objects.len() + 1;
        kids.extend([&at.to_string(), " 0 R "]);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R {page} /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F 3 0 R /B 4 0 R /M << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> /XObject << /I 6 0 R >> >> >>",
            at + 1
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    objects.extend_from_slice(more);
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    file_of(&objects, trailer)
}

/// A file of one page that shows this content in the font `/F`.
pub(super) fn page_in(font: &str, content: &str) -> Vec<u8> {
    file_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            font.to_owned(),
        ],
        "",
    )
}

/// A file of objects; the first is the catalogue.
pub(super) fn file_of(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let xref = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF",
            objects.len() + 1
        )
        .bytes(),
    );
    file
}

/// A line of text at a place, counted from the lower left corner.
pub(super) fn line(font: &str, size: u32, x: u32, y: u32, text: &str) -> String {
    format!("BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

pub(super) fn lines(x: u32, from: u32, texts: &[&str]) -> String {
    (0..)
        .zip(texts)
        .map(|(place, text)| line("F", 10, x, from - place * 12, text))
        .collect()
}

pub(super) fn read_all(bytes: &[u8]) -> (Vec<Document>, Outcome) {
    let mut documents = Vec::new();
    let outcome = read(&Input::new("a.pdf", bytes), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

pub(super) fn text(pages: &[String]) -> String {
    let (documents, outcome) = read_all(&pdf(pages, "", ""));
    assert_eq!(documents.len(), 1, "{outcome:?}");
    documents[0].body.text().to_owned()
}

const LEFT: [&str; 6] = [
    "The first column says what was found",
    "in the first year of the work, and it",
    "goes on for some lines so that it is",
    "a column and no cell of a table; the",
    "words of it are plain and the lines",
    "are of one length until the very end.",
];

const RIGHT: [&str; 6] = [
    "The second column comes after it and",
    "never in between, whatever the height",
    "of its lines; who reads across would",
    "read what nobody wrote, and a search",
    "for a phrase would find none of those",
    "that the author had set down in here.",
];

#[test]
fn columns_are_read_one_after_the_other_with_the_title_before() {
    let page = line("B", 18, 60, 740, "Two columns below one title")
        + &lines(60, 700, &LEFT)
        + &lines(320, 700, &RIGHT);
    let text = text(&[page]);
    let expected = format!(
        "Two columns below one title\n\n{}\n\n{}",
        LEFT.join(" "),
        RIGHT.join(" ")
    );
    assert_eq!(text, expected);
}

#[test]
fn hyphens_at_line_ends_go_but_those_of_compounds_stay() {
    let page = lines(
        60,
        700,
        &[
            "A well-known council wrote about its govern-",
            "ment of schools; the plan was called a well-",
            "known one by the people of the Anglo-",
            "Saxon town and by everyone else in it.",
        ],
    );
    assert_eq!(
        text(&[page]),
        "A well-known council wrote about its government of schools; the plan was called a well-known one by the \
         people of the Anglo-Saxon town and by everyone else in it."
    );
}

#[test]
fn a_compound_keeps_its_hyphen_where_the_document_does_not_write_it_elsewhere() {
    let page = lines(
        60,
        700,
        &[
            "Most of those who answered said that they were self-",
            "employed, and none of them that they had been self-",
            "ish; the others were members of a housing co-",
            "operative in the second of the two lower co-",
            "lumns of the table that is below this.",
        ],
    );
    let text = text(&[page]);
    for word in ["self-employed", "selfish", "co-operative", "columns"] {
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn a_title_in_the_middle_and_a_heading_at_the_edge_are_two() {
    let words = lines(
        60,
        650,
        &[
            "The council heard from its officers about pensions, contracts and",
            "assets before it decided on the transfer of services to a mutual.",
        ],
    );
    let one = |x: u32| {
        line("B", 18, 235, 700, "Annual Report") + &line("B", 18, x, 674, "Introduction") + &words
    };
    let heads = |page: String| {
        let (documents, _) = read_all(&pdf(&[page], "", ""));
        let document = &documents[0];
        (
            document.metadata.title.text.clone(),
            document.body.text().contains("\nIntroduction\n"),
        )
    };
    assert_eq!(heads(one(60)), ("Annual Report".to_owned(), true));
    // Two lines of one title.
    for x in [235, 242] {
        assert_eq!(
            heads(one(x)),
            ("Annual Report Introduction".to_owned(), false)
        );
    }
}

#[test]
fn nobody_is_no_author() {
    for (author, expected) in [
        ("anonymous", &[][..]),
        ("\\(anonymous\\)", &[]),
        ("Microsoft Office User", &[]),
        ("root", &[]),
        ("User; Ann Lee", &["Ann Lee"]),
        ("Ann Root", &["Ann Root"]),
    ] {
        let page = lines(60, 700, &["It is the first word that is used here."]);
        let info = format!("<< /Author ({author}) /Subject (unspecified) >>");
        let beside = Beside {
            trailer: "/Info 10 0 R",
            objects: &[info],
            ..Beside::default()
        };
        let (documents, _) = read_all(&pdf_with(&[page], beside));
        let metadata = &documents[0].metadata;
        assert_eq!(metadata.authors, expected, "{author}");
        assert_eq!(metadata.details, [], "{author}");
    }
}

#[test]
fn running_heads_and_page_numbers_go_and_a_sentence_goes_on_over_the_page() {
    let pages: Vec<String> = (1..=4)
        .map(|number| {
            line("F", 8, 60, 770, "Annual report of the council")
                + &lines(
                    60,
                    600,
                    &[
                        "this line stands in the midst of a sentence",
                        "that goes on over the page and",
                    ],
                )
                + &line("F", 8, 300, 30, &number.to_string())
        })
        .collect();
    let (documents, _) = read_all(&pdf(&pages, "", ""));
    let body = &documents[0].body;
    assert!(!body.text().contains("Annual"), "{}", body.text());
    assert!(!body.text().contains(char::is_numeric), "{}", body.text());
    assert_eq!(body.blocks().len(), 1);
    let third = body.destination("page=3").unwrap() as usize;
    assert!(body.text()[third..].trim_start().starts_with("this line"));
    assert_eq!(body.text()[third..].matches("this line").count(), 2);
}

#[test]
fn of_two_pages_only_the_outermost_line_is_taken_for_a_running_head() {
    let page = |number: u32, words: &str| {
        line("F", 8, 60, 780, "Annual report of the council")
            + &line("F", 10, 60, 755, "Question put to every member:")
            + &line("F", 10, 60, 600, words)
            + &line("F", 8, 60, 40, "Printed by the town")
            + &line("F", 8, 300, 20, &number.to_string())
    };
    let text = text(&[page(1, "Yes, said Ann."), page(2, "No, said Bo.")]);
    assert!(!text.contains("Annual"), "{text}");
    assert!(!text.contains("Printed"), "{text}");
    assert_eq!(text.matches("Question put").count(), 2, "{text}");
}

#[test]
fn pages_that_only_repeat_a_line_say_it() {
    let pages = vec![line("F", 8, 60, 770, "Draft, not for circulation"); 3];
    assert_eq!(text(&pages).matches("Draft").count(), 3);
}

#[test]
fn a_long_line_is_text_however_often_it_repeats() {
    let long = "Every page of this file opens with one and the same long sentence, which is what the file has to say on it.";
    assert!(long.len() > 100);
    let pages: Vec<String> = ["One.", "Two.", "Three.", "Four."]
        .iter()
        .map(|words| {
            line("F", 8, 60, 780, "Annual report of the council")
                + &line("F", 8, 60, 755, long)
                + &line("F", 10, 60, 600, words)
        })
        .collect();
    let text = text(&pages);
    assert!(!text.contains("Annual"), "{text}");
    assert_eq!(text.matches(long).count(), 4, "{text}");
}

#[test]
fn headings_lists_and_bold_words_are_told_by_type() {
    use BlockKind::{Heading, Paragraph};

    let page = line("B", 16, 60, 740, "The first part")
        + &lines(
            60,
            700,
            &[
                "Plain words come before the list, which has",
                "two items and then an end.",
            ],
        )
        + &line("F", 10, 60, 660, "\\267 one thing that is said")
        + &line("F", 10, 60, 645, "2. another thing")
        + &line("B", 10, 60, 600, "A bold heading")
        + &lines(60, 580, &["More plain words that follow the heading."]);
    let (documents, _) = read_all(&pdf(&[page], "", ""));
    let body = &documents[0].body;
    let kinds: Vec<BlockKind> = body.blocks().iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            Heading { level: 1 },
            Paragraph,
            Paragraph,
            Paragraph,
            Heading { level: 2 },
            Paragraph
        ],
        "{}",
        body.text()
    );
    let marker = |place: usize| match body.blocks()[place].containers.last() {
        Some(Container::Item(item)) => Some(item.marker),
        _ => None,
    };
    assert_eq!(marker(2), Some(Marker::Bullet));
    assert_eq!(marker(3), Some(Marker::Number(2)));
    assert_eq!(body.slice(body.blocks()[3].range), "another thing");
    assert!(
        body.spans()
            .iter()
            .all(|span| span.kind != SpanKind::Strong)
    );
}

#[test]
fn bookmarks_name_headings_that_the_type_does_not() {
    let page = lines(60, 700, &["Words of the opening part."])
        + &line("F", 10, 60, 660, "2 The second part");
    let (documents, _) = read_all(&pdf(&[page], "", "/Outlines << /First 7 0 R >>"));
    let last = documents[0].body.blocks().last().unwrap();
    assert_eq!(last.kind, BlockKind::Heading { level: 1 });
}

#[test]
fn the_file_says_who_wrote_it_and_when() {
    let page = lines(60, 700, &["Words."]);
    let (documents, _) = read_all(&pdf(&[page], "/Info 5 0 R", "/Lang (de-DE)"));
    let metadata = &documents[0].metadata;
    assert_eq!(metadata.title.text, "On trust");
    assert_eq!(metadata.authors, ["Ann Lee", "Bo Ray"]);
    assert_eq!(metadata.topics, ["trust", "councils"]);
    assert_eq!(metadata.language.code(), Some("de"));
    assert!(
        metadata
            .published
            .unwrap()
            .to_string()
            .starts_with("2020-03-04")
    );
}

#[test]
fn what_holds_no_text_says_why() {
    let (documents, outcome) = read_all(&pdf(&["q 600 0 0 800 0 0 cm /I Do Q".to_owned()], "", ""));
    assert!(documents.is_empty());
    assert!(outcome.warnings[0].message.contains("pictures of pages"));
    let (_, outcome) = read_all(&pdf(&[String::new()], "", ""));
    assert!(outcome.without_text && outcome.warnings.is_empty());
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789012345678901234567890a) /U (0123456789012345678901234567890b) >> /ID [(a) (a)]";
    let (documents, outcome) = read_all(&pdf(&[lines(60, 700, &["x"])], locked, ""));
    assert!(documents.is_empty());
    assert!(
        outcome.warnings[0].message.contains("password"),
        "{outcome:?}"
    );
}

#[test]
fn a_file_cut_short_gives_what_it_has() {
    let pages = [lines(60, 700, &["The words of the first page."])];
    let whole = pdf(&pages, "", "");
    let xref = whole
        .windows(5)
        .rposition(|five| five == b"xref\n")
        .unwrap();
    let (documents, _) = read_all(&whole[..xref - 4]);
    assert_eq!(documents[0].body.text(), "The words of the first page.");
    let (documents, outcome) = read_all(b"%PDF-1.7\nnothing");
    assert!(documents.is_empty());
    assert_eq!(outcome.warnings.len(), 1);
}

#[test]
fn what_is_packed_twice_or_draws_itself_is_stopped() {
    let mut bytes = pdf(&[lines(60, 700, &["x"])], "", "");
    bytes.extend(b"\n99 0 obj << /Filter [ /FlateDecode /Fl#61teDecode ] /Length 3 >> stream\nabc\nendstream");
    let (documents, outcome) = read_all(&bytes);
    assert!(documents.is_empty());
    assert!(outcome.warnings[0].message.contains("unpacks"));
    let page = lines(60, 700, &["Once."]) + "/I Do /I Do";
    let text = String::from_utf8(pdf(&[page], "", "")).unwrap().replace(
        "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0",
        "/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 6 0 R >> >> /Length 11 >>\nstream\n/I Do /I Do",
    );
    let (documents, _) = read_all(text.as_bytes());
    assert_eq!(documents[0].body.text(), "Once.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_damaged_file_is_read_or_told(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let page = line("B", 18, 60, 740, "Title") + &lines(60, 700, &LEFT) + &lines(320, 700, &RIGHT);
        let mut bytes = pdf(&[page.clone(), page], "/Info 5 0 R", "");
        for (place, byte) in changes {
            let place = place.index(bytes.len() - 8) + 8;
            bytes[place] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len() - 8) + 8);
        }
        let (documents, outcome) = read_all(&bytes);
        prop_assert!(!documents.is_empty() || !outcome.warnings.is_empty() || outcome.without_text);
    }
}
