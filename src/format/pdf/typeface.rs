//! What type the text of a file is set in: what headings, notes and listings differ from.

use std::collections::{HashMap, HashSet};

use super::lines::Run;
use super::order::Row;
use super::runs::{DASH, marker};

/// How much larger than the text's the type of a heading is.
const HEADING: f32 = 1.13;

/// Which part of a file's letters no headings make up.
const TEXT: usize = 8;

/// What the lines of programs end with and those of prose hardly ever do, and of how many lines one ends so at least.
const OF_PROGRAM: [char; 10] = ['{', '}', ';', '(', ')', '=', '>', '\\', '|', '['];
const PROGRAM: usize = 6;

/// What type the text is set in.
#[derive(Debug)]
pub(super) struct Type {
    pub size: f32,
    pub leading: f32,
    /// Sizes larger than the text's, in halves of a point, in which there is text nevertheless: another part's.
    texts: HashSet<i32>,
    /// Most of the text is bold, so bold says nothing.
    bold: bool,
    /// Dashes begin items, as far as the lines after them tell.
    dashes: Dashes,
}

/// How the lines go on that begin with a dash.
#[derive(Clone, Copy, Debug, Default)]
struct Dashes {
    /// How many go on behind it, as those of an item do.
    behind: usize,
    /// How many go on further to the left, as a paragraph does: somebody speaks.
    before: usize,
}

impl Type {
    /// Returns whether a row is set in the type of headings.
    pub fn is_large(&self, row: &Row) -> bool {
        row.size() >= self.size * HEADING && !self.texts.contains(&halves(row.size()))
    }

    /// Returns whether a row is set in heavy type where the text is not.
    pub fn is_bold(&self, row: &Row) -> bool {
        !self.bold && inked(row).all(|run| run.face.bold)
    }

    /// Returns whether a row that begins with a dash is what somebody says, and no item of a list.
    pub fn is_speech(&self, row: &Row, text: &str) -> bool {
        let is_indented = row.x0() - row.left > self.size * 0.5;
        let Dashes { behind, before } = self.dashes;
        text.starts_with(DASH) && (before > behind || before == behind && !is_indented)
    }

    /// Returns whether a row has cells: the sign of a list, or the number of a section, set far before its words, is
    /// none.
    pub fn is_split(&self, row: &Row) -> bool {
        match row.pieces.as_slice() {
            [] | [_] => false,
            _ if is_listing(row) => false,
            [sign, _] => {
                let sign = sign.text();
                let counts = |c: char| c.is_ascii_digit() || c == '.';
                let numbers = sign.len() <= 8
                    && (sign.chars().all(counts) || sign.trim_end_matches(counts).len() == 1);
                marker(&format!("{sign} x")).is_none()
                    && !(numbers && (self.is_large(row) || self.is_bold(row)))
            }
            _ => true,
        }
    }
}

/// Returns the runs of a row that show something.
pub(super) fn inked(row: &Row) -> impl Iterator<Item = &Run> {
    let runs = row.pieces.iter().flat_map(|piece| &piece.runs);
    runs.filter(|run| !run.text.trim().is_empty())
}

/// Returns whether a row is a line of a program with its number before it.
pub(super) fn is_listing(row: &Row) -> bool {
    let mut inked = inked(row);
    let is_number = |run: &Run| {
        let number = run.text.trim();
        number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbered = inked
        .next()
        .is_some_and(|run| !run.face.mono && is_number(run));
    let mut program = inked.peekable();
    numbered && program.peek().is_some() && program.all(|run| run.face.mono)
}

/// Returns a size of type in halves of a point: what is nearer than that is one size.
pub(super) fn halves(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// Returns the type that most of the text is set in.
pub(super) fn typeface(pages: &[Vec<Row>]) -> Type {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    let mut leadings: HashMap<i32, usize> = HashMap::new();
    let mut dashes = Dashes::default();
    let (mut bold, mut all) = (0, 0);
    for row in pages.iter().flatten() {
        for piece in &row.pieces {
            *sizes.entry(halves(piece.size)).or_default() += piece.length();
            for run in &piece.runs {
                all += run.text.len();
                bold += if run.face.bold { run.text.len() } else { 0 };
            }
        }
    }
    let most = |counts: &HashMap<i32, usize>| {
        let most = counts.iter().max_by_key(|(size, count)| (**count, **size));
        most.map(|(size, _)| *size as f32 / 2.0)
    };
    let size = most(&sizes).unwrap_or(10.0).max(1.0);
    for rows in pages {
        for pair in rows.windows(2) {
            if let [above, below] = pair
                && above.column == below.column
                && halves(below.size()) == halves(size)
                && below.y() > above.y()
            {
                *leadings.entry(halves(below.y() - above.y())).or_default() += 1;
                dashes.read(above, below);
            }
        }
    }
    let leading = most(&leadings).unwrap_or(size * 1.2);
    let letters: usize = sizes.values().sum();
    let texts = sizes
        .into_iter()
        .filter(|(_, count)| count * TEXT > letters)
        .map(|(size, _)| size)
        .collect();
    Type {
        size,
        leading: leading.clamp(size, size * 2.5),
        texts,
        bold: bold * 2 > all,
        dashes,
    }
}

impl Dashes {
    fn read(&mut self, above: &Row, below: &Row) {
        let is_dash = |row: &Row| {
            let first = inked(row).next();
            first.is_some_and(|run| run.text.starts_with(DASH))
        };
        // The next paragraph may begin anywhere.
        let goes_on = below.y() - above.y() < above.size() * 1.6 && !is_dash(below);
        let (off, hair) = (below.x0() - above.x0(), above.size() * 0.2);
        if goes_on && is_dash(above) {
            self.behind += usize::from(off > hair);
            self.before += usize::from(off < -hair);
        }
    }
}

/// Makes all letters plain where the type of a typewriter says nothing, since most of the file is set in it: a
/// typescript, a play for the screen. A program that is printed by itself stays one.
pub(super) fn settle_mono(pages: &mut [Vec<Row>]) {
    let (mut mono, mut all, mut of_program) = (0, 0, 0);
    let mut rows = 0usize;
    for row in pages.iter().flatten() {
        for run in row.pieces.iter().flat_map(|piece| &piece.runs) {
            all += run.text.len();
            mono += if run.face.mono { run.text.len() } else { 0 };
        }
        let last = inked(row).last().map(|run| run.text.trim_end());
        rows += usize::from(last.is_some());
        of_program += usize::from(last.is_some_and(|text| text.ends_with(OF_PROGRAM)));
    }
    if mono * 4 < all * 3 || of_program * PROGRAM > rows {
        return;
    }
    let pieces = pages.iter_mut().flatten().flat_map(|row| &mut row.pieces);
    for run in pieces.flat_map(|piece| &mut piece.runs) {
        run.face.mono = false;
    }
}
