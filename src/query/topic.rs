//! The form in which names of topics are compared.

use super::name::plain_name;
use crate::text::number::singular;

/// Returns the normal form of a topic's name: case and accents folded, each run of blanks, `-` and `_` one blank, and
/// the last word in the singular. It depends on the name alone, so that topics are the same in whatever order
/// documents come.
///
/// ```
/// use recto::query::topic_name;
///
/// assert_eq!(topic_name("Social-Enterprises"), topic_name(" social_enterprise "));
/// assert_ne!(topic_name("arts"), topic_name("art"));
/// ```
pub fn topic_name(name: &str) -> String {
    singular(&plain_name(name)).into_owned()
}
