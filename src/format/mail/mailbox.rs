//! Where the letters of a mailbox are, and what threads them: one pass over the file, nothing of it held.
//!
//! The dialects (mboxo, mboxrd, mboxcl, what Mailman and Gmail write) agree on a line that begins with `From ` before
//! each letter, and on little else. Such a line counts where a header follows and either a blank line stands before it
//! or it ends with a time: so a sentence that begins with the word, and a letter that nobody set a blank line before,
//! are both told. A `Content-Length` counts where another letter or the end stands that far on. In the mailboxes of MMDF
//! a line of four `^A` stands before and behind each letter; Apple's Mail has a file a letter (`.emlx`), which begins
//! with its length and ends with what Mail knows of it.

use std::io::{self, Read, SeekFrom};
use std::ops::ControlFlow;

use super::heads::{Fields, Heads};
use super::lines::Lines;
use super::{dated, telling};
use crate::document::Date;
use crate::format::stream::ReadSeek;

/// How often the one who waits is told how far a pass has come, in bytes.
const TOLD: u64 = 1 << 20;

/// A letter in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it begins.
    pub start: u64,
    /// How long it is, in bytes.
    pub length: u64,
    /// Some of its lines may have got a `>` because they begin with `From `.
    pub is_escaped: bool,
}

/// What a pass over a file found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The letters.
    pub places: Vec<Place>,
    /// How many letters were left out because somebody had deleted them.
    pub deleted: usize,
}

/// Goes through a file, adds the heads of its letters to `heads`, and returns where each letter is. `told` hears now
/// and then how many bytes were gone through; nothing is returned where it breaks off.
pub(super) fn scan(
    stream: &mut dyn ReadSeek,
    heads: &mut Heads,
    told: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<Option<Found>> {
    let mut scan = Scan::new(heads);
    let mut lines = Lines::new(stream)?;
    let mut line = Vec::new();
    let (mut begun, mut next_told) = (0, TOLD);
    while lines.read(&mut line)? {
        scan.line(&line, begun);
        if let Some(length) = scan.length.take() {
            lines.skip_where(length, |there| {
                let there = there.strip_prefix(b"\r").unwrap_or(there);
                let there = there.strip_prefix(b"\n").unwrap_or(there);
                there.is_empty() || there.starts_with(b"From ")
            })?;
        }
        begun = lines.next;
        if begun >= next_told {
            if told(begun).is_break() {
                return Ok(None);
            }
            next_told = begun + TOLD;
        }
    }
    scan.end(begun);
    Ok(Some(scan.found))
}

/// Returns the first `most` bytes of a letter.
pub(super) fn letter(stream: &mut dyn ReadSeek, place: Place, most: u64) -> io::Result<Vec<u8>> {
    let length = place.length.min(most);
    // Some more than the letter: what guards it may have to add to it.
    let mut bytes = Vec::with_capacity((length.min(ROOM) + 128) as usize);
    stream.seek(SeekFrom::Start(place.start))?;
    stream.take(length).read_to_end(&mut bytes)?;
    Ok(unescaped(bytes, place.is_escaped))
}

/// How much room is made for a letter before it is read, in bytes.
const ROOM: u64 = 1 << 20;

/// What parts the letters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parted {
    /// Nothing: the whole file is one.
    Not,
    /// Lines that begin with `From `.
    ByFrom,
    /// Lines of MMDF.
    ByMmdf,
}

/// A pass over a mailbox.
struct Scan<'h> {
    found: Found,
    heads: &'h mut Heads,
    parted: Parted,
    /// The letter that is being read, with no length yet.
    letter: Option<Place>,
    /// It was deleted.
    is_deleted: bool,
    /// The header that is being read.
    header: Option<Fields>,
    /// Where a line begins that parts two letters if a header follows, and when it says that the next one came.
    parting: Option<(u64, Option<i64>)>,
    before_blank: bool,
    /// How long the body is that begins now, as its letter says.
    length: Option<u64>,
    /// How long the only letter is, as the first line of the file says.
    whole_length: Option<u64>,
}

