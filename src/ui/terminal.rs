//! The terminal: taken over, given back, and given back whatever ends the program.

use std::io::{self, Stdout, Write, stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
use crate::format::is_guarded;

/// True while the terminal is ours, so that it is given back once, by whoever comes first.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// True from when the terminal is first taken until it is given back for good.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal.
static LENT: Mutex<Lent> = Mutex::new(Lent::Not);

/// How long after the terminal was taken again a Ctrl-C still counts as one for the program that had it. The same key
/// that ends that program is told to us by a thread that may be a little later than its end.
const ECHO: Duration = Duration::from_millis(250);

/// Whether another program has the terminal.
#[derive(Clone, Copy)]
enum Lent {
    Not,
    Now,
    Until(Instant),
}

/// The terminal does not do what it was told.
#[derive(Debug, thiserror::Error)]
#[error("using the terminal: {0}")]
pub struct TerminalError(#[from] io::Error);

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

/// Returns how many columns the terminal has, where there is one.
pub fn columns() -> Option<u16> {
    let (columns, _) = terminal::size().ok()?;
    (columns > 0).then_some(columns)
}

impl Screen {
    /// Takes the terminal over: raw keys, a screen of our own, the mouse where it is wanted.
    pub fn take(mouse: bool) -> Result<Self, TerminalError> {
        OPEN.store(true, Ordering::SeqCst);
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

    /// Gives the terminal back for good. (Dropping does so too, but a drop of what writes to a terminal that is gone can
    /// panic, and comes last for that.)
    pub fn close(&mut self) {
        give_back();
        OPEN.store(false, Ordering::SeqCst);
    }

    /// Gives the terminal back while `work` runs, then takes it again and paints everything anew. A Ctrl-C meanwhile
    /// is no concern of ours.
    pub fn lend<T>(&mut self, mouse: bool, work: impl FnOnce() -> T) -> Result<T, TerminalError> {
        *lent() = Lent::Now;
        give_back();
        let outcome = work();
        *lent() = Lent::Until(Instant::now());
        take(mouse)?;
        execute!(stdout(), terminal::Clear(terminal::ClearType::All))?;
        // A new one knows of nothing painted. (`Terminal::clear` would ask where the cursor is, and fail after two
        // seconds where the terminal does not say.)
        self.terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(outcome)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Returns whether what comes from the keyboard as a signal is for another program.
#[cfg(unix)]
pub(super) fn is_lent() -> bool {
    match *lent() {
        Lent::Not => false,
        Lent::Now => true,
        Lent::Until(end) => end.elapsed() < ECHO,
    }
}

fn lent() -> MutexGuard<'static, Lent> {
    LENT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        // Not every terminal has another screen: what stood there must not show between what is painted.
        terminal::Clear(terminal::ClearType::All),
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Waits on a terminal that is lent until the person has read what a program left there.
pub fn wait_for_enter() {
    let mut out = stdout();
    let asked = writeln!(out, "\nEnter goes back to recto").and_then(|()| out.flush());
    // A terminal that is gone is not waited for; taking it again says so.
    if asked.is_ok() {
        let _gone = stdin().read_line(&mut String::new());
    }
}

/// Gives the terminal back as it was, if it is ours. A terminal that is gone needs nothing.
pub(super) fn give_back() {
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

/// Lets a panic of this thread, which draws, give the terminal back before it is told, so that it can be read and the
/// shell used. What happens to another thread while the room is open is for the log: the room goes on, and is not
/// painted over. So is what a reader catches, on whichever thread: it ends a file, which is told as damaged.
pub fn restore_on_panic() {
    let draws = std::thread::current().id();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let elsewhere = OPEN.load(Ordering::SeqCst) && std::thread::current().id() != draws;
        if is_guarded() || elsewhere {
            log::error!("{panic}");
        } else {
            give_back();
            tell(panic);
        }
    }));
}
