//! Whether two texts say the same, by their words alone: letters and digits in any case.
//!
//! Sources repeat themselves with other quotation marks, blanks and dashes: a feed's description is often the
//! beginning of its body, and a page's title its first heading.

/// Returns whether both have the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// Returns whether the words of `part` stand together in `whole`. A part without words does.
pub(super) fn contains(whole: &str, part: &str) -> bool {
    let part: String = spaced(part);
    // The blanks at both ends keep `art` from being found in `part`.
    spaced(whole).contains(&part)
}

/// Returns the characters of the words, in lower case.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Returns the words in lower case, each between two blanks; apostrophes part no words.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    spaced.push(' ');
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            spaced.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            spaced.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '‘') && !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    if !spaced.ends_with(' ') {
        spaced.push(' ');
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_their_words() {
        assert!(same("Who cares?", "who cares"));
        assert!(!same("Who cares?", "Who dares?"));
        for (whole, part, expected) in [
            (
                "The Queen’s speech announced – reforms.",
                "The Queen's speech announced reforms",
                true,
            ),
            ("a part of it", "art", false),
            ("whatever", " … ", true),
            ("", "word", false),
        ] {
            assert_eq!(contains(whole, part), expected, "{part}");
        }
    }
}
