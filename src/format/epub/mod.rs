//! EPUB 2 and 3: books.

use super::archive::Package;
use super::outlet::Outlet;

/// Reads a book.
pub(super) fn read(_: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    outlet.warn("file", "is a book, and those are not read yet");
}
