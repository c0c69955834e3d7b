//! The one way from text to terms: the index, a question's words, the lit hits and the snippets all take it, so that
//! they cannot disagree.
//!
//! Guarantees: tokens come in the order of their positions; a token's range lies on character boundaries; a term has
//! at most 96 bytes; words, positions and folded forms are the same whatever the language, which only the stem
//! depends on. Steps: words and compounds with their ranges (`words`), folding (`fold`), stemming by language
//! (`stems`), with spellings levelled and faults mended for English (`english`).
//!
//! Absent on purpose: stop words are told, not dropped (a phrase needs them), and nothing is known of synonyms.

mod characters;
mod english;
mod fold;
mod stems;
mod words;

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

pub use fold::fold;

use self::stems::Stems;
use self::words::Words;
use super::Language;

/// How far the positions jump where a blank row parts two blocks: no phrase reaches across, however loose.
pub const BLOCK_GAP: u32 = 100;

/// A compound of more parts than this (`devolved-to-the-grassroots`) is nobody's one word.
const MAX_JOINED: usize = 4;

/// A word of a text, as it is found. The strings are lent until the next token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands, in bytes of the text; of a joined one the whole compound.
    pub range: Range<usize>,
    /// Its place among the words of the text, from 0.
    pub position: u32,
    /// The word without case, accents and apostrophes.
    pub folded: &'a str,
    /// What its other forms share with it.
    pub stem: &'a str,
    /// True for the one word made of a hyphenated compound, standing at the position of its first part.
    pub joined: bool,
}

/// Hands out every word of `text`, stemmed as `language` asks; an unknown one counts as English.
///
/// ```
/// use recto::text::{Language, analysis::analyze};
///
/// let mut terms = Vec::new();
/// analyze("The Co-operatives’ rules", Language::ENGLISH, |token| {
///     terms.push((token.position, token.folded.to_owned(), token.stem.to_owned()));
/// });
/// let expected = [
///     (0, "the", "the"),
///     (1, "co", "co"),
///     (1, "cooperatives", "cooperative"),
///     (2, "operatives", "operative"),
///     (3, "rules", "rule"),
/// ];
/// assert_eq!(terms, expected.map(|(at, folded, stem)| (at, folded.to_owned(), stem.to_owned())));
/// ```
pub fn analyze(text: &str, language: Language, mut each: impl FnMut(Token<'_>)) {
    // Taken, not borrowed: a visitor that analyses another text meanwhile gets a fresh one.
    let mut analyzer = ANALYZER.take().unwrap_or_default();
    analyzer.run(text, language, &mut each);
    ANALYZER.set(Some(analyzer));
}

/// Hands out every word of `text` folded, in order, without stems and joined forms: what words are sorted by.
pub fn each_folded(text: &str, mut each: impl FnMut(&str)) {
    let mut words = Words::new(text, Vec::new());
    let mut folded = String::new();
    while words.advance() {
        for part in words.parts() {
            folded.clear();
            fold::fold_word_onto(&mut folded, text.get(part.clone()).unwrap_or_default());
            if !folded.is_empty() {
                each(&folded);
            }
        }
    }
}

/// Returns whether a folded word says so little that it is ignored while others remain.
pub fn is_stop_word(folded: &str) -> bool {
    static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../../../assets/stopwords-english.txt")
            .lines()
            .collect()
    });
    // The list has `couldn` and `t` apart; here the apostrophe is dropped, and `couldnt` is one word.
    let negation = folded
        .strip_suffix('t')
        .filter(|verb| verb.len() > 2 && verb.ends_with('n'));
    STOP_WORDS.contains(folded) || negation.is_some_and(|verb| STOP_WORDS.contains(verb))
}

thread_local! {
    /// Buffers and remembered stems outlive a call: a title is a few words, and there are many titles.
    static ANALYZER: Cell<Option<Box<Analyzer>>> = const { Cell::new(None) };
}

#[derive(Debug, Default)]
struct Analyzer {
    folded: String,
    joined: String,
    parts: Vec<Range<usize>>,
    stems: Stems,
}

