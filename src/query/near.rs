//! How far two spellings are from each other.

/// Returns whether a word is at most `edits` letters put in, left out, changed or swapped away from `wanted` (the
/// distance of Damerau and Levenshtein between optimal alignments, as the index measures it).
pub(super) fn is_near(wanted: &[char], word: &str, edits: u8) -> bool {
    let edits = usize::from(edits);
    if word.len() > 4 * (wanted.len() + edits) {
        return false;
    }
    let word: Vec<char> = word.chars().collect();
    if word.len().abs_diff(wanted.len()) > edits {
        return false;
    }
    let mut two_above = Vec::new();
    let mut above: Vec<usize> = (0..=word.len()).collect();
    let mut previous = None;
    for (row, &letter) in wanted.iter().enumerate() {
        let line = next_line(row, letter, previous, &word, &above, &two_above);
        if line.iter().min().is_none_or(|&least| least > edits) {
            return false;
        }
        previous = Some(letter);
        two_above = std::mem::replace(&mut above, line);
    }
    above.last().is_some_and(|&distance| distance <= edits)
}

/// Returns the next line of the table of distances: that of `wanted` up to `letter` from each beginning of `word`.
fn next_line(
    row: usize,
    letter: char,
    previous: Option<char>,
    word: &[char],
    above: &[usize],
    two_above: &[usize],
) -> Vec<usize> {
    let mut line = Vec::with_capacity(word.len() + 1);
    let mut left = row + 1;
    line.push(left);
    let mut before = None;
    for (column, &other) in word.iter().enumerate() {
        let at =
            |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
        let changed = at(above, column) + usize::from(letter != other);
        let mut least = changed.min(left + 1).min(at(above, column + 1) + 1);
        if previous == Some(other) && before == Some(letter) && column > 0 {
            least = least.min(at(two_above, column - 1) + 1);
        }
        line.push(least);
        left = least;
        before = Some(other);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_near_by_letters_put_in_left_out_changed_or_swapped() {
        for (one, other, edits, near) in [
            ("comissioning", "commissioning", 1, true),
            ("tset", "test", 1, true),
            ("tset", "tests", 1, false),
            ("tset", "tests", 2, true),
            ("kitten", "sitting", 2, false),
            ("", "a", 1, true),
            ("école", "ecole", 1, true),
        ] {
            let letters: Vec<char> = one.chars().collect();
            assert_eq!(is_near(&letters, other, edits), near, "{one} {other}");
        }
    }
}
