//! Whether a text has a sign in it, looked for at the pace of memory: a reader asks each text for dozens of signs that
//! nearly none has.

use memchr::memmem;

/// Returns whether a text has the sign.
pub(super) fn has(text: &str, sign: &str) -> bool {
    memmem::find(text.as_bytes(), sign.as_bytes()).is_some()
}

/// Returns whether a text has one of the signs.
pub(super) fn has_one(text: &str, signs: &[&str]) -> bool {
    signs.iter().any(|sign| has(text, sign))
}

/// Returns where the sign stands in a text, in bytes; none begins within another.
pub(super) fn places<'t>(text: &'t str, sign: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), sign.as_bytes())
}
