//! Lines of Hebrew and Arabic from the order in which they are seen to that in which they are read.
//!
//! A page shows letters at places, so a line is put together from the left. What runs from the right is turned round
//! (the reverse of the Unicode Bidirectional Algorithm, UAX #9, as far as one line needs it): in a line that runs from
//! the right everything is, but for its numbers and words of other letters.

use super::lines::Run;

/// How a character runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runs {
    Right,
    Left,
    /// As those around it.
    Neutral,
}

fn runs(c: char) -> Runs {
    match c {
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            if c.is_alphabetic() || is_mark(c) =>
        {
            Runs::Right
        }
        c if c.is_alphanumeric() => Runs::Left,
        _ => Runs::Neutral,
    }
}

/// Returns whether a sign of Hebrew or Arabic stands on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Puts the words of a line into the order in which they are read.
pub(super) fn to_reading(line: &mut Vec<Run>) {
    let mut letters: Vec<(char, usize)> = Vec::new();
    for (place, run) in line.iter().enumerate() {
        letters.extend(run.text.chars().map(|c| (c, place)));
    }
    let count = |way: Runs| letters.iter().filter(|(c, _)| runs(*c) == way).count();
    let (right, left) = (count(Runs::Right), count(Runs::Left));
    if right == 0 {
        return;
    }
    if right >= left {
        turn(&mut letters);
        within(&mut letters, Runs::Left);
    } else {
        within(&mut letters, Runs::Right);
    }
    let mut read: Vec<Run> = Vec::new();
    let mut open = None;
    for (c, place) in letters {
        let Some(of) = line.get(place) else { continue };
        match read.last_mut() {
            Some(run) if open == Some(place) => run.text.push(c),
            _ => read.push(Run {
                text: c.to_string(),
                ..of.clone()
            }),
        }
        open = Some(place);
    }
    *line = read;
}

/// Turns round the stretches that run this way, each from its first letter to its last.
fn within(letters: &mut [(char, usize)], way: Runs) {
    let mut from = 0;
    while let Some(found) = place(letters, from, |this| this == way) {
        let end = place(letters, found, |this| this != way && this != Runs::Neutral);
        let end = end.unwrap_or(letters.len());
        let stretch = letters.get_mut(found..end).unwrap_or_default();
        let last = stretch.iter().rposition(|(c, _)| runs(*c) == way);
        turn(stretch.get_mut(..=last.unwrap_or(0)).unwrap_or_default());
        from = end;
    }
}

/// Returns the first place from `from` on whose letter runs so.
fn place(letters: &[(char, usize)], from: usize, is: impl Fn(Runs) -> bool) -> Option<usize> {
    let mut rest = letters.get(from..)?.iter();
    Some(from + rest.position(|(c, _)| is(runs(*c)))?)
}

/// Turns letters round; what opens on the one side then closes on it.
fn turn(letters: &mut [(char, usize)]) {
    letters.reverse();
    for (c, _) in letters {
        *c = match *c {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '{' => '}',
            '}' => '{',
            '<' => '>',
            '>' => '<',
            '«' => '»',
            '»' => '«',
            c => c,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::pdf::face::Face;

    fn read(line: &[&str]) -> String {
        let mut line: Vec<Run> = line
            .iter()
            .enumerate()
            .map(|(place, text)| Run {
                text: (*text).to_owned(),
                face: Face {
                    bold: place % 2 == 1,
                    ..Face::default()
                },
                link: None,
            })
            .collect();
        to_reading(&mut line);
        line.iter()
            .map(|run| {
                if run.face.bold {
                    format!("<{}>", run.text)
                } else {
                    run.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn lines_that_run_from_the_right_are_turned_round_without_their_numbers() {
        for (seen, expected) in [
            (&["plain (words)"][..], "plain (words)"),
            (&["םלוע םולש"], "שלום עולם"),
            (&[".2021 תנשב"], "בשנת 2021."),
            (&["(ABC) ריצקת"], "תקציר (ABC)"),
            (&["see םלוע םולש there it is"], "see שלום עולם there it is"),
            (&["ם", "לו", "ש"], "ש<ול>ם"),
            (&[""], ""),
        ] {
            assert_eq!(read(seen), expected);
        }
    }
}
