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
    /// The folders and tags that it stands under, outermost first.
    pub topics: Vec<String>,
    /// True where it is a feed, false where it is a page to be read.
    pub is_feed: bool,
}
