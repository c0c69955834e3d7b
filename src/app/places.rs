//! What `in:` can be completed with: the names of what was added, and the folders below.

use crate::query::whole_name;

/// Something that `in:` can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A source's name, and for a folder below it the path from there.
    pub(super) name: String,
    /// The form in which it is found.
    pub(super) found_by: String,
}

impl Place {
    /// Returns the place of this name. A library may have ten thousand: they are folded before they come to the screen.
    pub fn new(name: String) -> Self {
        Self {
            found_by: whole_name(&name),
            name,
        }
    }
}
