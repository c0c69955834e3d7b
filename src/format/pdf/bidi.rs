//! Lines of Hebrew and Arabic from the order in which they are seen to that in which they are read.
//!
//! A page shows letters at places, so a line is put together from the left. What runs from the right is turned round
//! (the reverse of the Unicode Bidirectional Algorithm, UAX #9, as far as one line needs it): in a line that runs from
//! the right everything is, but for its numbers and words of other letters. What a glyph says stays in its order, and a
//! point or a vowel sign stays behind its letter.
//!
//! A page of such lines is laid as if it were seen in a mirror, so that columns, cells and indents are told as on others.

use std::borrow::Cow;

use super::lines::{Piece, Run};

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

/// Returns what a glyph says in the order in which it would be seen if each of its letters were one.
pub(super) fn as_seen(text: &str) -> Cow<'_, str> {
    let mut letters = text.chars();
    let runs_right = letters.next().is_some_and(|c| runs(c) == Runs::Right);
    if !runs_right || letters.next().is_none() {
        return Cow::Borrowed(text);
    }
    let mut letters: Vec<(char, usize)> = text.chars().map(|c| (c, 0)).collect();
    turn(&mut letters);
    within(&mut letters, Runs::Left);
    Cow::Owned(letters.into_iter().map(|(c, _)| c).collect())
}

/// Lays a page from the left that is read from the right.
pub(super) fn lay_from_left(pieces: &mut [Piece]) {
    let (mut right, mut left) = (0usize, 0usize);
    let runs_of = pieces.iter().flat_map(|piece| &piece.runs);
    for c in runs_of.flat_map(|run| run.text.chars()) {
        match runs(c) {
            Runs::Right => right += 1,
            Runs::Left => left += 1,
            Runs::Neutral => {}
        }
    }
    if right <= left {
        return;
    }
    let first = pieces.iter().map(|piece| piece.x0).fold(f32::MAX, f32::min);
    let last = pieces.iter().map(|piece| piece.x1).fold(f32::MIN, f32::max);
    for piece in pieces {
        (piece.x0, piece.x1) = (first + last - piece.x1, first + last - piece.x0);
    }
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

/// Puts the marks that come before their letter, now that the letters are turned round, behind it.
fn set_marks(letters: &mut [(char, usize)]) {
    let mut from = 0;
    while let Some(rest) = letters.get_mut(from..).filter(|rest| !rest.is_empty()) {
        let marks = rest.iter().take_while(|(c, _)| is_mark(*c)).count();
        let with_letter = rest.get_mut(..=marks);
        if let Some(both) = with_letter
            && both.last().is_some_and(|(c, _)| runs(*c) == Runs::Right)
        {
            both.rotate_right(1);
        }
        from += marks + 1;
    }
}

/// Turns letters round; what opens on the one side then closes on it.
fn turn(letters: &mut [(char, usize)]) {
    letters.reverse();
    set_marks(letters);
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
