//! What saved pages carry besides their article, where words tell it.
//!
//! The rules are data (`assets/articles.toml`, built in), because each language and each maker of templates has its own
//! words. Their guards are code, in `format`. There is no personal overlay.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words by which what is no article is told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArticleRules {
    /// What elements are called.
    pub names: ElementNames,
    /// Pages within the page.
    pub frames: FrameRules,
    /// Lines that ask the reader for something.
    pub calls: CallRules,
    /// Requests for consent.
    pub notices: NoticeRules,
}

/// Classes and ids, in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ElementNames {
    /// Of what nobody is shown.
    pub hidden: HashSet<String>,
    /// Words of them.
    pub words: NameWords,
}

/// Words of classes and ids, in lower case; none is in two lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameWords {
    /// Of the text of an article.
    pub bodies: Vec<String>,
    /// Of the words that open it.
    pub leads: Vec<String>,
    /// Of what leads elsewhere, sells or asks for something.
    pub asides: Vec<String>,
    /// Of what is about the page and its cookies.
    pub notices: Vec<String>,
    /// Of pictures, each with words of its own.
    pub galleries: Vec<String>,
    /// Of what readers wrote.
    pub comments: Vec<String>,
    /// Of what tells who wrote the text, when, and under which heads.
    pub bylines: Vec<String>,
    /// Of what is about the author.
    pub abouts: Vec<String>,
    /// Of a post of a thread.
    pub posts: Vec<String>,
    /// Of a note to the text beside it.
    pub notes: Vec<String>,
    /// Of what the text goes by.
    pub sources: Vec<String>,
    /// Of what a picture shows.
    pub captions: Vec<String>,
    /// Of pictures, with or without it.
    pub pictures: Vec<String>,
}

/// Parts of addresses of pages within the page, in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrameRules {
    /// Of buttons and counters.
    pub buttons: Vec<String>,
    /// Of what shows something.
    pub shown: Vec<String>,
}

/// Lines in lower case, without the signs around them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallRules {
    /// Whole lines.
    pub lines: HashSet<String>,
    /// Their beginnings.
    pub begin: Vec<String>,
    /// What a line says that introduces a list of other pages.
    pub lists: Vec<String>,
}

/// How requests for consent are told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticeRules {
    /// How they begin, in lower case.
    pub begin: Vec<String>,
    /// What the title of a page says that is about them.
    pub subjects: Vec<String>,
}

/// Returns the built-in rules.
pub fn rules() -> &'static ArticleRules {
    // A test holds that the built-in file is sound; without rules more of a page would be kept.
    static RULES: LazyLock<ArticleRules> =
        LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &RULES
}

const BUILT_IN: &str = include_str!("../../assets/articles.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_sound() {
        let rules: ArticleRules = toml::from_str(BUILT_IN).unwrap();
        let hidden = rules.names.hidden.iter();
        let lists = [
            &rules.frames.buttons,
            &rules.frames.shown,
            &rules.calls.begin,
            &rules.calls.lists,
            &rules.notices.begin,
            &rules.notices.subjects,
        ];
        assert!(lists.iter().all(|words| !words.is_empty()));
        let words = lists.into_iter().flatten();
        for word in words.chain(hidden).chain(&rules.calls.lines) {
            assert!(!word.trim().is_empty());
            assert_eq!(*word, word.to_lowercase());
        }
    }

    #[test]
    fn no_word_of_a_name_means_two_things() {
        let NameWords {
            bodies,
            leads,
            asides,
            notices,
            galleries,
            comments,
            bylines,
            abouts,
            posts,
            notes,
            sources,
            captions,
            pictures,
        } = &rules().names.words;
        let lists = [
            bodies, leads, asides, notices, galleries, comments, bylines, abouts, posts, notes,
            sources, captions, pictures,
        ];
        let mut seen = HashSet::new();
        for list in lists {
            assert!(!list.is_empty());
            for word in list {
                assert!(word.chars().all(char::is_lowercase), "{word}");
                assert!(seen.insert(word), "{word}");
            }
        }
    }
}
