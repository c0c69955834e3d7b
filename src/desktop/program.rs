//! Handing a text or a file to a program that takes the terminal over: an editor, any command.
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

/// What a shell says of a command that it cannot find (POSIX, "Exit Status for Commands").
const NOT_FOUND: i32 = 127;

/// Returns the editor to use, given `$VISUAL` and `$EDITOR`: the first that is set to something.
pub fn editor<'a>(visual: Option<&'a str>, editor: Option<&'a str>) -> &'a str {
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    first_set(&[visual, editor]).unwrap_or(usual)
}

fn first_set<'a>(values: &[Option<&'a str>]) -> Option<&'a str> {
    let mut set = values.iter().flatten().map(|value| value.trim());
    set.find(|value| !value.is_empty())
}

/// Shows a copy of a text in an editor, and returns how the editor ended. The copy is for looking, searching and taking
/// pieces out: what is changed in it is thrown away with it.
///
/// `name` is what the editor shows, and its ending what it colours by: `note.md`.
pub fn show_in_editor(editor: &str, name: &str, text: &str) -> Result<ExitStatus, Error> {
    let copy = Scratch::new(name, text.as_bytes())?;
    let status = shell_with_path(editor, copy.path()).status();
    ended(editor, status)
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
            assert_eq!(
                fs::read_to_string(out.path()).unwrap().trim(),
                text.len().to_string()
            );
        }

        #[test]
        fn a_command_that_stops_reading_is_no_error() {
            let text = "word ".repeat(100_000);
            assert!(pipe("head -c 1 > /dev/null", &text).unwrap().success());
        }

        #[test]
        fn the_status_of_a_command_is_told() {
            assert_eq!(pipe("cat > /dev/null; exit 3", "").unwrap().code(), Some(3));
            let error = pipe("recto-has-no-such-program 2> /dev/null", "").unwrap_err();
            assert!(matches!(error, Error::NoProgram { .. }), "{error}");
        }

        #[test]
        fn an_editor_sees_a_copy_of_the_text_that_is_gone_after() {
            let out = Scratch::new("out", b"").unwrap();
            let seen = out.path().display();
            // The shell gives the path to the last command of the line: here to the script.
            let script = "cat \"$0\"; echo \"$0\"; exit 3";
            let editor = format!("> '{seen}' sh -c '{script}'");
            let status = show_in_editor(&editor, "note.md", "one\n").unwrap();
            assert_eq!(status.code(), Some(3));
            let written = fs::read_to_string(out.path()).unwrap();
            let (text, path) = written.split_once('\n').unwrap();
            assert_eq!(text, "one");
            assert!(path.trim_end().ends_with("note.md"));
            assert!(!Path::new(path.trim_end()).exists());
        }

        #[test]
        fn a_path_is_never_read_by_the_shell() {
            let out = Scratch::new("out", b"").unwrap();
            let editor = format!("sh -c 'cp \"$0\" \"{}\"'", out.path().display());
            let name = "a b; touch evil $(touch evil) '.md";
            assert!(show_in_editor(&editor, name, "one").unwrap().success());
            assert_eq!(fs::read_to_string(out.path()).unwrap(), "one");
        }
    }
}
