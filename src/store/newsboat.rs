//! What newsboat keeps: the feeds and articles of its `cache.db`, a database of `SQLite` as this room's own.
//!
//! Opened to be read only. A cache of any age is read: columns that it does not have are left out.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};

use super::Error;

/// A feed in newsboat's cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsboatFeed {
    /// Where the feed is.
    pub address: String,
    /// The address of its site.
    pub site: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// It is among those that newsboat fetches; of others only articles are left.
    pub is_fetched: bool,
}

/// An article in newsboat's cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsboatItem {
    /// The feed's own name for it.
    pub guid: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Its address.
    pub address: String,
    /// When it was published, in seconds since 1970, UTC.
    pub published: i64,
    /// What it says, as HTML.
    pub content: String,
    /// It was read.
    pub is_read: bool,
}

/// An open cache of newsboat.
#[derive(Debug)]
pub struct Newsboat {
    connection: Connection,
    path: std::path::PathBuf,
}

impl Newsboat {
    /// Returns whether bytes begin as a database of `SQLite` does (its file format, section 1.3).
    pub fn is_database(bytes: &[u8]) -> bool {
        bytes.starts_with(b"SQLite format 3\0")
    }

    /// Opens a cache to be read.
    ///
    /// # Errors
    /// [`Error::Foreign`] where it is a database, but none of newsboat's.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let doing = "opening newsboat's cache";
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags);
        let connection = opened.map_err(|source| Error::new(doing, path, source))?;
        let count = "SELECT count(*) FROM sqlite_schema WHERE name IN ('rss_feed', 'rss_item')";
        let tables = connection.query_row(count, [], |row| row.get::<_, i64>(0));
        match tables.map_err(|source| Error::new(doing, path, source))? {
            2 => Ok(Self {
                connection,
                path: path.to_owned(),
            }),
            _ => Err(Error::Foreign { path: path.into() }),
        }
    }

    /// Returns the feeds, in the order of their addresses; those too of which only articles are left.
    pub fn feeds(&self) -> Result<Vec<NewsboatFeed>, Error> {
        self.run(|connection| {
            connection
                .prepare(
                    "SELECT rssurl, url, title, 1 FROM rss_feed
                     UNION ALL SELECT DISTINCT feedurl, '', '', 0 FROM rss_item
                     WHERE feedurl NOT IN (SELECT rssurl FROM rss_feed) ORDER BY 1",
                )?
                .query_map([], |row| {
                    Ok(NewsboatFeed {
                        address: text(row, 0)?,
                        site: Some(text(row, 1)?).filter(|site| !site.is_empty()),
                        title: Some(text(row, 2)?).filter(|title| !title.is_empty()),
                        is_fetched: row.get(3)?,
                    })
                })?
                .collect()
        })
    }

    /// Tells `each` the articles of a feed one by one, those aside that newsboat deleted, the oldest first.
    pub fn items(&self, feed: &str, each: &mut dyn FnMut(NewsboatItem)) -> Result<(), Error> {
        self.run(|connection| {
            let has = |column: &str| connection.prepare(&format!("SELECT {column} FROM rss_item"));
            let deleted = if has("deleted").is_ok() {
                "deleted"
            } else {
                "0"
            };
            let mut statement = connection.prepare(&format!(
                "SELECT guid, title, author, url, pubDate, content, unread FROM rss_item
                 WHERE feedurl = ?1 AND NOT coalesce({deleted}, 0) ORDER BY pubDate, id"
            ))?;
            let mut rows = statement.query([feed])?;
            while let Some(row) = rows.next()? {
                each(NewsboatItem {
                    guid: text(row, 0)?,
                    title: text(row, 1)?,
                    author: text(row, 2)?,
                    address: text(row, 3)?,
                    published: row.get::<_, Option<i64>>(4)?.unwrap_or_default(),
                    content: text(row, 5)?,
                    is_read: !row.get::<_, Option<bool>>(6)?.unwrap_or_default(),
                });
            }
            Ok(())
        })
    }

    fn run<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let failed = |source| Error::new("reading newsboat's cache", &self.path, source);
        ask(&self.connection).map_err(failed)
    }
}

/// Returns a text of a row; what is no Unicode in it is replaced, and what is no text is empty.
fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    let value = row.get_ref(column)?;
    let bytes = value.as_bytes_or_null().ok().flatten();
    Ok(String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned())
}

/// Makes a cache as newsboat 2 does, for tests.
///
/// # Panics
/// Where it cannot be written.
#[cfg(test)]
pub fn make_cache(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL,
                 url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL);
             CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
                 guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
                 author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
                 feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
                 content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL,
                 deleted INTEGER(1) NOT NULL DEFAULT 0);
             INSERT INTO rss_feed VALUES
                 ('https://example.org/feed', 'https://example.org/', 'An example'),
                 ('https://example.org/other', '', '');
             INSERT INTO rss_item
                 (guid, title, author, url, feedurl, pubDate, content, unread, deleted) VALUES
                 ('g1', 'On <trust> & care', 'Ann', 'https://example.org/1',
                  'https://example.org/feed', 1370254664, '<p>It is the <b>first</b> word.</p>', 0, 0),
                 ('g2', 'On bread', '', 'https://example.org/2',
                  'https://example.org/feed', 0, '<p>It ends with ]]&gt; and is unread.</p>', 1, 0),
                 ('g3', 'Gone', '', '', 'https://example.org/feed', 0, 'Deleted.', 1, 1),
                 ('g4', 'Left', '', '', 'https://gone.example/feed', 0, 'Its feed is off the list.', 1, 0);",
        )
        .unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_gives_its_feeds_and_what_was_not_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        make_cache(&path);
        let before = std::fs::read(&path).unwrap();
        assert!(Newsboat::is_database(&before));
        let cache = Newsboat::open(&path).unwrap();
        let feeds = cache.feeds().unwrap();
        assert_eq!(feeds.len(), 3);
        assert_eq!(feeds[2].address, "https://gone.example/feed");
        assert!(feeds[0].is_fetched && !feeds[2].is_fetched);
        assert_eq!(feeds[0].title.as_deref(), Some("An example"));
        assert_eq!((&feeds[1].site, &feeds[1].title), (&None, &None));
        let mut items = Vec::new();
        cache
            .items(&feeds[0].address, &mut |item| items.push(item))
            .unwrap();
        let told: Vec<(&str, bool)> = items
            .iter()
            .map(|item| (item.guid.as_str(), item.is_read))
            .collect();
        assert_eq!(told, [("g2", false), ("g1", true)]);
        drop(cache);
        assert_eq!(std::fs::read(&path).unwrap(), before, "it is not touched");
    }

    #[test]
    fn what_is_no_cache_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE theirs (a)").unwrap();
        drop(other);
        let foreign = Newsboat::open(&path).unwrap_err();
        assert!(matches!(foreign, Error::Foreign { .. }), "{foreign}");
        std::fs::write(&path, "SQLite format 3\0 and then nothing of it").unwrap();
        assert!(Newsboat::open(&path).is_err());
        assert!(Newsboat::open(&folder.path().join("absent")).is_err());
    }
}
