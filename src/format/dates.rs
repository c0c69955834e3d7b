//! Dates as feeds and pages write them: RFC 2822, RFC 3339, and the odd forms between.
//!
//! Fields are told by their looks, not by their order, because feeds have them in every order; what is left over or
//! not of the calendar makes it no date. `03/04/2013` stays unread: nobody can say which is the month.

use jiff::civil;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::document::Date;

/// The form of RSS. Feeds are wrong about the weekday often enough.
const RFC_2822: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// The months by the three letters that tell them apart in English.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// How months begin in the other languages that feeds write dates in (French, German, Italian, Spanish, Portuguese,
/// Dutch, Swedish), where that is not as in English.
const FOREIGN_MONTHS: [(&str, i8); 24] = [
    ("gen", 1),
    ("ene", 1),
    ("fév", 2),
    ("fev", 2),
    ("mär", 3),
    ("mrz", 3),
    ("mrt", 3),
    ("avr", 4),
    ("abr", 4),
    ("mai", 5),
    ("maj", 5),
    ("mag", 5),
    ("mei", 5),
    ("giu", 6),
    ("juin", 6),
    ("lug", 7),
    ("juil", 7),
    ("ago", 8),
    ("aoû", 8),
    ("set", 9),
    ("okt", 10),
    ("ott", 10),
    ("déc", 12),
    ("dez", 12),
];

/// The zones that RFC 2822, section 4.3, names, and Europe's, in hours east of Greenwich.
const ZONES: [(&str, i32); 18] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 1),
    ("cet", 1),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// The fields of a date found so far.
#[derive(Default)]
struct Fields {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<civil::Time>,
    offset: Option<i32>,
}

/// Reads a date, no more exact than it is written. A time without a zone is Greenwich's.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    // The longest form has a weekday, seven fields and a zone in words; what is longer is prose.
    if text.len() > 80 {
        return None;
    }
    if text.contains('年') {
        return by_looks(&text.replace(['年', '月'], "-").replace('日', " "));
    }
    // Most dates are written as the standards have it, and reading those is a fifth of the work.
    let read = match text.bytes().next()? {
        b'0'..=b'9' => text.parse().ok(),
        _ => by_standard(text),
    };
    let read = read.or_else(|| by_looks(text));
    // What stands in brackets is a comment (RFC 2822, section 3.2.3), and more often a zone.
    read.or_else(|| by_looks(&without_comments(text)?))
}

/// Returns a date without its comments, which may stand within one another; nothing where it has none.
fn without_comments(text: &str) -> Option<String> {
    text.contains('(').then(|| {
        let (mut kept, mut depth, mut escaped) = (String::with_capacity(text.len()), 0u32, false);
        for c in text.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    kept.push(' ');
                }
                _ if depth == 0 => kept.push(c),
                _ => {}
            }
        }
        kept
    })
}

/// Reads a moment that a program wrote as a number since 1970: seconds, or thousandths where it has twelve digits and
/// more. Fractions are left out, and a number of eight digits is a day.
pub(super) fn epoch(text: &str) -> Option<Date> {
    let digits = text.trim().split('.').next()?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Date::moment(jiff::tz::Offset::UTC.to_datetime(moment), 0)
}

/// Reads a date as RFC 2822, section 3.3, has it. Zones with other names than Greenwich's are left to who knows them.
fn by_standard(text: &str) -> Option<Date> {
    if !text.ends_with(|c: char| c.is_ascii_digit()) && !text.ends_with("GMT") {
        return None;
    }
    let read = RFC_2822.parse_zoned(text).ok()?;
    Date::moment(read.datetime(), read.offset().seconds())
}

fn by_looks(text: &str) -> Option<Date> {
    let mut fields = Fields::default();
    // The first word before a comma is a weekday, in whatever language, unless it is a month.
    let first = text.split_once(',').filter(|(first, _)| {
        let name = first.trim().trim_end_matches('.').to_lowercase();
        name.chars().all(char::is_alphabetic) && month(&name).is_none()
    });
    let text = first.map_or(text, |(_, rest)| rest);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')) {
        if !word.is_empty() {
            fields.take(&word.to_lowercase())?;
        }
    }
    fields.date()
}

