//! Mailboxes in ZIP files, as services hand out what one wrote there: read as one with those beside them, and never
//! held in memory.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use recto::config::Limits;
use recto::document::Document;
use recto::format::{
    Input, Packing, Unpacking, mail_packing, read_besides_letters, unpack_letters,
};
use recto::library::{Added, Library, Window};
use recto::query;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns a letter that answers another; none where it answers itself.
fn letter(id: usize, answered: usize) -> String {
    let references = if id == answered {
        String::new()
    } else {
        format!("References: <{answered}@x>\n")
    };
    format!(
        "From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\nMessage-ID: <{id}@x>\n{references}\
         Subject: On trust\n\nIt is letter number{id}.\n\n"
    )
}

/// Returns a ZIP file of entries, in this order.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
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
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A library and a folder.
struct Desk {
    library: Library,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            library: Library::temporary().unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    fn add(&mut self) -> Added {
        let path = self.folder.path().to_owned();
        self.add_path(&path)
    }

    fn add_path(&mut self, path: &Path) -> Added {
        let mut go_on = |_| ControlFlow::Continue(());
        self.library.add(&[path.to_owned()], &mut go_on).unwrap()
    }

    /// Returns the keys of the documents that a question finds, in the order of the alphabet.
    fn keys(&self, question: &str) -> Vec<String> {
        let window = Window::first(100);
        let found = self.library.find(&query::parse(question), window, 60);
        let rows = found.unwrap().rows.into_iter();
        let mut keys: Vec<String> = rows.map(|row| row.key.0).collect();
        keys.sort();
        keys
    }
}

/// Returns what an adding did, as new, updated, unchanged, removed.
fn counts(added: &Added) -> [usize; 4] {
    [added.new, added.updated, added.unchanged, added.removed]
}

fn told(added: &Added) -> Vec<String> {
    let warnings = added.warnings.iter();
    warnings
        .map(|warning| format!("{}: {}", warning.place, warning.message))
        .collect()
}

#[test]
fn threads_run_over_the_mailboxes_of_an_archive_and_those_beside_it() {
    let mut desk = Desk::new();
    let inner = zipped(&[("may.mbox", (letter(6, 5) + &letter(7, 7)).as_bytes())]);
    let april = gzipped(&letter(5, 4));
    desk.write(
        "list.zip",
        zipped(&[
            ("2024/january", letter(1, 1).as_bytes()),
            ("2024/notes.txt", b"Bread\n\nIt is about bread."),
            ("2024/february", (letter(2, 1) + &letter(9, 9)).as_bytes()),
            ("2024/april.txt.gz", &april),
            ("later.zip", &inner),
        ]),
    );
    desk.write("march.mbox", letter(3, 2) + &letter(4, 3));
    let added = desk.add();
    assert_eq!((counts(&added), told(&added)), ([4, 0, 0, 0], vec![]));
    assert_eq!(added.failed, []);
    for number in 1..=6 {
        assert_eq!(desk.keys(&format!("number{number}")), ["1@x"], "{number}");
    }
    assert_eq!(desk.keys("number7 OR number9"), ["7@x", "9@x"]);
    assert_eq!(desk.keys("bread"), ["list.zip/2024/notes.txt"]);
    assert_eq!(counts(&desk.add()), [0, 0, 4, 0]);
    // What lies beside goes on, and the archive's thread with it.
    desk.write("march.mbox", letter(3, 2) + &letter(4, 3) + &letter(8, 4));
    assert_eq!(counts(&desk.add()), [0, 1, 3, 0]);
    assert_eq!(desk.keys("number8"), ["1@x"]);
    // The archive comes without its mailboxes: their letters go, and its note stays.
    desk.write(
        "list.zip",
        zipped(&[("2024/notes.txt", b"Bread\n\nIt is about bread.")]),
    );
    desk.add();
    assert_eq!(desk.keys("number1 OR number2 OR number9"), [""; 0]);
    assert_eq!(desk.keys("number8"), ["3@x"]);
    assert_eq!(desk.keys("bread"), ["list.zip/2024/notes.txt"]);
}

