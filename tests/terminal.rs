//! The whole program on a pseudo-terminal: what only that can show.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long anything may take before the test gives it up: generous, since it only bounds a failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program at a terminal, and what it has painted.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Terminal {
    fn start(library: &Path, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_recto"));
        command.arg("--library");
        command.arg(library);
        command.env("TERM", "xterm-256color");
        command.env("RECTO_CONFIG", library.join("settings"));
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            keys,
            child,
            output,
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
        }
    }

    fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Reads what the program paints until the picture is as `wanted`; every picture on the way is shown to `watch`.
    fn wait(
        &mut self,
        what: &str,
        wanted: impl Fn(&str) -> bool,
        mut watch: impl FnMut(&str),
    ) -> String {
        let give_up = Instant::now() + PATIENCE;
        loop {
            let picture = self.screen.screen().contents();
            if wanted(&picture) {
                return picture;
            }
            match self
                .output
                .recv_timeout(give_up.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                    watch(&self.screen.screen().contents());
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never saw {what}:\n{picture}")
                }
            }
        }
    }

    fn wait_for(&mut self, text: &str) -> String {
        self.wait(text, |picture| picture.contains(text), |_| {})
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.screen
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master
            .resize(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
    }

    /// Opens a document of the seeds and reads a page of it.
    fn read_a_page(&mut self) {
        self.send("/");
        self.send("beyond");
        self.wait_for("2 of 18");
        self.send("\r");
        self.send("\r");
        self.send(" ");
        self.wait(
            "a page further",
            |picture| picture.contains("Beyond the spin") && !picture.contains("min · post"),
            |_| {},
        );
    }

    /// Waits until the document that [`Terminal::read_a_page`] reads is selected, and stands where reading stopped: its
    /// head is out of sight.
    fn wait_for_the_place(&mut self) {
        self.wait_for("18 of 18 · newest");
        self.send("\r");
        self.wait(
            "the place again",
            |picture| picture.contains("Beyond the spin") && !picture.contains("min · post"),
            |_| {},
        );
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap();
        let sent = std::process::Command::new("kill")
            .args([&format!("-{name}"), &process.to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Waits for the end of the program; returns how it ended and all that it has written.
    fn end(mut self) -> (ExitStatus, Vec<u8>) {
        let status = self.child.wait().unwrap();
        drop(self.keys);
        drop(self.master);
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.raw.extend(bytes);
        }
        (status, self.raw)
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn holds(bytes: &[u8], sequence: &str) -> bool {
    bytes
        .windows(sequence.len())
        .any(|window| window == sequence.as_bytes())
}

/// Asserts that the last word on each mode that was turned on is that it is off.
fn assert_restored(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    for (on, off) in [
        ("\u{1b}[?1049h", "\u{1b}[?1049l"),
        ("\u{1b}[?2004h", "\u{1b}[?2004l"),
        ("\u{1b}[?1000h", "\u{1b}[?1000l"),
        ("\u{1b}[?25l", "\u{1b}[?25h"),
    ] {
        assert!(text.rfind(off) > text.rfind(on), "{on:?} is not undone");
    }
}

#[test]
fn a_reader_opens_the_seeds_searches_reads_resizes_leaves_and_finds_the_place_again() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    let mut terminal = Terminal::start(&library, (160, 45));
    terminal.wait_for("18 of 18 · newest");

    terminal.send("/");
    for (letter, shown) in ["m", "u", "t", "u", "a", "l"]
        .iter()
        .zip(["m", "mu", "mut", "mutu", "mutua", "mutual"])
    {
        terminal.send(letter);
        let field = format!("/ {shown}");
        let never_empty = |picture: &str| assert!(!picture.contains("No document"), "{picture}");
        terminal.wait(&field, |picture| picture.contains(&field), never_empty);
    }
    terminal.wait_for("6 of 18");
    terminal.send("\r");
    terminal.send("\r");
    terminal.wait_for("1 of ");
    terminal.send("n");
    terminal.wait_for("2 of ");

    for (columns, rows) in [(60, 20), (100, 30)] {
        terminal.resize(columns, rows);
        // The last row is where the new size has it: a key sent before that might wait for the next one.
        let last_row = usize::from(rows) - 1;
        let stands = |picture: &str| {
            let last = picture.lines().nth(last_row);
            last.is_some_and(|last| last.contains("searchable")) && picture.contains("2 of ")
        };
        terminal.wait("the room at the new size", stands, |_| {});
    }
    terminal.send("h");
    terminal.send("f");
    terminal.wait_for("Topics");
    terminal.send("j");
    terminal.send(" ");
    let picture = terminal.wait_for("5 of 18");
    assert!(picture.contains("topic:\"service transfer\""), "{picture}");
    terminal.send("X");
    terminal.wait_for("6 of 18");
    terminal.send("\u{1b}");
    terminal.wait("the list", |picture| !picture.contains("Topics"), |_| {});
    // The query goes first, then the program.
    terminal.send("q");
    terminal.wait_for("18 of 18 · newest");
    terminal.read_a_page();
    terminal.send("Q");
    let (status, raw) = terminal.end();
    assert!(status.success());
    assert_restored(&raw);

    let mut terminal = Terminal::start(&library, (100, 30));
    terminal.wait_for_the_place();
    terminal.send("Q");
    assert!(terminal.end().0.success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_room_as_the_key_does_and_the_program_by_that_signal() {
    for (signal, told) in [
        ("HUP", "Hangup"),
        ("INT", "Interrupt"),
        ("TERM", "Terminated"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library");
        let mut terminal = Terminal::start(&library, (100, 30));
        terminal.wait_for("18 of 18 · newest");
        terminal.read_a_page();
        terminal.signal(signal);
        let (status, raw) = terminal.end();
        assert_eq!(status.signal(), Some(told));
        assert_restored(&raw);

        let mut terminal = Terminal::start(&library, (100, 30));
        terminal.wait_for_the_place();
        terminal.send("Q");
        assert!(terminal.end().0.success());
    }
}

#[test]
fn keys_that_come_before_the_answer_open_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(&folder.path().join("library"), (100, 30));
    terminal.wait_for("18 of 18 · newest");
    terminal.send("/tupe\r\r");
    // The page has the keys, whose hints are its own, and on it stands what was found, not what stood there before.
    let on_the_page = |picture: &str| {
        let lines = picture.lines().filter_map(|line| line.split_once('│'));
        lines.map(|(_, page)| page).collect::<String>()
    };
    terminal.wait(
        "the page of what was asked for",
        |picture| on_the_page(picture).contains("How to involve") && picture.contains("n next hit"),
        |_| {},
    );
    terminal.send("Q");
    assert!(terminal.end().0.success());
}

#[cfg(unix)]
#[test]
fn what_a_command_prints_stays_until_enter() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(&folder.path().join("library"), (100, 30));
    terminal.wait_for("18 of 18 · newest");
    terminal.send("\r");
    terminal.wait_for("min · post");
    terminal.send("|");
    terminal.send("echo words: $((6 * 7))");
    terminal.send("\r");
    terminal.wait_for("words: 42");
    let picture = terminal.wait_for("Enter goes back to recto");
    assert!(picture.contains("words: 42"), "{picture}");
    terminal.send("\r");
    terminal.wait_for("min · post");
    terminal.send("Q");
    let (status, raw) = terminal.end();
    assert!(status.success());
    assert_restored(&raw);
}

#[test]
fn nothing_of_a_document_reaches_the_terminal_as_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = folder.path().join("hostile.txt");
    std::fs::write(
        &hostile,
        "Title \u{1b}]0;pwned\u{7}here\n\nBody \u{1b}[2J\u{9b}31m and \u{202e}more words.\n",
    )
    .unwrap();
    let library = folder.path().join("library");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_recto"))
        .arg("--library")
        .arg(&library)
        .arg("add")
        .arg(&hostile)
        .status()
        .unwrap();
    assert!(status.success());
    let mut terminal = Terminal::start(&library, (100, 30));
    terminal.wait_for("19 of 19 · newest");
    terminal.send("/");
    terminal.send("pwned");
    terminal.wait_for("1 of 19");
    terminal.send("\r");
    terminal.send("\r");
    terminal.wait_for("more words");
    terminal.send("Q");
    let (_, raw) = terminal.end();
    assert!(
        !holds(&raw, "\u{1b}]0;pwned")
            && !holds(&raw, "\u{1b}[2J\u{9b}")
            && !holds(&raw, "\u{202e}")
    );
}
