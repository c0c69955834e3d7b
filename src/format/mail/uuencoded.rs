//! Files that stand within the text of a letter as programs put them there before MIME: uuencoded (POSIX `uuencode`).

/// A file in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File<'t> {
    /// What it is called.
    pub name: &'t str,
    /// How long it is, in bytes.
    pub bytes: usize,
}

/// Returns a text without the files in it, and the files.
pub(super) fn apart(text: &str) -> (String, Vec<File<'_>>) {
    let (mut kept, mut files) = (String::with_capacity(text.len()), Vec::new());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let begins = begun(line).filter(|_| lines.peek().is_some_and(|next| held(next).is_some()));
        let Some(name) = begins else {
            kept.push_str(line);
            continue;
        };
        let mut bytes = 0;
        while let Some(length) = lines.peek().and_then(|line| held(line)) {
            bytes += length;
            lines.next();
        }
        // An empty line of data, which some write as a blank, and the end.
        lines.next_if(|line| matches!(line.trim_end(), "" | "`"));
        lines.next_if(|line| line.trim_end() == "end");
        files.push(File { name, bytes });
    }
    (kept, files)
}

/// Returns the name in the line that a file begins with: `begin 644 report.doc`.
fn begun(line: &str) -> Option<&str> {
    let (mode, name) = line.trim_end().strip_prefix("begin ")?.split_once(' ')?;
    let is_mode =
        matches!(mode.len(), 3 | 4) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    (is_mode && !name.trim().is_empty()).then_some(name.trim())
}

/// Returns how many bytes a line of data holds; nothing where it is none. Blanks at its end may have been lost.
fn held(line: &str) -> Option<usize> {
    let line = line.trim_end_matches(['\r', '\n']).as_bytes();
    let (first, data) = line.split_first()?;
    let length = usize::from(first.checked_sub(b' ')?) & 63;
    let characters = length.div_ceil(3) * 4;
    let is_data = (1..=45).contains(&length)
        && line.iter().all(|byte| (b' '..=b'`').contains(byte))
        && data.len() <= characters + 1
        && data.len() * 2 >= characters;
    is_data.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_within_a_text_is_told_and_left_out() {
        let data = "#0V%T\n`\nend\n";
        let text = format!("Here:\n\nbegin 644 a cat.txt\n{data}\nBye.\n");
        let (kept, files) = apart(&text);
        assert_eq!(kept, "Here:\n\n\nBye.\n");
        let file = File {
            name: "a cat.txt",
            bytes: 3,
        };
        assert_eq!(files, [file]);
        for prose in [
            "begin 644 words\nof nothing that is data, in small letters\n",
            "We begin 644 times\n#0V%T\n",
            "begin again here\n#0V%T\n",
        ] {
            assert_eq!(apart(prose), (prose.to_owned(), vec![]));
        }
    }
}
