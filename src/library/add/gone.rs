//! What is no longer where it was: files that were moved keep their documents with all that the reader left on them, and
//! the documents of the others go.
//!
//! A note is known by its path, having nothing else. So a file that is gone, of which another that is new has every byte,
//! is taken for the same at its new place; and so is one that was changed on the way, where a new file has its name in
//! another folder or another name in its folder, and says nearly the same.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::Adding;
use super::file::{Candidate, FileBytes, was_mailbox};
use super::manifests::Manifests;
use super::target::Target;
use crate::document::Document;
use crate::document::double::{Said, is_nearly, is_version};
use crate::format::{self, Input};
use crate::library::Error;
use crate::store::{FileState, SourceId};

/// Larger files are not looked into, in bytes: their documents have names of their own as a rule, and are found by
/// these wherever they are.
const LARGEST: u64 = 16 << 20;

/// Larger files are not looked into for what was changed on the way, in bytes.
const LARGEST_CHANGED: u64 = 1 << 20;

/// How large the files are together that are looked into for what was changed on the way, in bytes: what was read of
/// them is held.
const LOOKED_INTO: u64 = 64 << 20;

/// How many new files are looked into for one that is gone.
const MOST_LOOKED_AT: usize = 32;

impl Adding<'_> {
    /// Lets the files go that are gone from what was looked through, with their documents, but for those that were moved.
    pub(super) fn let_go(
        &mut self,
        source: SourceId,
        target: &Target,
        files: &[Candidate],
    ) -> Result<(), Error> {
        let there: HashSet<&str> = files.iter().map(|file| file.relative.as_str()).collect();
        let below = target
            .within
            .strip_prefix(&target.root)
            .unwrap_or(&target.root);
        let looked_at = |file: &FileState| Path::new(&file.path).starts_with(below);
        let known = self.library.store.files(source)?;
        let (gone, left): (Vec<_>, Vec<_>) = known
            .iter()
            .partition(|file| looked_at(file) && !there.contains(file.path.as_str()));
        if gone.is_empty() {
            return Ok(());
        }
        let known: HashSet<&str> = known.iter().map(|file| file.path.as_str()).collect();
        let new = files
            .iter()
            .filter(|file| !known.contains(file.relative.as_str()));
        let new: Vec<&Candidate> = new.collect();
        let mut moved = self.moved(target, &gone, new.iter().copied());
        self.changed_on_the_way(source, &gone, &new, &mut moved)?;
        let mut batch = self.library.store.write()?;
        for file in &gone {
            match moved.get(file.path.as_str()) {
                Some(to) => batch.move_file(source, &file.path, &to.relative)?,
                None => self.added.removed += batch.remove_file(source, &file.path)?,
            }
        }
        if gone.iter().any(|file| was_mailbox(file)) {
            // The posts that it had are in documents of the others too: these are to be read again.
            for file in left.into_iter().filter(|file| was_mailbox(file)) {
                batch.file(source, &file.path)?;
            }
        }
        batch.commit()?;
        Ok(())
    }

    /// Returns where files were moved to: of those that are `gone`, by their paths, the one of the new that has the same
    /// bytes. Mailboxes are left out: letters are known by their own names.
    fn moved<'f>(
        &self,
        target: &Target,
        gone: &[&'f FileState],
        new: impl Iterator<Item = &'f Candidate>,
    ) -> HashMap<&'f str, &'f Candidate> {
        let mut by_size: HashMap<u64, Vec<&FileState>> = HashMap::new();
        for file in gone {
            let may_be = file.fingerprint.is_some() && !was_mailbox(file) && file.size <= LARGEST;
            if may_be && file.documents > 0 {
                by_size.entry(file.size).or_default().push(file);
            }
        }
        let mut manifests = Manifests::of(target);
        let mut moved = HashMap::new();
        for to in new {
            let Some(candidates) = by_size.get_mut(&to.size) else {
                continue;
            };
            let Ok(bytes) = fs::read(&to.path) else {
                continue;
            };
            let entry = manifests.entry(&to.path);
            let read = to.clone().read_by(entry.as_ref(), self.library.limits);
            let fingerprint = FileBytes::new(&read, &bytes, entry.as_ref()).fingerprint;
            let same = |file: &&FileState| file.fingerprint == Some(fingerprint);
            if let Some(place) = candidates.iter().position(same) {
                // Each once: of two copies at new places one is new.
                moved.insert(candidates.remove(place).path.as_str(), to);
            }
        }
        moved
    }

    /// Adds where files were moved to that were changed as well.
    fn changed_on_the_way<'f>(
        &self,
        source: SourceId,
        gone: &[&'f FileState],
        new: &[&'f Candidate],
        moved: &mut HashMap<&'f str, &'f Candidate>,
    ) -> Result<(), Error> {
        let taken: HashSet<&str> = moved.values().map(|to| to.relative.as_str()).collect();
        let is_free =
            |to: &&Candidate| to.size <= LARGEST_CHANGED && !taken.contains(to.relative.as_str());
        let mut free: Vec<&Candidate> = new.iter().copied().filter(is_free).collect();
        // What was read of the new files so far.
        let mut read: HashMap<String, Option<Document>> = HashMap::new();
        let mut left = LOOKED_INTO;
        for file in gone {
            let is_note = file.documents == 1 && !was_mailbox(file) && file.size <= LARGEST_CHANGED;
            if !is_note || moved.contains_key(file.path.as_str()) {
                continue;
            }
            let near: Vec<usize> = (0..free.len())
                .filter(|place| free.get(*place).is_some_and(|to| is_near(file, to)))
                .take(MOST_LOOKED_AT)
                .collect();
            if near.is_empty() {
                continue;
            }
            let Some(known) = self.document_of(source, file)? else {
                continue;
            };
            let same = near.into_iter().find(|place| {
                free.get(*place).is_some_and(|to| {
                    let here = read.entry(to.relative.clone());
                    let here = here.or_insert_with(|| {
                        left = left.checked_sub(to.size)?;
                        self.only_document(to)
                    });
                    here.as_ref()
                        .is_some_and(|here| is_same(file, &known, to, here))
                })
            });
            if let Some(place) = same {
                moved.insert(file.path.as_str(), free.remove(place));
            }
        }
        Ok(())
    }

    /// Returns the document that a file had.
    fn document_of(&self, source: SourceId, file: &FileState) -> Result<Option<Document>, Error> {
        let store = &self.library.store;
        let Some(id) = store.documents_below(source, &file.path)?.first().copied() else {
            return Ok(None);
        };
        Ok(store.document(id)?.map(|stored| stored.document))
    }

    /// Returns the document of a file that has one.
    fn only_document(&self, file: &Candidate) -> Option<Document> {
        let bytes = fs::read(&file.path).ok()?;
        let input = Input {
            limits: self.library.limits,
            ..Input::new(&file.relative, &bytes)
        };
        let (mut only, mut count) = (None, 0);
        format::read(&input, &mut |document| {
            count += 1;
            only = Some(document);
            if count > 1 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        only.filter(|_| count == 1)
    }
}

/// Returns whether a new file has the name of one that is gone, or lies in its folder.
fn is_near(gone: &FileState, to: &Candidate) -> bool {
    let ((folder, name), (there, called)) = (parted(&gone.path), parted(&to.relative));
    folder == there || name == called
}

/// Returns whether what is read of a new file says what one said that is gone.
fn is_same(gone: &FileState, known: &Document, to: &Candidate, here: &Document) -> bool {
    let [known, here] = [known, here].map(|document| Said {
        title: &document.metadata.title.text,
        text: document.body.text(),
    });
    if parted(&gone.path).1 == parted(&to.relative).1 {
        is_version(known, here)
    } else {
        is_nearly(known, here)
    }
}

/// Returns the folder of a path and the name of its file.
fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::document::DocumentId;
    use crate::library::fixtures::{Desk, counts};

    fn is_starred(desk: &Desk, key: &str) -> bool {
        let id = desk.library.store.resolve(key).unwrap().unwrap();
        let marked = desk.library.store.marked().unwrap();
        marked.starred.contains(&id)
    }

    #[test]
    fn a_file_that_was_moved_is_the_same_document_and_keeps_its_star() {
        let mut desk = Desk::new();
        let note = desk.write("trust.txt", "It is the first word used.\n");
        desk.write("care.txt", "Social care is local.\n");
        desk.add_notes();
        let id = desk.library.store.resolve("trust.txt").unwrap().unwrap();
        desk.library.store.set_starred(id, true).unwrap();
        fs::create_dir(desk.path("read")).unwrap();
        fs::rename(&note, desk.path("read/on trust.txt")).unwrap();

        assert_eq!(counts(&desk.add_notes()), [0, 0, 2, 0]);
        assert_eq!(desk.keys("word"), ["read/on trust.txt"]);
        let moved = desk.library.store.resolve("read/on trust.txt").unwrap();
        assert_eq!(moved, Some(id));
        assert!(is_starred(&desk, "read/on trust.txt"));
        // What comes to the old place is another.
        desk.write("trust.txt", "Trust again, and other words of it.\n");
        assert_eq!(counts(&desk.add_notes()), [1, 0, 2, 0]);
        assert!(!is_starred(&desk, "trust.txt"));
    }

    #[test]
    fn a_file_that_was_changed_a_little_on_the_way_keeps_its_star() {
        let words: Vec<String> = (0..60).map(|word| format!("word{word}")).collect();
        let text = words.join(" ");
        for (to, more, is_kept) in [
            ("read/trust.md", "And more.", true),
            ("on trust.md", "And more.", true),
            ("read/on trust.md", "And more.", false),
            ("on trust.md", &text.replace("word", "other"), false),
        ] {
            let mut desk = Desk::new();
            let note = desk.write("trust.md", format!("# Trust\n\n{text}\n"));
            desk.write("care.md", "Social care is local.\n");
            desk.add_notes();
            let id = desk.library.store.resolve("trust.md").unwrap().unwrap();
            desk.library.store.set_starred(id, true).unwrap();
            fs::create_dir(desk.path("read")).unwrap();
            fs::remove_file(&note).unwrap();
            let kept = if more.starts_with("And") {
                text.as_str()
            } else {
                ""
            };
            desk.write(to, format!("# Trust\n\n{kept} {more}\n"));
            desk.add_notes();
            assert_eq!(is_starred(&desk, to), is_kept, "{to}: {more}");
        }
    }

    #[test]
    fn a_file_that_was_changed_on_the_way_or_copied_is_new() {
        let mut desk = Desk::new();
        let note = desk.write("a.txt", "It is the first word used.\n");
        desk.add_notes();
        fs::remove_file(&note).unwrap();
        desk.write("b.txt", "It is the first word heard.\n");
        // A text so short tells nothing.
        assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 1]);
        // Of two copies at new places one is the old, and the other new.
        fs::copy(desk.path("b.txt"), desk.path("c.txt")).unwrap();
        fs::rename(desk.path("b.txt"), desk.path("d.txt")).unwrap();
        assert_eq!(counts(&desk.add_notes()), [1, 0, 1, 0]);
        assert_eq!(
            desk.library.store.resolve("c.txt").unwrap(),
            Some(DocumentId(2))
        );
    }
}
