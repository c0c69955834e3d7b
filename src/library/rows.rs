//! The rows of an answer: fetched from the store one by one, and lit on every processor meanwhile.
//!
//! The store has one reader a thread. What it hands out is lit, and its line found, by whoever has nothing else to do: first
//! of all the thread that counts the facets, when it is done.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use super::catch_up::shown_source;
use super::find::{Also, Found, FoundRow, Meant, Window};
use super::{Error, Library};
use crate::index::{Counts, Overtaken};
use crate::query::{self, Facets, Field, Hit, Hits, Matcher, Query};
use crate::store::Stored;

/// An answer of the index.
pub(super) struct Asked {
    pub hits: Hits,
    pub counts: Counts,
    pub meant: Meant,
    pub window: Window,
    pub began: Instant,
}

impl Asked {
    /// Returns the answer with its rows, its facets not counted, and what they are counted from.
    pub fn found(
        self,
        library: &Library,
        query: &Query,
        rows: Vec<FoundRow>,
        overtaken: Overtaken<'_>,
    ) -> Result<(Found, Counts), Error> {
        let mut hits = self.hits;
        // What was removed since the index was written is no answer.
        hits.total = hits.total.saturating_sub(hits.hits.len() - rows.len());
        hits.incomplete = hits.incomplete.min(hits.total);
        let mut shown = rows.iter().peekable();
        hits.hits
            .retain(|hit| shown.next_if(|row| row.id == hit.id).is_some());
        let costs = match hits.total {
            0 => library.costs(query, self.window.doubles, overtaken)?,
            _ => Vec::new(),
        };
        let found = Found {
            troubles: self.meant.troubles,
            likes: self.meant.likes,
            only_begins: self.meant.only_begins,
            query: query.clone(),
            hits,
            rows,
            costs,
            is_counted: false,
            took: self.began.elapsed(),
        };
        Ok((found, self.counts))
    }
}

/// How rows are made.
pub(super) struct Rows<'a> {
    pub matcher: Matcher,
    /// How many cells the line around the best hit has at most.
    pub cells: usize,
    pub overtaken: Overtaken<'a>,
}

/// A document that a row is to be made of, with its place in the answer.
struct Fetched {
    place: usize,
    hit: Hit,
    stored: Stored,
    also: Vec<Also>,
}

/// What was fetched and nobody has taken yet.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    fetched: VecDeque<Fetched>,
    /// There is nothing more to come.
    ended: bool,
}

/// Says that there is nothing more to come when it is dropped, in a panic too: nobody waits for ever.
struct End<'a>(&'a Queue);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

impl Queue {
    fn put(&self, fetched: Fetched) {
        self.lock().fetched.push_back(fetched);
        self.changed.notify_one();
    }

    /// Waits for what is fetched next; nothing once there is nothing more to come.
    fn next(&self) -> Option<Fetched> {
        let open = |waiting: &mut Waiting| waiting.fetched.is_empty() && !waiting.ended;
        let waited = self.changed.wait_while(self.lock(), open);
        let mut waiting = waited.unwrap_or_else(PoisonError::into_inner);
        waiting.fetched.pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows<'_> {
    /// Returns the rows of these hits, without those that the store no longer has.
    pub fn of(&self, library: &Library, hits: &[Hit]) -> Result<Vec<FoundRow>, Error> {
        let mut rows = Vec::new();
        self.fetch(library, hits, |fetched| rows.push(self.row(fetched)))?;
        Ok(rows)
    }

    /// Returns the same, and counts beside it.
    pub fn with_counts(
        &self,
        library: &Library,
        hits: &[Hit],
        counts: &Counts,
    ) -> Result<(Facets, Vec<FoundRow>), Error> {
        let fetched = Queue::default();
        let (facets, mut rows) = thread::scope(|scope| {
            let helper = scope.spawn(|| {
                let facets = counts.facets(self.overtaken);
                (facets, self.light(&fetched))
            });
            let end = End(&fetched);
            let sent = self.fetch(library, hits, |one| fetched.put(one));
            drop(end);
            let mut rows = self.light(&fetched);
            let (facets, more) = match helper.join() {
                Ok(done) => done,
                Err(panic) => resume_unwind(panic),
            };
            sent?;
            rows.extend(more);
            Ok::<_, Error>((facets?, rows))
        })?;
        rows.sort_unstable_by_key(|&(place, _)| place);
        Ok((facets, rows.into_iter().map(|(_, row)| row).collect()))
    }

    fn fetch(
        &self,
        library: &Library,
        hits: &[Hit],
        mut each: impl FnMut(Fetched),
    ) -> Result<(), Error> {
        for (place, hit) in hits.iter().enumerate() {
            if (self.overtaken)() {
                return Err(crate::index::Error::Overtaken.into());
            }
            if let Some(stored) = library.store.document(hit.id)? {
                each(Fetched {
                    place,
                    hit: *hit,
                    stored,
                    also: library.store.doubles(hit.id)?,
                });
            }
        }
        Ok(())
    }

    /// Makes rows of what was fetched, until there is nothing more to come.
    fn light(&self, fetched: &Queue) -> Vec<(usize, FoundRow)> {
        std::iter::from_fn(|| fetched.next())
            .map(|fetched| (fetched.place, self.row(fetched)))
            .collect()
    }

    fn row(&self, fetched: Fetched) -> FoundRow {
        let Fetched {
            hit, stored, also, ..
        } = fetched;
        let source = shown_source(&stored).to_owned();
        let (metadata, body) = (stored.document.metadata, stored.document.body);
        let language = metadata.language;
        let matcher = &self.matcher;
        FoundRow {
            id: hit.id,
            key: stored.document.key,
            title_lit: matcher.ranges(Field::Title, &metadata.title.text, language),
            title: metadata.title,
            authors: metadata.authors,
            published: metadata.published,
            source,
            url: metadata.url,
            topics: metadata.topics,
            kind: metadata.kind,
            score: hit.score,
            marks: stored.marks,
            snippet: query::snippet(&body, matcher, language, self.cells),
            also,
        }
    }
}
