//! Signs of bold and italics that were left over: `on** this** day`, `**First—**Second`, `_A sentence. _`, `****`.
//!
//! Two that can be no pair as `CommonMark` has it are one where another reader would see one. A single sign goes where
//! it can only be a beginning without an end, and the other way round; `77** of them` and `a * b` stay.

use std::ops::Range;

use super::{Edits, Piece, Run, is_escaped};

/// How many signs further the second of a pair is looked for: others may stand within.
const AHEAD: usize = 4;

/// Signs of one sort that stand together.
#[derive(Debug)]
struct Signs {
    sign: char,
    range: Range<usize>,
    nest: u32,
    before: Option<char>,
    after: Option<char>,
    starts_block: bool,
    ends_block: bool,
}

impl Signs {
    fn new(sign: char, range: Range<usize>, nest: u32) -> Self {
        Self {
            sign,
            range,
            nest,
            before: None,
            after: None,
            starts_block: false,
            ends_block: false,
        }
    }

    fn count(&self) -> usize {
        self.range.len()
    }

    fn is_blank_before(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn is_blank_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    fn is_within_word(&self) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        is_letter(self.before) && is_letter(self.after)
    }

    /// Returns whether a word begins right after it and none ends right before it.
    fn opens(&self) -> bool {
        !self.before.is_some_and(char::is_alphanumeric) && !self.is_blank_after()
    }

    fn closes(&self) -> bool {
        !self.is_blank_before() && !self.after.is_some_and(char::is_alphanumeric)
    }

    /// Returns whether it stands by itself.
    fn is_free(&self) -> bool {
        self.is_blank_before() && !self.after.is_some_and(char::is_alphanumeric)
    }

    fn ends_sentence(&self) -> bool {
        let ends = |c| {
            matches!(
                c,
                '.' | '!' | '?' | '…' | '”' | '"' | ')' | '’' | ']' | '>' | '/'
            )
        };
        self.before.is_some_and(ends)
    }

    /// Returns whether a sentence begins right after it.
    fn begins_sentence(&self) -> bool {
        let begins = |c: char| c.is_uppercase() || matches!(c, '“' | '"' | '[' | '<');
        self.after.is_some_and(begins)
    }
}

/// Mends the signs of one block.
pub(super) fn mend(run: &Run, text: &str, edits: &mut Edits) {
    let (empty, signs): (Vec<Signs>, Vec<Signs>) = gather(run, text)
        .into_iter()
        .partition(|signs| signs.sign == '*' && signs.count() >= 4);
    for signs in empty {
        edits.cut(signs.range);
    }
    let mut taken = vec![false; signs.len()];
    for (place, first) in signs.iter().enumerate() {
        if taken.get(place) == Some(&true) {
            continue;
        }
        let ahead = signs.iter().enumerate().skip(place + 1).take(AHEAD);
        let mut ahead = ahead.filter(|(at, _)| taken.get(*at) == Some(&false));
        match ahead.find(|(_, second)| is_pair(first, second)) {
            Some((at, second)) => {
                pair(first, second, text, edits);
                if let Some(taken) = taken.get_mut(at) {
                    *taken = true;
                }
            }
            None => single(first, run, edits),
        }
    }
}

fn gather(run: &Run, text: &str) -> Vec<Signs> {
    let mut found: Vec<Signs> = Vec::new();
    for piece in &run.pieces {
        let at = piece.range.start;
        let words = text.get(piece.range.clone()).unwrap_or_default();
        if !matches!(words, "*" | "_") {
            found.extend(standing_free(words, piece, text));
            continue;
        }
        let sign = if words == "*" { '*' } else { '_' };
        match found.last_mut() {
            Some(last) if last.range.end == at && last.sign == sign && last.nest == piece.nest => {
                last.range.end = piece.range.end;
            }
            _ if is_escaped(text, at) => {}
            _ => found.push(Signs::new(sign, piece.range.clone(), piece.nest)),
        }
    }
    let covered = run.covered.clone().unwrap_or_default();
    for signs in &mut found {
        signs.before = run.before(text, signs.range.start);
        signs.after = run.after(text, signs.range.end);
        signs.starts_block = signs.range.start == covered.start;
        signs.ends_block = signs.range.end == covered.end;
    }
    found
}

/// Returns the signs of a piece that have blanks about them, which the parser takes for words.
fn standing_free<'p>(
    words: &'p str,
    piece: &'p Piece,
    text: &'p str,
) -> impl Iterator<Item = Signs> + 'p {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let signs = words.match_indices(['*', '_']);
    signs.filter_map(move |(at, sign)| {
        let sign = sign.chars().next()?;
        let (before, rest) = words.split_at_checked(at)?;
        if !is_blank(before.chars().next_back()) {
            return None;
        }
        let after = rest.trim_start_matches(sign);
        let range = piece.range.start + at..piece.range.start + at + rest.len() - after.len();
        let is_free = is_blank(after.chars().next());
        (is_free && !is_escaped(text, range.start)).then(|| Signs::new(sign, range, piece.nest))
    })
}

fn is_pair(first: &Signs, second: &Signs) -> bool {
    if first.sign != second.sign
        || first.nest != second.nest
        || first.count() != second.count()
        || first.range.end == second.range.start
    {
        return false;
    }
    match (first.count(), first.sign) {
        (2, '*') => true,
        (2, _) => !first.is_within_word() && !second.is_within_word(),
        // What stands by itself in a sum has blanks about it.
        (1, '*') => {
            first.opens() && second.is_free()
                || first.is_free() && first.before.is_none() && second.closes()
                || !first.is_blank_before()
                    && !first.before.is_some_and(char::is_alphanumeric)
                    && first.is_blank_after()
                    && second.closes()
        }
        (1, _) => {
            first.opens() && (second.is_free() || second.ends_sentence())
                || first.is_free() && second.closes()
        }
        _ => false,
    }
}

fn pair(first: &Signs, second: &Signs, text: &str, edits: &mut Edits) {
    let within = text
        .get(first.range.end..second.range.start)
        .unwrap_or_default();
    // A tag alone on its line begins a block of HTML.
    let shows = within.contains(char::is_alphanumeric) && !within.starts_with('\n');
    let (open, close) = match (shows, first.count()) {
        (false, _) => ("", ""),
        (true, 2) => ("<strong>", "</strong>"),
        (true, _) => ("<em>", "</em>"),
    };
    edits.put(first.range.clone(), open);
    edits.put(second.range.clone(), close);
}

fn single(signs: &Signs, run: &Run, edits: &mut Edits) {
    let is_all = signs.starts_block && signs.ends_block;
    let goes = match (signs.count(), signs.sign) {
        _ if run.in_row || signs.is_within_word() => false,
        (1 | 2, '_') if is_all => true,
        (2, '*') if signs.starts_block && signs.is_blank_after() && !is_all => {
            edits.has_note = true;
            false
        }
        (2, '*') if signs.ends_block && !signs.is_blank_before() => {
            return edits.ends.push(signs.range.clone());
        }
        (2, '*') => is_all || signs.is_blank_before() && !signs.is_blank_after(),
        (1 | 2, '_') => {
            signs.starts_block && signs.begins_sentence()
                || signs.ends_sentence() && signs.is_blank_after()
                || signs.ends_block && signs.is_free()
        }
        _ => false,
    };
    if goes {
        edits.cut(signs.range.clone());
    }
}
