//! Tables of contents: lines that lead by dots to the number of a page, and lists below a line that says `Contents`.
//!
//! Where the headings they name stand in the text, they are left out: the outline says it all, and no page has a number
//! here. Where those headings are not found, the lines stay, as items of a list, without dots and pages.

use std::collections::HashSet;

use super::lines::{Line, Stretch};

/// What stands above a table of contents.
const HEADS: [&str; 3] = ["contents", "tableofcontents", "thecontents"];

/// How many dots lead at least.
const DOTS: usize = 3;

/// The widest line of one, in bytes.
const WIDEST: usize = 160;

/// The bytes of a stretch that is surely text.
const RUNNING: usize = 200;

/// Returns the words of a line that leads by dots to a page.
pub(super) fn entry(line: &str) -> Option<&str> {
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit() || "ivxl".contains(c));
    if before.len() == line.len() || line.len() > WIDEST {
        return None;
    }
    let words = before.trim_end_matches(['.', ' ', '\u{a0}', '…', '·', '_']);
    let led = before.get(words.len()..)?;
    let dots: usize = led
        .chars()
        .map(|c| match c {
            '.' | '·' | '_' => 1,
            '…' => DOTS,
            _ => 0,
        })
        .sum();
    (dots >= DOTS && words.contains(char::is_alphabetic)).then_some(words)
}

/// Returns whether most lines of a stretch lead to pages.
pub(super) fn is_led(stretch: &Stretch<'_>) -> bool {
    let led = stretch
        .iter()
        .filter(|line| entry(line.text).is_some())
        .count();
    led * 5 >= stretch.len() * 3
}

/// Leaves out the tables of contents whose headings stand in the text after them.
pub(super) fn leave_out(stretches: &mut Vec<Stretch<'_>>) {
    if !stretches
        .iter()
        .any(|stretch| is_led(stretch) || is_head(stretch))
    {
        return;
    }
    // From the end, so that what is said after each stretch is known when it is looked at.
    let mut later: HashSet<String> = HashSet::new();
    let found: Vec<(bool, bool)> = stretches
        .iter()
        .rev()
        .map(|stretch| {
            let entries: Vec<String> = stretch.iter().map(|line| key(words(line))).collect();
            let known = entries
                .iter()
                .filter(|entry| later.contains(*entry))
                .count()
                * 2
                >= entries.len();
            if !is_led(stretch) {
                later.extend(entries.iter().take(1).filter(|_| short(stretch)).cloned());
                if short(stretch) && stretch.len() <= 3 {
                    later.insert(entries.concat());
                }
            }
            (known, is_led(stretch))
        })
        .collect();
    let found: Vec<(bool, bool)> = found.into_iter().rev().collect();
    let mut dropped = vec![false; stretches.len()];
    let mut within = false;
    for (place, stretch) in stretches.iter().enumerate() {
        let Some((known, led)) = found.get(place).copied() else {
            continue;
        };
        if is_head(stretch) {
            within = found
                .get(place + 1)
                .is_some_and(|(known, led)| *known || *led && next_is_known(&found, place + 1));
            if let Some(drop) = dropped.get_mut(place) {
                *drop = within;
            }
            continue;
        }
        let heads_text = stretch.len() == 1
            && !led
            && stretches
                .get(place + 1)
                .is_some_and(|next| bytes(next) > RUNNING);
        within &= known && !heads_text || led;
        if let Some(drop) = dropped.get_mut(place) {
            *drop = within || led && known;
        }
    }
    let mut dropped = dropped.into_iter();
    stretches.retain(|_| !dropped.next().unwrap_or(false));
}

/// Returns whether one of the stretches that lead to pages from `place` on names what follows.
fn next_is_known(found: &[(bool, bool)], place: usize) -> bool {
    found
        .iter()
        .skip(place)
        .take_while(|(_, led)| *led)
        .any(|(known, _)| *known)
}

fn is_head(stretch: &Stretch<'_>) -> bool {
    matches!(stretch.as_slice(), [line] if line.text.len() <= 40 && HEADS.contains(&key(line.text).as_str()))
}

fn short(stretch: &Stretch<'_>) -> bool {
    bytes(stretch) <= WIDEST
}

fn bytes(stretch: &Stretch<'_>) -> usize {
    stretch.iter().map(|line| line.text.len()).sum()
}

/// Returns the words of a line, without what leads to a page and the page itself.
fn words<'t>(line: &Line<'t>) -> &'t str {
    entry(line.text).unwrap_or_else(|| match line.text.rsplit_once("  ") {
        Some((words, page)) if page.trim().bytes().all(|byte| byte.is_ascii_digit()) => words,
        _ => line.text,
    })
}

/// Returns the letters and digits of a line, in lower case: what a heading and its entry share.
fn key(text: &str) -> String {
    if text.len() > WIDEST {
        return String::new();
    }
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn a_line_of_contents_leads_by_dots_to_a_page() {
        for (line, expected) in [
            (
                "1.  Introduction  . . . . . . .   4",
                Some("1.  Introduction"),
            ),
            ("Preface.........ix", Some("Preface")),
            ("Rain … 12", Some("Rain")),
            ("It was so... 12 of them", None),
            ("It was in 1984", None),
            ("........ 3", None),
        ] {
            assert_eq!(entry(line), expected, "{line}");
        }
    }

    #[test]
    fn contents_go_where_their_headings_stand_in_the_text() {
        for (text, expected) in [
            (
                "Table of Contents\n\n1. Rain ..... 4\n2. Snow ..... 5\n\n1. Rain\n\nIt rains.\n\n2. Snow\n\nIt snows.",
                "1. Rain|It rains.|2. Snow|It snows.",
            ),
            (
                "CONTENTS\n\nCHAPTER I. Rain\nCHAPTER II. Snow\n\nCHAPTER I\nRain\n\nIt rains.\n\nCHAPTER II\nSnow\n\nIt snows.",
                "CHAPTER I|It rains.|CHAPTER II|It snows.",
            ),
            (
                "Contents\n\nOne ... 1\nTwo ... 2\n\nOther words.",
                "Contents|One ... 1|Other words.",
            ),
            (
                "Contents\n\nA bottle of milk.",
                "Contents|A bottle of milk.",
            ),
        ] {
            let mut stretches = lines::stretches(text);
            leave_out(&mut stretches);
            let left: Vec<&str> = stretches.iter().map(|stretch| stretch[0].text).collect();
            assert_eq!(left.join("|"), expected);
        }
    }
}
