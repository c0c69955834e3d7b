//! Answers searches.

use std::iter::from_fn;
use std::sync::mpsc::Sender;

use super::in_words;
use super::inbox::Requests;
use super::serve::serve;
use super::writes::{Ticket, Writes};
use crate::app::{Message, SearchRequest};
use crate::library::{Found, Library, Window};

pub(super) fn run(
    library: &Library,
    writes: &Writes,
    requests: &Requests<(Ticket, SearchRequest)>,
    messages: &Sender<Message>,
) {
    let answer = |(ticket, request): &(Ticket, SearchRequest)| {
        writes.wait(*ticket);
        let window = Window {
            offset: request.offset,
            limit: request.limit,
        };
        let found = library.find(&request.query, window, request.cells);
        let found = found.map_err(|error| in_words(&error))?;
        Ok(Some(message(request, Ok(Box::new(found)))))
    };
    let refuse = |(_, request): &(Ticket, SearchRequest), reason| message(request, Err(reason));
    serve(from_fn(|| requests.next()), messages, answer, refuse);
}

fn message(request: &SearchRequest, answer: Result<Box<Found>, String>) -> Message {
    Message::Found {
        generation: request.generation,
        offset: request.offset,
        answer,
    }
}
