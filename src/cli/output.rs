//! The two streams: data on the one, words on the other.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::text::sanitize;

/// How much of what was printed has gone out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// All of it.
    Whole,
    /// Whoever read it has stopped reading: nothing more goes out.
    CutOff,
}

/// Writes data to standard output. Whoever reads it may stop reading: a closed pipe is no error.
pub(super) fn print(text: &str) -> io::Result<Printed> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Printed::Whole),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Printed::CutOff),
        Err(error) => Err(error),
    }
}

/// Writes data as JSON.
pub(super) fn print_json(data: &impl Serialize) -> anyhow::Result<Printed> {
    let mut text = serde_json::to_string_pretty(data)?;
    text.push('\n');
    Ok(print(&text)?)
}

/// Says something to the person, on standard error. That nobody hears it stops nothing.
pub(super) fn tell(words: &str) {
    let _ = writeln!(io::stderr(), "recto: {}", sanitize::clean(words));
}

/// Returns a text of a document as one line that commands nothing: what stands in a row of an answer.
pub(super) fn one_line(text: &str) -> String {
    sanitize::clean(text).replace(['\n', '\t'], " ")
}

/// How hits are made to stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Emphasis {
    /// Bold.
    Bold,
    /// Not at all: what reads this is a program, or a file.
    None,
}

impl Emphasis {
    /// Returns what standard output can show.
    pub fn of_standard_output() -> Self {
        if io::stdout().is_terminal() {
            Self::Bold
        } else {
            Self::None
        }
    }

    /// Returns `text` as one line in which the byte ranges `lit`, sorted and disjoint, stand out. A range that is not
    /// of the text is left alone.
    pub fn apply(self, text: &str, lit: &[std::ops::Range<usize>]) -> String {
        if self == Self::None {
            return one_line(text);
        }
        let mut line = String::with_capacity(text.len());
        let mut done = 0;
        for range in lit {
            let (Some(before), Some(hit)) = (text.get(done..range.start), text.get(range.clone()))
            else {
                continue;
            };
            line.push_str(&one_line(before));
            line.push_str("\x1b[1m");
            line.push_str(&one_line(hit));
            line.push_str("\x1b[0m");
            done = range.end;
        }
        line.push_str(&one_line(text.get(done..).unwrap_or_default()));
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_stand_out_on_a_terminal_only() {
        let lit = [0..6, 10..16, 90..95];
        for (emphasis, line) in [
            (Emphasis::None, "mutual or mutual"),
            (
                Emphasis::Bold,
                "\x1b[1mmutual\x1b[0m or \x1b[1mmutual\x1b[0m",
            ),
        ] {
            assert_eq!(emphasis.apply("mutual\nor\tmutual", &lit), line);
        }
    }

    #[test]
    fn what_a_text_holds_commands_no_terminal() {
        for emphasis in [Emphasis::None, Emphasis::Bold] {
            let line = emphasis.apply("a\x1b[2J\u{9b}31m\u{202e}b", &[]);
            assert_eq!(line, "a[2J31mb");
        }
    }
}
