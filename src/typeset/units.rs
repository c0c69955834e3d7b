//! Break units: the stretches of a line of text between two places where a row may end.
//!
//! The places are those of the Unicode line breaking algorithm (UAX #14), but never within a grapheme cluster. A unit
//! that is wider than the room for it, an address mostly, is cut further: after the marks that part addresses, and
//! where even that is too wide, between clusters. So every unit fits, but for a single cluster wider than the room.
//!
//! Most text is words of ASCII parted by blanks, where the algorithm's answer is known beforehand: a row may end
//! after the blanks and nowhere within the word. Such words are found bytewise; what is not so plain goes through the
//! tables, in stretches that end where a plain word begins again. A test holds both ways equal.
//!
//! After this nobody looks at the text again: packing works on the numbers.

use unicode_linebreak::linebreaks;

use crate::document::TextRange;
use crate::text::cells;

/// A stretch of text that stays on one row, with its place as if the line were one endless row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its bytes, without the blanks after it: those hang beyond the edge and are never counted.
    pub range: TextRange,
    /// The cell where it begins.
    pub x: u32,
    /// Its width in cells.
    pub width: u32,
    /// It is part of a word: a row that ends with it ends with a hyphen, which takes a cell more.
    pub hyphen: bool,
}

impl Unit {
    /// Returns the cell after its last.
    pub fn end(self) -> u32 {
        self.x.saturating_add(self.width)
    }

    /// Returns the cell after the last of a row that ends with it.
    pub fn edge(self) -> u32 {
        self.end().saturating_add(u32::from(self.hyphen))
    }
}

/// Splits a line, which has no line feed in it, from its beginning to its end.
pub(super) struct Splitter<'a> {
    line: &'a str,
    /// The byte of the body where the line begins.
    at: usize,
    room: u32,
    /// The byte of the line that was reached.
    next: usize,
    /// The cell that was reached.
    x: u32,
}

impl<'a> Splitter<'a> {
    /// Returns a splitter of the line that begins at the byte `at` of the body, for rows of `room` cells.
    pub fn new(line: &'a str, at: usize, room: u32) -> Self {
        Self {
            line,
            at,
            room,
            next: 0,
            x: 0,
        }
    }

    /// Appends some `count` units more, and returns whether anything of the line is left.
    pub fn fill(&mut self, count: usize, units: &mut Vec<Unit>) -> bool {
        let bytes = self.line.as_bytes();
        let enough = units.len().saturating_add(count);
        while self.next < bytes.len() && units.len() < enough {
            if let Some(word) = plain_word(bytes, self.next) {
                self.push(&word, units);
                self.next = word.next;
            } else {
                let end = next_plain_start(bytes, self.next);
                self.split_by_tables(end, units);
                self.next = end;
            }
        }
        self.next < bytes.len()
    }

    /// Appends the units up to the byte `end` by the tables of the standard.
    fn split_by_tables(&mut self, end: usize, units: &mut Vec<Unit>) {
        let text = self.line.get(self.next..end).unwrap_or_default();
        if cells::width(text) == text.len() && text.is_ascii() {
            self.split_ascii(text, units);
        } else {
            self.split_clusters(text, units);
        }
    }

    fn split_ascii(&mut self, text: &str, units: &mut Vec<Unit>) {
        let mut from = 0;
        for (to, _) in linebreaks(text) {
            let words = text.get(from..to).unwrap_or_default();
            let length = words.trim_end_matches(' ').len();
            let start = self.next + from;
            let stretch = Stretch {
                start,
                end: start + length,
                next: self.next + to,
                width: length as u32,
                blanks: (words.len() - length) as u32,
            };
            self.push(&stretch, units);
            from = to;
        }
    }

    fn split_clusters(&mut self, text: &str, units: &mut Vec<Unit>) {
        let mut breaks = linebreaks(text).map(|(place, _)| place).peekable();
        let mut stretch = Stretch::at(self.next);
        for (place, cluster, width) in cells::clusters(text) {
            let mut may_break = false;
            while let Some(allowed) = breaks.next_if(|allowed| *allowed <= place) {
                may_break = allowed == place;
            }
            if may_break {
                self.push(&stretch, units);
                stretch = Stretch::at(stretch.next);
            }
            stretch.take(cluster, width as u32, is_blank(cluster));
        }
        self.push(&stretch, units);
    }

    /// Appends a stretch as a unit, or as several that fit where it is too wide.
    fn push(&mut self, stretch: &Stretch, units: &mut Vec<Unit>) {
        if stretch.width > self.room {
            self.cut(stretch, units);
        } else {
            self.put(stretch, units);
        }
    }

    fn put(&mut self, stretch: &Stretch, units: &mut Vec<Unit>) {
        if stretch.start < stretch.end {
            units.push(Unit {
                range: TextRange::new(self.at + stretch.start, self.at + stretch.end),
                x: self.x,
                width: stretch.width,
                hyphen: false,
            });
        }
        let cells = stretch.width.saturating_add(stretch.blanks);
        self.x = self.x.saturating_add(cells);
    }

