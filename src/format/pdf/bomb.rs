//! Streams made to fill the memory, told before anything holds them.
//!
//! The dictionary of a stream always stands in the open, and so does its packed data: each is unpacked here into
//! nothing, as far as the limit. Small streams cannot reach it (deflate packs to a thousandth at best), unless they
//! are packed twice, which no program does.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;

/// What deflate packs to at best, rounded up.
const BEST: u64 = 1_100;

/// How far before its data the dictionary of a stream is looked at.
const DICTIONARY: usize = 2_048;

/// Returns whether a stream of the file unpacks to more than `most` bytes, or is packed twice.
pub(super) fn unpacks_past(bytes: &[u8], most: u64) -> bool {
    let mut from = 0;
    // What the file's streams share is not counted twice: each is looked at up to where it ends.
    while let Some(found) = find(bytes.get(from..).unwrap_or_default(), b"stream") {
        let keyword = from + found;
        from = keyword + 6;
        let before = bytes
            .get(keyword.saturating_sub(DICTIONARY)..keyword)
            .unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let dictionary = before
            .windows(4)
            .rposition(|four| four == b" obj")
            .and_then(|at| before.get(at..))
            .unwrap_or(before);
        let packed = bytes.get(from..).unwrap_or_default();
        let packed = packed
            .strip_prefix(b"\r\n")
            .or_else(|| packed.strip_prefix(b"\n"))
            .or_else(|| packed.strip_prefix(b"\r"))
            .unwrap_or(packed);
        if times_packed(dictionary) > 1 {
            return true;
        }
        let length = find(packed, b"endstream").unwrap_or(packed.len());
        if (length as u64).saturating_mul(BEST) > most {
            let packed = packed.get(..length).unwrap_or(packed);
            let mut counted = ZlibDecoder::new(packed).take(most + 1);
            // What breaks off has been counted up to there.
            let mut sink = Counted(0);
            let _ = io::copy(&mut counted, &mut sink);
            if sink.0 > most {
                return true;
            }
        }
        from += length;
    }
    false
}

/// Returns how many filters that unpack to much more stand in a dictionary, whichever way their names are written.
fn times_packed(dictionary: &[u8]) -> usize {
    let Some(at) = find(dictionary, b"/Filter") else {
        return 0;
    };
    let list = dictionary
        .get(at + 7..)
        .unwrap_or_default()
        .trim_ascii_start();
    if !list.starts_with(b"[") {
        return 1;
    }
    let list = list.split(|byte| *byte == b']').next().unwrap_or_default();
    let names = list
        .split(|byte| *byte == b'/')
        .skip(1)
        .map(<[u8]>::trim_ascii);
    names
        .filter(|name| {
            let plain: &[&[u8]] = &[
                b"ASCII85Decode",
                b"A85",
                b"ASCIIHexDecode",
                b"AHx",
                b"DCTDecode",
                b"DCT",
                b"Crypt",
                b"JPXDecode",
                b"JBIG2Decode",
                b"CCITTFaxDecode",
                b"CCF",
            ];
            !plain.contains(name)
        })
        .count()
}

/// Counts what is written and keeps nothing.
struct Counted(u64);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}
