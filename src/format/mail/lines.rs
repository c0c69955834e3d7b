//! The lines of a stream with their places, however long one is.

use std::io::{self, BufRead, BufReader, Read, SeekFrom};

use crate::format::stream::ReadSeek;

/// How much of a line is kept, in bytes: whole fields of a header. What a line has beyond that is passed over, and
/// never held.
const KEPT: usize = 16 * 1024;

/// How much is read at once, in bytes.
const BUFFER: usize = 256 * 1024;

/// A stream, line by line.
pub(super) struct Lines<'s> {
    stream: BufReader<&'s mut dyn ReadSeek>,
    /// Where the next line begins.
    pub next: u64,
}

impl<'s> Lines<'s> {
    /// Returns the lines of a stream from its beginning.
    pub fn new(stream: &'s mut dyn ReadSeek) -> io::Result<Self> {
        stream.seek(SeekFrom::Start(0))?;
        Ok(Self {
            stream: BufReader::with_capacity(BUFFER, stream),
            next: 0,
        })
    }

    /// Reads the next line into `line`, with what ends it. Returns false where there is none.
    pub fn read(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        let begun = self.next;
        loop {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                return Ok(self.next > begun);
            }
            let end = memchr::memchr(b'\n', buffer);
            let taken = end.map_or(buffer.len(), |end| end + 1);
            let room = KEPT.saturating_sub(line.len()).min(taken);
            line.extend_from_slice(buffer.get(..room).unwrap_or_default());
            self.stream.consume(taken);
            self.next += taken as u64;
            if end.is_some() {
                return Ok(true);
            }
        }
    }

    /// Goes on `ahead` bytes further where `fits` says so of what stands there; else stays where it is.
    pub fn skip_where(&mut self, ahead: u64, fits: impl Fn(&[u8]) -> bool) -> io::Result<()> {
        let Ok(ahead) = i64::try_from(ahead) else {
            return Ok(());
        };
        self.stream.seek_relative(ahead)?;
        let mut there = Vec::new();
        self.stream.by_ref().take(8).read_to_end(&mut there)?;
        let back = -i64::try_from(there.len()).unwrap_or_default();
        if fits(&there) {
            self.stream.seek_relative(back)?;
            self.next += ahead.unsigned_abs();
        } else {
            self.stream.seek_relative(back - ahead)?;
        }
        Ok(())
    }
}
