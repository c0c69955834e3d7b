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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the widths of columns given the cells of their widest cell and of their longest word.
    fn widths(contents: &[(u32, u32)], room: u32) -> Option<Vec<u32>> {
        let contents: Vec<Content> = contents
            .iter()
            .map(|(natural, longest_word)| Content {
                natural: *natural,
                longest_word: *longest_word,
                ..Content::default()
            })
            .collect();
        let columns = fit(&contents, room)?;
        Some(columns.iter().map(|column| column.width).collect())
    }

    #[test]
    fn wide_columns_give_way_first_and_words_are_kept_whole() {
        for (contents, room, expected) in [
            (&[(5, 5), (9, 4)][..], 72, Some(&[5, 9][..])),
            (&[(5, 5), (90, 4)], 40, Some(&[5, 33])),
            (&[(50, 5), (90, 4)], 41, Some(&[20, 19])),
            (&[(50, 16), (90, 4)], 30, Some(&[16, 12])),
            (&[(0, 0), (8, 8)], 20, Some(&[0, 8])),
            (&[(60, 40)], 30, Some(&[30])),
            (&[(30, 16), (30, 16)], 33, None),
            (&[], 10, Some(&[])),
        ] {
            let expected = expected.map(<[u32]>::to_vec);
            assert_eq!(widths(contents, room), expected, "{contents:?} in {room}");
        }
    }

    #[test]
    fn columns_fill_the_room_and_never_more() {
        for room in 0..80 {
            for count in 0..9 {
                let contents: Vec<(u32, u32)> = (0..count).map(|n| (n * 17 % 40 + 3, 3)).collect();
                if let Some(widths) = widths(&contents, room) {
                    let whole = widths.iter().sum::<u32>() + GAP * count.saturating_sub(1);
                    let natural: u32 = contents.iter().map(|(natural, _)| natural).sum();
                    let natural = natural + GAP * count.saturating_sub(1);
                    assert_eq!(whole, natural.min(room), "{contents:?} in {room}");
                }
            }
        }
    }
}
