//! Languages by their codes.

use super::language_names::NAMES;
use serde::{Deserialize, Serialize};

/// A language, by its ISO 639-1 code, or unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Not told and not guessed. Analysed as English: the words are still found, whole.
    #[default]
    Unknown,
    /// A two-letter code in lower case.
    Code([u8; 2]),
}

impl Language {
    /// English.
    pub const ENGLISH: Self = Self::Code(*b"en");

    /// Returns the language of a tag such as `en`, `en-GB` or `DE_at` (BCP 47: the first subtag counts).
    pub fn from_tag(tag: &str) -> Self {
        let first = tag
            .trim()
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        match first.as_bytes() {
            [a @ b'a'..=b'z', b @ b'a'..=b'z'] => Self::Code([*a, *b]),
            _ => Self::Unknown,
        }
    }

    /// Returns the two-letter code, or nothing where the language is unknown.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Unknown => None,
            Self::Code(code) => std::str::from_utf8(code).ok(),
        }
    }

    /// Returns the English name; nothing where the language is unknown, or its code is none of ISO 639-1.
    pub fn name(&self) -> Option<&'static str> {
        let code = self.code()?;
        let place = NAMES.binary_search_by_key(&code, |(code, _)| code).ok()?;
        NAMES.get(place).map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_gives_its_first_subtag() {
        for (tag, code) in [
            ("en-US", Some("en")),
            (" DE_at", Some("de")),
            ("", None),
            ("english", None),
            ("é", None),
        ] {
            assert_eq!(Language::from_tag(tag).code(), code, "{tag}");
        }
    }

    #[test]
    fn every_language_of_the_list_is_found_by_its_code() {
        assert!(NAMES.is_sorted_by_key(|(code, _)| code));
        for (code, name) in NAMES {
            assert_eq!(Language::from_tag(code).name(), Some(*name), "{code}");
        }
        for strange in ["xx", ""] {
            assert_eq!(Language::from_tag(strange).name(), None, "{strange}");
        }
    }
}
