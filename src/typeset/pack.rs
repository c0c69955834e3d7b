//! Packing: which units stand together on a row. It sees widths, never text.
//!
//! Rows are chosen for the paragraph as a whole, so that their ends differ as little as can be (Knuth and Plass,
//! "Breaking Paragraphs into Lines", 1981, for ragged setting): filling row after row leaves deep notches wherever a
//! long word comes next. The cost of a setting is the sum over its rows of the square of the cells left empty, the
//! last row free, with something on top for a row that ends within a word and for a last row of one short word.

use super::units::Unit;
use crate::document::TextRange;

/// A row of words before it has its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its bytes, from the first word to the last.
    pub range: TextRange,
    /// Its width in cells, with the hyphen where it ends with one.
    pub width: u32,
    /// It ends within a word: a hyphen is drawn after it.
    pub hyphen: bool,
}

/// Above this many cells rows are simply filled. The search looks back over as many units as a row holds, and at such
/// a width no eye sees the notches.
pub(super) const WIDEST_BALANCED: u32 = 160;

/// The best way to set everything before a unit.
#[derive(Clone, Copy)]
struct Way {
    cost: u64,
    /// The cell where the unit begins: where the next row would.
    x: u32,
    /// The unit that the last row begins with.
    from: u32,
}

/// Packs units into rows. Kept between paragraphs for its buffers.
#[derive(Default)]
pub(super) struct Packer {
    ways: Vec<Way>,
}

impl Packer {
    /// Appends the rows of `units` within `room` cells, and returns the place of the unit that the last row begins
    /// with. A row is wider than the room only if it is one unit that is.
    pub fn pack(&mut self, units: &[Unit], room: u32, lines: &mut Vec<Line>) -> usize {
        if room > WIDEST_BALANCED {
            fill(units, room, lines)
        } else {
            self.balance(units, room, lines)
        }
    }

    fn balance(&mut self, units: &[Unit], room: u32, lines: &mut Vec<Line>) -> usize {
        self.ways.clear();
        let mut way = Way {
            cost: 0,
            x: 0,
            from: 0,
        };
        let mut rest = units.iter().peekable();
        while let Some(unit) = rest.next() {
            self.ways.push(Way { x: unit.x, ..way });
            let edge = unit.edge();
            way = if let Some(next) = rest.peek() {
                let ending = cost_of_ending(*unit, **next, room);
                best_way(&self.ways, edge, room, |_, width| {
                    square(room.saturating_sub(width)) + ending
                })
            } else {
                best_way(&self.ways, edge, room, |from, width| {
                    let lone = from > 0 && from + 1 == units.len();
                    if lone { cost_of_widow(width, room) } else { 0 }
                })
            };
        }
        self.trace(units, way, lines)
    }

    /// Appends the rows of the best way to set all units, found from its end, and returns where the last begins.
    fn trace(&self, units: &[Unit], last: Way, lines: &mut Vec<Line>) -> usize {
        let first = lines.len();
        let (mut way, mut end) = (last, units.len());
        while end > 0 {
            let start = way.from as usize;
            lines.extend(line(units.get(start..end).unwrap_or_default()));
            let before = self.ways.get(start).filter(|_| start < end);
            (way, end) = before.map_or((way, 0), |before| (*before, start));
        }
        lines.get_mut(first..).unwrap_or_default().reverse();
        last.from as usize
    }
}

/// Returns the best way to set a row that ends at the cell `edge` after what the `ways` lead to, given what such a row
/// costs by its first unit and its width. Of equal ones that with the fullest rows first.
///
/// Every row that fits is looked at. To pass over those less than half full was tried: it saves a twelfth of the time
/// spent here, and misses the best way before a long word.
fn best_way(ways: &[Way], edge: u32, room: u32, cost: impl Fn(usize, u32) -> u64) -> Way {
    let mut best = Way {
        cost: u64::MAX,
        x: 0,
        from: 0,
    };
    for (from, way) in ways.iter().enumerate().rev() {
        let width = edge - way.x;
        if width > room && from + 1 < ways.len() {
            break;
        }
        let sum = way.cost + cost(from, width);
        if sum < best.cost {
            best.cost = sum;
            best.from = from as u32;
        }
    }
    best
}

/// Fills row after row.
fn fill(units: &[Unit], room: u32, lines: &mut Vec<Line>) -> usize {
    let mut start = 0;
    let mut last = 0;
    while let Some(first) = units.get(start) {
        let rest = units.get(start..).unwrap_or_default();
        let fitting = rest.partition_point(|unit| unit.edge() - first.x <= room);
        let row = rest.get(..fitting.max(1)).unwrap_or(rest);
        lines.extend(line(row));
        last = start;
        start += row.len();
    }
    last
}

fn line(units: &[Unit]) -> Option<Line> {
    let (first, last) = (units.first()?, units.last()?);
    Some(Line {
        range: TextRange {
            start: first.range.start,
            end: last.range.end,
        },
        width: last.edge() - first.x,
        hyphen: last.hyphen,
    })
}

