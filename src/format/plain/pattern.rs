//! Patterns of a line: its words in any case, `*` for any words, `#` for a number.

/// The longest line that can be furniture, in bytes: running text is not looked at.
const LONGEST: usize = 300;

/// Returns what stood for each `*` and `#` where the whole of `line` is like `pattern`.
pub(super) fn captures(pattern: &str, line: &str) -> Option<Vec<String>> {
    if line.len() > LONGEST || !may_begin(pattern, line) {
        return None;
    }
    let pattern: Vec<char> = folded(pattern).to_lowercase().chars().collect();
    let shown: Vec<char> = folded(line).chars().collect();
    // Only where each character keeps its place can what is shown be cut by what is compared.
    let compared: Vec<char> = shown
        .iter()
        .map(|c| c.to_lowercase().next().unwrap_or(*c))
        .collect();
    let ends = find(&pattern, &compared)?;
    let texts = ends.iter().map(|(from, to)| {
        let text: String = shown.get(*from..*to).unwrap_or_default().iter().collect();
        text.trim().to_owned()
    });
    Some(texts.collect())
}

/// Returns whether a line begins as the pattern does: nearly all do not, and need not be folded to see it.
fn may_begin(pattern: &str, line: &str) -> bool {
    let mut lower = line.trim_start().chars().flat_map(char::to_lowercase);
    match pattern.trim_start().chars().next() {
        None | Some('*') => true,
        Some('#') => lower.next().is_some_and(|c| c.is_ascii_digit()),
        Some(first) => first.to_lowercase().next() == lower.next(),
    }
}

/// Returns whether the whole of `line` is like one of the patterns.
pub(super) fn is_any(patterns: &[String], line: &str) -> bool {
    patterns
        .iter()
        .any(|pattern| captures(pattern, line).is_some())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Matches with one place to come back to, the last `*`: enough, because what an earlier one could give up, the last
/// can take. So a line costs its length times the pattern's, never more.
fn find(pattern: &[char], line: &[char]) -> Option<Vec<(usize, usize)>> {
    let (mut at, mut read) = (0, 0);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut back: Option<(usize, usize, usize)> = None;
    loop {
        match pattern.get(at) {
            Some('*') => {
                found.push((read, read));
                back = Some((at + 1, read, found.len()));
                at += 1;
                continue;
            }
            Some('#') => {
                let digits = line
                    .get(read..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|c| c.is_ascii_digit() || **c == ',')
                    .count();
                if digits > 0 {
                    found.push((read, read + digits));
                    read += digits;
                    at += 1;
                    continue;
                }
            }
            Some(c) if line.get(read) == Some(c) => {
                (at, read) = (at + 1, read + 1);
                continue;
            }
            None if read == line.len() => return Some(found),
            _ => {}
        }
        let (resume, from, kept) = back.filter(|(_, from, _)| *from < line.len())?;
        found.truncate(kept);
        if let Some(last) = found.last_mut() {
            last.1 = from + 1;
        }
        back = Some((resume, from + 1, kept));
        (at, read) = (resume, from + 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_compared_with_a_pattern_as_a_whole() {
        for (pattern, line, expected) in [
            ("Share Button", "share  BUTTON", Some(&[][..])),
            ("Share Button", "the share button", None),
            ("Views: #", "Views: 1,079", Some(&["1,079"])),
            ("Views: #", "Views: many", None),
            (
                "© # Created by * Powered by *",
                "© 2016   Created by Nick Wilding   Powered by Ning",
                Some(&["2016", "Nick Wilding", "Ning"]),
            ),
            (
                "Reply by * on *",
                "Reply by Jane on the Road on May 3",
                Some(&["Jane", "the Road on May 3"]),
            ),
            ("*", "", Some(&[""])),
            ("a*", "b", None),
        ] {
            let found = captures(pattern, line);
            let found = found
                .as_ref()
                .map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{pattern}: {line}");
        }
    }

    proptest! {
        #[test]
        fn any_pattern_and_line_are_compared(pattern in "[ab*# ]{0,10}", line in "[ab1 é]{0,30}") {
            captures(&pattern, &line);
        }
    }
}
