//! Folding: the form in which words are compared, without case, accents and apostrophes.
//!
//! Compatibility decomposition (NFKD, UAX #15), accents dropped, lower case, composed again. What decomposes not but
//! is typed otherwise everywhere (ß, æ, ø, ł) is spelled out. Marks that make another letter stay: the vowels of
//! Thai and of the Indic scripts, the voicing of kana.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::characters::is_apostrophe;

/// The longest term, in bytes: words beyond it (encoded pictures, keys) are told apart by their beginning only.
/// The longest word of the 37 MB of articles that this was tried on has 45.
pub(super) const MAX_TERM: usize = 96;

/// Returns `text` without case, accents and apostrophes.
///
/// ```
/// use recto::text::analysis::fold;
///
/// assert_eq!(fold("Straße, Łódź, Æsop’s ﬁne Ｃafé"), "strasse, lodz, aesops fine cafe");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

/// Adds the folded form of `text` to `folded`.
fn fold_onto(folded: &mut String, text: &str) {
    if text.is_ascii() {
        folded.extend(
            text.chars()
                .filter(|&c| c != '\'')
                .map(|c| c.to_ascii_lowercase()),
        );
        return;
    }
    // Lower case may decompose again (İ), so it is asked for on both sides.
    let letters = text
        .chars()
        .flat_map(char::to_lowercase)
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|&c| !is_accent(c) && !is_apostrophe(c) && !is_ignorable(c));
    for c in letters.nfc() {
        match spelled_out(c) {
            Some(spelling) => folded.push_str(spelling),
            None => folded.push(c),
        }
    }
}

/// Adds the term of a word to `term`: folded, without the possessive, the stops of an acronym, the commas of a number.
pub(super) fn fold_word_onto(term: &mut String, word: &str) {
    let from = term.len();
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let word = if is_plain(word) {
        word
    } else {
        without_possessive(word)
    };
    if is_plain(word) {
        term.push_str(word);
        if let Some(added) = term.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    } else if word.contains(['.', ',', '·']) {
        let is_number = word.starts_with(char::is_numeric);
        let kept = |c: &char| !(matches!(c, ',' | '·') || *c == '.' && !is_number);
        let plain: String = word.chars().filter(kept).collect();
        fold_onto(term, &plain);
    } else {
        fold_onto(term, word);
    }
    let end = term.floor_char_boundary(from + MAX_TERM);
    term.truncate(end);
}

/// Returns a word without the `’s` at its end, so that `people’s` meets `people`.
pub(super) fn without_possessive(word: &str) -> &str {
    word.strip_suffix(['s', 'S'])
        .and_then(|rest| rest.strip_suffix(is_apostrophe))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(word)
}

/// Returns whether a mark only accents its letter, by its combining class: overlays, the points of Hebrew and Arabic,
/// and what is set above and below Latin, Greek and Cyrillic letters.
fn is_accent(c: char) -> bool {
    c > '\u{2ff}' && matches!(canonical_combining_class(c), 1 | 10..=36 | 202..=240)
}

/// Returns whether a character shapes the letters around it and is none itself.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// Returns how a letter without a decomposition is commonly typed.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "ng",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_and_apostrophes_are_folded() {
        for (text, folded) in [
            ("TUPE", "tupe"),
            ("Ärger mit Übergrößen", "arger mit ubergrossen"),
            ("İstanbul ıssız", "istanbul issiz"),
            ("Œuvre d’Ærø", "oeuvre daero"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Ёлка", "елка"),
            ("שָׁלוֹם", "שלום"),
            ("がぎ ｶﾞ", "がぎ ガ"),
            ("한국어", "한국어"),
            ("ภาษาไทยนี้", "ภาษาไทยนี้"),
            ("हिन्दी", "हिन्दी"),
            ("ﬁve ２０１２ m²", "five 2012 m2"),
        ] {
            assert_eq!(fold(text), folded.nfc().collect::<String>(), "{text}");
        }
    }

    #[test]
    fn a_word_loses_possessive_stops_and_commas() {
        for (word, term) in [
            ("people’s", "people"),
            ("Tom's", "tom"),
            ("GOVERNMENT'S", "government"),
            ("don't", "dont"),
            ("O’Brien’s", "obrien"),
            ("U.K", "uk"),
            ("1,500.5", "1500.5"),
            ("col·lecció", "colleccio"),
            ("C++", "c++"),
        ] {
            let mut folded = String::new();
            fold_word_onto(&mut folded, word);
            assert_eq!(folded, term, "{word}");
        }
    }

    #[test]
    fn an_endless_word_gives_a_short_term() {
        let mut term = "before".to_owned();
        fold_word_onto(&mut term, &"é".repeat(10_000));
        assert_eq!(term.len(), "before".len() + MAX_TERM);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
