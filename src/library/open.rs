//! Opening a library, and the handle itself.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::find::KeptMarks;
use super::home::Home;
use super::like::KeptLikes;
use super::topics::Rules;
use super::{Error, seeds};
use crate::config::thesaurus::ThesaurusGroup;
use crate::config::{Limits, topics};
use crate::index::{self, Index, Stamp};
use crate::query::Thesaurus;
use crate::store::Store;

/// The file of the store within the library's folder.
const DATABASE: &str = "library.db";

/// The folder of the index within the library's folder.
const INDEX: &str = "index";

/// The name in the store's state that says that the index was found to be damaged while it was in use.
const DAMAGED: &str = "index-damaged";

/// Whether a library begins with the documents that recto brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seeding {
    /// It begins with them, unless it had them before.
    WithSeeds,
    /// It begins empty.
    Empty,
}

/// An open library: one handle a thread.
///
/// ```
/// use std::ops::ControlFlow;
/// use recto::library::{Library, Window};
///
/// let mut library = Library::temporary_with_seeds()?;
/// library.catch_up(&mut |_| ControlFlow::Continue(()))?;
/// let found = library.find(&recto::query::parse("tupe"), Window::first(10), 60)?;
/// assert_eq!(found.rows[0].title.text, "How to involve voluntary organisations in public services");
/// # Ok::<(), recto::library::Error>(())
/// ```
pub struct Library {
    // Closed in this order: the folder of a temporary library can only go when nothing in it is open.
    pub(super) store: Store,
    pub(super) index: Index,
    pub(super) marks: RefCell<KeptMarks>,
    pub(super) likes: RefCell<KeptLikes>,
    pub(super) topics: RefCell<Rules>,
    pub(super) thesaurus: Arc<Thesaurus>,
    pub(super) home: Arc<Home>,
    pub(super) limits: Limits,
}

impl Library {
    /// Returns whether there is a library in `directory`, of whatever state.
    pub fn is_in(directory: &Path) -> bool {
        directory.join(DATABASE).exists()
    }

    /// Opens the library in `directory`, and makes it, with the seeds, where there is none.
    ///
    /// Quick: an index that is missing, damaged, of another version or not of this library is replaced by an empty
    /// one. [`Library::catch_up`] fills it, and can be watched and stopped.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        Self::at(Home::lasting(directory)?, Seeding::WithSeeds)
    }

    /// Opens a new, empty library in a private temporary folder, which goes with the last handle: for reading what
    /// is not to be kept.
    pub fn temporary() -> Result<Self, Error> {
        Self::at(Home::temporary()?, Seeding::Empty)
    }

    /// Opens a new library with the seeds in a private temporary folder: for a home that can't be written.
    pub fn temporary_with_seeds() -> Result<Self, Error> {
        Self::at(Home::temporary()?, Seeding::WithSeeds)
    }

    /// Opens a second handle on the same library, for another thread.
    pub fn another(&self) -> Result<Self, Error> {
        Ok(Self {
            store: self.store.another()?,
            index: self.index.clone(),
            marks: RefCell::default(),
            likes: RefCell::default(),
            topics: self.topics.clone(),
            thesaurus: Arc::clone(&self.thesaurus),
            home: Arc::clone(&self.home),
            limits: self.limits,
        })
    }

    /// Sets how much of a file is taken in, by this handle and those opened from it.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Sets which words say the same, for this handle and those opened from it. A library opens with the thesaurus that
    /// comes with the program.
    pub fn set_thesaurus(&mut self, groups: &[ThesaurusGroup]) {
        self.thesaurus = Arc::new(Thesaurus::new(groups));
        self.topics.get_mut().expand_anew();
    }

    /// Returns which words say the same here, and what they mean.
    pub fn thesaurus(&self) -> Arc<Thesaurus> {
        Arc::clone(&self.thesaurus)
    }

    /// Returns the folder that the library lives in.
    pub fn directory(&self) -> &Path {
        self.home.path()
    }

    /// Passes a result on; damage of the index is noted, so that the next opening makes it anew.
    pub(super) fn noting_damage<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(Error::DamagedIndex(error)) = &result {
            log::error!("{error}");
            self.store.set_state(DAMAGED, "yes")?;
        }
        result
    }

    fn at(home: Home, seeding: Seeding) -> Result<Self, Error> {
        let mut store = Store::open(&home.path().join(DATABASE))?;
        if seeding == Seeding::WithSeeds {
            seeds::sow_once(&mut store)?;
        }
        let index = open_index(&mut store, &home.path().join(INDEX))?;
        let library = Self {
            store,
            index,
            marks: RefCell::default(),
            likes: RefCell::default(),
            topics: RefCell::default(),
            thesaurus: Arc::new(Thesaurus::of_the_program()),
            home: Arc::new(home),
            limits: Limits::default(),
        };
        for warning in library.set_topics(topics::defaults())? {
            log::warn!("{warning}");
        }
        Ok(library)
    }
}

