//! Finding: the index says which documents and how many, the store gives the rows in view.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::notes::{NoteTexts, asks_of_notes};
use super::rows::{Asked, Rows};
use super::within::{FolderNames, documents_within};
use super::{Cost, Error, Library, topics};
use crate::document::{Date, DocumentId, Key, Kind, Marks, Title};
use crate::index::{self, Begun, Counts, Folds, MarkSets, Overtaken, Request, Tags};
use crate::query::{
    self, Expanded, Facets, Filter, Hit, Hits, Lexicon, Likeness, Matcher, Node, Origin, Query,
    Snippet, Why,
};
use crate::store::{Folded, Store};

pub use crate::store::Head as Also;

/// Which of the answers are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many of the best to leave out.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
    /// Whether an article that came from several sources is one answer.
    pub doubles: Doubles,
}

/// What becomes of documents that are one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doubles {
    /// They are one answer: of those that match, the one that leads.
    #[default]
    Folded,
    /// Each is an answer.
    Apart,
}

impl Doubles {
    /// Returns the other of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Folded => Self::Apart,
            Self::Apart => Self::Folded,
        }
    }
}

impl Window {
    /// Returns the window of the best `limit` answers.
    pub fn first(limit: usize) -> Self {
        Self {
            offset: 0,
            limit,
            doubles: Doubles::Folded,
        }
    }

    /// Returns the same window with this done about doubles.
    #[must_use]
    pub fn with(self, doubles: Doubles) -> Self {
        Self { doubles, ..self }
    }
}

/// The answer to a question.
#[derive(Clone, Debug)]
pub struct Found {
    /// The question.
    pub query: Query,
    /// Which documents, how many, and how they fall into facets.
    pub hits: Hits,
    /// The documents of `hits.hits`, as a list shows them.
    pub rows: Vec<FoundRow>,
    /// Where nothing was found: what each clause costs.
    pub costs: Vec<Cost>,
    /// What of the question can't be told, and so found nothing: saved searches that nobody saved. In words.
    pub troubles: Vec<String>,
    /// What it asks others to be like, and by which words they are.
    pub likes: Vec<Likeness>,
    /// The word that is still being typed is in no document, though words that begin so are.
    pub only_begins: bool,
    /// Whether `hits.facets` are counted; else they come later.
    pub is_counted: bool,
    /// How long it took.
    pub took: Duration,
}

/// A document found, as a list shows it.
#[derive(Clone, Debug)]
pub struct FoundRow {
    /// Its number.
    pub id: DocumentId,
    /// Its name within its source.
    pub key: Key,
    /// Its title.
    pub title: Title,
    /// The ranges of the title that the question hits.
    pub title_lit: Vec<Range<usize>>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// What a person calls its source.
    pub source: String,
    /// Its address.
    pub url: Option<String>,
    /// Its source's own categories.
    pub topics: Vec<String>,
    /// What sort of document it is.
    pub kind: Kind,
    /// How well it fits; comparable only within one answer.
    pub score: f32,
    /// What the reader left on it.
    pub marks: Marks,
    /// The line around its best hit.
    pub snippet: Snippet,
    /// The other documents that are the same article.
    pub also: Vec<Also>,
}

impl FoundRow {
    /// Returns whether it is the row of a document, or of another that is the same article.
    pub fn is(&self, id: DocumentId) -> bool {
        self.id == id || self.also.iter().any(|also| also.id == id)
    }
}

/// Returns where else an article came from, in words: nothing for one that came once.
pub fn also_in(source: &str, also: &[Also]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for other in also {
        if other.source != source && !names.contains(&other.source.as_str()) {
            names.push(&other.source);
        }
    }
    match (names.is_empty(), also.len()) {
        (_, 0) => None,
        (true, more) => Some(format!("{} copies", more + 1)),
        (false, _) => Some(format!("also in {}", names.join(", "))),
    }
}

/// What a question turned out to mean, beside what it looks for.
pub(super) struct Meant {
    /// See [`Found::troubles`].
    pub troubles: Vec<String>,
    /// See [`Found::likes`].
    pub likes: Vec<Likeness>,
    /// See [`Found::only_begins`].
    pub only_begins: bool,
}

