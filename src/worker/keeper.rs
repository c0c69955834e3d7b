//! Writes what the reader leaves: marks, places, words about the session. In order, none lost.

use std::sync::mpsc::{Receiver, Sender};

use super::serve::serve;
use super::writes::Writes;
use super::{failed, in_words};
use crate::app::{Effect, Message};
use crate::document::{Anchor, Correction, DocumentId};
use crate::library::{Error, Library};
use crate::query::Query;

/// Something to write, or to look for among what is written.
#[derive(Debug)]
pub(super) enum Task {
    Read(Vec<DocumentId>, bool),
    AllRead(Query),
    NextUnread {
        generation: u64,
        query: Query,
        after: usize,
    },
    Starred(DocumentId, bool),
    Hidden(DocumentId, bool),
    Correct(DocumentId, Correction),
    Position(DocumentId, Anchor),
    State(&'static str, String),
}

impl Task {
    /// Returns the task that an effect asks for, or the effect where it is none of ours.
    pub(super) fn from_effect(effect: Effect) -> Result<Self, Box<Effect>> {
        Ok(match effect {
            Effect::SetRead(ids, read) => Self::Read(ids, read),
            Effect::MarkAllRead(query) => Self::AllRead(query),
            Effect::NextUnread {
                generation,
                query,
                after,
            } => Self::NextUnread {
                generation,
                query,
                after,
            },
            Effect::SetStarred(id, starred) => Self::Starred(id, starred),
            Effect::SetHidden(id, hidden) => Self::Hidden(id, hidden),
            Effect::Correct(id, correction) => Self::Correct(id, correction),
            Effect::SetPosition(id, anchor) => Self::Position(id, anchor),
            Effect::SetState(name, value) => Self::State(name, value),
            other => return Err(Box::new(other)),
        })
    }
}

pub(super) fn run(
    library: &mut Library,
    writes: &Writes,
    tasks: &Receiver<Task>,
    messages: &Sender<Message>,
) {
    serve(
        tasks.iter(),
        messages,
        |task| {
            let _counts_when_done = writes.begin();
            work(library, task).map_err(|error| in_words(&error))
        },
        |task, reason| match task {
            Task::NextUnread { generation, .. } => Message::Unread {
                generation: *generation,
                answer: Err(reason),
            },
            _ => failed(format!("not kept: {reason}")),
        },
    );
}

fn work(library: &mut Library, task: &Task) -> Result<Option<Message>, Error> {
    match task {
        Task::Read(ids, read) => library.set_read(ids, *read)?,
        // A mark on a document that has gone meanwhile is nobody's loss.
        Task::Starred(id, starred) => {
            library.set_starred(*id, *starred)?;
        }
        Task::Hidden(id, hidden) => {
            library.set_hidden(*id, *hidden)?;
            return Ok(Some(Message::Coverage(library.coverage()?)));
        }
        Task::Correct(id, correction) => {
            library.correct(*id, correction.clone())?;
            return Ok(Some(Message::Corrected(*id)));
        }
        Task::Position(id, anchor) => {
            library.set_position(*id, anchor)?;
        }
        Task::State(name, value) => library.set_state(name, value)?,
        Task::AllRead(query) => return mark_all_read(library, query).map(Some),
        Task::NextUnread {
            generation,
            query,
            after,
        } => {
            return Ok(Some(Message::Unread {
                generation: *generation,
                answer: Ok(next_unread(library, query, *after)?),
            }));
        }
    }
    Ok(None)
}

/// Marks all that a question finds; returns those that were unread before.
fn mark_all_read(library: &Library, query: &Query) -> Result<Message, Error> {
    let unread = library.unread(query)?;
    let unread: Vec<DocumentId> = unread.into_iter().map(|(_, id)| id).collect();
    library.set_read(&unread, true)?;
    Ok(Message::Marked(unread, true))
}

/// Returns the first unread document after a place in the order of a question's answer.
fn next_unread(
    library: &Library,
    query: &Query,
    after: usize,
) -> Result<Option<(usize, DocumentId)>, Error> {
    let unread = library.unread(query)?;
    Ok(unread.into_iter().find(|(place, _)| *place > after))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn all_that_a_question_finds_is_marked_and_the_next_unread_found() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let query = crate::query::parse("mutual");
        let unread = library.unread(&query).unwrap();
        let next = |after| Task::NextUnread {
            generation: 7,
            query: query.clone(),
            after,
        };
        let (tasks, todo) = channel();
        let (sender, messages) = channel();
        for task in [next(1), Task::AllRead(query.clone()), next(0)] {
            tasks.send(task).unwrap();
        }
        drop(tasks);
        run(&mut library, &Writes::default(), &todo, &sender);
        drop(sender);
        let told: Vec<Message> = messages.iter().collect();
        let [
            Message::Unread {
                generation: 7,
                answer: Ok(found),
            },
            Message::Marked(marked, true),
            Message::Unread {
                answer: Ok(None), ..
            },
        ] = told.as_slice()
        else {
            panic!("{told:?}");
        };
        assert_eq!(*found, Some(unread[2]));
        assert_eq!(marked.len(), unread.len());
    }
}
