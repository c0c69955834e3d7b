//! A place in the text of a question, and the small things that can stand there.
//!
//! A backslash takes the meaning from the sign after it; within quotation marks as well.

use super::value::Scope;

/// The longest name of a field, in bytes.
const LONGEST_NAME: usize = "language".len();

#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

/// A run of text without blanks, quotation marks and parentheses, as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bare<'a>(&'a str);

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Returns how many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Passes over one character.
    pub(super) fn skip(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    /// Passes over `sign`, if it stands here.
    pub(super) fn eat(&mut self, sign: char) -> bool {
        let eaten = self.rest.strip_prefix(sign);
        self.rest = eaten.unwrap_or(self.rest);
        eaten.is_some()
    }

    pub(super) fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Returns what was passed over since the cursor was at `from`.
    pub(super) fn since(&self, from: Self) -> &'a str {
        from.rest
            .get(..from.rest.len() - self.rest.len())
            .unwrap_or_default()
    }

    /// Passes over `OR`, `AND` or `NOT` where it stands as a word of its own, and returns it.
    pub(super) fn operator(&mut self) -> Option<&'static str> {
        let word = self.rest.get(..end_of_bare(self.rest, false))?;
        let operator = ["OR", "AND", "NOT"]
            .into_iter()
            .find(|name| *name == word)?;
        self.rest = self.rest.get(operator.len()..)?;
        Some(operator)
    }

    /// Passes over the name of a known field and its colon, and returns the name as written and what it means.
    pub(super) fn field_name(&mut self) -> Option<(&'a str, Scope)> {
        let beginning = self
            .rest
            .get(..self.rest.floor_char_boundary(LONGEST_NAME + 1))?;
        let (name, _) = beginning.split_once(':')?;
        let value = self.rest.get(name.len() + 1..)?;
        let scope = Scope::from_name(name)?;
        self.rest = value;
        Some((name, scope))
    }

    /// Passes over what stands in quotation marks here, and returns it; nothing where none opens, or where it does
    /// not close, or where there is nothing in it.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let inner = self.rest.strip_prefix(is_quotation_mark)?;
        let mut text = String::new();
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => text.extend(chars.next()),
                _ if is_quotation_mark(c) => {
                    self.rest = chars.as_str();
                    return (!text.trim().is_empty()).then_some(text);
                }
                _ => text.push(c),
            }
        }
        None
    }

    /// Passes over the `~5` after a phrase, and returns how many words it allows between; none where there is none.
    pub(super) fn slop(&mut self) -> u32 {
        let Some(after) = self.rest.strip_prefix('~') else {
            return 0;
        };
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        self.rest = after.get(digits..).unwrap_or_default();
        after
            .get(..digits)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0)
    }

    /// Passes over a bare run, and over quotation marks without their partners before it; nothing for an empty one.
    pub(super) fn bare(&mut self, in_list: bool) -> Option<Bare<'a>> {
        self.rest = self.rest.trim_start_matches(is_quotation_mark);
        let end = end_of_bare(self.rest, in_list);
        let (run, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!run.is_empty()).then_some(Bare(run))
    }
}

impl Bare<'_> {
    /// Returns how many bytes it is long, as written.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns how many bytes the sign at its end is long, by which it is matched otherwise than as a word.
    pub(super) fn sign_len(&self) -> usize {
        if self.without_stars().is_some() {
            let stars = self.0.len() - self.0.trim_end_matches('*').len();
            let rest = self.0.get(..self.0.len() - stars);
            // A backslash takes the first of them for a letter.
            return stars - usize::from(rest.is_some_and(ends_escaped));
        }
        match self.without_tilde() {
            Some(_) => self.0.len() - self.0.rfind('~').unwrap_or(self.0.len()),
            None => 0,
        }
    }

    /// Returns how many bytes the name of a field is long that nobody knows, with its colon; none where it has none.
    pub(super) fn unknown_name_len(&self) -> usize {
        let Some((name, rest)) = self.0.split_once(':') else {
            return 0;
        };
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        // What begins so is an address, and no field.
        if is_name && !rest.starts_with('/') && !rest.is_empty() {
            name.len() + 1
        } else {
            0
        }
    }

    /// Returns the run with its backslashes resolved.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut chars = self.0.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => text.extend(chars.next()),
                c => text.push(c),
            }
        }
        text
    }

    /// Returns the run without the `*` at its end, or nothing where none ends it.
    pub(super) fn without_stars(&self) -> Option<String> {
        let mut rest = self.0;
        while let Some(shorter) = rest.strip_suffix('*').filter(|rest| !ends_escaped(rest)) {
            rest = shorter;
        }
        (rest.len() < self.0.len()).then(|| Self(rest).text())
    }

    /// Returns the run without the `~` at its end, or nothing where none ends it. The number that other programs want
    /// after it (`~1`, `~2`) is passed over: how many faults a word may have goes by its length.
    pub(super) fn without_tilde(&self) -> Option<String> {
        ["~", "~1", "~2"]
            .into_iter()
            .find_map(|sign| self.0.strip_suffix(sign))
            .filter(|rest| !ends_escaped(rest))
            .map(|rest| Self(rest).text())
    }
}

/// Returns whether what follows `text` has its meaning taken by a backslash.
fn ends_escaped(text: &str) -> bool {
    text.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
}

/// Returns where the bare run ends that begins with `text`.
fn end_of_bare(text: &str, in_list: bool) -> usize {
    let mut escaped = false;
    text.char_indices()
        .find(|&(_, c)| {
            let ends = !escaped && (ends_bare(c) || in_list && c == ',');
            escaped = !escaped && c == '\\';
            ends
        })
        .map_or(text.len(), |(at, _)| at)
}

/// Returns whether a character ends a bare run.
pub(in crate::query) fn ends_bare(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_quotation_mark(c)
}

/// Returns whether a character is written for a quotation mark: pasted questions have the curly ones.
pub(in crate::query) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '＂')
}
