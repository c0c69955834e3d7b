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
}
