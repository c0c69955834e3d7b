//! Opens documents and sets them for the page.

use std::sync::mpsc::Sender;

use super::inbox::Requests;
use super::{in_words, send};
use crate::app::{Message, OpenRequest, Sheet};
use crate::library::Library;
use crate::query::Matcher;

pub(super) fn run(library: &Library, requests: &Requests<OpenRequest>, messages: &Sender<Message>) {
    while let Some(request) = requests.next() {
        let set = |opened| {
            Box::new(Sheet::new(
                opened,
                request.measure,
                &Matcher::new(&request.light),
            ))
        };
        let answer = library
            .document(request.id)
            .map(|opened| opened.map(set))
            .map_err(|error| in_words(&error));
        send(
            messages,
            Message::Opened {
                generation: request.generation,
                answer,
            },
        );
    }
}
