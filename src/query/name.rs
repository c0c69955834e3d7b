//! The form in which whole names of sources and authors are compared.

use super::parse::bounded;
use crate::text::analysis::fold;

/// Returns the normal form of a name, of as much of it as a question keeps: case and accents folded, and each run of
/// blanks, `-` and `_` one blank.
///
/// ```
/// use recto::query::whole_name;
///
/// assert_eq!(whole_name("Jörg  Müller"), whole_name("jorg muller"));
/// assert_ne!(whole_name("NCVO"), whole_name("NCVO Archive"));
/// ```
pub fn whole_name(name: &str) -> String {
    plain_name(&bounded(name))
}

/// Returns the name under which a search can be saved, as a question has it: with single blanks and of bounded length;
/// nothing where no letter or number is in it.
pub fn saved_name(text: &str) -> Option<String> {
    let name = bounded(text);
    name.chars().any(char::is_alphanumeric).then_some(name)
}

/// Returns a name of any length in that form.
pub(super) fn plain_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
