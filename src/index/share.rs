//! Work shared between the processors: pieces of one question, done side by side while who asked waits.
//!
//! The threads end before the call returns. Starting one takes some 30 µs, so only what takes longer is shared.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More threads than this wait for memory more than they work.
const MOST_THREADS: usize = 4;

/// Returns how many threads there are to share between.
pub(super) fn threads() -> usize {
    // Asked once: on Linux it reads files.
    static THREADS: OnceLock<usize> = OnceLock::new();
    let asked = || thread::available_parallelism().map_or(1, usize::from);
    (*THREADS.get_or_init(asked)).min(MOST_THREADS)
}

/// Does `work` on each of `pieces`, on every processor, and returns what comes of each, in their order.
pub(super) fn each<T: Sync, R: Send>(pieces: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let helpers = threads().min(pieces.len()).saturating_sub(1);
    if helpers == 0 {
        return pieces.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match pieces.get(at) {
                Some(piece) => done.push((at, work(piece))),
                None => return done,
            }
        }
    };
    let mut all = thread::scope(|scope| {
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(some)).collect();
        let mut all = some();
        for helper in helpers {
            match helper.join() {
                Ok(done) => all.extend(done),
                Err(panic) => resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|&(at, _)| at);
    all.into_iter().map(|(_, done)| done).collect()
}

/// Does two things side by side.
pub(super) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if threads() < 2 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        match one.join() {
            Ok(one) => (one, other),
            Err(panic) => resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_each_piece_stands_at_its_place() {
        for count in [0, 1, 2, 1000] {
            let pieces: Vec<usize> = (0..count).collect();
            let expected: Vec<usize> = pieces.iter().map(|piece| piece * piece).collect();
            assert_eq!(each(&pieces, |piece| piece * piece), expected);
        }
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_in_one_piece_is_one_of_who_asked() {
        each(&[1, 2, 3, 4], |piece| assert!(*piece != 3, "the third"));
    }
}
