//! The mailboxes that are read as one, opened a few at a time.
//!
//! What is packed is unpacked first, one after the other into one file without a name in the library's folder: a
//! packed text can't be read from any place, and memory is no place for it.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::mail::{self, MailFile};
use super::maildir::Maildir;
use crate::format::{self, Mailbox, Mailboxes, Packing, Warning};

/// How many files are open at a time.
const OPEN: usize = 32;

/// Mailboxes to be read as one.
pub(super) struct Shelf<'f> {
    files: &'f [&'f MailFile],
    /// The files that are open, the one that was used last at the end.
    open: VecDeque<(usize, File)>,
    maildirs: HashMap<usize, Maildir>,
    /// Those that are packed; nothing where one could not be unpacked.
    unpacked: HashMap<usize, Option<Piece>>,
    /// What was wrong with what is packed.
    faults: HashMap<usize, Warning>,
}

impl<'f> Shelf<'f> {
    /// Unpacks what has to be, beside `directory`; nothing is returned where `each` breaks off. What cannot be unpacked
    /// is told of when it is opened.
    pub fn open(
        files: &'f [&'f MailFile],
        directory: &Path,
        each: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Option<Self> {
        let mut shelf = Self {
            files,
            open: VecDeque::new(),
            maildirs: HashMap::new(),
            unpacked: HashMap::new(),
            faults: HashMap::new(),
        };
        let mut room = None;
        for (place, one) in files.iter().enumerate() {
            if mail::packing(&one.file) == Some(Packing::Gzip) {
                shelf.unpacked.insert(place, None);
                match shelf.unpack((place, one), directory, &mut room, each) {
                    Ok(flow) if flow.is_break() => return None,
                    Ok(_) => {}
                    Err(error) => {
                        let message = super::told(&error);
                        shelf.fault(place, message);
                    }
                }
            }
        }
        Some(shelf)
    }

    /// Unpacks a mailbox at the end of `room`, which is made where there is none.
    fn unpack(
        &mut self,
        (place, one): (usize, &MailFile),
        directory: &Path,
        room: &mut Option<File>,
        each: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> io::Result<ControlFlow<()>> {
        let file = match room {
            Some(file) => file,
            None => room.insert(tempfile::tempfile_in(directory)?),
        };
        let start = file.seek(SeekFrom::End(0))?;
        let limits = one.file.limits;
        let most = limits.unpacked_in_all(one.file.size);
        let most = most.min(limits.streamed.saturating_sub(start));
        let mut flow = ControlFlow::Continue(());
        let mut length = 0;
        let mut packed = BufReader::new(File::open(&one.file.path)?);
        let fault = format::unpack(&mut packed, most, &mut |piece| {
            file.write_all(piece)?;
            length += piece.len() as u64;
            flow = each();
            Ok(flow)
        });
        if fault.is_err() {
            // Of what unpacks to too much nothing is read: the room is the next one's.
            file.set_len(start)?;
        }
        if let Some(message) = fault? {
            self.fault(place, message);
        }
        let piece = Piece {
            file: file.try_clone()?,
            start,
            length,
            at: 0,
        };
        self.unpacked.insert(place, Some(piece));
        Ok(flow)
    }

    fn fault(&mut self, place: usize, message: String) {
        let warning = Warning {
            place: "file".to_owned(),
            message,
        };
        self.faults.insert(place, warning);
    }

    /// Returns how many bytes of letters there are, some more or less.
    pub fn size(&self) -> u64 {
        let sizes = self.files.iter().enumerate().map(|(place, one)| {
            let unpacked = self.unpacked.get(&place).and_then(Option::as_ref);
            unpacked.map_or(one.file.size, |piece| piece.length)
        });
        sizes.sum()
    }

    /// Returns what was wrong with mailboxes that could be read nonetheless.
    pub fn faults(mut self) -> HashMap<usize, Warning> {
        let unpacked = &self.unpacked;
        self.faults
            .retain(|place, _| unpacked.get(place).is_some_and(Option::is_some));
        self.faults
    }
}

impl Mailboxes for Shelf<'_> {
    fn count(&self) -> usize {
        self.files.len()
    }

    fn name(&self, place: usize) -> &str {
        let file = self.files.get(place);
        file.map_or("", |one| one.file.relative.as_str())
    }

    fn open(&mut self, place: usize) -> io::Result<Mailbox<'_>> {
        let Some(one) = self.files.get(place) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        if let Some(piece) = self.unpacked.get_mut(&place) {
            let fault = self.faults.get(&place).map(|fault| fault.message.clone());
            return match piece {
                Some(piece) => Ok(Mailbox::File(piece)),
                None => Err(io::Error::other(fault.unwrap_or_default())),
            };
        }
        if one.file.path.is_dir() {
            let maildir = match self.maildirs.entry(place) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(Maildir::open(&one.file.path)?),
            };
            return Ok(Mailbox::Letters(maildir));
        }
        let known = self.open.iter().rposition(|(known, _)| *known == place);
        let file = if let Some((_, file)) = known.and_then(|known| self.open.remove(known)) {
            file
        } else {
            if self.open.len() >= OPEN {
                self.open.pop_front();
            }
            File::open(&one.file.path)?
        };
        self.open.push_back((place, file));
        match self.open.back_mut() {
            Some((_, file)) => Ok(Mailbox::File(file)),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// A piece of a file, as if it were one of its own.
#[derive(Debug)]
struct Piece {
    file: File,
    /// Where it begins in the file.
    start: u64,
    /// How long it is, in bytes.
    length: u64,
    /// What is read next.
    at: u64,
}

impl Read for Piece {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.at);
        let most = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        // The place in the file is shared by all pieces of it.
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
        let read = self.file.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Piece {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(more) => self.at.checked_add_signed(more),
            SeekFrom::End(more) => self.length.checked_add_signed(more),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
