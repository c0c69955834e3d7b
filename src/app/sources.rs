//! The sources: what was added, as a list of its own, with counts and with what could not be read.
//!
//! What a person calls the source of a document is its publisher; that is a facet. This is the file, the folder or the
//! address itself. A worker makes the list and finds in it: with ten thousand sources a key costs no more here than
//! with ten. Rows are shared, so that one answer and the next cost no copies.

use std::collections::HashMap;
use std::sync::Arc;

use super::geometry::first_in_sight;
use super::{Area, Line};
use crate::library::{FailedFile, SourceInfo};
use crate::query::{Filter, Node, Query, Within, whole_name};
use crate::store::{SourceId, SourceKind, Waiting};
use crate::text::sanitize;

/// What finds the sources of which something could not be read, where a part of a name would stand.
pub const FAILING: &str = "!";

/// From this many rows what is chosen is told in full below the list.
const TALL: u16 = 15;

/// What is on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceKey {
    /// What was added.
    Added(SourceId),
    /// An address that is kept for when recto fetches.
    Address(String),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// What it is.
    pub key: SourceKey,
    /// What sort of thing, in a word.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// Its path or address, else where it comes from in words.
    pub place: String,
    /// It is on the disk, and can be read again from there.
    pub on_disk: bool,
    /// How many documents it has, those aside that are hidden.
    pub documents: usize,
    /// How many more are hidden.
    pub hidden: usize,
    /// How many of `documents` are folded behind others that are the same article.
    pub folded: usize,
    /// When it was last looked through, in words; empty for what is not on the disk.
    pub looked: String,
    /// What of it could not be read.
    pub failed: Vec<FailedFile>,
    /// What was not as it should be.
    pub warnings: Vec<String>,
    /// The question that finds its documents.
    pub question: Option<Within>,
    /// Name and place in small letters.
    haystack: String,
}

/// An answer: the rows that a find leaves, and what there is in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceListing {
    /// The rows found, in the order in which they were added.
    pub rows: Vec<Arc<SourceRow>>,
    /// How many there are in all.
    pub total: usize,
    /// How many of all could not be read to their end.
    pub failing: usize,
    /// The row that was to be kept in sight, and its place among those found, where it is one.
    pub kept: Option<(SourceKey, usize)>,
}

/// What is asked of the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesRequest {
    /// Its number.
    pub generation: u64,
    /// Another number whenever the library may be another one: what was read of it for an earlier one holds no more.
    pub edition: u64,
    /// Words that must all be in name or place; [`FAILING`] for those with failures.
    pub find: String,
    /// The row with the cursor.
    pub keep: Option<SourceKey>,
}

/// The list as it is on the screen.
#[derive(Debug, Default)]
pub struct Sources {
    /// The newest answer; none before the first.
    pub listing: Option<Arc<SourceListing>>,
    /// The place of the row with the cursor.
    pub selected: usize,
    /// The place of the first row in sight.
    pub top: usize,
    /// What the list is narrowed by; empty for all.
    pub find: Line,
    /// Letters go to `find`.
    pub typing: bool,
    /// The number of the newest request.
    pub generation: u64,
    /// The number of the library's state that is wanted.
    pub edition: u64,
    /// The answer has not come yet.
    pub asked: bool,
    /// The library has changed since that was asked for.
    pub stale: bool,
    /// How often work under way told how far it is.
    pub told: usize,
    /// Something is being added from here: the highest number of a source before it.
    pub expects: Option<i64>,
}

/// Where things stand in the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcesLayout {
    /// The row of the totals and the row of the columns' names.
    pub head: Area,
    /// A row each source.
    pub rows: Area,
    /// What is told of the one with the cursor.
    pub detail: Area,
    /// The line that narrows, where there is one.
    pub find: Option<Area>,
}

impl SourceRow {
    /// Returns the question that finds its documents.
    pub fn query(&self) -> Option<Query> {
        self.question.clone().map(|within| Query {
            root: Node::Filter(Filter::Within(within)),
            ..Query::default()
        })
    }

    fn added(source: &SourceInfo, is_alone: bool) -> Self {
        let path = source.path.as_ref();
        let place = path.map_or_else(
            || match source.kind {
                SourceKind::Feed => "from another reader".to_owned(),
                _ => "in recto itself".to_owned(),
            },
            |path| clean(&path.display().to_string()),
        );
        let name = clean(&source.name);
        Self {
            key: SourceKey::Added(source.id),
            kind: source.kind.name(),
            haystack: format!("{name} {place}").to_lowercase(),
            question: Some(if is_alone {
                Within::Name(name.clone())
            } else {
                Within::Number(source.id.0)
            }),
            name,
            place,
            on_disk: path.is_some(),
            documents: source.documents,
            hidden: source.hidden,
            folded: source.folded,
            looked: path.map_or_else(String::new, |_| source.looked_at()),
            failed: source.failed.clone(),
            warnings: source
                .warnings
                .iter()
                .map(|warning| clean(&warning.to_string()))
                .collect(),
        }
    }

