//! JSON Lines: not read yet.

use super::super::outlet::Outlet;

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let _ = text;
    outlet.warn("file", "is JSON Lines, which are not read yet");
}