/// What was read, starred, hidden and tagged in the whole store, and what is one article there, kept until something is written.
#[derive(Debug, Default)]
pub(super) struct KeptMarks {
    /// The store's version that the marks are of.
    version: Option<(i64, u64)>,
    /// The store's last change and the last of its tags, which these are of.
    tagged: Option<(i64, i64)>,
    marks: MarkSets,
    /// The last change to documents that the folds are of, and whether some have yet to be looked at for doubles.
    change: Option<(i64, bool)>,
    notes: NoteTexts,
    folds: Arc<Folds>,
    /// The folders below the sources, once a question needed them.
    folders: FolderNames,
}

impl KeptMarks {
    /// Reads them anew where the store has changed.
    fn of(&mut self, store: &Store) -> Result<&mut Self, Error> {
        let version = Some(store.version()?);
        if self.version != version {
            let change = Some((store.last_change()?, store.is_unfolded()?));
            let mut is_same = self.change == change;
            if !is_same {
                let folds = Folds::new(by_fold(&store.folds()?));
                is_same = *self.folds == folds;
                // The index keeps what it made of them for as long as they are the same.
                if !is_same {
                    self.folds = Arc::new(folds);
                }
            }
            let tagged = Some((store.last_change()?, store.tags_changed()?));
            let tags = if self.tagged == tagged && is_same {
                Arc::clone(&self.marks.tags)
            } else {
                Arc::new(tags(store)?)
            };
            let marked = store.marked()?;
            self.notes = NoteTexts::read(store)?;
            self.marks = MarkSets {
                read: marked.read.into_iter().collect(),
                starred: marked.starred.into_iter().collect(),
                hidden: marked.hidden.into_iter().collect(),
                tags,
                noted: self.notes.bearers(),
                ..MarkSets::default()
            };
            self.change = change;
            self.tagged = tagged;
            self.folders = FolderNames::default();
            self.version = version;
        }
        Ok(self)
    }
}

/// How many sources that questions named are remembered: each letter of a name being typed may be another.
const MOST_WITHIN: usize = 64;

impl KeptMarks {
    /// Looks up the sources that a question names and that are not known yet.
    fn look_up(&mut self, query: &Query, store: &Store) -> Result<(), Error> {
        let mut open = vec![&query.root];
        while let Some(node) = open.pop() {
            match node {
                Node::And(nodes) | Node::Or(nodes) => open.extend(nodes),
                Node::Not(node) => open.push(node),
                Node::Filter(Filter::Within(source)) if self.marks.within(source).is_none() => {
                    let documents = documents_within(source, store, &mut self.folders)?;
                    self.marks.within.push((source.clone(), documents));
                }
                Node::Filter(Filter::Since(number)) => {
                    let mut known = self.marks.doubles.iter();
                    if !known.any(|(since, _)| since == number) {
                        let doubles = self.folds.doubles_since(*number);
                        self.marks.doubles.push((*number, doubles));
                    }
                }
                Node::All | Node::Words(_) | Node::Filter(_) => {}
            }
        }
        Ok(())
    }

    /// Forgets what earlier questions named, where that has become much.
    fn forget_sources(&mut self) {
        if self.marks.within.len() > MOST_WITHIN {
            self.marks.within.clear();
        }
        if self.marks.doubles.len() > MOST_WITHIN {
            self.marks.doubles.clear();
        }
    }
}

fn tags(store: &Store) -> Result<Tags, Error> {
    let tagged = store.tagged()?.into_iter();
    Ok(Tags::new(tagged.map(|tag| (tag.name, tag.documents))))
}

fn by_fold(folded: &[Folded]) -> impl Iterator<Item = Vec<DocumentId>> {
    let folds = folded.chunk_by(|one, next| one.fold == next.fold);
    folds.map(|fold| fold.iter().map(|folded| folded.id).collect())
}

/// How many documents it takes for counting them to be done beside fetching the rows: for fewer, waiting for another
/// processor on a busy machine costs more than it saves.
const WORTH_SHARING: usize = 10_000;

impl Library {
    /// Answers a question: the documents in `window` with a snippet of at most `snippet_cells` cells each, and the
    /// counts over all that match.
    pub fn find(
        &self,
        query: &Query,
        window: Window,
        snippet_cells: usize,
    ) -> Result<Found, Error> {
        self.find_unless(query, window, snippet_cells, &|| false)
    }

