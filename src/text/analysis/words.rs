//! Where the words of a text are.
//!
//! Boundaries are those of UAX #29 with a tailoring for finding, the same for the index and for a question:
//! - a hyphen between two words makes a compound of them, and so does the apostrophe of an elision (`l'avenir`);
//! - a full stop joins the digits of a number and single letters (`3.5`, `U.K.`), a comma groups of three digits;
//!   elsewhere both part, so that `example.com` is found by `example`, and a missing blank loses no word;
//! - `_` and `:` part;
//! - `C++` and `C#` are names;
//! - scripts written without blanks (Chinese, Japanese, Thai …) give each character as a word of its own. A run of
//!   them in a question is a phrase: that finds any word, of one character too, and nothing else, without a
//!   dictionary. Pairs of characters, the other way, miss single ones and cost two passes over a run.

use std::ops::Range;

use super::characters::{Class, is_apostrophe};

/// Walks over the words of a text, compound by compound.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
    parts: Vec<Range<usize>>,
    /// Line feeds between the last compound and the one before.
    line_feeds: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, mut parts: Vec<Range<usize>>) -> Self {
        parts.clear();
        Self {
            text,
            at: 0,
            parts,
            line_feeds: 0,
        }
    }

    /// Moves on to the next compound, or to a lone word; false at the end of the text.
    pub(super) fn advance(&mut self) -> bool {
        self.parts.clear();
        let Some(class) = self.skip_to_word() else {
            return false;
        };
        if class == Class::Character {
            self.take_character();
        } else {
            self.take_compound();
        }
        true
    }

    /// Returns where the parts of the compound are; one for a lone word.
    pub(super) fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// Returns how many line feeds stand between the compound and the one before.
    pub(super) fn line_feeds(&self) -> usize {
        self.line_feeds
    }

    /// Gives the buffer back for the next text.
    pub(super) fn into_parts(self) -> Vec<Range<usize>> {
        self.parts
    }

    /// Moves to the next character that can begin a word, and returns its class.
    fn skip_to_word(&mut self) -> Option<Class> {
        self.line_feeds = 0;
        loop {
            // Bytes first: nearly all that stands between words is one blank.
            let rest = self.text.as_bytes().get(self.at..)?;
            let mut bytes = rest.iter();
            let byte = bytes.find(|&&byte| {
                self.line_feeds += usize::from(byte == b'\n');
                !byte.is_ascii() || byte.is_ascii_alphanumeric()
            })?;
            self.at += rest.len() - bytes.as_slice().len() - 1;
            if byte.is_ascii() {
                return Some(Class::of(char::from(*byte)));
            }
            let c = self.text.get(self.at..)?.chars().next()?;
            let class = Class::of(c);
            if matches!(class, Class::Letter | Class::Digit | Class::Character) {
                return Some(class);
            }
            self.at += c.len_utf8();
        }
    }

    /// Takes one character of a script without blanks, with its marks.
    fn take_character(&mut self) {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let unit = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| Class::of(c) != Class::Extend)
            .map_or(rest.len(), |(at, _)| at);
        self.at = start + unit;
        self.parts.push(start..self.at);
    }

    fn take_compound(&mut self) {
        loop {
            let start = self.at;
            self.at = word_end(self.text, start);
            self.push_word(start..self.at);
            let Some(next) = self.after_hyphen() else {
                return;
            };
            self.at = next;
        }
    }

    /// Returns where the next part of the compound begins, if a hyphen and a part follow.
    fn after_hyphen(&self) -> Option<usize> {
        let mut rest = self.text.get(self.at..)?.chars();
        let hyphen = rest.next().filter(|&c| Class::of(c) == Class::Hyphen)?;
        let begins = matches!(Class::of(rest.next()?), Class::Letter | Class::Digit);
        begins.then_some(self.at + hyphen.len_utf8())
    }

    /// Notes a word, as two where it begins with an elision.
    fn push_word(&mut self, word: Range<usize>) {
        match elision(self.text.get(word.clone()).unwrap_or_default()) {
            Some((article, apostrophe)) => {
                let start = word.start + article;
                self.parts.push(word.start..start);
                self.parts.push(start + apostrophe..word.end);
            }
            None => self.parts.push(word),
        }
    }
}

/// Returns where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            return at;
        };
        let belongs = match Class::of(c) {
            Class::Letter | Class::Digit | Class::Extend => true,
            Class::Apostrophe => joins(text, start, at, c),
            _ => matches!(c, '.' | ',' | '·') && joins(text, start, at, c),
        };
        if !belongs {
            let is_sign = matches!(c, '+' | '#');
            return if is_sign {
                at + name_sign(text, start, at)
            } else {
                at
            };
        }
        at += c.len_utf8();
    }
}

/// Returns whether the punctuation `c` at `at` holds together what stands on its sides, in a word begun at `start`.
fn joins(text: &str, start: usize, at: usize, c: char) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let after = text.get(at + c.len_utf8()..).unwrap_or_default();
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let is_digit = |c| Class::of(c) == Class::Digit;
    match c {
        // Catalan writes `col·lecció`; elsewhere the dot parts.
        '·' => left.eq_ignore_ascii_case(&'l') && right.eq_ignore_ascii_case(&'l'),
        '.' if is_digit(left) => is_digit(right),
        '.' => is_lone_letter(before.rsplit('.').next()) && is_initial(after),
        ',' => is_digit(left) && groups_thousands(before, after),
        _ if is_apostrophe(c) => Class::of(right) == Class::Letter,
        _ => false,
    }
}

