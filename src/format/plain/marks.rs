//! The marks before the items of a list: signs and numbers, and which of them are meant as such.
//!
//! A bullet is always one. A dash or a star may open a speech, and a number may be a year or the number of a
//! chapter: they count only in company, the number with the one before it or after it.

use super::lines::{Line, Stretch};

/// The longest line that a number before it can make a heading, in cells.
const HEADING: usize = 70;

/// A mark at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet, a dash, a star.
    Sign(char),
    /// A number, with the character after it.
    Number(u32, char),
}

/// Returns the mark that a line begins with, whether it is meant or not, and the words after it.
pub(super) fn mark<'t>(line: &Line<'t>) -> Option<(Mark, &'t str)> {
    let first = line.text.chars().next()?;
    if matches!(
        first,
        '•' | '‣' | '◦' | '▪' | '●' | '■' | '·' | '-' | '*' | '+' | '–' | '—'
    ) {
        let rest = line.text.get(first.len_utf8()..)?;
        let parted = rest.starts_with(char::is_whitespace) || is_bullet(first);
        let words = rest.trim_start();
        return (parted && !words.is_empty()).then_some((Mark::Sign(first), words));
    }
    let inner = line.text.strip_prefix('(').unwrap_or(line.text);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner.get(..digits)?.parse().ok()?;
    let after = inner.get(digits..)?;
    let close = after.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let words = after.get(1..)?;
    let parted = words.starts_with(char::is_whitespace) && digits <= 3;
    parted.then(|| (Mark::Number(number, close), words.trim_start()))
}

fn is_bullet(sign: char) -> bool {
    !matches!(sign, '-' | '*' | '+' | '–' | '—' | '·')
}

/// Returns, for each line of each stretch, whether its mark is meant.
pub(super) fn meant(stretches: &[Stretch<'_>]) -> Vec<Vec<bool>> {
    let marks: Vec<(usize, usize, Mark)> = stretches
        .iter()
        .enumerate()
        .flat_map(|(stretch, lines)| {
            lines
                .iter()
                .enumerate()
                .filter_map(move |(place, line)| mark(line).map(|(mark, _)| (stretch, place, mark)))
        })
        .collect();
    let mut meant: Vec<Vec<bool>> = stretches
        .iter()
        .map(|lines| vec![false; lines.len()])
        .collect();
    for (at, (stretch, place, mark)) in marks.iter().enumerate() {
        let neighbours = at
            .checked_sub(1)
            .and_then(|before| marks.get(before))
            .into_iter()
            .chain(marks.get(at + 1));
        let in_company = match mark {
            Mark::Sign(sign) if is_bullet(*sign) => true,
            Mark::Sign(_) => neighbours
                .into_iter()
                .any(|(other, _, neighbour)| neighbour == mark && other.abs_diff(*stretch) <= 1),
            Mark::Number(number, close) => {
                is_counted(&marks, at, *number, *close) && !heads_text(stretches, *stretch)
            }
        };
        if let Some(flag) = meant
            .get_mut(*stretch)
            .and_then(|lines| lines.get_mut(*place))
        {
            *flag = in_company;
        }
    }
    meant
}

/// Returns whether the number before it or after it stands nearby.
fn is_counted(marks: &[(usize, usize, Mark)], at: usize, number: u32, close: char) -> bool {
    let is = |mark: &Mark, wanted: Option<u32>| {
        wanted.is_some_and(|wanted| *mark == Mark::Number(wanted, close))
    };
    let mut after = marks
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .map(|(_, _, mark)| mark);
    let mut before = marks
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .map(|(_, _, mark)| mark);
    let numbered = |mark: &&Mark| matches!(mark, Mark::Number(_, c) if *c == close);
    after
        .find(numbered)
        .is_some_and(|mark| is(mark, number.checked_add(1)))
        || before
            .find(numbered)
            .is_some_and(|mark| is(mark, number.checked_sub(1)))
}

/// Returns whether a numbered line stands alone before running text: the heading of a chapter.
fn heads_text(stretches: &[Stretch<'_>], stretch: usize) -> bool {
    let Some([line]) = stretches.get(stretch).map(Vec::as_slice) else {
        return false;
    };
    let before_text = stretches
        .get(stretch + 1)
        .and_then(|next| next.first())
        .is_some_and(|next| mark(next).is_none() && next.indent <= line.indent);
    before_text && line.width() <= HEADING && !line.text.ends_with(['.', ';', ',', ':'])
}

#[cfg(test)]
mod tests {
    use super::super::lines::stretches;
    use super::*;

    #[test]
    fn a_mark_counts_where_it_is_meant() {
        for (text, expected) in [
            ("• one", &[true][..]),
            ("- one\n- two", &[true, true]),
            ("– So he spoke.", &[false]),
            ("-5 degrees\n-6 degrees", &[false, false]),
            ("1) one\n2) two", &[true, true]),
            ("1. one\n\n2. two", &[true, true]),
            ("2012. It was a year.\n3. no", &[false, false]),
            ("7. It was the seventh.", &[false]),
            (
                "1. Introduction\n\nRunning text follows here.\n\n2. Methods\n\nMore text.",
                &[false, false, false, false],
            ),
            ("(1) one\n(2) two", &[true, true]),
        ] {
            let meant: Vec<bool> = meant(&stretches(text)).into_iter().flatten().collect();
            assert_eq!(meant, expected, "{text}");
        }
    }
}
