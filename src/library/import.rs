//! Taking over what another reader kept: lists of addresses, and newsboat's cache with its articles.
//!
//! Addresses are kept for when recto fetches; the file that listed them is no source. The articles of newsboat's cache
//! are handed to the formats as the feeds that they came in, so that they are read as any feed is, and become a source
//! a feed, known by the feed's address: what is fetched of it later belongs to the same source, and marks stay.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::add::{self, Candidate, FileBytes};
use super::{Added, Error, Failure, Library, Phase, Progress};
use crate::config;
use crate::document::{DocumentId, Subscription};
use crate::format::{self, Input};
use crate::store::{NewSource, Newsboat, NewsboatFeed, NewsboatItem, SourceKind};
use crate::text::sanitize;

impl Library {
    /// Takes over what the files hold. What can't be read is told, and the rest goes on; stopped by `progress`, what
    /// was taken over stays.
    pub fn import(
        &mut self,
        files: &[PathBuf],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Added, Error> {
        let mut added = Added::default();
        for (done, path) in files.iter().enumerate() {
            let now = Progress {
                phase: Phase::Reading,
                done,
                total: files.len(),
                documents: added.new + added.updated + added.unchanged,
                bytes: 0,
                total_bytes: 0,
                name: add::path_text(path),
                failed: 0,
                last_failed: None,
            };
            if progress(now).is_break() {
                added.stopped = true;
                return Ok(added);
            }
            if let Err(reason) = self.import_one(path, &mut added, progress)? {
                added.failed.push(Failure {
                    path: path.clone(),
                    reason,
                });
            }
            if added.stopped {
                return Ok(added);
            }
        }
        self.catch_up(progress)?;
        Ok(added)
    }

    fn import_one(
        &mut self,
        path: &Path,
        added: &mut Added,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Result<(), String>, Error> {
        let bytes = match self.bytes_of(path) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        if Newsboat::is_database(&bytes) {
            return match Newsboat::open(path) {
                Ok(cache) => self.import_cache(&cache, path, added).map(Ok),
                Err(crate::store::Error::Foreign { .. }) => {
                    Ok(Err("is a database, but none of newsboat's".to_owned()))
                }
                Err(error) => Ok(Err(error.to_string())),
            };
        }
        added.read += 1;
        let name = add::path_text(path.file_name().map_or(path, Path::new));
        let input = Input {
            limits: self.limits,
            ..Input::new(&name, &bytes)
        };
        // Only what it lists is wanted: a page among the bookmarks is no document of the library.
        let outcome = format::read(&input, &mut |_| ControlFlow::Break(()));
        if outcome.subscriptions.is_empty() && outcome.files.is_empty() {
            // What could not be read at all says why.
            let warning = outcome.warnings.into_iter().next();
            let why = warning.filter(|_| outcome.documents == 0);
            return Ok(Err(why.map_or_else(
                || "lists no addresses; `recto add` takes documents".to_owned(),
                |warning| warning.message,
            )));
        }
        self.keep_addresses(&outcome.subscriptions, path, added)?;
        let warnings = outcome.warnings.into_iter();
        added
            .warnings
            .extend(warnings.map(|warning| super::Warning {
                path: path.to_owned(),
                place: warning.place,
                message: warning.message,
            }));
        self.add_files(&outcome.files, path, added, progress)?;
        Ok(Ok(()))
    }

    /// Adds the files of this machine that a list has among its feeds, as newsboat reads them: those that are there.
    fn add_files(
        &mut self,
        files: &[String],
        origin: &Path,
        added: &mut Added,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) = files
            .iter()
            .map(PathBuf::from)
            .partition(|path| path.is_absolute() && path.is_file());
        added
            .warnings
            .extend(gone.iter().map(|path| super::Warning {
                path: origin.to_owned(),
                place: add::path_text(path),
                message: "is no file on this machine; passed over".to_owned(),
            }));
        if !there.is_empty() {
            added.absorb(self.add(&there, progress)?);
        }
        Ok(())
    }

    fn bytes_of(&self, path: &Path) -> Result<Vec<u8>, String> {
        let metadata = fs::metadata(path).map_err(|error| add::told(&error))?;
        if !metadata.is_file() {
            return Err("is no file; `recto add` takes folders".to_owned());
        }
        let (size, most) = (metadata.len(), self.limits.bytes);
        let mut start = fs::File::open(path).map_err(|error| add::told(&error))?;
        let mut head = Vec::new();
        let mut few = std::io::Read::take(&mut start, 16);
        std::io::Read::read_to_end(&mut few, &mut head).map_err(|error| add::told(&error))?;
        // A cache is read row by row: however large it is, it is never held.
        if Newsboat::is_database(&head) {
            return Ok(head);
        }
        if size > most {
            let (size, most) = (config::size(size), config::size(most));
            return Err(format!(
                "has {size}; at most {most} are read (the setting limits.bytes)"
            ));
        }
        fs::read(path).map_err(|error| add::told(&error))
    }

    fn keep_addresses(
        &mut self,
        addresses: &[Subscription],
        origin: &Path,
        added: &mut Added,
    ) -> Result<(), Error> {
        let origin = add::path_text(origin);
        let mut batch = self.store.write()?;
        for address in addresses {
            added.addresses += usize::from(batch.subscribe(address, &origin, add::now())?);
        }
        batch.commit()?;
        Ok(())
    }

    fn import_cache(
        &mut self,
        cache: &Newsboat,
        path: &Path,
        added: &mut Added,
    ) -> Result<(), Error> {
        let feeds = cache.feeds()?;
        let addresses: Vec<Subscription> = feeds
            .iter()
            .filter(|feed| feed.is_fetched)
            .map(|feed| Subscription {
                address: feed.address.clone(),
                title: feed.title.clone(),
                site: feed.site.clone(),
                is_feed: true,
                ..Subscription::default()
            })
            .collect();
        self.keep_addresses(&addresses, path, added)?;
        for feed in &feeds {
            self.import_feed(cache, feed, added)?;
        }
        added.read += 1;
        Ok(())
    }

    fn import_feed(
        &mut self,
        cache: &Newsboat,
        feed: &NewsboatFeed,
        added: &mut Added,
    ) -> Result<(), Error> {
        let mut text = head(feed);
        let mut read = Vec::new();
        cache.items(&feed.address, &mut |item| {
            write_item(&mut text, &item);
            if item.is_read {
                let site = feed.site.as_deref().or(feed.title.as_deref());
                read.push(format::item_name(item.guid, site));
            }
        })?;
        if !text.contains("<item>") {
            return Ok(());
        }
        text.push_str("</channel></rss>");
        let candidate = Candidate {
            relative: feed.address.clone(),
            size: text.len() as u64,
            ..Candidate::default()
        }
        .read_by(None, self.limits);
        let file = FileBytes::new(&candidate, text.as_bytes(), None);
        let name = sanitize::clean(feed.title.as_deref().unwrap_or(&feed.address)).into_owned();
        let mut batch = self.store.write()?;
        let source = batch.source(&NewSource {
            kind: SourceKind::Feed,
            identity: &feed.address,
            given: &feed.address,
            path: None,
            name: &name,
            added: add::now(),
        })?;
        let put = add::put_bytes(
            &mut batch,
            source,
            &file,
            &mut |_| ControlFlow::Continue(()),
        )?;
        batch.looked(source, add::now())?;
        batch.commit()?;
        if let Some(tally) = put {
            added.count(SourceKind::Feed, &candidate, tally);
        }
        // What was read there is read here; what is marked here already keeps its mark.
        let ids = self.store.numbers(source, &read)?;
        let marked = self.store.marked()?.read;
        let fresh: Vec<DocumentId> = ids.into_iter().filter(|id| !marked.contains(id)).collect();
        Ok(self.store.set_read(&fresh, true)?)
    }
}

fn head(feed: &NewsboatFeed) -> String {
    let mut text = String::from("<rss version=\"2.0\"><channel>");
    element(
        &mut text,
        "title",
        &escaped(feed.title.as_deref().unwrap_or_default()),
    );
    element(&mut text, "link", feed.site.as_deref().unwrap_or_default());
    text
}

fn write_item(text: &mut String, item: &NewsboatItem) {
    text.push_str("<item>");
    // A title is HTML to a feed, and plain text to newsboat.
    element(text, "title", &escaped(&item.title));
    element(text, "link", &item.address);
    element(text, "guid", &item.guid);
    element(text, "author", &item.author);
    // newsboat writes 0 for what it does not know.
    if item.published > 0
        && let Ok(published) = jiff::Timestamp::from_second(item.published)
    {
        element(text, "pubDate", &published.to_string());
    }
    element(text, "description", &item.content);
    text.push_str("</item>");
}

/// Writes an element that holds `content` as text; none for an empty one.
fn element(text: &mut String, name: &str, content: &str) {
    if content.trim().is_empty() {
        return;
    }
    // Writing to a string cannot fail.
    let _ = write!(text, "<{name}>{}</{name}>", escaped(content));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::{Desk, counts, go_on};
    use crate::store::make_cache;

    #[test]
    fn newsboat_s_articles_become_documents_and_its_feeds_addresses() {
        let mut desk = Desk::new();
        let cache = desk.path("cache.db");
        make_cache(&cache);
        let files = [
            cache,
            desk.path("absent"),
            desk.write("note.txt", "A note."),
        ];
        let added = desk.library.import(&files, &mut go_on).unwrap();
        assert_eq!((counts(&added), added.addresses), ([3, 0, 0, 0], 2));
        let failed: Vec<&str> = added.failed.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!(
            failed,
            [
                "there is nothing of that name",
                "lists no addresses; `recto add` takes documents"
            ]
        );
        assert_eq!(desk.keys("is:read"), ["g1 @ https://example.org/"]);
        assert_eq!(desk.keys("unread is:unread"), ["g2 @ https://example.org/"]);
        assert_eq!(
            desk.keys("off list").len(),
            1,
            "what is left of a feed that went"
        );
        let id = desk
            .library
            .resolve("g1 @ https://example.org/")
            .unwrap()
            .unwrap();
        let opened = desk.library.document(id).unwrap().unwrap();
        let metadata = &opened.document.metadata;
        assert_eq!(metadata.title.text, "On <trust> & care");
        assert_eq!(metadata.authors, ["Ann"]);
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(
            metadata.published.unwrap().to_string(),
            "2013-06-03T10:17:44Z"
        );
        assert_eq!(opened.document.body.text(), "It is the first word.");
        let sources = desk.library.sources().unwrap();
        assert_eq!(
            (sources.len(), sources[0].kind, sources[0].name.as_str()),
            (2, SourceKind::Feed, "An example")
        );
        // Again: nothing doubles.
        let again = desk.library.import(&files[..1], &mut go_on).unwrap();
        assert_eq!((counts(&again), again.addresses), ([0, 0, 3, 0], 0));
    }

    #[test]
    fn a_feed_on_this_machine_among_newsboat_s_addresses_is_added_and_one_that_is_gone_is_named() {
        let mut desk = Desk::new();
        let feed = desk.write(
            "my feed.xml",
            "<rss><channel><item><guid>local</guid><title>L</title></item></channel></rss>",
        );
        let there = feed.display().to_string().replace(' ', "%20");
        let urls = desk.write(
            "urls",
            format!("https://example.org/feed\nfile://{there}\nfile:///nowhere/at/all.xml\n"),
        );
        let added = desk.library.import(&[urls], &mut go_on).unwrap();
        assert_eq!((added.new, added.addresses), (1, 1));
        assert_eq!(added.failed, []);
        assert_eq!(added.warnings.len(), 1);
        assert_eq!(added.warnings[0].place, "/nowhere/at/all.xml");
        assert_eq!(desk.keys("is:unread"), ["local"]);
    }

    #[test]
    fn what_is_no_list_that_can_be_read_says_why() {
        let mut desk = Desk::new();
        let files = [desk.write("Bookmarks.plist", b"bplist00\xd4\x01\x02\x03")];
        let added = desk.library.import(&files, &mut go_on).unwrap();
        assert!(
            added.failed[0]
                .reason
                .starts_with("is a property list of Apple's")
        );
    }
}
