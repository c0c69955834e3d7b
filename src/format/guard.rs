//! The one place where a panic of a reader's crate is caught, so that it ends the file and not the program.
//!
//! The hook of the process runs before anything is caught, and what it does (giving the terminal back, telling the
//! panic on it) is for panics that end something: it asks [`is_guarded`] first.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// How many guards stand around what this thread does.
    static GUARDS: Cell<u32> = const { Cell::new(0) };
}

/// Returns whether a panic of this thread would be caught by a reader and told as a damaged file.
pub fn is_guarded() -> bool {
    // A thread that is ending has no guard left, and no cell to ask.
    GUARDS.try_with(|guards| guards.get() > 0).unwrap_or(false)
}

/// Does `work`, and returns nothing where it panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    GUARDS.set(GUARDS.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDS.set(GUARDS.get() - 1);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_stands_as_long_as_its_work_and_no_longer() {
        assert!(!is_guarded());
        let inner = guarded(|| {
            assert!(guarded(|| panic!("within")).is_none());
            is_guarded()
        });
        assert_eq!(inner, Some(true));
        assert!(!is_guarded());
        assert!(guarded(|| panic!("again")).is_none());
        assert!(!is_guarded());
    }
}