    /// Answers a question as [`Library::find`] does, unless `overtaken` says that nobody waits for it any more: then it
    /// ends soon, with [`Error::Overtaken`].
    pub fn find_unless(
        &self,
        query: &Query,
        window: Window,
        snippet_cells: usize,
        overtaken: Overtaken<'_>,
    ) -> Result<Found, Error> {
        let answer = || {
            let mut asked = self.begin(query, window, overtaken)?;
            let shared = asked.hits.total >= WORTH_SHARING && asked.hits.hits.len() > 1;
            let rows = Rows {
                matcher: Matcher::new(&asked.hits.expanded),
                cells: snippet_cells,
                overtaken,
            };
            let hits = &asked.hits.hits;
            let (facets, rows) = if shared {
                rows.with_counts(self, hits, &asked.counts)?
            } else {
                (asked.counts.facets(overtaken)?, rows.of(self, hits)?)
            };
            asked.hits.facets = facets;
            let (found, _) = asked.found(self, query, rows, overtaken)?;
            Ok(Found {
                is_counted: true,
                ..found
            })
        };
        self.noting_damage(answer())
    }

    /// Answers a question without the counts of its facets, which [`Library::count`] makes of what comes with it.
    pub fn find_first(
        &self,
        query: &Query,
        window: Window,
        snippet_cells: usize,
        overtaken: Overtaken<'_>,
    ) -> Result<(Found, Counts), Error> {
        let answer = || {
            let asked = self.begin(query, window, overtaken)?;
            let rows = Rows {
                matcher: Matcher::new(&asked.hits.expanded),
                cells: snippet_cells,
                overtaken,
            };
            let rows = rows.of(self, &asked.hits.hits)?;
            asked.found(self, query, rows, overtaken)
        };
        self.noting_damage(answer())
    }

    /// Counts the facets of an answer that came without.
    pub fn count(&self, counts: &Counts, overtaken: Overtaken<'_>) -> Result<Facets, Error> {
        self.noting_damage(counts.facets(overtaken).map_err(Error::from))
    }

    /// Returns whether counting begins at once: after each commit to the index, the first who counts waits until the
    /// topics are answered.
    pub fn counts_at_once(&self) -> bool {
        self.index.knows_topics()
    }

    /// Returns the place of a document in the order of a question's answer, counted from 0 as the offset of a
    /// [`Window`] is; none where it is no answer. Of a document that is folded behind another, the place of that.
    ///
    /// # Errors
    /// [`Error::Overtaken`] once `overtaken` says that nobody waits for it: the whole answer is ranked.
    pub fn place_of(
        &self,
        query: &Query,
        id: DocumentId,
        doubles: Doubles,
        overtaken: Overtaken<'_>,
    ) -> Result<Option<usize>, Error> {
        let place = || {
            self.reload()?;
            let window = Window::first(self.index.len()).with(doubles);
            let begun = self.ask(query, window, |request| {
                self.index.begin(request, overtaken)
            });
            let all = begun?.0.hits.hits;
            let mut kept = self.marks.borrow_mut();
            let folds = &kept.of(&self.store)?.folds;
            let is = |hit: &Hit| match doubles {
                Doubles::Folded => folds.are_one(hit.id, id),
                Doubles::Apart => hit.id == id,
            };
            Ok(all.iter().position(is))
        };
        self.noting_damage(place())
    }

    /// Returns the unread documents of the answer to a question, each with its place in the order, without fetching any.
    ///
    /// One that was removed since the index was written may be among them.
    pub fn unread(
        &self,
        query: &Query,
        doubles: Doubles,
    ) -> Result<Vec<(usize, DocumentId)>, Error> {
        self.noting_damage(self.unread_hits(query, doubles))
    }

    fn unread_hits(
        &self,
        query: &Query,
        doubles: Doubles,
    ) -> Result<Vec<(usize, DocumentId)>, Error> {
        self.reload()?;
        let window = Window::first(usize::MAX).with(doubles);
        let hits = self.hits(query, window)?.hits;
        let mut kept = self.marks.borrow_mut();
        let read = &kept.of(&self.store)?.marks.read;
        let ids = hits.iter().map(|hit| hit.id).enumerate();
        Ok(ids.filter(|(_, id)| !read.contains(*id)).collect())
    }

    fn begin(
        &self,
        query: &Query,
        window: Window,
        overtaken: Overtaken<'_>,
    ) -> Result<Asked, Error> {
        let began = Instant::now();
        self.reload()?;
        let asked = self.ask(query, window, |request| {
            self.index.begin(request, overtaken)
        });
        let (Begun { hits, counts }, meant) = asked?;
        Ok(Asked {
            hits,
            counts,
            meant,
            window,
            began,
        })
    }

