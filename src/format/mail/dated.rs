//! When a letter was written: its Date in the forms that programs give it, else when it came.
//!
//! What stands around a moment and is none of it goes: the zone again in words, a weekday in another tongue. Years of
//! three digits are what programs wrote from 2000 on (RFC 2822, section 4.3).

use jiff::tz::Offset;

use crate::document::Date;
use crate::format::dates;

/// The fewest words of a date: day, month and year.
const FEWEST_WORDS: usize = 3;

/// The longest field that is read as a date, in bytes; a zone may be told in a sentence.
const LONGEST: usize = 200;

/// Returns the moment that a field says.
pub(super) fn parse(field: &str) -> Option<Date> {
    if field.len() > LONGEST {
        return None;
    }
    let whole = field.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(date) = dates::parse(&whole) {
        return Some(date);
    }
    let bare = without_comments(&whole);
    let words: Vec<String> = bare.split_whitespace().map(usual).collect();
    // A weekday that is not English.
    let from = usize::from(words.first().is_some_and(|word| is_foreign_day(word)));
    let words = words.get(from..).unwrap_or_default();
    (FEWEST_WORDS..=words.len())
        .rev()
        .filter_map(|end| words.get(..end))
        .find_map(|words| dates::parse(&words.join(" ")))
}

/// Returns the moment at which a letter came, which the field Received says behind all else.
pub(super) fn received(field: &str) -> Option<Date> {
    let (_, moment) = field.rsplit_once(';')?;
    parse(moment)
}

/// Returns the moment in the line before a letter in a mailbox: `From ann@example.org Mon Mar  4 10:00:00 2024`.
pub(super) fn parting(line: &[u8]) -> Option<Date> {
    let line = std::str::from_utf8(line).ok()?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let day = words.iter().rposition(|word| {
        let word = word.trim_end_matches(',');
        word.len() == 3 && DAYS.iter().any(|day| day.eq_ignore_ascii_case(word))
    })?;
    parse(&words.get(day..)?.join(" "))
}

/// Returns a moment that is known in seconds since 1970 alone.
pub(super) fn of_seconds(seconds: i64) -> Option<Date> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Date::moment(Offset::UTC.to_datetime(moment), 0)
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Returns whether a word is what stands before a date and is no day that is known.
fn is_foreign_day(word: &str) -> bool {
    let name = word.trim_end_matches([',', '.']);
    let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
    is_name && word.ends_with([',', '.']) && {
        let lower = name.to_lowercase();
        !DAYS.iter().any(|day| lower.starts_with(day))
    }
}

/// Returns a field without what stands in parentheses.
fn without_comments(field: &str) -> String {
    let mut depth = 0usize;
    let kept = field.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    kept.collect()
}

/// Returns a word of a date in the form that is read everywhere.
fn usual(word: &str) -> String {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // `GMT+1`, `UTC-0500`: nobody means the other direction in a letter.
    for zone in ["GMT", "UTC", "UT"] {
        if let Some(offset) = word.strip_prefix(zone)
            && let Some(digits) = offset.strip_prefix(['+', '-'])
            && is_digits(digits)
            && let Some(sign) = offset.chars().next()
        {
            return match digits.len() {
                1 => format!("{sign}0{digits}00"),
                2 => format!("{sign}{digits}00"),
                _ => offset.to_owned(),
            };
        }
    }
    if word.len() == 3
        && is_digits(word)
        && word.starts_with('1')
        && let Ok(year) = word.parse::<u16>()
    {
        return (1900 + year).to_string();
    }
    // `10.05.30`, which Finns and Danes write for a time of day; a date has a year of four digits.
    let parts: Vec<&str> = word.split('.').collect();
    let is_clock =
        matches!(parts.len(), 2 | 3) && parts.iter().all(|part| part.len() == 2 && is_digits(part));
    if is_clock {
        return parts.join(":");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_programs_write_them() {
        let said = |date: Option<Date>| date.map(|date| date.to_string());
        for (field, expected) in [
            (
                "Mon, 7 Jan 2013 10:00:00 +0100",
                Some("2013-01-07T10:00:00+01:00"),
            ),
            (
                "Mon, 7 Jan 2013 10:00:00 +0000 (GMT Standard Time)",
                Some("2013-01-07T10:00:00Z"),
            ),
            (
                "Mon, 7 Jan 2013\r\n\t10:00:00 +0100 MEZ",
                Some("2013-01-07T10:00:00+01:00"),
            ),
            (
                "Mon, 07 Jan 2013 10:00:00 Pacific Daylight Time",
                Some("2013-01-07T10:00:00Z"),
            ),
            (
                "Mo, 7 Jan 2013 10:00:00 +0100",
                Some("2013-01-07T10:00:00+01:00"),
            ),
            (
                "lun., 7 Jan 2013 10:00:00 +0100",
                Some("2013-01-07T10:00:00+01:00"),
            ),
            (
                "Fri, 7 Jan 100 10:00:00 -0500",
                Some("2000-01-07T10:00:00-05:00"),
            ),
            ("Fri, 7 Jan 00 10:00 EST", Some("2000-01-07T10:00:00-05:00")),
            (
                "Mon, 7 Jan 2013 10.00.30 +0200",
                Some("2013-01-07T10:00:30+02:00"),
            ),
            (
                "Mon, 7 Jan 2013 10:00:00 GMT+1",
                Some("2013-01-07T10:00:00+01:00"),
            ),
            ("not a date", None),
            ("", None),
        ] {
            assert_eq!(said(parse(field)).as_deref(), expected, "{field}");
        }
        for (line, expected) in [
            (
                "From eve@x.org Tue Jan  8 13:00:00 2013",
                Some("2013-01-08T13:00:00Z"),
            ),
            (
                "From ann at example.org  Mon Mar  4 10:00:00 2024",
                Some("2024-03-04T10:00:00Z"),
            ),
            (
                "From - Mon Mar  4 10:00:00 2024 +0100",
                Some("2024-03-04T10:00:00+01:00"),
            ),
            (
                "From x@y Mon Mar  4 10:00:00 2024 remote from there",
                Some("2024-03-04T10:00:00Z"),
            ),
            ("From -", None),
        ] {
            assert_eq!(
                said(parting(line.as_bytes())).as_deref(),
                expected,
                "{line}"
            );
        }
        let field = "from a (b [1.2.3.4]) by c; for <d@e>;\n\tTue, 8 Jan 2013 14:00:05 +0000 (UTC)";
        assert_eq!(
            said(received(field)).as_deref(),
            Some("2013-01-08T14:00:05Z")
        );
        assert_eq!(
            said(of_seconds(1_357_653_605)).as_deref(),
            Some("2013-01-08T14:00:05Z")
        );
    }

    proptest! {
        #[test]
        fn any_field_is_a_date_or_none(field in "([0-9A-Za-z+:,./() ;-]|é|GMT|Mon){0,60}") {
            parse(&field);
            received(&field);
            parting(field.as_bytes());
        }
    }
}
