//! Reports: DOCX and ODT.

use super::archive::Package;
use super::outlet::Outlet;

/// Reads it.
pub(super) fn read_docx(_: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    outlet.warn("file", "is not read yet");
}

/// Reads it.
pub(super) fn read_odt(_: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    outlet.warn("file", "is not read yet");
}
