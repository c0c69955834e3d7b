//! The mailboxes that are read as one, opened a few at a time.
//!
//! What is packed is unpacked first, one after the other into one file without a name in the library's folder: a
//! packed text can't be read from any place, and memory is no place for it. A ZIP file has as many mailboxes as are in
//! it; what comes of them is told of the file.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::mail::{self, MailFile};
use super::maildir::Maildir;
use crate::format::{self, Mailbox, MailboxRead, Mailboxes, Outcome, Packing, Unpacking, Warning};

/// How many files are open at a time.
const OPEN: usize = 32;

/// How many warnings are told of the mailboxes of an archive.
const MOST_WARNINGS: usize = 100;

/// Mailboxes to be read as one.
pub(super) struct Shelf<'f> {
    files: &'f [&'f MailFile],
    mailboxes: Vec<Shelved>,
    /// The files that are open, the one that was used last at the end.
    open: VecDeque<(usize, File)>,
    maildirs: HashMap<usize, Maildir>,
}

/// A mailbox on the shelf.
#[derive(Debug)]
struct Shelved {
    /// The place of the file that it is, or is in.
    file: usize,
    /// What it is called in an archive, by itself and with the archive; nothing where it is the file.
    within: Option<(String, String)>,
    letters: Letters,
    /// What was wrong with it, and does not keep it from being read.
    fault: Option<String>,
}

/// Where the letters of a mailbox are.
#[derive(Debug)]
enum Letters {
    /// In the file as it stands on the disk.
    AsTheyAre,
    /// Unpacked.
    Unpacked(Piece),
    /// Nowhere: it could not be unpacked. Why.
    Lost(String),
}

impl<'f> Shelf<'f> {
    /// Unpacks what has to be, beside `directory`; nothing is returned where `each` breaks off. What cannot be unpacked
    /// is told of when it is opened.
    pub fn open(
        files: &'f [&'f MailFile],
        directory: &Path,
        each: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Option<Self> {
        let mut mailboxes = Vec::new();
        let mut room = Room {
            directory,
            file: None,
            each,
        };
        for (file, one) in files.iter().enumerate() {
            let packing = mail::packing(&one.file).unwrap_or(Packing::Plain);
            let alone = |letters| Shelved {
                file,
                within: None,
                letters,
                fault: None,
            };
            let unpacked = match packing {
                Packing::Plain => {
                    mailboxes.push(alone(Letters::AsTheyAre));
                    continue;
                }
                Packing::Gzip => room.unpack(one, &mut mailboxes, alone),
                Packing::Zip => room.unpack_archive((file, one), &mut mailboxes),
            };
            match unpacked {
                Ok(flow) if flow.is_break() => return None,
                Ok(_) => {}
                Err(error) => mailboxes.push(alone(Letters::Lost(super::told(&error)))),
            }
        }
        Some(Self {
            files,
            mailboxes,
            open: VecDeque::new(),
            maildirs: HashMap::new(),
        })
    }

    /// Returns how many bytes of letters there are, some more or less.
    pub fn size(&self) -> u64 {
        let sizes = self.mailboxes.iter().map(|one| match &one.letters {
            Letters::Unpacked(piece) => piece.length,
            Letters::AsTheyAre => self.files.get(one.file).map_or(0, |file| file.file.size),
            Letters::Lost(_) => 0,
        });
        sizes.sum()
    }

    /// Returns the place of the file of each mailbox.
    pub fn owners(&self) -> Vec<usize> {
        self.mailboxes.iter().map(|one| one.file).collect()
    }

    /// Returns the places of the files that are archives, and may have more than mailboxes.
    pub fn archives(&self) -> Vec<usize> {
        let inner = self.mailboxes.iter().filter(|one| one.within.is_some());
        let mut archives: Vec<usize> = inner.map(|one| one.file).collect();
        archives.dedup();
        archives
    }

    /// Returns what came of each file from what came of each mailbox.
    pub fn outcomes(self, read: Vec<MailboxRead>) -> Vec<MailboxRead> {
        let mut outcomes: Vec<Option<MailboxRead>> = vec![None; self.files.len()];
        for (one, mut read) in self.mailboxes.into_iter().zip(read) {
            let Some(outcome) = outcomes.get_mut(one.file) else {
                continue;
            };
            read.outcome
                .warnings
                .extend(one.fault.map(|message| Warning {
                    place: "file".to_owned(),
                    message,
                }));
            if let Some((name, _)) = &one.within {
                for warning in &mut read.outcome.warnings {
                    warning.place = match warning.place.as_str() {
                        "file" => name.clone(),
                        place => format!("{name}: {place}"),
                    };
                }
            }
            match outcome {
                Some(outcome) => take_in(outcome, read),
                None => *outcome = Some(read),
            }
        }
        outcomes
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect()
    }
}

/// Takes in what came of one more mailbox of an archive.
fn take_in(all: &mut MailboxRead, one: MailboxRead) {
    let read = one.outcome;
    all.outcome.documents += read.documents;
    all.outcome.without_text &= read.without_text;
    all.elsewhere = (all.elsewhere || one.elsewhere) && all.outcome.documents == 0;
    for warning in read.warnings {
        warn(&mut all.outcome, warning);
    }
}

