//! Dates as exactly as their sources give them: a year, a month, a day, or a moment.
//!
//! `2012-11` is shown and kept as that, never as a day that nobody wrote. The written form is ISO 8601 reduced to the
//! precision (RFC 3339 for a moment), which is also how a date is stored.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the second, with the offset of its author's clock.
    Moment,
}

/// A date, no more exact than its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// The first moment of the period, by the clock of `offset`.
    first: civil::DateTime,
    offset: Offset,
    precision: Precision,
}

/// What is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no date: write 2012, 2012-11, 2012-11-30 or 2012-11-30T09:30:00Z")]
pub struct DateError(String);

impl Date {
    /// Returns a year, a month of it, or a day, or nothing where the calendar has no such day.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let precision = match (month, day) {
            (None, None) => Precision::Year,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
            (None, Some(_)) => return None,
        };
        let first = civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self {
            first: first.to_datetime(civil::Time::midnight()),
            offset: Offset::UTC,
            precision,
        })
    }

    /// Returns a moment by the clock of its author, `offset` seconds east of Greenwich, or nothing outside ±25:59:59.
    pub fn moment(clock: civil::DateTime, offset: i32) -> Option<Self> {
        let offset = Offset::from_seconds(offset).ok()?;
        offset.to_timestamp(clock).ok()?;
        Some(Self {
            first: clock,
            offset,
            precision: Precision::Moment,
        })
    }

    /// Returns how exactly it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Returns the month, where it is known.
    pub fn month(self) -> Option<i8> {
        (self.precision >= Precision::Month).then(|| self.first.month())
    }

    /// Returns the first second of the period, in seconds since 1970-01-01T00:00:00Z.
    pub fn start(self) -> i64 {
        self.offset
            .to_timestamp(self.first)
            .map_or(0, jiff::Timestamp::as_second)
    }

    /// Returns the first second after the period, on the same scale as [`Self::start`].
    pub fn end(self) -> i64 {
        let date = self.first.date();
        let after = match self.precision {
            Precision::Year => date.last_of_year().tomorrow(),
            Precision::Month => date.last_of_month().tomorrow(),
            Precision::Day => date.tomorrow(),
            Precision::Moment => return self.start().saturating_add(1),
        };
        // Only the last day that the calendar has (in the year 9999) has no morrow.
        after
            .ok()
            .and_then(|after| {
                self.offset
                    .to_timestamp(after.to_datetime(civil::Time::midnight()))
                    .ok()
            })
            .map_or(i64::MAX, jiff::Timestamp::as_second)
    }

    /// Returns it in words: `2012`, `November 2012`, `3 June 2013`.
    pub fn long(self) -> String {
        self.in_words("%B")
    }

    /// Returns it in words with the month cut to three letters: `2012`, `Nov 2012`, `3 Jun 2013`.
    pub fn short(self) -> String {
        self.in_words("%b")
    }

    fn in_words(self, month: &str) -> String {
        match self.precision {
            Precision::Year => self.first.strftime("%-Y").to_string(),
            Precision::Month => self.first.strftime(&format!("{month} %-Y")).to_string(),
            Precision::Day | Precision::Moment => {
                self.first.strftime(&format!("%-d {month} %-Y")).to_string()
            }
        }
    }
}