/// Returns what it costs to end a row after a unit: nothing where a blank follows, with a hyphen as much as leaving so
/// many cells empty as are [`ragged`], and within a word without one as much as leaving a fifth of the row empty.
fn cost_of_ending(last: Unit, next: Unit, room: u32) -> u64 {
    if last.hyphen {
        square(ragged(room))
    } else if next.x > last.end() {
        0
    } else {
        square(room / 5)
    }
}

/// Returns how many cells may be left empty on a row before it is better to part a word: at 72 columns 12, in the
/// narrowest 4.
pub(super) fn ragged(room: u32) -> u32 {
    (room / 6).max(4)
}

/// Returns what it costs to leave one word alone on the last row: as much as leaving a quarter of a row empty, where
/// the word is shorter than that.
fn cost_of_widow(width: u32, room: u32) -> u64 {
    if width < room / 4 {
        square(room / 4)
    } else {
        0
    }
}

fn square(cells: u32) -> u64 {
    u64::from(cells) * u64::from(cells)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns units of these widths, a blank after each, or none after those marked `true`.
    fn units(words: &[(u32, bool)]) -> Vec<Unit> {
        let (mut x, mut at) = (0, 0);
        let units = words.iter().map(|(width, joined)| {
            let unit = Unit {
                range: TextRange::new(at, at + *width as usize),
                x,
                width: *width,
                hyphen: false,
            };
            let step = width + u32::from(!joined);
            (x, at) = (x + step, at + step as usize);
            unit
        });
        units.collect()
    }

    fn parted(widths: &[u32]) -> Vec<Unit> {
        let words: Vec<(u32, bool)> = widths.iter().map(|width| (*width, false)).collect();
        units(&words)
    }

    fn widths(units: &[Unit], room: u32) -> Vec<u32> {
        let mut lines = Vec::new();
        Packer::default().pack(units, room, &mut lines);
        lines.iter().map(|line| line.width).collect()
    }

    #[test]
    fn the_edge_is_kept_even_over_the_whole_paragraph() {
        // Filled row by row it would be 10, 3, 10, 9: a deep notch in the second row.
        assert_eq!(widths(&parted(&[6, 3, 3, 10, 5, 3]), 10), [6, 7, 10, 9]);
    }

    #[test]
    fn a_last_row_of_one_short_word_is_avoided_where_it_is_cheap() {
        assert_eq!(widths(&parted(&[9, 9, 5, 5, 5, 2]), 37), [31, 8]);
        assert_eq!(widths(&parted(&[20, 19, 2]), 40), [40, 2]);
    }

    #[test]
    fn a_row_ends_within_a_word_only_where_much_is_gained() {
        let little = units(&[(9, false), (7, false), (2, true), (8, false), (3, false)]);
        assert_eq!(widths(&little, 20), [17, 14]);
        let much = units(&[(9, false), (5, false), (3, true), (9, false), (9, false)]);
        assert_eq!(widths(&much, 20), [19, 19]);
    }

    #[test]
    fn a_unit_wider_than_the_room_stands_alone() {
        assert_eq!(widths(&parted(&[1, 5, 1]), 3), [1, 5, 1]);
        assert!(widths(&[], 3).is_empty());
    }

    #[test]
    fn at_a_great_width_rows_are_filled() {
        assert_eq!(widths(&parted(&[100, 99, 50, 200]), 200), [200, 50, 200]);
    }

    /// Returns the least cost of any way to set the units, by trying them all.
    fn least_cost(units: &[Unit], room: u32) -> u64 {
        (1..=units.len())
            .filter_map(|count| {
                let (row, rest) = units.split_at(count);
                let width = line(row)?.width;
                if width > room && count > 1 {
                    return None;
                }
                let slack = square(room.saturating_sub(width));
                Some(match rest.first() {
                    Some(next) => {
                        slack + cost_of_ending(row[count - 1], *next, room) + least_cost(rest, room)
                    }
                    None => 0,
                })
            })
            .min()
            .unwrap_or_default()
    }

    fn cost(units: &[Unit], room: u32) -> u64 {
        let mut rest = units;
        let mut sum = 0;
        for width in widths(units, room) {
            let count = (1..=rest.len())
                .find(|count| line(&rest[..*count]).unwrap().width == width)
                .unwrap();
            if let Some(next) = rest.get(count) {
                sum += square(room.saturating_sub(width))
                    + cost_of_ending(rest[count - 1], *next, room);
            }
            rest = &rest[count..];
        }
        sum
    }

    proptest! {
        #[test]
        fn no_other_way_to_set_a_paragraph_is_better(words in proptest::collection::vec((1_u32..12, proptest::bool::weighted(0.2)), 0..12), room in 4_u32..40) {
            let units = units(&words);
            // A lone last word may be worth at most what it costs more.
            let widow = cost_of_widow(0, room);
            prop_assert!(cost(&units, room) <= least_cost(&units, room) + widow);
        }
    }
}
