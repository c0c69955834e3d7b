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
        let offset = offset(library, request)?;
        let limit = request.limit;
        let found = library.find(&request.query, Window { offset, limit }, request.cells);
        let found = found.map_err(|error| in_words(&error))?;
        Ok(Some(message(request, offset, Ok(Box::new(found)))))
    };
    let refuse = |(_, request): &(Ticket, SearchRequest), reason| {
        message(request, request.offset, Err(reason))
    };
    serve(from_fn(|| requests.next()), messages, answer, refuse);
}

/// Returns the place of the first row: the one asked for, or one before the document that rows around are wanted of.
fn offset(library: &Library, request: &SearchRequest) -> Result<usize, String> {
    let Some(id) = request.around else {
        return Ok(request.offset);
    };
    let place = library.place_of(&request.query, id);
    let place = place.map_err(|error| in_words(&error))?;
    Ok(place.map_or(request.offset, |place| {
        place.saturating_sub(request.limit / 2)
    }))
}

fn message(request: &SearchRequest, offset: usize, answer: Result<Box<Found>, String>) -> Message {
    Message::Found {
        generation: request.generation,
        offset,
        answer,
    }
}
