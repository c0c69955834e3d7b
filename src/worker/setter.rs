//! Opens documents and sets them for the page.

use std::iter::from_fn;
use std::sync::mpsc::Sender;

use super::in_words;
use super::inbox::Requests;
use super::serve::serve;
use super::writes::{Ticket, Writes};
use crate::app::{Message, OpenRequest, Sheet};
use crate::library::{Face, Library, Marking};
use crate::query::Matcher;

pub(super) fn run(
    library: &Library,
    writes: &Writes,
    requests: &Requests<(Ticket, OpenRequest)>,
    messages: &Sender<Message>,
) {
    let open = |(ticket, request): &(Ticket, OpenRequest)| {
        writes.wait(*ticket);
        let opened = match request.face {
            Face::Text => library.document(request.id),
            Face::Changes => library.changes(request.id, Marking::Spans),
        };
        let sheet = opened.map_err(|error| in_words(&error))?.map(|opened| {
            let matcher = Matcher::new(&request.light);
            Box::new(Sheet::new(
                opened,
                request.measure,
                request.hyphenation,
                &matcher,
            ))
        });
        Ok(Some(message(request, Ok(sheet))))
    };
    let refuse = |(_, request): &(Ticket, OpenRequest), reason| message(request, Err(reason));
    serve(from_fn(|| requests.next()), messages, open, refuse);
}

fn message(request: &OpenRequest, answer: Result<Option<Box<Sheet>>, String>) -> Message {
    Message::Opened {
        generation: request.generation,
        answer,
    }
}
