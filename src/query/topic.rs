//! The form in which names of topics are compared.

use crate::text::analysis::fold;

/// Returns the normal form of a topic's name: case and accents folded, and each run of blanks, `-` and `_` one blank.
///
/// ```
/// use recto::query::topic_name;
///
/// assert_eq!(topic_name("Social-Care"), topic_name(" social_care "));
/// ```
pub fn topic_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
