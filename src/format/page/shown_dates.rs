//! Dates as pages show them to the eye: in a line with other words, in the languages that pages are written in.
//!
//! What is marked for machines is read elsewhere and goes before all of this. Only whole days count here: a year in a
//! line is a footer's. Days and months in figures are taken where only one reading of them is a date.

use super::besides::Besides;
use super::tree::{Id, ROOT, Step, Tree};
use crate::document::Date;
use crate::format::html;

/// The longest line that is looked at, in characters.
const LONGEST: usize = 160;

/// How many texts below the title are looked at, and how many above it.
const BELOW: usize = 24;
const ABOVE: usize = 8;

/// How much of a text beside the title must be its date, from 0 to 1; one with less mentions a date.
const MOST: f32 = 0.35;

/// How the names of the months begin, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "gen", "ene", "styc"],
    &["feb", "fév", "fev", "lut"],
    &["mar", "mär", "mrz", "maa", "mrt"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mag", "mei", "maj"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aoû", "aou", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "ott", "out", "paź"],
    &["nov", "lis"],
    &["dec", "dez", "déc", "dic", "gru"],
];

/// Returns the first whole day that a line names, and how many letters and figures name it.
pub(super) fn in_line(line: &str) -> Option<(Date, usize)> {
    let head: String = line.chars().take(LONGEST).collect();
    let words: Vec<String> = head
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    (0..words.len()).find_map(|at| day_at(words.get(at..)?))
}

/// Returns the day that some words begin with.
fn day_at(words: &[String]) -> Option<(Date, usize)> {
    // `24 de julio de 2017`, `1st of May 2017`.
    let mut taken: Vec<&str> = Vec::new();
    for word in words.iter().take(5) {
        if !matches!(word.as_str(), "de" | "del" | "of" | "do") || taken.is_empty() {
            taken.push(word);
        }
        if taken.len() == 3 {
            break;
        }
    }
    let [first, second, third] = taken.as_slice() else {
        return None;
    };
    let (year, month, day) = if let Some(year) = year(first) {
        (year, month(second).or_else(|| number(second))?, day(third)?)
    } else if let Some(month) = month(first) {
        (year(third)?, month, day(second)?)
    } else {
        let year = year(third)?;
        match (day(first)?, month(second)) {
            (day, Some(month)) => (year, month, day),
            // `03.04.2013` is a day before a month; so is `25/04`. `03/04` may be either, and stays apart by its signs.
            (one, None) => {
                let other = day(second)?;
                if other > 12 {
                    (year, one, other)
                } else {
                    (year, other, one)
                }
            }
        }
    };
    let length = taken.iter().map(|word| word.chars().count()).sum();
    Some((Date::new(year, Some(month), Some(day))?, length))
}

fn number(word: &str) -> Option<i8> {
    (word.len() <= 2).then(|| word.parse().ok())?
}

fn year(word: &str) -> Option<i16> {
    let year = (word.len() == 4).then(|| word.parse().ok())??;
    (1970..2100).contains(&year).then_some(year)
}

fn day(word: &str) -> Option<i8> {
    let end = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = word.get(..word.len() - end.len())?;
    // `07T17` is a day and the hour after it.
    let is_hour = |end: &str| {
        end.strip_prefix('t')
            .is_some_and(|hour| number(hour).is_some())
    };
    let is_day = matches!(end, "" | "st" | "nd" | "rd" | "th" | "er" | "º") || is_hour(end);
    is_day
        .then(|| number(bare))?
        .filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    if !word.starts_with(char::is_alphabetic) || word.chars().count() > 12 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
    i8::try_from(at + 1).ok()
}

/// Returns whether a line has a day and a month in figures that may be read either way.
fn is_ambiguous(line: &str) -> bool {
    let parts: Vec<&str> = line.split('/').collect();
    parts.windows(3).any(|three| {
        let [before, middle, _] = three else {
            return false;
        };
        let first = before.rsplit(|c: char| !c.is_ascii_digit()).next();
        let small = |word: &str| number(word).is_some_and(|number| (1..=12).contains(&number));
        small(first.unwrap_or_default()) && small(middle) && first != Some(middle)
    })
}