impl<'h> Scan<'h> {
    fn new(heads: &'h mut Heads) -> Self {
        Self {
            found: Found::default(),
            heads,
            parted: Parted::Not,
            letter: None,
            is_deleted: false,
            header: None,
            parting: None,
            before_blank: false,
            length: None,
            whole_length: None,
        }
    }

    /// Takes in a line that begins at `begun`.
    fn line(&mut self, line: &[u8], begun: u64) {
        let is_blank = line.trim_ascii().is_empty();
        if telling::is_of_mmdf(line) && (self.parted == Parted::ByMmdf || begun == 0) {
            self.parted = Parted::ByMmdf;
            self.end(begun);
            return;
        }
        if self.letter.is_none() {
            if is_blank {
                return;
            }
            if begun == 0
                && let Some(length) = telling::length_before(line)
            {
                self.whole_length = Some(length);
                return;
            }
            if line.starts_with(b"From ") && self.parted == Parted::Not {
                self.parted = Parted::ByFrom;
            }
            self.begin(begun, None);
        } else if let Some((parting, come)) = self.parting.take()
            && telling::is_field(line)
        {
            self.end(parting);
            self.begin(parting, come);
        }
        if let Some(header) = &mut self.header {
            if is_blank {
                self.length = header.length().filter(|_| self.parted == Parted::ByFrom);
                self.end_header();
            } else {
                header.line(line);
            }
        } else if self.parted == Parted::ByFrom {
            self.body_line(line, begun);
        }
        self.before_blank = is_blank;
    }

    /// Takes in a line of a body: it may part two letters, or have been kept from that.
    fn body_line(&mut self, line: &[u8], begun: u64) {
        if line.starts_with(b"From ") {
            if self.before_blank || telling::is_dated(line) {
                let come = dated::parting(line).map(Date::start);
                self.parting = Some((begun, come));
            }
        } else if let Some(letter) = &mut self.letter
            && line.starts_with(b">")
        {
            letter.is_escaped |= is_escaped(line);
        }
    }

    fn begin(&mut self, at: u64, come: Option<i64>) {
        self.letter = Some(Place {
            start: at,
            length: 0,
            is_escaped: false,
        });
        self.header = Some(Fields::parted(come));
    }

    fn end_header(&mut self) {
        let Some(header) = self.header.take() else {
            return;
        };
        self.is_deleted = self.parted != Parted::Not && header.is_deleted();
        if !self.is_deleted {
            self.heads.push(&header);
        }
        if let Some(letter) = &mut self.letter {
            // What is passed over is not looked at.
            letter.is_escaped |= self.length.is_some();
        }
    }

    /// Ends the letter that is being read before the byte at `end`.
    fn end(&mut self, end: u64) {
        self.end_header();
        let Some(letter) = self.letter.take() else {
            return;
        };
        if self.is_deleted {
            self.found.deleted += 1;
            return;
        }
        let length = end - letter.start;
        let length = self.whole_length.map_or(length, |whole| whole.min(length));
        self.found.places.push(Place { length, ..letter });
    }
}

/// Returns whether a line got a `>` because it begins with `From `; it may have had some before.
fn is_escaped(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    let words = line.get(marks..).unwrap_or_default();
    marks > 0 && words.starts_with(b"From ")
}

