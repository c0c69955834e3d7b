//! Streams made to fill the memory, told before anything holds them.
//!
//! The dictionary of a stream always stands in the open, and so does its packed data: each is unpacked here into
//! nothing, as far as the limit. Small streams cannot reach it (deflate packs to a thousandth at best), unless they
//! are packed twice, which no program does.
//!
//! What is looked at is what the reader of the objects would take for a stream, whichever of its ways it goes: data as
//! long as the dictionary says or up to the next `endstream`, deflate with its header or without. What is encrypted says
//! nothing here: the streams of pages are looked at once more when they are opened.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::Stream as Opened;
use memchr::memmem;

use super::budget::Budget;

/// What deflate packs to at best, rounded up.
const BEST: u64 = 1_100;

/// How far before its data the dictionary of a stream is looked at, and how far where it does not begin there.
const DICTIONARY: usize = 2_048;
const LONG_DICTIONARY: usize = 1 << 16;

/// How often the data of a file may be gone through: streams that lie within others are gone through again.
const TIMES: u64 = 4;

/// How many lists of filters that stand elsewhere are looked up, each through the whole file; programs write none.
const LOOKED_UP: usize = 16;

/// Returns whether a stream of the file unpacks to more than `most` bytes, or is packed twice. A file that would have
/// it go through its data again and again is taken for one that does.
pub(super) fn unpacks_past(bytes: &[u8], most: u64) -> bool {
    let mut from = 0;
    let mut end = 0;
    let mut looked_up = 0;
    let mut work = (bytes.len() as u64) * TIMES + (1 << 20);
    while let Some(found) = memmem::find(bytes.get(from..).unwrap_or_default(), b"stream") {
        let keyword = from + found;
        // What looks like a stream may be words in a string, with a stream behind them.
        from = keyword + 6;
        let behind = bytes.get(from..).unwrap_or_default();
        let data = behind
            .strip_prefix(b"\r\n")
            .or_else(|| behind.strip_prefix(b"\n"))
            .or_else(|| behind.strip_prefix(b"\r"));
        let before = bytes.get(..keyword).unwrap_or_default();
        let (Some(data), false) = (data, before.ends_with(b"end")) else {
            continue;
        };
        let dictionary = unescaped(dictionary(before, &mut work));
        let filters = filters(&dictionary, bytes, &mut looked_up);
        if times_packed(&filters) > 1 {
            return true;
        }
        let start = bytes.len() - data.len();
        if end < start {
            let found = memmem::find(data, b"endstream");
            end = found.map_or(bytes.len(), |found| start + found);
        }
        let length = match length(&dictionary) {
            Length::Told(length) => length.max(end - start),
            Length::Elsewhere => data.len(),
            Length::Untold => end - start,
        };
        let data = data.get(..length).unwrap_or(data);
        let mut stream = Stream {
            data: &plain(&filters, data, &mut work),
            filters: &filters,
            work: &mut work,
        };
        if stream.runs_past(most) || stream.deflates_past(most) || work == 0 {
            return true;
        }
    }
    false
}

/// Returns what a stream of a page unpacks to; nothing where it cannot be read. One that was encrypted and would unpack
/// past the budget spends all of it.
pub(super) fn opened<'a>(stream: &Opened<'a>, budget: &mut Budget) -> Option<Cow<'a, [u8]>> {
    let raw = stream.raw_data();
    if let Cow::Owned(data) = &raw {
        // The reader's names of filters are those of the format but for their letters' case.
        let filters = stream.filters();
        let filters: Vec<Vec<u8>> = filters
            .iter()
            .map(|filter| match format!("{filter:?}").as_str() {
                "LzwDecode" => b"LZWDecode".to_vec(),
                "AsciiHexDecode" => b"ASCIIHexDecode".to_vec(),
                "Ascii85Decode" => b"ASCII85Decode".to_vec(),
                name => name.as_bytes().to_vec(),
            })
            .collect();
        if data_unpacks_past(data, &filters, budget.bytes) {
            budget.bytes = 0;
            return None;
        }
    }
    let unpacked = stream.decoded().ok()?;
    budget.unpack(raw.len(), unpacked.len());
    Some(unpacked)
}

fn data_unpacks_past(data: &[u8], filters: &[Vec<u8>], most: u64) -> bool {
    let mut work = u64::MAX;
    let mut stream = Stream {
        data: &plain(filters, data, &mut work),
        filters,
        work: &mut work,
    };
    times_packed(filters) > 1 || stream.runs_past(most) || stream.deflates_past(most)
}

