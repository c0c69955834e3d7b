//! Stemming by language, with the stems of late remembered.
//!
//! A stemmer allocates and takes most of the time of an analysis; a text repeats its words. What was stemmed is kept
//! in a table of fixed size with one place for each hash, so that a repeated word costs a comparison, and memory
//! stays bounded (well below 1 MB a thread).
//!
//! A stem of any language but English bears the language's code (`pens:fr`): stems of all languages share one field, and
//! the French stem of `care` is `car`. Numbers, and words of languages without a stemmer, are whole and bear none.

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::characters::is_apostrophe;
use super::english;
use super::fold::fold;
use crate::text::Language;

/// How many words are remembered; a power of two. Some four times the vocabulary of a long article, so that few of its
/// words share a place.
const PLACES: usize = 8192;

/// Words longer than this, in bytes, are too rare to be remembered.
const LONGEST: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Stems {
    language: Option<Language>,
    by: By,
    places: Vec<Place>,
    /// Holds a stem that has no place.
    loose: String,
}

/// How a language's words are stemmed.
#[derive(Clone, Copy, Default)]
enum By {
    /// Not: there is no stemmer for it.
    #[default]
    Nothing,
    English(Stemmer),
    /// By its own stemmer, from the word with its accents, which endings differ by; and the language's code.
    Other(Stemmer, [u8; 2]),
}

impl std::fmt::Debug for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::English(_) => "English",
            Self::Other(..) => "Other",
        })
    }
}

#[derive(Clone, Debug, Default)]
struct Place {
    word: String,
    stem: String,
}

impl Stems {
    /// Prepares for words of `language`; what was remembered of another is forgotten.
    pub(super) fn set_language(&mut self, language: Language) {
        if self.language == Some(language) {
            return;
        }
        self.language = Some(language);
        self.by = stemmer_of(language);
        self.places.clear();
    }

    /// Returns the stem of a word, given as it stands in the text and folded. The stem is folded too.
    pub(super) fn stem(&mut self, word: &str, folded: &str) -> &str {
        let key = match self.by {
            By::Other(..) => word,
            _ => folded,
        };
        if key.len() > LONGEST {
            self.loose.clear();
            stem_onto(&mut self.loose, self.by, word, folded);
            return &self.loose;
        }
        if self.places.is_empty() {
            self.places.resize_with(PLACES, Place::default);
        }
        let Some(place) = self.places.get_mut(place_of(key)) else {
            return "";
        };
        if place.word != key {
            place.word.clear();
            place.word.push_str(key);
            place.stem.clear();
            stem_onto(&mut place.stem, self.by, word, folded);
        }
        &place.stem
    }
}

/// Returns the place for a word, by its FNV-1a hash.
fn place_of(word: &str) -> usize {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The low bits of this hash are its weak ones.
    (hash >> 32) as usize % PLACES
}

/// Writes the stem of a word onto the empty `stem`.
fn stem_onto(stem: &mut String, by: By, word: &str, folded: &str) {
    let is_number = folded.starts_with(|c: char| c.is_ascii_digit());
    match by {
        // A number is whole: `1990s` is no form of `1990`.
        _ if is_number => stem.push_str(folded),
        By::Nothing => stem.push_str(folded),
        By::English(stemmer) => stem.push_str(&english::stem(folded, stemmer)),
        By::Other(stemmer, _) if word.len() == folded.len() && folded.is_ascii() => {
            stem.push_str(&stemmer.stem(folded));
        }
        By::Other(stemmer, _) => {
            let plain: String = super::fold::without_possessive(word)
                .chars()
                .filter(|&c| !is_apostrophe(c))
                .flat_map(char::to_lowercase)
                .nfc()
                .collect();
            stem.push_str(&fold(&stemmer.stem(&plain)));
        }
    }
    if stem.is_empty() {
        stem.push_str(folded);
    }
    let code = match by {
        By::Other(_, code) if !is_number => Some(code.map(char::from)),
        _ => None,
    };
    let room = super::fold::MAX_TERM - code.map_or(0, |code| 1 + code.len());
    stem.truncate(stem.floor_char_boundary(room));
    if let Some(code) = code {
        stem.push(':');
        stem.extend(code);
    }
}

/// Returns how the words of a language are stemmed.
fn stemmer_of(language: Language) -> By {
    let code = match language {
        Language::Unknown | Language::ENGLISH => {
            return By::English(Stemmer::new(Algorithm::English));
        }
        // The two written forms of Norwegian share a stemmer.
        Language::Code([b'n', b'b' | b'n']) => *b"no",
        Language::Code(code) => code,
    };
    let algorithm = std::str::from_utf8(&code)
        .ok()
        .and_then(|code| Algorithm::from_name(code).ok());
    algorithm.map_or(By::Nothing, |algorithm| {
        By::Other(Stemmer::new(algorithm), code)
    })
}
