//! Files that are large and read piece by piece while they are stored, such as JSON Lines: never held as a whole.
//!
//! Mailboxes are read piece by piece too, all those of a source as one; see `mail`.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use super::file::Candidate;
use super::pour::Pour;
use super::put::{End, Tally};
use super::read::Job;
use super::source::Course;
use super::{Adding, told};
use crate::config::{self, manifest::FileEntry};
use crate::format::{self, Input};
use crate::library::Error;
use crate::store::Fingerprint;

/// How much of a file its format is told by, in bytes.
const HEAD: u64 = 64 * 1024;

/// How much of a file is fingerprinted at once, in bytes.
const PIECE: u64 = 1 << 20;

/// Which part of the work on a file it is to find whether it has changed, of a hundred: hashing goes a good ten times
/// as fast as reading.
const LOOKING: u64 = 10;

/// What became of a file.
pub(super) enum Poured {
    /// It is as it was; this is its fingerprint.
    Unchanged,
    /// Its documents were put.
    Put(Tally),
    /// Why it can't be read.
    Failed(String),
    /// It was stopped before anything of it was put.
    Stopped,
}

/// Returns whether a file is read piece by piece.
pub(super) fn is_streamed(file: &Candidate) -> io::Result<bool> {
    Ok(format::streams(&file.relative, &open(file)?.1))
}

/// Opens a file and looks at its beginning.
pub(super) fn open(file: &Candidate) -> io::Result<(File, Vec<u8>)> {
    let mut stream = File::open(&file.path)?;
    // One read is enough for nearly every file: of it, what it had when it was found.
    let mut head = Vec::with_capacity(file.size.min(HEAD) as usize);
    stream
        .by_ref()
        .take(file.size.min(HEAD))
        .read_to_end(&mut head)?;
    stream.rewind()?;
    Ok((stream, head))
}

/// Returns the fingerprint of a file, see [`FileBytes::fingerprint`](super::FileBytes::fingerprint). `each` hears how
/// many bytes were gone through; nothing is returned where it breaks off.
pub(super) fn fingerprint(
    file: &Candidate,
    entry: Option<&FileEntry>,
    each: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<Option<i64>> {
    let most = file.limits.streamed;
    if file.size > most {
        let (size, most) = (config::size(file.size), config::size(most));
        let message = format!("has {size}; at most {most} are read (the setting limits.streamed)");
        return Err(io::Error::other(message));
    }
    let mut fingerprint = Fingerprint::default()
        .with(format!("{entry:?}").as_bytes())
        .with(&format::VERSION.to_le_bytes());
    let mut stream = File::open(&file.path)?;
    let mut piece = Vec::new();
    let mut done = 0;
    loop {
        piece.clear();
        stream.by_ref().take(PIECE).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Ok(Some(fingerprint.finish()));
        }
        fingerprint = fingerprint.with(&piece);
        done += piece.len() as u64;
        if each(done).is_break() {
            return Ok(None);
        }
    }
}

/// A file that counts how many bytes of it were read.
struct Counted<'c> {
    stream: File,
    read: &'c Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.stream.seek(to)
    }
}

impl Adding<'_> {
    /// Reads a file piece by piece and puts its documents as they come.
    pub(super) fn pour(&mut self, course: &Course, job: &Job) -> Result<Poured, Error> {
        let file = &job.file;
        let now = course.progress(&file.relative, self.documents);
        let mut look = |done: u64| {
            let mut now = now.clone();
            now.bytes += done * LOOKING / 100;
            (self.progress)(now)
        };
        let made_from = match fingerprint(file, job.entry.as_ref(), &mut look) {
            Ok(Some(made_from)) => made_from,
            Ok(None) => return Ok(Poured::Stopped),
            Err(error) => return Ok(Poured::Failed(told(&error))),
        };
        if job.known == Some(made_from) {
            return Ok(Poured::Unchanged);
        }
        let (stream, head) = match open(file) {
            Ok(opened) => opened,
            Err(error) => return Ok(Poured::Failed(told(&error))),
        };
        let read = Cell::new(0);
        let mut stream = Counted {
            stream,
            read: &read,
        };
        let input = Input {
            manifest: job.entry.as_ref(),
            limits: file.limits,
            ..Input::new(&file.relative, &head)
        };
        let mut pour = Pour::begin(self, course.source(), &[file])?;
        let mut flow = ControlFlow::Continue(());
        let outcome = format::read_stream(&input, &mut stream, &mut |document| {
            let mut now = now.clone();
            let done = read.get().min(file.size);
            now.bytes += file.size * LOOKING / 100 + done / 100 * (100 - LOOKING);
            flow = pour.document(self, (0, document), now);
            flow
        });
        let ended = flow.is_continue().then(|| {
            vec![End {
                outcome,
                made_from,
                elsewhere: false,
            }]
        });
        let tallies = pour.end(self, ended)?;
        Ok(tallies
            .into_iter()
            .next()
            .map_or(Poured::Stopped, Poured::Put))
    }
}
