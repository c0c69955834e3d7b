//! Copying text, near and far.
//!
//! Where a display is at hand the desktop's own program is asked first: it takes any length and needs no leave from
//! the terminal. Else the terminal itself is asked, by the sequence OSC 52 (xterm, "Operating System Commands"), which
//! also reaches the clipboard of the machine that a person sits at when recto runs on another. Whether a terminal
//! obeys it cannot be known: none answers.

use std::borrow::Cow;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Error;
use super::scratch::Scratch;

/// The longest text that is sent to a terminal, in bytes: what fits, with its frame, into the 100,000 characters that
/// the strictest of the common terminals take for a sequence.
pub const LONGEST: usize = 74_994;

/// Characters of a sequence in one envelope through GNU screen, which drops an envelope of more than 768.
const ENVELOPE: usize = 512;

/// How long a program may take. They hand the text to a process of their own and end at once; one that does not is
/// waiting for a display that never answers.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two looks at whether a program ended.
const LOOK: Duration = Duration::from_millis(5);

/// Where recto runs, as far as copying is concerned. What the variables hold is for the caller to look up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// A Wayland display is at hand: `WAYLAND_DISPLAY` is set.
    pub wayland: bool,
    /// An X11 display is at hand: `DISPLAY` is set.
    pub x11: bool,
    /// Windows is at hand from its Linux subsystem: `WSL_DISTRO_NAME` is set.
    pub wsl: bool,
    /// What stands between recto and the terminal.
    pub multiplexer: Multiplexer,
}

/// What may stand between a program and the terminal, and keep sequences to itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing.
    #[default]
    None,
    /// tmux: `TMUX` is set.
    Tmux,
    /// GNU screen: `STY` is set.
    Screen,
}

/// How a text was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// This program took it.
    By(&'static str),
    /// It is copied once the caller has written these bytes to the terminal.
    ByWriting(Vec<u8>),
}

/// Copies `text`: by the first program of the desktop that takes it, else by what the caller writes to its terminal.
///
/// Returns within a second or so for each program that is there and does not answer.
pub fn copy(text: &str, session: Session) -> Result<Copied, Error> {
    for helper in helpers(session) {
        if helper.run(text, PATIENCE)? {
            return Ok(Copied::By(helper.program));
        }
    }
    sequence(text, session.multiplexer).map(Copied::ByWriting)
}

/// Returns the bytes that ask a terminal to copy `text`.
pub fn sequence(text: &str, multiplexer: Multiplexer) -> Result<Vec<u8>, Error> {
    if text.len() > LONGEST {
        return Err(Error::TooLong {
            bytes: text.len(),
            limit: LONGEST,
        });
    }
    let sequence = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Ok(match multiplexer {
        Multiplexer::None => sequence,
        // By its settings tmux takes the sequence itself, or lets an envelope through, or neither.
        Multiplexer::Tmux => format!("{sequence}\x1bPtmux;\x1b{sequence}\x1b\\"),
        Multiplexer::Screen => in_envelopes(&sequence),
    }
    .into_bytes())
}

/// Cuts a sequence of ASCII into the envelopes (DCS) that screen passes on to its terminal, unopened and in order.
fn in_envelopes(sequence: &str) -> String {
    let mut enveloped = String::with_capacity(sequence.len() + sequence.len() / 64);
    for (place, character) in sequence.char_indices() {
        match place % ENVELOPE {
            0 if place == 0 => enveloped.push_str("\x1bP"),
            0 => enveloped.push_str("\x1b\\\x1bP"),
            _ => {}
        }
        enveloped.push(character);
    }
    enveloped.push_str("\x1b\\");
    enveloped
}

/// A program that takes what it reads into the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Helper {
    program: &'static str,
    arguments: &'static [&'static str],
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// Little endian with a byte order mark: what Windows takes for Unicode wherever it is set to another code page.
    Utf16,
}

/// Returns the programs to try, in this order.
fn helpers(session: Session) -> Vec<Helper> {
    let helper = |program, arguments| Helper {
        program,
        arguments,
        encoding: Encoding::Utf8,
    };
    let mut helpers = Vec::new();
    if cfg!(target_os = "macos") {
        helpers.push(helper("pbcopy", &[]));
    }
    if session.wayland {
        // Without a type it would look at the text and might offer it as something else.
        helpers.push(helper("wl-copy", &["--type", "text/plain"]));
    }
    if session.x11 {
        helpers.push(helper("xclip", &["-selection", "clipboard"]));
        helpers.push(helper("xsel", &["--clipboard", "--input"]));
    }
    if cfg!(windows) || session.wsl {
        helpers.push(Helper {
            encoding: Encoding::Utf16,
            ..helper("clip.exe", &[])
        });
    }
    helpers
}

