//! Answers searches, and tells how much there is to search whenever that has changed: here or by another program.

use std::iter::from_fn;
use std::sync::mpsc::Sender;

use super::inbox::Requests;
use super::serve::serve;
use super::writes::{Ticket, Writes};
use super::{in_words, saved, send};
use crate::app::{Message, Place, SearchRequest};
use crate::index::Overtaken;
use crate::library::{Edition, Error, Found, Library, Window};
use crate::query::Query;

pub(super) fn run(
    library: &Library,
    writes: &Writes,
    requests: &Requests<(Ticket, SearchRequest)>,
    messages: &Sender<Message>,
) {
    let mut searcher = Searcher {
        library,
        messages,
        requests,
        told: None,
        saved: saved::Told::default(),
    };
    let answer = |(ticket, request): &(Ticket, SearchRequest)| {
        writes.wait(*ticket);
        match searcher.answer(request, &|| requests.is_waiting()) {
            // Whoever overtook it is answered next.
            Ok(()) | Err(Error::Overtaken(_)) => Ok(None),
            Err(error) => Err(in_words(&error)),
        }
    };
    let refuse = |(_, request): &(Ticket, SearchRequest), reason| {
        message(request, request.offset, Err(reason))
    };
    serve(from_fn(|| requests.next()), messages, answer, refuse);
}

struct Searcher<'a> {
    library: &'a Library,
    messages: &'a Sender<Message>,
    requests: &'a Requests<(Ticket, SearchRequest)>,
    saved: saved::Told,
    /// The edition of the library that was told of last.
    told: Option<Edition>,
}

impl Searcher<'_> {
    /// Answers a search, unless it is overtaken; where the library is another one than at the last answer, tells how much
    /// of it there is too.
    fn answer(&mut self, request: &SearchRequest, overtaken: Overtaken<'_>) -> Result<(), Error> {
        // Asked first: what comes in between is told of with the next answer.
        let edition = self.library.edition()?;
        let news = self.told != Some(edition);
        let offset = offset(self.library, request, overtaken)?;
        let window = Window {
            offset,
            limit: request.limit,
            doubles: request.doubles,
        };
        if self.library.counts_at_once() {
            let (query, cells) = (&request.query, request.cells);
            let found = self.library.find_unless(query, window, cells, overtaken)?;
            self.send(message(request, offset, Ok(Box::new(found))));
        } else {
            self.rows_first(request, window, overtaken)?;
        }
        if news && !overtaken() {
            // Last, since they look at every document and the person waits for the answer.
            self.send(Message::Coverage(self.library.coverage()?));
            let (all, none) = (Query::default(), Window::first(0));
            let whole = self.library.find_unless(&all, none, 0, overtaken)?;
            self.send(Message::Whole(whole.hits.facets));
            let places = self.library.places()?.into_iter();
            self.send(Message::Places(places.map(Place::new).collect()));
            self.told = Some(edition);
        }
        self.saved
            .tell(self.library, news, self.requests, self.messages)
    }

    /// Answers with the rows, and with the counts as soon as they are made.
    fn rows_first(
        &self,
        request: &SearchRequest,
        window: Window,
        overtaken: Overtaken<'_>,
    ) -> Result<(), Error> {
        let (query, cells) = (&request.query, request.cells);
        let found = self.library.find_first(query, window, cells, overtaken)?;
        let (found, counts) = found;
        let total = found.hits.total;
        self.send(message(request, window.offset, Ok(Box::new(found))));
        let facets = self.library.count(&counts, overtaken)?;
        self.send(Message::Counts {
            generation: request.generation,
            total,
            facets,
        });
        Ok(())
    }

    fn send(&self, message: Message) {
        send(self.messages, message);
    }
}

/// Returns the place of the first row: the one asked for, or one before the document that rows around are wanted of.
fn offset(
    library: &Library,
    request: &SearchRequest,
    overtaken: Overtaken<'_>,
) -> Result<usize, Error> {
    let Some(id) = request.around else {
        return Ok(request.offset);
    };
    let place = library.place_of(&request.query, id, request.doubles, overtaken)?;
    let before = |place: usize| place.saturating_sub(request.limit / 2);
    Ok(place.map_or(request.offset, before))
}

fn message(request: &SearchRequest, offset: usize, answer: Result<Box<Found>, String>) -> Message {
    Message::Found {
        generation: request.generation,
        offset,
        answer,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::library::Doubles;
    use crate::worker::inbox;

    #[test]
    fn what_is_told_beside_an_answer_gives_way_to_the_next_search() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let (sender, messages) = channel();
        let (_inbox, requests) = inbox::inbox();
        let mut searcher = Searcher {
            library: &library,
            messages: &sender,
            requests: &requests,
            told: None,
            saved: saved::Told::default(),
        };
        let request = SearchRequest {
            generation: 1,
            query: crate::query::parse("mutual"),
            offset: 0,
            limit: 3,
            cells: 0,
            around: None,
            doubles: Doubles::Folded,
        };
        // The next key is pressed when the answer is there, and the whole library has still to be counted.
        let told = Mutex::new((messages, Vec::new()));
        let has_come = |is_it: fn(&Message) -> bool| {
            let (messages, came) = &mut *told.lock().unwrap();
            came.extend(messages.try_iter());
            came.iter().any(is_it)
        };
        let overtaken = || has_come(|message| matches!(message, Message::Coverage(_)));
        let is_whole = |message: &Message| matches!(message, Message::Whole(_));
        let outcome = searcher.answer(&request, &overtaken);
        assert!(matches!(outcome, Err(Error::Overtaken(_))), "{outcome:?}");
        assert!(!has_come(is_whole));
        assert!(searcher.answer(&request, &|| false).is_ok());
        assert!(has_come(is_whole), "it is told then");
    }
}
