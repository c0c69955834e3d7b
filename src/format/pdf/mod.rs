//! PDF.

use super::outlet::Outlet;

/// Returns whether it is PDF (ISO 32000-2, 7.5.2).
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// Reads it.
pub(super) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let _ = bytes;
    outlet.warn("file", "is not read yet");
}