    /// Cuts a stretch that is too wide after the marks that part an address, or, where none comes in time, at the edge.
    fn cut(&mut self, stretch: &Stretch, units: &mut Vec<Unit>) {
        let text = self.line.get(stretch.start..stretch.next);
        let mut part = Stretch::at(stretch.start);
        let mut after_joint = false;
        for (_, cluster, width) in cells::clusters(text.unwrap_or_default()) {
            let (width, blank) = (width as u32, is_blank(cluster));
            let joint = blank || is_joint(cluster);
            let full = part.width + part.blanks + width > self.room;
            if !blank && (full || after_joint && !joint) {
                self.put(&part, units);
                part = Stretch::at(part.next);
            }
            part.take(cluster, width, blank);
            after_joint = joint;
        }
        self.put(&part, units);
    }
}

/// A stretch of a line between two places where a row may end.
#[derive(Clone, Copy)]
struct Stretch {
    start: usize,
    /// The byte after its last that is no blank.
    end: usize,
    /// The byte after the blanks.
    next: usize,
    /// Cells from `start` to `end`.
    width: u32,
    /// Cells from `end` to `next`.
    blanks: u32,
}

impl Stretch {
    fn at(start: usize) -> Self {
        Self {
            start,
            end: start,
            next: start,
            width: 0,
            blanks: 0,
        }
    }

    fn take(&mut self, cluster: &str, width: u32, blank: bool) {
        self.next += cluster.len();
        if blank {
            self.blanks += width;
        } else {
            self.end = self.next;
            self.width += self.blanks + width;
            self.blanks = 0;
        }
    }
}

/// Returns the word of plain ASCII that begins at `start`, if one does and a row may end after it: letters, perhaps
/// with brackets and marks around them.
fn plain_word(bytes: &[u8], start: usize) -> Option<Stretch> {
    let rest = bytes.get(start..)?;
    let opened = leading(rest, OPENS);
    let word = leading(rest.get(opened..)?, WORD);
    let length = opened + word;
    let length = length + leading(rest.get(length..)?, CLOSES);
    let after = rest.get(length..)?;
    let blanks = leading_blanks(after);
    let parts = match (rest.get(..length)?.last(), after.get(blanks)) {
        (Some(_), None) => true,
        (Some(last), Some(first)) => blanks > 0 && parts(*last, *first),
        (None, _) => false,
    };
    (word > 0 && parts).then_some(Stretch {
        start,
        end: start + length,
        next: start + length + blanks,
        width: length as u32,
        blanks: blanks as u32,
    })
}

/// Returns where, after `start`, a row may begin whatever else stands in the line: after a blank between two
/// characters of ASCII that neither hold on to what follows nor to what comes before. Else the end.
fn next_plain_start(bytes: &[u8], start: usize) -> usize {
    let mut last = b' ';
    let mut place = start;
    while let Some(rest) = bytes.get(place..).filter(|rest| !rest.is_empty()) {
        let blanks = leading_blanks(rest);
        let next = rest.get(blanks).copied().unwrap_or_default();
        place += blanks;
        if blanks > 0 && parts(last, next) {
            return place;
        }
        (last, place) = (next, place + 1);
    }
    bytes.len()
}

/// Returns whether a row may end at blanks between these two bytes, whatever stands around them.
fn parts(last: u8, first: u8) -> bool {
    let quoted_bracket = is(first, OPENS) && matches!(last, b'"' | b'\'');
    is(last, LAST) && is(first, FIRST) && !quoted_bracket
}

fn leading(bytes: &[u8], ability: u8) -> usize {
    bytes
        .iter()
        .position(|byte| !is(*byte, ability))
        .unwrap_or(bytes.len())
}

fn leading_blanks(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| *byte != b' ')
        .unwrap_or(bytes.len())
}

/// Returns whether a cluster is white space that may hang beyond the edge: not one that forbids a break.
fn is_blank(cluster: &str) -> bool {
    cluster.chars().all(may_hang)
}

/// Returns whether a character is white space beside which a row may end.
pub(super) fn may_hang(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Returns whether an address is better cut after this cluster than elsewhere.
fn is_joint(cluster: &str) -> bool {
    matches!(
        cluster,
        "/" | "?" | "&" | "=" | "-" | "." | "_" | "#" | "%" | "+" | ":" | ";" | "," | "~" | "|"
    )
}

/// May stand in a plain word: by the classes of the standard AL, NU, IS and QU, between which no row may end.
const WORD: u8 = 1;
/// May stand before a plain word (OP): no row ends after it.
const OPENS: u8 = 2;
/// May stand after a plain word (CL, CP, EX, IS, QU): no row ends before it.
const CLOSES: u8 = 4;
/// May stand before a blank after which a row begins: whatever is neither OP nor a control.
const LAST: u8 = 8;
/// May stand after such a blank: whatever is neither CL, CP, EX, IS, SY nor a control.
const FIRST: u8 = 16;

/// What each byte may do; nothing for those beyond ASCII.
const ABILITIES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => WORD | LAST | FIRST,
            b'#' | b'&' | b'*' | b'<' | b'=' | b'>' | b'@' | b'^' | b'_' | b'`' | b'~' => {
                WORD | LAST | FIRST
            }
            b'"' | b'\'' => WORD | CLOSES | LAST | FIRST,
            b',' | b'.' | b':' | b';' => WORD | CLOSES | LAST,
            b'(' | b'[' | b'{' => OPENS | FIRST,
            b')' | b']' | b'}' | b'!' | b'?' => CLOSES | LAST,
            b'/' => LAST,
            _ => LAST | FIRST,
        };
        byte += 1;
    }
    table
};

