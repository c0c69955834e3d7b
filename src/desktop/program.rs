//! Handing a text or a file to a program that takes the terminal over: an editor, a pager, any command.
//!
//! The caller gives the terminal away before (screen left, raw mode off) and takes it back after; each function here
//! returns when the program has ended. Commands are lines for the shell, as a person writes them in `$EDITOR` or after
//! `|`: `code --wait`, `grep -i trust | wc -l`. They come from the person, never from a document; texts go in by
//! standard input, paths as arguments that the shell does not read.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use super::Error;
use super::scratch::Scratch;
use crate::text::sanitize;

/// What a shell says of a command that it cannot find (POSIX, "Exit Status for Commands").
const NOT_FOUND: i32 = 127;

/// Returns the editor to use, given `$VISUAL` and `$EDITOR`: the first that is set to something.
pub fn editor<'a>(visual: Option<&'a str>, editor: Option<&'a str>) -> &'a str {
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    first_set(&[visual, editor]).unwrap_or(usual)
}

/// Returns the pager to use, given `$PAGER`.
pub fn pager(pager: Option<&str>) -> &str {
    let usual = if cfg!(windows) { "more" } else { "less" };
    first_set(&[pager]).unwrap_or(usual)
}

fn first_set<'a>(values: &[Option<&'a str>]) -> Option<&'a str> {
    let mut set = values.iter().flatten().map(|value| value.trim());
    set.find(|value| !value.is_empty())
}

/// Edits a file of the person's own in place, and returns how the editor ended.
pub fn edit(editor: &str, path: &Path) -> Result<ExitStatus, Error> {
    let status = shell_with_path(editor, path).status();
    ended(editor, status)
}

/// Edits a text, and returns it as the editor left it, or nothing where the editor ended with an error (`:cq` in vi),
/// which is how people say that they want nothing changed.
///
/// `name` is what the editor shows, and its ending what it colours by: `note.md`.
pub fn edit_text(editor: &str, name: &str, text: &str) -> Result<Option<String>, Error> {
    let scratch = Scratch::new(name, text.as_bytes())?;
    if edit(editor, scratch.path())?.success() {
        let edited = scratch.read()?;
        Ok(Some(sanitize::clean(&edited).into_owned()))
    } else {
        Ok(None)
    }
}

/// Gives `text` to a command as its input, and returns how the command ended. What it prints goes to the terminal.
pub fn pipe(command: &str, text: &str) -> Result<ExitStatus, Error> {
    let failed = |source| Error::Run {
        command: command.to_owned(),
        source,
    };
    let mut child = shell(command)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // Taken out of the child, the pipe closes when everything is written: that is how the program sees the end.
    let written = child
        .stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let status = ended(command, child.wait())?;
    match written {
        // A pager that is left early, or `head`, does not read to the end.
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => Err(failed(source)),
        _ => Ok(status),
    }
}

/// Shows `text` in a pager, and returns how the pager ended.
pub fn page(pager: &str, text: &str) -> Result<ExitStatus, Error> {
    pipe(pager, text)
}

fn ended(command: &str, status: io::Result<ExitStatus>) -> Result<ExitStatus, Error> {
    let command = command.to_owned();
    match status {
        Ok(status) if status.code() == Some(NOT_FOUND) => Err(Error::NoProgram { command }),
        Ok(status) => Ok(status),
        Err(source) => Err(Error::Run { command, source }),
    }
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

/// The path is an argument of the shell, not a part of what the shell reads; the name before it is the shell's own.
#[cfg(not(windows))]
fn shell_with_path(command: &str, path: &Path) -> Command {
    let mut shell = shell(&format!("{command} \"$@\""));
    shell.arg("recto").arg(path);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

/// There is no shell here that keeps a path apart from the command: the words of the command are parted at blanks.
#[cfg(windows)]
fn shell_with_path(command: &str, path: &Path) -> Command {
    let mut words = command.split_whitespace();
    let mut program = Command::new(words.next().unwrap_or_default());
    program.args(words).arg(path);
    program
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_set_to_nothing_counts_as_not_set() {
        for (visual, set, expected) in [
            (Some("code --wait"), Some("vi"), "code --wait"),
            (Some("  "), Some("nano"), "nano"),
            (None, Some("nano"), "nano"),
        ] {
            assert_eq!(editor(visual, set), expected);
        }
        assert!(!editor(None, None).is_empty());
        assert_eq!(pager(Some("less -R ")), "less -R");
        assert!(!pager(Some("")).is_empty());
    }

    #[cfg(unix)]
    mod on_unix {
        use std::fs;

        use super::super::*;

        #[test]
        fn a_command_reads_the_whole_text() {
            let out = Scratch::new("out", b"").unwrap();
            let command = format!("wc -c > '{}'", out.path().display());
            let text = "word ".repeat(100_000);
            assert!(pipe(&command, &text).unwrap().success());
            assert_eq!(out.read().unwrap().trim(), text.len().to_string());
        }

        #[test]
        fn a_command_that_stops_reading_is_no_error() {
            let text = "word ".repeat(100_000);
            assert!(pipe("head -c 1 > /dev/null", &text).unwrap().success());
            assert!(page("true", &text).unwrap().success());
        }

        #[test]
        fn the_status_of_a_command_is_told() {
            assert_eq!(pipe("cat > /dev/null; exit 3", "").unwrap().code(), Some(3));
            let error = pipe("recto-has-no-such-program 2> /dev/null", "").unwrap_err();
            assert!(matches!(error, Error::NoProgram { .. }), "{error}");
        }

        #[test]
        fn an_edited_text_comes_back_unless_the_editor_failed() {
            let edited = edit_text("sed -i s/one/two/", "note.md", "one\n").unwrap();
            assert_eq!(edited.as_deref(), Some("two\n"));
            let left = edit_text("sh -c 'echo x > \"$0\"; exit 1'", "note.md", "one").unwrap();
            assert_eq!(left, None);
        }

        #[test]
        fn a_path_is_never_read_by_the_shell() {
            let scratch = Scratch::new("a b; touch evil $(touch evil) '.md", b"one").unwrap();
            assert!(edit("sed -i s/one/two/", scratch.path()).unwrap().success());
            assert_eq!(fs::read_to_string(scratch.path()).unwrap(), "two");
        }
    }
}
