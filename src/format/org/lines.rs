//! What a line begins, told by its signs.

use crate::document::Marker;

/// Returns whether a line goes on with the paragraph before it.
pub(super) fn goes_on(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty()
        && stars(line).is_none()
        && note(line).is_none()
        && item(line).is_none()
        && !bare.starts_with("#+")
        && !bare.starts_with("# ")
        && !bare.starts_with('|')
        && !bare.starts_with(": ")
        && !is_drawer(bare)
        && !is_rule(bare)
        && !is_planning(bare)
        && begins_environment(bare).is_none()
}

/// Returns whether a line says when what the heading above it names is to be done, or how long somebody was at it.
pub(super) fn is_planning(bare: &str) -> bool {
    ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"]
        .iter()
        .any(|mark| {
            bare.strip_prefix(mark)
                .is_some_and(|rest| rest.trim_start().starts_with(['<', '[']))
        })
}

/// Returns the name of the environment of LaTeX that a line begins.
pub(super) fn begins_environment(bare: &str) -> Option<&str> {
    let (name, _) = bare.strip_prefix("\\begin{")?.split_once('}')?;
    (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '*'))
        .then_some(name)
}

pub(super) fn is_rule(bare: &str) -> bool {
    bare.len() >= 5 && bare.bytes().all(|byte| byte == b'-')
}

/// Returns how many stars make a line a heading.
pub(super) fn stars(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches('*');
    let level = line.len() - rest.len();
    (level > 0 && rest.starts_with(' ') && !rest.trim().is_empty()).then_some(level)
}

/// Returns the label and the first words of a note.
pub(super) fn note(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.strip_prefix("[fn:")?.split_once(']')?;
    (!label.is_empty() && !label.contains(':')).then(|| (label, words.trim()))
}

pub(super) fn begins_block(bare: &str) -> Option<&str> {
    let rest = bare
        .get(..8)
        .filter(|head| head.eq_ignore_ascii_case("#+begin_"))
        .and_then(|_| bare.get(8..))?;
    rest.split_whitespace().next()
}

/// Returns whether a line opens a drawer: `:PROPERTIES:`.
pub(super) fn is_drawer(bare: &str) -> bool {
    bare.strip_prefix(':')
        .and_then(|rest| rest.strip_suffix(':'))
        .is_some_and(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        })
}

/// Returns how many lines a drawer has; one that is not closed before the next, or before a heading, has none.
pub(super) fn drawer(lines: &[&str]) -> Option<usize> {
    let within = lines
        .iter()
        .skip(1)
        .take_while(|line| stars(line).is_none());
    for (place, line) in within.enumerate() {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case(":end:") {
            return Some(place + 2);
        }
        if is_drawer(bare) {
            return None;
        }
    }
    None
}

/// Returns what stands before an item, and its words.
pub(super) fn item(line: &str) -> Option<(Marker, &str)> {
    let bare = line.trim_start();
    let indented = bare.len() < line.len();
    let (marker, words) = match bare.split_once([' ', '\t']) {
        Some(("-" | "+", words)) => (Marker::Bullet, words),
        Some(("*", words)) if indented => (Marker::Bullet, words),
        Some((mark, words)) => {
            let number = mark.strip_suffix(['.', ')'])?.parse().ok()?;
            (Marker::Number(number), words)
        }
        None => return None,
    };
    let words = words.trim();
    // `[@5]` says which number it has.
    let (marker, words) = match words
        .strip_prefix("[@")
        .and_then(|rest| rest.split_once(']'))
    {
        Some((number, words)) => match number.parse() {
            Ok(number) => (Marker::Number(number), words.trim_start()),
            Err(_) => (marker, words),
        },
        None => (marker, words),
    };
    for (sign, marker) in [
        ("[ ]", Marker::Task(false)),
        ("[-]", Marker::Task(false)),
        ("[X]", Marker::Task(true)),
        ("[x]", Marker::Task(true)),
    ] {
        if let Some(words) = words.strip_prefix(sign) {
            return Some((marker, words.trim_start()));
        }
    }
    Some((marker, words))
}

/// Parts a heading from the tags behind it, `:one:two:`.
pub(super) fn tagged(words: &str) -> (&str, Vec<&str>) {
    let parted = words.rsplit_once(char::is_whitespace).filter(|(_, last)| {
        last.len() > 2
            && last.starts_with(':')
            && last.ends_with(':')
            && last
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '@' | '#' | '%'))
    });
    match parted {
        Some((words, tags)) => (
            words.trim_end(),
            tags.split(':').filter(|tag| !tag.is_empty()).collect(),
        ),
        None => (words, Vec::new()),
    }
}
