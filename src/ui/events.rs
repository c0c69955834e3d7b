//! Terminal events → messages.

use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use crate::app::{Message, Mouse};
use crate::config::keys::{Code, Key, Modifiers};

/// How long the reader waits for an event before it looks whether another program wants the keys.
const LOOK_UP: Duration = Duration::from_millis(50);

/// Who reads the keys: the room, or a program that the terminal is lent to.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<Lent>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Lent {
    wanted: bool,
    resting: bool,
}

impl Gate {
    /// Runs `work` while nobody here reads keys, so that none meant for `work` is lost.
    pub fn closed<T>(&self, work: impl FnOnce() -> T) -> T {
        self.lock().wanted = true;
        let resting = self.changed.wait_while(self.lock(), |lent| !lent.resting);
        drop(resting.unwrap_or_else(PoisonError::into_inner));
        let outcome = work();
        self.lock().wanted = false;
        self.changed.notify_all();
        outcome
    }

    /// Waits while the terminal is lent.
    fn pass(&self) {
        let mut lent = self.lock();
        if lent.wanted {
            lent.resting = true;
            self.changed.notify_all();
            lent = self
                .changed
                .wait_while(lent, |lent| lent.wanted)
                .unwrap_or_else(PoisonError::into_inner);
            lent.resting = false;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Lent> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads events until nobody listens or the terminal is gone.
pub fn read(messages: &Sender<Message>, gate: &Gate) {
    loop {
        gate.pass();
        let message = match event::poll(LOOK_UP) {
            Ok(false) => continue,
            Ok(true) => event::read().map(message),
            Err(error) => Err(error),
        };
        match message {
            Ok(Some(message)) => {
                if messages.send(message).is_err() {
                    return;
                }
            }
            Ok(None) => {}
            Err(error) => {
                log::error!("the terminal is gone: {error}");
                let _nobody_listens = messages.send(Message::Quit);
                // Whoever wants to lend a terminal that is gone shall not wait for us.
                gate.lock().resting = true;
                gate.changed.notify_all();
                return;
            }
        }
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Message::Key),
        Event::Mouse(event) => mouse(event).map(Message::Mouse),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(columns, rows) => Some(Message::Resize(columns, rows)),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.contains(modifier);
    let shift = held(KeyModifiers::SHIFT);
    let (code, shift) = match event.code {
        KeyCode::Char(character) => (Code::Char(character), shift),
        KeyCode::Enter => (Code::Enter, shift),
        KeyCode::Esc => (Code::Esc, shift),
        KeyCode::Tab => (Code::Tab, shift),
        KeyCode::BackTab => (Code::Tab, true),
        KeyCode::Backspace => (Code::Backspace, shift),
        KeyCode::Delete => (Code::Delete, shift),
        KeyCode::Insert => (Code::Insert, shift),
        KeyCode::Up => (Code::Up, shift),
        KeyCode::Down => (Code::Down, shift),
        KeyCode::Left => (Code::Left, shift),
        KeyCode::Right => (Code::Right, shift),
        KeyCode::Home => (Code::Home, shift),
        KeyCode::End => (Code::End, shift),
        KeyCode::PageUp => (Code::PageUp, shift),
        KeyCode::PageDown => (Code::PageDown, shift),
        KeyCode::F(number) => (Code::F(number), shift),
        _ => return None,
    };
    let (ctrl, alt) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT));
    Some(Key::new(code, Modifiers { ctrl, alt, shift }))
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Press(event.column, event.row)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Mouse::Drag(event.column, event.row)),
        MouseEventKind::Moved => Some(Mouse::Move(event.column, event.row)),
        MouseEventKind::ScrollDown => Some(Mouse::Wheel(event.column, event.row, 1)),
        MouseEventKind::ScrollUp => Some(Mouse::Wheel(event.column, event.row, -1)),
        _ => None,
    }
}
