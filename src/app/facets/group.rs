//! The groups of the facet pane: what they are called, in which order they stand, and which facet of a question each is.

use std::borrow::Cow;

use crate::query::facet::Facet;
use crate::query::{Count, Facets};
use crate::text::Language;

/// A group of values in the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Themes: queries with a name.
    Themes,
    /// The reader's own tags.
    Tags,
    /// The sources' own categories.
    Categories,
    /// Publishers, else names of what was added.
    Sources,
    /// Authors.
    Authors,
    /// Kinds of document.
    Kinds,
    /// Years.
    Years,
    /// Languages.
    Languages,
}

impl Group {
    /// Every group, in the order of the pane: what narrows most often first.
    pub const ALL: [Self; 8] = [
        Self::Themes,
        Self::Tags,
        Self::Sources,
        Self::Years,
        Self::Categories,
        Self::Authors,
        Self::Kinds,
        Self::Languages,
    ];

    /// Returns its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Themes => "Topics",
            Self::Tags => "Own tags",
            Self::Categories => "Categories",
            Self::Sources => "Sources",
            Self::Authors => "Authors",
            Self::Kinds => "Kinds",
            Self::Years => "Years",
            Self::Languages => "Languages",
        }
    }

    /// Returns the facet that its clauses belong to.
    pub fn facet(self) -> Facet {
        match self {
            Self::Themes | Self::Categories => Facet::Topics,
            Self::Tags => Facet::Tags,
            Self::Sources => Facet::Sources,
            Self::Authors => Facet::Authors,
            Self::Kinds => Facet::Kinds,
            Self::Years => Facet::Years,
            Self::Languages => Facet::Languages,
        }
    }

    /// Returns a value of it in words: a language by its name.
    pub fn shown(self, value: &str) -> Cow<'_, str> {
        match self {
            Self::Languages => Language::from_tag(value)
                .name()
                .map_or(Cow::Borrowed(value), Cow::Borrowed),
            _ => Cow::Borrowed(value),
        }
    }

    pub(in crate::app) fn counts(self, facets: &Facets) -> &[Count] {
        match self {
            Self::Themes => &facets.themes,
            Self::Tags => &facets.tags,
            Self::Categories => &facets.topics,
            Self::Sources => &facets.sources,
            Self::Authors => &facets.authors,
            Self::Kinds => &facets.kinds,
            Self::Years => &facets.years,
            Self::Languages => &facets.languages,
        }
    }
}
