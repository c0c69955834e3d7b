//! Reads concordances: a slice of the documents at a time, with a look at the inbox between two, so that a key waits
//! for one document at most. What is newly asked is answered at once from what was read so far; while more is read, what
//! was asked last is answered again and again, until all is.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::inbox::{Requests, Waiting};
use super::serve::caught;
use super::writes::{Ticket, Writes};
use super::{in_words, send};
use crate::app::{ConcordanceRequest, Message};
use crate::library::{ConcordanceReader, Edition, Error, Library};

/// How long is read between two looks at the inbox.
const SLICE: Duration = Duration::from_millis(10);

/// How long the first answer waits for a screen of lines at most.
const FIRST: Duration = Duration::from_millis(30);

/// How often it is told how far the reading is.
const EACH: Duration = Duration::from_millis(100);

/// What the worker is told.
#[derive(Debug)]
pub(super) enum Task {
    /// Lines are wanted.
    Lines(Ticket, ConcordanceRequest),
    /// Nobody looks for the time being.
    Pause,
    /// Nobody looks any more.
    Close,
}

pub(super) fn run(
    library: &Library,
    writes: &Writes,
    tasks: &Requests<Task>,
    messages: &Sender<Message>,
) {
    let mut desk = Desk::new(library, writes, messages);
    loop {
        let task = if desk.is_reading() {
            match tasks.waiting() {
                Waiting::Closed => return,
                Waiting::Request(task) => Some(task),
                Waiting::Nothing => None,
            }
        } else {
            match tasks.next() {
                Some(task) => Some(task),
                None => return,
            }
        };
        let done = caught(|| desk.step(task).map_err(|error| in_words(&error)));
        if let Err(reason) = done {
            desk.fail(reason);
        }
    }
}

struct Desk<'a> {
    library: &'a Library,
    writes: &'a Writes,
    messages: &'a Sender<Message>,
    walk: Option<Walk>,
    /// What was asked last.
    request: Option<ConcordanceRequest>,
    /// Nothing is read until something is asked again.
    paused: bool,
    told: Instant,
}

struct Walk {
    /// The number of what it is of.
    number: u64,
    reader: ConcordanceReader,
    /// The library as the texts kept are of.
    edition: Edition,
}

impl<'a> Desk<'a> {
    fn new(library: &'a Library, writes: &'a Writes, messages: &'a Sender<Message>) -> Self {
        Self {
            library,
            writes,
            messages,
            walk: None,
            request: None,
            paused: false,
            told: Instant::now(),
        }
    }

    fn is_reading(&self) -> bool {
        let walk = self.walk.as_ref();
        !self.paused && walk.is_some_and(|walk| !walk.reader.is_whole())
    }

    fn step(&mut self, task: Option<Task>) -> Result<(), Error> {
        match task {
            Some(Task::Pause) => {
                self.paused = true;
                Ok(())
            }
            Some(Task::Close) => {
                self.walk = None;
                self.request = None;
                Ok(())
            }
            Some(Task::Lines(ticket, request)) => {
                self.paused = false;
                let of = &request.of;
                let edition = self.library.edition()?;
                match &mut self.walk {
                    Some(walk) if walk.number == of.number => {
                        if walk.edition != edition {
                            walk.reader.forget_texts();
                            walk.edition = edition;
                        }
                    }
                    walk => {
                        self.writes.wait(ticket);
                        // The one before goes first: there is room for one.
                        *walk = None;
                        let reader =
                            self.library
                                .concordance(&of.query, of.doubles, Some(&of.light))?;
                        *walk = Some(Walk {
                            number: of.number,
                            reader,
                            edition,
                        });
                    }
                }
                self.request = Some(request);
                self.fill()?;
                self.tell()
            }
            None => {
                let Some(walk) = &mut self.walk else {
                    return Ok(());
                };
                let more = walk.reader.read_on(self.library, SLICE)?;
                if !more || self.told.elapsed() >= EACH {
                    self.tell()?;
                }
                Ok(())
            }
        }
    }

    /// Reads until there is what was asked for, but not for long.
    fn fill(&mut self) -> Result<(), Error> {
        let (Some(walk), Some(request)) = (&mut self.walk, &self.request) else {
            return Ok(());
        };
        let began = Instant::now();
        let wanted = request.window.places.len();
        while walk.reader.len() < wanted && began.elapsed() < FIRST {
            if !walk.reader.read_on(self.library, Duration::ZERO)? {
                break;
            }
        }
        Ok(())
    }