impl Analyzer {
    fn run(&mut self, text: &str, language: Language, each: &mut impl FnMut(Token<'_>)) {
        self.stems.set_language(language);
        let mut position = 0;
        let mut words = Words::new(text, std::mem::take(&mut self.parts));
        while words.advance() {
            if words.line_feeds() > 1 && position > 0 {
                position += BLOCK_GAP;
            }
            for (place, part) in words.parts().iter().enumerate() {
                self.hand_out(text, part, position, each);
                if place == 0 && words.parts().len() > 1 {
                    self.hand_out_joined(text, words.parts(), position, each);
                }
                position += 1;
            }
        }
        self.parts = words.into_parts();
    }

    fn hand_out(
        &mut self,
        text: &str,
        range: &Range<usize>,
        position: u32,
        each: &mut impl FnMut(Token<'_>),
    ) {
        let word = text.get(range.clone()).unwrap_or_default();
        self.folded.clear();
        fold::fold_word_onto(&mut self.folded, word);
        if self.folded.is_empty() {
            // A stretched joining stroke alone, in Arabic: a letter to Unicode, nothing to look for.
            return;
        }
        each(Token {
            range: range.clone(),
            position,
            stem: self.stems.stem(word, &self.folded),
            folded: &self.folded,
            joined: false,
        });
    }

    /// Hands out a compound as the one word that others write it as; figures alone (`2012-11`) make none.
    fn hand_out_joined(
        &mut self,
        text: &str,
        parts: &[Range<usize>],
        position: u32,
        each: &mut impl FnMut(Token<'_>),
    ) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        let range = first.start..last.end;
        let compound = text.get(range.clone()).unwrap_or_default();
        if parts.len() > MAX_JOINED || !compound.contains(char::is_alphabetic) {
            return;
        }
        self.joined.clear();
        self.folded.clear();
        for part in parts {
            let word = text.get(part.clone()).unwrap_or_default();
            self.joined.push_str(fold::without_possessive(word));
            fold::fold_word_onto(&mut self.folded, word);
        }
        let end = self.folded.floor_char_boundary(fold::MAX_TERM);
        self.folded.truncate(end);
        each(Token {
            range,
            position,
            stem: self.stems.stem(&self.joined, &self.folded),
            folded: &self.folded,
            joined: true,
        });
    }
}
#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns each token as `position:folded`, a joined one with a `+` before it.
    fn tokens(text: &str) -> String {
        let mut all = Vec::new();
        analyze(text, Language::ENGLISH, |token| {
            let sign = if token.joined { "+" } else { "" };
            all.push(format!("{}:{sign}{}", token.position, token.folded));
        });
        all.join(" ")
    }

    #[test]
    fn a_compound_is_found_as_its_parts_and_as_one_word() {
        for (text, expected) in [
            (
                "a co-operative party",
                "0:a 1:co 1:+cooperative 2:operative 3:party",
            ),
            ("L’avenir", "0:l 0:+lavenir 1:avenir"),
            (
                "COVID-19 of 2012-11",
                "0:covid 0:+covid19 1:19 2:of 3:2012 4:11",
            ),
            ("co-op's", "0:co 0:+coop 1:op"),
            ("a-b-c-d-e", "0:a 1:b 2:c 3:d 4:e"),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn a_blank_row_parts_the_positions_and_a_line_break_does_not() {
        assert_eq!(
            tokens("\n\nthird\nsector\n\nbody"),
            "0:third 1:sector 102:body"
        );
    }

    #[test]
    fn only_the_stem_depends_on_the_language() {
        let stems = |text, code: &str| {
            let mut stems = Vec::new();
            analyze(text, Language::from_tag(code), |token| {
                stems.push(format!("{}/{}", token.folded, token.stem));
            });
            stems.join(" ")
        };
        for (text, code, expected) in [
            ("Bücher", "de", "bucher/buch:de"),
            ("Bücher", "en", "bucher/bucher"),
            ("pensées", "fr", "pensees/pens:fr"),
            ("книгами", "ru", "книгами/книг:ru"),
            ("bøker", "nb", "boker/bok:no"),
            ("数据", "zh", "数/数 据/据"),
            ("running", "", "running/run"),
            ("running", "xx", "running/running"),
            ("ـ", "ar", ""),
            ("1990s", "en", "1990s/1990s"),
            ("1990s", "fr", "1990s/1990s"),
            // Else `care` would find an English car in a library that has a French page.
            ("care", "fr", "care/car:fr"),
        ] {
            assert_eq!(stems(text, code), expected, "{text}");
        }
    }

    #[test]
    fn a_visitor_may_analyze_another_text() {
        let mut inner = Vec::new();
        analyze("one two", Language::ENGLISH, |_| {
            analyze("Bücher", Language::from_tag("de"), |token| {
                inner.push(token.stem.to_owned());
            });
        });
        assert_eq!(inner, ["buch:de", "buch:de"]);
    }

    #[test]
    fn the_stop_words_are_those_of_the_list() {
        assert!(is_stop_word("the") && is_stop_word("yourselves") && is_stop_word("dont"));
        assert!(!is_stop_word("trust") && !is_stop_word("int") && !is_stop_word(""));
    }

    proptest! {
        #[test]
        fn tokens_come_in_order_with_ranges_of_the_text_and_bounded_terms(text in any::<String>()) {
            let mut last = (0, 0);
            analyze(&text, Language::ENGLISH, |token| {
                assert!(text.get(token.range.clone()).is_some_and(|word| !word.is_empty()));
                assert!((token.position, token.range.start) >= last);
                assert!(token.folded.len() <= 96 && token.stem.len() <= 96);
                assert!(!token.stem.is_empty());
                last = (token.position, token.range.start);
            });
        }

        #[test]
        fn a_word_has_the_same_terms_wherever_it_stands(word in "[a-zA-Zé][a-zA-Zé’]{0,40}", before in "[a-z ]{0,20}") {
            let terms = |text: &str| {
                let mut last = String::new();
                analyze(text, Language::ENGLISH, |token| last = format!("{}/{}", token.folded, token.stem));
                last
            };
            prop_assert_eq!(terms(&word), terms(&format!("{before} {word}")));
        }
    }
}
