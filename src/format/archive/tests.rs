use std::io::{BufReader, Cursor, Write};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Package;
use crate::config::Limits;
use crate::config::manifest::{Facts, FileEntry};
use crate::document::Document;
use crate::format::{Input, Outcome, read};

/// Returns a ZIP file of entries, in this order.
fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn read_all(name: &str, bytes: &[u8], limits: Limits) -> (Vec<Document>, Outcome) {
    let input = Input {
        limits,
        ..Input::new(name, bytes)
    };
    let mut documents = Vec::new();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

fn keys(documents: &[Document]) -> Vec<&str> {
    documents
        .iter()
        .map(|document| document.key.0.as_str())
        .collect()
}

fn told(outcome: &Outcome) -> Vec<String> {
    let told = outcome.warnings.iter();
    told.map(|warning| format!("{}: {}", warning.place, warning.message))
        .collect()
}

const FEED: &[u8] = b"<rss version='2.0'><channel><item><guid>g</guid><title>T</title><description>Words.</description></item></channel></rss>";

#[test]
fn every_entry_is_read_as_what_it_is_and_known_by_its_path() {
    let inner = packed(&[("deep.txt", b"Deep down."), ("again.xml", FEED)]);
    let bytes = packed(&[
        ("notes/", b""),
        ("notes/a.txt", b"On trust\n\nIt is the first word."),
        (
            "../../etc/b.html",
            b"<!doctype html><title>B</title><p>Page.",
        ),
        ("__MACOSX/notes/._a.txt", b"junk"),
        (".git/config", b"junk"),
        ("pictures/x.PNG", b"\x89PNG"),
        ("feed.xml", FEED),
        ("inner.zip", &inner),
        ("c.txt.gz", &gzipped("Packed twice.")),
    ]);
    let (documents, outcome) = read_all("saved.zip", &bytes, Limits::default());
    assert_eq!(
        keys(&documents),
        [
            "saved.zip/notes/a.txt",
            "saved.zip/../../etc/b.html",
            "g",
            "saved.zip/inner.zip/deep.txt",
            // The same item again: its name is taken.
            "0934d607b5c6ea4b",
            "saved.zip/c.txt.gz",
        ]
    );
    assert_eq!(documents[0].metadata.title.text, "On trust");
    assert_eq!(outcome.warnings, []);
    assert_eq!(outcome.documents, 6);
}

#[test]
fn a_manifest_says_of_every_entry_what_it_says_of_all_and_of_none_the_title() {
    let entry = FileEntry {
        facts: Facts {
            title: Some("All notes".to_owned()),
            authors: vec!["Ann".to_owned()],
            ..Facts::default()
        },
        ..FileEntry::default()
    };
    let bytes = packed(&[
        ("a.txt", b"On trust\n\nIt is."),
        ("b.txt", b"On paths\n\nIt is."),
    ]);
    let input = Input {
        manifest: Some(&entry),
        ..Input::new("a.zip", &bytes)
    };
    let mut told = Vec::new();
    let outcome = read(&input, &mut |document| {
        told.push((document.metadata.title.text, document.metadata.authors));
        ControlFlow::Continue(())
    });
    let ann = || vec!["Ann".to_owned()];
    assert_eq!(
        told,
        [
            ("On trust".to_owned(), ann()),
            ("On paths".to_owned(), ann())
        ]
    );
    assert_eq!(outcome.source_title.as_deref(), Some("All notes"));
    assert_eq!(outcome.warnings, []);
}

#[test]
fn what_cannot_be_unpacked_is_named_and_the_rest_goes_on() {
    let mut bytes = packed(&[
        (
            "broken.txt",
            b"A text that is long enough to be packed, packed, packed.",
        ),
        ("odd.bin", b"\0\x01\x02\xff\0\0"),
        ("a.txt", b"Sound."),
    ]);
    let place = bytes
        .windows(10)
        .position(|ten| ten == b"broken.txt")
        .unwrap()
        + 10;
    // A kind of packing that there is not.
    bytes[place] = 0b111;
    let (documents, outcome) = read_all("a.zip", &bytes, Limits::default());
    assert_eq!(keys(&documents), ["a.zip/a.txt"]);
    let told = told(&outcome);
    assert!(
        told[0].starts_with("broken.txt: cannot be unpacked"),
        "{told:?}"
    );
    assert_eq!(told[1], "odd.bin: is not text; passed over");
    let (documents, outcome) = read_all("a.zip", &bytes[..bytes.len() / 2], Limits::default());
    assert_eq!(keys(&documents), ["a.zip/a.txt"]);
    assert!(outcome.warnings[0].message.starts_with("is cut short"));
}

#[test]
fn what_a_page_was_saved_with_is_passed_over() {
    let bytes = packed(&[
        ("a/On trust.html", b"<p>It is the first word used.</p>"),
        ("a/On trust_files/advert.html", b"<p>Buy this now.</p>"),
        ("a/On trust_files/deep/x.txt", b"x"),
        (
            "b/On trust_files/note.txt",
            b"A note that lies beside no page.",
        ),
        ("a/style.scss", b"a { color: red }"),
    ]);
    let (documents, outcome) = read_all("a.zip", &bytes, Limits::default());
    let expected = ["a.zip/a/On trust.html", "a.zip/b/On trust_files/note.txt"];
    assert_eq!(keys(&documents), expected);
    assert_eq!(outcome.warnings, []);
}

#[test]
fn an_encrypted_entry_is_named() {
    let mut bytes = packed(&[("a.txt", b"Sound."), ("secret.txt", b"Words.")]);
    // The flag of the entry, in its own header and in the directory.
    for (signature, flag) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes
            .windows(4)
            .rposition(|four| four == signature)
            .unwrap();
        bytes[at + flag] |= 1;
    }
    let (documents, outcome) = read_all("a.zip", &bytes, Limits::default());
    assert_eq!(keys(&documents), ["a.zip/a.txt"]);
    assert_eq!(told(&outcome), ["secret.txt: is encrypted; passed over"]);
}