/// Returns the dictionary that ends here, or a piece of it. What is looked through counts as work, so that one that many
/// streams claim is not looked through for each.
fn dictionary<'b>(before: &'b [u8], work: &mut u64) -> &'b [u8] {
    let last = |far: usize| {
        let near = before.get(before.len().saturating_sub(far)..);
        near.unwrap_or(before)
    };
    for far in [DICTIONARY, LONG_DICTIONARY] {
        let near = last(far);
        let found = memmem::rfind(near, b" obj");
        let dictionary = found.and_then(|at| near.get(at..));
        let looked_at = dictionary.map_or(near.len(), <[u8]>::len);
        *work = work.saturating_sub(looked_at as u64 / 16);
        if let Some(dictionary) = dictionary {
            return dictionary;
        }
    }
    last(DICTIONARY)
}

/// Returns a dictionary with the signs of its names as they are (ISO 32000-2, 7.3.5).
fn unescaped(dictionary: &[u8]) -> Cow<'_, [u8]> {
    if !dictionary.contains(&b'#') {
        return Cow::Borrowed(dictionary);
    }
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        match code {
            Some(code) if *byte == b'#' => {
                plain.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                plain.push(*byte);
                rest = after;
            }
        }
    }
    Cow::Owned(plain)
}

/// How long a stream is by its dictionary.
enum Length {
    Told(usize),
    /// Another object has it.
    Elsewhere,
    Untold,
}

fn length(dictionary: &[u8]) -> Length {
    let mut longest = Length::Untold;
    for at in memmem::find_iter(dictionary, b"/Length") {
        let value = dictionary.get(at + 7..).unwrap_or_default();
        if value.first().is_some_and(u8::is_ascii_alphanumeric) {
            // `/Length1` is of fonts.
            continue;
        }
        let value = value.trim_ascii_start();
        if is_reference(value) {
            return Length::Elsewhere;
        }
        let number = leading_number(value);
        match (number, &longest) {
            (Some(number), Length::Told(other)) if number <= *other => {}
            (Some(number), _) => longest = Length::Told(number),
            (None, _) => {}
        }
    }
    longest
}

fn leading_number(value: &[u8]) -> Option<usize> {
    let digits = value
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    std::str::from_utf8(value.get(..digits)?).ok()?.parse().ok()
}

/// Returns whether a value is that of another object: `12 0 R`.
fn is_reference(value: &[u8]) -> bool {
    let mut words = value
        .split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'['))
        .filter(|word| !word.is_empty());
    let number = |word: Option<&[u8]>| word.is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    number(words.next()) && number(words.next()) && words.next() == Some(b"R")
}

/// A stream whose data is as its first filter that packs would have it.
struct Stream<'s> {
    data: &'s [u8],
    filters: &'s [Vec<u8>],
    work: &'s mut u64,
}

impl Stream<'_> {
    /// Returns whether it unpacks past the limit as deflate, with its header or, as the reader then tries, without.
    fn deflates_past(&mut self, most: u64) -> bool {
        if (self.data.len() as u64).saturating_mul(BEST) <= most {
            return false;
        }
        let mut rest = self.data;
        // What breaks off has been counted up to there.
        let by_header = unpacked(&mut ZlibDecoder::new(&mut rest), most);
        self.spend(rest.len());
        if by_header.is_ok_and(|length| length <= most) {
            return false;
        }
        let is_flate = |name: &Vec<u8>| matches!(name.as_slice(), b"FlateDecode" | b"Fl");
        if !self.filters.is_empty() && !self.filters.iter().any(is_flate) {
            return by_header.unwrap_or_else(|length| length) > most;
        }
        let mut rest = self.data;
        let bare = unpacked(&mut DeflateDecoder::new(&mut rest), most);
        self.spend(rest.len());
        let is_past = |length: Result<u64, u64>| length.unwrap_or_else(|length| length) > most;
        is_past(by_header) || is_past(bare)
    }

    fn spend(&mut self, left: usize) {
        let read = self.data.len() - left;
        *self.work = self.work.saturating_sub(read as u64 + 64);
    }

    /// Returns whether it unpacks past the limit by LZW or by run lengths, which take turns to unpack far.
    fn runs_past(&mut self, most: u64) -> bool {
        let data = self.data;
        let named = |names: &[&[u8]]| {
            self.filters
                .iter()
                .any(|name| names.contains(&name.as_slice()))
        };
        // A run of two bytes unpacks to 128; a code of LZW, of 9 to 12 bits, to 4,096 bytes at most.
        let run_length = named(&[b"RunLengthDecode", b"RL"]);
        let lzw = named(&[b"LZWDecode", b"LZW"]);
        if run_length && (data.len() as u64).saturating_mul(64) > most {
            self.spend(0);
            return run_lengths(data) > most;
        }
        let may_be = lzw && (data.len() as u64).saturating_mul(4_096) > most;
        if may_be {
            self.spend(0);
        }
        may_be && lzw_length(data) > most
    }
}