/// By the beginning of the period; of two that begin together the vaguer one first.
impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start(), self.precision, self.first, self.offset).cmp(&(
            other.start(),
            other.precision,
            other.first,
            other.offset,
        ))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{}", self.first.strftime("%Y")),
            Precision::Month => write!(f, "{}", self.first.strftime("%Y-%m")),
            Precision::Day => write!(f, "{}", self.first.date()),
            Precision::Moment if self.offset == Offset::UTC => {
                write!(f, "{}", self.first.strftime("%Y-%m-%dT%H:%M:%SZ"))
            }
            Precision::Moment => {
                let seconds = self.offset.seconds();
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                let clock = self.first.strftime("%Y-%m-%dT%H:%M:%S");
                write!(f, "{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads what [`Display`](fmt::Display) writes, and a moment with a blank instead of the `T` or without an offset
    /// (which is then Greenwich).
    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        parse(text).ok_or_else(|| DateError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Date> {
    if let Some((written, clock)) = text.split_once(['T', 't', ' ']) {
        let (clock, offset) = split_offset(clock)?;
        // The second way takes a month or day of one digit too, and costs twice as much.
        let day = written.parse().ok();
        let day = day.or_else(|| civil::Date::strptime("%Y-%m-%d", written).ok())?;
        let time: civil::Time = clock.parse().ok()?;
        // Fractions of a second are nobody's concern here, and would not survive being written.
        let time = civil::Time::new(time.hour(), time.minute(), time.second(), 0).ok()?;
        return Date::moment(day.to_datetime(time), offset);
    }
    let mut fields = text.split('-');
    let number = |field: &str, digits| {
        let plain = field.len() == digits && field.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| field.parse::<i16>().ok()).flatten()
    };
    let year = number(fields.next()?, 4)?;
    let mut small = || {
        fields
            .next()
            .map(|field| number(field, 2).and_then(|n| i8::try_from(n).ok()))
    };
    let (month, day) = (small(), small());
    if fields.next().is_some() || matches!(month, Some(None)) || matches!(day, Some(None)) {
        return None;
    }
    Date::new(year, month.flatten(), day.flatten())
}

/// Parts a clock from its offset, given in seconds east.
fn split_offset(clock: &str) -> Option<(&str, i32)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock.trim(), 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, 0));
    };
    let (clock, offset) = clock.split_at_checked(at)?;
    let mut digits = offset.bytes().filter(u8::is_ascii_digit);
    let mut digit = || digits.next().map(|digit| i32::from(digit - b'0'));
    let hours = digit()? * 10 + digit()?;
    let minutes = digit().zip(digit()).map_or(0, |(ten, one)| ten * 10 + one);
    let seconds = (hours * 60 + minutes) * 60;
    Some((
        clock.trim(),
        if offset.starts_with('-') {
            -seconds
        } else {
            seconds
        },
    ))
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_and_written_as_exactly_as_it_is_known() {
        for (text, written, short) in [
            ("2012", "2012", "2012"),
            ("2012-11", "2012-11", "Nov 2012"),
            ("2012-11-03", "2012-11-03", "3 Nov 2012"),
            ("2013-06-03T10:17:44Z", "2013-06-03T10:17:44Z", "3 Jun 2013"),
            (
                "2013-06-03 10:17:44.5+01:00",
                "2013-06-03T10:17:44+01:00",
                "3 Jun 2013",
            ),
            (
                "2013-06-03T10:17-0330",
                "2013-06-03T10:17:00-03:30",
                "3 Jun 2013",
            ),
            ("20130603T10:17:44Z", "2013-06-03T10:17:44Z", "3 Jun 2013"),
            ("2013-6-3 10:17", "2013-06-03T10:17:00Z", "3 Jun 2013"),
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(
                (date.to_string().as_str(), date.short().as_str()),
                (written, short),
                "{text}"
            );
            assert_eq!(date.to_string().parse(), Ok(date), "{text}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_date() {
        for text in [
            "",
            "12",
            "2012-13",
            "2012-02-30",
            "2012-1-1",
            "2012-11-03-04",
            "next week",
            "2012-11-03T25:00Z",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_period_spans_the_whole_of_itself() {
        let span = |text: &str| {
            text.parse::<Date>()
                .map(|date| date.end() - date.start())
                .unwrap()
        };
        assert_eq!(span("2012"), 366 * 86_400);
        assert_eq!(span("2012-02"), 29 * 86_400);
        assert_eq!(span("2012-02-29"), 86_400);
        assert_eq!(span("2012-02-29T10:00:00Z"), 1);
        assert!("9999-12-31".parse::<Date>().unwrap().end() > 0);
    }

    #[test]
    fn dates_stand_in_the_order_of_time() {
        let mut dates: Vec<Date> = [
            "2012-11-03",
            "2012-11-02T23:30:00-02:00",
            "2012-11",
            "2013",
            "2012",
        ]
        .map(|text| text.parse().unwrap())
        .to_vec();
        dates.sort();
        let written: Vec<String> = dates.iter().map(Date::to_string).collect();
        assert_eq!(
            written,
            [
                "2012",
                "2012-11",
                "2012-11-03",
                "2012-11-02T23:30:00-02:00",
                "2013"
            ]
        );
    }
}
