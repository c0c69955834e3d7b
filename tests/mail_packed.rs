//! The archives of lists as they are offered: a month a file, packed by gzip.

use std::fs;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use recto::config::Limits;
use recto::library::{Added, Error, Library, Window};
use recto::query;

/// Returns a letter that answers another.
fn letter(id: usize, answered: usize) -> String {
    format!(
        "From a at x  Mon Mar  4 10:00:00 2024\nFrom: a at x (Ann)\nMessage-ID: <{id}@x>\n\
         In-Reply-To: <{answered}@x>\nSubject: On trust\n\nIt is letter number{id}.\n\n"
    )
}

fn packed(text: &str) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

fn add(library: &mut Library, folder: &Path) -> Result<Added, Error> {
    let mut go_on = |_| ControlFlow::Continue(());
    library.add(&[folder.to_owned()], &mut go_on)
}

/// Returns the keys of the documents that have any of these words.
fn keys(library: &Library, question: &str) -> Result<Vec<String>, Error> {
    let found = library.find(&query::parse(question), Window::first(100), 60)?;
    Ok(found.rows.into_iter().map(|row| row.key.0).collect())
}

#[test]
fn packed_months_are_read_as_those_that_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write(
        "2024-1.txt.gz",
        &packed(&(letter(1, 1) + &letter(9, 9))).unwrap(),
    );
    write("2024-2.txt.gz", &packed(&letter(2, 1)).unwrap());
    write("2024-3.mbox", letter(3, 2).as_bytes());
    let mut broken = packed(&letter(4, 3)).unwrap();
    broken.truncate(broken.len() - 4);
    write("2024-4.txt.gz", &broken);
    let mut library = Library::temporary().unwrap();
    let added = add(&mut library, folder.path()).unwrap();
    assert_eq!((added.new, added.failed.as_slice()), (2, [].as_slice()));
    let message = &added.warnings[0].message;
    assert!(message.contains("breaks off"), "{message}");
    for word in ["number1", "number2", "number3", "number4"] {
        assert_eq!(keys(&library, word).unwrap(), ["1@x"], "{word}");
    }
    assert_eq!(add(&mut library, folder.path()).unwrap().unchanged, 2);
    write(
        "2024-2.txt.gz",
        &packed(&(letter(2, 1) + &letter(5, 2))).unwrap(),
    );
    let added = add(&mut library, folder.path()).unwrap();
    assert_eq!((added.updated, added.unchanged, added.removed), (1, 1, 0));
    assert_eq!(keys(&library, "number5").unwrap(), ["1@x"]);
    assert_eq!(keys(&library, "number4").unwrap(), ["1@x"]);
}

#[test]
fn what_unpacks_to_too_much_is_refused_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = letter(1, 1) + &"\n".repeat(2 << 20);
    fs::write(folder.path().join("a.mbox.gz"), packed(&bomb).unwrap()).unwrap();
    fs::write(folder.path().join("b.mbox"), letter(2, 2)).unwrap();
    let mut library = Library::temporary().unwrap();
    library.set_limits(Limits {
        streamed: 1 << 20,
        ..Limits::default()
    });
    let added = add(&mut library, folder.path()).unwrap();
    assert_eq!(added.new, 1);
    let reason = &added.failed[0].reason;
    assert!(reason.contains("unpacks to more than 1 MB"), "{reason}");
    assert_eq!(keys(&library, "number2").unwrap(), ["2@x"]);
}
