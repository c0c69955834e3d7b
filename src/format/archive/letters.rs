//! The letters and mailboxes in a ZIP file: unpacked piece by piece, for who reads them as one with those beside it.
//!
//! They are told by how they begin, so that none is unpacked to be looked at. Archives within, where they are called
//! `.zip`, are gone through too; such a one is held in memory, as any entry that is no mailbox.

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;

use super::package::{Package, more_than_the_whole};
use super::zip::{Holds, ends_with, files, holds, read_package};
use super::{gzip, is_zip};
use crate::config::{self, Limits};
use crate::format::outlet::Outlet;
use crate::format::stream::ReadSeek;
use crate::format::{Packing, mail};

/// How much is unpacked at once, in bytes.
const PIECE: usize = 64 << 10;

/// By how much of an entry it is told that it may be a letter, in bytes: the first line says whether to go on.
const FIRST: u64 = 512;

/// By how much of an entry it is told that it is one, in bytes.
const HEAD: u64 = 16 << 10;

/// What an entry of an archive is to who looks for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A letter or a mailbox, packed so within the archive.
    Letters(Packing),
    /// An archive that may have some.
    Archive,
    /// Anything else.
    Other,
}

impl Entry {
    /// Tells by its beginning what the entry of this name at a place is.
    pub fn at(package: &mut Package<'_>, place: usize, name: &str) -> Self {
        let first = package.begin_at(place, FIRST);
        if is_zip(&first) {
            return if ends_with(name, ".zip") {
                Self::Archive
            } else {
                Self::Other
            };
        }
        if !super::is_gzip(&first) && !mail::may_begin(&first) {
            return Self::Other;
        }
        let head = package.begin_at(place, HEAD);
        if mail::is_mail(name, &head) {
            return Self::Letters(Packing::Plain);
        }
        match gzip::head(name, &head) {
            Some((name, head)) if mail::is_mail(&name, &head) => Self::Letters(Packing::Gzip),
            _ => Self::Other,
        }
    }
}

