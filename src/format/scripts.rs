//! Letters set above or below the line, as the characters that Unicode has for them (chapter 22.4, superscripts and
//! subscripts).
//!
//! Only where all of a run has such characters and a terminal's font is sure to have them: `10²` is not `102`, and `H₂O`
//! is found by `H2O`, since search folds one into the other. What has none stays as it is: `1st` reads well without.

use std::borrow::Cow;

/// Returns letters set above the line; nothing where one of them has no such form.
pub(super) fn raised(letters: &str) -> Option<String> {
    all(letters, |c| {
        Some(match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            '+' => '⁺',
            '-' | '−' | '–' => '⁻',
            'i' => 'ⁱ',
            'n' => 'ⁿ',
            _ => return None,
        })
    })
}

/// Returns letters set below the line; nothing where one of them has no such form.
pub(super) fn lowered(letters: &str) -> Option<String> {
    all(letters, |c| {
        Some(match c {
            '0'..='9' => char::from_u32('₀' as u32 + c as u32 - '0' as u32)?,
            '+' => '₊',
            '-' | '−' | '–' => '₋',
            _ => return None,
        })
    })
}

/// Returns letters set above the line as they are read in a line: those of a formula that have no such form stand behind
/// a sign, `^(2x)`; other letters stay, as in `1st`.
pub(super) fn above(letters: &str) -> Cow<'_, str> {
    match raised(letters) {
        Some(raised) => Cow::Owned(raised),
        None => marked('^', letters),
    }
}

/// Returns letters set below the line as they are read in a line.
pub(super) fn below(letters: &str) -> Cow<'_, str> {
    match lowered(letters) {
        Some(lowered) => Cow::Owned(lowered),
        None => marked('_', letters),
    }
}

/// The longest run of letters in a formula: `max`.
const LETTERS: usize = 3;

/// Returns letters behind a sign, where they are figures of a formula. A sign of a note is none, `[1]` or `(3)`, nor is a
/// remark, nor `2nd`.
fn marked(sign: char, letters: &str) -> Cow<'_, str> {
    let bare = letters.trim();
    let within = bare
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let figures = within.unwrap_or(bare);
    let is_sign = |c: char| matches!(c, '+' | '−' | '–' | '-' | '=' | '*' | '/' | '.' | ',' | ' ');
    let sound = figures.chars().all(|c| c.is_alphanumeric() || is_sign(c))
        && figures
            .split(|c: char| !c.is_alphabetic())
            .all(|run| run.chars().count() <= LETTERS);
    let is_ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| figures.ends_with(end));
    let counts = within.is_none() && !is_ordinal && figures.contains(|c: char| c.is_ascii_digit());
    let reckons =
        figures.contains(['+', '−', '=', '*', '/']) && figures.contains(char::is_alphanumeric);
    if sound && (counts || reckons) {
        Cow::Owned(format!("{sign}({figures})"))
    } else {
        Cow::Borrowed(letters)
    }
}

/// Returns every letter in its other form. Commas and blanks part the numbers of notes, and have none; a sign alone is a
/// dash.
fn all(letters: &str, form: impl Fn(char) -> Option<char>) -> Option<String> {
    let formed: Option<String> = letters
        .chars()
        .map(|c| form(c).or_else(|| matches!(c, ',' | ' ').then_some(c)))
        .collect();
    formed.filter(|_| letters.contains(char::is_alphanumeric) || letters == "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_set_above_or_below_the_line_as_a_whole_or_not_at_all() {
        for (letters, above, below) in [
            ("2", Some("²"), Some("₂")),
            ("−10", Some("⁻¹⁰"), Some("₋₁₀")),
            ("1, 2", Some("¹, ²"), Some("₁, ₂")),
            ("n+1", Some("ⁿ⁺¹"), None),
            ("+", Some("⁺"), Some("₊")),
            ("st", None, None),
            ("–", None, None),
            ("", None, None),
        ] {
            assert_eq!(raised(letters).as_deref(), above, "{letters}");
            assert_eq!(lowered(letters).as_deref(), below, "{letters}");
        }
    }

    #[test]
    fn what_has_no_form_stands_behind_a_sign_where_it_counts() {
        for (letters, over, under) in [
            ("6", "⁶", "₆"),
            ("2x", "^(2x)", "_(2x)"),
            ("a+b", "^(a+b)", "_(a+b)"),
            ("(a+b)", "^(a+b)", "_(a+b)"),
            ("k-1", "^(k-1)", "_(k-1)"),
            ("2nd", "2nd", "2nd"),
            ("[1]", "[1]", "[1]"),
            ("(3)", "(3)", "(3)"),
            ("see note 3", "see note 3", "see note 3"),
            ("th", "th", "th"),
            ("*", "*", "*"),
            ("", "", ""),
        ] {
            assert_eq!(above(letters), over, "{letters}");
            assert_eq!(below(letters), under, "{letters}");
        }
    }
}
