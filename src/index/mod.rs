//! The full-text index: which documents hold what is looked for, in which order, and how they fall into facets.
//!
//! It is derived from the library and holds nothing that is not there: missing, damaged or of another version, it is
//! made anew. It knows documents by their ids, and answers with ids.
//!
//! Guarantees: what a question finds and every count are exact, for beginnings of one letter too; an answer comes from
//! one commit, whatever is written meanwhile; the same question finds the same documents in the same order.
//!
//! Absent on purpose: texts (the library has them), lit words and snippets (`query` has them, from the same terms), and
//! in what faces outward any type of tantivy.
//!
//! ```
//! use recto::document::{BlockKind, BodyBuilder, Document, DocumentId, Key, Metadata};
//! use recto::index::{Index, MarkSets, Request, Stamp};
//! use recto::query::{Clause, Expanded, Expr, Field, Origin, Step, Way};
//!
//! # let directory = tempfile::tempdir()?;
//! let index = Index::create(directory.path())?;
//! let mut body = BodyBuilder::new();
//! body.block(BlockKind::Paragraph, "The march of the mutuals");
//! let document = Document {
//!     key: Key("1".to_owned()),
//!     metadata: Metadata::default(),
//!     body: body.finish(),
//! };
//! let mut writer = index.writer()?;
//! writer.put(DocumentId(1), "2020 PSH", &document);
//! writer.commit(&Stamp { library: "mine".to_owned(), change: 1 })?;
//!
//! let way = Way { steps: vec![Step::Stem("mutual".to_owned())], slop: 0, weight: 1.0, origin: Origin::Typed, called: String::new() };
//! let clause = Clause::new(Field::Any, vec![way]);
//! let expanded = Expanded { root: Expr::Clause(clause), ..Expanded::default() };
//! let marks = MarkSets::default();
//! let found = index.find(&Request { expanded: &expanded, offset: 0, limit: 10, marks: &marks, folds: None })?;
//! assert_eq!(found.hits[0].id, DocumentId(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bits;
mod bm25;
mod bonus;
mod breadth;
mod columns;
mod commit;
mod content;
mod dates;
mod directory;
mod error;
mod facets;
mod folds;
mod found;
mod frequencies;
mod marks;
mod months;
mod names;
mod passage;
mod phrase;
mod plan;
mod postings;
mod rank;
mod schema;
mod score;
mod share;
mod shown;
mod spelling;
mod spelt;
mod tags;
#[cfg(test)]
mod tests;
mod tokens;
mod topics;
mod view;
mod ways;
mod why;
mod writer;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Directory, IndexReader, IndexSettings, ReloadPolicy};

pub use self::error::Error;
pub use self::folds::Folds;
pub use self::marks::{IdSet, MarkSets};
pub use self::tags::Tags;
pub use self::topics::{Theme, Topics};
pub use self::view::{Begun, Counts};
pub use self::writer::Writer;

use self::commit::Commit;
use self::directory::Folder;
use self::schema::{Fields, VERSION};
use self::view::View;
use crate::document::DocumentId;
use crate::query::{Expanded, Hits, Why};
use crate::text::Language;

/// How deeply a question may be nested.
pub const MAX_DEPTH: usize = 200;

/// The index of a library. Clones are the same index; they can be used by several threads.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    directory: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    /// Held while the view is made anew, so that of two changes at a time neither is lost.
    topics: Mutex<Arc<Topics>>,
    view: RwLock<Arc<View>>,
}

/// How far an index goes: it is written with each commit and compared with the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Whose documents they are.
    pub library: String,
    /// The last change of the library that is in the index.
    pub change: i64,
}

/// What tantivy keeps with a commit.
#[derive(Deserialize)]
struct Payload {
    version: u32,
    stamp: Option<Stamp>,
}

/// Says whether who asked wants another answer by now.
pub type Overtaken<'a> = &'a (dyn Fn() -> bool + Sync);