/// What comes of the mailboxes in an archive as they are unpacked, one after the other.
#[derive(Debug)]
pub enum Unpacking<'u> {
    /// One begins, which has this name in the archive.
    Begins(&'u str),
    /// The bytes of it that follow.
    Bytes(&'u [u8]),
    /// It ends; what was wrong with it, which what came before does not suffer from.
    Ends(Option<String>),
    /// It cannot be read, and what came of it is worth nothing. Why.
    Failed(String),
}

/// Hears of the mailboxes as they are unpacked, and may break off.
type Each<'e> = &'e mut dyn FnMut(Unpacking<'_>) -> io::Result<ControlFlow<()>>;

/// Returns whether a ZIP file has letters or mailboxes in it.
pub(in crate::format) fn holds_letters(
    name: &str,
    stream: &mut dyn ReadSeek,
    limits: Limits,
) -> bool {
    let mut found = false;
    let mut stop = |_: Unpacking<'_>| {
        found = true;
        Ok(ControlFlow::Break(()))
    };
    // What cannot be opened is told of by who reads it.
    let _ = unpack_letters((name, stream), limits, u64::MAX, &mut stop);
    found
}

/// Unpacks the letters and mailboxes in a ZIP file called `name`, `most` bytes in all.
///
/// # Errors
/// A file that is no ZIP file, and what `each` fails with.
pub fn unpack_letters(
    (name, stream): (&str, &mut dyn ReadSeek),
    limits: Limits,
    most: u64,
    each: &mut dyn FnMut(Unpacking<'_>) -> io::Result<ControlFlow<()>>,
) -> io::Result<ControlFlow<()>> {
    let size = stream.seek(io::SeekFrom::End(0))?;
    let mut package = Package::open_stream(stream, limits).map_err(io::Error::other)?;
    let mut walk = Walk {
        limits,
        left: limits.unpacked_in_all(size).min(most),
        each,
    };
    walk.package(&mut package, (name, ""), 0)
}

/// Reads what a ZIP file has beside letters and mailboxes.
pub(in crate::format) fn read_besides(stream: &mut dyn ReadSeek, outlet: &mut Outlet<'_, '_>) {
    match Package::open_stream(stream, outlet.limits()) {
        Ok(mut package) => {
            outlet.leave_letters();
            read_package(&mut package, outlet);
        }
        Err(reason) => outlet.warn("file", reason),
    }
}

/// A walk through an archive and those within it.
struct Walk<'e> {
    limits: Limits,
    /// How many bytes may still be unpacked.
    left: u64,
    each: Each<'e>,
}

impl Walk<'_> {
    /// Unpacks what an archive called `name` has; `above` is what stands before the names of its entries.
    fn package(
        &mut self,
        package: &mut Package<'_>,
        (name, above): (&str, &str),
        depth: u8,
    ) -> io::Result<ControlFlow<()>> {
        if depth > self.limits.depth || holds(package, name) != Holds::Files {
            return Ok(ControlFlow::Continue(()));
        }
        for (place, name) in files(package) {
            let whole = format!("{above}{name}");
            let flow = match Entry::at(package, place, &name) {
                Entry::Letters(packing) => self.letters(package, (place, &whole), packing)?,
                Entry::Archive => self.archive(package, (place, &name, &whole), depth)?,
                Entry::Other => continue,
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Goes through an archive within one. What is wrong with it is told by who reads what it has beside letters.
    fn archive(
        &mut self,
        package: &mut Package<'_>,
        (place, name, whole): (usize, &str, &str),
        depth: u8,
    ) -> io::Result<ControlFlow<()>> {
        let go_on = Ok(ControlFlow::Continue(()));
        let Ok(bytes) = package.read_at(place) else {
            return go_on;
        };
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return go_on;
        };
        self.left = left;
        let Ok(mut inner) = Package::open(&bytes, self.limits) else {
            return go_on;
        };
        self.package(&mut inner, (name, &format!("{whole}/")), depth + 1)
    }

    /// Unpacks a mailbox.
    fn letters(
        &mut self,
        package: &mut Package<'_>,
        (place, name): (usize, &str),
        packing: Packing,
    ) -> io::Result<ControlFlow<()>> {
        if (self.each)(Unpacking::Begins(name))?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let (mut stream, most) = match package.stream_at(place) {
            Ok(opened) => opened,
            Err(reason) => return (self.each)(Unpacking::Failed(reason)),
        };
        if self.left == 0 {
            return (self.each)(Unpacking::Failed(more_than_the_whole(self.limits)));
        }
        let most = most.min(self.left);
        let (mut failed, mut flow) = (None, ControlFlow::Continue(()));
        let mut given = 0;
        let mut hand = |piece: &[u8]| {
            given += piece.len() as u64;
            flow = match (self.each)(Unpacking::Bytes(piece)) {
                Ok(flow) => flow,
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            };
            Ok(flow)
        };
        let fault = match packing {
            Packing::Gzip => gzip::unpack(&mut BufReader::new(&mut stream), most, &mut hand),
            Packing::Plain | Packing::Zip => pieces(&mut stream, most, &mut hand).map(|()| None),
        };
        self.left = self.left.saturating_sub(given);
        if let Some(error) = failed {
            return Err(error);
        }
        if flow.is_break() {
            return Ok(flow);
        }
        (self.each)(match fault {
            Ok(fault) => Unpacking::Ends(fault),
            Err(error) => Unpacking::Failed(error.to_string()),
        })
    }
}

/// Hands out what a stream gives, piece by piece, `most` bytes in all.
fn pieces(
    stream: &mut dyn Read,
    most: u64,
    each: &mut dyn FnMut(&[u8]) -> io::Result<ControlFlow<()>>,
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let mut length = 0;
    loop {
        let read = stream
            .read(&mut piece)
            .map_err(|error| io::Error::other(format!("cannot be unpacked: {error}")))?;
        length += read as u64;
        if length > most {
            let most = config::size(most);
            let message = format!(
                "unpacks to more than {most} (the settings limits.ratio and limits.streamed)"
            );
            return Err(io::Error::other(message));
        }
        let piece = piece.get(..read).unwrap_or_default();
        if read == 0 || each(piece)?.is_break() {
            return Ok(());
        }
    }
}
