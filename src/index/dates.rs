//! Which documents belong to a period.
//!
//! A document belongs to the day that its author's clock showed, wherever that clock stood: what is dated `2013-01-01`
//! is of 2013, though in Greenwich it was 2012 still. One dated to a month or a year belongs where that begins, which is
//! also its place in the order of time.

use std::ops::Range;

use jiff::civil::DateTime;

use crate::document::{Date, Precision};
use crate::query::Period;

/// Returns the first second of a date by the clock of its author, as if that stood in Greenwich.
pub(super) fn by_clock(date: Date) -> i64 {
    match date.precision() {
        Precision::Year | Precision::Month | Precision::Day => date.start(),
        Precision::Moment => clock_of(date).unwrap_or_else(|| date.start()),
    }
}

/// Reads what the clock showed out of the written form of a moment, which begins with it.
fn clock_of(moment: Date) -> Option<i64> {
    let written = moment.to_string();
    let clock: DateTime = written.get(.."2012-11-30T09:30:00".len())?.parse().ok()?;
    let greenwich = jiff::tz::Offset::UTC.to_timestamp(clock).ok()?;
    Some(greenwich.as_second())
}

/// Returns the seconds of a period on the scale of [`by_clock`]. Both ends open is all of time: whatever has a date.
pub(super) fn seconds(period: Period) -> Range<i64> {
    let end = |date: Date| match date.precision() {
        Precision::Moment => by_clock(date).saturating_add(1),
        _ => date.end(),
    };
    period.from.map_or(i64::MIN, by_clock)..period.to.map_or(i64::MAX, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_belongs_to_the_period_that_its_authors_clock_showed() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (of, from, to, belongs) in [
            ("2013-01-01T00:30:00+01:00", "2013", "2013", true),
            ("2013-01-01T00:30:00+01:00", "2012", "2012", false),
            (
                "2012-12-31T23:30:00-05:00",
                "2012-12-31",
                "2012-12-31",
                true,
            ),
            ("2012-11", "2012", "2012", true),
            ("2012", "2012-06", "2012-12", false),
            ("2012-06-15", "2012-06", "2012-06", true),
            ("2012-07-01", "2012-06", "2012-06", false),
            (
                "2012-06-15T10:00:00Z",
                "2012-06-15T10:00:00Z",
                "2012-06-15T10:00:00Z",
                true,
            ),
            (
                "2012-06-15T10:00:01Z",
                "2012-06-15T10:00:00Z",
                "2012-06-15T10:00:00Z",
                false,
            ),
        ] {
            let period = Period {
                from: Some(date(from)),
                to: Some(date(to)),
            };
            assert_eq!(
                seconds(period).contains(&by_clock(date(of))),
                belongs,
                "{of} {from} {to}"
            );
        }
    }
}
