//! What is read piece by piece while it is stored: mailboxes and the like that are large, and maildirs. It is never
//! held as a whole.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

use super::file::Candidate;
use super::maildir::Maildir;
use crate::config::{self, manifest::FileEntry};
use crate::document::Document;
use crate::format::{self, Input, Outcome};
use crate::store::Fingerprint;

/// How much of a file its format is told by, in bytes.
const HEAD: u64 = 64 * 1024;

/// How much of a file is fingerprinted at once, in bytes.
const PIECE: u64 = 1 << 20;

/// Returns the fingerprint of a file that is read piece by piece, see
/// [`FileBytes::fingerprint`](super::FileBytes::fingerprint); nothing where it is not one of these.
pub(super) fn fingerprint(file: &Candidate, entry: Option<&FileEntry>) -> io::Result<Option<i64>> {
    let mut fingerprint = Fingerprint::default()
        .with(format!("{entry:?}").as_bytes())
        .with(&format::VERSION.to_le_bytes());
    if file.path.is_dir() {
        let maildir = Maildir::open(&file.path)?;
        return Ok(Some(maildir.fingerprint(fingerprint).finish()));
    }
    let (mut stream, head) = open(file)?;
    if !format::streams(&file.relative, &head) {
        return Ok(None);
    }
    let most = file.limits.streamed;
    if file.size > most {
        let (size, most) = (config::size(file.size), config::size(most));
        let message = format!("has {size}; at most {most} are read (the setting limits.streamed)");
        return Err(io::Error::other(message));
    }
    let mut piece = Vec::new();
    loop {
        piece.clear();
        stream.by_ref().take(PIECE).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Ok(Some(fingerprint.finish()));
        }
        fingerprint = fingerprint.with(&piece);
    }
}

/// Reads such a file and hands out its documents.
pub(super) fn read(
    file: &Candidate,
    entry: Option<&FileEntry>,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let input = |head| Input {
        manifest: entry,
        limits: file.limits,
        ..Input::new(&file.relative, head)
    };
    if file.path.is_dir() {
        let mut maildir = Maildir::open(&file.path)?;
        return Ok(format::read_letters(&input(&[]), &mut maildir, each));
    }
    let (mut stream, head) = open(file)?;
    Ok(format::read_stream(&input(&head), &mut stream, each))
}

/// Opens a file and looks at its beginning.
fn open(file: &Candidate) -> io::Result<(File, Vec<u8>)> {
    let mut stream = File::open(&file.path)?;
    let mut head = Vec::new();
    stream.by_ref().take(HEAD).read_to_end(&mut head)?;
    stream.rewind()?;
    Ok((stream, head))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::ops::ControlFlow;

    use crate::library::fixtures::{Desk, counts};
    use crate::library::{Phase, Progress};

    /// Returns a mailbox of twenty letters with an attachment each, large enough to be read piece by piece.
    fn mailbox() -> String {
        let line = format!("{}\n", "QUJD".repeat(18));
        let attached = line.repeat(13_000);
        let mut mailbox = String::new();
        for id in 0..20 {
            let _ = write!(
                mailbox,
                "From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\nMessage-ID: <{id}@x>\nSubject: s\n\
                 MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
                 --b\n\nLetter {id}.\n--b\nContent-Type: image/png\n\
                 Content-Transfer-Encoding: base64\n\n{attached}\n--b--\n\n"
            );
        }
        mailbox
    }

    #[test]
    fn a_large_mailbox_is_read_piece_by_piece_and_what_was_read_stays_when_it_is_stopped() {
        let mut desk = Desk::new();
        let path = desk.write("all.mbox", mailbox());
        let mut stop = |progress: Progress| {
            if progress.phase == Phase::Reading && progress.documents == 5 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let added = desk
            .library
            .add(std::slice::from_ref(&path), &mut stop)
            .unwrap();
        assert_eq!((counts(&added), added.stopped), ([5, 0, 0, 0], true));
        assert_eq!(counts(&desk.add(&path)), [15, 0, 5, 0]);
        assert_eq!(counts(&desk.add(&path)), [0, 0, 20, 0]);
        assert_eq!(desk.keys("letter").len(), 20);
    }
}