impl Fields {
    /// Takes one word, or returns nothing where no field is like it.
    fn take(&mut self, word: &str) -> Option<()> {
        if word.len() == 10
            && let Ok(day) = word.parse::<Date>()
        {
            self.year = Some(day.year());
            (self.month, self.day) = (day.month(), day_of(word));
            return Some(());
        }
        // `GMT+0100`, `UTC-05:00`.
        let zone = ["gmt", "utc"]
            .iter()
            .find_map(|zone| word.strip_prefix(zone));
        if let Some(offset) = zone.filter(|rest| rest.starts_with(['+', '-'])) {
            return self.take(offset);
        }
        if let Some(digits) = word.strip_prefix(['+', '-']) {
            let east = offset(digits)?;
            self.offset = Some(if word.starts_with('-') { -east } else { east });
            return Some(());
        }
        if let Some((day, clock)) = word.split_once('t').filter(|(day, _)| day.len() == 10) {
            self.take(day)?;
            return self.take_clock(clock);
        }
        if word.contains(':') {
            self.time = Some(clock(word)?);
            return Some(());
        }
        if matches!(word, "am" | "pm") {
            self.time = self.time.and_then(|time| half_day(time, word));
            return Some(());
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            // `3. März`.
            return self.take_number(word.trim_end_matches('.'));
        }
        self.take_name(word.trim_end_matches('.'))
    }

    /// Takes a time and the offset right behind it.
    fn take_clock(&mut self, word: &str) -> Option<()> {
        let end = word.find(['+', '-']).unwrap_or(word.len());
        let (time, offset) = word.split_at_checked(end)?;
        self.time = Some(clock(time)?);
        if offset.is_empty() {
            return Some(());
        }
        self.take(offset)
    }

    fn take_number(&mut self, word: &str) -> Option<()> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !matches!(
            word.get(digits.len()..),
            Some("" | "st" | "nd" | "rd" | "th" | "er")
        ) {
            return self.take_joined(word);
        }
        match (digits.len(), self.day) {
            (4, _) if self.year.is_none() => self.year = Some(digits.parse().ok()?),
            (1 | 2, None) => self.day = Some(digits.parse().ok()?),
            (2, Some(_)) if self.year.is_none() => self.year = Some(century(digits.parse().ok()?)),
            _ => return self.take_joined(word),
        }
        Some(())
    }

    /// Takes a day whose fields stand without blanks: `3-Jun-2013`, `2013/06/03`, `03.06.2013`, `20130603`.
    fn take_joined(&mut self, word: &str) -> Option<()> {
        if word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            let (year, rest) = word.split_at(4);
            let (month, day) = rest.split_at(2);
            self.year = Some(year.parse().ok()?);
            (self.month, self.day) = (Some(month.parse().ok()?), Some(day.parse().ok()?));
            return Some(());
        }
        let mut parts = word.split(['-', '/', '.']);
        let (first, middle) = (parts.next()?, parts.next()?);
        let Some(last) = parts.next().filter(|last| !last.is_empty()) else {
            // `2022-5-`, as `2022年5月` was written.
            return self.take_month(first, middle);
        };
        if parts.next().is_some() || self.year.is_some() {
            return None;
        }
        if let Some(month) = month(middle) {
            self.month = Some(month);
            self.day = Some(first.parse().ok()?);
            self.year = Some(year(last)?);
        } else if first.len() == 4 {
            self.year = Some(first.parse().ok()?);
            (self.month, self.day) = (Some(middle.parse().ok()?), Some(last.parse().ok()?));
        } else if word.contains('.') {
            self.day = Some(first.parse().ok()?);
            self.month = Some(middle.parse().ok()?);
            self.year = Some(year(last)?);
        } else {
            let (day, month) = told_apart(first.parse().ok()?, middle.parse().ok()?)?;
            (self.day, self.month) = (Some(day), Some(month));
            self.year = Some(last.parse().ok().filter(|_| last.len() == 4)?);
        }
        Some(())
    }

    fn take_month(&mut self, year: &str, month: &str) -> Option<()> {
        if self.year.is_some() || year.len() != 4 {
            return None;
        }
        (self.year, self.month) = (Some(year.parse().ok()?), Some(month.parse().ok()?));
        Some(())
    }

    fn take_name(&mut self, name: &str) -> Option<()> {
        if let Some(month) = month(name) {
            self.month = Some(month);
        } else if let Some((_, hours)) = ZONES.iter().find(|(zone, _)| *zone == name) {
            self.offset = Some(hours * 3600);
        } else if name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            // A military zone: so many had the sign wrong that it says nothing (RFC 2822, section 4.3).
            self.offset = self.offset.or(Some(0));
        } else if !is_weekday(name)
            && !matches!(
                name,
                "at" | "of" | "on" | "the" | "de" | "del" | "den" | "le" | ""
            )
        {
            return None;
        }
        Some(())
    }

    fn date(self) -> Option<Date> {
        let (year, month, day) = (self.year?, self.month, self.day);
        if let (Some(time), Some(month), Some(day)) = (self.time, month, day) {
            let date = civil::Date::new(year, month, day).ok()?;
            return Date::moment(date.to_datetime(time), self.offset.unwrap_or(0));
        }
        Date::new(year, month, day)
    }
}

