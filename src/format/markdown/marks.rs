//! Lines that begin with a mark which other readers know: bullets, callouts, abbreviations, rules that were escaped.

/// Tags after whose end Markdown may follow in the same line.
const ENDS: [&str; 8] = [
    "</div>",
    "</figure>",
    "</p>",
    "</ul>",
    "</ol>",
    "</li>",
    "</table>",
    "</aside>",
];

/// The longest name of a callout, in bytes.
const LONGEST: usize = 32;

/// Writes a line so that its mark is one, and returns whether it had such a mark.
pub(super) fn line(line: &str, bare: &str, written: &mut String) -> bool {
    let before = line.get(..line.len() - bare.len()).unwrap_or_default();
    if let Some(words) = bare.strip_prefix('•')
        && !words.trim().is_empty()
    {
        written.extend([before, "- ", words.trim_start()]);
        return true;
    }
    // A meaning stands a blank behind its colon; `:smile:` is a picture and means nothing.
    let meant = bare.strip_prefix(':');
    if meant.is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != ':')) {
        written.extend([before, "\\", bare]);
        return true;
    }
    if bare.starts_with("\\*\\*\\*") && bare.trim_end() == "\\*\\*\\*" {
        written.push_str("\n***\n");
        return true;
    }
    if let Some((short, long)) = abbreviation(bare) {
        written.extend([before, "- ", short, ": ", long]);
        return true;
    }
    callout(line, written)
}

/// Returns the parts of kramdown's `*[HTML]: Hyper Text Markup Language`.
fn abbreviation(bare: &str) -> Option<(&str, &str)> {
    let (short, long) = bare.strip_prefix("*[")?.split_once("]:")?;
    (!short.contains(['[', ']']) && !long.trim().is_empty()).then(|| (short, long.trim_start()))
}

/// Writes the first line of a callout of Obsidian or an alert of GitHub, `> [!note]- Title`, by its title.
fn callout(line: &str, written: &mut String) -> bool {
    let inner = line.trim_start_matches([' ', '>']);
    let (mark, rest) = line
        .split_at_checked(line.len() - inner.len())
        .unwrap_or_default();
    let Some((kind, title)) = rest
        .strip_prefix("[!")
        .and_then(|rest| rest.split_once(']'))
    else {
        return false;
    };
    let is_kind = (1..=LONGEST).contains(&kind.len())
        && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !mark.contains('>') || !is_kind {
        return false;
    }
    let title = title.trim_start_matches(['+', '-']).trim();
    let (first, others) = kind.split_at(1);
    written.extend([mark, "**"]);
    if title.is_empty() {
        written.extend([first.to_ascii_uppercase(), others.to_ascii_lowercase()]);
    } else {
        written.push_str(title);
    }
    written.extend(["**\n", mark.trim_end(), "\n"]);
    true
}

/// Returns whether words right behind the signs of a heading may be its title.
pub(super) fn begins_title(words: &str) -> bool {
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < words.len() && digits.starts_with(['.', ')']);
    let bracketed = words.starts_with('[') && !words.contains("](");
    words.starts_with(char::is_alphabetic) || numbered || bracketed || words.starts_with("...")
}

/// Returns how far in the words of an item stand that begins with `<p>` and nothing else.
pub(super) fn item_of_tag(bare: &str) -> Option<usize> {
    let before = bare.trim_end().strip_suffix("<p>")?;
    let mark = before.trim_end();
    let digits = mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = matches!(mark, "-" | "*" | "+") || (digits.len() < mark.len() && digits == ".");
    (is_item && before.len() > mark.len()).then_some(mark.len() + 1)
}

/// Parts a line after the end of a block of HTML that words of Markdown follow.
pub(super) fn after_end(line: &str) -> Option<(&str, &str)> {
    let end = ENDS.iter().find(|end| line.starts_with(**end))?;
    let (tag, words) = line.split_at_checked(end.len())?;
    let bare = words.trim();
    (!bare.is_empty() && !bare.contains('<')).then_some((tag, words))
}

#[cfg(test)]
mod tests {
    use super::super::mend::mend;

    #[test]
    fn marks_of_other_readers_begin_what_they_mean() {
        for (text, expected) in [
            ("a\n\n:smile: b\n: c", "a\n\n\\:smile: b\n: c"),
            ("So:\n• a\n  •\tb\n•", "So:\n- a\n  - b\n•"),
            ("a\n\n\\*\\*\\*\nb", "a\n\n\n***\nb"),
            (
                "*[HTML]: Hyper Text\n*[a](b)",
                "- HTML: Hyper Text\n*[a](b)",
            ),
            ("> [!NOTE]\n> Words", "> **Note**\n>\n> Words"),
            ("> > [!tip]- So *it* is\nx", "> > **So *it* is**\n> >\nx"),
            ("[!note] a\n> [!a b] c", "[!note] a\n> [!a b] c"),
            (
                "```\n• a\n> [!NOTE]\n```\n\n    • b",
                "```\n• a\n> [!NOTE]\n```\n\n    • b",
            ),
            (
                "##1. One\n\n##...but\n\n###[Name] a",
                "## 1. One\n\n## ...but\n\n### [Name] a",
            ),
            ("##[a](b)\n\n##!", "##[a](b)\n\n##!"),
            (
                "<div>\na\n</div>_Words_ of [a](b).",
                "<div>\na\n</div>\n\n_Words_ of [a](b).",
            ),
            (
                "  1. <p>\n      Take\n    </p>",
                "  1. <p>\n      Take\n     </p>",
            ),
        ] {
            assert_eq!(mend(text), expected, "{text}");
        }
    }
}