/// Returns how much comes out of a decoder, up to a byte over the limit; where it breaks off, how much came before.
fn unpacked(decoder: &mut impl Read, most: u64) -> Result<u64, u64> {
    let mut sink = Counted(0);
    match io::copy(&mut decoder.take(most + 1), &mut sink) {
        Ok(_) => Ok(sink.0),
        Err(_) => Err(sink.0),
    }
}

/// Returns data without the letters that stand for its bytes, where its first filter is one of those.
fn plain<'d>(filters: &[Vec<u8>], data: &'d [u8], work: &mut u64) -> Cow<'d, [u8]> {
    let of: fn(&[u8]) -> Vec<u8> = match filters.first().map(Vec::as_slice) {
        Some(b"ASCIIHexDecode" | b"AHx") => of_hex,
        Some(b"ASCII85Decode" | b"A85") => of_85,
        _ => return Cow::Borrowed(data),
    };
    *work = work.saturating_sub(data.len() as u64);
    Cow::Owned(of(data))
}

/// ISO 32000-2, 7.4.2.
fn of_hex(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> = digits
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect()
}

/// ISO 32000-2, 7.4.3; what is left of the last group does not matter here.
fn of_85(data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let (mut group, mut count) = (0u32, 0);
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if count == 0 => plain.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    plain.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        plain.extend(group.to_be_bytes().into_iter().take(count - 1));
    }
    plain
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

/// Returns the longest list of filters that a dictionary names, by either of the keys that the reader goes by.
fn filters(dictionary: &[u8], file: &[u8], looked_up: &mut usize) -> Vec<Vec<u8>> {
    let mut longest: Vec<Vec<u8>> = Vec::new();
    for at in memmem::find_iter(dictionary, b"/F") {
        let key = dictionary.get(at + 2..).unwrap_or_default();
        let value = key.strip_prefix(b"ilter").unwrap_or(key);
        if value.first().is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let value = value.trim_ascii_start();
        let names = if is_reference(value) {
            *looked_up += 1;
            elsewhere(value, file, *looked_up)
        } else {
            names(value)
        };
        if names.len() > longest.len() {
            longest = names;
        }
    }
    longest
}

/// Returns the names that an object lists; where it is looked for too often, more than one.
fn elsewhere(reference: &[u8], file: &[u8], looked_up: usize) -> Vec<Vec<u8>> {
    if looked_up > LOOKED_UP {
        return vec![Vec::new(); 2];
    }
    let number = leading_number(reference).unwrap_or_default();
    let object = format!("{number} 0 obj");
    let all = memmem::find_iter(file, object.as_bytes());
    let lists = all.map(|at| {
        let value = file.get(at + object.len()..).unwrap_or_default();
        let value = value.get(..DICTIONARY).unwrap_or(value);
        names(unescaped(value).trim_ascii_start())
    });
    lists.max_by_key(Vec::len).unwrap_or_default()
}

/// Returns the names of a value: one, or those of a list.
fn names(value: &[u8]) -> Vec<Vec<u8>> {
    let (list, most) = match value.strip_prefix(b"[") {
        Some(list) => (list.split(|byte| *byte == b']').next(), usize::MAX),
        None => (value.starts_with(b"/").then_some(value), 1),
    };
    let is_end =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'<' | b'[' | b'(');
    let parts = list.unwrap_or_default().split(|byte| *byte == b'/').skip(1);
    parts
        .take(most)
        .map(|part| part.split(is_end).next().unwrap_or_default().to_vec())
        .collect()
}

