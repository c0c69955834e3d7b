//! What programs put where nobody told them a name: authors that are nobody, titles that are none, the mailboxes that
//! nobody wants, posts that are none; and what they call what they are told: the styles of headings.
//!
//! The names are data (`assets/names.toml`, built in), in the languages in which they were met. There is no personal
//! overlay: a file is corrected in its [manifest](super::manifest), and a mailbox added by its own path is wanted.

use std::sync::LazyLock;

use serde::Deserialize;

/// Names that name nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// Authors.
    pub authors: AuthorNames,
    /// Titles.
    pub titles: TitleNames,
    /// Headings.
    pub headings: HeadingNames,
    /// Mailboxes.
    pub mailboxes: MailboxNames,
    /// Posts of an exported site.
    pub posts: PostNames,
}

/// Authors that are nobody, and how names are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthorNames {
    /// Who is given where nobody told a name, in lower case.
    pub nobody: Vec<String>,
    /// What lines begin with that ask for something where a name stands on a page, in lower case.
    pub calls: Vec<String>,
    /// What stands behind the comma of a name that is not turned round for sorting, in lower case and without points.
    pub behind: Vec<String>,
    /// What stands between the last two names of a list.
    pub and: Vec<String>,
    /// Words of the names of offices that people's do not have, in lower case.
    pub office: Vec<String>,
}

/// Titles that are none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TitleNames {
    /// Titles that say nothing, in lower case; a number may stand behind them.
    pub nothing: Vec<String>,
    /// What a title that says nothing begins with, in lower case.
    pub begins: Vec<String>,
    /// The endings of the names of files, in lower case.
    pub endings: Vec<String>,
}

/// Headings, as programs tell them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadingNames {
    /// What their styles are called, in lower case; a number may stand behind them.
    pub styles: Vec<String>,
}

/// Mailboxes that nobody wants.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailboxNames {
    /// What they are called, in lower case.
    pub unwanted: Vec<String>,
    /// What stands before the names of folders and says nothing.
    pub prefixes: Vec<String>,
}

/// The sorts of posts in which `WordPress` and its plugins keep what is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostNames {
    /// What they are called.
    pub kept: Vec<String>,
    /// What their names begin with.
    pub begins: Vec<String>,
}

impl PostNames {
    /// Returns whether posts of this sort are nothing to read.
    pub fn are_kept(&self, sort: &str) -> bool {
        self.kept.iter().any(|name| name == sort)
            || self
                .begins
                .iter()
                .any(|begin| sort.starts_with(begin.as_str()))
    }
}

/// Returns the built-in names.
pub fn names() -> &'static Names {
    // A test holds that the built-in file is sound; without it nothing would be left out.
    static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
    &NAMES
}

const BUILT_IN: &str = include_str!("../../assets/names.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_names_are_sound() {
        let names: Names = toml::from_str(BUILT_IN).unwrap();
        assert!(!names.mailboxes.prefixes.is_empty());
        for list in [
            &names.authors.nobody,
            &names.authors.calls,
            &names.authors.behind,
            &names.headings.styles,
            &names.authors.and,
            &names.authors.office,
            &names.titles.nothing,
            &names.titles.begins,
            &names.titles.endings,
            &names.mailboxes.unwanted,
            &names.posts.kept,
            &names.posts.begins,
        ] {
            assert!(!list.is_empty());
            assert!(
                list.iter().all(|name| *name == name.to_lowercase()),
                "{list:?}"
            );
        }
    }
}
