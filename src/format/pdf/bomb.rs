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
        let data = packed.get(..length).unwrap_or(packed);
        if runs_past(dictionary, data, most) {
            return true;
        }
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

/// Returns whether a stream packed by LZW or by run lengths, which take turns to unpack far, unpacks past the limit.
fn runs_past(dictionary: &[u8], data: &[u8], most: u64) -> bool {
    let named = |name: &[u8]| find(dictionary, name).is_some();
    // A run of two bytes unpacks to 128; a code of LZW, of 9 to 12 bits, to 4,096 bytes at most.
    let run_length = named(b"/RunLengthDecode") || named(b"/RL");
    if run_length && (data.len() as u64).saturating_mul(64) > most {
        return run_lengths(data) > most;
    }
    let lzw = named(b"/LZWDecode") || named(b"/LZW");
    lzw && (data.len() as u64).saturating_mul(4_096) > most && lzw_length(data) > most
}

/// Returns to how many bytes run lengths unpack (ISO 32000-2, 7.4.5).
fn run_lengths(data: &[u8]) -> u64 {
    let (mut at, mut length) = (0, 0);
    while let Some(byte) = data.get(at) {
        match byte {
            128 => break,
            0..=127 => {
                length += u64::from(*byte) + 1;
                at += usize::from(*byte) + 2;
            }
            _ => {
                length += 257 - u64::from(*byte);
                at += 2;
            }
        }
    }
    length
}

/// Returns to how many bytes LZW unpacks (ISO 32000-2, 7.4.4): the lengths of the strings are enough to know.
fn lzw_length(data: &[u8]) -> u64 {
    let mut lengths: Vec<u64> = Vec::with_capacity(4_096);
    let (mut bits, mut held, mut width) = (0u32, 0u32, 9u32);
    let (mut total, mut before) = (0u64, 0u64);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) & ((1 << width) - 1);
        bits &= (1 << held) - 1;
        let length = match code {
            0..=255 => 1,
            256 => {
                lengths.clear();
                (width, before) = (9, 0);
                continue;
            }
            257 => break,
            code => {
                let known = lengths.get(code as usize - 258).copied();
                known.unwrap_or(before + 1)
            }
        };
        total = total.saturating_add(length);
        if before > 0 && lengths.len() < 4_096 - 258 {
            lengths.push(before + 1);
        }
        before = length;
        width = match lengths.len() + 258 {
            0..=510 => 9,
            511..=1_022 => 10,
            1_023..=2_046 => 11,
            _ => 12,
        };
    }
    total
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes of LZW for one byte again and again: each takes the string that the one before made.
    fn lzw_of_one_byte(codes: usize) -> Vec<u8> {
        let (mut bits, mut held, mut packed) = (0u64, 0, Vec::new());
        let mut put = |code: u64, width: u32| {
            bits = bits << width | code;
            held += width;
            while held >= 8 {
                held -= 8;
                packed.push((bits >> held) as u8);
                bits &= (1 << held) - 1;
            }
        };
        put(256, 9);
        put(65, 9);
        for place in 0..codes as u64 {
            let width = match 258 + place {
                0..=510 => 9,
                511..=1_022 => 10,
                1_023..=2_046 => 11,
                _ => 12,
            };
            put(258 + place, width);
        }
        put(0, 16);
        packed
    }

    #[test]
    fn lzw_and_run_lengths_are_counted_without_being_unpacked() {
        // The strings have 2, 3, 4 … bytes.
        // What fills up the last byte is a code or two of one byte each.
        assert!((10..13).contains(&lzw_length(&lzw_of_one_byte(3))));
        let codes = 3_000u64;
        let all = 1 + (2..codes + 2).sum::<u64>();
        let counted = lzw_length(&lzw_of_one_byte(3_000));
        assert!((all..all + 8).contains(&counted), "{counted} of {all}");
        assert_eq!(
            run_lengths(&[2, 1, 2, 3, 129, 7, 255, 7, 128, 129, 7]),
            3 + 128 + 2
        );

        let file = |filter: &str, data: &[u8]| {
            let mut file =
                format!("%PDF-1.4\n1 0 obj << /Filter /{filter} >> stream\n").into_bytes();
            file.extend(data);
            file.extend(b"\nendstream endobj");
            file
        };
        for (filter, data) in [
            ("LZWDecode", lzw_of_one_byte(3_000)),
            ("RunLengthDecode", [129, 7].repeat(20_000)),
        ] {
            assert!(unpacks_past(&file(filter, &data), 1 << 20), "{filter}");
            assert!(!unpacks_past(&file(filter, &data), 8 << 20), "{filter}");
        }
    }
}
