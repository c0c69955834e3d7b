//! ZIP and gzip: files within a file, each read as if it stood on its own.
//!
//! Guarantees: what unpacks to more than the limits allow is passed over and named, and so is what cannot be unpacked;
//! the rest goes on. All that is read of a file, archives within archives included, counts towards one sum, so no
//! nesting makes a bomb of what would be none by itself.

mod gzip;
mod letters;
mod package;
mod recover;
mod zip;

pub use gzip::unpack;
pub(super) use gzip::{head as gzip_head, read as read_gzip};
pub use letters::{Unpacking, unpack_letters};
pub(super) use letters::{holds_letters, read_besides};
pub(super) use package::Package;
pub(super) use zip::read as read_zip;

/// Returns whether the bytes begin a ZIP file; an empty one is only its end.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Returns whether the bytes begin a file packed by gzip (RFC 1952).
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

#[cfg(test)]
mod tests;
