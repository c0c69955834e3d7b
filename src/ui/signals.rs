//! The signals that end a program: the room is left as by the key, so that the place and every mark are kept, and the
//! program ends by the signal after all, as whoever sent it expects.
//!
//! Guarantees: a second signal, or [`GRACE`] without an end, gives the terminal back and ends at once; a Ctrl-C meant
//! for a program that the terminal is lent to ends that program alone.

use std::sync::mpsc::Sender;
use std::time::Duration;

use super::TerminalError;
use crate::app::Message;

/// How long leaving the room may take: writing what was marked needs a few milliseconds, and whoever shuts the machine
/// down waits for some seconds.
#[cfg(unix)]
const GRACE: Duration = Duration::from_secs(1);

/// How often it is looked during [`GRACE`] whether a second signal has come.
#[cfg(unix)]
const LOOK_UP: Duration = Duration::from_millis(50);

#[cfg(unix)]
mod ended_by {
    use std::sync::atomic::{AtomicI32, Ordering};

    static SIGNAL: AtomicI32 = AtomicI32::new(0);

    pub fn set(signal: i32) {
        SIGNAL.store(signal, Ordering::SeqCst);
    }

    /// Returns the signal that ended the room, if one did.
    pub fn get() -> Option<i32> {
        Some(SIGNAL.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }
}

/// Returns the work of a thread that waits for a signal, and then asks by `messages` that the room be left.
///
/// # Errors
/// When the system takes no signal handler.
#[cfg(unix)]
pub fn on_signals(
    messages: Sender<Message>,
) -> Result<impl FnOnce() + Send + 'static, TerminalError> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    Ok(move || {
        // Raw keys make no signals: one from the keyboard is meant for whom the terminal is lent to.
        let for_another =
            |signal| [SIGINT, SIGQUIT].contains(&signal) && super::terminal::is_lent();
        let Some(signal) = signals.forever().find(|signal| !for_another(*signal)) else {
            return;
        };
        ended_by::set(signal);
        let _nobody_listens = messages.send(Message::Quit);
        let looks = GRACE.as_millis() / LOOK_UP.as_millis();
        for _ in 0..looks {
            if signals.pending().next().is_some() {
                break;
            }
            std::thread::sleep(LOOK_UP);
        }
        super::terminal::give_back();
        end_by(signal);
    })
}

/// There are no such signals here.
#[cfg(not(unix))]
pub fn on_signals(
    _messages: Sender<Message>,
) -> Result<impl FnOnce() + Send + 'static, TerminalError> {
    Ok(|| {})
}

/// Ends the program by the signal that ended the room, if one did: its parent is told by which. To be called when all
/// is kept and the terminal given back.
#[cfg(unix)]
pub fn end_as_signalled() {
    if let Some(signal) = ended_by::get() {
        end_by(signal);
    }
}

/// There are no such signals here.
#[cfg(not(unix))]
pub fn end_as_signalled() {}

#[cfg(unix)]
fn end_by(signal: i32) {
    if let Err(error) = signal_hook::low_level::emulate_default_handler(signal) {
        log::error!("ending by signal {signal}: {error}");
    }
}

/// Stops this process as the shell's job control does; returns when it is called back.
#[cfg(unix)]
pub fn suspend() {
    if let Err(error) = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP) {
        log::error!("suspending: {error}");
    }
}

/// There is no job control here.
#[cfg(not(unix))]
pub fn suspend() {}
