//! Saved searches: keeps changes to them, and counts what is new to each.

use std::sync::mpsc::Sender;

use super::inbox::Requests;
use super::send;
use crate::app::{Message, SavedChange};
use crate::library::{Error, Library, Newly};
use crate::store::{SavedSearch, Saving};

/// Makes a change, and tells what is saved then.
pub(super) fn change(library: &Library, change: &SavedChange) -> Result<Message, Error> {
    let (saving, name) = match change {
        SavedChange::Save(name, query) => (library.save_search(name, query)?, name),
        SavedChange::Again(saved) => (library.save_again(saved)?, &saved.name),
        SavedChange::Change { name, to, query } => (library.change_saved(name, to, query)?, to),
        SavedChange::Forget(name) => {
            library.forget_saved(name)?;
            (Saving::Kept, name)
        }
        SavedChange::Look(name, newest) => {
            library.looked_at_saved(name, *newest)?;
            (Saving::Kept, name)
        }
    };
    let wrong = match saving {
        Saving::Kept => None,
        Saving::Taken => Some(format!("there is a saved search “{name}” already")),
        Saving::Missing => Some(format!("the saved search “{name}” is gone")),
    };
    Ok(Message::SavedChanged(library.saved()?, wrong))
}

/// What was told of the saved searches last.
#[derive(Debug, Default)]
pub(super) struct Told {
    saved: Option<Vec<SavedSearch>>,
}

impl Told {
    /// Counts what is new to each saved search where that may have changed, and tells it. A newer request comes first:
    /// then it is counted after the next answer.
    pub fn tell<T>(
        &mut self,
        library: &Library,
        news: bool,
        requests: &Requests<T>,
        messages: &Sender<Message>,
    ) -> Result<(), Error> {
        let saved = library.saved()?;
        if !news && self.saved.as_ref() == Some(&saved) {
            return Ok(());
        }
        self.saved = None;
        // Before they are counted: what comes meanwhile is new after the next look as well.
        let newest = library.newest()?;
        let mut rows = Vec::new();
        for saved in &saved {
            if requests.is_waiting() {
                return Ok(());
            }
            rows.push(Newly {
                new: library.count_new(saved)?,
                saved: saved.clone(),
            });
        }
        send(messages, Message::Saved(rows, newest));
        self.saved = Some(saved);
        Ok(())
    }
}
