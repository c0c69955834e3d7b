//! Headings by their number and by where they stand: `3.2.1. Terms`, `Appendix A.`, a line that hangs out of the margin
//! of the text, a line in the middle of the page.

use super::lines::{Line, Stretch, Wrapping, ends_sentence, width};
use super::marks::{self, Mark};
use super::pieces::is_rule;

/// The widest heading, its lines joined, in cells.
const HEADING: usize = 120;

/// The most lines of one.
const HEADING_LINES: usize = 3;

/// How far in a text must stand for what hangs out of it to be seen, in cells.
const HANGS: usize = 2;

/// How far from the middle of the page a line in the middle may be, in cells.
const OFF_CENTRE: usize = 3;

/// How far the middles of two lines of one title are apart at most, in half cells.
const SHARED: usize = 3;

/// The most lines of a title in the middle of the page.
const TITLE_LINES: usize = 4;

/// The deepest heading.
const DEEPEST: usize = 6;

/// Returns the level of a heading that begins with the number of a section, from 1.
pub(super) fn level(words: &str) -> Option<u8> {
    let mut parts = words.split_whitespace();
    let first = parts.next()?;
    let second = parts.next()?;
    if first.eq_ignore_ascii_case("appendix") {
        return (second.trim_end_matches(['.', ':']).len() <= 2).then_some(1);
    }
    let bare = first.trim_end_matches('.');
    let numbers: Vec<&str> = bare.split('.').collect();
    let (head, rest) = numbers.split_first()?;
    let is_number = |text: &str| {
        (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_letter = head.len() == 1 && head.starts_with(|c: char| c.is_ascii_uppercase());
    // `A.` alone is more often an initial.
    let sound = (is_number(head) || is_letter && !rest.is_empty())
        && rest.iter().all(|part| is_number(part));
    let named = second.starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '"' | '“' | '\'' | '<' | '`' | '(')
    });
    (sound && named).then(|| u8::try_from(numbers.len().min(DEEPEST)).unwrap_or(1))
}

/// Returns how many lines at the beginning of a stretch are a heading that hangs out of the margin, and its level.
pub(super) fn hanging(stretch: &Stretch<'_>, margin: usize) -> Option<(usize, u8)> {
    let first = stretch.first()?;
    if margin < HANGS || first.indent >= margin || first.quoted > 0 {
        return None;
    }
    // Items hang out of their own words.
    if let Some((Mark::Sign(_), _)) = marks::mark(first) {
        return None;
    }
    let numbered = level(first.text);
    let lines = 1 + stretch
        .iter()
        .skip(1)
        .take_while(|line| line.indent < margin || numbered.is_some() && line.indent > margin)
        .count();
    let head = stretch.get(..lines)?;
    let sound = lines <= HEADING_LINES
        && !head.iter().any(|line| is_rule(line.text))
        && head.iter().map(Line::width).sum::<usize>() <= HEADING
        && head.last().is_some_and(|last| {
            numbered.is_some() || !ends_sentence(last.text) && !last.text.ends_with([',', ';'])
        })
        && first.text.contains(char::is_alphabetic)
        && !first.text.contains("://")
        && !first.text.contains("   ");
    sound.then(|| {
        (
            lines,
            numbered.unwrap_or(if first.indent == 0 { 1 } else { 2 }),
        )
    })
}

/// Parts the headings that hang out of the margin from the text that stands close below them.
pub(super) fn part(stretches: Vec<Stretch<'_>>, margin: usize) -> Vec<Stretch<'_>> {
    if margin < HANGS {
        return stretches;
    }
    let mut parted = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        if let Some((lines, _)) = hanging(&stretch, margin)
            && lines < stretch.len()
        {
            let rest = stretch.split_off(lines);
            parted.push(stretch);
            stretch = rest;
        }
        parted.push(stretch);
    }
    parted
}

/// Returns whether a stretch is a few lines in the middle of the page, as a title has them.
pub(super) fn is_centred(stretch: &Stretch<'_>, wrapping: Wrapping) -> bool {
    let Some(measure) = wrapping.measure else {
        return false;
    };
    let middle = wrapping.margin * 2 + measure;
    let centre = |line: &Line<'_>| line.indent * 2 + width(line.text);
    let far_in = stretch
        .iter()
        .all(|line| line.indent >= wrapping.margin + 8);
    let of_page = |line: &Line<'_>| middle.abs_diff(centre(line)) <= OFF_CENTRE * 2;
    // Lines of which each begins elsewhere may share a middle that is not quite the page's.
    let shared = stretch
        .iter()
        .zip(stretch.iter().skip(1))
        .all(|(line, next)| {
            line.indent != next.indent && centre(line).abs_diff(centre(next)) <= SHARED
        });
    let stands = stretch.iter().all(|line| {
        line.quoted == 0
            && line.indent > wrapping.margin
            && !line.text.contains(['=', '|', '{', '}'])
    });
    let is_centred = far_in && stretch.iter().all(of_page) || stretch.len() > 1 && shared;
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else {
        return false;
    };
    stretch.len() <= TITLE_LINES
        && stands
        && is_centred
        && !ends_sentence(last.text)
        && !last.text.ends_with(',')
        && !first.text.contains("://")
        && (stretch.len() > 1 || !first.text.contains(','))
        && first
            .text
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn the_number_of_a_section_says_its_level() {
        for (words, expected) in [
            ("1. Introduction", Some(1)),
            ("1  Introduction", Some(1)),
            ("3.2.1.  Terms", Some(3)),
            ("10.2 \"typ\" (Type)", Some(2)),
            ("A.1.  Example", Some(2)),
            ("Appendix B.  Changes", Some(1)),
            ("1984 was a year", None),
            ("A. Smith", None),
            ("3.2.1", None),
            ("1. - no", None),
            ("Appendix notes of mine", None),
        ] {
            assert_eq!(level(words), expected, "{words}");
        }
    }

    #[test]
    fn lines_in_the_middle_are_a_title() {
        let wrapping = Wrapping {
            measure: Some(72),
            margin: 0,
        };
        for (text, expected) in [
            (
                "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007",
                true,
            ),
            ("                         On the Use of Rain", true),
            (
                "                GNU Free Documentation License\n                 Version 1.3, 3 November 2008",
                true,
            ),
            (
                "                    GNU GENERAL PUBLIC LICENSE\n   TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION",
                true,
            ),
            ("                         Drops, and rain", false),
            (
                "            Words that are quoted at some length\n            and go on.",
                false,
            ),
            (
                "            The rain it raineth\n            And so it does in spring it does\n            The wind",
                false,
            ),
            ("On the Use\nof Rain", false),
        ] {
            assert_eq!(
                is_centred(&lines::stretches(text)[0], wrapping),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_hangs_out_of_the_margin_is_a_heading() {
        for (text, expected) in [
            ("Abstract", Some((1, 1))),
            ("NAME\n       ls - list", Some((1, 1))),
            ("10.2.  Names of\n       things", Some((2, 2))),
            ("  Options", Some((1, 2))),
            (" * An item that\n   goes on", None),
            ("Title\n=====", None),
            ("   text", None),
            ("It is a sentence.", None),
        ] {
            let stretches = lines::stretches(text);
            assert_eq!(hanging(&stretches[0], 3), expected, "{text}");
        }
        assert_eq!(hanging(&lines::stretches("Abstract")[0], 0), None);
    }
}
