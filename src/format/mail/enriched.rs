//! `text/enriched` (RFC 1896) and the `text/richtext` before it (RFC 1341): what programs wrote before HTML came. The
//! words are kept, their dress is not.

/// The longest command, in bytes.
const COMMAND: usize = 60;

/// Returns the words of an enriched text: one line end is a blank, more are one fewer.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let (mut in_parameter, mut kept_lines) = (false, 0usize);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        if let Some(literal) = rest.strip_prefix("<<") {
            plain.push('<');
            rest = literal;
            continue;
        }
        if let Some((command, next)) = command(rest) {
            match command.to_ascii_lowercase().as_str() {
                "param" => in_parameter = true,
                "/param" => in_parameter = false,
                "nofill" => kept_lines += 1,
                "/nofill" => kept_lines = kept_lines.saturating_sub(1),
                "nl" | "np" | "paragraph" | "/paragraph" => plain.push('\n'),
                _ => {}
            }
            rest = next;
            continue;
        }
        rest = after;
        if in_parameter {
            continue;
        }
        if first == '\n' && kept_lines == 0 {
            let more = rest.len() - rest.trim_start_matches('\n').len();
            rest = rest.get(more..).unwrap_or_default();
            match more {
                0 => plain.push(' '),
                // A blank line is what parts two paragraphs in plain text.
                more => plain.extend(std::iter::repeat_n('\n', more + 1)),
            }
            continue;
        }
        plain.push(first);
    }
    plain
}

/// Returns the command that `text` begins with, and what follows it.
fn command(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let near = inner.get(..inner.floor_char_boundary(COMMAND + 1))?;
    let end = near.find('>')?;
    let (command, after) = (inner.get(..end)?, inner.get(end + 1..)?);
    let name = command.strip_prefix('/').unwrap_or(command);
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some((command, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enriched_text_keeps_its_words_alone() {
        for (text, expected) in [
            ("<bold>Now</bold> is\nthe time", "Now is the time"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("<color><param>red</param>Blood</color> << 3", "Blood < 3"),
            ("<nofill>a\nb</nofill>", "a\nb"),
            ("2 < 3 > 1", "2 < 3 > 1"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        let long = "<".repeat(100_001);
        assert_eq!(plain(&long).len(), 50_001);
    }
}