/// Returns how many filters that unpack to much more there are, known or not.
fn times_packed(filters: &[Vec<u8>]) -> usize {
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
    let packs = |name: &&Vec<u8>| !plain.contains(&name.as_slice());
    filters.iter().filter(packs).count()
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

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

        let file = |filter: &str, data: &[u8]| file(&format!("/Filter /{filter}"), data);
        for (filter, data) in [
            ("LZWDecode", lzw_of_one_byte(3_000)),
            ("RunLengthDecode", [129, 7].repeat(20_000)),
        ] {
            assert!(unpacks_past(&file(filter, &data), 1 << 20), "{filter}");
            assert!(!unpacks_past(&file(filter, &data), 8 << 20), "{filter}");
        }
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.4\n1 0 obj << {dictionary} >> stream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream endobj");
        file
    }

    fn deflated(bytes: usize, has_header: bool) -> Vec<u8> {
        let bytes = vec![0; bytes];
        let level = flate2::Compression::new(9);
        let mut packed = Vec::new();
        if has_header {
            let mut encoder = flate2::read::ZlibEncoder::new(bytes.as_slice(), level);
            encoder.read_to_end(&mut packed).unwrap();
        } else {
            let mut encoder = flate2::read::DeflateEncoder::new(bytes.as_slice(), level);
            encoder.read_to_end(&mut packed).unwrap();
        }
        packed
    }

    #[test]
    fn what_the_reader_would_unpack_is_counted_however_it_is_wrapped() {
        let bare = deflated(4 << 20, false);
        let packed = deflated(4 << 20, true);
        let hex = packed.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02X}");
            hex
        });
        // A block that is not packed, with the word that ends a stream in it, and then the rest.
        let word = b"\nendstream endobj ";
        let mut stored = vec![0, word.len() as u8, 0, !(word.len() as u8), 0xff];
        stored.extend(word);
        stored.extend(&bare);
        let length = stored.len();
        let mut behind_words = b"(stream\n) ".to_vec();
        behind_words.extend(file("/Filter /FlateDecode", &packed));
        for (name, file) in [
            ("header", file("/Filter /FlateDecode", &packed)),
            ("bare", file("/Filter /FlateDecode", &bare)),
            ("short key", file("/F /Fl", &packed)),
            ("hex", file("/Filter [/AHx /FlateDecode]", hex.as_bytes())),
            (
                "length",
                file(&format!("/Filter /FlateDecode /Length {length}"), &stored),
            ),
            (
                "elsewhere",
                file("/Filter /FlateDecode /Length 9 0 R", &stored),
            ),
            ("words", behind_words),
        ] {
            assert!(unpacks_past(&file, 1 << 20), "{name}");
            assert!(!unpacks_past(&file, 8 << 20), "{name}");
        }
    }

    #[test]
    fn what_is_packed_twice_is_told_however_it_is_named() {
        let far = format!(
            "/Filter [/FlateDecode /FlateDecode] /Pad ({})",
            "x".repeat(4_000)
        );
        for (dictionary, expected) in [
            ("/Filter [/FlateDecode /Fl#61teDecode]", true),
            ("/F#69lter [/FlateDecode/FlateDecode]", true),
            ("/F [/FlateDecode /LZW]", true),
            (far.as_str(), true),
            ("/Filter [/ASCII85Decode /FlateDecode]", false),
            ("/Filter /FlateDecode /FontFile /Other", false),
            ("/Filter 1 0 R", false),
        ] {
            assert_eq!(
                unpacks_past(&file(dictionary, b"abc"), 1 << 20),
                expected,
                "{dictionary}"
            );
        }
        let mut other = file("/Filter 7 0 R", b"abc");
        other.extend(b"\n7 0 obj [/FlateDecode /FlateDecode] endobj");
        assert!(unpacks_past(&other, 1 << 20));
    }

    #[test]
    fn what_was_encrypted_is_counted_when_it_is_opened() {
        let packed = deflated(4 << 20, true);
        for (filters, data, expected) in [
            (&["FlateDecode"][..], packed.as_slice(), true),
            (&["FlateDecode", "FlateDecode"], b"abc", true),
            (&["FlateDecode"], b"abc", false),
            (&["Crypt"], &[1, 2, 3], false),
        ] {
            let filters: Vec<Vec<u8>> = filters
                .iter()
                .map(|name| name.as_bytes().to_vec())
                .collect();
            assert_eq!(
                data_unpacks_past(data, &filters, 1 << 20),
                expected,
                "{filters:?}"
            );
        }
    }

    #[test]
    fn streams_within_streams_are_not_gone_through_without_end() {
        let many = b"1 0 obj << /Filter /LZW >> stream\n".repeat(40_000);
        assert!(unpacks_past(&many, 1 << 20));
        assert_eq!(of_85(b"87cURD]j7BEbo80~>"), b"Hello world!");
    }
}
