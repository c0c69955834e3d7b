//! Whether two texts say the same, by their words alone: letters and digits in any case.
//!
//! Sources repeat themselves with other quotation marks, blanks and dashes: a feed's description is often the
//! beginning of its body, and a page's title its first heading.

/// How many words are compared one by one at each place where the first of them stands: more, and a text of one word
/// over and over would take the square of its length.
const FEW: usize = 64;

/// Returns what is the same of all texts that have the same words.
pub(super) fn key(text: &str) -> String {
    folded(text).collect()
}

/// Returns whether both have the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// Returns whether the words of `part` stand together in `whole`. A part without words does.
pub(super) fn contains(whole: &str, part: &str) -> bool {
    let wanted: Vec<&str> = words(part).collect();
    let Some(first) = wanted.first() else {
        return true;
    };
    if wanted.len() > FEW {
        // The blanks at both ends keep `art` from being found in `part`.
        return spaced(whole).contains(&spaced(part));
    }
    let mut starts = starts(whole, first);
    starts.any(|from| {
        let here = whole.get(from..).unwrap_or_default();
        if begin_apart(here, first) {
            return false;
        }
        let mut here = words(here);
        let mut pairs = wanted.iter().map(|wanted| (wanted, here.next()));
        pairs.all(|(wanted, word)| word.is_some_and(|word| are_one(word, wanted)))
    })
}

/// Returns where words of a text begin that may be `word`: by their first letter, which tells nearly all of them apart.
fn starts<'t>(text: &'t str, word: &str) -> impl Iterator<Item = usize> + 't {
    let letter = word.chars().find(|c| !is_apostrophe(*c));
    let letter = letter.and_then(|letter| letter.to_lowercase().next());
    let begins = move |(at, found): (usize, char)| {
        // Apostrophes before a word belong to it.
        let before = || text.get(..at).unwrap_or_default();
        let is_letter = found.to_lowercase().next() == letter;
        (is_letter
            && !before()
                .trim_end_matches(is_apostrophe)
                .ends_with(char::is_alphanumeric))
        .then_some(at)
    };
    // A letter of ASCII is one of two bytes.
    let small = letter.filter(char::is_ascii).map(|letter| letter as u8);
    let (quickly, slowly) = if small.is_some() {
        (text, "")
    } else {
        ("", text)
    };
    let small = small.unwrap_or_default();
    let quick = memchr::memchr2_iter(small, small.to_ascii_uppercase(), quickly.as_bytes());
    let quick = quick.filter_map(move |at| {
        let before = at.checked_sub(1).and_then(|at| quickly.as_bytes().get(at));
        let is_within = before.is_some_and(u8::is_ascii_alphanumeric);
        (!is_within)
            .then(|| begins((at, char::from(small))))
            .flatten()
    });
    quick.chain(slowly.char_indices().filter_map(begins))
}

/// Returns whether two texts surely begin with other words, by the letters that they begin with.
fn begin_apart(one: &str, other: &str) -> bool {
    let mut pairs = one.bytes().zip(other.bytes());
    let apart = pairs.find(|(one, other)| !one.eq_ignore_ascii_case(other));
    apart.is_some_and(|(one, other)| one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric())
}

/// Returns the words of a text: what stands between characters that are no letters, digits or apostrophes.
fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let parts = |c: char| !(c.is_ascii_alphanumeric() || c.is_alphanumeric() || is_apostrophe(c));
    let words = text.split(parts);
    words.filter(|word| word.contains(|c| !is_apostrophe(c)))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Returns whether two words are the same in lower case, apostrophes aside.
fn are_one(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || folded(one).eq(folded(other))
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
    for word in words(text) {
        spaced.extend(folded(word));
        spaced.push(' ');
    }
    spaced
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn few_words_are_found_where_many_would_be(
            whole in "[aAbBé’' -]{0,24}",
            part in "[aAbBÉ’' ]{0,6}",
        ) {
            let found = spaced(&whole).contains(&spaced(&part));
            assert_eq!(contains(&whole, &part), found);
        }
    }

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
            ("the the trust", "the trust", true),
            ("’ and ‘so it is’", "so it is", true),
            ("STRASSE ÉTÉ", "Strasse été", true),
            ("a trust in trust and care", "trust and care", true),
        ] {
            assert_eq!(contains(whole, part), expected, "{part}");
            // The same, where there are too many words to compare one by one.
            let many = "so it goes ".repeat(FEW);
            let [whole, part] = [whole, part].map(|text| format!("{many} {text}"));
            let begins = spaced(&whole).starts_with(&spaced(&part));
            assert_eq!(contains(&whole, &part), begins, "{part}");
        }
    }
}
