//! Answers searches.

use std::sync::mpsc::Sender;

use super::inbox::Requests;
use super::{in_words, send};
use crate::app::{Message, SearchRequest};
use crate::library::{Library, Window};

pub(super) fn run(
    library: &Library,
    requests: &Requests<SearchRequest>,
    messages: &Sender<Message>,
) {
    while let Some(request) = requests.next() {
        let window = Window {
            offset: request.offset,
            limit: request.limit,
        };
        let answer = library.find(&request.query, window, request.cells);
        let answer = answer.map(Box::new).map_err(|error| in_words(&error));
        send(
            messages,
            Message::Found {
                generation: request.generation,
                offset: request.offset,
                answer,
            },
        );
    }
}
