//! Writing: documents put in and taken out, in batches that become visible all at once.

use std::thread;

use tantivy::indexer::{IndexWriter, LogMergePolicy};
use tantivy::{TantivyDocument, Term};

use super::content;
use super::dates::by_clock;
use super::schema::{Fields, Place, VERSION};
use super::tokens::tagged;
use super::{Error, Index, Stamp};
use crate::document::{BlockKind, Document, DocumentId};
use crate::query::facet::UNDATED;
use crate::text::{Language, analysis};

/// Memory for each writing thread, in bytes: what it holds before it writes a segment. With 30 MB a thread 100,000
/// documents took 17 % longer than with 200; less than 15 tantivy refuses.
const BUDGET: usize = 60 << 20;
/// More threads than this write more segments than they save time.
const MOST_THREADS: usize = 4;
/// Segments of fewer documents than this count as equals when it is decided what to merge. At tantivy's 10,000 every
/// eighth document that is added alone would have up to 10,000 others written again.
const SMALL: u32 = 1_000;
/// The share of removed documents above which a segment is written again without them.
const MOST_REMOVED: f32 = 0.3;

/// Writes a batch of changes. They are seen once it is committed; dropped before that, it leaves no trace.
pub struct Writer {
    index: Index,
    tantivy: IndexWriter,
    /// The first thing that went wrong; a commit reports it.
    failure: Option<Error>,
}

impl Writer {
    /// Opens one. There can be one at a time, in all programs.
    pub(super) fn new(index: &Index) -> Result<Self, Error> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let threads = threads.min(MOST_THREADS);
        let writer = index
            .tantivy()
            .writer_with_num_threads(threads, threads * BUDGET)
            .map_err(|error| Error::writing(index.directory(), error))?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_layer_size(SMALL);
        merging.set_del_docs_ratio_before_merge(MOST_REMOVED);
        writer.set_merge_policy(Box::new(merging));
        Ok(Self {
            index: index.clone(),
            tantivy: writer,
            failure: None,
        })
    }

    /// Puts a document in, in place of what had the same id. `source` is its publisher, else the name of what was added.
    pub fn put(&mut self, id: DocumentId, source: &str, document: &Document) {
        self.add(id, row(self.index.fields(), id, source, document));
    }

    /// Puts a document in as [`Writer::put`] does; it came into the library at `added`, in seconds since 1970, UTC.
    pub fn put_added(&mut self, id: DocumentId, source: &str, added: i64, document: &Document) {
        let fields = self.index.fields();
        let mut row = row(fields, id, source, document);
        row.add_i64(fields.added, added);
        self.add(id, row);
    }

    fn add(&mut self, id: DocumentId, row: TantivyDocument) {
        self.remove(id);
        if let Err(error) = self.tantivy.add_document(row) {
            let failure = Error::writing(self.index.directory(), error);
            self.failure.get_or_insert(failure);
        }
    }

    /// Takes a document out; one that is not there is none to take.
    pub fn remove(&mut self, id: DocumentId) {
        let term = Term::from_field_i64(self.index.fields().id, id.0);
        self.tantivy.delete_term(term);
    }

    /// Makes the changes last and lets them be seen, with the stamp that says how far they go. Returns when segments that
    /// should be merged are: after a large batch that takes a while.
    ///
    /// # Errors
    ///
    /// An [`Error::Io`] where the disk is full, say; then nothing has changed.
    pub fn commit(self, stamp: &Stamp) -> Result<(), Error> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.commit_as(Some(stamp))
    }

    /// Makes an index that has just been made one of this version.
    pub(super) fn commit_unstamped(self) -> Result<(), Error> {
        self.commit_as(None)
    }

    fn commit_as(mut self, stamp: Option<&Stamp>) -> Result<(), Error> {
        let directory = self.index.directory();
        let failed = |error| Error::writing(directory, error);
        let payload = serde_json::json!({ "version": VERSION, "stamp": stamp });
        let mut commit = self.tantivy.prepare_commit().map_err(failed)?;
        commit.set_payload(&payload.to_string());
        commit.commit().map_err(failed)?;
        self.index.reload()?;
        self.tantivy.wait_merging_threads().map_err(failed)?;
        self.index.reload()
    }
}

/// Returns what is kept of a document.
fn row(fields: &Fields, id: DocumentId, source: &str, document: &Document) -> TantivyDocument {
    // The text is in it three times.
    let mut row = TantivyDocument::with_capacity(3 * document.body.text().len() + 1024);
    let metadata = &document.metadata;
    let language = metadata.language;
    let title = metadata.title.text.as_str();
    let mut words = |place: Place, text: &str| {
        let text = tagged(text, language);
        row.add_text(place.exact, &text);
        if place.stems != place.exact {
            row.add_text(place.stems, text);
        }
    };
    // What stands in for a title is a phrase of the text: it is there once and weighs no more than the rest.
    let weighing = if metadata.title.derived { "" } else { title };
    for text in [weighing, weighing, document.body.text()] {
        words(fields.words, text);
    }
    words(fields.title, title);
    for block in document.body.blocks() {
        if matches!(block.kind, BlockKind::Heading { .. }) {
            words(fields.heading, document.body.slice(block.range));
        }
    }
    metadata
        .authors
        .iter()
        .for_each(|author| words(fields.author, author));
    words(fields.source, source);
    words(fields.url, metadata.url.as_deref().unwrap_or_default());
    for text in [weighing, weighing, document.body.text()] {
        row.add_text(fields.beginnings, tagged(text, language));
    }

    let title = TitleWords::of(title, language);
    let weighing = TitleWords::of(weighing, language);
    row.add_u64(fields.body_from, u64::from(weighing.body_from()));
    row.add_u64(fields.length, document.body.text().len() as u64);
    // Whoever asks for such a phrase word for word means this document, so that it leads all the same.
    row.add_text(fields.whole_title, title.stems);
    row.add_text(fields.title_order, title.folded);
    row.add_i64(fields.id, id.0);
    row.add_u64(fields.features, content::features(&document.body));
    row.add_text(fields.kind, metadata.kind.name());
    row.add_text(fields.language, language.code().unwrap_or_default());
    if !source.is_empty() {
        row.add_text(fields.source_name, source);
    }
    let names = [
        (fields.author_names, &metadata.authors),
        (fields.topic_names, &metadata.topics),
    ];
    for (column, names) in names {
        for name in names {
            row.add_text(column, name);
        }
    }
    match metadata.published {
        Some(date) => {
            row.add_i64(fields.published, date.start());
            row.add_i64(fields.by_clock, by_clock(date));
            row.add_text(fields.year, format!("{:04}", date.year()));
        }
        None => row.add_text(fields.year, UNDATED),
    }
    row
}

/// The words of a title.
#[derive(Default)]
struct TitleWords {
    /// Compounds in their parts, with a blank between each two.
    stems: String,
    folded: String,
    /// The position after the last.
    end: u32,
}

impl TitleWords {
    fn of(title: &str, language: Language) -> Self {
        let mut words = Self::default();
        analysis::analyze(title, language, |token| {
            words.end = token.position + 1;
            if token.joined {
                return;
            }
            for (text, word) in [
                (&mut words.stems, token.stem),
                (&mut words.folded, token.folded),
            ] {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        });
        words
    }

    /// Returns the position at which the body begins: tantivy leaves one free after each of the two titles.
    fn body_from(&self) -> u32 {
        2 * (self.end + 1)
    }
}
