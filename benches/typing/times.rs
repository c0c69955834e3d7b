//! The times of a kind of question, and how they are told.

use std::fs;
use std::time::Duration;

/// The times of a kind of question, ours and the bare query's, turn by turn.
pub struct Kind {
    name: String,
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

impl Kind {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ours: Vec::new(),
            theirs: Vec::new(),
        }
    }

    pub fn push(&mut self, ours: Duration, theirs: Duration) {
        self.ours.push(ours);
        self.theirs.push(theirs);
    }
}

/// Prints a line: of both the median and the 99th percentile, and the median of the ratios.
pub fn report(kind: &mut Kind) {
    let pairs = kind.ours.iter().zip(&kind.theirs);
    let mut ratios: Vec<f64> = pairs
        .map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    kind.ours.sort_unstable();
    kind.theirs.sort_unstable();
    let ours = format!(
        "{:.2} / {:.2} / {:.2}",
        at(&kind.ours, 50),
        at(&kind.ours, 99),
        at(&kind.ours, 100)
    );
    let theirs = format!("{:.2} / {:.2}", at(&kind.theirs, 50), at(&kind.theirs, 99));
    println!("{:34}{ours:>34}{theirs:>28}{ratio:>8.2}", kind.name);
}

/// Returns a percentile of sorted times, in milliseconds.
fn at(times: &[Duration], percent: usize) -> f64 {
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().map_or(0.0, millis)
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Returns how much memory this program has now, in MB, where the system tells: the index's files that are mapped
/// count as far as they were read.
pub fn memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1000.0)
}
