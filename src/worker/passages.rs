//! Finds the passages of the row that is unfolded. The newest request alone is answered.

use std::iter::from_fn;
use std::sync::mpsc::Sender;

use super::in_words;
use super::inbox::Requests;
use super::serve::serve;
use crate::app::{Message, PassagesRequest};
use crate::library::Library;

pub(super) fn run(
    library: &Library,
    requests: &Requests<PassagesRequest>,
    messages: &Sender<Message>,
) {
    let find = |request: &PassagesRequest| {
        let found = library.passages(request.id, &request.light, request.room, request.limit);
        let found = found.map_err(|error| in_words(&error))?;
        Ok(Some(Message::Passages {
            generation: request.generation,
            answer: Ok(found.map(Box::new)),
        }))
    };
    let refuse = |request: &PassagesRequest, reason| Message::Passages {
        generation: request.generation,
        answer: Err(reason),
    };
    serve(from_fn(|| requests.next()), messages, find, refuse);
}