fn is_lone_letter(word: Option<&str>) -> bool {
    let mut letters = word.unwrap_or_default().chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Returns whether a text begins with one letter and no more, as after the first full stop of `U.K.`
fn is_initial(after: &str) -> bool {
    let mut letters = after.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_none_or(|c| {
            matches!(
                Class::of(c),
                Class::Other | Class::Hyphen | Class::Apostrophe
            )
        })
}

/// Returns whether a comma stands between groups of digits, as in `1,500,000`.
fn groups_thousands(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let last = before.rsplit(',').next().unwrap_or_default();
    let first_group = last.len() == before.len();
    digits(last) == last.len()
        && if first_group {
            last.len() <= 3
        } else {
            last.len() == 3
        }
        && digits(after) == 3
}

/// Returns the length of the `++` or `#` that belongs to a name of one letter, as in `C++`.
fn name_sign(text: &str, start: usize, at: usize) -> usize {
    if !is_lone_letter(text.get(start..at)) {
        return 0;
    }
    let rest = text.get(at..).unwrap_or_default();
    let ends = |sign: &str| {
        rest.strip_prefix(sign).is_some_and(|after| {
            after
                .chars()
                .next()
                .is_none_or(|c| !matches!(Class::of(c), Class::Letter | Class::Digit))
        })
    };
    ["++", "#"]
        .into_iter()
        .find(|sign| ends(sign))
        .map_or(0, str::len)
}

/// Returns the length of the article that an elision joined to the word, and that of the apostrophe: `l'avenir`,
/// `d’être`, `qu'il`. Only before a vowel or an h, so that `O'Brien` and `don't` stay whole.
fn elision(word: &str) -> Option<(usize, usize)> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (at, apostrophe) = word
        .char_indices()
        .take(5)
        .find(|&(_, c)| is_apostrophe(c))?;
    let article = word.get(..at)?;
    let is_article = ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "dell", "all"]
        .iter()
        .any(|known| article.eq_ignore_ascii_case(known));
    let next = word.get(at + apostrophe.len_utf8()..)?.chars().next()?;
    let is_vowel = "aeiouhàâäéèêëíìîïóòôöúùûüœæ".contains(next.to_lowercase().next()?);
    (is_article && is_vowel).then_some((at, apostrophe.len_utf8()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// Returns the compounds of a text, the parts of each parted by `+`.
    fn compounds(text: &str) -> Vec<String> {
        let mut words = Words::new(text, Vec::new());
        let mut all = Vec::new();
        while words.advance() {
            let parts: Vec<&str> = words
                .parts()
                .iter()
                .map(|part| &text[part.clone()])
                .collect();
            all.push(parts.join("+"));
        }
        all
    }

    #[test]
    fn words_are_found_whole() {
        for (text, expected) in [
            (
                "Issues of trust, etc.. ",
                &["Issues", "of", "trust", "etc"][..],
            ),
            (
                "peoples’ people’s O'Brien don't ’tis",
                &["peoples", "people’s", "O'Brien", "don't", "tis"],
            ),
            (
                "in the U.K. and e.g. this.That",
                &["in", "the", "U.K", "and", "e.g", "this", "That"],
            ),
            (
                "clear,consistent 1,500 1,2,3 3.14 2.",
                &["clear", "consistent", "1,500", "1", "2", "3", "3.14", "2"],
            ),
            (
                "£1,500,000 is 15% of 12,34",
                &["1,500,000", "is", "15", "of", "12", "34"],
            ),
            (
                "C++ and C# beat B# or c",
                &["C++", "and", "C#", "beat", "B#", "or", "c"],
            ),
            (
                "_emphasis_ snake_case a:b",
                &["emphasis", "snake", "case", "a", "b"],
            ),
            (
                "http://example.com/x?y=1",
                &["http", "example", "com", "x", "y", "1"],
            ),
            (
                "nai\u{308}ve col·lecció a·b",
                &["nai\u{308}ve", "col·lecció", "a", "b"],
            ),
            ("", &[]),
            ("… – — * * *", &[]),
        ] {
            assert_eq!(compounds(text), expected, "{text}");
        }
    }

    #[test]
    fn a_hyphen_or_an_elision_makes_a_compound() {
        for (text, expected) in [
            ("co-operative spin‑outs", &["co+operative", "spin+outs"][..]),
            (
                "Anglo–French war — peace",
                &["Anglo+French", "war", "peace"],
            ),
            (
                "win- or lose -5 a--b",
                &["win", "or", "lose", "5", "a", "b"],
            ),
            ("2012-11-03 COVID-19", &["2012+11+03", "COVID+19"]),
            ("L'avenir d’être qu'il", &["L+avenir", "d+être", "qu+il"]),
        ] {
            assert_eq!(compounds(text), expected, "{text}");
        }
    }

    #[test]
    fn a_script_without_blanks_gives_its_characters() {
        for (text, expected) in [
            ("数据库and 日本", &["数", "据", "库", "and", "日", "本"][..]),
            ("カメラ ｶﾞ 한국어", &["カ", "メ", "ラ", "ｶﾞ", "한국어"]),
            ("ที่นี่", &["ที่", "นี่"]),
        ] {
            assert_eq!(compounds(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn in_plain_prose_the_words_are_those_of_the_standard(text in "[a-zA-Zéüßжяא0-9 !?()\n]{0,40}") {
            prop_assert_eq!(compounds(&text), text.unicode_words().collect::<Vec<_>>());
        }

        #[test]
        fn the_parts_are_in_order_disjoint_and_on_boundaries(text in any::<String>()) {
            let mut words = Words::new(&text, Vec::new());
            let mut reached = 0;
            while words.advance() {
                for part in words.parts() {
                    prop_assert!(part.start >= reached && part.start < part.end);
                    prop_assert!(text.get(part.clone()).is_some());
                    reached = part.end;
                }
            }
        }
    }
}