    fn waiting(waiting: &Waiting) -> Self {
        let listed = &waiting.subscription;
        let address = clean(&listed.address);
        let name = listed.title.as_deref().map_or(address.clone(), clean);
        Self {
            key: SourceKey::Address(listed.address.clone()),
            kind: "waits",
            haystack: format!("{name} {address}").to_lowercase(),
            name,
            place: address,
            on_disk: false,
            documents: 0,
            hidden: 0,
            folded: 0,
            looked: String::new(),
            failed: Vec::new(),
            warnings: Vec::new(),
            question: None,
        }
    }

    fn has(&self, word: &str) -> bool {
        if word == FAILING {
            return !self.failed.is_empty();
        }
        self.haystack.contains(word)
    }
}

fn clean(text: &str) -> String {
    sanitize::clean(text).replace('\n', " ")
}

/// Returns the rows of all that was added and of all addresses that wait.
pub fn source_rows(sources: &[SourceInfo], waiting: &[Waiting]) -> Vec<Arc<SourceRow>> {
    let mut called: HashMap<String, usize> = HashMap::new();
    for source in sources {
        *called.entry(whole_name(&source.name)).or_default() += 1;
    }
    // A name that is cut where it is parsed back would find nothing.
    let is_alone = |source: &SourceInfo| {
        source.name.len() < 200 && called.get(&whole_name(&source.name)) == Some(&1)
    };
    let added = sources
        .iter()
        .map(|source| SourceRow::added(source, is_alone(source)));
    let waiting = waiting.iter().map(SourceRow::waiting);
    added.chain(waiting).map(Arc::new).collect()
}

impl SourceListing {
    /// Returns what a request finds among all rows.
    pub fn found(all: &[Arc<SourceRow>], request: &SourcesRequest) -> Self {
        let find = request.find.to_lowercase();
        let words: Vec<&str> = find.split_whitespace().collect();
        let fits = |row: &&Arc<SourceRow>| words.iter().all(|word| row.has(word));
        let rows: Vec<Arc<SourceRow>> = all.iter().filter(fits).cloned().collect();
        let kept = request.keep.clone().and_then(|key| {
            let place = rows.iter().position(|row| row.key == key)?;
            Some((key, place))
        });
        Self {
            rows,
            total: all.len(),
            failing: all.iter().filter(|row| !row.failed.is_empty()).count(),
            kept,
        }
    }
}

impl Sources {
    /// Returns how many rows there are.
    pub fn len(&self) -> usize {
        self.listing
            .as_ref()
            .map_or(0, |listing| listing.rows.len())
    }

    /// Returns whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the row with the cursor.
    pub fn row(&self) -> Option<&Arc<SourceRow>> {
        self.listing.as_ref()?.rows.get(self.selected)
    }

    /// Returns the request for the list as it should be now.
    pub fn request(&mut self) -> SourcesRequest {
        self.generation += 1;
        self.asked = true;
        SourcesRequest {
            generation: self.generation,
            edition: self.edition,
            find: self.find.text().to_owned(),
            keep: self.row().map(|row| row.key.clone()),
        }
    }

    /// Takes an answer; the cursor stays on its source, where that is still there.
    pub fn take(&mut self, listing: Arc<SourceListing>) {
        self.asked = false;
        let here = self.row().map(|row| &row.key);
        if let Some((key, place)) = &listing.kept
            && here == Some(key)
        {
            // The row stays where the eye is.
            let down = self.selected.saturating_sub(self.top);
            self.selected = *place;
            self.top = place.saturating_sub(down);
        }
        if listing.kept.is_none() && self.typing {
            // What was meant is not what the cursor was on: the first that has the words is as good a guess as any.
            self.selected = 0;
        }
        let comes = |known: i64| {
            let mut rows = listing.rows.iter();
            rows.position(|row| matches!(row.key, SourceKey::Added(SourceId(id)) if id > known))
        };
        if let Some(place) = self.expects.and_then(comes) {
            self.selected = place;
            self.expects = None;
        }
        self.selected = self.selected.min(listing.rows.len().saturating_sub(1));
        self.listing = Some(listing);
    }

    /// Takes note that something is being added: the cursor goes to it once it is there.
    pub fn expect(&mut self) {
        let rows = self.listing.iter().flat_map(|listing| &listing.rows);
        let ids = rows.map(|row| match row.key {
            SourceKey::Added(SourceId(id)) => id,
            SourceKey::Address(_) => 0,
        });
        self.expects = ids.max();
    }

