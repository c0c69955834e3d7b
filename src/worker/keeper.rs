//! Writes what the reader leaves: marks, places, words about the session. In order, none lost.

use std::sync::mpsc::{Receiver, Sender};

use super::serve::serve;
use super::{failed, in_words};
use crate::app::{Effect, Message};
use crate::document::{Anchor, DocumentId};
use crate::library::{Error, Library, Window};
use crate::query::Query;

/// How many documents are looked at in one go when all of an answer are.
const BATCH: usize = 500;

/// Something to write, or to look for among what is written.
#[derive(Debug)]
pub(super) enum Task {
    Read(Vec<DocumentId>, bool),
    AllRead(Query),
    NextUnread(Query, usize),
    Starred(DocumentId, bool),
    Position(DocumentId, Anchor),
    State(&'static str, String),
}

impl Task {
    /// Returns the task that an effect asks for, or the effect where it is none of ours.
    pub(super) fn from_effect(effect: Effect) -> Result<Self, Box<Effect>> {
        Ok(match effect {
            Effect::SetRead(ids, read) => Self::Read(ids, read),
            Effect::MarkAllRead(query) => Self::AllRead(query),
            Effect::NextUnread(query, after) => Self::NextUnread(query, after),
            Effect::SetStarred(id, starred) => Self::Starred(id, starred),
            Effect::SetPosition(id, anchor) => Self::Position(id, anchor),
            Effect::SetState(name, value) => Self::State(name, value),
            other => return Err(Box::new(other)),
        })
    }
}

pub(super) fn run(library: &Library, tasks: &Receiver<Task>, messages: &Sender<Message>) {
    serve(
        tasks.iter(),
        messages,
        |task| work(library, task).map_err(|error| in_words(&error)),
        |task, reason| match task {
            Task::NextUnread(..) => Message::Unread(Err(reason)),
            _ => failed(format!("not kept: {reason}")),
        },
    );
}

fn work(library: &Library, task: &Task) -> Result<Option<Message>, Error> {
    match task {
        Task::Read(ids, read) => set_read(library, ids, *read)?,
        // A mark on a document that has gone meanwhile is nobody's loss.
        Task::Starred(id, starred) => {
            library.set_starred(*id, *starred)?;
        }
        Task::Position(id, anchor) => {
            library.set_position(*id, anchor)?;
        }
        Task::State(name, value) => library.set_state(name, value)?,
        Task::AllRead(query) => return mark_all_read(library, query).map(Some),
        Task::NextUnread(query, after) => {
            let next = next_unread(library, query, *after)?;
            return Ok(Some(Message::Unread(Ok(next))));
        }
    }
    Ok(None)
}

fn set_read(library: &Library, ids: &[DocumentId], read: bool) -> Result<(), Error> {
    for id in ids {
        library.set_read(*id, read)?;
    }
    Ok(())
}

/// Marks all that a question finds; returns those that were unread before.
fn mark_all_read(library: &Library, query: &Query) -> Result<Message, Error> {
    let mut unread = Vec::new();
    let mut offset = 0;
    loop {
        let found = library.find(
            query,
            Window {
                offset,
                limit: BATCH,
            },
            0,
        )?;
        unread.extend(
            found
                .rows
                .iter()
                .filter(|row| !row.marks.read)
                .map(|row| row.id),
        );
        offset += BATCH;
        if offset >= found.hits.total {
            break;
        }
    }
    // Marked only once all are known: the question itself may ask for unread ones.
    set_read(library, &unread, true)?;
    Ok(Message::Marked(unread, true))
}

/// Returns the first unread document after a place in the order of a question's answer.
fn next_unread(
    library: &Library,
    query: &Query,
    after: usize,
) -> Result<Option<(usize, DocumentId)>, Error> {
    let mut offset = after + 1;
    loop {
        let found = library.find(
            query,
            Window {
                offset,
                limit: BATCH,
            },
            0,
        )?;
        if let Some(at) = found.rows.iter().position(|row| !row.marks.read) {
            return Ok(found.rows.get(at).map(|row| (offset + at, row.id)));
        }
        offset += BATCH;
        if offset >= found.hits.total {
            return Ok(None);
        }
    }
}
