//! How far long work has come, on standard error, where that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::output::one_line;
use crate::library::{Phase, Progress};
use crate::text::cells;

/// How often the line is painted at most: faster than this nobody reads.
const PERIOD: Duration = Duration::from_millis(100);

/// How wide the line is at most, in cells; a narrower terminal is rare, and only looks untidy.
const WIDTH: usize = 79;

/// A line that says how far the work has come; it is gone when this is dropped.
pub(super) struct Line {
    /// Nothing where nobody would see it.
    next: Option<Instant>,
    painted: bool,
}

impl Line {
    /// Returns a line that shows itself once the work has taken longer than a moment.
    pub fn new() -> Self {
        let next = io::stderr().is_terminal().then(|| Instant::now() + PERIOD);
        Self {
            next,
            painted: false,
        }
    }

    /// Shows how far the work has come. It never stops it.
    pub fn show(&mut self, progress: &Progress) -> ControlFlow<()> {
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            let _ = write!(io::stderr(), "\r{}\x1b[K", words(progress));
            self.next = Some(now + PERIOD);
            self.painted = true;
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.painted {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn words(progress: &Progress) -> String {
    let doing = match progress.phase {
        Phase::Finding => "looking for files",
        Phase::Reading => "reading",
        Phase::Indexing => "making searchable",
        Phase::Folding => "finding doubles",
    };
    let count = match (progress.done, progress.total) {
        (done, 0) => done.to_string(),
        (done, total) => format!("{done} of {total}"),
    };
    let line = format!("{doing}: {count}  {}", one_line(&progress.name));
    cells::truncate_with_ellipsis(&line, WIDTH).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_done_and_fits() {
        let mut progress = Progress {
            phase: Phase::Reading,
            done: 3,
            total: 12,
            documents: 40,
            name: "a/b.xml".to_owned(),
        };
        assert_eq!(words(&progress), "reading: 3 of 12  a/b.xml");
        progress.total = 0;
        progress.name = "\x1b[2J".to_owned() + &"漢".repeat(99);
        let line = words(&progress);
        assert!(line.starts_with("reading: 3  [2J漢"), "{line}");
        assert!(cells::width(&line) <= WIDTH);
    }
}
