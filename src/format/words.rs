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
    // The blanks at both ends keep `art` from being found in `part`.
    let words = spaced(part);
    // What is looked for is most often the beginning.
    let mut head = whole.floor_char_boundary(2 * part.len());
    let within_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘');
    while whole
        .get(..head)
        .is_some_and(|text| text.ends_with(within_word))
    {
        // A word cut off is not the word.
        head = whole.floor_char_boundary(head - 1);
    }
    let begins = whole
        .get(..head)
        .is_some_and(|head| spaced(head).contains(&words));
    begins || spaced(whole).contains(&words)
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
    let mut in_word = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            spaced.push(c.to_ascii_lowercase());
            in_word = true;
        } else if c.is_alphanumeric() {
            spaced.extend(c.to_lowercase());
            in_word = true;
        } else if in_word && !matches!(c, '\'' | '’' | '‘') {
            spaced.push(' ');
            in_word = false;
        }
    }
    if in_word {
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
            ("words and more of them", "word", false),
            ("words and more", "word and more", false),
            ("so it is at the end of all that", "all that", true),
            ("漢字漢字", "漢字", false),
            ("it’s", "it's", true),
        ] {
            assert_eq!(contains(whole, part), expected, "{part}");
        }
    }
}