/// Opens the index, or puts an empty one in its place where it is of no use.
fn open_index(store: &mut Store, directory: &Path) -> Result<Index, Error> {
    let library = store.library_id()?;
    if store.state(DAMAGED)?.is_none()
        && let Some((index, stamp)) = read_index(directory)?
        && is_of(stamp.as_ref(), &library, store.last_change()?)
    {
        return Ok(index);
    }
    // While nobody else may write: of two programs that start at once, one makes it and the other opens it.
    let mut batch = store.write()?;
    if batch.state(DAMAGED)?.is_none()
        && let Some((index, stamp)) = read_index(directory)?
        && is_of(stamp.as_ref(), &library, batch.last_change())
    {
        return Ok(index);
    }
    let index = Index::create(directory)?;
    batch.clear_state(DAMAGED)?;
    batch.commit()?;
    Ok(index)
}

/// Returns the index and how far it goes, or nothing where there is none that can be read.
fn read_index(directory: &Path) -> Result<Option<(Index, Option<Stamp>)>, Error> {
    let read = Index::open(directory).and_then(|index| {
        let stamp = index.stamp()?;
        Ok((index, stamp))
    });
    match read {
        Ok(read) => Ok(Some(read)),
        Err(
            index::Error::Missing { .. }
            | index::Error::Damaged { .. }
            | index::Error::OtherVersion { .. },
        ) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Returns whether an index with this stamp is of this library. One without a stamp is empty, and perhaps being filled
/// by another program. One that is ahead is of another past: the store was put back from a backup.
fn is_of(stamp: Option<&Stamp>, library: &str, last_change: i64) -> bool {
    stamp.is_none_or(|stamp| stamp.library == library && stamp.change <= last_change)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::fixtures::{go_on, keys};
    use crate::store::SourceKind;

    /// A library of one note in a folder that stays, without the seeds.
    fn library_of_a_note(folder: &Path) -> Library {
        let note = folder.join("note.txt");
        fs::write(&note, "It is about trust.\n").unwrap();
        let mut library = Library::open(&folder.join("library")).unwrap();
        let seeds = library.sources().unwrap()[0].id;
        library.remove_source(seeds, &mut go_on).unwrap();
        library.add(&[note], &mut go_on).unwrap();
        library
    }

    #[test]
    fn a_new_library_has_the_seeds_and_finds_in_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(folder.path()).unwrap();
        library.catch_up(&mut go_on).unwrap();
        let coverage = library.coverage().unwrap();
        assert_eq!((coverage.documents, coverage.searchable), (18, 18));
        assert_eq!(coverage.failed, []);
        let sources = library.sources().unwrap();
        assert_eq!(
            (sources[0].kind, sources[0].name.as_str()),
            (SourceKind::Seeds, "Seeds")
        );
        assert_eq!(sources[0].warnings, []);
        assert_eq!(keys(&library, "tupe").len(), 1);
    }

    #[test]
    fn seeds_that_were_removed_stay_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(folder.path()).unwrap();
        let seeds = library.sources().unwrap()[0].id;
        let removed = library.remove_source(seeds, &mut go_on).unwrap();
        assert_eq!(removed.unwrap().documents, 18);
        drop(library);
        let library = Library::open(folder.path()).unwrap();
        assert_eq!(library.sources().unwrap(), []);
        assert_eq!(library.coverage().unwrap().documents, 0);
    }

    #[test]
    fn what_was_stored_and_not_indexed_when_the_program_was_killed_is_caught_up_with() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = library_of_a_note(folder.path());
        let id = library.resolve("note.txt").unwrap().unwrap();
        let source = library.sources().unwrap()[0].id;
        let mut batch = library.store.write().unwrap();
        batch.remove_source(source).unwrap();
        batch.commit().unwrap();
        drop(library);

        let mut library = Library::open(&folder.path().join("library")).unwrap();
        assert_eq!(library.index.len(), 1);
        assert_eq!(library.document(id).unwrap(), None);
        assert_eq!(
            keys(&library, "trust"),
            [""; 0],
            "what is gone is no answer"
        );
        library.catch_up(&mut go_on).unwrap();
        assert_eq!(library.index.len(), 0);
    }

    #[test]
    fn an_index_that_is_missing_or_damaged_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        drop(library_of_a_note(folder.path()));
        let index = folder.path().join("library").join(INDEX);
        let cut_all_short = || {
            for entry in fs::read_dir(&index).unwrap() {
                fs::write(entry.unwrap().path(), "x").unwrap();
            }
        };
        let remove = || fs::remove_dir_all(&index).unwrap();
        for (harm, do_harm) in [
            ("missing", &remove as &dyn Fn()),
            ("damaged", &cut_all_short),
        ] {
            do_harm();
            let mut library = Library::open(&folder.path().join("library")).unwrap();
            assert_eq!(library.coverage().unwrap().searchable, 0, "{harm}");
            library.catch_up(&mut go_on).unwrap();
            assert_eq!(keys(&library, "trust"), ["note.txt"], "{harm}");
        }
    }

    #[test]
    fn the_index_of_another_library_or_of_another_past_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let library = library_of_a_note(folder.path());
        let stamp = library.index.stamp().unwrap().unwrap();
        for (library_id, change) in [("another", 1), (&stamp.library, stamp.change + 1)] {
            let library = Library::open(&folder.path().join("library")).unwrap();
            let foreign = Stamp {
                library: library_id.to_owned(),
                change,
            };
            library.index.writer().unwrap().commit(&foreign).unwrap();
            drop(library);
            let mut library = Library::open(&folder.path().join("library")).unwrap();
            assert_eq!(library.index.len(), 0, "{foreign:?}");
            library.catch_up(&mut go_on).unwrap();
            assert_eq!(keys(&library, "trust"), ["note.txt"], "{foreign:?}");
        }
    }

    #[test]
    fn an_index_that_turns_out_to_be_damaged_is_made_anew_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let library = library_of_a_note(folder.path());
        let damaged = index::Error::Damaged {
            directory: folder.path().to_owned(),
            reason: "a block cannot be read".to_owned(),
        };
        let error = library
            .noting_damage::<()>(Err(damaged.into()))
            .unwrap_err();
        assert!(error.to_string().contains("open it again"), "{error}");
        drop(library);
        for searchable in [0, 1] {
            let mut library = Library::open(&folder.path().join("library")).unwrap();
            assert_eq!(library.index.len(), searchable);
            library.catch_up(&mut go_on).unwrap();
        }
    }

    #[test]
    fn what_one_program_adds_another_finds() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = Library::open(folder.path()).unwrap();
        let other = Library::open(folder.path()).unwrap();
        one.catch_up(&mut go_on).unwrap();
        assert_eq!(keys(&other, "tupe").len(), 1);
        let id = other.resolve(&keys(&one, "tupe")[0]).unwrap().unwrap();
        let edition = other.edition().unwrap();
        one.set_read(&[id], true).unwrap();
        assert_eq!(keys(&other, "is:read").len(), 1);
        assert_eq!(other.edition().unwrap(), edition, "a mark");
        let seeds = one.sources().unwrap()[0].id;
        one.remove_source(seeds, &mut go_on).unwrap();
        assert_ne!(other.edition().unwrap(), edition, "a removal");
    }

    #[test]
    fn who_finds_the_index_in_other_hands_leaves_the_work_to_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(folder.path()).unwrap();
        let other = Library::open(folder.path()).unwrap();
        let writer = other.index.writer().unwrap();
        library.catch_up(&mut go_on).unwrap();
        assert_eq!(library.coverage().unwrap().searchable, 0);
        drop(writer);
        library.catch_up(&mut go_on).unwrap();
        assert_eq!(library.coverage().unwrap().searchable, 18);
    }

    #[test]
    fn many_may_open_a_new_library_at_once() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut library = Library::open(folder.path()).unwrap();
                    library.catch_up(&mut go_on).unwrap();
                });
            }
        });
        let library = Library::open(folder.path()).unwrap();
        let coverage = library.coverage().unwrap();
        assert_eq!((coverage.documents, coverage.searchable), (18, 18));
    }

    #[test]
    fn a_temporary_library_goes_with_its_last_handle() {
        let library = Library::temporary().unwrap();
        let folder = library.directory().to_owned();
        let other = library.another().unwrap();
        drop(library);
        assert_eq!(other.coverage().unwrap().documents, 0);
        drop(other);
        assert!(!folder.exists());
    }
}
