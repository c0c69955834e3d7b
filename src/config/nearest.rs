//! The known name that somebody probably meant.

/// Returns the name among `known` that is spelled most like `name`, or nothing where none is much like it.
///
/// Like means: at most a third of the letters, and always one, would have to be changed, put in, taken out, or
/// swapped with the next. Of two that are equally like, the first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (wanted.len() / 3).max(1);
    known
        .into_iter()
        .map(|other| (edits(&wanted, &other.to_lowercase()), other))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, other)| other)
}

/// Adds “did you mean” to a message, where something is near.
pub(super) fn or_nearest<'a>(
    message: String,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    match nearest(name, known) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message,
    }
}

/// Counts the edits from `a` to `b`: the optimal string alignment distance, in which no letter is edited twice.
fn edits(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    // The last three rows of the table: two letters back for a swap.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let changed = at(&last, column) + usize::from(letter != other);
            let in_or_out = at(&last, column + 1).min(at(&next, column)) + 1;
            let crossed = row > 0
                && column > 0
                && a.get(row - 1) == Some(other)
                && b.get(column - 1) == Some(letter);
            let swapped = if crossed {
                at(&before, column - 1) + 1
            } else {
                usize::MAX
            };
            next.push(changed.min(in_or_out).min(swapped));
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_edits() {
        let known = ["open", "next-hit", "quit", "measure", "mouse"];
        for (typed, meant) in [
            ("opne", Some("open")),
            ("Open", Some("open")),
            ("nexthit", Some("next-hit")),
            ("quite", Some("quit")),
            ("mesure", Some("measure")),
            ("q", None),
            ("", None),
            ("frobnicate", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
    }

    #[test]
    fn edits_are_counted_both_ways() {
        for (a, b, count) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "acb", 1),
            ("kitten", "sitting", 3),
            ("é", "e", 1),
        ] {
            let chars: Vec<char> = a.chars().collect();
            assert_eq!(edits(&chars, b), count, "{a} {b}");
        }
    }
}
