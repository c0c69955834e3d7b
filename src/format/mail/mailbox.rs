//! Where the letters of a mailbox are, and what threads them: one pass over the file, nothing of it held.
//!
//! The dialects (mboxo, mboxrd, mboxcl, what Mailman and Gmail write) agree on a line that begins with `From ` before
//! each letter, and on little else. Such a line counts where a header follows and either a blank line stands before it
//! or it ends with a time: so a sentence that begins with the word, and a letter that nobody set a blank line before,
//! are both told. A `Content-Length` counts where another letter or the end stands that far on.

use std::io::{self, Read, SeekFrom};
use std::ops::ControlFlow;

use super::heads::{Fields, Heads};
use super::lines::Lines;
use super::{dated, telling};
use crate::document::Date;
use crate::format::stream::ReadSeek;

/// How often the one who waits is told how far a pass has come, in bytes.
const TOLD: u64 = 1 << 20;

/// Goes through a file, adds the heads of its letters to `heads`, and returns where each letter begins and how long it
/// is. `told` hears now and then how many bytes were gone through; nothing is returned where it breaks off.
pub(super) fn scan(
    stream: &mut dyn ReadSeek,
    heads: &mut Heads,
    told: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<Option<Vec<(u64, u64)>>> {
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
    Ok(Some(scan.places))
}

/// Returns the first `most` bytes of the letter of this `length` that begins at `start`.
pub(super) fn letter(
    stream: &mut dyn ReadSeek,
    (start, length): (u64, u64),
    most: u64,
) -> io::Result<Vec<u8>> {
    let length = length.min(most);
    // Some more than the letter: what guards it may have to add to it.
    let mut bytes = Vec::with_capacity((length.min(ROOM) + 128) as usize);
    stream.seek(SeekFrom::Start(start))?;
    stream.take(length).read_to_end(&mut bytes)?;
    Ok(unescaped(bytes))
}

/// How much room is made for a letter before it is read, in bytes.
const ROOM: u64 = 1 << 20;

/// A pass over a mailbox.
struct Scan<'h> {
    places: Vec<(u64, u64)>,
    heads: &'h mut Heads,
    /// Letters are parted by lines that begin with `From `; else the whole file is one.
    parts: bool,
    /// Where the letter begins that is being read.
    letter: Option<u64>,
    /// The header that is being read.
    header: Option<Fields>,
    /// Where a line begins that parts two letters if a header follows, and when it says that the next one came.
    parting: Option<(u64, Option<i64>)>,
    before_blank: bool,
    /// How long the body is that begins now, as its letter says.
    length: Option<u64>,
}

impl<'h> Scan<'h> {
    fn new(heads: &'h mut Heads) -> Self {
        Self {
            places: Vec::new(),
            heads,
            parts: false,
            letter: None,
            header: None,
            parting: None,
            before_blank: false,
            length: None,
        }
    }

    /// Takes in a line that begins at `begun`.
    fn line(&mut self, line: &[u8], begun: u64) {
        let is_blank = line.trim_ascii().is_empty();
        if self.letter.is_none() {
            if is_blank {
                return;
            }
            self.parts = line.starts_with(b"From ");
            self.begin(begun, None);
        } else if let Some((parting, come)) = self.parting.take()
            && telling::is_field(line)
        {
            self.end(parting);
            self.begin(parting, come);
        }
        if let Some(header) = &mut self.header {
            if is_blank {
                self.length = header.length().filter(|_| self.parts);
                self.heads.push(header);
                self.header = None;
            } else {
                header.line(line);
            }
        } else if self.parts
            && line.starts_with(b"From ")
            && (self.before_blank || telling::is_dated(line))
        {
            let come = dated::parting(line).map(Date::start);
            self.parting = Some((begun, come));
        }
        self.before_blank = is_blank;
    }

    fn begin(&mut self, at: u64, come: Option<i64>) {
        self.letter = Some(at);
        self.header = Some(Fields::parted(come));
    }

    /// Ends the letter that is being read before the byte at `end`.
    fn end(&mut self, end: u64) {
        if let Some(header) = self.header.take() {
            self.heads.push(&header);
        }
        if let Some(start) = self.letter.take() {
            self.places.push((start, end - start));
        }
    }
}

/// Returns a letter without the line that parts it from the one before it, and without the `>` that its own lines got
/// because they begin with `From `.
fn unescaped(mut bytes: Vec<u8>) -> Vec<u8> {
    // In a file of its own a letter is as it was sent: `>From` quotes.
    if !bytes.starts_with(b"From ") {
        return bytes;
    }
    while bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let end = end.map_or(bytes.len(), |end| end + 1);
        bytes.drain(..end);
    }
    let escaped = |line: &[u8]| {
        let words = line.iter().take_while(|byte| **byte == b'>').count();
        words > 0
            && line
                .get(words..)
                .is_some_and(|words| words.starts_with(b"From "))
    };
    if !bytes.split(|byte| *byte == b'\n').any(escaped) {
        return bytes;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        plain.extend_from_slice(line.get(usize::from(escaped(line))..).unwrap_or_default());
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
        let places = scan(&mut cursor, &mut heads, &mut told).unwrap().unwrap();
        assert_eq!(heads.letters.len(), places.len());
        let letters = places.into_iter();
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
