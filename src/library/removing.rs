//! Removing a source: its documents some hundred at a time, each time a transaction of its own, and the source last.
//!
//! So other programs can write in between, a killed program has removed what it had, and who stops it sees the rest still
//! listed. What went is no longer found either: each batch is carried to the index before the next.

use std::ops::ControlFlow;

use super::catch_up::Carrier;
use super::{Error, Library, Phase, Progress};
use crate::store::SourceId;

/// How many documents go in one transaction: some tenths of a second, mostly for what is folded with what.
const BATCH: u32 = 256;

/// What came of removing a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// How many documents went.
    pub documents: usize,
    /// How many are still there, and the source with them: it was stopped before the end.
    pub left: usize,
    /// It was stopped before the end.
    pub stopped: bool,
}

impl Library {
    /// Removes a source and its documents; marks stay, for when it is added again. Returns nothing where there is no
    /// such source. The files on disk are not touched. Stopped by `progress`, what went stays away and the rest stays.
    pub fn remove_source(
        &mut self,
        id: SourceId,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<Removed>, Error> {
        let mut sources = self.store.sources()?.into_iter();
        let Some(source) = sources.find(|source| source.id == id) else {
            return Ok(None);
        };
        // An index that has more to do than this does it at the end, where it can be watched and stopped.
        let mut carrier = if self.is_behind()? {
            None
        } else {
            Carrier::begin(&self.store, &self.index)?
        };
        let mut removed = Removed {
            documents: 0,
            left: source.documents,
            stopped: false,
        };
        loop {
            let told = told(&source.name, removed);
            if progress(told).is_break() {
                removed.stopped = true;
                break;
            }
            let mut batch = self.store.write()?;
            let went = batch.remove_some(id, BATCH)?;
            let is_last = went < BATCH as usize;
            if is_last {
                batch.remove_source(id)?;
            }
            batch.commit()?;
            removed.documents += went;
            removed.left = removed.left.saturating_sub(went);
            if let Some(carrier) = &mut carrier {
                // As much as was just removed, which is quick.
                let _ = carrier.carry(&self.store, &mut |_| ControlFlow::Continue(()))?;
            }
            if is_last {
                removed.left = 0;
                break;
            }
        }
        if let Some(carrier) = carrier {
            carrier.end()?;
        }
        if !removed.stopped {
            self.catch_up(progress)?;
        }
        Ok(Some(removed))
    }
}

/// Returns how far removing a source of this name has come.
fn told(name: &str, removed: Removed) -> Progress {
    Progress {
        phase: Phase::Removing,
        done: removed.documents,
        total: removed.documents + removed.left,
        documents: 0,
        bytes: 0,
        total_bytes: 0,
        name: name.to_owned(),
        failed: 0,
        last_failed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::{Desk, counts, go_on};

    const NOTES: usize = 600;

    fn desk() -> (Desk, SourceId) {
        let mut desk = Desk::new();
        let lines =
            (0..NOTES).map(|id| format!("{{\"id\": \"n{id}\", \"text\": \"Bread {id}.\"}}\n"));
        desk.write("notes.jsonl", lines.collect::<String>());
        desk.write("a.txt", "One note about bread.\n");
        assert_eq!(counts(&desk.add_notes()), [NOTES + 1, 0, 0, 0]);
        let source = desk.library.sources().unwrap()[0].id;
        (desk, source)
    }

    fn found(desk: &Desk) -> usize {
        let query = crate::query::parse("bread");
        let window = crate::library::Window::first(1);
        desk.library.find(&query, window, 60).unwrap().hits.total
    }

    #[test]
    fn a_source_goes_in_batches_that_are_told_of() {
        let (mut desk, source) = desk();
        let mut shown = Vec::new();
        let mut note = |progress: Progress| {
            if progress.phase == Phase::Removing {
                shown.push((progress.done, progress.total, progress.name));
            }
            ControlFlow::Continue(())
        };
        let removed = desk.library.remove_source(source, &mut note).unwrap();
        let whole = Removed {
            documents: NOTES + 1,
            left: 0,
            stopped: false,
        };
        assert_eq!(removed, Some(whole));
        let dones: Vec<usize> = shown.iter().map(|(done, ..)| *done).collect();
        assert_eq!(dones, [0, 256, 512]);
        let name = desk
            .path("")
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            shown
                .iter()
                .all(|(_, total, of)| (*total, of) == (NOTES + 1, &name))
        );
        assert_eq!(found(&desk), 0);
        assert!(desk.library.sources().unwrap().is_empty());
        assert!(!desk.library.is_behind().unwrap());
        assert_eq!(
            desk.library.remove_source(source, &mut go_on).unwrap(),
            None
        );
    }

    #[test]
    fn stopped_what_went_is_gone_and_the_rest_is_listed_and_found() {
        let (mut desk, source) = desk();
        let mut stop = |progress: Progress| match progress.done {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let removed = desk.library.remove_source(source, &mut stop).unwrap();
        let part = Removed {
            documents: 256,
            left: 345,
            stopped: true,
        };
        assert_eq!(removed, Some(part));
        assert_eq!(desk.library.sources().unwrap()[0].documents, 345);
        assert!(!desk.library.is_behind().unwrap());
        assert_eq!(found(&desk), 345);
        // Added again, what went comes back, though no file has changed.
        let added = desk.add_notes();
        assert_eq!(counts(&added), [256, 0, 345, 0]);
        assert_eq!(found(&desk), NOTES + 1);
        // Or the rest goes as well.
        desk.library.remove_source(source, &mut stop).unwrap();
        let rest = desk.library.remove_source(source, &mut go_on).unwrap();
        assert_eq!(rest.map(|rest| rest.documents), Some(345));
        assert_eq!(found(&desk), 0);
    }

    #[test]
    fn stars_and_other_sources_outlive_it() {
        let (mut desk, source) = desk();
        let other = desk.folder().join("other.txt");
        std::fs::write(&other, "Another note about bread.\n").unwrap();
        desk.add(&other);
        let id = desk.library.resolve("n7").unwrap().unwrap();
        desk.library.set_starred(id, true).unwrap();
        desk.library.remove_source(source, &mut go_on).unwrap();
        assert_eq!(desk.keys("bread"), ["other.txt"]);
        desk.add_notes();
        let again = desk.library.resolve("n7").unwrap().unwrap();
        assert!(desk.library.document(again).unwrap().unwrap().marks.starred);
    }
}