/// Returns which of two numbers is the day and which the month, where only one can be.
fn told_apart(one: i8, other: i8) -> Option<(i8, i8)> {
    if one > 12 || one == other {
        Some((one, other))
    } else if other > 12 {
        Some((other, one))
    } else {
        None
    }
}

fn day_of(word: &str) -> Option<i8> {
    word.get(8..)?.parse().ok()
}

fn month(name: &str) -> Option<i8> {
    let known = name.len() >= 3 && name.chars().all(char::is_alphabetic);
    let english = MONTHS.iter().position(|month| name.starts_with(month));
    let number = english.map(|place| place as i8 + 1).or_else(|| {
        let mut foreign = FOREIGN_MONTHS.iter();
        let found = foreign.find(|(begin, _)| name.starts_with(begin))?;
        Some(found.1)
    });
    number.filter(|_| known)
}

fn is_weekday(name: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|day| name.starts_with(day))
}

fn year(digits: &str) -> Option<i16> {
    let year = digits.parse().ok()?;
    Some(if digits.len() == 2 {
        century(year)
    } else {
        year
    })
}

/// Returns the year that two digits mean (RFC 2822, section 4.3).
fn century(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// Reads `10:17`, `10:17:44` or `10:17am`.
fn clock(word: &str) -> Option<civil::Time> {
    let (digits, half) = match word.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) => (word.get(..at)?, word.get(at..)?),
        None => (word, ""),
    };
    let mut numbers = digits.split(':').map(|number| {
        let whole = number.split('.').next().unwrap_or(number);
        whole.parse::<i8>().ok()
    });
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    let second = numbers.next().unwrap_or(Some(0))?.min(59);
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    match half {
        "" | "z" => Some(time),
        _ => half_day(time, half),
    }
}

fn half_day(time: civil::Time, half: &str) -> Option<civil::Time> {
    let hour = match (half, time.hour()) {
        ("am", 12) => 0,
        ("pm", hour @ 1..=11) => hour + 12,
        ("am" | "pm", hour) => hour,
        _ => return None,
    };
    civil::Time::new(hour, time.minute(), time.second(), 0).ok()
}

