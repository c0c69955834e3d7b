//! How forums, other pages of answers and blogs name the pieces of their pages.
//!
//! The rules are data (`assets/forums.toml`, built in), because each make of site has its own words. Their guards are
//! code, in `format`. There is no personal overlay.

use std::sync::LazyLock;

use serde::Deserialize;

/// The rules by which pages of several posts are taken apart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForumRules {
    /// What pieces are called.
    pub names: NameRules,
    /// What stands before a date or a name.
    pub labels: LabelRules,
    /// Pages of a blog.
    pub blog: BlogRules,
    /// Makes of sites that have rules of their own.
    pub make: Vec<MakeRules>,
}

/// Names of classes and ids, and words of links, in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameRules {
    /// Of a post.
    pub posts: Vec<String>,
    /// Words of them, of what names the author.
    pub authors: Vec<String>,
    /// What the address of a link to a person has in it.
    pub people: Vec<String>,
    /// The words of links to a person that are not the name.
    pub no_names: Vec<String>,
    /// Of what holds the words of a post.
    pub texts: Vec<String>,
    /// Of what may stand within them and is none of them.
    pub others: Vec<String>,
    /// Of what tells when something was.
    pub dates: Vec<String>,
}

/// Words that stand before a date or a name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LabelRules {
    /// Before one that is not the post's own.
    pub others: Vec<String>,
}

/// How a post of a blog's page is told from the beginning of one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlogRules {
    /// The words of a link to the rest of a text.
    pub more: Vec<String>,
}

/// A make of site. Each list holds selectors, the best first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MakeRules {
    /// What it is called.
    pub name: String,
    /// The post that opens a thread.
    pub opening: Vec<String>,
    /// A post.
    pub post: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// When.
    pub date: Vec<String>,
    /// What it says.
    pub text: Vec<String>,
    /// How deep it stands.
    pub depth: Option<String>,
    /// How far it stands in, in any unit.
    pub indent: Option<String>,
    /// Of several that match, the last tells author and date.
    pub last: bool,
    /// What says when a post was written may stand in the element before it.
    pub headed: bool,
}

/// Returns the built-in rules.
pub fn rules() -> &'static ForumRules {
    // A test holds that the built-in file is sound; without rules a page would stay one text.
    static RULES: LazyLock<ForumRules> =
        LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &RULES
}

const BUILT_IN: &str = include_str!("../../assets/forums.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_sound() {
        let rules: ForumRules = toml::from_str(BUILT_IN).unwrap();
        let NameRules {
            posts,
            authors,
            people,
            no_names,
            texts,
            others,
            dates,
        } = &rules.names;
        for words in [
            posts,
            authors,
            people,
            no_names,
            texts,
            others,
            dates,
            &rules.labels.others,
            &rules.blog.more,
        ] {
            assert!(!words.is_empty());
            assert!(words.iter().all(|word| *word == word.to_lowercase()));
        }
        for make in &rules.make {
            let name = &make.name;
            assert!(!make.post.is_empty() && !make.text.is_empty(), "{name}");
            assert!(!make.author.is_empty() && !make.date.is_empty(), "{name}");
        }
    }
}
