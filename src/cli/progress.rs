//! How far long work has come, on standard error, where that is a terminal; and how it is stopped.
//!
//! Ctrl-C stops the work where it can be stopped without loss: what is done is kept. A second one ends the program at
//! once, which loses what was under way and nothing else.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::output::one_line;
use crate::library::{Phase, Progress};
use crate::text::cells;

/// How often the line is painted at most: faster than this nobody reads.
const PERIOD: Duration = Duration::from_millis(100);

/// How wide the line is at most, in cells; a narrower terminal is rare, and only looks untidy.
const WIDTH: usize = 79;

/// How many cells the bar has.
const BAR: usize = 16;

/// How long files must have been read before the time that is left can be told, and which part of them in hundredths:
/// the first files are no measure of the rest.
const TOLD_AFTER: Duration = Duration::from_secs(2);
const TOLD_FROM: u64 = 5;

/// A line that says how far the work has come; it is gone when this is dropped.
pub(super) struct Line {
    /// Nothing where nobody would see it.
    next: Option<Instant>,
    painted: bool,
    /// When files began to be read, and how many bytes and documents of them were read before that.
    reading: Option<(Instant, u64, usize)>,
    /// Somebody wants the work to end.
    stop: Arc<AtomicBool>,
}

impl Line {
    /// Returns a line that shows itself once the work has taken longer than a moment.
    pub fn new() -> Self {
        let next = io::stderr().is_terminal().then(|| Instant::now() + PERIOD);
        Self {
            next,
            painted: false,
            reading: None,
            stop: Arc::default(),
        }
    }

    /// Returns such a line that Ctrl-C breaks off: the first asks for the end, the second is the end.
    pub fn stoppable() -> io::Result<Self> {
        let line = Self::new();
        // In this order: the first signal finds the flag down, and puts it up.
        flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&line.stop))?;
        flag::register(SIGINT, Arc::clone(&line.stop))?;
        Ok(line)
    }

    /// Shows how far the work has come. Breaks where Ctrl-C was pressed.
    pub fn show(&mut self, progress: &Progress) -> ControlFlow<()> {
        let now = Instant::now();
        if progress.phase == Phase::Reading {
            let begun = (now, progress.bytes, progress.documents);
            self.reading.get_or_insert(begun);
        }
        if self.next.is_some_and(|next| next <= now) {
            let line = words(progress, self.speed(progress, now));
            let _ = write!(io::stderr(), "\r{line}\x1b[K");
            self.next = Some(now + PERIOD);
            self.painted = true;
        }
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn speed(&self, progress: &Progress, now: Instant) -> Speed {
        let Some((began, bytes, documents)) = self.reading else {
            return Speed::default();
        };
        Speed {
            took: now.saturating_duration_since(began),
            bytes: progress.bytes.saturating_sub(bytes),
            documents: progress.documents.saturating_sub(documents),
        }
    }
}

impl Line {
    /// Takes the line away, for something else to be told there.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.painted) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.clear();
    }
}

/// How much was read, in which time.
#[derive(Clone, Copy, Default)]
struct Speed {
    took: Duration,
    bytes: u64,
    documents: usize,
}

impl Speed {
    /// Returns documents and megabytes a second, once there is something to say.
    fn words(self) -> Option<String> {
        let seconds = self.took.as_secs_f64();
        (seconds >= 0.5 && self.bytes > 0).then(|| {
            format!(
                "{:.0} docs/s, {:.1} MB/s",
                self.documents as f64 / seconds,
                self.bytes as f64 / 1e6 / seconds
            )
        })
    }

    /// Returns how long the rest takes, where what is done is a measure of it.
    fn left(self, progress: &Progress) -> Option<String> {
        let is_measure = self.took >= TOLD_AFTER
            && progress.bytes.saturating_mul(100) >= progress.total_bytes.saturating_mul(TOLD_FROM);
        let rest = progress.total_bytes.checked_sub(progress.bytes)?;
        (is_measure && self.bytes > 0).then(|| {
            let took = self.took.as_millis();
            let left = took * u128::from(rest) / u128::from(self.bytes.max(1)) / 1000;
            match left {
                seconds @ 0..60 => format!("{seconds} s left"),
                seconds => format!("{} min left", seconds.div_ceil(60)),
            }
        })
    }
}

fn words(progress: &Progress, speed: Speed) -> String {
    let doing = match progress.phase {
        Phase::Finding => "looking for files",
        Phase::Reading => "reading",
        Phase::Indexing => "making searchable",
        Phase::Removing => "removing",
        Phase::Folding => "finding doubles",
    };
    let mut parts = vec![match (progress.done, progress.total) {
        (done, 0) => format!("{doing}: {done}"),
        (done, total) => {
            let full = (done.min(total) * BAR) / total;
            let bar = "#".repeat(full) + &"-".repeat(BAR - full);
            format!("{doing} [{bar}] {done} of {total}")
        }
    }];
    if progress.phase == Phase::Reading {
        parts.extend(speed.words());
        parts.extend(speed.left(progress));
    }
    parts.extend(Some(one_line(&progress.name)).filter(|name| !name.is_empty()));
    cells::truncate_with_ellipsis(&parts.join("  "), WIDTH).into_owned()
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
            bytes: 25_000_000,
            total_bytes: 100_000_000,
            name: "a/b.xml".to_owned(),
            failed: 0,
            last_failed: None,
        };
        let none = Speed::default();
        assert_eq!(
            words(&progress, none),
            "reading [####------------] 3 of 12  a/b.xml"
        );
        let speed = Speed {
            took: Duration::from_secs(4),
            bytes: 25_000_000,
            documents: 40,
        };
        assert_eq!(
            words(&progress, speed),
            "reading [####------------] 3 of 12  10 docs/s, 6.2 MB/s  12 s left  a/b.xml"
        );
        progress.total_bytes = 4_000_000_000;
        assert!(
            !words(&progress, speed).contains("left"),
            "too early to say"
        );
        progress.total = 0;
        progress.name = "\x1b[2J".to_owned() + &"漢".repeat(99);
        let line = words(&progress, none);
        assert!(line.starts_with("reading: 3  [2J漢"), "{line}");
        assert!(cells::width(&line) <= WIDTH);
    }
}