/// What is asked of an index.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The question.
    pub expanded: &'a Expanded,
    /// How many of the documents found to leave out at the beginning.
    pub offset: usize,
    /// How many to give at most.
    pub limit: usize,
    /// What the reader left on documents, and which documents the question's own sources and times mean.
    pub marks: &'a MarkSets,
    /// Which documents are one article, where of each one is to be shown.
    pub folds: Option<&'a Arc<Folds>>,
}

impl Index {
    /// Opens the index of a directory, which may be one that cannot be written.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`], [`Error::Damaged`] and [`Error::OtherVersion`] are mended by [`Index::create`].
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let failed = |error| Error::reading(directory, error);
        let folder = MmapDirectory::open(directory).map_err(|error| failed(error.into()))?;
        if !tantivy::Index::exists(&folder).map_err(|error| failed(error.into()))? {
            return Err(Error::Missing {
                directory: directory.to_owned(),
            });
        }
        let index = tantivy::Index::open(Folder(folder)).map_err(failed)?;
        let payload = index.load_metas().map_err(failed)?.payload;
        let payload: Option<Payload> = payload.and_then(|text| serde_json::from_str(&text).ok());
        let (schema, fields) = Fields::new();
        if payload.is_none_or(|payload| payload.version != VERSION) || index.schema() != schema {
            return Err(Error::OtherVersion {
                directory: directory.to_owned(),
            });
        }
        Self::new(directory, index, fields)
    }

    /// Makes an index without documents in a directory. What files are there are removed; the directory is for this alone.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while somebody writes there; an [`Error::Io`] where the directory cannot be written.
    pub fn create(directory: &Path) -> Result<Self, Error> {
        let failed = |error| Error::writing(directory, error);
        let io = |error: io::Error| failed(error.into());
        fs::create_dir_all(directory).map_err(io)?;
        let folder = MmapDirectory::open(directory).map_err(|error| failed(error.into()))?;
        let lock = folder.acquire_lock(&INDEX_WRITER_LOCK);
        let lock = lock.map_err(|error| failed(error.into()))?;
        for entry in fs::read_dir(directory).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let is_lock = path.extension().is_some_and(|ending| ending == "lock");
            if path.is_file() && !is_lock {
                fs::remove_file(path).map_err(io)?;
            }
        }
        let (schema, fields) = Fields::new();
        let settings = IndexSettings::default();
        let index = tantivy::Index::create(Folder(folder), schema, settings).map_err(failed)?;
        drop(lock);
        let index = Self::new(directory, index, fields)?;
        index.writer()?.commit_unstamped()?;
        Ok(index)
    }

    fn new(directory: &Path, index: tantivy::Index, fields: Fields) -> Result<Self, Error> {
        let failed = |error| Error::reading(directory, error);
        schema::register(index.tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = reader.try_into().map_err(failed)?;
        let commit = Commit::new(directory, reader.searcher(), fields.clone(), None);
        let commit = Arc::new(commit.map_err(failed)?);
        let shared = Shared {
            directory: directory.to_owned(),
            index,
            reader,
            fields,
            topics: Mutex::default(),
            view: RwLock::new(Arc::new(View::new(commit, Arc::default()))),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Returns how far the last commit goes, or nothing where none was made since the index was.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where that cannot be read.
    pub fn stamp(&self) -> Result<Option<Stamp>, Error> {
        let metas = self.shared.index.load_metas();
        let metas = metas.map_err(|error| Error::reading(self.directory(), error))?;
        let payload = metas.payload.unwrap_or_default();
        let payload: Payload = serde_json::from_str(&payload).map_err(|error| {
            Error::reading(self.directory(), tantivy::TantivyError::from(error))
        })?;
        Ok(payload.stamp)
    }

    /// Opens a writer: for a batch, not for long, as there can be only one.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while another one is open, in this program or in another.
    pub fn writer(&self) -> Result<Writer, Error> {
        Writer::new(self)
    }

    /// Takes up what was committed meanwhile, by other programs too.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where it cannot be read; then what was seen before stays.
    pub fn reload(&self) -> Result<(), Error> {
        let failed = |error| Error::reading(self.directory(), error);
        self.shared.reader.reload().map_err(failed)?;
        let topics = self.topics();
        let searcher = self.shared.reader.searcher();
        let earlier = &self.view().commit;
        if earlier.is_of(&searcher) {
            return Ok(());
        }
        let fields = self.shared.fields.clone();
        let commit = Commit::new(self.directory(), searcher, fields, Some(earlier));
        let commit = Arc::new(commit.map_err(failed)?);
        self.show(View::new(commit, Arc::clone(&topics)));
        Ok(())
    }

    /// Returns how many documents there are.
    pub fn len(&self) -> usize {
        self.view().commit.len()
    }

    /// Returns the highest number of a document; 0 where there is none.
    pub fn newest(&self) -> i64 {
        let commit = &self.view().commit;
        let ids = commit
            .segments
            .iter()
            .flat_map(|segment| &segment.columns.ids);
        ids.map(|id| id.0).max().unwrap_or_default()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the languages that documents are written in, in the order of their codes.
    pub fn languages(&self) -> Vec<Language> {
        let commit = &self.view().commit;
        let columns = commit
            .segments
            .iter()
            .map(|segment| &segment.columns.languages);
        let codes = commit::Values::new(columns).names;
        codes.iter().map(|code| Language::from_tag(code)).collect()
    }

    /// Says what the topics are, from now on.
    ///
    /// # Errors
    ///
    /// [`Error::TooDeep`] for a theme that is; then the topics stay what they were.
    pub fn set_topics(&self, topics: Topics) -> Result<(), Error> {
        for theme in &topics.themes {
            plan::check_depth(&theme.expanded.root)?;
        }
        let mut known = self.topics();
        if **known == topics {
            return Ok(());
        }
        *known = Arc::new(topics);
        let commit = Arc::clone(&self.view().commit);
        self.show(View::new(commit, Arc::clone(&known)));
        Ok(())
    }

    /// Returns whether the topics of the last commit are answered: the first who counts waits for that.
    pub fn knows_topics(&self) -> bool {
        self.view().knows_topics()
    }

    /// Finds documents and counts them.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where the index turns out to be; [`Error::TooDeep`].
    pub fn find(&self, request: &Request<'_>) -> Result<Hits, Error> {
        let Begun { hits, counts } = self.begin(request, &|| false)?;
        let facets = counts.facets(&|| false)?;
        Ok(Hits { facets, ..hits })
    }

    /// Finds documents, and leaves counting them for later. Gives up where `overtaken` says so, between one step and the
    /// next: a step takes some 10 ms in a million documents.
    ///
    /// # Errors
    ///
    /// As [`Index::find`], and [`Error::Overtaken`].
    pub fn begin(&self, request: &Request<'_>, overtaken: Overtaken<'_>) -> Result<Begun, Error> {
        self.view().begin(request, overtaken)
    }

    /// Says why a document is where it is in the answer to a request, whichever window of it was asked for: what each
    /// word gave to its score, and what it gained beside, by the same computation that ranked it. Nothing where the
    /// document is no answer.
    ///
    /// # Errors
    ///
    /// As of [`Index::find`].
    pub fn explain(&self, request: &Request<'_>, id: DocumentId) -> Result<Option<Why>, Error> {
        self.view().explain(request, id)
    }

    fn directory(&self) -> &Path {
        &self.shared.directory
    }

    fn tantivy(&self) -> &tantivy::Index {
        &self.shared.index
    }

    fn fields(&self) -> &Fields {
        &self.shared.fields
    }

    fn view(&self) -> Arc<View> {
        let view = self.shared.view.read();
        Arc::clone(&view.unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, view: View) {
        let shown = self.shared.view.write();
        *shown.unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
    }

    fn topics(&self) -> MutexGuard<'_, Arc<Topics>> {
        let topics = self.shared.topics.lock();
        topics.unwrap_or_else(PoisonError::into_inner)
    }
}
