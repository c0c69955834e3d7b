//! Maildirs: folders in which each letter is a file, and which are one mailbox (maildir(5), and Maildir++ for the
//! folders within).
//!
//! A whole maildir is one file to the library, its folders included: the answer in `.Sent` and the question in `cur`
//! are one thread. It has changed when letters came or went; that one was read or flagged, which is in the last part
//! of its name, changes nothing. Folders for what nobody wants, and drafts, stay out, and are named once an adding.
//!
//! Copies and archives lose what is empty: a folder whose letters are all in `cur`, or all in `new`, is one too where it
//! says in another way that it is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::file::Candidate;
use super::{path_text, unwanted};
use crate::format::Letters;
use crate::store::Fingerprint;

/// The folders of a maildir that hold letters; in `tmp` are those that are still being written.
const HOLDING: [&str; 2] = ["cur", "new"];

/// What stands before the flags of a letter in its name; some systems and copies have no colons in names.
const BEFORE_FLAGS: [&str; 3] = [":2,", "!2,", ";2,"];

/// What files of mail servers in a maildir begin with.
const SERVERS: [&str; 4] = ["dovecot", "courier", "maildir", "subscriptions"];

/// The letters of a maildir.
#[derive(Debug)]
pub(super) struct Maildir {
    /// What is the same of a name for as long as the letter is there, and the file.
    letters: Vec<(String, PathBuf)>,
}

/// Returns whether a folder is a maildir.
pub(super) fn is_maildir(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_dir();
    if has("cur") {
        return has("new") || has("tmp") || holds_read(&folder.join("cur"));
    }
    has("new") && has("tmp") || is_root(folder)
}

/// Returns whether a folder without letters of its own is a maildir by the folders within it: the mailbox of which all
/// letters were sorted into others. Not every folder that has a hidden maildir is one: somebody's home may.
fn is_root(folder: &Path) -> bool {
    let says_so = || {
        let name = folder.file_name().map(|name| path_text(Path::new(name)));
        name.is_some_and(|name| name.eq_ignore_ascii_case("maildir")) || holds_server_files(folder)
    };
    let mut held = within(folder)
        .map(|name| folder.join(name))
        .filter(|folder| holds(folder));
    held.next()
        .is_some_and(|first| first.join(MARK).is_file() || says_so())
}

/// What says of a folder that it is one of a maildir (Maildir++).
const MARK: &str = "maildirfolder";

fn holds_server_files(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| {
        let name = path_text(Path::new(&entry.file_name()));
        SERVERS.iter().any(|server| name.starts_with(server))
    })
}

/// Returns whether the first file of a folder is a letter that was moved there once it was seen, as its name says.
fn holds_read(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.next().is_some_and(|entry| {
        let name = path_text(Path::new(&entry.file_name()));
        BEFORE_FLAGS.iter().any(|mark| name.contains(mark))
    })
}

/// Returns the names of the folders in a maildir that are left out.
pub(super) fn left_out(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = within(path)
        .filter(|name| unwanted::is_folder(name) && holds(&path.join(name)))
        .collect();
    names.sort_unstable();
    names
}

/// Returns whether a path is a piece of the maildir that it stands in, and nothing of its own.
pub(super) fn is_within(path: &Path) -> bool {
    let (Some(name), Some(folder)) = (
        path.file_name().and_then(|name| name.to_str()),
        path.parent(),
    ) else {
        return false;
    };
    let is_piece = HOLDING.contains(&name)
        || name == "tmp"
        || SERVERS.iter().any(|server| name.starts_with(server));
    is_piece && is_maildir(folder)
}

/// Returns the maildir at `path` below `root` as what may be read.
pub(super) fn candidate(root: &Path, path: &Path) -> Candidate {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let folder = if relative.as_os_str().is_empty() {
        Path::new(".")
    } else {
        relative
    };
    let holding = folders(path).into_iter();
    let pieces = holding.flat_map(|folder| HOLDING.map(|name| folder.join(name)));
    let modified = pieces.filter_map(|piece| Candidate::new(&piece, &piece).modified);
    let letters = Maildir::open(path).map(|maildir| maildir.letters);
    let sizes = letters
        .iter()
        .flatten()
        .filter_map(|(_, file)| file.metadata().ok());
    Candidate {
        size: sizes.map(|metadata| metadata.len()).sum(),
        modified: modified.max(),
        ..Candidate::new(path, folder)
    }
}

impl Maildir {
    /// Lists the letters of a maildir, in the order of their names, which is that of their coming.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut letters = Vec::new();
        for folder in folders(path) {
            for piece in HOLDING {
                let piece = folder.join(piece);
                if !piece.is_dir() {
                    continue;
                }
                for entry in fs::read_dir(piece)? {
                    let entry = entry?;
                    let name = path_text(Path::new(&entry.file_name()));
                    let is_trashed = flags(&name).contains('T');
                    if !name.starts_with('.') && !is_trashed && entry.file_type()?.is_file() {
                        let lasting = name.split(':').next().unwrap_or_default();
                        letters.push((lasting.to_owned(), entry.path()));
                    }
                }
            }
        }
        letters.sort_unstable();
        Ok(Self { letters })
    }

    /// Returns a fingerprint with the letters taken in. A letter is written once and never changes (maildir(5)): its
    /// name stands for it.
    pub fn fingerprint(&self, fingerprint: Fingerprint) -> Fingerprint {
        let names = self.letters.iter();
        names.fold(fingerprint, |all, (name, _)| all.with(name.as_bytes()))
    }
}

impl Letters for Maildir {
    fn count(&self) -> usize {
        self.letters.len()
    }

