//! How wide the columns of a table are: from their contents and the room there is.

/// Cells between two columns.
pub(super) const GAP: u32 = 2;

/// The longest word that a column is kept wide enough for. Where not even that can be had for every column, words
/// would break in all of them, and the table is better stacked.
const LONGEST_WORD: u32 = 16;

/// What a column holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Content {
    /// The cells of its widest cell on one row.
    pub natural: u32,
    /// The cells of its longest word.
    pub longest_word: u32,
    /// How many cells it has under its name, empty ones aside.
    pub values: usize,
    /// How many of those are numbers.
    pub numbers: usize,
}

/// A column with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The cell where it begins.
    pub x: u32,
    /// Its cells.
    pub width: u32,
    /// Its cells are numbers, and end in one line.
    pub flush_right: bool,
    /// Some of its cells take more than one row.
    pub wraps: bool,
}

/// Returns the columns for these contents within `room` cells, or nothing where they can't stand side by side.
///
/// What fits as it is stays so. Else the wide columns give way first: all that wrap are made equally wide, but for
/// those that need more for a word.
pub(super) fn fit(contents: &[Content], room: u32) -> Option<Vec<Column>> {
    let gaps = GAP.saturating_mul((contents.len() as u32).saturating_sub(1));
    let room = room.checked_sub(gaps)?;
    if total(contents, 0) > room {
        return None;
    }
    let level = widest_level(contents, room);
    // What is left goes to the first columns that could use a cell more.
    let mut spare = room - total(contents, level);
    let mut x = 0;
    let columns = contents.iter().map(|content| {
        let mut width = width_at(content, level);
        if spare > 0 && width < content.natural {
            (width, spare) = (width + 1, spare - 1);
        }
        let column = Column {
            x,
            width,
            flush_right: content.values > 0 && content.numbers == content.values,
            wraps: width < content.natural,
        };
        x += width + GAP;
        column
    });
    Some(columns.collect())
}

/// Returns the widest level at which the columns fit.
fn widest_level(contents: &[Content], room: u32) -> u32 {
    let (mut fits, mut beyond) = (0, room.saturating_add(1));
    while beyond - fits > 1 {
        let middle = fits + (beyond - fits) / 2;
        if total(contents, middle) <= room {
            fits = middle;
        } else {
            beyond = middle;
        }
    }
    fits
}

/// Returns the cells of all columns when none that can wrap is wider than `level`.
fn total(contents: &[Content], level: u32) -> u32 {
    contents.iter().fold(0, |sum: u32, content| {
        sum.saturating_add(width_at(content, level))
    })
}

fn width_at(content: &Content, level: u32) -> u32 {
    let least = content.longest_word.min(LONGEST_WORD);
    level.clamp(least, content.natural.max(least))
}
