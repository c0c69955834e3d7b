//! The letters of several mailboxes as one list: where each is, and what came of each mailbox.
//!
//! A letter is a number of four bytes for its mailbox and its place there; the mailboxes themselves are opened by whoever
//! has them, as few at a time as they like.

use std::io;
use std::ops::ControlFlow;

use super::heads::{Fields, Heads};
use super::mailbox::{self, Place};
use super::{HEADER, LETTER};
use crate::format::outlet::{self, Draft};
use crate::format::stream::{Mailbox, MailboxRead, Mailboxes};
use crate::format::{Outcome, Warning};

/// How many warnings a mailbox gives: who has so many wants to know how many, not each.
const MOST_WARNINGS: usize = 100;

/// Where a letter is.
#[derive(Clone, Copy, Debug)]
struct Spot {
    mailbox: u32,
    /// Where it is in a file; of letters that stand for themselves it begins at its number.
    place: Place,
}

/// What is known of the letters of mailboxes that were gone through.
#[derive(Debug, Default)]
pub(in crate::format) struct Gathered {
    /// What threads the letters.
    pub(super) heads: Heads,
    spots: Vec<Spot>,
    /// How many letters came before each mailbox.
    before: Vec<usize>,
    /// How many letters of a mailbox were left out because somebody had deleted them.
    deleted: Vec<(usize, usize)>,
    /// Why a mailbox could not be gone through.
    faults: Vec<(usize, String)>,
}

