//! Files packed by gzip (RFC 1952), of one member or of many on end.

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::package::over;
use crate::format::outlet::{Inside, Outlet};
use crate::format::read_into;

/// Reads what is packed. Where the packed bytes end too soon, what came before is read.
pub(in crate::format) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    if outlet.is_too_deep() {
        return outlet.warn("file", "stands too deep within archives; passed over");
    }
    let limits = outlet.limits();
    let most = limits.unpacked(bytes.len() as u64);
    let mut unpacked = Vec::new();
    let fault = unpack(bytes, most + 1, &mut unpacked).err();
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
fn unpack(bytes: &[u8], most: u64, unpacked: &mut Vec<u8>) -> std::io::Result<()> {
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

/// Returns what a file was called before it was packed.
fn unpacked_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("gz") => stem.to_owned(),
        Some((stem, ending)) if ending.eq_ignore_ascii_case("tgz") => format!("{stem}.tar"),
        _ => name.to_owned(),
    }
}
