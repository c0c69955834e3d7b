//! JSON Feed and JSON Lines.

pub(super) mod lines;

use super::outlet::Outlet;

/// Returns whether it is JSON of a kind that is read here.
pub(super) fn is_json(name: &str, text: &str) -> bool {
    lines::is_lines(name, text)
}

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    lines::read(text, outlet);
}
