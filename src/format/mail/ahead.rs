//! The threads of mailboxes, read in their order and taken apart by all cores ahead of who receives them.
//!
//! One thread of the program reads and hands out: it goes through the mailboxes as ever, so that files see one reader.
//! What was read is a window of some megabytes, which the others take apart while what came of the window before is
//! handed out. A thread of letters larger than the window goes by itself, letter by letter, as all do where there are
//! few: what is held does not grow with any of them.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::gathered::{Gathered, Report};
use super::growing::{Ground, Grown, grow};
use super::threads::{Post, Thread};
use super::{At, LETTER};
use crate::format::outlet::Outlet;
use crate::format::stream::Mailboxes;
use crate::format::{guarded, on_all_cores};

/// How many threads of letters are worth it that others are started for them.
pub(super) const FEWEST_AHEAD: usize = 32;

/// How many bytes of letters are held to be taken apart. At some ten thousand letters a second and core it takes a
/// tenth of a second, beside which starting threads is nothing.
const WINDOW: u64 = 4 << 20;

/// Mailboxes being read.
pub(super) struct Reading<'r, 'a, 'e> {
    pub mailboxes: &'r mut dyn Mailboxes,
    pub gathered: &'r Gathered,
    pub outlet: &'r mut Outlet<'a, 'e>,
    pub at: &'r Cell<At>,
    pub report: &'r mut Report,
}

/// A thread whose letters were read and wait to be taken apart; nothing stands for one that could not be read.
struct Waiting<'t> {
    thread: &'t Thread,
    letters: Mutex<Vec<Option<Vec<u8>>>>,
}

/// What came of it; nothing where a panic did, which then comes again where it is seen.
type Taken = Option<Vec<Grown>>;

impl Reading<'_, '_, '_> {
    /// Reads threads, the next ones while those before are handed out.
    pub fn ahead(&mut self, threads: &[Thread]) -> ControlFlow<()> {
        let gathered = self.gathered;
        let mut rest = threads;
        let mut done: Vec<(&Thread, Taken)> = Vec::new();
        while !rest.is_empty() || !done.is_empty() {
            let window = self.window(&mut rest);
            let take = |waiting: &Waiting<'_>| waiting.take(gathered);
            let (taken, flow) = on_all_cores(&window, take, || self.hand_all(done));
            flow?;
            let threads = window.iter().map(|waiting| waiting.thread);
            done = threads
                .zip(taken.into_iter().map(Option::flatten))
                .collect();
            if done.is_empty()
                && let Some((first, others)) = rest.split_first()
            {
                self.one(first)?;
                rest = others;
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a thread letter by letter, and hands it out.
    pub fn one(&mut self, thread: &Thread) -> ControlFlow<()> {
        let heads = &self.gathered.heads;
        let reading = self;
        grow(thread, heads, &mut InTurn { reading, thread })
    }

    /// Reads the letters of the threads that come next, as many as the window holds.
    fn window<'t>(&mut self, rest: &mut &'t [Thread]) -> Vec<Waiting<'t>> {
        let mut room = WINDOW;
        let mut window = Vec::new();
        while let Some((thread, others)) = rest.split_first() {
            let letters = thread
                .posts
                .iter()
                .map(|post| self.gathered.length(post.letter));
            let Some(left) = room.checked_sub(letters.sum()) else {
                break;
            };
            room = left;
            let letters = thread.posts.iter().map(|post| self.bytes(post)).collect();
            window.push(Waiting {
                thread,
                letters: Mutex::new(letters),
            });
            *rest = others;
        }
        window
    }

    fn hand_all(&mut self, done: Vec<(&Thread, Taken)>) -> ControlFlow<()> {
        for (thread, taken) in done {
            match taken {
                Some(documents) => {
                    for grown in documents {
                        self.hand(thread, grown)?;
                    }
                }
                None => self.one(thread)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Hands out a document of a thread.
    fn hand(&mut self, thread: &Thread, grown: Grown) -> ControlFlow<()> {
        for letter in grown.headless {
            self.warn(letter, "has no header; passed over");
        }
        let Some((opening, mut draft)) = grown.draft else {
            return ControlFlow::Continue(());
        };
        for post in thread.posts.get(grown.posts).unwrap_or_default() {
            self.report.has_text(self.gathered.mailbox(post.letter));
        }
        let mailbox = self.gathered.mailbox(opening);
        self.gathered
            .name_draft(mailbox, &*self.mailboxes, &mut draft);
        self.report.documents(mailbox);
        let At { read, .. } = self.at.get();
        self.at.set(At { mailbox, read });
        self.outlet.hand(draft)
    }

    /// Reads a letter.
    fn bytes(&mut self, post: &Post) -> Option<Vec<u8>> {
        match self.gathered.read(self.mailboxes, post.letter, LETTER) {
            Ok(bytes) => {
                let At { mailbox, read } = self.at.get();
                let read = read + bytes.len() as u64;
                self.at.set(At { mailbox, read });
                if bytes.len() as u64 == LETTER {
                    let message = format!("is long; its first {} MB are read", LETTER >> 20);
                    self.warn(post.letter, &message);
                }
                Some(bytes)
            }
            Err(error) => {
                self.warn(post.letter, &format!("{error}; passed over"));
                None
            }
        }
    }

    fn warn(&mut self, letter: usize, message: &str) {
        let (mailbox, number) = self.gathered.number(letter);
        self.report
            .warn(mailbox, format!("letter {}", number + 1), message);
    }
}

impl Waiting<'_> {
    /// Takes the letters apart.
    fn take(&self, gathered: &Gathered) -> Taken {
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        let letters = std::mem::take(&mut *letters).into_iter();
        guarded(|| {
            let documents = Vec::new();
            let mut apart = Apart { letters, documents };
            // What takes all that comes never breaks off.
            let _ = grow(self.thread, &gathered.heads, &mut apart);
            apart.documents
        })
    }
}

/// A thread whose letters were read, and its documents.
struct Apart {
    letters: std::vec::IntoIter<Option<Vec<u8>>>,
    documents: Vec<Grown>,
}

impl Ground for Apart {
    fn letter(&mut self, _: &Post) -> Option<Vec<u8>> {
        self.letters.next().flatten()
    }

    fn document(&mut self, grown: Grown) -> ControlFlow<()> {
        self.documents.push(grown);
        ControlFlow::Continue(())
    }
}

/// A thread of which each letter is read when its turn comes, and each document handed out.
struct InTurn<'i, 't, 'r, 'a, 'e> {
    reading: &'i mut Reading<'r, 'a, 'e>,
    thread: &'t Thread,
}

impl Ground for InTurn<'_, '_, '_, '_, '_> {
    fn letter(&mut self, post: &Post) -> Option<Vec<u8>> {
        self.reading.bytes(post)
    }

    fn document(&mut self, grown: Grown) -> ControlFlow<()> {
        self.reading.hand(self.thread, grown)
    }
}