    fn tell(&mut self) -> Result<(), Error> {
        let (Some(walk), Some(request)) = (&mut self.walk, &self.request) else {
            return Ok(());
        };
        let lines = walk.reader.lines(self.library, &request.window)?;
        send(
            self.messages,
            Message::Concordance {
                generation: request.generation,
                answer: Ok(Box::new(lines)),
            },
        );
        self.told = Instant::now();
        Ok(())
    }

    fn fail(&mut self, reason: String) {
        self.walk = None;
        if let Some(request) = self.request.take() {
            send(
                self.messages,
                Message::Concordance {
                    generation: request.generation,
                    answer: Err(reason),
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;
    use crate::app::ConcordanceOf;
    use crate::library::{ConcordanceLines, ConcordanceWindow, Doubles, Window};
    use crate::query::concordance::{Order, Room};
    use crate::query::{self, Matcher};
    use crate::worker::inbox;

    fn request(library: &Library, number: u64, question: &str, order: Order) -> ConcordanceRequest {
        let query = query::parse(question);
        let found = library.find(&query, Window::first(0), 0).unwrap();
        ConcordanceRequest {
            generation: number,
            of: Arc::new(ConcordanceOf {
                number,
                query,
                doubles: Doubles::Folded,
                light: found.hits.expanded,
            }),
            window: ConcordanceWindow {
                order,
                places: 0..5,
                room: Room {
                    before: 20,
                    after: 20,
                },
                keep: None,
            },
        }
    }

    #[test]
    fn what_rests_goes_on_where_it_is_asked_for_again() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let (writes, (sender, _messages)) = (Writes::default(), mpsc::channel());
        let mut desk = Desk::new(&library, &writes, &sender);
        let lines = || {
            let asked = request(&library, 1, "the", Order::Listed);
            Some(Task::Lines(writes.ticket(), asked))
        };
        desk.step(lines()).unwrap();
        assert!(desk.is_reading());
        desk.step(Some(Task::Pause)).unwrap();
        assert!(!desk.is_reading() && desk.walk.is_some());
        desk.step(lines()).unwrap();
        assert!(desk.is_reading());
    }

    #[test]
    fn the_lines_come_at_once_and_again_until_all_is_read() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        let (inbox, tasks) = inbox::inbox();
        let (sender, messages) = mpsc::channel();
        let handle = library.another().unwrap();
        let worker = std::thread::spawn(move || {
            run(&handle, &Writes::default(), &tasks, &sender);
        });
        let whole = |generation: u64| -> ConcordanceLines {
            let answers = messages.iter().filter_map(|message| match message {
                Message::Concordance {
                    generation: of,
                    answer,
                } if of == generation => Some(*answer.unwrap()),
                _ => None,
            });
            let mut totals = 0;
            answers
                .inspect(|lines| {
                    assert!(lines.total >= totals, "no line goes");
                    totals = lines.total;
                })
                .find(ConcordanceLines::is_whole)
                .unwrap()
        };
        for (number, question, order) in [
            (1, "mutual", Order::Listed),
            (2, "the", Order::Left),
            (3, "nothingofthesort", Order::Listed),
        ] {
            let asked = request(&library, number, question, order);
            let matcher = Matcher::new(&asked.of.light);
            inbox.put(Task::Lines(Writes::default().ticket(), asked));
            let lines = whole(number);
            let all = library.find(&query::parse(question), Window::first(99), 0);
            let all = all.unwrap().rows;
            let hits = all.iter().map(|row| {
                let opened = library.document(row.id).unwrap().unwrap();
                let document = opened.document;
                matcher
                    .body_ranges(&document.body, document.metadata.language)
                    .len()
            });
            let hits = hits.sum::<usize>();
            assert!(
                lines.total <= hits,
                "{question}: those side by side are one"
            );
            assert!(lines.total > hits * 9 / 10 || hits == 0, "{question}");
            assert_eq!(lines.lines.len(), lines.total.min(5), "{question}");
        }
        inbox.put(Task::Close);
        drop(inbox);
        worker.join().unwrap();
    }
}
