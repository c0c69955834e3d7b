//! JSON Feed and JSON Lines.

use super::outlet::Outlet;

/// Returns whether it is JSON of a kind that is read here.
pub(super) fn is_json(_name: &str, _text: &str) -> bool {
    false
}

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let _ = text;
    outlet.warn("file", "is not read yet");
}