#[test]
fn bombs_go_off_nowhere() {
    let blanks = vec![b' '; 6 << 20];
    let bomb = packed(&[("bomb.txt", &blanks), ("a.txt", b"Sound.")]);
    let (documents, outcome) = read_all("a.zip", &bomb, Limits::default());
    assert_eq!(keys(&documents), ["a.zip/a.txt"]);
    assert_eq!(
        told(&outcome),
        ["bomb.txt: unpacks to more than 200 times its packed size; passed over"]
    );

    let small = Limits {
        bytes: 1 << 20,
        ..Limits::default()
    };
    let (_, outcome) = read_all("a.zip", &bomb, small);
    assert_eq!(
        told(&outcome),
        ["bomb.txt: unpacks to more than the 1 MB that are held in memory; passed over"]
    );

    // Each is harmless by itself, and all share what the whole may unpack to, within inner archives too.
    let harmless = vec![b' '; 1 << 20];
    let names: Vec<String> = (0..9).map(|name| name.to_string()).collect();
    let entries = names.iter().map(|name| (name.as_str(), &*harmless));
    let inner = packed(&entries.collect::<Vec<_>>());
    let nested = packed(&[("a.zip", &inner), ("b.zip", &inner), ("c.zip", &inner)]);
    let (_, outcome) = read_all("n.zip", &nested, Limits::default());
    let told_of = told(&outcome);
    assert!(
        told_of[0].starts_with("b.zip: 6: is passed over with all that follows"),
        "{told_of:?}"
    );
    assert_eq!(told_of.len(), 2, "{told_of:?}");

    let (_, outcome) = read_all(
        "a.txt.gz",
        &gzipped(&" ".repeat(6 << 20)),
        Limits::default(),
    );
    assert_eq!(
        told(&outcome),
        ["file: unpacks to more than 200 times its packed size; passed over"]
    );
}

#[test]
fn archives_too_deep_or_of_too_many_entries_are_refused() {
    let mut bytes = packed(&[("a.txt", b"Deep.")]);
    for _ in 0..3 {
        bytes = packed(&[("in.zip", &bytes)]);
    }
    let (documents, _) = read_all("o.zip", &bytes, Limits::default());
    assert_eq!(keys(&documents), ["o.zip/in.zip/in.zip/in.zip/a.txt"]);
    let (documents, outcome) = read_all(
        "o.zip",
        &bytes,
        Limits {
            depth: 2,
            ..Limits::default()
        },
    );
    assert_eq!(documents, []);
    assert_eq!(
        told(&outcome),
        ["in.zip: in.zip: in.zip: stands too deep within archives; passed over"]
    );
    let few = Limits {
        entries: 1,
        ..Limits::default()
    };
    let (_, outcome) = read_all("a.zip", &packed(&[("a", b"A"), ("b", b"B")]), few);
    assert_eq!(
        told(&outcome),
        ["file: has 2 entries, more than the 1 that are read of one archive"]
    );
}

#[test]
fn an_archive_of_nothing_to_read_says_so_without_a_warning() {
    for entries in [&[][..], &[("x.png", &b"\x89PNG"[..])]] {
        let (_, outcome) = read_all("a.zip", &packed(entries), Limits::default());
        assert!(
            outcome.without_text && outcome.warnings.is_empty(),
            "{outcome:?}"
        );
    }
}