#[test]
fn letters_that_are_in_an_archive_and_beside_it_are_taken_once() {
    let mut desk = Desk::new();
    let mailbox = letter(1, 1) + &letter(2, 1);
    desk.write("saved.zip", zipped(&[("all.mbox", mailbox.as_bytes())]));
    desk.write("again.zip", zipped(&[("all.mbox", mailbox.as_bytes())]));
    desk.write("one.mbox", letter(1, 1) + &letter(3, 1));
    let added = desk.add();
    assert_eq!((counts(&added), added.failed.len()), ([1, 0, 0, 0], 0));
    assert_eq!(desk.keys("number2"), ["1@x"]);
    assert_eq!(desk.keys("number3"), ["1@x"]);
    let warnings = told(&added);
    assert!(
        warnings.contains(&"all.mbox: letters that came before, taken once: 2".to_owned()),
        "{warnings:?}"
    );
    assert_eq!(counts(&desk.add()), [0, 0, 1, 0]);
}

#[test]
fn letters_without_names_are_known_by_where_they_are() {
    let nameless = |word: &str| format!("From: a@x\nSubject: {word}\n\nIt is {word}.\n");
    let mut desk = Desk::new();
    let (bread, jam) = (nameless("bread"), nameless("jam"));
    desk.write(
        "a.zip",
        zipped(&[("a.eml", bread.as_bytes()), ("b.eml", jam.as_bytes())]),
    );
    desk.write("a.eml", nameless("butter"));
    desk.write("one.zip", zipped(&[("a.eml", nameless("tea").as_bytes())]));
    assert_eq!(counts(&desk.add()), [4, 0, 0, 0]);
    assert_eq!(
        desk.keys("bread OR butter OR jam OR tea"),
        ["a.eml", "a.zip/a.eml", "a.zip/b.eml", "one.zip/a.eml"]
    );
    let mut alone = Desk::new();
    let path = desk.folder.path().join("one.zip");
    assert_eq!(counts(&alone.add_path(&path)), [1, 0, 0, 0]);
    assert_eq!(alone.keys("tea"), ["one.zip/a.eml"]);
}

#[test]
fn what_cannot_be_unpacked_is_named_and_the_rest_is_read() {
    let mut desk = Desk::new();
    let blanks = letter(3, 3) + &"\n".repeat(18 << 20);
    let mut bytes = zipped(&[
        ("broken.mbox", letter(1, 1).as_bytes()),
        ("sound.mbox", letter(2, 2).as_bytes()),
        ("bomb.mbox", blanks.as_bytes()),
    ]);
    let packed = bytes.windows(11).position(|name| name == b"broken.mbox");
    // The last of its packed bytes, before the next header: how it begins can still be told.
    let next = bytes[packed.unwrap()..].windows(4);
    let next = next.into_iter().position(|four| four == b"PK\x03\x04");
    let at = packed.unwrap() + next.unwrap() - 12;
    bytes[at] ^= 0xff;
    desk.write("saved.zip", bytes);
    let added = desk.add();
    assert_eq!(added.new, 1);
    assert_eq!(desk.keys("number2"), ["2@x"]);
    let warnings = told(&added);
    let about = |name: &str, what: &str| {
        let named = warnings.iter().filter(|told| told.starts_with(name));
        named.filter(|told| told.contains(what)).count()
    };
    assert_eq!(
        about("broken.mbox", "cannot be unpacked"),
        1,
        "{warnings:?}"
    );
    assert_eq!(
        about("bomb.mbox", "unpacks to more than"),
        1,
        "{warnings:?}"
    );
}

/// Returns a mailbox of so many letters, half a kilobyte each.
fn large(letters: usize) -> String {
    let mut mailbox = String::new();
    for id in 0..letters {
        mailbox += &letter(id, id);
        for line in 0..20_usize {
            // Words that differ, so that it packs as mail does and no limit is met.
            let _ = writeln!(
                mailbox,
                "{:x} {:x}",
                id * 7919 + line,
                id ^ (line * 104_729)
            );
        }
        mailbox.push('\n');
    }
    mailbox
}

