//! Dates as posts show them: within a line, after words like `Posted on`, day and month in either order.

use crate::document::Date;
use crate::format::dates;

/// The longest line that is looked at for a date, in bytes.
pub(super) const LONGEST: usize = 120;

/// How many words of a line a date may have.
const MOST_WORDS: usize = 10;

/// A date that a post shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// It says one thing.
    Known(Date),
    /// Day and month are numbers, and other posts must tell which is which.
    Numeric(Numeric),
}

/// A date whose day and month are told apart by nothing in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numeric {
    first: u8,
    second: u8,
    year: u16,
    /// The time of day, as written.
    time: String,
}

impl When {
    /// Returns the date, where it can be told; `month_first` as [`is_month_first`] says.
    pub fn date(&self, month_first: Option<bool>) -> Option<Date> {
        match self {
            Self::Known(date) => Some(*date),
            Self::Numeric(numeric) => numeric.date(month_first?),
        }
    }
}

impl Numeric {
    fn date(&self, month_first: bool) -> Option<Date> {
        let (month, day) = if month_first {
            (self.first, self.second)
        } else {
            (self.second, self.first)
        };
        let day = format!("{:04}-{month:02}-{day:02}", self.year);
        dates::parse(&format!("{day} {}", self.time)).or_else(|| dates::parse(&day))
    }

    /// Returns whether the clock has twelve hours, as where the month comes first.
    fn has_half_days(&self) -> bool {
        let time = self.time.to_ascii_lowercase();
        time.ends_with("am") || time.ends_with("pm")
    }
}

/// Tells of the dates of one page whether the month comes before the day: by a number that is no month, else by the
/// clock that is in use where it does.
pub(super) fn is_month_first<'w>(all: impl Iterator<Item = &'w When>) -> Option<bool> {
    let (mut day_second, mut half_days, mut any) = (false, false, false);
    for when in all {
        let When::Numeric(numeric) = when else {
            continue;
        };
        if numeric.first > 12 {
            return Some(false);
        }
        any = true;
        day_second |= numeric.second > 12;
        half_days |= numeric.has_half_days();
    }
    (any && (day_second || half_days)).then_some(true)
}

/// Returns the date that stands in a line, with its year.
pub(super) fn read(line: &str) -> Option<When> {
    if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let line = line.trim();
    if line.len() > 18
        && let Some(date) = dates::parse(line)
    {
        return Some(When::Known(date));
    }
    let words = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '«' | '»' | '|' | '•'))
        .filter(|word| !word.is_empty());
    let mut run: Vec<String> = Vec::new();
    for word in words.chain(["."]) {
        let word = word.to_lowercase();
        if is_joint(&word) && !run.is_empty() {
            continue;
        }
        if is_of_date(&word) && run.len() < MOST_WORDS {
            run.push(with_century(word));
            continue;
        }
        if let Some(when) = of_run(&run) {
            return Some(when);
        }
        run.clear();
    }
    None
}

/// Reads the words of a date.
fn of_run(run: &[String]) -> Option<When> {
    if let Some(numeric) = numeric(run) {
        return Some(When::Numeric(numeric));
    }
    // A day and an hour are no year.
    let has_year = run.iter().any(|word| {
        let mut digits = word.split(|c: char| !c.is_ascii_digit());
        digits.any(|number| number.len() == 4 && matches!(number.get(..2), Some("19" | "20")))
            || word.matches(['.', '/', '-']).count() == 2
    });
    let parse = |run: &[String]| dates::parse(&run.join(" "));
    let date = has_year
        .then(|| {
            parse(run)
                // What follows may be the number of the post.
                .or_else(|| parse(run.get(..run.len().saturating_sub(1))?))
                .or_else(|| parse(run.get(..1)?))
        })
        .flatten();
    // A number alone is no date.
    date.filter(|date| date.month().is_some()).map(When::Known)
}

