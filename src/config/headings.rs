//! What headings are called that are told by their words: the first section of a text, the parts of a book.
//!
//! The words are data (`assets/headings.toml`, built in). There is no personal overlay: a title that was told wrongly is
//! corrected in the [manifest](super::manifest).

use std::sync::LazyLock;

use serde::Deserialize;

/// Headings that are told by their words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Headings {
    /// What the first section of a text is called whose title stands elsewhere, in lower case.
    pub sections: Vec<String>,
    /// What that of a page of a manual is called besides.
    pub manuals: Vec<String>,
    /// The headings of books.
    pub books: BookHeadings,
}

/// The headings of books, in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BookHeadings {
    /// The widest parts.
    pub parts: Vec<String>,
    /// The parts within them.
    pub chapters: Vec<String>,
    /// What stands before the chapters and after them.
    pub matter: Vec<String>,
    /// Numbers that are written out.
    pub numbers: Vec<String>,
}

/// Returns whether words are one of a list, in whatever case.
pub fn is_one(words: &str, list: &[String]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(words))
}

/// Returns the built-in headings.
pub fn headings() -> &'static Headings {
    // A test holds that the built-in file is sound; without it no heading would be told by its words.
    static HEADINGS: LazyLock<Headings> =
        LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &HEADINGS
}

const BUILT_IN: &str = include_str!("../../assets/headings.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_headings_are_sound() {
        let headings: Headings = toml::from_str(BUILT_IN).unwrap();
        let books = &headings.books;
        for list in [
            &headings.sections,
            &headings.manuals,
            &books.parts,
            &books.chapters,
            &books.matter,
            &books.numbers,
        ] {
            assert!(!list.is_empty());
            assert!(
                list.iter().all(|name| *name == name.to_lowercase()),
                "{list:?}"
            );
        }
    }
}
