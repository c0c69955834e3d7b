//! Lists of addresses: OPML, bookmarks.

use super::outlet::Outlet;

/// Returns whether it is a list of addresses.
pub(super) fn is_list(_name: &str, _text: &str) -> bool {
    false
}

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let _ = text;
    outlet.warn("file", "is not read yet");
}