    /// Counts what a question finds for each month of a year; what it chooses of years does not count against it.
    pub fn months(&self, query: &Query, year: i16, doubles: Doubles) -> Result<[usize; 12], Error> {
        let months = || {
            self.reload()?;
            let window = Window::first(0).with(doubles);
            let asked = self.ask(query, window, |request| self.index.months(request, year));
            Ok(asked?.0)
        };
        self.noting_damage(months())
    }

    /// Says why a document is where it is in the answer to a question; nothing where it is no answer, or is folded behind
    /// another.
    pub fn why(
        &self,
        query: &Query,
        id: DocumentId,
        doubles: Doubles,
    ) -> Result<Option<Why>, Error> {
        let why = || {
            self.reload()?;
            let window = Window::first(0).with(doubles);
            let asked = self.ask(query, window, |request| self.index.explain(request, id));
            Ok(asked?.0)
        };
        self.noting_damage(why())
    }

    /// Returns which documents answer a question, and how many, without counting them by facet.
    pub(super) fn hits(&self, query: &Query, window: Window) -> Result<Hits, Error> {
        let never = &|| false;
        let begun = self.ask(query, window, |request| self.index.begin(request, never));
        Ok(begun?.0.hits)
    }

    /// Asks the index with what the store knows beside it.
    pub(super) fn ask<T>(
        &self,
        query: &Query,
        window: Window,
        ask: impl FnOnce(&Request<'_>) -> Result<T, index::Error>,
    ) -> Result<(T, Meant), Error> {
        let mut kept = self.marks.borrow_mut();
        let kept = kept.of(&self.store)?;
        kept.forget_sources();
        let resolved = self.resolved(query)?;
        let query = resolved.as_ref().map_or(query, |resolved| &resolved.query);
        kept.look_up(query, &self.store)?;
        let (mut expanded, only_begins) = self.expanded(query)?;
        let likes = self.liken(&mut expanded)?;
        kept.marks.with_note = kept.notes.look_up(&expanded, &self.index.languages());
        let answer = ask(&Request {
            expanded: &expanded,
            offset: window.offset,
            limit: window.limit,
            marks: &kept.marks,
            folds: (window.doubles == Doubles::Folded).then_some(&kept.folds),
        })?;
        let troubles = resolved.map_or_else(Vec::new, |resolved| resolved.troubles);
        let meant = Meant {
            troubles,
            likes,
            only_begins,
        };
        Ok((answer, meant))
    }

    /// Returns what a question looks for here: with what the thesaurus takes in, and the words put right that are in no
    /// document; and whether the word being typed is only the beginning of some.
    fn expanded(&self, query: &Query) -> Result<(Expanded, bool), Error> {
        let mut lexicon = topics::lexicon(&self.index.languages());
        lexicon.thesaurus = Arc::clone(&self.thesaurus);
        lexicon.spellings = self.index.spellings(&query::doubtful(query, &lexicon))?;
        let expanded = query::expand(query, &lexicon);
        // What no document says a note may say.
        if asks_of_notes(&query.root) {
            return Ok((expanded, false));
        }
        for taken in &expanded.taken {
            if taken.origin != Origin::Spelling && !self.may_have(&taken.words, &lexicon)? {
                lexicon.absent.insert(taken.words.clone());
            }
        }
        let expanded = if lexicon.absent.is_empty() {
            expanded
        } else {
            query::expand(query, &lexicon)
        };
        Ok((expanded, self.only_begins(query, &lexicon)?))
    }

    /// Returns whether a word that is still being typed is in no document as it stands, and words that begin so are.
    fn only_begins(&self, query: &Query, lexicon: &Lexicon) -> Result<bool, Error> {
        for (forms, begun) in query::half_typed(query, lexicon) {
            let mut known = false;
            for form in forms {
                known |= self.index.has_all(&form)?;
            }
            if !known && self.index.has_all(&[begun])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns whether a document may have a word or phrase of the thesaurus.
    fn may_have(&self, words: &str, lexicon: &Lexicon) -> Result<bool, Error> {
        for form in query::forms(words, lexicon) {
            if self.index.has_all(&form)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests;
