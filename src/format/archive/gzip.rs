//! Files packed by gzip (RFC 1952), of one member or of many on end.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use flate2::bufread::GzDecoder;

use super::package::over;
use crate::config;
use crate::format::outlet::{Inside, Outlet};
use crate::format::read_into;

/// How much is unpacked at once, in bytes.
const PIECE: usize = 64 << 10;

/// By how much of what is packed its format is told, in bytes.
const HEAD: usize = 16 << 10;

/// Reads what is packed. Where the packed bytes end too soon, what came before is read.
pub(in crate::format) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    if outlet.is_too_deep() {
        return outlet.warn("file", "stands too deep within archives; passed over");
    }
    let limits = outlet.limits();
    let most = limits.unpacked(bytes.len() as u64);
    let mut unpacked = Vec::new();
    let fault = unpack_whole(bytes, most + 1, &mut unpacked).err();
    if unpacked.len() as u64 > most || !outlet.spend(unpacked.len()) {
        return outlet.warn("file", over(unpacked.len() as u64, limits));
    }
    let length = unpacked.len();
    match fault {
        Some(error) if length == 0 => {
            return outlet.warn("file", format!("cannot be unpacked: {error}"));
        }
        Some(error) => outlet.warn(
            format!("byte {length}"),
            format!("the packed text breaks off here ({error}); what came before is read"),
        ),
        None => {}
    }
    let name = unpacked_name(outlet.name());
    let _ = outlet.within(Inside::Whole(&name), &unpacked, read_into);
}

/// Unpacks one member after the other, `most` bytes in all. What follows the last is no fault of the file: tapes and
/// blocks are filled up.
fn unpack_whole(bytes: &[u8], most: u64, unpacked: &mut Vec<u8>) -> io::Result<()> {
    let mut rest = bytes;
    while super::is_gzip(rest) {
        let room = most.saturating_sub(unpacked.len() as u64);
        let mut member = GzDecoder::new(rest).take(room);
        member.read_to_end(unpacked)?;
        if unpacked.len() as u64 >= most {
            break;
        }
        rest = member.into_inner().into_inner();
    }
    Ok(())
}

/// Unpacks a file piece by piece: `each` gets the pieces and may break off. `most` is how much may come of it, in bytes.
/// Returns what was wrong where the packed bytes end too soon, which what came before does not suffer from.
///
/// # Errors
/// What cannot be read, is packed by nothing known, or unpacks to more than `most`.
pub fn unpack(
    mut packed: &mut dyn BufRead,
    most: u64,
    each: &mut dyn FnMut(&[u8]) -> io::Result<ControlFlow<()>>,
) -> io::Result<Option<String>> {
    let mut piece = vec![0; PIECE];
    let mut length = 0;
    while let Some(taken) = begins_member(packed)? {
        let mut member = GzDecoder::new(taken.chain(&mut packed));
        loop {
            let unpacked = match member.read(&mut piece) {
                Ok(0) => break,
                Ok(unpacked) => unpacked,
                Err(error) if length == 0 => {
                    let message = format!("cannot be unpacked: {error}");
                    return Err(io::Error::other(message));
                }
                Err(error) => {
                    return Ok(Some(format!(
                        "the packed text breaks off here ({error}); what came before is read"
                    )));
                }
            };
            length += unpacked as u64;
            if length > most {
                let most = config::size(most);
                let message = format!(
                    "unpacks to more than {most} (the settings limits.ratio and limits.streamed)"
                );
                return Err(io::Error::other(message));
            }
            if each(piece.get(..unpacked).unwrap_or_default())?.is_break() {
                return Ok(None);
            }
        }
    }
    Ok(None)
}

/// Returns whether a member begins here, and what was taken of it to see that: a buffer may end within the two bytes that
/// every member begins with.
fn begins_member(packed: &mut dyn BufRead) -> io::Result<Option<&'static [u8]>> {
    const FIRST: &[u8] = b"\x1f";
    const SECOND: &[u8] = b"\x8b";
    let there = packed.fill_buf()?;
    if there != FIRST {
        return Ok(super::is_gzip(there).then_some(b""));
    }
    packed.consume(FIRST.len());
    let is_second = packed.fill_buf()?.starts_with(SECOND);
    Ok(is_second.then_some(FIRST))
}

/// Returns what a file that begins with `head` was called before it was packed, and what it begins with; nothing where
/// it is not packed by gzip.
pub(in crate::format) fn head(name: &str, head: &[u8]) -> Option<(String, Vec<u8>)> {
    if !super::is_gzip(head) {
        return None;
    }
    let mut unpacked = vec![0; HEAD];
    let mut decoder = GzDecoder::new(head);
    let mut length = 0;
    while let Ok(more) = decoder.read(unpacked.get_mut(length..).unwrap_or_default()) {
        if more == 0 {
            break;
        }
        length += more;
    }
    unpacked.truncate(length);
    Some((unpacked_name(name), unpacked))
}

/// Returns what a file was called before it was packed.
fn unpacked_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("gz") => stem.to_owned(),
        Some((stem, ending)) if ending.eq_ignore_ascii_case("tgz") => format!("{stem}.tar"),
        _ => name.to_owned(),
    }
}
