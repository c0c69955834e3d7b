//! An address that somebody follows or wants to read, as lists of feeds and of bookmarks have it.

use serde::{Deserialize, Serialize};

/// An address of a list. It is kept for when recto fetches; nothing is fetched for it here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The address of a feed or of a page.
    pub address: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The address of the site that a feed belongs to.
    pub site: Option<String>,
    /// The folders that it stands in, outermost first.
    pub folders: Vec<String>,
    /// The tags that it bears.
    pub tags: Vec<String>,
    /// True where it is a feed, false where it is a page to be read.
    pub is_feed: bool,
}

impl Subscription {
    /// Returns what it stands under: its folders and then its tags.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().chain(&self.tags).map(String::as_str)
    }
}
