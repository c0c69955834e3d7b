//! Addresses that lists of feeds and bookmarks hold, kept for when recto fetches.
//!
//! An address is kept once, however many lists have it; what the first did not say of it a later one may add.

use super::{Batch, Error, Store};
use crate::document::Subscription;

/// An address that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The address, and what the list says of it.
    pub subscription: Subscription,
    /// The file that listed it.
    pub origin: String,
    /// When it was listed first, in seconds since 1970, UTC.
    pub added: i64,
}

impl Store {
    /// Returns the addresses that are kept, in the order in which they came.
    pub fn subscriptions(&self) -> Result<Vec<Waiting>, Error> {
        self.run("listing the addresses", |connection| {
            connection
                .prepare_cached(
                    "SELECT address, title, site, topics, is_feed, origin, added
                     FROM subscription ORDER BY id",
                )?
                .query_map([], |row| {
                    let topics: String = row.get(3)?;
                    let (folders, tags) = parted(&topics);
                    Ok(Waiting {
                        subscription: Subscription {
                            address: row.get(0)?,
                            title: row.get(1)?,
                            site: row.get(2)?,
                            folders,
                            tags,
                            is_feed: row.get(4)?,
                        },
                        origin: row.get(5)?,
                        added: row.get(6)?,
                    })
                })?
                .collect()
        })
    }
}

/// What stands before a tag in the column of topics: a line begins with no blank otherwise.
const TAG: char = '\t';

/// Returns the folders and tags of an address as its row has them: one a line, so that a column that was there before
/// tags were told from folders holds folders.
fn joined(subscription: &Subscription) -> String {
    let folders = subscription.folders.iter().cloned();
    let tags = subscription.tags.iter().map(|tag| format!("{TAG}{tag}"));
    folders.chain(tags).collect::<Vec<_>>().join("\n")
}

/// Returns the folders and tags that a row has.
fn parted(topics: &str) -> (Vec<String>, Vec<String>) {
    let (tags, folders): (Vec<&str>, Vec<&str>) =
        topics.lines().partition(|topic| topic.starts_with(TAG));
    let tags = tags
        .iter()
        .map(|tag| tag.trim_start_matches(TAG).to_owned());
    let folders = folders.iter().map(|folder| (*folder).to_owned());
    (folders.collect(), tags.collect())
}

impl Batch<'_> {
    /// Keeps an address that the file `origin` lists. Returns whether it was not there before.
    pub fn subscribe(
        &mut self,
        subscription: &Subscription,
        origin: &str,
        added: i64,
    ) -> Result<bool, Error> {
        self.run("keeping an address", |transaction| {
            let topics = joined(subscription);
            let new = transaction
                .prepare_cached(
                    "INSERT INTO subscription (address, title, site, topics, is_feed, origin, added)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute((
                    &subscription.address,
                    &subscription.title,
                    &subscription.site,
                    &topics,
                    subscription.is_feed,
                    origin,
                    added,
                ))?;
            if new == 0 {
                transaction
                    .prepare_cached(
                        "UPDATE subscription SET title = coalesce(title, ?2),
                             site = coalesce(site, ?3), is_feed = is_feed OR ?4,
                             topics = CASE topics WHEN '' THEN ?5 ELSE topics END
                         WHERE address = ?1",
                    )?
                    .execute((
                        &subscription.address,
                        &subscription.title,
                        &subscription.site,
                        subscription.is_feed,
                        &topics,
                    ))?;
            }
            Ok(new > 0)
        })
    }

    /// Forgets an address. Returns whether it was there.
    pub fn unsubscribe(&mut self, address: &str) -> Result<bool, Error> {
        self.run("forgetting an address", |transaction| {
            transaction
                .prepare_cached("DELETE FROM subscription WHERE address = ?1")?
                .execute([address])
                .map(|rows| rows > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::library;
    use super::*;

    #[test]
    fn an_address_is_kept_once_and_learns_what_it_was_not_told() {
        let (_folder, mut store) = library();
        let bare = Subscription {
            address: "https://example.org/feed".to_owned(),
            ..Subscription::default()
        };
        let full = Subscription {
            title: Some("Example".to_owned()),
            folders: vec!["News".to_owned(), "Local".to_owned()],
            tags: vec!["daily".to_owned()],
            is_feed: true,
            ..bare.clone()
        };
        let mut batch = store.write().unwrap();
        assert!(batch.subscribe(&bare, "urls", 1).unwrap());
        assert!(!batch.subscribe(&full, "list.opml", 2).unwrap());
        batch.commit().unwrap();
        let kept = store.subscriptions().unwrap();
        assert_eq!(
            kept,
            [Waiting {
                subscription: full.clone(),
                origin: "urls".to_owned(),
                added: 1
            }]
        );
        let mut batch = store.write().unwrap();
        assert!(batch.unsubscribe(&full.address).unwrap());
        assert!(!batch.unsubscribe(&full.address).unwrap());
        batch.commit().unwrap();
        assert_eq!(store.subscriptions().unwrap(), []);
    }
}