/// Goes through mailboxes for what threads their letters, and tells `told` how many bytes it has gone through.
pub(in crate::format) fn scan(
    mailboxes: &mut dyn Mailboxes,
    told: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> ControlFlow<(), Gathered> {
    let mut gathered = Gathered::default();
    let mut done = 0;
    for place in 0..mailboxes.count() {
        gathered.before.push(gathered.spots.len());
        told(done)?;
        let scanned = match mailboxes.open(place) {
            Ok(opened) => gathered.add(place, opened, &mut |bytes| told(done + bytes)),
            Err(error) => Err(error),
        };
        match scanned {
            Ok(bytes) => done += bytes?,
            Err(error) => {
                // What of it was reached has no place that could be relied on.
                gathered.heads.letters.truncate(gathered.spots.len());
                gathered.faults.push((place, error.to_string()));
            }
        }
    }
    ControlFlow::Continue(gathered)
}

impl Gathered {
    /// Adds the letters of a mailbox and returns how many bytes were gone through.
    fn add(
        &mut self,
        place: usize,
        opened: Mailbox<'_>,
        told: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> io::Result<ControlFlow<(), u64>> {
        let mailbox = u32::try_from(place).map_err(io::Error::other)?;
        let mut bytes = 0;
        match opened {
            Mailbox::File(stream) => {
                let Some(found) = mailbox::scan(stream, &mut self.heads, told)? else {
                    return Ok(ControlFlow::Break(()));
                };
                bytes = found
                    .places
                    .last()
                    .map_or(0, |last| last.start + last.length);
                let spots = found.places.into_iter();
                self.spots
                    .extend(spots.map(|place| Spot { mailbox, place }));
                if found.deleted > 0 {
                    self.deleted.push((place, found.deleted));
                }
            }
            Mailbox::Letters(letters) => {
                for number in 0..letters.count() {
                    // One that cannot be read is told of when its turn comes.
                    let head = letters.read(number, HEADER).unwrap_or_default();
                    let looked_at = head.len() as u64;
                    self.heads.push(&Fields::of(&head));
                    self.spots.push(Spot {
                        mailbox,
                        place: Place {
                            start: number as u64,
                            // What is longer may be as long as is read of any.
                            length: if looked_at < HEADER {
                                looked_at
                            } else {
                                LETTER
                            },
                            is_escaped: false,
                        },
                    });
                    bytes += looked_at;
                    if number.is_multiple_of(TOLD) && told(bytes).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
        }
        Ok(ControlFlow::Continue(bytes))
    }

    /// Returns the mailbox that a letter is in.
    pub fn mailbox(&self, letter: usize) -> usize {
        let spot = self.spots.get(letter);
        spot.map_or(0, |spot| spot.mailbox as usize)
    }

    /// Returns the mailbox that a letter is in, and its number there.
    pub fn number(&self, letter: usize) -> (usize, usize) {
        let mailbox = self.mailbox(letter);
        let before = self.before.get(mailbox).copied().unwrap_or_default();
        (mailbox, letter.saturating_sub(before))
    }

    /// Returns how long a letter is at most, in bytes.
    pub fn length(&self, letter: usize) -> u64 {
        self.spots.get(letter).map_or(0, |spot| spot.place.length)
    }

    /// Returns the first `most` bytes of a letter.
    pub fn read(
        &self,
        mailboxes: &mut dyn Mailboxes,
        letter: usize,
        most: u64,
    ) -> io::Result<Vec<u8>> {
        let Some(spot) = self.spots.get(letter) else {
            return Ok(Vec::new());
        };
        match mailboxes.open(spot.mailbox as usize)? {
            Mailbox::File(stream) => mailbox::letter(stream, spot.place, most),
            Mailbox::Letters(letters) => letters.read(
                usize::try_from(spot.place.start).unwrap_or(usize::MAX),
                most,
            ),
        }
    }

    /// Says how a document stands that begins with a letter of this mailbox. Where that letter is all that is in its
    /// file, the document is the file.
    pub fn name_draft(&self, mailbox: usize, mailboxes: &dyn Mailboxes, draft: &mut Draft) {
        let begins = self.before.get(mailbox).copied().unwrap_or_default();
        let ends = self.before.get(mailbox + 1).copied();
        if ends.unwrap_or(self.spots.len()) - begins > 1 {
            return;
        }
        let is_file = mailboxes.is_file(mailbox);
        if is_file {
            draft.place = outlet::Place::Alone;
        }
        if mailboxes.count() > 1 || !is_file {
            draft.names.push(mailboxes.name(mailbox).to_owned());
        }
    }

    /// Returns what is to be told of the mailboxes before their letters are read.
    pub(super) fn report(&self, twice: &[usize]) -> Report {
        let mut report = Report {
            mailboxes: vec![Told::default(); self.before.len()],
        };
        for (mailbox, fault) in &self.faults {
            report.warn(*mailbox, "file", &format!("{fault}; passed over"));
            if let Some(told) = report.mailboxes.get_mut(*mailbox) {
                told.is_unread = true;
            }
        }
        for (mailbox, deleted) in &self.deleted {
            let message =
                format!("letters that were deleted and are still there, left out: {deleted}");
            report.warn(*mailbox, "file", &message);
        }
        let mut doubles = vec![0_usize; self.before.len()];
        for letter in twice {
            let mailbox = self.mailbox(*letter);
            // It is there, if elsewhere.
            report.has_text(mailbox);
            if let Some(doubles) = doubles.get_mut(mailbox) {
                *doubles += 1;
            }
        }
        for (mailbox, doubles) in doubles.into_iter().enumerate() {
            if doubles > 0 {
                let message = format!("letters that came before, taken once: {doubles}");
                report.warn(mailbox, "file", &message);
            }
        }
        report
    }
}

/// After how many letters that stand for themselves the one who waits is told.
const TOLD: usize = 64;

/// What came of mailboxes.
#[derive(Debug)]
pub(super) struct Report {
    mailboxes: Vec<Told>,
}

#[derive(Clone, Debug, Default)]
struct Told {
    documents: usize,
    has_text: bool,
    /// It could not be gone through.
    is_unread: bool,
    warnings: Vec<Warning>,
    /// How many warnings there were beyond those that are kept.
    unnamed: usize,
}

impl Report {
    /// Counts a document that begins in a mailbox.
    pub fn documents(&mut self, mailbox: usize) {
        if let Some(told) = self.mailboxes.get_mut(mailbox) {
            told.documents += 1;
        }
    }

    /// Notes that some document has what a mailbox says.
    pub fn has_text(&mut self, mailbox: usize) {
        if let Some(told) = self.mailboxes.get_mut(mailbox) {
            told.has_text = true;
        }
    }

    /// Notes what was wrong in a mailbox.
    pub fn warn(&mut self, mailbox: usize, place: impl Into<String>, message: &str) {
        let Some(told) = self.mailboxes.get_mut(mailbox) else {
            return;
        };
        if told.warnings.len() >= MOST_WARNINGS {
            told.unnamed += 1;
            return;
        }
        told.warnings.push(Warning {
            place: place.into(),
            message: message.to_owned(),
        });
    }

    /// Returns what came of each mailbox.
    pub fn outcomes(self) -> Vec<MailboxRead> {
        let mailboxes = self.mailboxes.into_iter();
        let outcomes = mailboxes.map(|mut told| {
            if told.unnamed > 0 {
                told.warnings.push(Warning {
                    place: "file".to_owned(),
                    message: format!("{} more like these", told.unnamed),
                });
            }
            let outcome = Outcome {
                documents: told.documents,
                without_text: !told.has_text && !told.is_unread,
                warnings: told.warnings,
                ..Outcome::default()
            };
            MailboxRead {
                elsewhere: told.documents == 0 && told.has_text,
                outcome,
            }
        });
        outcomes.collect()
    }
}
