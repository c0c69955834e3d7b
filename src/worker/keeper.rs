//! Writes what the reader leaves: marks, places, words about the session. In order, none lost.

use std::sync::mpsc::{Receiver, Sender};

use super::serve::serve;
use super::writes::Writes;
use super::{failed, in_words, notes, saved};
use crate::app::{Effect, Message, NoteChange, NoteDone, SavedChange};
use crate::document::{Anchor, Correction, DocumentId};
use crate::library::{Doubles, Error, Library};
use crate::query::Query;

/// Something to write, or to look for among what is written.
#[derive(Debug)]
pub(super) enum Task {
    Read(Vec<DocumentId>, bool),
    AllRead(Query, Doubles),
    NextUnread {
        generation: u64,
        query: Query,
        doubles: Doubles,
        after: usize,
    },
    Explain {
        generation: u64,
        query: Query,
        doubles: Doubles,
        id: DocumentId,
    },
    Lead {
        generation: u64,
        from: DocumentId,
        key: String,
        name: Option<String>,
    },
    Starred(DocumentId, bool),
    Hidden(DocumentId, bool),
    Tags(DocumentId, Vec<String>),
    ListTags,
    Correct(DocumentId, Correction),
    Position(DocumentId, Anchor),
    State(&'static str, String),
    Saved(SavedChange),
    Asked(String),
    ForgetAsked,
    Note(NoteChange),
    ListNotes(u64),
}

impl Task {
    /// Returns the task that an effect asks for, or the effect where it is none of ours.
    pub(super) fn from_effect(effect: Effect) -> Result<Self, Box<Effect>> {
        Ok(match effect {
            Effect::SetRead(ids, read) => Self::Read(ids, read),
            Effect::MarkAllRead(query, doubles) => Self::AllRead(query, doubles),
            Effect::NextUnread {
                generation,
                query,
                doubles,
                after,
            } => Self::NextUnread {
                generation,
                query,
                doubles,
                after,
            },
            Effect::Explain {
                generation,
                query,
                doubles,
                id,
            } => Self::Explain {
                generation,
                query,
                doubles,
                id,
            },
            Effect::Lead {
                generation,
                from,
                key,
                name,
            } => Self::Lead {
                generation,
                from,
                key,
                name,
            },
            Effect::SetStarred(id, starred) => Self::Starred(id, starred),
            Effect::SetHidden(id, hidden) => Self::Hidden(id, hidden),
            Effect::SetTags(id, names) => Self::Tags(id, names),
            Effect::ListTags => Self::ListTags,
            Effect::Correct(id, correction) => Self::Correct(id, correction),
            Effect::SetPosition(id, anchor) => Self::Position(id, anchor),
            Effect::SetState(name, value) => Self::State(name, value),
            Effect::Saved(change) => Self::Saved(change),
            Effect::KeepAsked(text) => Self::Asked(text),
            Effect::ForgetAsked => Self::ForgetAsked,
            Effect::Note(change) => Self::Note(change),
            Effect::ListNotes(generation) => Self::ListNotes(generation),
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
            Task::Explain { generation, id, .. } => Message::Why {
                generation: *generation,
                id: *id,
                answer: Err(reason),
            },
            Task::Lead { generation, .. } => Message::Led {
                generation: *generation,
                answer: Err(reason),
                name: None,
            },
            Task::Note(change) => Message::NoteChanged(
                change.clone(),
                NoteDone::Refused(format!("not kept: {reason}")),
            ),
            Task::ListNotes(generation) => Message::Notes {
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
        Task::Tags(id, names) => {
            library.set_tags(*id, names)?;
        }
        Task::ListTags => return Ok(Some(Message::Tags(library.tags()?))),
        Task::Correct(id, correction) => {
            library.correct(*id, correction.clone())?;
            return Ok(Some(Message::Corrected(*id)));
        }
        Task::Position(id, anchor) => {
            library.set_position(*id, anchor)?;
        }
        Task::State(name, value) => library.set_state(name, value)?,
        Task::Saved(change) => return saved::change(library, change).map(Some),
        Task::Asked(text) => library.keep_asked(text)?,
        Task::ForgetAsked => library.forget_asked()?,
        Task::Note(change) => return notes::change(library, change).map(Some),
        Task::ListNotes(generation) => {
            return Ok(Some(Message::Notes {
                generation: *generation,
                answer: Ok(library.notes()?),
            }));
        }
        Task::AllRead(query, doubles) => {
            return mark_all_read(library, query, *doubles).map(Some);
        }
        Task::Explain {
            generation,
            query,
            doubles,
            id,
        } => {
            return Ok(Some(Message::Why {
                generation: *generation,
                id: *id,
                answer: Ok(library.why(query, *id, *doubles)?.map(Box::new)),
            }));
        }
        Task::Lead {
            generation,
            from,
            key,
            name,
        } => {
            return Ok(Some(Message::Led {
                generation: *generation,
                answer: Ok(library.beside(*from, key, name.as_deref())?),
                name: name.clone(),
            }));
        }
        Task::NextUnread {
            generation,
            query,
            doubles,
            after,
        } => {
            return Ok(Some(Message::Unread {
                generation: *generation,
                answer: Ok(next_unread(library, query, *doubles, *after)?),
            }));
        }
    }
    Ok(None)
}

/// Marks all that a question finds; returns those that were unread before.
fn mark_all_read(library: &Library, query: &Query, doubles: Doubles) -> Result<Message, Error> {
    let unread = library.unread(query, doubles)?;
    let unread: Vec<DocumentId> = unread.into_iter().map(|(_, id)| id).collect();
    library.set_read(&unread, true)?;
    Ok(Message::Marked(unread, true))
}

/// Returns the first unread document after a place in the order of a question's answer.
fn next_unread(
    library: &Library,
    query: &Query,
    doubles: Doubles,
    after: usize,
) -> Result<Option<(usize, DocumentId)>, Error> {
    let unread = library.unread(query, doubles)?;
    Ok(unread.into_iter().find(|(place, _)| *place > after))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_link_is_led_to_the_document_of_that_key_in_the_same_source() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let window = crate::library::Window::first(2);
        let found = library.find(&Query::default(), window, 0).unwrap();
        let [from, to] = found.rows.as_slice() else {
            panic!("{found:?}");
        };
        let lead = |key: &str| Task::Lead {
            generation: 3,
            from: from.id,
            key: key.to_owned(),
            name: Some("n".to_owned()),
        };
        let mut answer_to = |key: &str| match work(&mut library, &lead(key)) {
            Ok(Some(Message::Led {
                generation: 3,
                answer: Ok(found),
                name: Some(_),
            })) => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(answer_to(&to.key.0), Some(to.id));
        assert_eq!(answer_to("nowhere"), None);
    }

    #[test]
    fn all_that_a_question_finds_is_marked_and_the_next_unread_found() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let query = crate::query::parse("mutual");
        let unread = library.unread(&query, Doubles::Folded).unwrap();
        let next = |after| Task::NextUnread {
            generation: 7,
            query: query.clone(),
            doubles: Doubles::Folded,
            after,
        };
        let (tasks, todo) = channel();
        let (sender, messages) = channel();
        for task in [
            next(1),
            Task::AllRead(query.clone(), Doubles::Folded),
            next(0),
        ] {
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
