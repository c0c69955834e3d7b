//! Counts the months of the year that is looked at. Beside the search and not in it: the list waits for no bar.

use std::iter::from_fn;
use std::sync::mpsc::Sender;

use super::in_words;
use super::inbox::Requests;
use super::serve::serve;
use super::writes::{Ticket, Writes};
use crate::app::{Message, MonthsRequest};
use crate::library::Library;

pub(super) fn run(
    library: &Library,
    writes: &Writes,
    requests: &Requests<(Ticket, MonthsRequest)>,
    messages: &Sender<Message>,
) {
    let message = |request: &MonthsRequest, answer| Message::Months {
        generation: request.generation,
        year: request.year,
        answer,
    };
    serve(
        from_fn(|| requests.next()),
        messages,
        |(ticket, request)| {
            writes.wait(*ticket);
            let counts = library.months(&request.query, request.year, request.doubles);
            let counts = counts.map_err(|error| in_words(&error))?;
            Ok(Some(message(request, Ok(counts))))
        },
        |(_, request), reason| message(request, Err(reason)),
    );
}
