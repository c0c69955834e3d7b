//! A ZIP file that is open: its entries by name, each unpacked when it is asked for, never past the limits.
//!
//! What an entry says of its own size is not believed: unpacking stops where a limit is reached. That a thousand
//! entries may share the same packed bytes is met by what all of them together may unpack to, a multiple of the whole
//! file's size. Nothing is written anywhere, so a name that climbs out of its folder is only an odd name.
//!
//! Names are forgiving, as books made by hand need it: `\` counts as `/`, a name is found whatever its case, and one
//! that does not say its encoding is UTF-8 where it can be.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Cursor, Read, SeekFrom};
use std::mem;

use zip::ZipArchive;
use zip::result::ZipError;

use super::recover;
use crate::config::Limits;
use crate::format::stream::ReadSeek;

/// How much room is made for an entry before a byte of it is seen: what it says of its size is not believed further.
const BELIEVED: u64 = 1 << 20;

/// An open ZIP file.
pub(in crate::format) struct Package<'b> {
    archive: ZipArchive<Box<dyn ReadSeek + 'b>>,
    names: Vec<String>,
    /// The place among the names of each name in lower case; of two that differ in case only, the first.
    places: HashMap<String, usize>,
    limits: Limits,
    /// How many bytes may still be unpacked.
    left: u64,
    /// What was read though it is not as it was packed: names, and what is wrong.
    faults: Vec<(String, String)>,
    /// Its directory is missing and was written anew: its last entry may break off.
    cut_short: bool,
}

impl<'b> Package<'b> {
    /// Opens a ZIP file, or says why it cannot be.
    pub fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, String> {
        refuse_many(bytes, limits)?;
        let opened = |whole: Cow<'b, [u8]>| {
            let whole: Box<dyn ReadSeek + 'b> = Box::new(Cursor::new(whole));
            ZipArchive::new(whole)
        };
        let (archive, cut_short) = match opened(Cow::Borrowed(bytes)) {
            Ok(archive) => (archive, false),
            Err(error) => {
                let whole = recover::recovered(bytes, limits.entries);
                let whole = whole.ok_or_else(|| reason(&error))?;
                let archive = opened(Cow::Owned(whole)).map_err(|_| reason(&error))?;
                (archive, true)
            }
        };
        Ok(Self {
            cut_short,
            ..Self::new(archive, bytes.len() as u64, limits)
        })
    }

    /// Opens a ZIP file that is not held in memory, or says why it cannot be. One that was cut short cannot be.
    pub fn open_stream(mut stream: &'b mut dyn ReadSeek, limits: Limits) -> Result<Self, String> {
        let mut end = Vec::new();
        let told = |error: io::Error| format!("cannot be read: {error}");
        let size = stream.seek(SeekFrom::End(0)).map_err(told)?;
        stream
            .seek(SeekFrom::Start(size.saturating_sub(END)))
            .and_then(|_| (&mut stream).take(END).read_to_end(&mut end))
            .map_err(told)?;
        refuse_many(&end, limits)?;
        let stream: Box<dyn ReadSeek + 'b> = Box::new(stream);
        let archive = ZipArchive::new(stream).map_err(|error| reason(&error))?;
        Ok(Self::new(archive, size, limits))
    }

    fn new(archive: ZipArchive<Box<dyn ReadSeek + 'b>>, size: u64, limits: Limits) -> Self {
        let names: Vec<String> = (0..archive.len())
            .map(|place| name_at(&archive, place))
            .collect();
        let mut places = HashMap::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            places.entry(name.to_lowercase()).or_insert(place);
        }
        Self {
            archive,
            names,
            places,
            limits,
            left: limits.unpacked_in_all(size),
            faults: Vec::new(),
            cut_short: false,
        }
    }

    /// Returns the names of the entries in the order of the archive's directory, parted by `/`; folders end with one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Returns whether there is an entry of that name.
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Returns the name that the archive has for an entry asked for in another case or with other slashes.
    pub fn spelt(&self, name: &str) -> Option<&str> {
        self.names.get(self.place(name)?).map(String::as_str)
    }

    /// Unpacks the entry of that name, whatever its case, or says why it cannot be.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let place = self.place(name).ok_or("is not in the archive")?;
        self.read_at(place)
    }

    /// Unpacks the entry at a place among the names.
    pub fn read_at(&mut self, place: usize) -> Result<Vec<u8>, String> {
        let limits = self.limits;
        let left = self.left;
        let breaks_off = self.cut_short && place + 1 == self.names.len();
        let entry = self
            .archive
            .by_index(place)
            .map_err(|error| reason(&error))?;
        let most = limits.unpacked(entry.compressed_size());
        let size = entry.size();
        let declared = usize::try_from(size.min(BELIEVED)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(declared);
        let unpacked = entry.take(most.min(left) + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        self.left = left.saturating_sub(length);
        if length > left {
            return Err(more_than_the_whole(limits));
        }
        if length > most {
            return Err(over(length, limits));
        }
        match unpacked {
            Ok(_) => Ok(bytes),
            Err(_) if breaks_off && !bytes.is_empty() => Ok(bytes),
            // All of it is there before its checksum is compared: a letter may be wrong, and no other is lost for it.
            Err(_) if length == size && length > 0 => {
                let name = self.names.get(place).cloned().unwrap_or_default();
                let fault =
                    "is damaged: its checksum is not that of its bytes; it is read as it is";
                self.faults.push((name, fault.to_owned()));
                Ok(bytes)
            }
            Err(error) => Err(format!("cannot be unpacked: {error}")),
        }
    }

    /// Returns the first `most` bytes of the entry at a place; fewer, or none, where it cannot be unpacked so far.
    pub fn begin_at(&mut self, place: usize, most: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Ok(entry) = self.archive.by_index(place) {
            // What came before a fault is there.
            let _ = entry.take(most).read_to_end(&mut bytes);
        }
        bytes
    }

    /// Opens the entry at a place to be unpacked piece by piece, and returns how many bytes may come of it at most.
    pub fn stream_at(&mut self, place: usize) -> Result<(impl Read + use<'_, 'b>, u64), String> {
        let limits = self.limits;
        let entry = self
            .archive
            .by_index(place)
            .map_err(|error| reason(&error))?;
        let most = limits.unpacked_in_all(entry.compressed_size());
        Ok((entry, most))
    }

    /// Returns whether the end of the file is missing, and its directory with it.
    pub fn is_cut_short(&self) -> bool {
        self.cut_short
    }

    /// Returns, once, what was read though it is not as it was packed: its names, and what is wrong.
    pub fn take_faults(&mut self) -> Vec<(String, String)> {
        mem::take(&mut self.faults)
    }

    /// Returns whether so much was unpacked that nothing more will be.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    fn place(&self, name: &str) -> Option<usize> {
        if let Some(place) = self.archive.index_for_name(name) {
            return Some(place);
        }
        let name = name.replace('\\', "/").to_lowercase();
        self.places.get(&name).copied()
    }
}