    fn read(&mut self, place: usize, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some((_, path)) = self.letters.get(place) {
            File::open(path)?.take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

/// Returns the flags of a letter, which stand behind `:2,` in its name; `T` is one that was thrown away.
fn flags(name: &str) -> &str {
    let flags = BEFORE_FLAGS
        .iter()
        .find_map(|mark| Some(name.rsplit_once(mark)?.1));
    flags.unwrap_or_default()
}

/// Returns a maildir and the folders of Maildir++ in it, in the order of their names.
fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = within(path)
        .filter(|name| !unwanted::is_folder(name))
        .map(|name| path.join(name))
        .filter(|folder| holds(folder))
        .collect();
    folders.push(path.to_owned());
    folders.sort_unstable();
    folders
}

/// Returns the names of what may be folders of Maildir++.
fn within(path: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with('.'))
}

/// Returns whether a hidden folder in a maildir holds letters: it takes less than elsewhere to be one.
fn holds(folder: &Path) -> bool {
    HOLDING.iter().any(|name| folder.join(name).is_dir())
}

#[cfg(test)]
mod tests {
    use crate::library::fixtures::{Desk, counts};

    fn letter(id: usize, answered: usize) -> String {
        format!(
            "From: Ann <a@x>\nMessage-ID: <{id}@x>\nReferences: <{answered}@x>\nSubject: On trust\n\nLetter {id}.\n"
        )
    }

    #[test]
    fn a_maildir_is_one_mailbox_and_new_letters_join_their_threads() {
        for folder in ["", "Mail/"] {
            let mut desk = Desk::new();
            desk.write(&format!("{folder}cur/1.a:2,S"), letter(1, 0));
            desk.write(&format!("{folder}cur/2.b:2,"), letter(2, 1));
            desk.write(&format!("{folder}new/3.c"), letter(3, 3));
            desk.write(&format!("{folder}tmp/4.d"), letter(4, 4));
            desk.write(&format!("{folder}dovecot.index"), b"\0\0");
            let added = desk.add_notes();
            assert_eq!((counts(&added), added.failed), ([2, 0, 0, 0], vec![]));
            assert_eq!(desk.keys("letter"), ["1@x", "3@x"]);
            // Read meanwhile: nothing has changed.
            desk.write(&format!("{folder}cur/3.c:2,S"), letter(3, 3));
            std::fs::remove_file(desk.path(&format!("{folder}new/3.c"))).unwrap();
            assert_eq!(counts(&desk.add_notes()), [0, 0, 2, 0]);
            desk.write(&format!("{folder}.Sent/cur/5.e:2,S"), letter(5, 2));
            desk.write(&format!("{folder}.Sent/new/6.f"), letter(6, 6));
            assert_eq!(counts(&desk.add_notes()), [1, 1, 1, 0]);
            std::fs::remove_file(desk.path(&format!("{folder}cur/3.c:2,S"))).unwrap();
            assert_eq!(counts(&desk.add_notes()), [0, 0, 2, 1]);
        }
    }

    #[test]
    fn a_maildir_may_have_letters_in_its_folders_alone() {
        let mut desk = Desk::new();
        desk.write("Maildir/.Sent/cur/1.a:2,S", letter(1, 0));
        desk.write("mail/dovecot-uidlist", b"3\n");
        desk.write("mail/.Lists.care/new/2.b", letter(2, 2));
        desk.write("box/.Sent/maildirfolder", b"");
        desk.write("box/.Sent/cur/3.c:2,S", letter(3, 3));
        // Hidden, and nothing says that it is a piece of a mailbox.
        desk.write("home/.mail/cur/4.d:2,S", letter(4, 4));
        assert_eq!(counts(&desk.add_notes()), [3, 0, 0, 0]);
        assert_eq!(desk.keys("letter"), ["1@x", "2@x", "3@x"]);
    }

    #[test]
    fn folders_of_a_maildir_are_read_with_it_and_what_nobody_wants_is_named() {
        let mut desk = Desk::new();
        desk.write("Maildir/cur/1.a:2,S", letter(1, 0));
        // A copy without the folders that were empty.
        desk.write("Maildir/.Sent/cur/2.b:2,S", letter(2, 1));
        desk.write("Maildir/.Sent/dovecot.index.cache", b"\0");
        desk.write("Maildir/.Sent/maildirfolder", b"");
        desk.write("Maildir/.Lists.care/new/3.c", letter(3, 2));
        for unwanted in [".Trash", ".INBOX.Junk", ".Drafts", ".Trash.2019"] {
            desk.write(&format!("Maildir/{unwanted}/cur/9.z:2,S"), letter(9, 1));
        }
        desk.write("Maildir/.hidden/note.md", b"Nothing of the mail.");
        desk.write("Mail/Spam/cur/8.y:2,S", letter(8, 8));
        desk.write("Mail/Work/cur/7.x:2,S", letter(7, 7));
        let added = desk.add_notes();
        assert_eq!(added.failed, vec![]);
        assert_eq!(desk.keys("letter"), ["1@x", "7@x"]);
        let told: Vec<&str> = added
            .warnings
            .iter()
            .map(|warning| warning.message.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "folders left out: Spam",
                "folders left out: .Drafts, .INBOX.Junk, .Trash, .Trash.2019"
            ]
        );
        assert_eq!(counts(&desk.add_notes()), [0, 0, 2, 0]);
        // One that is asked for by name is wanted.
        let spam = desk.path("Mail/Spam");
        assert_eq!(counts(&desk.add(&spam))[0], 1);
    }
}
