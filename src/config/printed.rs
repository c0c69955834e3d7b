//! Words by which printed pages are read: where a hyphen at the end of a line stays, what stands before the number of a
//! page.
//!
//! The words are data (`assets/printed.toml`, built in), in the languages in which they were met. There is no personal
//! overlay: a word that is missing there is missing for everybody.

use std::sync::LazyLock;

use serde::Deserialize;

/// Words of printed pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Printed {
    /// Hyphens at the ends of lines.
    pub hyphens: Hyphens,
    /// Numbers of pages.
    pub pages: PageNumbers,
}

/// Where a hyphen at the end of a line stays.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hyphens {
    /// Words before which a hyphen stands for the end of a later word, in lower case.
    pub suspended: Vec<String>,
    /// The same, where the document has the word often.
    pub suspended_where_common: Vec<String>,
    /// Words that end in one of those and are whole nevertheless.
    pub whole: Vec<String>,
    /// First parts that are set off from whatever follows, but for these ends.
    pub set_off: Vec<FirstPart>,
    /// First parts that are set off from what begins so alone.
    pub set_off_before: Vec<FirstPart>,
}

/// The first part of a compound.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FirstPart {
    /// The part, in lower case, without its hyphen.
    pub first: String,
    /// What may follow, in lower case.
    pub rests: Vec<String>,
}

/// What stands with the numbers of pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageNumbers {
    /// What stands before them, in lower case.
    pub before: Vec<String>,
}

/// Returns the built-in words.
pub fn printed() -> &'static Printed {
    // A test holds that the built-in file is sound; without it every hyphen at the end of a line would go.
    static PRINTED: LazyLock<Printed> =
        LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &PRINTED
}

const BUILT_IN: &str = include_str!("../../assets/printed.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_sound() {
        let printed: Printed = toml::from_str(BUILT_IN).unwrap();
        let hyphens = &printed.hyphens;
        let parts = || hyphens.set_off.iter().chain(&hyphens.set_off_before);
        assert!(!hyphens.set_off.is_empty() && !hyphens.set_off_before.is_empty());
        let firsts: Vec<String> = parts().map(|part| part.first.clone()).collect();
        let rests: Vec<String> = parts().flat_map(|part| part.rests.clone()).collect();
        for list in [
            &firsts,
            &rests,
            &hyphens.suspended,
            &hyphens.suspended_where_common,
            &hyphens.whole,
            &printed.pages.before,
        ] {
            assert!(!list.is_empty());
            assert!(
                list.iter().all(|word| *word == word.to_lowercase()),
                "{list:?}"
            );
        }
    }
}
