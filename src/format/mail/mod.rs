//! Letters and mailboxes.

use super::outlet::Outlet;

/// Returns whether it is a letter or a mailbox.
pub(super) fn is_mail(_name: &str, _bytes: &[u8]) -> bool {
    false
}

/// Reads it.
pub(super) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let _ = bytes;
    outlet.warn("file", "is not read yet");
}