/// Reads `03-01-2011` with what follows it.
fn numeric(run: &[String]) -> Option<Numeric> {
    let at = run
        .iter()
        .position(|word| word.matches(['.', '/', '-']).count() == 2)?;
    let mut parts = run.get(at)?.split(['.', '/', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |number: &str| matches!(number.len(), 1 | 2);
    if !is_short(first) || !is_short(second) {
        return None;
    }
    let year: u16 = match year.len() {
        4 => year.parse().ok()?,
        2 => year.parse::<u16>().ok().map(
            |year| {
                if year < 50 { 2000 + year } else { 1900 + year }
            },
        )?,
        _ => return None,
    };
    let (first, second): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let sound = (1..=31).contains(&first) && (1..=31).contains(&second);
    let time = run.get(at + 1..).unwrap_or_default().join(" ");
    // With points, the day always comes first.
    let dotted = run.get(at)?.contains('.');
    (sound && !(dotted && first <= 12 && second <= 12)).then_some(Numeric {
        first,
        second,
        year,
        time,
    })
}

fn is_joint(word: &str) -> bool {
    matches!(word, "at" | "-" | "–" | "um" | "à" | "@")
}

/// Returns whether a word may be a piece of a date.
fn is_of_date(word: &str) -> bool {
    let word = word.trim_start_matches('\'');
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let rest = word.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | '-' | '+')
        });
        return word.len() <= 32
            && (rest.len() <= 3
                || rest.starts_with('t')
                || rest.bytes().all(|byte| byte.is_ascii_alphabetic()) && word.contains('-'));
    }
    let name = word.trim_end_matches('.');
    matches!(name, "am" | "pm" | "utc" | "gmt" | "z")
        || name.starts_with(['+', '-']) && name.len() == 5
        || MONTHS_AND_DAYS.iter().any(|known| {
            name == *known
                || name.len() > 3 && LONG_NAMES.contains(&name) && name.starts_with(known)
        })
}

const MONTHS_AND_DAYS: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun",
];

const LONG_NAMES: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "sept",
    "september",
    "october",
    "november",
    "december",
    "tues",
    "thur",
    "thurs",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "sund",
];

/// Returns `'15` as `2015`.
fn with_century(word: String) -> String {
    match word.strip_prefix('\'').map(str::parse::<u16>) {
        Some(Ok(year)) if year < 50 => format!("{}", 2000 + year),
        Some(Ok(year)) if year < 100 => format!("{}", 1900 + year),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_within_the_line_that_shows_it() {
        for (line, expected) in [
            ("» Tue Mar 01, 2011 10:00 am", Some("2011-03-01T10:00:00Z")),
            (
                "by annie » Tue Mar 01, 2011 10:00 am",
                Some("2011-03-01T10:00:00Z"),
            ),
            (
                "Reply #1 on: March 02, 2011, 10:00:00 AM »",
                Some("2011-03-02T10:00:00Z"),
            ),
            ("Mar 1, 2019 at 10:00 AM", Some("2019-03-01T10:00:00Z")),
            (
                "Posted 1 March 2011 - 10:00 AM",
                Some("2011-03-01T10:00:00Z"),
            ),
            ("asked May 5 '15 at 10:00", Some("2015-05-05T10:00:00Z")),
            ("2015-05-05 10:00:00Z", Some("2015-05-05T10:00:00Z")),
            ("2020-01-01T10:00:00", Some("2020-01-01T10:00:00Z")),
            (
                "2020-01-01T10:00:00 1577872800",
                Some("2020-01-01T10:00:00Z"),
            ),
            ("on 3 June 2013", Some("2013-06-03")),
            ("Monday, 1 October 2011", Some("2011-10-01")),
            ("1.3.2011", Some("2011-03-01")),
            ("answered May 6 at 10", None),
            ("3 years ago", None),
            ("Posts: 2011", None),
            ("marching 12 of 2011 soldiers", None),
            ("12 points", None),
            ("", None),
        ] {
            let found = read(line).and_then(|when| when.date(None));
            assert_eq!(
                found.map(|date| date.to_string()).as_deref(),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn the_posts_of_a_page_tell_together_which_number_is_the_month() {
        for (lines, expected) in [
            (
                vec!["03-01-2011, 10:00 AM", "03-02-2011, 10:00 PM"],
                Some("2011-03-01T10:00:00Z"),
            ),
            (
                vec!["03/01/2011 10:00", "25/01/2011 11:00"],
                Some("2011-01-03T10:00:00Z"),
            ),
            (
                vec!["03/01/2011 10:00", "01/25/2011 11:00"],
                Some("2011-03-01T10:00:00Z"),
            ),
            (vec!["03/01/2011 10:00", "04/01/2011 11:00"], None),
            (vec!["25.01.2011, 11:00"], Some("2011-01-25T11:00:00Z")),
        ] {
            let found: Vec<When> = lines.iter().filter_map(|line| read(line)).collect();
            assert_eq!(found.len(), lines.len(), "{lines:?}");
            let month_first = is_month_first(found.iter());
            let first = found[0].date(month_first);
            assert_eq!(
                first.map(|date| date.to_string()).as_deref(),
                expected,
                "{lines:?}"
            );
        }
    }
}