/// Adds a warning, unless there are so many that one more tells nothing.
fn warn(outcome: &mut Outcome, warning: Warning) {
    if outcome.warnings.len() < MOST_WARNINGS {
        outcome.warnings.push(warning);
    }
}

/// Where mailboxes are unpacked.
struct Room<'r> {
    directory: &'r Path,
    /// Made where something has to be unpacked.
    file: Option<File>,
    /// Hears now and then that it goes on, and may break off.
    each: &'r mut dyn FnMut() -> ControlFlow<()>,
}

impl Room<'_> {
    /// Returns the file with its end, where the next mailbox begins.
    fn end(&mut self) -> io::Result<(File, u64)> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(tempfile::tempfile_in(self.directory)?),
        };
        let start = file.seek(SeekFrom::End(0))?;
        Ok((file.try_clone()?, start))
    }

    /// Unpacks a mailbox that is packed by gzip.
    fn unpack(
        &mut self,
        one: &MailFile,
        mailboxes: &mut Vec<Shelved>,
        shelved: impl Fn(Letters) -> Shelved,
    ) -> io::Result<ControlFlow<()>> {
        let (mut file, start) = self.end()?;
        let limits = one.file.limits;
        let most = limits.unpacked_in_all(one.file.size);
        let most = most.min(limits.streamed.saturating_sub(start));
        let mut flow = ControlFlow::Continue(());
        let mut length = 0;
        let mut packed = BufReader::new(File::open(&one.file.path)?);
        let fault = format::unpack(&mut packed, most, &mut |piece| {
            file.write_all(piece)?;
            length += piece.len() as u64;
            flow = (self.each)();
            Ok(flow)
        });
        if fault.is_err() {
            // Of what unpacks to too much nothing is read: the room is the next one's.
            file.set_len(start)?;
        }
        let fault = fault?;
        mailboxes.push(Shelved {
            fault,
            ..shelved(Letters::Unpacked(Piece::new(file, start, length)))
        });
        Ok(flow)
    }

    /// Unpacks the mailboxes in a ZIP file.
    fn unpack_archive(
        &mut self,
        (place, one): (usize, &MailFile),
        mailboxes: &mut Vec<Shelved>,
    ) -> io::Result<ControlFlow<()>> {
        let (mut file, mut start) = self.end()?;
        let limits = one.file.limits;
        let most = limits.streamed.saturating_sub(start);
        let mut packed = BufReader::new(File::open(&one.file.path)?);
        let archive = one.file.relative.as_str();
        let mut length = 0;
        let mut name = String::new();
        format::unpack_letters((archive, &mut packed), limits, most, &mut |step| {
            let (letters, fault) = match step {
                Unpacking::Begins(inner) => {
                    inner.clone_into(&mut name);
                    return Ok((self.each)());
                }
                Unpacking::Bytes(piece) => {
                    file.write_all(piece)?;
                    length += piece.len() as u64;
                    return Ok((self.each)());
                }
                Unpacking::Ends(fault) => {
                    let piece = Piece::new(file.try_clone()?, start, length);
                    start += length;
                    (Letters::Unpacked(piece), fault)
                }
                Unpacking::Failed(reason) => {
                    file.set_len(start)?;
                    file.seek(SeekFrom::Start(start))?;
                    (Letters::Lost(reason), None)
                }
            };
            length = 0;
            let name = std::mem::take(&mut name);
            mailboxes.push(Shelved {
                file: place,
                within: Some((name.clone(), format!("{archive}/{name}"))),
                letters,
                fault,
            });
            Ok(ControlFlow::Continue(()))
        })
    }
}

impl Mailboxes for Shelf<'_> {
    fn count(&self) -> usize {
        self.mailboxes.len()
    }

    fn name(&self, place: usize) -> &str {
        let Some(one) = self.mailboxes.get(place) else {
            return "";
        };
        match (&one.within, self.files.get(one.file)) {
            (Some((_, whole)), _) => whole,
            (None, Some(file)) => &file.file.relative,
            (None, None) => "",
        }
    }

    fn is_file(&self, place: usize) -> bool {
        let one = self.mailboxes.get(place);
        one.is_none_or(|one| one.within.is_none())
    }

    fn open(&mut self, place: usize) -> io::Result<Mailbox<'_>> {
        let none = || io::Error::from(io::ErrorKind::NotFound);
        let one = self.mailboxes.get_mut(place).ok_or_else(none)?;
        let file = self.files.get(one.file).ok_or_else(none)?;
        match &mut one.letters {
            Letters::Unpacked(piece) => return Ok(Mailbox::File(piece)),
            Letters::Lost(reason) => return Err(io::Error::other(reason.clone())),
            Letters::AsTheyAre => {}
        }
        if file.file.path.is_dir() {
            let maildir = match self.maildirs.entry(place) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(Maildir::open(&file.file.path)?),
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
            File::open(&file.file.path)?
        };
        self.open.push_back((place, file));
        match self.open.back_mut() {
            Some((_, file)) => Ok(Mailbox::File(file)),
            None => Err(none()),
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

impl Piece {
    fn new(file: File, start: u64, length: u64) -> Self {
        Self {
            file,
            start,
            length,
            at: 0,
        }
    }
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
