//! What items of lists and headings are counted with: `1.`, `(b)`, `Article IV`, whichever format says so.

use crate::document::{Label, Marker};

/// The longest chain of equal letters that a number is written with: `zzzzz` is 130, and further on digits say more.
const MOST_LETTERS: u32 = 5;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    Decimal,
    /// With a nought before a single digit.
    Padded,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// Not at all: a bullet, or words alone.
    Nothing,
}

impl Form {
    /// Returns the form of that name in `WordprocessingML` (ECMA-376, part 1, 17.18.59); those of other scripts are
    /// written in digits.
    pub fn of_word(name: &str) -> Self {
        match name {
            "bullet" | "none" => Self::Nothing,
            "decimalZero" => Self::Padded,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    /// Returns the form of that name in `OpenDocument` (1.3, part 3, 19.506).
    pub fn of_open_document(name: &str) -> Self {
        match name {
            "" => Self::Nothing,
            "a" => Self::LowerLetter,
            "A" => Self::UpperLetter,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    /// Returns a number in this form, in digits where the form does not reach so far.
    pub fn write(self, count: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::Padded => Some(format!("{count:02}")),
            Self::LowerLetter => letters(count),
            Self::UpperLetter => letters(count).map(|letters| letters.to_uppercase()),
            Self::LowerRoman => roman(count),
            Self::UpperRoman => roman(count).map(|numeral| numeral.to_uppercase()),
            Self::Nothing => Some(String::new()),
        };
        written.unwrap_or_else(|| count.to_string())
    }
}

/// Returns the letter of a number; behind `z` come `aa` and `bb`, as both formats have it.
fn letters(count: u32) -> Option<String> {
    let place = count.checked_sub(1)?;
    let letter = char::from(b'a' + u8::try_from(place % 26).ok()?);
    let times = place / 26 + 1;
    (times <= MOST_LETTERS).then(|| String::from(letter).repeat(times as usize))
}

fn roman(count: u32) -> Option<String> {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&count) {
        return None;
    }
    let mut left = count;
    let mut numeral = String::new();
    for (value, sign) in NUMERALS {
        while left >= value {
            numeral.push_str(sign);
            left -= value;
        }
    }
    Some(numeral)
}

/// What an item or a heading begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    #[default]
    Bullet,
    /// Its number as it is shown; nothing where a list only sets its items in.
    Number { label: String, count: u32 },
}

impl Mark {
    /// Returns what is counted with before words; nothing for a bullet.
    pub fn label(&self) -> &str {
        match self {
            Self::Bullet => "",
            Self::Number { label, .. } => label,
        }
    }

    /// Returns what is drawn before an item; nothing where there is nothing to draw, or the label is too long to stand
    /// beside the words of the item.
    pub fn marker(&self) -> Option<Marker> {
        let Self::Number { label, count } = self else {
            return Some(Marker::Bullet);
        };
        let is_plain = label.strip_suffix('.').unwrap_or(label) == count.to_string();
        if is_plain {
            Some(Marker::Number(*count))
        } else {
            Label::new(label).map(Marker::Label)
        }
    }
}

/// Returns the words that stand for a marker where nothing can be drawn, as in the cell of a table.
pub(super) fn words(marker: Marker) -> Option<String> {
    match marker {
        Marker::Number(number) => Some(format!("{number}. ")),
        Marker::Label(label) => Some(format!("{} ", label.as_str())),
        Marker::Bullet | Marker::Task(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_form() {
        for (form, count, expected) in [
            (Form::Decimal, 12, "12"),
            (Form::Padded, 7, "07"),
            (Form::LowerLetter, 2, "b"),
            (Form::UpperLetter, 28, "BB"),
            (Form::LowerLetter, 131, "131"),
            (Form::LowerLetter, 0, "0"),
            (Form::LowerLetter, u32::MAX, "4294967295"),
            (Form::LowerRoman, 1994, "mcmxciv"),
            (Form::UpperRoman, 4, "IV"),
            (Form::UpperRoman, 4000, "4000"),
            (Form::Nothing, 4, ""),
        ] {
            assert_eq!(form.write(count), expected, "{form:?} {count}");
        }
    }

    #[test]
    fn a_label_is_drawn_beside_its_item_where_it_is_short() {
        let marker = |label: &str| {
            let label = label.to_owned();
            Mark::Number { label, count: 2 }.marker()
        };
        assert_eq!(Mark::Bullet.marker(), Some(Marker::Bullet));
        assert_eq!(marker(""), None);
        assert_eq!(marker("2."), Some(Marker::Number(2)));
        assert_eq!(marker("2"), Some(Marker::Number(2)));
        assert_eq!(marker("(b)"), Label::new("(b)").map(Marker::Label));
        assert_eq!(marker("Amendment XVIII"), None);
    }
}
