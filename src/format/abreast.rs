//! Work that all cores share, by threads that end before the call returns.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does something with each of `items` by as many threads as there are cores, while this one does `meanwhile`. Returns
/// what came of each, in their order: nothing of those that a panic has taken along.
pub fn on_all_cores<I: Sync, R: Send, T>(
    items: &[I],
    each: impl Fn(&I) -> R + Sync,
    meanwhile: impl FnOnce() -> T,
) -> (Vec<Option<R>>, T) {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            match items.get(place) {
                Some(item) => done.push((place, each(item))),
                None => return done,
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(items.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let meanwhile = meanwhile();
        let mut all: Vec<Option<R>> = items.iter().map(|_| None).collect();
        let parts = workers.into_iter().filter_map(|worker| worker.join().ok());
        for (place, result) in parts.flatten() {
            if let Some(slot) = all.get_mut(place) {
                *slot = Some(result);
            }
        }
        (all, meanwhile)
    })
}
