//! What may be the name of an own tag.

use super::topic::topic_name;
use crate::text::sanitize;

/// How long a tag's name may be, in characters: longer than any category of a source that is one, and short enough to
/// stand in a row.
const LONGEST: usize = 64;

/// How many own tags a document may have.
pub const MOST_TAGS: usize = 32;

/// Why a text is no name for a tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagFault {
    /// There is no letter and no number in it.
    #[error("“{0}” can’t be a tag: it has no letter or number")]
    Empty(String),
    /// It is too long.
    #[error("“{0}…” can’t be a tag: it is longer than {LONGEST} characters")]
    Long(String),
    /// A comma parts tags where several are typed.
    #[error("“{0}” can’t be a tag: it has a comma")]
    Comma(String),
}

/// Returns a text as the name of a tag: with single blanks, without control characters, and without the signs that
/// announce one (`#`, `+`, `-`). Names are compared as [`topic_name`] does.
///
/// # Errors
///
/// A [`TagFault`] where it can be none.
///
/// ```
/// use recto::query::tag_name;
///
/// assert_eq!(tag_name(" +to  read ").as_deref(), Ok("to read"));
/// assert!(tag_name("#").is_err());
/// ```
pub fn tag_name(text: &str) -> Result<String, TagFault> {
    let clean = sanitize::clean(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_start_matches(['#', '+', '-', ' ']);
    if name.chars().count() > LONGEST {
        return Err(TagFault::Long(name.chars().take(24).collect()));
    }
    if name.contains(',') {
        return Err(TagFault::Comma(name.to_owned()));
    }
    if !topic_name(name).chars().any(char::is_alphanumeric) {
        return Err(TagFault::Empty(clean.trim().to_owned()));
    }
    Ok(name.to_owned())
}

/// Returns a tag as a list shows it: `+to-read`.
fn tag_label(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    format!("+{}", words.join("-"))
}

/// Returns tags as a list shows them, a word each: told by their shape, whatever the colours.
///
/// ```
/// use recto::query::tag_labels;
///
/// assert_eq!(tag_labels(&["mutuals".to_owned(), "to read".to_owned()]), "+mutuals +to-read");
/// ```
pub fn tag_labels(names: &[String]) -> String {
    let labels: Vec<String> = names.iter().map(|name| tag_label(name)).collect();
    labels.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{Filter, Node, parse};

    #[test]
    fn a_name_is_taken_without_its_signs_or_refused_with_a_word() {
        for (text, name) in [
            ("to read", Some("to read")),
            ("  To\tRead ", Some("To Read")),
            ("#mutuals", Some("mutuals")),
            ("+C++", Some("C++")),
            ("数据", Some("数据")),
            ("", None),
            ("-", None),
            ("#+", None),
            ("!?", None),
            ("a,b", None),
        ] {
            assert_eq!(tag_name(text).ok().as_deref(), name, "{text}");
        }
        assert!(tag_name(&"é".repeat(64)).is_ok());
        let long = tag_name(&"é".repeat(65)).unwrap_err().to_string();
        assert!(long.ends_with("longer than 64 characters"), "{long}");
    }

    proptest! {
        #[test]
        fn any_name_can_be_asked_for(text in "\\PC{0,80}") {
            let Ok(name) = tag_name(&text) else { return Ok(()) };
            prop_assert_eq!(tag_name(&name), Ok(name.clone()));
            for (clause, filter) in [
                ("topic", Filter::Topic(name.clone())),
                ("tag", Filter::Tag(name.clone())),
            ] {
                let query = crate::query::Query { root: Node::Filter(filter), ..Default::default() };
                let printed = query.to_string();
                prop_assert!(printed.starts_with(clause));
                prop_assert_eq!(parse(&printed), query);
            }
        }
    }
}
