//! ZIP and gzip: files within a file.

mod package;

pub(super) use package::Package;

use super::outlet::Outlet;

/// Returns whether the bytes begin a ZIP file.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Returns whether the bytes begin a file packed by gzip (RFC 1952).
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

/// Reads it.
pub(super) fn read_zip(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let _ = bytes;
    outlet.warn("file", "is not read yet");
}

/// Reads it.
pub(super) fn read_gzip(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let _ = bytes;
    outlet.warn("file", "is not read yet");
}
