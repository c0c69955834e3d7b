//! What a panic does to the terminal: nothing where a reader catches it. A file of its own, for the hook is the process's.

use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

use recto::{format, ui};

/// How many panics were told as the system tells them, after the terminal was given back.
static TOLD: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_panic_that_a_reader_catches_is_not_told_and_any_other_is() {
    set_hook(Box::new(|_| {
        TOLD.fetch_add(1, Ordering::SeqCst);
    }));
    ui::restore_on_panic();
    let told = || TOLD.load(Ordering::SeqCst);

    assert_eq!(format::guarded(|| panic!("a damaged file")), None::<()>);
    assert_eq!(told(), 0);
    assert!(catch_unwind(|| panic!("a fault of the room")).is_err());
    assert_eq!(told(), 1);
    // Of two guards one within the other, the outer still stands when the inner is gone.
    format::guarded(|| {
        assert_eq!(format::guarded(|| panic!("deeper")), None::<()>);
        panic!("and after it");
    });
    assert_eq!(told(), 1);
    // A guard is its thread's own.
    format::guarded(|| assert!(std::thread::spawn(|| panic!("elsewhere")).join().is_err()));
    assert_eq!(told(), 2);
}
