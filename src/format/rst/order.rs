//! How the items of a list are counted: by figures and bullets, or by letters and Roman numbers, of which each has to be
//! the next (docutils, enumerated lists). Whoever reads sees a number in any case, as in lists of HTML.

use super::items::item;
use crate::document::Marker;

/// The longest Roman number, in letters.
const ROMAN: usize = 8;

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// By bullets and numbers, as they stand there.
    Figures,
    /// By single letters that have this form.
    Letters(Form),
    /// By Roman numbers that have this form.
    Roman(Form),
}

/// How a letter or a Roman number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    upper: bool,
    opened: bool,
    close: char,
}

/// Returns the letters that a line begins with, their form and the words behind them.
fn label(text: &str) -> Option<(&str, Form, &str)> {
    let (mark, words) = text.split_once(char::is_whitespace)?;
    let close = mark
        .chars()
        .next_back()
        .filter(|c| matches!(c, '.' | ')'))?;
    let bare = mark.strip_suffix(close)?;
    let letters = bare.strip_prefix('(').unwrap_or(bare);
    let opened = letters.len() < bare.len();
    let upper = letters.starts_with(|c: char| c.is_ascii_uppercase());
    let sound = (1..=ROMAN).contains(&letters.len())
        && letters
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() && byte.is_ascii_uppercase() == upper)
        && !(opened && close == '.');
    let form = Form {
        upper,
        opened,
        close,
    };
    sound.then_some((letters, form, words))
}

/// Returns whether a line may begin such a list.
pub(super) fn begins(text: &str) -> bool {
    label(text).is_some_and(|(letters, ..)| letters.len() == 1 || roman(letters).is_some())
}

/// Returns how a list is counted whose first two items begin so.
pub(super) fn of(first: &str, second: &str) -> Option<Count> {
    let ((one, form, _), (two, other, _)) = (label(first)?, label(second)?);
    let follows = |value: fn(&str) -> Option<u32>| {
        value(one)
            .zip(value(two))
            .is_some_and(|(one, two)| one + 1 == two)
    };
    if form != other {
        None
    } else if follows(letter) {
        Some(Count::Letters(form))
    } else {
        follows(roman).then_some(Count::Roman(form))
    }
}

impl Count {
    /// Returns the number of the item that a list begins with; figures say it themselves.
    pub(super) fn first(self, text: &str) -> u32 {
        let letters = label(text).map_or("", |(letters, ..)| letters);
        let number = match self {
            Self::Figures => None,
            Self::Letters(_) => letter(letters),
            Self::Roman(_) => roman(letters),
        };
        number.unwrap_or(1)
    }

    /// Returns the marker and the words of the item that a line begins, where it may be the one of this number.
    pub(super) fn item(self, text: &str, number: u32) -> Option<(Marker, &str)> {
        let (value, form): (fn(&str) -> Option<u32>, Form) = match self {
            Self::Figures => {
                // `#.` counts by itself.
                return item(text).map(|(marker, words)| match marker {
                    Marker::Number(0) => (Marker::Number(number), words),
                    marker => (marker, words),
                });
            }
            Self::Letters(form) => (letter, form),
            Self::Roman(form) => (roman, form),
        };
        let (letters, own, words) = label(text)?;
        (own == form && value(letters) == Some(number)).then_some((Marker::Number(number), words))
    }
}

/// Returns the place of a single letter in the alphabet.
fn letter(letters: &str) -> Option<u32> {
    let mut bytes = letters.bytes();
    let first = bytes.next().filter(u8::is_ascii_alphabetic)?;
    (bytes.next().is_none()).then(|| u32::from(first.to_ascii_lowercase() - b'a') + 1)
}

/// Returns what a Roman number counts.
fn roman(letters: &str) -> Option<u32> {
    let (mut sum, mut last) = (0_u32, 0);
    for c in letters.chars().rev() {
        let value = match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1000,
            _ => return None,
        };
        sum = if value < last {
            sum.checked_sub(value)?
        } else {
            sum + value
        };
        last = last.max(value);
    }
    Some(sum)
}