    /// Moves the cursor by so many rows.
    pub fn move_by(&mut self, rows: isize) {
        self.expects = None;
        let last = self.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    /// Brings the row with the cursor into sight in so many rows, and leaves no room empty below the last.
    pub fn keep_in_sight(&mut self, height: usize) {
        self.top = first_in_sight(self.top, self.selected, self.len(), height);
    }

    /// Returns where things stand in the pane.
    pub fn layout(&self, pane: Area) -> SourcesLayout {
        let find = self.typing || !self.find.text().is_empty();
        let detail = if pane.height >= TALL { 5 } else { 3 };
        let head = 2;
        let rows = pane
            .height
            .saturating_sub(head + detail + u16::from(find))
            .max(1);
        let at = |y: u16, height: u16| Area {
            y: pane.y + y,
            height,
            ..pane
        };
        SourcesLayout {
            head: at(0, head),
            rows: at(head, rows),
            find: find.then(|| at(head + rows, 1)),
            detail: at(head + rows + u16::from(find), detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: i64, name: &str, failed: usize) -> SourceInfo {
        let file = |place: usize| FailedFile {
            source: name.to_owned(),
            path: format!("{place}.pdf"),
            reason: "is locked".to_owned(),
        };
        SourceInfo {
            id: SourceId(id),
            kind: SourceKind::Folder,
            name: name.to_owned(),
            path: Some(format!("/home/ann/{id}/{name}").into()),
            documents: 3,
            hidden: 1,
            folded: 0,
            added: jiff::Timestamp::UNIX_EPOCH,
            looked: None,
            warnings: Vec::new(),
            failed: (0..failed).map(file).collect(),
            textless: Vec::new(),
        }
    }

    fn found(all: &[Arc<SourceRow>], find: &str, keep: Option<i64>) -> SourceListing {
        let request = SourcesRequest {
            generation: 1,
            edition: 1,
            find: find.to_owned(),
            keep: keep.map(|id| SourceKey::Added(SourceId(id))),
        };
        SourceListing::found(all, &request)
    }

    fn rows() -> Vec<Arc<SourceRow>> {
        let sources = [
            source(1, "Notes", 0),
            source(2, "Papers", 2),
            source(3, "notes", 0),
        ];
        let waiting = Waiting {
            subscription: crate::document::Subscription {
                address: "https://example.org/feed".to_owned(),
                ..Default::default()
            },
            origin: "list.opml".to_owned(),
            added: 0,
        };
        source_rows(&sources, &[waiting])
    }

    #[test]
    fn every_word_must_be_in_name_or_place_and_a_mark_finds_what_failed() {
        let all = rows();
        for (find, expected) in [
            (
                "",
                &["Notes", "Papers", "notes", "https://example.org/feed"][..],
            ),
            ("NOTES", &["Notes", "notes"]),
            ("ann/3", &["notes"]),
            ("ann papers", &["Papers"]),
            ("!", &["Papers"]),
            ("! notes", &[]),
            ("example", &["https://example.org/feed"]),
        ] {
            let listing = found(&all, find, None);
            let names: Vec<&str> = listing.rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, expected, "{find}");
            assert_eq!((listing.total, listing.failing), (4, 1));
        }
    }

    #[test]
    fn a_source_is_asked_for_by_its_name_unless_another_has_it_too() {
        let questions: Vec<String> = rows()
            .iter()
            .filter_map(|row| row.query())
            .map(|query| query.to_string())
            .collect();
        assert_eq!(questions, ["in:1", "in:\"Papers\"", "in:3"]);
    }

    #[test]
    fn the_cursor_stays_on_its_source_and_at_its_height() {
        let all = rows();
        let mut sources = Sources::default();
        sources.take(Arc::new(found(&all, "", None)));
        sources.move_by(2);
        sources.keep_in_sight(2);
        assert_eq!((sources.selected, sources.top), (2, 1));
        assert_eq!(sources.request().keep, Some(SourceKey::Added(SourceId(3))));
        sources.take(Arc::new(found(&all, "notes", Some(3))));
        assert_eq!((sources.selected, sources.top), (1, 0));
        sources.take(Arc::new(found(&all, "papers", Some(3))));
        assert_eq!(sources.row().map(|row| row.name.as_str()), Some("Papers"));
        sources.take(Arc::new(found(&all, "", None)));
        sources.move_by(3);
        sources.typing = true;
        sources.take(Arc::new(found(&all, "notes", Some(2))));
        assert_eq!(sources.selected, 0, "of another find the first");
        sources.take(Arc::new(found(&all, "nothing", None)));
        assert!(sources.is_empty() && sources.row().is_none());
    }

    #[test]
    fn the_cursor_goes_to_what_was_added_from_here_unless_it_was_moved() {
        let all = rows();
        let fewer = &all[..2];
        for (moves, selected) in [(false, 2), (true, 1)] {
            let mut sources = Sources::default();
            sources.take(Arc::new(found(fewer, "", None)));
            sources.expect();
            if moves {
                sources.move_by(1);
            }
            sources.take(Arc::new(found(&all, "", None)));
            assert_eq!((sources.selected, sources.expects), (selected, None));
        }
    }

    #[test]
    fn the_parts_of_the_pane_fill_it_and_share_no_row() {
        for height in 10..60 {
            for find in ["", "x"] {
                let sources = Sources {
                    find: Line::new(find),
                    ..Sources::default()
                };
                let pane = Area {
                    x: 0,
                    y: 1,
                    width: 60,
                    height,
                };
                let layout = sources.layout(pane);
                let find = layout.find.map_or(0, |area| area.height);
                assert_eq!(
                    layout.head.height + layout.rows.height + find + layout.detail.height,
                    height
                );
                assert_eq!(layout.detail.y + layout.detail.height, pane.y + height);
                assert_eq!(layout.rows.y, layout.head.y + layout.head.height);
            }
        }
    }
}