#[test]
fn an_archive_larger_than_what_is_held_in_memory_is_read_and_the_reading_can_be_stopped() {
    let mut desk = Desk::new();
    let mailbox = large(800);
    let bytes = zipped(&[
        ("mail/all.mbox", mailbox.as_bytes()),
        ("note.txt", b"Bread\n\nIt is about bread."),
    ]);
    let limits = Limits {
        bytes: 16 << 10,
        ..Limits::default()
    };
    assert!(bytes.len() as u64 > limits.bytes && mailbox.len() as u64 > 10 * limits.bytes);
    desk.write("saved.zip", &bytes);
    desk.library.set_limits(limits);
    let path = desk.folder.path().to_owned();
    let mut stop = |progress: recto::library::Progress| {
        if progress.documents >= 600 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let added = desk
        .library
        .add(std::slice::from_ref(&path), &mut stop)
        .unwrap();
    assert!(added.stopped && (600..800).contains(&added.new));
    let kept = added.new;
    let added = desk.add();
    assert_eq!(added.failed, []);
    assert_eq!(counts(&added), [801 - kept, 0, kept, 0]);
    assert_eq!(desk.keys("bread"), ["saved.zip/note.txt"]);
    assert_eq!(desk.keys("number799"), ["799@x"]);
}

proptest! {
    #[test]
    fn an_archive_with_any_bytes_changed_is_gone_through_to_its_end(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<proptest::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let inner = zipped(&[("may.mbox", letter(6, 5).as_bytes())]);
        let mut bytes = zipped(&[
            ("all.mbox", (letter(1, 1) + &letter(2, 1)).as_bytes()),
            ("april.gz", &gzipped(&letter(3, 3))),
            ("inner.zip", &inner),
            ("note.txt", b"Bread."),
        ]);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let limits = Limits::default();
        let mut open = 0;
        let mut given = 0;
        let mut each = |step: Unpacking<'_>| {
            match step {
                Unpacking::Begins(name) => {
                    open += 1;
                    assert!(!name.is_empty());
                }
                Unpacking::Bytes(piece) => given += piece.len(),
                Unpacking::Ends(_) | Unpacking::Failed(_) => open -= 1,
            }
            assert!((0..=1).contains(&open));
            Ok(ControlFlow::Continue(()))
        };
        let walked = unpack_letters(("a.zip", &mut Cursor::new(&bytes)), limits, 4096, &mut each);
        prop_assert!(given <= 4096);
        if walked.is_ok() {
            prop_assert_eq!(open, 0);
        }
        let input = Input::new("a.zip", &bytes);
        let mut each = |_| ControlFlow::Continue(());
        let _ = read_besides_letters(&input, &mut Cursor::new(&bytes), &mut each);
    }
}

/// A file that notes how many bytes were read of it.
struct Watched {
    file: File,
    read: usize,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read += read;
        Ok(read)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[test]
fn a_mailbox_in_an_archive_goes_through_memory_in_small_pieces() {
    const MOST: usize = 64 << 10;
    let mailbox = large(3_000);
    let page = "<!doctype html><title>Page</title><p>It is about bread.";
    let bytes = zipped(&[
        ("page.html", page.as_bytes()),
        ("all.mbox", mailbox.as_bytes()),
    ]);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let mut stream = Watched { file, read: 0 };
    let input = Input::new("saved.zip", &bytes[..64]);
    let packing = mail_packing(&input, &mut stream);
    assert_eq!(packing, Some(Packing::Zip));
    // Told by the beginnings of entries and the end of the file, which has a record that is looked for in 128 KB.
    assert!(stream.read < bytes.len() && stream.read < 400 << 10);
    let (mut unpacked, mut ended) = (Vec::new(), Vec::new());
    let mut name = String::new();
    let mut each = |step: Unpacking<'_>| {
        match step {
            Unpacking::Begins(inner) => inner.clone_into(&mut name),
            Unpacking::Bytes(piece) => {
                assert!(piece.len() <= MOST);
                unpacked.extend_from_slice(piece);
            }
            Unpacking::Ends(fault) => ended.push((name.clone(), fault)),
            Unpacking::Failed(reason) => panic!("{reason}"),
        }
        Ok(ControlFlow::Continue(()))
    };
    let flow = unpack_letters(
        ("saved.zip", &mut stream),
        Limits::default(),
        u64::MAX,
        &mut each,
    );
    assert!(flow.unwrap().is_continue());
    assert_eq!(ended, [("all.mbox".to_owned(), None)]);
    assert!(unpacked == mailbox.as_bytes());

    // Beside it there is the page alone, and the mailbox is not unpacked for it.
    stream.read = 0;
    let mut keys = Vec::new();
    let mut each = |document: Document| {
        keys.push(document.key.0);
        ControlFlow::Continue(())
    };
    let outcome = read_besides_letters(&input, &mut stream, &mut each);
    assert_eq!(keys, ["saved.zip/page.html"]);
    assert_eq!(outcome.warnings, []);
    assert!(stream.read < bytes.len() && stream.read < 400 << 10);
}