/// Returns a letter without the line that parts it from the one before it, and, where there may be any, without the `>`
/// that its own lines got because they begin with `From `.
fn unescaped(mut bytes: Vec<u8>, has_escaped: bool) -> Vec<u8> {
    // In a file of its own a letter is as it was sent: `>From` quotes.
    if !bytes.starts_with(b"From ") {
        return bytes;
    }
    while bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let end = memchr::memchr(b'\n', &bytes);
        let end = end.map_or(bytes.len(), |end| end + 1);
        bytes.drain(..end);
    }
    if !has_escaped {
        return bytes;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        plain.extend_from_slice(
            line.get(usize::from(is_escaped(line))..)
                .unwrap_or_default(),
        );
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn letters(text: &str) -> Vec<String> {
        let mut cursor = Cursor::new(text.as_bytes());
        let mut heads = Heads::default();
        let mut told = |_| ControlFlow::Continue(());
        let found = scan(&mut cursor, &mut heads, &mut told).unwrap().unwrap();
        assert_eq!(heads.letters.len(), found.places.len());
        let letters = found.places.into_iter();
        let letters = letters.map(|place| letter(&mut cursor, place, 1 << 20).unwrap());
        letters
            .map(|letter| String::from_utf8(letter).unwrap())
            .collect()
    }

    const PARTED: &str = "From a@x Mon Mar  4 10:00:00 2024\n";

    #[test]
    fn letters_are_parted_where_a_header_follows() {
        let one = "Subject: one\n\nFrom here on\n\nFrom there on\nnothing.\n";
        let two = "Subject: two\r\n\r\nIt is.\r\n";
        assert_eq!(letters(&format!("{PARTED}{one}{PARTED}{two}")), [one, two]);
        assert_eq!(
            letters(&format!("{PARTED}{one}\nFrom -\n{two}")),
            [&format!("{one}\n"), two]
        );
        assert_eq!(letters(&format!("{one}{PARTED}{two}")).len(), 1);
        assert_eq!(letters(""), [""; 0]);
    }

    #[test]
    fn lines_get_back_what_was_set_before_them() {
        let text = format!("{PARTED}Subject: one\n\n>From here\n>>From there\n> From afar\n");
        assert_eq!(
            letters(&text),
            ["Subject: one\n\nFrom here\n>From there\n> From afar\n"]
        );
    }

    #[test]
    fn a_file_of_apple_s_mail_is_the_letter_that_its_length_says() {
        let letter = "Subject: one\n\nIt is.\n";
        let after = "<?xml version=\"1.0\"?>\n<plist></plist>\n";
        let file = format!("{}  \n{letter}{after}", letter.len());
        assert_eq!(letters(&file), [letter]);
        assert_eq!(letters(&format!("9999\n{letter}")), [letter]);
    }

    #[test]
    fn mailboxes_of_mmdf_are_parted_by_their_own_lines() {
        let mark = "\u{1}\u{1}\u{1}\u{1}\n";
        let (one, two) = (
            "Subject: one\n\nFrom here\n",
            "Subject: two\n\n>From there\n",
        );
        let file = format!("{mark}{one}{mark}{mark}{two}{mark}");
        assert_eq!(letters(&file), [one, two]);
        assert_eq!(
            letters(&format!("{mark}{one}{mark}{PARTED}{two}")),
            [one, two]
        );
    }

    #[test]
    fn what_was_deleted_and_is_still_there_is_left_out() {
        let kept = "X-Mozilla-Status: 0001\nSubject: one\n\nIt is.\n";
        let gone = [
            "X-Mozilla-Status: 0009\n",
            "Subject: gone\nX-Status: AD\n",
            "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n",
        ];
        let gone = gone
            .map(|fields| format!("{PARTED}{fields}\nGone.\n"))
            .concat();
        assert_eq!(
            letters(&format!("{PARTED}{kept}{gone}{PARTED}{kept}")),
            [kept, kept]
        );
        // One that somebody took out of there is kept for a reason.
        let alone = "X-Mozilla-Status: 0009\nSubject: one\n\nIt is.\n";
        assert_eq!(letters(alone), [alone]);
    }

    #[test]
    fn a_length_counts_where_it_is_true() {
        let inner = format!("{PARTED}Subject: quoted\n\nx\n");
        let letter = |length: usize| {
            format!(
                "{PARTED}Content-Length: {length}\nSubject: one\n\n{inner}\n{PARTED}Subject: two\n\ny\n"
            )
        };
        assert_eq!(letters(&letter(inner.len())).len(), 2);
        assert_eq!(letters(&letter(7)).len(), 3);
        assert_eq!(letters(&letter(usize::MAX)).len(), 3);
    }
}
