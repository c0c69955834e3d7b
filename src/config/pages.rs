//! The furniture of pages saved as plain text: which lines part posts, introduce replies, or are no text at all.
//!
//! The rules are data (`assets/pages.toml`, built in), because each platform has its own words. Their guards (that
//! a line stands alone, at the end, before a title) are code, in `format`. There is no personal overlay: a single
//! file is corrected in its [manifest](super::manifest).

use std::sync::LazyLock;

use serde::Deserialize;

/// The rules by which pages saved as text are taken apart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageRules {
    /// Pages of several posts.
    pub posts: PostRules,
    /// Discussions.
    pub thread: ThreadRules,
    /// What stands below the text.
    pub footer: FooterRules,
}

/// How a page of several posts is parted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostRules {
    /// Patterns of the line that ends a post.
    pub ends: Vec<String>,
}

/// How a discussion is told and parted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThreadRules {
    /// Patterns of the line between the opening post and the replies.
    pub replies: Vec<String>,
    /// Patterns of the line before a reply: the first `*` is its author, the second its date.
    pub reply: Vec<String>,
    /// Lines that are facts.
    pub detail: Vec<DetailRule>,
}

/// A line that is a fact: `Views: 79`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetailRule {
    /// The name of the detail.
    pub name: String,
    /// The pattern of its line; its first `#` or `*` is the value.
    pub line: String,
}

/// What stands below the text and is none of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FooterRules {
    /// Patterns of such lines.
    pub lines: Vec<String>,
}

/// Returns the built-in rules.
pub fn rules() -> &'static PageRules {
    // A test holds that the built-in file is sound; no rules at all would only leave furniture in a text.
    static RULES: LazyLock<PageRules> =
        LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &RULES
}

const BUILT_IN: &str = include_str!("../../assets/pages.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_sound() {
        let rules: PageRules = toml::from_str(BUILT_IN).unwrap();
        assert!(!rules.posts.ends.is_empty() && !rules.footer.lines.is_empty());
        assert!(!rules.thread.replies.is_empty() && !rules.thread.detail.is_empty());
    }
}