/// Returns which limit something went beyond that unpacked to so many bytes at least.
pub(super) fn over(length: u64, limits: Limits) -> String {
    if length > limits.bytes {
        let most = limits.bytes >> 20;
        format!("unpacks to more than the {most} MB that are held in memory; passed over")
    } else {
        let ratio = limits.ratio;
        format!("unpacks to more than {ratio} times its packed size; passed over")
    }
}

/// Returns that all entries together went beyond the limit.
pub(super) fn more_than_the_whole(limits: Limits) -> String {
    let ratio = limits.ratio;
    format!(
        "is passed over with all that follows: the archive unpacks to more than {ratio} times its size"
    )
}

/// Returns the name of an entry. Many programs write UTF-8 without saying so.
fn name_at(archive: &ZipArchive<Box<dyn ReadSeek + '_>>, place: usize) -> String {
    let Ok(entry) = archive.by_index_data(place) else {
        return String::new();
    };
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => entry.name().map_or_else(
            |_| String::from_utf8_lossy(raw).into_owned(),
            Cow::into_owned,
        ),
    };
    name.replace('\\', "/")
}

/// How much of the end of a ZIP file is looked at for how many entries it has, in bytes: the record there with its
/// longest comment, twice.
const END: u64 = 2 * (u16::MAX as u64 + 64);

/// Refuses an archive whose end says that it has more entries than are read of one.
fn refuse_many(end: &[u8], limits: Limits) -> Result<(), String> {
    let entries = declared_entries(end);
    if entries <= limits.entries as u64 {
        return Ok(());
    }
    Err(format!(
        "has {entries} entries, more than the {} that are read of one archive",
        limits.entries
    ))
}

/// Returns how many entries the end of the archive says it has (APPNOTE 6.3, sections 4.3.14 and 4.3.16): a directory
/// of millions is refused before it is read.
fn declared_entries(bytes: &[u8]) -> u64 {
    let number = |at: usize, width: usize| {
        let field = bytes.get(at..at.checked_add(width)?)?;
        Some(
            field
                .iter()
                .rev()
                .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    let last = |signature: &[u8; 4], before: usize| {
        let from = before.saturating_sub(usize::from(u16::MAX) + 64);
        let window = bytes.get(from..before)?;
        let at = window.windows(4).rposition(|four| four == signature)?;
        Some(from + at)
    };
    let Some(end) = last(b"PK\x05\x06", bytes.len()) else {
        return 0;
    };
    match number(end + 10, 2) {
        Some(0xffff) => last(b"PK\x06\x06", end)
            .and_then(|record| number(record + 32, 8))
            .unwrap_or(0xffff),
        count => count.unwrap_or_default(),
    }
}

/// Returns why a ZIP file or an entry cannot be read, in words that follow its name.
fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            "is encrypted; passed over".to_owned()
        }
        ZipError::CompressionMethodNotSupported(method) => {
            format!("is packed by method {method}, which is not read; passed over")
        }
        ZipError::UnsupportedArchive(why) => format!("cannot be unpacked: {why}"),
        error => format!("is a damaged ZIP file: {error}"),
    }
}