/// Returns the day in the line of an element whose name says that it holds one.
pub(super) fn named(line: &str) -> Option<Date> {
    if is_ambiguous(line) {
        return None;
    }
    in_line(line).map(|(date, _)| date)
}

/// Returns the day that is part of an address: `/2012/05/31/`, `/2012-05-31-`.
pub(super) fn in_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next()?.split_once("://")?.1;
    let parts: Vec<&str> = path.split(['/', '-']).skip(1).collect();
    parts.windows(3).find_map(|three| {
        let [first, second, third] = three else {
            return None;
        };
        let month = number(second).or_else(|| month(second).filter(|_| second.len() == 3))?;
        Date::new(year(first)?, Some(month), Some(number(third)?))
    })
}

/// Returns the day that stands by itself near the heading that is the page's title.
pub(super) fn near(tree: &Tree, heading: Id, besides: &Besides) -> Option<Date> {
    let mut above: Vec<Id> = Vec::new();
    let mut below: Vec<Id> = Vec::new();
    let mut is_past = false;
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let signs = besides.signs(id);
        if besides.is_out(id) || signs.comments || signs.notice || tree.tag(id) == "head" {
            walk.pass_over(id);
        } else if id == heading {
            is_past = true;
            walk.pass_over(id);
        } else if tree.words(id).is_some_and(|words| !words.trim().is_empty()) {
            let texts = if is_past { &mut below } else { &mut above };
            texts.push(id);
            if below.len() >= BELOW {
                break;
            }
        }
    }
    if !is_past {
        return None;
    }
    below
        .into_iter()
        .chain(above.into_iter().rev().take(ABOVE))
        .find_map(|id| by_itself(&html::line(tree.words(id)?)))
}

/// Returns the day of a text that is there for it.
fn by_itself(text: &str) -> Option<Date> {
    if text.len() > LONGEST || is_ambiguous(text) {
        return None;
    }
    let (date, length) = in_line(text)?;
    let all = text.chars().filter(|c| c.is_alphanumeric()).count();
    (length as f32 >= MOST * all as f32).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_in_a_line_of_any_language() {
        for (line, day) in [
            ("Friday, December 23, 2016", Some("2016-12-23")),
            ("am 24. Juli 2017 - 18:55", Some("2017-07-24")),
            (", le 15 septembre 2009", Some("2009-09-15")),
            ("jueves, 09 enero 2014 -", Some("2014-01-09")),
            ("24 de julio de 2017", Some("2017-07-24")),
            ("13. Mai 2012 11:00", Some("2012-05-13")),
            ("Mittwoch, Mai 10, 2017 4:14:00 PM", Some("2017-05-10")),
            ("veröffentlicht: 25.10.2007 15:19", Some("2007-10-25")),
            ("11/18/2011 2:27 AM", Some("2011-11-18")),
            ("Updated 2019-01-07T17:27:31", Some("2019-01-07")),
            ("08/09/2019", None),
            ("Copyright © 1997 - 2018", None),
            ("31 February 2013", None),
            ("page 3 of 2012", None),
            ("", None),
        ] {
            let found = named(line).map(|date| date.to_string());
            assert_eq!(found.as_deref(), day, "{line}");
        }
    }

    #[test]
    fn a_day_is_found_in_an_address() {
        for (address, day) in [
            (
                "https://a.example/luebeck/2012/05/31/das-haus/",
                Some("2012-05-31"),
            ),
            (
                "https://a.example/2012-05-31-the-house.html",
                Some("2012-05-31"),
            ),
            (
                "https://a.example/2012/may/31/the-house",
                Some("2012-05-31"),
            ),
            ("https://a.example/2012/05/the-house", None),
            ("https://a.example/story-2012", None),
            ("no address", None),
        ] {
            let found = in_address(address).map(|date| date.to_string());
            assert_eq!(found.as_deref(), day, "{address}");
        }
    }

    #[test]
    fn a_text_that_mentions_a_day_is_not_there_for_it() {
        assert!(by_itself("Freitag | 14. Juni 2019 | 15:49 von Sina").is_some());
        assert!(
            by_itself("The bridge was closed on 14 June 2019 and has not been opened since.")
                .is_none()
        );
    }
}