/// Reads `0330`, `03:30` or `03` as seconds.
fn offset(digits: &str) -> Option<i32> {
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let sound = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits
        .get(2..4)
        .map_or(Some(0), |minutes| minutes.parse().ok())?;
    sound.then_some((hours * 60 + minutes) * 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_feeds_use() {
        for (text, expected) in [
            (
                "Mon, 03 Jun 2013 10:17:44 +0000",
                Some("2013-06-03T10:17:44Z"),
            ),
            (
                "Mon, 3 Jun 2013 10:17 EST",
                Some("2013-06-03T10:17:00-05:00"),
            ),
            ("03 Jun 13 10:17:44 GMT", Some("2013-06-03T10:17:44Z")),
            ("3 Jun 13 10:17 BST", Some("2013-06-03T10:17:00+01:00")),
            (
                "Sun, 03 Jun 2013 10:17:44 +0200",
                Some("2013-06-03T10:17:44+02:00"),
            ),
            (
                "Fri, 31 Dec 1999 23:59:60 -0330",
                Some("1999-12-31T23:59:59-03:30"),
            ),
            (
                "2013-06-03T10:17:44+01:00",
                Some("2013-06-03T10:17:44+01:00"),
            ),
            ("2013-06-03T10:17:44.123Z", Some("2013-06-03T10:17:44Z")),
            ("2013-06-03", Some("2013-06-03")),
            ("20130603", Some("2013-06-03")),
            ("2013/06/03", Some("2013-06-03")),
            ("03.06.2013", Some("2013-06-03")),
            ("3-Jun-2013 10:17:44 GMT", Some("2013-06-03T10:17:44Z")),
            (
                "Mon Jun  3 10:17:44 EST 2013",
                Some("2013-06-03T10:17:44-05:00"),
            ),
            ("June 3, 2013 at 10:11pm", Some("2013-06-03T22:11:00Z")),
            ("June 3rd, 2013 12:11 am", Some("2013-06-03T00:11:00Z")),
            ("3 June 2013", Some("2013-06-03")),
            ("November 2012", Some("2012-11")),
            ("2012", Some("2012")),
            (
                "mer, 16 nov 2022 00:38:15 +0100",
                Some("2022-11-16T00:38:15+01:00"),
            ),
            (
                "mar., 1 août 2023 10:00:00 GMT",
                Some("2023-08-01T10:00:00Z"),
            ),
            ("Do, 3. Mär 2022", Some("2022-03-03")),
            ("Juin 2013", Some("2013-06")),
            ("Thu, 09 Feb 2006 16:59:45 G", Some("2006-02-09T16:59:45Z")),
            (
                "Thu(oh how I hate thursdays), 9(th) Feb(ruary) 2006 23:59:45 +0000(GMT r0x0rz)",
                Some("2006-02-09T23:59:45Z"),
            ),
            (
                "09 (a (b) Mar)Feb(c\\) 2005) 2006()23:59:45 +0000",
                Some("2006-02-09T23:59:45Z"),
            ),
            (
                "Mon, 3 Jun 2013 10:17:44 (EST)",
                Some("2013-06-03T10:17:44-05:00"),
            ),
            ("Soon, 2013", Some("2013")),
            ("Mon, 31 Feb 2013 10:00:00 GMT", None),
            (
                "Sun Jan 01 2023 10:10:10 GMT+0000 (Coordinated Universal Time)",
                Some("2023-01-01T10:10:10Z"),
            ),
            (
                "2014-01-01 10:00:00 UTC-05:00",
                Some("2014-01-01T10:00:00-05:00"),
            ),
            (
                "2014-01-01 10:00:00 +0200 CEST",
                Some("2014-01-01T10:00:00+02:00"),
            ),
            (
                "2014-01-01T10:00:00+0200",
                Some("2014-01-01T10:00:00+02:00"),
            ),
            ("2014-01-01T10:00", Some("2014-01-01T10:00:00Z")),
            ("17:34 07/24/2014", Some("2014-07-24T17:34:00Z")),
            ("24/07/2014", Some("2014-07-24")),
            ("24-07-2014", Some("2014-07-24")),
            ("07/07/2014", Some("2014-07-07")),
            ("24/7/14", None),
            ("2022年5月1日", Some("2022-05-01")),
            ("2022年5月", Some("2022-05")),
            ("3 de mayo de 2020", Some("2020-05-03")),
            ("le 1er mai 2020", Some("2020-05-01")),
            ("den 3 maj 2020", Some("2020-05-03")),
            ("03/04/2013", None),
            ("yesterday", None),
            ("2013 of our Lord", None),
            ("", None),
        ] {
            let date = parse(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "([0-9A-Za-z+:,./ -]|é){0,40}") {
            parse(&text);
        }
    }
}
