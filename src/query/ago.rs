//! Spans of time up to now: `7d`, `"2 weeks"`. A question keeps them as they are; what they mean is found when it runs.

use std::fmt::{self, Display, Formatter};

use jiff::{Span, Zoned};

use crate::document::Date;

/// The longest span, in its unit: further back than anything that is dated.
const MOST: u32 = 9_999;

/// A span of time that ends now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ago {
    /// How many; at least one.
    pub count: u32,
    /// Of what.
    pub unit: AgoUnit,
}

/// What a span of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgoUnit {
    /// `h`
    Hour,
    /// `d`
    Day,
    /// `w`
    Week,
    /// `m`, of the calendar
    Month,
    /// `y`
    Year,
}

impl AgoUnit {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Hour, "h", "hour"),
        (Self::Day, "d", "day"),
        (Self::Week, "w", "week"),
        (Self::Month, "m", "month"),
        (Self::Year, "y", "year"),
    ];

    /// Returns the unit of a letter or a word: `d`, `day`, `days`.
    fn from_name(name: &str) -> Option<Self> {
        let is = |(_, letter, word): &&(Self, &str, &str)| {
            name.eq_ignore_ascii_case(letter)
                || name.eq_ignore_ascii_case(word)
                || name
                    .strip_suffix(['s', 'S'])
                    .is_some_and(|one| one.eq_ignore_ascii_case(word))
        };
        Self::ALL.iter().find(is).map(|(unit, ..)| *unit)
    }
}

impl Ago {
    /// Reads `7d`, `2 weeks`, `week`; nothing where it is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at_checked(digits)?;
        let count = match number {
            "" => 1,
            number => number
                .parse()
                .ok()
                .filter(|count| (1..=MOST).contains(count))?,
        };
        let unit = AgoUnit::from_name(unit.trim())?;
        // A letter alone is no span.
        (digits > 0 || text.len() > 1).then_some(Self { count, unit })
    }

    /// Returns when the span begins: a day, whole, by the clock of `now`; of hours the moment. Nothing where that is
    /// before the calendar.
    pub fn begins(self, now: &Zoned) -> Option<Date> {
        let count = i64::from(self.count);
        let span = Span::new();
        let span = match self.unit {
            AgoUnit::Hour => span.try_hours(count),
            AgoUnit::Day => span.try_days(count),
            AgoUnit::Week => span.try_weeks(count),
            AgoUnit::Month => span.try_months(count),
            AgoUnit::Year => span.try_years(count),
        };
        let begins = now.checked_sub(span.ok()?).ok()?;
        match self.unit {
            AgoUnit::Hour => Date::moment(
                begins.datetime().with().subsec_nanosecond(0).build().ok()?,
                begins.offset().seconds(),
            ),
            _ => Date::new(begins.year(), Some(begins.month()), Some(begins.day())),
        }
    }
}

impl Display for Ago {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is = |(unit, ..): &&(AgoUnit, &str, &str)| *unit == self.unit;
        let letter = AgoUnit::ALL.iter().find(is).map(|(_, letter, _)| *letter);
        write!(f, "{}{}", self.count, letter.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_begins_on_a_day_of_the_calendar() {
        let now: Zoned = "2012-03-31T10:20:30.5+02:00[+02:00]".parse().unwrap();
        for (text, printed, begins) in [
            ("7d", "7d", "2012-03-24"),
            ("1 week", "1w", "2012-03-24"),
            ("WEEK", "1w", "2012-03-24"),
            ("2 Weeks", "2w", "2012-03-17"),
            ("1m", "1m", "2012-02-29"),
            ("1 year", "1y", "2011-03-31"),
            ("12h", "12h", "2012-03-30T22:20:30+02:00"),
        ] {
            let ago = Ago::read(text).unwrap();
            assert_eq!(ago.to_string(), printed, "{text}");
            assert_eq!(ago.begins(&now).unwrap().to_string(), begins, "{text}");
        }
        for text in ["", "d", "0d", "7", "7x", "-1d", "99999d", "7 d d", "soon"] {
            assert_eq!(Ago::read(text), None, "{text}");
        }
        assert_eq!(
            Ago::read("9999y").unwrap().begins(&now).map(Date::year),
            Some(-7987)
        );
    }
}