#[test]
fn gzip_gives_what_it_packs_and_what_came_before_a_fault() {
    let (documents, outcome) = read_all(
        "notes/a.txt.gz",
        &gzipped("On trust\n\nIt is short.\n"),
        Limits::default(),
    );
    assert_eq!(keys(&documents), ["notes/a.txt.gz"]);
    assert_eq!(documents[0].metadata.title.text, "On trust");
    assert_eq!(outcome.warnings, []);

    let mut two = gzipped("One word.\n");
    two.extend(gzipped("Another word.\n"));
    let whole = two.clone();
    two.extend([0; 20]);
    for bytes in [&whole, &two] {
        let (documents, outcome) = read_all("a.txt.gz", bytes, Limits::default());
        assert_eq!(documents[0].body.text(), "One word.\n\nAnother word.");
        assert_eq!(outcome.warnings, []);
    }

    let numbers: Vec<String> = (0..4000).map(|number| number.to_string()).collect();
    let words = numbers.join(" words\n\n");
    let cut = gzipped(&words);
    let (documents, outcome) = read_all("a.txt.gz", &cut[..cut.len() / 2], Limits::default());
    assert!(documents[0].body.text().starts_with("0 words"));
    assert!(
        told(&outcome)[0].contains("the packed text breaks off here"),
        "{outcome:?}"
    );
}

#[test]
fn an_entry_is_found_whatever_its_case_and_slashes() {
    let bytes = packed(&[("OEBPS\\Text\\One.XHTML", b"x")]);
    let mut package = Package::open(&bytes, Limits::default()).unwrap();
    assert_eq!(
        package.names().collect::<Vec<_>>(),
        ["OEBPS/Text/One.XHTML"]
    );
    assert_eq!(package.read("oebps/text/one.xhtml"), Ok(b"x".to_vec()));
    assert!(package.read("two").is_err());
}

#[test]
fn what_stands_before_the_missing_end_of_a_zip_file_is_read() {
    let long = "The words of the second file go on and on, each line unlike the last. ";
    let long: Vec<String> = (0..400).map(|line| format!("{line} {long}")).collect();
    let long = long.join("\n");
    let whole = packed(&[("a.txt", b"The first file."), ("b.txt", long.as_bytes())]);
    let directory = whole.windows(4).position(|four| four == b"PK\x01\x02");
    let directory = directory.unwrap();
    // Without its directory every word is there; cut within an entry, those up to the cut are.
    for (cut, all) in [(directory, true), (directory - 200, false)] {
        let (documents, outcome) = read_all("a.zip", &whole[..cut], Limits::default());
        assert_eq!(
            keys(&documents),
            ["a.zip/a.txt", "a.zip/b.txt"],
            "{outcome:?}"
        );
        assert!(told(&outcome)[0].contains("is cut short"), "{outcome:?}");
        let second = documents[1].body.text();
        assert!(second.contains("20 The words of the second file"));
        assert_eq!(second.contains("399 The words"), all);
    }
    let (documents, outcome) = read_all("a.zip", &whole[..20], Limits::default());
    assert!(documents.is_empty());
    assert!(told(&outcome)[0].contains("is a damaged ZIP file"));
}

#[test]
fn an_entry_that_its_checksum_does_not_fit_is_read_and_warned_of() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, words) in [("a.txt", "The first word."), ("b.txt", "Sound.")] {
        writer.start_file(name, stored).unwrap();
        writer.write_all(words.as_bytes()).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let at = bytes.windows(5).position(|five| five == b"first").unwrap();
    bytes[at] = b'F';
    let (documents, outcome) = read_all("a.zip", &bytes, Limits::default());
    assert_eq!(keys(&documents), ["a.zip/a.txt", "a.zip/b.txt"]);
    assert_eq!(documents[0].body.text(), "The First word.");
    let told = told(&outcome);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("a.txt: is damaged: its checksum"),
        "{told:?}"
    );
}

#[test]
fn a_member_is_seen_wherever_a_buffer_ends() {
    let mut bytes = gzipped("One word.\n");
    bytes.extend(gzipped("Another word.\n"));
    bytes.extend([0x1f, 0]);
    for room in 1..=bytes.len() {
        let mut packed = BufReader::with_capacity(room, &*bytes);
        let mut unpacked = Vec::new();
        let fault = super::unpack(&mut packed, 1_000, &mut |piece| {
            unpacked.extend_from_slice(piece);
            Ok(ControlFlow::Continue(()))
        });
        assert_eq!(fault.unwrap(), None, "{room}");
        assert_eq!(unpacked, b"One word.\nAnother word.\n", "{room}");
    }
}