fn is(byte: u8, ability: u8) -> bool {
    ABILITIES[usize::from(byte)] & ability != 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(line: &str, room: u32) -> Vec<Unit> {
        let mut units = Vec::new();
        assert!(!Splitter::new(line, 0, room).fill(usize::MAX, &mut units));
        units
    }

    fn words(line: &str, room: u32) -> Vec<&str> {
        let units = split(line, room);
        units
            .iter()
            .map(|unit| &line[unit.range.as_range()])
            .collect()
    }

    #[test]
    fn a_row_may_end_where_unicode_allows_it() {
        for (line, expected) in [
            ("", &[][..]),
            ("   ", &[]),
            ("one  two ", &["one", "two"]),
            ("well-known", &["well-", "known"]),
            ("in 10-12 days", &["in", "10-12", "days"]),
            ("and/or", &["and/", "or"]),
            ("(see there)", &["(see", "there)"]),
            ("what ? so", &["what ?", "so"]),
            ("it’s “so – or so”", &["it’s", "“so", "–", "or", "so”"]),
            ("50\u{a0}% of\u{a0}it", &["50\u{a0}%", "of\u{a0}it"]),
            ("本。棚", &["本。", "棚"]),
            ("a\u{200b}b", &["a\u{200b}", "b"]),
            ("a\u{2060} b", &["a\u{2060}", "b"]),
            ("👩‍👧👧", &["👩‍👧", "👧"]),
        ] {
            assert_eq!(words(line, 80), expected, "{line:?}");
        }
    }

    #[test]
    fn an_address_that_does_not_fit_is_cut_after_its_marks_and_a_long_word_at_the_edge() {
        for (line, room, expected) in [
            (
                "www.example.org/a_b?c=d&e",
                12,
                &["www.", "example.", "org/", "a_b?", "c=d&e"][..],
            ),
            ("https://b.org", 9, &["https://", "b.org"]),
            ("aaaaaaaa", 3, &["aaa", "aaa", "aa"]),
            (
                "あ\u{2060}い\u{2060}う",
                3,
                &["あ\u{2060}", "い\u{2060}", "う"],
            ),
            ("あ", 1, &["あ"]),
            ("------", 4, &["----", "--"]),
        ] {
            assert_eq!(words(line, room), expected, "{line:?} in {room}");
        }
    }

    #[test]
    fn units_stand_where_an_endless_row_would_have_them() {
        let places: Vec<(u32, u32)> = split("one  本棚 e\u{301}!", 80)
            .iter()
            .map(|unit| (unit.x, unit.width))
            .collect();
        assert_eq!(places, [(0, 3), (5, 2), (7, 2), (10, 2)]);
    }

    /// Splits by the tables alone, from end to end.
    fn by_the_standard(line: &str) -> Vec<&str> {
        let mut starts: Vec<usize> = linebreaks(line).map(|(place, _)| place).collect();
        starts.retain(|place| cells::clusters(line).any(|(at, _, _)| at == *place));
        starts.push(line.len());
        let mut from = 0;
        let stretches = starts
            .into_iter()
            .map(|to| &line[std::mem::replace(&mut from, to)..to]);
        stretches
            .map(|stretch| {
                let shown = cells::clusters(stretch).filter(|(_, cluster, _)| !is_blank(cluster));
                let end = shown
                    .last()
                    .map_or(0, |(at, cluster, _)| at + cluster.len());
                &stretch[..end]
            })
            .filter(|stretch| !stretch.is_empty())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn plain_words_are_split_as_the_tables_would(line in "([ -~]|[ a-c(\"'.!]|[é’“—漢。 \u{a0}\u{301}\u{200b}🇬🇧👩\u{200d}]){0,40}") {
            prop_assert_eq!(words(&line, u32::MAX), by_the_standard(&line));
        }

        #[test]
        fn filled_little_by_little_the_units_are_the_same(line in "([ -~]|[é漢]){0,60}", count in 1_usize..5) {
            let (mut splitter, mut units) = (Splitter::new(&line, 0, 7), Vec::new());
            while splitter.fill(count, &mut units) {}
            prop_assert_eq!(units, split(&line, 7));
        }
    }
}
