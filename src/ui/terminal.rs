//! The terminal: taken over, given back, and given back whatever ends the program.

use std::io::{self, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, terminal};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::{Look, draw};
use crate::app::App;

/// True while the terminal is ours, so that it is given back once, by whoever comes first.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal does not do what it was told.
#[derive(Debug, thiserror::Error)]
#[error("using the terminal: {0}")]
pub struct TerminalError(#[from] io::Error);

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    /// Takes the terminal over: raw keys, a screen of our own, the mouse where it is wanted.
    pub fn take(mouse: bool) -> Result<Self, TerminalError> {
        take(mouse)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(Self { terminal })
    }

    /// Returns the size, in columns and rows.
    pub fn size(&self) -> Result<(u16, u16), TerminalError> {
        Ok(terminal::size()?)
    }

    /// Draws the room.
    pub fn draw(&mut self, app: &App, look: &Look) -> Result<(), TerminalError> {
        self.terminal.draw(|frame| draw(app, look, frame))?;
        Ok(())
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn capture_mouse(&mut self, on: bool) -> Result<(), TerminalError> {
        if on {
            execute!(stdout(), EnableMouseCapture)?;
        } else {
            execute!(stdout(), DisableMouseCapture)?;
        }
        Ok(())
    }

    /// Writes bytes to the terminal as they are: what asks it for its clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), TerminalError> {
        let mut out = stdout();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Gives the terminal back while `work` runs, then takes it again and paints everything anew.
    pub fn lend<T>(&mut self, mouse: bool, work: impl FnOnce() -> T) -> Result<T, TerminalError> {
        give_back();
        let outcome = work();
        take(mouse)?;
        self.terminal.clear()?;
        Ok(outcome)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives the terminal back as it was, if it is ours. A terminal that is gone needs nothing.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _gone = execute!(
            stdout(),
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _gone = disable_raw_mode();
    }
}

/// Gives the terminal back before a panic is told, so that it can be read and the shell used.
pub fn restore_on_panic() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        tell(panic);
    }));
}

/// Gives the terminal back when a signal ends the program: hang-up, interrupt, termination.
#[cfg(unix)]
pub fn restore_on_signals() -> Result<impl FnOnce() + Send + 'static, TerminalError> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    Ok(move || {
        if let Some(signal) = signals.forever().next() {
            give_back();
            let _still_here = signal_hook::low_level::emulate_default_handler(signal);
        }
    })
}

/// There are no such signals here.
#[cfg(not(unix))]
pub fn restore_on_signals() -> Result<impl FnOnce() + Send + 'static, TerminalError> {
    Ok(|| {})
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