impl Helper {
    /// Returns whether the program is there and took the text before `patience` was over.
    fn run(self, text: &str, patience: Duration) -> Result<bool, Error> {
        // It reads from a file and not from a pipe: nobody has to wait for it to read.
        let scratch = Scratch::new("clipboard", &self.encoding.encode(text))?;
        let started = Command::new(self.program)
            .args(self.arguments)
            .stdin(scratch.open()?)
            // Some leave a process behind that serves the clipboard and would keep our terminal open.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Ok(started.is_ok_and(|child| succeeds_within(child, patience)))
    }
}

impl Encoding {
    fn encode(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Utf16 => "\u{feff}"
                .encode_utf16()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
        }
    }
}

/// Waits for a process, but no longer than `patience`; one that has not ended by then is ended.
fn succeeds_within(mut child: Child, patience: Duration) -> bool {
    let started = Instant::now();
    while started.elapsed() < patience {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    // Both fail only where it has ended in the meantime.
    let _ = child.kill();
    let _ = child.wait();
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, multiplexer: Multiplexer) -> String {
        String::from_utf8(sequence(text, multiplexer).unwrap()).unwrap()
    }

    #[test]
    fn a_terminal_is_asked_in_the_words_of_what_stands_before_it() {
        for (multiplexer, expected) in [
            (Multiplexer::None, "\x1b]52;c;w6l0w6k=\x07"),
            (
                Multiplexer::Tmux,
                "\x1b]52;c;w6l0w6k=\x07\x1bPtmux;\x1b\x1b]52;c;w6l0w6k=\x07\x1b\\",
            ),
            (Multiplexer::Screen, "\x1bP\x1b]52;c;w6l0w6k=\x07\x1b\\"),
        ] {
            assert_eq!(written("été", multiplexer), expected, "{multiplexer:?}");
        }
    }

    #[test]
    fn screen_gets_a_long_text_in_envelopes_that_it_takes() {
        let text = "word ".repeat(1000);
        let written = written(&text, Multiplexer::Screen);
        let opened: String = written
            .split("\x1b\\")
            .map(|envelope| {
                assert!(envelope.len() < 768);
                envelope.strip_prefix("\x1bP").unwrap_or(envelope)
            })
            .collect();
        assert_eq!(
            opened.as_bytes(),
            sequence(&text, Multiplexer::None).unwrap()
        );
    }

    #[test]
    fn a_text_too_long_for_terminals_is_refused_with_a_hint() {
        let text = "a".repeat(LONGEST);
        assert_eq!(sequence(&text, Multiplexer::None).unwrap().len(), 100_000);
        let error = sequence(&format!("{text}a"), Multiplexer::None).unwrap_err();
        assert!(error.to_string().contains("copy less"), "{error}");
    }

    #[test]
    fn without_a_display_the_terminal_is_asked() {
        if cfg!(any(target_os = "macos", windows)) {
            return;
        }
        let copied = copy("a", Session::default()).unwrap();
        assert_eq!(copied, Copied::ByWriting(b"\x1b]52;c;YQ==\x07".to_vec()));
    }

    #[test]
    fn the_display_decides_which_programs_are_tried() {
        let session = Session {
            wayland: true,
            x11: true,
            wsl: true,
            ..Session::default()
        };
        let tried: Vec<&str> = helpers(session)
            .iter()
            .map(|helper| helper.program)
            .collect();
        assert!(tried.ends_with(&["wl-copy", "xclip", "xsel", "clip.exe"]));
    }

    #[test]
    fn windows_gets_utf_16() {
        assert_eq!(&*Encoding::Utf16.encode("é"), [0xff, 0xfe, 0xe9, 0]);
    }

    /// Milliseconds that no program here needs.
    #[cfg(unix)]
    const PLENTY: u64 = 60_000;

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_is_missing_or_hangs_did_not_copy() {
        let run = |program, arguments, milliseconds| {
            let helper = Helper {
                program,
                arguments,
                encoding: Encoding::Utf8,
            };
            helper
                .run("words", Duration::from_millis(milliseconds))
                .unwrap()
        };
        assert!(run("grep", &["-q", "^words$"], PLENTY));
        assert!(!run("grep", &["-q", "others"], PLENTY));
        assert!(!run("recto-has-no-such-program", &[], PLENTY));
        assert!(!run("sleep", &["60"], 20));
    }
}
